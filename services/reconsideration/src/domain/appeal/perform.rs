//! Service, publication, letters, performance, compensation, what comes back from elsewhere.

use law::{ClockChange, Decided, MatterChange, Refusal, day_of, period::Period};

use super::{
    Answer, Appeal, Asked, Conclusion, Named,
    context::{Context, positive},
    state::{Compensating, expiry},
};
use crate::domain::{
    events::*,
    rules::perform::{self as rules, OPINION, PAY, RE_OPINION, RE_PAY, RE_PERFORM},
    words::{Ground, LetterKind, Means},
};

/// The clock of an order to perform, beside that of the decision.
const ORDERED: &str = "ordered";

impl Asked for DecisionServed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.known()?;
        let by_document = matches!(cx.appeal.concluded, Some((Conclusion::Decided | Conclusion::Mediated, _)));
        if !by_document {
            return Err(Refusal::state(
                "NOT_DECIDED",
                "没有复议决定书、调解书",
                "there is no decision and no mediation",
            ));
        }
        if cx.appeal.served.is_some() {
            return Err(Refusal::state("ALREADY_SERVED", "决定书、调解书已经送达", "it has been served already"));
        }
        let mut check = cx.check();
        if cx.appeal.decision.is_some() {
            check.rule(&rules::RE_INFORM, rules::informed(received.relation, self.informed.as_deref()));
        }
        let event = Self { again: again(cx, received), ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        let clock = cx.appeal.to_perform().map(|days| {
            let period = Period::CalendarDays(days);
            ClockChange::open(&RE_PERFORM, cx.act.at, period).of(received.respondent.whose())
        });
        Ok(vec![clock.into_iter().fold(decided, Decided::clock)])
    }
}

/// What the decision orders to be done again in a case.
fn again(cx: &Context<'_>, received: &ApplicationReceived) -> Option<Again> {
    let decision = cx.appeal.decision.as_deref().filter(|decision| decision.redo)?;
    Some(Again {
        case: decision.case?,
        organ: received.organ.name.clone(),
        number: decision.number.clone(),
        days: cx.appeal.to_perform()?,
        for_procedure: decision.ground == Ground::Procedure,
    })
}

impl Asked for DecisionPublished {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.decided()?;
        if cx.appeal.published {
            return Err(Refusal::state("ALREADY_PUBLISHED", "决定书已经公开", "the decision is public already"));
        }
        let mut check = cx.check();
        check.rule(&rules::RE_NAMES, rules::nameless(self));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.published = Some(self.url.clone());
    }
}

impl Asked for LetterIssued {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if cx.appeal.accepted.as_ref().is_none_or(|accepted| cx.day() < accepted.on) {
            return Err(Refusal::state("NOT_ACCEPTED", "复议申请尚未受理", "the application is not accepted yet"));
        }
        if cx.appeal.letters.contains_key(&self.letter) {
            return Err(Refusal::state("ALREADY_ISSUED", "该文书已经制发", "this letter has been issued already"));
        }
        let to = Context::listed(cx.facts.named.as_ref(), &self.to)?;
        let whose = to.whose();
        let event = LetterIssued { number: cx.number(&self.number), to, ..self.clone() };
        let decided = Decided::plain(event.dated(cx.act.at));
        Ok(vec![match self.kind {
            LetterKind::Opinion => {
                let key = self.letter.to_string();
                decided.clock(ClockChange::open_keyed(&RE_OPINION, &key, cx.act.at, OPINION).of(whose))
            }
            LetterKind::Suggestion => decided,
        }])
    }

    fn named(&self) -> Named<'_> {
        Named { agency: Some(&self.to.agency), series: Some(LETTER), ..Named::default() }
    }
}

