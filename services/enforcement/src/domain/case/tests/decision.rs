use std::sync::Arc;

use lists::facts::{ItemFact, ListedItem, Range, Sender};

use super::*;
use crate::domain::{
    case::{Command, sample::*},
    events::*,
    facts::FinedBefore,
    parameters::Larger,
};

pub(super) const WHEN: &str = "2024-03-13T09:00";

pub(super) fn decide(penalties: Vec<Penalty>) -> Command {
    ask(Step::DecidePenalty(PenaltyDecided { at: None, fine_fen: 0, major: false, ..decision(penalties) }))
}

pub(super) fn lawful() -> Command {
    decide(vec![fine(7_000_000)])
}

fn changed(change: impl FnOnce(&mut PenaltyDecided)) -> Command {
    let mut draft = decision(vec![fine(7_000_000)]);
    change(&mut draft);
    ask(Step::DecidePenalty(draft))
}

pub(super) fn without(kind: &str) -> Vec<CaseEvent> {
    use law::DomainEvent as _;
    let mut events = ready();
    let before = events.len();
    events.retain(|e| !e.kind().contains(kind));
    assert_eq!(events.len(), before - 1, "{kind}");
    events
}

#[test]
fn a_lawful_decision_satisfies_every_rule_and_moves_the_clocks() {
    let decided = case(ready()).when(&act(WHEN), &lawful()).decided();
    let official = officials(&[HEAD]).pop();
    let recorded = PenaltyDecided { decided_by: "李局长".into(), official, ..decision(vec![fine(7_000_000)]) };
    assert_eq!(decided[0].event, recorded.into());
    assert!(decided[0].violations.is_empty(), "{:?}", decided[0].violations);
    assert_eq!(changes(&decided), ["opened EN-SERVE", "stopped EN-NINETY", "opened EN-PUBLICISE"]);
    let rules = [
        "EN-POWER",
        "EN-JURISDICTION",
        "EN-LIMITATION",
        "EN-MINOR",
        "EN-TWICE",
        "EN-TRANSFER-FIRST",
        "EN-EVIDENCE",
        "EN-NOTICE",
        "EN-STATEMENT",
        "EN-HEARING",
        "EN-RANGE",
        "EN-LIGHTER",
        "EN-DECISION",
        "EN-HEAD",
        "EN-REVIEW",
        "EN-COLLECTIVE",
    ];
    for rule in rules {
        assert!(decided[0].rules.contains(&rule), "{rule}");
    }
}

#[test]
fn what_was_told_under_an_old_amount_stays_in_order_and_is_reviewed_under_the_new_one() {
    let told_under = |fen| {
        let mut command = lawful();
        command.facts.larger_when_told = Some(Larger { organisation: larger(fen), ..Larger::default() });
        command
    };
    let untold = |mut events: Vec<CaseEvent>| {
        for event in &mut events {
            if let CaseEvent::PenaltyNotified(told) = event {
                (told.hearing_required, told.hearing_right_told) = (false, false);
            }
        }
        events
    };
    let decide = |events, command: &Command| case(untold(events)).when(&act(WHEN), command);
    decide(ready(), &told_under(7_000_001)).satisfies("EN-HEARING");
    decide(ready(), &told_under(7_000_000)).refused_by("EN-HEARING");
    // Never told of any penalty: the amount of the day of the decision.
    decide(ready(), &lawful()).refused_by("EN-HEARING");
    decide(without("LegalReviewed"), &told_under(7_000_001)).refused_by("EN-REVIEW");
    let mut under_both = told_under(7_000_001);
    under_both.facts.larger.organisation = larger(7_000_001);
    let quiet = without("Deliberated");
    assert!(!decide(quiet, &under_both).decided()[0].rules.is_empty());
}

#[test]
fn a_right_once_told_stays_when_the_amount_rises() {
    let mut command = lawful();
    command.facts.larger.organisation = larger(7_000_001);
    command.facts.larger_when_told = Some(command.facts.larger.clone());
    case(ready()).when(&act("2024-03-11T17:00"), &command).refused_by("EN-HEARING");
}

