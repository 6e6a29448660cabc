//! The rows of one batch, gathered in memory, written table by table in one transaction.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection};

use super::{Table, Value, Writer, table::Merge};

/// Values that one SQLite statement may bind; its own limit is 32,766.
const SQLITE_VALUES_MAX: usize = 8_192;

/// What one batch writes.
#[derive(Default)]
pub(crate) struct Batch {
    tables: BTreeMap<&'static str, Rows>,
}

struct Rows {
    table: &'static Table,
    /// Rows that are new for certain: no key of them is written twice.
    appended: Vec<Vec<Value>>,
    /// Rows by key, so that a batch writes each once.
    merged: BTreeMap<Vec<Value>, Vec<Value>>,
}

impl Batch {
    fn rows(&mut self, table: &'static Table) -> &mut Rows {
        self.tables.entry(table.name).or_insert_with(|| Rows { table, appended: Vec::new(), merged: BTreeMap::new() })
    }

    /// A row that nothing else in the batch writes.
    pub(crate) fn append(&mut self, table: &'static Table, row: Vec<Value>) {
        debug_assert_eq!(row.len(), table.columns.len(), "{}", table.name);
        self.rows(table).appended.push(row);
    }

    /// A row that may be there, in the batch or in the database.
    pub(crate) fn put(&mut self, table: &'static Table, row: Vec<Value>) {
        debug_assert_eq!(row.len(), table.columns.len(), "{}", table.name);
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

    /// Writes everything; the transaction is the caller's.
    async fn write(self, writer: &mut Writer) -> Result<(), sqlx::Error> {
        for rows in self.tables.into_values() {
            let Rows { table, appended, merged } = rows;
            let all: Vec<Vec<Value>> = appended.into_iter().chain(merged.into_values()).collect();
            match writer {
                Writer::Sqlite(conn) => write_sqlite(conn, table, all).await?,
                Writer::Postgres(conn) => write_postgres(conn, table, all).await?,
            }
            if !table.empty.is_empty() {
                writer.run(format!("DELETE FROM {} WHERE {}", table.name, table.empty)).await?;
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
        (Merge::Add, Value::Int(a), Value::Int(b)) => *a += b,
        (Merge::Min, a, b) if *b >= *a => {}
        (Merge::Max, a, b) if *b <= *a => {}
        _ => *old = new,
    }
}

async fn write_sqlite(conn: &mut SqliteConnection, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), sqlx::Error> {
    let arity = table.columns.len();
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        // Powers of two: a batch of any size needs few statements, all of them prepared before.
        let most = (SQLITE_VALUES_MAX / arity).max(1);
        let chunk = 1 << rows.len().min(most).ilog2();
        let mut query = sqlx::query(AssertSqlSafe(Arc::<str>::from(sqlite_insert(table, chunk))));
        for value in rows.by_ref().take(chunk).flatten() {
            query = match value {
                Value::Null => query.bind(None::<i64>),
                Value::Int(n) => query.bind(n),
                Value::Text(text) => query.bind(text),
            };
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
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
async fn write_postgres(conn: &mut PgConnection, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = table.insert_head();
    sql.push_str(" SELECT * FROM UNNEST(");
    for (n, column) in table.columns.iter().enumerate() {
        let kind = if column.is_int { "bigint" } else { "text" };
        let _ = write!(sql, "{}${}::{kind}[]", if n == 0 { "" } else { "," }, n + 1);
    }
    sql.push(')');
    sql.push_str(&table.insert_tail());
    let mut columns: Vec<Vec<Value>> = table.columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (column, values) in table.columns.iter().zip(columns) {
        query = if column.is_int {
            query.bind(values.into_iter().map(as_int).collect::<Vec<Option<i64>>>())
        } else {
            query.bind(values.into_iter().map(as_text).collect::<Vec<Option<String>>>())
        };
    }
    query.execute(conn).await.map(drop)
}

fn as_int(value: Value) -> Option<i64> {
    match value {
        Value::Int(n) => Some(n),
        Value::Null | Value::Text(_) => None,
    }
}

fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Null | Value::Int(_) => None,
    }
}