impl Asked for LetterAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        let Some(letter) = cx.appeal.letters.get(&self.letter) else {
            return Err(Refusal::NotFound { what: "letter", id: self.letter.to_string() });
        };
        if letter.answered {
            return Err(Refusal::state("ALREADY_ANSWERED", "该文书已经回复", "this letter has been answered already"));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let clock = ClockChange::name(&RE_OPINION, &self.letter.to_string());
        Ok(vec![match letter.kind {
            LetterKind::Opinion => decided.clock(ClockChange::Stopped { clock, at: cx.act.at }),
            LetterKind::Suggestion => decided,
        }])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

/// What is performed ends its clocks.
fn performed(cx: &Context<'_>, mut decided: Decided<AppealEvent>) -> Decided<AppealEvent> {
    if cx.appeal.performed.is_none() && cx.appeal.task.is_some() {
        decided = decided.clock(ClockChange::stop(&RE_PERFORM, cx.act.at));
    }
    if cx.appeal.performed.is_none() && cx.appeal.order.is_some() {
        let clock = ClockChange::name(&RE_PERFORM, ORDERED);
        decided = decided.clock(ClockChange::Stopped { clock, at: cx.act.at });
    }
    decided
}

impl Asked for DecisionPerformed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.served()?;
        if cx.appeal.decision.as_ref().is_some_and(|decision| decision.redo) {
            return Err(Refusal::state(
                "TO_BE_REDONE",
                "决定责令重新作出行政行为；请报告新的行政行为",
                "the act is to be done again; report the new one",
            ));
        }
        Ok(vec![performed(cx, Decided::plain(self.clone().dated(cx.act.at)))])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for ActRedone {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.served()?;
        let (received, decision) = cx.decided()?;
        if !decision.redo {
            return Err(Refusal::state(
                "NOT_TO_REDO",
                "决定没有责令重新作出行政行为",
                "the act was not ordered to be done again",
            ));
        }
        let mut check = cx.check();
        let outcome = rules::another(decision, &received.act, self);
        check.rule_of(received.respondent.whose(), &rules::RE_SAME, outcome);
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        Ok(vec![performed(cx, decided)])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for PerformancePressed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.served()?;
        let ordered = self.means == Means::Order;
        if ordered != self.days.is_some_and(|days| days > 0) {
            return Err(Refusal::invalid("days", "is for an order to perform, and must be more than 0"));
        }
        let mut check = cx.check();
        check.rule(&rules::RE_PRESS, rules::late(cx.appeal.late(cx.day(), cx.calendar())));
        let mut decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        if let Some(days) = self.days.filter(|_| cx.appeal.order.is_none() && cx.appeal.performed.is_none()) {
            let clock = ClockChange::open_keyed(&RE_PERFORM, ORDERED, cx.act.at, Period::CalendarDays(days));
            decided = decided.clock(clock.of(received.respondent.whose()));
        }
        Ok(vec![decided])
    }
}

impl Asked for CompensationClaimed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.served()?;
        positive("amount_fen", self.amount_fen)?;
        let granted = cx.appeal.decision.as_ref().and_then(|d| d.compensation.as_ref()).map_or(0, |c| c.granted_fen);
        if granted < self.amount_fen || cx.appeal.compensation != Compensating::Not {
            return Err(Refusal::state(
                "NOTHING_TO_CLAIM",
                "没有可以申请支付的赔偿金",
                "there is no compensation to be claimed",
            ));
        }
        let clock = ClockChange::open(&RE_PAY, cx.act.at, PAY).of(received.respondent.whose());
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(clock)])
    }
}

impl Asked for CompensationPaid {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.served()?;
        positive("amount_fen", self.amount_fen)?;
        if cx.appeal.compensation != Compensating::Claimed {
            return Err(Refusal::state("NOT_CLAIMED", "没有待支付的赔偿金", "no compensation is to be paid"));
        }
        if self.requested > cx.day() {
            return Err(Refusal::invalid("requested", "is after the payment"));
        }
        let at = if self.requested == cx.day() { cx.act.at } else { expiry(self.requested) };
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(ClockChange::stop(&RE_PAY, at))])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for EffectNoted {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.decided()?;
        if cx.appeal.effects.contains(&self.effect) {
            return Ok(Vec::new());
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

/// The day on which a decision was served.
pub(super) fn served_on(appeal: &Appeal) -> Option<jiff::civil::Date> {
    appeal.served.map(day_of)
}
