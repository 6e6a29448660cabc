//! The rows of one batch, gathered in memory, written table by table in one transaction.

use std::{collections::BTreeMap, fmt::Write as _};

use sqlx::{Arguments, AssertSqlSafe, error::BoxDynError, postgres::PgArguments, sqlite::SqliteArguments};

use tracing::Span;

use super::{Engine, Table, Value, Writer, table::Merge};

/// Values that one SQLite statement may bind; its own limit is 32,766.
const SQLITE_VALUES_MAX: usize = 8_192;

/// Most bytes of all texts in one row of an index; Postgres takes no longer ones than 2,704, with what else is in it.
const INDEXED_BYTES_MAX: usize = 2_500;

/// What one batch writes.
#[derive(Default)]
pub(crate) struct Batch {
    tables: BTreeMap<&'static str, Rows>,
    /// What is in somebody's trace until it is written.
    pub(crate) spans: Vec<Span>,
    /// Why a row can be kept by no database, if one cannot: the first of them.
    unfit: Option<String>,
}

struct Rows {
    table: &'static Table,
    /// The texts that stand in one index, by where they are in a row; the key first.
    indexed: Vec<Vec<usize>>,
    /// Rows that are new for certain: no key of them is written twice.
    appended: Vec<Vec<Value>>,
    /// Rows by key, so that a batch writes each once.
    merged: BTreeMap<Vec<Value>, Vec<Value>>,
}

impl Batch {
    fn rows(&mut self, table: &'static Table) -> &mut Rows {
        self.tables.entry(table.name).or_insert_with(|| Rows {
            table,
            indexed: table.indexed_texts(),
            appended: Vec::new(),
            merged: BTreeMap::new(),
        })
    }

    /// Notes why a row cannot be kept. What an engine would take and the other refuse is refused on both, so that the views of
    /// a ledger are the same on each.
    fn check(&mut self, table: &'static Table, row: &[Value]) {
        debug_assert_eq!(row.len(), table.columns.len(), "{}", table.name);
        let long = |texts: &Vec<usize>| texts.iter().map(|at| row[*at].bytes()).sum::<usize>() > INDEXED_BYTES_MAX;
        if self.rows(table).indexed.iter().any(long) {
            self.unfit.get_or_insert_with(|| format!("what {} are found by is too long", table.name));
        }
    }

    /// Why a row that was written since the last call can be kept by no database.
    pub(crate) fn take_unfit(&mut self) -> Option<String> {
        self.unfit.take()
    }

    /// A row that nothing else in the batch writes.
    pub(crate) fn append(&mut self, table: &'static Table, row: Vec<Value>) {
        self.check(table, &row);
        self.rows(table).appended.push(row);
    }

    /// A row that may be there, in the batch or in the database.
    pub(crate) fn put(&mut self, table: &'static Table, row: Vec<Value>) {
        self.check(table, &row);
        let key = row[..table.keys().count()].to_vec();
        match self.rows(table).merged.entry(key) {
            std::collections::btree_map::Entry::Vacant(at) => {
                at.insert(row);
            }
            std::collections::btree_map::Entry::Occupied(mut at) => {
                for ((column, old), new) in table.columns.iter().zip(at.get_mut()).zip(row) {
                    merge(column.merge, old, new);
                }
            }
        }
    }

    /// The statements that write it all.
    pub(crate) fn statements(self, engine: Engine) -> Result<Statements, sqlx::Error> {
        Ok(match engine {
            Engine::Sqlite => Statements::Sqlite(all(self, sqlite)?),
            Engine::Postgres => Statements::Postgres(all(self, postgres)?),
        })
    }
}

fn all<A: Default>(
    batch: Batch,
    insert: impl Fn(&Table, &[Vec<Value>]) -> Result<Vec<Statement<A>>, BoxDynError>,
) -> Result<Vec<Statement<A>>, sqlx::Error> {
    let mut out = Vec::new();
    for Rows { table, mut appended, merged, .. } in batch.tables.into_values() {
        // In the order of the key, which is that of the pages of its index.
        appended.sort_unstable();
        appended.extend(merged.into_values());
        out.extend(insert(table, &appended).map_err(sqlx::Error::Encode)?);
        if !table.empty.is_empty() {
            out.push((format!("DELETE FROM {} WHERE {}", table.name, table.empty), A::default()));
        }
    }
    Ok(out)
}

/// A statement and its arguments.
type Statement<A> = (String, A);

/// What writes one batch. Made beside the writing of the batch before, so that the database waits for nothing but the
/// hand-over.
pub(crate) enum Statements {
    Sqlite(Vec<Statement<SqliteArguments>>),
    Postgres(Vec<Statement<PgArguments>>),
}

