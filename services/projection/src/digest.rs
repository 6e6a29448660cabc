//! One digest per view: two databases that folded the same events hold the same rows.
//!
//! Left out are columns that say where a record lies (log index, ids of events), because they depend on the order in
//! which services happened to commit.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::{store::Reader, views::TABLES};

/// The SHA-256 of every view's rows in key order, hex, by the view's name.
pub(crate) async fn view_digests(reader: &Reader) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let mut digests = BTreeMap::new();
    for table in TABLES {
        let columns: Vec<_> = table.columns.iter().filter(|column| !column.volatile).collect();
        let names = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        let keys = table.keys().collect::<Vec<_>>().join(", ");
        let mut hash = Sha256::new();
        let sql = format!("SELECT {names} FROM {} ORDER BY {keys}", table.name);
        reader
            .each(sql, |row| {
                for (at, column) in columns.iter().enumerate() {
                    // A length before each value, so that no two rows read the same.
                    if column.is_int {
                        match row.opt_int(at)? {
                            None => hash.update([0]),
                            Some(n) => {
                                hash.update([1]);
                                hash.update(n.to_be_bytes());
                            }
                        }
                    } else {
                        match row.opt_text(at)? {
                            None => hash.update([0]),
                            Some(text) => {
                                hash.update([2]);
                                hash.update((text.len() as u64).to_be_bytes());
                                hash.update(text.as_bytes());
                            }
                        }
                    }
                }
                Ok(())
            })
            .await?;
        digests.insert(table.name.to_owned(), hex::encode(hash.finalize()));
    }
    Ok(digests)
}
