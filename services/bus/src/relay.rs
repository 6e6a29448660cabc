//! The relay: publishes what a ledger holds, in order, and finds out what NATS has of it.

use std::{sync::atomic::Ordering, time::Duration};

use async_nats::{
    HeaderMap,
    jetstream::{self, Context, message::PublishMessage, stream::Stream},
};
use futures::{StreamExt as _, stream::FuturesOrdered};
use kernel::{
    alone::alone,
    error::chain,
    figures::{self, RELAY_LAG},
    telemetry,
};
use ledger::{Ledger, ReadError, Record, RecordError};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    ANSWER_MAX, Bus,
    stream::{self, MESSAGES_MAX, StreamError},
};

/// The lease under which one process of a service relays.
const LEASE: &str = "relay";
/// Most events on their way, of which NATS has not said yet that it keeps them. What is new does not wait for these answers,
/// each of which waits for NATS' disc: who listens hears it when it is sent.
const UNANSWERED_MAX: usize = 256;
/// What NATS has is compared with what it should have so often, whenever something went wrong, and whenever it came back.
const COMPARE_EVERY: Duration = Duration::from_secs(60);
/// How long to wait for an event before looking whether it is time to compare.
const WAIT_MAX: Duration = Duration::from_secs(1);
/// Wait after what did not work.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// Header with the log index of the event.
pub const LOG_INDEX: &str = "Fazhi-Log-Index";

/// Why relaying stopped for a moment.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Stream(#[from] StreamError),
    #[error("NATS did not take event {log_index}")]
    Publish {
        log_index: u64,
        #[source]
        source: jetstream::context::PublishError,
    },
    #[error("NATS does not say what it has")]
    State(#[source] async_nats::Error),
    #[error("the ledger cannot be read")]
    Ledger(#[from] ReadError),
    #[error("event {log_index} of the ledger is no record")]
    Record {
        log_index: u64,
        #[source]
        source: RecordError,
    },
    /// The ledger was restored from an older copy: what it would write now has numbers that others have seen on other events.
    #[error("{0}")]
    Behind(String),
}

/// Relays the events of a service until `shutdown`, in one process at a time. `behind` is told when the ledger has fewer events than
/// were published.
pub async fn relay(
    bus: Bus,
    service: &str,
    ledger: &Ledger,
    behind: impl Fn(String) + Send + Sync,
    shutdown: &CancellationToken,
) {
    let relay = Relay { context: jetstream::new(bus.client.clone()), replicas: bus.replicas, service, ledger };
    alone(ledger, LEASE, shutdown, || relay.on_and_on(&behind)).await;
}

/// Why a ledger may not be written: it has fewer events than were published. Asked by every process before it takes commands, because
/// only one of them relays. None also where NATS does not answer before long: its absence stops nobody.
pub async fn behind(bus: &Bus, service: &str, ledger: &Ledger) -> Option<String> {
    let context = jetstream::new(bus.client.clone());
    let asked = async {
        let stream = context.get_stream(stream::name(service)).await.ok()?;
        let published = published(&stream).await.ok()??;
        is_behind(service, ledger.head().size, published)
    };
    timeout(ANSWER_MAX, asked).await.ok()?
}

/// The number of the last event of a stream, as whoever published it says.
async fn published(stream: &Stream) -> Result<Option<u64>, Stopped> {
    let state = stream.get_info().await.map_err(|e| Stopped::State(Box::new(e)))?.state;
    if state.messages == 0 {
        return Ok(None);
    }
    let last = stream.get_raw_message(state.last_sequence).await.map_err(|e| Stopped::State(Box::new(e)))?;
    // What stands there without a number somebody else has put there; NATS knows our own again by their ids.
    Ok(last.headers.get(LOG_INDEX).and_then(|index| index.as_str().parse().ok()))
}

fn is_behind(service: &str, size: u64, published: u64) -> Option<String> {
    (published >= size).then(|| {
        format!(
            "the ledger of {service} holds {size} events, but event {published} was published: it was restored from an older copy. \
             It takes no commands until it is restored from a newer one, or the stream {} is deleted by hand",
            stream::name(service)
        )
    })
}

struct Relay<'a> {
    context: Context,
    replicas: usize,
    service: &'a str,
    ledger: &'a Ledger,
}

