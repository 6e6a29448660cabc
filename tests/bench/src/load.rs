//! A closed-loop load generator: so many callers, each sends its next operation when the last one was answered.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;

/// What a load came to.
#[derive(Clone, Debug)]
pub struct Load {
    /// Operations answered a second.
    pub per_second: f64,
    /// 99th percentile of the time to the answer, in milliseconds.
    pub p99_ms: f64,
}

/// Runs `operation(caller, n)` from `callers` tasks for `time`; the first fifth is warm-up and not counted.
pub async fn closed<F, W>(callers: usize, time: Duration, operation: F) -> Load
where
    F: Fn(usize, u64) -> W + Send + Sync + 'static,
    W: Future<Output = ()> + Send,
{
    let operation = Arc::new(operation);
    let begin = Instant::now();
    let counted_from = begin + time / 5;
    let end = counted_from + time;
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let operation = operation.clone();
            tokio::spawn(async move {
                let mut times = histogram();
                for n in 0.. {
                    let sent = Instant::now();
                    if sent >= end {
                        break;
                    }
                    operation(caller, n).await;
                    let answered = Instant::now();
                    if sent >= counted_from && answered < end {
                        record(&mut times, answered - sent);
                    }
                }
                times
            })
        })
        .collect();
    let mut all = histogram();
    for task in tasks {
        all.add(task.await.expect("a caller")).expect("the same bounds");
    }
    Load { per_second: all.len() as f64 / time.as_secs_f64(), p99_ms: p99_ms(&all) }
}

/// A histogram of microseconds up to a minute.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000, 3).expect("lawful bounds")
}

/// Adds a time.
pub fn record(times: &mut Histogram<u64>, time: Duration) {
    times.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1));
}

/// The 99th percentile in milliseconds.
pub fn p99_ms(times: &Histogram<u64>) -> f64 {
    quantile_ms(times, 0.99)
}

/// A quantile in milliseconds.
pub fn quantile_ms(times: &Histogram<u64>, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1000.0
}

/// Times `operation` so many times one after the other; the first tenth is not counted.
pub async fn sequential<W: Future<Output = ()>>(count: usize, mut operation: impl FnMut(usize) -> W) -> f64 {
    let mut times = histogram();
    for n in 0..count + count / 10 {
        let sent = Instant::now();
        operation(n).await;
        if n >= count / 10 {
            record(&mut times, sent.elapsed());
        }
    }
    p99_ms(&times)
}
