//! Copies a ledger into another database: every row as it is, every head with the rows it counts.

use std::sync::Arc;

use uuid::Uuid;

use crate::ledger::check_end;
use crate::reader::{AuditRow, Reader};
use crate::store::{HeadRow, Landed, Row, Store};
use crate::verify::open;
use crate::{Config, Head, OpenError, ReadError, Record, StoreError, Url, postgres, sqlite};

/// Heads of one read.
const PAGE_HEADS: usize = 1024;

/// Why a ledger was not copied to its end. What was copied stays, and a copy begun again goes on behind it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// One of the two could not be opened.
    #[error("failed to open a ledger")]
    Open(#[from] OpenError),
    /// The one copied could not be read, or is damaged: run `fazhi verify`.
    #[error("failed to read the ledger that is copied")]
    Read(#[from] ReadError),
    /// The copy could not be written.
    #[error("failed to write the copy")]
    Write(#[from] StoreError),
    /// What lies there is not the beginning of the one that is copied.
    #[error("what lies there is another ledger: its root at {size} events is not that of the one that is copied")]
    Other {
        /// How many events it has.
        size: u64,
    },
}

/// Copies a ledger that nobody writes, byte for byte, heads included, into a database where it is not yet, or not to its end.
/// Answers the head, the same in both. `progress` gets events done and events in all.
///
/// # Errors
/// See [`CopyError`].
pub async fn copy(from: &Config, to: &Config, progress: &mut (dyn FnMut(u64, u64) + Send)) -> Result<Head, CopyError> {
    let source = open(from).await?;
    let copied = match &to.url {
        Url::Sqlite(folder) => {
            let sqlite::Opened { store, readers } = sqlite::open(to, folder).await?;
            into(&*source, store, Arc::new(readers), progress).await
        }
        Url::Postgres(url) => {
            let postgres::Opened { store, readers } = postgres::open(to, url).await?;
            into(&*source, store, Arc::new(readers), progress).await
        }
    };
    source.close().await;
    copied
}

async fn into<S: Store>(
    source: &dyn Reader,
    mut store: S,
    target: Arc<dyn Reader>,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Head, CopyError> {
    let whole = check_end(source, "that is copied").await?;
    let mut done = check_end(&*target, "that is copied into").await?.head();
    if done.size > 0 {
        let other = || CopyError::Other { size: done.size };
        let same = source.heads(done.size - 1, 1).await?.into_iter().next().ok_or_else(other)?;
        if same.size != done.size || same.root != done.root {
            return Err(other());
        }
    }
    let mut copied = Ok(());
    'all: while done.size < whole.size() {
        let heads = source.heads(done.size, PAGE_HEADS).await?;
        for head in heads {
            copied = batch(source, &mut store, done.size, &head).await;
            match &copied {
                Ok(()) => done.size = head.size,
                Err(_) => break 'all,
            }
            progress(done.size, whole.size());
        }
    }
    store.close().await;
    target.close().await;
    copied.map(|()| whole.head())
}

/// One head and the rows that it counts beyond the head before it.
async fn batch<S: Store>(source: &dyn Reader, store: &mut S, from: u64, head: &HeadRow) -> Result<(), CopyError> {
    let damaged = |what| ReadError::Damaged { log_index: from, what };
    let tip = head.tip().ok_or_else(|| damaged("the head after it does not match its tree"))?;
    let rows = source.audit(from, head.size).await?.into_iter().map(row).collect::<Option<Vec<Row>>>();
    let rows = rows.filter(|rows| rows.len() as u64 == head.size - from);
    let rows = rows.ok_or_else(|| damaged("an event after it is missing or is no event"))?;
    match store.store(&rows, &tip).await? {
        Landed::All => Ok(()),
        Landed::Nothing => Err(StoreError::Damaged("somebody writes into the copy".to_owned()).into()),
    }
}

fn row(row: AuditRow) -> Option<Row> {
    let record = Record {
        log_index: row.log_index,
        stream: String::from_utf8(row.stream).ok()?,
        stream_version: row.stream_version,
        bytes: String::from_utf8(row.record).ok()?.into(),
    };
    let command = match (row.command_id, row.command_digest, row.command_events) {
        (None, None, None) => None,
        (Some(id), Some(digest), Some(events)) => {
            Some((Uuid::from_slice(&id).ok()?, digest.try_into().ok()?, events.cast_unsigned()))
        }
        _ => return None,
    };
    Some(Row { record, leaf: row.leaf_hash.try_into().ok()?, command })
}
