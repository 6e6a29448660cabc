//! The log itself, newest first.

use serde::Serialize;

use super::{case::TimelineEntry, rows::rows};

rows! {
    /// One recorded event of any matter.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct AuditRow is Event {
        /// The matter's stream.
        stream: String,
        /// What the matter is called; the stream where it has no name.
        matter: String,
        /// The id of the case that it is, if it is one.
        case: Option<String>,
        /// The event.
        entry: TimelineEntry,
    }
}
