//! Service, publication, letters, performance, compensation, what comes back from elsewhere.

use law::{
    Citation, Fault,
    check::{Outcome as Checked, blank, fault},
    citation::{ALR, ARL, PIPL, SCL},
    period::Period,
};
use lists::facts::{Reach, reach};

use crate::domain::{
    events::{ActRedone, AppealDecided, Appealed, DecisionPublished, Penalty},
    words::{Ground, Relation},
};

/// The time to do it again where the decision sets none (ALR 49).
pub const REDO_DAYS: u16 = 60;
/// The same as a period.
const REDO: Period = Period::CalendarDays(REDO_DAYS);
/// The time to report on an opinion letter.
pub const OPINION: Period = Period::CalendarDays(60);
/// The time to ask the finance department to pay.
pub const PAY: Period = Period::CalendarDays(7);

law::card! {
    /// Performed in the time set. 1. The respondent. 2. The report with the last day: set by the decision or the document of the mediation, from its service; sixty days to do it
    /// again where none is set. 6. What ran out is missed though it is ordered anew: the order has a clock of its own. 8. ARL 77(1), 66; ALR 49.
    RE_PERFORM "RE-PERFORM" Deadline "履行复议决定期限" "time to perform"; Citation::paragraph(&ARL, 77, 1), Citation::article(&ARL, 66), Citation::article(&ALR, 49);
    "被申请人应当在期限内履行复议决定、调解书，重新作出行政行为没有确定期限的为六十日";
    "the respondent performs the decision in the time set; to do it again it has 60 days where none is set";
    plans "FY 33" "TA 32" "XS 七4"; compares "报告履行之日与送达之日起确定的期限" "the report with the time set, from service"; params "redo" = REDO; since 2024 1 1;
    allows a_decision_performed_on_the_last_day_is_in_time; refuses a_decision_performed_the_day_after_is_late
}
law::card! {
    /// Pressed when it is late. 1. The organ. 2. The day with the last day to perform. 5. Without a time set nothing is late. 7. Refused. 8. ARL 77(2).
    RE_PRESS "RE-PRESS" Gate "责令履行条件" "when to press"; Citation::paragraph(&ARL, 77, 2);
    "不履行或者拖延履行的，才责令限期履行、约谈或者通报"; "only a respondent that is late is ordered, summoned or named";
    plans "TA 32" "XS 七4"; since 2024 1 1;
    allows a_late_respondent_is_pressed; refuses refuses_to_press_before_it_is_late
}
law::card! {
    /// A late respondent is pressed. 1. The organ. 2. The end of the file with what was missed. 5. Nothing on record is nothing done. 7. Recorded. 8. ARL 77(2).
    RE_PRESSED "RE-PRESSED" Duty "责令限期履行" "pressed to perform"; Citation::paragraph(&ARL, 77, 2);
    "被申请人逾期不履行的，应当责令限期履行"; "a respondent that does not perform in time is ordered to";
    plans "FY 33" "TA 32" "XS 七4"; since 2024 1 1;
    allows a_pressed_respondent_is_in_order; refuses finds_a_late_respondent_that_nobody_pressed
}
law::card! {
    /// Not the same again. 1. The respondent. 2. The new act with the revoked one: facts, reasons, and the penalties as a whole, by the one order over all kinds. 4. Revoked for its procedure. 5. Penalties that nobody
    /// told are not compared: unchecked. 6. Another number; a warning more beside the same fine; an amount changed by a fen: in what it differs is named, and it is never satisfied. 7. Refused. 8. ARL 64(2).
    RE_SAME "RE-SAME" Gate "不得作出相同行为" "not the same act again"; Citation::paragraph(&ARL, 64, 2);
    "责令重新作出行政行为的，不得以同一事实和理由作出相同或者基本相同的行政行为，因违反法定程序撤销的除外";
    "what is to be done again is not the same, or nearly, on the same facts and reasons, unless it was revoked for its procedure";
    plans ; compares "重新作出的行政行为与被撤销的行为：事实、理由、处罚" "the new act with the revoked one: facts, reasons, penalties"; except "以违反法定程序为由撤销的" "revoked for its procedure"; since 2024 1 1;
    allows a_new_act_on_new_facts_is_another, the_same_act_may_follow_a_broken_procedure, an_act_of_another_kind_is_another; refuses refuses_the_same_act_on_the_same_facts, refuses_a_warning_more_beside_the_same_fine, refuses_nearly_the_same_act_without_saying_in_what_it_differs
}
law::card! {
    /// Reported on in sixty days. 1. The addressee: its clock, in its own name. 2. The report with the sixtieth day after the letter arrived. 4. A suggestion letter has no time by law (ALR 57). 8. ARL 76.
    RE_OPINION "RE-OPINION" Deadline "意见书整改期限" "time to answer an opinion letter"; Citation::article(&ARL, 76);
    "自收到行政复议意见书之日起六十日内将纠正情况报送复议机关"; "within 60 days of an opinion letter, what was corrected is reported to the organ";
    plans "XS 七4"; compares "报送之日与收到意见书之日起的六十日" "the report with sixty days from the letter"; except "建议书" "a suggestion letter"; params "period" = OPINION; since 2024 1 1;
    allows a_report_on_the_sixtieth_day_is_in_time; refuses a_report_on_the_sixty_first_day_is_late
}
law::card! {
    /// Public, with the names removed. 1. The organ. 5. Not said is not removed. 7. Refused. 8. ARL 79(1); Personal Information Protection Law 25.
    RE_NAMES "RE-NAMES" Gate "隐去个人信息" "names taken out"; Citation::paragraph(&ARL, 79, 1), Citation::article(&PIPL, 25);
    "公开复议决定书应当隐去个人信息"; "a decision is published without what tells persons";
    plans "TA 32" "XS 七4"; since 2024 1 1;
    allows a_decision_without_names_is_published; refuses refuses_to_publish_names
}
law::card! {
    /// On the web. 1. The organ. 2. The end of the file with the publication. 4. What is not public for a reason, which is said. 5. No word is no reason. 6. Closing the file first. 7. Recorded.
    /// 8. ARL 79(1) asks for publication as the State provides; the plans ask for every decision.
    RE_PUBLISH "RE-PUBLISH" Duty "复议决定公开" "decision published"; Citation::paragraph(&ARL, 79, 1);
    "复议决定书应当向社会公开；不公开的写明理由"; "decisions are public on the web; one that is not says why";
    plans "TA 32" "XS 七4"; since 2024 1 1;
    allows a_published_decision_may_be_closed; refuses finds_an_unpublished_decision_without_a_reason
}
law::card! {
    /// The superior department gets a copy. 1. The organ. 2. A decision against a department of this government with the copy. 7. Recorded. 8. ARL 79(2).
    RE_INFORM "RE-INFORM" Duty "抄告上级主管部门" "superior informed"; Citation::paragraph(&ARL, 79, 2);
    "以本级政府工作部门为被申请人的，决定书同时抄告其上一级主管部门"; "a decision against a department is copied to its superior department";
    plans "XS 七4"; except "被申请人不是本级政府工作部门" "the respondent is no department of this government"; since 2024 1 1;
    allows a_copy_to_the_superior_is_in_order; refuses finds_a_decision_that_the_superior_did_not_get
}
law::card! {
    /// Compensation is asked of the finance department in seven days. 1. The respondent. 2. The day it asked with the seventh day after the claim. 6. Paying without asking: the day is told. 8. State Compensation Law 37(3).
    RE_PAY "RE-PAY" Deadline "赔偿金支付申请期限" "time to ask for payment"; Citation::article(&SCL, 37);
    "自收到支付赔偿金申请之日起七日内向财政部门提出支付申请"; "within 7 days of a claim the respondent asks the finance department to pay";
    plans "FY 34"; compares "向财政部门提出申请之日与收到支付申请之日起的七日" "the day it asked with seven days from the claim"; params "period" = PAY; since 2024 1 1;
    allows a_payment_asked_for_on_the_seventh_day_is_in_time; refuses a_payment_asked_for_on_the_eighth_day_is_late
}
law::card! {
    /// It comes back to the case and the list. 1. The respondent. 2. A decision that overturns the act of a case in this suite with what was noted; an item at fault with the list.
    /// 5. Nothing noted is nothing done. 6. Closing first. 7. Recorded. 8. ARL 77(1) binds the respondent; that it shows in case and list is the plans'.
    RE_FEEDBACK "RE-FEEDBACK" Duty "复议结果反馈" "outcome fed back"; Citation::paragraph(&ARL, 77, 1);
    "撤销、变更的行政行为应当反映到案件及其公示；问题出在清单的，反映到清单"; "what is overturned shows in its case and publication; a fault of the list shows in the list";
    plans "XS 七4" "BT 39"; since 2024 1 1;
    allows a_noted_effect_may_be_closed; refuses finds_an_overturned_case_that_nobody_changed
}

