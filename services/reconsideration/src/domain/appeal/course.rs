//! Review of what the act rests on, standstill, stay, more time, and ends without a decision.

use law::{
    ClockChange, Decided, MatterChange, Refusal,
    matter::{Counted, MatterDecided},
    period::Period,
};
use uuid::Uuid;

use super::{
    Answer, Appeal, Asked, Named,
    context::{Context, cancel, positive},
    receive::ended,
    state::{Norm, expiry},
};
use crate::domain::{
    events::*,
    rules::{
        course::{self as rules, NORM, NORM_PASS, NORM_REPLY, RE_NORM, RE_NORM_PASS, RE_NORM_REPLY, RE_SIXTY},
        handle::{RE_ANSWER, RE_COPY},
    },
    vocabulary::{indicator, outcome},
    words::NormSource,
};

impl Asked for NormQuestioned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.running()?;
        if cx.appeal.norms.contains_key(&self.norm) {
            return Err(Refusal::state("ALREADY_BEGUN", "该附带审查已经启动", "this review has begun already"));
        }
        if self.asked.is_some_and(|asked| asked > cx.day() || received.at.is_some_and(|at| asked < law::day_of(at))) {
            return Err(Refusal::invalid("asked", "must lie between the application and this act"));
        }
        // Asked for with the application, the time runs from acceptance, however late the organ begins; found by itself, from now.
        let start = match (self.source, self.asked) {
            (NormSource::Applicant, asked) => expiry(asked.map_or(accepted.on, |asked| asked.max(accepted.on))),
            (NormSource::Organ, _) => cx.act.at,
        };
        let key = self.norm.to_string();
        let clock = if self.competent {
            ClockChange::open_keyed(&RE_NORM, &key, start, NORM)
        } else {
            ClockChange::open_keyed(&RE_NORM_PASS, &key, start, NORM_PASS)
        };
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(clock)])
    }
}

fn review(cx: &Context<'_>, id: Uuid) -> Result<Norm, Refusal> {
    cx.running()?;
    let norm = cx.appeal.norms.get(&id).copied();
    norm.ok_or_else(|| Refusal::NotFound { what: "review of a basis", id: id.to_string() })
}

impl Asked for NormReferred {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let norm = review(cx, self.norm)?;
        if norm.competent || norm.referred || norm.settled {
            return Err(Refusal::state(
                "NOT_TO_REFER",
                "该审查不需要转送或者已经转送",
                "this review is not to be passed on, or was",
            ));
        }
        let clock = ClockChange::name(&RE_NORM_PASS, &self.norm.to_string());
        let stopped = ClockChange::Stopped { clock, at: cx.act.at };
        let receiver = match &self.receiver {
            Some(receiver) => Some(Context::listed(cx.facts.named.as_ref(), receiver)?),
            None => None,
        };
        let event = Self { receiver: receiver.clone(), ..self.clone() };
        let decided = Decided::plain(event.dated(cx.act.at)).clock(stopped);
        Ok(vec![match receiver {
            Some(receiver) => {
                let key = self.norm.to_string();
                decided.clock(ClockChange::open_keyed(&RE_NORM_REPLY, &key, cx.act.at, NORM_REPLY).of(receiver.whose()))
            }
            None => decided,
        }])
    }

    fn named(&self) -> Named<'_> {
        Named { agency: self.receiver.as_ref().map(|receiver| &receiver.agency), ..Named::default() }
    }
}

impl Asked for NormSettled {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let norm = review(cx, self.norm)?;
        if norm.settled || !norm.competent && !norm.referred {
            return Err(Refusal::state(
                "NOT_TO_SETTLE",
                "该审查已经有结果，或者尚未转送",
                "this review has its result already, or was not passed on",
            ));
        }
        let mut decided = Decided::plain(self.clone().dated(cx.act.at));
        if norm.competent {
            let clock = ClockChange::name(&RE_NORM, &self.norm.to_string());
            decided = decided.clock(ClockChange::Stopped { clock, at: cx.act.at });
        } else if norm.awaited {
            let clock = ClockChange::name(&RE_NORM_REPLY, &self.norm.to_string());
            decided = decided.clock(ClockChange::Stopped { clock, at: cx.act.at });
        }
        // The reason is gone: the time counts again, whether or not anybody tells the parties.
        let others = cx.appeal.norms.iter().any(|(id, norm)| *id != self.norm && !norm.settled);
        let waits =
            cx.appeal.standing.is_some_and(|s| s.ground == crate::domain::words::SuspendGround::Norm && s.counts);
        Ok(vec![if waits && !others { decided.clock(ClockChange::resume(RE_SIXTY.id, cx.day())) } else { decided }])
    }
}

impl Asked for AppealSuspended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.moving()?;
        let mut check = cx.check();
        check
            .rule(&rules::RE_SUSPEND, rules::suspendable(self.ground, &self.reason, cx.appeal.reviews()))
            .rule(&rules::RE_SUSPEND_TOLD, rules::told(&self.notice));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::suspend(RE_SIXTY.id, cx.day(), self.ground.zh(), self.ground.en()))])
    }
}

