//! Given/when/then, by stage.

mod ending;
mod handling;
mod intake;
mod matter;
mod order;
mod person;
mod review;
mod routing;

use law::{
    ClockChange,
    decider::{
        Decided,
        harness::{Given, given},
    },
};

use super::{
    Complaint, Complaints,
    sample::{self, act, ask, ask_knowing, at, day, reporting},
};
use crate::domain::{events::*, facts::Earlier, words::*};

/// The matter after these events.
fn matter(events: Vec<ComplaintEvent>) -> Given<Complaints> {
    given::<Complaints>(events)
}

/// A matter of this kind, registered.
fn registered(kind: Kind) -> Given<Complaints> {
    matter(vec![sample::registered(kind).into()])
}

/// The same, and these events.
fn after<const N: usize>(mut before: Vec<ComplaintEvent>, events: [ComplaintEvent; N]) -> Given<Complaints> {
    before.extend(events);
    matter(before)
}

/// What happens to clocks, as `opened CO-ROUTE`.
fn changes(decided: &[Decided<ComplaintEvent>]) -> Vec<String> {
    decided.iter().flat_map(|d| &d.clocks).map(|c| format!("{} {}", c.word(), c.clock())).collect()
}

/// The start and the period of a clock that is opened.
fn opened(decided: &[Decided<ComplaintEvent>], rule: &str) -> (String, String) {
    let found = decided.iter().flat_map(|d| &d.clocks).find_map(|change| match change {
        ClockChange::Opened { rule: of, start, period, .. } if of == rule => Some((*start, *period)),
        _ => None,
    });
    let (start, period) = found.unwrap_or_else(|| panic!("{rule} is not opened: {decided:?}"));
    (law::day_of(start).to_string(), period.to_en())
}

fn pending() -> Earlier {
    Earlier { complaint: sample::id(7), pending: true, rechecked: false }
}

fn rechecked() -> Earlier {
    Earlier { complaint: sample::id(7), pending: false, rechecked: true }
}

#[test]
fn nothing_happens_before_it_is_registered() {
    let steps: [super::Step; 6] = [
        sample::assigned().into(),
        sample::accepted(Kind::Petition).into(),
        sample::answered(Outcome::Supported).into(),
        sample::rated(Score::Good).into(),
        sample::statement(2).into(),
        sample::closed().into(),
    ];
    for step in steps {
        matter(vec![]).when(&act("2025-06-05T09:00"), &ask(step)).not_found("complaint");
    }
}

#[test]
fn a_refused_step_is_kept_with_whom_the_matter_lies() {
    use law::{Breach, Decider as _};
    let breach = Breach {
        rule: "CO-PROTECT".into(),
        citation: String::new(),
        zh: String::new(),
        en: String::new(),
        whose: None,
    };
    let attempt = |act: &law::Act, state: &Complaint, step: super::Step| {
        Complaints::attempt(state, act, &ask(step), std::slice::from_ref(&breach))
    };
    let whose = |kept| match kept {
        Some(ComplaintEvent::StepRefused(e)) => (e.step, e.agency.to_string()),
        other => panic!("{other:?}"),
    };
    let registers = || sample::registered(Kind::Report).into();
    let new = attempt(&act("2025-06-03T09:00"), &Complaint::default(), registers());
    assert_eq!(whose(new), ("RegisterComplaint".into(), sample::OFFICE.into()));
    let handled = matter(sample::handled(Kind::Report));
    let kept = attempt(&act("2025-06-20T09:00"), handled.state(), sample::rewarded().into());
    assert_eq!(whose(kept), ("RewardReport".into(), sample::BUREAU.into()));
    assert_eq!(attempt(&reporting("2025-06-20T09:00"), handled.state(), registers()), None);
}
