//! The pages: the read side as people see it, rendered here, without scripts and without anything from elsewhere.
//!
//! Invariants:
//! - A page is asked for with the [`Scope`](crate::model::Scope) of its reader; what lies outside is never fetched.
//! - A page changes nothing but the reader's own cookies. What a visitor brings goes to the services, over their API, and
//!   stands nowhere here: not in an address, not in a cookie, not in a log.
//! - Every word comes from `i18n` or from the data, in the language of the reader.
//! - Text from the data is escaped by the template; markup is made only by templates.

mod address;
mod agencies;
mod appeal;
mod ask;
mod assets;
mod attachment;
mod audit;
mod board;
mod cases;
mod chart;
mod cite;
mod complain;
mod conditions;
mod context;
mod deadlines;
mod decisions;
mod error;
mod files;
mod findings;
mod flow;
mod follow;
mod form;
mod format;
mod frame;
mod i18n;
mod items;
mod laws;
mod lists;
mod months;
mod officers;
mod overview;
mod parts;
mod plans;
mod receipt;
mod room;
mod rules;
mod search;
mod session;
mod shield;
mod sign_on;
mod sorts;
mod take;
mod terms;
#[cfg(test)]
mod tests;
mod trail;
mod window;

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Path, Request},
    http::StatusCode,
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get},
};
use futures::future::BoxFuture;
use kernel::{Caller, auth::SignOn, figures, throttle::Throttle};
use law::id::RegionCode;
use proto::limits::WITH_ATTACHMENTS_BYTES_MAX;
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

pub use ask::{Answer, Ask};
use context::Cx;
pub(crate) use error::PageError;
pub use sign_on::RETURN as SIGN_ON_RETURN;
pub use window::{Door, Parts, Reply, Window};

use crate::{Services, query::QueryError};

/// Says whose token this is; `None` when it is not accepted.
pub type Authenticate = Arc<dyn Fn(&str) -> BoxFuture<'static, Option<Caller>> + Send + Sync>;

/// Computes the digest of every view, by its name, when an auditor asks: equal after every rebuild from the same events.
pub type Digests = Arc<dyn Fn() -> BoxFuture<'static, Result<BTreeMap<String, String>, QueryError>> + Send + Sync>;

/// What the pages need.
pub struct PageState {
    /// The views.
    pub queries: Arc<dyn Ask>,
    /// Tokens.
    pub authenticate: Authenticate,
    /// Where people sign on, if anywhere.
    pub sign_on: Option<Arc<SignOn>>,
    /// The region of a visitor without a token.
    pub home: RegionCode,
    /// What the services told of themselves.
    pub services: Arc<Services>,
    /// Digests of the views, for auditors.
    pub digests: Option<Digests>,
    /// What is asked of the services for visitors.
    pub window: Arc<dyn Window>,
    /// How often visitors may send forms.
    pub throttle: Arc<Throttle>,
    /// Served over TLS: cookies are marked so.
    pub secure: bool,
}

/// The pages at `/`.
pub fn router(state: PageState) -> Router {
    let state = Arc::new(state);
    Router::new()
        .route("/", page(overview::show))
        .route("/agencies", page(agencies::list))
        .route("/agencies/months", page(months::show))
        .route("/agencies/{uscc}", page(agencies::show))
        .route("/officers", page(officers::list))
        .route("/cases", page(cases::list))
        .route("/cases/{id}", page(cases::show))
        .route("/board", page(board::show))
        .route("/trail/{id}", page(trail::show))
        .route("/decisions", page(decisions::list))
        .route("/items", page(items::list))
        .route("/items/{code}", page(items::show))
        .route("/lists", page(lists::all))
        .route("/lists/{list}", page(lists::list))
        .route("/lists/{list}/{agency}/{code}", page(lists::show))
        .route("/laws", page(laws::list))
        .route("/laws/{title}", page(laws::show))
        .route("/deadlines", page(deadlines::list))
        .route("/findings", page(findings::list))
        .route("/rules", page(rules::list))
        .route("/plans", page(plans::list))
        .route("/audit", page(audit::show))
        .route("/search", page(search::show))
        .route("/files/{case}/{sha256}", get(files::open))
        .route("/follow", get(follow::form).post(follow::submit).layer(DefaultBodyLimit::max(shield::WORDS_BYTES_MAX)))
        .route("/appeal", get(appeal::form).post(appeal::submit).layer(DefaultBodyLimit::max(shield::WORDS_BYTES_MAX)))
        .route("/attachments/{complaint}/{entry}", get(attachment::download))
        .route("/login", get(session::form).post(session::submit))
        .route("/login/with/{number}", get(sign_on::begin))
        .route(sign_on::RETURN, get(sign_on::done))
        .route("/logout", get(session::leave))
        .route("/assets/{file}", get(asset))
        .fallback(|cx: Cx| async move { error::page(&cx, &PageError::NotFound).await })
        .layer(DefaultBodyLimit::max(shield::BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, shield::TIME_MAX))
        .merge(with_files())
        .merge(taken_away())
        .layer(middleware::from_fn_with_state(state.clone(), shield::shield))
        .layer(middleware::from_fn(measured))
        .layer(CompressionLayer::new())
        .with_state(state)
}

/// Tells how long a page took.
async fn measured(request: Request, next: Next) -> Response {
    let began = Instant::now();
    // The address as the routes have it: what a visitor typed names nothing.
    let room = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    figures::http(room, response.status().as_u16(), began.elapsed());
    response
}

/// A list as a file takes longer than a page.
fn taken_away() -> Router<Arc<PageState>> {
    Router::new()
        .route("/export/{file}", get(take::file))
        .layer(DefaultBodyLimit::max(shield::BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, shield::FILES_TIME_MAX))
}

/// What is sent with files takes longer and is longer.
fn with_files() -> Router<Arc<PageState>> {
    Router::new()
        .route("/complain", get(complain::form).post(complain::submit))
        .layer(DefaultBodyLimit::max(WITH_ATTACHMENTS_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, shield::FILES_TIME_MAX))
}

/// A page from the function that renders it.
fn page<F, Fut>(render: F) -> MethodRouter<Arc<PageState>>
where
    F: Fn(Cx) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<String, PageError>> + Send,
{
    get(move |cx: Cx| async move {
        match tokio::time::timeout(shield::PAGE_TIME_MAX, render(cx.clone())).await {
            Ok(Ok(html)) => Html(html).into_response(),
            Ok(Err(error)) => error::page(&cx, &error).await,
            Err(_) => error::page(&cx, &PageError::TimedOut).await,
        }
    })
}

async fn asset(cx: Cx, Path(file): Path<String>) -> Response {
    match assets::find(&file) {
        Some(found) => found,
        None => error::page(&cx, &PageError::NotFound).await,
    }
}
