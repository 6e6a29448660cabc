//! `verify`: every event re-hashed, every tree rebuilt.

use std::{path::Path, sync::Arc, time::Instant};

use kernel::SystemClock;
use ledger::{Ledger, Url};
use sha2::{Digest as _, Sha256};

use super::{Run, feed, say};
use crate::{
    report::{Goal, OURS, Round, Row},
    served::{demo, ledger_of, multiply},
};

/// The rows.
pub async fn verify(run: &Run) -> Vec<Row> {
    let folder = run.folder.join("feed");
    if !folder.exists() {
        multiply(&demo(run, feed::CASES), &folder, feed::COPIES_1E5).await;
    }
    let mut runs = Vec::new();
    for _ in 0..run.rounds {
        say("verify");
        let hashed = plain(&folder).await;
        let begin = Instant::now();
        let config = ledger_of(Url::Sqlite(folder.clone()));
        let report = ledger::verify(&config, &mut |_, _| {}).await.expect("a report");
        assert!(report.is_sound());
        runs.push(Round::from([(OURS, report.events as f64 / begin.elapsed().as_secs_f64()), ("sha256", hashed)]));
    }
    vec![Row::of("verify", "events/s", Some("sha256"), Some("sha256"), Some(Goal::RatioAtLeast(0.5)), runs)]
}

/// Events a second of SHA-256 alone, over the same bytes in memory.
async fn plain(folder: &Path) -> f64 {
    let ledger =
        Ledger::open(ledger_of(Url::Sqlite(folder.to_owned())), Arc::new(SystemClock)).await.expect("a ledger");
    let mut records = Vec::new();
    let mut from = 0;
    loop {
        let page = ledger.log(from, 1000).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
        records.extend(page);
    }
    ledger.close().await;
    let begin = Instant::now();
    let mut all = 0_u8;
    for record in &records {
        all ^= Sha256::digest(record.bytes.as_bytes())[0];
    }
    std::hint::black_box(all);
    records.len() as f64 / begin.elapsed().as_secs_f64()
}
