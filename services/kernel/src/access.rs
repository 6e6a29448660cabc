//! Which roles may call which RPC.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::AUTHORIZATION},
    middleware::Next,
    response::Response,
};
use tokio::sync::Semaphore;
use tonic::{Code, Status, transport::server::TcpConnectInfo};
use tracing::Instrument as _;

use crate::{
    auth::Verifier,
    figures,
    identity::{Caller, Role},
    telemetry::{self, Trace},
    throttle::{self, Throttle},
};

/// Codes as the header `grpc-status` has them.
const RESOURCE_EXHAUSTED: HeaderValue = HeaderValue::from_static("8");
const OUT_OF_RANGE: HeaderValue = HeaderValue::from_static("11");

/// Health and reflection: open, they show nothing but the API.
const OPEN: &[&str] = &[
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/Watch",
    "/grpc.health.v1.Health/List",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
];

/// Who may call each RPC, by its path; [`Role::Public`] means that no token is needed. An RPC that is not here is refused.
pub(crate) type Rows = HashMap<&'static str, Vec<Role>>;

/// The rows of what every server answers.
pub(crate) fn open() -> Rows {
    OPEN.iter().map(|path| (*path, vec![Role::Public])).collect()
}

/// The rows of one service, as its API declares them.
pub(crate) fn rows(service: &str) -> impl Iterator<Item = (&'static str, Vec<Role>)> {
    let roles = |method: &proto::Method| method.roles.iter().filter_map(|word| word.parse().ok()).collect();
    proto::METHODS
        .iter()
        .filter(move |method| method.service == service)
        .map(move |method| (method.path, roles(method)))
}

/// The RPC's full name, put into every request.
#[derive(Clone, Debug)]
pub(crate) struct Method(pub(crate) Arc<str>);

pub(crate) struct Guard {
    pub(crate) rows: Rows,
    pub(crate) verifier: Arc<Verifier>,
    pub(crate) throttle: Option<Arc<Throttle>>,
    pub(crate) permits: Semaphore,
    pub(crate) time_max: Duration,
}

/// Names the caller, or answers in its place. Limits how many calls run at once and how long.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let (began, method) = (Instant::now(), Arc::<str>::from(request.uri().path()));
    // Whoever asks for what there is not must not be able to make names of it.
    let told = if guard.rows.contains_key(&*method) { method.clone() } else { Arc::from("none") };
    let response = answer(&guard, method, request, next).await;
    // An answer that goes well says so at its end, which is not waited for.
    let code = response.headers().get("grpc-status").map_or(Code::Ok, |code| Code::from_bytes(code.as_bytes()));
    figures::grpc(&told, code, began.elapsed());
    response
}

async fn answer(guard: &Guard, method: Arc<str>, mut request: Request, next: Next) -> Response {
    let Ok(_permit) = guard.permits.try_acquire() else {
        return throttle::too_many(Duration::ZERO).into_http();
    };
    let authorization = request.headers().get(AUTHORIZATION).cloned();
    let caller = match guard.admit(&method, authorization).await {
        Ok(caller) => caller,
        Err(status) => return status.into_http(),
    };
    if let Err(wait) = guard.pace(&method, &request) {
        return throttle::too_many(wait).into_http();
    }
    let span = tracing::info_span!("rpc", otel.name = %method, otel.kind = "server", subject = %caller.subject);
    let trace: Trace = telemetry::continue_trace(&span, request.headers());
    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(Method(method));
    request.extensions_mut().insert(trace);
    match tokio::time::timeout(guard.time_max, next.run(request).instrument(span)).await {
        Ok(response) => exhausted(response),
        Err(_) => Status::deadline_exceeded("the call took too long; retry with the same command_id").into_http(),
    }
}

/// tonic says OUT_OF_RANGE of a message above the limit; gRPC's word for it is RESOURCE_EXHAUSTED. Nothing else here
/// answers OUT_OF_RANGE.
fn exhausted(mut response: Response) -> Response {
    if let Some(status) = response.headers_mut().get_mut("grpc-status")
        && *status == OUT_OF_RANGE
    {
        *status = RESOURCE_EXHAUSTED;
    }
    response
}

impl Guard {
    /// Counts a call without a token. Health and reflection are asked by machines that watch, and say nothing.
    fn pace(&self, method: &str, request: &Request) -> Result<(), Duration> {
        let Some(throttle) = &self.throttle else { return Ok(()) };
        if request.headers().contains_key(AUTHORIZATION) || OPEN.contains(&method) {
            return Ok(());
        }
        let connection = request.extensions().get::<TcpConnectInfo>();
        let peer = connection.and_then(TcpConnectInfo::remote_addr).map(|address| address.ip());
        throttle.count(peer, request.headers())
    }

    async fn admit(&self, method: &str, authorization: Option<HeaderValue>) -> Result<Caller, Status> {
        let caller = match &authorization {
            None => self.verifier.anonymous(),
            Some(value) => {
                let token = value
                    .to_str()
                    .ok()
                    .and_then(|v| v.strip_prefix("Bearer "))
                    .ok_or_else(|| Status::unauthenticated("the authorization header must read: Bearer <token>"))?;
                self.verifier.verify(token).await?
            }
        };
        let Some(roles) = self.rows.get(method) else {
            return Err(Status::unimplemented(format!("there is no RPC {method}")));
        };
        if roles.contains(&Role::Public) || roles.iter().any(|r| caller.has(*r)) {
            return Ok(caller);
        }
        let needed = roles.iter().map(|r| r.word()).collect::<Vec<_>>().join(", ");
        if authorization.is_some() {
            Err(Status::permission_denied(format!("{method} needs one of the roles: {needed}")))
        } else {
            Err(Status::unauthenticated(format!("{method} needs a token with one of the roles: {needed}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_that_an_api_names_is_one() {
        for method in proto::METHODS {
            for word in method.roles {
                assert!(word.parse::<Role>().is_ok(), "{}: {word}", method.path);
            }
        }
    }
}
