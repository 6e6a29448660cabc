//! What can be checked of each row alone; done for a page at a time, beside the reading of the next.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::merkle::{Hash, leaf_hash};
use crate::reader::{AuditRow, Packed};

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

/// The fields of a record that the ledger answers for.
#[derive(Deserialize)]
struct Fields<'a> {
    source: &'a str,
    subject: &'a str,
    logindex: u64,
    streamversion: u64,
    recordedtime: Timestamp,
    commandid: Uuid,
}

/// Checks the events from `from` on, packed; `None` if anything at all is not as it should be.
pub(super) fn check_packed(packed: &Packed, from: u64, to: u64, source: &str) -> Option<Vec<Checked>> {
    let all = packed.events == to - from && packed.first == Some(from.cast_signed());
    if !all || packed.last != Some((to - 1).cast_signed()) {
        return None;
    }
    let mut records = std::str::from_utf8(&packed.records).ok()?.split('\n');
    let mut streams = std::str::from_utf8(&packed.streams).ok()?.split('\n');
    let mut versions = std::str::from_utf8(&packed.versions).ok()?.split(',');
    let mut command_events = std::str::from_utf8(&packed.command_events).ok()?.split(',');
    let (leaves, []) = packed.leaves.as_chunks::<32>() else { return None };
    let (ids, []) = packed.command_ids.as_chunks::<16>() else { return None };
    let (mut leaves, mut ids, mut commands) = (leaves.iter(), ids.iter(), 0);
    let mut checked = Vec::with_capacity(packed.events as usize);
    for log_index in from..to {
        let (record, stream) = (records.next()?, streams.next()?);
        let stream_version = versions.next()?.parse().ok()?;
        let leaf = leaf_hash(record.as_bytes());
        let fields: Fields<'_> = serde_json::from_str(record).ok()?;
        let places = fields.logindex == log_index && fields.streamversion == stream_version;
        if leaf != *leaves.next()? || !places || fields.subject != stream || fields.source != source {
            return None;
        }
        let command = match command_events.next()?.parse::<i64>().ok()? {
            0 => None,
            events => {
                commands += 1;
                Some((ids.next()?.to_vec(), events))
            }
        };
        let said = Some(Said { recorded_us: fields.recordedtime.as_microsecond(), command_id: fields.commandid });
        let (stream, problems) = (stream.to_owned(), Vec::new());
        checked.push(Checked { log_index, stream, stream_version, leaf, said, command, problems });
    }
    // Nothing may be left over: a line break inside a record, say, or a command's id without its number of events.
    let ended = records.next().is_none() && streams.next().is_none() && leaves.next().is_none() && ids.next().is_none();
    (ended && packed.command_digests.len() == 32 * commands).then_some(checked)
}

/// Checks rows one by one and says of each what is wrong.
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
    let wrong = |error| format!("the stored bytes are not an event: {error}");
    let said = match text.and_then(|text| serde_json::from_str::<Fields<'_>>(text).map_err(wrong)) {
        Ok(fields) => {
            compare(&fields, &row, &stream, source, &mut problems);
            Some(Said { recorded_us: fields.recordedtime.as_microsecond(), command_id: fields.commandid })
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
fn compare(fields: &Fields<'_>, row: &AuditRow, stream: &str, source: &str, problems: &mut Vec<String>) {
    if fields.logindex != row.log_index {
        problems.push(format!("the record says logindex {}", fields.logindex));
    }
    if fields.subject != stream {
        problems.push(format!("the record says subject {}", fields.subject));
    }
    if fields.streamversion != row.stream_version {
        let (said, column) = (fields.streamversion, row.stream_version);
        problems.push(format!("the record says streamversion {said}, the column {column}"));
    }
    if fields.source != source {
        problems.push(format!("the record says source {}, not {source}", fields.source));
    }
}
