//! What the writer needs of a database, and the shape of what goes in and out.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;

use uuid::Uuid;

use crate::merkle::{Frontier, Hash};
use crate::{Head, Record, StoreError};

/// The end of the log as the writer needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    pub(crate) frontier: Frontier,
    pub(crate) root: Hash,
    /// The recorded time of the last event, in microseconds since 1970.
    pub(crate) recorded_us: i64,
}

impl Default for Tip {
    fn default() -> Self {
        let frontier = Frontier::default();
        Self { root: frontier.root(), frontier, recorded_us: i64::MIN }
    }
}

impl Tip {
    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(crate) fn head(&self) -> Head {
        Head { size: self.size(), root: self.root }
    }
}

/// One row of `heads`, not yet believed.
#[derive(Debug, Clone)]
pub(crate) struct HeadRow {
    pub(crate) size: u64,
    pub(crate) recorded_us: i64,
    pub(crate) root: Vec<u8>,
    pub(crate) frontier: Vec<u8>,
}

impl HeadRow {
    /// The tip that the row describes, if its frontier folds to its root.
    pub(crate) fn tip(&self) -> Option<Tip> {
        let frontier = Frontier::from_bytes(self.size, &self.frontier)?;
        let root = frontier.root();
        (root == self.root[..]).then_some(Tip { frontier, root, recorded_us: self.recorded_us })
    }
}

/// A command that is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) digest: Hash,
    pub(crate) first: u64,
    pub(crate) events: u64,
}

/// What a batch has to know, read under the lock.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The last head; none while the log is empty.
    pub(crate) head: Option<HeadRow>,
    /// The version of each stream asked for, in order; 0 if it is empty.
    pub(crate) versions: Vec<u64>,
    /// Those of the commands asked for that are stored.
    pub(crate) commands: HashMap<Uuid, Stored>,
}

/// One row of `events`.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) record: Record,
    pub(crate) leaf: Hash,
    /// On the first event of a command: its id, digest and number of events.
    pub(crate) command: Option<(Uuid, Hash, u64)>,
}

/// What became of a batch that was stored unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Landed {
    /// It is committed.
    All,
    /// A unique index refused it, and nothing of it is stored: the log, a stream or a command is not as it was thought.
    Nothing,
}

/// The writing side of a database: one transaction at a time.
///
/// After an error, or if a future was dropped half-way, the caller calls [`Store::reset`] before anything else.
pub(crate) trait Store: Send + 'static {
    /// Stores rows and the head after them in a transaction of their own, without reading anything first.
    ///
    /// # Errors
    /// Leave open whether they landed.
    fn store(&mut self, rows: &[Row], tip: &Tip) -> impl Future<Output = Result<Landed, StoreError>> + Send;

    /// Begins a transaction that keeps every other writer out, then reads. Connects first if need be.
    fn begin(&mut self, streams: &[&str], commands: &[Uuid]) -> impl Future<Output = Result<Found, StoreError>> + Send;

    /// Stores rows and the head after them in the transaction begun, and commits.
    ///
    /// # Errors
    /// Leave open whether they landed.
    fn commit(&mut self, rows: &[Row], tip: &Tip) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Makes room for a transaction of many rows, or gives it back. Outside of one.
    ///
    /// # Errors
    /// The database's.
    fn widen(&mut self, many: bool) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Reads more in the transaction begun, with what was stored in it.
    fn look(&mut self, streams: &[&str], commands: &[Uuid]) -> impl Future<Output = Result<Found, StoreError>> + Send;

    /// Stores rows and the head after them in the transaction begun, and leaves it open.
    ///
    /// # Errors
    /// After which nothing of the transaction is stored.
    fn put(&mut self, rows: &[Row], tip: &Tip) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Commits the transaction begun.
    ///
    /// # Errors
    /// Leave open whether it landed.
    fn end(&mut self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Ends a transaction without storing anything.
    fn abandon(&mut self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Carries what is written to the disc as it comes, until it is dropped.
    fn carries(&self) -> impl Future<Output = Infallible> + Send + 'static;

    /// Gives the connection up.
    fn reset(&mut self);

    /// Closes the connection in good order.
    fn close(self) -> impl Future<Output = ()> + Send;
}

/// True if a unique index refused.
pub(crate) fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
