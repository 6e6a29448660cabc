//! Identities: sealed, opened, and shredded.

use std::fmt;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::db::{Tx, on};
use crate::{DataKey, Vault, VaultError, cipher};

/// Most bytes of what is sealed as one: a file of 4 MiB with its name.
pub const PLAIN_BYTES_MAX: usize = 4 * 1024 * 1024 + 1024;
/// Most bytes of a part's name.
pub const PART_BYTES_MAX: usize = 64;

/// What the record holds of something sealed: enough to find it, to prove that it is unchanged, and for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The entry.
    pub id: Uuid,
    /// Whose it is.
    pub pseudonym: Uuid,
    /// What of the person it is, as in `name`.
    pub part: String,
    /// SHA-256 of the stored ciphertext, hex. It stays right when the key is shredded.
    pub sha256: String,
}

impl Sealed {
    /// What the ciphertext is bound to. Of all but the part the length is fixed, so no two entries have the same.
    fn context(&self) -> Vec<u8> {
        [&b"fazhi vault"[..], self.id.as_bytes(), self.pseudonym.as_bytes(), self.part.as_bytes()].concat()
    }

    fn open(&self, key: &DataKey, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let plain = cipher::decrypt(key, &self.context(), ciphertext).and_then(cipher::unpad);
        plain.ok_or(VaultError::Damaged { id: self.id })
    }
}

/// What became of something sealed.
pub enum Unsealed {
    /// It is this; wiped from memory when dropped.
    Plain(Zeroizing<Vec<u8>>),
    /// Its key was shredded. The ciphertext is still the one in the record.
    Shredded,
    /// There is no such entry.
    Unknown,
}

impl fmt::Debug for Unsealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain(_) => "Plain(..)",
            Self::Shredded => "Shredded",
            Self::Unknown => "Unknown",
        })
    }
}

/// A row of `entries`.
type Entry = (Vec<u8>, String, Vec<u8>);

impl Vault {
    /// Seals one part of a person's identity. The same again is answered with the same and stores nothing, so a repeated
    /// command may call it again; after shredding, too, when nobody can compare the text any more.
    ///
    /// Call it before the append whose events are to hold the answer: what no event names can be opened by nobody.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] beyond [`PLAIN_BYTES_MAX`] or [`PART_BYTES_MAX`], [`VaultError::Reused`] for an id that
    /// stands for something else, [`VaultError::Shredded`] for a person whose key is gone.
    pub async fn seal(&self, pseudonym: Uuid, part: &str, id: Uuid, plain: &[u8]) -> Result<Sealed, VaultError> {
        if part.is_empty() || part.len() > PART_BYTES_MAX {
            return Err(VaultError::Invalid("the name of a part is 1 to 64 bytes"));
        }
        if plain.len() > PLAIN_BYTES_MAX {
            return Err(VaultError::Invalid("what is sealed is at most 4 MiB and 1 KiB"));
        }
        let mut sealed = Sealed { id, pseudonym, part: part.to_owned(), sha256: String::new() };
        let mut tx = self.pool.begin().await?;
        let found = entry(&mut tx, id).await?;
        let key = self.key(&mut tx, pseudonym).await?;
        let found = match (found, &key) {
            (Some(found), _) => found,
            (None, None) => return Err(VaultError::Shredded { pseudonym }),
            (None, Some(key)) => {
                const INSERT: &str = "INSERT INTO entries (id, pseudonym, part, ciphertext) VALUES ($1, $2, $3, $4) \
                                      ON CONFLICT DO NOTHING";
                let ciphertext = cipher::encrypt(key, &sealed.context(), &cipher::pad(plain));
                on!(&mut tx, tx => {
                    let insert = sqlx::query(INSERT).bind(&id.as_bytes()[..]).bind(&pseudonym.as_bytes()[..]);
                    insert.bind(part).bind(ciphertext).execute(&mut **tx).await?;
                });
                // Read back: another may have sealed it just before.
                entry(&mut tx, id).await?.ok_or(sqlx::Error::RowNotFound)?
            }
        };
        let (whose, as_part, ciphertext) = found;
        if whose != pseudonym.as_bytes() || as_part != part {
            return Err(VaultError::Reused { id });
        }
        if let Some(key) = key
            && **sealed.open(&key, &ciphertext)? != *plain
        {
            return Err(VaultError::Reused { id });
        }
        tx.commit().await?;
        sealed.sha256 = hex::encode(Sha256::digest(&ciphertext));
        Ok(sealed)
    }

