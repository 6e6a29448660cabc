//! The log itself, newest first.

use serde::Serialize;

use super::case::TimelineEntry;

/// One recorded event of any matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// The matter's stream.
    pub stream: String,
    /// What the matter is called; the stream where it has no name.
    pub matter: String,
    /// The id of the case that it is, if it is one.
    pub case: Option<String>,
    /// The event.
    pub entry: TimelineEntry,
}
