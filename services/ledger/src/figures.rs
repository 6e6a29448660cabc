//! How large the commits are, and how long they take.

use std::{sync::LazyLock, time::Duration};

use opentelemetry::{KeyValue, global, metrics::Histogram};

/// Bounds of the numbers of events in one commit.
const EVENTS: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// Bounds of the times of a commit, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

struct Figures {
    events: Histogram<u64>,
    seconds: Histogram<f64>,
}

/// Made at the first commit, when whoever gathers figures is there.
static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
    let meter = global::meter("fazhi");
    Figures {
        events: meter
            .u64_histogram("fazhi_append_batch_events")
            .with_description("Events of one commit of a ledger.")
            .with_boundaries(EVENTS.to_vec())
            .build(),
        seconds: meter
            .f64_histogram("fazhi_append_seconds")
            .with_description("How long one commit of a ledger took.")
            .with_boundaries(SECONDS.to_vec())
            .build(),
    }
});

/// A batch was committed.
pub(crate) fn committed(service: &[KeyValue], events: usize, took: Duration) {
    FIGURES.events.record(events as u64, service);
    FIGURES.seconds.record(took.as_secs_f64(), service);
}
