//! What a court's sentence leaves of a penalty.

use law::{Citation, Fault, citation::APL};

use super::{Outcome, fault, yuan};
use crate::domain::events::SentencePassed;

law::card! {
    /// No fine beside the court's. 1. The agency. 2. The decision with the court's fine for the same violation. 3. The law of 2021. 4. Other penalties than fines. 5. Without
    /// a sentence on file the rule is not held against the decision. 6. A sentence of a day after the decision is EN-SET-OFF-DONE's; another case about the act is
    /// EN-TWICE's. 7. Refused. 8. APL 35(2).
    EN_SET_OFF "EN-SET-OFF" Gate "判处罚金后不再罚款" "no fine beside the court's"; Citation::paragraph(&APL, 35, 2);
    "人民法院判处罚金时，行政机关尚未给予罚款的，不再给予罚款"; "where the court fined and the agency had not, the agency fines no more";
    plans ;
    compares "处罚决定中的罚款与人民法院判处的罚金" "the fine of the decision with the court's for the same violation";
    except "罚款以外的处罚" "other penalties than fines";
    since 2021 7 15;
    allows a_licence_may_be_revoked_after_a_sentence; refuses refuses_a_fine_after_the_court_fined
}
law::card! {
    /// Set off. 1. The agency, which tells the court what was paid and served. 2. The sentence with the agency's earlier fine or detention, when the case is
    /// closed. 3. The law of 2021. 4. Where nothing of it was paid or served, there is nothing to set off. 5. Without a sentence on file the rule is not held against the case. 6. Setting a
    /// part off, or one of the two for both; a judgment of first instance that another takes the place of. A fine whose decision fell is given back (EN-REFUND). 7. A finding. 8. APL 35.
    EN_SET_OFF_DONE "EN-SET-OFF-DONE" Duty "折抵刑罚" "set off against the sentence"; Citation::article(&APL, 35);
    "违法行为构成犯罪判处罚金、拘役或者有期徒刑的，已给予的罚款、行政拘留应当依法折抵";
    "a fine or detention imposed before is set off against the court's fine or imprisonment";
    plans ;
    compares "刑事判决与此前的罚款、拘留及其折抵" "the sentence with the earlier fine or detention, and its set-off";
    since 2021 7 15;
    allows a_fine_set_off_against_the_courts_is_in_order; refuses finds_a_paid_fine_that_was_not_set_off, finds_detention_that_was_not_set_off
}

/// EN-SET-OFF; none without a sentence.
pub fn no_second_fine(sentence: Option<&SentencePassed>, fines: bool) -> Option<Outcome> {
    let sentence = sentence?;
    Some(match fines && sentence.fine_fen > 0 {
        true => fault(
            format!("人民法院已判处罚金{}元，不再给予罚款；请作出其他处罚或者不予处罚", yuan(sentence.fine_fen)),
            format!(
                "the court has imposed a fine of {} yuan; impose no other, but another penalty or none",
                yuan(sentence.fine_fen)
            ),
        ),
        false => Ok(()),
    })
}

/// What a penalty left that a sentence must be lessened by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imposed {
    /// Of the fine, paid.
    pub paid_fen: i64,
    /// Days of detention imposed; none where there is no detention.
    pub detained: Option<u16>,
}

/// What was set off, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetOff {
    /// Of the fine, in fen.
    pub fine_fen: i64,
    /// Days of detention.
    pub days: u16,
}

/// EN-SET-OFF-DONE, when the case is closed; none where nothing can be set off.
pub fn set_off(sentence: Option<&SentencePassed>, imposed: Imposed, done: SetOff) -> Option<Outcome> {
    let sentence = sentence?;
    let money = sentence.fine_fen.min(imposed.paid_fen).max(0);
    let days = imposed.detained.filter(|_| sentence.confined);
    if money == 0 && days.is_none() {
        return None;
    }
    let left = money.saturating_sub(done.fine_fen);
    if left > 0 {
        return Some(fault(
            format!("已缴纳的罚款尚有{}元没有折抵罚金的记录；请告知人民法院并记录折抵", yuan(left)),
            format!(
                "{} yuan of the fine paid were not set off against the court's; tell it, and record it",
                yuan(left)
            ),
        ));
    }
    Some(match days {
        Some(_) if done.days == 0 => fault(
            "已执行的行政拘留没有折抵刑期的记录；请告知人民法院并记录折抵",
            "the detention served was not set off against the sentence; tell the court, and record it",
        ),
        Some(days) if done.days < days => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("行政拘留{days}日，折抵{}日；其余是否执行未予核对", done.days),
                format!(
                    "of {days} days of detention {} were set off; whether the rest was served was not checked",
                    done.days
                ),
            )
        }),
        Some(_) | None => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(fine_fen: i64, confined: bool) -> SentencePassed {
        SentencePassed {
            court: "抚远市人民法院".into(),
            document: "（2024）黑0883刑初1号".into(),
            crime: "销售有毒、有害食品罪".into(),
            fine_fen,
            confined,
            at: None,
        }
    }

    #[test]
    fn a_licence_may_be_revoked_after_a_sentence() {
        no_second_fine(Some(&sentence(1, true)), false).expect("a sentence").unwrap();
        no_second_fine(Some(&sentence(0, true)), true).expect("a sentence").unwrap();
        assert_eq!(no_second_fine(None, true), None);
    }

    #[test]
    fn refuses_a_fine_after_the_court_fined() {
        no_second_fine(Some(&sentence(1, false)), true).expect("a sentence").unwrap_err();
    }

    fn held(sentence: &SentencePassed, paid_fen: i64, detained: Option<u16>, done: (i64, u16)) -> Option<Outcome> {
        let (fine_fen, days) = done;
        set_off(Some(sentence), Imposed { paid_fen, detained }, SetOff { fine_fen, days })
    }

    #[test]
    fn a_fine_set_off_against_the_courts_is_in_order() {
        held(&sentence(1, false), 100, None, (1, 0)).expect("something").unwrap();
        held(&sentence(500, false), 100, None, (100, 0)).expect("something").unwrap();
        assert_eq!(held(&sentence(0, true), 100, None, (0, 0)), None);
        assert_eq!(set_off(None, Imposed { paid_fen: 100, detained: None }, SetOff::default()), None);
    }

    #[test]
    fn finds_a_paid_fine_that_was_not_set_off() {
        held(&sentence(1, false), 100, None, (0, 0)).expect("something").unwrap_err();
        // Nor is it with a fen of it, or with the detention beside it.
        held(&sentence(500, false), 100, None, (99, 0)).expect("something").unwrap_err();
        held(&sentence(500, true), 100, Some(5), (0, 5)).expect("something").unwrap_err();
    }

    #[test]
    fn finds_detention_that_was_not_set_off() {
        held(&sentence(0, true), 0, Some(5), (0, 0)).expect("something").unwrap_err();
        held(&sentence(500, true), 100, Some(5), (100, 0)).expect("something").unwrap_err();
        held(&sentence(0, true), 0, Some(5), (0, 5)).expect("something").unwrap();
        // Whether all of it was served, the record does not say.
        assert!(held(&sentence(0, true), 0, Some(5), (0, 1)).expect("something").unwrap_err().unknown);
        assert_eq!(held(&sentence(1, false), 0, Some(5), (0, 0)), None);
    }
}
