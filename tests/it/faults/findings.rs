//! What a run of faults left: looked for in the ledgers, in what a reader got, and in the views.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

use bus::{Bus, Settings, feed::BusFeed};
use kernel::{Caller, Feed, LedgerFeed, Role, SystemClock, auth::Issuer, peer::Peer};
use ledger::{Config, Ledger, Record, Url};
use projection::{App, Db};
use serde_json::json;
use stories::{postgres, suite::REGION};
use tokio::{runtime::Handle, sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use tonic::transport::Endpoint;

use super::{Dice, Fault, RECOVERY_MAX, load::Told, url};
use crate::cluster::{self, Cluster};

/// What must not be.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) lost: Vec<String>,
    pub(super) duplicated: Vec<String>,
    pub(super) out_of_order: Vec<String>,
    /// Views that are other than folded from the beginning, and ledgers that are not sound.
    pub(super) other: Vec<String>,
}

impl Found {
    #[track_caller]
    pub(super) fn is_nothing(&self) {
        let all = [&self.lost, &self.duplicated, &self.out_of_order, &self.other];
        assert!(all.iter().all(|list| list.is_empty()), "{self:?}");
    }
}

/// Follows a service the whole time, as one in another process does.
pub(super) struct Reader {
    task: JoinHandle<Vec<Record>>,
    /// How many events it is to read, once that is known.
    all: watch::Sender<Option<usize>>,
}

