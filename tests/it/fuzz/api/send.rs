//! Requests as bytes, below every client library.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Method as Verb, Request};
use http_body_util::BodyExt as _;
use kernel::peer::Routes;
use tonic::Code;
use tower::ServiceExt as _;

/// Longest wait for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(60);
/// How long an answer is read that goes on without end.
const OPEN_END: Duration = Duration::from_millis(150);
/// Parts read of it.
const PARTS_MAX: usize = 200;

/// What is sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) path: String,
    pub(super) token: Option<String>,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// `None` where it had no end in time, or none that gRPC knows.
    pub(super) code: Option<Code>,
    pub(super) told: String,
}

/// A message with its length before it.
pub(super) fn framed(message: &[u8]) -> Vec<u8> {
    let mut framed = vec![0];
    framed.extend(u32::try_from(message.len()).expect("less than 4 GiB").to_be_bytes());
    framed.extend(message);
    framed
}

/// The messages of a body.
pub(super) fn unframed(mut body: &[u8]) -> Vec<Vec<u8>> {
    let mut messages = Vec::new();
    while let [0, a, b, c, d, rest @ ..] = body {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some((message, rest)) = rest.split_at_checked(length) else { break };
        messages.push(message.to_vec());
        body = rest;
    }
    messages
}

pub(super) async fn send(routes: &Routes, sent: &Sent) -> Answer {
    let mut request = Request::new(tonic::body::Body::new(Body::from(sent.body.clone())));
    *request.method_mut() = Verb::POST;
    *request.uri_mut() = sent.path.parse().expect("a path");
    let headers = request.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("application/grpc"));
    headers.insert("te", HeaderValue::from_static("trailers"));
    if let Some(token) = &sent.token
        && let Ok(value) = HeaderValue::from_str(token)
    {
        headers.insert("authorization", value);
    }
    for (name, value) in &sent.headers {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    let open_end = sent.path.ends_with("/FollowEvents");
    match tokio::time::timeout(if open_end { OPEN_END } else { ANSWER_MAX }, answer(routes, request)).await {
        Ok(answer) => answer,
        Err(_) if open_end => Answer { code: Some(Code::Ok), told: "goes on".to_owned() },
        Err(_) => Answer { code: None, told: "no answer in time".to_owned() },
    }
}

async fn answer(routes: &Routes, request: Request<tonic::body::Body>) -> Answer {
    let response = match routes.clone().oneshot(request).await {
        Ok(response) => response,
        // Below the edge the caller's own time that ran out is no answer yet.
        Err(broken) if format!("{broken:?}").contains("TimeoutExpired") => {
            return Answer { code: Some(Code::DeadlineExceeded), told: "the caller's time ran out".to_owned() };
        }
        Err(broken) => return Answer { code: None, told: format!("broken off: {broken:?}") },
    };
    let (parts, mut body) = response.into_parts();
    let told = |headers: &axum::http::HeaderMap| {
        let code = headers.get("grpc-status")?;
        let text = headers.get("grpc-message").map(HeaderValue::as_bytes).unwrap_or_default();
        let text = Bytes::copy_from_slice(text);
        Some(Answer {
            code: Some(Code::from_bytes(code.as_bytes())),
            told: String::from_utf8_lossy(&text).into_owned(),
        })
    };
    if let Some(answer) = told(&parts.headers) {
        return answer;
    }
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => match frame.into_trailers() {
                Ok(trailers) => {
                    return told(&trailers).unwrap_or(Answer { code: None, told: "no status".to_owned() });
                }
                Err(_) if read > PARTS_MAX => return Answer { code: Some(Code::Ok), told: "goes on".to_owned() },
                Err(_) => read += 1,
            },
            Err(broken) => return Answer { code: None, told: format!("broken off: {broken:?}") },
        }
    }
    Answer { code: None, told: format!("HTTP {} without a status", parts.status) }
}
