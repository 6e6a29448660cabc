//! Requests that are valid: overheard between suites and those who call them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::header::AUTHORIZATION,
    response::Response,
};
use kernel::peer::Routes;
use stories::suite::BETWEEN;
use tokio::net::TcpListener;
use tonic::transport::{Endpoint, Server, server::TcpIncoming};
use tower::ServiceExt as _;

/// A request as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Overheard {
    pub(super) path: String,
    pub(super) bearer: String,
    /// The messages, each with its length before it.
    pub(super) body: Bytes,
}

type Heard = Arc<Mutex<Vec<Overheard>>>;

#[derive(Clone)]
struct Ear {
    to: Routes,
    heard: Heard,
}

/// What is sent to suites while something is done that starts them, in the order in which it comes.
pub(super) async fn overhear(doing: impl Future<Output = ()>) -> Vec<Overheard> {
    let heard = Heard::default();
    let ear = heard.clone();
    let between = Arc::new(move |to| door(Ear { to, heard: ear.clone() }));
    BETWEEN.scope(between, doing).await;
    std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A door that writes down what goes through it; there for as long as the test is.
fn door(ear: Ear) -> Routes {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener for tokio");
    let listener = TcpListener::from_std(listener).expect("a listener for tokio");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().fallback(pass).with_state(ear);
    let server = Server::builder().add_routes(tonic::service::Routes::from(router));
    tokio::spawn(server.serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true))));
    let channel = Endpoint::from_shared(format!("http://{address}")).expect("an address").tcp_nodelay(true);
    channel.connect_lazy().into()
}

async fn pass(State(ear): State<Ear>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 64 << 20).await.expect("a whole request");
    let bearer = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let heard = Overheard {
        path: parts.uri.path().to_owned(),
        bearer: bearer.unwrap_or_default().to_owned(),
        body: body.clone(),
    };
    ear.heard.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    let request = Request::from_parts(parts, tonic::body::Body::new(Body::from(body)));
    ear.to.oneshot(request).await.expect("the suite").map(Body::new)
}
