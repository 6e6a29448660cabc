//! One case, from filing to archive.
//!
//! A step carries the event as the caller asserts it; the decider completes it from the lists (names, versions,
//! certificates) and the law (whether a hearing is required, whether it was asked for in time), and holds it against the
//! rules. What the law does not forbid and the state allows is recorded.

mod aftermath;
mod closing;
mod context;
mod correction;
mod deferral;
mod execution;
mod filing;
mod investigation;
mod matter;
mod measures;
mod notice_hearing;
mod proof;
mod review_decision;
#[cfg(test)]
pub(crate) mod sample;
mod service_publication;
mod state;
mod stay;
mod step;
#[cfg(test)]
mod tests;
mod transfer;

use law::{
    Act, Breach, MatterChange, Mode, Refusal,
    decider::{Decided, Decider},
    order::After,
};

pub use state::{Appeal, Case, CaseStage, Measure, Money, Statement, Verdict, stage};
pub(crate) use step::Asked;
pub use step::{Named, next_steps};

use self::context::Context;
pub use super::events::Step;
use super::{
    events::{CaseEvent, StepRefused},
    facts::Facts,
};

/// A step of a case, with the facts it is decided on.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is known from elsewhere.
    pub facts: Facts,
    /// What is asked.
    pub step: Step,
}

/// What a decider of this folder answers.
type Answer = Result<Vec<Decided<CaseEvent>>, Refusal>;

/// Decides the steps of a case.
#[derive(Debug)]
pub struct Cases;

impl Decider for Cases {
    type Command = Command;
    type State = Case;
    type Event = CaseEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &Case, act: &Act, command: &Command) -> Answer {
        command.step.asked().decide(&Context { case: state, act, facts: &command.facts })
    }

    fn evolve(state: &mut Case, event: &CaseEvent) {
        state.evolve(event);
    }

    fn matter(before: &Case, after: &Case, event: &CaseEvent, _: &[Breach]) -> Option<MatterChange> {
        Some(matter::change(before, after, event))
    }

    fn attempt(state: &Case, act: &Act, command: &Command, breaches: &[Breach]) -> Option<CaseEvent> {
        if act.mode != Mode::Handling {
            return None;
        }
        let filed = state.filed.as_deref().or(command.step.filing())?;
        let (agency, region) = (filed.agency.clone(), filed.region.clone());
        let step = command.step.name().to_owned();
        Some(StepRefused { step, breaches: breaches.to_vec(), summary: command.step.summary(), agency, region }.into())
    }
}