impl Statements {
    /// Writes everything; the transaction is the caller's.
    async fn write(self, writer: &mut Writer) -> Result<(), sqlx::Error> {
        match (self, writer) {
            (Self::Sqlite(all), Writer::Sqlite(conn)) => {
                for (sql, args) in all {
                    sqlx::query_with(AssertSqlSafe(sql), args).execute(&mut *conn).await?;
                }
            }
            (Self::Postgres(all), Writer::Postgres(conn)) => {
                for (sql, args) in all {
                    sqlx::query_with(AssertSqlSafe(sql), args).execute(&mut *conn).await?;
                }
            }
            (Self::Sqlite(_), Writer::Postgres(_)) | (Self::Postgres(_), Writer::Sqlite(_)) => {
                return Err(sqlx::Error::Encode("statements of the other engine".into()));
            }
        }
        Ok(())
    }

    /// Writes everything in one transaction.
    pub(crate) async fn commit(self, writer: &mut Writer) -> Result<(), sqlx::Error> {
        writer.run(begin(writer).to_owned()).await?;
        match self.write(writer).await {
            Ok(()) => writer.run("COMMIT".to_owned()).await,
            Err(error) => {
                // The connection may be gone; the first error says why.
                let _ = writer.run("ROLLBACK".to_owned()).await;
                Err(error)
            }
        }
    }
}

fn begin(writer: &Writer) -> &'static str {
    match writer {
        Writer::Sqlite(_) => "BEGIN IMMEDIATE",
        Writer::Postgres(_) => "BEGIN",
    }
}

fn merge(how: Merge, old: &mut Value, new: Value) {
    match (how, &mut *old, &new) {
        (Merge::Key | Merge::Once, ..) => {}
        (Merge::Add, Value::Int(a), Value::Int(b)) => *a = a.saturating_add(*b),
        (Merge::Min, a, b) if *b >= *a => {}
        (Merge::Max, a, b) if *b <= *a => {}
        _ => *old = new,
    }
}

fn sqlite(table: &Table, rows: &[Vec<Value>]) -> Result<Vec<Statement<SqliteArguments>>, BoxDynError> {
    let arity = table.columns.len();
    let mut out = Vec::new();
    let mut left = rows;
    while !left.is_empty() {
        // Powers of two: a batch of any size needs few statements, all of them prepared before.
        let most = (SQLITE_VALUES_MAX / arity).max(1);
        let (chunk, rest) = left.split_at(1 << left.len().min(most).ilog2());
        left = rest;
        let mut args = SqliteArguments::default();
        args.reserve(chunk.len() * arity, 0);
        for value in chunk.iter().flatten() {
            match value {
                Value::Null => Arguments::add(&mut args, None::<i64>)?,
                Value::Int(n) => Arguments::add(&mut args, n)?,
                Value::Text(text) => Arguments::add(&mut args, text.clone())?,
            }
        }
        out.push((sqlite_insert(table, chunk.len()), args));
    }
    Ok(out)
}

fn sqlite_insert(table: &Table, rows: usize) -> String {
    let mut out = table.insert_head();
    out.reserve(rows * table.columns.len() * 2 + 256);
    let mut one = String::from("(");
    for n in 0..table.columns.len() {
        one.push_str(if n == 0 { "?" } else { ",?" });
    }
    one.push(')');
    out.push_str(" VALUES ");
    for n in 0..rows {
        if n > 0 {
            out.push(',');
        }
        out.push_str(&one);
    }
    out.push_str(&table.insert_tail());
    out
}

/// One statement whatever the number of rows: an array per column.
fn postgres(table: &Table, rows: &[Vec<Value>]) -> Result<Vec<Statement<PgArguments>>, BoxDynError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = table.insert_head();
    sql.push_str(" SELECT * FROM UNNEST(");
    let mut args = PgArguments::default();
    for (n, column) in table.columns.iter().enumerate() {
        let kind = if column.is_int { "bigint" } else { "text" };
        let _ = write!(sql, "{}${}::{kind}[]", if n == 0 { "" } else { "," }, n + 1);
        if column.is_int {
            args.add(rows.iter().map(|row| as_int(&row[n])).collect::<Vec<_>>())?;
        } else {
            args.add(rows.iter().map(|row| as_text(&row[n])).collect::<Vec<_>>())?;
        }
    }
    sql.push(')');
    sql.push_str(&table.insert_tail());
    Ok(vec![(sql, args)])
}

fn as_int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) => Some(*n),
        Value::Null | Value::Text(_) => None,
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Null | Value::Int(_) => None,
    }
}
