//! Signing on at an issuer: sent there, and back with a token for the same cookie that the form sets.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, Html, IntoResponse, Redirect, Response},
};
use kernel::auth::SignOnError;

use super::{
    PageError, PageState, address,
    context::{self, Cx},
    error, session,
};

/// Where issuers send people back to, below the address of the pages.
pub const RETURN: &str = "/login/done";
/// What the browser keeps while it is away.
const AWAY: &str = "fazhi_sign_on";
/// How long somebody may take at the issuer.
const AWAY_SECONDS: u32 = 600;
/// A browser forgets a longer cookie without a word.
const COOKIE_BYTES_MAX: usize = 4096;

/// Goes on to a page. Not a redirect: a browser that comes from another site, and is only sent on, would not show the new
/// cookie there.
#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedIn {
    lang: &'static str,
    title: &'static str,
    next: String,
}

/// Off to an issuer.
pub(crate) async fn begin(State(state): State<Arc<PageState>>, Path(number): Path<String>, cx: Cx) -> Response {
    let next = session::local(&cx.query("next").unwrap_or_default()).to_owned();
    let begun = state.sign_on.as_ref().zip(number.parse().ok()).map(|(sign_on, number)| sign_on.begin(number));
    match begun {
        None => error::page(&cx, &PageError::NotFound).await,
        Some(Err(why)) => failed(&cx, next, &why).await,
        Some(Ok(begun)) => {
            let kept = format!("{}/{}", begun.secret, address::encode(&next));
            (AppendHeaders([(header::SET_COOKIE, away(&state, &kept, AWAY_SECONDS))]), Redirect::to(&begun.location))
                .into_response()
        }
    }
}

/// And back.
pub(crate) async fn done(State(state): State<Arc<PageState>>, headers: HeaderMap, cx: Cx) -> Response {
    let Some(sign_on) = &state.sign_on else { return error::page(&cx, &PageError::NotFound).await };
    let kept = context::cookie(&headers, AWAY).unwrap_or_default();
    let (secret, next) = kept.split_once('/').unwrap_or_default();
    let next = address::pairs(&format!("next={next}")).next().map(|(_, next)| next).unwrap_or_default();
    let next = session::local(&next).to_owned();
    let token = match sign_on.finish(cx.uri().query().unwrap_or_default(), secret).await {
        Ok(token) => token,
        Err(why) => return failed(&cx, next, &why).await,
    };
    let cookie = session::cookie(&state, &token).await.filter(|cookie| cookie.len() <= COOKIE_BYTES_MAX);
    let Some(cookie) = cookie else {
        tracing::warn!(bytes = token.len(), "the issuer's token does not fit into a cookie");
        return session::show(&cx, next, Some(cx.lang().words().login_unfit), StatusCode::UNAUTHORIZED).await;
    };
    let words = cx.lang().words();
    let page = SignedIn { lang: cx.lang().tag(), title: words.login_title, next };
    match page.render() {
        Ok(html) => {
            let cookies = [(header::SET_COOKIE, cookie), (header::SET_COOKIE, away(&state, "", 0))];
            (AppendHeaders(cookies), Html(html)).into_response()
        }
        Err(e) => error::page(&cx, &e.into()).await,
    }
}

/// The cookie of somebody who is away. It comes back with him from another site, unlike the session's.
fn away(state: &PageState, kept: &str, seconds: u32) -> HeaderValue {
    let secure = if state.secure { "; Secure" } else { "" };
    let cookie = format!("{AWAY}={kept}; Path=/login; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&cookie).expect("what is kept is encoded")
}

/// The form again, with what went wrong.
async fn failed(cx: &Cx, next: String, why: &SignOnError) -> Response {
    tracing::warn!(error = %kernel::error::chain(why), "nobody signed on");
    let w = cx.lang().words();
    let (problem, status) = match why {
        SignOnError::Away | SignOnError::Exchange(_) | SignOnError::Secret(_) => {
            (w.login_away, StatusCode::SERVICE_UNAVAILABLE)
        }
        SignOnError::Denied(_) => (w.login_denied, StatusCode::UNAUTHORIZED),
        SignOnError::Foreign => (w.login_other, StatusCode::UNAUTHORIZED),
        SignOnError::Token(_) => (w.login_unfit, StatusCode::UNAUTHORIZED),
    };
    session::show(cx, next, Some(problem), status).await
}
