//! What can be checked of each row alone; done for a page at a time, beside the reading of the next.

use uuid::Uuid;

use crate::merkle::{Hash, leaf_hash};
use crate::reader::AuditRow;
use crate::record::Envelope;

/// One event after its own checks.
pub(super) struct Checked {
    pub(super) log_index: u64,
    pub(super) stream: String,
    pub(super) stream_version: u64,
    /// The hash of the stored bytes, computed here.
    pub(super) leaf: Hash,
    /// The record's own word on when it was recorded and for which command; none if it cannot be read.
    pub(super) said: Option<Said>,
    /// The command that begins here, by the columns: its id and its number of events.
    pub(super) command: Option<(Vec<u8>, i64)>,
    pub(super) problems: Vec<String>,
}

/// What the record itself says.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) recorded_us: i64,
    pub(super) command_id: Uuid,
}

pub(super) fn check(rows: Vec<AuditRow>, source: &str) -> Vec<Checked> {
    rows.into_iter().map(|row| check_row(row, source)).collect()
}

fn check_row(row: AuditRow, source: &str) -> Checked {
    let mut problems = Vec::new();
    let leaf = leaf_hash(&row.record);
    if leaf != row.leaf_hash[..] {
        problems.push(format!(
            "the stored bytes hash to {}, the stored leaf hash is {}",
            hex::encode(leaf),
            hex::encode(&row.leaf_hash)
        ));
    }
    let stream = String::from_utf8_lossy(&row.stream).into_owned();
    let text = std::str::from_utf8(&row.record).map_err(|_| "the stored bytes are not UTF-8".to_owned());
    let envelope = text.and_then(|text| Envelope::parse(text).map_err(|error| format!("{error}: {}", error.0)));
    let said = match envelope {
        Ok(envelope) => {
            compare(&envelope, &row, &stream, source, &mut problems);
            Some(Said { recorded_us: envelope.recorded_time.as_microsecond(), command_id: envelope.command_id })
        }
        Err(what) => {
            problems.push(what);
            None
        }
    };
    let command = match (row.command_id, &row.command_digest, row.command_events) {
        (None, None, None) => None,
        (Some(id), Some(digest), Some(events)) if digest.len() == 32 => Some((id, events)),
        (id, ..) => {
            problems.push("the command columns are incomplete".to_owned());
            id.map(|id| (id, 1))
        }
    };
    let (log_index, stream_version) = (row.log_index, row.stream_version);
    Checked { log_index, stream, stream_version, leaf, said, command, problems }
}

/// The record's fields against the columns that find it.
fn compare(envelope: &Envelope<'_>, row: &AuditRow, stream: &str, source: &str, problems: &mut Vec<String>) {
    if envelope.log_index != row.log_index {
        problems.push(format!("the record says logindex {}", envelope.log_index));
    }
    if envelope.subject != stream {
        problems.push(format!("the record says subject {}", envelope.subject));
    }
    if envelope.stream_version != row.stream_version {
        let (said, column) = (envelope.stream_version, row.stream_version);
        problems.push(format!("the record says streamversion {said}, the column {column}"));
    }
    if envelope.source != source {
        problems.push(format!("the record says source {}, not {source}", envelope.source));
    }
}
