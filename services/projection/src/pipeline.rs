//! From the feeds to the database in three steps that run side by side: read, fold, write.
//!
//! A step that fails ends them all; the caller starts again from the committed offsets. Between the steps at most one
//! batch waits, see [`crate::fold`] for why it must not be more.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use kernel::Feed;
use ledger::Record;
use tokio::{
    sync::{mpsc, watch},
    task::{JoinError, JoinSet},
};
use tracing::Span;

use crate::{
    fold::{BATCH_MAX, Folder},
    store::{Reader, Statements, Writer},
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
}

/// What the steps work on.
pub(crate) struct Pipeline<'a> {
    pub(crate) feeds: &'a [Arc<dyn Feed>],
    pub(crate) reader: &'a Reader,
    pub(crate) writer: &'a mut Writer,
    pub(crate) offsets: &'a watch::Sender<BTreeMap<String, u64>>,
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

/// Runs until something fails.
pub(crate) async fn run(work: Pipeline<'_>) -> Failed {
    let Pipeline { feeds, reader, writer, offsets, terms } = work;
    // A run that ended while writing left its transaction open; without one this fails, and that is well.
    let _ = writer.run("ROLLBACK".to_owned()).await;
    let (read, to_fold) = mpsc::channel(1);
    let (folded, to_write) = mpsc::channel(1);
    let from = offsets.borrow().clone();
    // Reading and folding take the processor for milliseconds at a time: each gets a task of its own, so that they run
    // beside each other and beside the writing. They end with the set.
    let (mut reading, mut folding) = (JoinSet::new(), JoinSet::new());
    for feed in feeds {
        let from = from.get(feed.source()).copied().unwrap_or(0);
        reading.spawn(follow(feed.clone(), from, read.clone()));
    }
    folding.spawn(fold(Folder::new(terms), reader.clone(), to_fold, folded));
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

/// Reads one feed; checks that nothing is missing.
async fn follow(feed: Arc<dyn Feed>, mut next: u64, out: mpsc::Sender<Read>) -> Failed {
    let mut complained = false;
    loop {
        let mut records = match feed.read(next, BATCH_MAX).await {
            Ok(records) => {
                complained = false;
                records
            }
            // A service that is away keeps nobody from the events of the others.
            Err(error) => {
                if !std::mem::replace(&mut complained, true) {
                    tracing::warn!(error = %kernel::error::chain(&error), "no events are heard; trying again");
                }
                tokio::time::sleep(RETRY_AFTER).await;
                continue;
            }
        };
        records.retain(|record| record.log_index >= next);
        for record in &records {
            if record.log_index != next {
                return Failed::Gap { feed: feed.source().to_owned(), expected: next, found: record.log_index };
            }
            next += 1;
        }
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

async fn fold(mut folder: Folder, reader: Reader, mut from: mpsc::Receiver<Read>, to: mpsc::Sender<Folded>) -> Failed {
    while let Some(Read { source, records }) = from.recv().await {
        if records.iter().any(|record| folder.misses(record)) {
            return Failed::Notice;
        }
        let folded = folder.fold(&reader, &source, &records).await;
        let made = folded.and_then(|mut batch| {
            let spans = std::mem::take(&mut batch.spans);
            Ok((batch.statements(reader.engine())?, spans))
        });
        let (statements, spans) = match made {
            Ok(made) => made,
            Err(error) => return error.into(),
        };
        let Some(last) = records.last() else { continue };
        let next = last.log_index + 1;
        if to.send(Folded { source, next, statements, spans }).await.is_err() {
            return Failed::Ended;
        }
    }
    Failed::Ended
}

async fn write(
    writer: &mut Writer,
    mut from: mpsc::Receiver<Folded>,
    offsets: &watch::Sender<BTreeMap<String, u64>>,
) -> Failed {
    loop {
        match tokio::time::timeout(IDLE_MAX, from.recv()).await {
            Ok(Some(Folded { source, next, statements, spans })) => {
                if let Err(error) = statements.commit(writer).await {
                    return error.into();
                }
                drop(spans);
                offsets.send_modify(|all| {
                    all.insert(source, next);
                });
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
