//! `command_grpc_64` and `visible_p99`: decided commands over gRPC.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use ledger::{Ledger, Url};
use proto::{
    common::v1::{CommandMeta, Mode},
    enforcement::v1::{self as wire, enforcement_client::EnforcementClient},
    projection::v1::{GetCaseRequest, Seen, query_service_client::QueryServiceClient},
};
use serde_json::Value;
use stories::suite::copy_folder;
use tokio::sync::Mutex;
use tonic::{Code, Request, transport::Channel};
use uuid::Uuid;

use super::{Run, say};
use crate::{
    load::{Load, closed, histogram, p99_ms, record},
    other::{Other, echo, umadb},
    report::{Goal, OURS, Round, Row},
    served::{Served, demo, ledger_of, officer_token},
    workload::STREAM_EVENTS,
};

/// Callers of the load.
const CALLERS: usize = 64;
/// Cases of the demonstration that gives the lists and the matters to file.
pub const CASES: u32 = 40;
/// Commands a second while visibility is measured.
const VISIBLE_RATE: u32 = 500;
/// When all acts of the load happen: the demonstration's last afternoon.
const AT: i64 = 1_782_810_000;

/// A matter that can be filed, as the demonstration has filed one like it.
#[derive(Clone)]
struct Matter {
    filing: wire::FileCaseRequest,
    token: String,
}

/// Where a load is sent.
pub struct Doors {
    /// Connections to the cases.
    pub cases: Vec<Channel>,
    /// Connections to the views.
    pub views: Vec<Channel>,
    /// Handling where the clock is the demonstration's, which stands on the day of the load; elsewhere reporting.
    pub mode: Mode,
}

impl Doors {
    /// Of a served demonstration.
    async fn of(served: &Served) -> Self {
        let channels = served.channels().await;
        Self { cases: channels.clone(), views: channels, mode: Mode::Handling }
    }
}

/// What the load sends to one suite.
pub struct Work {
    matters: Vec<Matter>,
    doors: Doors,
    object: wire::ObjectRef,
    /// Each caller's present case.
    cases: Vec<Mutex<String>>,
    /// Commands that were asked for again after a conflict.
    retried: AtomicU64,
}

fn meta(mode: Mode) -> Option<CommandMeta> {
    Some(CommandMeta {
        command_id: Uuid::now_v7().to_string(),
        at: Some(prost_types::Timestamp { seconds: AT, nanos: 0 }),
        mode: mode.into(),
        ..CommandMeta::default()
    })
}

fn with_token<T>(message: T, token: &str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header value"));
    request
}

impl Work {
    /// Looks up what can be filed, and tries each.
    pub async fn prepare(doors: Doors, data: &Path, demo: &Path) -> Arc<Self> {
        let mut matters = Vec::new();
        let mut object = wire::ObjectRef::default();
        let mut refused = String::from("none");
        for matter in matters_of(data, demo).await {
            let mut client = EnforcementClient::new(doors.cases[0].clone());
            let meta = meta(doors.mode);
            let filing = wire::FileCaseRequest { meta, case_id: Uuid::now_v7().to_string(), ..matter.filing.clone() };
            let filed = client.file_case(with_token(filing, &matter.token)).await;
            if let Err(status) = &filed {
                refused = status.message().to_owned();
            } else {
                if object.sha256.is_empty() {
                    let part = wire::PutObjectRequest { chunk: b"bench".to_vec(), media_type: "text/plain".to_owned() };
                    let parts = with_token(futures::stream::iter([part]), &matter.token);
                    let put = client.put_object(parts).await.expect("an object").into_inner();
                    object =
                        wire::ObjectRef { sha256: put.sha256, media_type: put.media_type, size_bytes: put.size_bytes };
                }
                matters.push(matter);
            }
        }
        assert!(!matters.is_empty(), "no matter of the demonstration can be filed again; the last refusal: {refused}");
        let cases = (0..CALLERS).map(|_| Mutex::default()).collect();
        Arc::new(Self { matters, doors, object, cases, retried: AtomicU64::new(0) })
    }

