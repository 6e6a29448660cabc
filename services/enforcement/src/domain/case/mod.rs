//! One case, from filing to archive.
//!
//! A step carries the event as the caller asserts it; the decider completes it from the lists (names, versions,
//! certificates) and the law (whether a hearing is required, whether it was asked for in time), and holds it against the
//! rules. What the law does not forbid and the state allows is recorded.

mod closing;
mod context;
mod execution;
mod filing;
mod investigation;
mod matter;
mod measures;
mod next;
mod notice_hearing;
mod review_decision;
#[cfg(test)]
pub(crate) mod sample;
mod service_publication;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod transfer;

use law::{
    Act, Breach, MatterChange, Mode, Refusal,
    decider::{Decided, Decider},
};

pub use next::{Stage, next_steps, stage};
pub use state::{Appeal, Case, Measure, Money, Statement, Verdict};
pub use step::{STEPS, Step, StepCard};

use self::context::Context;
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

    fn decide(state: &Case, act: &Act, command: &Command) -> Answer {
        let cx = Context { case: state, act, facts: &command.facts };
        match &command.step {
            Step::FileCase(e) => filing::file(&cx, e),
            Step::AssignOfficers(e) => filing::assign(&cx, e),
            Step::RequestRecusal(e) => filing::request_recusal(&cx, e),
            Step::DecideRecusal(e) => filing::decide_recusal(&cx, e),
            Step::DisputeJurisdiction(e) => filing::dispute(&cx, e),
            Step::DesignateJurisdiction(e) => filing::designate(&cx, e),
            Step::CollectEvidence(e) => investigation::collect(&cx, e),
            Step::ExcludeEvidence(e) => investigation::exclude(&cx, e),
            Step::PreserveEvidence(e) => investigation::preserve(&cx, e),
            Step::SettlePreservation(e) => investigation::settle(&cx, e),
            Step::MakeRecord(e) => investigation::record(&cx, e),
            Step::ConcludeInvestigation(e) => investigation::conclude(&cx, e),
            Step::ConsiderExemption(e) => investigation::exempt(&cx, e),
            Step::RequestAssistance(e) => investigation::request_assistance(&cx, e),
            Step::AnswerAssistance(e) => investigation::answer_assistance(&cx, e),
            Step::RecordInterference(e) => investigation::interference(&cx, e),
            Step::SuspectCrime(e) => transfer::suspect(&cx, e),
            Step::DecideTransfer(e) => transfer::decide(&cx, e),
            Step::TransferCase(e) => transfer::send(&cx, e),
            Step::RecordPoliceAnswer(e) => transfer::police(&cx, e),
            Step::ReturnCase(e) => transfer::returned(&cx, e),
            Step::TakeMeasure(e) => measures::take(&cx, e),
            Step::ApproveMeasure(e) => measures::approve(&cx, e),
            Step::ExtendMeasure(e) => measures::extend(&cx, e),
            Step::TestMeasure(e) => measures::test(&cx, e),
            Step::EndMeasure(e) => measures::end(&cx, e),
            Step::NotifyPenalty(e) => notice_hearing::notify(&cx, e),
            Step::HearStatement(e) => notice_hearing::hear_statement(&cx, e),
            Step::WaiveStatement(e) => notice_hearing::waive_statement(&cx, e),
            Step::RequestHearing(e) => notice_hearing::request(&cx, e),
            Step::WaiveHearing(e) => notice_hearing::waive(&cx, e),
            Step::NotifyHearing(e) => notice_hearing::announce(&cx, e),
            Step::HoldHearing(e) => notice_hearing::hold(&cx, e),
            Step::ReviewCase(e) => review_decision::review(&cx, e),
            Step::Deliberate(e) => review_decision::deliberate(&cx, e),
            Step::ExtendDecision(e) => review_decision::extend(&cx, e),
            Step::SuspendDecision(e) => review_decision::suspend(&cx, e),
            Step::ResumeDecision(e) => review_decision::resume(&cx, e),
            Step::DecidePenalty(e) => review_decision::decide(&cx, e),
            Step::WithholdPenalty(e) => review_decision::withhold(&cx, e),
            Step::ServeDecision(e) => service_publication::serve(&cx, e),
            Step::ReportSpotDecision(e) => service_publication::report(&cx, e),
            Step::PubliciseDecision(e) => service_publication::publicise(&cx, e),
            Step::WithdrawPublication(e) => service_publication::withdraw(&cx, e),
            Step::OverturnDecision(e) => service_publication::overturn(&cx, e),
            Step::PayFine(e) => execution::pay(&cx, e),
            Step::DeliverCash(e) => execution::deliver(&cx, e),
            Step::BankCash(e) => execution::bank(&cx, e),
            Step::DeferPayment(e) => execution::defer(&cx, e),
            Step::ImposeSurcharge(e) => execution::surcharge(&cx, e),
            Step::LodgeAppeal(e) => execution::lodge(&cx, e),
            Step::EndAppeal(e) => execution::end_appeal(&cx, e),
            Step::ServeDemand(e) => execution::demand(&cx, e),
            Step::EnforceExecution(e) => execution::enforce(&cx, e),
            Step::ApplyToCourt(e) => execution::court(&cx, e),
            Step::RecordCourtAnswer(e) => execution::court_answer(&cx, e),
            Step::PerformPenalty(e) => execution::perform(&cx, e),
            Step::FileUpward(e) => closing::upward(&cx, e),
            Step::CloseCase(e) => closing::close(&cx, e),
            Step::ArchiveCase(e) => closing::archive(&cx, e),
        }
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
        let (agency, region) = match (state.filed.as_deref(), &command.step) {
            (Some(filed), _) => (filed.agency.clone(), filed.region.clone()),
            (None, Step::FileCase(e)) => (e.agency.clone(), e.region.clone()),
            (None, _) => return None,
        };
        let step = command.step.name().to_owned();
        Some(StepRefused { step, breaches: breaches.to_vec(), summary: command.step.summary(), agency, region }.into())
    }
}
