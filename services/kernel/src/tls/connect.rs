//! Channels to other processes.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::http::Uri;
use futures::future::BoxFuture;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tonic::transport::{Channel, Endpoint};

use super::{Tls, TlsError, folder::HTTP_2};

/// Longest time for a connection and its handshake.
const CONNECT_MAX: Duration = Duration::from_secs(10);
const HTTPS: &str = "https";
/// The name under which a process reaches itself, whatever address it listens on.
pub const OWN_NAME: &str = "localhost";

/// A channel to `endpoint`, opened when it is first used and again when the other side was gone. `https://` shows the own
/// certificate and wants one of the same authority, for the name in the address; `http://` is in the clear.
///
/// # Errors
/// [`TlsError::NoFolder`] when the address asks for certificates that are not there.
pub fn channel(endpoint: &Endpoint, tls: Option<&Arc<Tls>>) -> Result<Channel, TlsError> {
    Ok(match asked(endpoint, tls)? {
        Some(tls) => endpoint.connect_with_connector_lazy(tower::service_fn(connector(tls, None))),
        None => endpoint.connect_lazy(),
    })
}

/// The same, opened now.
///
/// # Errors
/// As [`channel`], and when nobody answers there, or not with a certificate of the authority.
pub async fn connect(
    endpoint: &Endpoint,
    tls: Option<&Arc<Tls>>,
) -> Result<Channel, Box<dyn std::error::Error + Send + Sync>> {
    Ok(match asked(endpoint, tls)? {
        Some(tls) => endpoint.connect_with_connector(tower::service_fn(connector(tls, None))).await?,
        None => endpoint.connect().await?,
    })
}

/// A channel to the server of this very process: at the address it listens on, under the name that every certificate of
/// `fazhi pki` has.
pub fn own(address: SocketAddr, tls: Option<&Arc<Tls>>) -> Channel {
    let endpoint = |scheme, host| {
        Endpoint::from_shared(format!("{scheme}://{host}:{}", address.port())).expect("an address and a port")
    };
    match tls {
        Some(tls) => {
            let connector = connector(tls, Some(address));
            endpoint(HTTPS, OWN_NAME.to_owned()).connect_with_connector_lazy(tower::service_fn(connector))
        }
        None => {
            let host = if address.is_ipv6() { format!("[{}]", address.ip()) } else { address.ip().to_string() };
            endpoint("http", host).connect_lazy()
        }
    }
}

fn asked<'a>(endpoint: &Endpoint, tls: Option<&'a Arc<Tls>>) -> Result<Option<&'a Arc<Tls>>, TlsError> {
    if endpoint.uri().scheme_str() != Some(HTTPS) {
        return Ok(None);
    }
    tls.map(Some).ok_or_else(|| TlsError::NoFolder(endpoint.uri().to_string()))
}

type Connected = BoxFuture<'static, io::Result<TokioIo<TlsStream<TcpStream>>>>;

/// Connects for gRPC; where the name of an address says, or at another place.
fn connector(tls: &Arc<Tls>, at: Option<SocketAddr>) -> impl Fn(Uri) -> Connected + Clone + Send + 'static {
    let mut config = tls.client();
    config.alpn_protocols = vec![HTTP_2.to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    move |uri| {
        let connector = connector.clone();
        Box::pin(async move { Ok(TokioIo::new(open(&uri, at, connector).await?)) })
    }
}

/// A connection for an `https://` address, the certificate at its other end checked against the name.
pub(crate) async fn open(
    uri: &Uri,
    at: Option<SocketAddr>,
    connector: TlsConnector,
) -> io::Result<TlsStream<TcpStream>> {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = uri.port_u16().unwrap_or(443);
    let opened = async {
        let name = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
        let tcp = match at {
            Some(address) => TcpStream::connect(address).await?,
            None => TcpStream::connect((host.as_str(), port)).await?,
        };
        tcp.set_nodelay(true)?;
        connector.connect(name, tcp).await
    };
    timeout(CONNECT_MAX, opened).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
