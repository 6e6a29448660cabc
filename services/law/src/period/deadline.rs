//! From a period and what happened to it, to the day it ends.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Period;
use super::explanation::{Explanation, Moved, Prolonged, Skipped, Why, push_day};
use crate::calendar::{Calendar, DayKind, NoCalendar};

/// A running period and everything that bears on its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The day of the act that starts it; not counted.
    pub start: Date,
    /// How long it runs.
    pub period: Period,
    /// Stretches of days that are not counted.
    pub suspensions: Vec<Suspension>,
    /// What it was prolonged by, in the order granted. Each goes on from the last day of what it prolongs, before that
    /// day moves off a holiday: 30 days and 30 more are 60 days.
    pub extensions: Vec<Extension>,
    /// Whether its last day stays where it is, working day or not: nobody is held longer because of a holiday.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// The article it stands on, as the reader should see it.
    pub source: String,
}

/// Days that are not counted, from the first to the last of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The first day not counted.
    pub from: Date,
    /// The last day not counted; `None` while it lasts. Before `from`: resumed at once, no day is lost.
    pub until: Option<Date>,
    /// The period with whose last day it ends by itself, if nothing ends it sooner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasts: Option<Lasts>,
    /// What it is told by among several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Why, in Chinese.
    pub reason_zh: String,
    /// Why, in English.
    pub reason_en: String,
}

/// How long a suspension lasts by itself. Its last day follows from the calendar when it is read, so it is right whenever
/// the calendar becomes known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Lasts {
    /// The day of the act that starts it; not counted.
    pub after: Date,
    /// How long.
    pub period: Period,
}

impl Suspension {
    /// A suspension that lasts.
    pub fn open(from: Date, reason_zh: impl Into<String>, reason_en: impl Into<String>) -> Self {
        let (reason_zh, reason_en) = (reason_zh.into(), reason_en.into());
        Suspension { from, until: None, lasts: None, key: None, reason_zh, reason_en }
    }

    /// Ends it: `on` is the first day counted again.
    pub fn resume_on(&mut self, on: Date) {
        self.until = Some(on.saturating_sub(Span::new().days(1)));
    }

    /// Counts again from the day `on`: ends the one of this key, or the last of them that lasts or reaches that day, so
    /// that one whose end was known before may end sooner.
    pub fn resume(all: &mut [Self], on: Date, key: Option<&str>) {
        let ends = |s: &&mut Self| match key {
            Some(key) => s.key.as_deref() == Some(key),
            None => s.until.is_none_or(|until| on <= until),
        };
        if let Some(last) = all.iter_mut().rev().find(ends) {
            last.resume_on(on);
        }
    }

    /// The last day not counted, if it has one.
    ///
    /// # Errors
    /// [`NoCalendar`] if it ends by itself in a year whose notice is not known.
    fn last_day(&self, calendar: &Calendar) -> Result<Option<Date>, NoCalendar> {
        let by_itself = match self.lasts {
            Some(Lasts { after, period }) => Deadline::new(after, period, "").due(calendar)?.day(),
            None => None,
        };
        Ok([self.until, by_itself].into_iter().flatten().min())
    }
}

/// One prolongation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// By how much.
    pub period: Period,
    /// Why and by whom, in Chinese.
    pub reason_zh: String,
    /// Why and by whom, in English.
    pub reason_en: String,
}

/// When a deadline ends, if that can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It ends with this day.
    On(Date),
    /// It is suspended for an open time from this day on, so it has no last day yet.
    Suspended(Date),
}

impl Due {
    /// The last day, unless suspended.
    pub fn day(self) -> Option<Date> {
        match self {
            Due::On(day) => Some(day),
            Due::Suspended(_) => None,
        }
    }

    /// Was it missed as of `today`, if nothing was done? A suspended deadline is not.
    pub fn is_overdue(self, today: Date) -> bool {
        self.day().is_some_and(|day| today > day)
    }
}

impl Deadline {
    /// A deadline to which nothing has happened yet.
    pub fn new(start: Date, period: Period, source: impl Into<String>) -> Self {
        let (suspensions, extensions) = (Vec::new(), Vec::new());
        Deadline { start, period, suspensions, extensions, fixed: false, source: source.into() }
    }

    /// The last day; see the module for the rules.
    ///
    /// A period of hours is told by the last day it can touch and does not move off a holiday; the instant is
    /// [`Period::hours_after`].
    ///
    /// # Errors
    /// [`NoCalendar`] if counting or moving reaches a year whose notice is not known.
    pub fn due(&self, calendar: &Calendar) -> Result<Due, NoCalendar> {
        Count::new(self, calendar, None).due()
    }

