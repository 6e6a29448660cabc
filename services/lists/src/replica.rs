//! What is known of the power lists: a fold of their events, kept in memory, as of every day.

mod event;
mod lists;

use std::{
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jiff::civil::Date;
use kernel::{
    Feed, FeedError, Place,
    procedure::{Draw, Follows},
};
use law::{
    calendar::Notices,
    id::{RegionCode, Uscc},
    series::{IssueNumber, Parts, Series, Standing, plain},
};
use ledger::Record;
use sha2::{Digest as _, Sha256};
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use self::lists::{Lists, Unreadable};

/// Events read at once.
const BATCH_MAX: usize = 4096;
/// Events folded before those who decide by the lists have their turn.
const SLICE: usize = 128;
/// Wait after a feed that cannot be read.
const RETRY_AFTER: Duration = Duration::from_secs(1);

struct Shared {
    feed: Arc<dyn Feed>,
    lists: RwLock<Lists>,
    /// The notices of holidays, which the service decides by.
    notices: Notices,
    /// How many events are folded: the index of the next one.
    next: watch::Sender<u64>,
    /// How many events could not be read.
    unread: AtomicU64,
    /// Held by whoever follows the feed: services of one process share a replica, and each lets it run.
    follows: tokio::sync::Mutex<()>,
}

/// The replica. Clones share it.
#[derive(Clone)]
pub struct Replica(Arc<Shared>);

impl Replica {
    /// A replica of all that a feed holds now; it puts the notices of holidays into `notices`.
    ///
    /// # Errors
    /// When the feed cannot be read.
    pub async fn open(feed: Arc<dyn Feed>, notices: Notices) -> Result<Self, FeedError> {
        let replica = Self::new(feed, notices);
        replica.catch_up().await?;
        if let Some(notice) = replica.notice() {
            tracing::warn!("{notice}");
        }
        Ok(replica)
    }

    fn new(feed: Arc<dyn Feed>, notices: Notices) -> Self {
        Self(Arc::new(Shared {
            feed,
            lists: RwLock::default(),
            notices,
            next: watch::Sender::new(0),
            unread: AtomicU64::default(),
            follows: tokio::sync::Mutex::default(),
        }))
    }

    /// The notices of holidays on record, for the services that decide by these lists.
    pub fn notices(&self) -> &Notices {
        &self.0.notices
    }

    /// The lists as known now.
    pub fn lists(&self) -> RwLockReadGuard<'_, Lists> {
        self.0.lists.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose matter it is that an agency begins: its region is as the list has it that day, or as said.
    pub fn place(&self, agency: &Uscc, day: Date, said: &RegionCode) -> Place {
        let listed = self.lists().region(agency, day);
        Place::of(agency, listed.as_ref().unwrap_or(said))
    }

    /// The number that a document of an agency is to draw that day, or keep where one `stands` on it already. Of `all` series of the
    /// service, the head of such a number says which one it is of, whatever document it stands on.
    pub fn draw(
        &self,
        agency: &Uscc,
        day: Date,
        series: Series,
        all: &[Series],
        matter: Uuid,
        stands: Option<&str>,
    ) -> Draw {
        debug_assert!(all.contains(&series), "{} is a series of the service", series.word);
        // An agency that the list does not know may still report what it did.
        let lists = self.lists();
        let listed = lists.agency(agency, day).ok().flatten();
        let short_name = listed.map_or_else(|| agency.to_string(), |agency| agency.short_name);
        let year = day.year();
        let Some(text) = stands else {
            let ask = IssueNumber { short_name, year, series, matter, stands: None };
            return (series.stream(agency.as_str(), year), ask);
        };
        let (bearer, other) = match lists.bearer_of_mark(agency, &plain(text), day) {
            Some((bearer, true)) => (Some((bearer.agency, bearer.short_name)), None),
            Some((other, false)) => (None, Some(other.name)),
            None => (None, None),
        };
        let own = Parts::read(text).and_then(|parts| {
            let of = |(issuer, mark): (Uscc, String)| {
                let head = |series: &&Series| parts.head == format!("{}{}", plain(&mark), series.mark);
                Some(all.iter().find(head)?.stream(issuer.as_str(), parts.year))
            };
            let stream = of((agency.clone(), short_name.clone())).or_else(|| bearer.and_then(of))?;
            Some((stream, parts.number))
        });
        let of_another = other.filter(|_| own.is_none());
        // A number of another form is unique among all of them, whoever brings it.
        let (stream, number) = own.unwrap_or_else(|| {
            let digest = hex::encode(Sha256::digest(plain(text)));
            (format!("series/standing/{digest}"), 0)
        });
        let stands = Some(Standing { text: text.to_owned(), number, of_another });
        (stream, IssueNumber { short_name, year, series, matter, stands })
    }

    /// How many events are folded.
    pub fn position(&self) -> u64 {
        *self.0.next.borrow()
    }

    /// What the operator must know: how many events could not be read. The log names each.
    pub fn notice(&self) -> Option<String> {
        match self.0.unread.load(Ordering::Relaxed) {
            0 => None,
            n => Some(format!(
                "this version cannot read {n} events of the power lists; nothing is decided on the entries they belong to"
            )),
        }
    }

    async fn catch_up(&self) -> Result<(), FeedError> {
        let head = self.0.feed.ask().await?;
        while self.position() < head {
            self.step().await?;
        }
        Ok(())
    }

    /// Follows the feed until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) {
        let followed = async {
            let _alone = self.0.follows.lock().await;
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
        for records in records.chunks(SLICE) {
            self.take(records);
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    fn take(&self, records: &[Record]) {
        let mut lists = self.0.lists.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = self.position();
        for record in records {
            // A feed has no gap; what was folded already is passed over.
            if record.log_index == next {
                if let Err(why) = lists.take(record, &self.0.notices) {
                    let Record { log_index, stream, .. } = record;
                    tracing::error!(log_index, %stream, %why, "an event of the power lists cannot be read");
                    self.0.unread.fetch_add(1, Ordering::Relaxed);
                }
                next += 1;
            }
        }
        drop(lists);
        self.0.next.send_replace(next);
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
