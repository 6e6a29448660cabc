//! The ledger in one SQLite file.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Row as _, SqliteConnection, SqlitePool};
use uuid::Uuid;

use crate::carry::carry;
use crate::found::{self, Line};
use crate::store::{Found, Landed, Row, Store, Tip, is_taken};
use crate::{Config, OpenError, StoreError};

/// The schema version of this program; each one's changes are applied in order, inside one transaction.
const SCHEMAS: [&str; 1] = [include_str!("../schema/sqlite.sql")];
pub(crate) const SCHEMA_VERSION: i64 = SCHEMAS.len() as i64;

/// Rows that SQLite's thread hands over before it waits: each wait is a change of threads.
const ROWS_AHEAD: usize = 500;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// KiB of pages that the writing connection keeps, as the pragma has it.
const CACHE: &str = "-8000";
/// The same in a transaction of many rows: the pages of the indexes stay in it. A page that is written out, changed and written out
/// again has SQLite write the whole log once more at the commit, for its checksums.
const CACHE_MANY: &str = "-48000";
/// What is written of many appends goes to the disc so often: a few megabytes each time.
const CARRIED_EVERY: Duration = Duration::from_millis(10);

/// A holder that is just ending keeps the lock a moment longer; so does a child that was forked from it and has not yet
/// become another program.
const LOCK_WAIT_MAX: Duration = Duration::from_millis(500);
const LOCK_RETRY: Duration = Duration::from_millis(20);

/// Rows of one INSERT. Powers of two, so that a batch of any size needs few statements, all of them prepared before.
const CHUNKS: [usize; 8] = [128, 64, 32, 16, 8, 4, 2, 1];

/// The same shape as on Postgres: see [`found::collect`].
const FIND: &str = "\
SELECT 0, 0, size, recorded_us, root, frontier FROM (SELECT * FROM heads ORDER BY size DESC LIMIT 1)
UNION ALL
SELECT 1, key, version, 0, NULL, NULL FROM (
    SELECT q.key, (SELECT max(stream_version) FROM events WHERE stream = q.value) AS version FROM json_each($1) q
) WHERE version IS NOT NULL
UNION ALL
SELECT 2, q.key, e.log_index, e.command_events, e.command_digest, NULL
FROM json_each($2) q CROSS JOIN events e ON e.command_id = unhex(q.value)";

const HEAD: &str = "INSERT OR ROLLBACK INTO heads (size, recorded_us, root, frontier) VALUES ($1, $2, $3, $4)";
/// The head and the commit go together, because each statement is handed to another thread.
const LAST_HEAD: &str =
    "INSERT OR ROLLBACK INTO heads (size, recorded_us, root, frontier) VALUES ($1, $2, $3, $4); COMMIT";

/// An opened file.
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    pub(crate) readers: SqlitePool,
}

/// The one connection that writes.
pub(crate) struct SqliteStore {
    options: SqliteConnectOptions,
    conn: Option<SqliteConnection>,
    inserts: Arc<[Insert]>,
    /// The file, and the log of its changes beside it, to be synced from outside. That of the file is kept for as long as it is
    /// written: closing it would give up the locks that SQLite has on it.
    written: Written,
    /// Keeps other processes out for as long as this one may write.
    _lock: Arc<File>,
}

#[derive(Clone)]
struct Written {
    file: Arc<File>,
    log: PathBuf,
}

/// An INSERT of so many rows. Each execution is handed to another thread, so the first one begins the transaction, too.
struct Insert {
    rows: usize,
    sql: Arc<str>,
    sql_with_begin: Arc<str>,
}

/// The ledger's file in the data folder.
pub(crate) fn file(folder: &Path, config: &Config) -> PathBuf {
    folder.join(format!("{}.sqlite", config.service))
}

/// Opens the file, making it if there is none.
pub(crate) async fn open(config: &Config, folder: &Path) -> Result<Opened, OpenError> {
    std::fs::create_dir_all(folder).map_err(|source| OpenError::Io { path: folder.to_owned(), source })?;
    let file = file(folder, config);
    let lock = lock(&file).await?;
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // In pages of 4 KiB: under load the same index pages change with every batch; copied back less often, they are
        // written less often.
        .pragma("wal_autocheckpoint", "4000")
        .pragma("cache_size", CACHE)
        .busy_timeout(BUSY_TIMEOUT);
    let mut conn = SqliteConnection::connect_with(&options).await?;
    check_settings(&mut conn).await?;
    migrate(&mut conn, config, &file).await?;
    let readers = readers(config, &file).await?;
    let inserts = CHUNKS.map(Insert::of).into();
    let opened = File::open(&file).map_err(|source| OpenError::Io { path: file.clone(), source })?;
    let written = Written { file: Arc::new(opened), log: folder.join(format!("{}.sqlite-wal", config.service)) };
    Ok(Opened { store: SqliteStore { options, conn: Some(conn), inserts, written, _lock: lock }, readers })
}

