//! `make faults`: everything that can die, die; under a steady load of commands.
//!
//! Not a part of `make test`: it takes minutes. It prints what it did and found, writes `target/faults.json`, and fails if anything
//! was lost, is there twice or came out of order.

mod findings;
mod load;

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

use kernel::{Caller, Role, SystemClock, auth::Issuer, peer::Routes};
use sqlx::{Connection as _, PgConnection};
use stories::{
    postgres,
    suite::{self, REGION},
};
use tokio::time::Instant;
use tonic::transport::Endpoint;

use self::load::{CASE_TASKS, REPORT_TASKS, Senders, Told, door};
use crate::{
    cluster::{self, Cluster, Member},
    county::{self, XU},
    dice::Dice,
    people::{JUSTICE, MARKET},
};

/// The services that run in two processes.
const TWO_OF: [&str; 2] = ["enforcement", "complaints"];
const SERVICE_KILLS: u32 = 100;
const NATS_KILLS: u32 = 12;
const POSTGRES_KILLS: u32 = 8;
/// Of the kills of NATS, so many with its whole store gone.
const WIPES: u32 = 5;
const STREAM_DELETIONS: u32 = 2;
/// Messages sent again, in another order.
const INJECTED: usize = 1_000;
const PAUSES: u32 = 5;
/// Longer than any lease.
const PAUSE: Duration = Duration::from_secs(40);
const PARTITION: Duration = Duration::from_secs(30);
/// So long nothing is recorded when nothing follows from anything.
const QUIET: Duration = Duration::from_secs(3);
/// How long everything may take to come back after a fault.
const RECOVERY_MAX: Duration = Duration::from_secs(90);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Service,
    Nats {
        wiped: bool,
    },
    Postgres,
    StreamDeleted,
    Injected,
    Poison,
    /// What goes to a server is held back.
    Out,
    /// What comes back is.
    Back,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make faults"]
async fn nothing_is_lost_twice_or_out_of_order() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_126);
    let postgres = tokio::task::spawn_blocking(postgres::Server::start).await.expect("Postgres");
    let database = postgres.database();
    let running = suite::start_on(Some(database.clone())).await;
    let written = county::found(&running).await;
    let (_, folder) = running.stop().await;
    let cluster = Arc::new(Cluster::start(postgres, database, folder.path(), &TWO_OF, &["--log", "warn"]).await);

    let routes: Routes = cluster
        .wires
        .iter()
        .map(|(service, at)| {
            let endpoint = Endpoint::from_shared(format!("http://{at}")).expect("an address");
            let endpoint =
                endpoint.http2_keep_alive_interval(Duration::from_secs(2)).keep_alive_timeout(Duration::from_secs(3));
            ((*service).to_owned(), endpoint.connect_lazy())
        })
        .collect();
    let issuer = Issuer::open_or_create(&folder.path().join("issuer.pem")).expect("the issuer's key");
    let token = |subject: &str, agency: &str, roles: &[Role]| {
        let caller = Caller {
            subject: subject.to_owned(),
            name: subject.to_owned(),
            agency: Some(agency.parse().expect("an agency")),
            region: REGION.parse().expect("a region"),
            roles: roles.iter().copied().collect::<BTreeSet<Role>>(),
        };
        issuer.issue(&caller, &SystemClock, 3600).expect("a token")
    };
    let senders = Senders {
        officer: door(&routes, &token(XU, MARKET, &[Role::Officer, Role::Handler])),
        intake: door(&routes, &token("112050", JUSTICE, &[Role::Intake])),
        written,
    };
    let told = Arc::new(Told::default());
    let mut tasks = Vec::new();
    for task in 0..CASE_TASKS {
        tasks.push(tokio::spawn(told.clone().cases(task, senders.clone())));
    }
    for task in 0..REPORT_TASKS {
        tasks.push(tokio::spawn(told.clone().reports(task, senders.clone())));
    }
    let reader = findings::Reader::start(&cluster, &issuer);

    let begun = Instant::now();
    let paused = tokio::spawn(pauses(cluster.clone()));
    let mut dice = Dice(seed);
    let mut plan = plan(&mut dice);
    let (mut confirmed, mut recovery, mut unrecovered) = (Vec::new(), Vec::new(), 0_u32);
    let all = plan.len();
    for (nth, fault) in plan.drain(..).enumerate() {
        let since = Instant::now();
        if inject(&cluster, fault, &mut dice).await {
            confirmed.push(fault);
        }
        match recovered(&cluster).await {
            true => recovery.push(since.elapsed()),
            false => unrecovered += 1,
        }
        if nth % 10 == 9 {
            println!(
                "{:>4} of {all} faults, {:?}, {} acknowledged",
                nth + 1,
                begun.elapsed(),
                told.acked.lock().unwrap_or_else(PoisonError::into_inner).len()
            );
        }
    }
    let pauses = paused.await.expect("the pauses");
    told.stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("a task");
    }
    let settled = tokio::time::timeout(2 * RECOVERY_MAX, settled(&cluster)).await.is_ok();
    let found = findings::found(&cluster, &told, reader).await;
    recovery.sort();
    findings::report(&findings::Report {
        seed,
        confirmed: &confirmed,
        pauses,
        injected: INJECTED,
        told: &told,
        recovery: &recovery,
        unrecovered,
        found: &found,
        took: begun.elapsed(),
    });
    assert_eq!(pauses, PAUSES);
    assert_eq!(confirmed.len(), all, "faults that did happen");
    assert!(settled, "the views never came to know all");
    assert_eq!(unrecovered, 0, "faults after which not all came back in time");
    found.is_nothing();
}