impl Asked for AppealResumed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        let Some(standing) = cx.appeal.standing else {
            return Err(Refusal::state("NOT_SUSPENDED", "案件没有中止", "the case does not stand still"));
        };
        let mut check = cx.check();
        check.rule(&rules::RE_SUSPEND_TOLD, rules::told(&self.notice));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        Ok(vec![if standing.counts { decided.clock(ClockChange::resume(RE_SIXTY.id, cx.day())) } else { decided }])
    }
}

/// Ends what the organ and the respondent owe until a decision: nothing follows any more. What ran out stays missed.
pub(super) fn nothing_follows(appeal: &Appeal, mut decided: Decided<AppealEvent>) -> Decided<AppealEvent> {
    if appeal.copied.is_none() {
        decided = decided.clock(cancel(&RE_COPY));
    } else if appeal.answer.is_none() {
        decided = decided.clock(cancel(&RE_ANSWER));
    }
    for (id, norm) in appeal.norms.iter().filter(|(_, norm)| !norm.settled) {
        let rule = match (norm.competent, norm.referred, norm.awaited) {
            (true, _, _) => &RE_NORM,
            (false, false, _) => &RE_NORM_PASS,
            (false, true, true) => &RE_NORM_REPLY,
            (false, true, false) => continue,
        };
        decided = decided.clock(ClockChange::Cancelled { clock: ClockChange::name(rule, &id.to_string()) });
    }
    decided
}

impl Asked for AppealTerminated {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        let standing = cx.appeal.standing.map(|s| (s.ground, s.since));
        let mut check = cx.check();
        let outcome = rules::terminable(self.ground, &self.reason, standing, cx.day(), cx.calendar());
        check.rule(&rules::RE_TERMINATE, outcome);
        let event = AppealTerminated { case: received.act.case, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![nothing_follows(cx.appeal, decided.clock(cancel(&RE_SIXTY)))])
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.decided = Some(Box::new(ended(outcome::TERMINATED)));
        change.counted = vec![Counted::new(indicator::CORRECTED, false)];
    }
}

impl Asked for AppealWithdrawn {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.open()?;
        let accepted = cx.appeal.accepted.is_some();
        let mut check = cx.check();
        check.rule(&rules::RE_WITHDRAW, rules::withdrawable(accepted, self));
        let event = AppealWithdrawn { case: received.act.case, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        if accepted {
            return Ok(vec![nothing_follows(cx.appeal, decided.clock(cancel(&RE_SIXTY)))]);
        }
        let waits = if cx.appeal.examined_since.is_some() {
            &crate::domain::rules::receive::RE_FIVE
        } else {
            &crate::domain::rules::receive::RE_SUPPLY
        };
        Ok(vec![decided.clock(cancel(waits))])
    }

    fn tell(&self, before: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.decided = Some(Box::new(ended(outcome::WITHDRAWN)));
        if before.accepted.is_some() {
            change.counted = vec![Counted::new(indicator::CORRECTED, false)];
        }
    }
}

impl Asked for MediationHeld {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        let case = received.act.case;
        if !self.agreed {
            let number = String::new();
            return Ok(vec![Decided::plain(MediationHeld { number, case, ..self.clone() }.dated(cx.act.at))]);
        }
        let mut check = cx.check();
        check.rule(&rules::RE_MEDIATE, rules::binding(self));
        let event = MediationHeld { number: cx.number(&self.number), case, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![nothing_follows(cx.appeal, decided.clock(ClockChange::stop(&RE_SIXTY, cx.act.at)))])
    }

    fn named(&self) -> Named<'_> {
        Named { series: self.agreed.then_some(MEDIATION), ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.counted = vec![Counted::new(indicator::MEDIATED, self.agreed)];
        if self.agreed {
            let number = self.number.clone();
            change.decided = Some(Box::new(MatterDecided { number, ..ended(outcome::MEDIATED) }));
            change.counted.push(Counted::new(indicator::CORRECTED, false));
        }
    }
}

impl Asked for StayDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        let mut check = cx.check();
        check.rule(&rules::RE_STAY, rules::stayed(self));
        let event = StayDecided { case: received.act.case, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }
}

impl Asked for DecisionExtended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.moving()?;
        positive("days", self.days.into())?;
        let head = cx.institution(received);
        let consent = head.named(&self.approved_by).map(drop);
        let mut check = cx.check();
        let (before, reason, notice) = (cx.appeal.extended, &self.reason, &self.notice);
        check.rule(&rules::RE_EXTEND, rules::extended(accepted.procedure, before, self.days, reason, consent, notice));
        let (approved_by, official) = head.recorded(&self.approved_by);
        let event = DecisionExtended { approved_by, official, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::Extended {
            clock: RE_SIXTY.id.to_owned(),
            period: Period::CalendarDays(self.days),
            zh: self.reason.clone(),
            en: self.reason.clone(),
        })])
    }

    fn named(&self) -> Named<'_> {
        Named { head: Some(&self.approved_by), ..Named::default() }
    }
}
