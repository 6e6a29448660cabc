//! Copies a ledger into another database: every event and every head as it is.

use crate::cut::{Column, Cut, Filling, Table};
use crate::ledger::check_end;
use crate::merkle::Hash;
use crate::verify::open;
use crate::{Config, Head, OpenError, Url, found, postgres, sqlite};

const EVENTS: Table = Table {
    name: "events",
    columns: &[
        Column::Number("log_index"),
        Column::Text("stream"),
        Column::Number("stream_version"),
        Column::Bytes("leaf_hash"),
        Column::Text("record"),
        Column::Bytes("command_id"),
        Column::Bytes("command_digest"),
        Column::Number("command_events"),
    ],
};
const HEADS: Table = Table {
    name: "heads",
    columns: &[Column::Number("size"), Column::Number("recorded_us"), Column::Bytes("root"), Column::Bytes("frontier")],
};

/// Why a ledger was not copied. Nothing of it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// One of the two could not be opened.
    #[error("failed to open a ledger")]
    Open(#[from] OpenError),
    /// One of the two could not be read or written.
    #[error("failed to copy the ledger")]
    Copy(#[from] sqlx::Error),
    /// Another ledger lies where the copy shall go.
    #[error("what lies there is another ledger, of {size} events; copy into a place without one")]
    Other {
        /// How many events it has.
        size: u64,
    },
}

/// Copies a ledger of a [`Cut`], byte for byte, heads included, into a database that has none, or has this copy already.
/// Answers the head, the same in both. `progress` gets events done and events in all.
///
/// # Errors
/// See [`CopyError`].
pub async fn copy(cut: &mut Cut, to: &Config, progress: &mut (dyn FnMut(u64, u64) + Send)) -> Result<Head, CopyError> {
    let name = to.service.as_str();
    // Of either engine the tables are the same in all versions there are; those of a newer one may not be.
    let version =
        cut.one::<i64>(name, "SELECT version FROM {}versions ORDER BY version DESC LIMIT 1").await?.unwrap_or(0);
    let source = cut.one::<String>(name, "SELECT source FROM {}versions ORDER BY version DESC LIMIT 1").await?;
    found::check_version(version, source.unwrap_or_default(), cut.schema_known(), to, name)?;
    let size =
        cut.one::<i64>(name, "SELECT size FROM {}heads ORDER BY size DESC LIMIT 1").await?.unwrap_or(0).cast_unsigned();
    let root = cut.one::<Vec<u8>>(name, "SELECT root FROM {}heads ORDER BY size DESC LIMIT 1").await?;
    let root = root.map(|root| Hash::try_from(root).map_err(|_| damaged(name))).transpose()?;
    let whole = Head { size, root: root.unwrap_or_else(|| crate::merkle::Frontier::default().root()) };
    // Opened as for writing, which makes its tables and keeps others out of the file.
    match &to.url {
        Url::Sqlite(folder) => {
            let sqlite::Opened { store, readers } = sqlite::open(to, folder).await?;
            readers.close().await;
            let copied = fill(cut, to, whole, progress).await;
            crate::store::Store::close(store).await;
            copied
        }
        Url::Postgres(url) => {
            let postgres::Opened { store, readers } = postgres::open(to, url).await?;
            readers.close().await;
            crate::store::Store::close(store).await;
            fill(cut, to, whole, progress).await
        }
    }
}

async fn fill(
    cut: &mut Cut,
    to: &Config,
    whole: Head,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Head, CopyError> {
    let name = to.service.as_str();
    let there = open(to).await?;
    let there_head = check_end(&*there, name).await;
    there.close().await;
    let there = there_head?.head();
    if there.size > 0 {
        return if there == whole { Ok(whole) } else { Err(CopyError::Other { size: there.size }) };
    }
    let mut filling = Filling::begin(&to.url, name).await?;
    let events = cut.copy(name, &EVENTS, &mut filling, &mut |done| progress(done, whole.size)).await?;
    cut.copy(name, &HEADS, &mut filling, &mut |_| {}).await?;
    if events != whole.size {
        return Err(damaged(name).into());
    }
    filling.commit().await?;
    Ok(whole)
}

fn damaged(name: &str) -> OpenError {
    OpenError::Disagree {
        ledger: name.to_owned(),
        what: "its last head does not count its events; run `fazhi verify`".to_owned(),
    }
}
