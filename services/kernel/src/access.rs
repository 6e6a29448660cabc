//! Which roles may call which RPC.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header::AUTHORIZATION},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt as _;
use proto::limits::MESSAGE_BYTES_MAX;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::bytes::BytesMut;
use tonic::{Code, Status, transport::server::TcpConnectInfo};
use tracing::Instrument as _;

use crate::{
    auth::Verifier,
    error::INCIDENT_ON_THE_WIRE as INCIDENT,
    figures,
    identity::{Caller, Role},
    telemetry::{self, Trace},
    throttle::{self, Throttle},
};

/// Headers of an answer that says no.
const STATUS: &str = "grpc-status";
const MESSAGE: &str = "grpc-message";
const DETAILS: &str = "grpc-status-details-bin";
/// Codes as the header `grpc-status` has them.
const INVALID_ARGUMENT: HeaderValue = HeaderValue::from_static("3");
const RESOURCE_EXHAUSTED: HeaderValue = HeaderValue::from_static("8");
const OUT_OF_RANGE: HeaderValue = HeaderValue::from_static("11");
const INTERNAL: HeaderValue = HeaderValue::from_static("13");
/// Most bytes of what an answer says why: many clients close a stream whose headers are longer than 16 KiB in all. A refusal under
/// many rules takes half of that.
const REASON_BYTES_MAX: usize = 14 * 1024;
/// Most bytes of a message whose details are left out.
const MESSAGE_BYTES_LEFT: usize = 4 * 1024;

/// Health and reflection: open, they show nothing but the API.
const OPEN: &[&str] = &[
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/Watch",
    "/grpc.health.v1.Health/List",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
];

/// The RPCs whose clients send streams of messages.
static STREAMS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| proto::METHODS.iter().filter(|method| method.streams).map(|method| method.path).collect());

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
    /// Of those with a token.
    pub(crate) known: Share,
    /// Of everybody else: they never take the places of those who work.
    pub(crate) public: Share,
    pub(crate) time_max: Duration,
    /// How long a request may take to arrive.
    pub(crate) arrival_max: Duration,
}

/// What some callers may take up together.
pub(crate) struct Share {
    calls: Semaphore,
    bytes: Arc<Semaphore>,
}

impl Share {
    pub(crate) fn new(calls: usize, bytes: usize) -> Self {
        Self { calls: Semaphore::new(calls), bytes: Arc::new(Semaphore::new(bytes)) }
    }
}

/// Names the caller, or answers in its place. Limits how many calls run at once and how long.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let (began, method) = (Instant::now(), Arc::<str>::from(request.uri().path()));
    // Whoever asks for what there is not must not be able to make names of it.
    let told = if guard.rows.contains_key(&*method) { method.clone() } else { Arc::from("none") };
    let response = answer(&guard, method, request, next).await;
    // An answer that goes well says so at its end, which is not waited for.
    let code = response.headers().get(STATUS).map_or(Code::Ok, |code| Code::from_bytes(code.as_bytes()));
    figures::grpc(&told, code, began.elapsed());
    response
}

async fn answer(guard: &Guard, method: Arc<str>, request: Request, next: Next) -> Response {
    let authorization = request.headers().get(AUTHORIZATION).cloned();
    let caller = match guard.admit(&method, authorization).await {
        Ok(caller) => caller,
        Err(status) => return status.into_http(),
    };
    if let Err(wait) = guard.pace(&method, &request) {
        return throttle::too_many(wait).into_http();
    }
    let share = if request.headers().contains_key(AUTHORIZATION) { &guard.known } else { &guard.public };
    let (mut request, _held) = match guard.arrived(&method, request, share).await {
        Ok(arrived) => arrived,
        Err(status) => return status.into_http(),
    };
    // A place is for what is there to be done: whoever sends slowly takes none. Whether the service lives is said in any case.
    let place = share.calls.try_acquire();
    if place.is_err() && !OPEN.contains(&&*method) {
        return throttle::too_many(Duration::ZERO).into_http();
    }
    let span = tracing::info_span!("rpc", otel.name = %method, otel.kind = "server", subject = %caller.subject);
    let trace: Trace = telemetry::continue_trace(&span, request.headers());
    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(Method(method));
    request.extensions_mut().insert(trace);
    match tokio::time::timeout(guard.time_max, next.run(request).instrument(span)).await {
        Ok(response) => in_our_words(response),
        Err(_) => Status::deadline_exceeded("the call took too long; retry with the same command_id").into_http(),
    }
}

