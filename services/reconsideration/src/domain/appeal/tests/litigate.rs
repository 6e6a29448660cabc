//! In court.

use super::*;

fn suit(filed: &str) -> SuitFiled {
    SuitFiled { filed: day(filed), late_reason: None, ..golden!(SuitFiled) }
}

fn sued() -> Vec<AppealEvent> {
    and(sample::done(), suit("2025-06-24"))
}

/// Served on Tuesday, 24 June 2025: the fifteenth day is Wednesday, 9 July.
#[test]
fn a_suit_is_brought_within_fifteen_days_of_the_decision() {
    after(sample::done()).when(&act("2025-07-14T09:00"), &ask(suit("2025-07-09"))).satisfies("RE-LITIGATE");
    after(sample::done()).when(&act("2025-07-14T09:00"), &ask(suit("2025-07-10"))).refused_by("RE-LITIGATE");
    let accepted_late = SuitFiled { late_reason: Some("洪水".into()), ..suit("2025-07-10") };
    after(sample::done()).when(&act("2025-07-14T09:00"), &ask(accepted_late)).satisfies("RE-LITIGATE");
    after(sample::done()).when(&act("2025-07-08T09:00"), &ask(suit("2025-07-09"))).invalid("filed");
    after(sued()).when(&act("2025-07-14T09:00"), &ask(suit("2025-06-24"))).not_possible("ALREADY_FILED");
}

/// Accepted on Thursday, 5 June 2025: sixty days end on Monday, 4 August, fifteen more on the 19th.
#[test]
fn while_the_organ_has_it_there_is_no_suit_and_then_there_are_fifteen_days() {
    after(sample::running()).when(&act("2025-08-05T09:00"), &ask(suit("2025-08-04"))).refused_by("RE-NOT-BOTH");
    after(sample::running()).when(&act("2025-08-05T09:00"), &ask(suit("2025-08-05"))).satisfies("RE-NOT-BOTH");
    after(sample::running()).when(&act("2025-08-25T09:00"), &ask(suit("2025-08-19"))).satisfies("RE-LITIGATE");
    after(sample::running()).when(&act("2025-08-25T09:00"), &ask(suit("2025-08-20"))).refused_by("RE-LITIGATE");
    let standing = and(sample::running(), golden!(AppealSuspended));
    after(standing).when(&act("2025-08-25T09:00"), &ask(suit("2025-08-19"))).refused_by("RE-NOT-BOTH");
}

#[test]
fn the_head_of_whoever_is_sued_appears_or_it_is_that_ones_fault() {
    let head = SuitHeard { absence: None, delegate: None, ..golden!(SuitHeard) };
    after(sued()).when(&act("2025-07-20T09:00"), &ask(head.clone())).satisfies("RE-APPEAR");
    let nobody = ask(SuitHeard { head: None, ..head });
    let fault = |events| {
        let decided = after(events).when(&act("2025-07-20T09:00"), &nobody).decided();
        let breach = decided[0].violations[0].clone();
        (breach.rule, breach.whose.map(|w| w.agency.to_string()))
    };
    assert_eq!(fault(sued()), ("RE-APPEAR".to_owned(), Some(sample::BUREAU.to_owned())));
    let organ = SuitFiled { defendant: Defendant::Organ, ..suit("2025-06-24") };
    assert_eq!(fault(and(sample::done(), organ)).1.as_deref(), Some(sample::OTHER));
    after(sample::done()).when(&act("2025-07-20T09:00"), &nobody).not_found("suit");
}

#[test]
fn a_binding_judgment_begins_the_time_to_obey_it() {
    let given = |judgment: JudgmentGiven| after(sued()).when(&act("2025-09-01T09:00"), &ask(judgment)).decided();
    let bound = given(golden!(JudgmentGiven));
    assert_eq!(
        (clocks(&bound), whose(&bound, "RE-OBEY").as_deref()),
        (vec!["opened RE-OBEY".to_owned()], Some(sample::BUREAU))
    );
    for quiet in [
        JudgmentGiven { binding: false, ..golden!(JudgmentGiven) },
        JudgmentGiven { perform_days: None, ..golden!(JudgmentGiven) },
        JudgmentGiven { judgment: Judgment::Dismissed, ..golden!(JudgmentGiven) },
    ] {
        assert!(given(quiet)[0].clocks.is_empty());
    }
    let judged = || after(and(sued(), golden!(JudgmentGiven)));
    judged().when(&act("2025-09-02T09:00"), &ask(golden!(JudgmentGiven))).not_possible("ALREADY_BINDING");
    let done = judged().when(&act("2025-09-10T09:00"), &ask(golden!(JudgmentPerformed))).decided();
    assert_eq!(clocks(&done), ["stopped RE-OBEY"]);
    after(sued()).when(&act("2025-09-10T09:00"), &ask(golden!(JudgmentPerformed))).not_possible("NOTHING_TO_PERFORM");
}

#[test]
fn a_judicial_suggestion_is_answered_once() {
    let received = || after(and(sample::done(), golden!(SuggestionReceived)));
    let answer = ask(golden!(SuggestionAnswered));
    assert_eq!(received().when(&act("2025-07-20T09:00"), &answer).events().len(), 1);
    received().when(&act("2025-07-20T09:00"), &ask(golden!(SuggestionReceived))).not_possible("ALREADY_RECEIVED");
    let answered = and(and(sample::done(), golden!(SuggestionReceived)), golden!(SuggestionAnswered));
    after(answered).when(&act("2025-07-20T09:00"), &answer).not_possible("ALREADY_ANSWERED");
    after(sample::done()).when(&act("2025-07-20T09:00"), &answer).not_found("suggestion");
}
