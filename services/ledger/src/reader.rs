//! Reading, the same on both engines.

use async_trait::async_trait;
use futures::TryStreamExt;
use sqlx::{ColumnIndex, Database, Decode, Encode, Executor, IntoArguments, Pool, Row as _, Type};
use uuid::Uuid;

use crate::merkle::Hash;
use crate::store::{HeadRow, Stored};
use crate::{ReadError, Record, StoreError};

/// Most events on one page of the log.
pub(crate) const PAGE_EVENTS_MAX: usize = 10_000;
/// A page of the log ends with the event that takes it over so many bytes.
pub(crate) const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;

const STREAM: &str = "SELECT log_index, stream, stream_version, record FROM events \
     WHERE stream = $1 AND stream_version > $2 ORDER BY stream_version";
const LOG: &str = "SELECT log_index, stream, stream_version, record FROM events \
     WHERE log_index >= $1 ORDER BY log_index LIMIT $2";
const COMMAND: &str = "SELECT log_index, command_events, command_digest FROM events WHERE command_id = $1";
const LAST_HEAD: &str = "SELECT size, recorded_us, root, frontier FROM heads ORDER BY size DESC LIMIT 1";
const HEAD_BEFORE: &str =
    "SELECT size, recorded_us, root, frontier FROM heads WHERE size < $1 ORDER BY size DESC LIMIT 1";
const SIZE_AT: &str = "SELECT size FROM heads WHERE recorded_us <= $1 ORDER BY recorded_us DESC, size DESC LIMIT 1";
const AUDIT: &str = "SELECT log_index, stream, stream_version, leaf_hash, record, command_id, command_digest, \
     command_events FROM events WHERE log_index >= $1 AND log_index < $2 ORDER BY log_index";
const LEAVES: &str = "SELECT leaf_hash FROM events WHERE log_index >= $1 AND log_index < $2 ORDER BY log_index";
const HEADS: &str = "SELECT size, recorded_us, root, frontier FROM heads WHERE size > $1 ORDER BY size LIMIT $2";
const LAST_INDEX: &str = "SELECT max(log_index) FROM events";

/// One row of `events`, not yet believed.
pub(crate) struct AuditRow {
    pub(crate) log_index: u64,
    pub(crate) stream: Vec<u8>,
    pub(crate) stream_version: u64,
    pub(crate) leaf_hash: Vec<u8>,
    pub(crate) record: Vec<u8>,
    pub(crate) command_id: Option<Vec<u8>>,
    pub(crate) command_digest: Option<Vec<u8>>,
    pub(crate) command_events: Option<i64>,
}

/// A range of `events` in one row: what a whole row each costs the driver is more than hashing it.
///
/// Only good for finding that all is well; where it is not, [`Reader::audit`] reads the same range row by row.
pub(crate) struct Packed<'a> {
    pub(crate) events: u64,
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
    /// One on each line; a record has no line break.
    pub(crate) records: &'a [u8],
    /// One on each line.
    pub(crate) streams: &'a [u8],
    /// With commas between.
    pub(crate) versions: &'a [u8],
    /// 32 bytes each.
    pub(crate) leaves: &'a [u8],
    /// 16 bytes for each command that begins here.
    pub(crate) command_ids: &'a [u8],
    /// 32 bytes for each command that begins here.
    pub(crate) command_digests: &'a [u8],
    /// With commas between; 0 where no command begins.
    pub(crate) command_events: &'a [u8],
}

/// Where the engines' SQL differs.
pub(crate) trait Dialect {
    /// Selects a [`Packed`].
    const PACK: &'static str;
    /// Takes or renews a lease by name, holder and milliseconds: one row if it is the holder's now. None where only one process
    /// has the ledger open.
    const LEASE: Option<&'static str>;
}