    /// Opens what the record says was sealed.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the ciphertext is not the one in the record, or does not open as what the record says it is.
    pub async fn unseal(&self, sealed: &Sealed) -> Result<Unsealed, VaultError> {
        const FIND: &str = "SELECT e.ciphertext, p.wrapped FROM entries e JOIN persons p ON p.pseudonym = e.pseudonym \
                            WHERE e.id = $1";
        type Found = (Vec<u8>, Option<Vec<u8>>);
        let found = on!(&self.pool, pool => {
            sqlx::query_as::<_, Found>(FIND).bind(&sealed.id.as_bytes()[..]).fetch_optional(pool).await?
        });
        let Some((ciphertext, wrapped)) = found else { return Ok(Unsealed::Unknown) };
        if hex::encode(Sha256::digest(&ciphertext)) != sealed.sha256 {
            return Err(VaultError::Damaged { id: sealed.id });
        }
        let Some(wrapped) = wrapped else { return Ok(Unsealed::Shredded) };
        let key = self.kek.unwrap(&wrapped, sealed.pseudonym.as_bytes()).await?;
        sealed.open(&key, &ciphertext).map(Unsealed::Plain)
    }

    /// Takes an entry away that no event names, because the ledger refused the append for good. Quiet if there is none.
    ///
    /// Never after an answer that leaves open whether the append landed: then the command is repeated, and seals the same.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`].
    pub async fn discard(&self, id: Uuid) -> Result<(), VaultError> {
        const DELETE: &str = "DELETE FROM entries WHERE id = $1";
        on!(&self.pool, pool => { sqlx::query(DELETE).bind(&id.as_bytes()[..]).execute(pool).await?; });
        Ok(())
    }

    /// Whether a person's key was shredded; a person of whom nothing was ever sealed has none to shred.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`].
    pub async fn is_shredded(&self, pseudonym: Uuid) -> Result<bool, VaultError> {
        const FIND: &str = "SELECT COUNT(*) FROM persons WHERE pseudonym = $1 AND wrapped IS NULL";
        let found: i64 = on!(&self.pool, pool => {
            sqlx::query_scalar(FIND).bind(&pseudonym.as_bytes()[..]).fetch_one(pool).await?
        });
        Ok(found > 0)
    }

    /// Shreds a person's key: all that was sealed for them is unreadable from now on, and nothing can be sealed for them
    /// any more. The ciphertexts stay, because their digests are in the record. Quiet if it was done before.
    ///
    /// On SQLite the key is overwritten in the file and gone from the write-ahead log. On Postgres, and in backups,
    /// it is left in its wrapping until the copy is gone or the key-encryption key is: see [`Vault::rewrap`].
    ///
    /// # Errors
    /// [`VaultError::Lingers`] when a copy is left in the write-ahead log: shred again.
    pub async fn shred(&self, pseudonym: Uuid) -> Result<(), VaultError> {
        const SHRED: &str = "INSERT INTO persons (pseudonym, wrapped) VALUES ($1, NULL) \
                             ON CONFLICT (pseudonym) DO UPDATE SET wrapped = NULL";
        on!(&self.pool, pool => { sqlx::query(SHRED).bind(&pseudonym.as_bytes()[..]).execute(pool).await?; });
        if self.pool.forget().await? { Ok(()) } else { Err(VaultError::Lingers) }
    }

    /// The person's key, made if there is none; none if it was shredded.
    async fn key(&self, tx: &mut Tx, pseudonym: Uuid) -> Result<Option<DataKey>, VaultError> {
        const INSERT: &str = "INSERT INTO persons (pseudonym, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        // Before anything is wrapped: another process may have put the vault under another key.
        if tx.kek().await? != self.kek.id() {
            return Err(VaultError::OtherKey { given: self.kek.id().to_owned() });
        }
        let context = pseudonym.as_bytes();
        let wrapped = match wrapped(tx, pseudonym).await? {
            Some(wrapped) => wrapped,
            None => {
                let made = self.kek.wrap(&DataKey::random(), context).await?;
                on!(&mut *tx, tx => {
                    sqlx::query(INSERT).bind(&context[..]).bind(made).execute(&mut **tx).await?;
                });
                // Read back: another may have made one just before.
                wrapped(tx, pseudonym).await?.ok_or(sqlx::Error::RowNotFound)?
            }
        };
        match wrapped {
            Some(wrapped) => Ok(Some(self.kek.unwrap(&wrapped, context).await?)),
            None => Ok(None),
        }
    }
}

async fn entry(tx: &mut Tx, id: Uuid) -> Result<Option<Entry>, sqlx::Error> {
    const FIND: &str = "SELECT pseudonym, part, ciphertext FROM entries WHERE id = $1";
    on!(tx, tx => sqlx::query_as::<_, Entry>(FIND).bind(&id.as_bytes()[..]).fetch_optional(&mut **tx).await)
}

/// The person's row, if there is one, and the wrapped key in it, if it was not shredded.
async fn wrapped(tx: &mut Tx, pseudonym: Uuid) -> Result<Option<Option<Vec<u8>>>, sqlx::Error> {
    const FIND: &str = "SELECT wrapped FROM persons WHERE pseudonym = $1";
    on!(tx, tx => sqlx::query_scalar(FIND).bind(&pseudonym.as_bytes()[..]).fetch_optional(&mut **tx).await)
}