    /// The n-th command of a caller: the first of every twenty files a case, the others make records in it. Gives the
    /// case and the log index.
    pub async fn send(&self, caller: usize, n: u64) -> (String, u64) {
        let matter = &self.matters[caller % self.matters.len()];
        let mut client = EnforcementClient::new(self.doors.cases[caller % self.doors.cases.len()].clone());
        let mut case = self.cases[caller].lock().await;
        let meta = meta(self.doors.mode);
        loop {
            let answer = if n.is_multiple_of(STREAM_EVENTS) || case.is_empty() {
                let case_id = Uuid::now_v7().to_string();
                let filing =
                    wire::FileCaseRequest { meta: meta.clone(), case_id: case_id.clone(), ..matter.filing.clone() };
                let answer = client.file_case(with_token(filing, &matter.token)).await;
                answer.map(|a| {
                    *case = case_id;
                    a.into_inner().receipt
                })
            } else {
                let making = wire::MakeRecordRequest {
                    meta: meta.clone(),
                    case_id: case.clone(),
                    stage: wire::RecordStage::Investigation.into(),
                    form: wire::RecordForm::Text.into(),
                    title: format!("现场检查笔录（{n}）"),
                    object: Some(self.object.clone()),
                };
                client.make_record(with_token(making, &matter.token)).await.map(|a| a.into_inner().receipt)
            };
            match answer {
                Ok(receipt) => return (case.clone(), receipt.map_or(0, |r| r.log_index)),
                // Others filed for the same agency at the same moment; the client tries again, and that time counts.
                Err(status) if status.code() == Code::Aborted => _ = self.retried.fetch_add(1, Ordering::Relaxed),
                Err(status) => panic!("{status:?}"),
            }
        }
    }

    /// So many commands of each caller.
    pub async fn burst(self: &Arc<Self>, commands: u64) {
        let mut callers = tokio::task::JoinSet::new();
        for caller in 0..CALLERS {
            let work = self.clone();
            callers.spawn(async move {
                for n in 0..commands {
                    work.send(caller, n).await;
                }
            });
        }
        callers.join_all().await;
    }

    /// A closed load.
    pub async fn load(self: &Arc<Self>, time: Duration) -> Load {
        let work = self.clone();
        let load = closed(CALLERS, time, move |caller, n| {
            let work = work.clone();
            async move { _ = work.send(caller, n).await }
        })
        .await;
        let retried = self.retried.swap(0, Ordering::Relaxed);
        if retried > 0 {
            say(&format!("{retried} commands were asked for again after a conflict"));
        }
        load
    }

    /// Sends at a fixed rate; every tenth command is looked for as soon as it is acknowledged.
    pub async fn visible(self: &Arc<Self>, token: &str, time: Duration) -> Visible {
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / VISIBLE_RATE);
        let end = Instant::now() + time;
        let mut tasks = tokio::task::JoinSet::new();
        let mut sent = 0_u64;
        while Instant::now() < end {
            ticks.tick().await;
            let (work, token) = (self.clone(), token.to_owned());
            let caller = usize::try_from(sent).unwrap_or(0) % CALLERS;
            let n = sent / CALLERS as u64;
            let looks = sent.is_multiple_of(10);
            sent += 1;
            tasks.spawn(async move {
                let begin = Instant::now();
                let (case, log_index) = work.send(caller, n).await;
                if !looks {
                    return None;
                }
                let acknowledged = Instant::now();
                let seen = vec![Seen { source: "enforcement".to_owned(), log_index }];
                let mut views = QueryServiceClient::new(work.doors.views[0].clone());
                let request = GetCaseRequest { case, seen, ..Default::default() };
                let found = views.get_case(with_token(request, &token)).await;
                found.expect("the case").into_inner().case.expect("a case");
                Some((begin.elapsed(), acknowledged.elapsed()))
            });
        }
        let mut visible = Visible { from_command: histogram(), from_answer: histogram() };
        while let Some(done) = tasks.join_next().await {
            if let Some((from_command, from_answer)) = done.expect("a command") {
                record(&mut visible.from_command, from_command);
                record(&mut visible.from_answer, from_answer);
            }
        }
        visible
    }
}

/// Until a case, with what was just recorded of it, is answered by a query.
pub struct Visible {
    /// From sending the command.
    pub from_command: Histogram<u64>,
    /// From its answer.
    pub from_answer: Histogram<u64>,
}

/// The ordinary matters of organisations that a demonstration has filed.
async fn matters_of(data: &Path, demo: &Path) -> Vec<Matter> {
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["enforcement.sqlite", "enforcement.sqlite-wal"] {
        if demo.join(name).exists() {
            std::fs::copy(demo.join(name), copy.path().join(name)).expect("a copy");
        }
    }
    let config = ledger_of(Url::Sqlite(copy.path().to_owned()));
    let ledger = Ledger::open(config, Arc::new(kernel::SystemClock)).await.expect("the demo");
    let mut matters = Vec::new();
    let mut from = 0;
    loop {
        let page = ledger.log(from, 1000).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
        for record in page {
            let envelope = record.envelope().expect("a record");
            if envelope.kind == "enforcement.case.CaseFiled.v1" {
                matters.extend(matter(data, &serde_json::from_str(envelope.data.get()).expect("JSON"), envelope.actor));
            }
        }
    }
    ledger.close().await;
    matters.truncate(64);
    matters
}

