//! Whether the person is satisfied, and who looks at it when not.

use law::{
    Citation,
    check::{Outcome, fault},
    citation::{BER, LPR},
    period::Period,
};

/// The time to put right and answer what was rated poor, where a region sets none.
pub const RECTIFY: Period = Period::WorkingDays(15);
/// Rated poor so often, a matter was handled perfunctorily.
pub const POOR_MAX: u8 = 2;

law::card! {
    /// A poor rating closes its loop. Bound is the agency that answered; the days run from the rating and end with the next answer.
    /// No statute gives the number: it is the region's.
    CO_RATE "CO-RATE" Deadline "差评整改期限" "time to mend after a poor rating"; Citation::paragraph(&BER, 8, 1);
    "差评应当在规定期限内整改并再次答复"; "what was rated poor is put right and answered again within the period";
    plans "XS 二5";
    compares "再次答复之日与差评之日起的期限" "the day of the next answer with the period from the poor rating";
    params "default" = RECTIFY; since 2022 5 1;
    allows a_second_answer_on_the_fifteenth_working_day_is_in_time;
    refuses a_second_answer_on_the_sixteenth_working_day_is_late
}
law::card! {
    /// Put right first.
    CO_RECTIFY "CO-RECTIFY" Gate "先整改再答复" "mended before answered"; Citation::paragraph(&BER, 8, 1);
    "差评应当先整改，再答复"; "what was rated poor is put right before it is answered again";
    plans "XS 二5";
    compares "再次答复与差评之后的整改" "the next answer with what was put right since the poor rating";
    since 2022 5 1;
    allows what_was_put_right_may_be_answered; refuses refuses_to_answer_again_what_was_not_put_right
}
law::card! {
    /// Looked at by whoever supervises.
    CO_SUPERVISE "CO-SUPERVISE" Duty "提请督办" "supervision asked for"; Citation::paragraph(&LPR, 40, 1);
    "超期办理或者推诿敷衍的，应当提请督办"; "what is overdue or was dealt with perfunctorily is put before the supervising organ";
    plans "TA 25";
    compares "办理是否超期、差评次数与督办" "whether it was late and how often it was rated poor with supervision asked for";
    params "poor_ratings" = POOR_MAX "times"; since 2022 5 1;
    allows what_was_in_time_needs_no_supervision, what_was_late_may_be_closed_after_supervision;
    refuses finds_what_was_late_and_nobody_supervised, finds_what_was_rated_poor_twice_and_nobody_supervised
}

/// CO-RECTIFY. 1. The agency. 2. Every answer after a poor rating, of an answer or of a service. 5. Nothing recorded is nothing done.
/// 6. A measure recorded before the rating answers an earlier one; closing instead leaves CO-RATE open, which the end must name.
/// 7. Refused. 8. The regulations ask for the measure of satisfaction, the plan for the loop.
pub fn put_right(owed: bool) -> Outcome {
    if owed {
        return fault(
            "差评之后没有整改；请先整改并记录措施，再答复",
            "nothing was put right since the poor rating; put it right and record how, then answer",
        );
    }
    Ok(())
}

/// CO-SUPERVISE, when the matter is closed. 1. The office that watches over it (LPR 40). 2. The settlement with its days,
/// ratings with two. 5. Where only a calendar that is not known can tell, nothing is found. 6. A period that was extended after
/// it had run out stays missed; withdrawing ends the matter, and the missed clock is the finding then. 7. Recorded.
pub fn supervised(late: bool, poor: u8, asked: bool) -> Outcome {
    if asked {
        return Ok(());
    }
    if late {
        return fault(
            "办理超期而没有提请督办；请提请督办",
            "it was handled late and supervision was not asked for; ask for it",
        );
    }
    if poor >= POOR_MAX {
        return fault(
            format!("差评{poor}次而没有提请督办；请提请督办"),
            format!("it was rated poor {poor} times and supervision was not asked for; ask for it"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::sample::overdue;

    #[test]
    fn a_second_answer_on_the_fifteenth_working_day_is_in_time() {
        // Rated on 22 September 2025; 28 September and 11 October are worked, 1 to 8 October is the holiday.
        assert!(!overdue(RECTIFY, "2025-09-22", "2025-10-17"));
        assert!(!overdue(RECTIFY, "2025-09-22", "2025-10-16"));
    }

    #[test]
    fn a_second_answer_on_the_sixteenth_working_day_is_late() {
        assert!(overdue(RECTIFY, "2025-09-22", "2025-10-20"));
    }

    #[test]
    fn what_was_put_right_may_be_answered() {
        put_right(false).unwrap();
    }

    #[test]
    fn refuses_to_answer_again_what_was_not_put_right() {
        put_right(true).unwrap_err();
    }

    #[test]
    fn what_was_in_time_needs_no_supervision() {
        supervised(false, 0, false).unwrap();
        supervised(false, POOR_MAX - 1, false).unwrap();
    }

    #[test]
    fn what_was_late_may_be_closed_after_supervision() {
        supervised(true, 5, true).unwrap();
    }

    #[test]
    fn finds_what_was_late_and_nobody_supervised() {
        supervised(true, 0, false).unwrap_err();
    }

    #[test]
    fn finds_what_was_rated_poor_twice_and_nobody_supervised() {
        supervised(false, POOR_MAX, false).unwrap_err();
    }
}
