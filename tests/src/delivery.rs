//! "No event lost", for any store with a feed: what was committed reaches every fold exactly once.
//!
//! Many writers, of whose appends some take long and some are rolled back; many readers that start late, stop anywhere
//! and go on from the position that they stored with what they folded. A store that hands out numbers before it commits
//! fails here: a reader that sees a later number first never returns for the earlier one.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

/// What an event is known by: its writer, and the writer's count.
pub type Key = (usize, u64);

/// How a writer appends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// At once.
    Plain,
    /// Among the last of a large or long transaction, as far as the store lets its users hold one open.
    Slow,
    /// So that the store must not keep it.
    RolledBack,
}

/// What a reader has folded. The store under test calls [`Fold::take`] for each event it delivers.
#[derive(Clone, Debug, Default)]
pub struct Fold(Arc<Mutex<Folded>>);

#[derive(Debug, Default)]
struct Folded {
    position: u64,
    seen: BTreeMap<Key, u64>,
}

impl Fold {
    /// Folds an event and stores the position to go on from: both or, if the reader is stopped before, neither.
    ///
    /// # Panics
    /// Never, unless a reader has panicked.
    pub fn take(&self, key: Key, next: u64) {
        let mut folded = self.0.lock().expect("a fold");
        *folded.seen.entry(key).or_default() += 1;
        folded.position = next;
    }

    /// Goes on past an event that does not count.
    ///
    /// # Panics
    /// Never, unless a reader has panicked.
    pub fn pass(&self, next: u64) {
        self.0.lock().expect("a fold").position = next;
    }

    /// Where to go on.
    ///
    /// # Panics
    /// Never, unless a reader has panicked.
    pub fn position(&self) -> u64 {
        self.0.lock().expect("a fold").position
    }

    fn count(&self) -> usize {
        self.0.lock().expect("a fold").seen.len()
    }
}

/// A store and its feed, under test.
pub trait Subject: Send + Sync + 'static {
    /// Appends one event, and says whether it is committed.
    fn append(&self, key: Key, manner: Manner) -> impl Future<Output = bool> + Send;

    /// Delivers to a reader's fold, from where it stands, until it is stopped. May be stopped at any await.
    fn follow(&self, reader: usize, fold: Fold, stop: CancellationToken) -> impl Future<Output = ()> + Send;
}

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Writers at once.
    pub writers: usize,
    /// Appends of each.
    pub appends: u64,
    /// Readers at once.
    pub readers: usize,
    /// How long a reader may see nothing new after the last append before what is missing counts as lost.
    pub patience: Duration,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Events that the store said it committed.
    pub committed: usize,
    /// Committed events that a reader never got, of all readers.
    pub lost: usize,
    /// Deliveries of an event that a reader had already.
    pub repeated: usize,
    /// Events delivered that were never committed.
    pub invented: usize,
}

impl Outcome {
    /// Nothing lost, nothing twice, nothing invented.
    pub fn is_exact(&self) -> bool {
        (self.lost, self.repeated, self.invented) == (0, 0, 0)
    }
}

/// Runs the load and compares.
///
/// # Panics
/// When a writer or a reader of the subject does.
pub async fn deliver<S: Subject>(subject: Arc<S>, load: Load) -> Outcome {
    let written = CancellationToken::new();
    let readers: Vec<_> =
        (0..load.readers).map(|reader| tokio::spawn(read(subject.clone(), reader, load, written.clone()))).collect();
    let writers: Vec<_> = (0..load.writers)
        .map(|writer| {
            let subject = subject.clone();
            tokio::spawn(async move {
                let mut committed = BTreeSet::new();
                for n in 0..load.appends {
                    // Spread, so that at any moment some writers are slow and some fail.
                    let manner = match (n + writer as u64 * 3) % 10 {
                        4 => Manner::Slow,
                        7 => Manner::RolledBack,
                        _ => Manner::Plain,
                    };
                    if subject.append((writer, n), manner).await {
                        committed.insert((writer, n));
                    }
                }
                committed
            })
        })
        .collect();
    let mut committed = BTreeSet::new();
    for writer in writers {
        committed.extend(writer.await.expect("a writer"));
    }
    written.cancel();
    let mut outcome = Outcome { committed: committed.len(), ..Outcome::default() };
    for reader in readers {
        let fold = reader.await.expect("a reader");
        let folded = fold.0.lock().expect("a fold");
        outcome.lost += committed.iter().filter(|key| !folded.seen.contains_key(*key)).count();
        outcome.repeated += folded.seen.values().map(|times| (*times - 1) as usize).sum::<usize>();
        outcome.invented += folded.seen.keys().filter(|key| !committed.contains(*key)).count();
    }
    outcome
}

