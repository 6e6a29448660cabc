//! The time to decide, what it stands still for, review of the basis, stay, mediation, ends without a decision.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, in_time},
    check::{Outcome, blank, fault},
    citation::ARL,
    period::{Deadline, Period},
};

use crate::domain::{
    events::{AppealWithdrawn, MediationHeld, StayDecided},
    words::{EndGround, Procedure, StayGround, SuspendGround},
};

/// The time to decide.
pub const DECIDE: Period = Period::CalendarDays(60);
/// In the simple procedure.
pub const DECIDE_SIMPLE: Period = Period::CalendarDays(30);
/// How much longer it is in the ordinary procedure.
pub const DECIDE_MORE: Period = Period::CalendarDays(30);
/// The most that it may be extended by, all together.
const EXTENSION_MAX: u16 = 30;
/// The time to decide on a basis that the organ may decide on.
pub const NORM: Period = Period::CalendarDays(30);
/// The time to pass it on.
pub const NORM_PASS: Period = Period::WorkingDays(7);
/// The time of whoever it was passed on to.
pub const NORM_REPLY: Period = Period::CalendarDays(60);
/// A standstill so long ends the case.
const STANDSTILL: Period = Period::CalendarDays(60);

law::card! {
    /// Decided in time. 1. The organ. 2. The decision with the sixtieth (thirtieth) day after acceptance, silence's acceptance included.
    /// 4. Not counted while it stands still on a ground of ARL 39; extended once or more by 30 days at most (RE-EXTEND). 6. A change to the
    /// ordinary procedure gives thirty days more only while the first thirty run, and an end by withdrawal leaves what ran out missed: both by the frame.
    /// 7. Never refuses. 8. ARL 62.
    RE_SIXTY "RE-SIXTY" Deadline "复议审理期限" "time to decide"; Citation::article(&ARL, 62);
    "自受理申请之日起六十日内作出复议决定（简易程序三十日），经批准可以延长，最多三十日";
    "decided within 60 days of acceptance (30 in the simple procedure), extended by at most 30 with approval";
    plans "FY 33" "TA 32"; compares "决定之日与受理之日起的六十（三十）日" "the day of the decision with sixty (thirty) days from acceptance";
    except "中止期间" "time in which the case stands still"; params "period" = DECIDE, "simple" = DECIDE_SIMPLE; since 2024 1 1;
    allows a_decision_on_the_sixtieth_day_is_in_time, a_simple_case_has_thirty_days; refuses a_decision_on_the_sixty_first_day_is_late
}
law::card! {
    /// Extended. 1. The organ. 2. All extensions together with thirty days. 5. No reason or notice named is none; who approves is the head of the
    /// reconsideration institution on the list that day, by personnel number. 6. A second extension adds to the
    /// first; the simple procedure has none; what ran out is extended by nobody (the frame). 7. Refused. 8. ARL 62(1).
    RE_EXTEND "RE-EXTEND" Limit "复议延期" "extending the time to decide"; Citation::paragraph(&ARL, 62, 1);
    "情况复杂的，经复议机构负责人批准可以延长并书面告知当事人，合计不超过三十日；简易程序不得延长";
    "a complex case is extended with the approval of the institution's head and notice to the parties, by 30 days in all; a simple one is not";
    plans "FY 33"; compares "各次延长的合计与三十日" "all extensions together with thirty days"; params "days_max" = EXTENSION_MAX "days"; since 2024 1 1;
    allows thirty_days_more_are_allowed; refuses refuses_a_thirty_first_day_more, refuses_an_extension_without_approval_or_notice, refuses_to_extend_the_simple_procedure
}
law::card! {
    /// Back to the ordinary procedure. 1. The organ. 2. Who approved with the offices on the list that day. 5. Whom the list does not know is none. 6. To win time:
    /// what ran out stays missed (RE-SIXTY, RE-COPY, RE-ANSWER). 7. Refused. 8. ARL 55.
    RE_CHANGE "RE-CHANGE" Gate "转为普通程序" "change of procedure"; Citation::article(&ARL, 55);
    "转为普通程序经复议机构的负责人批准"; "the institution's head approves a change to the ordinary procedure";
    plans "FY 33"; compares "批准人与当日的任职" "who approved with the office held that day"; since 2024 1 1;
    allows a_case_changed_to_the_ordinary_procedure_gets_its_times; refuses refuses_a_change_that_no_head_of_the_institution_approved
}
law::card! {
    /// Stands still on a listed ground only. 1. The organ. 2. The ground with what the file has of it. 4. None. 5. A reason not given is none. 6. A review of a basis that never began;
    /// talks that one side did not agree to; a period that has run out is not stopped (the frame). 7. Refused. 8. ARL 39.
    RE_SUSPEND "RE-SUSPEND" Gate "复议中止情形" "grounds to suspend"; Citation::paragraph(&ARL, 39, 1), Citation::article(&ARL, 40);
    "只有法定情形才能中止复议，并写明具体情况"; "a case stands still on a listed ground only, with what it is";
    plans ; compares "所称的中止情形与案卷记载" "the ground named with what the file has"; since 2024 1 1;
    allows a_case_may_wait_for_another; refuses refuses_a_standstill_without_what_it_is, refuses_to_wait_for_a_review_that_never_began
}
law::card! {
    /// Told in writing, when it stands still and when it goes on. 1. The organ. 5. Not named is not told. 7. Recorded. 8. ARL 39(3).
    RE_SUSPEND_TOLD "RE-SUSPEND-TOLD" Duty "中止恢复告知" "suspension told"; Citation::paragraph(&ARL, 39, 3);
    "中止、恢复审理应当书面告知当事人"; "the parties are told in writing when it stands still and when it goes on";
    plans ; since 2024 1 1;
    allows a_standstill_with_its_notice_is_in_order; refuses finds_a_standstill_that_nobody_was_told_of
}
law::card! {
    /// Ended. 1. The organ. 2. The ground with the standstill: its ground and the sixtieth day. 5. Without a calendar it is unchecked. 6. A standstill on another ground does not
    /// end a case, however long. 7. Refused. 8. ARL 41.
    RE_TERMINATE "RE-TERMINATE" Gate "复议终止情形" "grounds to end"; Citation::article(&ARL, 41);
    "只有法定情形才能终止；以原因未消除终止的，须因死亡、丧失能力或者终止而中止满六十日";
    "a case ends on a listed ground only; for a lasting reason only after 60 days' standstill for death, incapacity or dissolution";
    plans ; compares "终止之日与中止满六十日之日" "the day of the end with the sixtieth day of standing still"; params "standstill" = STANDSTILL; since 2024 1 1;
    allows sixty_days_of_standstill_end_a_case, a_death_without_successors_ends_a_case; refuses refuses_to_end_it_on_the_sixtieth_day, refuses_to_end_it_after_another_standstill
}
law::card! {
    /// Withdrawn. 1. The organ permits; the applicant asks. 2. A withdrawal after acceptance with the permission; a settlement with its examination. 5. Neither named is
    /// none. 7. Refused. 8. ARL 41(1), 74.
    RE_WITHDRAW "RE-WITHDRAW" Gate "撤回与和解" "withdrawal and settlement"; Citation::article(&ARL, 41), Citation::article(&ARL, 74);
    "受理后撤回申请须经复议机构准予；和解内容不得损害国家、公共利益和他人权益，不得违反强制性规定";
    "after acceptance a withdrawal needs permission; a settlement harms nobody and breaks no binding rule";
    plans "TA 32"; except "受理前撤回" "before acceptance"; since 2024 1 1;
    allows a_permitted_withdrawal_ends_the_case; refuses refuses_a_withdrawal_without_permission, refuses_a_settlement_that_nobody_examined
}
law::card! {
    /// Mediated. 1. The organ. 2. The document with what makes it binding: of free will, examined, signed by all, sealed. 5. Not told is missing. 6. One
    /// signature less. 7. Refused. 8. ARL 5, 73.
    RE_MEDIATE "RE-MEDIATE" Gate "复议调解" "mediation"; Citation::article(&ARL, 5), Citation::paragraph(&ARL, 73, 1);
    "调解应当自愿、合法；调解书经各方签字并加盖印章才生效"; "mediation is of free will and lawful; its document binds once all have signed it and it is sealed";
    plans "FY 32" "TA 32" "SB 十"; since 2024 1 1;
    allows a_signed_and_sealed_agreement_binds; refuses refuses_an_agreement_that_one_has_not_signed, refuses_an_agreement_under_pressure
}
law::card! {
    /// Stayed. 1. The organ. 2. A stay with its ground. 5. Who asked, the provision, or the reason, not named, is none. 6. A refusal says why. 7. Refused. 8. ARL 42.
    RE_STAY "RE-STAY" Gate "停止执行" "staying the act"; Citation::article(&ARL, 42);
    "复议期间不停止执行，法定情形除外；停止或者不停止均应写明理由"; "execution goes on but for the listed grounds; a stay and its refusal name their reason";
    plans ; except "被申请人、复议机关认为需要，申请合理，法律规定" "respondent or organ hold it necessary, a reasonable request, the law"; since 2024 1 1;
    allows a_reasonable_request_stays_execution; refuses refuses_a_stay_without_ground_or_reason, refuses_to_go_on_where_the_law_stays_it
}
law::card! {
    /// The basis, decided here. 1. The organ. 2. The day it was settled with the thirtieth day after acceptance, or after the later request. 6. Beginning late wins nothing: the
    /// period runs from acceptance, not from when the organ began. 8. ARL 56, 57.
    RE_NORM "RE-NORM" Deadline "规范性文件处理期限" "time to deal with a document"; Citation::article(&ARL, 56), Citation::article(&ARL, 57);
    "有权处理规范性文件或者依据的，在三十日内处理"; "a basis that the organ may decide on is settled in 30 days";
    plans "FY 11" "BT 18"; compares "处理之日与受理（或者提出）之日起的三十日" "the day it was settled with thirty days from acceptance or request"; params "period" = NORM; since 2024 1 1;
    allows a_basis_settled_on_the_thirtieth_day_is_in_time; refuses a_basis_settled_on_the_thirty_first_day_is_late
}
law::card! {
    /// The basis, passed on. As RE-NORM, with seven working days; the sixty days of whoever it went to are RE-NORM-REPLY's.
    RE_NORM_PASS "RE-NORM-PASS" Deadline "规范性文件转送期限" "time to pass a document on"; Citation::article(&ARL, 56), Citation::article(&ARL, 57);
    "无权处理的，在七个工作日内转送有权处理的机关"; "a basis that it may not decide on is passed on in 7 working days";
    plans "FY 11" "BT 18"; compares "转送之日与受理（或者提出）之日起的七个工作日" "the day it was passed on with seven working days"; params "period" = NORM_PASS; since 2024 1 1;
    allows a_basis_passed_on_on_the_seventh_working_day_is_in_time; refuses a_basis_passed_on_on_the_eighth_working_day_is_late
}
law::card! {
    /// Answered by whoever it went to. 1. The organ that received it: its clock, in its own name. 2. What was settled with sixty days from the receipt. 4. None.
    /// 5. A receiver that the list does not know has no clock here: a people's congress, say. 6. A case that ends meanwhile ends the question. 8. ARL 60.
    RE_NORM_REPLY "RE-NORM-REPLY" Deadline "转送机关回复期限" "time to reply on a document"; Citation::article(&ARL, 60);
    "接受转送的机关自收到转送之日起六十日内回复处理意见"; "whoever a basis was passed on to answers in 60 days";
    plans "FY 11" "BT 18"; compares "回复之日与收到转送之日起的六十日" "the answer with sixty days from receipt"; params "period" = NORM_REPLY; since 2024 1 1;
    allows an_answer_of_the_receiver_on_the_sixtieth_day_is_in_time; refuses an_answer_of_the_receiver_on_the_sixty_first_day_is_late
}
law::card! {
    /// What was asked for is answered. 1. The organ. 2. A request for review with a review that was settled before the decision. 6. Not beginning it. 7. Refused. 8. ARL 56, 59.
    RE_NORM_SETTLED "RE-NORM-SETTLED" Gate "先处理规范性文件" "document settled first"; Citation::article(&ARL, 56), Citation::article(&ARL, 59);
    "申请一并审查规范性文件的，应当先处理，并在复议决定书中告知"; "a review that was asked for is settled before the decision, which tells the result";
    plans "FY 11" "BT 18"; since 2024 1 1;
    allows a_settled_basis_lets_the_case_be_decided; refuses refuses_to_decide_before_the_basis_is_settled
}

