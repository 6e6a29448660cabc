//! A wire between processes that can be cut, each way for itself.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
};

/// How often a cut wire is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What is cut.
#[derive(Default)]
pub(crate) struct Cuts {
    /// What goes to the server.
    pub(crate) out: AtomicBool,
    /// What comes back.
    pub(crate) back: AtomicBool,
}

/// Listens on a port of its own and forwards to the first of these that takes a connection.
pub(crate) async fn wire(targets: Vec<SocketAddr>, cuts: Arc<Cuts>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let mut turn = 0_usize;
        while let Ok((client, _)) = listener.accept().await {
            turn += 1;
            let (targets, cuts) = (targets.clone(), cuts.clone());
            tokio::spawn(async move {
                let Some(server) = connect(&targets, turn).await else { return };
                _ = client.set_nodelay(true);
                _ = server.set_nodelay(true);
                let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                tokio::select! {
                    () = carry(from_client, to_server, &cuts.out) => {}
                    () = carry(from_server, to_client, &cuts.back) => {}
                }
            });
        }
    });
    address
}

/// By turns, so that several processes of a service share the load.
async fn connect(targets: &[SocketAddr], turn: usize) -> Option<TcpStream> {
    for at in 0..targets.len() {
        if let Ok(stream) = TcpStream::connect(targets[(turn + at) % targets.len()]).await {
            return Some(stream);
        }
    }
    None
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, cut: &AtomicBool) {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let Ok(read) = from.read(&mut bytes).await else { return };
        // A cut wire holds back what is on it; the ends hear nothing of it.
        while cut.load(Ordering::Relaxed) {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        if read == 0 || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}