/// Connections that cannot write.
async fn readers(config: &Config, file: &Path) -> Result<SqlitePool, OpenError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROWS_AHEAD);
    let pool = SqlitePoolOptions::new().max_connections(config.readers_max).acquire_timeout(config.batch_timeout);
    Ok(pool.connect_with(options).await?)
}

/// Connections for verifying an existing file.
pub(crate) async fn open_to_read(config: &Config, folder: &Path) -> Result<SqlitePool, OpenError> {
    let file = file(folder, config);
    let missing = || OpenError::Missing { ledger: file.display().to_string() };
    if !file.exists() {
        return Err(missing());
    }
    let pool = readers(config, &file).await?;
    let mut conn = pool.acquire().await?;
    match check_version(&mut conn, config, &file).await? {
        0 => Err(missing()),
        _ => Ok(pool),
    }
}

/// Refuses a ledger of a newer program or of another service; returns the schema version, 0 if there is none.
async fn check_version(conn: &mut SqliteConnection, config: &Config, file: &Path) -> Result<i64, OpenError> {
    let exists = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name = 'versions'").fetch_optional(&mut *conn).await?;
    if exists.is_none() {
        return Ok(0);
    }
    let last = "SELECT version, source FROM versions ORDER BY version DESC LIMIT 1";
    let Some(row) = sqlx::query(last).fetch_optional(conn).await? else { return Ok(0) };
    found::check_version(row.try_get(0)?, row.try_get(1)?, SCHEMA_VERSION, config, &file.display().to_string())
}

async fn lock(file: &Path) -> Result<Arc<File>, OpenError> {
    // Beside the database, because SQLite's own locks come and go with each transaction.
    let path = file.with_extension("lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = lock.map_err(|source| OpenError::Io { path: path.clone(), source })?;
    let since = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Arc::new(lock)),
            Err(TryLockError::WouldBlock) if since.elapsed() < LOCK_WAIT_MAX => tokio::time::sleep(LOCK_RETRY).await,
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { path: file.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(OpenError::Io { path, source }),
        }
    }
}

/// Refuses settings under which an acknowledged append could be lost.
async fn check_settings(conn: &mut SqliteConnection) -> Result<(), OpenError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *conn).await?;
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *conn).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *conn).await?;
    let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if parts < vec![3, 51, 3] {
        return Err(OpenError::Unsafe { setting: "sqlite_version", found: version, wanted: "3.51.3 or later" });
    }
    if journal != "wal" {
        return Err(OpenError::Unsafe { setting: "journal_mode", found: journal, wanted: "wal" });
    }
    if synchronous != 2 {
        let found = synchronous.to_string();
        return Err(OpenError::Unsafe { setting: "synchronous", found, wanted: "2 (FULL)" });
    }
    Ok(())
}