/// RE-PRESS.
pub fn late(overdue: Result<bool, law::calendar::NoCalendar>) -> Checked {
    if overdue? {
        return Ok(());
    }
    fault(
        "被申请人的履行期限尚未届满（或者没有期限），不能责令、约谈或者通报",
        "the respondent is not late, or has no time set, so it is not pressed",
    )
}

/// RE-PRESSED.
pub fn pressed(was_late: bool, pressed: bool) -> Checked {
    if was_late && !pressed {
        return fault(
            "被申请人逾期履行，没有责令限期履行的记录",
            "the respondent was late, and nobody ordered it to perform",
        );
    }
    Ok(())
}

/// How the penalties of the new act stand to those of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// The same, or heavier, or with others beside them.
    Same,
    /// All kinds, and some of them milder.
    Milder,
    /// One of the kinds is gone.
    Other,
    /// One of them is not told.
    Untold,
}

fn likeness(before: &[Penalty], after: &[Penalty]) -> Likeness {
    if before.is_empty() || after.is_empty() {
        return Likeness::Untold;
    }
    if before.iter().any(|old| after.iter().all(|new| new.kind != old.kind)) {
        return Likeness::Other;
    }
    match reach(before, after) {
        Reach::Within => Likeness::Same,
        Reach::Beyond => Likeness::Milder,
        Reach::Unknown(_) => Likeness::Untold,
    }
}