/// RE-EXTEND.
pub fn extended(procedure: Procedure, before: u16, more: u16, reason: &str, consent: Outcome, notice: &str) -> Outcome {
    if procedure == Procedure::Simple {
        return fault(
            "简易程序案件不得延长复议期限；需要时请先转为普通程序",
            "a case in the simple procedure is not extended; change the procedure first",
        );
    }
    let all = before.saturating_add(more);
    if all > EXTENSION_MAX {
        return fault(
            format!("延长合计{all}日，超过三十日的上限"),
            format!("{all} days more in all are above the limit of 30"),
        );
    }
    if blank(reason) {
        return fault("没有写明情况复杂的理由；请写明", "what makes it complex is not named; name it");
    }
    consent?;
    if blank(notice) {
        return fault(
            "没有书面告知当事人；请告知并写明文书",
            "the parties were not told in writing; tell them and name the notice",
        );
    }
    Ok(())
}

/// RE-SUSPEND.
pub fn suspendable(ground: SuspendGround, reason: &str, reviews: bool) -> Outcome {
    if blank(reason) {
        return fault(
            "没有写明中止的具体情况（另案、疑问、双方同意、需要）；请写明",
            "what exactly it waits for is not named; name it",
        );
    }
    if ground == SuspendGround::Norm && !reviews {
        return fault("没有启动附带审查；请先启动再中止", "no review of a basis has begun; begin it first");
    }
    Ok(())
}

