use lists::facts::PenaltyKind;

use super::*;
use crate::domain::{case::sample::*, events::*};

fn concluded_case() -> Vec<CaseEvent> {
    vec![filed().into(), evidence().into(), concluded().into(), exemption().into()]
}

fn notified() -> Vec<CaseEvent> {
    let mut events = concluded_case();
    events.push(notice(vec![fine(7_000_000)]).into());
    events
}

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn requested() -> HearingRequested {
    HearingRequested { in_time: true, at: Some(at("2024-03-11T09:00")) }
}

fn announced() -> HearingNotified {
    HearingNotified {
        hearing_at: at("2024-03-21T09:00"),
        place: "局会议室".into(),
        host: code("A9"),
        public: true,
        closed_ground: None,
        method: None,
        delivery: None,
        at: Some(at("2024-03-11T15:00")),
    }
}

fn held() -> HearingHeld {
    hearing_held()
}

#[test]
fn the_notice_says_whether_a_hearing_is_required() {
    let big = ask(Step::NotifyPenalty(PenaltyNotified { hearing_required: false, ..notice(vec![fine(7_000_000)]) }));
    let events = case(concluded_case()).when(&act("2024-03-04T09:00"), &big).satisfies("EN-HEARING");
    assert_eq!(events, [notice(vec![fine(7_000_000)]).into()]);
    let small = ask(Step::NotifyPenalty(notice(vec![fine(1_000_000)])));
    let events = case(concluded_case()).when(&act("2024-03-04T09:00"), &small).events();
    assert!(matches!(&events[0], CaseEvent::PenaltyNotified(n) if !n.hearing_required));
}

#[test]
fn an_unlawful_notice_is_refused() {
    let notify = |change: fn(&mut PenaltyNotified)| {
        let mut draft = notice(vec![fine(7_000_000)]);
        change(&mut draft);
        case(concluded_case()).when(&act("2024-03-04T09:00"), &ask(Step::NotifyPenalty(draft)))
    };
    notify(|n| n.hearing_right_told = false).refused_by("EN-HEARING");
    notify(|n| n.reasons.clear()).refused_by("EN-NOTICE");
    notify(|n| n.method = ServiceMethod::Electronic).refused_by("EN-SERVE-ELECTRONIC");
}

#[test]
fn the_larger_amount_of_the_day_decides_whether_a_hearing_is_told() {
    let notify = |larger_fen, told| {
        let mut command = ask(Step::NotifyPenalty(PenaltyNotified {
            hearing_required: false,
            hearing_right_told: told,
            ..notice(vec![fine(7_000_000)])
        }));
        command.facts.larger.organisation = larger(larger_fen);
        case(concluded_case()).when(&act("2024-03-04T09:00"), &command)
    };
    let required = |decided: &law::Decided<CaseEvent>| match &decided.event {
        CaseEvent::PenaltyNotified(e) => e.hearing_required,
        other => panic!("{other:?}"),
    };
    assert!(!required(&notify(7_000_001, false).decided()[0]));
    assert!(required(&notify(7_000_000, true).decided()[0]));
    notify(7_000_000, false).refused_by("EN-HEARING");
}

#[test]
fn a_notice_past_the_period_is_refused() {
    let old = Violation { from: day("2022-01-01"), until: Some(day("2022-02-27")), ..violation() };
    let events = vec![CaseFiled { violation: old, ..filed() }.into(), exemption().into()];
    case(events)
        .when(&act("2024-03-04T09:00"), &ask(Step::NotifyPenalty(notice(vec![fine(7_000_000)]))))
        .refused_by("EN-LIMITATION");
}

#[test]
fn a_notice_without_a_look_at_the_exempt_list_is_a_finding() {
    let events = vec![filed().into(), concluded().into()];
    case(events)
        .when(&act("2024-03-04T09:00"), &ask(Step::NotifyPenalty(notice(vec![fine(7_000_000)]))))
        .violates("EN-EXEMPT");
}

