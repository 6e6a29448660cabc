//! What is known of the power lists: a fold of their events, kept in memory, as of every day.

mod event;
mod lists;

use std::{
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard},
    time::Duration,
};

use async_trait::async_trait;
use kernel::{Feed, FeedError, procedure::Follows};
use ledger::Record;
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;

pub use self::lists::{Lists, Unreadable};

/// Events read at once.
const BATCH_MAX: usize = 4096;
/// Wait after a feed that cannot be read.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Parked events that are kept for looking at; beyond it they are counted only.
const PARKED_MAX: usize = 256;

/// An event that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// Its place in the lists' log.
    pub log_index: u64,
    /// Its stream.
    pub stream: String,
    /// Why it could not be read.
    pub why: String,
}

#[derive(Debug, Default)]
struct Parking {
    count: u64,
    events: Vec<Parked>,
}

struct Shared {
    feed: Arc<dyn Feed>,
    lists: RwLock<Lists>,
    /// How many events are folded: the index of the next one.
    next: watch::Sender<u64>,
    parking: Mutex<Parking>,
}

/// The replica. Clones share it.
#[derive(Clone)]
pub struct Replica(Arc<Shared>);

impl Replica {
    /// A replica of all that a feed holds now.
    ///
    /// # Errors
    /// When the feed cannot be read.
    pub async fn open(feed: Arc<dyn Feed>) -> Result<Self, FeedError> {
        let replica = Self::new(feed);
        replica.catch_up().await?;
        let (unread, _) = replica.parked();
        if unread > 0 {
            tracing::warn!(
                unread,
                "nothing is decided on the entries of the power lists that this version cannot read"
            );
        }
        Ok(replica)
    }

    fn new(feed: Arc<dyn Feed>) -> Self {
        Self(Arc::new(Shared {
            feed,
            lists: RwLock::default(),
            next: watch::Sender::new(0),
            parking: Mutex::default(),
        }))
    }

    /// The lists as known now.
    pub fn lists(&self) -> RwLockReadGuard<'_, Lists> {
        self.0.lists.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many events are folded.
    pub fn position(&self) -> u64 {
        *self.0.next.borrow()
    }

    /// How many events could not be read, and the first of them.
    pub fn parked(&self) -> (u64, Vec<Parked>) {
        let parking = self.0.parking.lock().unwrap_or_else(PoisonError::into_inner);
        (parking.count, parking.events.clone())
    }

    async fn catch_up(&self) -> Result<(), FeedError> {
        let head = self.0.feed.head();
        while self.position() < head {
            self.step().await?;
        }
        Ok(())
    }

    /// Follows the feed until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) {
        let followed = async {
            loop {
                if let Err(e) = self.step().await {
                    tracing::warn!(error = %kernel::error::chain(&e), "the power lists cannot be read; trying again");
                    tokio::time::sleep(RETRY_AFTER).await;
                }
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = followed => {}
        }
    }

    async fn step(&self) -> Result<(), FeedError> {
        let records = self.0.feed.read(self.position(), BATCH_MAX).await?;
        if !records.is_empty() {
            self.take(&records);
        }
        Ok(())
    }

    fn take(&self, records: &[Record]) {
        let mut lists = self.0.lists.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = self.position();
        for record in records {
            // A feed has no gap; what was folded already is passed over.
            if record.log_index == next {
                if let Err(why) = lists.take(record) {
                    self.park(record, why);
                }
                next += 1;
            }
        }
        drop(lists);
        self.0.next.send_replace(next);
    }

    fn park(&self, record: &Record, why: String) {
        let Record { log_index, stream, .. } = record;
        tracing::error!(log_index, %stream, %why, "an event of the power lists cannot be read; its entry is incomplete");
        let mut parking = self.0.parking.lock().unwrap_or_else(PoisonError::into_inner);
        parking.count += 1;
        if parking.events.len() < PARKED_MAX {
            parking.events.push(Parked { log_index: *log_index, stream: stream.clone(), why });
        }
    }
}

#[async_trait]
impl Follows for Replica {
    fn source(&self) -> &str {
        self.0.feed.source()
    }

    async fn wait_for(&self, index: u64, time_max: Duration) -> bool {
        let mut next = self.0.next.subscribe();
        matches!(timeout(time_max, next.wait_for(|next| *next > index)).await, Ok(Ok(_)))
    }
}
