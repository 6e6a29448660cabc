//! The suite as it runs on a cluster: a process for each service, two for some, beside Postgres and NATS.

mod proxy;

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

use self::proxy::Cuts;
use crate::process::fazhi;

/// The services, each in processes of its own.
pub(crate) const SERVICES: [&str; 5] = ["powerlist", "enforcement", "complaints", "reconsideration", "disclosure"];
/// The views, in one more.
pub(crate) const VIEWS: &str = "projection";
/// How long a process may take until it answers.
const READY_MAX: Duration = Duration::from_secs(60);

/// A process of a service.
pub(crate) struct Member {
    pub(crate) service: &'static str,
    port: u16,
    http: u16,
    /// Where its figures are read.
    pub(crate) metrics: SocketAddr,
    child: Mutex<Option<Child>>,
}

/// All of them.
pub(crate) struct Cluster {
    pub(crate) members: Vec<Member>,
    /// Where each service is reached.
    pub(crate) wires: BTreeMap<&'static str, SocketAddr>,
    pub(crate) cuts: Arc<Cuts>,
    pub(crate) nats: Mutex<Nats>,
    pub(crate) postgres: Mutex<postgres::Server>,
    pub(crate) database: String,
    pub(crate) data: PathBuf,
    nats_wire: SocketAddr,
    /// What is said to every process besides.
    more: Vec<String>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cluster {
    /// Starts two processes of each of these services, one of every other, and says `more` to all of them.
    pub(crate) async fn start(
        postgres: postgres::Server,
        database: String,
        data: &Path,
        two_of: &[&str],
        more: &[&str],
    ) -> Self {
        let cuts: Arc<Cuts> = Arc::default();
        let nats = Nats::start(&data.join("nats"));
        let at = nats.url().trim_start_matches("nats://").parse().expect("an address");
        let nats_wire = proxy::wire(vec![at], cuts.clone()).await;
        let (mut members, mut wires) = (Vec::new(), BTreeMap::new());
        for service in SERVICES.into_iter().chain([VIEWS]) {
            let mut targets = Vec::new();
            for _ in 0..if two_of.contains(&service) { 2 } else { 1 } {
                let (port, http) = (free_port(), free_port());
                let metrics = SocketAddr::from(([127, 0, 0, 1], free_port()));
                targets.push(SocketAddr::from(([127, 0, 0, 1], port)));
                members.push(Member { service, port, http, metrics, child: Mutex::default() });
            }
            wires.insert(service, proxy::wire(targets, cuts.clone()).await);
        }
        let (nats, postgres, data) = (Mutex::new(nats), Mutex::new(postgres), data.to_owned());
        let more = more.iter().map(|word| (*word).to_owned()).collect();
        let cluster = Self { members, wires, cuts, nats, postgres, database, data, nats_wire, more };
        for member in &cluster.members {
            cluster.begin(member);
        }
        for member in &cluster.members {
            assert!(cluster.ready(member).await, "{} does not answer", member.service);
        }
        cluster
    }

    /// Starts a process of a service.
    pub(crate) fn begin(&self, member: &Member) {
        let mut command = fazhi(&["serve", member.service, "--metrics", &member.metrics.to_string()]);
        command.args(&self.more);
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
    pub(crate) async fn ready(&self, member: &Member) -> bool {
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
    pub(crate) fn watch_all(&self) {
        self.members.iter().for_each(|member| self.watch(member));
    }

    /// SIGTERM to all of them, and their end.
    pub(crate) fn stop(&self) {
        for member in &self.members {
            assert!(self.signal(member, "-TERM"), "{} is there", member.service);
        }
        for member in &self.members {
            let mut child = lock(&member.child).take().expect("it was there");
            let ended = child.wait().expect("it ends");
            assert!(ended.success(), "{}: {ended}", member.service);
        }
    }

    /// SIGKILL; true once it is gone.
    pub(crate) fn kill(&self, member: &Member) -> bool {
        let Some(mut child) = lock(&member.child).take() else { return false };
        child.kill().is_ok() && child.wait().is_ok()
    }

    /// Makes a process stand still, or go on.
    pub(crate) fn signal(&self, member: &Member, signal: &str) -> bool {
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
