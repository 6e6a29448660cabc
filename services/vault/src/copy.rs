//! Copies a vault into another database: ciphertexts, wrapped keys and hashes as they are. No key is needed, and none is copied
//! in the clear.

use ledger::Url;
use ledger::cut::{Column, Cut, Filling, Table};

use crate::OpenError;
use crate::db::{NAME, Pool};

/// A table comes behind those that it refers to. The first holds the vault's own key, as it lies wrapped: which vault it is.
const TABLES: [Table; 4] = [
    Table { name: "vault", columns: &[Column::Number("one"), Column::Text("kek"), Column::Bytes("wrapped")] },
    Table { name: "persons", columns: &[Column::Bytes("pseudonym"), Column::Bytes("wrapped")] },
    Table {
        name: "entries",
        columns: &[Column::Bytes("id"), Column::Bytes("pseudonym"), Column::Text("part"), Column::Bytes("ciphertext")],
    },
    Table {
        name: "receipts",
        columns: &[Column::Text("selector"), Column::Bytes("matter"), Column::Text("hash"), Column::Text("kind")],
    },
];

/// Copies the vault of a [`Cut`] into a database that has none, or has this copy already. Answers how many rows there are; none
/// if there is no vault.
///
/// # Errors
/// [`OpenError`] when one of the two cannot be opened, read or written, or another vault lies there.
pub async fn copy(cut: &mut Cut, to: &Url) -> Result<u64, OpenError> {
    if !cut.has(NAME) {
        return Ok(0);
    }
    let target = Pool::open(to).await?;
    target.close().await;
    let mut there = Cut::take(to, &[NAME]).await?;
    let (ours, theirs) = (counts(cut).await?, counts(&mut there).await?);
    let same_key = ours.own == theirs.own;
    there.close().await;
    let rows = ours.rows.iter().sum();
    if theirs.rows.iter().sum::<u64>() > 0 {
        return if same_key && ours.rows == theirs.rows { Ok(rows) } else { Err(OpenError::Other) };
    }
    let mut filling = Filling::begin(to, NAME).await?;
    for table in &TABLES {
        cut.copy(NAME, table, &mut filling, &mut |_| {}).await?;
    }
    filling.commit().await?;
    Ok(rows)
}

/// What tells two vaults apart.
struct Counts {
    own: Option<Vec<u8>>,
    rows: Vec<u64>,
}

async fn counts(cut: &mut Cut) -> Result<Counts, OpenError> {
    let own = cut.one(NAME, "SELECT wrapped FROM {}vault").await?;
    let mut rows = Vec::new();
    for table in &TABLES {
        rows.push(cut.count(NAME, table).await?);
    }
    Ok(Counts { own, rows })
}