fn matter(data: &Path, filed: &Value, actor: &str) -> Option<Matter> {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let (party, violation) = (&filed["party"], &filed["violation"]);
    if filed["procedure"] != "ordinary" || party["kind"] != "legal_person" {
        return None;
    }
    let agency = text(filed, "agency");
    let officers = filed["officers"].as_array()?.iter();
    let officers = officers.map(|o| o.as_str().map_or_else(|| text(o, "officer"), str::to_owned)).collect();
    let filing = wire::FileCaseRequest {
        agency: agency.clone(),
        procedure: wire::Procedure::Ordinary.into(),
        item_code: text(filed, "item"),
        party: Some(wire::Party {
            kind: wire::PartyKind::LegalPerson.into(),
            name: text(party, "name"),
            uscc: text(party, "uscc"),
            ..wire::Party::default()
        }),
        violation: Some(wire::Violation {
            fact: text(violation, "fact"),
            region: text(violation, "region"),
            place: text(violation, "place"),
            from: text(violation, "from"),
            until: text(violation, "until"),
            grave: false,
            discovered: text(violation, "discovered"),
        }),
        source: wire::SourceKind::Inspection.into(),
        approved_by: text(filed, "approved_by"),
        officers,
        ..wire::FileCaseRequest::default()
    };
    Some(Matter { filing, token: officer_token(data, actor, &agency) })
}

/// A served demonstration on an engine: a fresh copy of its folder, or of its cases in Postgres.
pub struct Stage {
    /// The program.
    pub served: Served,
    /// What is sent to it.
    pub work: Arc<Work>,
}

impl Stage {
    /// Starts on SQLite.
    pub async fn embedded(run: &Run) -> Self {
        let demo = demo(run, CASES);
        let data = run.fresh("embedded");
        copy_folder(&demo, &data);
        Self::on(run, data, &demo, &[]).await
    }

    /// Starts on Postgres, where the demonstration is played first.
    pub async fn postgres(run: &Run) -> Self {
        let demo = demo(run, CASES);
        let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
        Self::on(run, run.fresh("on-postgres"), &demo, &["--database-url", &url]).await
    }

    async fn on(run: &Run, data: PathBuf, demo: &Path, more: &[&str]) -> Self {
        let cases = CASES.to_string();
        let served = Served::start(run, &data, &[&["--demo", "--demo-cases", &cases], more].concat());
        let work = Work::prepare(Doors::of(&served).await, &data, demo).await;
        Self { served, work }
    }
}

/// The rows of the commands.
pub async fn commands(run: &Run) -> Vec<Row> {
    let embedded = Stage::embedded(run).await;
    let postgres = Stage::postgres(run).await;
    let echo_server = Other::start(run, "echo");
    let umadb_server = Other::start(run, "umadb");
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for round in 1..=run.rounds {
        say(&format!("commands over gRPC, {CALLERS} callers, round {round}"));
        let time = run.time * 2;
        let echoed = echo(&echo_server, CALLERS, time).await.per_second;
        let own = embedded.work.load(time).await;
        let other = umadb(&umadb_server, CALLERS, time).await.per_second;
        let on_postgres = postgres.work.load(time).await;
        here.push(Round::from([("echo", echoed), ("umadb", other), (OURS, own.per_second)]));
        there.push(Round::from([("echo", echoed), ("umadb", other), (OURS, on_postgres.per_second)]));
    }
    vec![
        Row::of(
            "command_grpc_64",
            "commands/s",
            Some("echo"),
            Some("echo"),
            Some(Goal::RatioAtLeast(0.5)),
            here.clone(),
        ),
        Row::of(
            "command_grpc_64_umadb",
            "commands/s",
            Some("echo"),
            Some("umadb"),
            Some(Goal::RatioAtLeast(1.0)),
            here,
        ),
        Row::of("command_grpc_64_pg", "commands/s", Some("echo"), Some("umadb"), Some(Goal::RatioAtLeast(0.7)), there),
    ]
}

/// Seconds of a million commands on a running server with some folder, in the best of the rounds.
pub async fn cost_per_command(run: &Run, served: &Served, data: &Path) -> f64 {
    let work = Work::prepare(Doors::of(served).await, data, &demo(run, CASES)).await;
    let mut cost = f64::INFINITY;
    for _ in 0..run.rounds {
        cost = cost.min(1e6 / work.load(run.time * 2).await.per_second);
    }
    cost
}

/// The rows of visibility.
pub async fn visible(run: &Run) -> Vec<Row> {
    let mut rows = Vec::new();
    for engine in ["sqlite", "pg"] {
        say(&format!("visible after acknowledgement, {engine}"));
        let stage = if engine == "pg" { Stage::postgres(run).await } else { Stage::embedded(run).await };
        let mut runs = Vec::new();
        for _ in 0..run.rounds {
            let visible = stage.work.visible(&stage.served.token, run.time * 3).await;
            runs.push(Round::from([(OURS, p99_ms(&visible.from_answer))]));
        }
        rows.push(Row::of(format!("visible_p99_{engine}"), "ms", None, None, Some(Goal::AtMost(50.0)), runs));
        stage.served.stop();
    }
    rows
}
