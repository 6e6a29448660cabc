//! SIGKILL of the whole process while it follows another service: each event has led to its step exactly once.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Child, Stdio},
    sync::Arc,
    time::Duration,
};

use kernel::SystemClock;
use ledger::{Append, Config, Ledger, Origin, Proposal, Url, Write};
use serde_json::{json, value::to_raw_value};
use stories::suite::{self, Engine, REGION};
use uuid::Uuid;

use crate::{
    county,
    people::MARKET,
    process::{Serving, fazhi},
};

/// How often the process is killed while it follows.
const KILLS: u32 = 100;
/// How often it is killed at all, before it follows anything among them.
const KILLS_MAX: u64 = 400;
/// More reports than are followed meanwhile.
const REPORTS: u64 = 20_000;
/// Reports of one append.
const BATCH: usize = 50;
const ACCEPTED: &str = "complaints.complaint.ComplaintAccepted.v1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_report_becomes_one_lead_whenever_the_process_is_killed() {
    let running = suite::start(Engine::Sqlite).await;
    county::found(&running).await;
    let (_, folder) = running.stop().await;
    accept(folder.path()).await;

    let (mut in_the_middle, mut followed, mut wait) = (0, 0, Duration::from_millis(60));
    for kill in 0..KILLS_MAX {
        let mut child = begin(folder.path());
        tokio::time::sleep(wait + Duration::from_micros(kill % 20 * 1_700)).await;
        child.kill().expect("killed");
        child.wait().expect("gone");
        let more = marks_after(folder.path(), followed).await;
        followed += more;
        match more {
            _ if followed == REPORTS => break,
            // Killed before it began to follow.
            0 => wait += Duration::from_millis(5),
            _ => in_the_middle += 1,
        }
        if in_the_middle == KILLS {
            break;
        }
    }
    assert_eq!(in_the_middle, KILLS, "kills that fell into the following");

    let data = folder.path().to_owned();
    let serving = tokio::task::spawn_blocking(move || Serving::start(&data, None)).await.expect("it serves");
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(serving);
    let ledger = open(folder.path(), "enforcement").await;
    let mut leads: BTreeMap<String, u32> = BTreeMap::new();
    let mut marked = 0;
    let mut from = 0;
    loop {
        let page = ledger.log(from, 1000).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
        for record in &page {
            marked += usize::from(record.stream == "reaction/complaints");
            if record.stream.starts_with("lead/") {
                *leads.entry(record.stream.clone()).or_default() += 1;
            }
        }
    }
    assert!(marked > 0 && leads.len() == marked, "{} leads, {marked} marks", leads.len());
    assert_eq!(leads.values().max(), Some(&1), "a report became two leads");
    ledger.close().await;
}

/// The program, from its first instruction on.
fn begin(data: &Path) -> Child {
    let mut command = fazhi(&["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log", "off"]);
    command.arg("--data").arg(data).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

async fn open(data: &Path, service: &str) -> Ledger {
    let config = Config::new(service, REGION, Url::Sqlite(data.to_owned()));
    Ledger::open(config, Arc::new(SystemClock)).await.expect("the ledger opens")
}

/// How many reports have been followed since so many were.
async fn marks_after(data: &Path, followed: u64) -> u64 {
    let ledger = open(data, "enforcement").await;
    let marks = ledger.stream("reaction/complaints", followed).await.expect("the marks").len();
    ledger.close().await;
    marks as u64
}

/// Reports that were accepted while nobody followed.
async fn accept(data: &Path) {
    let ledger = open(data, "complaints").await;
    let mut writes = Vec::with_capacity(BATCH);
    for n in 0..REPORTS {
        let complaint = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + u128::from(n));
        let accepted = json!({
            "agency": MARKET, "way": "ordinary", "officer": "131001", "officer_name": "徐云", "lead": true,
            "summary": "反映某饭店无证经营", "told": "受理告知书", "period": { "unit": "calendar_days", "count": 60 },
            "period_by": "信访工作条例", "at": "2025-02-24T01:00:00Z", "mode": "handling",
        });
        let event = Proposal {
            kind: ACCEPTED.to_owned(),
            time: "2025-02-24T01:00:00Z".parse().expect("a moment"),
            rules: vec![],
            data: to_raw_value(&accepted).expect("JSON"),
        };
        writes.push(Write { stream: format!("complaint/{complaint}"), expected: 0, events: vec![event] });
        if writes.len() == BATCH {
            let origin = Origin {
                actor: "131001".into(),
                agency: MARKET.into(),
                region: REGION.into(),
                correlation_id: complaint,
                causation_id: None,
                traceparent: None,
            };
            let writes = std::mem::replace(&mut writes, Vec::with_capacity(BATCH));
            ledger
                .append(Append { command_id: complaint, command_digest: [0; 32], origin, writes })
                .await
                .expect("appended");
        }
    }
    ledger.close().await;
}