    /// The last day with the reasons for it.
    ///
    /// # Errors
    /// As [`Deadline::due`].
    pub fn explain(&self, calendar: &Calendar) -> Result<Explanation, NoCalendar> {
        let mut explain = Explanation {
            period: self.period,
            start: self.start,
            first_counted: None,
            skipped: Vec::new(),
            shifted: Vec::new(),
            extensions: Vec::new(),
            moved: None,
            due: None,
            suspended: None,
            source: self.source.clone(),
        };
        Count::new(self, calendar, Some(&mut explain)).due()?;
        Ok(explain)
    }
}

/// A suspension as the calendar has it.
struct Stretch<'a> {
    suspension: &'a Suspension,
    /// Its last day, or the earliest that it can be.
    until: Option<Date>,
    /// The year without which its last day is not known.
    missing: Option<i16>,
}

impl<'a> Stretch<'a> {
    fn of(suspension: &'a Suspension, calendar: &Calendar) -> Self {
        let (until, missing) = match suspension.last_day(calendar) {
            Ok(until) => (until, None),
            Err(NoCalendar { year, bound }) => {
                (Some(suspension.until.map_or(bound, |until| until.min(bound))), Some(year))
            }
        };
        // What ended it before it can have ended by itself is known.
        let missing = missing.filter(|_| suspension.until.is_none_or(|ended| until.is_none_or(|bound| ended > bound)));
        Self { suspension, until, missing }
    }
}

/// Where a count arrives.
enum Reached<'a> {
    Day(Date),
    OpenSuspension(&'a Suspension),
}

/// The walk from day to day.
struct Count<'a, 'e> {
    deadline: &'a Deadline,
    calendar: &'a Calendar,
    /// The suspensions with their last days, as far as they are known.
    suspensions: Vec<Stretch<'a>>,
    /// The last day counted or skipped.
    day: Date,
    /// The first year on the way whose calendar is not known: its days are counted as working days.
    missing: Option<i16>,
    /// Keeps the reasons, if somebody asks for them.
    explain: Option<&'e mut Explanation>,
}

impl<'a, 'e> Count<'a, 'e> {
    fn new(deadline: &'a Deadline, calendar: &'a Calendar, explain: Option<&'e mut Explanation>) -> Self {
        let suspensions = deadline.suspensions.iter().map(|suspension| Stretch::of(suspension, calendar)).collect();
        Count { deadline, calendar, suspensions, day: deadline.start, missing: None, explain }
    }

    /// Keeps a reason.
    fn note(&mut self, keep: impl FnOnce(&mut Explanation)) {
        if let Some(explain) = &mut self.explain {
            keep(explain);
        }
    }

    fn due(mut self) -> Result<Due, NoCalendar> {
        let last = match self.finish()? {
            Reached::Day(day) => day,
            Reached::OpenSuspension(suspension) => {
                self.note(|explain| explain.suspended = Some(suspension.clone()));
                return Ok(Due::Suspended(suspension.from));
            }
        };
        if let Some(year) = self.missing {
            return Err(NoCalendar { year, bound: last });
        }
        self.note(|explain| explain.due = Some(last));
        Ok(Due::On(last))
    }

