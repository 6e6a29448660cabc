//! One small layer over SQLite and Postgres: the same statements for both, written once.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use ledger::Url;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::OpenError;

/// The schema version of this program, in the words of Postgres; each one's changes are applied in order.
const SCHEMAS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema_2.sql")];
/// The vault among the databases of a suite.
pub(crate) const NAME: &str = "vault";
const FILE: &str = "vault.sqlite";
const SCHEMA: &str = "fazhi_vault";
/// So that processes that start together make the schema once.
const LOCK: i64 = i64::from_be_bytes(*b"vaultfaz");

const CONNECTIONS_MAX: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const STATEMENT_TIMEOUT: &str = "10s";

const SAFE: &str = "\
SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
   AND current_setting('synchronous_commit') IN ('on', 'remote_apply')";

const EXISTS: &str = "SELECT to_regclass($1) IS NOT NULL";

/// Something of one engine or of the other.
pub(crate) enum Engine<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// The vault's connections.
pub(crate) type Pool = Engine<SqlitePool, PgPool>;
/// A transaction; dropped without commit, it leaves nothing.
pub(crate) type Tx = Engine<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

/// The same expression for either engine.
macro_rules! on {
    ($engine:expr, $conn:ident => $body:expr) => {
        match $engine {
            $crate::db::Engine::Sqlite($conn) => $body,
            $crate::db::Engine::Postgres($conn) => $body,
        }
    };
}
pub(crate) use on;

impl Pool {
    /// Opens the database, making what is missing.
    pub(crate) async fn open(url: &Url) -> Result<Self, OpenError> {
        let pool = match url {
            Url::Sqlite(folder) => Self::Sqlite(open_sqlite(folder).await?),
            Url::Postgres(url) => Self::Postgres(open_postgres(url).await?),
        };
        pool.migrate().await?;
        Ok(pool)
    }

    /// Opens what is there to read from, and makes nothing; `None` if there is no vault.
    pub(crate) async fn open_to_read(url: &Url) -> Result<Option<Self>, OpenError> {
        match url {
            Url::Sqlite(folder) => {
                let file = folder.join(FILE);
                if !file.exists() {
                    return Ok(None);
                }
                let options = SqliteConnectOptions::new().filename(&file).read_only(true).busy_timeout(BUSY_TIMEOUT);
                let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
                Ok(Some(Self::Sqlite(pool.connect_with(options).await?)))
            }
            Url::Postgres(url) => {
                let pool = open_postgres(url).await?;
                let there = sqlx::query_scalar(EXISTS).bind(format!("{SCHEMA}.entries")).fetch_one(&pool).await?;
                Ok(if there { Some(Self::Postgres(pool)) } else { None })
            }
        }
    }

    /// Begins a transaction. On SQLite it keeps every other writer out; on Postgres each statement sees what others have
    /// committed by then.
    pub(crate) async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(pool) => Engine::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Engine::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?),
        })
    }

    async fn migrate(&self) -> Result<(), OpenError> {
        let mut tx = self.begin().await?;
        let mut there = false;
        if let Engine::Postgres(tx) = &mut tx {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut **tx).await?;
            let missing = sqlx::query_scalar("SELECT to_regnamespace($1) IS NULL").bind(SCHEMA);
            // Made beforehand by an administrator, perhaps, where this role may not make schemas.
            if missing.fetch_one(&mut **tx).await? {
                sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {SCHEMA}"))).execute(&mut **tx).await?;
            }
            there = sqlx::query_scalar(EXISTS).bind(format!("{SCHEMA}.versions")).fetch_one(&mut **tx).await?;
        }
        // Who may not make tables may not even ask for one that is there.
        if !there {
            on!(&mut tx, tx => {
                sqlx::raw_sql("CREATE TABLE IF NOT EXISTS versions (version bigint PRIMARY KEY)").execute(&mut **tx).await?;
            });
        }
        const DONE: &str = "SELECT coalesce(max(version), 0) FROM versions";
        let done: i64 = on!(&mut tx, tx => sqlx::query_scalar(DONE).fetch_one(&mut **tx).await?);
        let known = SCHEMAS.len() as i64;
        if done > known {
            return Err(OpenError::Newer { found: done, known });
        }
        for (version, schema) in (1_i64..).zip(SCHEMAS).skip(done as usize) {
            match &mut tx {
                Engine::Sqlite(tx) => {
                    sqlx::raw_sql(AssertSqlSafe(schema.replace("bytea", "BLOB"))).execute(&mut **tx).await?;
                }
                Engine::Postgres(tx) => {
                    sqlx::raw_sql(schema).execute(&mut **tx).await?;
                }
            }
            const INSERT: &str = "INSERT INTO versions (version) VALUES ($1)";
            on!(&mut tx, tx => { sqlx::query(INSERT).bind(version).execute(&mut **tx).await?; });
        }
        Ok(tx.commit().await?)
    }

    /// Takes what was overwritten out of SQLite's write-ahead log, too; false if somebody is reading there. Postgres has
    /// no such order: there it goes with the next vacuum and when the log is recycled.
    pub(crate) async fn forget(&self) -> Result<bool, sqlx::Error> {
        let Self::Sqlite(pool) = self else { return Ok(true) };
        let busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(pool).await?;
        Ok(busy == 0)
    }

    pub(crate) async fn close(&self) {
        on!(self, pool => pool.close().await);
    }
}

impl Tx {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        on!(self, tx => tx.commit().await)
    }

    /// The key-encryption key that the vault is under; it stays so until the transaction ends.
    pub(crate) async fn kek(&mut self) -> Result<String, sqlx::Error> {
        match self {
            // Nobody else is writing.
            Self::Sqlite(tx) => sqlx::query_scalar("SELECT kek FROM vault").fetch_one(&mut **tx).await,
            Self::Postgres(tx) => sqlx::query_scalar("SELECT kek FROM vault FOR SHARE").fetch_one(&mut **tx).await,
        }
    }
}

async fn open_sqlite(folder: &Path) -> Result<SqlitePool, OpenError> {
    let file = folder.join(FILE);
    let io = |source| OpenError::Io { path: file.clone(), source };
    std::fs::create_dir_all(folder).map_err(io)?;
    // Made here and not by SQLite, for its owner only; its log takes over the mode.
    File::options().create(true).append(true).mode(0o600).open(&file).map_err(io)?;
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "memory");
    let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS_MAX).acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(pool.connect_with(options).await?)
}

async fn open_postgres(url: &str) -> Result<PgPool, OpenError> {
    // The parser's own message could repeat the password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Url)?
        .application_name("fazhi-vault")
        .options([
            ("search_path", SCHEMA),
            ("statement_timeout", STATEMENT_TIMEOUT),
            ("client_min_messages", "warning"),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS_MAX).acquire_timeout(ACQUIRE_TIMEOUT);
    let pool = pool.connect_with(options).await?;
    if sqlx::query_scalar(SAFE).fetch_one(&pool).await? { Ok(pool) } else { Err(OpenError::Unsafe) }
}