fn plan(dice: &mut Dice) -> Vec<Fault> {
    let mut plan = vec![Fault::Service; SERVICE_KILLS as usize];
    plan.extend((0..NATS_KILLS).map(|n| Fault::Nats { wiped: n < WIPES }));
    plan.extend((0..POSTGRES_KILLS).map(|_| Fault::Postgres));
    plan.extend((0..STREAM_DELETIONS).map(|_| Fault::StreamDeleted));
    plan.extend([Fault::Injected, Fault::Poison, Fault::Out, Fault::Back]);
    dice.shuffle(&mut plan);
    plan
}

/// Makes one thing go wrong; whether it did.
async fn inject(cluster: &Arc<Cluster>, fault: Fault, dice: &mut Dice) -> bool {
    match fault {
        Fault::Service => {
            // Those that stand still now and then are left to that.
            let members = killable(cluster);
            let member = &cluster.members[members[dice.below(members.len())]];
            let killed = cluster.kill(member);
            tokio::time::sleep(Duration::from_millis(dice.below(300) as u64)).await;
            cluster.begin(member);
            killed && cluster.ready(member).await
        }
        Fault::Nats { wiped } => {
            let cluster = cluster.clone();
            let broken = move || {
                let mut nats = cluster.nats.lock().unwrap_or_else(PoisonError::into_inner);
                nats.kill();
                if wiped {
                    nats.wipe();
                }
                std::thread::sleep(Duration::from_millis(500));
                nats.resume();
            };
            tokio::task::spawn_blocking(broken).await.is_ok()
        }
        Fault::Postgres => {
            let cluster = cluster.clone();
            let broken = move || {
                let mut server = cluster.postgres.lock().unwrap_or_else(PoisonError::into_inner);
                server.stop();
                std::thread::sleep(Duration::from_millis(500));
                server.resume();
            };
            tokio::task::spawn_blocking(broken).await.is_ok()
        }
        Fault::StreamDeleted => match async_nats::connect(url(cluster)).await {
            Ok(client) => async_nats::jetstream::new(client).delete_stream("FAZHI_enforcement").await.is_ok(),
            Err(_) => false,
        },
        Fault::Injected => findings::repeat_and_reorder(cluster, INJECTED, dice).await,
        Fault::Poison => match async_nats::connect(url(cluster)).await {
            Ok(client) => {
                let subject = "fazhi.enforcement.230883.none.CaseFiled";
                for poison in ["", "{}", "\u{0}", "{\"specversion\":\"1.0\",\"logindex\":18446744073709551615}"] {
                    _ = client.publish(subject, poison.into()).await;
                }
                client.flush().await.is_ok()
            }
            Err(_) => false,
        },
        Fault::Out | Fault::Back => {
            let cut = if fault == Fault::Out { &cluster.cuts.out } else { &cluster.cuts.back };
            cut.store(true, Ordering::Relaxed);
            tokio::time::sleep(PARTITION).await;
            cut.store(false, Ordering::Relaxed);
            true
        }
    }
}

fn url(cluster: &Cluster) -> String {
    cluster.nats.lock().unwrap_or_else(PoisonError::into_inner).url()
}

/// The first processes of services with two are not killed: they are made to stand still.
fn killable(cluster: &Cluster) -> Vec<usize> {
    let still = still(cluster);
    (0..cluster.members.len()).filter(|at| !still.contains(at)).collect()
}

fn still(cluster: &Cluster) -> Vec<usize> {
    let first = |service: &str| cluster.members.iter().position(|member: &Member| member.service == service);
    TWO_OF.into_iter().filter_map(first).collect()
}

/// Makes processes stand still, each longer than its leases run; how many did.
async fn pauses(cluster: Arc<Cluster>) -> u32 {
    let still = still(&cluster);
    let mut paused = 0;
    for nth in 0..PAUSES as usize {
        let member = &cluster.members[still[nth % still.len()]];
        let stopped = cluster.signal(member, "-STOP");
        tokio::time::sleep(PAUSE).await;
        paused += u32::from(stopped && cluster.signal(member, "-CONT"));
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    paused
}

/// Whether the views come to know, before long, all that is recorded now.
async fn recovered(cluster: &Cluster) -> bool {
    let known = async {
        let heads = loop {
            match heads(cluster).await {
                Ok(heads) => break heads,
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        };
        while !offsets(cluster).await.is_ok_and(|offsets| heads.iter().all(|head| offsets.contains_at_least(head))) {
            cluster.watch_all();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(RECOVERY_MAX, known).await.is_ok()
}

/// Waits until the views know all, and nothing follows from it any more: an event may lead to others in another service.
async fn settled(cluster: &Cluster) {
    loop {
        let before = heads(cluster).await.ok();
        let known = recovered(cluster).await;
        tokio::time::sleep(QUIET).await;
        if known && before.is_some() && heads(cluster).await.ok() == before {
            return;
        }
    }
}

struct Offsets(Vec<(String, i64)>);

impl Offsets {
    fn contains_at_least(&self, (service, size): &(String, i64)) -> bool {
        *size == 0 || self.0.iter().any(|(known, next)| known == service && next >= size)
    }
}

async fn heads(cluster: &Cluster) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let mut connection = PgConnection::connect(&cluster.database).await?;
    let mut heads = Vec::new();
    for service in cluster::SERVICES {
        let sql = format!("SELECT coalesce(max(log_index) + 1, 0) FROM fazhi_{service}.events");
        let size: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await?;
        heads.push(((*service).to_owned(), size));
    }
    connection.close().await?;
    Ok(heads)
}

async fn offsets(cluster: &Cluster) -> Result<Offsets, sqlx::Error> {
    let mut connection = PgConnection::connect(&cluster.database).await?;
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT source, next_index FROM fazhi_projection.offsets").fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(Offsets(rows))
}
