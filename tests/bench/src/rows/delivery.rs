//! `no_event_lost_*`: the same test for our ledgers and for another library's own listener, long.

use std::{sync::Arc, time::Duration};

use ledger::{Config, Ledger, SystemClock, Url};
use stories::{
    delivery::{Load, deliver},
    delivery_ledger::LedgerSubject,
};

use super::{Run, say};
use crate::{
    peers,
    report::{Goal, OURS, Round, Row},
    served::REGION,
};

const LOAD: Load = Load { writers: 32, appends: 1500, readers: 8, patience: Duration::from_secs(2) };
async fn ledger(url: Url) -> Ledger {
    Ledger::open(Config::new("trial", REGION, url), Arc::new(SystemClock)).await.expect("a ledger")
}

/// The rows.
pub async fn rows(run: &Run) -> Vec<Row> {
    say("no event lost: SQLite");
    let embedded =
        deliver(Arc::new(LedgerSubject { ledgers: vec![ledger(Url::Sqlite(run.fresh("delivery"))).await] }), LOAD)
            .await;
    say("no event lost: Postgres, three writers' processes");
    let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
    let mut ledgers = Vec::new();
    for _ in 0..3 {
        ledgers.push(ledger(Url::Postgres(url.clone())).await);
    }
    let postgres = deliver(Arc::new(LedgerSubject { ledgers }), LOAD).await;
    say("no event lost: disintegrate's listener");
    let other = peers::deliver(run).await;
    [("no_event_lost_sqlite", embedded), ("no_event_lost_pg", postgres)]
        .into_iter()
        .map(|(name, outcome)| {
            say(&format!("{name}: {outcome:?}"));
            let runs = vec![Round::from([(OURS, outcome.wrong_percent(LOAD.readers)), ("disintegrate", other)])];
            Row::of(name, "% of events", None, None, Some(Goal::AtMost(0.0)), runs)
        })
        .collect()
}