#[test]
fn a_heavier_notice_after_the_defence_needs_new_facts() {
    let heavier = notice(vec![fine(8_000_000)]);
    let after = with(notified(), [heard().into()]);
    let again = |draft| ask(Step::NotifyPenalty(draft));
    case(after.clone()).when(&act("2024-03-06T09:00"), &again(heavier.clone())).refused_by("EN-STATEMENT");
    let found = PenaltyNotified { new_facts: Some("另查实一处门店".into()), ..heavier };
    // Words alone are no new facts.
    case(after.clone()).when(&act("2024-03-06T09:00"), &again(found.clone())).refused_by("EN-STATEMENT");
    let taken = |when| EvidenceCollected { evidence: id(101), at: Some(at(when)), ..evidence() }.into();
    let before = with(after.clone(), [taken("2024-03-03T09:00")]);
    case(before).when(&act("2024-03-06T09:00"), &again(found.clone())).refused_by("EN-STATEMENT");
    let after = with(after, [taken("2024-03-05T15:00")]);
    let events = case(after.clone()).when(&act("2024-03-06T09:00"), &again(found)).satisfies("EN-STATEMENT");
    // A new notice opens a new round: the party is to be heard again.
    let given = case(with(after, events));
    assert!(given.state().statement.is_none());
    assert_eq!(given.state().bars(), [] as [Vec<Penalty>; 0]);
}

#[test]
fn new_facts_that_make_nothing_heavier_free_nobody() {
    let after = with(notified(), [heard().into()]);
    let taken = EvidenceCollected { evidence: id(101), at: Some(at("2024-03-05T15:00")), ..evidence() }.into();
    let same = PenaltyNotified {
        new_facts: Some("补充核实".into()),
        at: Some(at("2024-03-06T09:00")),
        ..notice(vec![fine(7_000_000)])
    };
    let heavier = PenaltyNotified { at: None, ..notice(vec![fine(8_000_000)]) };
    case(with(after, [taken, same.into()]))
        .when(&act("2024-03-07T09:00"), &ask(Step::NotifyPenalty(heavier)))
        .refused_by("EN-STATEMENT");
}

#[test]
fn refuses_a_heavier_penalty_after_the_defence_at_the_hearing() {
    let waived = StatementWaived { how: "签字放弃".into(), at: Some(at("2024-03-05T09:00")) };
    let heard = with(notified(), [waived.into(), requested().into(), announced().into(), held().into()]);
    let again = |fen| {
        let draft = PenaltyNotified { at: None, ..notice(vec![fine(fen)]) };
        case(heard.clone()).when(&act("2024-03-22T09:00"), &ask(Step::NotifyPenalty(draft)))
    };
    again(7_000_001).refused_by("EN-STATEMENT");
    again(7_000_000).satisfies("EN-STATEMENT");
}

#[test]
fn refuses_a_decision_without_the_hearing_that_was_asked_for_before_the_same_was_told_again() {
    let again = PenaltyNotified { at: Some(at("2024-03-11T10:00")), ..notice(vec![fine(7_000_000)]) };
    let heard = StatementHeard { at: Some(at("2024-03-12T09:00")), ..heard() };
    let ready = [
        LegalReviewed { at: Some(at("2024-03-25T09:00")), ..reviewed() }.into(),
        Deliberated { at: Some(at("2024-03-25T10:00")), ..deliberated() }.into(),
    ];
    let decide = ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])));
    let asked = with(notified(), [requested().into(), again.into(), heard.into()]);
    case(with(asked.clone(), ready.clone())).when(&act("2024-03-26T09:00"), &decide).refused_by("EN-HEARING");
    // Its hearing, or its plain waiver, settles it.
    let waived = HearingWaived { how: "签字放弃".into(), at: Some(at("2024-03-12T10:00")) };
    case(with(with(asked, [waived.into()]), ready)).when(&act("2024-03-26T09:00"), &decide).satisfies("EN-HEARING");
}

