//! Statutory clocks. The fold keeps what happened to each and computes its last moment; whether it is overdue is a
//! question of the day it is read.

use jiff::{Timestamp, civil::Date};
use law::{
    calendar::{Calendar, NoCalendar},
    clock::{ClockChange, last_moment},
    period::{Deadline, Due, Extension, Period, Suspension},
    rule::Debtor,
};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Change, ChangeKind, Event},
    store::{Column, Table, Value, day_text, json, record},
};

record! {
    /// One clock of one matter.
    pub(crate) struct Clock in DEADLINES = "deadlines", "Statutory clocks: one row per opening." {
        stream: String, key;
        source: String, key;
        clock: String, key;
        opened_seq: u64, key;
        rule: String, once;
        citation: String, once;
        zh: String, once;
        en: String, once;
        agency: String, once;
        region: String, once;
        debtor: Debtor, once;
        start_at: Timestamp, once;
        period: Period, once;
        fixed: bool, once;
        /// Suspensions and extensions.
        changes: Changes;
        due: Option<Date>;
        /// The last moment in time, in microseconds; none while suspended or without a calendar.
        due_us: Option<i64>;
        suspended_since: Option<Date>;
        no_calendar: Option<i64>;
        /// The earliest day that its last day can be, without that calendar.
        not_before: Option<Date>;
        stopped: Option<Timestamp>;
        state: String;
    }
    indexes [
        ("due, due_us, stream, clock, opened_seq", "state = 'running'"),
        ("state, due, stopped, rule, agency, region", "state <> 'running'"),
    ]
}

/// Running clocks by when they end, counted: what is overdue is a sum over days, however many clocks there are. Beside
/// them those that were done without a calendar that tells whether in time.
pub(crate) static RUNNING_CLOCKS: Table = Table {
    name: "running_clocks",
    about: "Running clocks, and those done that no calendar tells of, by agency, rule and last moment; without one (due_us 0) where suspended or no calendar.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("rule").key(),
        Column::of::<String>("due").key(),
        Column::of::<i64>("due_us").key(),
        Column::of::<i64>("dated").add(),
        Column::of::<i64>("suspended").add(),
        Column::of::<i64>("no_calendar").add(),
    ],
    indexes: &[("dated", NONE_LEFT)],
    // A moment whose clocks have all ended: how the batches were cut must not show.
    empty: NONE_LEFT,
    search: "",
};

const NONE_LEFT: &str = "dated = 0 AND suspended = 0 AND no_calendar = 0";

/// Before the state of a clock that another than the agency owes: no count of the agency's clocks or faults takes it in.
pub(crate) const THEIRS: &str = "theirs_";
/// Still owed.
pub(crate) const RUNNING: &str = "running";
/// Done in time.
pub(crate) const MET: &str = "met";
/// Done too late, or never done when it was owed no more.
pub(crate) const MISSED: &str = "missed";
/// Done, but the calendar of its last day is not known.
pub(crate) const UNKNOWN: &str = "unknown";
/// Owed no more.
pub(crate) const CANCELLED: &str = "cancelled";

/// What happened to a clock beside opening and ending.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Changes {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) suspensions: Vec<Suspension>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) extensions: Vec<Extension>,
    /// It was cancelled after it had run out: missed, and never done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) never_done: bool,
}

json! { Period; Changes; Debtor; }

impl Clock {
    /// The deadline that the row stands for.
    pub(crate) fn deadline(&self) -> Deadline {
        let mut deadline = Deadline::new(law::day_of(self.start_at), self.period, self.citation.clone());
        deadline.fixed = self.fixed;
        deadline.suspensions.clone_from(&self.changes.suspensions);
        deadline.extensions.clone_from(&self.changes.extensions);
        deadline
    }

    /// Computes the last moment anew.
    fn compute(&mut self, calendar: &Calendar) {
        let deadline = self.deadline();
        (self.due, self.suspended_since, self.no_calendar, self.not_before) = match deadline.due(calendar) {
            Ok(Due::On(day)) => (Some(day), None, None, None),
            Ok(Due::Suspended(since)) => (None, Some(since), None, None),
            Err(NoCalendar { year, bound }) => (None, None, Some(year.into()), Some(bound)),
        };
        self.due_us = self.due.map(|day| last_moment(self.start_at, &deadline, day).as_microsecond());
    }

    /// Whether it had run out by `at`, as [`law::clock::had_run_out`]: its last moment is at hand here.
    fn had_run_out(&self, at: Timestamp) -> bool {
        self.due_us.is_some_and(|last| at.as_microsecond() > last)
    }

    /// Takes a change of `at` in; after the last moment it changes nothing.
    fn edit(&mut self, at: Timestamp, calendar: &Calendar, change: ClockChange) {
        if !self.had_run_out(at) {
            let mut deadline = self.deadline();
            change.edit(&mut deadline);
            (self.changes.suspensions, self.changes.extensions) = (deadline.suspensions, deadline.extensions);
            self.compute(calendar);
        }
    }

