//! Receipt, links, and what belongs into another procedure.

use law::{ClockChange, Decided, MatterChange, Refusal, check::blank};

use super::{
    Answer, Asked, Complaint, Named,
    context::{Context, cancel, received},
    matter,
};
use crate::domain::{
    events::*,
    facts::Facts,
    rules::{
        lead, protect,
        receive::{self, CO_ROUTE},
        settle::CO_SETTLE,
        way,
    },
    vocabulary::REDIRECTED,
    words::{Kind, Way},
};

/// Who receives a matter: as listed that day, or as said.
pub(super) fn receiver(registered: &ComplaintRegistered, facts: &Facts) -> Organ {
    let listed = facts.agency(&registered.agency);
    Organ {
        agency: registered.agency.clone(),
        name: listed.map_or_else(|| registered.agency_name.clone(), |agency| agency.name.clone()),
        region: listed.map_or_else(|| registered.region.clone(), |agency| agency.region.clone()),
    }
}

impl Asked for ComplaintRegistered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        if cx.complaint.registered.is_some() {
            return Err(Refusal::state("ALREADY_REGISTERED", "该事项已经登记", "the matter is registered already"));
        }
        let organ = cx.organ(&self.agency)?;
        belongs_together(cx, self)?;
        let mut check = cx.check();
        check
            .rule(&receive::CO_REGISTER, receive::registered(self, cx.day(), cx.calendar()))
            .rule(&protect::CO_PROTECT, protect::names_nobody(&[&self.summary]));
        // What nobody has read yet names its document when it is summarised.
        if self.kind == Kind::NormReview && !blank(&self.summary) {
            check.rule(&lead::CO_NORM, lead::norm_named(self.norm.as_deref()));
        }
        let event = ComplaintRegistered {
            number: cx.number(&self.number),
            agency_name: organ.name,
            region: organ.region,
            item_name: cx.facts.item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
            ..self.clone()
        };
        let calls_for_nothing = self.score.is_some_and(|score| !score.is_poor());
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![if calls_for_nothing {
            decided
        } else {
            decided.clock(ClockChange::open(&CO_ROUTE, received(self), receive::ROUTE))
        }])
    }

    fn named(&self) -> Named<'_> {
        Named {
            agencies: vec![&self.agency],
            item: self.item.as_ref(),
            earlier: self.about,
            series: Some(|_| REGISTERED),
            ..Named::default()
        }
    }

    fn tell(&self, _: &Complaint, after: &Complaint, change: &mut MatterChange) {
        change.opened = Some(Box::new(matter::opened(self)));
        change.ended = after.ended.is_some();
    }
}

/// What only some kinds have is there for them and for no other.
fn belongs_together(cx: &Context<'_>, registered: &ComplaintRegistered) -> Result<(), Refusal> {
    if registered.received > cx.day() {
        return Err(Refusal::invalid("received", "is after the day of registration"));
    }
    if registered.score.is_some() != (registered.kind == Kind::ServiceRating) {
        return Err(Refusal::invalid("score", "must be there for the rating of a service, and for nothing else"));
    }
    if registered.about.is_some() != (registered.kind == Kind::Reprisal) {
        return Err(Refusal::invalid("about_id", "must be there for a reprisal, and for nothing else"));
    }
    if registered.norm.is_some() && registered.kind != Kind::NormReview {
        return Err(Refusal::invalid("norm", "is for requests to review a document"));
    }
    if registered.about.is_some() {
        cx.earlier(registered, "about_id")?;
    }
    Ok(())
}

impl Asked for ComplaintSummarised {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.unaccepted()?;
        if cx.complaint.assigned.is_some() {
            return Err(Refusal::state(
                "ALREADY_ASSIGNED",
                "该事项已经按照原摘要交办",
                "the matter was assigned with the summary that it has",
            ));
        }
        if self.norm.is_some() && registered.kind != Kind::NormReview {
            return Err(Refusal::invalid("norm", "is for requests to review a document"));
        }
        let told = [Some(&self.summary), self.place.as_ref(), self.norm.as_ref()];
        let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
        let mut check = cx.check();
        check.rule(&protect::CO_PROTECT, protect::names_nobody(&told));
        if registered.kind == Kind::NormReview {
            let norm = self.norm.as_deref().or(registered.norm.as_deref());
            check.rule(&lead::CO_NORM, lead::norm_named(norm));
        }
        let item_name = cx.facts.item.as_ref().map(|item| item.name.clone()).unwrap_or_default();
        let event = Self { item_name, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { item: self.item.as_ref(), ..Named::default() }
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.subject = Some(self.summary.clone());
    }
}

impl Asked for ComplaintLinked {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.known()?;
        cx.earlier(registered, "earlier_id")?;
        if cx.complaint.linked == Some(self.earlier) {
            return Ok(vec![]);
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { earlier: Some(self.earlier), ..Named::default() }
    }
}

impl Asked for ComplaintRedirected {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.open()?;
        if cx.complaint.answer.is_some() {
            return Err(Refusal::state("ALREADY_ANSWERED", "该事项已经答复", "the matter has been answered already"));
        }
        if self.way == Way::Ordinary {
            return Err(Refusal::invalid("way", "must be another procedure"));
        }
        let mut check = cx.check();
        check
            .rule(&way::CO_REDIRECT, way::sent_away(self, registered.reachable))
            .rule(&protect::CO_PROTECT, protect::summarised(&registered.summary));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        // What was accepted first and should not have been leaves its lateness behind, if there is any.
        Ok(vec![match cx.complaint.accepted {
            Some(_) => decided.clock(cancel(&CO_SETTLE)),
            None => decided.clock(cx.taken()),
        }])
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.decided = Some(Box::new(matter::ended_as(REDIRECTED)));
        change.ended = true;
    }
}