async fn migrate(conn: &mut SqliteConnection, config: &Config, file: &Path) -> Result<(), OpenError> {
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    let done = check_version(&mut tx, config, file).await?;
    if done == 0 {
        sqlx::raw_sql("CREATE TABLE versions (version INTEGER PRIMARY KEY, source TEXT NOT NULL) STRICT")
            .execute(&mut *tx)
            .await?;
    }
    for (version, schema) in (1_i64..).zip(SCHEMAS).skip(done as usize) {
        sqlx::raw_sql(schema).execute(&mut *tx).await?;
        let insert = sqlx::query("INSERT INTO versions (version, source) VALUES ($1, $2)");
        insert.bind(version).bind(config.source()).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

impl Insert {
    fn of(rows: usize) -> Self {
        // OR ROLLBACK spares SQLite the journal that undoing this statement alone would take.
        let mut sql = String::from(
            "INSERT OR ROLLBACK INTO events (log_index, stream, stream_version, leaf_hash, record, command_id, \
             command_digest, command_events) VALUES ",
        );
        for row in 0..rows {
            let sign = if row == 0 { "" } else { "," };
            _ = write!(sql, "{sign}(?,?,?,?,?,?,?,?)");
        }
        Self { rows, sql_with_begin: format!("BEGIN IMMEDIATE; {sql}").into(), sql: sql.into() }
    }
}

impl SqliteStore {
    async fn conn(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        if self.conn.is_none() {
            let mut conn = SqliteConnection::connect_with(&self.options).await?;
            check_settings(&mut conn).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
            self.conn = Some(conn);
        }
        self.conn.as_mut().ok_or(StoreError::Closed)
    }

    /// Inserts rows and the head after them, after beginning the transaction if need be.
    async fn insert(&mut self, rows: &[Row], tip: &Tip, mut begin: bool, head: &'static str) -> Result<(), StoreError> {
        let inserts = self.inserts.clone();
        let conn = self.conn().await?;
        let mut rest = rows;
        for Insert { rows, sql, sql_with_begin } in &*inserts {
            while let Some((chunk, after)) = rest.split_at_checked(*rows) {
                let sql = if std::mem::take(&mut begin) { sql_with_begin } else { sql };
                let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
                for Row { record, leaf, command } in chunk {
                    query = query.bind(record.log_index.cast_signed()).bind(record.stream.as_str());
                    query = query.bind(record.stream_version.cast_signed()).bind(&leaf[..]).bind(record.bytes.clone());
                    query = match command {
                        Some((id, digest, events)) => {
                            query.bind(&id.as_bytes()[..]).bind(&digest[..]).bind(events.cast_signed())
                        }
                        None => query.bind(None::<Vec<u8>>).bind(None::<Vec<u8>>).bind(None::<i64>),
                    };
                }
                query.execute(&mut *conn).await?;
                rest = after;
            }
        }
        let head = sqlx::query(head).bind(tip.size().cast_signed()).bind(tip.recorded_us).bind(&tip.root[..]);
        head.bind(tip.frontier.to_bytes()).execute(conn).await?;
        Ok(())
    }
}

impl Store for SqliteStore {
    async fn store(&mut self, rows: &[Row], tip: &Tip) -> Result<Landed, StoreError> {
        match self.insert(rows, tip, true, LAST_HEAD).await {
            Ok(()) => Ok(Landed::All),
            Err(StoreError::Database(error)) if is_taken(&error) => Ok(Landed::Nothing),
            Err(error) => Err(error),
        }
    }

    async fn begin(&mut self, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
        let conn = self.conn().await?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *conn).await?;
        find(conn, streams, commands).await
    }

    async fn commit(&mut self, rows: &[Row], tip: &Tip) -> Result<(), StoreError> {
        self.insert(rows, tip, false, LAST_HEAD).await
    }

    async fn widen(&mut self, many: bool) -> Result<(), StoreError> {
        let pragma = format!("PRAGMA cache_size = {}", if many { CACHE_MANY } else { CACHE });
        sqlx::query(AssertSqlSafe(pragma)).execute(self.conn().await?).await?;
        Ok(())
    }

    async fn look(&mut self, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
        find(self.conn().await?, streams, commands).await
    }

    async fn put(&mut self, rows: &[Row], tip: &Tip) -> Result<(), StoreError> {
        self.insert(rows, tip, false, HEAD).await
    }

    async fn end(&mut self) -> Result<(), StoreError> {
        sqlx::query("COMMIT").execute(self.conn().await?).await?;
        Ok(())
    }

    async fn abandon(&mut self) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK").execute(self.conn().await?).await?;
        Ok(())
    }

    fn carries(&self) -> impl Future<Output = Infallible> + Send + 'static {
        let Written { file, log } = self.written.clone();
        carry(CARRIED_EVERY, move || File::open(&log).and_then(|log| log.sync_data()).and_then(|()| file.sync_data()))
    }

    fn reset(&mut self) {
        self.conn = None;
    }

    async fn close(self) {
        if let Some(mut conn) = self.conn {
            // The last connection would fold the log into the file by itself, but a reader may end a moment later.
            if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await {
                tracing::debug!(%error, "the log stays beside its file");
            }
            _ = conn.close().await;
        }
    }
}

async fn find(conn: &mut SqliteConnection, streams: &[&str], commands: &[Uuid]) -> Result<Found, StoreError> {
    // Neither stream names nor hex digits need a JSON escape.
    let streams_json = json(streams.iter());
    let commands_json = json(commands.iter().map(|id| id.simple()));
    let rows = sqlx::query(FIND).bind(streams_json).bind(commands_json).fetch_all(conn).await?;
    found::collect(rows.iter().map(line), streams.len(), commands)
}

fn line(row: &SqliteRow) -> Result<Line, sqlx::Error> {
    let blobs = (row.try_get(4)?, row.try_get(5)?);
    Ok(Line { what: row.try_get(0)?, n: row.try_get(1)?, a: row.try_get(2)?, b: row.try_get(3)?, blobs })
}

fn json(items: impl Iterator<Item: std::fmt::Display>) -> String {
    let mut out = String::from("[");
    for (at, item) in items.enumerate() {
        _ = write!(out, "{}\"{item}\"", if at == 0 { "" } else { "," });
    }
    out.push(']');
    out
}
