//! A private NATS server for tests: on a free port, with a store of its own, durable as in earnest, gone with the process that
//! started it.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const MISSING: &str = "the NATS server is not here: run `make setup`, which brings it into target/nats";

/// Runs the server and, when its own input ends, kills it: whatever ends the test process, even SIGKILL, closes that pipe.
const SUPERVISOR: &str = r#"
"$1" -c "$2" >>"$3" 2>&1 &
server=$!
read -r word
kill -KILL "$server"
wait "$server"
"#;

/// A private server. Dropping it kills it; its files stay in the folder that it was given.
pub struct Nats {
    folder: PathBuf,
    port: u16,
    supervisor: Option<Child>,
}

impl Nats {
    /// Starts a server that keeps its streams in `folder`.
    ///
    /// # Panics
    /// If the server is missing or does not start: a test without it must fail, not pass.
    pub fn start(folder: &Path) -> Self {
        Self::with(folder, "")
    }

    /// Starts servers that keep their streams together, in folders of their own.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub fn cluster(folder: &Path, servers: usize) -> Vec<Self> {
        let ports: Vec<u16> = (0..servers).map(|_| free_port()).collect();
        let routes: Vec<String> = ports.iter().map(|port| format!("nats://127.0.0.1:{port}")).collect();
        let routes = routes.join(", ");
        let server = |(nth, port): (usize, &u16)| {
            let cluster = format!(
                "server_name: n{nth}\ncluster {{ name: trial, listen: \"127.0.0.1:{port}\", routes: [{routes}] }}\n"
            );
            Self::with(&folder.join(nth.to_string()), &cluster)
        };
        ports.iter().enumerate().map(server).collect()
    }

    fn with(folder: &Path, more: &str) -> Self {
        let port = free_port();
        std::fs::create_dir_all(folder).expect("a folder");
        let mut server = Self { folder: folder.to_owned(), port, supervisor: None };
        let config = format!(
            "listen: \"127.0.0.1:{port}\"\nmax_payload: 2MB\njetstream {{ store_dir: {:?}, sync_interval: always }}\n{more}",
            folder.join("store")
        );
        std::fs::write(folder.join("nats.conf"), config).expect("a settings file");
        server.resume();
        server
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Kills the server as a power cut would, keeping its files.
    pub fn kill(&mut self) {
        if let Some(mut supervisor) = self.supervisor.take() {
            drop(supervisor.stdin.take());
            _ = supervisor.wait();
        }
    }

    /// Removes everything that the killed server kept.
    ///
    /// # Panics
    /// If the files cannot be removed.
    pub fn wipe(&self) {
        std::fs::remove_dir_all(self.folder.join("store")).expect("the store is removed");
    }

    /// Starts a killed server again, at the same address.
    ///
    /// # Panics
    /// If it does not start within half a minute.
    pub fn resume(&mut self) {
        let log = self.folder.join("log");
        let mut supervisor = Command::new("sh");
        supervisor.args(["-c", SUPERVISOR, "sh"]).arg(binary()).arg(self.folder.join("nats.conf")).arg(&log);
        supervisor.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        self.supervisor = Some(supervisor.spawn().expect("a shell"));
        let deadline = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if Instant::now() > deadline {
                panic!("NATS did not start:\n{}", std::fs::read_to_string(&log).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Taken and given back: of two that ask the system at once, each gets another.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

/// Where the set-up has put the server.
fn binary() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository");
    let binary = root.join("target/nats/bin/nats-server");
    assert!(binary.exists(), "{MISSING}");
    binary
}
