//! What belongs together across all services.

use serde::Serialize;

use super::{
    case::{CaseRow, TimelineEntry},
    rows::rows,
};

rows! {
    /// The trail of a matter: every matter that it belongs with, and everything that happened in them.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct Trail is GetTrailResponse {
        /// Its matters, the first opened first.
        matters: Vec<CaseRow>,
        /// Matters that one of these is tied to and that are not the reader's to see; the public is told of none.
        others: u32,
        /// By when it happened, then by when it was recorded; for the public, empty.
        events: Vec<TrailEvent>,
        /// There are more matters than are told.
        matters_cut: bool,
        /// There are later events than are told.
        events_cut: bool,
    }

    /// One event of a trail.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct TrailEvent is TrailEvent {
        /// Its place among the matters; none for a fault that no matter keeps.
        matter: Option<u32>,
        /// The event.
        entry: TimelineEntry,
    }
}
