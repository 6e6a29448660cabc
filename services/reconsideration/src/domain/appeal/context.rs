//! What every step looks at.

use jiff::{Timestamp, civil::Date};
use law::{Act, Check, ClockChange, Refusal, calendar::Calendar, rule::Rule};
use lists::{
    facts::{AgencyFact, OfficeKind},
    officers::Officials,
};

use super::{Appeal, state::Accepted};
use crate::domain::{
    events::{Agency, AppealDecided, ApplicationReceived, Handler},
    facts::Facts,
};

/// The application, the act and the facts of one step.
pub(crate) struct Context<'a> {
    pub(super) appeal: &'a Appeal,
    pub(super) act: &'a Act,
    pub(super) facts: &'a Facts,
}

impl<'a> Context<'a> {
    pub(super) fn day(&self) -> Date {
        self.act.day()
    }

    pub(super) fn calendar(&self) -> &'a Calendar {
        &self.act.calendar
    }

    pub(super) fn check(&self) -> Check {
        Check::on(self.day())
    }

    /// The application was received.
    pub(super) fn known(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let received = self.appeal.received.as_deref();
        received.ok_or_else(|| Refusal::NotFound { what: "appeal", id: "not received yet".to_owned() })
    }

    /// The same, and nothing has ended it.
    pub(super) fn open(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let received = self.known()?;
        if self.appeal.concluded.is_some() {
            return Err(Refusal::state("CONCLUDED", "复议申请已经办结", "the application has come to its end"));
        }
        Ok(received)
    }

    /// The same, and it is not accepted.
    pub(super) fn pending(&self) -> Result<&'a ApplicationReceived, Refusal> {
        let received = self.open()?;
        if self.appeal.accepted.is_some() {
            return Err(Refusal::state("ALREADY_ACCEPTED", "复议申请已经受理", "the application is accepted already"));
        }
        Ok(received)
    }

    /// It was accepted by this act, and nothing has ended it.
    pub(super) fn running(&self) -> Result<(&'a ApplicationReceived, &'a Accepted), Refusal> {
        let received = self.open()?;
        match self.appeal.accepted.as_ref().filter(|accepted| accepted.on <= self.day()) {
            Some(accepted) => Ok((received, accepted)),
            None => Err(Refusal::state("NOT_ACCEPTED", "复议申请尚未受理", "the application is not accepted yet")),
        }
    }

    /// The same, and it does not stand still.
    pub(super) fn moving(&self) -> Result<(&'a ApplicationReceived, &'a Accepted), Refusal> {
        let running = self.running()?;
        if self.appeal.standing.is_some() {
            return Err(Refusal::state(
                "SUSPENDED",
                "案件已经中止；请先恢复审理",
                "the case stands still; resume it first",
            ));
        }
        Ok(running)
    }

    /// It was decided.
    pub(super) fn decided(&self) -> Result<(&'a ApplicationReceived, &'a AppealDecided), Refusal> {
        let received = self.known()?;
        match self.appeal.decision.as_deref() {
            Some(decision) => Ok((received, decision)),
            None => Err(Refusal::state("NOT_DECIDED", "尚未作出复议决定", "it has not been decided")),
        }
    }

    /// A decision or a mediation was served.
    pub(super) fn served(&self) -> Result<(&'a ApplicationReceived, Timestamp), Refusal> {
        let received = self.known()?;
        match self.appeal.served {
            Some(served) => Ok((received, served)),
            None => Err(Refusal::state("NOT_SERVED", "决定书、调解书尚未送达", "the decision has not been served")),
        }
    }

    /// The number drawn for the document, or the one asserted.
    pub(super) fn number(&self, asserted: &str) -> String {
        self.facts.number.clone().unwrap_or_else(|| asserted.to_owned())
    }

    /// Handlers with the names that the list gives them that day.
    pub(super) fn filled(&self, handlers: &[Handler]) -> Vec<Handler> {
        let name = |h: &Handler| self.facts.officers.iter().find(|o| o.officer == h.officer).map(|o| o.name.clone());
        handlers.iter().map(|h| Handler { name: name(h).unwrap_or_default(), ..h.clone() }).collect()
    }

    /// Those of the organ whom a step names, if they hold one of these offices.
    pub(super) fn officials(&self, received: &'a ApplicationReceived, offices: &'a [OfficeKind]) -> Officials<'a> {
        Officials { known: &self.facts.officers, offices, agency: &received.organ.agency, day: self.day() }
    }

    /// The head of the reconsideration institution, if a step names him.
    pub(super) fn institution(&self, received: &'a ApplicationReceived) -> Officials<'a> {
        self.officials(received, &[OfficeKind::ReconsiderationHead])
    }

    /// An agency as the list has it that day.
    pub(super) fn listed(fact: Option<&AgencyFact>, asserted: &Agency) -> Result<Agency, Refusal> {
        let Some(fact) = fact else {
            return Err(Refusal::NotFound { what: "agency", id: asserted.agency.to_string() });
        };
        Ok(Agency { agency: fact.agency.clone(), name: fact.name.clone(), region: fact.region.clone() })
    }
}

/// What was owed under a rule is owed no more.
pub(super) fn cancel(rule: &'static Rule) -> ClockChange {
    ClockChange::Cancelled { clock: rule.id.to_owned() }
}

/// Only what is more than nothing.
pub(super) fn positive(field: &str, n: i64) -> Result<(), Refusal> {
    if n > 0 { Ok(()) } else { Err(Refusal::invalid(field, "must be more than 0")) }
}
