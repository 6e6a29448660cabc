//! The handle.

use std::sync::Arc;

use tokio::sync::watch;
use uuid::Uuid;

use crate::merkle::Hash;
use crate::{Append, AppendError, Clock, Config, OpenError, ReadError, Receipt, Record, StoreError};

/// The end of the log: how many events there are and the root of the tree over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many events the log holds; the next one gets this `log_index`.
    pub size: u64,
    /// The RFC 6962 root over all of them.
    pub root: Hash,
}

/// An open ledger. Clones share one writer and one set of connections.
#[derive(Clone)]
pub struct Ledger {
    size: watch::Receiver<u64>,
}

impl Ledger {
    /// Opens the ledger, making it if there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; the message is meant to be printed as it is.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        config.check()?;
        let _ = clock;
        Err(OpenError::Setting("not built yet".to_owned()))
    }

    /// Stores the events of one command, and answers once they are durable.
    ///
    /// # Errors
    /// See [`AppendError`].
    pub async fn append(&self, append: Append) -> Result<Receipt, AppendError> {
        append.check()?;
        let _ = append.bytes();
        Err(AppendError::Unavailable(StoreError::Closed))
    }

    /// What an earlier append with this command id stored, if there was one.
    ///
    /// # Errors
    /// [`AppendError::CommandReused`] if it had another body; [`AppendError::Unavailable`].
    pub async fn repeated(&self, command_id: Uuid, digest: &Hash) -> Result<Option<Receipt>, AppendError> {
        let _ = (command_id, digest);
        Err(AppendError::Unavailable(StoreError::Closed))
    }

    /// The events of one stream after a version, oldest first; all of them after version 0.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn stream(&self, stream: &str, after_version: u64) -> Result<Vec<Record>, ReadError> {
        let _ = (stream, after_version);
        Err(ReadError::Unavailable(StoreError::Closed))
    }

    /// At most `limit` events of the log from an index on, gapless and in order. A page also ends after some megabytes, so
    /// only an empty one means that the end is reached.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn log(&self, from: u64, limit: usize) -> Result<Vec<Record>, ReadError> {
        let _ = (from, limit);
        Err(ReadError::Unavailable(StoreError::Closed))
    }

    /// The last head known to be committed.
    pub fn head(&self) -> Head {
        Head { size: *self.size.borrow(), root: [0; 32] }
    }

    /// The log's size, and its changes. Level-triggered: after a wake, read up to the size seen; wakes may be merged.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.size.clone()
    }

    /// Takes no more appends, finishes those that wait, and closes the connections.
    pub async fn close(self) {}
}