/// All bytes of a request, as far as there is memory for it.
async fn whole(mut body: Body, room: &Arc<Semaphore>) -> Result<(Bytes, Option<OwnedSemaphorePermit>), Status> {
    let (mut first, mut more) = (Bytes::new(), BytesMut::new());
    let mut held: Option<OwnedSemaphorePermit> = None;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|e| Status::cancelled(format!("the request broke off: {e}")))?;
        let Ok(bytes) = frame.into_data() else { continue };
        let length = first.len().max(more.len()) + bytes.len();
        if length > MESSAGE_BYTES_MAX {
            return Err(Status::resource_exhausted(format!("a message has at most {MESSAGE_BYTES_MAX} bytes")));
        }
        let taken = u32::try_from(bytes.len()).ok().and_then(|n| room.clone().try_acquire_many_owned(n).ok());
        let taken = taken.ok_or_else(|| throttle::too_many(Duration::ZERO))?;
        match &mut held {
            Some(held) => held.merge(taken),
            None => held = Some(taken),
        }
        // Most requests come in one piece.
        if first.is_empty() {
            first = bytes;
        } else {
            if more.is_empty() {
                more.extend_from_slice(&first);
            }
            more.extend_from_slice(&bytes);
        }
    }
    Ok((if more.is_empty() { first } else { more.freeze() }, held))
}

/// What tonic answers by itself, in the words that a client can rely on: a message above the limit is RESOURCE_EXHAUSTED to
/// gRPC, and OUT_OF_RANGE to tonic alone; one that cannot be read is the client's fault, and no incident. Nothing else here
/// answers OUT_OF_RANGE, or INTERNAL without an incident.
fn in_our_words(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let is_incident = headers.get(MESSAGE).is_some_and(|message| message.as_bytes().starts_with(INCIDENT.as_bytes()));
    match headers.get_mut(STATUS) {
        Some(status) if *status == OUT_OF_RANGE => *status = RESOURCE_EXHAUSTED,
        Some(status) if *status == INTERNAL && !is_incident => *status = INVALID_ARGUMENT,
        Some(_) | None => {}
    }
    fitting(headers);
    response
}

/// An answer that is longer than clients take is none: they get its code and as much of its message as there is room for.
fn fitting(headers: &mut HeaderMap) {
    let length = |name: &str| headers.get(name).map_or(0, HeaderValue::len);
    if length(MESSAGE) + length(DETAILS) <= REASON_BYTES_MAX {
        return;
    }
    headers.remove(DETAILS);
    let Some(message) = headers.get(MESSAGE).map(HeaderValue::as_bytes) else { return };
    let kept = &message[..whole_characters(message, MESSAGE_BYTES_LEFT)];
    if let Ok(message) = HeaderValue::from_bytes(kept) {
        headers.insert(MESSAGE, message);
    }
}

/// How many bytes of a message are whole characters and no more than so many: 甲 stands there as `%E7%94%B2`.
fn whole_characters(message: &[u8], most: usize) -> usize {
    let (mut at, mut whole) = (0, 0);
    while at <= most.min(message.len()) {
        let byte = match &message[at..] {
            [] => return at,
            [b'%', high, low, ..] => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            [plain, ..] => Some(*plain),
        };
        if byte.is_none_or(|byte| byte & 0xc0 != 0x80) {
            whole = at;
        }
        at += if message[at] == b'%' { 3 } else { 1 };
    }
    whole
}

