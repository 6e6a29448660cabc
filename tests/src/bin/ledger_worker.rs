//! A process that appends until it is killed; the harness of the SIGKILL test.
//!
//! `ledger_worker <sqlite folder | postgres URL> <task>=<next>…`: each task appends commands `next`, `next + 1`, … to a
//! stream of its own and prints `ack <task> <n> <log index> <stored | repeated>` for each. The id and the body of a
//! command follow from task and number, so that a worker started after a kill repeats what may have been lost.

use std::io::Write as _;
use std::sync::Arc;

use ledger::{Append, AppendError, Config, Ledger, Origin, Proposal, SystemClock, Url, Write};
use serde_json::value::RawValue;
use uuid::Uuid;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next().expect("a folder or a URL");
    let url = if place.starts_with("postgres") { Url::Postgres(place) } else { Url::Sqlite(place.into()) };
    let ledger = Ledger::open(Config::new("trial", "230883", url), Arc::new(SystemClock)).await.expect("a ledger");
    let tasks: Vec<_> = arguments
        .map(|argument| {
            let (task, next) = argument.split_once('=').expect("task=next");
            tokio::spawn(work(ledger.clone(), task.parse().expect("a task"), next.parse().expect("a number")))
        })
        .collect();
    for task in tasks {
        task.await.expect("a task that goes on");
    }
}

async fn work(ledger: Ledger, task: u64, next: u64) {
    for n in next.. {
        match ledger.append(command(task, n)).await {
            Ok(receipt) => {
                let how = if receipt.repeated { "repeated" } else { "stored" };
                say(&format!("ack {task} {n} {} {how}", receipt.records[0].log_index));
            }
            // A full disk, say: the process lives and tells.
            Err(AppendError::Unavailable(_)) => {
                say(&format!("unavailable {task} {n}"));
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                return;
            }
            Err(error) => say(&format!("error {task} {n} {error}")),
        }
    }
}

/// One line in one write, so that a kill leaves whole lines.
fn say(line: &str) {
    // Whoever reads may be gone already; then this process is about to end as well.
    _ = std::io::stdout().write_all(format!("{line}\n").as_bytes());
}

fn command(task: u64, n: u64) -> Append {
    let data = RawValue::from_string(format!("{{\"task\":{task},\"n\":{n},\"note\":\"{}\"}}", "x".repeat(200)));
    let event = Proposal {
        kind: "trial.case.Noted.v1".to_owned(),
        time: jiff::Timestamp::UNIX_EPOCH,
        rules: Vec::new(),
        data: data.expect("JSON"),
    };
    let origin = Origin {
        actor: format!("task-{task}"),
        agency: String::new(),
        region: String::new(),
        correlation_id: Uuid::from_u64_pair(task, 0),
        causation_id: None,
        traceparent: None,
    };
    let write = Write { stream: format!("task/{task}"), expected: n, events: vec![event] };
    Append { command_id: Uuid::from_u64_pair(task + 1, n), command_digest: [7; 32], origin, writes: vec![write] }
}
