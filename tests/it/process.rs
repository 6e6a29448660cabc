//! The real program in a process of its own.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

/// The program with its first arguments, out of reach of the settings of whoever runs the tests.
pub(crate) fn fazhi(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suite"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FAZHI_") || name.starts_with("OTEL_")) {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    fazhi(arguments).output().expect("the program runs")
}

/// Asserts that it failed with this code and one line on standard error; answers the line.
#[track_caller]
pub(crate) fn one_line(output: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.starts_with("fazhi: "), "{said}");
    said.trim_end().to_owned()
}

/// A program that serves.
pub(crate) struct Serving {
    child: Child,
    said: Arc<Mutex<String>>,
    pub(crate) grpc: SocketAddr,
    pub(crate) http: SocketAddr,
}

impl Serving {
    /// Starts `fazhi up` on a data folder and waits until it says that it is ready.
    ///
    /// # Panics
    /// When it ends instead.
    pub(crate) fn start(data: &Path, database_url: Option<&str>) -> Self {
        let mut command = fazhi(&["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log", "off"]);
        command.arg("--data").arg(data);
        if let Some(url) = database_url {
            command.args(["--database-url", url]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (mut grpc, mut http) = (None, None);
        for line in lines.by_ref().map_while(Result::ok) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["gRPC", address] => grpc = address.parse().ok(),
                ["pages", url] => http = url.trim_start_matches("http://").trim_end_matches('/').parse().ok(),
                ["open", ..] => break,
                _ => {}
            }
        }
        let (Some(grpc), Some(http)) = (grpc, http) else {
            let mut said = String::new();
            _ = child.stderr.take().expect("a pipe").read_to_string(&mut said);
            panic!("the program ended: {said}");
        };
        let errors = BufReader::new(child.stderr.take().expect("a pipe"));
        let said = Arc::<Mutex<String>>::default();
        let heard = said.clone();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                *heard.lock().unwrap_or_else(PoisonError::into_inner) += &(line + "\n");
            }
        });
        Self { child, said, grpc, http }
    }

    /// What it has said on standard error, where its log does not go: whatever went wrong unforeseen.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Begins to look for the most memory that it holds, from what it holds now.
    pub(crate) fn watch_memory(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").expect("a process of ours");
    }

    /// KiB of memory that it has held at most since then.
    pub(crate) fn memory_kib_max(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak.and_then(|kib| kib.parse().ok()).expect("a number")
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// SIGTERM, and the end that follows.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // A test that failed leaves no process behind.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
