//! The statutory clocks of a matter, from what its events say of them, as the API shows them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use law::{
    calendar::Calendar,
    clock::{ClockChange, had_run_out},
    day_of,
    period::{Deadline, Period},
};
use ledger::Record;
use proto::common::v1 as p;
use serde::Deserialize;

use crate::error::ExecuteError;

/// A clock that has been opened and not ended.
struct Clock {
    rule: String,
    citation: String,
    zh: String,
    en: String,
    start: Timestamp,
    deadline: Deadline,
}

/// What stored data holds beside the event.
#[derive(Deserialize)]
struct Frame {
    #[serde(default)]
    clocks: Vec<ClockChange>,
}

/// The clocks that run or stand still.
#[derive(Default)]
pub struct Clocks(BTreeMap<String, Clock>);

impl Clocks {
    /// Folds what the events of one matter say.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn of(records: &[Record], calendar: &Calendar) -> Result<Self, ExecuteError> {
        let mut clocks = Self::default();
        for record in records {
            let envelope = record.envelope().map_err(ExecuteError::internal)?;
            let frame: Frame = serde_json::from_str(envelope.data.get()).map_err(ExecuteError::internal)?;
            frame.clocks.into_iter().for_each(|change| clocks.take(change, envelope.time, calendar));
        }
        Ok(clocks)
    }

    /// Takes a change in that happened at `at`.
    fn take(&mut self, change: ClockChange, at: Timestamp, calendar: &Calendar) {
        match change {
            ClockChange::Opened { clock, rule, citation, zh, en, start, period, debtor: _ } => {
                let deadline = Deadline::new(day_of(start), period, citation.clone());
                self.0.insert(clock, Clock { rule, citation, zh, en, start, deadline });
            }
            ClockChange::Stopped { clock, .. } | ClockChange::Cancelled { clock } => _ = self.0.remove(&clock),
            edit => {
                if let Some(clock) = self.0.get_mut(edit.clock())
                    && !had_run_out(clock.start, &clock.deadline, at, calendar)
                {
                    edit.edit(&mut clock.deadline);
                }
            }
        }
    }

    /// As the API shows them.
    pub fn show(self, calendar: &Calendar) -> Vec<p::OpenClock> {
        self.0.into_iter().map(|(name, clock)| clock.show(name, calendar)).collect()
    }
}

impl Clock {
    fn show(self, name: String, calendar: &Calendar) -> p::OpenClock {
        let (day, suspended, explanation_zh, explanation_en) = match self.deadline.explain(calendar) {
            Ok(explain) => (explain.due, explain.due.is_none(), explain.to_zh(), explain.to_en()),
            Err(missing) => (None, false, missing.to_zh(), missing.to_en()),
        };
        let due_at = self.deadline.period.hours_after(self.start).filter(|_| self.deadline.extensions.is_empty());
        p::OpenClock {
            clock: name,
            rule: self.rule,
            citation: self.citation,
            zh: self.zh,
            en: self.en,
            start: Some(timestamp(self.start)),
            period: Some(period(self.deadline.period)),
            due: day.map(|day| day.to_string()).unwrap_or_default(),
            due_at: due_at.map(timestamp),
            suspended,
            explanation_zh,
            explanation_en,
        }
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
            debtor: None,
        }
    }

    fn after(changes: impl IntoIterator<Item = ClockChange>) -> Vec<p::OpenClock> {
        let mut clocks = Clocks::default();
        let at = "2025-03-05T01:00:00Z".parse().unwrap();
        changes.into_iter().for_each(|c| clocks.take(c, at, Calendar::china()));
        clocks.show(Calendar::china())
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
