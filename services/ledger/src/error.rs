//! What can go wrong, apart by what the caller can do about it.

use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

/// Why an append was not acknowledged.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// The stream moved since the decider read it: load again, decide again.
    #[error("stream {stream} is at version {actual}, not at {expected}")]
    Conflict {
        /// The stream that moved.
        stream: String,
        /// The version that the decider saw.
        expected: u64,
        /// The version that the stream has.
        actual: u64,
    },
    /// The command id was used before for something else. Never retry with the same id.
    #[error("command id {command_id} was used before with another body")]
    CommandReused {
        /// The id in question.
        command_id: Uuid,
    },
    /// The append breaks a limit or a syntax; it is refused however often it is tried.
    #[error("invalid append: {0}")]
    Invalid(String),
    /// Too much is waiting. Nothing was stored; try again a little later.
    #[error("the ledger has too much waiting")]
    Overloaded,
    /// The database failed or did not answer. The append may or may not have landed: retry with the same command id.
    #[error("the ledger's database is unavailable")]
    Unavailable(#[source] StoreError),
}

/// Why a read failed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The database failed or did not answer.
    #[error("the ledger's database is unavailable")]
    Unavailable(#[source] StoreError),
    /// Stored rows are missing or in a wrong place: run `fazhi verify`.
    #[error("the ledger is damaged at log index {log_index}: {what}")]
    Damaged {
        /// Where the damage begins.
        log_index: u64,
        /// What is wrong there.
        what: &'static str,
    },
}

/// Why a ledger was not opened. Every message stands alone, so that it can be printed on one line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A setting of [`crate::Config`] makes no sense.
    #[error("invalid ledger setting: {0}")]
    Setting(String),
    /// Another process has the SQLite ledger open.
    #[error("the ledger {path} is in use by another process; stop that one, or name another folder with --data")]
    InUse {
        /// The ledger's file.
        path: PathBuf,
    },
    /// A newer version of this software has changed the ledger.
    #[error("the ledger {ledger} has schema version {found}, newer than version {known} of this program")]
    Newer {
        /// The file or schema.
        ledger: String,
        /// The version found.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The ledger was made by another service or for another region.
    #[error("the ledger {ledger} belongs to {found}, not to {wanted}")]
    Foreign {
        /// The file or schema.
        ledger: String,
        /// The source it was made for.
        found: String,
        /// The source it was opened for.
        wanted: String,
    },
    /// The database may lose what it acknowledged, or cannot hold the records.
    #[error("the database setting {setting} is {found}; the ledger needs {wanted}")]
    Unsafe {
        /// The setting's name.
        setting: &'static str,
        /// Its value.
        found: String,
        /// What it has to be.
        wanted: &'static str,
    },
    /// Records would tell a time that others do not know.
    #[error(
        "this machine's clock is {by} s {than} the database's; at most {most} s are allowed: keep both in time (NTP), then start again"
    )]
    Skew {
        /// How many seconds they are apart.
        by: u64,
        /// `ahead of` or `behind`.
        than: &'static str,
        /// How many they may be.
        most: u64,
    },
    /// Head, tree and events do not agree: run `fazhi verify`.
    #[error("the ledger {ledger} is damaged: {what}")]
    Disagree {
        /// The file or schema.
        ledger: String,
        /// What does not agree with what.
        what: String,
    },
    /// The ledger does not exist, and the call may not make it.
    #[error("there is no ledger at {ledger}")]
    Missing {
        /// The file or schema.
        ledger: String,
    },
    /// The file system refused.
    #[error("failed to open {path}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("failed to open the ledger's database")]
    Database(#[source] StoreError),
}

/// What the database did.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It answered with an error, or the connection broke.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
    /// It did not answer in time.
    #[error("the database did not answer within {0} ms")]
    Timeout(u64),
    /// Its rows contradict each other.
    #[error("the stored ledger is damaged: {0}")]
    Damaged(String),
    /// The ledger was closed, or its writer is gone.
    #[error("the ledger is closed")]
    Closed,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<sqlx::Error> for ReadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(error.into())
    }
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Why stored bytes could not be read as an event.
#[derive(Debug, thiserror::Error)]
#[error("the record is not an event envelope")]
pub struct RecordError(#[source] pub(crate) serde_json::Error);
