//! Statutory periods: from the day of an act to the day by which something must be done, with the reasons.
//!
//! The rules of counting are those of 民事诉讼法 85 (which 行政复议法 88 refers to) and, for months and years, 民法典 202:
//! the first day is not counted; a last day that is no working day moves to the next working day; a month or year ends
//! on the corresponding day, or on the last day of the month if there is none. Whether a statute's 日 are working days
//! is the rule's business (行政处罚法 85, 行政复议法 88, 行政强制法 69, 行政许可法 82), hence the distinct units here.
//!
//! Invariant: no clock. "Today" is always an argument.

mod deadline;
mod explanation;
mod remaining;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

pub use deadline::{Deadline, Due, Extension, Lasts, Suspension};
pub use explanation::{Explanation, Moved, Prolonged, Skipped, Why};
pub use remaining::{DayUnit, Remaining, remaining};

use crate::calendar::{Calendar, NoCalendar};

/// A length of time as a statute gives it. Serialised as `{"unit":"working_days","count":7}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "unit", content = "count", rename_all = "snake_case")]
pub enum Period {
    /// 工作日: weekends and holidays are not counted, shifted working days are.
    WorkingDays(u16),
    /// 日 (natural days).
    CalendarDays(u16),
    /// 月, to the corresponding day.
    Months(u8),
    /// 年, to the corresponding day.
    Years(u8),
    /// 小时, by the clock, through nights and holidays. See [`Period::hours_after`] for the instant.
    Hours(u16),
}

impl Period {
    /// As a statute would say it: `7个工作日`, `30日`, `3个月`.
    pub fn to_zh(self) -> String {
        match self {
            Period::WorkingDays(count) => format!("{count}个工作日"),
            Period::CalendarDays(count) => format!("{count}日"),
            Period::Months(count) => format!("{count}个月"),
            Period::Years(count) => format!("{count}年"),
            Period::Hours(count) => format!("{count}小时"),
        }
    }

    /// The period that a statute words so; 工作日 and 月 may stand without 个.
    pub fn from_zh(text: &str) -> Option<Self> {
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let count: u16 = number.parse().ok()?;
        let small = || u8::try_from(count).ok();
        match unit {
            "工作日" | "个工作日" => Some(Period::WorkingDays(count)),
            "日" => Some(Period::CalendarDays(count)),
            "月" | "个月" => small().map(Period::Months),
            "年" => small().map(Period::Years),
            "小时" => Some(Period::Hours(count)),
            _ => None,
        }
    }

    /// In English: `7 working days`, `30 days`, `1 month`.
    pub fn to_en(self) -> String {
        let (count, unit) = match self {
            Period::WorkingDays(count) => (count, "working day"),
            Period::CalendarDays(count) => (count, "day"),
            Period::Months(count) => (count.into(), "month"),
            Period::Years(count) => (count.into(), "year"),
            Period::Hours(count) => (count, "hour"),
        };
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    }

    /// The fewest and the most hours that it comes to, whenever it begins.
    pub fn hours(self) -> (u32, u32) {
        let days = |low: u32, high: u32| (low * 24, high * 24);
        match self {
            Period::Hours(n) => (n.into(), n.into()),
            Period::CalendarDays(n) => days(n.into(), n.into()),
            Period::WorkingDays(0) => (0, 0),
            // A weekend lies in each week, and one of the long holidays may lie between.
            Period::WorkingDays(n) => days(n.into(), u32::from(n) * 2 + 10),
            Period::Months(n) => days(u32::from(n) * 28, u32::from(n) * 31),
            Period::Years(n) => days(u32::from(n) * 365, u32::from(n) * 366),
        }
    }

    /// Whether it is no longer than another one; `None` where that depends on when they begin, since they are counted differently.
    pub fn no_longer_than(self, other: Self) -> Option<bool> {
        use Period::{CalendarDays, Hours, Months, WorkingDays, Years};
        match (self, other) {
            (WorkingDays(a), WorkingDays(b)) | (CalendarDays(a), CalendarDays(b)) | (Hours(a), Hours(b)) => {
                Some(a <= b)
            }
            (Months(a), Months(b)) | (Years(a), Years(b)) => Some(a <= b),
            (WorkingDays(_) | CalendarDays(_) | Months(_) | Years(_) | Hours(_), _) => {
                let ((least, most), (other_least, other_most)) = (self.hours(), other.hours());
                if most <= other_least { Some(true) } else { (least > other_most).then_some(false) }
            }
        }
    }

    /// The unit in which what is left of the period is told.
    pub fn day_unit(self) -> DayUnit {
        match self {
            Period::WorkingDays(_) => DayUnit::WorkingDays,
            _ => DayUnit::CalendarDays,
        }
    }

    /// The instant at which a period of hours from `start` ends; `None` for other units, which end with a day.
    pub fn hours_after(self, start: Timestamp) -> Option<Timestamp> {
        match self {
            // Saturating: the end of time is a deadline too, and no statute gets near it.
            Period::Hours(count) => {
                Some(start.saturating_add(SignedDuration::from_hours(count.into())).unwrap_or(Timestamp::MAX))
            }
            _ => None,
        }
    }

    /// The last day on which an act still lies this period before `day`, as in "the party is told seven working days
    /// before the hearing" (行政处罚法 64). Counted backwards: `day` itself is not counted, the act's own day is.
    ///
    /// # Errors
    /// [`NoCalendar`] if working days reach back into a year whose notice is not known.
    pub fn latest_start_before(self, day: Date, calendar: &Calendar) -> Result<Date, NoCalendar> {
        Ok(match self {
            Period::WorkingDays(count) => calendar.subtract_working_days(day, count.into())?,
            Period::CalendarDays(count) => day.saturating_sub(Span::new().days(count)),
            Period::Months(count) => day.saturating_sub(Span::new().months(count)),
            Period::Years(count) => day.saturating_sub(Span::new().years(count)),
            Period::Hours(count) => day.saturating_sub(Span::new().days(count.div_ceil(24))),
        })
    }
}

#[cfg(test)]
mod tests;
