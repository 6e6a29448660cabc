//! How events reach those who read them: in commit order, from any position, without a gap.

use std::time::Duration;

use async_trait::async_trait;
use ledger::{Ledger, Record, merkle::Hash};
use tokio::time::timeout;

/// How long a read waits for a first event before it answers with none.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// A feed that cannot be read now.
#[derive(Debug, thiserror::Error)]
#[error("the feed of {feed} cannot be read")]
pub struct FeedError {
    /// The feed.
    pub feed: String,
    /// Why.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// The events of one service.
#[async_trait]
pub trait Feed: Send + Sync {
    /// The service whose events these are, e.g. `powerlist`.
    fn source(&self) -> &str;

    /// Up to `max` events from log index `from` on, gapless. Waits up to a second for the first, then answers with
    /// none.
    async fn read(&self, from: u64, max: usize) -> Result<Vec<Record>, FeedError>;

    /// The events of one stream, in order.
    async fn stream(&self, stream: &str) -> Result<Vec<Record>, FeedError>;

    /// The root of the tree over the first `size` events; `None` while there are fewer.
    async fn root(&self, size: u64) -> Result<Option<Hash>, FeedError>;

    /// How many events there are as far as is known.
    fn head(&self) -> u64;

    /// How many events there are now, as their owner says.
    async fn ask(&self) -> Result<u64, FeedError>;
}

/// A feed that reads a ledger in the same process.
pub struct LedgerFeed {
    source: String,
    ledger: Ledger,
}

impl LedgerFeed {
    /// The feed of `source`'s ledger.
    pub fn new(source: impl Into<String>, ledger: Ledger) -> Self {
        Self { source: source.into(), ledger }
    }

    fn failed(&self, source: ledger::ReadError) -> FeedError {
        FeedError { feed: self.source.clone(), source: source.into() }
    }
}

#[async_trait]
impl Feed for LedgerFeed {
    fn source(&self) -> &str {
        &self.source
    }

    async fn read(&self, from: u64, max: usize) -> Result<Vec<Record>, FeedError> {
        let mut sizes = self.ledger.subscribe();
        // Level, not edge: if the size is already beyond `from`, this returns at once.
        if !matches!(timeout(WAIT_MAX, sizes.wait_for(|size| *size > from)).await, Ok(Ok(_))) {
            return Ok(Vec::new());
        }
        self.ledger.log(from, max).await.map_err(|e| self.failed(e))
    }

    async fn stream(&self, stream: &str) -> Result<Vec<Record>, FeedError> {
        self.ledger.stream(stream, 0).await.map_err(|e| self.failed(e))
    }

    async fn root(&self, size: u64) -> Result<Option<Hash>, FeedError> {
        self.ledger.root_at(size).await.map_err(|e| self.failed(e))
    }

    fn head(&self) -> u64 {
        self.ledger.head().size
    }

    async fn ask(&self) -> Result<u64, FeedError> {
        Ok(self.head())
    }
}
