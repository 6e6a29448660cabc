//! Many writers, many readers: nothing skipped, nothing twice, nothing lost.

use std::time::Duration;

use ledger::{AppendError, Ledger, Record};

use super::engine::{Engine, append, n_of, on_both_engines, write};

on_both_engines! {
    loses_no_update_and_skips_no_event,
    answers_overload_at_once,
}

const WRITERS: u64 = 12;
const STREAMS: u64 = 5;
const INCREMENTS: u64 = 60;

/// Adds one to a counter, again and again, on versions that others move meanwhile.
async fn increment(ledger: Ledger, writer: u64) {
    for turn in 0..INCREMENTS {
        let stream = format!("counter/{}", (writer + turn) % STREAMS);
        loop {
            let events = ledger.stream(&stream, 0).await.unwrap();
            let value = events.last().map_or(0, n_of);
            match ledger.append(append(vec![write(&stream, events.len() as u64, &[value + 1])])).await {
                Ok(_) => break,
                Err(AppendError::Conflict { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Reads the log by waiting for its size, from the start to `end`.
async fn follow(ledger: Ledger, end: u64, late: Duration, page: usize) -> Vec<Record> {
    tokio::time::sleep(late).await;
    let (mut size, mut seen) = (ledger.subscribe(), Vec::new());
    while (seen.len() as u64) < end {
        size.wait_for(|size| *size > seen.len() as u64).await.unwrap();
        seen.extend(ledger.log(seen.len() as u64, page).await.unwrap());
    }
    seen
}

async fn loses_no_update_and_skips_no_event(engine: Engine) {
    let ledger = engine.open().await;
    // Postgres takes several processes; each of these handles is as good as one.
    let ledgers = if engine.is_sqlite() {
        vec![ledger.clone()]
    } else {
        vec![ledger.clone(), engine.open().await, engine.open().await]
    };
    let pick = |at: u64| ledgers[at as usize % ledgers.len()].clone();
    let end = WRITERS * INCREMENTS;
    let readers: Vec<_> = [(0, 1), (0, 7), (20, 1000), (150, 3), (300, 50)]
        .into_iter()
        .enumerate()
        .map(|(at, (late, page))| tokio::spawn(follow(pick(at as u64), end, Duration::from_millis(late), page)))
        .collect();
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(increment(pick(writer), writer))).collect();
    for writer in writers {
        writer.await.unwrap();
    }

    let log = follow(ledger.clone(), end, Duration::ZERO, 1000).await;
    assert!(log.iter().zip(0..).all(|(record, index)| record.log_index == index));
    for reader in readers {
        let seen = tokio::time::timeout(Duration::from_secs(20), reader).await.expect("a reader never saw the end");
        assert!(seen.unwrap() == log, "a reader saw another log");
    }
    let mut total = 0;
    for stream in 0..STREAMS {
        let values: Vec<u64> = ledger.stream(&format!("counter/{stream}"), 0).await.unwrap().iter().map(n_of).collect();
        assert_eq!(values, (1..=values.len() as u64).collect::<Vec<_>>(), "an update of counter {stream} was lost");
        total += values.len() as u64;
    }
    assert_eq!(total, end);
    assert_eq!(ledger::verify(&engine.config(), &mut |_, _| {}).await.unwrap().problems, []);
}

async fn answers_overload_at_once(engine: Engine) {
    let config = ledger::Config { queue_max: 4, batch_max: 1, ..engine.config() };
    let ledger = Ledger::open(config, std::sync::Arc::new(ledger::SystemClock)).await.unwrap();
    let appends = (0..64).map(|n| ledger.append(append(vec![write(&format!("case/{n}"), 0, &[n])])));
    let answers = futures::future::join_all(appends).await;
    let stored = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Err(AppendError::Overloaded))).count();
    assert!(stored >= 4 && refused >= 1 && stored + refused == 64, "{stored} stored, {refused} refused");
    assert_eq!(ledger.head().size, stored as u64);
}
