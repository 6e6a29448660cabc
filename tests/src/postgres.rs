//! A private Postgres for tests: its own cluster in a temporary folder, reached by Unix socket unless told otherwise, durable as in
//! earnest, gone with the process that started it.
//!
//! One server is shared by all tests of a process; each test gets a database of its own from [`database`].

use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const MISSING: &str = "Postgres is not installed here: neither initdb in PATH nor /usr/lib/postgresql/*/bin/initdb. \
     Run `make setup`, which installs it.";

/// Runs the server and, when its own input ends, kills it and removes the folder: whatever ends the test process, even
/// SIGKILL, closes that pipe. The word `keep` on the input stops the server, but keeps the folder.
const SUPERVISOR: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c max_connections=400 >>"$2/log" 2>&1 &
server=$!
word=
read -r word
kill -QUIT "$server"
wait "$server"
[ "$word" = keep ] || rm -rf "$2"
"#;

/// A new, empty database on the server shared by this process, as a `postgres://` URL.
///
/// # Panics
/// If Postgres is missing or does not start: a test without it must fail, not pass.
pub fn database() -> String {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(Server::start).database()
}

/// A private server. Dropping it kills it and removes its files.
pub struct Server {
    bin: PathBuf,
    folder: PathBuf,
    /// Postgres refuses to run as root; then it runs as this user.
    user: Option<(u32, u32)>,
    supervisor: Option<Child>,
    databases: AtomicU32,
    port: u16,
}

impl Server {
    /// Makes a cluster and starts it.
    ///
    /// # Panics
    /// If Postgres is missing or does not start.
    pub fn start() -> Self {
        Self::start_with(5432, |_| "listen_addresses = ''\n".to_owned())
    }

    /// The same, reached over TLS as well, from this machine and with a certificate of the same authority alone: `folder` has
    /// `ca.pem`, `cert.pem` and `key.pem`.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start_secured(folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a port").port();
        Self::start_with(port, |data| {
            for file in ["ca.pem", "cert.pem", "key.pem"] {
                std::fs::copy(folder.join(file), data.join(file)).expect("copied");
            }
            let access = "local all all trust\nhostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n";
            std::fs::write(data.join("pg_hba.conf"), access).expect("written");
            format!(
                "listen_addresses = '127.0.0.1'\nport = {port}\nssl = on\n\
                 ssl_ca_file = 'ca.pem'\nssl_cert_file = 'cert.pem'\nssl_key_file = 'key.pem'\n"
            )
        })
    }

    fn start_with(port: u16, configure: impl FnOnce(&Path) -> String) -> Self {
        let bin = bin_folder().expect(MISSING);
        let folder = tempfile::Builder::new().prefix("fazhi-pg-").tempdir().expect("a temporary folder").keep();
        let user = unprivileged_user(&folder);
        if let Some((user, group)) = user {
            chown(&folder, Some(user), Some(group)).expect("the folder given to the Postgres user");
        }
        let mut server = Self { bin, folder, user, supervisor: None, databases: AtomicU32::new(0), port };
        let data = server.folder.join("data");
        // Only making the cluster goes without fsync; the server itself runs with it.
        let mut initdb = server.command("initdb");
        initdb.args(["--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
        run(initdb.arg("--pgdata").arg(&data));
        let settings = configure(&data);
        let path = data.join("postgresql.conf");
        let all = std::fs::read_to_string(&path).expect("the settings of initdb") + &settings;
        std::fs::write(&path, all).expect("settings");
        if let Some((user, group)) = server.user {
            for file in std::fs::read_dir(&data).expect("the cluster").flatten() {
                chown(file.path(), Some(user), Some(group)).expect("a file given to the Postgres user");
            }
        }
        server.resume();
        server
    }

    /// Kills the server as a power cut would, keeping its files.
    pub fn stop(&mut self) {
        self.end(b"keep\n");
    }

    /// Starts a stopped server again, on the same files and the same URLs.
    ///
    /// # Panics
    /// If it does not start within half a minute.
    pub fn resume(&mut self) {
        let mut supervisor = self.as_user(Command::new("sh"));
        supervisor.args(["-c", SUPERVISOR, "sh"]).arg(&self.bin).arg(&self.folder);
        supervisor.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        self.supervisor = Some(supervisor.spawn().expect("a shell"));
        let deadline = Instant::now() + Duration::from_secs(30);
        while !self.is_ready() {
            if Instant::now() > deadline {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                panic!("Postgres did not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// A new, empty database, as a `postgres://` URL.
    ///
    /// # Panics
    /// If the server refuses.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        run(self.command("createdb").arg("--username=postgres").arg("--host").arg(&self.folder).arg(&name));
        format!("postgres://postgres@localhost/{name}?host={}&port={}", self.folder.display(), self.port)
    }

    /// A new, empty database on a server that was started with certificates, as a URL to which its settings of TLS are added.
    ///
    /// # Panics
    /// If the server refuses.
    pub fn database_over_tcp(&self) -> String {
        let url = self.database();
        let name = url.split(['/', '?']).nth(3).expect("a name");
        format!("postgres://postgres@localhost:{}/{name}", self.port)
    }

    fn is_ready(&self) -> bool {
        let mut ready = self.command("pg_isready");
        ready.arg("--quiet").arg("--host").arg(&self.folder);
        ready.status().is_ok_and(|status| status.success())
    }

    fn command(&self, program: &str) -> Command {
        self.as_user(Command::new(self.bin.join(program)))
    }

    fn as_user(&self, mut command: Command) -> Command {
        // Not the caller's folder: the user may have no right to enter it.
        command.current_dir(&self.folder).env("PGPORT", self.port.to_string());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn end(&mut self, word: &[u8]) {
        if let Some(mut supervisor) = self.supervisor.take() {
            if let Some(mut input) = supervisor.stdin.take() {
                _ = input.write_all(word);
            }
            _ = supervisor.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end(b"");
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Where the server's programs are: not in PATH on Debian, and initdb may be a link to there.
fn bin_folder() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).map(|folder| folder.join("initdb"));
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = versions.map(|version| version.path().join("bin/initdb"));
    let initdb = in_path.chain(packaged).find_map(|initdb| initdb.canonicalize().ok())?;
    initdb.parent().filter(|bin| bin.join("postgres").exists()).map(Path::to_owned)
}

/// The user to run as if this process is root, told by who owns what it makes.
fn unprivileged_user(made: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    if made.metadata().is_ok_and(|made| made.uid() != 0) {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        let line = users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let mut fields = line.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    find("postgres").or_else(|| find("nobody"))
}
