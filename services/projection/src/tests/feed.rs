//! A feed over records in memory.

use std::sync::Mutex;

use async_trait::async_trait;
use kernel::{Feed, FeedError};
use ledger::{
    Record,
    merkle::{self, Hash, leaf_hash},
};

pub(crate) struct MemoryFeed {
    source: String,
    records: Mutex<Vec<Record>>,
    /// Records of one read at most, to cut batches anywhere.
    pub(crate) batch_max: Mutex<usize>,
}

impl MemoryFeed {
    pub(crate) fn new(source: &str, records: Vec<Record>) -> Self {
        Self { source: source.to_owned(), records: Mutex::new(records), batch_max: Mutex::new(usize::MAX) }
    }

    /// Another ledger takes its place.
    pub(crate) fn replace(&self, with: Vec<Record>) {
        *self.records.lock().unwrap() = with;
    }

    pub(crate) fn push(&self, more: impl IntoIterator<Item = Record>) {
        self.records.lock().unwrap().extend(more);
    }
}

#[async_trait]
impl Feed for MemoryFeed {
    fn source(&self) -> &str {
        &self.source
    }

    async fn read(&self, from: u64, max: usize) -> Result<Vec<Record>, FeedError> {
        let max = max.min(*self.batch_max.lock().unwrap());
        let next: Vec<Record> = self.records.lock().unwrap().iter().skip(from as usize).take(max).cloned().collect();
        if next.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Ok(next)
    }

    async fn stream(&self, stream: &str) -> Result<Vec<Record>, FeedError> {
        Ok(self.records.lock().unwrap().iter().filter(|record| record.stream == stream).cloned().collect())
    }

    async fn root(&self, size: u64) -> Result<Option<Hash>, FeedError> {
        let records = self.records.lock().unwrap();
        let leaves =
            records.get(..size as usize).map(|all| all.iter().map(|record| leaf_hash(record.bytes.as_bytes())));
        Ok(leaves.map(|leaves| merkle::root(&leaves.collect::<Vec<_>>())))
    }

    fn head(&self) -> u64 {
        self.records.lock().unwrap().len() as u64
    }

    async fn ask(&self) -> Result<u64, FeedError> {
        Ok(self.head())
    }
}
