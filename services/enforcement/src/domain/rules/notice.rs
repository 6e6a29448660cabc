//! Notice, statement and defence.

use law::{Citation, citation::APL};
use lists::facts::PenaltyKind;

use super::{Outcome, blank, fault, yuan};
use crate::domain::events::{Penalty, PenaltyNotified};

law::card! {
    /// Told beforehand.
    EN_NOTICE "EN-NOTICE" Gate "处罚告知" "notice before the penalty"; Citation::article(&APL, 44), Citation::article(&APL, 62);
    "作出处罚决定前，应当告知拟处罚内容及事实、理由、依据和依法享有的权利";
    "before a decision the party is told the intended penalty, facts, reasons, basis and its rights";
    plans "XS 五3"; since 2021 7 15;
    allows a_full_notice_is_in_order, a_decision_within_the_notice_is_in_order; refuses refuses_a_notice_that_leaves_something_out, refuses_a_decision_without_notice, refuses_a_penalty_that_was_not_told
}
law::card! {
    /// Heard, and not made to pay for it.
    EN_STATEMENT "EN-STATEMENT" Gate "陈述申辩" "statement and defence"; Citation::article(&APL, 45), Citation::article(&APL, 62);
    "应当充分听取陈述、申辩并复核，不得因此加重处罚；当事人明确放弃的除外";
    "statement and defence are heard and checked, or plainly waived; the penalty is not made heavier for them";
    plans "XS 五3"; since 2021 7 15;
    allows a_party_that_was_heard_may_be_punished, new_facts_may_make_a_new_notice_heavier; refuses refuses_a_decision_before_the_party_was_heard, refuses_a_heavier_penalty_after_the_defence
}

/// EN-NOTICE when the party is told: everything that must be told is.
pub fn complete(notice: &PenaltyNotified) -> Outcome {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut missing = |lacks: bool, a: &'static str, b: &'static str| {
        if lacks {
            zh.push(a);
            en.push(b);
        }
    };
    missing(notice.penalties.is_empty(), "拟处罚内容", "the intended penalty");
    missing(blank(&notice.facts), "事实", "facts");
    missing(blank(&notice.reasons), "理由", "reasons");
    missing(notice.bases.iter().all(|b| blank(b)), "依据", "legal basis");
    missing(!notice.statement_right_told, "陈述、申辩的权利", "the right to state and defend");
    if zh.is_empty() {
        return Ok(());
    }
    fault(
        format!("告知缺少：{}；请补充后重新告知", zh.join("、")),
        format!("the notice lacks: {}; complete it and notify again", en.join(", ")),
    )
}

/// EN-NOTICE when deciding: there was a notice, and it told each kind of penalty and no smaller amount.
pub fn told(notice: Option<&PenaltyNotified>, heard: bool, decided: &[Penalty]) -> Outcome {
    let Some(notice) = notice else {
        return fault(
            "没有告知当事人拟作出的处罚；请先送达处罚告知书",
            "the party was not told of the intended penalty; serve the notice first",
        );
    };
    if let Some(p) = decided.iter().find(|p| !notice.penalties.iter().any(|n| n.kind == p.kind)) {
        return fault(
            format!("告知书中没有“{}”这一处罚；请重新告知", p.kind.zh()),
            format!("{} was not among the penalties told; notify again", p.kind.en()),
        );
    }
    // A larger amount after a defence is EN-STATEMENT's.
    if !heard && heavier(&notice.penalties, decided) {
        return fault(
            format!("决定的罚款高于告知的{}元；请按新的内容重新告知", yuan(sum_of_fines(&notice.penalties))),
            format!(
                "the fine is above the {} yuan told; notify again with the new content",
                yuan(sum_of_fines(&notice.penalties))
            ),
        );
    }
    Ok(())
}