/// RE-SAME. Whether a milder act of the same kind is nearly the same nobody can compute: in what it differs is said, and the
/// rule is unchecked.
pub fn another(decision: &AppealDecided, act: &Appealed, redone: &ActRedone) -> Checked {
    if decision.ground == Ground::Procedure || !redone.same_facts || !redone.same_reasons {
        return Ok(());
    }
    let differs = redone.difference.as_deref().is_some_and(|d| !blank(d));
    match likeness(&act.penalties, &redone.penalties) {
        Likeness::Other => Ok(()),
        Likeness::Same => fault(
            "以同一事实和理由作出了与被撤销行为相同的行政行为；请重新处理",
            "on the same facts and reasons it is the same act as the one that was revoked; do it otherwise",
        ),
        Likeness::Milder | Likeness::Untold if differs => Err(Fault {
            unknown: true,
            ..Fault::new(
                "是否与被撤销的行为基本相同无法核对",
                "whether it is nearly the same as the act that was revoked could not be checked",
            )
        }),
        Likeness::Milder | Likeness::Untold => fault(
            "以同一事实和理由重新作出，又没有写明与被撤销行为的区别；请写明",
            "it was done again on the same facts and reasons, and in what it differs is not said; say it",
        ),
    }
}

/// RE-NAMES.
pub fn nameless(published: &DecisionPublished) -> Checked {
    if !published.names_removed {
        return fault(
            "公开的决定书没有隐去个人信息；请先处理",
            "names were not removed from the published decision; remove them first",
        );
    }
    Ok(())
}

/// RE-PUBLISH.
pub fn published(published: bool, unpublished: Option<&str>) -> Checked {
    if !published && unpublished.is_none_or(blank) {
        return fault("决定书没有公开，也没有写明理由", "the decision is not public, and no reason is given");
    }
    Ok(())
}

/// RE-INFORM.
pub fn informed(relation: Relation, informed: Option<&str>) -> Checked {
    if relation == Relation::Department && informed.is_none_or(blank) {
        return fault(
            "决定书没有抄告被申请人的上一级主管部门；请抄告",
            "the respondent's superior department got no copy; send one",
        );
    }
    Ok(())
}

/// RE-FEEDBACK.
pub fn fed_back(case_open: bool, list_open: bool) -> Checked {
    match (case_open, list_open) {
        (false, false) => Ok(()),
        (true, _) => {
            fault("案件没有按照复议决定作相应变更的记录", "nothing shows that the case was changed as decided")
        }
        (false, true) => fault("清单没有按照复议决定调整的记录", "nothing shows that the list was adjusted as decided"),
    }
}

#[cfg(test)]
mod tests {
    use law::calendar::NoCalendar;
    use lists::facts::PenaltyKind;

    use super::*;
    use crate::domain::appeal::sample::{self, day, decided, fine, overdue};

    #[test]
    fn a_decision_performed_on_the_last_day_is_in_time() {
        assert!(!overdue(REDO, "2025-08-06", "2025-10-09"));
    }

    #[test]
    fn a_decision_performed_the_day_after_is_late() {
        assert!(overdue(REDO, "2025-08-06", "2025-10-10"));
    }

    #[test]
    fn a_late_respondent_is_pressed() {
        late(Ok(true)).unwrap();
    }

    #[test]
    fn refuses_to_press_before_it_is_late() {
        late(Ok(false)).unwrap_err();
        assert!(late(Err(NoCalendar { year: 2027, bound: day("2027-01-05") })).unwrap_err().unknown);
    }

    #[test]
    fn a_pressed_respondent_is_in_order() {
        pressed(true, true).unwrap();
        pressed(false, false).unwrap();
    }

    #[test]
    fn finds_a_late_respondent_that_nobody_pressed() {
        pressed(true, false).unwrap_err();
    }

