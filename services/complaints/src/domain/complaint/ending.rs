//! Taken back, or closed: nothing is left open in silence.

use law::{Decided, MatterChange, Refusal, ending, ending::Owed, id::Whose};

use super::{
    Answer, Asked, Complaint,
    context::{Context, cancel},
};
use crate::domain::{
    events::*,
    rules::{
        lead::{self, CO_LEAD},
        review::{self, CO_REVIEW_ANSWER},
        satisfaction::{self, CO_RATE, CO_SUPERVISE},
        settle::CO_SETTLE,
    },
};

impl Asked for ComplaintWithdrawn {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        if cx.complaint.answer.is_some() {
            return Err(Refusal::state("ALREADY_ANSWERED", "该事项已经答复", "the matter has been answered already"));
        }
        // What has run out by then stays missed.
        let owed = if cx.complaint.accepted.is_some() { &CO_SETTLE } else { cx.waits_for() };
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(cancel(owed))])
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.ended = true;
    }
}

/// What is owed in a matter, by the names of its clocks and duties.
fn owed(complaint: &Complaint) -> Vec<Owed> {
    let mut owed = Vec::new();
    let mut also = |open: bool, what: Owed| {
        if open {
            owed.push(what);
        }
    };
    also(complaint.owes_settlement(), Owed::under(&CO_SETTLE));
    also(complaint.owes_again, Owed::under(&CO_RATE));
    if let Some((instance, _)) = &complaint.review {
        also(true, Owed::keyed(&CO_REVIEW_ANSWER, review::key(*instance)));
    }
    let lead = complaint.accepted.as_ref().is_some_and(|accepted| accepted.lead);
    also(lead && complaint.outcome.is_none(), Owed::under(&CO_LEAD));
    owed
}

impl Asked for ComplaintClosed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.open()?;
        cx.answered()?;
        let complaint = cx.complaint;
        ending::named(&owed(complaint), &self.left)?;
        let mut check = cx.check();
        // Whoever received the matter watches over it, whoever handles it.
        let office = Whose { agency: registered.agency.clone(), region: registered.region.clone() };
        let late = complaint.is_late(cx.day(), cx.calendar());
        check.rule_of(office, &CO_SUPERVISE, satisfaction::supervised(late, complaint.poor, complaint.supervised));
        if complaint.accepted.as_ref().is_some_and(|accepted| accepted.lead) {
            check.rule(&CO_LEAD, lead::returned(true, complaint.outcome.is_some()));
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.ended = true;
    }
}
