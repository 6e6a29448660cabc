//! The events of the services over gRPC: for other services, for systems of agencies, for auditors.

mod selection;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use ledger::{Head, Ledger, Record};
use proto::events::v1::{
    FollowEventsRequest, FollowEventsResponse, GetHeadRequest, GetHeadResponse, Inclusion, ReadEventsRequest,
    ReadEventsResponse, ReadStreamRequest, ReadStreamResponse, RecordedEvent,
    event_log_server::{self, EventLogServer},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use self::selection::Selection;
use crate::{error::ExecuteError, fields::Fields, reading::caller, throttle};

/// Most events read of the ledger at once, and most on a page.
const PAGE_EVENTS_MAX: usize = 1_000;
/// A page ends with the event that takes it over so many bytes: well under what clients take in one message.
const PAGE_BYTES_MAX: usize = 1024 * 1024;
/// Streams of events that run at once; more are refused.
const READERS_MAX: usize = 256;
/// Who follows hears at least so often where the log stands.
const SIGN_EVERY: Duration = Duration::from_secs(5);

/// The logs of the services that answer here.
#[derive(Clone)]
pub struct EventLog {
    ledgers: Arc<BTreeMap<String, Ledger>>,
    readers: Arc<Semaphore>,
    shutdown: CancellationToken,
}

impl EventLog {
    /// Over these ledgers, by service; whoever follows is let go at `shutdown`.
    pub fn new(ledgers: BTreeMap<String, Ledger>, shutdown: CancellationToken) -> Self {
        Self { ledgers: Arc::new(ledgers), readers: Arc::new(Semaphore::new(READERS_MAX)), shutdown }
    }

    /// The gRPC service.
    pub fn grpc(&self) -> EventLogServer<Self> {
        EventLogServer::new(self.clone())
    }

    fn ledger(&self, service: &str) -> Result<Ledger, Status> {
        let known = || self.ledgers.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        self.ledgers.get(service).cloned().ok_or_else(|| {
            Fields::one("service", format!("no log of {service:?} is here; the logs here are of {}", known()))
        })
    }

    fn reader(&self) -> Result<OwnedSemaphorePermit, Status> {
        self.readers.clone().try_acquire_owned().map_err(|_| throttle::too_many(Duration::ZERO))
    }
}

/// Sends pages of one answer as fast as they are taken; one waits at most.
struct Pages<T> {
    out: mpsc::Sender<Result<T, Status>>,
    reader: OwnedSemaphorePermit,
}

type Answer<T> = ReceiverStream<Result<T, Status>>;

impl<T> Pages<T> {
    fn open(reader: OwnedSemaphorePermit) -> (Self, Answer<T>) {
        let (out, taken) = mpsc::channel(1);
        (Self { out, reader }, ReceiverStream::new(taken))
    }

    /// False when nobody takes it any more.
    async fn send(&self, page: T) -> bool {
        self.out.send(Ok(page)).await.is_ok()
    }

    /// Ends the answer with what went wrong, if anything did. Its place is free before the end is told, for whoever
    /// reads on at once.
    async fn end(self, done: Result<(), Status>) {
        drop(self.reader);
        if let Err(status) = done {
            _ = self.out.send(Err(status)).await;
        }
    }
}

/// Events that are read once, with their proofs if they are asked for.
struct Read {
    ledger: Ledger,
    selection: Selection,
    /// The tree to prove against.
    proven: Option<Head>,
}

impl Read {
    /// What of these is the reader's, in pages.
    async fn pages(&self, records: Vec<Record>) -> Result<Vec<Vec<RecordedEvent>>, Status> {
        let chosen: Vec<Record> = records.into_iter().filter(|record| self.selection.takes(record)).collect();
        let mut inclusions = match self.proven {
            Some(head) => {
                let indexes: Vec<u64> = chosen.iter().map(|record| record.log_index).collect();
                let paths = self.ledger.paths(head, &indexes).await.map_err(ExecuteError::from)?;
                paths.into_iter().map(|path| Some(inclusion(head, &path))).collect()
            }
            None => Vec::new(),
        }
        .into_iter();
        let (mut pages, mut page, mut bytes) = (Vec::new(), Vec::new(), 0);
        for record in chosen {
            if bytes >= PAGE_BYTES_MAX {
                pages.push(std::mem::take(&mut page));
                bytes = 0;
            }
            bytes += record.bytes.len();
            let inclusion = inclusions.next().flatten();
            page.push(RecordedEvent { log_index: record.log_index, record: record.bytes.to_string(), inclusion });
        }
        pages.push(page);
        Ok(pages)
    }

    /// The events from one log index to before another.
    async fn range(&self, from: u64, to: u64, pages: &Pages<ReadEventsResponse>) -> Result<(), Status> {
        let mut next = from;
        while next < to {
            let limit = usize::try_from(to - next).unwrap_or(usize::MAX).min(PAGE_EVENTS_MAX);
            let records = self.ledger.log(next, limit).await.map_err(ExecuteError::from)?;
            let Some(last) = records.last() else { break };
            let end = last.log_index + 1;
            for events in self.pages(records).await? {
                // Of a part of what was read, all that comes behind it is still to come.
                next = events.last().map_or(next, |event| event.log_index + 1);
                if !events.is_empty() && !pages.send(ReadEventsResponse { events, next }).await {
                    return Ok(());
                }
            }
            next = end;
        }
        // Where the last page was cut short by the filter, the reader learns how far it is.
        pages.send(ReadEventsResponse { events: Vec::new(), next }).await;
        Ok(())
    }

    /// The events from a log index on, until nobody takes them or the service stops.
    async fn follow(
        &self,
        from: u64,
        pages: &Pages<FollowEventsResponse>,
        shutdown: CancellationToken,
    ) -> Result<(), Status> {
        let (mut next, mut sizes) = (from, self.ledger.subscribe());
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return Err(Status::unavailable("the service stops; go on from `next`")),
                () = pages.out.closed() => return Ok(()),
                waited = tokio::time::timeout(SIGN_EVERY, sizes.wait_for(|size| *size > next)) => {
                    if matches!(waited, Ok(Err(_))) {
                        return Err(Status::unavailable("the log is closed; go on from `next`"));
                    }
                }
            }
            let size = self.ledger.head().size;
            let records = match next < size {
                true => self.ledger.log(next, PAGE_EVENTS_MAX).await.map_err(ExecuteError::from)?,
                false => Vec::new(),
            };
            let end = records.last().map_or(next, |last| last.log_index + 1);
            let mut cut = self.pages(records).await?;
            let last = cut.pop().unwrap_or_default();
            for events in cut {
                next = events.last().map_or(next, |event| event.log_index + 1);
                if !pages.send(FollowEventsResponse { events, next, size }).await {
                    return Ok(());
                }
            }
            next = end;
            if !pages.send(FollowEventsResponse { events: last, next, size }).await {
                return Ok(());
            }
        }
    }
}

