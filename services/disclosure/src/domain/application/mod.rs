//! One application, from receipt to archive.
//!
//! A step carries the event as the caller asserts it; the decider completes it from the lists and the law and holds it
//! against the rules.

mod answer;
mod ask;
mod matter;
mod receive;
#[cfg(test)]
pub(crate) mod sample;
mod state;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use law::{
    Act, Breach, Check, Decider, MatterChange, Mode, Refusal,
    calendar::Calendar,
    decider::Decided,
    id::{RegionCode, Uscc},
    order::After,
};
use lists::{
    facts::{AgencyFact, OfficeKind, OfficerFact},
    officers::Officials,
};

pub use state::{Application, Ended};

use super::{
    events::{ApplicationEvent, ApplicationReceived, Step, StepRefused},
    rules::answer::Earlier,
};

/// What a decision knows from elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The agency as of the day.
    pub agency: Option<AgencyFact>,
    /// The earlier application that an answer names.
    pub earlier: Option<Earlier>,
    /// Who approved or decided, as the list knows them; absent where it does not.
    pub officials: Vec<OfficerFact>,
    /// The number drawn for the document.
    pub number: Option<String>,
}

/// A step of an application, with the facts it is decided on.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is known from elsewhere.
    pub facts: Facts,
    /// What is asked.
    pub step: Step,
}

type Answer = Result<Vec<Decided<ApplicationEvent>>, Refusal>;

/// Decides the steps of an application.
#[derive(Debug)]
pub struct Applications;

impl Decider for Applications {
    type Command = Command;
    type State = Application;
    type Event = ApplicationEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &Application, act: &Act, command: &Command) -> Answer {
        let cx = Context { application: state, act, facts: &command.facts };
        match &command.step {
            Step::ReceiveApplication(e) => receive::receive(&cx, e),
            Step::RequestCorrection(e) => receive::request_correction(&cx, e),
            Step::CorrectApplication(e) => receive::correct(&cx, e),
            Step::LapseApplication(e) => receive::lapse(&cx, e),
            Step::WithdrawApplication(e) => receive::withdraw(&cx, e),
            Step::AskThirdParty(e) => ask::third_party(&cx, e),
            Step::RecordThirdPartyAnswer(e) => ask::third_party_answer(&cx, e),
            Step::AskAgency(e) => ask::agency(&cx, e),
            Step::RecordAgencyAnswer(e) => ask::agency_answer(&cx, e),
            Step::DemandReasons(e) => ask::demand_reasons(&cx, e),
            Step::RecordReasons(e) => ask::reasons(&cx, e),
            Step::ExtendAnswer(e) => answer::extend(&cx, e),
            Step::DeferAnswer(e) => answer::defer(&cx, e),
            Step::ChargeFee(e) => answer::charge(&cx, e),
            Step::AnswerApplication(e) => answer::answer(&cx, e),
            Step::SendAnswer(e) => answer::send(&cx, e),
            Step::ArchiveApplication(e) => answer::archive(&cx, e),
        }
    }

    fn evolve(state: &mut Application, event: &ApplicationEvent) {
        state.evolve(event);
    }

    fn matter(
        before: &Application,
        after: &Application,
        event: &ApplicationEvent,
        _: &[Breach],
    ) -> Option<MatterChange> {
        Some(matter::change(before, after, event))
    }

    fn attempt(state: &Application, act: &Act, command: &Command, breaches: &[Breach]) -> Option<ApplicationEvent> {
        if act.mode != Mode::Handling {
            return None;
        }
        let (agency, region) = match (state.received.as_deref(), &command.step) {
            (Some(r), _) => (r.agency.clone(), r.region.clone()),
            (None, Step::ReceiveApplication(e)) => place(e, &command.facts),
            (None, _) => return None,
        };
        let card = command.step.card();
        Some(
            StepRefused {
                step: card.step.to_owned(),
                breaches: breaches.to_vec(),
                summary: card.to_do.zh.to_owned(),
                agency,
                region,
            }
            .into(),
        )
    }
}

fn place(received: &ApplicationReceived, facts: &Facts) -> (Uscc, RegionCode) {
    let listed = facts.agency.as_ref().map(|a| a.region.clone());
    (received.agency.clone(), listed.unwrap_or_else(|| received.region.clone()))
}

/// The application, the act and the facts of one step.
struct Context<'a> {
    application: &'a Application,
    act: &'a Act,
    facts: &'a Facts,
}

impl<'a> Context<'a> {
    fn day(&self) -> Date {
        self.act.day()
    }

    fn calendar(&self) -> &'a Calendar {
        &self.act.calendar
    }

    fn check(&self) -> Check {
        Check::on(self.day())
    }

    /// The application was received, and its file is not archived.
    fn known(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let Some(received) = self.application.received.as_deref() else {
            return Err(Refusal::NotFound { what: "application", id: "not received yet".to_owned() });
        };
        if self.application.archived {
            return Err(Refusal::state("ARCHIVED", "申请已经归档", "the application is archived"));
        }
        Ok(received)
    }

    /// The same, and it has not ended.
    fn open(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let received = self.known()?;
        if self.application.ended.is_some() {
            return Err(Refusal::state("ENDED", "申请已经办结", "the application has ended"));
        }
        Ok(received)
    }

    /// The same, and no answer is decided.
    fn unanswered(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let received = self.open()?;
        if self.application.answer.is_some() {
            return Err(Refusal::state(
                "ALREADY_ANSWERED",
                "申请已经作出答复",
                "the application has been answered already",
            ));
        }
        Ok(received)
    }

    /// Those of the agency whom a step names, if they hold one of these offices.
    fn officials(&self, received: &'a ApplicationReceived, offices: &'a [OfficeKind]) -> Officials<'a> {
        Officials { known: &self.facts.officials, offices, agency: &received.agency, day: self.day() }
    }

    /// The number drawn for the document, or the one asserted.
    fn number(&self, asserted: &str) -> String {
        self.facts.number.clone().unwrap_or_else(|| asserted.to_owned())
    }

    /// The state after an event.
    fn after(&self, event: &ApplicationEvent) -> Application {
        let mut after = self.application.clone();
        after.evolve(event);
        after
    }
}
