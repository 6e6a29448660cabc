//! The events of a service in another process: what comes over NATS is kept as the log's end, everything else is read over the
//! service's event log.

use std::{sync::Arc, time::Duration};

use async_nats::Message;
use async_trait::async_trait;
use futures::StreamExt as _;
use kernel::{Feed, FeedError, error::chain, peer::Peer, telemetry};
use ledger::{Envelope, Record, RecordError, Tail, merkle::Hash};
use proto::events::v1::{
    GetHeadRequest, ReadEventsRequest, ReadStreamRequest, RecordedEvent, event_log_client::EventLogClient,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tonic::{Status, transport::Channel};

use crate::Bus;

/// How long a read waits for a first event before it answers with none.
const WAIT_MAX: Duration = Duration::from_secs(1);
/// So often the owner is asked how long its log is: what NATS keeps quiet about is noticed then.
const POLL_EVERY: Duration = Duration::from_secs(2);
/// How long the owner may take for an answer, or between two pages of one.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// Wait after what did not work.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// Wait after the owner had nothing where something was heard of.
const AGAIN_AFTER: Duration = Duration::from_millis(50);
/// Most bytes of a page of the event log; its pages are smaller.
const PAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The feed. Clones share it.
#[derive(Clone)]
pub struct BusFeed(Arc<Shared>);

struct Shared {
    source: String,
    peer: Peer,
    tail: Tail,
    /// How many events the service has as far as is known.
    size: watch::Sender<u64>,
}

impl BusFeed {
    /// The feed of a service that answers at `peer`; [`Self::listen`] makes it hear.
    pub fn new(source: impl Into<String>, peer: Peer) -> Self {
        let shared = Shared { source: source.into(), peer, tail: Tail::default(), size: watch::Sender::new(0) };
        Self(Arc::new(shared))
    }

    /// Takes what NATS brings and asks for what it does not, until `shutdown`.
    pub async fn listen(&self, bus: Bus, shutdown: CancellationToken) {
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = self.hear(&bus) => {}
            () = self.poll() => {}
        }
    }

    async fn hear(&self, bus: &Bus) {
        loop {
            // Not a consumer of the stream: this hears an event however the stream fares, and leaves nothing behind there.
            match bus.client.subscribe(format!("fazhi.{}.>", self.0.source)).await {
                Ok(mut messages) => {
                    while let Some(message) = messages.next().await {
                        self.take(&message).await;
                    }
                }
                Err(e) => tracing::warn!(source = self.0.source, error = %chain(&e), "NATS cannot be listened to"),
            }
            sleep(RETRY_AFTER).await;
        }
    }

    /// Keeps what continues the log as it is known. Of anything behind that the owner is asked first, so that a number that is
    /// none yet is not believed.
    async fn take(&self, message: &Message) {
        let sent = message.headers.as_ref().and_then(|headers| headers.get("traceparent"));
        let _span = sent.and_then(|trace| {
            let (trace, subject) = (trace.as_str(), message.subject.as_str());
            telemetry::of_message(trace, || {
                tracing::info_span!("receive", otel.kind = "consumer", messaging.system = "nats", subject)
            })
        });
        match record(&self.0.source, message) {
            Ok(record) => {
                if record.log_index > self.head() {
                    _ = self.ask().await;
                }
                let index = record.log_index;
                if index <= self.head() {
                    self.0.tail.push([record]);
                    self.heard(index + 1);
                }
            }
            // The owner's log has it as it is, if it has it.
            Err(why) => {
                tracing::warn!(source = self.0.source, subject = %message.subject, why, "a message is no event");
            }
        }
    }

    /// Level, not edge: whoever waits is woken by a longer log only.
    fn heard(&self, size: u64) {
        self.0.size.send_if_modified(|known| std::mem::replace(known, size.max(*known)) < size);
    }

    async fn poll(&self) {
        let mut complained = None;
        loop {
            match self.ask().await {
                Ok(_) => complained = None,
                // Said once, and then once a minute: a peer may be away for long.
                Err(e) if complained.is_none_or(|at: Instant| at.elapsed() > Duration::from_secs(60)) => {
                    complained = Some(Instant::now());
                    tracing::warn!(source = self.0.source, error = %chain(&e), "the event log cannot be reached");
                }
                Err(_) => {}
            }
            sleep(POLL_EVERY).await;
        }
    }

    fn log(&self) -> EventLogClient<Channel> {
        EventLogClient::new(self.0.peer.channel.clone()).max_decoding_message_size(PAGE_BYTES_MAX)
    }

    fn failed(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> FeedError {
        FeedError { feed: self.0.source.clone(), source: source.into() }
    }

    /// Answers what is wrong with the answer, too.
    async fn in_time<T>(&self, answer: impl Future<Output = Result<T, Status>>) -> Result<T, FeedError> {
        let answer = timeout(ANSWER_MAX, answer).await;
        answer.unwrap_or_else(|_| Err(Status::deadline_exceeded("no answer in time"))).map_err(|e| self.failed(e))
    }

    fn records(&self, events: Vec<RecordedEvent>) -> Result<Vec<Record>, FeedError> {
        let record = |event: RecordedEvent| of_bytes(&event.record).map_err(|e| self.failed(e));
        events.into_iter().map(record).collect()
    }
}

/// The event that a message is.
fn record(source: &str, message: &Message) -> Result<Record, &'static str> {
    let text = std::str::from_utf8(&message.payload).map_err(|_| "it is no text")?;
    let record = of_bytes(text).map_err(|_| "it is no record")?;
    let envelope = record.envelope().map_err(|_| "it is no record")?;
    let service = envelope.source.split('/').nth(2);
    if service != Some(source) { Err("it is of another service") } else { Ok(record) }
}

