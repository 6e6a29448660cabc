//! One matter that a person brought, from receipt to the last answer.
//!
//! A step carries the event as the caller asserts it; the decider completes it from the lists and the law and holds it
//! against the rules.

mod context;
mod ending;
mod handling;
mod intake;
mod matter;
mod person;
mod review;
mod routing;
#[cfg(test)]
pub(crate) mod sample;
mod state;
#[cfg(test)]
mod tests;

use law::{
    Act, Breach, Decider, MatterChange, Mode, Refusal,
    decider::Decided,
    id::{ItemCode, OfficerCode, Uscc},
    order::After,
    series::Series,
};
use uuid::Uuid;

use self::context::Context;
pub use self::state::{Complaint, Ended};
pub use super::events::Step;
use super::{
    events::{ComplaintEvent, ComplaintRegistered, Organ, StepRefused},
    facts::Facts,
};

/// A step of a matter, with the facts it is decided on.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is known from elsewhere.
    pub facts: Facts,
    /// What is asked.
    pub step: Step,
}

type Answer = Result<Vec<Decided<ComplaintEvent>>, Refusal>;

/// A step: the event as the caller asserts it.
pub(crate) trait Asked {
    /// Completes the event and holds it against the law.
    ///
    /// # Errors
    /// The refusal, when the law or the state says no.
    fn decide(&self, cx: &Context<'_>) -> Answer;

    /// What it names that must be looked up or numbered before; often nothing.
    fn named(&self) -> Named<'_> {
        Named::default()
    }

    /// What the event does to its matter, beside the stage that it is of and whom the matter goes to; mostly nothing.
    fn tell(&self, _before: &Complaint, _after: &Complaint, _change: &mut MatterChange) {}
}

/// What a step names; nothing, unless it says so.
#[derive(Debug, Default)]
pub struct Named<'a> {
    /// Agencies.
    pub agencies: Vec<&'a Uscc>,
    /// Officials.
    pub officers: Vec<&'a OfficerCode>,
    /// Who approved, as named: a head's personnel number.
    pub heads: Vec<&'a str>,
    /// A power item.
    pub item: Option<&'a ItemCode>,
    /// An earlier matter.
    pub earlier: Option<Uuid>,
    /// The series that its document draws a number from.
    pub series: Option<fn(&Complaint) -> Series>,
}

impl Step {
    /// What it names.
    pub fn named(&self) -> Named<'_> {
        self.asked().named()
    }

    /// The registration, if it is one.
    pub fn registration(&self) -> Option<&ComplaintRegistered> {
        if let Self::RegisterComplaint(registered) = self { Some(registered) } else { None }
    }
}

/// Decides the steps of a matter.
#[derive(Debug)]
pub struct Complaints;

impl Decider for Complaints {
    type Command = Command;
    type State = Complaint;
    type Event = ComplaintEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &Complaint, act: &Act, command: &Command) -> Answer {
        command.step.asked().decide(&Context { complaint: state, act, facts: &command.facts })
    }

    fn evolve(state: &mut Complaint, event: &ComplaintEvent) {
        state.evolve(event);
    }

    fn matter(before: &Complaint, after: &Complaint, event: &ComplaintEvent, _: &[Breach]) -> Option<MatterChange> {
        Some(matter::change(before, after, event))
    }

    fn attempt(state: &Complaint, act: &Act, command: &Command, breaches: &[Breach]) -> Option<ComplaintEvent> {
        if act.mode != Mode::Handling {
            return None;
        }
        let Organ { agency, region, .. } = match state.holder() {
            Some(holder) => holder,
            None => intake::receiver(command.step.registration()?, &command.facts),
        };
        let card = command.step.card();
        let (step, summary) = (card.step.to_owned(), card.to_do.zh.to_owned());
        Some(StepRefused { step, breaches: breaches.to_vec(), summary, agency, region }.into())
    }
}
