//! In court.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{NoCalendar, in_time},
    check::{Outcome as Checked, blank, fault},
    citation::{APC, ARL},
    period::Period,
};

/// The time to bring a suit.
pub const SUE: Period = Period::CalendarDays(15);

law::card! {
    /// Brought in fifteen days. 1. The applicant. 2. The day the suit was brought with the fifteenth day after the decision was served, or after the end of the period without a decision.
    /// 4. What the court itself accepted later, with its reason (APC 48). 5. A decision that was not served has no last day. 7. Refused: then it is a mistake in the day, or the court's reason is missing.
    /// 8. APC 45.
    RE_LITIGATE "RE-LITIGATE" Gate "起诉期限" "time to sue"; Citation::article(&APC, 45), Citation::article(&ARL, 10), Citation::article(&ARL, 34);
    "自收到复议决定书或者复议期满之日起十五日内起诉；法院因正当理由受理的除外";
    "a suit is brought within 15 days of the decision, or of the end of the period without one, unless the court accepts it for a reason";
    plans "TA 33" "XS 七5"; owed by Party; compares "起诉之日与收到决定书（复议期满）之日起的十五日" "the suit with fifteen days from the decision or the end of the period";
    except "人民法院因正当理由受理" "accepted by the court for a reason"; params "period" = SUE; since 2024 1 1;
    allows a_suit_on_the_fifteenth_day_is_in_time, a_court_may_accept_a_late_suit; refuses refuses_a_suit_on_the_sixteenth_day
}
law::card! {
    /// The head appears. 1. The agency that is sued: it is its fault. 2. Who was in court. 4. A head who cannot come sends somebody (APC 3), and says why (the plans).
    /// 5. Nothing said is no reason. 7. Recorded. 8. APC 3(3).
    RE_APPEAR "RE-APPEAR" Duty "负责人出庭应诉" "head appears in court"; Citation::paragraph(&APC, 3, 3);
    "被诉行政机关负责人应当出庭应诉；不能出庭的说明理由并委托工作人员"; "the head of the agency that is sued appears in court, or says why not and sends somebody";
    plans "TA 33" "XS 七5" "FY 27"; except "不能出庭并委托工作人员" "one who cannot, and sends somebody"; since 2024 1 1;
    allows a_head_in_court_is_in_order; refuses finds_an_agency_that_nobody_answers_for
}
law::card! {
    /// The judgment is obeyed. 1. The agency that lost. 2. The performance with the time set, from the day it binds. 5. A judgment that sets no time
    /// has no clock, and is owed when the file is closed. 6. An appeal that is not on record stops nothing. 8. APC 94.
    RE_OBEY "RE-OBEY" Deadline "履行裁判" "judgment obeyed"; Citation::article(&APC, 94);
    "行政机关应当履行发生法律效力的裁判"; "the agency performs what a binding judgment orders";
    plans "TA 33" "XS 七5" "FY 27"; compares "履行之日与裁判确定的期限" "the performance with the time that the judgment sets"; since 2024 1 1;
    allows a_judgment_obeyed_on_the_last_day_is_in_time; refuses a_judgment_obeyed_the_day_after_is_late
}

/// RE-LITIGATE.
pub fn brought(filed: Date, last: Option<Result<Date, NoCalendar>>, late_reason: Option<&str>) -> Checked {
    if late_reason.is_some_and(|reason| !blank(reason)) {
        return Ok(());
    }
    let Some(last) = last else { return Ok(()) };
    if in_time(filed, last)? {
        return Ok(());
    }
    let last = last?;
    fault(
        format!("起诉期限已于{last}届满；请核对起诉日期，或者写明法院受理的理由"),
        format!("the time to sue ended on {last}; check the day, or say why the court accepted it"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appeal::sample::{day, overdue},
        rules::handle::head_came,
    };

    #[test]
    fn a_suit_on_the_fifteenth_day_is_in_time() {
        brought(day("2025-07-16"), Some(Ok(day("2025-07-16"))), None).unwrap();
        brought(day("2025-07-16"), None, None).unwrap();
    }

    #[test]
    fn refuses_a_suit_on_the_sixteenth_day() {
        brought(day("2025-07-17"), Some(Ok(day("2025-07-16"))), None).unwrap_err();
        brought(day("2025-07-17"), Some(Ok(day("2025-07-16"))), Some(" ")).unwrap_err();
    }

    #[test]
    fn a_court_may_accept_a_late_suit() {
        brought(day("2025-08-01"), Some(Ok(day("2025-07-16"))), Some("不可抗力")).unwrap();
    }

    #[test]
    fn a_head_in_court_is_in_order() {
        head_came(Some("李局长"), None, None).unwrap();
    }

    #[test]
    fn finds_an_agency_that_nobody_answers_for() {
        head_came(None, Some("出差"), None).unwrap_err();
    }

    const TWO_WEEKS: Period = Period::CalendarDays(15);

    #[test]
    fn a_judgment_obeyed_on_the_last_day_is_in_time() {
        assert!(!overdue(TWO_WEEKS, "2025-07-01", "2025-07-16"));
    }

    #[test]
    fn a_judgment_obeyed_the_day_after_is_late() {
        assert!(overdue(TWO_WEEKS, "2025-07-01", "2025-07-17"));
    }
}
