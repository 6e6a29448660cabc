//! Statutory clocks, read on a day.

use jiff::{Timestamp, civil::Date};
use law::period::Remaining;
use serde::Serialize;

use super::{Text, words::DeadlineState};

/// Due within so many days: soon.
pub const SOON_DAYS: i8 = 7;

/// One statutory clock of one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineRow {
    /// The ledger.
    pub source: String,
    /// The stream.
    pub stream: String,
    /// What it is called: the number of a matter, the name of an item.
    pub matter: String,
    /// The id of the case that it is, if it is one.
    pub case: Option<String>,
    /// The agency that owes it, by code.
    pub agency: String,
    /// Its name.
    pub agency_name: String,
    /// The clock's name in the stream: the rule, or `<rule>:<key>`.
    pub clock: String,
    /// The rule.
    pub rule: String,
    /// The article.
    pub citation: String,
    /// What must be done.
    pub what: Text,
    /// The act that started it.
    pub start: Timestamp,
    /// How long it runs.
    pub period: Text,
    /// Its last day; none while suspended or without a calendar.
    pub due: Option<Date>,
    /// Its last moment, for periods of hours.
    pub due_at: Option<Timestamp>,
    /// Suspended since, if it is.
    pub suspended_since: Option<Date>,
    /// The year whose calendar is missing, if its end cannot be told.
    pub no_calendar: Option<i16>,
    /// When what was owed was done.
    pub stopped: Option<Timestamp>,
    /// What is left, or how long it is overdue; only while it runs and its end is known.
    pub remaining: Option<Remaining>,
    /// Where it stands today.
    pub state: DeadlineState,
    /// How the last day came about, step by step; what is missing, when there is none.
    pub explanation: Text,
}

/// How many clocks stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeadlineCounts {
    /// Running, in time.
    pub open: u64,
    /// Of these, due within seven days.
    pub due_soon: u64,
    /// Running, and passed.
    pub overdue: u64,
    /// Suspended.
    pub suspended: u64,
    /// Running into a year without a calendar.
    pub no_calendar: u64,
}
