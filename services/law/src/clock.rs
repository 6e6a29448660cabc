//! Statutory clocks as events carry them.
//!
//! Invariants:
//! - Nobody sets a "met" or "overdue" flag. A clock is opened, paused, extended and stopped by what happened; whether it was
//!   met is computed from these changes and the calendar, on any day, by anyone.
//! - What ran out stays missed: a change that comes after the last moment suspends, extends and cancels nothing.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

use crate::{
    act::{Act, Mode, day_of},
    calendar::Calendar,
    check::{Breach, Fault, Refusal, Unchecked, fault},
    decider::Decided,
    id::Whose,
    period::{Deadline, Due, Extension, Lasts, Period, Suspension},
    rule::{Debtor, Rule},
};

/// One change of one clock. `clock` names it within its stream: the rule's id, with `:<key>` where there may be several
/// (one per seized lot, say).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ClockChange {
    /// The clock starts. The day of `start` itself is not counted.
    Opened {
        /// Its name in the stream.
        clock: String,
        /// The rule it stands on.
        rule: String,
        /// The article, in Chinese.
        citation: String,
        /// What must be done before it ends, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
        /// The act that starts it.
        start: Timestamp,
        /// How long it runs.
        period: Period,
        /// Whether its last day stays where it is, working day or not.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        fixed: bool,
        /// Who owes it; older events leave it to the rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        debtor: Option<Debtor>,
        /// Whose it is, where it is another agency's than the one that acts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whose: Option<Whose>,
    },
    /// Days from `from` on are not counted until it is resumed.
    Suspended {
        /// The clock.
        clock: String,
        /// First day not counted.
        from: Date,
        /// The period with whose last day it ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lasts: Option<Lasts>,
        /// What it is told by, where there may be several at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// Why, in Chinese.
        zh: String,
        /// Why, in English.
        en: String,
    },
    /// Counting goes on with the day `on`: ends the suspension of that key, or the last that lasts or reaches that day.
    Resumed {
        /// The clock.
        clock: String,
        /// First day counted again.
        on: Date,
        /// Which suspension, where there may be several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
    },
    /// The period is longer by `period`.
    Extended {
        /// The clock.
        clock: String,
        /// By how much.
        period: Period,
        /// Why and by whom, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// What was owed has been done.
    Stopped {
        /// The clock.
        clock: String,
        /// When it was done.
        at: Timestamp,
    },
    /// What was owed is owed no more (the case ended otherwise).
    Cancelled {
        /// The clock.
        clock: String,
    },
}

impl ClockChange {
    /// Opens the one clock of a rule.
    pub fn open(rule: &'static Rule, start: Timestamp, period: Period) -> Self {
        Self::open_named(rule.id.to_owned(), rule, start, period)
    }

    /// Opens one of several clocks of a rule, named `<rule>:<key>`.
    pub fn open_keyed(rule: &'static Rule, key: &str, start: Timestamp, period: Period) -> Self {
        Self::open_named(Self::name(rule, key), rule, start, period)
    }

    fn open_named(clock: String, rule: &'static Rule, start: Timestamp, period: Period) -> Self {
        Self::Opened {
            clock,
            rule: rule.id.to_owned(),
            citation: rule.citation_zh(),
            zh: rule.zh.to_owned(),
            en: rule.en.to_owned(),
            start,
            period,
            fixed: false,
            debtor: Some(rule.debtor),
            whose: None,
        }
    }

    /// The same clock, with a last day that does not move off a holiday.
    #[must_use]
    pub fn fixed(mut self) -> Self {
        if let Self::Opened { fixed, .. } = &mut self {
            *fixed = true;
        }
        self
    }

    /// The same clock, with what exactly must be done before it ends.
    #[must_use]
    pub fn saying(mut self, what_zh: impl Into<String>, what_en: impl Into<String>) -> Self {
        if let Self::Opened { zh, en, .. } = &mut self {
            (*zh, *en) = (what_zh.into(), what_en.into());
        }
        self
    }

    /// The same clock, owed by somebody else than the rule binds first.
    #[must_use]
    pub fn owed_by(mut self, by: Debtor) -> Self {
        if let Self::Opened { debtor, .. } = &mut self {
            *debtor = Some(by);
        }
        self
    }

