//! Connections of others, let in when their certificate holds.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::{Connected, TcpConnectInfo};

use super::Tls;

/// Longest time for a handshake.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);
/// Handshakes at once; who comes after them waits in the listener's queue.
const HANDSHAKES_MAX: usize = 256;
/// What cannot be accepted now (no file descriptor is left) may be in a moment.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection whose other end has shown its certificate.
pub(crate) struct Secured(TlsStream<TcpStream>);

/// The connections that come in, each after its handshake; nobody waits for the handshake of another. Ends when it is dropped.
pub(crate) fn incoming(listener: TcpListener, tls: Arc<Tls>) -> ReceiverStream<io::Result<Secured>> {
    let (sender, receiver) = mpsc::channel(HANDSHAKES_MAX);
    tokio::spawn(async move {
        tokio::select! {
            () = accept(listener, tls, sender.clone()) => {}
            () = sender.closed() => {}
        }
    });
    ReceiverStream::new(receiver)
}

async fn accept(listener: TcpListener, tls: Arc<Tls>, sender: mpsc::Sender<io::Result<Secured>>) {
    let places = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let (tcp, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (tls, sender) = (tls.clone(), sender.clone());
        tokio::spawn(async move {
            let handshake = async {
                tcp.set_nodelay(true)?;
                TlsAcceptor::from(tls.grpc_server()).accept(tcp).await
            };
            let shaken = timeout(HANDSHAKE_MAX, handshake).await;
            drop(place);
            match shaken.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                // Nobody takes it only when the server stops.
                Ok(stream) => _ = sender.send(Ok(Secured(stream))).await,
                Err(error) => tracing::info!(%peer, %error, "a connection is not let in"),
            }
        });
    }
}

impl Connected for Secured {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.0.get_ref().0.connect_info()
    }
}

impl AsyncRead for Secured {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Secured {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