    fn revoked() -> AppealDecided {
        AppealDecided { ground: Ground::FactsUnclear, ..decided() }
    }

    fn fined(fen: i64) -> Appealed {
        Appealed { penalties: vec![fine(fen)], ..sample::received().act }
    }

    fn again(fen: i64) -> ActRedone {
        ActRedone {
            penalties: vec![fine(fen)],
            same_facts: true,
            same_reasons: true,
            difference: None,
            ..sample::redone()
        }
    }

    #[test]
    fn a_new_act_on_new_facts_is_another() {
        another(&revoked(), &fined(1_000), &ActRedone { same_facts: false, ..again(1_000) }).unwrap();
        another(&revoked(), &fined(1_000), &ActRedone { same_reasons: false, ..again(1_000) }).unwrap();
    }

    #[test]
    fn the_same_act_may_follow_a_broken_procedure() {
        another(&AppealDecided { ground: Ground::Procedure, ..decided() }, &fined(1_000), &again(1_000)).unwrap();
    }

    #[test]
    fn an_act_of_another_kind_is_another() {
        let warning = Penalty::of(PenaltyKind::Warning);
        another(&revoked(), &fined(1_000), &ActRedone { penalties: vec![warning], ..again(0) }).unwrap();
    }

    #[test]
    fn refuses_the_same_act_on_the_same_facts() {
        let named = |fen| ActRedone { difference: Some("文号不同".into()), ..again(fen) };
        another(&revoked(), &fined(1_000), &again(1_000)).unwrap_err();
        assert!(!another(&revoked(), &fined(1_000), &named(1_000)).unwrap_err().unknown);
        assert!(!another(&revoked(), &fined(1_000), &named(2_000)).unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_warning_more_beside_the_same_fine() {
        let both = ActRedone {
            penalties: vec![fine(1_000), Penalty::of(PenaltyKind::Warning)],
            difference: Some("增加警告".into()),
            ..again(0)
        };
        assert!(!another(&revoked(), &fined(1_000), &both).unwrap_err().unknown);
    }

    #[test]
    fn refuses_nearly_the_same_act_without_saying_in_what_it_differs() {
        another(&revoked(), &fined(1_000), &again(999)).unwrap_err();
        let untold = Appealed { penalties: vec![], ..fined(1) };
        assert!(!another(&revoked(), &untold, &again(1)).unwrap_err().unknown);
    }

    #[test]
    fn whether_it_is_nearly_the_same_is_unchecked_and_never_satisfied() {
        let named = |fen| ActRedone { difference: Some("只处罚一项".into()), ..again(fen) };
        assert!(another(&revoked(), &fined(1_000), &named(999)).unwrap_err().unknown);
        let untold = Appealed { penalties: vec![], ..fined(1) };
        assert!(another(&revoked(), &untold, &named(1)).unwrap_err().unknown);
    }

    #[test]
    fn a_report_on_the_sixtieth_day_is_in_time() {
        assert!(!overdue(OPINION, "2025-08-06", "2025-10-09"));
    }

    #[test]
    fn a_report_on_the_sixty_first_day_is_late() {
        assert!(overdue(OPINION, "2025-08-06", "2025-10-10"));
    }

    #[test]
    fn a_decision_without_names_is_published() {
        nameless(&sample::published()).unwrap();
    }

    #[test]
    fn refuses_to_publish_names() {
        nameless(&DecisionPublished { names_removed: false, ..sample::published() }).unwrap_err();
    }

    #[test]
    fn a_published_decision_may_be_closed() {
        published(true, None).unwrap();
        published(false, Some("涉及国家秘密")).unwrap();
    }

    #[test]
    fn finds_an_unpublished_decision_without_a_reason() {
        published(false, Some(" ")).unwrap_err();
    }

    #[test]
    fn a_copy_to_the_superior_is_in_order() {
        informed(Relation::Department, Some("佳木斯市市场监督管理局")).unwrap();
        informed(Relation::LowerGovernment, None).unwrap();
    }

    #[test]
    fn finds_a_decision_that_the_superior_did_not_get() {
        informed(Relation::Department, None).unwrap_err();
    }

    #[test]
    fn a_payment_asked_for_on_the_seventh_day_is_in_time() {
        assert!(!overdue(PAY, "2025-07-01", "2025-07-08"));
    }

    #[test]
    fn a_payment_asked_for_on_the_eighth_day_is_late() {
        assert!(overdue(PAY, "2025-07-01", "2025-07-09"));
    }

    #[test]
    fn a_noted_effect_may_be_closed() {
        fed_back(false, false).unwrap();
    }

    #[test]
    fn finds_an_overturned_case_that_nobody_changed() {
        fed_back(true, false).unwrap_err();
        fed_back(false, true).unwrap_err();
    }
}