/// RE-SUSPEND-TOLD.
pub fn told(notice: &str) -> Outcome {
    if blank(notice) {
        return fault(
            "没有书面告知当事人；请告知并写明文书",
            "the parties were not told in writing; tell them and name the notice",
        );
    }
    Ok(())
}

/// RE-TERMINATE.
pub fn terminable(
    ground: EndGround,
    reason: &str,
    standing: Option<(SuspendGround, Date)>,
    day: Date,
    calendar: &Calendar,
) -> Outcome {
    if blank(reason) {
        return fault("没有写明终止的具体情况；请写明", "what exactly ends it is not named; name it");
    }
    if ground != EndGround::StillSuspended {
        return Ok(());
    }
    let personal = |ground| matches!(ground, SuspendGround::Died | SuspendGround::Incapable | SuspendGround::Dissolved);
    let Some((_, since)) = standing.filter(|(ground, _)| personal(*ground)) else {
        return fault(
            "案件没有因死亡、丧失行为能力或者终止而中止，不能以此终止",
            "the case does not stand still for death, incapacity or dissolution, so it does not end for it",
        );
    };
    let full = Deadline::new(since, STANDSTILL, "").due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    if in_time(day, full)? {
        let full = law::calendar::at_least(full);
        return fault(
            format!("中止至{full}才满六十日"),
            format!("60 days of standing still are over with {full} only"),
        );
    }
    Ok(())
}

