//! Acceptance, extension, the answer, and what came of the lead.

use law::{ClockChange, Decided, MatterChange, Refusal, matter::Counted, period::Period};
use lists::officers;

use super::{
    Answer, Asked, Complaint, Named,
    context::{Context, received},
    matter,
};
use crate::domain::{
    events::*,
    rules::{
        lead::{self, CO_LEAD},
        protect,
        receive::{self, CO_TELL},
        satisfaction::{self, CO_RATE},
        settle::{self, CO_SETTLE},
        way,
    },
    vocabulary::{DECLINED, indicator},
    words::Kind,
};

impl Asked for ComplaintAccepted {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.unaccepted()?;
        let handler = cx.complaint.handler().map(|organ| organ.agency).unwrap_or_else(|| registered.agency.clone());
        let accused = cx.accused(registered);
        let mut check = cx.check();
        check
            .rule(&way::CO_REDIRECT, way::handled_here(self.way))
            .rule(&way::CO_FINAL, way::not_final(cx.facts.earlier.is_some_and(|earlier| earlier.rechecked)))
            .rule(&CO_TELL, receive::told(registered.reachable, &self.told))
            .rule(&protect::CO_PROTECT, protect::summarised(&registered.summary))
            .rule(&protect::CO_PROTECT, protect::kept_from(accused, &handler))
            .rule(&protect::CO_RECUSE, protect::may_handle(accused, &self.officer));
        if registered.kind == Kind::Report {
            check.rule(&CO_LEAD, lead::leads(registered.kind, self));
        }
        if registered.kind == Kind::Reprisal && cx.complaint.assigned.is_none() {
            check.rule(&protect::CO_REPRISAL, protect::escalated(None));
        }
        let (period, period_by) = cx.facts.days.to_settle(registered.kind);
        let officer_name = cx.facts.officer(&self.officer).map(|officer| officer.name.clone()).unwrap_or_default();
        let event = Self {
            agency: handler,
            officer_name,
            item: registered.item.clone(),
            summary: registered.summary.clone(),
            period,
            period_by,
            ..self.clone()
        };
        let start = settle::runs_from(registered.kind, cx.act.at, received(registered));
        Ok(vec![
            Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))
                .clock(cx.taken())
                .clock(ClockChange::open(&CO_SETTLE, start, period)),
        ])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.officer], ..Named::default() }
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.counted = vec![Counted::new(indicator::ACCEPTED, true)];
    }
}

impl Asked for ComplaintDeclined {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.unaccepted()?;
        if self.earlier.is_some() {
            cx.earlier(registered, "earlier_id")?;
        }
        // A link that was made before is no ground named now.
        let earlier = cx.facts.earlier.filter(|earlier| self.earlier == Some(earlier.complaint));
        let mut check = cx.check();
        check
            .rule(&way::CO_DECLINE, way::may_decline(self, earlier, cx.complaint.assigned.is_some()))
            .rule(&CO_TELL, receive::told(registered.reachable, &self.told));
        let event = self.clone().dated(cx.act.at);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event).clock(cx.taken())])
    }

    fn named(&self) -> Named<'_> {
        Named { earlier: self.earlier, ..Named::default() }
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.counted = vec![Counted::new(indicator::ACCEPTED, false)];
        change.decided = Some(Box::new(matter::ended_as(DECLINED)));
        change.ended = true;
    }
}

impl Asked for SettlementExtended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (registered, accepted) = cx.accepted()?;
        settling(cx)?;
        if self.days == 0 {
            return Err(Refusal::invalid("days", "must be at least 1"));
        }
        let (heads, mut check) = (cx.heads(accepted), cx.check());
        let approval = officers::approved(&self.approved_by, &heads, &[&accepted.officer]);
        check.rule(&settle::CO_EXTEND, settle::extended(cx.complaint.extended, self, approval, registered.reachable));
        let (approved_by, official) = heads.recorded(&self.approved_by);
        let longer = ClockChange::Extended {
            clock: CO_SETTLE.id.to_owned(),
            period: Period::CalendarDays(self.days),
            zh: self.reason.clone(),
            en: self.reason.clone(),
        };
        let event = Self { approved_by, official, ..self.clone() }.dated(cx.act.at);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event).clock(longer)])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }
}

/// The time to settle the matter runs.
fn settling(cx: &Context<'_>) -> Result<(), Refusal> {
    cx.open()?;
    if !cx.complaint.owes_settlement() {
        return Err(Refusal::state("ALREADY_ANSWERED", "该事项已经答复", "the matter has been answered already"));
    }
    Ok(())
}

impl Asked for ComplaintAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (registered, _) = cx.accepted()?;
        let complaint = cx.complaint;
        if !(complaint.owes_settlement() || complaint.owes_again) || complaint.is_over() {
            return Err(Refusal::state("ALREADY_ANSWERED", "该事项已经答复", "the matter has been answered already"));
        }
        if complaint.review.is_some() {
            return Err(Refusal::state("UNDER_REVIEW", "该事项正在复查、复核", "a review of the matter is pending"));
        }
        if !self.outcome.fits(registered.kind) {
            return Err(Refusal::invalid(
                "outcome",
                format!("a {} does not come to \"{}\"", registered.kind.en(), self.outcome.en()),
            ));
        }
        let mut check = cx.check();
        check
            .rule(&settle::CO_CONTENT, settle::complete(registered.kind, &self.facts, &self.opinion, &self.bases))
            .rule(&protect::CO_PROTECT, protect::names_nobody(&[&self.facts, &self.opinion]));
        if complaint.poor > 0 || registered.kind == Kind::ServiceRating {
            check.rule(&satisfaction::CO_RECTIFY, satisfaction::put_right(complaint.owes_rectification));
        }
        if registered.kind == Kind::NormReview {
            check.rule(&lead::CO_NORM, lead::examined(self));
        }
        let event = Self { number: cx.number(&self.number), ..self.clone() };
        let mut decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        for (owed, rule) in [(complaint.owes_settlement(), &CO_SETTLE), (complaint.owes_again, &CO_RATE)] {
            if owed {
                decided = decided.clock(ClockChange::stop(rule, cx.act.at));
            }
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named { series: Some(|_| REPLY), ..Named::default() }
    }

    fn tell(&self, before: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.decided = Some(Box::new(matter::decided(&self.number, self.outcome.id())));
        if before.answer.is_none() {
            change.counted = vec![Counted::new(indicator::HANDLED_ANEW, false)];
        }
    }
}

impl Asked for OutcomeReturned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (registered, accepted) = cx.accepted()?;
        if !accepted.lead {
            return Err(Refusal::state("NO_LEAD", "该事项不是执法线索", "the matter is no lead of enforcement"));
        }
        if cx.complaint.outcomes.contains(&self.decided) {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        check.rule(&CO_LEAD, lead::outcome_told(registered.reachable, &self.told));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}
