//! SIGKILL, again and again, under load: nothing acknowledged is lost, nothing is stored twice.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use ledger::Url;

use super::engine::{Engine, whole_log};

const KILLS: u64 = 50;
const TASKS: u64 = 16;
/// How long each worker appends before it is killed, after its first answer; varied, to hit every moment of a batch.
const LOAD_MS: [u64; 5] = [40, 90, 130, 170, 210];

/// What one worker said until it ended.
#[derive(Default)]
struct Said {
    /// Log index by task and number.
    acknowledged: Vec<(u64, u64, u64)>,
    repeated: u64,
    unavailable: u64,
}

fn place(engine: &Engine) -> String {
    match &engine.url {
        Url::Sqlite(folder) => folder.display().to_string(),
        Url::Postgres(url) => url.clone(),
    }
}

fn run(mut worker: Command, kill_after: Option<Duration>) -> Said {
    let mut child = worker.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().expect("the worker ended without an answer");
    let killer = kill_after.map(|after| {
        std::thread::spawn(move || {
            std::thread::sleep(after);
            child.kill().unwrap();
            child.wait().unwrap();
        })
    });
    let mut said = Said::default();
    for line in std::iter::once(first).chain(lines) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<u64>().unwrap();
        match words[0] {
            "ack" => {
                said.acknowledged.push((number(1), number(2), number(3)));
                said.repeated += u64::from(words[4] == "repeated");
            }
            "unavailable" => said.unavailable += 1,
            _ => panic!("the worker says: {line}"),
        }
    }
    if let Some(killer) = killer {
        killer.join().unwrap();
    }
    said
}

/// Every acknowledged command is in the log, where it was said to be, and every command is there once.
async fn check(engine: &Engine, acknowledged: &HashMap<(u64, u64), u64>) {
    let ledger = engine.open().await;
    let mut places = HashMap::new();
    let mut next = HashMap::new();
    for record in whole_log(&ledger).await {
        let data: serde_json::Value = serde_json::from_str(record.envelope().unwrap().data.get()).unwrap();
        let (task, n) = (data["task"].as_u64().unwrap(), data["n"].as_u64().unwrap());
        assert_eq!(n, std::mem::replace(next.entry(task).or_insert(0), n + 1), "task {task} skips or repeats");
        assert!(places.insert((task, n), record.log_index).is_none(), "command {n} of task {task} is stored twice");
    }
    for (command, index) in acknowledged {
        assert_eq!(places.get(command), Some(index), "the acknowledged command {command:?} is lost or moved");
    }
    ledger.close().await;
    assert_eq!(ledger::verify(&engine.config(), &mut |_, _| {}).await.unwrap().problems, []);
}

async fn survives_kills(engine: Engine) {
    let mut acknowledged = HashMap::new();
    let mut next = vec![0; TASKS as usize];
    let mut repeated = 0;
    for kill in 0..KILLS {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_ledger_worker"));
        worker.arg(place(&engine)).args(next.iter().enumerate().map(|(task, next)| format!("{task}={next}")));
        let load = Duration::from_millis(LOAD_MS[kill as usize % LOAD_MS.len()] + kill);
        let said = run(worker, Some(load));
        repeated += said.repeated;
        for (task, n, index) in said.acknowledged {
            assert_eq!(
                acknowledged.insert((task, n), index),
                None,
                "command {n} of task {task} was acknowledged twice"
            );
            next[task as usize] = n + 1;
        }
    }
    check(&engine, &acknowledged).await;
    assert!(acknowledged.len() as u64 > KILLS * TASKS, "hardly any load: {} commands", acknowledged.len());
    // Some commits must have been cut off from their answers, or the kills proved nothing.
    assert!(repeated > 0, "no kill fell between a commit and its answers");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_50_kills_under_load() {
    survives_kills(Engine::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_50_kills_under_load() {
    survives_kills(Engine::postgres()).await;
}

/// A limit on the size of files stands for a full disk: writes fail, the process lives.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_ends_no_process_and_loses_nothing() {
    let engine = Engine::sqlite();
    engine.open().await.close().await;
    let mut worker = Command::new("sh");
    // Without the trap the signal would end the process where a full disk only fails the write. In blocks of 512 bytes.
    worker.arg("-c").arg("trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\"").arg(env!("CARGO_BIN_EXE_ledger_worker"));
    worker.arg(place(&engine)).args((0..TASKS).map(|task| format!("{task}=0")));
    let said = run(worker, None);
    assert_eq!(said.unavailable, TASKS, "each task must have met the full disk, and lived to say so");
    assert!(!said.acknowledged.is_empty());
    check(&engine, &said.acknowledged.into_iter().map(|(task, n, index)| ((task, n), index)).collect()).await;
}
