//! Statutory clocks, read on a day.

use jiff::{Timestamp, civil::Date};
use law::period::Remaining;
use serde::Serialize;

use super::{Text, rows::rows, words::DeadlineState};

/// Due within so many days: soon.
pub const SOON_DAYS: i8 = 7;
/// Due within so many working days: soon, for a matter on its board.
pub const SOON_WORKING_DAYS: u32 = 3;

rows! {
    /// One statutory clock of one matter.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct DeadlineRow is Deadline {
        /// The ledger.
        source: String,
        /// The stream.
        stream: String,
        /// What it is called: the number of a matter, the name of an item.
        matter: String,
        /// The id of the case that it is, if it is one.
        case: Option<String>,
        /// The agency that owes it, by code.
        agency: String,
        /// Its name.
        agency_name: String,
        /// The clock's name in the stream: the rule, or `<rule>:<key>`.
        clock: String,
        /// The rule.
        rule: String,
        /// The article.
        citation: String,
        /// Who owes it.
        debtor: Text,
        /// What must be done.
        what: Text,
        /// The act that started it.
        start: Timestamp,
        /// How long it runs.
        period: Text,
        /// Its last day; none while suspended or without a calendar.
        due: Option<Date>,
        /// Its last moment, for periods of hours.
        due_at: Option<Timestamp>,
        /// Suspended since, if it is.
        suspended_since: Option<Date>,
        /// The year whose calendar is missing, if its end cannot be told.
        no_calendar: Option<i16>,
        /// The earliest day that its last day can be, whatever that calendar says.
        not_before: Option<Date>,
        /// When what was owed was done.
        stopped: Option<Timestamp>,
        /// What is left, or how long it is overdue; only while it runs and its end is known.
        remaining: Option<Remaining>,
        /// Where it stands today.
        state: DeadlineState,
        /// How the last day came about, step by step; what is missing, when there is none.
        explanation: Text,
    }

    /// How many clocks stand where.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct DeadlineCounts is DeadlineCounts {
        /// Running, in time.
        open: u64,
        /// Of these, due within seven days.
        due_soon: u64,
        /// Running, and passed.
        overdue: u64,
        /// Suspended.
        suspended: u64,
        /// Running into a year without a calendar, or done and not known whether in time.
        no_calendar: u64,
    }
}
