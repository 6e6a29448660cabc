//! Statutory clocks. The fold keeps what happened to each and computes its last moment; whether it is overdue is a
//! question of the day it is read.

use jiff::{Timestamp, civil::Date, tz::Offset};
use law::{
    calendar::{Calendar, NoCalendar},
    period::{Deadline, Due, Extension, Period, Suspension},
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
        start_at: Timestamp, once;
        period: Period, once;
        /// Suspensions and extensions.
        changes: Changes;
        due: Option<Date>;
        /// The last moment in time, in microseconds; none while suspended or without a calendar.
        due_us: Option<i64>;
        suspended_since: Option<Date>;
        no_calendar: Option<i64>;
        stopped: Option<Timestamp>;
        state: String;
    }
    indexes [
        ("due, due_us, stream, clock, opened_seq", "state = 'running'"),
        ("state, due, stopped, rule, agency, region", "state <> 'running'"),
    ]
}

/// Running clocks by when they end, counted: what is overdue is a sum over days, however many clocks there are.
pub(crate) static RUNNING_CLOCKS: Table = Table {
    name: "running_clocks",
    about: "Running clocks by agency, rule and last moment; without one (due_us 0) where suspended or no calendar.",
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

/// Still owed.
pub(crate) const RUNNING: &str = "running";
/// Done in time.
pub(crate) const MET: &str = "met";
/// Done too late.
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
}

json! { Period; Changes; }

impl Clock {
    /// The deadline that the row stands for.
    pub(crate) fn deadline(&self) -> Deadline {
        let mut deadline = Deadline::new(law::day_of(self.start_at), self.period, self.citation.clone());
        deadline.suspensions.clone_from(&self.changes.suspensions);
        deadline.extensions.clone_from(&self.changes.extensions);
        deadline
    }

    /// Computes the last moment anew.
    fn compute(&mut self, calendar: &Calendar) {
        let deadline = self.deadline();
        (self.due, self.due_us, self.suspended_since, self.no_calendar) = match deadline.due(calendar) {
            Ok(Due::On { day, .. }) => (Some(day), Some(self.last_moment(&deadline, day)), None, None),
            Ok(Due::Suspended { since, .. }) => (None, None, Some(since), None),
            Err(NoCalendar { year }) => (None, None, None, Some(year.into())),
        };
    }

    /// The last microsecond at which what is owed is in time: by the clock for hours, else the end of the day (UTC+8).
    fn last_moment(&self, deadline: &Deadline, day: Date) -> i64 {
        let plain = deadline.suspensions.is_empty() && deadline.extensions.is_empty();
        let instant = self.period.hours_after(self.start_at).filter(|_| plain);
        instant.map_or_else(|| end_of_day(day), Timestamp::as_microsecond)
    }

    fn edit(&mut self, calendar: &Calendar, edit: impl FnOnce(&mut Changes)) {
        edit(&mut self.changes);
        self.compute(calendar);
    }

    fn stop(&mut self, at: Timestamp) {
        self.stopped = Some(at);
        self.state = match (self.due_us, self.no_calendar) {
            (Some(due), _) if at.as_microsecond() > due => MISSED,
            // Whatever the missing calendar says, the end lies in that year or later.
            (None, Some(year)) if i64::from(law::day_of(at).year()) >= year => UNKNOWN,
            _ => MET,
        }
        .to_owned();
    }
}

/// The last microsecond of a legal day.
pub(crate) fn end_of_day(day: Date) -> i64 {
    let next = day.tomorrow().unwrap_or(day).at(0, 0, 0, 0);
    Offset::constant(8).to_timestamp(next).map_or(i64::MAX, |t| t.as_microsecond() - 1)
}

/// What a running clock counts for: its row of [`RUNNING_CLOCKS`], and which of the counters.
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
    /// None for a clock that has ended.
    fn of(clock: &Clock) -> Option<Self> {
        let one = |counts: bool| i64::from(counts);
        (clock.state == RUNNING).then(|| Self {
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
        let held = self.all.iter_mut().rev().find(|held| held.clock.clock == name && held.clock.state == RUNNING)?;
        held.changed = true;
        Some(&mut held.clock)
    }

    /// Takes what the event says about clocks; returns those that ended with it, as they ended.
    pub(crate) fn fold(&mut self, event: &Event<'_>, agency: &str, region: &str, calendar: &Calendar) -> Vec<Clock> {
        let mut ended = Vec::new();
        for change in &event.frame.clocks {
            match change.change {
                ChangeKind::Opened => {
                    let Some(period) = change.period else { continue };
                    let clock = open(event, change, period, (agency, region), calendar);
                    self.all.push(Held { clock, counted: None, changed: true });
                }
                kind => {
                    let Some(clock) = self.running(&change.clock) else { continue };
                    apply(clock, kind, change, calendar, event);
                    if clock.state != RUNNING {
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
        self.all.retain(|held| held.clock.state == RUNNING);
        all
    }
}

fn open(
    event: &Event<'_>,
    change: &Change<'_>,
    period: Period,
    (agency, region): (&str, &str),
    calendar: &Calendar,
) -> Clock {
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
        start_at: change.start.unwrap_or(event.envelope.time),
        period,
        changes: Changes::default(),
        due: None,
        due_us: None,
        suspended_since: None,
        no_calendar: None,
        stopped: None,
        state: RUNNING.to_owned(),
    };
    clock.compute(calendar);
    clock
}

fn apply(clock: &mut Clock, kind: ChangeKind, change: &Change<'_>, calendar: &Calendar, event: &Event<'_>) {
    let (zh, en) = (change.zh.clone().into_owned(), change.en.clone().into_owned());
    match kind {
        ChangeKind::Opened => {}
        ChangeKind::Suspended => {
            let from = change.from.unwrap_or(event.day);
            clock.edit(calendar, |c| c.suspensions.push(Suspension::open(from, zh, en)));
        }
        ChangeKind::Resumed => {
            let on = change.on.unwrap_or(event.day);
            clock.edit(calendar, |c| Suspension::resume(&mut c.suspensions, on));
        }
        ChangeKind::Extended => {
            if let Some(period) = change.period {
                clock.edit(calendar, |c| c.extensions.push(Extension { period, reason_zh: zh, reason_en: en }));
            }
        }
        ChangeKind::Stopped => clock.stop(change.at.unwrap_or(event.envelope.time)),
        ChangeKind::Cancelled => clock.state = CANCELLED.to_owned(),
    }
}
