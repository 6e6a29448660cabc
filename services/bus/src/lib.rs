//! How events travel between processes: a relay publishes what a ledger holds into NATS JetStream, and a feed follows the events
//! of a service in another process.
//!
//! Invariants:
//! - The ledger is the truth; NATS is a doorbell and a cache. Its whole store may be wiped at any time, it may lose, repeat and
//!   reorder: nothing is lost, taken twice or out of order by that.
//! - NATS away never stops a command, and stops no reader for more than moments: what does not come by it is read over the
//!   owner's event log.
//! - A message is the record's own bytes.
//!
//! Open first: [`relay`] for the one side, [`feed`] for the other.

pub mod feed;
pub mod relay;
mod stream;

use std::{sync::Arc, time::Duration};

use async_nats::{Client, ConnectOptions, Event};
use kernel::tls::Tls;

/// How long NATS may take for one answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// Where NATS is, and who asks.
#[derive(Clone)]
pub struct Settings {
    /// Addresses with commas between, `nats://host:port` or `tls://host:port`.
    pub servers: String,
    /// User and password, if it asks for them.
    pub login: Option<(String, String)>,
    /// How this process shows itself, and whom it believes; none for a connection in the clear.
    pub tls: Option<Arc<Tls>>,
    /// Copies of a stream that a cluster keeps.
    pub replicas: usize,
}

/// NATS cannot be used with these settings.
#[derive(Debug, thiserror::Error)]
#[error("NATS at {servers} cannot be used")]
pub struct ConnectError {
    servers: String,
    #[source]
    source: async_nats::Error,
}

/// A connection that comes back by itself, whenever NATS is there.
#[derive(Clone)]
pub struct Bus {
    client: Client,
    replicas: usize,
}

impl Bus {
    /// Opens it. NATS need not be there yet.
    ///
    /// # Errors
    /// [`ConnectError`] when the settings cannot be used.
    pub async fn open(name: &str, settings: &Settings) -> Result<Self, ConnectError> {
        let failed = |source: async_nats::Error| ConnectError { servers: settings.servers.clone(), source };
        let mut options = ConnectOptions::new()
            .name(format!("fazhi-{name}"))
            .retry_on_initial_connect()
            .connection_timeout(ANSWER_MAX)
            .request_timeout(Some(ANSWER_MAX))
            .reconnect_delay_callback(|attempts| Duration::from_millis(100 * u64::min(attempts as u64, 20)))
            .event_callback(|event| async move {
                match event {
                    Event::Connected => tracing::info!("NATS is there"),
                    Event::Disconnected => {
                        tracing::warn!("NATS is away; events are read over the event logs meanwhile");
                    }
                    other => tracing::warn!(event = %other, "NATS"),
                }
            });
        if let Some((user, password)) = &settings.login {
            options = options.user_and_password(user.clone(), password.clone());
        }
        if let Some(tls) = &settings.tls {
            options = options.tls_client_config(tls.client()).require_tls(true);
        }
        let servers: Vec<&str> = settings.servers.split(',').map(str::trim).collect();
        let servers = servers.iter().map(|server| server.parse::<async_nats::ServerAddr>());
        let servers: Vec<_> = servers.collect::<Result<_, _>>().map_err(|e| failed(e.into()))?;
        let client = options.connect(servers).await.map_err(|e| failed(e.into()))?;
        Ok(Self { client, replicas: settings.replicas })
    }
}
