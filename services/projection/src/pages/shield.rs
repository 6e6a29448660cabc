//! What every answer carries and what no request may exceed.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use kernel::throttle;

use super::{PageError, PageState, address, context::Cx, error, session, sign_on};

/// Longest body: the sign-in form with its token.
pub(crate) const BODY_BYTES_MAX: usize = 16 * 1024;
/// Longest body with words of a visitor, each character of which may take nine.
pub(crate) const WORDS_BYTES_MAX: usize = 256 * 1024;
/// Longest time for a request with files, its body included.
pub(crate) const FILES_TIME_MAX: Duration = Duration::from_secs(120);
/// Requests with files at once; more are told to come again.
pub(crate) const FILES_AT_ONCE_MAX: usize = 16;
/// Where forms are sent to.
const POSTED: [&str; 4] = ["/login", "/complain", "/appeal", "/follow"];
/// Longest time for the data of one page.
pub(crate) const PAGE_TIME_MAX: Duration = Duration::from_secs(10);
/// Longest time for a request, its body included.
pub(crate) const TIME_MAX: Duration = Duration::from_secs(15);

/// Nothing but our own stylesheet and icon is loaded, nothing runs, nobody frames us.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A form that came too soon after others: how long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooSoon(Duration);

impl TooSoon {
    /// The page that says so, where the form cannot even be shown again.
    pub(crate) async fn page(self, cx: &Cx) -> Response {
        error::page(cx, &PageError::TooMany(self.0)).await
    }

    /// The form again, with when it may be sent.
    pub(crate) fn answer(self, mut form: Response) -> Response {
        *form.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        form.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(throttle::seconds(self.0)));
        form
    }
}

/// The outermost layer.
pub(crate) async fn shield(State(state): State<Arc<PageState>>, request: Request, next: Next) -> Response {
    let secure = state.secure;
    let mut response = inner(state, request, next).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A file has a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

async fn inner(state: Arc<PageState>, mut request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let query = uri.query().unwrap_or_default();
    let cx = async |headers: &HeaderMap| Cx::of(&state, headers, &uri, Vec::new()).await;

    let posts = request.method() == Method::POST && POSTED.contains(&uri.path());
    // Signing on makes us ask an issuer.
    if posts || uri.path().starts_with("/login/") {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|connection| connection.0.ip());
        if let Err(wait) = state.throttle.count(peer, request.headers()) {
            // What was typed is shown again, and nothing is asked of a service.
            if posts && uri.path() != "/login" && !session::is_foreign(request.headers()) {
                request.extensions_mut().insert(TooSoon(wait));
            } else {
                return error::page(&cx(request.headers()).await, &PageError::TooMany(wait)).await;
            }
        }
        // The form to sign in says so itself; from an issuer people come back.
        if posts && uri.path() != "/login" && session::is_foreign(request.headers()) {
            return error::page(&cx(request.headers()).await, &PageError::Foreign).await;
        }
    }
    if !posts && request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = error::page(&cx(request.headers()).await, &PageError::Method).await;
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    // A token in the address goes into the cookie and out of the address, before anything else looks at it.
    if let Some((_, token)) = address::pairs(query).find(|(key, _)| key == "token") {
        let target = address::replaced(uri.path(), query, "token", None);
        return match session::cookie(&state, &token).await {
            Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to(&target)).into_response(),
            // Whoever gets another token comes back to the page that the link was to.
            None => Redirect::to(&format!("/login?bad=1&next={}", address::encode(&target))).into_response(),
        };
    }
    // What an issuer sends along is not ours to keep short.
    let query_max = if uri.path() == sign_on::RETURN { BODY_BYTES_MAX } else { address::QUERY_BYTES_MAX };
    if query.len() > query_max || uri.path().len() > address::QUERY_BYTES_MAX {
        let error = PageError::TooLarge(StatusCode::URI_TOO_LONG);
        return error::page(&cx(request.headers()).await, &error).await;
    }
    let asked = address::pairs(query).find(|(key, _)| key == "lang").map(|(_, value)| value);
    let mut response = next.run(request).await;
    if let Some(cookie) = asked.and_then(|value| session::language_cookie(&state, &value)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
