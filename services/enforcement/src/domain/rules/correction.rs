//! What goes with a penalty, or takes its place: the order to put things right, and the guardian's.

use std::collections::BTreeSet;

use law::{Citation, citation::APL};

use super::{Outcome, fault, party::AGE_MIN};
use crate::domain::events::{GuardianDuty, NoPenaltyGround, Party};

law::card! {
    /// Ordered to put it right. 1. The agency. 2. The decision with the orders to correct on file by then, or with the statement that nothing
    /// is left to correct; for every penalty. 3. The law of 2021. 4. What has ended, and can or need not be undone, is stated as such with its reason. 5. Neither
    /// is asked of decisions from [`super::ASKED_SINCE`] on; before, only a file that has one of them is said to have kept the rule.
    /// 6. An order of a day after the decision is none that goes with it; one that is never looked at again is
    /// EN-CORRECT-CHECK's. 7. A finding: the penalty stands without it. 8. APL 28(1).
    EN_CORRECT "EN-CORRECT" Duty "责令改正" "ordered to correct"; Citation::paragraph(&APL, 28, 1);
    "实施行政处罚时，应当责令当事人改正或者限期改正违法行为"; "with a penalty the party is ordered to put the violation right, at once or by a day";
    plans ;
    compares "作出处罚决定时案卷中的责令改正或者无需改正的说明" "the decision with the order to correct, or the statement that nothing is left to correct, on file by then";
    except "违法行为已经终了、无可改正，并写明理由的" "nothing is left to correct, with the reason";
    since 2021 7 15;
    allows an_order_to_correct_goes_with_the_penalty; refuses finds_a_penalty_without_an_order_to_correct, finds_an_order_to_correct_made_after_the_decision
}
law::card! {
    /// By the day that was set. 1. The party. 2. The day on which it was put right, or else on which the agency found it so, with the day of the order. 3. The law of 2021. 4. An order to
    /// correct at once sets no day. 5. While nobody looked, the clock runs; the party is not late because the agency looked later. 6. A second order is a clock of its own, and ends no earlier one.
    /// 7. Another's lateness, no finding against the agency. 8. APL 28(1).
    EN_CORRECT_TIME "EN-CORRECT-TIME" Deadline "限期改正期限" "time to correct"; Citation::paragraph(&APL, 28, 1);
    "当事人应当在责令改正通知书确定的期限内改正"; "the party puts it right by the day that the order sets";
    plans ; owed by Party;
    compares "核查确认改正之日与责令改正确定的期限" "the day on which it was found put right with the day that the order sets";
    except "责令立即改正的" "an order to correct at once";
    since 2021 7 15;
    allows what_is_put_right_on_the_last_day_is_in_time, what_was_put_right_in_time_is_not_late_because_it_was_checked_later; refuses what_is_put_right_the_day_after_is_late
}
law::card! {
    /// Looked at again. 1. The agency. 2. The orders of a case with what was found about each, when the case is closed. 3. The law of 2021. 4. None.
    /// 5. An order without a check was not checked. 6. A check that finds nothing put right is a check; what follows from it is another matter.
    /// 7. A finding. 8. APL 28(1): who orders has to see that it is done; BT 27 asks for it.
    EN_CORRECT_CHECK "EN-CORRECT-CHECK" Duty "改正情况核查" "correction checked"; Citation::paragraph(&APL, 28, 1);
    "责令改正的，应当核查改正情况"; "whoever orders a correction looks whether it was done";
    plans ;
    compares "结案时各项责令改正与核查结果" "each order to correct with what was found about it, when the case is closed";
    since 2021 7 15;
    allows a_correction_that_was_checked_is_in_order; refuses finds_a_correction_that_nobody_checked
}
law::card! {
    /// The guardian. 1. The agency. 2. Age and discernment of the party whose penalty was withheld with the orders to the guardian: discipline for
    /// a child, care and treatment for who cannot discern. 3. The law of 2021. 4. None; where nothing was established, or it is past the time, nobody answers for it. 5. Asked of cases closed from [`super::ASKED_SINCE`] on.
    /// 6. Naming another ground: a child that is let go because it was a trifle is a child; the other order is none of this one; closing without a decision is no
    /// way round, for nothing was withheld then. 7. A finding. 8. APL 30 and 31.
    EN_GUARDIAN "EN-GUARDIAN" Duty "责令监护人" "ordered to the guardian"; Citation::article(&APL, 30), Citation::article(&APL, 31);
    "对不满十四周岁的未成年人责令监护人加以管教，对不能辨认或者控制自己行为的人责令监护人严加看管和治疗";
    "the guardian of a child under 14 is ordered to discipline it, the guardian of who cannot discern to care and treatment";
    plans ;
    compares "不予处罚的当事人的年龄、辨认能力与对监护人的责令" "age and discernment of the party that is let go with the orders to the guardian";
    except "违法事实不能成立、超过追责时效的" "nothing was established, or it is past the time";
    since 2021 7 15;
    allows a_guardian_was_ordered_what_the_ground_asks; refuses finds_a_child_let_go_without_a_word_to_the_guardian, finds_the_other_order_to_a_guardian, finds_a_child_let_go_on_another_ground
}

/// EN-CORRECT: something of it is on file by the decision.
pub fn ordered(by_then: bool) -> Outcome {
    if by_then {
        return Ok(());
    }
    fault(
        "没有责令当事人改正或者限期改正；请责令改正，无可改正的请写明理由",
        "the party was not ordered to put the violation right; order it, or state why nothing is left to correct",
    )
}

