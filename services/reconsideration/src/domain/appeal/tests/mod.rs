//! Given/when/then, by what is asked.

mod close;
mod course;
mod decide;
mod handle;
mod litigate;
mod matter;
mod order;
mod perform;
mod receive;

use law::{
    ClockChange, Decided,
    decider::harness::{Given, given},
};

use super::{
    Appeals, Command, Step,
    sample::{self, act, ask, at, day, golden, reporting},
};
use crate::domain::{events::*, words::*};

/// The application after these events.
fn after(events: impl IntoIterator<Item = AppealEvent>) -> Given<Appeals> {
    given::<Appeals>(events)
}

/// The same with one event more.
fn and(mut events: Vec<AppealEvent>, one: impl Into<AppealEvent>) -> Vec<AppealEvent> {
    events.push(one.into());
    events
}

/// What happens to clocks, as `opened RE-COPY`.
fn clocks(decided: &[Decided<AppealEvent>]) -> Vec<String> {
    let short = |c: &ClockChange| match c.clock().split_once(':') {
        Some((rule, key)) if key.len() == 36 => rule.to_owned(),
        _ => c.clock().to_owned(),
    };
    decided.iter().flat_map(|d| &d.clocks).map(|c| format!("{} {}", c.word(), short(c))).collect()
}

/// Whose an opened clock is.
fn whose(decided: &[Decided<AppealEvent>], of: &str) -> Option<String> {
    decided.iter().flat_map(|d| &d.clocks).find_map(|c| match c {
        ClockChange::Opened { rule, whose, .. } if rule == of => whose.as_ref().map(|w| w.agency.to_string()),
        _ => None,
    })
}

#[test]
fn every_step_but_the_first_needs_an_application() {
    let steps: [Step; 5] = [
        sample::accepted().into(),
        sample::assigned().into(),
        sample::decided().into(),
        golden!(SuitFiled).into(),
        golden!(AppealClosed).into(),
    ];
    for step in steps {
        after([]).when(&act("2025-06-20T09:00"), &ask(step)).not_found("appeal");
    }
}

#[test]
fn a_refused_attempt_is_held_against_whoever_tried() {
    use law::Decider as _;
    let state = after(sample::running());
    let kept = |command: &Command, act| Appeals::attempt(state.state(), &act, command, &[]);
    let Some(AppealEvent::StepRefused(organs)) = kept(&ask(sample::decided()), act("2025-06-20T09:00")) else {
        panic!()
    };
    assert_eq!((organs.agency.as_str(), organs.step.as_str()), (sample::OTHER, "DecideAppeal"));
    let Some(AppealEvent::StepRefused(theirs)) = kept(&ask(golden!(EvidenceAdded)), act("2025-06-20T09:00")) else {
        panic!()
    };
    assert_eq!(theirs.agency.as_str(), sample::BUREAU);
    assert_eq!(kept(&ask(sample::decided()), reporting("2025-06-20T09:00")), None);
}