#[test]
fn each_missing_step_is_refused_by_its_rule() {
    let refused = |events, rule: &str| case(events).when(&act(WHEN), &lawful()).refused_by(rule);
    refused(without("PenaltyNotified"), "EN-NOTICE");
    refused(without("StatementHeard"), "EN-STATEMENT");
    refused(without("LegalReviewed"), "EN-REVIEW");
    refused(without("Deliberated"), "EN-COLLECTIVE");
    refused(without("EvidenceCollected"), "EN-EVIDENCE");
    case(without("InvestigationConcluded")).when(&act(WHEN), &lawful()).not_possible("NOT_CONCLUDED");
}

#[test]
fn the_same_steps_reported_are_recorded_with_their_violations() {
    let events = vec![filed().into()];
    let decided = case(events).when(&reporting(WHEN), &lawful()).decided();
    for rule in ["EN-NOTICE", "EN-STATEMENT", "EN-REVIEW", "EN-COLLECTIVE", "EN-EVIDENCE"] {
        assert!(decided[0].violations.iter().any(|b| b.rule == rule), "{rule}");
    }
}

#[test]
fn a_decision_before_the_period_for_a_hearing_ends_is_refused() {
    case(ready()).when(&act("2024-03-11T17:00"), &lawful()).refused_by("EN-HEARING");
    let mut waived = ready();
    waived.push(HearingWaived { how: "书面放弃".into(), at: None }.into());
    case(waived).when(&act("2024-03-12T17:00"), &lawful()).satisfies("EN-HEARING");
}

#[test]
fn what_happened_after_the_decision_is_nothing_that_it_rests_on() {
    let later = || Some(at("2024-03-13T09:01"));
    let with = |left_out, event: CaseEvent| {
        let mut events = without(left_out);
        events.push(event);
        events
    };
    let gathered = with("EvidenceCollected", EvidenceCollected { at: later(), ..evidence() }.into());
    case(gathered.clone()).when(&act(WHEN), &lawful()).refused_by("EN-EVIDENCE");
    case(gathered.clone()).when(&reporting(WHEN), &lawful()).violates("EN-EVIDENCE");
    case(gathered).when(&act("2024-03-13T09:01"), &lawful()).satisfies("EN-EVIDENCE");
    let waived = with("StatementHeard", StatementWaived { how: "签字放弃".into(), at: later() }.into());
    case(waived).when(&act(WHEN), &lawful()).refused_by("EN-STATEMENT");
    let mut waived = ready();
    waived.push(HearingWaived { how: "书面放弃".into(), at: later() }.into());
    case(waived).when(&act("2024-03-11T17:00"), &lawful()).refused_by("EN-HEARING");
    let concluded = with("InvestigationConcluded", InvestigationConcluded { at: later(), ..concluded() }.into());
    case(concluded).when(&act(WHEN), &lawful()).not_possible("NOT_CONCLUDED");
}

#[test]
fn an_amount_outside_the_tier_is_refused() {
    case(ready()).when(&act(WHEN), &decide(vec![fine(6_400_000)])).refused_by("EN-RANGE");
    case(ready()).when(&act(WHEN), &decide(vec![fine(8_600_000)])).refused_by("EN-RANGE");
    case(ready()).when(&act(WHEN), &changed(|d| d.tier = Some("nosuch".into()))).refused_by("EN-RANGE");
}

#[test]
fn a_heavier_decision_after_the_defence_is_refused() {
    case(ready()).when(&act(WHEN), &decide(vec![fine(7_100_000)])).refused_by("EN-STATEMENT");
    let mut waived = without("StatementHeard");
    waived.push(StatementWaived { how: "签字放弃".into(), at: None }.into());
    case(waived).when(&act(WHEN), &decide(vec![fine(7_100_000)])).refused_by("EN-NOTICE");
}