#[test]
fn a_hearing_that_was_held_is_not_forgotten_over_a_notice_that_is_repeated() {
    let again = PenaltyNotified {
        hearing_required: false,
        hearing_right_told: false,
        at: Some(at("2024-03-22T09:00")),
        ..notice(vec![fine(1_000_000)])
    };
    let heard = StatementHeard { at: Some(at("2024-03-22T15:00")), ..heard() };
    let events = with(notified(), [requested().into(), announced().into(), held().into(), again.into(), heard.into()]);
    let mut decide = decision(vec![fine(1_000_000)]);
    decide.major = false;
    case(events).when(&act("2024-03-26T09:00"), &ask(Step::DecidePenalty(decide))).refused_by("EN-REVIEW");
}

#[test]
fn refuses_a_discussion_before_the_hearing() {
    let discussed = Deliberated { at: Some(at("2024-03-20T09:00")), ..deliberated() };
    let reviewed = LegalReviewed { at: Some(at("2024-03-22T09:00")), ..reviewed() };
    let events = with(
        notified(),
        [heard().into(), requested().into(), announced().into(), discussed.into(), held().into(), reviewed.into()],
    );
    let decide = ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])));
    case(events).when(&act("2024-03-26T09:00"), &decide).refused_by("EN-COLLECTIVE");
}

#[test]
fn refuses_to_tell_a_penalty_beyond_the_item() {
    let tell = |penalties| ask(Step::NotifyPenalty(notice(penalties)));
    let when = act("2024-03-04T09:00");
    case(concluded_case()).when(&when, &tell(vec![fine(100_000_000_000)])).refused_by("EN-RANGE");
    let closed = Penalty::of(PenaltyKind::CloseDown);
    case(concluded_case()).when(&when, &tell(vec![closed.clone()])).refused_by("EN-RANGE");
    case(concluded_case()).when(&reporting("2024-03-04T09:00"), &tell(vec![closed])).violates("EN-RANGE");
    case(concluded_case()).when(&when, &tell(vec![fine(7_000_000)])).satisfies("EN-RANGE");
}

#[test]
fn a_request_is_in_time_until_the_fifth_working_day() {
    let ask_at = |when: &str| {
        let step = Step::RequestHearing(HearingRequested { in_time: false, at: None });
        case(notified()).when(&act(when), &ask(step)).events()
    };
    assert_eq!(ask_at("2024-03-11T09:00"), [requested().into()]);
    assert!(matches!(&ask_at("2024-03-12T09:00")[0], CaseEvent::HearingRequested(r) if !r.in_time));
}

#[test]
fn nothing_is_said_before_the_notice() {
    let early = Step::HearStatement(StatementHeard { at: None, ..heard() });
    case(concluded_case()).when(&act("2024-03-05T09:00"), &ask(early.clone())).not_possible("NOT_NOTIFIED");
    case(notified()).when(&act("2024-03-03T09:00"), &ask(early)).invalid("meta.at");
}

#[test]
fn a_hearing_is_announced_and_held() {
    let events = with(notified(), [requested().into()]);
    let step = Step::NotifyHearing(announced());
    let more = case(events.clone()).when(&act("2024-03-11T15:00"), &ask(step)).satisfies("EN-HEARING-NOTICE");
    let events = with(events, more);
    let more =
        case(events).when(&act("2024-03-21T09:00"), &ask(Step::HoldHearing(held()))).satisfies("EN-HEARING-HOST");
    assert_eq!(more, [held().into()]);
}