impl Reader {
    pub(super) fn start(cluster: &Arc<Cluster>, issuer: &Issuer) -> Self {
        let caller = Caller {
            subject: "reader".to_owned(),
            name: String::new(),
            agency: None,
            region: REGION.parse().expect("a region"),
            roles: [Role::Service].into(),
        };
        let token = issuer.issue(&caller, &SystemClock, 3600).expect("a token");
        let at = cluster.wires["enforcement"];
        let channel = Endpoint::from_shared(format!("http://{at}")).expect("an address").connect_lazy();
        let feed = BusFeed::new("enforcement", Peer { channel, token: Arc::new(move || Some(token.clone())) });
        let (all, until) = (watch::Sender::new(None::<usize>), CancellationToken::new());
        let settings = Settings { servers: url(cluster), login: None, tls: None, replicas: 1 };
        let (listening, stopped) = (feed.clone(), until.clone());
        tokio::spawn(async move {
            let bus = Bus::open("reader", &settings).await.expect("a connection");
            listening.listen(bus, stopped).await;
        });
        let wanted = all.subscribe();
        let task = tokio::spawn(async move {
            let mut read: Vec<Record> = Vec::new();
            while wanted.borrow().is_none_or(|all| read.len() < all) {
                let from = read.last().map_or(0, |last| last.log_index + 1);
                match feed.read(from, 500).await {
                    Ok(records) => read.extend(records),
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
            until.cancel();
            read
        });
        Self { task, all }
    }
}

/// Sends events again that NATS had, in another order.
pub(super) async fn repeat_and_reorder(cluster: &Cluster, count: usize, dice: &mut Dice) -> bool {
    let Ok(client) = async_nats::connect(url(cluster)).await else { return false };
    let ledger = open(cluster, "enforcement").await;
    let size = ledger.head().size;
    let mut records = ledger.log(size.saturating_sub(count as u64 / 2), count / 2).await.expect("the log");
    ledger.close().await;
    let again = records.clone();
    records.extend(again);
    dice.shuffle(&mut records);
    let mut sent = 0;
    while sent < count {
        for record in records.iter().take(count - sent) {
            let subject = "fazhi.enforcement.230883.none.CaseFiled";
            if client.publish(subject, record.bytes.to_string().into()).await.is_err() {
                return false;
            }
            sent += 1;
        }
    }
    client.flush().await.is_ok()
}

fn config(cluster: &Cluster, service: &str) -> Config {
    Config::new(service, REGION, Url::Postgres(cluster.database.clone()))
}

async fn open(cluster: &Cluster, service: &str) -> Ledger {
    Ledger::open(config(cluster, service), Arc::new(SystemClock)).await.expect("a ledger")
}

async fn whole(ledger: &Ledger) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    loop {
        let page = ledger.log(all.len() as u64, 10_000).await.expect("the log");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

pub(super) async fn found(cluster: &Cluster, told: &Told, reader: Reader) -> Found {
    let mut found = Found::default();
    for fault in told.failed.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        found.lost.push(fault.clone());
    }
    let (enforcement, complaints) = (open(cluster, "enforcement").await, open(cluster, "complaints").await);
    let logs = BTreeMap::from([("enforcement", whole(&enforcement).await), ("complaints", whole(&complaints).await)]);
    reader.all.send_replace(Some(logs["enforcement"].len()));
    let Ok(read) = tokio::time::timeout(RECOVERY_MAX, reader.task).await else {
        found.lost.push("the reader does not get all events".to_owned());
        return found;
    };
    let read = read.expect("the reader");
    commands(&logs, told, &mut found);
    leads(&logs["enforcement"], told, &mut found);
    order(&read, &logs["enforcement"], &mut found);
    views(cluster, &mut found).await;
    for service in cluster::SERVICES {
        let report = ledger::verify(&config(cluster, service), &mut |_, _| {}).await.expect("a report");
        found.other.extend(report.problems.iter().map(|problem| format!("{service}: {problem}")));
    }
    found
}

/// Every acknowledged command is where it was said to be; none was carried out twice.
fn commands(logs: &BTreeMap<&str, Vec<Record>>, told: &Told, found: &mut Found) {
    let mut carried: BTreeMap<(&str, uuid::Uuid), Vec<u64>> = BTreeMap::new();
    for (service, log) in logs {
        for record in log {
            let envelope = record.envelope().expect("a record");
            if !envelope.kind.contains(".number.") && !envelope.kind.ends_with(".NumberIssued.v1") {
                carried.entry((service, envelope.command_id)).or_default().push(record.log_index);
            }
        }
    }
    for (id, (service, index)) in told.acked.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        match carried.get(&(*service, *id)).map(Vec::as_slice) {
            None => found.lost.push(format!("{service} {id}, acknowledged at {index}")),
            // The events of one command lie together.
            Some(places) if places.windows(2).any(|pair| pair[1] > pair[0] + 2) => {
                found.duplicated.push(format!("{service} {id} at {places:?}"));
            }
            Some(places) if !places.iter().any(|place| place.abs_diff(*index) <= 2) => {
                found.out_of_order.push(format!("{service} {id} at {places:?}, and was said to be at {index}"));
            }
            Some(_) => {}
        }
    }
}

/// Each report that was accepted is one lead.
fn leads(log: &[Record], told: &Told, found: &mut Found) {
    let mut leads: BTreeMap<&str, u32> = BTreeMap::new();
    for record in log {
        if let Some(complaint) = record.stream.strip_prefix("lead/") {
            *leads.entry(complaint).or_default() += 1;
        }
    }
    for complaint in told.accepted.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        match leads.get(complaint.to_string().as_str()) {
            None => found.lost.push(format!("no lead of {complaint}")),
            Some(1) => {}
            Some(n) => found.duplicated.push(format!("{n} leads of {complaint}")),
        }
    }
}

/// A reader has got the log: every event, once, in order, byte for byte.
fn order(read: &[Record], log: &[Record], found: &mut Found) {
    for (expected, record) in (0..).zip(read) {
        if record.log_index != expected {
            found.out_of_order.push(format!("the reader got {} where {expected} was due", record.log_index));
            break;
        }
    }
    for (got, stored) in read.iter().zip(log) {
        if got.bytes != stored.bytes {
            found.out_of_order.push(format!("the reader got other bytes at {}", stored.log_index));
            break;
        }
    }
    if read.len() < log.len() {
        found.lost.push(format!("the reader got {} of {} events", read.len(), log.len()));
    }
}

