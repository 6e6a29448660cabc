//! Who does something, when, and in which mode: the part of every command that is the same.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// How the suite is used for this act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The suite is the system of record: an unlawful step is refused.
    Handling,
    /// The agency acted elsewhere and reports it: the step is recorded with its violations.
    Reporting,
}

/// The frame of a command: the legal time, the mode and the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// When the act happened; legality is judged by this time.
    pub at: Timestamp,
    /// Handling or reporting.
    pub mode: Mode,
    /// The subject that sent the command, as the token names it.
    pub actor: String,
    /// The working days as they are known when it is decided on.
    pub calendar: Arc<Calendar>,
}

impl Act {
    /// The legal day of the act.
    pub fn day(&self) -> Date {
        day_of(self.at)
    }
}

/// The day a moment belongs to in China: one time zone, UTC+8, no daylight saving since 1991.
pub fn day_of(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}
