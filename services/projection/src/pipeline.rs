//! From the feeds to the database in three steps that run side by side: read, fold, write.
//!
//! A step that fails ends them all; the caller starts again from the committed offsets. Where one event was the reason, the
//! next run looks for it, parks it alone and goes on ([`Refused`]). Between the steps at most one
//! batch waits, see [`crate::fold`] for why it must not be more.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use kernel::Feed;
use ledger::Record;
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
    task::{JoinError, JoinSet},
};
use tracing::Span;

use crate::{
    fold::{BATCH_MAX, Folder, NotFolded, parked},
    store::{Engine, Reader, Statements, Writer, refusal},
    views::findings::Terms,
};

/// With nothing to write for so long, the writer asks whether the database is still there. One that crashed and came
/// back may have forgotten the last batches, see [`crate::store`]; they are folded again, whether or not anything new
/// happens.
const IDLE_MAX: Duration = Duration::from_secs(1);

/// After a read, what comes in meanwhile is left to gather for so long. Every batch costs a transaction and each of its
/// tables a statement, and under load the feed tells of a few events at a time. An event that comes alone does not wait.
const GATHER: Duration = Duration::from_millis(20);

/// Wait after a feed that cannot be read.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Why folding stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    #[error("the feed of {feed} skipped from event {expected} to {found}")]
    Gap { feed: String, expected: u64, found: u64 },
    #[error("the views' database failed")]
    Database(#[from] sqlx::Error),
    #[error("the feeds ended")]
    Ended,
    /// A notice of holidays that the fold did not know: what was folded before may end on another day.
    #[error("a notice of holidays is on record")]
    Notice,
    /// One event of a batch is the reason, at least; the next run finds it.
    #[error("{0}")]
    Refused(Refused),
}

/// Events of which at least one is refused for what it says.
#[derive(Debug)]
pub(crate) struct Refused {
    source: String,
    /// The log index behind the last of them.
    until: u64,
    why: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "of the events of {} before {}: {}", self.source, self.until, self.why)
    }
}

/// What the steps work on.
pub(crate) struct Pipeline<'a> {
    pub(crate) feeds: &'a [Arc<dyn Feed>],
    pub(crate) reader: &'a Reader,
    pub(crate) writer: &'a mut Writer,
    pub(crate) offsets: &'a watch::Sender<BTreeMap<String, u64>>,
    /// Whose threads read and fold.
    pub(crate) behind: &'a Handle,
    pub(crate) terms: Terms,
}

struct Read {
    source: String,
    records: Vec<Record>,
}

struct Folded {
    source: String,
    next: u64,
    statements: Statements,
    /// They end with the transaction.
    spans: Vec<Span>,
}

/// Runs until something fails, after what an earlier run met is sifted.
pub(crate) async fn run(mut work: Pipeline<'_>, refused: Option<Refused>) -> Failed {
    // A run that ended while writing left its transaction open; without one this fails, and that is well.
    let _ = work.writer.run("ROLLBACK".to_owned()).await;
    if let Some(refused) = refused
        && let Err(failed) = sift(&mut work, refused).await
    {
        return failed;
    }
    let Pipeline { feeds, reader, writer, offsets, behind, terms } = work;
    let (read, to_fold) = mpsc::channel(1);
    let (folded, to_write) = mpsc::channel(1);
    let from = offsets.borrow().clone();
    // Reading and folding take the processor for milliseconds at a time: each gets a task of its own, so that they run
    // beside each other and beside the writing. They end with the set.
    let (mut reading, mut folding) = (JoinSet::new(), JoinSet::new());
    for feed in feeds {
        let from = from.get(feed.source()).copied().unwrap_or(0);
        reading.spawn_on(follow(feed.clone(), from, read.clone()), behind);
    }
    folding.spawn_on(fold(Folder::new(terms), reader.clone(), to_fold, folded), behind);
    let ended = |done: Option<Result<Failed, JoinError>>| done.and_then(Result::ok).unwrap_or(Failed::Ended);
    let failed = tokio::select! {
        biased;
        failed = write(writer, to_write, offsets) => failed,
        done = reading.join_next() => ended(done),
        done = folding.join_next() => return ended(done),
    };
    match failed {
        // Before and behind it they end when the fold did, which says why.
        Failed::Ended => ended(folding.join_next().await),
        failed => failed,
    }
}

/// Folds the events before `refused.until` in pieces that are halved until they are taken, or are one event: that one is
/// parked, and the others go on.
async fn sift(work: &mut Pipeline<'_>, refused: Refused) -> Result<(), Failed> {
    let Refused { source, until, .. } = refused;
    let Some(feed) = work.feeds.iter().find(|feed| feed.source() == source) else { return Ok(()) };
    let mut next = work.offsets.borrow().get(&source).copied().unwrap_or(0);
    while next < until {
        let most = usize::try_from(until - next).unwrap_or(BATCH_MAX).min(BATCH_MAX);
        let records = read(&**feed, &mut next, most).await?;
        let mut pieces = vec![&records[..]];
        while let Some(piece) = pieces.pop() {
            // What a folder holds that failed is not what the database holds.
            let folded = fold_batch(&mut Folder::new(work.terms.clone()), work.reader, &source, piece).await;
            let written = match folded {
                Ok(Some(folded)) => write_batch(work.writer, folded, work.offsets).await,
                Ok(None) => continue,
                Err(failed) => Err(failed),
            };
            match (written, piece) {
                (Ok(()), _) => {}
                (Err(Failed::Refused(Refused { why, .. })), [record]) => {
                    let statements =
                        parked(work.reader, &source, record, &why).await?.statements(work.reader.engine())?;
                    let (source, next) = (source.clone(), record.log_index + 1);
                    let alone = Folded { source, next, statements, spans: Vec::new() };
                    write_batch(work.writer, alone, work.offsets).await?;
                }
                (Err(Failed::Refused(_)), _) => {
                    let (first, second) = piece.split_at(piece.len() / 2);
                    pieces.extend([second, first]);
                }
                (Err(failed), _) => return Err(failed),
            }
        }
    }
    Ok(())
}