impl Dialect for sqlx::Sqlite {
    // Without a subquery to order it, because SQLite would copy every row out of that. A table is read in the order of its
    // primary key; if ever it were not, each page would be audited row by row.
    const PACK: &'static str = "SELECT count(*), min(log_index), max(log_index), \
         string_agg(record, char(10)), string_agg(stream, char(10)), \
         string_agg(stream_version, ','), string_agg(leaf_hash, ''), \
         string_agg(coalesce(command_id, ''), ''), string_agg(coalesce(command_digest, ''), ''), \
         string_agg(coalesce(command_events, 0), ',') \
         FROM events NOT INDEXED WHERE log_index >= $1 AND log_index < $2";
    const LEASE: Option<&'static str> = None;
}

impl Dialect for sqlx::Postgres {
    const PACK: &'static str = "SELECT count(*), min(log_index), max(log_index), \
         string_agg(record, chr(10)), string_agg(stream, chr(10)), \
         string_agg(stream_version::text, ','), string_agg(leaf_hash, ''), \
         string_agg(coalesce(command_id, ''), ''), string_agg(coalesce(command_digest, ''), ''), \
         string_agg(coalesce(command_events, 0)::text, ',') \
         FROM (SELECT * FROM events WHERE log_index >= $1 AND log_index < $2 ORDER BY log_index) e";
    // By the database's clock, which all processes share. What is not the caller's and still runs stays as it is.
    const LEASE: Option<&'static str> = Some(
        "INSERT INTO leases (name, holder, until) \
         VALUES ($1, $2::text::uuid, clock_timestamp() + $3 * interval '1 millisecond') \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE leases.holder = excluded.holder OR leases.until < clock_timestamp() RETURNING 1",
    );
}

