//! The program in a process of its own, and the folders it is measured on.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use futures::{StreamExt as _, stream};
use jiff::Timestamp;
use kernel::{Caller, Role, SystemClock, auth::Issuer};
use ledger::{Append, Clock, Config, Ledger, Origin, Proposal, Record, Url, Write};
use serde_json::value::RawValue;
use tonic::transport::Channel;
use uuid::Uuid;

use crate::rows::{Run, say};

/// The region of the demonstration.
pub const REGION: &str = "230883";
/// Connections of the load generator to one server.
const CONNECTIONS: usize = 4;

/// A process that ends with whoever holds it.
pub struct Process(Child);

impl Process {
    /// Starts it.
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("the program; build it first: make build"))
    }

    /// Sends it a signal, by name.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.0.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{signal} cannot be sent");
    }

    /// Stops it in order.
    pub fn stop(mut self) {
        self.signal("-TERM");
        _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// `fazhi up`, serving.
pub struct Served {
    process: Process,
    /// Address of the pages.
    pub http: String,
    /// Address of gRPC.
    pub grpc: String,
    /// A supervisor's token.
    pub token: String,
    /// From the start of the process to "ready".
    pub ready: Duration,
}

impl Served {
    /// Starts it and waits until it is ready.
    pub fn start(run: &Run, data: &Path, more: &[&str]) -> Self {
        let begin = Instant::now();
        let mut command = Command::new(&run.fazhi);
        command.args(["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log", "off", "--data"]);
        let mut process = Process::start(command.arg(data).args(more).stdout(Stdio::piped()));
        let lines = BufReader::new(process.0.stdout.take().expect("a pipe")).lines();
        let (mut http, mut grpc, mut token) = (String::new(), String::new(), String::new());
        let mut ready = None;
        for line in lines.map_while(Result::ok) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [.., "ready."] => ready = Some(begin.elapsed()),
                ["pages", url] => http = url.trim_end_matches('/').to_owned(),
                ["gRPC", address] => grpc = format!("http://{address}"),
                ["token", text] => token = (*text).to_owned(),
                ["open", ..] => break,
                _ => {}
            }
        }
        Self { process, http, grpc, token, ready: ready.expect("the program is ready") }
    }

    /// Channels for a load.
    pub async fn channels(&self) -> Vec<Channel> {
        channels(&self.grpc).await
    }

    /// Resident memory in MiB.
    pub fn rss_mib(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.0.id())).unwrap_or_default();
        let kib =
            status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        kib.map_or(f64::NAN, |kib| kib / 1024.0)
    }

    /// Stops it in order.
    pub fn stop(self) {
        self.process.stop();
    }
}

/// Connections to an address.
pub async fn channels(address: &str) -> Vec<Channel> {
    let endpoint = Channel::from_shared(address.to_owned()).expect("an address").tcp_nodelay(true);
    let mut channels = Vec::new();
    for _ in 0..CONNECTIONS {
        channels.push(endpoint.connect().await.expect("a connection"));
    }
    channels
}

/// The services, each of which has a ledger.
pub fn services() -> Vec<&'static str> {
    fazhi::services::profiles().iter().map(|profile| profile.service).collect()
}

/// The token of an officer of an agency, as the folder's own issuer signs it.
pub fn officer_token(data: &Path, officer: &str, agency: &str) -> String {
    token(data, officer, Some(agency), Role::Officer)
}

/// The token of somebody who sees everything.
pub fn supervisor_token(data: &Path) -> String {
    token(data, "supervisor", None, Role::Supervisor)
}

fn token(data: &Path, subject: &str, agency: Option<&str>, role: Role) -> String {
    let caller = Caller {
        subject: subject.to_owned(),
        name: subject.to_owned(),
        agency: agency.map(|agency| agency.parse().expect("an agency")),
        region: REGION.parse().expect("a region"),
        roles: BTreeSet::from([role]),
    };
    let issuer = Issuer::open_or_create(&data.join("issuer.pem")).expect("the issuer's key");
    issuer.issue(&caller, &SystemClock, 6 * 3600).expect("a token")
}

/// A folder with a demonstration of so many cases, played by the program itself.
pub fn demo(run: &Run, cases: u32) -> PathBuf {
    let folder = run.folder.join(format!("demo-{cases}"));
    if !folder.exists() {
        say(&format!("playing a demonstration of {cases} cases"));
        Served::start(run, &folder, &["--demo", "--demo-cases", &cases.to_string()]).stop();
    }
    folder
}

/// The enforcement ledger of a folder.
pub fn ledger_of(url: Url) -> Config {
    Config::new("enforcement", REGION, url)
}

