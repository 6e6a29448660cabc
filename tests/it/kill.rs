//! SIGKILL of the whole process under gRPC load: every acknowledged command is there afterwards, exactly once.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use kernel::{Caller, Role, SystemClock, auth::Issuer};
use ledger::{Config, Ledger, Url};
use proto::common::v1::{CommandMeta, Mode, Seen};
use stories::suite::{self, Door, Engine, REGION};
use tokio::sync::Notify;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::{
    county::{self, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{Command, MARKET, command::Receipted as _, frame},
    process::Serving,
};

on_both_engines! {
    survives_kills_of_the_whole_process,
}

const KILLS: u64 = 50;
const TASKS: u64 = 8;
/// After how many answers each process is killed; varied, to hit every moment of a command.
const ANSWERS: [u64; 5] = [5, 9, 14, 20, 27];

/// What the tasks were told, by task and number: the log index.
type Told = BTreeMap<(u64, u64), u64>;

async fn survives_kills_of_the_whole_process(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let (options, folder) = running.stop().await;
    let database_url = options.store.database_url.as_deref();
    let token = token(folder.path());

    let mut told = Told::new();
    let mut repeated = 0;
    for kill in 0..KILLS {
        let serving = start(folder.path(), database_url).await;
        let (more, again) = load_until_killed(serving, &token, &told, written, ANSWERS[kill as usize % 5]).await;
        repeated += again;
        for (command, index) in more {
            assert_eq!(told.insert(command, index), None, "{command:?} was acknowledged twice");
        }
    }
    assert!(told.len() as u64 > KILLS * ANSWERS[0], "hardly any load: {} commands", told.len());

    // It starts once more by itself, and stops when it is told to.
    start(folder.path(), database_url).await.stop();
    let url = match database_url {
        Some(url) => Url::Postgres(url.to_owned()),
        None => Url::Sqlite(folder.path().to_owned()),
    };
    check(url, &told).await;
    println!("{} commands, {repeated} of them asked for again", told.len());
}

async fn start(data: &Path, database_url: Option<&str>) -> Serving {
    let (data, database_url) = (data.to_owned(), database_url.map(str::to_owned));
    let start = move || Serving::start(&data, database_url.as_deref());
    tokio::task::spawn_blocking(start).await.expect("the program serves")
}

fn token(folder: &Path) -> String {
    let caller = Caller {
        subject: XU.to_owned(),
        name: "徐云".to_owned(),
        agency: Some(MARKET.parse().expect("an agency")),
        region: REGION.parse().expect("a region"),
        roles: BTreeSet::from([Role::Officer]),
    };
    let issuer = Issuer::open_or_create(&folder.join("issuer.pem")).expect("the issuer's key");
    issuer.issue(&caller, &SystemClock, 3600).expect("a token")
}

/// Sends commands from all tasks, kills the process after some answers, and says what was acknowledged and how many of
/// them had been recorded by a process that was killed before it could say so.
async fn load_until_killed(serving: Serving, token: &str, told: &Told, written: u64, answers: u64) -> (Told, u64) {
    let door = suite::door(serving.grpc, Some(token));
    let counted = Arc::new(AtomicU64::new(0));
    let enough = Arc::new(Notify::new());
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let next = told.range((task, 0)..(task + 1, 0)).next_back().map_or(0, |((_, n), _)| n + 1);
            let (door, counted, enough) = (door.clone(), counted.clone(), enough.clone());
            tokio::spawn(async move {
                let mut said = Vec::new();
                for n in next.. {
                    match one(&door, task, n, written).await {
                        Ok((index, repeated)) => said.push((n, index, repeated)),
                        Err(_) => break,
                    }
                    if counted.fetch_add(1, Ordering::SeqCst) + 1 == answers {
                        enough.notify_one();
                    }
                }
                (task, said)
            })
        })
        .collect();
    enough.notified().await;
    serving.kill();
    let mut more = Told::new();
    let mut repeated = 0;
    for task in tasks {
        let (task, said) = task.await.expect("a task");
        for (n, index, again) in said {
            more.insert((task, n), index);
            repeated += u64::from(again);
        }
    }
    (more, repeated)
}

/// Command `n` of a task: every other one files a case, the one after it adds to that case. Ids and bodies follow from
/// task and number, so that what may have been lost is asked for again as it was.
async fn one(door: &Door, task: u64, n: u64, written: u64) -> Result<(u64, bool), Status> {
    let case_id = Uuid::from_u64_pair(task + 1, n / 2).to_string();
    let matter = Matter { case_id, evidence_id: Uuid::nil().to_string() };
    let meta = CommandMeta {
        command_id: command_id(task, n).to_string(),
        seen: vec![Seen { source: "powerlist".to_owned(), log_index: written }],
        // The program runs on the machine's clock.
        ..frame("2025-03-03T09:00", Mode::Reporting)
    };
    loop {
        let answer = if n.is_multiple_of(2) {
            let answer = matter.filing().framed(meta.clone()).send(door).await;
            answer.map(|a| (a.receipt().log_index, a.receipt().repeated))
        } else {
            let answer = matter.exemption().framed(meta.clone()).send(door).await;
            answer.map(|a| (a.receipt().log_index, a.receipt().repeated))
        };
        match answer {
            Err(status) if status.code() == Code::Aborted => {}
            Err(status) => {
                // Only a process that is gone may leave a lawful command without an answer.
                let gone = [Code::Unavailable, Code::Unknown, Code::Cancelled, Code::Internal];
                assert!(gone.contains(&status.code()), "{status:?}");
                return Err(status);
            }
            Ok(answer) => return Ok(answer),
        }
    }
}

fn command_id(task: u64, n: u64) -> Uuid {
    Uuid::from_u64_pair(task + 1, 1 << 32 | n)
}

/// Every acknowledged command is in the log, where it was said to be; none is there twice; and the log is sound.
async fn check(url: Url, told: &Told) {
    let config = Config::new("enforcement", REGION, url);
    let ledger = Ledger::open(config.clone(), Arc::new(SystemClock)).await.expect("the ledger");
    let mut acts: BTreeMap<Uuid, Vec<u64>> = BTreeMap::new();
    let mut numbers = 0;
    let mut from = 0;
    loop {
        let page = ledger.log(from, 1000).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
        for record in &page {
            let envelope = record.envelope().expect("a record");
            if envelope.subject.starts_with("case/") {
                acts.entry(envelope.command_id).or_default().push(record.log_index);
            } else if envelope.kind.ends_with(".NumberIssued.v1") {
                numbers += 1;
            }
        }
    }
    let filed = acts.len();
    for (id, places) in &acts {
        assert_eq!(places.len(), 1, "command {id} was carried out more than once");
    }
    for ((task, n), index) in told {
        let id = command_id(*task, *n);
        let places = acts.get(&id).unwrap_or_else(|| panic!("the acknowledged command {task}/{n} is lost"));
        // A filing records its number as well; the receipt names the last of its events.
        assert!(places[0] <= *index && *index <= places[0] + 1, "{task}/{n} is at {places:?}, not at {index}");
    }
    assert!(numbers > 0 && numbers <= filed, "{numbers} numbers for {filed} acts");
    ledger.close().await;
    assert_eq!(ledger::verify(&config, &mut |_, _| {}).await.expect("a report").problems, []);
}