/// Reads one feed.
async fn follow(feed: Arc<dyn Feed>, mut next: u64, out: mpsc::Sender<Read>) -> Failed {
    loop {
        let records = match read(&*feed, &mut next, BATCH_MAX).await {
            Ok(records) => records,
            Err(failed) => return failed,
        };
        if records.is_empty() {
            continue;
        }
        // A read ends at a number of bytes, too, so that few are quite full.
        let many = records.len() >= BATCH_MAX / 2;
        if out.send(Read { source: feed.source().to_owned(), records }).await.is_err() {
            return Failed::Ended;
        }
        if !many {
            tokio::time::sleep(GATHER).await;
        }
    }
}

/// The events of a feed from `next` on, none missing; there may be none yet.
async fn read(feed: &dyn Feed, next: &mut u64, most: usize) -> Result<Vec<Record>, Failed> {
    let mut complained = false;
    let mut records = loop {
        match feed.read(*next, most).await {
            Ok(records) => break records,
            // A service that is away keeps nobody from the events of the others.
            Err(error) => {
                if !std::mem::replace(&mut complained, true) {
                    tracing::warn!(error = %kernel::error::chain(&error), "no events are heard; trying again");
                }
                tokio::time::sleep(RETRY_AFTER).await;
            }
        }
    };
    records.retain(|record| record.log_index >= *next);
    for record in &records {
        if record.log_index != *next {
            return Err(Failed::Gap { feed: feed.source().to_owned(), expected: *next, found: record.log_index });
        }
        *next += 1;
    }
    Ok(records)
}

async fn fold(mut folder: Folder, reader: Reader, mut from: mpsc::Receiver<Read>, to: mpsc::Sender<Folded>) -> Failed {
    while let Some(Read { source, records }) = from.recv().await {
        let folded = match fold_batch(&mut folder, &reader, &source, &records).await {
            Ok(Some(folded)) => folded,
            Ok(None) => continue,
            Err(failed) => return failed,
        };
        if to.send(folded).await.is_err() {
            return Failed::Ended;
        }
    }
    Failed::Ended
}

/// Folds one batch; none of no events.
async fn fold_batch(
    folder: &mut Folder,
    reader: &Reader,
    source: &str,
    records: &[Record],
) -> Result<Option<Folded>, Failed> {
    if records.iter().any(|record| folder.misses(record)) {
        return Err(Failed::Notice);
    }
    let Some(last) = records.last() else { return Ok(None) };
    let next = last.log_index + 1;
    let engine = reader.engine();
    let (statements, spans) = match folder.fold(reader, source, records).await {
        Ok(mut batch) => {
            let spans = std::mem::take(&mut batch.spans);
            (batch.statements(engine).map_err(|error| failed(engine, source, next, error))?, spans)
        }
        Err(NotFolded::Refused(why)) => {
            return Err(Failed::Refused(Refused { source: source.to_owned(), until: next, why }));
        }
        Err(NotFolded::Database(error)) => return Err(failed(engine, source, next, error)),
    };
    Ok(Some(Folded { source: source.to_owned(), next, statements, spans }))
}

async fn write(
    writer: &mut Writer,
    mut from: mpsc::Receiver<Folded>,
    offsets: &watch::Sender<BTreeMap<String, u64>>,
) -> Failed {
    loop {
        match tokio::time::timeout(IDLE_MAX, from.recv()).await {
            Ok(Some(folded)) => {
                if let Err(failed) = write_batch(writer, folded, offsets).await {
                    return failed;
                }
            }
            Ok(None) => return Failed::Ended,
            Err(_) => {
                if let Err(error) = writer.run("SELECT 1".to_owned()).await {
                    return error.into();
                }
            }
        }
    }
}

async fn write_batch(
    writer: &mut Writer,
    folded: Folded,
    offsets: &watch::Sender<BTreeMap<String, u64>>,
) -> Result<(), Failed> {
    let Folded { source, next, statements, spans } = folded;
    statements.commit(writer).await.map_err(|error| failed(writer.engine(), &source, next, error))?;
    drop(spans);
    offsets.send_modify(|all| {
        all.insert(source, next);
    });
    Ok(())
}

/// What a failure of the database means for a batch that ends before `until`.
fn failed(engine: Engine, source: &str, until: u64, error: sqlx::Error) -> Failed {
    match refusal(engine, &error) {
        Some(why) => Failed::Refused(Refused { source: source.to_owned(), until, why }),
        None => error.into(),
    }
}
