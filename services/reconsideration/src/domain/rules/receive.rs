//! Receipt, supplement, acceptance.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, NoCalendar, in_time},
    check::{Outcome, blank, fault},
    citation::{ALR, ARL},
    period::{Deadline, Period},
};

use crate::domain::{
    act::Earlier,
    words::{Channel, Lack},
};

/// The time to examine an application.
pub const EXAMINE: Period = Period::WorkingDays(EXAMINE_DAYS);
/// The same in days.
pub const EXAMINE_DAYS: u16 = 5;
/// The respondent's time to pass it on.
const FORWARD: Period = Period::WorkingDays(5);
/// The applicant's time to supplement it.
pub const SUPPLY: Period = Period::WorkingDays(10);
/// How often a supplement may be asked for.
const SUPPLEMENTS_MAX: u8 = 1;

law::card! {
    /// An oral application is written down. The organ is bound; the record is signed by the applicant. Without it the application
    /// is received all the same: nobody loses his remedy for it.
    RE_ORAL "RE-ORAL" Duty "口头申请记录" "oral applications recorded"; Citation::paragraph(&ARL, 22, 3), Citation::article(&ALR, 20);
    "口头申请的，应当当场记录并由申请人确认"; "an oral application is written down on the spot and confirmed by the applicant";
    plans "TA 32"; since 2024 1 1;
    allows an_oral_application_with_its_record_is_in_order; refuses finds_an_oral_application_without_a_record
}
law::card! {
    /// Passed on in five working days. 1. The respondent, who received it: its fault, whoever records it. 2. The day of receipt by the
    /// organ with the fifth working day after the respondent's; it hears of it only then, so there is no clock. 3. ARL from 2024. 4. Who
    /// does not want to maintain its penalty deals with it at once, and passes on nothing. 5. An application that did not come this way has no
    /// such day; where only a missing calendar can tell the last day, it is unchecked. 6. The applicant's period ends with the day on which
    /// he handed it in (`made`), so passing it on late takes nothing from him. 7. Recorded. 8. ARL 32(2), working days by 88(2).
    RE_FORWARD "RE-FORWARD" Duty "复议申请转送" "application forwarded"; Citation::paragraph(&ARL, 32, 2), Citation::paragraph(&ARL, 88, 2);
    "通过作出处罚决定的机关提交的复议申请，该机关自收到之日起五个工作日内转送";
    "an application handed in with the agency of the penalty is passed on within 5 working days";
    plans "TA 32"; compares "复议机关收到申请之日与作出机关收到后的第五个工作日" "the organ's day of receipt with the fifth working day after the agency's";
    except "不需要维持处罚决定的" "a penalty that the agency does not want to maintain"; params "period" = FORWARD; since 2024 1 1;
    allows an_application_passed_on_on_the_fifth_working_day_is_in_order; refuses finds_an_application_passed_on_on_the_sixth_working_day
}
law::card! {
    /// Examined in five working days. 1. The organ. 2. What ends the examination with the fifth working day after receipt, or after
    /// the receipt of a supplement. 4. A supplement asked for in time. 5. Silence is no breach: the article answers it itself, the
    /// application is accepted from the last day of the period on (RE-DEEMED). 6. Nothing can reopen it. 7. Never refuses.
    RE_FIVE "RE-FIVE" Deadline "复议审查期限" "time to examine"; Citation::paragraph(&ARL, 30, 1), Citation::paragraph(&ARL, 30, 3);
    "收到申请后五个工作日内审查；期满未作出不予受理决定的，自期满之日起视为受理";
    "examined within 5 working days of receipt; if it is not rejected by then, it is accepted from the last day on";
    plans "FY 33" "TA 32";
    compares "受理或者不予受理之日与收到申请后的第五个工作日" "the day of acceptance or rejection with the fifth working day after receipt";
    except "期限内通知补正的" "a supplement asked for in time";
    params "period" = EXAMINE; since 2024 1 1;
    allows silence_accepts_with_the_fifth_working_day_of_the_national_day_week, an_application_may_be_rejected_on_the_fifth_working_day;
    refuses refuses_to_reject_on_the_sixth_working_day
}
law::card! {
    /// Accepted is accepted. 1. The organ. 2. The day of the rejection with the last day to examine. 5. Where only a missing calendar
    /// can tell the last day, the rejection is unchecked. 6. A late request for a supplement, or a second one, keeps nothing open
    /// (RE-SUPPLEMENT); whoever finds it inadmissible afterwards dismisses it by decision (33), with the reasons on record. 7. Refused.
    /// 8. ARL 30(3).
    RE_DEEMED "RE-DEEMED" Gate "视为受理" "deemed accepted"; Citation::paragraph(&ARL, 30, 3), Citation::article(&ARL, 33);
    "审查期限届满视为受理后，不得再决定不予受理；不符合条件的决定驳回申请";
    "what the law has accepted is not rejected any more; it may be dismissed by a decision";
    plans "FY 33" "TA 32"; compares "不予受理之日与审查期限的最后一日" "the day of rejection with the last day to examine"; since 2024 1 1;
    allows an_application_may_be_rejected_on_the_fifth_working_day; refuses refuses_to_reject_on_the_sixth_working_day
}
law::card! {
    /// Rejected for a lack only. 1. The organ. 2. The lack named with what the file proves. 5. Reasons that are not given are none.
    /// 6. A lack that the file disproves (in time, competent, nobody else has it) is none, whatever the reasons say. 7. Refused.
    /// 8. ARL 30(2).
    RE_REJECT "RE-REJECT" Gate "复议不予受理" "grounds not to accept"; Citation::paragraph(&ARL, 30, 2);
    "不予受理应当属于不符合受理条件的情形并说明理由；不属于本机关管辖的，告知有管辖权的机关";
    "rejected only for what makes it inadmissible, with reasons; if another organ is competent, the applicant is told which";
    plans "TA 32"; compares "所称的情形与案卷记载" "the lack named with what the file says"; since 2024 1 1;
    allows what_comes_too_late_may_be_rejected, a_wrong_organ_tells_the_right_one; refuses refuses_to_reject_what_the_file_disproves, refuses_a_rejection_without_reasons_or_the_right_organ
}
law::card! {
    /// Once, all of it, in time. 1. The organ. 2. The request with earlier requests, the day it was sent with the fifth working day.
    /// 5. Without a calendar the day is unchecked. 6. A second request would win another ten and five days: refused; reported, it
    /// keeps nothing open. 7. Refused. 8. ARL 31.
    RE_SUPPLEMENT "RE-SUPPLEMENT" Limit "复议补正通知" "supplements asked for once"; Citation::paragraph(&ARL, 31, 1);
    "需要补正的，应当自收到申请之日起五个工作日内一次性书面通知";
    "what is to be supplemented is told in writing once, all of it, within 5 working days of receipt";
    plans "FY 33"; compares "通知发出之日与收到申请后的第五个工作日，通知的次数" "the day the notice was sent with the fifth working day after receipt; how often";
    params "period" = EXAMINE, "supplements_max" = SUPPLEMENTS_MAX "times"; since 2024 1 1;
    allows a_supplement_may_be_asked_for_on_the_fifth_working_day; refuses refuses_a_supplement_on_the_sixth_working_day, refuses_a_second_supplement
}
law::card! {
    /// The applicant's time. 1. The applicant: nothing is held against the organ. 2. Receipt of the supplement with the tenth working
    /// day after the notice arrived. 4. More time for a good reason. 6. What comes late is examined all the same while it was not
    /// found given up.
    RE_SUPPLY "RE-SUPPLY" Deadline "申请人补正期限" "time to supply"; Citation::paragraph(&ARL, 31, 2);
    "申请人自收到补正通知之日起十个工作日内补正"; "the applicant supplements it within 10 working days of the notice";
    plans ; owed by Party; compares "收到补正材料之日与补正期限的最后一日" "the day of the supplement with the last day to supplement";
    except "有正当理由延长的" "extended for a good reason"; params "period" = SUPPLY; since 2024 1 1;
    allows a_supplement_on_the_tenth_working_day_is_in_time; refuses a_supplement_on_the_eleventh_working_day_is_late
}
law::card! {
    /// Given up. 1. The organ may not hasten it. 2. The day with the last day to supplement. 4. A good reason keeps it alive; that
    /// one given is none must be said. 5. Without a calendar nothing is refused, and the rule is unchecked. 6. A request that was late itself gives
    /// nothing up: the application was accepted by then. 7. Refused. 8. ARL 31(2).
    RE_LAPSE "RE-LAPSE" Gate "逾期不补正" "application lapsed"; Citation::paragraph(&ARL, 31, 2);
    "无正当理由逾期不补正的，视为放弃申请并记录在案"; "only what is not supplemented in time and without good reason is taken as given up";
    plans ; compares "认定之日与补正期限的最后一日" "the day it is found given up with the last day to supplement"; since 2024 1 1;
    allows the_day_after_the_tenth_working_day_it_is_given_up; refuses refuses_to_give_it_up_on_the_last_day, refuses_to_pass_over_the_applicants_reason
}
law::card! {
    /// Court or organ. 1. The applicant, and the organ that accepts. 2. What a court has accepted with what the organ accepts, and the other way
    /// round: a suit while the organ has it. 4. Once the organ has decided, or its time is over (APC 45), the court is open. 5. Nobody
    /// having told of a court, there is none on record. 7. Refused. 8. ARL 29.
    RE_NOT_BOTH "RE-NOT-BOTH" Gate "复议诉讼不并行" "not both at once"; Citation::article(&ARL, 29);
    "人民法院已经受理的不得申请复议；已经受理复议的，复议期间不得起诉";
    "what a court has accepted is not reconsidered; what is being reconsidered is not taken to court";
    plans ; compares "法院受理与复议受理" "acceptance by the court with acceptance by the organ"; except "复议逾期未作决定" "no decision in time"; since 2024 1 1;
    allows what_no_court_has_may_be_accepted, a_suit_may_follow_the_end_of_the_period; refuses refuses_what_a_court_has_accepted, refuses_a_suit_while_the_organ_has_it
}
law::card! {
    /// Once for the same act. 1. The applicant. 2. Applicant and act with those of every application accepted before, whoever
    /// registered it. 4. A withdrawal against his true will, which he proves (74). 5. An applicant or an act that nobody can tell from
    /// others is unchecked. 6. Another number, another organ, another day: the act is found by its case, or by respondent and 文号. 7. Refused.
    /// 8. ARL 30(1)(7), 74(2).
    RE_AGAIN "RE-AGAIN" Gate "重复申请复议" "applied for before"; Citation::paragraph(&ARL, 30, 1), Citation::paragraph(&ARL, 74, 2);
    "已经受理过同一申请人对同一行政行为的申请的，不再受理"; "the same applicant's application against the same act is accepted once";
    plans ; compares "申请人和行政行为与此前受理的申请" "applicant and act with applications accepted before"; except "撤回违背真实意愿" "a withdrawal against the true will"; since 2024 1 1;
    allows another_applicant_may_apply_against_the_same_act, an_unwilling_withdrawal_is_no_bar; refuses refuses_a_second_application_against_the_same_act
}