#[test]
fn an_unlawful_hearing_is_refused() {
    let events = with(notified(), [requested().into()]);
    let late = Step::NotifyHearing(announced());
    case(events.clone()).when(&act("2024-03-13T09:00"), &ask(late)).refused_by("EN-HEARING-NOTICE");
    let own = Step::NotifyHearing(HearingNotified { host: code("A1"), ..announced() });
    case(events.clone()).when(&act("2024-03-11T15:00"), &ask(own)).refused_by("EN-HEARING-HOST");
    let told = with(events.clone(), [announced().into()]);
    case(events).when(&act("2024-03-21T09:00"), &ask(Step::HoldHearing(held()))).refused_by("EN-HEARING-NOTICE");
    case(told.clone()).when(&act("2024-03-20T09:00"), &ask(Step::HoldHearing(held()))).refused_by("EN-HEARING-NOTICE");
    let unsigned = Step::HoldHearing(HearingHeld { signed: false, ..held() });
    case(told).when(&act("2024-03-21T09:00"), &ask(unsigned)).refused_by("EN-HEARING-RECORD");
}

fn decide() -> Step {
    Step::DecidePenalty(decision(vec![fine(7_000_000)]))
}

#[test]
fn a_hearing_asked_for_must_be_held_before_the_decision() {
    let denied = with(ready(), [requested().into()]);
    case(denied.clone()).when(&act("2024-03-25T09:00"), &ask(decide())).refused_by("EN-HEARING");
    // Held, but reviewed before: the review must know the record.
    let unread = with(denied, [announced().into(), held().into()]);
    case(unread.clone()).when(&act("2024-03-25T09:00"), &ask(decide())).refused_by("EN-REVIEW");
    let again = LegalReviewed { at: Some(at("2024-03-22T09:00")), ..reviewed() };
    let reviewed = with(unread, [again.into()]);
    case(reviewed.clone()).when(&act("2024-03-25T09:00"), &ask(decide())).refused_by("EN-COLLECTIVE");
    let discussed = with(reviewed, [discussed("2024-03-22T14:00")]);
    case(discussed).when(&act("2024-03-25T09:00"), &ask(decide())).satisfies("EN-HEARING");
}

/// The heads discussed it again.
fn discussed(when: &str) -> CaseEvent {
    Deliberated { at: Some(at(when)), ..deliberated() }.into()
}

#[test]
fn a_late_request_gives_no_right() {
    let late = HearingRequested { in_time: false, at: Some(at("2024-03-12T09:00")) };
    case(with(ready(), [late.into()])).when(&act("2024-03-13T09:00"), &ask(decide())).satisfies("EN-HEARING");
}

fn told() -> Vec<CaseEvent> {
    with(ready(), [requested().into(), announced().into()])
}

fn abandoned() -> HearingAbandoned {
    HearingAbandoned {
        how: Absence::Absent,
        excuse: None,
        answer: None,
        note: "九时整三次传唤，无人到场".into(),
        at: Some(at("2024-03-21T10:00")),
    }
}

#[test]
fn who_stays_away_has_waived_and_may_be_punished_without_a_hearing() {
    let gone = Step::AbandonHearing(abandoned());
    let got = case(told()).when(&act("2024-03-21T10:00"), &ask(gone)).satisfies("EN-HEARING-ABSENT");
    let ended = with(told(), got);
    case(ended.clone()).when(&act("2024-03-22T09:00"), &ask(decide())).satisfies("EN-HEARING");
    let again = Step::HoldHearing(held());
    case(ended.clone()).when(&act("2024-03-22T09:00"), &ask(again)).not_possible("HEARING_ABANDONED");
    case(ended)
        .when(&act("2024-03-22T09:00"), &ask(Step::NotifyHearing(announced())))
        .not_possible("HEARING_ABANDONED");
}

