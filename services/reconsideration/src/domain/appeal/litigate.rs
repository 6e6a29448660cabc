//! In court.

use law::{
    ClockChange, Decided, MatterChange, Refusal,
    id::Whose,
    matter::Counted,
    period::{Deadline, Period},
};
use uuid::Uuid;

use super::{Answer, Appeal, Asked, Named, context::Context, perform::served_on, state::Suit};
use crate::domain::{
    events::*,
    rules::{
        handle::head_came,
        litigate::{self as rules, RE_OBEY, SUE},
        receive,
    },
    vocabulary::indicator,
    words::Defendant,
};

/// Whose fault it is that nobody answers, or that a judgment is not obeyed.
fn defendant(received: &ApplicationReceived, defendant: Defendant) -> Whose {
    match defendant {
        Defendant::Organ => received.organ.whose(),
        Defendant::Respondent | Defendant::Both => received.respondent.whose(),
    }
}

impl Asked for SuitFiled {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if self.filed > cx.day() {
            return Err(Refusal::invalid("filed", "is after the day on which the court accepted it"));
        }
        if cx.appeal.suits.contains_key(&self.suit) {
            return Err(Refusal::state("ALREADY_FILED", "该诉讼已经登记", "this suit is recorded already"));
        }
        let calendar = cx.calendar();
        let silent = cx.appeal.decide_by(calendar).filter(|_| cx.appeal.concluded.is_none());
        let begins = served_on(cx.appeal).map(Ok).or(silent);
        let last = begins.map(|day| {
            day.and_then(|day| Deadline::new(day, SUE, "").due(calendar))
                .map(|due| due.day().unwrap_or(jiff::civil::Date::MAX))
        });
        let mut check = cx.check();
        check
            .rule(&receive::RE_NOT_BOTH, receive::not_meanwhile(self.filed, silent, cx.appeal.standing.is_some()))
            .rule(&rules::RE_LITIGATE, rules::brought(self.filed, last, self.late_reason.as_deref()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

/// A suit on record.
fn suit<'a>(cx: &Context<'a>, id: Uuid) -> Result<(&'a ApplicationReceived, Suit), Refusal> {
    let received = cx.known()?;
    match cx.appeal.suits.get(&id) {
        Some(suit) => Ok((received, *suit)),
        None => Err(Refusal::NotFound { what: "suit", id: id.to_string() }),
    }
}

impl Asked for SuitHeard {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, suit) = suit(cx, self.suit)?;
        let came = head_came(self.head.as_deref(), self.absence.as_deref(), self.delegate.as_deref());
        let mut check = cx.check();
        check.rule_of(defendant(received, suit.defendant), &rules::RE_APPEAR, came);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }

    fn tell(&self, _: &Appeal, after: &Appeal, change: &mut MatterChange) {
        let against = after.suits.values().filter(|suit| suit.defendant.takes_in_respondent());
        let heard: Vec<bool> = against.filter_map(|suit| suit.appeared).collect();
        if !heard.is_empty() {
            change.counted = vec![Counted::new(indicator::APPEARED, heard.iter().all(|came| *came))];
        }
    }
}

impl Asked for JudgmentGiven {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, suit) = suit(cx, self.suit)?;
        if suit.judged.is_some_and(|(_, binding)| binding) {
            return Err(Refusal::state("ALREADY_BINDING", "该诉讼已有生效裁判", "there is a binding judgment already"));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let days = self.perform_days.filter(|days| *days > 0 && self.binding && self.judgment.obliges());
        Ok(vec![match days {
            Some(days) => {
                let key = self.suit.to_string();
                let clock = ClockChange::open_keyed(&RE_OBEY, &key, cx.act.at, Period::CalendarDays(days));
                decided.clock(clock.of(defendant(received, suit.defendant)))
            }
            None => decided,
        }])
    }

    fn tell(&self, _: &Appeal, after: &Appeal, change: &mut MatterChange) {
        let against = after.suits.values().filter(|suit| suit.defendant.takes_in_respondent());
        let judged: Vec<bool> = against.filter_map(|suit| suit.judged).map(|(judgment, _)| judgment.lost()).collect();
        if !judged.is_empty() {
            change.counted = vec![Counted::new(indicator::LOST, judged.iter().any(|lost| *lost))];
        }
    }
}

impl Asked for JudgmentPerformed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (_, suit) = suit(cx, self.suit)?;
        if suit.performed || !suit.judged.is_some_and(|(judgment, binding)| binding && judgment.obliges()) {
            return Err(Refusal::state(
                "NOTHING_TO_PERFORM",
                "没有需要履行的生效裁判",
                "there is no binding judgment to perform",
            ));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let clock = ClockChange::name(&RE_OBEY, &self.suit.to_string());
        Ok(vec![decided.clock(ClockChange::Stopped { clock, at: cx.act.at })])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for SuggestionReceived {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if cx.appeal.suggestions.contains_key(&self.suggestion) {
            return Err(Refusal::state("ALREADY_RECEIVED", "该建议已经登记", "this suggestion is recorded already"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for SuggestionAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        match cx.appeal.suggestions.get(&self.suggestion) {
            None => Err(Refusal::NotFound { what: "suggestion", id: self.suggestion.to_string() }),
            Some(true) => {
                Err(Refusal::state("ALREADY_ANSWERED", "该建议已经反馈", "this suggestion has been answered already"))
            }
            Some(false) => Ok(vec![Decided::plain(self.clone().dated(cx.act.at))]),
        }
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}
