//! One kind of matter at one look.

use jiff::civil::Date;
use serde::Serialize;

use super::{Text, agency::Indicator, item::OutcomeCount, rows::rows, words::Timing};

rows! {
    /// The board of a kind of matter.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Board is GetBoardResponse {
        /// The kind; a word of the service.
        kind: String,
        /// The same in words.
        kind_text: Text,
        /// First day of the period counted.
        from: Date,
        /// Last day of it.
        to: Date,
        /// Open matters by agency, most first.
        agencies: Vec<BoardRow>,
        /// What those decided in the period came to, in the order of the service.
        outcomes: Vec<OutcomeCount>,
        /// The kind's numbers of the period.
        indicators: Vec<Indicator>,
    }

    /// The open matters of one agency, by their running clocks: they add up to `open`, but for `missed`.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct BoardRow is BoardRow {
        /// The agency's code.
        agency: String,
        /// Its name.
        agency_name: String,
        /// Open today.
        open: u64,
        /// No clock has passed or ends soon.
        in_time: u64,
        /// A clock ends within three working days, and none has passed.
        due_soon: u64,
        /// A clock has passed.
        overdue: u64,
        /// No clock runs.
        no_clock: u64,
        /// Of all these, those that have missed a clock before.
        missed: u64,
    }
}

impl BoardRow {
    /// How many of its open matters stand so against their clocks.
    pub fn standing(&self, timing: Timing) -> u64 {
        match timing {
            Timing::InTime => self.in_time,
            Timing::DueSoon => self.due_soon,
            Timing::Overdue => self.overdue,
            Timing::NoClock => self.no_clock,
            Timing::Missed => self.missed,
        }
    }
}
