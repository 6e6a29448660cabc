//! Days and hours in which an agency works.

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};
use law::{
    calendar::Calendar,
    period::{Deadline, Period},
};

/// China's time.
const CHINA: Offset = Offset::constant(8);

/// The instant of a local time.
pub(super) fn instant(local: DateTime) -> Timestamp {
    CHINA.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

/// The local time of an instant.
pub(super) fn local(at: Timestamp) -> DateTime {
    CHINA.to_datetime(at)
}

/// The day `count` working days after; where no calendar reaches, plain days: the plan is cut off long before.
pub(super) fn add_working(day: Date, count: u32) -> Date {
    Calendar::china().add_working_days(day, count).unwrap_or_else(|_| add(day, i64::from(count) * 7 / 5))
}

/// The day `count` days after.
pub(super) fn add(day: Date, count: i64) -> Date {
    day.saturating_add(Span::new().days(count))
}

/// The day itself if people work, else the next day they do.
pub(super) fn working_from(day: Date) -> Date {
    Calendar::china().working_day_from(day).unwrap_or(day)
}

/// The day itself if people work, else the last day before on which they did.
pub(super) fn working_until(day: Date) -> Date {
    let mut day = day;
    while !is_working(day) {
        day = add(day, -1);
    }
    day
}

/// Whether people work.
pub(super) fn is_working(day: Date) -> bool {
    Calendar::china().is_working_day(day).unwrap_or(true)
}

/// The last day of a period that begins with an act on `start`.
pub(super) fn due(start: Date, period: Period) -> Date {
    let due = Deadline::new(start, period, "").due(Calendar::china()).ok().and_then(law::period::Due::day);
    due.unwrap_or_else(|| match period {
        Period::WorkingDays(n) => add(start, i64::from(n) * 7 / 5),
        Period::Months(n) => add(start, i64::from(n) * 31),
        Period::Years(n) => add(start, i64::from(n) * 366),
        Period::CalendarDays(n) => add(start, n.into()),
        Period::Hours(n) => add(start, i64::from(n) / 24),
    })
}

/// The next full hour, or the time itself if it is one.
pub(super) fn full_hour(at: Timestamp) -> Timestamp {
    let over = at.as_second().rem_euclid(3600);
    if over == 0 { at } else { Timestamp::from_second(at.as_second() + 3600 - over).unwrap_or(Timestamp::MAX) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn counts_over_the_national_holiday() {
        assert_eq!(add_working(date(2025, 9, 30), 1), date(2025, 10, 9));
        assert_eq!(working_until(date(2025, 10, 5)), date(2025, 9, 30));
        assert_eq!(due(date(2025, 9, 20), Period::CalendarDays(15)), date(2025, 10, 9));
    }

    #[test]
    fn goes_on_where_no_calendar_reaches() {
        assert!(add_working(date(2026, 12, 20), 20) > date(2026, 12, 31));
        assert!(due(date(2026, 6, 1), Period::Months(9)) > date(2027, 1, 1));
    }

    #[test]
    fn hours_are_rounded_up() {
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        assert_eq!(full_hour(at("2025-07-01T01:00:01Z")), at("2025-07-01T02:00:00Z"));
        assert_eq!(full_hour(at("2025-07-01T01:00:00Z")), at("2025-07-01T01:00:00Z"));
        assert_eq!(local(at("2025-06-30T16:00:00Z")).date(), date(2025, 7, 1));
        assert_eq!(instant(date(2025, 7, 1).at(8, 0, 0, 0)), at("2025-07-01T00:00:00Z"));
    }
}
