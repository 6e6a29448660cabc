//! 复查 and 复核.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, in_time},
    check::{Outcome, fault},
    citation::LPR,
    id::Uscc,
    period::{Deadline, Period},
};

use crate::domain::{events::Organ, words::Instance};

/// The time to ask for a review or a recheck.
pub const ASK: Period = Period::CalendarDays(30);
/// The time to answer it.
pub const ANSWER: Period = Period::CalendarDays(30);

law::card! {
    /// Asked for in time.
    CO_REVIEW "CO-REVIEW" Gate "请求复查复核" "asking for review"; Citation::article(&LPR, 35), Citation::paragraph(&LPR, 36, 1);
    "对处理意见、复查意见不服的，自收到书面答复之日起三十日内请求复查、复核";
    "a review or recheck is asked for within 30 days of getting the written answer";
    plans "TA 38"; owed by Party;
    compares "请求之日与收到书面答复之日起的三十日" "the day it is asked for with thirty days from getting the written answer";
    params "period" = ASK; since 2022 5 1;
    allows a_review_may_be_asked_for_on_the_thirtieth_day; refuses refuses_a_review_asked_for_on_the_thirty_first_day
}
law::card! {
    /// By an organ above.
    CO_HIGHER "CO-HIGHER" Gate "上级复查复核" "review by the level above"; Citation::article(&LPR, 35), Citation::paragraph(&LPR, 36, 1);
    "复查、复核由原办理、复查机关的上一级机关办理"; "a review or recheck is for the organ above the one that handled it";
    plans "TA 38";
    compares "复查、复核机关与原办理、复查机关" "the organ asked with those that handled and reviewed it";
    since 2022 5 1;
    allows the_organ_above_may_review_it; refuses refuses_a_review_by_who_handled_it, refuses_a_review_by_an_organ_elsewhere_or_below
}
law::card! {
    /// Answered in time. Bound is the organ that was asked. The days that a hearing takes do not count, in a recheck only: article 35
    /// has no such exception.
    CO_REVIEW_ANSWER "CO-REVIEW-ANSWER" Deadline "复查复核期限" "time to answer a review"; Citation::article(&LPR, 35), Citation::article(&LPR, 36);
    "自收到复查、复核请求之日起三十日内提出意见并书面答复"; "a review or recheck is answered in writing within 30 days of the request";
    plans "TA 38";
    compares "答复之日与收到请求之日起的三十日" "the day of the answer with thirty days from the request";
    except "复核听证所需时间" "the time that a hearing of the recheck takes";
    params "period" = ANSWER; since 2022 5 1;
    allows a_review_answered_on_the_thirtieth_day_is_in_time, the_days_of_a_hearing_do_not_count;
    refuses a_review_answered_on_the_thirty_first_day_is_late
}

/// What the clock of an instance is called by.
pub fn key(instance: Instance) -> &'static str {
    instance.id()
}

/// CO-REVIEW. 1. The person. 2. Two days; the first is the day on which the person had the written answer, no earlier than the answer
/// itself. 3. Of the last answer: one given anew begins the days anew. 5. Without an answer there is nothing to review: the state
/// says so. 6. A later day of getting it would win days: it stands in the record beside how the answer was sent.
/// 7. Refused, and the attempt kept; reported, it is taken up with the breach. 8. LPR 35, 36(1).
pub fn in_days(answer_got: Date, day: Date, calendar: &Calendar) -> Outcome {
    let last = Deadline::new(answer_got, ASK, "").due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    if in_time(day, last)? {
        return Ok(());
    }
    fault(
        format!("{answer_got}收到书面答复，三十日的请求期限已经届满"),
        format!("the written answer was received on {answer_got}; the 30 days to ask for a review have run out"),
    )
}

/// CO-HIGHER. 1. The office that passes it on. 2. The organ asked with all that dealt with it, and with the region of the first of
/// them: an organ above is of the same region or one that contains it. 5. Which organ of the region stands above another, the lists do
/// not say: whoever asks it answers for that. 6. Another office of the same agency has its code.
/// 7. Refused.
pub fn above(to: &Organ, handled_by: &Organ, reviewed_by: Option<&Uscc>) -> Outcome {
    if to.agency == handled_by.agency || reviewed_by == Some(&to.agency) {
        return fault(
            format!("{}已经办理或者复查过该事项；请由其上一级机关办理", to.name),
            format!("{} handled or reviewed it already; it is for the organ above", to.name),
        );
    }
    if !to.region.contains(&handled_by.region) {
        return fault(
            format!("{}不是原办理机关的上级；请由上一级机关办理", to.name),
            format!("{} is not above the organ that handled it", to.name),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use law::decider::harness::overdue_but_for;

    use super::*;
    use crate::domain::complaint::sample::{BUREAU, CITY, GOVERNMENT, OTHER, day, organ, overdue};

    #[test]
    fn a_review_may_be_asked_for_on_the_thirtieth_day() {
        for on in ["2025-07-30", "2025-07-31"] {
            in_days(day("2025-07-01"), day(on), Calendar::china()).unwrap();
        }
        // 4 October 2025 is in the holiday.
        in_days(day("2025-09-04"), day("2025-10-09"), Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_a_review_asked_for_on_the_thirty_first_day() {
        in_days(day("2025-07-01"), day("2025-08-01"), Calendar::china()).unwrap_err();
        in_days(day("2025-09-04"), day("2025-10-10"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn the_organ_above_may_review_it() {
        above(&organ(GOVERNMENT, "230883"), &organ(BUREAU, "230883"), None).unwrap();
        above(&organ(CITY, "230800"), &organ(BUREAU, "230883"), Some(&GOVERNMENT.parse().unwrap())).unwrap();
    }

    #[test]
    fn refuses_a_review_by_who_handled_it() {
        above(&organ(BUREAU, "230883"), &organ(BUREAU, "230883"), None).unwrap_err();
        let government = GOVERNMENT.parse().unwrap();
        above(&organ(GOVERNMENT, "230883"), &organ(BUREAU, "230883"), Some(&government)).unwrap_err();
    }

    #[test]
    fn refuses_a_review_by_an_organ_elsewhere_or_below() {
        above(&organ(OTHER, "230882"), &organ(BUREAU, "230883"), None).unwrap_err();
        above(&organ(OTHER, "230883"), &organ(CITY, "230800"), None).unwrap_err();
    }

    #[test]
    fn a_review_answered_on_the_thirtieth_day_is_in_time() {
        assert!(!overdue(ANSWER, "2025-07-01", "2025-07-31"));
    }

    #[test]
    fn a_review_answered_on_the_thirty_first_day_is_late() {
        assert!(overdue(ANSWER, "2025-07-01", "2025-08-01"));
    }

    #[test]
    fn the_days_of_a_hearing_do_not_count() {
        assert!(!overdue_but_for(ANSWER, "2025-07-01", "2025-08-04", "2025-07-10", "2025-07-12"));
        assert!(overdue_but_for(ANSWER, "2025-07-01", "2025-08-05", "2025-07-10", "2025-07-12"));
    }
}
