//! The gRPC server: limits, guard, health, reflection, graceful stop.

use std::{convert::Infallible, future::Future, sync::Arc, time::Duration};

use axum::middleware;
use tokio::net::TcpListener;
use tonic::{
    body::Body,
    server::NamedService,
    service::{Routes, RoutesBuilder},
    transport::Server,
};
use tonic_health::ServingStatus;
use tower::Service;

pub use crate::incoming::ConnectionsMax;
use crate::{
    access::{self, Guard, Rows, Share, guard},
    auth::Verifier,
    incoming::incoming,
    throttle::Throttle,
    tls::Tls,
};

/// Limits of the gRPC server.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Calls that run at once of those with a token; more are refused with RESOURCE_EXHAUSTED.
    pub calls_max: usize,
    /// The same of everybody else.
    pub public_calls_max: usize,
    /// Most bytes of requests that are held at once of those with a token.
    pub requests_bytes_max: usize,
    /// The same of everybody else.
    pub public_requests_bytes_max: usize,
    /// How long a request may take to arrive.
    pub arrival_max: Duration,
    /// Connections at once.
    pub connections_max: ConnectionsMax,
    /// Streams of one connection.
    pub streams_per_connection_max: u32,
    /// How long one call may take once its request is there.
    pub time_max: Duration,
    /// How long a stop waits for running calls.
    pub drain_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_max: 1024,
            public_calls_max: 128,
            requests_bytes_max: 256 * 1024 * 1024,
            public_requests_bytes_max: 128 * 1024 * 1024,
            arrival_max: Duration::from_secs(15),
            connections_max: ConnectionsMax { per_client: 256, in_total: 4096 },
            streams_per_connection_max: 512,
            time_max: Duration::from_secs(30),
            drain_max: Duration::from_secs(10),
        }
    }
}

/// The server cannot be built or run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The descriptor set is unusable, which is a bug of the build.
    #[error("reflection cannot be served")]
    Reflection(#[source] tonic_reflection::server::Error),
    /// The transport failed.
    #[error("the gRPC server failed")]
    Transport(#[source] tonic::transport::Error),
}

/// The services that answer on one address.
pub struct Grpc {
    routes: RoutesBuilder,
    names: Vec<&'static str>,
    rows: Rows,
    limits: Limits,
    throttle: Option<Arc<Throttle>>,
    tls: Option<Arc<Tls>>,
}

impl Grpc {
    /// No service yet.
    pub fn new(limits: Limits) -> Self {
        Self { routes: Routes::builder(), names: Vec::new(), rows: access::open(), limits, throttle: None, tls: None }
    }

    /// The same, holding calls without a token to a pace.
    #[must_use]
    pub fn throttled(self, throttle: Arc<Throttle>) -> Self {
        Self { throttle: Some(throttle), ..self }
    }

    /// The same, letting only those in who show a certificate of the authority, where there is one.
    #[must_use]
    pub fn secured(self, tls: Option<Arc<Tls>>) -> Self {
        Self { tls, ..self }
    }

    /// Adds a service; who may call it, its API says.
    #[must_use]
    pub fn with<S>(mut self, service: S) -> Self
    where
        S: Service<axum::http::Request<Body>, Error = Infallible> + NamedService + Clone + Send + Sync + 'static,
        S::Response: axum::response::IntoResponse,
        S::Future: Send + 'static,
    {
        self.routes.add_service(service);
        self.rows.extend(access::rows(S::NAME));
        self.names.push(S::NAME);
        self
    }

    /// Serves until `shutdown`, then lets running calls finish for a while.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn serve(
        mut self,
        listener: TcpListener,
        verifier: Arc<Verifier>,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let (reporter, health) = tonic_health::server::health_reporter();
        for name in self.names {
            reporter.set_service_status(name, ServingStatus::Serving).await;
        }
        self.routes.add_service(health);
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(proto::DESCRIPTORS)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        };
        self.routes.add_service(reflection().build_v1().map_err(ServeError::Reflection)?);
        // Older tools know no other.
        self.routes.add_service(reflection().build_v1alpha().map_err(ServeError::Reflection)?);
        let state = Arc::new(Guard {
            rows: self.rows,
            verifier,
            throttle: self.throttle,
            known: Share::new(self.limits.calls_max, self.limits.requests_bytes_max),
            public: Share::new(self.limits.public_calls_max, self.limits.public_requests_bytes_max),
            time_max: self.limits.time_max,
            arrival_max: self.limits.arrival_max,
        });
        let guarded = self.routes.routes().into_axum_router().layer(middleware::from_fn_with_state(state, guard));
        let (stopping, stopped) = tokio::sync::oneshot::channel();
        let shutdown = async move {
            shutdown.await;
            let _ = stopping.send(());
        };
        let server = Server::builder()
            .max_concurrent_streams(self.limits.streams_per_connection_max)
            .http2_keepalive_interval(Some(Duration::from_secs(30)))
            .add_routes(Routes::from(guarded));
        let connections = incoming(listener, self.tls, self.limits.connections_max);
        let server = server.serve_with_incoming_shutdown(connections, shutdown);
        let drained = async {
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(self.limits.drain_max).await;
        };
        tokio::select! {
            served = server => served.map_err(ServeError::Transport),
            () = drained => Ok(()),
        }
    }
}
