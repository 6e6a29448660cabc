//! Calling another service as this process, or as whoever has a token.

use std::{
    collections::BTreeMap,
    sync::Arc,
    task::{Context, Poll},
};

use axum::http::{Request, Response};
use futures::future::BoxFuture;
use tonic::{
    Status,
    body::Body,
    transport::{self, Channel},
};
use tower::{Service, ServiceExt as _};

/// Gives the token under which this process calls, as it is now; none while there is none.
pub type Token = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// A service in another process, or behind this one's own door.
#[derive(Clone)]
pub struct Peer {
    /// Where it is.
    pub channel: Channel,
    /// Who calls.
    pub token: Token,
}

impl Peer {
    /// A call as this process.
    pub fn ask<M>(&self, message: M) -> tonic::Request<M> {
        with_token((self.token)().as_deref(), message)
    }
}

/// A call as whoever has this token; without one, or with one that no header can hold, as a visitor.
pub fn with_token<M>(token: Option<&str>, message: M) -> tonic::Request<M> {
    let mut request = tonic::Request::new(message);
    if let Some(bearer) = token.and_then(|token| format!("Bearer {token}").parse().ok()) {
        request.metadata_mut().insert("authorization", bearer);
    }
    request
}

/// One door to services that answer at several addresses: a call goes where its service is.
#[derive(Clone, Default)]
pub struct Routes {
    by_service: Arc<BTreeMap<String, Channel>>,
    /// Where everything else is.
    others: Option<Channel>,
}

/// All services at one address.
impl From<Channel> for Routes {
    fn from(channel: Channel) -> Self {
        Self { by_service: Arc::default(), others: Some(channel) }
    }
}

impl FromIterator<(String, Channel)> for Routes {
    fn from_iter<T: IntoIterator<Item = (String, Channel)>>(routes: T) -> Self {
        Self { by_service: Arc::new(routes.into_iter().collect()), others: None }
    }
}

impl Service<Request<Body>> for Routes {
    type Response = Response<Body>;
    type Error = transport::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // A path is `/fazhi.<service>.v1.<name>/<rpc>`.
        let channel = request.uri().path().split('.').nth(1).and_then(|service| self.by_service.get(service));
        let channel = channel.or(self.others.as_ref()).cloned();
        Box::pin(async move {
            match channel {
                Some(channel) => channel.oneshot(request).await,
                None => Ok(Status::unimplemented("no address of this service is known").into_http()),
            }
        })
    }
}