fn inclusion(head: Head, path: &[ledger::merkle::Hash]) -> Inclusion {
    Inclusion { size: head.size, root: head.root.to_vec(), path: path.iter().map(|hash| hash.to_vec()).collect() }
}

#[async_trait]
impl event_log_server::EventLog for EventLog {
    type ReadEventsStream = Answer<ReadEventsResponse>;
    type FollowEventsStream = Answer<FollowEventsResponse>;
    type ReadStreamStream = Answer<ReadStreamResponse>;

    async fn get_head(&self, request: Request<GetHeadRequest>) -> Result<Response<GetHeadResponse>, Status> {
        let GetHeadRequest { service, at } = request.get_ref();
        let ledger = self.ledger(service)?;
        let head = ledger.head();
        if *at == 0 || *at >= head.size {
            return Ok(Response::new(GetHeadResponse { size: head.size, root: head.root.to_vec() }));
        }
        let root = ledger.root_at(*at).await.map_err(ExecuteError::from)?.unwrap_or(head.root);
        Ok(Response::new(GetHeadResponse { size: *at, root: root.to_vec() }))
    }

    async fn read_events(
        &self,
        request: Request<ReadEventsRequest>,
    ) -> Result<Response<Self::ReadEventsStream>, Status> {
        let r = request.get_ref();
        let (ledger, selection) = (self.ledger(&r.service)?, Selection::new(caller(&request)?, r.filter.as_ref())?);
        let head = ledger.head();
        let to = if r.to == 0 { head.size } else { r.to.min(head.size) };
        let (from, proven) = (r.from, r.with_inclusion.then_some(head));
        let (pages, answer) = Pages::open(self.reader()?);
        let read = Read { ledger, selection, proven };
        tokio::spawn(async move {
            let done = read.range(from, to, &pages).await;
            pages.end(done).await;
        });
        Ok(Response::new(answer))
    }

    async fn follow_events(
        &self,
        request: Request<FollowEventsRequest>,
    ) -> Result<Response<Self::FollowEventsStream>, Status> {
        let r = request.get_ref();
        let (ledger, selection) = (self.ledger(&r.service)?, Selection::new(caller(&request)?, r.filter.as_ref())?);
        let (from, shutdown) = (r.from, self.shutdown.clone());
        let (pages, answer) = Pages::open(self.reader()?);
        let read = Read { ledger, selection, proven: None };
        tokio::spawn(async move {
            let done = read.follow(from, &pages, shutdown).await;
            pages.end(done).await;
        });
        Ok(Response::new(answer))
    }

    async fn read_stream(
        &self,
        request: Request<ReadStreamRequest>,
    ) -> Result<Response<Self::ReadStreamStream>, Status> {
        let r = request.get_ref();
        let (ledger, selection) = (self.ledger(&r.service)?, Selection::new(caller(&request)?, None)?);
        let records = ledger.stream(&r.stream, 0).await.map_err(ExecuteError::from)?;
        // Read behind the stream, so that all of it lies in the tree.
        let proven = r.with_inclusion.then(|| ledger.head());
        let (pages, answer) = Pages::open(self.reader()?);
        let read = Read { ledger, selection, proven };
        tokio::spawn(async move {
            let done = async {
                for events in read.pages(records).await? {
                    if !pages.send(ReadStreamResponse { events }).await {
                        break;
                    }
                }
                Ok(())
            };
            let done = done.await;
            pages.end(done).await;
        });
        Ok(Response::new(answer))
    }
}