/// One reader: starts late, is stopped and started again all the while, and at the end reads until nothing comes.
async fn read<S: Subject>(subject: Arc<S>, reader: usize, load: Load, written: CancellationToken) -> Fold {
    let fold = Fold::default();
    let breath = Duration::from_millis(5 + 7 * reader as u64);
    tokio::time::sleep(breath * 3).await;
    while !written.is_cancelled() {
        let stop = CancellationToken::new();
        tokio::select! {
            () = subject.follow(reader, fold.clone(), stop.clone()) => {}
            // Half of the readers are dropped where they stand, half are told to stop.
            () = tokio::time::sleep(breath), if reader.is_multiple_of(2) => {}
            () = async { tokio::time::sleep(breath).await; stop.cancel(); std::future::pending().await } => {}
        }
    }
    let stop = CancellationToken::new();
    let quiet = async {
        let (mut known, mut since) = (fold.count(), Instant::now());
        while since.elapsed() < load.patience {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if fold.count() > known {
                (known, since) = (fold.count(), Instant::now());
            }
        }
    };
    tokio::select! {
        () = subject.follow(reader, fold.clone(), stop) => {}
        () = quiet => {}
    }
    fold
}

// ---- Our own.

/// A ledger and the feed that reads it in the same process.
pub struct LedgerSubject {
    /// Handles on the same log; on Postgres each is as good as a process.
    pub ledgers: Vec<ledger::Ledger>,
}

impl LedgerSubject {
    fn pick(&self, at: usize) -> &ledger::Ledger {
        &self.ledgers[at % self.ledgers.len()]
    }
}

/// Events that a slow append has before the one that counts.
const SLOW_EVENTS: usize = ledger::APPEND_EVENTS_MAX - 1;

impl Subject for LedgerSubject {
    async fn append(&self, (writer, n): Key, manner: Manner) -> bool {
        let event = |kind: &str| ledger::Proposal {
            kind: kind.to_owned(),
            time: jiff::Timestamp::UNIX_EPOCH,
            rules: Vec::new(),
            data: serde_json::value::to_raw_value(&[writer as u64, n]).expect("JSON"),
        };
        let mut events = vec![event("trial.Counted.v1")];
        if manner == Manner::Slow {
            events = (0..SLOW_EVENTS).map(|_| event("trial.Padded.v1")).chain(events).collect();
        }
        let expected = if manner == Manner::RolledBack { 99 } else { 0 };
        let append = ledger::Append {
            command_id: uuid::Uuid::now_v7(),
            command_digest: [0; 32],
            origin: ledger::Origin {
                actor: "trial".to_owned(),
                agency: String::new(),
                region: crate::suite::REGION.to_owned(),
                correlation_id: uuid::Uuid::nil(),
                causation_id: None,
                traceparent: None,
            },
            writes: vec![ledger::Write { stream: format!("trial/{writer}-{n}"), expected, events }],
        };
        match self.pick(writer).append(append).await {
            Ok(_) => true,
            Err(ledger::AppendError::Conflict { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }

    async fn follow(&self, reader: usize, fold: Fold, stop: CancellationToken) {
        let feed = kernel::LedgerFeed::new("trial", self.pick(reader).clone());
        while !stop.is_cancelled() {
            let events = kernel::Feed::read(&feed, fold.position(), 64 + reader * 100).await.expect("the feed");
            for record in events {
                let next = record.log_index + 1;
                let envelope = record.envelope().expect("a record");
                assert_eq!(envelope.log_index, fold.position(), "the feed skips or repeats");
                if envelope.kind == "trial.Counted.v1" {
                    let (writer, n) = serde_json::from_str(envelope.data.get()).expect("a key");
                    fold.take((writer, n), next);
                } else {
                    fold.pass(next);
                }
            }
        }
    }
}
