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
    store::record,
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
        period: String, once;
        /// Suspensions and extensions, as [`Changes`].
        changes: String;
        due: Option<Date>;
        /// The last moment in time, in microseconds; none while suspended or without a calendar.
        due_us: Option<i64>;
        suspended_since: Option<Date>;
        no_calendar: Option<i64>;
        stopped: Option<Timestamp>;
        state: String;
    }
    indexes [("due_us", "state = 'running'"), ("state, due", "")]
}

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

impl Clock {
    /// The deadline that the row stands for.
    pub(crate) fn deadline(&self) -> Deadline {
        let changes: Changes = serde_json::from_str(&self.changes).unwrap_or_default();
        let mut deadline = Deadline::new(law::day_of(self.start_at), self.length(), self.citation.clone());
        deadline.suspensions = changes.suspensions;
        deadline.extensions = changes.extensions;
        deadline
    }

    /// How long it runs.
    pub(crate) fn length(&self) -> Period {
        serde_json::from_str(&self.period).unwrap_or(Period::CalendarDays(0))
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
        let instant = self.length().hours_after(self.start_at).filter(|_| plain);
        instant.map_or_else(|| end_of_day(day), Timestamp::as_microsecond)
    }

    fn edit(&mut self, calendar: &Calendar, edit: impl FnOnce(&mut Changes)) {
        let mut changes: Changes = serde_json::from_str(&self.changes).unwrap_or_default();
        edit(&mut changes);
        self.changes = serde_json::to_string(&changes).unwrap_or_default();
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

/// The clocks of one matter that still run, and those that this batch changed.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    pub(crate) all: Vec<(Clock, bool)>,
}

impl Clocks {
    pub(crate) fn loaded(clock: Clock) -> (Clock, bool) {
        (clock, false)
    }

    /// The running clock of this name.
    fn running(&mut self, name: &str) -> Option<&mut Clock> {
        let (clock, changed) = self.all.iter_mut().rev().find(|(c, _)| c.clock == name && c.state == RUNNING)?;
        *changed = true;
        Some(clock)
    }

    /// Takes what the event says about clocks; returns those that ended with it, as they ended.
    pub(crate) fn fold(&mut self, event: &Event<'_>, agency: &str, region: &str, calendar: &Calendar) -> Vec<Clock> {
        let mut ended = Vec::new();
        for change in &event.frame.clocks {
            match change.change {
                ChangeKind::Opened => self.all.push((open(event, change, agency, region, calendar), true)),
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

    /// The rows that changed. What has ended is forgotten.
    pub(crate) fn drain_changed(&mut self) -> Vec<Clock> {
        let changed = self.all.iter().filter(|(_, changed)| *changed).map(|(clock, _)| clock.clone()).collect();
        self.all.retain(|(clock, _)| clock.state == RUNNING);
        self.all.iter_mut().for_each(|(_, changed)| *changed = false);
        changed
    }
}

fn open(event: &Event<'_>, change: &Change<'_>, agency: &str, region: &str, calendar: &Calendar) -> Clock {
    let period = change.period.unwrap_or(Period::CalendarDays(0));
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
        period: serde_json::to_string(&period).unwrap_or_default(),
        changes: "{}".to_owned(),
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
            clock.edit(calendar, |c| {
                if let Some(open) = c.suspensions.iter_mut().rev().find(|s| s.until.is_none()) {
                    open.resume_on(on);
                }
            });
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