/// RE-ORAL.
pub fn written_down(channel: Channel, record: Option<&str>) -> Outcome {
    if channel == Channel::Oral && record.is_none_or(blank) {
        return fault(
            "口头申请没有制作笔录；请当场记录并由申请人确认",
            "the oral application was not written down; record it and let the applicant confirm it",
        );
    }
    Ok(())
}

/// RE-DEEMED.
pub fn still_examined(day: Date, last: Result<Date, NoCalendar>) -> Outcome {
    if in_time(day, last)? {
        return Ok(());
    }
    let last = last?;
    fault(
        format!("审查期限已于{last}届满，申请自该日起视为受理；不符合受理条件的，请决定驳回申请"),
        format!(
            "the time to examine it ended on {last}, and it is accepted from that day on; if it is inadmissible, dismiss it by a decision"
        ),
    )
}

/// RE-REJECT, with what the file says of the lack named: a fault where it has it, `Ok` where it disproves it, nothing where it cannot tell.
pub fn lacking(lack: Lack, reasons: &str, competent: Option<&str>, admissible: Option<&Outcome>) -> Outcome {
    if blank(reasons) {
        return fault("没有说明不予受理的理由；请写明", "no reasons are given for not accepting it; give them");
    }
    if lack == Lack::Jurisdiction && competent.is_none_or(blank) {
        return fault(
            "没有告知有管辖权的复议机关；请告知",
            "the applicant is not told which organ is competent; tell him",
        );
    }
    match admissible {
        Some(Ok(())) => fault(
            format!("案卷表明申请并不存在“{}”的情形；应当受理", lack.zh()),
            format!("the file disproves this ground ({}); accept the application", lack.en()),
        ),
        Some(Err(why)) if why.unknown => Err(why.clone()),
        Some(Err(_)) | None => Ok(()),
    }
}

