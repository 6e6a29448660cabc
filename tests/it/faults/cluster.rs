//! The suite as it runs on a cluster: a process for each service, two for some, beside Postgres and NATS.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use stories::{nats::Nats, postgres};
use tokio::net::TcpStream;

use super::proxy::{self, Cuts};
use crate::process::fazhi;

/// The services with how many processes each.
pub(super) const PARTS: [(&str, usize); 6] = [
    ("powerlist", 1),
    ("enforcement", 2),
    ("complaints", 2),
    ("reconsideration", 1),
    ("disclosure", 1),
    ("projection", 1),
];
/// How long a process may take until it answers.
const READY_MAX: Duration = Duration::from_secs(60);

/// A process of a service.
pub(super) struct Member {
    pub(super) service: &'static str,
    port: u16,
    http: u16,
    child: Mutex<Option<Child>>,
}

/// All of them.
pub(super) struct Cluster {
    pub(super) members: Vec<Member>,
    /// Where each service is reached.
    pub(super) wires: BTreeMap<&'static str, SocketAddr>,
    pub(super) cuts: Arc<Cuts>,
    pub(super) nats: Mutex<Nats>,
    pub(super) postgres: Mutex<postgres::Server>,
    pub(super) database: String,
    pub(super) data: PathBuf,
    nats_wire: SocketAddr,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cluster {
    pub(super) async fn start(postgres: postgres::Server, database: String, data: &Path) -> Self {
        let cuts: Arc<Cuts> = Arc::default();
        let nats = Nats::start(&data.join("nats"));
        let at = nats.url().trim_start_matches("nats://").parse().expect("an address");
        let nats_wire = proxy::wire(vec![at], cuts.clone()).await;
        let (mut members, mut wires) = (Vec::new(), BTreeMap::new());
        for (service, processes) in PARTS {
            let mut targets = Vec::new();
            for _ in 0..processes {
                let (port, http) = (free_port(), free_port());
                targets.push(SocketAddr::from(([127, 0, 0, 1], port)));
                members.push(Member { service, port, http, child: Mutex::default() });
            }
            wires.insert(service, proxy::wire(targets, cuts.clone()).await);
        }
        let (nats, postgres, data) = (Mutex::new(nats), Mutex::new(postgres), data.to_owned());
        let cluster = Self { members, wires, cuts, nats, postgres, database, data, nats_wire };
        for member in &cluster.members {
            cluster.begin(member);
        }
        for member in &cluster.members {
            assert!(cluster.ready(member).await, "{} does not answer", member.service);
        }
        cluster
    }

    /// Starts a process of a service.
    pub(super) fn begin(&self, member: &Member) {
        let mut command = fazhi(&["serve", member.service, "--log", "warn"]);
        command.arg("--data").arg(&self.data).args(["--database-url", &self.database]);
        command.args([
            "--grpc",
            &format!("127.0.0.1:{}", member.port),
            "--http",
            &format!("127.0.0.1:{}", member.http),
        ]);
        command.args(["--nats", &format!("nats://{}", self.nats_wire)]);
        for (service, at) in self.wires.iter().filter(|(service, _)| **service != member.service) {
            command.args(["--peer", &format!("{service}=http://{at}")]);
        }
        let log = std::fs::File::options().append(true).create(true).open(self.data.join("processes.log"));
        let log = log.expect("a log");
        let child = command.stdout(Stdio::null()).stderr(log).spawn().expect("the program starts");
        *lock(&member.child) = Some(child);
    }

    /// Whether it answers before long. One that ended by itself, because the database was not there when it started, is started
    /// again, as whatever watches over processes does.
    pub(super) async fn ready(&self, member: &Member) -> bool {
        let connected = async {
            while TcpStream::connect(("127.0.0.1", member.port)).await.is_err() {
                self.watch(member);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(READY_MAX, connected).await.is_ok()
    }

    fn watch(&self, member: &Member) {
        let ended =
            lock(&member.child).as_mut().is_some_and(|child| child.try_wait().is_ok_and(|ended| ended.is_some()));
        if ended {
            self.begin(member);
        }
    }

    /// Starts those again that ended by themselves.
    pub(super) fn watch_all(&self) {
        self.members.iter().for_each(|member| self.watch(member));
    }

    /// SIGKILL; true once it is gone.
    pub(super) fn kill(&self, member: &Member) -> bool {
        let Some(mut child) = lock(&member.child).take() else { return false };
        child.kill().is_ok() && child.wait().is_ok()
    }

    /// Makes a process stand still, or go on.
    pub(super) fn signal(&self, member: &Member, signal: &str) -> bool {
        let id = lock(&member.child).as_ref().map(|child| child.id().to_string());
        id.is_some_and(|id| std::process::Command::new("kill").args([signal, &id]).status().is_ok_and(|s| s.success()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for member in &self.members {
            // One that stands still cannot die.
            self.signal(member, "-CONT");
            self.kill(member);
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}
