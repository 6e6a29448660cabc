//! Signing in and out: a token, kept in a cookie that scripts cannot read and other sites cannot send.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    PageError, PageState, address,
    context::{Cx, LANGUAGE, SESSION},
    error, form,
    frame::Frame,
    i18n::Lang,
};

/// How long a language is remembered.
const LANGUAGE_SECONDS: u32 = 31_536_000;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    f: Frame,
    next: String,
    problem: Option<&'static str>,
    doors: Vec<Door>,
}

/// An issuer where people sign on.
struct Door {
    href: String,
    title: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Login {
    #[serde(default)]
    token: String,
    #[serde(default)]
    next: String,
}

/// The form.
pub(crate) async fn form(cx: Cx) -> Response {
    let problem = cx.query("bad").map(|_| cx.lang().words().login_bad);
    let status = if problem.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    show(&cx, cx.query("next").unwrap_or_default(), problem, status).await
}

/// The form, sent.
pub(crate) async fn submit(
    State(state): State<Arc<PageState>>,
    headers: HeaderMap,
    uri: Uri,
    form: Result<Form<Login>, FormRejection>,
) -> Response {
    let cx = Cx::of(&state, &headers, &uri, Vec::new()).await;
    let w = cx.lang().words();
    if is_foreign(&headers) {
        return show(&cx, String::new(), Some(w.login_foreign), StatusCode::FORBIDDEN).await;
    }
    let login = match form {
        Ok(Form(login)) => login,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return error::page(&cx, &PageError::TooLarge(rejection.status())).await;
        }
        Err(rejection) => return error::page(&cx, &PageError::Invalid(form::unreadable(&rejection.body_text()))).await,
    };
    match cookie(&state, login.token.trim()).await {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to(local(&login.next))).into_response(),
        None => show(&cx, login.next, Some(w.login_bad), StatusCode::UNAUTHORIZED).await,
    }
}

/// Forgets the token.
pub(crate) async fn leave(State(state): State<Arc<PageState>>, headers: HeaderMap) -> Response {
    if is_foreign(&headers) {
        return Redirect::to("/").into_response();
    }
    let secure = if state.secure { "; Secure" } else { "" };
    let gone = format!("{SESSION}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}");
    ([(header::SET_COOKIE, gone)], Redirect::to("/")).into_response()
}

/// The session cookie for a token that is accepted.
pub(crate) async fn cookie(state: &PageState, token: &str) -> Option<HeaderValue> {
    // Only what a token may consist of reaches the header.
    let clean = token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'='));
    if token.is_empty() || !clean {
        return None;
    }
    (state.authenticate)(token).await?;
    let secure = if state.secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Strict{secure}")).ok()
}

/// The cookie that remembers a language.
pub(crate) fn language_cookie(state: &PageState, value: &str) -> Option<HeaderValue> {
    let lang = Lang::parse(value)?.code();
    let secure = if state.secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{LANGUAGE}={lang}; Path=/; SameSite=Lax; Max-Age={LANGUAGE_SECONDS}{secure}")).ok()
}

pub(crate) async fn show(cx: &Cx, next: String, problem: Option<&'static str>, status: StatusCode) -> Response {
    let next = local(&next).to_owned();
    let titles = cx.state().sign_on.as_ref().map(|sign_on| sign_on.titles()).unwrap_or_default();
    let href = |number| format!("/login/with/{number}?next={}", address::encode(&next));
    let doors = titles.into_iter().enumerate().map(|(number, title)| Door { href: href(number), title }).collect();
    let page = LoginPage { f: Frame::bare(cx, cx.lang().words().login_title).await, next, problem, doors };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(e) => error::page(cx, &e.into()).await,
    }
}

/// Whether another site made the browser send this.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// A path of this site, or the first page: never the way to another site.
pub(crate) fn local(next: &str) -> &str {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|b| (0x21..0x7f).contains(&b) && b != b'\\');
    if plain { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_back_into_this_site_only() {
        for (next, want) in [
            ("/cases?text=a", "/cases?text=a"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(local(next), want, "{next:?}");
        }
    }

    #[test]
    fn knows_forms_of_other_sites() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect::<HeaderMap>()
        };
        assert!(!is_foreign(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_foreign(&headers(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")])));
        assert!(!is_foreign(&headers(&[("origin", "http://a:80"), ("host", "a:80")])));
        assert!(is_foreign(&headers(&[("origin", "http://b"), ("host", "a")])));
        assert!(is_foreign(&headers(&[("origin", "null"), ("host", "a")])));
        assert!(!is_foreign(&headers(&[("host", "a")])));
    }
}
