//! Group commit: the one task that writes.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use lru::LruCache;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};
use uuid::Uuid;

use crate::batch::{Batch, Verdict};
use crate::store::{Found, Row, Store, Stored, Tip};
use crate::{Append, AppendError, Clock, Config, Head, Record, StoreError};

/// How many stream versions the writer remembers.
const VERSIONS_CACHED: NonZeroUsize = NonZeroUsize::new(65_536).expect("not zero");

/// How long to wait before looking again whether the database is back.
const RECOVER_INTERVAL: Duration = Duration::from_millis(500);

/// One append that waits for the writer.
pub(crate) struct Job {
    pub(crate) append: Append,
    pub(crate) reply: oneshot::Sender<Result<Answer, AppendError>>,
    /// Its share of the memory that waiting appends may hold.
    pub(crate) _room: OwnedSemaphorePermit,
}

/// What the writer answers.
pub(crate) enum Answer {
    /// The events as stored.
    Stored(Vec<Record>),
    /// An earlier command with this id stored them; the caller reads them, so that the writer need not.
    Repeats(Stored),
}

/// The committed end of the log, for those who wait for it.
pub(crate) struct Ends {
    pub(crate) head: watch::Sender<Head>,
    pub(crate) size: watch::Sender<u64>,
}

impl Ends {
    pub(crate) fn new(head: Head) -> Self {
        Self { head: watch::Sender::new(head), size: watch::Sender::new(head.size) }
    }

    /// Makes a newer head known; an older one, from a reader that was slow, is ignored.
    pub(crate) fn publish(&self, new: Head) {
        let newer = self.head.send_if_modified(|head| {
            let newer = new.size > head.size;
            if newer {
                *head = new;
            }
            newer
        });
        if newer {
            self.size.send_if_modified(|size| std::mem::replace(size, new.size.max(*size)) < new.size);
        }
    }
}

pub(crate) struct Writer<S> {
    pub(crate) store: S,
    pub(crate) source: String,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ends: Arc<Ends>,
    pub(crate) batch_max: usize,
    pub(crate) timeout: Duration,
    /// The tip after the last commit; none after a failure, until the database has been read again.
    tip: Option<Tip>,
    /// Versions as of `tip`: they are right exactly if the log still ends there.
    versions: LruCache<String, u64>,
}

impl<S: Store> Writer<S> {
    pub(crate) fn new(store: S, config: &Config, clock: Arc<dyn Clock>, ends: Arc<Ends>, tip: Tip) -> Self {
        Self {
            store,
            source: config.source(),
            clock,
            ends,
            batch_max: config.batch_max,
            timeout: config.batch_timeout,
            tip: Some(tip),
            versions: LruCache::new(VERSIONS_CACHED),
        }
    }

