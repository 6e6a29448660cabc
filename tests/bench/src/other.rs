//! Other servers in processes of their own: a plain gRPC echo, and UmaDB.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tonic::{Request, Response, Status, transport::Server};
use umadb_client::{AsyncUmaDbClient, UmaDbClient};
use umadb_dcb::{DcbAppendCondition, DcbEvent, DcbEventStoreAsync as _, DcbQuery, DcbQueryItem};

use crate::{
    load::{Load, closed},
    rows::Run,
    served::channels,
    workload::{event, place},
};

/// The generated echo service.
pub mod wire {
    tonic::include_proto!("bench.echo.v1");
}

/// Bytes of an echo: about those of a command.
const ECHO_BYTES: usize = 300;

/// A server that this program runs as a second process of itself.
pub struct Other {
    child: Child,
    address: String,
}

impl Other {
    /// Starts it.
    pub fn start(run: &Run, what: &str) -> Self {
        // Free now; nobody else on this machine asks for ports during a run.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let address = format!("127.0.0.1:{port}");
        let program = std::env::current_exe().expect("this program");
        let child =
            Command::new(program).args(["serve", what, &address]).arg(run.fresh(what)).spawn().expect("a server");
        for _ in 0..200 {
            if std::net::TcpStream::connect(&address).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        Self { child, address: format!("http://{address}") }
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Gives back what it gets.
struct Echoing;

#[tonic::async_trait]
impl wire::echo_server::Echo for Echoing {
    async fn echo(&self, request: Request<wire::Payload>) -> Result<Response<wire::Payload>, Status> {
        Ok(Response::new(request.into_inner()))
    }
}

/// Serves until it is killed.
pub async fn serve(what: &str, address: &str, folder: &Path) {
    match what {
        "echo" => {
            let service = wire::echo_server::EchoServer::new(Echoing);
            let address = address.parse().expect("an address");
            Server::builder().tcp_nodelay(true).add_service(service).serve(address).await.expect("served");
        }
        _ => {
            let options = umadb_server::ServerOptions {
                listen_addr: address.to_owned(),
                tls: None,
                api_key: None,
                storage: umadb_server::StorageOptions::default().db_path(folder.join("uma.db")),
            };
            let (_stop, stopped) = tokio::sync::oneshot::channel();
            umadb_server::start_server_with_options(options, stopped).await.expect("served");
        }
    }
}

/// Unary echoes.
pub async fn echo(server: &Other, callers: usize, time: Duration) -> Load {
    let channels = channels(&server.address).await;
    closed(callers, time, move |caller, _| {
        let mut client = wire::echo_client::EchoClient::new(channels[caller % channels.len()].clone());
        async move { _ = client.echo(wire::Payload { bytes: vec![7; ECHO_BYTES] }).await.expect("an echo") }
    })
    .await
}

/// Appends on the condition that nobody has appended to the case since.
pub async fn umadb(server: &Other, callers: usize, time: Duration) -> Load {
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(UmaDbClient::new(server.address.clone()).connect_async().await.expect("a connection"));
    }
    let clients: Arc<Vec<AsyncUmaDbClient>> = Arc::new(clients);
    // Cases of this load, so that rounds do not meet.
    let load = uuid::Uuid::now_v7();
    let last: Arc<Vec<AtomicU64>> = Arc::new((0..callers).map(|_| AtomicU64::new(0)).collect());
    closed(callers, time, move |caller, n| {
        let (clients, last) = (clients.clone(), last.clone());
        async move {
            let case = format!("{load}/{}", place(caller, n).0);
            let known = match last[caller].load(Ordering::Relaxed) {
                0 => None,
                position => Some(position),
            };
            let query = DcbQuery::new().item(DcbQueryItem::new().tags([case.as_str()]));
            let made = DcbEvent::default()
                .event_type("RecordMade")
                .tags([case.as_str()])
                .data(event(n).as_bytes())
                .uuid(uuid::Uuid::new_v4());
            let condition = DcbAppendCondition::new(query).after(known);
            let position =
                clients[caller % clients.len()].append(vec![made], Some(condition), None).await.expect("appended");
            last[caller].store(position, Ordering::Relaxed);
        }
    })
    .await
}
