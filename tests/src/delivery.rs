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
    /// Deliveries in a hundred, to so many readers, that were not exactly one for each committed event.
    pub fn wrong_percent(&self, readers: usize) -> f64 {
        let wrong = self.lost + self.repeated + self.invented;
        100.0 * wrong as f64 / (self.committed * readers).max(1) as f64
    }

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
