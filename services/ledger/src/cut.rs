//! The databases of a suite as of one moment, and what of their tables is put into others: row by row, whichever engine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use futures::TryStreamExt as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{
    AssertSqlSafe, ColumnIndex, ConnectOptions as _, Connection as _, Decode, PgConnection, Row, SqliteConnection, Type,
};

use crate::{OpenError, Url};

/// Rows of one INSERT.
const CHUNK_ROWS: usize = 256;
/// Bytes after which an INSERT takes no more rows.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// Time to get between two transactions of a writer, on SQLite.
const BETWEEN_MAX: Duration = Duration::from_secs(20);
const BETWEEN_RETRY: Duration = Duration::from_micros(200);

/// A table to copy.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns; the first one is its key.
    pub columns: &'static [Column],
}

/// A column by its type, which may always be NULL.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// A 64-bit number.
    Number(&'static str),
    /// A text.
    Text(&'static str),
    /// Bytes.
    Bytes(&'static str),
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Number(name) | Self::Text(name) | Self::Bytes(name) => name,
        }
    }
}

impl Table {
    fn columns(&self) -> String {
        self.columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ")
    }

    fn insert(&self, table: &str, rows: usize) -> String {
        let width = self.columns.len();
        let row = |n: usize| {
            let places: Vec<_> = (1..=width).map(|column| format!("${}", n * width + column)).collect();
            format!("({})", places.join(","))
        };
        let rows: Vec<_> = (0..rows).map(row).collect();
        format!("INSERT INTO {table} ({}) VALUES {}", self.columns(), rows.join(","))
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    fn bytes(&self) -> usize {
        match self {
            Self::Number(_) => 8,
            Self::Text(text) => text.as_ref().map_or(0, String::len),
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        }
    }
}

/// Databases, read as they were at one moment, whoever writes on.
///
/// A database has a name: on SQLite it is the file of that name in the data folder, on Postgres the schema `fazhi_<name>`.
pub struct Cut(Source);

enum Source {
    /// A connection each, with a read transaction open.
    Sqlite(BTreeMap<String, SqliteConnection>),
    /// One snapshot over all schemas.
    Postgres { conn: PgConnection, there: Vec<String> },
}

impl Cut {
    /// Takes those of the databases named that are there, as of one moment. On SQLite every writer is kept waiting for as long
    /// as it takes to begin reading all of them. On Postgres it is one snapshot.
    ///
    /// # Errors
    /// [`OpenError`] when one cannot be opened, or a writer leaves no time between two transactions.
    pub async fn take(url: &Url, names: &[&str]) -> Result<Self, OpenError> {
        match url {
            Url::Sqlite(folder) => Self::of_files(folder, names).await,
            Url::Postgres(url) => Self::of_schemas(url, names).await,
        }
    }

    /// The files of a folder in which nobody writes, and nothing is written: not even what SQLite keeps beside a file.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub async fn still(folder: &Path, names: &[&str]) -> Result<Self, OpenError> {
        let mut reading = BTreeMap::new();
        for (name, file) in files(folder, names) {
            let options = SqliteConnectOptions::new().filename(&file).read_only(true).immutable(true);
            reading.insert(name, SqliteConnection::connect_with(&options).await?);
        }
        Ok(Self(Source::Sqlite(reading)))
    }

    async fn of_files(folder: &Path, names: &[&str]) -> Result<Self, OpenError> {
        let there = files(folder, names);
        // Always in the same order, and no writer holds one database while it waits for another: nobody waits in a circle.
        let mut held = Vec::new();
        for (_, file) in &there {
            held.push(hold(file).await?);
        }
        let mut reading = BTreeMap::new();
        for (name, file) in there {
            let options = SqliteConnectOptions::new().filename(&file).read_only(true).row_buffer_size(CHUNK_ROWS);
            let mut conn = SqliteConnection::connect_with(&options).await?;
            // Only the first read begins the transaction.
            sqlx::raw_sql("BEGIN; SELECT count(*) FROM sqlite_schema").execute(&mut conn).await?;
            reading.insert(name, conn);
        }
        for conn in held {
            conn.close().await?;
        }
        Ok(Self(Source::Sqlite(reading)))
    }