/// What takes a [`Packed`].
pub(crate) type ReadPacked<'r> = &'r mut (dyn FnMut(&Packed<'_>) + Send);

/// What a ledger's handle reads.
#[async_trait]
pub(crate) trait Reader: Send + Sync {
    async fn stream(&self, stream: &str, after: u64) -> Result<Vec<Record>, ReadError>;
    async fn log(&self, from: u64, limit: usize) -> Result<Vec<Record>, ReadError>;
    async fn command(&self, id: Uuid) -> Result<Option<Stored>, ReadError>;
    async fn last_head(&self) -> Result<Option<HeadRow>, ReadError>;
    /// The last head of fewer than `size` events.
    async fn head_before(&self, size: u64) -> Result<Option<HeadRow>, ReadError>;
    /// How many events were recorded by a time, in microseconds since 1970.
    async fn size_at(&self, us: i64) -> Result<u64, ReadError>;
    /// The log from an index to before another, in one row, which `read` borrows.
    async fn pack(&self, from: u64, to: u64, read: ReadPacked<'_>) -> Result<(), ReadError>;
    /// The same row by row, whatever they hold.
    async fn audit(&self, from: u64, to: u64) -> Result<Vec<AuditRow>, ReadError>;
    /// The leaf hashes from an index to before another, as far as they are there and are hashes.
    async fn leaves(&self, from: u64, to: u64) -> Result<Vec<Hash>, ReadError>;
    /// Heads of more than `size` events, the smallest first.
    async fn heads(&self, size: u64, limit: usize) -> Result<Vec<HeadRow>, ReadError>;
    /// Takes or renews a lease; false if it is another's.
    async fn lease(&self, name: &str, holder: Uuid, ms: i64) -> Result<bool, ReadError>;
    /// How many events there are, going by the last one.
    async fn events(&self) -> Result<u64, ReadError>;
    async fn close(&self);
}

#[async_trait]
impl<DB> Reader for Pool<DB>
where
    DB: Database + Dialect,
    for<'c> &'c Pool<DB>: Executor<'c, Database = DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    DB::Arguments: IntoArguments<DB>,
    usize: ColumnIndex<DB::Row>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> &'q str: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> &'q [u8]: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Decode<'q, DB> + Type<DB>,
    for<'q> Option<i64>: Decode<'q, DB> + Type<DB>,
    for<'q> Option<Vec<u8>>: Decode<'q, DB> + Type<DB>,
{
    async fn stream(&self, stream: &str, after: u64) -> Result<Vec<Record>, ReadError> {
        let rows = sqlx::query(STREAM).bind(stream).bind(after.cast_signed()).fetch_all(self).await?;
        let records = rows.iter().map(record::<DB>).collect::<Result<Vec<Record>, sqlx::Error>>()?;
        for (version, record) in (after + 1..).zip(&records) {
            if record.stream_version != version {
                let what = "the stream's version before this one is missing";
                return Err(ReadError::Damaged { log_index: record.log_index, what });
            }
        }
        Ok(records)
    }

    async fn log(&self, from: u64, limit: usize) -> Result<Vec<Record>, ReadError> {
        let limit = limit.min(PAGE_EVENTS_MAX);
        let mut rows = sqlx::query(LOG).bind(from.cast_signed()).bind(limit as i64).fetch(self);
        let (mut records, mut bytes) = (Vec::new(), 0);
        while bytes < PAGE_BYTES_MAX
            && let Some(row) = rows.try_next().await?
        {
            let record = record::<DB>(&row)?;
            let due = from + records.len() as u64;
            if record.log_index != due {
                return Err(ReadError::Damaged { log_index: due, what: "the event is missing" });
            }
            bytes += record.bytes.len();
            records.push(record);
        }
        Ok(records)
    }

    async fn command(&self, id: Uuid) -> Result<Option<Stored>, ReadError> {
        let row = sqlx::query(COMMAND).bind(&id.as_bytes()[..]).fetch_optional(self).await?;
        let Some(row) = row else { return Ok(None) };
        let (first, events) = (row.try_get::<i64, _>(0)?, row.try_get::<i64, _>(1)?);
        let digest = row.try_get::<Vec<u8>, _>(2)?;
        Ok(Some(stored(first, events, &digest).map_err(ReadError::Unavailable)?))
    }

    async fn last_head(&self) -> Result<Option<HeadRow>, ReadError> {
        Ok(sqlx::query(LAST_HEAD).fetch_optional(self).await?.map(|row| head::<DB>(&row)).transpose()?)
    }

    async fn head_before(&self, size: u64) -> Result<Option<HeadRow>, ReadError> {
        let row = sqlx::query(HEAD_BEFORE).bind(size.cast_signed()).fetch_optional(self).await?;
        Ok(row.map(|row| head::<DB>(&row)).transpose()?)
    }

    async fn size_at(&self, us: i64) -> Result<u64, ReadError> {
        let row = sqlx::query(SIZE_AT).bind(us).fetch_optional(self).await?;
        Ok(row.map(|row| row.try_get::<i64, _>(0)).transpose()?.map_or(0, i64::cast_unsigned))
    }

    async fn pack(&self, from: u64, to: u64, read: ReadPacked<'_>) -> Result<(), ReadError> {
        let query = sqlx::query(DB::PACK).bind(from.cast_signed()).bind(to.cast_signed());
        let row = query.fetch_one(self).await?;
        let bytes = |at| Ok::<_, sqlx::Error>(row.try_get_unchecked::<Option<&[u8]>, _>(at)?.unwrap_or_default());
        read(&Packed {
            events: row.try_get::<i64, _>(0)?.cast_unsigned(),
            first: row.try_get(1)?,
            last: row.try_get(2)?,
            records: bytes(3)?,
            streams: bytes(4)?,
            versions: bytes(5)?,
            leaves: bytes(6)?,
            command_ids: bytes(7)?,
            command_digests: bytes(8)?,
            command_events: bytes(9)?,
        });
        Ok(())
    }

    async fn audit(&self, from: u64, to: u64) -> Result<Vec<AuditRow>, ReadError> {
        let mut rows = sqlx::query(AUDIT).bind(from.cast_signed()).bind(to.cast_signed()).fetch(self);
        let mut page = Vec::new();
        while let Some(row) = rows.try_next().await? {
            page.push(AuditRow {
                log_index: row.try_get::<i64, _>(0)?.cast_unsigned(),
                // Unchecked, because the bytes of a damaged text need not be text.
                stream: row.try_get_unchecked(1)?,
                stream_version: row.try_get::<i64, _>(2)?.cast_unsigned(),
                leaf_hash: row.try_get_unchecked(3)?,
                record: row.try_get_unchecked(4)?,
                command_id: row.try_get_unchecked(5)?,
                command_digest: row.try_get_unchecked(6)?,
                command_events: row.try_get::<Option<i64>, _>(7)?,
            });
        }
        Ok(page)
    }

    async fn leaves(&self, from: u64, to: u64) -> Result<Vec<Hash>, ReadError> {
        let rows = sqlx::query(LEAVES).bind(from.cast_signed()).bind(to.cast_signed()).fetch_all(self).await?;
        let hash = |row: &DB::Row| Ok::<_, sqlx::Error>(row.try_get::<Vec<u8>, _>(0)?.try_into().ok());
        let hashes = rows.iter().map(hash).collect::<Result<Vec<Option<Hash>>, _>>()?;
        Ok(hashes.into_iter().map_while(|hash| hash).collect())
    }

    async fn heads(&self, size: u64, limit: usize) -> Result<Vec<HeadRow>, ReadError> {
        let rows = sqlx::query(HEADS).bind(size.cast_signed()).bind(limit as i64).fetch_all(self).await?;
        Ok(rows.iter().map(head::<DB>).collect::<Result<_, sqlx::Error>>()?)
    }

    async fn lease(&self, name: &str, holder: Uuid, ms: i64) -> Result<bool, ReadError> {
        let Some(sql) = DB::LEASE else { return Ok(true) };
        let holder = holder.to_string();
        Ok(sqlx::query(sql).bind(name).bind(holder.as_str()).bind(ms).fetch_optional(self).await?.is_some())
    }

    async fn events(&self) -> Result<u64, ReadError> {
        let row = sqlx::query(LAST_INDEX).fetch_one(self).await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map_or(0, |last| last.cast_unsigned() + 1))
    }

    async fn close(&self) {
        Pool::close(self).await;
    }
}

fn record<DB>(row: &DB::Row) -> Result<Record, sqlx::Error>
where
    DB: Database,
    usize: ColumnIndex<DB::Row>,
    for<'q> i64: Decode<'q, DB> + Type<DB>,
    for<'q> &'q str: Decode<'q, DB> + Type<DB>,
{
    Ok(Record {
        log_index: row.try_get::<i64, _>(0)?.cast_unsigned(),
        stream: row.try_get::<&str, _>(1)?.to_owned(),
        stream_version: row.try_get::<i64, _>(2)?.cast_unsigned(),
        bytes: row.try_get::<&str, _>(3)?.into(),
    })
}

fn head<DB>(row: &DB::Row) -> Result<HeadRow, sqlx::Error>
where
    DB: Database,
    usize: ColumnIndex<DB::Row>,
    for<'q> i64: Decode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Decode<'q, DB> + Type<DB>,
{
    Ok(HeadRow {
        size: row.try_get::<i64, _>(0)?.cast_unsigned(),
        recorded_us: row.try_get(1)?,
        root: row.try_get(2)?,
        frontier: row.try_get(3)?,
    })
}

/// A command's row.
pub(crate) fn stored(first: i64, events: i64, digest: &[u8]) -> Result<Stored, StoreError> {
    let digest = digest
        .try_into()
        .map_err(|_| StoreError::Damaged(format!("the command at log index {first} has a wrong digest")))?;
    Ok(Stored { digest, first: first.cast_unsigned(), events: events.cast_unsigned() })
}