/// RE-WITHDRAW.
pub fn withdrawable(accepted: bool, draft: &AppealWithdrawn) -> Outcome {
    if accepted && draft.permitted_by.as_deref().is_none_or(blank) {
        return fault(
            "受理后撤回申请须经复议机构准予；请写明准予人",
            "after acceptance a withdrawal needs the institution's permission; name who permitted it",
        );
    }
    if draft.settlement.is_some() && !draft.examined {
        return fault("没有审查和解内容是否合法；请先审查", "the settlement was not examined; examine it first");
    }
    Ok(())
}

/// RE-MEDIATE.
pub fn binding(draft: &MediationHeld) -> Outcome {
    if !draft.voluntary || !draft.examined {
        return fault(
            "调解应当出于自愿，内容应当合法；请先核实",
            "mediation is of free will and its terms lawful; make sure of both first",
        );
    }
    if !draft.signed || !draft.sealed {
        return fault(
            "调解书未经各方签字或者未加盖印章，尚未生效",
            "the document is not signed by all or not sealed, so it does not bind yet",
        );
    }
    Ok(())
}

/// RE-STAY.
pub fn stayed(draft: &StayDecided) -> Outcome {
    if blank(&draft.reason) || draft.stayed && draft.ground.is_none() {
        return fault(
            "没有写明停止（不停止）执行的情形和理由；请写明",
            "ground and reason of the stay, or of its refusal, are not named; name them",
        );
    }
    if !draft.stayed && matches!(draft.ground, Some(StayGround::Respondent | StayGround::ByLaw)) {
        return fault(
            "被申请人认为需要或者法律规定停止执行的，应当停止执行",
            "where the respondent holds it necessary, or the law says so, execution is stayed",
        );
    }
    Ok(())
}

