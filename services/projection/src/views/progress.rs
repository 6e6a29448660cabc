//! How far the views are, and what they could not read.

use std::fmt::Display;

use jiff::Timestamp;
use ledger::{Record, merkle::Frontier};

use crate::{
    event::service_of,
    store::{Batch, record},
};

record! {
    /// How far one ledger was read.
    pub(crate) struct Offset in OFFSETS = "offsets", "How far each ledger was read." {
        source: String, key;
        /// The log index of the next event.
        next_index: u64;
        /// When the last one was recorded.
        recorded: Option<Timestamp>;
        /// The right edge of the tree over them, hex: which ledger it was that was read.
        tree: String;
    }
    indexes []
}

impl Offset {
    /// The tree over what was read.
    pub(crate) fn tree(&self) -> Option<Frontier> {
        Frontier::from_bytes(self.next_index, &hex::decode(&self.tree).ok()?)
    }
}

record! {
    /// An event that could not be read, or that the database refused.
    pub(crate) struct Parked in PARKED = "parked", "Events that this version cannot read or the database refuses; their matters may be incomplete." {
        stream: String, key;
        source: String, key;
        seq: u64, key;
        log_index: u64, volatile;
        kind: String;
        reason: String;
        recorded: Option<Timestamp>;
        bytes: String, volatile;
    }
    indexes []
}

/// Keeps an event that cannot be read, or that the database refuses, where everybody sees it.
pub(crate) fn park(source: &str, record: &Record, why: &dyn Display, out: &mut Batch) {
    let envelope = record.envelope().ok();
    tracing::warn!(source, log_index = record.log_index, stream = %record.stream, %why, "event parked");
    let row = Parked {
        stream: record.stream.clone(),
        source: envelope.as_ref().map_or(source, |e| service_of(e.source)).to_owned(),
        seq: record.stream_version,
        log_index: record.log_index,
        kind: envelope.as_ref().map_or("", |e| e.kind).to_owned(),
        reason: why.to_string(),
        recorded: envelope.as_ref().map(|e| e.recorded_time),
        bytes: record.bytes.to_string(),
    };
    out.put(&PARKED, row.row());
}
