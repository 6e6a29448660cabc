//! What events of other services lead to: which of them have been followed, and what was refused.
//!
//! The mark of a reaction stands in the same append as the event it led to, so that each happens once, whatever dies. A
//! reaction that the matter refuses is recorded as such, broken under the rule that asks for it: it is never lost, and never
//! tried for ever.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    act::Act,
    check::{Breach, Refusal, Verdict},
    decider::{Decided, Decider},
    event::DomainEvent,
    order::After,
    rule::Rule,
};

/// Which event led to which step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Led {
    /// The service whose event it is.
    pub service: String,
    /// Its place in that service's log.
    pub log_index: u64,
    /// Its id.
    pub event: Uuid,
    /// Its stored type.
    pub kind: String,
    /// Which of the steps that it leads to here, from 0.
    pub nth: u32,
    /// How many there are.
    pub of: u32,
    /// The step.
    pub step: String,
    /// The matter's stream here.
    pub matter: String,
}

impl Led {
    /// What is to be followed next: the log index, and how many of the steps that the event there leads to are done.
    const fn next(&self) -> (u64, u32) {
        if self.nth + 1 < self.of { (self.log_index, self.nth + 1) } else { (self.log_index + 1, 0) }
    }
}

/// An event of another service was followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventFollowed {
    /// Which led to which.
    pub led: Led,
}

/// An event of another service could not be followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReactionRefused {
    /// Which would have led to which.
    pub led: Led,
    /// Why not, in Chinese.
    pub zh: String,
    /// Why not, in English.
    pub en: String,
}

/// What is to be recorded of a reaction.
#[derive(Clone, Debug)]
pub enum React {
    /// It happened, as a rule asks.
    Followed(&'static Rule, EventFollowed),
    /// It did not, though a rule asks for it.
    Refused(&'static Rule, ReactionRefused),
}

/// How far the events of a service have been followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The log index to go on from.
    pub log_index: u64,
    /// How many of the steps that the event there leads to are done.
    pub done: u32,
}

/// The event of a service that keeps a reaction, under its own stored types.
pub trait Reacted: DomainEvent + From<EventFollowed> + From<ReactionRefused> {
    /// Which led to which.
    fn led(&self) -> &Led;
}

/// Keeps the reactions of a service, a stream for each service that it follows; `E` is its event.
#[derive(Debug)]
pub struct Reactions<E>(PhantomData<fn() -> E>);

/// The stream in which a service keeps what it has followed of another.
pub fn stream(service: &str) -> String {
    format!("reaction/{service}")
}

impl<E: Reacted> Decider for Reactions<E> {
    type Command = React;
    type State = Position;
    type Event = E;

    fn answers(_: &React) -> Vec<After> {
        Vec::new()
    }

    fn decide(position: &Position, _: &Act, react: &React) -> Result<Vec<Decided<E>>, Refusal> {
        let led = match react {
            React::Followed(_, followed) => &followed.led,
            React::Refused(_, refused) => &refused.led,
        };
        // What another process has followed meanwhile is done.
        if (led.log_index, led.nth) < (position.log_index, position.done) {
            return Ok(Vec::new());
        }
        Ok(vec![match react {
            React::Followed(rule, followed) => {
                let verdict = Verdict { satisfied: vec![rule.id], ..Verdict::default() };
                Decided::under(verdict, followed.clone())
            }
            React::Refused(rule, refused) => {
                let (zh, en) = (refused.zh.clone(), refused.en.clone());
                let breach = Breach { rule: rule.id.to_owned(), citation: rule.citation_zh(), zh, en, whose: None };
                Decided::under(Verdict { violations: vec![breach], ..Verdict::default() }, refused.clone())
            }
        }])
    }

    fn evolve(position: &mut Position, event: &E) {
        let (log_index, done) = event.led().next();
        *position = Position { log_index, done };
    }

    fn attempt(_: &Position, _: &Act, _: &React, _: &[Breach]) -> Option<E> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Citation,
        citation::APL,
        decider::harness::{act, given},
        rule::{Debtor, Kind, Tests, date},
    };

    static DUTY: Rule = Rule {
        id: "EN-X",
        name: crate::Label::new("规则", "rule"),
        kind: Kind::Duty,
        debtor: Debtor::Agency,
        compared: None,
        exceptions: &[],
        citations: &[Citation::article(&APL, 48)],
        zh: "规则",
        en: "a rule",
        plans: &[],
        params: &[],
        since: date(2021, 7, 15),
        until: None,
        tests: Tests { allows: &[], refuses: &[] },
    };

    crate::events! {
        /// Reactions of a test.
        enum ReactionEvent {
            EventFollowed = "test.reaction.EventFollowed.v1": did("联动", "Followed"),
            ReactionRefused = "test.reaction.ReactionRefused.v1": did("联动未成", "Not followed"),
        }
    }

    impl Reacted for ReactionEvent {
        fn led(&self) -> &Led {
            match self {
                Self::EventFollowed(e) => &e.led,
                Self::ReactionRefused(e) => &e.led,
            }
        }
    }

    fn led(log_index: u64, nth: u32, of: u32) -> Led {
        Led {
            service: "reconsideration".into(),
            log_index,
            event: Uuid::from_u128(u128::from(log_index)),
            kind: "reconsideration.appeal.AppealDecided.v1".into(),
            nth,
            of,
            step: "OverturnDecision".into(),
            matter: "case/1".into(),
        }
    }

    fn followed(log_index: u64, nth: u32, of: u32) -> EventFollowed {
        EventFollowed { led: led(log_index, nth, of) }
    }

    fn position(events: &[ReactionEvent]) -> Position {
        *given::<Reactions<ReactionEvent>>(events.iter().cloned()).state()
    }

    #[test]
    fn goes_on_behind_the_last_step_that_was_followed() {
        assert_eq!(position(&[]), Position { log_index: 0, done: 0 });
        assert_eq!(position(&[followed(7, 0, 1).into()]), Position { log_index: 8, done: 0 });
        assert_eq!(position(&[followed(7, 0, 2).into()]), Position { log_index: 7, done: 1 });
        assert_eq!(position(&[followed(7, 0, 2).into(), followed(7, 1, 2).into()]), Position { log_index: 8, done: 0 });
    }

    #[test]
    fn what_was_followed_is_not_followed_again() {
        let before = [ReactionEvent::from(followed(7, 0, 2))];
        let again = |nth| React::Followed(&DUTY, followed(7, nth, 2));
        given::<Reactions<ReactionEvent>>(before.clone()).when(&act("2026-03-02T09:00"), &again(0)).quiet();
        given::<Reactions<ReactionEvent>>(before)
            .when(&act("2026-03-02T09:00"), &again(1))
            .then(&[followed(7, 1, 2).into()]);
    }

    #[test]
    fn what_is_refused_breaks_the_rule_that_asks_for_it() {
        let refused = ReactionRefused { led: led(7, 0, 1), zh: "案件已经归档".into(), en: "archived".into() };
        let ask = React::Refused(&DUTY, refused.clone());
        given::<Reactions<ReactionEvent>>([]).when(&act("2026-03-02T09:00"), &ask).violates("EN-X");
        assert_eq!(position(&[refused.into()]), Position { log_index: 8, done: 0 });
    }
}
