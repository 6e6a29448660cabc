//! The views' database: one small layer over SQLite and Postgres, with the same SQL text for both.
//!
//! Why not sqlx's `Any`: it cannot bind arrays, and one `UNNEST` per table is what makes a batch cheap on Postgres.
//!
//! Everything in here can be deleted and folded again, so SQLite runs with `synchronous=NORMAL` and Postgres with
//! `synchronous_commit=off`: a power cut may take the last batches, never the order, because offsets are written in the
//! same transaction.

mod batch;
mod record;
mod table;
mod value;

use std::{
    convert::Infallible,
    fs::File,
    path::{Path, PathBuf},
    str::FromStr as _,
    sync::Arc,
    time::Duration,
};

use futures::TryStreamExt as _;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool, SqliteConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub(crate) use batch::{Batch, Statements};
pub(crate) use record::{Field, json, record};
pub use table::Engine;
pub(crate) use table::{Column, Table};
pub(crate) use value::{Columns, Row, Value, day_text, month_text};

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS_MAX: u32 = 4;
/// The log of changes is synced so often: some megabytes each time.
const CARRIED_EVERY: Duration = Duration::from_millis(200);
/// Rows that SQLite's thread hands over before it waits: each wait is a change of threads.
const ROWS_AHEAD: usize = 500;
const SCHEMA: &str = "fazhi_projection";

/// Where the views live.
#[derive(Clone)]
pub enum Db {
    /// The data folder; the views are the file `projection.sqlite` in it.
    Sqlite(PathBuf),
    /// A `postgres://` URL; the views are the schema `fazhi_projection` of that database.
    Postgres(String),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(folder) => f.debug_tuple("Sqlite").field(folder).finish(),
            // The URL may hold a password.
            Self::Postgres(_) => f.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
}

/// What of the data the database refuses, if that is why it failed; a connection or a disc that fails refuses no data.
pub(crate) fn refusal(engine: Engine, error: &sqlx::Error) -> Option<String> {
    let refused = match (error, engine) {
        (sqlx::Error::Encode(_), _) => "too large".to_owned(),
        (sqlx::Error::Database(error), Engine::Postgres) => {
            let code = error.code()?;
            // Data, integrity, cardinality, a limit of the program.
            ["21", "22", "23", "54"].contains(&code.get(..2)?).then(|| format!("SQLSTATE {code}"))?
        }
        (sqlx::Error::Database(error), Engine::Sqlite) => {
            let code: u32 = error.code()?.parse().ok()?;
            // SQLITE_TOOBIG, _CONSTRAINT, _MISMATCH, _RANGE; what stands above the first byte refines them.
            [18, 19, 20, 25].contains(&(code & 0xff)).then(|| format!("SQLite {code}"))?
        }
        _ => return None,
    };
    Some(format!("数据库拒绝保存（{refused}）。The database refuses it ({refused})."))
}

/// Connections that only read.
#[derive(Clone)]
pub(crate) enum Reader {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The one connection that writes.
pub(crate) enum Writer {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// An opened database.
pub(crate) struct Store {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
}

/// The file in the data folder.
pub(crate) fn file(folder: &Path) -> PathBuf {
    folder.join("projection.sqlite")
}

impl Db {
    /// Carries the log of changes to the disc as it comes, until it is dropped: it is synced when it is copied back, all of it at
    /// once.
    pub(crate) async fn carried(&self) -> Infallible {
        let Self::Sqlite(folder) = self else { return std::future::pending().await };
        let log = file(folder).with_extension("sqlite-wal");
        ledger::carry(CARRIED_EVERY, move || File::open(&log)?.sync_data()).await
    }
}

impl Store {
    /// Opens the database, without looking at what is in it.
    pub(crate) async fn open(db: &Db) -> Result<Self, sqlx::Error> {
        // The writer first: it makes what the readers open.
        let writer = Writer::open(db).await?;
        Ok(Self { reader: Reader::open(db).await?, writer })
    }
}

impl Writer {
    pub(crate) async fn open(db: &Db) -> Result<Self, sqlx::Error> {
        match db {
            Db::Sqlite(folder) => write_sqlite(&file(folder)).await.map(Self::Sqlite),
            Db::Postgres(url) => write_postgres(url).await.map(Self::Postgres),
        }
    }
}

impl Reader {
    async fn open(db: &Db) -> Result<Self, sqlx::Error> {
        match db {
            Db::Sqlite(folder) => read_sqlite(&file(folder)).await.map(Self::Sqlite),
            Db::Postgres(url) => read_postgres(url).await.map(Self::Postgres),
        }
    }
}

async fn write_sqlite(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .page_size(8192)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", "8000")
        .pragma("journal_size_limit", "67108864");
    SqliteConnection::connect_with(&options).await
}

async fn read_sqlite(file: &Path) -> Result<SqlitePool, sqlx::Error> {
    let reading = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROWS_AHEAD)
        .pragma("cache_size", "-16384");
    let pool = SqlitePoolOptions::new().max_connections(READERS_MAX).acquire_timeout(ACQUIRE_TIMEOUT);
    pool.connect_with(reading).await
}

fn options_postgres(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(PgConnectOptions::from_str(url)?.options([("search_path", SCHEMA)]))
}

async fn write_postgres(url: &str) -> Result<PgConnection, sqlx::Error> {
    let mut conn = options_postgres(url)?.options([("synchronous_commit", "off")]).connect().await?;
    // Made beforehand by an administrator, perhaps, where this role may not make schemas: then it may not even ask.
    let missing = sqlx::query_scalar("SELECT to_regnamespace($1) IS NULL").bind(SCHEMA);
    if missing.fetch_one(&mut conn).await? {
        let create = format!("CREATE SCHEMA IF NOT EXISTS {SCHEMA}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut conn).await?;
    }
    Ok(conn)
}

async fn read_postgres(url: &str) -> Result<PgPool, sqlx::Error> {
    let reading = options_postgres(url)?.options([("default_transaction_read_only", "on")]);
    let pool = PgPoolOptions::new().max_connections(READERS_MAX).acquire_timeout(ACQUIRE_TIMEOUT);
    pool.connect_with(reading).await
}

macro_rules! bind {
    ($query:ident, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Value::Null => query.bind(None::<i64>),
                Value::Int(n) => query.bind(n),
                Value::Text(text) => query.bind(text),
            };
        }
        query
    }};
}

