//! One application, from receipt to the end of its file.
//!
//! A step carries the event as the caller asserts it; the decider completes it from the lists and the law and holds it
//! against the rules. What the law has accepted by silence is noted before the first later step, with the day itself.

mod close;
mod context;
mod course;
mod decide;
mod handle;
mod litigate;
mod matter;
mod perform;
mod receive;
#[cfg(test)]
pub(crate) mod sample;
mod state;
#[cfg(test)]
mod tests;

use law::{
    Act, Breach, Decided, Decider, MatterChange, Mode, Refusal,
    id::{OfficerCode, Uscc},
    order::After,
    series::Series,
};

use self::context::Context;
pub use self::state::{Accepted, Appeal, Conclusion};
pub use super::events::Step;
use super::{
    events::{AppealEvent, ApplicationReceived, StepRefused},
    facts::Facts,
};

/// A step of an application, with the facts it is decided on.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is known from elsewhere.
    pub facts: Facts,
    /// What is asked.
    pub step: Step,
}

/// What a decider of this folder answers.
type Answer = Result<Vec<Decided<AppealEvent>>, Refusal>;

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

    /// What the event does to its matter, beside the stage that it is of; mostly nothing.
    fn tell(&self, _before: &Appeal, _after: &Appeal, _change: &mut MatterChange) {}
}

/// What a step names, and on which side of the matter it stands.
#[derive(Debug, Default)]
pub struct Named<'a> {
    /// Officers: the lists are asked about them.
    pub officers: Vec<&'a OfficerCode>,
    /// Who decides or approves, by what the step says: the lists are asked about him if it is a personnel number.
    pub head: Option<&'a str>,
    /// Another agency.
    pub agency: Option<&'a Uscc>,
    /// The series that its document draws a number from.
    pub series: Option<Series>,
    /// The respondent takes it, for itself.
    pub by_respondent: bool,
    /// It is one of the steps that lead to acceptance, so that silence is not noted before it.
    pub before_acceptance: bool,
}

impl Step {
    /// What it names.
    pub fn named(&self) -> Named<'_> {
        self.asked().named()
    }

    /// The application, if it makes one.
    pub fn application(&self) -> Option<&ApplicationReceived> {
        if let Self::ApplyForReconsideration(received) = self { Some(received) } else { None }
    }
}

/// Decides the steps of an application.
#[derive(Debug)]
pub struct Appeals;

impl Decider for Appeals {
    type Command = Command;
    type State = Appeal;
    type Event = AppealEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &Appeal, act: &Act, command: &Command) -> Answer {
        let (step, facts) = (command.step.asked(), &command.facts);
        let cx = Context { appeal: state, act, facts };
        let silent = if step.named().before_acceptance { None } else { receive::silence(&cx) };
        let Some(noted) = silent else { return step.decide(&cx) };
        let mut appeal = state.clone();
        appeal.evolve(&noted.event);
        let decided = step.decide(&Context { appeal: &appeal, act, facts })?;
        Ok(std::iter::once(noted).chain(decided).collect())
    }

    fn evolve(state: &mut Appeal, event: &AppealEvent) {
        state.evolve(event);
    }

    fn matter(before: &Appeal, after: &Appeal, event: &AppealEvent, _: &[Breach]) -> Option<MatterChange> {
        Some(matter::change(before, after, event))
    }

    fn attempt(state: &Appeal, act: &Act, command: &Command, breaches: &[Breach]) -> Option<AppealEvent> {
        if act.mode != Mode::Handling {
            return None;
        }
        let received = state.received.as_deref().or(command.step.application())?;
        let side = if command.step.named().by_respondent { &received.respondent } else { &received.organ };
        let card = command.step.card();
        Some(
            StepRefused {
                step: card.step.to_owned(),
                breaches: breaches.to_vec(),
                summary: card.to_do.zh.to_owned(),
                agency: side.agency.clone(),
                region: side.region.clone(),
            }
            .into(),
        )
    }
}
