//! The simple procedure.

use law::{Citation, Fault, citation::APL};
use lists::facts::{Departure, ItemFact, PenaltyKind};

use super::{Outcome, fault, notice::sum_of_fines, yuan};
use crate::domain::events::{PartyKind, Penalty};

law::card! {
    /// How far the simple procedure goes. 1. The officers. 2. Kinds and the sum of the fines with a warning and the limit for this kind of party. 3. The law of 2021; the item of the day. 4. 法律另有规定,
    /// entered with the item, for whom it says. 5. A fine without an amount is not small: not checked. 6. The fine in several: their sum counts; the act in
    /// several cases is EN-TWICE's. 7. Refused in handling, recorded in reporting. 8. APL 51.
    EN_SIMPLE "EN-SIMPLE" Limit "当场处罚限度" "penalty on the spot"; Citation::article(&APL, 51);
    "当场处罚限于警告，以及对公民二百元以下、对法人或者其他组织三千元以下的罚款";
    "on the spot: a warning, or a fine up to 200 yuan for a citizen and 3,000 for an organisation";
    plans ; except "事项所列法律另有规定的，从其规定" "where the item's law provides otherwise"; params "citizen_fine_fen_max" = CITIZEN_FINE_FEN_MAX "fen", "organisation_fine_fen_max" = ORGANISATION_FINE_FEN_MAX "fen"; since 2021 7 15;
    allows the_highest_fine_on_the_spot_is_allowed, a_law_may_set_another_limit_on_the_spot; refuses refuses_a_fen_above_the_limit_on_the_spot, refuses_another_kind_on_the_spot
}
law::card! {
    /// Told to the agency.
    EN_SIMPLE_REPORT "EN-SIMPLE-REPORT" Duty "当场处罚备案" "on the spot, and reported"; Citation::paragraph(&APL, 52, 3);
    "当场作出的处罚决定应当报所属行政机关备案"; "a decision on the spot is reported to the agency";
    plans ; since 2021 7 15;
    allows a_reported_spot_decision_is_in_order; refuses finds_a_spot_decision_never_reported
}

/// The largest fine on the spot for a citizen.
const CITIZEN_FINE_FEN_MAX: i64 = 20_000;
/// And for an organisation.
const ORGANISATION_FINE_FEN_MAX: i64 = 300_000;

/// EN-SIMPLE: warning or fine only, and the fines together within the limit for this kind of party.
pub fn within_simple(party: PartyKind, penalties: &[Penalty], item: Option<&ItemFact>) -> Outcome {
    if let Some(p) = penalties.iter().find(|p| !matches!(p.kind, PenaltyKind::Warning | PenaltyKind::Fine)) {
        return fault(
            format!("当场处罚只能是警告或者小额罚款，不能是{}；请改用普通程序", p.kind.zh()),
            format!("{} cannot be imposed on the spot; use the ordinary procedure", p.kind.en()),
        );
    }
    let general = match party {
        PartyKind::Citizen => CITIZEN_FINE_FEN_MAX,
        PartyKind::LegalPerson | PartyKind::OtherOrganisation => ORGANISATION_FINE_FEN_MAX,
    };
    let own = |rule: &Departure| match rule {
        Departure::SpotFine { fen, who } if who.is_none_or(|who| who == party.addressee()) => Some(*fen),
        _ => None,
    };
    let otherwise = item.and_then(|item| item.departs(own));
    let limit = otherwise.map_or(general, |(fen, _)| fen);
    let (zh, en) =
        otherwise.map_or_else(Default::default, |(_, article)| (format!("（{article}）"), format!(" ({article})")));
    let fine = sum_of_fines(penalties);
    let unsaid = penalties.iter().any(|p| p.kind == PenaltyKind::Fine && p.amount_fen.is_none());
    if unsaid && fine <= limit {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                "罚款没有写明数额，是否超过当场处罚的上限未予核对",
                "a fine without an amount: whether it is above the limit on the spot was not checked",
            )
        });
    }
    if fine > limit {
        return fault(
            format!("罚款{}元超过当场处罚的上限{}元{zh}；请改用普通程序", yuan(fine), yuan(limit)),
            format!(
                "a fine of {} yuan is above the limit of {} on the spot{en}; use the ordinary procedure",
                yuan(fine),
                yuan(limit)
            ),
        );
    }
    Ok(())
}

/// EN-SIMPLE-REPORT, when the case is closed.
pub fn reported(simple: bool, reported: bool) -> Outcome {
    if simple && !reported {
        return fault(
            "当场处罚决定没有报本机关备案；请补报",
            "the decision on the spot was not reported to the agency; report it",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, fine};

    fn spot(party: PartyKind, penalties: &[Penalty]) -> Outcome {
        within_simple(party, penalties, Some(&sample::item()))
    }

    #[test]
    fn a_law_may_set_another_limit_on_the_spot() {
        let line = |line| lists::facts::Otherwise::read(line).unwrap();
        let persons = line("当场罚款|500元|对个人；依照《中华人民共和国治安管理处罚法》第一百一十九条");
        let item = ItemFact { otherwise: vec![persons], ..sample::item() };
        let held = |party, fen| within_simple(party, &[fine(fen)], Some(&item));
        held(PartyKind::Citizen, 50_000).unwrap();
        let above = held(PartyKind::Citizen, 50_001).unwrap_err();
        assert!(above.zh.contains("《中华人民共和国治安管理处罚法》第一百一十九条"), "{}", above.zh);
        // What it says of individuals leaves organisations where they are.
        held(PartyKind::LegalPerson, 300_000).unwrap();
        held(PartyKind::LegalPerson, 300_001).unwrap_err();
    }

    #[test]
    fn the_highest_fine_on_the_spot_is_allowed() {
        spot(PartyKind::Citizen, &[fine(20_000)]).unwrap();
        spot(PartyKind::LegalPerson, &[fine(300_000)]).unwrap();
        spot(PartyKind::OtherOrganisation, &[Penalty { kind: PenaltyKind::Warning, ..fine(0) }]).unwrap();
    }

    #[test]
    fn refuses_a_fen_above_the_limit_on_the_spot() {
        spot(PartyKind::Citizen, &[fine(20_001)]).unwrap_err();
        spot(PartyKind::LegalPerson, &[fine(300_001)]).unwrap_err();
        spot(PartyKind::Citizen, &[fine(15_000), fine(15_000)]).unwrap_err();
    }

    #[test]
    fn a_fine_without_an_amount_is_not_known_to_be_small() {
        let unsaid = Penalty { amount_fen: None, ..fine(0) };
        assert!(spot(PartyKind::Citizen, &[unsaid.clone()]).unwrap_err().unknown);
        assert!(!spot(PartyKind::Citizen, &[unsaid, fine(20_001)]).unwrap_err().unknown);
    }

    #[test]
    fn refuses_another_kind_on_the_spot() {
        spot(PartyKind::LegalPerson, &[Penalty { kind: PenaltyKind::ConfiscateGoods, ..fine(0) }]).unwrap_err();
    }

    #[test]
    fn a_reported_spot_decision_is_in_order() {
        reported(true, true).unwrap();
        reported(false, false).unwrap();
    }

    #[test]
    fn finds_a_spot_decision_never_reported() {
        reported(true, false).unwrap_err();
    }
}