/// RE-NORM-SETTLED.
pub fn norm_settled(asked: bool, begun: bool, open: bool) -> Outcome {
    if open || asked && !begun {
        return fault(
            "附带审查尚未处理；请先处理（或者转送）并在决定书中告知",
            "the review of the basis is not settled; settle it first, and tell the result in the decision",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::appeal::sample::{self, day, overdue, overdue_but_for};

    #[test]
    fn a_decision_on_the_sixtieth_day_is_in_time() {
        assert!(!overdue(DECIDE, "2025-09-01", "2025-10-31"));
        assert!(!overdue(DECIDE, "2025-08-06", "2025-10-09"), "the sixtieth day lies in the holiday");
        assert!(!overdue_but_for(DECIDE, "2025-09-01", "2025-11-10", "2025-09-10", "2025-09-20"));
    }

    #[test]
    fn a_decision_on_the_sixty_first_day_is_late() {
        assert!(overdue(DECIDE, "2025-09-01", "2025-11-01"));
        assert!(overdue(DECIDE, "2025-08-06", "2025-10-10"));
        assert!(overdue_but_for(DECIDE, "2025-09-01", "2025-11-11", "2025-09-10", "2025-09-20"));
    }

    #[test]
    fn an_answer_of_the_receiver_on_the_sixtieth_day_is_in_time() {
        assert!(!overdue(NORM_REPLY, "2025-08-06", "2025-10-09"));
    }

    #[test]
    fn an_answer_of_the_receiver_on_the_sixty_first_day_is_late() {
        assert!(overdue(NORM_REPLY, "2025-08-06", "2025-10-10"));
    }

    #[test]
    fn a_simple_case_has_thirty_days() {
        assert!(!overdue(DECIDE_SIMPLE, "2025-08-20", "2025-09-19"));
        assert!(overdue(DECIDE_SIMPLE, "2025-08-20", "2025-09-20"));
    }

    fn extend(before: u16, more: u16) -> Outcome {
        extended(Procedure::Ordinary, before, more, "取证困难", Ok(()), "延期通知书1")
    }

    #[test]
    fn thirty_days_more_are_allowed() {
        extend(0, 30).unwrap();
        extend(10, 20).unwrap();
    }

    #[test]
    fn refuses_a_thirty_first_day_more() {
        extend(0, 31).unwrap_err();
        extend(10, 21).unwrap_err();
        extend(u16::MAX, u16::MAX).unwrap_err();
    }

    #[test]
    fn refuses_an_extension_without_approval_or_notice() {
        extended(Procedure::Ordinary, 0, 5, "取证困难", fault("没有批准", "no approval"), "通知书").unwrap_err();
        extended(Procedure::Ordinary, 0, 5, "", Ok(()), "通知书").unwrap_err();
        extended(Procedure::Ordinary, 0, 5, "取证困难", Ok(()), "").unwrap_err();
    }

    #[test]
    fn refuses_to_extend_the_simple_procedure() {
        extended(Procedure::Simple, 0, 1, "取证困难", Ok(()), "通知书").unwrap_err();
    }

    #[test]
    fn a_case_may_wait_for_another() {
        suspendable(SuspendGround::OtherCase, "（2025）黑0883刑初1号", false).unwrap();
        suspendable(SuspendGround::Norm, "附带审查", true).unwrap();
    }

    #[test]
    fn refuses_a_standstill_without_what_it_is() {
        for ground in SuspendGround::ALL {
            suspendable(*ground, " ", true).unwrap_err();
        }
    }

    #[test]
    fn refuses_to_wait_for_a_review_that_never_began() {
        suspendable(SuspendGround::Norm, "附带审查", false).unwrap_err();
    }

    #[test]
    fn a_standstill_with_its_notice_is_in_order() {
        told("中止通知书1").unwrap();
    }

    #[test]
    fn finds_a_standstill_that_nobody_was_told_of() {
        told("").unwrap_err();
    }

    fn end(ground: EndGround, standing: Option<SuspendGround>, on: &str) -> Outcome {
        terminable(ground, "具体情况", standing.map(|g| (g, day("2025-07-01"))), day(on), Calendar::china())
    }

    #[test]
    fn sixty_days_of_standstill_end_a_case() {
        end(EndGround::StillSuspended, Some(SuspendGround::Died), "2025-09-02").unwrap();
    }

    #[test]
    fn a_death_without_successors_ends_a_case() {
        end(EndGround::Died, None, "2025-07-02").unwrap();
    }

    #[test]
    fn refuses_to_end_it_on_the_sixtieth_day() {
        // The sixtieth day after 1 July is Saturday, 30 August: it moves to Monday, 1 September.
        end(EndGround::StillSuspended, Some(SuspendGround::Died), "2025-08-31").unwrap_err();
        end(EndGround::StillSuspended, Some(SuspendGround::Died), "2025-09-01").unwrap_err();
    }

    #[test]
    fn refuses_to_end_it_after_another_standstill() {
        end(EndGround::StillSuspended, Some(SuspendGround::OtherCase), "2026-01-09").unwrap_err();
        end(EndGround::StillSuspended, None, "2026-01-09").unwrap_err();
        terminable(EndGround::Died, "", None, day("2025-07-02"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn a_permitted_withdrawal_ends_the_case() {
        withdrawable(true, &sample::withdrawn()).unwrap();
        withdrawable(false, &AppealWithdrawn { permitted_by: None, ..sample::withdrawn() }).unwrap();
    }

    #[test]
    fn refuses_a_withdrawal_without_permission() {
        withdrawable(true, &AppealWithdrawn { permitted_by: Some(" ".into()), ..sample::withdrawn() }).unwrap_err();
    }

    #[test]
    fn refuses_a_settlement_that_nobody_examined() {
        withdrawable(true, &AppealWithdrawn { examined: false, ..sample::withdrawn() }).unwrap_err();
    }

    #[test]
    fn a_signed_and_sealed_agreement_binds() {
        binding(&sample::mediated()).unwrap();
    }

    #[test]
    fn refuses_an_agreement_that_one_has_not_signed() {
        binding(&MediationHeld { signed: false, ..sample::mediated() }).unwrap_err();
        binding(&MediationHeld { sealed: false, ..sample::mediated() }).unwrap_err();
    }

    #[test]
    fn refuses_an_agreement_under_pressure() {
        binding(&MediationHeld { voluntary: false, ..sample::mediated() }).unwrap_err();
        binding(&MediationHeld { examined: false, ..sample::mediated() }).unwrap_err();
    }

    #[test]
    fn a_reasonable_request_stays_execution() {
        stayed(&sample::stayed()).unwrap();
    }

    #[test]
    fn refuses_a_stay_without_ground_or_reason() {
        stayed(&StayDecided { ground: None, ..sample::stayed() }).unwrap_err();
        stayed(&StayDecided { reason: String::new(), ..sample::stayed() }).unwrap_err();
        stayed(&StayDecided { stayed: false, ground: None, reason: String::new(), ..sample::stayed() }).unwrap_err();
    }

    #[test]
    fn refuses_to_go_on_where_the_law_stays_it() {
        stayed(&StayDecided { stayed: false, ground: Some(StayGround::ByLaw), ..sample::stayed() }).unwrap_err();
        stayed(&StayDecided { stayed: false, ground: Some(StayGround::Requested), ..sample::stayed() }).unwrap();
    }

    #[test]
    fn a_basis_settled_on_the_thirtieth_day_is_in_time() {
        assert!(!overdue(NORM, "2025-08-20", "2025-09-19"));
    }

    #[test]
    fn a_basis_settled_on_the_thirty_first_day_is_late() {
        assert!(overdue(NORM, "2025-08-20", "2025-09-20"));
    }

    #[test]
    fn a_basis_passed_on_on_the_seventh_working_day_is_in_time() {
        assert!(!overdue(NORM_PASS, "2025-09-25", "2025-10-11"));
    }

    #[test]
    fn a_basis_passed_on_on_the_eighth_working_day_is_late() {
        assert!(overdue(NORM_PASS, "2025-09-25", "2025-10-12"));
    }

    #[test]
    fn a_settled_basis_lets_the_case_be_decided() {
        norm_settled(true, true, false).unwrap();
        norm_settled(false, false, false).unwrap();
    }

    #[test]
    fn refuses_to_decide_before_the_basis_is_settled() {
        norm_settled(true, false, false).unwrap_err();
        norm_settled(false, true, true).unwrap_err();
    }
}
