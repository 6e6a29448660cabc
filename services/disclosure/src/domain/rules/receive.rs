//! Receipt and correction.

use jiff::civil::Date;
use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::OGI,
    period::Period,
};

use crate::domain::words::Channel;

/// The time to ask for a correction.
pub const CORRECT: Period = Period::WorkingDays(7);

law::card! {
    /// The day of receipt.
    DI_RECEIPT "DI-RECEIPT" Gate "收到申请之日" "day of receipt"; Citation::article(&OGI, 31);
    "当面提交的以提交之日、需签收的邮寄以签收之日为收到申请之日";
    "an application handed in is received on that day, one sent by signed-for post on the day it is signed for";
    plans "TA 29"; since 2019 5 15;
    allows an_application_handed_in_is_received_that_day, one_sent_online_is_received_when_both_sides_confirm;
    refuses refuses_a_day_of_receipt_after_the_day_it_was_handed_in
}
law::card! {
    /// Letters confirmed at once.
    DI_CONFIRM "DI-CONFIRM" Duty "信函确认" "letters confirmed"; Citation::article(&OGI, 31);
    "平常信函应当于收到当日与申请人确认"; "an ordinary letter is confirmed with the applicant on the day it arrives";
    plans "TA 29"; since 2019 5 15;
    allows a_letter_confirmed_on_the_day_it_arrived_is_in_order; refuses finds_a_letter_confirmed_the_day_after
}
law::card! {
    /// Not turned away.
    DI_RECEIVE "DI-RECEIVE" Gate "先补正再答复" "corrected before refused"; Citation::article(&OGI, 29), Citation::article(&OGI, 30);
    "申请内容不明确或者缺少要件的，应当先指导释明、告知补正，不得径行拒绝";
    "an application that is unclear or lacks something is guided and corrected first, not turned away";
    plans "TA 29"; since 2019 5 15;
    allows a_corrected_application_may_be_found_unclear; refuses refuses_to_turn_away_what_was_never_to_be_corrected, refuses_to_find_it_unclear_before_the_correction_came
}
law::card! {
    /// Once.
    DI_CORRECT "DI-CORRECT" Limit "一次性告知补正" "correction asked for once"; Citation::article(&OGI, 30);
    "需要补正的，应当一次性告知"; "what is to be corrected is told once, all of it";
    plans "TA 29"; params "corrections_max" = CORRECTIONS_MAX "times"; since 2019 5 15;
    allows a_first_correction_may_be_asked_for; refuses refuses_a_second_correction
}
law::card! {
    /// In time.
    DI_CORRECT_TIME "DI-CORRECT-TIME" Deadline "告知补正期限" "time to ask for correction"; Citation::article(&OGI, 30);
    "自收到申请之日起七个工作日内告知补正"; "a correction is asked for within 7 working days of receipt";
    plans "TA 29"; params "period" = CORRECT; since 2019 5 15;
    allows a_correction_asked_for_on_the_seventh_working_day_is_in_time;
    refuses a_correction_asked_for_on_the_eighth_working_day_is_late
}
law::card! {
    /// Given up.
    DI_LAPSE "DI-LAPSE" Gate "逾期不补正" "request lapsed"; Citation::article(&OGI, 30);
    "申请人无正当理由逾期不补正的，视为放弃申请";
    "only an application not corrected in time and without good reason is taken as given up";
    plans "TA 29"; since 2019 5 15;
    allows the_day_after_the_time_set_it_is_given_up; refuses refuses_to_give_up_on_the_last_day, refuses_to_pass_over_the_applicants_reason, refuses_to_give_up_what_was_corrected
}

/// How often a correction may be asked for.
const CORRECTIONS_MAX: u8 = 1;