    /// Takes what happened to it at `at`.
    fn take(&mut self, change: ClockChange, at: Timestamp, calendar: &Calendar) {
        match change {
            ClockChange::Stopped { at, .. } => self.stop(at),
            ClockChange::Cancelled { .. } if self.had_run_out(at) => {
                self.stop(at);
                self.changes.never_done = true;
            }
            ClockChange::Cancelled { .. } => self.set(CANCELLED),
            edit => self.edit(at, calendar, edit),
        }
    }

    /// Whether it still runs.
    pub(crate) fn runs(&self) -> bool {
        self.stands() == RUNNING
    }

    /// Its state, whoever owes it.
    pub(crate) fn stands(&self) -> &str {
        self.state.strip_prefix(THEIRS).unwrap_or(&self.state)
    }

    fn set(&mut self, state: &str) {
        let theirs = if self.debtor.of_the_agency() { "" } else { THEIRS };
        self.state = format!("{theirs}{state}");
    }

    fn stop(&mut self, at: Timestamp) {
        self.stopped = Some(at);
        let state = match (self.due_us, self.no_calendar) {
            _ if self.had_run_out(at) => MISSED,
            // Up to the earliest day it is in time whatever the calendar says.
            (None, Some(_)) if self.not_before.is_none_or(|day| law::day_of(at) > day) => UNKNOWN,
            _ => MET,
        };
        self.set(state);
    }
}

/// The last microsecond of a legal day.
pub(crate) fn end_of_day(day: Date) -> i64 {
    law::clock::end_of_day(day).as_microsecond()
}

/// What a clock counts for that runs, or was done without a calendar: its row of [`RUNNING_CLOCKS`], and which of the counters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counted {
    pub(crate) agency: String,
    pub(crate) region: String,
    pub(crate) rule: String,
    pub(crate) due: String,
    pub(crate) due_us: i64,
    /// Dated, suspended, without a calendar.
    pub(crate) counters: [i64; 3],
}

impl Counted {
    /// None for a clock of which is known how it ended.
    fn of(clock: &Clock) -> Option<Self> {
        let one = |counts: bool| i64::from(counts);
        (clock.state == RUNNING || clock.state == UNKNOWN).then(|| Self {
            agency: clock.agency.clone(),
            region: clock.region.clone(),
            rule: clock.rule.clone(),
            due: clock.due.map(day_text).unwrap_or_default(),
            due_us: clock.due_us.unwrap_or_default(),
            counters: [
                one(clock.due_us.is_some()),
                one(clock.suspended_since.is_some()),
                one(clock.no_calendar.is_some()),
            ],
        })
    }
}

/// A clock at hand.
#[derive(Debug)]
struct Held {
    clock: Clock,
    /// What it was counted for when it was last written.
    counted: Option<Counted>,
    changed: bool,
}

/// A clock that the batch changed, and what it counted for before and counts for now.
#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) row: Vec<Value>,
    pub(crate) before: Option<Counted>,
    pub(crate) after: Option<Counted>,
}

/// The clocks of one matter that still run, and those that this batch changed.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    all: Vec<Held>,
}

impl Clocks {
    /// Takes a running clock out of the database.
    pub(crate) fn loaded(&mut self, clock: Clock) {
        self.all.push(Held { counted: Counted::of(&clock), clock, changed: false });
    }

    /// The running clock of this name.
    fn running(&mut self, name: &str) -> Option<&mut Clock> {
        let held = self.all.iter_mut().rev().find(|held| held.clock.clock == name && held.clock.runs())?;
        held.changed = true;
        Some(&mut held.clock)
    }

    /// Takes what the event says about clocks; returns those that ended with it, as they ended.
    pub(crate) fn fold(
        &mut self,
        event: &Event<'_>,
        (agency, region): (&str, &str),
        calendar: &Calendar,
        bound: impl Fn(&str) -> Debtor,
    ) -> Vec<Clock> {
        let mut ended = Vec::new();
        for change in &event.frame.clocks {
            match change.change {
                ChangeKind::Opened => {
                    let Some(period) = change.period else { continue };
                    let clock = open(event, change, period, (agency, region), calendar, &bound);
                    self.all.push(Held { clock, counted: None, changed: true });
                }
                _ => {
                    let Some(told) = told(event, change) else { continue };
                    let Some(clock) = self.running(&change.clock) else { continue };
                    clock.take(told, event.envelope.time, calendar);
                    if !clock.runs() {
                        ended.push(clock.clone());
                    }
                }
            }
        }
        ended
    }

    /// The clocks that changed. What has ended is forgotten.
    pub(crate) fn drain_changed(&mut self) -> Vec<Changed> {
        let mut all = Vec::new();
        for held in self.all.iter_mut().filter(|held| held.changed) {
            let after = Counted::of(&held.clock);
            let before = std::mem::replace(&mut held.counted, after.clone());
            all.push(Changed { row: held.clock.row(), before, after });
            held.changed = false;
        }
        self.all.retain(|held| held.clock.runs());
        all
    }
}