impl Reader {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows of a query. Limits stand in its text.
    pub(crate) async fn all(&self, sql: impl Into<Arc<str>>, args: Vec<Value>) -> Result<Vec<Row>, sqlx::Error> {
        let sql = AssertSqlSafe(sql.into());
        match self {
            Self::Sqlite(pool) => {
                let query = sqlx::query(sql);
                let rows = bind!(query, args).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(pool) => {
                let query = sqlx::query(sql);
                let rows = bind!(query, args).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    pub(crate) async fn one(&self, sql: impl Into<Arc<str>>, args: Vec<Value>) -> Result<Option<Row>, sqlx::Error> {
        Ok(self.all(sql, args).await?.pop())
    }

    /// The values of a list bound as one JSON array in `$n`, as a subquery.
    pub(crate) fn list(&self, n: usize) -> String {
        match self {
            Self::Sqlite(_) => format!("(SELECT value FROM json_each(${n}))"),
            Self::Postgres(_) => format!("(SELECT jsonb_array_elements_text(${n}::jsonb))"),
        }
    }

    /// The same for pairs: `(a, b) IN` it.
    pub(crate) fn pairs(&self, n: usize) -> String {
        match self {
            Self::Sqlite(_) => {
                format!("(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${n}))")
            }
            Self::Postgres(_) => {
                format!("(SELECT pair->>0, pair->>1 FROM jsonb_array_elements(${n}::jsonb) AS pairs(pair))")
            }
        }
    }

    /// All rows one after the other, for what is too long to hold.
    pub(crate) async fn each(
        &self,
        sql: String,
        mut row: impl FnMut(Row) -> Result<(), sqlx::Error>,
    ) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Sqlite(pool) => {
                let mut rows = sqlx::query(sql).fetch(pool);
                while let Some(next) = rows.try_next().await? {
                    row(Row::Sqlite(next))?;
                }
            }
            Self::Postgres(pool) => {
                let mut rows = sqlx::query(sql).fetch(pool);
                while let Some(next) = rows.try_next().await? {
                    row(Row::Postgres(next))?;
                }
            }
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Writer {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Statements of the program, without arguments, in one go.
    pub(crate) async fn run(&mut self, sql: String) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(conn) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map(drop),
            Self::Postgres(conn) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map(drop),
        }
    }

    pub(crate) async fn all(&mut self, sql: &'static str) -> Result<Vec<Row>, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(conn) => sqlx::query(sql).fetch_all(conn).await?.into_iter().map(Row::Sqlite).collect(),
            Self::Postgres(conn) => sqlx::query(sql).fetch_all(conn).await?.into_iter().map(Row::Postgres).collect(),
        })
    }

    /// Puts what lies in SQLite's write-ahead log into the file, so that the file is whole by itself.
    pub(crate) async fn fold_log(&mut self) -> Result<(), sqlx::Error> {
        match self {
            // A run that was stopped while writing left its transaction open; without one the first fails, and that is well.
            Self::Sqlite(_) => {
                _ = self.run("ROLLBACK".to_owned()).await;
                self.run("PRAGMA wal_checkpoint(TRUNCATE)".to_owned()).await
            }
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) async fn close(self) {
        let closed = match self {
            Self::Sqlite(conn) => conn.close().await,
            Self::Postgres(conn) => conn.close().await,
        };
        if let Err(error) = closed {
            tracing::debug!(%error, "closing the views' database");
        }
    }
}
