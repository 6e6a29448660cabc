//! What must stay secret and must be erasable: the identities behind pseudonyms, and the receipts by which a person
//! without an account follows a matter. On SQLite or on Postgres.
//!
//! A record can never be erased, so no identity is in one: it is sealed in here, and the record holds a pseudonym and the
//! digest of the ciphertext ([`Sealed`]). Shredding a person's key makes all that was sealed under it unreadable, in here
//! and in every copy; the ciphertext stays, so that every proof over the record holds as before.
//!
//! Open first: [`Vault`], then `sealed` for identities, `follow` for receipts, [`held`] to hold it against the record, and [`KeyEncryption`] for the key above all
//! others.
//!
//! # Invariants
//! - Plain text is in memory only. What is written is ciphertext, padded so that its length tells little.
//! - One random key per person, wrapped by the key-encryption key, which is never in the database.
//! - A ciphertext opens as what it was sealed as, or not at all: entry, person and part are bound into it.
//! - A shredded key never comes back: nothing can be sealed for that person again.
//! - Of a receipt only a hash is kept. Every code that could be right costs exactly one verification, whether it is or not.
//! - No key, plain text or receipt code is in a message, a log line or a `Debug` text.
//! - There is no law and no network protocol in here, and nobody is asked who they are: who may open what is the caller's to
//!   say and to record.

mod cipher;
mod copy;
mod db;
mod error;
mod follow;
mod held;
mod key;
mod local;
mod receipt;
mod sealed;
mod vault;

pub use copy::copy;
pub use error::{KeyError, OpenError, VaultError};
pub use held::{Held, held};
pub use key::{DataKey, KeyEncryption};
pub use local::LocalKey;
pub use receipt::{Mistyped, ReceiptCode};
pub use sealed::{PART_BYTES_MAX, PLAIN_BYTES_MAX, Sealed, Unsealed};
pub use vault::Vault;
