//! The calendar of working days.
//!
//! A working day is what the State Council's yearly notice leaves: Monday to Friday without the holidays, plus the
//! Saturdays and Sundays it declares working days. The notices are data (`seeds/calendar/<year>.toml`), embedded here;
//! what is issued later is an event of the lists ([`NoticePublished`]).
//!
//! Invariant: a year without a notice has no answer. Nothing here guesses from weekdays alone, because a deadline
//! computed on a guess is wrong by up to a week around every festival.

mod notice;
mod published;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

pub use notice::{BadNotice, NOTICE_MAX};
use notice::{Notice, Special};
pub use published::{NOTICE_PUBLISHED, NOTICES_STREAM, NoticePublished, Notices};

/// The notices in this version, one file a year.
const NOTICES: &[&str] = &[
    include_str!("../../../seeds/calendar/2016.toml"),
    include_str!("../../../seeds/calendar/2017.toml"),
    include_str!("../../../seeds/calendar/2018.toml"),
    include_str!("../../../seeds/calendar/2019.toml"),
    include_str!("../../../seeds/calendar/2020.toml"),
    include_str!("../../../seeds/calendar/2021.toml"),
    include_str!("../../../seeds/calendar/2022.toml"),
    include_str!("../../../seeds/calendar/2023.toml"),
    include_str!("../../../seeds/calendar/2024.toml"),
    include_str!("../../../seeds/calendar/2025.toml"),
    include_str!("../../../seeds/calendar/2026.toml"),
];

/// Which days are working days, for the years whose notice is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Notice>,
}

/// What a day is, and for a holiday which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// Monday to Friday, no holiday.
    Working,
    /// A Saturday or Sunday on which people work in exchange for a day of a holiday (调休上班).
    ShiftedWorking,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A day off by the notice, named as the notice names it. Weekends inside the holiday belong to it.
    Holiday(&'a str),
}

impl DayKind<'_> {
    /// Does the day count as a working day?
    pub fn is_working(self) -> bool {
        matches!(self, DayKind::Working | DayKind::ShiftedWorking)
    }
}

/// The calendar of a year is not known, so a count that passes through it has no end yet. What can be known is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoCalendar {
    /// The year that is missing.
    pub year: i16,
    /// Where the count ends if every day that is not known is a working day: a last day is not before it, the latest start
    /// of a period counted backwards not after it.
    pub bound: Date,
}

impl NoCalendar {
    /// What is missing, what is known all the same, and what happens next, in Chinese.
    pub fn to_zh(&self) -> String {
        let Self { year, bound } = self;
        format!("{year}年部分节假日安排的通知尚未收录，届满日尚不能确定，但不早于{bound}；收录后自动算出")
    }

    /// What is missing, what is known all the same, and what happens next, in English.
    pub fn to_en(&self) -> String {
        let Self { year, bound } = self;
        format!(
            "the holiday notice of {year} is not on record, so the last day is not known yet; it is not before {bound}, and \
             is computed once the notice is on record"
        )
    }
}

/// The day, or the bound of it that is known.
pub fn at_least(day: Result<Date, NoCalendar>) -> Date {
    day.unwrap_or_else(|missing| missing.bound)
}

/// Whether `day` is no later than a last day. Where the last day is not known, a day before any that it could be is in time
/// whatever the calendar says.
///
/// # Errors
/// [`NoCalendar`] where only the missing calendar can tell.
pub fn in_time(day: Date, last: Result<Date, NoCalendar>) -> Result<bool, NoCalendar> {
    match last {
        Ok(last) => Ok(day <= last),
        Err(missing) if day <= missing.bound => Ok(true),
        Err(missing) => Err(missing),
    }
}

impl fmt::Display for NoCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_en())
    }
}

impl std::error::Error for NoCalendar {}

