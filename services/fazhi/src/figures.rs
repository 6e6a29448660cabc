//! The address where Prometheus reads the figures of this process.

use std::net::SocketAddr;

use axum::{
    Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
    routing::get,
};
use kernel::telemetry::{Figures, Telemetry};

use crate::{Failure, server};

/// Answers at `/metrics` for as long as the process runs, if an address is given.
///
/// # Errors
/// When the address cannot be had.
pub(crate) async fn answer(address: Option<SocketAddr>, telemetry: &Telemetry) -> Result<(), Failure> {
    let Some(address) = address else { return Ok(()) };
    let (listener, figures) = (server::bind(address, "--metrics").await?, telemetry.figures());
    let page = move || async move {
        match figures.text() {
            Ok(text) => ([(CONTENT_TYPE, Figures::MEDIA_TYPE)], text).into_response(),
            Err(e) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()).into_response(),
        }
    };
    tokio::spawn(async move {
        // It never ends by itself, and the process does not wait for it.
        _ = axum::serve(listener, Router::new().route("/metrics", get(page))).await;
    });
    Ok(())
}
