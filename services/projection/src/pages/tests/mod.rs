//! The pages as a browser gets them: every page in both languages, as each reader, from fixed data.

mod days;
mod doors;
mod files;
mod fixture;
mod laws;
mod lists;
mod markup;
mod taken;
mod visitors;
mod words;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use fixture::{AGENCY, CASE, Fixture, ITEM, LAW, PUBLIC_CASE, TRIED};
use tower::ServiceExt as _;

use super::*;
use crate::{Services, model, pages, query};

/// Every page, by address.
fn addresses() -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/agencies",
        "/agencies/months",
        "/officers",
        "/cases",
        "/decisions",
        "/items",
        "/lists",
        "/lists/licence",
        "/laws",
        "/laws?text=%E6%B8%A1%E5%8F%A3",
        "/deadlines",
        "/findings",
        "/rules",
        "/plans",
        "/audit?digests=1",
        "/login",
        "/complain",
        "/appeal",
        "/follow",
        "/search",
        "/search?text=%E5%B8%82",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend([
        format!("/agencies/{AGENCY}"),
        format!("/cases/{CASE}"),
        format!("/cases/{PUBLIC_CASE}"),
        format!("/cases/{TRIED}"),
        "/board?kind=case".to_owned(),
        format!("/trail/{CASE}"),
        format!("/trail/{PUBLIC_CASE}"),
        format!("/items/{ITEM}"),
        format!("/lists/licence/{AGENCY}/XK-1"),
        format!("/laws/{}", address::encode(LAW)),
        format!("/laws/{}?as_of=2015-09-30", address::encode(LAW)),
    ]);
    all
}

/// An answer, read.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A browser before the pages, perhaps signed in.
struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    fn of(fixture: Fixture, token: &str) -> Self {
        Self { router: router(fixture::state(fixture)), cookie: format!("a=b; fazhi_session={token}") }
    }
    fn visitor() -> Self {
        Self::of(Fixture::default(), "")
    }
    fn signed_in(token: &str) -> Self {
        Self::of(Fixture::default(), token)
    }
    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 4 << 20).await.unwrap().to_vec();
        Answered { status: parts.status, headers: parts.headers, body }
    }
    fn request(&self, method: Method, address: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(address).header(header::COOKIE, &self.cookie)
    }
    async fn get(&self, address: &str) -> Answered {
        self.send(self.request(Method::GET, address).body(Body::empty()).unwrap()).await
    }
}

/// The address in a language.
fn in_lang(address: &str, lang: &str) -> String {
    format!("{address}{}lang={lang}", if address.contains('?') { '&' } else { '?' })
}