    fn finish(&mut self) -> Result<Reached<'a>, NoCalendar> {
        if let Some(open) = self.run(self.deadline.period)? {
            return Ok(Reached::OpenSuspension(open));
        }
        let mut last_period = self.deadline.period;
        for extension in &self.deadline.extensions {
            let from = self.day;
            if let Some(open) = self.run(extension.period)? {
                return Ok(Reached::OpenSuspension(open));
            }
            let to = self.day;
            self.note(|explain| {
                let Extension { period, reason_zh, reason_en } = extension.clone();
                explain.extensions.push(Prolonged { period, from, to, reason_zh, reason_en });
            });
            last_period = extension.period;
        }
        match last_period {
            Period::Hours(_) => Ok(Reached::Day(self.day)),
            _ if self.deadline.fixed => Ok(Reached::Day(self.day)),
            _ => self.off_holidays(),
        }
    }

    /// Counts one period from the current day. Returns the open suspension it runs into, if any.
    fn run(&mut self, period: Period) -> Result<Option<&'a Suspension>, NoCalendar> {
        let (count, only_working) = match period {
            Period::WorkingDays(count) => (count.into(), true),
            Period::CalendarDays(count) => (count.into(), false),
            Period::Months(count) => (self.days_to(Span::new().months(count)), false),
            Period::Years(count) => (self.days_to(Span::new().years(count)), false),
            Period::Hours(count) => (count.div_ceil(24).into(), false),
        };
        if !only_working && self.deadline.suspensions.is_empty() && count > 0 {
            let first = self.day.tomorrow().unwrap_or(self.day);
            self.note(|explain| _ = explain.first_counted.get_or_insert(first));
            let overflow = NoCalendar { year: self.day.year(), bound: self.day };
            self.day = self.day.checked_add(Span::new().days(i64::from(count))).map_err(|_| overflow)?;
            return Ok(None);
        }
        let mut left: u32 = count;
        while left > 0 {
            self.step()?;
            if let Some((suspension, until)) = self.suspension() {
                if until.is_none() {
                    return Ok(Some(suspension));
                }
                let day = self.day;
                self.note(|explain| push_day(&mut explain.skipped, day, because(suspension)));
            } else if only_working && !self.is_counted_working_day() {
                continue;
            } else {
                let day = self.day;
                self.note(|explain| _ = explain.first_counted.get_or_insert(day));
                left -= 1;
            }
        }
        Ok(None)
    }

    /// Moves a last day that is no working day to the next one.
    fn off_holidays(&mut self) -> Result<Reached<'a>, NoCalendar> {
        let last = self.day;
        let mut over: Vec<Skipped> = Vec::new();
        loop {
            // A suspension that begins while the period waits for the next working day stops it too.
            let suspension = self.suspension();
            let kind = self.kind();
            match suspension {
                Some((open, None)) => return Ok(Reached::OpenSuspension(open)),
                None if kind.is_working() => break,
                _ => {}
            }
            if self.explain.is_some()
                && let Some(why) = suspension.map(|(suspension, _)| because(suspension)).or_else(|| not_working(kind))
            {
                push_day(&mut over, self.day, why);
            }
            self.step()?;
        }
        if !over.is_empty() {
            self.note(|explain| explain.moved = Some(Moved { from: last, over }));
        }
        Ok(Reached::Day(self.day))
    }

    /// What the day is; a working day where it is not known.
    fn kind(&mut self) -> DayKind<'a> {
        let calendar = self.calendar;
        calendar.day_kind(self.day).unwrap_or_else(|unknown| {
            self.missing.get_or_insert(unknown.year);
            DayKind::Working
        })
    }

    fn is_counted_working_day(&mut self) -> bool {
        let (day, kind) = (self.day, self.kind());
        self.note(|explain| match not_working(kind) {
            Some(why) => push_day(&mut explain.skipped, day, why),
            None if kind == DayKind::ShiftedWorking => explain.shifted.push(day),
            None => {}
        });
        kind.is_working()
    }

    /// Natural days to the corresponding day. jiff takes the month's last day where there is none.
    fn days_to(&self, span: Span) -> u32 {
        let days = self.day.duration_until(self.day.saturating_add(span)).as_hours() / 24;
        u32::try_from(days).unwrap_or(0)
    }

    /// The suspension that the day lies in, with its last day. One that ends by itself in a year whose notice is not known
    /// leaves the days after its earliest end in doubt.
    fn suspension(&mut self) -> Option<(&'a Suspension, Option<Date>)> {
        let begun = |stretch: &&Stretch<'a>| stretch.suspension.from <= self.day;
        let unknown = self.suspensions.iter().filter(begun).find_map(|stretch| stretch.missing);
        let covers = |stretch: &&Stretch<'a>| stretch.until.is_none_or(|until| self.day <= until);
        let found = self.suspensions.iter().filter(begun).find(covers).map(|s| (s.suspension, s.until));
        self.missing = self.missing.or(unknown);
        found
    }

    fn step(&mut self) -> Result<(), NoCalendar> {
        self.day = self.day.tomorrow().map_err(|_| NoCalendar { year: self.day.year(), bound: self.day })?;
        Ok(())
    }
}

fn because(suspension: &Suspension) -> Why {
    Why::Suspension { reason_zh: suspension.reason_zh.clone(), reason_en: suspension.reason_en.clone() }
}

fn not_working(kind: DayKind<'_>) -> Option<Why> {
    match kind {
        DayKind::Working | DayKind::ShiftedWorking => None,
        DayKind::Weekend => Some(Why::Weekend),
        DayKind::Holiday(name) => Some(Why::Holiday { name: name.to_owned() }),
    }
}
