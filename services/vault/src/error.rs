//! What can go wrong, apart by what the caller can do about it. No message holds a key, a plain text or a code.

use std::error::Error;
use std::path::PathBuf;

use uuid::Uuid;

/// Why a key-encryption key is not to be had, or does not open what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The key file can be neither read nor made.
    #[error("failed to read the key file {path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may read or write the key file.
    #[error("the key file {path} has mode {mode:o}: chmod 600")]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The text is not a key.
    #[error("a key-encryption key is 64 hexadecimal digits")]
    Malformed,
    /// The key was wrapped under another key or for another purpose, or its bytes were changed.
    #[error("the wrapped key does not open under {id}")]
    Refused {
        /// The key-encryption key tried.
        id: String,
    },
    /// Whoever holds the key does not answer.
    #[error("the key-encryption key cannot be reached")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

/// Why a vault was not opened. Every message stands alone, so that it can be printed on one line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The database URL cannot be read.
    #[error("the database URL is not like postgres://user@host/database")]
    Url,
    /// A newer version of this software has changed the vault.
    #[error("the vault has schema version {found}, newer than version {known} of this program")]
    Newer {
        /// The version found.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// What lies where a copy shall go is not that copy.
    #[error("another vault lies there, or another state of it; copy into a place without one")]
    Other,
    /// The database may lose what it acknowledged.
    #[error("the vault's database needs fsync, full_page_writes and synchronous_commit on")]
    Unsafe,
    /// The vault is under another key-encryption key.
    #[error("the vault is sealed under key {found}, not under {given}")]
    OtherKey {
        /// The key that it was last sealed under.
        found: String,
        /// The key given.
        given: String,
    },
    /// The key-encryption key is not to be had, or has the right name only.
    #[error("failed to open the vault's own key")]
    Key(#[from] KeyError),
    /// The file system refused.
    #[error("failed to open {path}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("failed to open the vault's database")]
    Database(#[from] sqlx::Error),
    /// A copy could not be read or begun.
    #[error("failed to copy the vault")]
    Copy(#[from] ledger::OpenError),
}

/// Why something was not sealed, opened, shredded or followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// A part's name or a plain text breaks a limit; it is refused however often it is tried.
    #[error("invalid entry: {0}")]
    Invalid(&'static str),
    /// The entry's id was used before for another person, part or text. Never retry with the same id.
    #[error("entry {id} was sealed before as something else")]
    Reused {
        /// The id in question.
        id: Uuid,
    },
    /// The person's key was shredded: nothing can be sealed for them any more.
    #[error("the key of {pseudonym} was shredded")]
    Shredded {
        /// The person.
        pseudonym: Uuid,
    },
    /// The stored ciphertext is not that of the record, or not that of this person and part.
    #[error("the stored entry {id} is damaged")]
    Damaged {
        /// The entry.
        id: Uuid,
    },
    /// The key-encryption key was changed by another process: open the vault again with the new one.
    #[error("the vault is no longer sealed under key {given}")]
    OtherKey {
        /// The key that this vault was opened with.
        given: String,
    },
    /// The key-encryption key is not to be had, or does not open a person's key.
    #[error("failed to open a person's key")]
    Key(#[from] KeyError),
    /// The key is gone from the vault, but not yet from its write-ahead log, which somebody is reading: try again.
    #[error("the write-ahead log is in use and may still hold the key")]
    Lingers,
    /// A receipt could not be hashed: memory is short, its stored hash is damaged, or the program is ending.
    #[error("failed to hash a receipt code")]
    Hash(#[source] Box<dyn Error + Send + Sync>),
    /// The database failed or did not answer. What was asked for may or may not have happened: ask again.
    #[error("the vault's database is unavailable")]
    Unavailable(#[from] sqlx::Error),
}