#[test]
fn a_departure_needs_a_review() {
    let departs = |d: &mut PenaltyDecided| {
        d.penalties = vec![fine(5_500_000)];
        d.departure = Some("主动停业并补办".into());
    };
    let mut resolved = ready();
    resolved.push(Deliberated { penalties: vec![fine(5_500_000)], at: None, ..deliberated() }.into());
    case(resolved).when(&act(WHEN), &changed(departs)).satisfies("EN-RANGE");
    case(without("LegalReviewed")).when(&act(WHEN), &changed(departs)).refused_by("EN-RANGE");
}

#[test]
fn the_head_decides_and_no_officer() {
    let mut command = lawful();
    command.facts.sender = Sender { subject: "A1".into(), name: "张三".into() };
    case(ready()).when(&act(WHEN), &command).refused_by("EN-HEAD");
    for other in ["张三", "李局长", "A9", "H2", ""] {
        case(ready()).when(&act(WHEN), &changed(|d| d.decided_by = other.into())).refused_by("EN-HEAD");
    }
}

#[test]
fn a_deputy_decides_himself_while_his_term_runs() {
    let by_deputy = |ended: Option<&str>| {
        let mut command = changed(|d| d.decided_by = "H2".into());
        command.facts.sender = Sender { subject: "H2".into(), name: "王副局长".into() };
        let deputy = command.facts.officers.iter_mut().find(|o| o.officer == code("H2")).unwrap();
        deputy.offices[0].ended = ended.map(day);
        command
    };
    case(ready()).when(&act(WHEN), &by_deputy(None)).satisfies("EN-HEAD");
    case(ready()).when(&act(WHEN), &by_deputy(Some("2024-03-14"))).satisfies("EN-HEAD");
    case(ready()).when(&act(WHEN), &by_deputy(Some("2024-03-13"))).refused_by("EN-HEAD");
}

#[test]
fn a_report_keeps_what_was_said_where_the_list_knows_no_head() {
    let named = changed(|d| d.decided_by = "李局长".into());
    case(ready()).when(&reporting(WHEN), &named).violates("EN-HEAD");
    let reported = case(ready()).when(&reporting(WHEN), &named).events();
    let [CaseEvent::PenaltyDecided(event)] = &reported[..] else { panic!("{reported:?}") };
    assert_eq!((event.decided_by.as_str(), &event.official), ("李局长", &None));
}

#[test]
fn a_discussion_of_names_does_not_carry_a_decision_later() {
    let discussed = |members: &[&str]| {
        let members = members.iter().map(|m| (*m).to_owned()).collect();
        let step = ask(Step::Deliberate(Deliberated { members, heads: None, ..deliberated() }));
        let before = without("Deliberated");
        let events = case(before.clone()).when(&reporting("2024-03-12T14:00"), &step).events();
        [before, events].concat()
    };
    case(discussed(&["H1", "H3"])).when(&act(WHEN), &lawful()).satisfies("EN-COLLECTIVE");
    for evading in [&["李局长", "王副局长"][..], &["H1", "H1"], &["H1", "A9"], &["H1", "李局长"]] {
        case(discussed(evading)).when(&act(WHEN), &lawful()).refused_by("EN-COLLECTIVE");
    }
}

#[test]
fn an_incomplete_document_is_refused() {
    case(ready()).when(&act(WHEN), &changed(|d| d.appeal.clear())).refused_by("EN-DECISION");
    case(ready()).when(&act(WHEN), &changed(|d| d.sealed = false)).refused_by("EN-DECISION");
}

#[test]
fn a_second_fine_is_refused_unless_told_apart() {
    let before = FinedBefore {
        case: id(7),
        number: "抚农罚决〔2024〕1号".into(),
        agency: OTHER_AGENCY.parse().unwrap(),
        fact: "无证经营".into(),
    };
    let mut again = lawful();
    again.facts.fined = vec![before.clone()];
    case(ready()).when(&act(WHEN), &again).refused_by("EN-TWICE");
    let told = DistinctCase { case: id(7), reason: "该案罚的是消防通道".into() };
    let mut apart = changed(|d| d.distinct_from = vec![told]);
    apart.facts.fined = vec![before];
    case(ready()).when(&act(WHEN), &apart).satisfies("EN-TWICE");
}