/// DI-RECEIPT. 1. The agency. 2. The day of receipt with the day of handing in or signing. 3. The regulations in force on
/// that day. 4. Ordinary letters, the web and fax count from the confirmation by both sides: for letters DI-CONFIRM says
/// when; for the web and fax the article names no day, so both days stand in the record. 5. Without a day there is no
/// application. 6. A later day would win the agency time: refused, and the period counts from this day only. 7. Refused;
/// in reporting mode recorded. 8. Article 31 carries it.
pub fn received_on(channel: Channel, arrived: Date, day: Date) -> Outcome {
    match channel {
        Channel::InPerson | Channel::Oral | Channel::SignedPost if day != arrived => fault(
            format!("{}的申请以{arrived}为收到之日；请按该日登记", channel.zh()),
            format!("this application came {}: it is received on {arrived}; register it as of that day", channel.en()),
        ),
        Channel::InPerson | Channel::Oral | Channel::SignedPost => Ok(()),
        Channel::OrdinaryPost | Channel::Online | Channel::Fax => Ok(()),
    }
}

/// DI-CONFIRM. The agency is bound. A late confirmation is a fact that cannot be refused away, and by the letter of the
/// article it is the day of receipt; so that the lost days do not vanish, it is recorded as a fault.
pub fn confirmed_on(channel: Channel, arrived: Date, day: Date) -> Outcome {
    if channel == Channel::OrdinaryPost && day != arrived {
        return fault(
            format!("平常信函于{arrived}到达，至{day}才与申请人确认；应当于到达当日确认"),
            format!(
                "the letter arrived on {arrived} and was confirmed on {day}; it is to be confirmed on the day it arrives"
            ),
        );
    }
    Ok(())
}

/// What was done to correct an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Last day of the time set.
    pub until: Date,
    /// Asked for within the time of DI-CORRECT-TIME.
    pub in_time: bool,
    /// The corrected application came.
    pub corrected: bool,
}

/// DI-RECEIVE. 1. The agency. 2. A refusal to deal with an application, with the correction that must come before it.
/// 5. No correction on record is none. 6. Asking and finding it unclear at once would make the correction a form: it must
/// have come. One that never came is DI-LAPSE. 7. Refused. 8. Articles 29 and 30.
pub fn corrected_first(correction: Option<&Correction>) -> Outcome {
    match correction {
        None => fault(
            "没有告知申请人补正；请先给予指导释明并告知补正",
            "the applicant was never told what to correct; guide him and ask for a correction first",
        ),
        Some(c) if !c.corrected => fault(
            "补正尚未收到，不能认定补正后仍不明确；逾期不补正的视为放弃申请",
            "the correction has not come, so it cannot be unclear; if it does not come in time, the application is given up",
        ),
        Some(_) => Ok(()),
    }
}

/// DI-CORRECT. A second request would win the agency another period (article 30: the period begins with the corrected
/// application), so there is none; nor does a late first one begin it anew (`Correction::in_time`).
pub fn once(before: Option<&Correction>) -> Outcome {
    if before.is_some() {
        return fault(
            "已经告知过补正，应当一次性告知；请按现有内容办理",
            "a correction was asked for already, and all of it at once; decide on what there is",
        );
    }
    Ok(())
}