/// The clock that a copied event was recorded by.
#[derive(Default)]
pub struct CopyClock(Mutex<Timestamp>);

impl Clock for CopyClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("a clock")
    }
}

/// Copies a demonstration's folder without its cases and views, and fills the copy's ledger with `copies` of each case:
/// every copy with ids of its own, all at the same times. Gives how many events there are.
pub async fn multiply(demo: &Path, folder: &Path, copies: u32) -> u64 {
    _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
    for name in ["digest.key", "issuer.pem", "powerlist.sqlite", "powerlist.sqlite-wal"] {
        if demo.join(name).exists() {
            fs::copy(demo.join(name), folder.join(name)).expect("a copy");
        }
    }
    copy_cases(demo, Url::Sqlite(folder.to_owned()), copies).await
}

/// Fills an empty enforcement ledger with `copies` of every case of a demonstration.
pub async fn copy_cases(demo: &Path, to: Url, copies: u32) -> u64 {
    let source =
        Ledger::open(ledger_of(Url::Sqlite(demo.to_owned())), Arc::new(kernel::SystemClock)).await.expect("the demo");
    let clock = Arc::new(CopyClock::default());
    let target = Ledger::open(ledger_of(to), clock.clone()).await.expect("a new ledger");
    say(&format!("writing {copies} copies of {} events", source.head().size));
    let mut commands: Vec<Vec<Record>> = Vec::new();
    let mut from = 0;
    let mut last = None;
    loop {
        let page = source.log(from, 1000).await.expect("the log");
        let Some(end) = page.last() else { break };
        from = end.log_index + 1;
        for record in page {
            let command = record.envelope().expect("a record").command_id;
            if last.replace(command) != Some(command) {
                commands.push(Vec::new());
            }
            commands.last_mut().expect("a command").push(record);
        }
    }
    source.close().await;
    let appends = commands.iter().flat_map(|records| (0..copies).filter_map(|copy| copied(records, copy)));
    let appended = stream::iter(appends).map(|(at, append)| {
        *clock.0.lock().expect("a clock") = at;
        target.append(append)
    });
    appended.buffered(1024).for_each(|done| async { _ = done.expect("appended") }).await;
    let size = target.head().size;
    target.close().await;
    size
}

/// A command's events for a copy; only copy 0 has what is not a case's.
fn copied(records: &[Record], copy: u32) -> Option<(Timestamp, Append)> {
    let mut writes: Vec<Write> = Vec::new();
    let first = records.first()?.envelope().ok()?;
    for record in records {
        let envelope = record.envelope().ok()?;
        if copy > 0 && !record.stream.starts_with("case/") {
            continue;
        }
        let proposal = Proposal {
            kind: envelope.kind.to_owned(),
            time: envelope.time,
            rules: envelope.rules.iter().map(|r| (*r).to_owned()).collect(),
            data: RawValue::from_string(with_ids_of(envelope.data.get(), copy)).ok()?,
        };
        let stream = with_ids_of(&record.stream, copy);
        match writes.iter_mut().find(|w| w.stream == stream) {
            Some(write) => write.events.push(proposal),
            None => writes.push(Write { stream, expected: record.stream_version - 1, events: vec![proposal] }),
        }
    }
    let append = Append {
        command_id: of_copy(first.command_id, copy),
        command_digest: [7; 32],
        origin: Origin {
            actor: first.actor.to_owned(),
            agency: first.agency.to_owned(),
            region: first.region.to_owned(),
            correlation_id: of_copy(first.correlation_id, copy),
            causation_id: None,
            traceparent: None,
        },
        writes,
    };
    (!append.writes.is_empty()).then_some((first.recorded_time, append))
}

fn of_copy(id: Uuid, copy: u32) -> Uuid {
    Uuid::from_u128(id.as_u128() ^ (u128::from(copy) << 96))
}

/// The text with every UUID in it replaced by the copy's.
fn with_ids_of(text: &str, copy: u32) -> String {
    const LENGTH: usize = 36;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // A UUID's first hyphen is its ninth character.
    while let Some(hyphen) = rest.find('-') {
        let start = hyphen.wrapping_sub(8);
        let id = rest.get(start..start.wrapping_add(LENGTH)).and_then(|id| Uuid::try_parse(id).ok());
        let end = match id {
            Some(id) => {
                out.push_str(&rest[..start]);
                out.push_str(&of_copy(id, copy).to_string());
                start + LENGTH
            }
            None => {
                out.push_str(&rest[..=hyphen]);
                hyphen + 1
            }
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