#[test]
fn refuses_a_hearing_given_up_before_its_hour_or_never_told() {
    let gone = ask(Step::AbandonHearing(abandoned()));
    case(told()).when(&act("2024-03-21T08:59"), &gone).refused_by("EN-HEARING-NOTICE");
    let untold = with(ready(), [requested().into()]);
    case(untold).when(&act("2024-03-21T10:00"), &gone).refused_by("EN-HEARING-NOTICE");
    let excused = HearingAbandoned { excuse: Some("住院".into()), ..abandoned() };
    let excused = ask(Step::AbandonHearing(excused));
    case(told()).when(&act("2024-03-21T10:00"), &excused).refused_by("EN-HEARING-ABSENT");
    case(told()).when(&reporting("2024-03-21T10:00"), &excused).violates("EN-HEARING-ABSENT");
}

#[test]
fn a_new_notice_gives_the_hearing_back_that_was_given_up() {
    let notice = PenaltyNotified { at: Some(at("2024-03-21T15:00")), ..notice(vec![fine(7_000_000)]) };
    let events = with(told(), [abandoned().into(), notice.into(), heard().into()]);
    let again = CaseEvent::from(HearingRequested { in_time: true, at: Some(at("2024-03-22T10:00")) });
    case(with(events, [again])).when(&act("2024-04-22T09:00"), &ask(decide())).refused_by("EN-HEARING");
}

#[test]
fn the_party_may_ask_for_another_host_and_the_head_decides_first() {
    let asked = RecusalRequested {
        officer: code("A9"),
        by: "当事人".into(),
        reason: "系举报人亲属".into(),
        at: Some(at("2024-03-12T09:00")),
    };
    let step = ask(Step::RequestRecusal(asked.clone()));
    // Before anybody hosts, nobody can be asked to withdraw as the host.
    case(with(ready(), [requested().into()])).when(&act("2024-03-12T09:00"), &step).not_found("officer of this case");
    assert_eq!(case(told()).when(&act("2024-03-12T09:00"), &step).events().len(), 1);
    let open = with(told(), [asked.into()]);
    let hold = ask(Step::HoldHearing(held()));
    let gone = ask(Step::AbandonHearing(abandoned()));
    case(open.clone()).when(&act("2024-03-21T10:00"), &gone).refused_by("EN-HEARING-HOST");
    case(open.clone()).when(&act("2024-03-21T09:00"), &hold).refused_by("EN-HEARING-HOST");
    let decided = |recused| RecusalDecided {
        officer: code("A9"),
        recused,
        decided_by: HEAD.into(),
        official: None,
        reason: "经审查".into(),
        at: Some(at("2024-03-13T09:00")),
    };
    let stays = with(open.clone(), [decided(false).into()]);
    case(stays).when(&act("2024-03-21T09:00"), &hold).satisfies("EN-HEARING-HOST");
    let out = with(open, [decided(true).into()]);
    case(out.clone()).when(&act("2024-03-21T09:00"), &hold).refused_by("EN-HEARING-HOST");
    let renamed = ask(Step::NotifyHearing(announced()));
    case(out).when(&act("2024-03-11T15:00"), &renamed).refused_by("EN-HEARING-HOST");
}

#[test]
fn a_hearing_is_held_in_public_but_for_a_secret() {
    let events = with(ready(), [requested().into()]);
    let notify =
        |public, closed_ground| ask(Step::NotifyHearing(HearingNotified { public, closed_ground, ..announced() }));
    let when = "2024-03-11T15:00";
    let secret = Some(ClosedGround::TradeSecret);
    case(events.clone()).when(&act(when), &notify(false, secret)).satisfies("EN-HEARING-OPEN");
    case(events.clone()).when(&act(when), &notify(true, secret)).refused_by("EN-HEARING-OPEN");
    // A record from before the ground was asked for says neither that the rule was kept nor that it was broken.
    let silent = case(events).when(&act(when), &notify(false, None)).decided();
    assert!(!silent[0].rules.contains(&"EN-HEARING-OPEN") && silent[0].violations.is_empty());
}