    async fn of_schemas(url: &str, names: &[&str]) -> Result<Self, OpenError> {
        let mut conn = connect(url).await?;
        sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").execute(&mut conn).await?;
        let mut there = Vec::new();
        for name in names {
            let exists =
                sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL").bind(format!("fazhi_{name}.versions"));
            if exists.fetch_one(&mut conn).await? {
                there.push((*name).to_owned());
            }
        }
        Ok(Self(Source::Postgres { conn, there }))
    }

    /// The newest schema of a ledger that this program knows, on the engine that is read.
    pub(crate) fn schema_known(&self) -> i64 {
        match &self.0 {
            Source::Sqlite(_) => crate::sqlite::SCHEMA_VERSION,
            Source::Postgres { .. } => crate::postgres::SCHEMA_VERSION,
        }
    }

    /// Whether a database is among them.
    pub fn has(&self, name: &str) -> bool {
        match &self.0 {
            Source::Sqlite(reading) => reading.contains_key(name),
            Source::Postgres { there, .. } => there.iter().any(|known| known == name),
        }
    }

    /// The first value that a query of one of the databases answers; `{}` in it stands before each table.
    ///
    /// # Errors
    /// The database's; also where it is not among them.
    pub async fn one<T>(&mut self, name: &str, sql: &str) -> Result<Option<T>, sqlx::Error>
    where
        T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        match &mut self.0 {
            Source::Sqlite(reading) => {
                let conn = reading.get_mut(name).ok_or(sqlx::Error::RowNotFound)?;
                sqlx::query_scalar(AssertSqlSafe(sql.replace("{}", ""))).fetch_optional(conn).await
            }
            Source::Postgres { conn, .. } => {
                sqlx::query_scalar(AssertSqlSafe(sql.replace("{}", &format!("fazhi_{name}."))))
                    .fetch_optional(conn)
                    .await
            }
        }
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&mut self, name: &str, table: &Table) -> Result<u64, sqlx::Error> {
        let sql = format!("SELECT CAST(count(*) AS bigint) FROM {{}}{}", table.name);
        Ok(self.one::<i64>(name, &sql).await?.unwrap_or(0).cast_unsigned())
    }

    /// Puts every row of a table into the same table elsewhere, in the order of its key. `progress` gets how many rows went over.
    ///
    /// # Errors
    /// Either database's.
    pub async fn copy(
        &mut self,
        name: &str,
        table: &Table,
        into: &mut Filling,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64, sqlx::Error> {
        let (columns, key) = (table.columns(), table.columns[0].name());
        let select = |at: &str| format!("SELECT {columns} FROM {at}{} ORDER BY {key}", table.name);
        let mut rows = match &mut self.0 {
            Source::Sqlite(reading) => {
                let conn = reading.get_mut(name).ok_or(sqlx::Error::RowNotFound)?;
                let rows = sqlx::query(AssertSqlSafe(select(""))).fetch(conn);
                futures::StreamExt::boxed(rows.and_then(|row| std::future::ready(values(&row, table))))
            }
            Source::Postgres { conn, .. } => {
                let rows = sqlx::query(AssertSqlSafe(select(&format!("fazhi_{name}.")))).fetch(conn);
                futures::StreamExt::boxed(rows.and_then(|row| std::future::ready(values(&row, table))))
            }
        };
        let (mut chunk, mut bytes, mut done) = (Vec::new(), 0, 0);
        while let Some(row) = rows.try_next().await? {
            bytes += row.iter().map(Value::bytes).sum::<usize>();
            chunk.push(row);
            if chunk.len() == CHUNK_ROWS || bytes >= CHUNK_BYTES {
                done += chunk.len() as u64;
                into.insert(table, std::mem::take(&mut chunk)).await?;
                bytes = 0;
                progress(done);
            }
        }
        done += chunk.len() as u64;
        into.insert(table, chunk).await?;
        progress(done);
        Ok(done)
    }

    /// Ends reading.
    pub async fn close(self) {
        match self.0 {
            Source::Sqlite(reading) => {
                for conn in reading.into_values() {
                    _ = conn.close().await;
                }
            }
            Source::Postgres { conn, .. } => _ = conn.close().await,
        }
    }
}

