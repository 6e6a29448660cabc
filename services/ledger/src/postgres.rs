//! The ledger in one schema of a Postgres database. Several processes may write it; an advisory lock orders their batches.

mod setup;

use std::convert::Infallible;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row as _};
use uuid::Uuid;

use self::setup::Access;
pub(crate) use self::setup::{SCHEMA_VERSION, check_clock};
use crate::found::{self, Line};
use crate::merkle::Hash;
use crate::store::{Found, Landed, Row, Store, Tip, is_taken};
use crate::{Config, OpenError, StoreError};

/// The same shape as on SQLite: see [`found::collect`].
///
/// LATERAL and LIMIT 1 make each lookup its own index probe, whatever the planner believes of a young table.
const FIND: &str = "\
SELECT 0::bigint, 0::bigint, size, recorded_us, root, frontier
FROM (SELECT * FROM heads ORDER BY size DESC LIMIT 1) h
UNION ALL
SELECT 1, q.n - 1, e.stream_version, 0, NULL, NULL
FROM unnest($1::text[]) WITH ORDINALITY q(stream, n) CROSS JOIN LATERAL (
    SELECT stream_version FROM events WHERE stream = q.stream ORDER BY stream_version DESC LIMIT 1
) e
UNION ALL
SELECT 2, q.n - 1, e.log_index, e.command_events, e.command_digest, NULL
FROM unnest($2::bytea[]) WITH ORDINALITY q(id, n) CROSS JOIN LATERAL (
    SELECT log_index, command_events, command_digest FROM events WHERE command_id = q.id LIMIT 1
) e";

/// Lock, rows and head in one statement: one round trip.
///
/// Under its own transaction, too, the lock comes before the first row: so processes wait for each other here, and not
/// half-way into an index. The statement reads nothing, so it does not matter that its snapshot is older than the lock.
const STORE: &str = "\
WITH lock AS MATERIALIZED (
    SELECT pg_advisory_xact_lock($1)
), stored AS (
    INSERT INTO events
        (log_index, stream, stream_version, leaf_hash, record, command_id, command_digest, command_events)
    SELECT e.* FROM lock CROSS JOIN unnest
        ($2::bigint[], $3::text[], $4::bigint[], $5::bytea[], $6::text[], $7::bytea[], $8::bytea[], $9::bigint[]) e
)
INSERT INTO heads (size, recorded_us, root, frontier) SELECT $10, $11, $12, $13 FROM lock";

/// An opened schema.
pub(crate) struct Opened {
    pub(crate) store: PostgresStore,
    pub(crate) readers: PgPool,
}

/// The one connection of this process that writes.
pub(crate) struct PostgresStore {
    access: Access,
    conn: Option<PgConnection>,
    lock_key: i64,
    begin: String,
}

/// Opens the schema, making it if there is none.
pub(crate) async fn open(config: &Config, url: &str) -> Result<Opened, OpenError> {
    let mut access = Access::new(config, url)?;
    access.prepare(config).await?;
    let conn = access.connect_writer().await?;
    let readers = access.readers(config).await?;
    let lock_key = access.lock_key();
    // The lock is taken in a statement of its own: the reads after it must see what the last holder committed.
    let begin = format!("BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({lock_key})");
    Ok(Opened { store: PostgresStore { access, conn: Some(conn), lock_key, begin }, readers })
}

/// Connections for verifying an existing schema.
pub(crate) async fn open_to_read(config: &Config, url: &str) -> Result<PgPool, OpenError> {
    let access = Access::new(config, url)?;
    access.check_existing(config).await?;
    access.readers(config).await
}

impl PostgresStore {
    async fn conn(&mut self) -> Result<&mut PgConnection, StoreError> {
        if self.conn.is_none() {
            let conn = self.access.connect_writer().await.map_err(|error| match error {
                OpenError::Database(error) => error,
                other => StoreError::Damaged(other.to_string()),
            })?;
            self.conn = Some(conn);
        }
        self.conn.as_mut().ok_or(StoreError::Closed)
    }