/// RE-SUPPLEMENT.
pub fn asked_once(before: bool, sent: Date, last: Result<Date, NoCalendar>) -> Outcome {
    if before {
        return fault(
            "已经通知过补正，应当一次性载明；请按现有材料处理",
            "a supplement was asked for already, and all of it at once; go by what there is",
        );
    }
    if in_time(sent, last)? {
        return Ok(());
    }
    let last = last?;
    fault(
        format!("补正通知于{sent}发出，审查期限已于{last}届满，申请已经视为受理"),
        format!("the notice was sent on {sent}; the time to examine it ended on {last}, and it is accepted"),
    )
}

/// RE-LAPSE.
pub fn given_up(day: Date, last: Result<Date, NoCalendar>, excuse: Option<&str>, why_not: Option<&str>) -> Outcome {
    if excuse.is_some_and(|e| !blank(e)) && why_not.is_none_or(blank) {
        return fault(
            "申请人说明了逾期理由；请写明该理由为何不正当",
            "the applicant gave a reason for the delay; say why it is no good reason",
        );
    }
    if in_time(day, last)? {
        let last = law::calendar::at_least(last);
        return fault(
            format!("补正期限至{last}届满，届满之后才能视为放弃"),
            format!("the time to supplement it ends with {last}; only after that it is given up"),
        );
    }
    Ok(())
}

