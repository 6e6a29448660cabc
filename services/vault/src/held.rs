//! What the vault holds, for whoever compares it with the record: without any key, because digests are of ciphertexts.

use std::collections::BTreeMap;

use ledger::Url;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::OpenError;
use crate::db::{Pool, on};

/// Entries of one read.
const PAGE_ENTRIES: i64 = 512;

/// One entry as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// SHA-256 of the ciphertext, hex.
    pub sha256: String,
    /// Whether the person's key was shredded: it proves what it proved, and opens no more.
    pub shredded: bool,
}

/// Every entry of the vault by its id; `None` if there is no vault. Opens read-only, so it may run beside a serving process.
///
/// # Errors
/// [`OpenError`] when the database cannot be opened or read.
pub async fn held(url: &Url) -> Result<Option<BTreeMap<Uuid, Held>>, OpenError> {
    const PAGE: &str = "SELECT e.id, e.ciphertext, CAST(CASE WHEN p.wrapped IS NULL THEN 1 ELSE 0 END AS bigint) \
                        FROM entries e JOIN persons p ON p.pseudonym = e.pseudonym \
                        WHERE e.id > $1 ORDER BY e.id LIMIT $2";
    type Row = (Vec<u8>, Vec<u8>, i64);
    let Some(pool) = Pool::open_to_read(url).await? else { return Ok(None) };
    let mut all = BTreeMap::new();
    let mut after = Vec::new();
    loop {
        let page: Vec<Row> = on!(&pool, pool => {
            sqlx::query_as(PAGE).bind(after.as_slice()).bind(PAGE_ENTRIES).fetch_all(pool).await?
        });
        let Some((last, ..)) = page.last() else { break };
        after.clone_from(last);
        for (id, ciphertext, shredded) in page {
            let sha256 = hex::encode(Sha256::digest(&ciphertext));
            let id = Uuid::from_slice(&id).map_err(|e| sqlx::Error::Decode(e.into()))?;
            all.insert(id, Held { sha256, shredded: shredded != 0 });
        }
    }
    pool.close().await;
    Ok(Some(all))
}