#[test]
fn excluded_evidence_does_not_count() {
    let mut events = ready();
    events.push(EvidenceExcluded { evidence: id(100), reason: "未出示证件".into(), ground: None, at: None }.into());
    case(events).when(&act(WHEN), &lawful()).refused_by("EN-EVIDENCE");
}

#[test]
fn no_penalty_while_a_crime_is_suspected() {
    let suspected = CrimeSuspected { suspected: "犯罪".into(), reported_by: "张三".into(), at: None };
    let mut events = ready();
    events.push(suspected.into());
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-TRANSFER-FIRST");
    events.push(
        TransferDecided { transfer: false, decided_by: HEAD.into(), official: None, reason: "不足".into(), at: None }
            .into(),
    );
    case(events).when(&act(WHEN), &lawful()).satisfies("EN-TRANSFER-FIRST");
}

#[test]
fn an_open_dispute_stops_the_decision() {
    let mut events = ready();
    events.push(JurisdictionDisputed { with: "同江市市监局".into(), reason: "跨界".into(), at: None }.into());
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-JURISDICTION");
    let ours = JurisdictionDesignated {
        designated: agency().agency,
        by: "佳木斯市局".into(),
        document: "1号".into(),
        at: None,
    };
    events.push(ours.into());
    case(events).when(&act(WHEN), &lawful()).satisfies("EN-JURISDICTION");
}

#[test]
fn a_child_is_not_punished() {
    let child = Party { minor_age: Some(13), ..citizen() };
    let mut events = ready();
    events[0] = CaseFiled { party: child, ..filed() }.into();
    case(events).when(&act(WHEN), &lawful()).refused_by("EN-MINOR");
}

/// The sample's item when the act was done, with another lowest and highest fine in yuan, and at the decision.
fn between(then: (i64, i64), now: (i64, i64)) -> impl Fn(&mut Command) {
    let version = move |version, (low, high): (i64, i64)| {
        let mut item = ItemFact { version, ..item() };
        item.outcomes[0].range = Some(Range::Amount { low_fen: low * 100, high_fen: high * 100 });
        Arc::new(item)
    };
    move |command| {
        command.facts.item_then = ListedItem::InForce(version(1, then));
        command.facts.item = Some(version(2, now));
        (command.facts.standard_then, command.facts.standard) = (None, None);
    }
}

fn judged_by(change: impl Fn(&mut Command), mut command: Command) -> Command {
    change(&mut command);
    command
}

#[track_caller]
fn governed(command: &Command, version: Option<u32>, why: GoverningReason) {
    let decided = case(ready()).when(&reporting(WHEN), command).decided();
    let CaseEvent::PenaltyDecided(event) = &decided[0].event else { panic!("a penalty is decided") };
    let law = event.governed_by.as_ref().expect("it says by which law");
    assert_eq!((law.item_version, law.reason), (version, why));
}

#[test]
fn the_law_of_the_act_governs_unless_the_later_one_is_milder() {
    let heavier = judged_by(between((20_000, 70_000), (50_000, 100_000)), lawful());
    case(ready()).when(&act(WHEN), &heavier).satisfies("EN-LIGHTER");
    governed(&heavier, Some(1), GoverningReason::OfTheAct);
    let milder = judged_by(between((70_000, 100_000), (20_000, 70_000)), lawful());
    case(ready()).when(&act(WHEN), &milder).satisfies("EN-LIGHTER");
    governed(&milder, Some(2), GoverningReason::NewerMilder);
}

