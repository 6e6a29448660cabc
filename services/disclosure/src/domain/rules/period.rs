//! The period to answer, and what makes it longer.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, NoCalendar, in_time},
    check::{Outcome, blank, fault},
    citation::OGI,
    period::{Deadline, Period},
};

/// The time to answer.
pub const ANSWER: Period = Period::WorkingDays(20);
/// The most that it may be extended by, all together.
pub const EXTENSION: u16 = 20;

law::card! {
    /// Answered in time. Bound is the agency; an answer counts from the day it was handed over or sent, because one that
    /// lies in a drawer answers nobody. What can be answered at once is to be (33(1)): no record can tell that it could
    /// have been. Not counted is the time in which others are asked (DI-THIRD-TIME, DI-JOINT); a correction asked for in
    /// time begins the period anew. An application that lapses or is withdrawn after the last day leaves the lateness in
    /// the record.
    DI_ANSWER "DI-ANSWER" Deadline "公开答复期限" "time to answer"; Citation::article(&OGI, 33);
    "能够当场答复的当场答复，否则自收到申请之日起二十个工作日内答复";
    "answered at once, or else within 20 working days of receipt";
    plans "TA 29";
    compares "答复发出之日与收到申请之日起的二十个工作日"
    "the day the answer is sent with twenty working days from receipt";
    except "征求第三方、其他机关意见所需时间" "the time in which third parties and other agencies are asked";
    params "period" = ANSWER; since 2019 5 15;
    allows an_answer_on_the_twentieth_working_day_is_in_time; refuses an_answer_on_the_twenty_first_working_day_is_late
}
law::card! {
    /// Extended.
    DI_EXTEND "DI-EXTEND" Limit "答复延期" "extending the time to answer"; Citation::paragraph(&OGI, 33, 2);
    "延长答复期限应当在期限届满前经政府信息公开工作机构负责人同意并告知申请人，最长不得超过二十个工作日";
    "before the period ends, with the consent of the head of the disclosure office and the applicant told, it is extended by at most 20 working days";
    plans "TA 29";
    compares "各次延长的合计与二十个工作日，同意和告知是否具备"
    "all extensions together with twenty working days; consent and notice with what is named";
    params "working_days" = EXTENSION "working days"; since 2019 5 15;
    allows twenty_working_days_more_are_allowed_on_the_last_day, two_extensions_may_make_twenty_together;
    refuses refuses_a_twenty_first_working_day_more, refuses_an_extension_without_consent_or_notice, refuses_two_extensions_of_more_than_twenty_together
}
law::card! {
    /// Reasons asked for.
    DI_REASONS "DI-REASONS" Gate "要求说明理由" "reasons asked for"; Citation::article(&OGI, 35);
    "数量、频次明显超过合理范围的，先要求说明理由；理由不合理的告知不予处理，合理而不能按期答复的确定合理期限并告知";
    "what is clearly excessive is put aside as unreasonable, or deferred, only after reasons were asked for and given";
    plans ; since 2019 5 15;
    allows excess_may_be_put_aside_after_the_reasons, an_answer_may_be_deferred_after_the_reasons;
    refuses refuses_to_put_aside_what_was_never_to_be_justified, refuses_to_put_aside_before_the_reasons_came, refuses_to_defer_before_the_reasons_or_without_a_notice
}

/// Whether a period is over on a day.
///
/// # Errors
/// [`NoCalendar`] when only a calendar that is not known can tell.
pub fn ran_out(period: &Deadline, day: Date, calendar: &Calendar) -> Result<bool, NoCalendar> {
    let last = period.due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    in_time(day, last).map(|in_time| !in_time)
}

/// DI-ANSWER where no answer will come any more: what ends an application after the last day leaves the lateness behind.
pub fn not_late(period: &Deadline, day: Date, calendar: &Calendar) -> Outcome {
    match ran_out(period, day, calendar) {
        Ok(false) => Ok(()),
        Ok(true) => fault(
            "申请结束时答复期限已经届满而未答复",
            "the period to answer had run out without an answer when the application ended",
        ),
        Err(missing) => Err(missing.into()),
    }
}

/// DI-EXTEND. 1. The agency. 2. All extensions together with the limit: the article bounds how long, not how often. 5. A notice that is not named is
/// none; who consents is the head of the disclosure office on the list that day, by personnel number. 6. A second extension adds to the first; what has run out is extended by nobody, for which
/// the frame stands ([`law::clock::Clocks::hold`]).
/// 7. Refused; in reporting mode recorded, and the period is longer by what was granted all the same. 8. 33(2).
pub fn extended(before: u16, more: u16, consent: Outcome, notice: &str) -> Outcome {
    if before.saturating_add(more) > EXTENSION {
        return fault(
            format!("延长合计{}个工作日，超过二十个工作日的上限", before.saturating_add(more)),
            format!("{} working days more in all are above the limit of 20", before.saturating_add(more)),
        );
    }
    consent?;
    if blank(notice) {
        return fault("没有告知申请人；请告知并写明告知书", "the applicant was not told; tell him and name the notice");
    }
    Ok(())
}