/// EN-CORRECT-CHECK, when the case is closed.
pub fn checked(unchecked: usize) -> Outcome {
    if unchecked == 0 {
        return Ok(());
    }
    fault(
        format!("有{unchecked}项责令改正没有核查；请核查并记录改正情况"),
        format!("{unchecked} orders to correct were not checked; look whether it was done, and record it"),
    )
}

/// EN-GUARDIAN, when the case is closed; none where the party has no guardian, or nothing was done that he would answer for.
pub fn guardian_ordered(party: &Party, ground: NoPenaltyGround, ordered: &BTreeSet<GuardianDuty>) -> Option<Outcome> {
    match ground {
        NoPenaltyGround::NotEstablished | NoPenaltyGround::PastPeriod => return None,
        NoPenaltyGround::Under14
        | NoPenaltyGround::UnableToDiscern
        | NoPenaltyGround::SlightAndCorrected
        | NoPenaltyGround::FirstAndSlight
        | NoPenaltyGround::NoFault => {}
    }
    let child = party.minor_age.is_some_and(|age| age < AGE_MIN) || ground == NoPenaltyGround::Under14;
    let unable = party.unable_to_discern || ground == NoPenaltyGround::UnableToDiscern;
    let wanted = [(child, GuardianDuty::Discipline), (unable, GuardianDuty::CareAndTreatment)];
    let mut wanted = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, duty)| duty).peekable();
    wanted.peek()?;
    Some(match wanted.find(|duty| !ordered.contains(duty)) {
        None => Ok(()),
        Some(missing) => fault(
            format!("没有责令监护人{}；请作出并送达", missing.zh()),
            format!("the guardian was not ordered: {}; order it", missing.en()),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, overdue};
    use law::period::Period;

    #[test]
    fn an_order_to_correct_goes_with_the_penalty() {
        ordered(true).unwrap();
    }

    #[test]
    fn finds_a_penalty_without_an_order_to_correct() {
        ordered(false).unwrap_err();
    }

    #[test]
    fn what_is_put_right_on_the_last_day_is_in_time() {
        assert!(!overdue(Period::CalendarDays(10), "2024-03-04", "2024-03-14"));
    }

    #[test]
    fn what_is_put_right_the_day_after_is_late() {
        assert!(overdue(Period::CalendarDays(10), "2024-03-04", "2024-03-15"));
    }

    #[test]
    fn a_correction_that_was_checked_is_in_order() {
        checked(0).unwrap();
    }

    #[test]
    fn finds_a_correction_that_nobody_checked() {
        assert!(checked(2).unwrap_err().zh.contains("2项"));
    }

    fn told(ground: NoPenaltyGround, what: &[GuardianDuty]) -> Option<Outcome> {
        guardian_ordered(&sample::citizen(), ground, &what.iter().copied().collect())
    }

    #[test]
    fn finds_a_child_let_go_on_another_ground() {
        let of = |minor_age, unable_to_discern, ground, what: &[GuardianDuty]| {
            let party = Party { minor_age, unable_to_discern, ..sample::citizen() };
            guardian_ordered(&party, ground, &what.iter().copied().collect())
        };
        use GuardianDuty::{CareAndTreatment, Discipline};
        for ground in [NoPenaltyGround::SlightAndCorrected, NoPenaltyGround::FirstAndSlight, NoPenaltyGround::NoFault] {
            of(Some(13), false, ground, &[]).expect("a child").unwrap_err();
            of(Some(13), false, ground, &[Discipline]).expect("a child").unwrap();
            of(None, true, ground, &[Discipline]).expect("a guardian").unwrap_err();
            of(None, true, ground, &[CareAndTreatment]).expect("a guardian").unwrap();
            assert_eq!(of(Some(14), false, ground, &[]), None);
        }
        // A child that cannot discern is owed both.
        of(Some(13), true, NoPenaltyGround::Under14, &[Discipline]).expect("both").unwrap_err();
        of(Some(13), true, NoPenaltyGround::Under14, &[Discipline, CareAndTreatment]).expect("both").unwrap();
        for ground in [NoPenaltyGround::NotEstablished, NoPenaltyGround::PastPeriod] {
            assert_eq!(of(Some(13), false, ground, &[]), None);
        }
    }

    #[test]
    fn a_guardian_was_ordered_what_the_ground_asks() {
        told(NoPenaltyGround::Under14, &[GuardianDuty::Discipline]).expect("a guardian").unwrap();
        told(NoPenaltyGround::UnableToDiscern, &[GuardianDuty::CareAndTreatment]).expect("a guardian").unwrap();
        assert_eq!(told(NoPenaltyGround::NoFault, &[]), None);
    }

    #[test]
    fn finds_a_child_let_go_without_a_word_to_the_guardian() {
        told(NoPenaltyGround::Under14, &[]).expect("a guardian").unwrap_err();
    }

    #[test]
    fn finds_the_other_order_to_a_guardian() {
        told(NoPenaltyGround::Under14, &[GuardianDuty::CareAndTreatment]).expect("a guardian").unwrap_err();
        told(NoPenaltyGround::UnableToDiscern, &[GuardianDuty::Discipline]).expect("a guardian").unwrap_err();
    }
}
