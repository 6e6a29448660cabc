//! What is wrong, and where.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Text,
    rows::rows,
    words::{FindingKind, Mode, Severity},
};

rows! {
    /// One finding.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct FindingRow is Finding {
        /// What it is.
        kind: FindingKind,
        /// How much it weighs.
        severity: Severity,
        /// The rule's id; for late recording `LATE-RECORDING`, a parameter and no rule of law.
        rule: String,
        /// The article; empty for late recording.
        citation: String,
        /// The ledger.
        source: String,
        /// The stream.
        stream: String,
        /// What it is called: the number of a matter, the name of an item; the stream where it has no name.
        matter: String,
        /// The id of the case that it is, if it is one.
        case: Option<String>,
        /// The event, as position in the stream; none for a deadline that is overdue by time alone.
        seq: Option<u64>,
        /// The agency's code; may be empty.
        agency: String,
        /// Its name, or its code where the name is not known.
        agency_name: String,
        /// The region.
        region: String,
        /// The day: of the act, of the attempt, or the last day of the period that was missed.
        day: Date,
        /// Handling or reporting.
        mode: Option<Mode>,
        /// What is wrong.
        text: Text,
        /// The deadline still runs: the finding holds as of today.
        running: bool,
    }

    /// How many findings of each severity.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct FindingCounts is FindingCounts {
        /// An unlawful act stands.
        high: u64,
        /// A period or a duty was neglected; overdue deadlines included.
        medium: u64,
        /// Recorded late.
        low: u64,
        /// Attempts that were refused.
        prevented: u64,
        /// Rules that an act could not be held against: no fault.
        not_checked: u64,
    }
}

impl FindingCounts {
    /// The count of one severity.
    pub fn get(&self, severity: Severity) -> u64 {
        match severity {
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Prevented => self.prevented,
            Severity::NotChecked => self.not_checked,
        }
    }
}