/// RE-NOT-BOTH for an acceptance.
pub fn no_court(court: Option<&str>) -> Outcome {
    match court.filter(|court| !blank(court)) {
        Some(court) => fault(
            format!("人民法院已经受理（{court}），不得受理复议申请"),
            format!("a court has accepted it ({court}); it cannot be reconsidered"),
        ),
        None => Ok(()),
    }
}

/// RE-NOT-BOTH for a suit: not while the organ has it and its time to decide, which ends with `last`, runs or stands still.
pub fn not_meanwhile(filed: Date, last: Option<Result<Date, NoCalendar>>, stands_still: bool) -> Outcome {
    let Some(last) = last else { return Ok(()) };
    if stands_still || in_time(filed, last)? {
        return fault(
            "行政复议已经受理且期限未满，复议期间不得起诉",
            "it is being reconsidered and the time to decide runs, so there is no suit meanwhile",
        );
    }
    Ok(())
}

/// RE-AGAIN.
pub fn first_time(earlier: Option<&[Earlier]>, applicant: Option<&str>, unwilling: Option<&str>) -> Outcome {
    let Some(applicant) = applicant else {
        return Err(law::Fault {
            unknown: true,
            ..law::Fault::new(
                "申请人没有可以识别的代码，无法核对是否重复申请",
                "the applicant has no code to be told by, so this could not be checked",
            )
        });
    };
    let same = earlier.unwrap_or_default().iter().any(|e| e.applicant.as_deref() == Some(applicant));
    if same && unwilling.is_none_or(blank) {
        return fault(
            "已经受理过该申请人对同一行政行为的复议申请；证明撤回违背真实意愿的除外",
            "an application of the same applicant against the same act was accepted before; proof that its withdrawal was unwilling is missing",
        );
    }
    Ok(())
}

