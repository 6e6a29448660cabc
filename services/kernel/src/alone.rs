//! What only one process of a service does at a time, however many run: relaying its events, following those of others.

use std::{future::Future, time::Duration};

use ledger::Ledger;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::error::chain;

/// How long a lease runs.
const LEASE: Duration = Duration::from_secs(10);
/// How often it is renewed, and asked for by those who have it not.
const EVERY: Duration = Duration::from_secs(3);

/// Lets `work` run whenever this process holds the lease of this name, until `shutdown`. It is dropped when the lease is lost,
/// and begun anew when it is had again.
///
/// A process that stood still does not know that its lease ran out: work must be such that two at once do no harm.
pub async fn alone<F: Future<Output = ()>>(
    ledger: &Ledger,
    name: &str,
    shutdown: &CancellationToken,
    mut work: impl FnMut() -> F,
) {
    let holder = Uuid::now_v7();
    while !shutdown.is_cancelled() {
        if !has(ledger, name, holder).await {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(EVERY) => continue,
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => break,
            () = work() => {}
            () = keep(ledger, name, holder) => tracing::warn!(name, "the lease was lost; another process may go on"),
        }
    }
    // Whoever waits need not wait until it runs out.
    if let Err(e) = ledger.lease(name, holder, Duration::ZERO).await {
        tracing::debug!(name, error = %chain(&e), "the lease was not given back");
    }
}

/// Renews the lease until it is lost, or may be.
async fn keep(ledger: &Ledger, name: &str, holder: Uuid) {
    let mut renewed = Instant::now();
    while renewed.elapsed() < LEASE {
        tokio::time::sleep(EVERY).await;
        let asked = Instant::now();
        match ledger.lease(name, holder, LEASE).await {
            Ok(true) => renewed = asked,
            Ok(false) => return,
            Err(e) => tracing::warn!(name, error = %chain(&e), "the lease cannot be renewed; trying again"),
        }
    }
}

async fn has(ledger: &Ledger, name: &str, holder: Uuid) -> bool {
    match ledger.lease(name, holder, LEASE).await {
        Ok(has) => has,
        Err(e) => {
            tracing::warn!(name, error = %chain(&e), "the lease cannot be asked for; trying again");
            false
        }
    }
}