    /// The same clock, of another agency than the one that acts: a respondent's, say.
    #[must_use]
    pub fn of(mut self, other: Whose) -> Self {
        if let Self::Opened { whose, .. } = &mut self {
            *whose = Some(other);
        }
        self
    }

    /// Days from `from` on are not counted until it is resumed.
    pub fn suspend(clock: impl Into<String>, from: Date, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Suspended { clock: clock.into(), from, lasts: None, key: None, zh: zh.into(), en: en.into() }
    }

    /// Counting goes on with the day `on`.
    pub fn resume(clock: impl Into<String>, on: Date) -> Self {
        Self::Resumed { clock: clock.into(), on, key: None }
    }

    /// A suspension that ends by itself.
    #[must_use]
    pub fn lasting(mut self, after: Date, period: Period) -> Self {
        if let Self::Suspended { lasts, .. } = &mut self {
            *lasts = Some(Lasts { after, period });
        }
        self
    }

    /// A suspension, or its end, among several.
    #[must_use]
    pub fn keyed(mut self, by: impl ToString) -> Self {
        if let Self::Suspended { key, .. } | Self::Resumed { key, .. } = &mut self {
            *key = Some(by.to_string());
        }
        self
    }

    /// Suspends, resumes or extends a period as the change says.
    pub fn edit(self, deadline: &mut Deadline) {
        match self {
            Self::Suspended { from, lasts, key, zh, en, .. } => {
                deadline.suspensions.push(Suspension { lasts, key, ..Suspension::open(from, zh, en) });
            }
            Self::Resumed { on, key, .. } => Suspension::resume(&mut deadline.suspensions, on, key.as_deref()),
            Self::Extended { period, zh, en, .. } => {
                deadline.extensions.push(Extension { period, reason_zh: zh, reason_en: en });
            }
            Self::Opened { .. } | Self::Stopped { .. } | Self::Cancelled { .. } => {}
        }
    }

    /// Stops the one clock of a rule.
    pub fn stop(rule: &'static Rule, at: Timestamp) -> Self {
        Self::Stopped { clock: rule.id.to_owned(), at }
    }

    /// The name of one of several clocks of a rule.
    pub fn name(rule: &'static Rule, key: &str) -> String {
        format!("{}:{key}", rule.id)
    }

    /// The clock that changes.
    pub fn clock(&self) -> &str {
        match self {
            Self::Opened { clock, .. }
            | Self::Suspended { clock, .. }
            | Self::Resumed { clock, .. }
            | Self::Extended { clock, .. }
            | Self::Stopped { clock, .. }
            | Self::Cancelled { clock } => clock,
        }
    }

    /// What happens to it, in the word that is stored.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::Stopped { .. } => "stopped",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The day the clock was stopped, if this stops it.
    pub fn stopped_on(&self) -> Option<Date> {
        match self {
            Self::Stopped { at, .. } => Some(day_of(*at)),
            _ => None,
        }
    }
}

