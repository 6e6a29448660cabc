//! What is wrong, and where.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Text,
    words::{FindingKind, Mode, Severity},
};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingRow {
    /// What it is.
    pub kind: FindingKind,
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's id; for late recording `LATE-RECORDING`, a parameter and no rule of law.
    pub rule: String,
    /// The article; empty for late recording.
    pub citation: String,
    /// The ledger.
    pub source: String,
    /// The stream.
    pub stream: String,
    /// What it is called: the number of a matter, the name of an item; the stream where it has no name.
    pub matter: String,
    /// The id of the case that it is, if it is one.
    pub case: Option<String>,
    /// The event, as position in the stream; none for a deadline that is overdue by time alone.
    pub seq: Option<u64>,
    /// The agency's code; may be empty.
    pub agency: String,
    /// Its name, or its code where the name is not known.
    pub agency_name: String,
    /// The region.
    pub region: String,
    /// The day: of the act, of the attempt, or the last day of the period that was missed.
    pub day: Date,
    /// Handling or reporting.
    pub mode: Option<Mode>,
    /// What is wrong.
    pub text: Text,
    /// The deadline still runs: the finding holds as of today.
    pub running: bool,
}

/// How many findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    /// An unlawful act stands.
    pub high: u64,
    /// A period or a duty was neglected; overdue deadlines included.
    pub medium: u64,
    /// Recorded late.
    pub low: u64,
    /// Attempts that were refused.
    pub prevented: u64,
}

impl FindingCounts {
    /// The count of one severity.
    pub fn get(&self, severity: Severity) -> u64 {
        match severity {
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Prevented => self.prevented,
        }
    }
}
