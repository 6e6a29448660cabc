//! A sealed file, handed out to who may read it: to be kept, never to be shown by the browser.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use proto::complaints::v1::ReadAttachmentRequest;
use tonic::Code;

use super::{PageError, address, context::Cx, error};
use crate::query::QueryError;

/// Nothing of it runs, whatever a browser makes of it.
pub(crate) const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// The file; the service says who may read it.
pub(crate) async fn download(cx: Cx) -> Response {
    let Some(token) = cx.token() else { return error::page(&cx, &PageError::Query(QueryError::Denied)).await };
    let (complaint_id, entry_id) = (cx.param("complaint").to_owned(), cx.param("entry").to_owned());
    let answer = cx.state().window.attachment(token, ReadAttachmentRequest { complaint_id, entry_id }).await;
    let problem = match answer {
        Ok(answer) => match answer.attachment {
            Some(file) => {
                let name = format!("attachment; filename*=UTF-8''{}", address::encode(&file.name));
                let headers = [
                    (header::CONTENT_TYPE, HeaderValue::try_from(answer.media_type)),
                    (header::CONTENT_DISPOSITION, HeaderValue::try_from(name)),
                    (header::CONTENT_SECURITY_POLICY, Ok(SANDBOX)),
                ];
                let headers = headers.map(|(name, value)| (name, value.unwrap_or(HeaderValue::from_static(""))));
                return (headers, file.content).into_response();
            }
            // Its key was shredded.
            None => PageError::NotFound,
        },
        Err(status) if status.code() == Code::PermissionDenied => PageError::Query(QueryError::Denied),
        Err(status) if matches!(status.code(), Code::InvalidArgument | Code::NotFound) => PageError::NotFound,
        Err(status) => PageError::Service(status.code()),
    };
    error::page(&cx, &problem).await
}
