//! What was committed reaches every reader exactly once: see [`stories::delivery`].

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use stories::{
    delivery::{Fold, Key, Load, Manner, Subject, deliver},
    delivery_ledger::LedgerSubject,
};
use tokio_util::sync::CancellationToken;

use super::engine::{Engine, on_both_engines};

on_both_engines! {
    no_event_is_lost,
}

const LOAD: Load = Load { writers: 16, appends: 60, readers: 6, patience: Duration::from_millis(400) };

async fn no_event_is_lost(engine: Engine) {
    let mut ledgers = vec![engine.open().await];
    if !engine.is_sqlite() {
        // Several processes may write to Postgres; each of these handles is as good as one.
        ledgers.extend([engine.open().await, engine.open().await]);
    }
    let outcome = deliver(Arc::new(LedgerSubject { ledgers }), LOAD).await;
    assert!(outcome.is_exact(), "{outcome:?}");
    assert_eq!(outcome.committed, LOAD.writers * LOAD.appends as usize * 9 / 10, "one in ten is rolled back");
}

/// A store as it is often built: the number is drawn first, the commit comes later, and readers poll beyond the last
/// number they saw.
#[derive(Default)]
struct NumbersFirst {
    next: AtomicU64,
    committed: Mutex<BTreeMap<u64, Key>>,
}

impl Subject for NumbersFirst {
    async fn append(&self, key: Key, manner: Manner) -> bool {
        let number = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        if manner == Manner::RolledBack {
            return false;
        }
        let pause = if manner == Manner::Slow { 10 } else { 1 };
        tokio::time::sleep(Duration::from_millis(pause)).await;
        self.committed.lock().unwrap().insert(number, key);
        true
    }

    async fn follow(&self, _: usize, fold: Fold, stop: CancellationToken) {
        while !stop.is_cancelled() {
            for (number, key) in self.committed.lock().unwrap().range(fold.position() + 1..) {
                fold.take(*key, *number);
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_numbers_before_it_commits_is_found_out() {
    let outcome = deliver(Arc::new(NumbersFirst::default()), LOAD).await;
    assert!(outcome.lost > 0 && outcome.repeated == 0, "{outcome:?}");
}