impl Relay<'_> {
    async fn on_and_on(&self, behind: &(impl Fn(String) + Sync)) {
        let mut complained: Option<(String, Instant)> = None;
        loop {
            let Err(stopped) = self.once().await else { continue };
            if let Stopped::Behind(what) = &stopped {
                behind(what.clone());
            }
            let what = chain(&stopped);
            // NATS may be away for long: what is the same as before is said once a minute.
            if complained.as_ref().is_none_or(|(said, at)| *said != what || at.elapsed() > COMPARE_EVERY) {
                tracing::warn!(service = self.service, error = %what, "events are not relayed; trying again");
                complained = Some((what, Instant::now()));
            }
            sleep(RETRY_AFTER).await;
        }
    }

    /// Compares, and publishes until it is time to compare again.
    async fn once(&self) -> Result<(), Stopped> {
        let connects = || self.context.client().statistics().connects.load(Ordering::Relaxed);
        let connected = connects();
        let stream = stream::open(&self.context, self.service, self.replicas).await?;
        let mut next = self.next(&stream).await?;
        let lag = RELAY_LAG.level([("service", self.ledger.service().clone().into())]);
        let (compared, mut sizes) = (Instant::now(), self.ledger.subscribe());
        let mut answers = FuturesOrdered::new();
        while compared.elapsed() < COMPARE_EVERY && connects() == connected {
            lag.set(self.ledger.head().size.saturating_sub(next) + answers.len() as u64);
            let room = UNANSWERED_MAX - answers.len();
            tokio::select! {
                Some(answered) = answers.next() => answered?,
                // Not held on to: what is read of it must not stand in the way of whoever appends.
                longer = async { timeout(WAIT_MAX, sizes.wait_for(|size| *size > next)).await.is_ok() }, if room > 0 => {
                    if !longer {
                        continue;
                    }
                    for record in self.ledger.log(next, room).await? {
                        answers.push_back(self.publish(&record).await?);
                        next = record.log_index + 1;
                    }
                }
            }
        }
        while let Some(answered) = answers.next().await {
            answered?;
        }
        Ok(())
    }

    /// The log index to go on from: behind the last event that NATS has, and not before those that a stream has room for.
    async fn next(&self, stream: &Stream) -> Result<u64, Stopped> {
        let size = self.ledger.head().size;
        let oldest = size.saturating_sub(MESSAGES_MAX);
        let Some(published) = published(stream).await? else { return Ok(oldest) };
        match is_behind(self.service, size, published) {
            Some(why) => Err(Stopped::Behind(why)),
            None => Ok(oldest.max(published + 1)),
        }
    }

    /// Sends an event; what comes of it is NATS' answer that it has it.
    async fn publish(&self, record: &Record) -> Result<impl Future<Output = Result<(), Stopped>> + use<>, Stopped> {
        let Record { log_index, bytes, .. } = record;
        let log_index = *log_index;
        let envelope = ledger::Envelope::parse(bytes).map_err(|source| Stopped::Record { log_index, source })?;
        let mut headers = HeaderMap::new();
        headers.insert(LOG_INDEX, log_index.to_string());
        let subject = stream::subject(self.service, &envelope);
        let span = telemetry::of_record(&envelope, || {
            tracing::info_span!("publish", otel.kind = "producer", messaging.system = "nats", subject, log_index)
        });
        let own = span.as_ref().and_then(telemetry::within);
        if let Some(trace) = own.as_deref().or(envelope.traceparent) {
            headers.insert("traceparent", trace);
        }
        let message = PublishMessage::build()
            .headers(headers)
            .message_id(format!("{}:{log_index}", self.service))
            .payload(bytes.as_bytes().to_vec().into());
        let failed = move |source| Stopped::Publish { log_index, source };
        let (service, sent) = (self.ledger.service().clone(), self.context.send_publish(subject, message).await);
        let answer = sent.map_err(failed)?;
        Ok(async move {
            // The span ends with the answer.
            let _span = span;
            answer.await.map_err(failed)?;
            figures::published(&service);
            Ok(())
        })
    }
}
