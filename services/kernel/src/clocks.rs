//! The statutory clocks of a matter, from what its events say of them, as the API shows them.

use jiff::Timestamp;
use law::{
    calendar::Calendar,
    clock::{ClockChange, Clocks, Running},
    period::Period,
};
use ledger::Record;
use proto::common::v1 as p;
use serde::Deserialize;

use crate::error::ExecuteError;

/// What stored data holds beside the event.
#[derive(Deserialize)]
struct Frame {
    #[serde(default)]
    clocks: Vec<ClockChange>,
}

/// The clocks of a matter that run or stand still, from what its records say.
///
/// # Errors
/// A record that cannot be read.
pub fn of(records: &[Record]) -> Result<Clocks, ExecuteError> {
    let mut clocks = Clocks::default();
    for record in records {
        let envelope = record.envelope().map_err(ExecuteError::internal)?;
        changes(envelope.data.get())?.into_iter().for_each(|change| clocks.take(change, envelope.time));
    }
    Ok(clocks)
}

/// What the data of an event says of clocks.
///
/// # Errors
/// Data that cannot be read.
pub(crate) fn changes(data: &str) -> Result<Vec<ClockChange>, ExecuteError> {
    // Most events change none; looking for the field keeps the parser from reading them again.
    if !data.contains("\"clocks\":") {
        return Ok(Vec::new());
    }
    Ok(serde_json::from_str::<Frame>(data).map_err(ExecuteError::internal)?.clocks)
}

/// As the API shows them.
pub fn show(clocks: &Clocks, calendar: &Calendar) -> Vec<p::OpenClock> {
    clocks.iter().map(|(name, clock)| one(name, clock, calendar)).collect()
}

fn one(name: &str, clock: &Running, calendar: &Calendar) -> p::OpenClock {
    let deadline = clock.deadline(calendar);
    let (day, suspended, explanation_zh, explanation_en) = match deadline.explain(calendar) {
        Ok(explain) => (explain.due, explain.due.is_none(), explain.to_zh(), explain.to_en()),
        Err(missing) => (None, false, missing.to_zh(), missing.to_en()),
    };
    let due_at = deadline.period.hours_after(clock.start).filter(|_| deadline.extensions.is_empty());
    p::OpenClock {
        clock: name.to_owned(),
        rule: clock.rule.clone(),
        citation: clock.citation.clone(),
        zh: clock.zh.clone(),
        en: clock.en.clone(),
        start: Some(timestamp(clock.start)),
        period: Some(period(deadline.period)),
        due: day.map(|day| day.to_string()).unwrap_or_default(),
        due_at: due_at.map(timestamp),
        suspended,
        explanation_zh,
        explanation_en,
    }
}

/// A moment as the API has it.
pub fn timestamp(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}

/// A length of time as the API has it.
pub fn period(period: Period) -> p::Period {
    let (unit, count) = match period {
        Period::WorkingDays(n) => (p::PeriodUnit::WorkingDays, u32::from(n)),
        Period::CalendarDays(n) => (p::PeriodUnit::CalendarDays, n.into()),
        Period::Months(n) => (p::PeriodUnit::Months, n.into()),
        Period::Years(n) => (p::PeriodUnit::Years, n.into()),
        Period::Hours(n) => (p::PeriodUnit::Hours, n.into()),
    };
    p::Period { unit: unit.into(), count }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(period: Period) -> ClockChange {
        ClockChange::Opened {
            clock: "EN-X:1".into(),
            rule: "EN-X".into(),
            citation: "《行政处罚法》第六十条".into(),
            zh: "九十日".into(),
            en: "ninety days".into(),
            start: "2025-03-03T01:00:00Z".parse().unwrap(),
            period,
            fixed: false,
            debtor: None,
            whose: None,
        }
    }

    fn after(changes: impl IntoIterator<Item = ClockChange>) -> Vec<p::OpenClock> {
        let mut clocks = Clocks::default();
        let at = "2025-03-05T01:00:00Z".parse().unwrap();
        changes.into_iter().for_each(|c| clocks.take(c, at));
        show(&clocks, Calendar::china())
    }

    #[test]
    fn a_running_clock_has_a_last_day_and_says_why() {
        let clocks = after([opened(Period::CalendarDays(10))]);
        assert_eq!((clocks[0].due.as_str(), clocks[0].suspended), ("2025-03-13", false));
        assert!(clocks[0].explanation_zh.contains("10日") && !clocks[0].explanation_en.is_empty());
    }

    #[test]
    fn a_suspended_clock_has_none_and_a_resumed_one_a_later_one() {
        let suspend = ClockChange::suspend("EN-X:1", "2025-03-05".parse().unwrap(), "检测", "testing");
        let standing = after([opened(Period::CalendarDays(10)), suspend.clone()]);
        assert_eq!((standing[0].due.as_str(), standing[0].suspended), ("", true));
        let resume = ClockChange::resume("EN-X:1", "2025-03-07".parse().unwrap());
        assert_eq!(after([opened(Period::CalendarDays(10)), suspend, resume])[0].due, "2025-03-17");
    }

    #[test]
    fn what_ran_out_is_made_longer_by_nothing() {
        let clock = || "EN-X:1".to_owned();
        let more = ClockChange::Extended {
            clock: clock(),
            period: Period::CalendarDays(30),
            zh: "批准".into(),
            en: "ok".into(),
        };
        // One day from 3 March; the change happens on the 5th.
        assert_eq!(after([opened(Period::CalendarDays(1)), more.clone()])[0].due, "2025-03-04");
        // 32 days end on the Qingming holiday.
        assert_eq!(after([opened(Period::CalendarDays(2)), more])[0].due, "2025-04-07");
    }

    #[test]
    fn an_ended_clock_is_not_shown() {
        let stop = ClockChange::Stopped { clock: "EN-X:1".into(), at: Timestamp::UNIX_EPOCH };
        assert!(after([opened(Period::CalendarDays(10)), stop]).is_empty());
        assert!(after([opened(Period::Hours(24)), ClockChange::Cancelled { clock: "EN-X:1".into() }]).is_empty());
    }

    #[test]
    fn a_clock_of_hours_ends_at_an_instant() {
        let clocks = after([opened(Period::Hours(24))]);
        let want: Timestamp = "2025-03-04T01:00:00Z".parse().unwrap();
        assert_eq!(clocks[0].due_at.as_ref().unwrap().seconds, want.as_second());
    }

    #[test]
    fn a_year_without_calendar_is_said_and_not_guessed() {
        let clocks = after([opened(Period::Years(20))]);
        assert_eq!((clocks[0].due.as_str(), clocks[0].suspended), ("", false));
        assert!(clocks[0].explanation_en.contains("2045"));
    }
}
