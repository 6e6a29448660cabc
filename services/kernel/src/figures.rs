//! The figures that an operator watches: how much is done, how fast, and how far behind something is.
//!
//! Names and labels are an interface: the dashboards and alerts of `deploy/observability` ask for them. No label holds what a
//! visitor could choose, so their number is bounded. Where nobody gathers figures, telling them costs next to nothing.

use std::{
    sync::{
        Arc, LazyLock, Mutex, Once, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use law::check::Refusal;
use opentelemetry::{
    KeyValue, Value, global,
    metrics::{Counter, Histogram},
};
use tonic::Code;

use crate::{done::Done, error::ExecuteError};

/// Bounds of the times of calls and requests, in seconds.
const SECONDS: [f64; 13] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

struct Figures {
    commands: Counter<u64>,
    refusals: Counter<u64>,
    grpc: Histogram<f64>,
    http: Histogram<f64>,
    published: Counter<u64>,
}

/// Made at first use, when whoever gathers figures is there: see [`crate::telemetry::init`].
static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
    let meter = global::meter("fazhi");
    let seconds =
        |name, what| meter.f64_histogram(name).with_description(what).with_boundaries(SECONDS.to_vec()).build();
    let count = |name, what| meter.u64_counter(name).with_description(what).build();
    Figures {
        commands: count("fazhi_commands_total", "Commands, and steps that events of other services led to."),
        refusals: count("fazhi_refusals_total", "Refused steps, for each rule that refused them."),
        grpc: seconds("fazhi_grpc_seconds", "How long a gRPC call took until its answer began."),
        http: seconds("fazhi_http_seconds", "How long a page took."),
        published: count("fazhi_relay_published_total", "Events published into NATS."),
    }
});

/// A command of a service came to its end.
pub(crate) fn command(service: &Arc<str>, ended: &Result<Done, ExecuteError>) {
    let service = KeyValue::new("service", service.clone());
    let outcome = match ended {
        Ok(done) if done.repeated => "repeated",
        Ok(done) if done.records.is_empty() => "nothing",
        Ok(_) => "recorded",
        Err(ExecuteError::Refused(Refusal::Unlawful(breaches))) => {
            for breach in breaches {
                FIGURES.refusals.add(1, &[service.clone(), KeyValue::new("rule", breach.rule.to_string())]);
            }
            "unlawful"
        }
        Err(ExecuteError::Refused(_)) => "refused",
        Err(ExecuteError::Denied { .. }) => "denied",
        Err(ExecuteError::Conflict) => "conflict",
        Err(ExecuteError::Reused(_) | ExecuteError::TooLarge(_)) => "invalid",
        Err(ExecuteError::Overloaded) => "overloaded",
        Err(ExecuteError::ReadOnly(_)) => "read_only",
        Err(ExecuteError::Unavailable(_)) => "unavailable",
        Err(ExecuteError::Internal(_)) => "failed",
    };
    FIGURES.commands.add(1, &[service, KeyValue::new("outcome", outcome)]);
}

/// Commands of a service were recorded together, or had been.
pub(crate) fn commands(service: &Arc<str>, count: u64, repeated: bool) {
    let outcome = if repeated { "repeated" } else { "recorded" };
    FIGURES.commands.add(count, &[KeyValue::new("service", service.clone()), KeyValue::new("outcome", outcome)]);
}

/// A gRPC call was answered.
pub(crate) fn grpc(method: &Arc<str>, code: Code, took: Duration) {
    let code = match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    };
    let labels = [KeyValue::new("method", method.clone()), KeyValue::new("code", code)];
    FIGURES.grpc.record(took.as_secs_f64(), &labels);
}

/// A page was answered; `room` is the address as the routes have it.
pub fn http(room: String, status: u16, took: Duration) {
    let labels = [KeyValue::new("room", room), KeyValue::new("status", i64::from(status))];
    FIGURES.http.record(took.as_secs_f64(), &labels);
}

/// An event was published, and is known to have been.
pub fn published(service: &Arc<str>) {
    FIGURES.published.add(1, &[KeyValue::new("service", service.clone())]);
}

/// A figure that goes up and down, for all who keep a [`Level`] of it.
pub struct Gauge {
    name: &'static str,
    what: &'static str,
    made: Once,
    levels: Mutex<Vec<Weak<Kept>>>,
}

/// How many events a service has not followed yet of another one.
pub static FEED_LAG: Gauge =
    Gauge::new("fazhi_feed_lag_events", "Events of another service that are not followed yet.");
/// How many events are not in NATS yet.
pub static RELAY_LAG: Gauge = Gauge::new("fazhi_relay_lag_events", "Events that are not published yet.");
/// How many events a ledger has.
pub static LEDGER_EVENTS: Gauge = Gauge::new("fazhi_ledger_events", "Events of a ledger.");
/// How many events the views do not know yet.
pub static PROJECTION_LAG: Gauge = Gauge::new("fazhi_projection_lag_events", "Events that the views do not know yet.");
/// How many events the views cannot show.
pub static PARKED: Gauge = Gauge::new("fazhi_parked_events", "Events that the views cannot read.");
/// How many clocks run.
pub static DEADLINES_OPEN: Gauge = Gauge::new("fazhi_deadlines_open", "Running clocks, by the rule that set them.");

/// One level of a gauge. It is told of from the first [`Level::set`] on, for as long as it is kept: whoever does something no
/// more does not go on telling how far it once was.
pub struct Level(Arc<Kept>);

struct Kept {
    labels: Vec<KeyValue>,
    level: AtomicU64,
}

/// Before the first level is set.
const UNSET: u64 = u64::MAX;

impl Gauge {
    const fn new(name: &'static str, what: &'static str) -> Self {
        Self { name, what, made: Once::new(), levels: Mutex::new(Vec::new()) }
    }

    /// A level with these labels.
    pub fn level<const N: usize>(&'static self, labels: [(&'static str, Value); N]) -> Level {
        let labels = labels.into_iter().map(|(name, value)| KeyValue::new(name, value)).collect();
        let kept = Arc::new(Kept { labels, level: AtomicU64::new(UNSET) });
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        levels.retain(|level| level.strong_count() > 0);
        levels.push(Arc::downgrade(&kept));
        drop(levels);
        self.made.call_once(|| {
            global::meter("fazhi")
                .u64_observable_gauge(self.name)
                .with_description(self.what)
                .with_callback(|told| {
                    let levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
                    for kept in levels.iter().filter_map(Weak::upgrade) {
                        match kept.level.load(Ordering::Relaxed) {
                            UNSET => {}
                            level => told.observe(level, &kept.labels),
                        }
                    }
                })
                .build();
        });
        Level(kept)
    }
}

impl Level {
    /// The level now.
    pub fn set(&self, level: u64) {
        self.0.level.store(level.min(UNSET - 1), Ordering::Relaxed);
    }
}
