//! What a handler knows of a request: who asks, in which language, for which address.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, Uri, header, request::Parts},
};
use kernel::{Caller, text::NAME};
use serde::de::DeserializeOwned;

use super::{PageError, PageState, address, ask::Ask, i18n::Lang, room::Room};
use crate::model::Scope;

/// The cookie with the token.
pub(crate) const SESSION: &str = "fazhi_session";
/// The cookie with the language.
pub(crate) const LANGUAGE: &str = "fazhi_lang";

/// One request.
#[derive(Clone)]
pub(crate) struct Cx(Arc<Inner>);

struct Inner {
    state: Arc<PageState>,
    lang: Lang,
    caller: Caller,
    token: Option<String>,
    ran_out: bool,
    scope: Scope,
    uri: Uri,
    params: Vec<(String, String)>,
}

impl Cx {
    /// Reads the request; an unknown or expired token is a visitor.
    pub(crate) async fn of(
        state: &Arc<PageState>,
        headers: &HeaderMap,
        uri: &Uri,
        params: Vec<(String, String)>,
    ) -> Self {
        let asked = address::pairs(uri.query().unwrap_or_default()).find(|(key, _)| key == "lang");
        let lang = asked
            .and_then(|(_, value)| Lang::parse(&value))
            .or_else(|| cookie(headers, LANGUAGE).and_then(Lang::parse))
            .unwrap_or_default();
        let shown = cookie(headers, SESSION).filter(|token| !token.is_empty());
        let known = match shown {
            Some(token) => (state.authenticate)(token).await,
            None => None,
        };
        let token = shown.filter(|_| known.is_some()).map(str::to_owned);
        let ran_out = shown.is_some() && known.is_none();
        let caller = known.unwrap_or_else(|| Caller::anonymous(state.home.clone()));
        let scope = Scope::of(&caller);
        Self(Arc::new(Inner { state: state.clone(), lang, caller, token, ran_out, scope, uri: uri.clone(), params }))
    }

    pub(crate) fn state(&self) -> &PageState {
        &self.0.state
    }
    pub(crate) fn ask(&self) -> &dyn Ask {
        &*self.0.state.queries
    }
    pub(crate) fn lang(&self) -> Lang {
        self.0.lang
    }
    pub(crate) fn caller(&self) -> &Caller {
        &self.0.caller
    }
    pub(crate) fn signed_in(&self) -> bool {
        self.0.token.is_some()
    }
    /// Whether somebody was signed in and is not any more.
    pub(crate) fn ran_out(&self) -> bool {
        self.0.ran_out
    }
    /// The token of who is signed in.
    pub(crate) fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }
    pub(crate) fn scope(&self) -> &Scope {
        &self.0.scope
    }
    pub(crate) fn uri(&self) -> &Uri {
        &self.0.uri
    }

    /// A part of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.0.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// A parameter of the query, unless blank.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        address::pairs(self.0.uri.query().unwrap_or_default())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// The filter in the address.
    ///
    /// # Errors
    /// [`PageError::Invalid`] when a value has not the form it must have.
    pub(crate) fn filter<T: DeserializeOwned>(&self) -> Result<T, PageError> {
        address::read(&self.0.uri).map_err(PageError::Invalid)
    }

    /// Lets the caller into a room, or not.
    ///
    /// # Errors
    /// [`PageError::Forbidden`].
    pub(crate) fn enter(&self, room: Room) -> Result<(), PageError> {
        if room.admits(&self.0.caller) { Ok(()) } else { Err(PageError::Forbidden(room)) }
    }
}

impl FromRequestParts<Arc<PageState>> for Cx {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<PageState>) -> Result<Self, Infallible> {
        let params = match RawPathParams::from_request_parts(parts, state).await {
            // A name that nothing can have is that of nothing.
            Ok(params) => {
                let named = |value: &str| NAME.read(value).unwrap_or_default();
                params.iter().map(|(key, value)| (key.to_owned(), named(value))).collect()
            }
            Err(_) => Vec::new(),
        };
        Ok(Self::of(state, &parts.headers, &parts.uri, params).await)
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}
