//! Service, publication, letters, performance, compensation.

use super::*;

fn decided() -> Vec<AppealEvent> {
    and(sample::ready(), sample::decided())
}

fn to_perform() -> Vec<AppealEvent> {
    let perform = AppealDecided { redo: false, ..sample::decided() };
    and(and(sample::ready(), perform), sample::served())
}

#[test]
fn service_begins_the_respondents_time() {
    let served = after(decided()).when(&act("2025-06-24T15:00"), &ask(sample::served())).decided();
    assert_eq!((clocks(&served), &served[0].rules[..]), (vec!["opened RE-PERFORM".to_owned()], &["RE-INFORM"][..]));
    assert_eq!(whose(&served, "RE-PERFORM").as_deref(), Some(sample::BUREAU));
    let untold = and(sample::ready(), AppealDecided { perform_days: None, ..sample::decided() });
    let served = after(untold).when(&act("2025-06-24T15:00"), &ask(sample::served())).decided();
    assert!(matches!(&served[0].clocks[0], ClockChange::Opened { period: law::period::Period::CalendarDays(60), .. }));
    let maintained = AppealDecided { outcome: Outcome::Maintain, redo: false, perform_days: None, ..sample::decided() };
    let served =
        after(and(sample::ready(), maintained)).when(&act("2025-06-24T15:00"), &ask(sample::served())).decided();
    assert!(served[0].clocks.is_empty());
    after(sample::done()).when(&act("2025-06-25T09:00"), &ask(sample::served())).not_possible("ALREADY_SERVED");
    after(sample::ready()).when(&act("2025-06-24T15:00"), &ask(sample::served())).not_possible("NOT_DECIDED");
    let uninformed = DecisionServed { informed: None, ..sample::served() };
    after(decided()).when(&act("2025-06-24T15:00"), &ask(uninformed)).violates("RE-INFORM");
}

#[test]
fn a_mediation_is_served_and_performed_too() {
    let mediated = and(sample::ready(), sample::mediated());
    let served = after(mediated).when(&act("2025-06-24T15:00"), &ask(sample::served())).decided();
    assert_eq!(clocks(&served), ["opened RE-PERFORM"]);
}

#[test]
fn a_decision_is_published_without_names_once() {
    after(decided()).when(&act("2025-06-25T09:00"), &ask(sample::published())).satisfies("RE-NAMES");
    let named = DecisionPublished { names_removed: false, ..sample::published() };
    after(decided()).when(&act("2025-06-25T09:00"), &ask(named)).refused_by("RE-NAMES");
    let twice = after(and(decided(), sample::published()));
    twice.when(&act("2025-06-25T09:00"), &ask(sample::published())).not_possible("ALREADY_PUBLISHED");
    after(sample::ready()).when(&act("2025-06-25T09:00"), &ask(sample::published())).not_possible("NOT_DECIDED");
}

#[test]
fn an_opinion_letter_begins_the_addressees_time_and_a_suggestion_none() {
    let issued = after(sample::running()).when(&act("2025-06-24T16:00"), &ask(golden!(LetterIssued))).decided();
    assert_eq!(
        (clocks(&issued), whose(&issued, "RE-OPINION").as_deref()),
        (vec!["opened RE-OPINION".to_owned()], Some(sample::BUREAU))
    );
    let suggestion = LetterIssued { kind: LetterKind::Suggestion, ..golden!(LetterIssued) };
    let issued = after(sample::running()).when(&act("2025-06-24T16:00"), &ask(suggestion.clone())).decided();
    assert!(issued[0].clocks.is_empty());
    let answer = ask(golden!(LetterAnswered));
    let answered =
        after(and(sample::running(), golden!(LetterIssued))).when(&act("2025-06-24T17:00"), &answer).decided();
    assert_eq!(clocks(&answered), ["stopped RE-OPINION"]);
    let answered = after(and(sample::running(), suggestion)).when(&act("2025-06-24T17:00"), &answer).decided();
    assert!(answered[0].clocks.is_empty());
    let twice = after(and(and(sample::running(), golden!(LetterIssued)), golden!(LetterAnswered)));
    twice.when(&act("2025-06-25T09:00"), &answer).not_possible("ALREADY_ANSWERED");
    after(sample::running()).when(&act("2025-06-24T17:00"), &answer).not_found("letter");
    let again = after(and(sample::running(), golden!(LetterIssued)));
    again.when(&act("2025-06-25T09:00"), &ask(golden!(LetterIssued))).not_possible("ALREADY_ISSUED");
    after([sample::received().into()])
        .when(&act("2025-06-04T09:00"), &ask(golden!(LetterIssued)))
        .not_possible("NOT_ACCEPTED");
}

#[test]
fn performing_stops_the_respondents_time() {
    let report = ask(golden!(DecisionPerformed));
    let done = after(to_perform()).when(&act("2025-07-01T09:00"), &report).decided();
    assert_eq!(clocks(&done), ["stopped RE-PERFORM"]);
    after(decided()).when(&act("2025-07-01T09:00"), &report).not_possible("NOT_SERVED");
    after(sample::done()).when(&act("2025-07-01T09:00"), &report).not_possible("TO_BE_REDONE");
}