#[test]
fn agents_speak_with_authority_and_evidence_is_examined() {
    let hold = |change: fn(&mut HearingHeld)| {
        let mut held = HearingHeld { presented: vec![id(100)], examined: Some(true), ..held() };
        held.agents = vec![HearingAgent { capacity: "律师".into(), authority: "授权委托书".into() }];
        change(&mut held);
        ask(Step::HoldHearing(held))
    };
    let when = act("2024-03-21T09:00");
    case(told()).when(&when, &hold(|_| ())).satisfies("EN-HEARING-EXAMINED");
    case(told()).when(&when, &hold(|_| ())).satisfies("EN-HEARING-AGENTS");
    let third = |held: &mut HearingHeld| held.agents = vec![held.agents[0].clone(); 3];
    case(told()).when(&when, &hold(third)).refused_by("EN-HEARING-AGENTS");
    case(told()).when(&when, &hold(|h| h.examined = Some(false))).refused_by("EN-HEARING-EXAMINED");
    case(told()).when(&when, &hold(|h| h.presented = vec![id(101)])).refused_by("EN-HEARING-EXAMINED");
    let excluded = EvidenceExcluded { evidence: id(100), reason: "来源不明".into(), ground: None, at: None };
    case(with(told(), [excluded.into()])).when(&when, &hold(|_| ())).refused_by("EN-HEARING-EXAMINED");
}

/// Heard on 21 March with the sample's evidence, reviewed and discussed since.
fn heard_out(presented: Vec<uuid::Uuid>) -> Vec<CaseEvent> {
    let held = HearingHeld { presented, examined: Some(true), ..held() };
    let review = LegalReviewed { at: Some(at("2024-03-22T09:00")), ..reviewed() };
    with(told(), [held.into(), review.into(), discussed("2024-03-22T09:30")])
}

#[test]
fn a_decision_follows_the_record_of_the_hearing() {
    let when = act("2024-03-25T09:00");
    case(heard_out(vec![id(100)])).when(&when, &ask(decide())).satisfies("EN-HEARING-BASIS");
    case(heard_out(vec![id(101)])).when(&when, &ask(decide())).refused_by("EN-HEARING-BASIS");
}

#[test]
fn refuses_a_decision_on_evidence_added_after_the_hearing() {
    let added = EvidenceCollected { evidence: id(101), at: Some(at("2024-03-22T10:00")), ..evidence() };
    let events = with(heard_out(vec![id(100)]), [added.into()]);
    let on = |cited| ask(Step::DecidePenalty(PenaltyDecided { evidence: cited, ..decision(vec![fine(7_000_000)]) }));
    let when = act("2024-03-25T09:00");
    case(events.clone()).when(&when, &on(vec![id(100), id(101)])).refused_by("EN-HEARING-BASIS");
    case(events.clone()).when(&reporting("2024-03-25T09:00"), &on(vec![id(101)])).violates("EN-HEARING-BASIS");
    case(events).when(&when, &on(vec![id(100)])).satisfies("EN-HEARING-BASIS");
}

#[test]
fn refuses_a_decision_on_findings_concluded_anew_after_the_hearing() {
    let anew = InvestigationConcluded { at: Some(at("2024-03-22T10:00")), ..concluded() };
    let events = with(heard_out(vec![id(100)]), [anew.into()]);
    case(events.clone()).when(&act("2024-03-25T09:00"), &ask(decide())).refused_by("EN-HEARING-BASIS");
    // Told again, and with its right to a hearing run out, the decision has no hearing to follow.
    let again = PenaltyNotified { at: Some(at("2024-03-25T09:00")), ..notice(vec![fine(7_000_000)]) };
    let heard = StatementHeard { at: Some(at("2024-03-26T09:00")), ..heard() };
    let review = LegalReviewed { at: Some(at("2024-04-01T09:00")), ..reviewed() };
    let events = with(events, [again.into(), heard.into(), review.into(), discussed("2024-04-01T10:00")]);
    let decided = case(events).when(&act("2024-04-10T09:00"), &ask(decide())).decided();
    assert!(!decided[0].rules.contains(&"EN-HEARING-BASIS"));
}
