//! Whose matter it is: assigned, objected to, sent back, ruled, joined.

use law::{ClockChange, Decided, MatterChange, Refusal, day_of, matter::Counted};

use super::{
    Answer, Asked, Complaint, Named,
    context::{Context, cancel, received},
};
use crate::domain::{
    events::*,
    rules::{
        protect,
        receive::{self, CO_ACCEPT, CO_ROUTE},
        way,
    },
    vocabulary::indicator,
    words::Kind,
};

impl Asked for ComplaintAssigned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.unaccepted()?;
        if cx.complaint.assigned.is_some() {
            return Err(Refusal::state(
                "ALREADY_ASSIGNED",
                "该事项已经交办；承办机关提出异议并经核实后方可改办",
                "the matter is assigned; it comes back when the agency objects and the objection is agreed to",
            ));
        }
        let to = cx.organ(&self.to.agency)?;
        let mut check = cx.check();
        check
            .rule(&way::CO_REDIRECT, way::handled_here(registered.way))
            .rule(
                &receive::CO_RULING,
                receive::may_assign(cx.complaint.returns, cx.complaint.ruled.as_ref(), &to.agency),
            )
            .rule(&protect::CO_PROTECT, protect::summarised(&registered.summary))
            .rule(&protect::CO_PROTECT, protect::kept_from(cx.accused(registered), &to.agency));
        if registered.kind == Kind::Reprisal {
            check.rule(&protect::CO_REPRISAL, protect::escalated(self.reported_to.as_deref()));
        }
        let event = Self { to, ..self.clone() }.dated(cx.act.at);
        Ok(vec![
            Decided::under(check.settle(cx.act.mode)?, event)
                .clock(ClockChange::stop(&CO_ROUTE, cx.act.at))
                .clock(ClockChange::open(&CO_ACCEPT, cx.act.at, receive::ACCEPT)),
        ])
    }

    fn named(&self) -> Named<'_> {
        Named { agencies: vec![&self.to.agency], ..Named::default() }
    }

    fn tell(&self, before: &Complaint, _: &Complaint, change: &mut MatterChange) {
        if before.returns == 0 {
            change.counted = vec![Counted::new(indicator::FIRST_RETURN, false)];
        }
    }
}

impl Asked for AssignmentObjected {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.unaccepted()?;
        let Some((_, assigned)) = &cx.complaint.assigned else {
            return Err(not_assigned());
        };
        if cx.complaint.objected {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        check
            .rule(&receive::CO_OBJECT, receive::objected(day_of(*assigned), cx.day(), cx.calendar()))
            .rule(&receive::CO_RULING, receive::may_object(cx.complaint.ruled.as_ref()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

fn not_assigned() -> Refusal {
    Refusal::state("NOT_ASSIGNED", "该事项没有交办", "the matter is not assigned to anybody")
}

impl Asked for ObjectionDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.unaccepted()?;
        if !cx.complaint.objected {
            return Err(Refusal::state("NO_OBJECTION", "没有待核实的异议", "there is no objection to decide on"));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        Ok(vec![if self.agreed {
            decided.clock(cancel(&CO_ACCEPT)).clock(ClockChange::open(&CO_ROUTE, received(registered), receive::ROUTE))
        } else {
            decided
        }])
    }

    fn tell(&self, before: &Complaint, _: &Complaint, change: &mut MatterChange) {
        if self.agreed && before.returns == 0 {
            change.counted = vec![Counted::new(indicator::FIRST_RETURN, true)];
        }
    }
}

impl Asked for AssignmentRuled {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.unaccepted()?;
        if cx.complaint.returns == 0 || cx.complaint.assigned.is_some() {
            return Err(Refusal::state(
                "NOT_DISPUTED",
                "没有退回待定的争议",
                "the matter did not come back, so there is no dispute to rule on",
            ));
        }
        let event = Self { to: cx.organ(&self.to.agency)?, ..self.clone() };
        Ok(vec![Decided::plain(event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { agencies: vec![&self.to.agency], ..Named::default() }
    }
}

impl Asked for HandlingJoined {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.open()?;
        let Some(handler) = cx.complaint.handler() else { return Err(not_assigned()) };
        if self.lead != handler.agency {
            return Err(Refusal::invalid("lead", format!("must be the agency with which it lies, {}", handler.agency)));
        }
        if self.with.is_empty() || self.with.iter().any(|organ| organ.agency == self.lead) {
            return Err(Refusal::invalid("with", "must name the others, and not the one that leads"));
        }
        let with = self.with.iter().map(|organ| cx.organ(&organ.agency)).collect::<Result<Vec<_>, _>>()?;
        let mut check = cx.check();
        check.rule(&protect::CO_PROTECT, protect::summarised(&registered.summary));
        for organ in &with {
            check.rule(&protect::CO_PROTECT, protect::kept_from(cx.accused(registered), &organ.agency));
        }
        let event = Self { with, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { agencies: self.with.iter().map(|organ| &organ.agency).collect(), ..Named::default() }
    }
}
