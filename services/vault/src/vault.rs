//! The vault: opened under a key-encryption key, closed, and put under another one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use hmac::{Hmac, Mac as _};
use ledger::Url;
use sha2::Sha256;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::db::{Pool, on};
use crate::{DataKey, KeyEncryption, OpenError, VaultError, follow};

/// What the vault's own key is wrapped with. A person's is wrapped with the pseudonym, which is longer.
const OWN: &[u8] = b"vault";

/// An opened vault.
pub struct Vault {
    pub(crate) pool: Pool,
    pub(crate) kek: Arc<dyn KeyEncryption>,
    /// Pseudonyms are made under it. A random key of the vault's, because pseudonyms outlive a key-encryption key.
    own: DataKey,
    /// Holds the memory that hashing takes within limits.
    pub(crate) hashing: Arc<Semaphore>,
    pub(crate) verifications: AtomicU64,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("kek", &self.kek.id()).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault, making it if there is none: the file `vault.sqlite` of the data folder, for its owner only, or the
    /// schema `fazhi_vault` of the database.
    ///
    /// # Errors
    /// [`OpenError`]; among others when the vault is under another key-encryption key.
    pub async fn open(url: &Url, kek: Arc<dyn KeyEncryption>) -> Result<Self, OpenError> {
        let pool = Pool::open(url).await?;
        // A shredding that was cut off may have left the key there.
        pool.forget().await?;
        const INSERT: &str = "INSERT INTO vault (one, kek, wrapped) VALUES (1, $1, $2) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT kek, wrapped FROM vault";
        let find = async || on!(&pool, pool => sqlx::query_as::<_, (String, Vec<u8>)>(FIND).fetch_optional(pool).await);
        if find().await?.is_none() {
            let wrapped = kek.wrap(&DataKey::random(), OWN).await?;
            on!(&pool, pool => { sqlx::query(INSERT).bind(kek.id()).bind(wrapped).execute(pool).await?; });
        }
        let (found, wrapped) = find().await?.ok_or(sqlx::Error::RowNotFound)?;
        if found != kek.id() {
            return Err(OpenError::OtherKey { found, given: kek.id().to_owned() });
        }
        let own = kek.unwrap(&wrapped, OWN).await?;
        let hashing = Arc::new(Semaphore::new(follow::AT_ONCE_MAX));
        Ok(Self { pool, kek, own, hashing, verifications: AtomicU64::new(0) })
    }

    /// The pseudonym of a person whom a command names for the first time. `path` says which one, as in `applicant` or
    /// `representatives[1]`.
    ///
    /// HMAC-SHA-256 of both under a key of the vault's. It is the same whenever the command is repeated, so that a repeat
    /// seals nothing twice and has the same digest as the first; and it looks random to whoever lacks the key, so that a
    /// command seen elsewhere cannot be linked to a person of the record. The same person gets another one by every
    /// command: that two matters are of one person is for nobody to see.
    pub fn pseudonym(&self, command_id: Uuid, path: &str) -> Uuid {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.own.as_bytes()).expect("HMAC takes a key of any length");
        mac.update(b"fazhi pseudonym");
        mac.update(command_id.as_bytes());
        mac.update(path.as_bytes());
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Puts all keys under another key-encryption key, in one transaction, and goes on under that one. Returns how many
    /// persons have a key. What is sealed is not touched, so neither is any digest in the record.
    ///
    /// Interrupted, it has changed nothing, or everything: [`Vault::open`] says under which key the vault is. Once the old
    /// key is destroyed, no older copy of the database can be opened any more.
    ///
    /// # Errors
    /// [`VaultError::OtherKey`] if another process was faster, [`VaultError::Key`] if a key does not open or cannot be
    /// wrapped; nothing has changed then. [`VaultError::Lingers`] when it is done, but the write-ahead log still holds
    /// old wrappings.
    pub async fn rewrap(&mut self, new: Arc<dyn KeyEncryption>) -> Result<u64, VaultError> {
        const OWN_KEY: &str = "UPDATE vault SET kek = $1, wrapped = $2 WHERE kek = $3";
        const ALL: &str = "SELECT pseudonym, wrapped FROM persons WHERE wrapped IS NOT NULL";
        // Not what was shredded meanwhile.
        const ONE: &str = "UPDATE persons SET wrapped = $1 WHERE pseudonym = $2 AND wrapped = $3";
        let mut tx = self.pool.begin().await?;
        let own = new.wrap(&self.own, OWN).await?;
        // First, because from here on no other process makes a key under the old one.
        let done = on!(&mut tx, tx => {
            let update = sqlx::query(OWN_KEY).bind(new.id()).bind(own).bind(self.kek.id());
            update.execute(&mut **tx).await?.rows_affected()
        });
        if done == 0 {
            return Err(VaultError::OtherKey { given: self.kek.id().to_owned() });
        }
        type Person = (Vec<u8>, Vec<u8>);
        let persons = on!(&mut tx, tx => sqlx::query_as::<_, Person>(ALL).fetch_all(&mut **tx).await?);
        let mut count = 0;
        for (pseudonym, wrapped) in persons {
            let key = self.kek.unwrap(&wrapped, &pseudonym).await?;
            let new = new.wrap(&key, &pseudonym).await?;
            count += on!(&mut tx, tx => {
                sqlx::query(ONE).bind(new).bind(pseudonym).bind(wrapped).execute(&mut **tx).await?.rows_affected()
            });
        }
        tx.commit().await?;
        self.kek = new;
        if self.pool.forget().await? { Ok(count) } else { Err(VaultError::Lingers) }
    }

    /// Closes the database in good order; on SQLite all of it is in its file then.
    pub async fn close(&self) {
        _ = self.pool.forget().await;
        self.pool.close().await;
    }
}
