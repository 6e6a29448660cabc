//! The real program in a process of its own.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
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
        Self { child, grpc, http }
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