/// EN-STATEMENT when deciding: heard or waived after the notice, and not made heavier after the defence.
pub fn heard(settled: bool, defended: bool, told: &[Penalty], decided: &[Penalty]) -> Outcome {
    if !settled {
        return fault(
            "没有听取当事人的陈述、申辩，当事人也没有明确放弃；请先听取并复核，或者记录其放弃",
            "the party was neither heard nor did it plainly waive; hear it and check what it says, or record the waiver",
        );
    }
    if defended && heavier(told, decided) {
        return fault(
            format!("处罚重于告知的内容（罚款{}元）；不得因陈述、申辩加重处罚", yuan(sum_of_fines(told))),
            format!(
                "the penalty is heavier than the one told (a fine of {} yuan); a defence must not cost the party",
                yuan(sum_of_fines(told))
            ),
        );
    }
    Ok(())
}

/// EN-STATEMENT when notified again after a defence: heavier only for new facts.
pub fn not_heavier_again(
    earlier: Option<&PenaltyNotified>,
    defended: bool,
    again: &[Penalty],
    new_facts: Option<&str>,
) -> Outcome {
    match earlier {
        Some(e) if defended && heavier(&e.penalties, again) && new_facts.is_none_or(blank) => fault(
            "当事人陈述、申辩后重新告知的处罚更重，又没有新的事实；不得因陈述、申辩加重处罚",
            "after the defence the new notice is heavier without new facts; a defence must not cost the party",
        ),
        _ => Ok(()),
    }
}

/// A larger sum of fines, a longer detention, suspension or bar, or a kind that was not there.
pub fn heavier(than: &[Penalty], now: &[Penalty]) -> bool {
    let days = |list: &[Penalty]| list.iter().map(Penalty::lasts_days).fold(0, u32::saturating_add);
    sum_of_fines(now) > sum_of_fines(than)
        || days(now) > days(than)
        || now.iter().any(|p| !than.iter().any(|t| t.kind == p.kind))
}

/// All fines together, in fen.
pub fn sum_of_fines(penalties: &[Penalty]) -> i64 {
    penalties.iter().filter(|p| p.kind == PenaltyKind::Fine).filter_map(|p| p.amount_fen).fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, fine};

    fn notice() -> PenaltyNotified {
        sample::notice(vec![fine(1_000_000)])
    }

    #[test]
    fn a_full_notice_is_in_order() {
        complete(&notice()).unwrap();
    }

    #[test]
    fn refuses_a_notice_that_leaves_something_out() {
        for bad in [
            PenaltyNotified { facts: " ".into(), ..notice() },
            PenaltyNotified { reasons: String::new(), ..notice() },
            PenaltyNotified { bases: vec![], ..notice() },
            PenaltyNotified { penalties: vec![], ..notice() },
            PenaltyNotified { statement_right_told: false, ..notice() },
        ] {
            complete(&bad).unwrap_err();
        }
    }

    #[test]
    fn a_decision_within_the_notice_is_in_order() {
        told(Some(&notice()), true, &[fine(1_000_000)]).unwrap();
        told(Some(&notice()), false, &[fine(999_999)]).unwrap();
    }

    #[test]
    fn refuses_a_decision_without_notice() {
        told(None, false, &[fine(1)]).unwrap_err();
    }

    #[test]
    fn refuses_a_penalty_that_was_not_told() {
        told(Some(&notice()), true, &[Penalty { kind: PenaltyKind::RevokeLicence, ..fine(0) }]).unwrap_err();
        told(Some(&notice()), false, &[fine(1_000_001)]).unwrap_err();
    }

    #[test]
    fn a_party_that_was_heard_may_be_punished() {
        heard(true, true, &[fine(1_000_000)], &[fine(1_000_000)]).unwrap();
    }

    #[test]
    fn refuses_a_decision_before_the_party_was_heard() {
        heard(false, false, &[fine(1_000_000)], &[fine(1_000_000)]).unwrap_err();
    }

    #[test]
    fn refuses_a_heavier_penalty_after_the_defence() {
        heard(true, true, &[fine(1_000_000)], &[fine(1_000_001)]).unwrap_err();
        not_heavier_again(Some(&notice()), true, &[fine(1_000_001)], None).unwrap_err();
    }

    #[test]
    fn new_facts_may_make_a_new_notice_heavier() {
        not_heavier_again(Some(&notice()), true, &[fine(2_000_000)], Some("又查实一批")).unwrap();
        not_heavier_again(Some(&notice()), false, &[fine(2_000_000)], None).unwrap();
    }
}