fn of_bytes(text: &str) -> Result<Record, RecordError> {
    let Envelope { log_index, subject, stream_version, .. } = Envelope::parse(text)?;
    Ok(Record { log_index, stream: subject.to_owned(), stream_version, bytes: text.into() })
}

#[async_trait]
impl Feed for BusFeed {
    fn source(&self) -> &str {
        &self.0.source
    }

    async fn read(&self, from: u64, max: usize) -> Result<Vec<Record>, FeedError> {
        let mut sizes = self.0.size.subscribe();
        if !matches!(timeout(WAIT_MAX, sizes.wait_for(|size| *size > from)).await, Ok(Ok(_))) {
            return Ok(Vec::new());
        }
        if let Some(records) = self.0.tail.read(from, max) {
            return Ok(records);
        }
        let request = ReadEventsRequest {
            service: self.0.source.clone(),
            from,
            to: from.saturating_add(max as u64),
            ..ReadEventsRequest::default()
        };
        let mut pages = self.in_time(self.log().read_events(self.0.peer.ask(request))).await?.into_inner();
        let mut records = Vec::new();
        while let Some(page) = self.in_time(pages.message()).await? {
            records.extend(self.records(page.events)?);
        }
        if records.is_empty() {
            // Another process of the service knew of more than this one does yet.
            sleep(AGAIN_AFTER).await;
        }
        Ok(records)
    }

    async fn stream(&self, stream: &str) -> Result<Vec<Record>, FeedError> {
        let request =
            ReadStreamRequest { service: self.0.source.clone(), stream: stream.to_owned(), with_inclusion: false };
        let mut pages = self.in_time(self.log().read_stream(self.0.peer.ask(request))).await?.into_inner();
        let mut records = Vec::new();
        while let Some(page) = self.in_time(pages.message()).await? {
            records.extend(self.records(page.events)?);
        }
        Ok(records)
    }

    async fn root(&self, size: u64) -> Result<Option<Hash>, FeedError> {
        let request = GetHeadRequest { service: self.0.source.clone(), at: size };
        let head = self.in_time(self.log().get_head(self.0.peer.ask(request))).await?.into_inner();
        let root = || Hash::try_from(head.root).map_err(|_| self.failed("its root is no hash"));
        if head.size == size { root().map(Some) } else { Ok(None) }
    }

    fn head(&self) -> u64 {
        *self.0.size.borrow()
    }

    async fn ask(&self) -> Result<u64, FeedError> {
        let request = GetHeadRequest { service: self.0.source.clone(), at: 0 };
        let size = self.in_time(self.log().get_head(self.0.peer.ask(request))).await?.into_inner().size;
        self.heard(size);
        Ok(size)
    }
}
