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
        at: Some(at("2024-03-11T15:00")),
    }
}

fn held() -> HearingHeld {
    HearingHeld {
        host: code("A9"),
        record_sha256: sha(),
        signed: true,
        opinion: "维持".into(),
        note: None,
        at: Some(at("2024-03-21T09:00")),
    }
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
fn refuses_to_tell_a_penalty_beyond_the_item() {
    let tell = |penalties| ask(Step::NotifyPenalty(notice(penalties)));
    let when = act("2024-03-04T09:00");
    case(concluded_case()).when(&when, &tell(vec![fine(100_000_000_000)])).refused_by("EN-RANGE");
    let closed = Penalty::of(PenaltyKind::CloseDown);
    case(concluded_case()).when(&when, &tell(vec![closed])).refused_by("EN-RANGE");
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
    case(with(unread, [again.into()])).when(&act("2024-03-25T09:00"), &ask(decide())).satisfies("EN-HEARING");
}

#[test]
fn a_late_request_gives_no_right() {
    let late = HearingRequested { in_time: false, at: Some(at("2024-03-12T09:00")) };
    case(with(ready(), [late.into()])).when(&act("2024-03-13T09:00"), &ask(decide())).satisfies("EN-HEARING");
}
