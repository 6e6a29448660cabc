//! Receipts: issued, followed, revoked.

use std::sync::atomic::Ordering;

use argon2::Argon2;
use argon2::password_hash::{Error as HashError, PasswordHasher as _, PasswordVerifier as _};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::db::on;
use crate::{ReceiptCode, Vault, VaultError};

/// Hashes computed at once. Each takes 19 MiB; more callers wait.
pub(crate) const AT_ONCE_MAX: usize = 4;

/// What a code is held against where there is no such receipt: as much work as a true one, and nothing hashes to it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Vault {
    /// A receipt for a matter of some kind, as in `complaint`. The code is shown to its owner once: here it is kept as an
    /// Argon2id hash. A matter may have
    /// several, so a repeated command whose first answer was lost may issue another.
    ///
    /// # Errors
    /// [`VaultError::Hash`] or [`VaultError::Unavailable`].
    pub async fn issue_receipt(&self, kind: &str, matter: Uuid) -> Result<ReceiptCode, VaultError> {
        const INSERT: &str = "INSERT INTO receipts (selector, kind, matter, hash) VALUES ($1, $2, $3, $4)";
        let code = ReceiptCode::random();
        let (selector, secret) = (code.selector(), Zeroizing::new(code.secret().to_vec()));
        let hash = self.hashed(move || Ok(Argon2::default().hash_password(&secret)?.to_string())).await?;
        on!(&self.pool, pool => {
            let insert = sqlx::query(INSERT).bind(selector).bind(kind).bind(&matter.as_bytes()[..]);
            insert.bind(hash).execute(pool).await?;
        });
        Ok(code)
    }

    /// The matter of this kind that a code stands for, as somebody typed it. A mistyped code, an unknown one, one of another
    /// kind and a right one take alike long: one look and one verification. A text that is no code is held against a code
    /// that nobody was given.
    ///
    /// # Errors
    /// [`VaultError::Hash`] or [`VaultError::Unavailable`].
    pub async fn follow(&self, kind: &str, typed: &str) -> Result<Option<Uuid>, VaultError> {
        const FIND: &str = "SELECT matter, hash FROM receipts WHERE selector = $1 AND kind = $2";
        let read = typed.parse::<ReceiptCode>();
        let nobodys = ReceiptCode::random();
        let code = read.as_ref().unwrap_or(&nobodys);
        let found = on!(&self.pool, pool => {
            sqlx::query_as::<_, (Vec<u8>, String)>(FIND).bind(code.selector()).bind(kind).fetch_optional(pool).await?
        });
        let (matter, hash) = found.unzip();
        let (hash, secret) = (hash.unwrap_or_else(|| NOBODY.to_owned()), Zeroizing::new(code.secret().to_vec()));
        self.verifications.fetch_add(1, Ordering::Relaxed);
        let verified = self.hashed(move || match Argon2::default().verify_password(&secret, hash.as_str()) {
            Ok(()) => Ok(true),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(error) => Err(error),
        });
        let right = verified.await?;
        let right = right && read.is_ok();
        Ok(matter.filter(|_| right).and_then(|matter| Uuid::from_slice(&matter).ok()))
    }

    /// Revokes all receipts of a matter; returns how many there were.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`].
    pub async fn revoke_receipts(&self, kind: &str, matter: Uuid) -> Result<u64, VaultError> {
        const DELETE: &str = "DELETE FROM receipts WHERE matter = $1 AND kind = $2";
        let deleted = on!(&self.pool, pool => {
            sqlx::query(DELETE).bind(&matter.as_bytes()[..]).bind(kind).execute(pool).await?.rows_affected()
        });
        Ok(deleted)
    }

    /// How many codes were verified since the vault was opened: a figure to watch, as each costs memory and time.
    pub fn verifications(&self) -> u64 {
        self.verifications.load(Ordering::Relaxed)
    }

    /// Hashes on a thread of its own, and never too many at once: the place is held until the work ends, even if nobody
    /// waits for it any more.
    async fn hashed<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let place = self.hashing.clone().acquire_owned().await.map_err(|error| VaultError::Hash(error.into()))?;
        let worked = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        worked.await.map_err(|error| VaultError::Hash(error.into()))?.map_err(|error| VaultError::Hash(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_takes_as_much_work_as_a_receipt() {
        let hash = Argon2::default().hash_password(b"secret").unwrap().to_string();
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(&hash), cost(NOBODY));
        assert_eq!(hash.len(), NOBODY.len());
        assert!(matches!(Argon2::default().verify_password(b"secret", NOBODY), Err(HashError::PasswordInvalid)));
    }
}