    /// Works until the queue is closed and empty.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Job>, mut closing: watch::Receiver<bool>) {
        let mut jobs = Vec::with_capacity(self.batch_max);
        let mut open = true;
        loop {
            tokio::select! {
                // In this order, so that a stream of appends cannot put off closing.
                biased;
                () = closed(&mut closing), if open => {
                    queue.close();
                    open = false;
                }
                taken = queue.recv_many(&mut jobs, self.batch_max) => match taken {
                    0 => break,
                    _ => self.answer(&mut jobs).await,
                },
                () = tokio::time::sleep(RECOVER_INTERVAL), if self.tip.is_none() => self.recover().await,
            }
        }
        self.store.close().await;
    }

    /// Commits one batch and answers every append of it.
    async fn answer(&mut self, jobs: &mut Vec<Job>) {
        let appends: Vec<&Append> = jobs.iter().map(|job| &job.append).collect();
        let timeout = self.timeout;
        let done = match tokio::time::timeout(timeout, self.commit(&appends)).await {
            Ok(done) => done,
            Err(_) => Err(StoreError::Timeout(timeout.as_millis() as u64)),
        };
        match done {
            Ok((verdicts, rows)) => {
                let mut records = rows.into_iter().map(|row| row.record);
                for (job, verdict) in jobs.drain(..).zip(verdicts) {
                    let answer = match verdict {
                        Verdict::Accepted(events) => Ok(Answer::Stored(records.by_ref().take(events).collect())),
                        Verdict::Repeats(stored) => Ok(Answer::Repeats(stored)),
                        Verdict::Refused(error) => Err(error),
                    };
                    // The caller may have gone away; what is stored stays stored.
                    let _ = job.reply.send(answer);
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, appends = jobs.len(), "batch failed");
                self.doubt();
                for job in jobs.drain(..) {
                    let _ = job.reply.send(Err(AppendError::Unavailable(error.clone())));
                }
            }
        }
    }

    /// Decides and commits; the verdicts hold only if this succeeds.
    async fn commit(&mut self, appends: &[&Append]) -> Result<(Vec<Verdict>, Vec<Row>), StoreError> {
        let mut streams: Vec<&str> =
            appends.iter().flat_map(|append| &append.writes).map(|write| write.stream.as_str()).collect();
        streams.sort_unstable();
        streams.dedup();
        let mut versions = HashMap::with_capacity(streams.len());
        let mut unknown = Vec::new();
        for stream in &streams {
            match self.versions.get(*stream) {
                Some(version) => _ = versions.insert(*stream, *version),
                None => unknown.push(*stream),
            }
        }
        let commands: Vec<Uuid> = appends.iter().map(|append| append.command_id).collect();

        let found = self.store.begin(&unknown, &commands).await?;
        let (tip, moved) = self.tip_of(&found)?;
        if moved {
            // Somebody else appended, so whatever is remembered may be old.
            self.versions.clear();
        }
        if moved && unknown.len() < streams.len() {
            let read = self.store.versions(&streams).await?;
            versions.extend(streams.iter().copied().zip(read));
        } else {
            versions.extend(unknown.into_iter().zip(found.versions));
        }

        let source = self.source.clone();
        let mut batch = Batch::new(&source, tip, self.clock.now());
        batch.commands = found.commands;
        batch.versions = versions;
        let verdicts: Vec<Verdict> = appends.iter().map(|append| batch.decide(append)).collect();
        batch.seal();

        let Batch { tip, rows, versions, .. } = batch;
        if rows.is_empty() {
            self.store.abandon().await?;
        } else {
            self.store.commit(&rows, &tip).await?;
        }
        for (stream, version) in versions {
            match self.versions.get_mut(stream) {
                Some(known) => *known = version,
                None => _ = self.versions.put(stream.to_owned(), version),
            }
        }
        self.ends.publish(tip.head());
        self.tip = Some(tip);
        Ok((verdicts, rows))
    }

    /// The tip to go on from, and whether the log moved since the last commit here.
    fn tip_of(&self, found: &Found) -> Result<(Tip, bool), StoreError> {
        let Some(row) = &found.head else {
            return if self.ends.head.borrow().size == 0 { Ok((Tip::default(), true)) } else { Err(went_back(0)) };
        };
        if let Some(tip) = self.tip.as_ref().filter(|tip| tip.size() == row.size && tip.root == row.root[..]) {
            return Ok((tip.clone(), false));
        }
        if row.size < self.ends.head.borrow().size {
            return Err(went_back(row.size));
        }
        let tip = row.tip().ok_or_else(|| StoreError::Damaged(format!("head {} has a wrong root", row.size)))?;
        Ok((tip, true))
    }

    /// Forgets everything that a failure may have made wrong.
    fn doubt(&mut self) {
        self.tip = None;
        self.versions.clear();
        self.store.reset();
    }

    /// After a failure: reads how the log really ends, so that readers hear of a commit whose answer was lost.
    async fn recover(&mut self) {
        let timeout = self.timeout;
        let read = async {
            let found = self.store.begin(&[], &[]).await?;
            let (tip, _) = self.tip_of(&found)?;
            self.store.abandon().await?;
            Ok::<Tip, StoreError>(tip)
        };
        match tokio::time::timeout(timeout, read).await {
            Ok(Ok(tip)) => {
                tracing::info!(size = tip.size(), "the ledger's database is back");
                self.ends.publish(tip.head());
                self.tip = Some(tip);
            }
            _ => self.doubt(),
        }
    }
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error means that every handle is gone; the queue tells the same.
    _ = closing.wait_for(|closing| *closing).await;
}

/// Acknowledged events are gone, as after a restored backup: to go on would give their indexes to others.
fn went_back(size: u64) -> StoreError {
    StoreError::Damaged(format!("the log went back to {size} events"))
}