#[test]
fn a_penalty_that_only_the_other_law_allows_is_refused_and_recorded_when_reported() {
    let laws = [((20_000, 60_000), (50_000, 100_000)), ((50_000, 100_000), (20_000, 60_000))];
    for (then, now) in laws {
        let command = judged_by(between(then, now), lawful());
        case(ready()).when(&act(WHEN), &command).refused_by("EN-LIGHTER");
        case(ready()).when(&act(WHEN), &command).refused_by("EN-RANGE");
        case(ready()).when(&reporting(WHEN), &command).violates("EN-LIGHTER");
    }
    // The later one is wider at both ends: its upper end is not to be had for its lower one.
    let mixed = judged_by(between((65_000, 68_000), (60_000, 70_000)), lawful());
    case(ready()).when(&act(WHEN), &mixed).refused_by("EN-LIGHTER");
    governed(&mixed, Some(1), GoverningReason::NeitherMilder);
}

#[test]
fn an_item_that_is_gone_gives_no_power_to_punish_and_bars_no_other_end() {
    let mut gone = lawful();
    gone.facts.item = None;
    case(ready()).when(&act(WHEN), &gone).refused_by("EN-POWER");
    case(ready()).when(&reporting(WHEN), &gone).violates("EN-POWER");
    governed(&gone, None, GoverningReason::NoPowerNow);
    let mut withheld = withhold(NoPenaltyGround::NotEstablished, "教育");
    withheld.facts.item = None;
    case(ready()).when(&act(WHEN), &withheld).satisfies("EN-HEAD");
}

#[test]
fn what_was_off_the_list_when_it_was_done_is_not_punished() {
    let mut command = lawful();
    command.facts.item_then = ListedItem::Cancelled;
    case(ready()).when(&act(WHEN), &command).refused_by("EN-LIGHTER");
}

#[test]
fn which_law_is_milder_is_unchecked_where_nobody_can_tell() {
    let mut unlisted = lawful();
    unlisted.facts.item_then = ListedItem::NotYet;
    let open = |command: &mut Command| {
        between((50_000, 100_000), (50_000, 100_000))(command);
        Arc::make_mut(command.facts.item.as_mut().expect("an item")).outcomes[0].range = None;
    };
    for command in [unlisted, judged_by(open, lawful())] {
        let decided = case(ready()).when(&act(WHEN), &command).decided();
        assert_eq!(decided[0].unchecked.len(), 1);
        assert_eq!(decided[0].unchecked[0].rule, "EN-LIGHTER");
        assert!(!decided[0].rules.contains(&"EN-LIGHTER") && decided[0].rules.contains(&"EN-RANGE"));
    }
}

#[test]
fn a_case_is_decided_once() {
    case(decided()).when(&act("2024-03-20T09:00"), &lawful()).not_possible("ALREADY_DECIDED");
}

fn extension(basis: &str) -> Command {
    ask(Step::ExtendDecision(DecisionExtended {
        period: law::period::Period::CalendarDays(30),
        approved_by: HEAD.into(),
        official: None,
        basis: basis.into(),
        at: None,
    }))
}

#[test]
fn more_time_needs_a_provision() {
    let named = "《市场监督管理行政处罚程序规定》第六十四条";
    let decided = case(ready()).when(&act(WHEN), &extension(named)).decided();
    assert_eq!(changes(&decided), ["extended EN-NINETY"]);
    case(ready()).when(&act(WHEN), &extension("案情复杂")).refused_by("EN-NINETY-BASIS");
}

#[test]
fn the_ninety_days_are_extended_until_they_have_run_out() {
    // Filed on 1 March: the ninetieth day is 30 May.
    let filed = || case(vec![]).after(&act("2024-03-01T09:00"), &ask(Step::FileCase(filed())));
    let more = extension("《市场监督管理行政处罚程序规定》第六十四条");
    filed().when(&act("2024-05-30T23:59"), &more).satisfies("EN-NINETY-BASIS");
    filed().when(&act("2024-05-31T00:00"), &more).refused_by("EN-NINETY");
    filed().when(&reporting("2024-05-31T00:00"), &more).violates("EN-NINETY");
    // Extended once in time, it is sixty days more.
    let extended = || filed().after(&act("2024-05-30T09:00"), &more).after(&act("2024-06-03T09:00"), &more);
    extended().when(&act("2024-07-29T09:00"), &more).satisfies("EN-NINETY-BASIS");
    extended().when(&act("2024-07-30T09:00"), &more).refused_by("EN-NINETY");
}