fn open(
    event: &Event<'_>,
    change: &Change<'_>,
    period: Period,
    (agency, region): (&str, &str),
    calendar: &Calendar,
    bound: &impl Fn(&str) -> Debtor,
) -> Clock {
    let (agency, region) = change.whose.as_ref().map_or((agency, region), |w| (w.agency.as_str(), w.region.as_str()));
    let mut clock = Clock {
        stream: event.envelope.subject.to_owned(),
        source: event.service().to_owned(),
        clock: change.clock.clone().into_owned(),
        opened_seq: event.envelope.stream_version,
        rule: change.rule.clone().into_owned(),
        citation: change.citation.clone().into_owned(),
        zh: change.zh.clone().into_owned(),
        en: change.en.clone().into_owned(),
        agency: agency.to_owned(),
        region: region.to_owned(),
        debtor: change.debtor.unwrap_or_else(|| bound(&change.rule)),
        start_at: change.start.unwrap_or(event.envelope.time),
        period,
        fixed: change.fixed,
        changes: Changes::default(),
        due: None,
        due_us: None,
        suspended_since: None,
        no_calendar: None,
        not_before: None,
        stopped: None,
        state: String::new(),
    };
    clock.set(RUNNING);
    clock.compute(calendar);
    clock
}

/// The change as the law knows it; `None` for one that opens a clock.
fn told(event: &Event<'_>, change: &Change<'_>) -> Option<ClockChange> {
    let clock = change.clock.clone().into_owned();
    let (zh, en) = (change.zh.clone().into_owned(), change.en.clone().into_owned());
    let key = change.key.as_ref().map(|key| key.clone().into_owned());
    Some(match change.change {
        ChangeKind::Opened => return None,
        ChangeKind::Suspended => {
            ClockChange::Suspended { clock, from: change.from.unwrap_or(event.day), lasts: change.lasts, key, zh, en }
        }
        ChangeKind::Resumed => ClockChange::Resumed { clock, on: change.on.unwrap_or(event.day), key },
        ChangeKind::Extended => ClockChange::Extended { clock, period: change.period?, zh, en },
        ChangeKind::Stopped => ClockChange::Stopped { clock, at: change.at.unwrap_or(event.envelope.time) },
        ChangeKind::Cancelled => ClockChange::Cancelled { clock },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn running(period: Period) -> Clock {
        let start_at = law::clock::end_of_day("2025-03-03".parse().unwrap());
        let mut clock = Clock {
            stream: String::new(),
            source: String::new(),
            clock: "T".into(),
            opened_seq: 1,
            rule: "T".into(),
            citation: String::new(),
            zh: String::new(),
            en: String::new(),
            agency: String::new(),
            region: String::new(),
            debtor: Debtor::Agency,
            start_at,
            period,
            fixed: false,
            changes: Changes::default(),
            due: None,
            due_us: None,
            suspended_since: None,
            no_calendar: None,
            not_before: None,
            stopped: None,
            state: String::new(),
        };
        clock.set(RUNNING);
        clock.compute(Calendar::china());
        clock
    }

    proptest! {
        /// Whatever steps come in whatever order: a clock whose last day has passed while it was owed ends as missed, and
        /// the view and the service that decides hold the same last day throughout.
        #[test]
        fn no_sequence_of_steps_turns_a_missed_clock_into_met_or_cancelled(
            steps in prop::collection::vec((0_u16..6, 0_i64..40, 1_u16..30), 1..8), working: bool,
        ) {
            let calendar = Calendar::china();
            let period = if working { Period::WorkingDays(20) } else { Period::CalendarDays(30) };
            let mut clock = running(period);
            let mut decides = law::clock::Clocks::default();
            let opened = ClockChange::Opened {
                clock: "T".into(), rule: "T".into(), citation: String::new(), zh: String::new(), en: String::new(),
                start: clock.start_at, period, fixed: false, debtor: None, whose: None,
            };
            decides.take(opened, clock.start_at);
            let mut on = law::day_of(clock.start_at);
            let mut ran_out = false;
            for (kind, later, n) in steps {
                on = on.saturating_add(jiff::Span::new().days(later));
                let at = law::clock::end_of_day(on);
                ran_out |= clock.had_run_out(at);
                let change = match kind {
                    0 => ClockChange::suspend("T", on, "", ""),
                    1 => ClockChange::suspend("T", on, "", "").lasting(on, Period::WorkingDays(n)),
                    2 => ClockChange::resume("T", on),
                    3 => ClockChange::Extended {
                        clock: "T".into(), period: Period::CalendarDays(n), zh: String::new(), en: String::new(),
                    },
                    4 => ClockChange::Stopped { clock: "T".into(), at },
                    _ => ClockChange::Cancelled { clock: "T".into() },
                };
                clock.take(change.clone(), at, calendar);
                decides.take(change, at);
                if !clock.runs() {
                    break;
                }
                let (_, held) = decides.iter().next().unwrap();
                prop_assert_eq!(clock.due, held.deadline(calendar).due(calendar).unwrap().day());
            }
            if ran_out && !clock.runs() {
                prop_assert_eq!(clock.stands(), MISSED);
            }
            prop_assert_eq!(clock.runs(), decides.iter().next().is_some());
        }
    }
}