impl Guard {
    /// The request once all of it is here, and what it takes of the memory for requests. A stream of messages is taken as it comes,
    /// by its service.
    async fn arrived(
        &self,
        method: &str,
        request: Request,
        share: &Share,
    ) -> Result<(Request, Option<OwnedSemaphorePermit>), Status> {
        if OPEN.contains(&method) || STREAMS.contains(method) {
            return Ok((request, None));
        }
        let (parts, body) = request.into_parts();
        let (bytes, held) = tokio::time::timeout(self.arrival_max, whole(body, &share.bytes))
            .await
            .map_err(|_| Status::deadline_exceeded("the request did not arrive in time; send it again"))??;
        Ok((Request::from_parts(parts, bytes.into()), held))
    }

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
                    .and_then(|v| v.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")))
                    .map(|(_, token)| token.trim())
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
    use futures::stream;

    use super::*;

    fn body(chunks: &[usize]) -> Body {
        let chunks: Vec<_> = chunks.iter().map(|n| Ok::<_, std::io::Error>(vec![7_u8; *n])).collect();
        Body::from_stream(stream::iter(chunks))
    }

    #[tokio::test]
    async fn requests_take_no_more_memory_than_there_is_and_give_it_back() {
        let room = Arc::new(Semaphore::new(100));
        let (bytes, held) = whole(body(&[10, 20, 30]), &room).await.unwrap();
        assert_eq!((bytes.len(), room.available_permits()), (60, 40));
        let second = whole(body(&[30, 11]), &room).await.unwrap_err();
        assert_eq!(second.code(), Code::ResourceExhausted);
        assert_eq!(room.available_permits(), 40, "what came of it was given back");
        drop(held);
        assert_eq!(whole(body(&[99]), &room).await.unwrap().0.len(), 99);
        let room = Arc::new(Semaphore::new(MESSAGE_BYTES_MAX + 2));
        let long = whole(body(&[MESSAGE_BYTES_MAX, 1]), &room).await.unwrap_err();
        assert!(long.message().contains("at most"), "{long}");
    }

    #[test]
    fn what_cannot_be_read_is_the_clients_fault_and_an_incident_is_ours() {
        let code = |status: Status| in_our_words(status.into_http()).headers()[STATUS].clone();
        assert_eq!(code(Status::internal("failed to decode Protobuf message: invalid varint")), INVALID_ARGUMENT);
        assert_eq!(code(Status::internal("Missing request message.")), INVALID_ARGUMENT);
        assert_eq!(code(Status::out_of_range("too large")), RESOURCE_EXHAUSTED);
        assert_eq!(code(crate::error::incident(&std::io::Error::other("a bug"))), INTERNAL);
    }

    #[test]
    fn an_answer_fits_into_what_clients_take() {
        let length = |response: &Response| {
            response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum::<usize>()
        };
        for word in ["x", "甲", "x甲 "] {
            let long = Status::with_details(Code::FailedPrecondition, word.repeat(9_000), vec![7; 9_000].into());
            let answer = in_our_words(long.into_http());
            assert!(length(&answer) < 16 * 1024, "{}", length(&answer));
            let read = Status::from_header_map(answer.headers()).unwrap();
            assert_eq!(read.code(), Code::FailedPrecondition);
            assert!(read.message().starts_with(word) && !read.message().contains('%'), "{}", read.message());
        }
        let short = Status::with_details(Code::NotFound, "甲", vec![7; 90].into());
        let read = Status::from_header_map(in_our_words(short.into_http()).headers()).unwrap();
        assert_eq!((read.message(), read.details().len()), ("甲", 90));
    }

    #[test]
    fn every_role_that_an_api_names_is_one() {
        for method in proto::METHODS {
            for word in method.roles {
                assert!(word.parse::<Role>().is_ok(), "{}: {word}", method.path);
            }
        }
    }
}