/// How far an excess was looked into (OGI 35).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Excess {
    /// Nothing was asked.
    #[default]
    None,
    /// Reasons were asked for.
    Demanded,
    /// They were given.
    Given,
}

fn reasons_came(excess: Excess) -> Outcome {
    match excess {
        Excess::None => fault(
            "没有要求申请人说明理由；请先要求说明理由",
            "the applicant was not asked for reasons; ask for them first",
        ),
        Excess::Demanded => fault(
            "申请人尚未说明理由，不能认定理由不合理",
            "the applicant has not given reasons yet, so they cannot be found wanting",
        ),
        Excess::Given => Ok(()),
    }
}

/// DI-REASONS for an answer that puts the application aside. 1. The agency. 2. The order of acts. 5. Reasons not given are not
/// unreasonable: the article judges reasons, it attaches nothing to silence. 6. The period goes on meanwhile: the article does not
/// stop it. 7. Refused. 8. Article 35.
pub fn put_aside(excess: Excess) -> Outcome {
    reasons_came(excess)
}

/// DI-REASONS for a deferral: after the reasons, with the notice. How long is reasonable the article leaves open, so it
/// stands in the record.
pub fn deferred(excess: Excess, notice: &str) -> Outcome {
    reasons_came(excess)?;
    if blank(notice) {
        return fault("没有告知申请人；请告知并写明告知书", "the applicant was not told; tell him and name the notice");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::sample::{day, overdue};

    /// Received on 9 September 2025; the 20th working day is 11 October, a Saturday worked for the National Day holiday.
    #[test]
    fn an_answer_on_the_twentieth_working_day_is_in_time() {
        assert!(!overdue(ANSWER, "2025-09-08", "2025-10-11"));
        assert!(!overdue(ANSWER, "2025-09-08", "2025-10-10"));
    }

    #[test]
    fn an_answer_on_the_twenty_first_working_day_is_late() {
        assert!(overdue(ANSWER, "2025-09-08", "2025-10-13"));
    }

    #[test]
    fn a_period_into_an_unknown_year_has_not_run_out_before_it() {
        let into_2027 = Deadline::new(day("2026-12-25"), ANSWER, "");
        assert_eq!(ran_out(&into_2027, day("2026-12-31"), Calendar::china()), Ok(false));
        assert_eq!(ran_out(&into_2027, day("2027-01-16"), Calendar::china()), Ok(false), "whatever the notice says");
        assert_eq!(ran_out(&into_2027, day("2027-01-17"), Calendar::china()).unwrap_err().year, 2027);
    }

    #[test]
    fn twenty_working_days_more_are_allowed_on_the_last_day() {
        extended(0, 20, Ok(()), "告知书1").unwrap();
    }

    #[test]
    fn two_extensions_may_make_twenty_together() {
        extended(8, 12, Ok(()), "告知书1").unwrap();
    }

    #[test]
    fn refuses_a_twenty_first_working_day_more() {
        extended(0, 21, Ok(()), "告知书1").unwrap_err();
    }

    #[test]
    fn refuses_two_extensions_of_more_than_twenty_together() {
        extended(12, 9, Ok(()), "告知书1").unwrap_err();
        extended(u16::MAX, u16::MAX, Ok(()), "告知书1").unwrap_err();
    }

    #[test]
    fn refuses_an_extension_without_consent_or_notice() {
        extended(0, 5, fault("没有同意", "no consent"), "告知书1").unwrap_err();
        extended(0, 5, Ok(()), "").unwrap_err();
    }

    #[test]
    fn excess_may_be_put_aside_after_the_reasons() {
        put_aside(Excess::Given).unwrap();
    }

    #[test]
    fn refuses_to_put_aside_what_was_never_to_be_justified() {
        put_aside(Excess::None).unwrap_err();
    }

    #[test]
    fn refuses_to_put_aside_before_the_reasons_came() {
        put_aside(Excess::Demanded).unwrap_err();
    }

    #[test]
    fn an_answer_may_be_deferred_after_the_reasons() {
        deferred(Excess::Given, "告知书2").unwrap();
    }

    #[test]
    fn refuses_to_defer_before_the_reasons_or_without_a_notice() {
        deferred(Excess::Demanded, "告知书2").unwrap_err();
        deferred(Excess::Given, "").unwrap_err();
    }
}
