//! Receipt, supplement, acceptance by the organ or by silence.

use jiff::Timestamp;
use law::{
    ClockChange, Decided, MatterChange, Refusal,
    calendar::in_time,
    check::Outcome as Checked,
    matter::{MatterDecided, Opened},
    period::Period,
};

use super::{
    Answer, Appeal, Asked, Named,
    context::{Context, cancel, positive},
    state::expiry,
};
use crate::domain::{
    events::*,
    rules::{
        course::{DECIDE, DECIDE_SIMPLE, RE_SIXTY},
        handle::{self, COPY, COPY_SIMPLE, RE_COPY},
        jurisdiction::{RE_JURISDICTION, competent},
        period::{RE_PERIOD, applied},
        receive::{self as rules, EXAMINE, RE_FIVE, RE_SUPPLY, SUPPLY},
    },
    vocabulary::{APPEAL, outcome},
    words::*,
};

impl Asked for ApplicationReceived {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        if cx.appeal.received.is_some() {
            return Err(Refusal::state("ALREADY_RECEIVED", "该申请已经登记", "the application is registered already"));
        }
        if self.made > cx.day() {
            return Err(Refusal::invalid("made", "is after the day of receipt"));
        }
        if self.act.done > self.act.known || self.act.known > self.made {
            return Err(Refusal::invalid(
                "act.known",
                "must lie between the day of the act and that of the application",
            ));
        }
        if self.applicants == 0 {
            return Err(Refusal::invalid("applicants", "must be at least 1"));
        }
        if let Some(wrong) = self.hindrances.iter().position(|h| h.until < h.from) {
            return Err(Refusal::invalid(format!("hindrances[{wrong}].until"), "is before from"));
        }
        let mut check = cx.check();
        if self.through.is_some_and(|through| through < self.made || through > cx.day()) {
            return Err(Refusal::invalid("through", "must lie between the day it was made and its receipt"));
        }
        check.rule(&rules::RE_ORAL, rules::written_down(self.channel, self.oral_record.as_deref()));
        if self.through.is_some() {
            let outcome = rules::passed_on(self.through, cx.day(), cx.calendar());
            check.rule_of(self.respondent.whose(), &rules::RE_FORWARD, outcome);
        }
        let event = ApplicationReceived {
            number: cx.number(&self.number),
            organ: Context::listed(cx.facts.organ.as_ref(), &self.organ)?,
            respondent: Context::listed(cx.facts.respondent.as_ref(), &self.respondent)?,
            item_name: cx.facts.item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
            ..self.clone()
        };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::open(&RE_FIVE, cx.act.at, EXAMINE))])
    }

    fn named(&self) -> Named<'_> {
        Named { series: Some(REGISTER), before_acceptance: true, ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.opened = Some(Box::new(Opened {
            kind: APPEAL.to_owned(),
            id: self.appeal.to_string(),
            number: self.number.clone(),
            subject: self.act.what.clone(),
            agency: self.respondent.agency.to_string(),
            agency_name: self.respondent.name.clone(),
            region: self.respondent.region.to_string(),
            keeper: self.organ.agency.to_string(),
            party: self.applicant.name.clone(),
            party_kind: self.applicant.kind.id().to_owned(),
            item: self.act.item.as_ref().map(ToString::to_string).unwrap_or_default(),
            item_name: self.item_name.clone(),
            place: self.organ.name.clone(),
            from: Some(self.act.done),
            discovered: Some(self.act.known),
            procedure: self.act.kind.id().to_owned(),
            source: self.channel.id().to_owned(),
            source_reference: self.act.number.clone(),
            ..Opened::default()
        }));
    }
}

impl Asked for SupplementRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.pending()?;
        if self.sent > cx.day() {
            return Err(Refusal::invalid("sent", "is after the day on which the applicant got it"));
        }
        let before = cx.appeal.supplement.is_some();
        // While nothing is examined, a supplement was asked for and is awaited.
        let last = cx.appeal.examine_by(cx.calendar()).unwrap_or(Ok(self.sent));
        let mut check = cx.check();
        check.rule(&rules::RE_SUPPLEMENT, rules::asked_once(before, self.sent, last));
        // It is examined no further unless the request is known to be late, or a second one.
        let in_time = !before && in_time(self.sent, last).unwrap_or(true);
        let event = SupplementRequested { in_time, ..self.clone() }.dated(cx.act.at);
        let decided = Decided::under(check.settle(cx.act.mode)?, event);
        if !in_time {
            return Ok(vec![decided]);
        }
        Ok(vec![decided.clock(cancel(&RE_FIVE)).clock(ClockChange::open(&RE_SUPPLY, cx.act.at, SUPPLY))])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }
}

/// What a supplement that is awaited was asked for.
fn awaited<'a>(cx: &Context<'a>) -> Result<&'a super::state::Supplement, Refusal> {
    cx.pending()?;
    cx.appeal
        .supplement
        .as_ref()
        .filter(|supplement| supplement.in_time && !supplement.came)
        .ok_or_else(|| Refusal::state("NO_SUPPLEMENT", "没有等待补正的材料", "no supplement is awaited"))
}

impl Asked for SupplementExtended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        awaited(cx)?;
        positive("working_days", self.working_days.into())?;
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::Extended {
            clock: RE_SUPPLY.id.to_owned(),
            period: Period::WorkingDays(self.working_days),
            zh: self.reason.clone(),
            en: self.reason.clone(),
        })])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }
}

