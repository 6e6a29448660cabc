//! The engines against a plain model in memory: same appends, same answers, same log.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::future::join_all;
use ledger::{Append, AppendError, Ledger, merkle};
use proptest::prelude::*;
use proptest::test_runner::{Config as Trials, TestRunner};
use uuid::Uuid;

use super::engine::{Engine, command, n_of, whole_log, write};

/// One write as drawn: a stream, how far its expected version is from the right one, and how many events.
type DrawnWrite = (u8, i8, u8);
/// One append as drawn: which of the few command ids, which body, and its writes.
type DrawnAppend = (u8, u8, Vec<DrawnWrite>);

fn bursts() -> impl Strategy<Value = Vec<Vec<DrawnAppend>>> {
    // Mostly right versions and fresh ids, else nearly everything would be refused.
    let off = prop_oneof![8 => Just(0_i8), 1 => Just(1), 1 => Just(-1)];
    let one_write = (0..4_u8, off, 0..4_u8);
    let one_append = (0..40_u8, prop_oneof![9 => Just(1_u8), 1 => Just(2)], prop::collection::vec(one_write, 1..4));
    prop::collection::vec(prop::collection::vec(one_append, 1..12), 1..8)
}

/// One stored event: its stream, its version there, and its `n`.
type Event = (String, u64, u64);

#[derive(Debug, PartialEq)]
enum Answer {
    Stored(Vec<Event>, bool),
    Conflict(String, u64, u64),
    Reused,
    Invalid,
}

/// What a ledger is: streams, commands and one log.
#[derive(Default)]
struct Model {
    streams: HashMap<String, u64>,
    commands: HashMap<Uuid, (u8, Vec<Event>)>,
    log: Vec<Event>,
}

impl Model {
    fn append(&mut self, append: &Append) -> Answer {
        let names: Vec<&str> = append.writes.iter().map(|write| write.stream.as_str()).collect();
        let twice = (1..names.len()).any(|at| names[..at].contains(&names[at]));
        if twice || append.writes.iter().all(|write| write.events.is_empty()) {
            return Answer::Invalid;
        }
        let digest = append.command_digest[0];
        if let Some((known, events)) = self.commands.get(&append.command_id) {
            return if *known == digest { Answer::Stored(events.clone(), true) } else { Answer::Reused };
        }
        for write in &append.writes {
            let actual = self.streams.get(&write.stream).copied().unwrap_or(0);
            if actual != write.expected {
                return Answer::Conflict(write.stream.clone(), write.expected, actual);
            }
        }
        let mut stored = Vec::new();
        for write in &append.writes {
            let version = self.streams.entry(write.stream.clone()).or_default();
            for event in &write.events {
                *version += 1;
                let n = event.data.get()[5..event.data.get().len() - 1].parse().unwrap();
                stored.push((write.stream.clone(), *version, n));
            }
        }
        self.log.extend(stored.iter().cloned());
        self.commands.insert(append.command_id, (digest, stored.clone()));
        Answer::Stored(stored, false)
    }

    /// Turns a drawn append into a real one; the versions are right as of now, plus what was drawn.
    fn real(&self, space: u64, drawn: &DrawnAppend, n: &mut u64) -> Append {
        let (id, digest, writes) = drawn;
        let writes = writes.iter().map(|(stream, off, events)| {
            let name = format!("space-{space}/{stream}");
            let right = self.streams.get(&name).copied().unwrap_or(0);
            let numbers: Vec<u64> = (0..*events)
                .map(|_| {
                    *n += 1;
                    *n
                })
                .collect();
            write(&name, right.saturating_add_signed(i64::from(*off)), &numbers)
        });
        let writes = writes.collect();
        command(Uuid::from_u64_pair(space, u64::from(*id) + 1), *digest, writes)
    }
}

fn answer(result: Result<ledger::Receipt, AppendError>) -> Answer {
    match result {
        Ok(receipt) => {
            let of = |r: &ledger::Record| (r.stream.clone(), r.stream_version, n_of(r));
            Answer::Stored(receipt.records.iter().map(of).collect(), receipt.repeated)
        }
        Err(AppendError::Conflict { stream, expected, actual }) => Answer::Conflict(stream, expected, actual),
        Err(AppendError::CommandReused { .. }) => Answer::Reused,
        Err(AppendError::Invalid(_)) => Answer::Invalid,
        Err(error) => panic!("{error}"),
    }
}

async fn play(ledger: &Ledger, space: u64, bursts: Vec<Vec<DrawnAppend>>) -> Result<(), TestCaseError> {
    let base = ledger.head().size;
    let (mut model, mut n) = (Model::default(), 0);
    for burst in bursts {
        // Versions as the deciders saw them before the burst go stale within it: conflicts inside a batch.
        let appends: Vec<Append> = burst.iter().map(|drawn| model.real(space, drawn, &mut n)).collect();
        let expected: Vec<Answer> = appends.iter().map(|append| model.append(append)).collect();
        // All are queued, in this order, before the first is awaited.
        let answers = join_all(appends.into_iter().map(|append| ledger.append(append))).await;
        let answers: Vec<Answer> = answers.into_iter().map(answer).collect();
        prop_assert_eq!(answers, expected);
    }
    let log = whole_log(ledger).await;
    let seen: Vec<_> = log[base as usize..].iter().map(|r| (r.stream.clone(), r.stream_version, n_of(r))).collect();
    prop_assert_eq!(&seen, &model.log);
    for (name, version) in &model.streams {
        let stream = ledger.stream(name, 0).await.unwrap();
        let of_model: Vec<_> = model.log.iter().filter(|(stream, ..)| stream == name).map(|(.., n)| *n).collect();
        prop_assert_eq!(stream.len() as u64, *version);
        prop_assert_eq!(stream.iter().map(n_of).collect::<Vec<_>>(), of_model);
    }
    let leaves: Vec<_> = log.iter().map(|record| merkle::leaf_hash(record.bytes.as_bytes())).collect();
    prop_assert_eq!(ledger.head(), ledger::Head { size: log.len() as u64, root: merkle::root(&leaves) });
    Ok(())
}

fn is_the_model(engine: Engine, cases: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let ledger = runtime.block_on(engine.open());
    let spaces = AtomicU64::new(0);
    let mut runner = TestRunner::new(Trials { cases, failure_persistence: None, ..Trials::default() });
    let done = runner.run(&bursts(), |bursts| {
        // Each trial has its own streams and commands, so that it does not depend on the trials before it.
        let space = spaces.fetch_add(1, Ordering::SeqCst);
        runtime.block_on(play(&ledger, space, bursts))
    });
    done.unwrap();
    runtime.block_on(ledger.close());
    let report = runtime.block_on(ledger::verify(&engine.config(), &mut |_, _| {})).unwrap();
    assert_eq!(report.problems, []);
    assert!(report.events > 100, "too few events to mean anything: {}", report.events);
}

#[test]
fn sqlite_is_the_model() {
    is_the_model(Engine::sqlite(), 60);
}

#[test]
fn postgres_is_the_model() {
    is_the_model(Engine::postgres(), 60);
}
