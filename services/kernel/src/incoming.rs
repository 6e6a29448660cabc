//! Connections of others: counted, and where there are certificates let in when theirs holds.

use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::{Connected, TcpConnectInfo};

use crate::{throttle::network, tls::Tls};

/// Longest time for a handshake.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);
/// Handshakes at once; who comes after them waits in the listener's queue.
const HANDSHAKES_MAX: usize = 256;
/// What cannot be accepted now (no file descriptor is left) may be in a moment.
const PAUSE: Duration = Duration::from_millis(100);

/// How often it is said that there are too many connections.
const REMIND_EVERY: Duration = Duration::from_secs(60);

/// How many connections there may be at once.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionsMax {
    /// Of one address. Behind a proxy that is the proxy's.
    pub per_client: usize,
    /// Of all.
    pub in_total: usize,
}

/// The connections there are.
struct Connections {
    most: ConnectionsMax,
    by_client: Mutex<(usize, HashMap<IpAddr, usize>)>,
}

impl Connections {
    fn counts(&self) -> MutexGuard<'_, (usize, HashMap<IpAddr, usize>)> {
        self.by_client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more, unless there are too many.
    fn take(self: &Arc<Self>, client: IpAddr) -> Option<Place> {
        let client = network(client.to_canonical());
        let (all, by_client) = &mut *self.counts();
        let of_client = by_client.get(&client).copied().unwrap_or(0);
        if *all >= self.most.in_total || of_client >= self.most.per_client {
            return None;
        }
        *all += 1;
        by_client.insert(client, of_client + 1);
        Some(Place { connections: self.clone(), client })
    }
}

/// The place of one connection, free again when it is dropped.
struct Place {
    connections: Arc<Connections>,
    client: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let (all, by_client) = &mut *self.connections.counts();
        *all -= 1;
        if let Some(left) = by_client.get_mut(&self.client) {
            *left -= 1;
            if *left == 0 {
                by_client.remove(&self.client);
            }
        }
    }
}

/// What bytes go over.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<W: AsyncRead + AsyncWrite + Send + Unpin> Wire for W {}

/// A connection that was let in.
pub(crate) struct Connection {
    wire: Box<dyn Wire>,
    info: TcpConnectInfo,
    _place: Place,
}

/// The connections that come in, each after its handshake if there is one; nobody waits for the handshake of another. Ends when it
/// is dropped.
pub(crate) fn incoming(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    most: ConnectionsMax,
) -> ReceiverStream<io::Result<Connection>> {
    let (sender, receiver) = mpsc::channel(HANDSHAKES_MAX);
    tokio::spawn(async move {
        tokio::select! {
            () = accept(listener, tls, most, sender.clone()) => {}
            () = sender.closed() => {}
        }
    });
    ReceiverStream::new(receiver)
}

async fn accept(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    most: ConnectionsMax,
    sender: mpsc::Sender<io::Result<Connection>>,
) {
    let shaking = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    let connections = Arc::new(Connections { most, by_client: Mutex::default() });
    let mut told = None;
    loop {
        let Ok(turn) = shaking.clone().acquire_owned().await else { return };
        let (tcp, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Closed at once: whoever has so many need not be told why, and the others must not wait for it.
        let Some(place) = connections.take(peer.ip()) else {
            if told.is_none_or(|at: Instant| at.elapsed() > REMIND_EVERY) {
                told = Some(Instant::now());
                let ConnectionsMax { per_client, in_total } = most;
                tracing::warn!(%peer, per_client, in_total, "there are too many connections; more are closed at once");
            }
            continue;
        };
        let (tls, sender) = (tls.clone(), sender.clone());
        tokio::spawn(async move {
            let shaken = timeout(HANDSHAKE_MAX, shake(tcp, tls.as_deref())).await;
            drop(turn);
            match shaken.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                // Nobody takes it only when the server stops.
                Ok((wire, info)) => _ = sender.send(Ok(Connection { wire, info, _place: place })).await,
                Err(error) => tracing::info!(%peer, %error, "a connection is not let in"),
            }
        });
    }
}

async fn shake(tcp: TcpStream, tls: Option<&Tls>) -> io::Result<(Box<dyn Wire>, TcpConnectInfo)> {
    // Without it, every answer waits for the peer's delayed acknowledgement.
    tcp.set_nodelay(true)?;
    let info = tcp.connect_info();
    match tls {
        None => Ok((Box::new(tcp), info)),
        Some(tls) => Ok((Box::new(TlsAcceptor::from(tls.grpc_server()).accept(tcp).await?), info)),
    }
}

impl Connected for Connection {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.info.clone()
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.wire.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_does_not_take_the_places_of_the_others() {
        let most = ConnectionsMax { per_client: 2, in_total: 3 };
        let connections = Arc::new(Connections { most, by_client: Mutex::default() });
        let take = |address: &str| connections.take(address.parse().unwrap());
        let first = take("192.0.2.1").unwrap();
        let _second = take("::ffff:192.0.2.1").unwrap();
        assert!(take("192.0.2.1").is_none());
        let _third = take("192.0.2.2").unwrap();
        assert!(take("192.0.2.3").is_none(), "there is no place at all");
        drop(first);
        let _fourth = take("192.0.2.1").unwrap();
        assert_eq!(connections.counts().0, 3);
    }
}