impl Calendar {
    /// The calendar of mainland China, from the notices embedded in this version.
    ///
    /// # Panics
    /// Never in a released version: a malformed notice fails this module's tests.
    pub fn china() -> &'static Arc<Calendar> {
        static CHINA: LazyLock<Arc<Calendar>> = LazyLock::new(|| match Calendar::parse(NOTICES) {
            Ok(calendar) => Arc::new(calendar),
            Err(bad) => panic!("embedded calendar: {bad}"),
        });
        &CHINA
    }

    /// A calendar from the texts of notices, one year each.
    ///
    /// # Errors
    /// [`BadNotice`] for an unknown field, a date outside the file's year, overlapping holidays, a shifted working day
    /// that is no weekend or lies in a holiday, a festival that is missing, a year given twice.
    pub fn parse(notices: &[&str]) -> Result<Calendar, BadNotice> {
        let mut years = BTreeMap::new();
        for text in notices {
            let notice = Notice::parse(text)?;
            let year = notice.year;
            if years.insert(year, notice).is_some() {
                return Err(BadNotice { year: Some(year), line: None, what: "the year is given twice".to_owned() });
            }
        }
        Ok(Calendar { years })
    }

    /// This calendar with a notice issued after it: of one more year, or one that amends a year.
    ///
    /// # Errors
    /// As [`Calendar::parse`].
    pub fn with_notice(&self, text: &str) -> Result<Calendar, BadNotice> {
        let notice = Notice::parse(text)?;
        let mut years = self.years.clone();
        years.insert(notice.year, notice);
        Ok(Calendar { years })
    }

    /// The years up to one, as if no later notice had been issued.
    #[must_use]
    pub fn until(&self, year: i16) -> Calendar {
        Calendar { years: self.years.range(..=year).map(|(year, notice)| (*year, notice.clone())).collect() }
    }

    /// What kind of day it is.
    ///
    /// # Errors
    /// [`NoCalendar`] if the year's notice is not known; also for weekends, which the notice may shift.
    pub fn day_kind(&self, date: Date) -> Result<DayKind<'_>, NoCalendar> {
        let notice = self.years.get(&date.year()).ok_or(NoCalendar { year: date.year(), bound: date })?;
        Ok(match notice.days.get(&date) {
            Some(Special::Holiday(name)) => DayKind::Holiday(name),
            Some(Special::Workday) => DayKind::ShiftedWorking,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Working,
        })
    }

    /// Is it a working day?
    ///
    /// # Errors
    /// [`NoCalendar`] if the year's notice is not known.
    pub fn is_working_day(&self, date: Date) -> Result<bool, NoCalendar> {
        Ok(self.day_kind(date)?.is_working())
    }

    /// The first working day after `date`, `date` itself not counted.
    ///
    /// # Errors
    /// [`NoCalendar`] if the search reaches a year whose notice is not known.
    pub fn next_working_day(&self, date: Date) -> Result<Date, NoCalendar> {
        self.working_day_from(following(date)?)
    }

    /// `date` if it is a working day, else the first one after it: where the last day of a period moves to
    /// (民事诉讼法 85).
    ///
    /// # Errors
    /// [`NoCalendar`] if the search reaches a year whose notice is not known.
    pub fn working_day_from(&self, date: Date) -> Result<Date, NoCalendar> {
        let mut day = date;
        while !self.is_working_day(day)? {
            day = following(day)?;
        }
        Ok(day)
    }

    /// The `count`-th working day after `date`, `date` itself not counted; `date` for 0.
    ///
    /// # Errors
    /// [`NoCalendar`] if the count reaches a year whose notice is not known.
    pub fn add_working_days(&self, date: Date, count: u32) -> Result<Date, NoCalendar> {
        self.count(date, count, following)
    }

    /// The `count`-th working day before `date`, `date` itself not counted; `date` for 0.
    ///
    /// # Errors
    /// [`NoCalendar`] if the count reaches a year whose notice is not known.
    pub fn subtract_working_days(&self, date: Date, count: u32) -> Result<Date, NoCalendar> {
        self.count(date, count, |day| day.yesterday().map_err(|_| NoCalendar { year: day.year(), bound: day }))
    }

    /// The `count`-th working day from `date` in the direction of `step`.
    fn count(
        &self,
        date: Date,
        count: u32,
        step: impl Fn(Date) -> Result<Date, NoCalendar>,
    ) -> Result<Date, NoCalendar> {
        let (mut day, mut left, mut missing) = (date, count, None);
        while left > 0 {
            day = step(day)?;
            let working = self.is_working_day(day).unwrap_or_else(|unknown| {
                missing.get_or_insert(unknown.year);
                true
            });
            left -= u32::from(working);
        }
        missing.map_or(Ok(day), |year| Err(NoCalendar { year, bound: day }))
    }

    /// How many working days lie after `from_exclusive` up to and including `to_inclusive`; 0 if that is no later.
    ///
    /// # Errors
    /// [`NoCalendar`] if a year on the way is not known.
    pub fn working_days_between(&self, from_exclusive: Date, to_inclusive: Date) -> Result<u32, NoCalendar> {
        let mut day = from_exclusive;
        let mut count = 0;
        while day < to_inclusive {
            day = following(day)?;
            count += u32::from(self.is_working_day(day)?);
        }
        Ok(count)
    }

    /// The notice the year rests on: title, document number, date.
    pub fn source(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|notice| notice.source.as_str())
    }

    /// Notices that amended the year, or arranged its last days together with the next year's first.
    pub fn further_sources(&self, year: i16) -> &[String] {
        self.years.get(&year).map_or(&[], |notice| notice.further_sources.as_slice())
    }

    /// The years whose notice is known, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The day after; at the end of jiff's range there is no calendar any more.
fn following(date: Date) -> Result<Date, NoCalendar> {
    date.tomorrow().map_err(|_| NoCalendar { year: date.year(), bound: date })
}

#[cfg(test)]
mod tests;
