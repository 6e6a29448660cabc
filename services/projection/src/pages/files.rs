//! Files that a case names, evidence and documents: opened by who may read the case, as the service says.
//!
//! Pictures and plain text are shown; everything else is handed out to be kept. Nothing of it runs, whatever a browser makes of it.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use proto::common::v1::GetObjectRequest;
use tonic::Code;

use super::{PageError, attachment::SANDBOX, context::Cx, error, shield, window::in_time};
use crate::{model::Text, query::QueryError};

/// What is shown rather than kept, and what its files are called: nothing that can hold a program.
const SHOWN: [(&str, &str); 5] =
    [("image/jpeg", "jpg"), ("image/png", "png"), ("image/gif", "gif"), ("image/webp", "webp"), ("text/plain", "txt")];
/// What files of other kinds are called.
const KEPT: [(&str, &str); 4] =
    [("application/pdf", "pdf"), ("video/mp4", "mp4"), ("audio/mpeg", "mp3"), ("application/zip", "zip")];

/// Whether a text is the digest by which a file is named.
pub(crate) fn is_digest(text: &Text) -> bool {
    text.zh.len() == 64 && text.zh.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Where the files of a case are, if its service keeps any.
pub(crate) fn of_case(cx: &Cx, source: &str, id: &str) -> Option<String> {
    (cx.token().is_some() && cx.state().window.keeps_files(source)).then(|| format!("/files/{id}"))
}

/// The file.
pub(crate) async fn open(cx: Cx) -> Response {
    let Some(token) = cx.token() else { return error::page(&cx, &PageError::Query(QueryError::Denied)).await };
    let request = GetObjectRequest { matter_id: cx.param("case").to_owned(), sha256: cx.param("sha256").to_owned() };
    let answer = async {
        let mut parts = in_time(cx.state().window.object(token, request)).await?;
        // What is wrong is known before the first byte.
        let first = parts.next().await.transpose()?.unwrap_or_default();
        Ok((first, parts))
    };
    let problem = match answer.await {
        Ok((first, parts)) => {
            let (media_type, size) = (first.media_type.clone(), first.size_bytes);
            let rest = parts.map(|part| part.map(|part| part.chunk));
            let all = stream::iter([Ok(first.chunk)]).chain(rest);
            // Who reads no further gives its place back.
            let all = all.take_until(Box::pin(tokio::time::sleep(shield::FILES_TIME_MAX)));
            let plain = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let find = |kinds: &[(&str, &'static str)]| kinds.iter().find(|(kind, _)| *kind == plain).map(|k| k.1);
            let (how, ending) = match find(&SHOWN) {
                Some(ending) => ("inline", ending),
                None => ("attachment", find(&KEPT).unwrap_or("bin")),
            };
            // In what charset is not recorded; it is shown as what most is.
            let media_type = if plain == "text/plain" { "text/plain; charset=utf-8".to_owned() } else { media_type };
            let digest = cx.param("sha256");
            let name = format!("{how}; filename=\"{}.{ending}\"", digest.get(..16).unwrap_or("file"));
            let or = |value: Result<HeaderValue, _>, usual| value.unwrap_or(HeaderValue::from_static(usual));
            let headers = [
                (header::CONTENT_TYPE, or(HeaderValue::try_from(media_type), "application/octet-stream")),
                (header::CONTENT_DISPOSITION, or(HeaderValue::try_from(name), "attachment")),
                (header::CONTENT_LENGTH, HeaderValue::from(size)),
                (header::CONTENT_SECURITY_POLICY, SANDBOX),
            ];
            return (headers, Body::from_stream(all)).into_response();
        }
        Err(status) => match tonic::Status::code(&status) {
            Code::PermissionDenied | Code::Unauthenticated => PageError::Query(QueryError::Denied),
            Code::InvalidArgument | Code::NotFound => PageError::NotFound,
            code => PageError::Service(code),
        },
    };
    error::page(&cx, &problem).await
}