impl Asked for ApplicationSupplemented {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        awaited(cx)?;
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let stopped = ClockChange::stop(&RE_SUPPLY, cx.act.at);
        Ok(vec![decided.clock(stopped).clock(ClockChange::open(&RE_FIVE, cx.act.at, EXAMINE))])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }
}

impl Asked for ApplicationLapsed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        awaited(cx)?;
        let received = cx.known()?;
        let last = cx.appeal.supplement_by(cx.calendar()).unwrap_or(Ok(cx.day()));
        let mut check = cx.check();
        let outcome = rules::given_up(cx.day(), last, self.excuse.as_deref(), self.why_not.as_deref());
        check.rule(&rules::RE_LAPSE, outcome);
        let event = ApplicationLapsed { case: received.act.case, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![decided.clock(cancel(&RE_SUPPLY))])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.decided = Some(Box::new(ended(outcome::LAPSED)));
    }
}

/// An end without a document.
pub(super) fn ended(outcome: &str) -> MatterDecided {
    MatterDecided { outcome: outcome.to_owned(), ..MatterDecided::default() }
}

/// What the law of the case says of one condition of acceptance (ARL 30), where the file can tell.
fn admissible(cx: &Context<'_>, received: &ApplicationReceived, lack: Lack) -> Option<Checked> {
    match lack {
        Lack::Period => Some(applied(&received.act, &received.hindrances, received.made, cx.calendar())),
        Lack::Jurisdiction => Some(competent(received.relation, cx.facts.organ.as_ref(), cx.facts.respondent.as_ref())),
        Lack::Pending => Some(rules::no_court(received.court.as_deref()).and_then(|()| again(cx, received))),
        Lack::Parties | Lack::Interest | Lack::Request | Lack::Scope => None,
    }
}

fn again(cx: &Context<'_>, received: &ApplicationReceived) -> Checked {
    let known = crate::domain::act::stream(received).map(|_| cx.facts.earlier.as_slice());
    rules::first_time(known, received.applicant.key(), received.unwilling.as_deref())
}

/// The acceptance that silence has come to by this act; none while the application is examined, or nobody can tell.
pub(super) fn silence(cx: &Context<'_>) -> Option<Decided<AppealEvent>> {
    let last = cx.appeal.examine_by(cx.calendar())?.ok().filter(|last| *last < cx.day())?;
    let event = ApplicationAccepted {
        on: last,
        deemed: true,
        procedure: Procedure::Ordinary,
        ground: None,
        consent: None,
        at: None,
    };
    Some(accepted(Decided::plain(event.dated(expiry(last))), expiry(last), Procedure::Ordinary))
}

/// Acceptance ends the examination, and begins what follows from it.
fn accepted(decided: Decided<AppealEvent>, at: Timestamp, procedure: Procedure) -> Decided<AppealEvent> {
    let (copy, decide) = match procedure {
        Procedure::Simple => (COPY_SIMPLE, DECIDE_SIMPLE),
        Procedure::Ordinary => (COPY, DECIDE),
    };
    decided
        .clock(ClockChange::stop(&RE_FIVE, at))
        .clock(ClockChange::open(&RE_COPY, at, copy))
        .clock(ClockChange::open(&RE_SIXTY, at, decide))
}

impl Asked for ApplicationAccepted {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.pending()?;
        if cx.appeal.examine_by(cx.calendar()).is_none() {
            return Err(Refusal::state("SUPPLEMENT_AWAITED", "正在等待申请人补正", "a supplement is awaited"));
        }
        if let Some(noted) = silence(cx) {
            return Ok(vec![noted]);
        }
        let mut check = cx.check();
        check
            .rule(&RE_PERIOD, applied(&received.act, &received.hindrances, received.made, cx.calendar()))
            .rule(&RE_JURISDICTION, competent(received.relation, cx.facts.organ.as_ref(), cx.facts.respondent.as_ref()))
            .rule(&rules::RE_NOT_BOTH, rules::no_court(received.court.as_deref()))
            .rule(&rules::RE_AGAIN, again(cx, received));
        if self.procedure == Procedure::Simple {
            check.rule(&handle::RE_SIMPLE, handle::simple(self.ground, &received.act, self.consent.as_deref()));
        }
        let event = ApplicationAccepted { on: cx.day(), deemed: false, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![accepted(decided, cx.act.at, self.procedure)])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }
}

impl Asked for ApplicationRejected {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.pending()?;
        let Some(last) = cx.appeal.examine_by(cx.calendar()) else {
            return Err(Refusal::state("SUPPLEMENT_AWAITED", "正在等待申请人补正", "a supplement is awaited"));
        };
        let proved = admissible(cx, received, self.lack);
        let mut check = cx.check();
        check.rule(&rules::RE_DEEMED, rules::still_examined(cx.day(), last)).rule(
            &rules::RE_REJECT,
            rules::lacking(self.lack, &self.reasons, self.competent.as_deref(), proved.as_ref()),
        );
        let event = ApplicationRejected { case: received.act.case, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::stop(&RE_FIVE, cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { before_acceptance: true, ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.decided = Some(Box::new(ended(outcome::REJECTED)));
    }
}