/// DI-LAPSE. 1. The applicant loses, the agency may not hasten it. 2. The day with the last day set, itself still in time.
/// 4. A good reason keeps the application alive; that a reason given is none must be said. 5. No correction asked for: DI-RECEIVE.
/// 6. A short time set would do it too: the article says "reasonable" and names no number, so the day stands in the
/// record. An answer that was overdue by then stays overdue: the decider records DI-ANSWER. 7. Refused. 8. Article 30.
pub fn given_up(correction: &Correction, day: Date, excuse: Option<&str>, why_not: Option<&str>) -> Outcome {
    if correction.corrected {
        return fault("申请人已经补正，不能视为放弃申请", "the application was corrected; it is not given up");
    }
    if day <= correction.until {
        return fault(
            format!("补正期限至{}届满，届满之后才能视为放弃申请", correction.until),
            format!("the time to correct it ends with {}; only after that it is given up", correction.until),
        );
    }
    if excuse.is_some_and(|e| !blank(e)) && why_not.is_none_or(blank) {
        return fault(
            "申请人说明了逾期理由；请写明该理由为何不正当",
            "the applicant gave a reason for the delay; say why it is no good reason",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::sample::{day, overdue};

    fn asked(corrected: bool) -> Correction {
        Correction { until: day("2025-06-20"), in_time: true, corrected }
    }

    #[test]
    fn an_application_handed_in_is_received_that_day() {
        for channel in [Channel::InPerson, Channel::Oral, Channel::SignedPost] {
            received_on(channel, day("2025-06-03"), day("2025-06-03")).unwrap();
        }
    }

    #[test]
    fn one_sent_online_is_received_when_both_sides_confirm() {
        received_on(Channel::Online, day("2025-06-03"), day("2025-06-05")).unwrap();
        received_on(Channel::Fax, day("2025-06-03"), day("2025-06-03")).unwrap();
    }

    #[test]
    fn refuses_a_day_of_receipt_after_the_day_it_was_handed_in() {
        for channel in [Channel::InPerson, Channel::Oral, Channel::SignedPost] {
            received_on(channel, day("2025-06-03"), day("2025-06-04")).unwrap_err();
            received_on(channel, day("2025-06-03"), day("2025-06-02")).unwrap_err();
        }
    }

    #[test]
    fn a_letter_confirmed_on_the_day_it_arrived_is_in_order() {
        confirmed_on(Channel::OrdinaryPost, day("2025-06-03"), day("2025-06-03")).unwrap();
        confirmed_on(Channel::Online, day("2025-06-03"), day("2025-06-09")).unwrap();
    }

    #[test]
    fn finds_a_letter_confirmed_the_day_after() {
        confirmed_on(Channel::OrdinaryPost, day("2025-06-03"), day("2025-06-04")).unwrap_err();
    }

    #[test]
    fn a_corrected_application_may_be_found_unclear() {
        corrected_first(Some(&asked(true))).unwrap();
    }

    #[test]
    fn refuses_to_turn_away_what_was_never_to_be_corrected() {
        corrected_first(None).unwrap_err();
    }

    #[test]
    fn refuses_to_find_it_unclear_before_the_correction_came() {
        corrected_first(Some(&asked(false))).unwrap_err();
    }

    #[test]
    fn a_first_correction_may_be_asked_for() {
        once(None).unwrap();
    }

    #[test]
    fn refuses_a_second_correction() {
        once(Some(&asked(false))).unwrap_err();
        once(Some(&asked(true))).unwrap_err();
    }

    #[test]
    fn a_correction_asked_for_on_the_seventh_working_day_is_in_time() {
        // The National Day holiday of 2025 runs from 1 to 8 October; 28 September and 11 October are worked.
        assert!(!overdue(CORRECT, "2025-09-25", "2025-10-11"));
        assert!(!overdue(CORRECT, "2025-09-25", "2025-10-10"));
    }

    #[test]
    fn a_correction_asked_for_on_the_eighth_working_day_is_late() {
        assert!(overdue(CORRECT, "2025-09-25", "2025-10-13"));
    }

    #[test]
    fn the_day_after_the_time_set_it_is_given_up() {
        given_up(&asked(false), day("2025-06-21"), None, None).unwrap();
        given_up(&asked(false), day("2025-06-21"), Some("忘记了"), Some("不属正当理由")).unwrap();
    }

    #[test]
    fn refuses_to_give_up_on_the_last_day() {
        given_up(&asked(false), day("2025-06-20"), None, None).unwrap_err();
        given_up(&asked(false), day("2025-06-19"), None, None).unwrap_err();
    }

    #[test]
    fn refuses_to_pass_over_the_applicants_reason() {
        given_up(&asked(false), day("2025-06-21"), Some("住院"), None).unwrap_err();
        given_up(&asked(false), day("2025-06-21"), Some("住院"), Some(" ")).unwrap_err();
    }

    #[test]
    fn refuses_to_give_up_what_was_corrected() {
        given_up(&asked(true), day("2025-06-21"), None, None).unwrap_err();
    }
}
