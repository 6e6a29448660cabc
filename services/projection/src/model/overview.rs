//! The first page: a region and its year at one look.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    agency::{AgencyRow, Indicator},
    case::ParkedRow,
    deadline::DeadlineCounts,
    finding::FindingCounts,
    rows::rows,
    text::Text,
};

rows! {
    /// Up to when the views know.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct AsOf is AsOf {
        /// The day of reading (UTC+8): deadlines are told as of this day.
        today: Date,
        /// The recorded time of the newest event in the views; none while they are empty.
        recorded: Option<Timestamp>,
        /// Each ledger, how far it was read.
        sources: Vec<SourceState>,
    }

    /// How far one ledger was read.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct SourceState is SourceState {
        /// The ledger.
        source: String,
        /// Events read: the log index of the next one.
        read: u64,
        /// Events in the ledger, as far as known here.
        head: u64,
    }
}

/// A region and its period at one look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Up to when.
    pub as_of: AsOf,
    /// First day of the period counted.
    pub from: Date,
    /// Last day of it.
    pub to: Date,
    /// Cases by the stage they stand at today.
    pub stages: Vec<StageCount>,
    /// Filed in the period.
    pub filed: u64,
    /// Decided in the period.
    pub decided: u64,
    /// Closed in the period.
    pub closed: u64,
    /// Open today.
    pub open: u64,
    /// Fines decided in the period, in fen.
    pub fine_fen: i64,
    /// Fines paid in the period, in fen.
    pub paid_fen: i64,
    /// Findings in the period; deadlines that ran out in it and are overdue today are in `medium`.
    pub findings: FindingCounts,
    /// Clocks as of today.
    pub deadlines: DeadlineCounts,
    /// Month by month, without holes, oldest first.
    pub months: Vec<MonthCount>,
    /// Numbers of the whole region, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
    /// Agencies with the most cases in the period; no ranking by fines (APL 74).
    pub agencies: Vec<AgencyRow>,
    /// Decisions put on the web, newest first.
    pub latest: Vec<PublicDecision>,
    /// How many decisions were put on the web; all that the public is told of cases.
    pub published: PublishedCounts,
    /// Agencies, items in force and certified officers of the region today.
    pub lists: ListCounts,
    /// Events that could not be read by this version.
    pub parked: Vec<ParkedRow>,
}

rows! {
    /// Cases of one kind at one stage.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct StageCount is StageCount {
        /// The kind of matter.
        kind: String,
        /// The same in words.
        kind_text: Text,
        /// The stage.
        stage: String as stage_id,
        /// The same in words.
        text: Text,
        /// Cases that stand at it.
        cases: u64,
    }

    /// One month.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct MonthCount is MonthCount {
        /// `2026-03`.
        month: String,
        /// Filed.
        filed: u64,
        /// Decided.
        decided: u64,
        /// Closed.
        closed: u64,
        /// Fines decided, in fen.
        fine_fen: i64,
        /// Fines paid, in fen.
        paid_fen: i64,
        /// Findings without prevented ones; an overdue deadline is one of the month in which it ran out.
        findings: u64,
        /// Attempts that were refused.
        refused: u64,
    }
}

/// What the region's lists hold today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListCounts {
    /// Qualified agencies.
    pub agencies: u64,
    /// Items in force.
    pub items: u64,
    /// Officers with a valid certificate.
    pub officers: u64,
}

/// Decisions that stand on the web today (APL 48).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PublishedCounts {
    /// All of them.
    pub all: u64,
    /// Put there in the period.
    pub period: u64,
    /// The same month by month (`2026-03`), without holes, oldest first.
    pub months: Vec<(String, u64)>,
    /// The same by agency: code, name, decisions; most first.
    pub agencies: Vec<(String, String, u64)>,
}

rows! {
    /// A decision that stands on the web.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct PublicDecision is PublicDecision {
        /// The case.
        case: String,
        /// 文号.
        number: String,
        /// The agency's code.
        agency: String,
        /// Its name.
        agency_name: String,
        /// The party, masked when a citizen.
        party: String,
        /// The item's name.
        item_name: String,
        /// Sum of the fines, in fen.
        fine_fen: i64,
        /// The day of the decision.
        decided: Date,
        /// The day it was put on the web.
        publicised: Date,
    }
}
