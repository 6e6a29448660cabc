//! Group commit: the one task that writes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use opentelemetry::KeyValue;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use crate::batch::Verdict;
use crate::commit::Committer;
use crate::store::{Store, Stored, Tip};
use crate::{Append, AppendError, Clock, Config, Head, Packed, Record, StoreError, Tail, Together, figures};

/// How long to wait before looking again whether the database is back.
const RECOVER_INTERVAL: Duration = Duration::from_millis(500);
/// More time that appends that are many may take for each of them.
const TIME_FOR_EACH: Duration = Duration::from_millis(2);

/// What waits for the writer.
pub(crate) enum Waiting {
    /// One append; those that wait are committed together.
    One(Job),
    /// Appends that are stored together or not at all, in a commit of their own.
    Many(Many),
}

/// An append that waits.
pub(crate) struct Job {
    pub(crate) append: Append,
    pub(crate) reply: oneshot::Sender<Result<Answer, AppendError>>,
    /// Its share of the memory that waiting appends may hold.
    pub(crate) room: OwnedSemaphorePermit,
}

impl Job {
    fn answer(self, answer: Result<Answer, AppendError>) {
        make_room_and_answer(self.reply, self.room, answer);
    }
}

/// Appends that wait.
pub(crate) struct Many {
    pub(crate) packed: Packed,
    pub(crate) reply: oneshot::Sender<Result<Together, AppendError>>,
    /// Their share of that memory.
    pub(crate) room: OwnedSemaphorePermit,
}

/// Room comes first: whoever is answered may send the next at once.
fn make_room_and_answer<T>(reply: oneshot::Sender<T>, room: OwnedSemaphorePermit, answer: T) {
    drop(room);
    // The caller may have gone away; what is stored stays stored.
    _ = reply.send(answer);
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
    /// What this process committed last.
    pub(crate) tail: Tail,
}

impl Ends {
    pub(crate) fn new(head: Head) -> Self {
        Self { head: watch::Sender::new(head), size: watch::Sender::new(head.size), tail: Tail::default() }
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
    committer: Committer<S>,
    batch_max: usize,
    timeout: Duration,
    /// Whose figures they are.
    service: [KeyValue; 1],
}

impl<S: Store> Writer<S> {
    pub(crate) fn new(store: S, config: &Config, clock: Arc<dyn Clock>, ends: Arc<Ends>, tip: Tip) -> Self {
        let committer = Committer::new(store, config.source(), clock, ends, tip);
        let service = [KeyValue::new("service", config.service.clone())];
        Self { committer, batch_max: config.batch_max, timeout: config.batch_timeout, service }
    }

    /// Works until the queue is closed and empty.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Waiting>, mut closing: watch::Receiver<bool>) {
        let (mut taken, mut jobs) = (Vec::with_capacity(self.batch_max), Vec::with_capacity(self.batch_max));
        let mut open = true;
        loop {
            // Lets those just answered queue their next append, so that it is part of the next batch and not of the one
            // after.
            tokio::task::yield_now().await;
            tokio::select! {
                // In this order, so that a stream of appends cannot put off closing.
                biased;
                () = closed(&mut closing), if open => {
                    queue.close();
                    open = false;
                }
                count = queue.recv_many(&mut taken, self.batch_max) => {
                    if count == 0 {
                        break;
                    }
                    for waiting in taken.drain(..) {
                        match waiting {
                            Waiting::One(job) => jobs.push(job),
                            Waiting::Many(many) => {
                                self.answer(&mut jobs).await;
                                self.answer_many(many).await;
                            }
                        }
                    }
                    self.answer(&mut jobs).await;
                }
                () = tokio::time::sleep(RECOVER_INTERVAL), if self.committer.is_in_doubt() => self.recover().await,
            }
        }
        self.committer.close().await;
    }

    /// Commits one batch and answers every append of it.
    async fn answer(&mut self, jobs: &mut Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        let appends: Vec<&[Append]> = jobs.iter().map(|job| std::slice::from_ref(&job.append)).collect();
        let began = Instant::now();
        let done = tokio::time::timeout(self.timeout, self.committer.commit(&appends)).await;
        let late = |_| Err(StoreError::Timeout(self.timeout.as_millis() as u64));
        match done.unwrap_or_else(late) {
            Ok((verdicts, rows)) => {
                if !rows.is_empty() {
                    figures::committed(&self.service, rows.len(), began.elapsed());
                }
                let mut records = rows.into_iter().map(|row| row.record);
                for (job, verdicts) in jobs.drain(..).zip(verdicts) {
                    let answer = |verdicts: Vec<Verdict>| match verdicts.into_iter().next() {
                        Some(Verdict::Accepted(events)) => Ok(Answer::Stored(records.by_ref().take(events).collect())),
                        Some(Verdict::Repeats(stored)) => Ok(Answer::Repeats(stored)),
                        None => Err(AppendError::Unavailable(StoreError::Closed)),
                    };
                    job.answer(verdicts.and_then(answer));
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, appends = jobs.len(), "batch failed");
                self.committer.doubt();
                for job in jobs.drain(..) {
                    job.answer(Err(AppendError::Unavailable(error.clone())));
                }
            }
        }
    }

    /// Commits appends that are many, and answers them.
    async fn answer_many(&mut self, Many { packed, reply, room }: Many) {
        // It takes as long as it is.
        let count = u32::try_from(packed.len()).unwrap_or(u32::MAX);
        let timeout = self.timeout + TIME_FOR_EACH.saturating_mul(count);
        let began = Instant::now();
        let done = tokio::time::timeout(timeout, self.committer.commit_packed(packed)).await;
        let answer = match done.unwrap_or_else(|_| Err(StoreError::Timeout(timeout.as_millis() as u64))) {
            Ok(answer) => {
                if let Ok(Together { events, repeated: false, .. }) = &answer {
                    figures::committed(&self.service, usize::try_from(*events).unwrap_or(usize::MAX), began.elapsed());
                }
                answer
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, appends = count, "appends together failed");
                self.committer.doubt();
                Err(AppendError::Unavailable(error))
            }
        };
        make_room_and_answer(reply, room, answer);
    }

    async fn recover(&mut self) {
        match tokio::time::timeout(self.timeout, self.committer.recover()).await {
            Ok(Ok(())) => tracing::info!("the ledger's database is back"),
            _ => self.committer.doubt(),
        }
    }
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error means that every handle is gone; the queue tells the same.
    _ = closing.wait_for(|closing| *closing).await;
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use tokio::sync::Semaphore;

    use super::*;

    /// Notes how much room there is when the answer comes.
    struct Looks(Arc<Semaphore>, AtomicUsize);

    impl Wake for Looks {
        fn wake(self: Arc<Self>) {
            self.1.store(self.0.available_permits(), Ordering::SeqCst);
        }
    }

    #[test]
    fn whoever_is_answered_finds_the_room_that_was_his() {
        let memory = Arc::new(Semaphore::new(3));
        let room = memory.clone().try_acquire_many_owned(3).expect("all of it is free");
        let looks = Arc::new(Looks(memory, AtomicUsize::new(0)));
        let (reply, answer) = oneshot::channel();
        let mut answer = pin!(answer);
        let waker = Waker::from(looks.clone());
        let mut context = Context::from_waker(&waker);
        assert!(answer.as_mut().poll(&mut context).is_pending());
        make_room_and_answer(reply, room, "stored");
        assert_eq!(looks.1.load(Ordering::SeqCst), 3, "room when the answer came");
        assert_eq!(answer.as_mut().poll(&mut context), Poll::Ready(Ok("stored")));
    }
}