#[test]
fn refuses_the_same_act_again_unless_its_procedure_was_broken() {
    let unclear = AppealDecided { ground: Ground::FactsUnclear, ..sample::decided() };
    let unclear = and(and(sample::ready(), unclear), sample::served());
    let same = ActRedone { penalties: vec![sample::fine(5_000_000)], difference: None, ..sample::redone() };
    after(unclear.clone()).when(&act("2025-07-01T09:00"), &ask(same.clone())).refused_by("RE-SAME");
    let reported = after(unclear.clone()).when(&reporting("2025-07-01T09:00"), &ask(same.clone())).decided();
    let theirs = reported[0].violations[0].whose.as_ref().map(|w| w.agency.as_str());
    assert_eq!((reported[0].violations[0].rule.as_str(), theirs), ("RE-SAME", Some(sample::BUREAU)));
    let new_facts = ActRedone { same_facts: false, ..same.clone() };
    let done = after(unclear).when(&act("2025-07-01T09:00"), &ask(new_facts)).decided();
    assert_eq!((clocks(&done), &done[0].rules[..]), (vec!["stopped RE-PERFORM".to_owned()], &["RE-SAME"][..]));
    after(sample::done()).when(&act("2025-07-01T09:00"), &ask(same.clone())).satisfies("RE-SAME");
    after(to_perform()).when(&act("2025-07-01T09:00"), &ask(same)).not_possible("NOT_TO_REDO");
}

/// Thirty days after 24 June 2025 are over on Thursday, 24 July.
#[test]
fn a_late_respondent_is_pressed_and_the_order_has_a_clock_of_its_own() {
    let order = ask(golden!(PerformancePressed));
    after(to_perform()).when(&act("2025-07-24T09:00"), &order).refused_by("RE-PRESS");
    let pressed = after(to_perform()).when(&act("2025-07-25T09:00"), &order).decided();
    assert_eq!(
        (clocks(&pressed), &pressed[0].rules[..]),
        (vec!["opened RE-PERFORM:ordered".to_owned()], &["RE-PRESS"][..])
    );
    let ordered = PerformancePressed { at: Some(at("2025-07-25T09:00")), ..golden!(PerformancePressed) };
    let done =
        after(and(to_perform(), ordered)).when(&act("2025-08-01T09:00"), &ask(golden!(DecisionPerformed))).decided();
    assert_eq!(clocks(&done), ["stopped RE-PERFORM", "stopped RE-PERFORM:ordered"]);
    let timeless = PerformancePressed { days: None, ..golden!(PerformancePressed) };
    after(to_perform()).when(&act("2025-07-25T09:00"), &ask(timeless.clone())).invalid("days");
    let summons = PerformancePressed { means: Means::Summons, ..timeless };
    assert!(after(to_perform()).when(&act("2025-07-25T09:00"), &ask(summons)).decided()[0].clocks.is_empty());
}

#[test]
fn compensation_is_claimed_and_the_finance_department_asked_in_seven_days() {
    let granted = AppealDecided { compensation: golden!(AppealDecided).compensation, ..sample::decided() };
    let granted = and(and(sample::ready(), granted), sample::served());
    let claim = ask(golden!(CompensationClaimed));
    let claimed = after(granted.clone()).when(&act("2025-06-25T09:00"), &claim).decided();
    assert_eq!(
        (clocks(&claimed), whose(&claimed, "RE-PAY").as_deref()),
        (vec!["opened RE-PAY".to_owned()], Some(sample::BUREAU))
    );
    let more = CompensationClaimed { amount_fen: 100_001, ..golden!(CompensationClaimed) };
    after(granted.clone()).when(&act("2025-06-25T09:00"), &ask(more)).not_possible("NOTHING_TO_CLAIM");
    after(sample::done()).when(&act("2025-06-25T09:00"), &claim).not_possible("NOTHING_TO_CLAIM");
    let pay = golden!(CompensationPaid);
    let paid = after(and(granted.clone(), golden!(CompensationClaimed)))
        .when(&act("2025-07-10T09:00"), &ask(pay.clone()))
        .decided();
    assert_eq!(
        (clocks(&paid), paid[0].clocks[0].stopped_on()),
        (vec!["stopped RE-PAY".to_owned()], Some(pay.requested))
    );
    after(granted.clone()).when(&act("2025-07-10T09:00"), &ask(pay.clone())).not_possible("NOT_CLAIMED");
    let claimed = after(and(granted, golden!(CompensationClaimed)));
    claimed
        .when(&act("2025-07-10T09:00"), &ask(CompensationPaid { requested: day("2025-07-11"), ..pay }))
        .invalid("requested");
}

#[test]
fn an_effect_is_noted_once() {
    assert_eq!(after(decided()).when(&act("2025-06-25T09:00"), &ask(golden!(EffectNoted))).events().len(), 1);
    after(and(decided(), golden!(EffectNoted))).when(&act("2025-06-25T09:00"), &ask(golden!(EffectNoted))).quiet();
}
