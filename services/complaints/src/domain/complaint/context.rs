//! What every step looks at.

use jiff::{Timestamp, civil::Date};
use law::{Act, Check, ClockChange, Mode, Refusal, Rule, calendar::Calendar, clock::begin_of_day, id::Uscc};

use lists::{facts::OfficeKind, officers::Officials};

use super::state::Complaint;
use crate::domain::{
    events::{ComplaintAccepted, ComplaintAnswered, ComplaintRegistered, Organ},
    facts::{Earlier, Facts},
    rules::{
        protect::Accused,
        receive::{CO_ACCEPT, CO_ROUTE},
    },
};

/// The matter, the act and the facts of one step.
pub(crate) struct Context<'a> {
    pub(super) complaint: &'a Complaint,
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

    /// It was registered. The person can write, rate and ask for a review after the end, too.
    pub(super) fn known(&self) -> Result<&'a ComplaintRegistered, Refusal> {
        let registered = self.complaint.registered.as_deref();
        registered.ok_or_else(|| Refusal::NotFound { what: "complaint", id: "not registered yet".to_owned() })
    }

    /// The same, and it has not ended.
    pub(super) fn open(&self) -> Result<&'a ComplaintRegistered, Refusal> {
        let registered = self.known()?;
        if self.complaint.ended.is_some() {
            return Err(Refusal::state("ENDED", "该事项已经办结", "the matter has ended"));
        }
        Ok(registered)
    }

    /// The same, and nobody has accepted it.
    pub(super) fn unaccepted(&self) -> Result<&'a ComplaintRegistered, Refusal> {
        let registered = self.open()?;
        if self.complaint.accepted.is_some() {
            return Err(Refusal::state("ALREADY_ACCEPTED", "该事项已经受理", "the matter was accepted already"));
        }
        Ok(registered)
    }

    /// It was accepted.
    pub(super) fn accepted(&self) -> Result<(&'a ComplaintRegistered, &'a ComplaintAccepted), Refusal> {
        let registered = self.known()?;
        let accepted = self.complaint.accepted.as_deref();
        let not_yet = || Refusal::state("NOT_ACCEPTED", "该事项尚未受理", "the matter has not been accepted");
        Ok((registered, accepted.ok_or_else(not_yet)?))
    }

    /// It was answered.
    pub(super) fn answered(&self) -> Result<&'a ComplaintAnswered, Refusal> {
        self.known()?;
        let answer = self.complaint.answer.as_deref();
        answer.ok_or_else(|| Refusal::state("NOT_ANSWERED", "该事项尚未答复", "the matter has not been answered"))
    }

    /// Whom it accuses.
    pub(super) fn accused(&self, registered: &'a ComplaintRegistered) -> Accused<'a> {
        Accused::of(registered, &self.facts.officers)
    }

    /// An agency as the list has it that day; one that is not there, or no more, is no organ to go to.
    pub(super) fn organ(&self, code: &Uscc) -> Result<Organ, Refusal> {
        let Some(listed) = self.facts.agency(code) else {
            return Err(Refusal::NotFound { what: "agency", id: code.to_string() });
        };
        Ok(Organ { agency: code.clone(), name: listed.name.clone(), region: listed.region.clone() })
    }

    /// The earlier matter that the step names, which is another one.
    pub(super) fn earlier(&self, registered: &ComplaintRegistered, field: &str) -> Result<Earlier, Refusal> {
        let Some(earlier) = self.facts.earlier else {
            return Err(Refusal::NotFound { what: "earlier complaint", id: "not registered".to_owned() });
        };
        if earlier.complaint == registered.complaint {
            return Err(Refusal::invalid(field, "is this matter itself"));
        }
        Ok(earlier)
    }

    /// The heads of the agency that handles it, among those whom the step names.
    pub(super) fn heads(&self, accepted: &'a ComplaintAccepted) -> Officials<'a> {
        let (known, agency) = (&self.facts.officers, &accepted.agency);
        Officials { known, offices: OfficeKind::HEADS, agency, day: self.day() }
    }

    /// Who sends the step, where it is taken as it is sent.
    pub(super) fn sender(&self) -> Option<&'a str> {
        (self.act.mode == Mode::Handling).then_some(self.act.actor.as_str())
    }

    /// The number drawn for the document, or the one asserted.
    pub(super) fn number(&self, asserted: &str) -> String {
        self.facts.number.clone().unwrap_or_else(|| asserted.to_owned())
    }

    /// The clock that waits for somebody to take the matter: of the agency that it was assigned to, else of who received it.
    pub(super) fn waits_for(&self) -> &'static Rule {
        if self.complaint.assigned.is_some() { &CO_ACCEPT } else { &CO_ROUTE }
    }

    /// Somebody took it, or sent it on.
    pub(super) fn taken(&self) -> ClockChange {
        ClockChange::stop(self.waits_for(), self.act.at)
    }
}

/// The moment from which the days since receipt are counted.
pub(super) fn received(registered: &ComplaintRegistered) -> Timestamp {
    begin_of_day(registered.received)
}

/// Ends a clock whose duty has fallen away.
pub(super) fn cancel(rule: &'static Rule) -> ClockChange {
    ClockChange::Cancelled { clock: rule.id.to_owned() }
}
