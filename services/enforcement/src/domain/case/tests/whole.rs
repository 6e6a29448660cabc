//! What is decided with what was told, answered, found, reviewed and resolved before.

use super::{
    decision::{WHEN, decide, lawful, without},
    *,
};
use crate::domain::{case::sample::*, events::*};

/// What the sample case has, with other events in the place of these kinds.
fn instead(left_out: &[&str], events: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    use law::DomainEvent as _;
    let mut kept = ready();
    kept.retain(|e| !left_out.iter().any(|kind| e.kind().contains(kind)));
    kept.extend(events);
    kept
}

#[test]
fn refuses_a_heavier_decision_after_the_notice_was_repeated_twice() {
    // Told 70,000, heard, told the same again and waived: nothing above 70,000, and nothing above the lightest.
    let again = PenaltyNotified { at: Some(at("2024-03-06T09:00")), ..notice(vec![fine(6_600_000)]) };
    let waived = StatementWaived { how: "签字放弃".into(), at: None };
    let up = PenaltyNotified { at: Some(at("2024-03-07T09:00")), ..notice(vec![fine(7_000_000)]) };
    let events = instead(&[], [again.into(), waived.clone().into(), up.into(), waived.into()]);
    case(events.clone()).when(&act("2024-03-20T09:00"), &lawful()).refused_by("EN-STATEMENT");
    let lightest = case(events).when(&act("2024-03-20T09:00"), &decide(vec![fine(6_600_000)])).refusing();
    assert!(!lightest.contains(&"EN-STATEMENT".to_owned()), "{lightest:?}");
}

#[test]
fn a_decision_follows_silence_after_the_time_that_was_told() {
    let told = PenaltyNotified { answer_by: Some(day("2024-03-08")), ..notice(vec![fine(7_000_000)]) };
    let silent = |events| instead(&["PenaltyNotified", "StatementHeard", "LegalReviewed", "Deliberated"], events);
    let lapse =
        || ask(Step::LapseStatement(StatementLapsed { checked: "收发室、邮箱均无来件".into(), at: None }));
    let given = silent(vec![told.clone().into()]);
    case(given.clone()).when(&act("2024-03-08T17:00"), &lapse()).refused_by("EN-STATEMENT");
    let lapsed = case(given.clone()).when(&act("2024-03-09T09:00"), &lapse()).satisfies("EN-STATEMENT");
    let rest = [reviewed().into(), deliberated().into()];
    let events: Vec<CaseEvent> = given.into_iter().chain(lapsed).chain(rest.clone()).collect();
    case(events).when(&act(WHEN), &lawful()).satisfies("EN-STATEMENT");
    // A notice without a time makes no silence.
    let untimed = silent(vec![notice(vec![fine(7_000_000)]).into()]);
    case(untimed).when(&act("2024-03-20T09:00"), &lapse()).refused_by("EN-STATEMENT");
    // Without a word of any kind there is no decision, however late.
    let nothing = silent([vec![told.into()], rest.into()].concat());
    case(nothing).when(&act("2024-06-03T09:00"), &lawful()).refused_by("EN-STATEMENT");
}

#[test]
fn a_party_that_speaks_after_its_time_is_heard() {
    let told = PenaltyNotified { answer_by: Some(day("2024-03-08")), ..notice(vec![fine(7_000_000)]) };
    let lapsed = StatementLapsed { checked: "无来件".into(), at: Some(at("2024-03-09T09:00")) };
    let events = instead(&["PenaltyNotified", "StatementHeard"], [told.into(), lapsed.into()]);
    let late = ask(Step::HearStatement(StatementHeard { at: None, ..heard() }));
    let events = [events.clone(), case(events).when(&act("2024-03-10T09:00"), &late).events()].concat();
    assert_eq!(case(events).state().bars(), [vec![fine(7_000_000)]]);
}

#[test]
fn refuses_a_decision_on_quantities_that_changed_after_the_notice() {
    let other = InvestigationConcluded {
        bases: vec![BaseAmount { of: "货值金额".into(), amount_fen: 900_000 }],
        at: Some(at("2024-03-07T09:00")),
        ..concluded()
    };
    let changed = instead(&[], [other.into()]);
    case(changed.clone()).when(&act(WHEN), &lawful()).refused_by("EN-NOTICE");
    // Told again by what is found now it is in order, as far as the notice goes.
    let again = PenaltyNotified { at: Some(at("2024-03-08T09:00")), ..notice(vec![fine(7_000_000)]) };
    let told = [changed, vec![again.into()]].concat();
    let refusing = case(told).when(&act("2024-03-20T09:00"), &lawful()).refusing();
    assert!(!refusing.contains(&"EN-NOTICE".to_owned()), "{refusing:?}");
    // The same once more is no change.
    let same = instead(&[], [InvestigationConcluded { at: Some(at("2024-03-07T09:00")), ..concluded() }.into()]);
    case(same).when(&act(WHEN), &lawful()).satisfies("EN-NOTICE");
}

#[test]
fn refuses_a_penalty_where_the_heads_resolved_on_none() {
    let withheld = Deliberated { result: Some(DiscussionResult::Withhold), ..deliberated() };
    let events = instead(&["Deliberated"], [withheld.into()]);
    case(events.clone()).when(&act(WHEN), &lawful()).refused_by("EN-COLLECTIVE");
    case(events).when(&reporting(WHEN), &lawful()).violates("EN-COLLECTIVE");
    let unsaid = Deliberated { result: None, at: None, ..deliberated() };
    let ask_unsaid = ask(Step::Deliberate(unsaid.clone()));
    case(without("Deliberated")).when(&act(WHEN), &ask_unsaid).refused_by("EN-COLLECTIVE");
    // A record from before it was asked is not taken for a yes.
    let decided = case(instead(&["Deliberated"], [unsaid.into()])).when(&act(WHEN), &lawful()).decided();
    assert!(decided[0].unchecked.iter().any(|u| u.rule == "EN-COLLECTIVE"), "{:?}", decided[0].unchecked);
}

#[test]
fn refuses_a_decision_beyond_what_was_reviewed() {
    let small = LegalReviewed { penalties: vec![fine(6_900_000)], ..reviewed() };
    case(instead(&["LegalReviewed"], [small.into()])).when(&act(WHEN), &lawful()).refused_by("EN-REVIEW");
    let large = LegalReviewed { penalties: vec![fine(7_100_000)], ..reviewed() };
    case(instead(&["LegalReviewed"], [large.into()])).when(&act(WHEN), &lawful()).satisfies("EN-REVIEW");
}