/// The first moment of a legal day (UTC+8).
pub fn begin_of_day(day: Date) -> Timestamp {
    Offset::constant(8).to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

/// The last moment of a legal day (UTC+8), to the microsecond.
pub fn end_of_day(day: Date) -> Timestamp {
    let begun = begin_of_day(day.tomorrow().unwrap_or(day));
    begun.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(begun)
}

/// The last moment at which what is owed is in time, where the period ends with `last_day`: by the clock for hours that
/// nothing changed, else the end of that day.
pub fn last_moment(start: Timestamp, deadline: &Deadline, last_day: Date) -> Timestamp {
    let plain = deadline.suspensions.is_empty() && deadline.extensions.is_empty();
    deadline.period.hours_after(start).filter(|_| plain).unwrap_or_else(|| end_of_day(last_day))
}

/// Whether a period had run out by `at`: then it can be neither suspended nor extended any more, and whoever cancels it
/// leaves it missed. One whose last day nobody knows has not.
pub fn had_run_out(start: Timestamp, deadline: &Deadline, at: Timestamp, calendar: &Calendar) -> bool {
    let last_day = deadline.due(calendar).ok().and_then(Due::day);
    last_day.is_some_and(|day| at > last_moment(start, deadline, day))
}

/// A clock that runs or stands still, as the events of its matter opened and changed it.
#[derive(Clone, Debug)]
pub struct Running {
    /// The rule it stands on.
    pub rule: String,
    /// The article, in Chinese.
    pub citation: String,
    /// What must be done before it ends, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Who owes it, where the event says so.
    debtor: Option<Debtor>,
    /// The act that started it.
    pub start: Timestamp,
    opened: Deadline,
    /// What would change it, and when that happened.
    edits: Vec<(Timestamp, ClockChange)>,
}

impl Running {
    /// The period with what changed it: what came after it had run out did not. Which that was follows from the calendar, so
    /// it is asked for each time.
    pub fn deadline(&self, calendar: &Calendar) -> Deadline {
        let mut deadline = self.opened.clone();
        for (at, edit) in &self.edits {
            if !had_run_out(self.start, &deadline, *at, calendar) {
                edit.clone().edit(&mut deadline);
            }
        }
        deadline
    }

    /// Whether it can be extended by this act: until its last moment.
    fn still_runs(&self, act: &Act) -> Result<(), Fault> {
        let deadline = self.deadline(&act.calendar);
        match deadline.due(&act.calendar) {
            Ok(Due::On(last)) if act.at > last_moment(self.start, &deadline, last) => fault(
                format!("期限已于{last}届满，届满后不能再延长；逾期已经形成，请尽快办结"),
                format!("the period ended on {last} and cannot be extended any more; it is overdue, so end it soon"),
            ),
            Ok(Due::On(_) | Due::Suspended(_)) => Ok(()),
            Err(missing) if act.day() > missing.bound => Err(missing.into()),
            Err(_) => Ok(()),
        }
    }
}

/// The clocks of one matter that have not ended, by name. Each is shared: every command takes a copy of all, and changes
/// one or none.
#[derive(Clone, Debug, Default)]
pub struct Clocks(BTreeMap<Arc<str>, Arc<Running>>);

impl Clocks {
    /// Takes a change in that happened at `at`.
    pub fn take(&mut self, change: ClockChange, at: Timestamp) {
        match change {
            ClockChange::Opened { clock, rule, citation, zh, en, start, period, fixed, debtor, whose: _ } => {
                let opened = Deadline { fixed, ..Deadline::new(day_of(start), period, citation.clone()) };
                let running = Running { rule, citation, zh, en, debtor, start, opened, edits: Vec::new() };
                self.0.insert(clock.into(), running.into());
            }
            ClockChange::Stopped { clock, .. } | ClockChange::Cancelled { clock } => _ = self.0.remove(clock.as_str()),
            edit => {
                if let Some(running) = self.0.get_mut(edit.clock()) {
                    Arc::make_mut(running).edits.push((at, edit));
                }
            }
        }
    }

    /// Each with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Running)> {
        self.0.iter().map(|(name, running)| (&**name, &**running))
    }

    /// Holds what is decided against the agency's clocks that run: what has run out is extended by nobody. In handling mode
    /// that is refused under the clock's own article; in reporting mode it is recorded as a violation, and has no effect.
    ///
    /// What others owe the agency may still put off: a party that is late is given more time to pay, and was late all the
    /// same. So may it where an older event does not say who owes; the extension has no effect then either.
    ///
    /// # Errors
    /// [`Refusal::Unlawful`].
    pub fn hold<E>(&self, act: &Act, mut decided: Vec<Decided<E>>) -> Result<Vec<Decided<E>>, Refusal> {
        for one in &mut decided {
            for change in one.clocks.iter().filter(|change| matches!(change, ClockChange::Extended { .. })) {
                let of_the_agency = |running: &&Arc<Running>| running.debtor.is_some_and(Debtor::of_the_agency);
                let Some(running) = self.0.get(change.clock()).filter(of_the_agency) else { continue };
                let Err(fault) = running.still_runs(act) else { continue };
                let Fault { zh, en, unknown } = fault;
                let (rule, citation) = (running.rule.clone(), running.citation.clone());
                one.rules.retain(|satisfied| *satisfied != rule);
                if unknown {
                    one.unchecked.push(Unchecked { rule, zh, en });
                } else if act.mode == Mode::Handling {
                    return Err(Refusal::Unlawful(vec![Breach { rule, citation, zh, en, whose: None }]));
                } else {
                    one.violations.push(Breach { rule, citation, zh, en, whose: None });
                }
            }
        }
        Ok(decided)
    }
}

#[cfg(test)]
mod tests;
