//! Which of several provisions a fine goes by.

use law::{Citation, Fault, citation::APL};
use lists::facts::{Addressee, Applies, Bounds, Findings, ItemFact, PenaltyKind};

use super::{Outcome, fault, yuan};

law::card! {
    /// The highest fine of several provisions. 1. The agency that decides. 2. The upper ends of the fines that the governing item and the
    /// other items which the act breaks allow in this case: for the party, and the quantities found. 3. The governing version of the
    /// case's item; of the others, the one in force when the act ended (APL 37). 4. None. 5. An item that the list does not have, a line
    /// without a range, a quantity that decides and was not measured: not checked, unless what is known is higher already. 6. Filing
    /// under the milder item, or with the milder agency; withholding the fine: the provisions are compared, not what is imposed.
    /// Leaving a provision out of the conclusion no record can tell; every conclusion stays on file. 7. Refused when handled, recorded when
    /// reported: the case belongs under the other item. 8. APL 29, second sentence.
    EN_HIGHEST "EN-HIGHEST" Gate "从一重处罚" "the highest of several fines"; Citation::article(&APL, 29);
    "同一个违法行为违反多个法律规范应当给予罚款的，按照罚款数额高的规定处罚";
    "where one act breaks several provisions that fine it, it is fined by the one with the highest fine";
    plans ;
    compares "本案事项与同时违反的其他事项就本案所定罚款的上限" "the highest fines that the item of the case and the other items broken allow in this case";
    since 2021 7 15;
    allows the_item_with_the_highest_fine_governs; refuses refuses_the_milder_of_two_provisions
}

/// The highest fine that an item allows in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upper {
    /// It gives none to this party for what was found.
    None,
    /// So much, in fen.
    Fen(i64),
    /// It cannot be told.
    Unknown,
}

fn upper(item: &ItemFact, party: Addressee, found: &Findings) -> Upper {
    let mut most = Upper::None;
    for line in item.outcomes.iter().filter(|line| line.kind == PenaltyKind::Fine) {
        let bounds = match line.applies(party, found) {
            Applies::Yes => line.bounds(found),
            Applies::Ask(of) => Bounds::Ask(of),
            Applies::Others(_) | Applies::No(_) => continue,
        };
        most = match (most, bounds) {
            (Upper::Fen(before), Bounds::Fen(_, high)) => Upper::Fen(before.max(high)),
            (Upper::None, Bounds::Fen(_, high)) => Upper::Fen(high),
            _ => return Upper::Unknown,
        };
    }
    most
}

/// EN-HIGHEST; none where no other item is named. `others` are named by the list, or by their code where it does not have them.
pub fn by_the_highest(
    item: &ItemFact,
    others: &[(&str, Option<&ItemFact>)],
    party: Addressee,
    found: &Findings,
) -> Option<Outcome> {
    if others.is_empty() {
        return None;
    }
    let own = upper(item, party, found);
    let mut unknown = own == Upper::Unknown;
    let fen = if let Upper::Fen(fen) = own { fen } else { 0 };
    for (name, other) in others {
        match other.map_or(Upper::Unknown, |other| upper(other, party, found)) {
            Upper::Fen(higher) if !matches!(own, Upper::Unknown) && fen < higher => {
                return Some(fault(
                    format!(
                        "同一行为还违反“{name}”，其罚款上限{}元高于本案事项的{}元；应当按该事项处罚，请依该事项立案或者移送有权的机关",
                        yuan(higher),
                        yuan(fen)
                    ),
                    format!(
                        "the act also breaks {name}, whose highest fine of {} yuan is above the {} yuan of this item; file it under that item, or pass it on to who has that power",
                        yuan(higher),
                        yuan(fen)
                    ),
                ));
            }
            Upper::Unknown => unknown = true,
            Upper::Fen(_) | Upper::None => {}
        }
    }
    if !unknown {
        return Some(Ok(()));
    }
    Some(Err(Fault {
        unknown: true,
        ..Fault::new(
            "同一行为违反的事项中有罚款上限无法计算的（没有收录、没有幅度或者缺少数额），哪一规定罚款较高未予核对",
            "the highest fine of an item that the act breaks cannot be told (not on the list, no range, a quantity missing), so which is higher was not checked",
        )
    }))
}

#[cfg(test)]
mod tests {
    use lists::facts::{Outcome as Line, Range};

    use super::*;
    use crate::domain::case::sample;

    fn item(fines: &[Option<i64>]) -> ItemFact {
        let line = |high: &Option<i64>| {
            Line::of(PenaltyKind::Fine, high.map(|high| Range::Amount { low_fen: 0, high_fen: high }))
        };
        ItemFact { outcomes: fines.iter().map(line).collect(), ..sample::item() }
    }

    fn held(own: &[Option<i64>], others: &[Option<&ItemFact>]) -> Option<Outcome> {
        let others: Vec<_> = others.iter().map(|other| ("另一事项", *other)).collect();
        let party = sample::party().kind.addressee();
        by_the_highest(&item(own), &others, party, &sample::findings(8_000))
    }

    #[test]
    fn the_item_with_the_highest_fine_governs() {
        assert_eq!(held(&[Some(100)], &[]), None);
        held(&[Some(100)], &[Some(&item(&[Some(100)]))]).expect("named").unwrap();
        held(&[Some(50), Some(100)], &[Some(&item(&[Some(99)])), Some(&item(&[]))]).expect("named").unwrap();
    }

    #[test]
    fn refuses_the_milder_of_two_provisions() {
        let fault = held(&[Some(100)], &[Some(&item(&[Some(101)]))]).expect("named").unwrap_err();
        assert!(!fault.unknown);
        // One that gives no fine is the milder, and one that cannot be told hides no higher one.
        assert!(!held(&[], &[Some(&item(&[Some(1)]))]).expect("named").unwrap_err().unknown);
        assert!(!held(&[Some(100)], &[None, Some(&item(&[Some(101)]))]).expect("named").unwrap_err().unknown);
    }

    #[test]
    fn what_cannot_be_told_is_not_checked() {
        for others in [&[None][..], &[Some(&item(&[None]))]] {
            assert!(held(&[Some(100)], others).expect("named").unwrap_err().unknown);
        }
        assert!(held(&[None], &[Some(&item(&[Some(1)]))]).expect("named").unwrap_err().unknown);
    }

    #[test]
    fn a_range_is_measured_by_what_was_found() {
        // Up to 100,000 yuan, or twenty times what was found.
        let other = sample::item();
        let others = [("另一事项", Some(&other))];
        let party = sample::party().kind.addressee();
        let own = item(&[Some(16_000_000)]);
        by_the_highest(&own, &others, party, &sample::findings(8_000)).expect("named").unwrap();
        by_the_highest(&own, &others, party, &sample::findings(8_001)).expect("named").unwrap_err();
    }
}
