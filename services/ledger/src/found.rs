//! What both engines read in the same shape.

use std::collections::HashMap;

use uuid::Uuid;

use crate::reader::stored;
use crate::store::{Found, HeadRow};
use crate::{Config, OpenError, StoreError};

/// One line of the answer to a batch's question. `what` says which part it belongs to: 0 the head (`a` size, `b` recorded
/// time, blobs root and frontier), 1 the stream number `n` (`a` version), 2 the command number `n` (`a` first index, `b`
/// events, blob digest).
pub(crate) struct Line {
    pub(crate) what: i64,
    pub(crate) n: i64,
    pub(crate) a: i64,
    pub(crate) b: i64,
    pub(crate) blobs: (Option<Vec<u8>>, Option<Vec<u8>>),
}

/// Puts the lines together; streams and commands that no line names are new.
pub(crate) fn collect(
    lines: impl Iterator<Item = Result<Line, sqlx::Error>>,
    streams: usize,
    commands: &[Uuid],
) -> Result<Found, StoreError> {
    let mut found = Found { head: None, versions: vec![0; streams], commands: HashMap::new() };
    for line in lines {
        let Line { what, n, a, b, blobs } = line?;
        let n = n as usize;
        let (first, second) = (blobs.0.unwrap_or_default(), blobs.1.unwrap_or_default());
        match what {
            0 => found.head = Some(HeadRow { size: a.cast_unsigned(), recorded_us: b, root: first, frontier: second }),
            1 => found.versions[n] = a.cast_unsigned(),
            _ => _ = found.commands.insert(commands[n], stored(a, b, &first)?),
        }
    }
    Ok(found)
}

/// Refuses a ledger of a newer program or of another service or region.
pub(crate) fn check_version(
    found: i64,
    source: String,
    known: i64,
    config: &Config,
    ledger: &str,
) -> Result<i64, OpenError> {
    let ledger = ledger.to_owned();
    if found > known {
        return Err(OpenError::Newer { ledger, found, known });
    }
    if source != config.source() {
        return Err(OpenError::Foreign { ledger, found: source, wanted: config.source() });
    }
    Ok(found)
}