/// The live views are as if folded from the beginning.
async fn views(cluster: &Cluster, found: &mut Found) {
    for member in cluster.members.iter().filter(|member| member.service == "projection") {
        cluster.kill(member);
    }
    let app = async |database: &str| {
        let mut feeds: Vec<Arc<dyn Feed>> = Vec::new();
        for service in cluster::SERVICES {
            feeds.push(Arc::new(LedgerFeed::new(service, open(cluster, service).await)));
        }
        let db = Db::Postgres(database.to_owned());
        App::open(db, feeds, Arc::new(SystemClock), fazhi::services::profiles()).await.expect("the views")
    };
    let live = app(&cluster.database).await.view_digests().await.expect("digests");
    let fresh = tokio::task::spawn_blocking(postgres::database).await.expect("a database");
    let anew = Arc::new(app(&fresh).await);
    let (folding, until) = (anew.clone(), CancellationToken::new());
    let stopped = until.clone().cancelled_owned();
    let run = tokio::spawn(async move { folding.run(&Handle::current(), stopped).await });
    anew.caught_up_with_feeds().await;
    let rebuilt = anew.view_digests().await.expect("digests");
    until.cancel();
    run.await.expect("it ends");
    for (view, digest) in &rebuilt {
        if live.get(view) != Some(digest) {
            found.other.push(format!("the view {view} is other than folded anew"));
        }
    }
}

/// What was done and what came of it.
pub(super) struct Report<'a> {
    pub(super) seed: u64,
    pub(super) confirmed: &'a [Fault],
    pub(super) pauses: u32,
    pub(super) injected: usize,
    pub(super) told: &'a Told,
    pub(super) recovery: &'a [Duration],
    pub(super) unrecovered: u32,
    pub(super) found: &'a Found,
    pub(super) took: Duration,
}

pub(super) fn report(report: &Report<'_>) {
    let count = |is: fn(&Fault) -> bool| report.confirmed.iter().filter(|fault| is(fault)).count();
    let acked = report.told.acked.lock().unwrap_or_else(PoisonError::into_inner).len();
    let failed = report.told.failed.lock().unwrap_or_else(PoisonError::into_inner).len();
    let at = |share: usize| {
        let place = (report.recovery.len() * share / 100).min(report.recovery.len().saturating_sub(1));
        report.recovery.get(place).map_or(0.0, Duration::as_secs_f64)
    };
    let written = json!({
        "seed": report.seed,
        "faults": {
            "service_kills": count(|f| *f == Fault::Service),
            "nats_kills": count(|f| matches!(f, Fault::Nats { .. })),
            "of_them_wiped": count(|f| *f == Fault::Nats { wiped: true }),
            "postgres_kills": count(|f| *f == Fault::Postgres),
            "stream_deletions": count(|f| *f == Fault::StreamDeleted),
            "partitions": count(|f| matches!(f, Fault::Out | Fault::Back)),
            "poison_batches": count(|f| *f == Fault::Poison),
            "pauses": report.pauses,
            "messages_injected": count(|f| *f == Fault::Injected) * report.injected,
        },
        "acked": acked,
        "unknown": report.told.unknown.load(Ordering::Relaxed),
        "failed": failed,
        "lost": report.found.lost.len(),
        "duplicated": report.found.duplicated.len(),
        "out_of_order": report.found.out_of_order.len(),
        "other": report.found.other.len(),
        "recovery_seconds": { "p50": at(50), "p99": at(99), "not_in_time": report.unrecovered },
        "seconds": report.took.as_secs(),
    });
    let text = serde_json::to_string_pretty(&written).expect("JSON");
    println!("{text}");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").join("target");
    std::fs::write(target.join("faults.json"), text + "\n").expect("target/faults.json");
}
