//! Copies a vault into another database: ciphertexts, wrapped keys and hashes as they are. No key is needed, and none is copied
//! in the clear.

use ledger::Url;
use sqlx::AssertSqlSafe;

use crate::OpenError;
use crate::db::{Pool, on};

/// Rows of one read.
const PAGE_ROWS: i64 = 512;
/// The vault's own key, as it lies wrapped: which vault it is.
const KEY: &str = "SELECT one, kek, wrapped FROM vault ORDER BY one LIMIT $1 OFFSET $2";
/// Each table with its columns, the first of which is its key; a table comes behind those that it refers to.
const TABLES: [(&str, &[Column]); 4] = [
    ("vault", &[Column::Number("one"), Column::Text("kek"), Column::Bytes("wrapped")]),
    ("persons", &[Column::Bytes("pseudonym"), Column::Bytes("wrapped")]),
    ("entries", &[Column::Bytes("id"), Column::Bytes("pseudonym"), Column::Text("part"), Column::Bytes("ciphertext")]),
    ("receipts", &[Column::Text("selector"), Column::Bytes("matter"), Column::Text("hash"), Column::Text("kind")]),
];

#[derive(Clone, Copy)]
enum Column {
    Number(&'static str),
    Text(&'static str),
    Bytes(&'static str),
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Number(name) | Self::Text(name) | Self::Bytes(name) => name,
        }
    }
}

/// Copies a vault that nobody writes; what lies there already of an earlier copy stays. Answers how many rows there are; none
/// if there is no vault.
///
/// # Errors
/// [`OpenError`] when one of the two cannot be opened, read or written, or another vault lies there.
pub async fn copy(from: &Url, to: &Url) -> Result<u64, OpenError> {
    let Some(source) = Pool::open_to_read(from).await? else { return Ok(0) };
    let target = Pool::open(to).await?;
    let (own, there) = (read(&source, KEY, TABLES[0].1, 0).await?, read(&target, KEY, TABLES[0].1, 0).await?);
    if !there.is_empty() && there != own {
        return Err(OpenError::Other);
    }
    let mut rows = 0;
    for (table, columns) in TABLES {
        rows += copy_table(&source, &target, table, columns).await?;
    }
    source.close().await;
    target.close().await;
    Ok(rows)
}

async fn copy_table(source: &Pool, target: &Pool, table: &str, columns: &[Column]) -> Result<u64, OpenError> {
    let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    let (key, names) = (names[0], names.join(", "));
    let places = (1..=columns.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let select = format!("SELECT {names} FROM {table} ORDER BY {key} LIMIT $1 OFFSET $2");
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING");
    let mut copied = 0;
    loop {
        let page = read(source, &select, columns, copied).await?;
        if page.is_empty() {
            return Ok(copied.cast_unsigned());
        }
        copied += page.len() as i64;
        let mut tx = target.begin().await?;
        for row in page {
            on!(&mut tx, tx => {
                let mut query = sqlx::query(AssertSqlSafe(insert.clone()));
                for value in row {
                    query = match value {
                        Value::Number(n) => query.bind(n),
                        Value::Text(text) => query.bind(text),
                        Value::Bytes(bytes) => query.bind(bytes),
                    };
                }
                query.execute(&mut **tx).await?;
            });
        }
        tx.commit().await?;
    }
}

#[derive(PartialEq)]
enum Value {
    Number(i64),
    Text(String),
    Bytes(Option<Vec<u8>>),
}

async fn read(source: &Pool, select: &str, columns: &[Column], offset: i64) -> Result<Vec<Vec<Value>>, OpenError> {
    use sqlx::Row as _;
    Ok(on!(source, pool => {
        let rows = sqlx::query(AssertSqlSafe(select.to_owned())).bind(PAGE_ROWS).bind(offset).fetch_all(pool).await?;
        let mut page = Vec::new();
        for row in rows {
            let mut values = Vec::new();
            for (at, column) in columns.iter().enumerate() {
                values.push(match column {
                    Column::Number(_) => Value::Number(row.try_get(at)?),
                    Column::Text(_) => Value::Text(row.try_get(at)?),
                    Column::Bytes(_) => Value::Bytes(row.try_get(at)?),
                });
            }
            page.push(values);
        }
        page
    }))
}
