//! `make bench`: the limit, the peers and us, in one run on one machine.

mod apart;
mod load;
mod machine;
mod other;
mod peers;
mod report;
mod rows;
mod served;
mod workload;

use std::{path::PathBuf, time::Duration};

use clap::Parser;
use machine::Machine;
use report::{Row, table};
use rows::{Run, say};

/// Measures the suite.
#[derive(Parser)]
struct Options {
    /// Only groups whose name begins with this: ledger, command, visible, feed,
    /// distributed, no_event_lost, verify, query, footprint, growth, page.
    #[arg(long, default_value = "")]
    only: String,
    /// Where the figures go.
    #[arg(long, default_value = "target/bench.json")]
    out: PathBuf,
    /// Folder for the data of the run; a real disk, not memory.
    #[arg(long, default_value = "target/bench-data")]
    folder: PathBuf,
    /// The program to measure.
    #[arg(long, default_value = "target/release/fazhi")]
    fazhi: PathBuf,
    /// The program of the peers on Postgres.
    #[arg(long, default_value = "target/release/bench-peers")]
    peers: PathBuf,
    /// Rounds of which the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Milliseconds that each load is measured.
    #[arg(long, default_value_t = 1500)]
    time: u64,
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, serve, what, address, folder] = arguments.as_slice()
        && serve == "serve"
    {
        return other::serve(what, address, folder.as_ref()).await;
    }
    let options = Options::parse();
    std::fs::create_dir_all(&options.folder).expect("a folder for the data");
    let machine = Machine::look(&options.folder).await;
    let warning = machine.warning();
    if let Some(warning) = &warning {
        say(warning);
    }
    let run = Run {
        folder: options.folder,
        rounds: options.rounds,
        time: Duration::from_millis(options.time),
        fazhi: options.fazhi,
        peers: options.peers,
    };
    let wanted = |group: &str| group.starts_with(&options.only) || options.only.starts_with(group);
    let mut rows: Vec<Row> = Vec::new();
    if wanted("ledger") {
        rows.extend(rows::ledger::postgres(&run).await);
        rows.extend(rows::ledger::embedded(&run).await);
    }
    if wanted("command") {
        rows.extend(rows::command::commands(&run).await);
    }
    if wanted("visible") {
        rows.extend(rows::command::visible(&run).await);
    }
    if wanted("feed") {
        rows.extend(rows::feed::catch_up(&run).await);
    }
    if wanted("distributed") {
        rows.extend(rows::distributed::rows(&run).await);
    }
    if wanted("no_event_lost") {
        rows.extend(rows::delivery::rows(&run).await);
    }
    if wanted("verify") {
        rows.extend(rows::verify::verify(&run).await);
    }
    if ["query", "footprint", "growth", "page"].into_iter().any(&wanted) {
        rows.extend(rows::served::rows(&run, &wanted).await);
    }
    println!("{}", table(&rows));
    let report = serde_json::json!({ "machine": machine, "warning": warning, "metrics": rows });
    std::fs::write(&options.out, serde_json::to_string_pretty(&report).expect("JSON")).expect("the report");
    _ = std::fs::remove_dir_all(&run.folder);
}