    async fn insert(&mut self, rows: &[Row], tip: &Tip) -> Result<(), StoreError> {
        let each = |of: fn(&Row) -> u64| rows.iter().map(|row| of(row).cast_signed()).collect::<Vec<i64>>();
        let commands = || rows.iter().map(|row| row.command.as_ref());
        let insert = sqlx::query(STORE)
            .bind(self.lock_key)
            .bind(each(|row| row.record.log_index))
            .bind(rows.iter().map(|row| row.record.stream.as_str()).collect::<Vec<&str>>())
            .bind(each(|row| row.record.stream_version))
            .bind(rows.iter().map(|row| &row.leaf[..]).collect::<Vec<&[u8]>>())
            .bind(rows.iter().map(|row| &*row.record.bytes).collect::<Vec<&str>>())
            .bind(commands().map(|c| c.map(|(id, ..)| &id.as_bytes()[..])).collect::<Vec<Option<&[u8]>>>())
            .bind(commands().map(|c| c.map(|(_, digest, _)| digest)).collect::<Vec<Option<&Hash>>>())
            .bind(commands().map(|c| c.map(|(.., events)| events.cast_signed())).collect::<Vec<Option<i64>>>())
            .bind(tip.size().cast_signed())
            .bind(tip.recorded_us)
            .bind(&tip.root[..])
            .bind(tip.frontier.to_bytes());
        insert.execute(self.conn().await?).await?;
        Ok(())
    }
}

impl Store for PostgresStore {
    async fn store(&mut self, rows: &[Row], tip: &Tip) -> Result<Landed, StoreError> {
        match self.insert(rows, tip).await {
            Ok(()) => Ok(Landed::All),
            Err(StoreError::Database(error)) if is_taken(&error) => Ok(Landed::Nothing),
            Err(error) => Err(error),
        }
    }

    async fn begin(&mut self, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
        let begin = AssertSqlSafe(self.begin.clone());
        let conn = self.conn().await?;
        sqlx::raw_sql(begin).execute(&mut *conn).await?;
        find(conn, streams, commands).await
    }

    async fn commit(&mut self, rows: &[Row], tip: &Tip) -> Result<(), StoreError> {
        self.insert(rows, tip).await?;
        self.end().await
    }

    async fn look(&mut self, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
        find(self.conn().await?, streams, commands).await
    }

    async fn put(&mut self, rows: &[Row], tip: &Tip) -> Result<(), StoreError> {
        self.insert(rows, tip).await
    }

    async fn end(&mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("COMMIT").execute(self.conn().await?).await?;
        Ok(())
    }

    async fn abandon(&mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("ROLLBACK").execute(self.conn().await?).await?;
        Ok(())
    }

    /// The server has its own.
    async fn widen(&mut self, _: bool) -> Result<(), StoreError> {
        Ok(())
    }

    /// The server does so by itself.
    fn carries(&self) -> impl Future<Output = Infallible> + Send + 'static {
        std::future::pending()
    }

    fn reset(&mut self) {
        self.conn = None;
    }

    async fn close(self) {
        if let Some(conn) = self.conn {
            _ = sqlx::Connection::close(conn).await;
        }
    }
}

async fn find(conn: &mut PgConnection, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
    let ids: Vec<&[u8]> = commands.iter().map(|id| &id.as_bytes()[..]).collect();
    let rows = sqlx::query(FIND).bind(streams).bind(ids).fetch_all(conn).await?;
    found::collect(rows.iter().map(line), streams.len(), commands)
}

fn line(row: &PgRow) -> Result<Line, sqlx::Error> {
    let blobs = (row.try_get(4)?, row.try_get(5)?);
    Ok(Line { what: row.try_get(0)?, n: row.try_get(1)?, a: row.try_get(2)?, b: row.try_get(3)?, blobs })
}