/// RE-FORWARD.
pub fn passed_on(through: Option<Date>, received: Date, calendar: &Calendar) -> Outcome {
    let Some(through) = through else { return Ok(()) };
    let last = Deadline::new(through, FORWARD, "").due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    if in_time(received, last)? {
        return Ok(());
    }
    fault(
        format!("作出机关{through}收到复议申请，没有在五个工作日内转送"),
        format!("the agency received the application on {through} and did not pass it on within 5 working days"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::appeal::sample::{day, id, overdue};

    fn last(on: &str) -> Result<Date, NoCalendar> {
        Ok(day(on))
    }

    fn unknown() -> Result<Date, NoCalendar> {
        Err(NoCalendar { year: 2027, bound: day("2027-01-05") })
    }

    #[test]
    fn an_oral_application_with_its_record_is_in_order() {
        written_down(Channel::Oral, Some("笔录1")).unwrap();
        written_down(Channel::Post, None).unwrap();
    }

    #[test]
    fn finds_an_oral_application_without_a_record() {
        written_down(Channel::Oral, Some(" ")).unwrap_err();
    }

    #[test]
    fn an_application_may_be_rejected_on_the_fifth_working_day() {
        still_examined(day("2025-10-11"), last("2025-10-11")).unwrap();
        assert!(!overdue(EXAMINE, "2025-09-26", "2025-10-10"));
        still_examined(day("2027-01-05"), unknown()).unwrap();
    }

    #[test]
    fn refuses_to_reject_on_the_sixth_working_day() {
        still_examined(day("2025-10-12"), last("2025-10-11")).unwrap_err();
        assert!(overdue(EXAMINE, "2025-09-26", "2025-10-11"));
        assert!(still_examined(day("2027-01-06"), unknown()).unwrap_err().unknown);
    }

    #[test]
    fn what_comes_too_late_may_be_rejected() {
        let late = fault::<()>("超期", "late");
        lacking(Lack::Period, "超期", None, Some(&late)).unwrap();
        lacking(Lack::Interest, "无利害关系", None, None).unwrap();
    }

    #[test]
    fn a_wrong_organ_tells_the_right_one() {
        lacking(Lack::Jurisdiction, "不属本机关", Some("佳木斯市人民政府"), Some(&fault("不属", "not ours"))).unwrap();
    }

    #[test]
    fn refuses_to_reject_what_the_file_disproves() {
        lacking(Lack::Period, "超期", None, Some(&Ok(()))).unwrap_err();
    }

    #[test]
    fn refuses_a_rejection_without_reasons_or_the_right_organ() {
        lacking(Lack::Scope, "", None, None).unwrap_err();
        lacking(Lack::Jurisdiction, "不属本机关", None, None).unwrap_err();
    }

    #[test]
    fn an_application_passed_on_on_the_fifth_working_day_is_in_order() {
        // 28 September and 11 October 2025 are worked, 1 to 8 October are not.
        passed_on(Some(day("2025-09-28")), day("2025-10-11"), Calendar::china()).unwrap();
        passed_on(None, day("2025-10-13"), Calendar::china()).unwrap();
    }

    #[test]
    fn finds_an_application_passed_on_on_the_sixth_working_day() {
        passed_on(Some(day("2025-09-28")), day("2025-10-13"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn a_supplement_may_be_asked_for_on_the_fifth_working_day() {
        asked_once(false, day("2025-10-11"), last("2025-10-11")).unwrap();
    }

    #[test]
    fn refuses_a_supplement_on_the_sixth_working_day() {
        asked_once(false, day("2025-10-13"), last("2025-10-11")).unwrap_err();
    }

    #[test]
    fn refuses_a_second_supplement() {
        asked_once(true, day("2025-10-10"), last("2025-10-11")).unwrap_err();
    }

    #[test]
    fn a_supplement_on_the_tenth_working_day_is_in_time() {
        // The notice arrived on 25 September 2025; 28 September and 11 October are worked, 1 to 8 October are not.
        assert!(!overdue(SUPPLY, "2025-09-25", "2025-10-15"));
    }

    #[test]
    fn a_supplement_on_the_eleventh_working_day_is_late() {
        assert!(overdue(SUPPLY, "2025-09-25", "2025-10-16"));
    }

    #[test]
    fn the_day_after_the_tenth_working_day_it_is_given_up() {
        given_up(day("2025-10-17"), last("2025-10-16"), None, None).unwrap();
        given_up(day("2025-10-17"), last("2025-10-16"), Some("忘记了"), Some("不属正当理由")).unwrap();
    }

    #[test]
    fn refuses_to_give_it_up_on_the_last_day() {
        given_up(day("2025-10-16"), last("2025-10-16"), None, None).unwrap_err();
        given_up(day("2027-01-05"), unknown(), None, None).unwrap_err();
        assert!(given_up(day("2027-01-06"), unknown(), None, None).unwrap_err().unknown);
    }

    #[test]
    fn refuses_to_pass_over_the_applicants_reason() {
        given_up(day("2025-10-17"), last("2025-10-16"), Some("住院"), None).unwrap_err();
    }

    #[test]
    fn what_no_court_has_may_be_accepted() {
        no_court(None).unwrap();
    }

    #[test]
    fn refuses_what_a_court_has_accepted() {
        no_court(Some("（2025）黑0883行初1号")).unwrap_err();
    }

    #[test]
    fn a_suit_may_follow_the_end_of_the_period() {
        not_meanwhile(day("2025-10-12"), Some(last("2025-10-11")), false).unwrap();
        not_meanwhile(day("2025-10-10"), None, false).unwrap();
    }

    #[test]
    fn refuses_a_suit_while_the_organ_has_it() {
        not_meanwhile(day("2025-10-11"), Some(last("2025-10-11")), false).unwrap_err();
        not_meanwhile(day("2025-12-01"), Some(last("2025-10-11")), true).unwrap_err();
        assert!(not_meanwhile(day("2027-01-06"), Some(unknown()), false).unwrap_err().unknown);
    }

    fn earlier() -> Vec<Earlier> {
        vec![Earlier { appeal: id(7), applicant: Some("ab".into()) }]
    }

    #[test]
    fn another_applicant_may_apply_against_the_same_act() {
        first_time(Some(&earlier()), Some("cd"), None).unwrap();
        first_time(None, Some("ab"), None).unwrap();
    }

    #[test]
    fn an_unwilling_withdrawal_is_no_bar() {
        first_time(Some(&earlier()), Some("ab"), Some("受胁迫的证据")).unwrap();
    }

    #[test]
    fn refuses_a_second_application_against_the_same_act() {
        first_time(Some(&earlier()), Some("ab"), None).unwrap_err();
        assert!(first_time(Some(&earlier()), None, None).unwrap_err().unknown);
    }
}
