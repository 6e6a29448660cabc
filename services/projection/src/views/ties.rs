//! What ties matters to each other beyond what their rows say: events under the correlation of another matter, events with a
//! cause, and faults that no matter keeps.
//!
//! A matter is found by its id and its correlation; only what neither says is written here, so most matters have no row.

use crate::{
    event::Event,
    store::{Batch, record},
    views::matters::Matter,
};

record! {
    /// One event that belongs with more than its own matter.
    pub(crate) struct Tie in TIES = "ties", "Events that belong with other matters than their own: under which correlation, or by which cause." {
        stream: String, key;
        source: String, key;
        seq: u64, key;
        /// A correlation, or the id of the event that caused it.
        tag: String, key, volatile;
    }
    indexes [("tag", "")]
}

pub(crate) fn fold(event: &Event<'_>, matter: Option<&Matter>, out: &mut Batch) {
    let e = &event.envelope;
    let correlation = e.correlation_id.to_string();
    let mut tie = |tag: String| {
        let row = Tie { stream: e.subject.to_owned(), source: event.service().to_owned(), seq: e.stream_version, tag };
        out.put(&TIES, row.row());
    };
    match matter {
        Some(matter) => {
            if correlation != matter.id && correlation != matter.correlation_id {
                tie(correlation);
            }
            if let Some(cause) = e.causation_id {
                tie(cause.to_string());
            }
        }
        // Numbers, sums and marks are no part of a trail; that something went wrong is.
        None if event.frame.breaches.is_some() || !event.frame.violations.is_empty() => tie(correlation),
        None => {}
    }
}
