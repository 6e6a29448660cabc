//! The suite as a process for each service, beside NATS.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use async_nats::jetstream;
use stories::nats::Nats;
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};
use tonic::transport::Channel;

use crate::{
    rows::Run,
    served::{Process, channels, services},
};

/// The service with the cases.
const CASES: &str = "enforcement";
/// The views and pages, as a part that is served.
const VIEWS: &str = "projection";
/// Between two looks at what is waited for.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a process may take until it answers.
const READY_MAX: Duration = Duration::from_secs(60);

/// `fazhi serve` for every service and the views, over one database and one NATS server.
pub struct Apart {
    /// How events travel.
    pub nats: Nats,
    fazhi: PathBuf,
    data: PathBuf,
    database: String,
    addresses: BTreeMap<&'static str, SocketAddr>,
    running: BTreeMap<&'static str, Process>,
}

impl Apart {
    /// Starts them and waits until all answer.
    pub async fn start(run: &Run, data: &Path, database: &str) -> Self {
        let nats = Nats::start(&run.fresh("nats"));
        let names: Vec<&'static str> = services().into_iter().chain([VIEWS]).collect();
        // Held until each has its own.
        let taken: Vec<TcpListener> =
            names.iter().map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
        let addresses = names.iter().zip(&taken).map(|(name, held)| (*name, held.local_addr().expect("an address")));
        let addresses = addresses.collect();
        drop(taken);
        let (fazhi, data, database) = (run.fazhi.clone(), data.to_owned(), database.to_owned());
        let mut apart = Self { nats, fazhi, data, database, addresses, running: BTreeMap::new() };
        for name in &names {
            apart.begin(name);
        }
        for name in &names {
            apart.answers(name).await;
        }
        apart
    }

    /// Starts the process of a service.
    fn begin(&mut self, service: &'static str) {
        let mut command = Command::new(&self.fazhi);
        command.args(["serve", service, "--log", "off", "--http", "127.0.0.1:0"]);
        command.arg("--data").arg(&self.data).args(["--database-url", &self.database, "--nats", &self.nats.url()]);
        command.args(["--grpc", &self.addresses[service].to_string()]);
        for (other, at) in self.addresses.iter().filter(|(other, _)| **other != service) {
            command.args(["--peer", &format!("{other}=http://{at}")]);
        }
        self.running.insert(service, Process::start(command.stdout(Stdio::null())));
    }

    async fn answers(&self, service: &str) {
        let answers = async {
            while TcpStream::connect(self.addresses[service]).await.is_err() {
                sleep(LOOK_EVERY).await;
            }
        };
        timeout(READY_MAX, answers).await.unwrap_or_else(|_| panic!("{service} does not answer"));
    }

    /// Ends the process of the views.
    pub fn end_views(&mut self) {
        if let Some(views) = self.running.remove(VIEWS) {
            views.stop();
        }
    }

    /// Starts it again.
    pub fn begin_views(&mut self) {
        self.begin(VIEWS);
    }

    /// Makes the process with the cases stand still, or go on.
    pub fn pause_cases(&self, paused: bool) {
        self.running[CASES].signal(if paused { "-STOP" } else { "-CONT" });
    }

    /// Channels to the cases for a load.
    pub async fn cases(&self) -> Vec<Channel> {
        channels(&self.url(CASES)).await
    }

    /// Channels to the views.
    pub async fn views(&self) -> Vec<Channel> {
        self.answers(VIEWS).await;
        channels(&self.url(VIEWS)).await
    }

    fn url(&self, service: &str) -> String {
        format!("http://{}", self.addresses[service])
    }

    /// Waits until NATS has taken so many events since its store was new.
    pub async fn published(&self, events: u64) {
        let context = jetstream::new(async_nats::connect(self.nats.url()).await.expect("a connection"));
        loop {
            let mut taken = 0;
            for service in services() {
                // There is none until the relay has made it.
                if let Ok(stream) = context.get_stream(format!("FAZHI_{service}")).await {
                    taken += stream.cached_info().state.last_sequence;
                }
            }
            if taken >= events {
                break;
            }
            sleep(LOOK_EVERY).await;
        }
    }
}