/// A database into which tables are put, in one transaction: all of it, or nothing.
pub struct Filling {
    conn: Target,
    schema: String,
}

enum Target {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Filling {
    /// Begins. The database of that name must be there, with its tables.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin(url: &Url, name: &str) -> Result<Self, OpenError> {
        Ok(match url {
            Url::Sqlite(folder) => {
                let options = SqliteConnectOptions::new()
                    .filename(file(folder, name))
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true);
                let mut conn = SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut conn).await?;
                Self { conn: Target::Sqlite(conn), schema: String::new() }
            }
            Url::Postgres(url) => {
                let mut conn = connect(url).await?;
                sqlx::raw_sql("BEGIN").execute(&mut conn).await?;
                Self { conn: Target::Postgres(conn), schema: format!("fazhi_{name}.") }
            }
        })
    }

    async fn insert(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), sqlx::Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let sql = table.insert(&format!("{}{}", self.schema, table.name), rows.len());
        macro_rules! run {
            ($conn:expr) => {{
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for value in rows.into_iter().flatten() {
                    query = match value {
                        Value::Number(number) => query.bind(number),
                        Value::Text(text) => query.bind(text),
                        Value::Bytes(bytes) => query.bind(bytes),
                    };
                }
                query.execute($conn).await?;
            }};
        }
        match &mut self.conn {
            Target::Sqlite(conn) => run!(conn),
            Target::Postgres(conn) => run!(conn),
        }
        Ok(())
    }

    /// Makes it last.
    ///
    /// # Errors
    /// The database's.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.conn {
            Target::Sqlite(mut conn) => {
                sqlx::raw_sql("COMMIT").execute(&mut conn).await?;
                conn.close().await
            }
            Target::Postgres(mut conn) => {
                sqlx::raw_sql("COMMIT").execute(&mut conn).await?;
                conn.close().await
            }
        }
    }
}

/// Lets a file stand for itself: without a write-ahead log beside it, also while it is read. Whoever opens it to write makes
/// one again.
///
/// # Errors
/// When it is in use.
pub async fn settle(folder: &Path, name: &str) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file(folder, name)).journal_mode(SqliteJournalMode::Delete);
    SqliteConnection::connect_with(&options).await?.close().await
}

fn values<R>(row: &R, table: &Table) -> Result<Vec<Value>, sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'r> Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Option<Vec<u8>>: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = |(at, column): (usize, &Column)| {
        Ok(match column {
            Column::Number(_) => Value::Number(row.try_get(at)?),
            Column::Text(_) => Value::Text(row.try_get(at)?),
            Column::Bytes(_) => Value::Bytes(row.try_get(at)?),
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.sqlite"))
}

/// Those of the files that are there.
fn files(folder: &Path, names: &[&str]) -> Vec<(String, PathBuf)> {
    let all = names.iter().map(|name| ((*name).to_owned(), file(folder, name)));
    all.filter(|(_, file)| file.exists()).collect()
}

/// Keeps writers out of a file until the connection is closed.
async fn hold(file: &Path) -> Result<SqliteConnection, OpenError> {
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::ZERO);
    let mut conn = SqliteConnection::connect_with(&options).await?;
    let since = Instant::now();
    loop {
        // A writer under load commits every few milliseconds: whoever sleeps longer misses every gap.
        match sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut conn).await {
            Ok(_) => return Ok(conn),
            Err(error) if since.elapsed() > BETWEEN_MAX => return Err(error.into()),
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "5") => {
                tokio::time::sleep(BETWEEN_RETRY).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

async fn connect(url: &str) -> Result<PgConnection, OpenError> {
    // The parser's own message could repeat the password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Setting("the database URL is not like postgres://user@host/database".to_owned()))?
        .application_name("fazhi-copy")
        .disable_statement_logging();
    Ok(PgConnection::connect_with(&options).await?)
}
