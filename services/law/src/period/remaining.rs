//! What is left of a deadline today, for a chip beside it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, NoCalendar};

/// In which days the rest of a period is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// 工作日.
    WorkingDays,
    /// 日 (natural days).
    CalendarDays,
}

/// How far today is from a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Remaining {
    /// There is time left after today.
    Left {
        /// Days after today up to and including the last day; never 0.
        count: u32,
        /// Of which kind.
        unit: DayUnit,
    },
    /// Today is the last day.
    DueToday,
    /// The last day has passed.
    Overdue {
        /// Days after the last day up to and including today; never 0.
        count: u32,
        /// Of which kind.
        unit: DayUnit,
    },
}

/// How far `today` is from the last day `due`, in `unit`.
///
/// Told in natural days where only days off lie between: "0 working days left" would say that it is over.
///
/// # Errors
/// [`NoCalendar`] if working days are asked for and lie in a year whose notice is not known.
pub fn remaining(due: Date, today: Date, unit: DayUnit, calendar: &Calendar) -> Result<Remaining, NoCalendar> {
    if today == due {
        return Ok(Remaining::DueToday);
    }
    let (from, to) = (due.min(today), due.max(today));
    let working = match unit {
        DayUnit::WorkingDays => calendar.working_days_between(from, to)?,
        DayUnit::CalendarDays => 0,
    };
    let (count, unit) = match working {
        0 => (u32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(u32::MAX), DayUnit::CalendarDays),
        working => (working, DayUnit::WorkingDays),
    };
    Ok(if today < due { Remaining::Left { count, unit } } else { Remaining::Overdue { count, unit } })
}

impl Remaining {
    /// `还剩3个工作日`, `今日到期`, `已逾期2日`.
    pub fn to_zh(self) -> String {
        match self {
            Remaining::Left { count, unit } => format!("还剩{count}{}", unit.zh()),
            Remaining::DueToday => "今日到期".to_owned(),
            Remaining::Overdue { count, unit } => format!("已逾期{count}{}", unit.zh()),
        }
    }

    /// `3 working days left`, `due today`, `2 days overdue`.
    pub fn to_en(self) -> String {
        match self {
            Remaining::Left { count, unit } => format!("{count} {} left", unit.en(count)),
            Remaining::DueToday => "due today".to_owned(),
            Remaining::Overdue { count, unit } => format!("{count} {} overdue", unit.en(count)),
        }
    }
}

impl DayUnit {
    fn zh(self) -> &'static str {
        match self {
            DayUnit::WorkingDays => "个工作日",
            DayUnit::CalendarDays => "日",
        }
    }

    fn en(self, count: u32) -> &'static str {
        match (self, count) {
            (DayUnit::WorkingDays, 1) => "working day",
            (DayUnit::WorkingDays, _) => "working days",
            (DayUnit::CalendarDays, 1) => "day",
            (DayUnit::CalendarDays, _) => "days",
        }
    }
}
