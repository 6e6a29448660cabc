//! Why a page is not shown, and the page that says so.

use std::{fmt, time::Duration};

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use kernel::throttle;
use tonic::Code;
use uuid::Uuid;

use super::{context::Cx, frame::Frame, parts::say, room::Room, terms};
use crate::{model::Text, query::QueryError};

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum PageError {
    /// There is no such thing, or the caller must not know of it.
    NotFound,
    /// The caller has none of the room's roles.
    Forbidden(Room),
    /// The address has a value that has not the form it must have.
    Invalid(Text),
    /// Another method.
    Method,
    /// A form of another site.
    Foreign,
    /// Too many forms were sent: how long to wait.
    TooMany(Duration),
    /// The address or the body is too long.
    TooLarge(StatusCode),
    /// The views did not answer.
    Query(QueryError),
    /// The views did not answer in time.
    TimedOut,
    /// A service did not answer what it is there for.
    Service(Code),
    /// As many files are being made as can be.
    Busy,
    /// A file could not be written, and why.
    Written(String),
    /// A template failed.
    Render(askama::Error),
}

impl fmt::Display for PageError {
    /// For the log, with what lies beneath.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(QueryError::Unavailable(source)) => write!(f, "the views are unavailable: {source}"),
            Self::Query(error) => error.fmt(f),
            Self::Service(code) => write!(f, "a service did not answer: {code:?}"),
            Self::Render(error) => write!(f, "the template failed: {error}"),
            Self::Written(why) => write!(f, "the file cannot be written: {why}"),
            Self::TimedOut => f.write_str("the views did not answer in time"),
            Self::NotFound
            | Self::Forbidden(_)
            | Self::Invalid(_)
            | Self::Method
            | Self::Foreign
            | Self::TooMany(_)
            | Self::Busy
            | Self::TooLarge(_) => {
                write!(f, "{self:?}")
            }
        }
    }
}

impl From<QueryError> for PageError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Invalid { field, what } => Self::Invalid(Text::new(what.zh, format!("{field}: {}", what.en))),
            other => Self::Query(other),
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Render(error)
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    f: Frame,
    wrong: bool,
    shape: &'static str,
    why: &'static str,
    /// What is wrong with the address or the form.
    detail: Option<String>,
    incident: Option<Uuid>,
    forbidden: Option<Forbidden>,
}

struct Forbidden {
    roles: Vec<&'static str>,
}

/// The page of an error, logged once here when it is ours.
pub(crate) async fn page(cx: &Cx, error: &PageError) -> Response {
    let w = cx.lang().words();
    let (status, title, why, shape) = match error {
        PageError::NotFound => (StatusCode::NOT_FOUND, w.not_found, w.not_found_why, "pending"),
        PageError::Query(QueryError::Denied) => (StatusCode::FORBIDDEN, w.forbidden, w.forbidden_scope, "lock"),
        PageError::Forbidden(_) => (StatusCode::FORBIDDEN, w.forbidden, w.forbidden_scope, "lock"),
        PageError::Invalid(_) => (StatusCode::BAD_REQUEST, w.bad_request, "", "pending"),
        PageError::Method => (StatusCode::METHOD_NOT_ALLOWED, w.method_not_allowed, "", "lock"),
        PageError::Foreign => (StatusCode::FORBIDDEN, w.form_foreign, w.form_foreign_why, "lock"),
        PageError::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, w.too_many, w.too_many_why, "pending"),
        PageError::Busy => (StatusCode::SERVICE_UNAVAILABLE, w.taken_too_many, w.taken_too_many_why, "pending"),
        PageError::TooLarge(status) => (*status, w.too_large, "", "pending"),
        PageError::Query(QueryError::Unavailable(_)) | PageError::Service(_) | PageError::TimedOut => {
            (StatusCode::SERVICE_UNAVAILABLE, w.unavailable, w.unavailable_why, "wrong")
        }
        PageError::Query(_) | PageError::Render(_) | PageError::Written(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, w.failed, w.failed_why, "wrong")
        }
    };
    let incident = status.is_server_error().then(Uuid::now_v7);
    if let Some(incident) = incident {
        tracing::error!(%incident, path = cx.uri().path(), %error, "a page failed");
    }
    let page = ErrorPage {
        f: Frame::bare(cx, title).await,
        wrong: status.is_server_error(),
        shape,
        why,
        detail: match error {
            PageError::Invalid(detail) => Some(say(detail, cx.lang())),
            _ => None,
        },
        incident,
        forbidden: match error {
            PageError::Forbidden(room) => {
                Some(Forbidden { roles: room.roles().iter().map(|r| terms::role(*r, cx.lang())).collect() })
            }
            _ => None,
        },
    };
    let mut response = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, title).into_response(),
    };
    if let PageError::TooMany(wait) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(throttle::seconds(*wait)));
    }
    response
}