#[test]
fn time_that_a_rule_does_not_count_is_suspended_and_resumed() {
    let suspend = DecisionSuspended {
        ground: SuspensionGround::Hearing,
        approved_by: HEAD.into(),
        official: None,
        basis: "《市场监督管理行政处罚程序规定》第六十四条".into(),
        at: None,
    };
    let decided = case(ready()).when(&act(WHEN), &ask(Step::SuspendDecision(suspend))).decided();
    assert_eq!(changes(&decided), ["suspended EN-NINETY"]);
    let mut events = ready();
    events.push(decided[0].event.clone());
    let resume = DecisionResumed { reason: "听证结束".into(), at: None };
    let resumed = case(events).when(&act("2024-03-20T09:00"), &ask(Step::ResumeDecision(resume.clone()))).decided();
    assert_eq!(changes(&resumed), ["resumed EN-NINETY"]);
    case(ready()).when(&act(WHEN), &ask(Step::ResumeDecision(resume))).not_possible("NOT_SUSPENDED");
}

#[test]
fn a_decision_while_the_time_stands_still_is_not_said_to_be_in_time() {
    let suspended = DecisionSuspended {
        ground: SuspensionGround::Testing,
        approved_by: HEAD.into(),
        official: None,
        basis: "《市场监督管理行政处罚程序规定》第六十四条".into(),
        at: Some(at("2024-03-04T10:00")),
    };
    let resumed = DecisionResumed { reason: "检测结束".into(), at: Some(at("2024-03-11T09:00")) };
    let mut events = ready();
    events.push(suspended.into());
    let unchecked = |events: Vec<CaseEvent>, command: &Command| {
        let decided = case(events).when(&act(WHEN), command).decided();
        decided[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-NINETY")
    };
    for command in [lawful(), withhold(NoPenaltyGround::NotEstablished, "")] {
        assert!(unchecked(events.clone(), &command));
        let mut again = events.clone();
        again.push(resumed.clone().into());
        assert!(!unchecked(again, &command));
    }
}

#[test]
fn a_review_needs_a_reviewer() {
    let by = |reviewer: &str| ask(Step::ReviewLegally(LegalReviewed { reviewer: code(reviewer), ..reviewed() }));
    case(ready()).when(&act("2024-03-12T09:00"), &by("L1")).satisfies("EN-REVIEWER");
    case(ready()).when(&act("2024-03-12T09:00"), &by("A1")).refused_by("EN-REVIEWER");
    let mut green = by("L1");
    green.facts.officers[3].legal_qualification = false;
    case(ready()).when(&act("2024-03-12T09:00"), &green).refused_by("EN-REVIEWER");
}

fn withhold(ground: NoPenaltyGround, education: &str) -> Command {
    ask(Step::WithholdPenalty(PenaltyWithheld {
        number: "抚市监不罚〔2024〕1号".into(),
        ground,
        reason: "理由".into(),
        education: education.into(),
        decided_by: HEAD.into(),
        official: None,
        redone: None,
        at: None,
    }))
}

#[test]
fn refuses_a_decision_on_the_review_of_who_investigated_since() {
    let sent = |reviewer: &str| {
        let mut events = ready();
        let officer = ActingOfficer { officer: code(reviewer), name: "孙审".into(), certificate: "0801-9".into() };
        let sent =
            OfficersAssigned {
                officers: vec![officer], reason: "补充调查".into(), at: Some(at("2024-03-12T16:00"))
            };
        events.push(sent.into());
        events
    };
    case(sent("L1")).when(&act(WHEN), &lawful()).refused_by("EN-REVIEWER");
    case(sent("L1")).when(&reporting(WHEN), &lawful()).violates("EN-REVIEWER");
    case(sent("A9")).when(&act(WHEN), &lawful()).satisfies("EN-REVIEW");
}

#[test]
fn refuses_a_decision_where_the_investigation_was_concluded_anew_after_review_and_discussion() {
    let mut events = ready();
    events.push(InvestigationConcluded { at: Some(at("2024-03-12T15:00")), ..concluded() }.into());
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-REVIEW");
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-COLLECTIVE");
    events.push(LegalReviewed { at: Some(at("2024-03-12T16:00")), ..reviewed() }.into());
    events.push(Deliberated { at: Some(at("2024-03-12T17:00")), ..deliberated() }.into());
    case(events).when(&act(WHEN), &lawful()).satisfies("EN-COLLECTIVE");
}

#[test]
fn refuses_quantities_that_were_established_only_after_the_notice() {
    let mut events = without("InvestigationConcluded");
    let last = events.len();
    let (review, discussion) = (events.remove(last - 2), events.remove(last - 2));
    events.push(InvestigationConcluded { at: Some(at("2024-03-06T10:00")), ..concluded() }.into());
    events.extend([review, discussion]);
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-NOTICE");
    case(events).when(&reporting(WHEN), &lawful()).violates("EN-NOTICE");
}

#[test]
fn a_withheld_penalty_teaches() {
    let withhold = |education| withhold(NoPenaltyGround::FirstAndSlight, education);
    let decided = case(ready()).when(&act(WHEN), &withhold("当面讲解")).decided();
    assert_eq!(changes(&decided), ["opened EN-SERVE", "stopped EN-NINETY"]);
    case(ready()).when(&act(WHEN), &withhold("")).violates("EN-EXEMPT");
}

#[test]
fn a_ground_that_the_file_disproves_is_no_ground() {
    let grounds = [
        (NoPenaltyGround::Under14, "EN-MINOR"),
        (NoPenaltyGround::UnableToDiscern, "EN-MINOR"),
        (NoPenaltyGround::PastPeriod, "EN-LIMITATION"),
    ];
    for (ground, rule) in grounds {
        case(ready()).when(&act(WHEN), &withhold(ground, "教育")).refused_by(rule);
        case(ready()).when(&reporting(WHEN), &withhold(ground, "教育")).violates(rule);
    }
    let mut child = ready();
    child[0] = CaseFiled { party: Party { minor_age: Some(13), ..citizen() }, ..filed() }.into();
    case(child).when(&act(WHEN), &withhold(NoPenaltyGround::Under14, "教育")).satisfies("EN-HEAD");
}

fn spot_notice(fen: i64) -> CaseEvent {
    PenaltyNotified { hearing_required: false, hearing_right_told: false, ..notice(vec![fine(fen)]) }.into()
}

fn simple() -> Vec<CaseEvent> {
    vec![
        CaseFiled { procedure: Procedure::Simple, party: citizen(), ..filed() }.into(),
        evidence().into(),
        spot_notice(20_000),
        StatementWaived { how: "当场表示无异议".into(), at: None }.into(),
    ]
}

fn on_the_spot(fen: i64) -> Command {
    let mut command = decide(vec![fine(fen)]);
    command.facts.sender = Sender { subject: "A1".into(), name: "张三".into() };
    command.facts.standard = None;
    command.facts.standard_then = None;
    let mut small = item();
    small.outcomes.truncate(1);
    small.outcomes[0].range = Some(Range::Amount { low_fen: 1_000, high_fen: 50_000 });
    command.facts.item_then = ListedItem::InForce(small.clone().into());
    command.facts.item = Some(small.into());
    command
}

#[test]
fn an_officer_decides_on_the_spot_within_the_limit() {
    let decided = case(simple()).when(&act("2024-03-04T10:00"), &on_the_spot(20_000)).decided();
    assert!(decided[0].rules.contains(&"EN-SIMPLE") && decided[0].rules.contains(&"OF-TWO"));
    assert_eq!(changes(&decided), ["opened EN-SERVE"]);
    let mut more = simple();
    more[2] = spot_notice(20_001);
    case(more).when(&act("2024-03-04T10:00"), &on_the_spot(20_001)).refused_by("EN-SIMPLE");
}

#[test]
fn on_the_spot_the_law_that_governs_is_the_same() {
    let mut command = on_the_spot(20_000);
    let mut old = item();
    old.outcomes.truncate(1);
    old.outcomes[0].range = Some(Range::Amount { low_fen: 1_000, high_fen: 10_000 });
    let now = command.facts.item.as_mut().expect("an item");
    Arc::make_mut(now).version = 2;
    command.facts.item_then = ListedItem::InForce(old.into());
    case(simple()).when(&act("2024-03-04T10:00"), &command).refused_by("EN-LIGHTER");
}

#[test]
fn the_simple_procedure_tells_and_hears_too() {
    let silent = vec![simple()[0].clone(), evidence().into()];
    case(silent).when(&act("2024-03-04T10:00"), &on_the_spot(20_000)).refused_by("EN-NOTICE");
}

#[test]
fn a_cancelled_item_flags_the_undecided_case_and_no_other() {
    let ended =
        ItemEnded {
            item: item().item, effective: day("2024-03-13"), document: "抚政发〔2024〕9号".into(), at: None
        };
    let note = |ended: &ItemEnded| ask(Step::NoteItemEnd(ended.clone()));
    let got = case(ready()).when(&act("2024-03-12T15:00"), &note(&ended)).decided();
    assert_eq!(got[0].unchecked[0].rule, "EN-POWER");
    assert!(got[0].violations.is_empty() && got[0].rules.is_empty());
    let mut flagged = ready();
    flagged.push(got[0].event.clone());
    case(flagged).when(&act("2024-03-12T16:00"), &note(&ended)).quiet();
    case(decided()).when(&act("2024-03-15T15:00"), &note(&ended)).quiet();
    let other = ItemEnded { item: seizing_item().item, ..ended };
    case(ready()).when(&act("2024-03-12T15:00"), &note(&other)).quiet();
}

#[test]
fn refuses_a_decision_after_the_item_was_cancelled() {
    let mut command = decide(vec![fine(7_000_000)]);
    command.facts.item = None;
    case(ready()).when(&act(WHEN), &command).refused_by("EN-POWER");
}

#[test]
fn the_fine_goes_by_the_highest_of_several_provisions() {
    let fines = |high_fen: i64| {
        let range = Some(Range::Amount { low_fen: 0, high_fen });
        let outcomes = vec![lists::facts::Outcome::of(lists::facts::PenaltyKind::Fine, range)];
        Some(Arc::new(ItemFact { name: "另一事项".into(), outcomes, ..item() }))
    };
    let also = |other: Option<Arc<ItemFact>>| {
        let mut command = lawful();
        command.facts.also_broken = vec![(seizing_item().item, other)];
        command
    };
    // The item of the case goes up to twenty times the 8,000 yuan that were found.
    case(ready()).when(&act(WHEN), &also(fines(16_000_000))).satisfies("EN-HIGHEST");
    case(ready()).when(&act(WHEN), &also(fines(16_000_001))).refused_by("EN-HIGHEST");
    case(ready()).when(&reporting(WHEN), &also(fines(16_000_001))).violates("EN-HIGHEST");
    let unknown = case(ready()).when(&act(WHEN), &also(None)).decided();
    assert!(unknown[0].unchecked.iter().any(|one| one.rule == "EN-HIGHEST"));
    assert!(!case(ready()).when(&act(WHEN), &lawful()).decided()[0].rules.contains(&"EN-HIGHEST"));
}
