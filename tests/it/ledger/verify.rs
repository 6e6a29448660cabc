//! `verify` finds whatever is not as it was stored, and says where.

use ledger::{OpenError, VerifyError, VerifyReport, verify};

use super::engine::{Engine, append, on_both_engines, write};

on_both_engines! {
    finds_nothing_in_a_sound_ledger,
    verifies_beside_a_serving_process,
    names_a_flipped_byte,
    names_a_deleted_event,
    names_a_deleted_last_event,
    names_a_swapped_pair,
    names_a_forged_event_with_its_leaf_hash,
    names_a_wrong_head,
    names_a_command_made_to_look_unused,
    names_columns_that_contradict_the_record,
    refuses_a_ledger_that_is_not_there,
}

/// 40 events in 20 batches of two, on five streams: batch `b` holds the indexes `2b` and `2b+1` and is on `case/<b % 5>`.
async fn filled(engine: &Engine) {
    let ledger = engine.open().await;
    for batch in 0..20 {
        let stream = format!("case/{}", batch % 5);
        ledger.append(append(vec![write(&stream, batch / 5 * 2, &[2 * batch, 2 * batch + 1])])).await.unwrap();
    }
    ledger.close().await;
}

async fn report(engine: &Engine) -> VerifyReport {
    verify(&engine.config(), &mut |_, _| {}).await.unwrap()
}

/// The places of the problems found after `sql` has been run on a filled ledger.
async fn found_after(engine: &Engine, sql: &str) -> Vec<String> {
    filled(engine).await;
    engine.disarm().await;
    engine.sql(sql).await;
    let report = report(engine).await;
    assert!(!report.is_sound());
    assert_eq!(report.problems_total, report.problems.len() as u64);
    report.problems.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_starts(found: &[String], expected: &[&str]) {
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| f.starts_with(e));
    assert!(same, "found {found:#?}, expected {expected:#?}");
}

async fn finds_nothing_in_a_sound_ledger(engine: Engine) {
    filled(&engine).await;
    let ledger = engine.open().await;
    let head = ledger.head();
    ledger.close().await;
    let mut seen = Vec::new();
    let report = verify(&engine.config(), &mut |done, all| seen.push((done, all))).await.unwrap();
    assert_eq!(report.problems, []);
    assert!(report.is_sound());
    assert_eq!((report.events, report.heads, report.root), (40, 20, head.root));
    assert_eq!((seen.first(), seen.last()), (Some(&(0, 40)), Some(&(40, 40))));
}

async fn verifies_beside_a_serving_process(engine: Engine) {
    let ledger = engine.open().await;
    let writing = tokio::spawn({
        let ledger = ledger.clone();
        async move {
            for version in 0..200 {
                ledger.append(append(vec![write("case/1", version, &[version])])).await.unwrap();
            }
        }
    });
    while !writing.is_finished() {
        let report = report(&engine).await;
        assert_eq!(report.problems, []);
    }
    writing.await.unwrap();
    assert_eq!(report(&engine).await.events, 200);
}

async fn names_a_flipped_byte(engine: Engine) {
    let flip = "UPDATE events SET record = replace(record, 'officer-7', 'officer-5') WHERE log_index = 17";
    let found = found_after(&engine, flip).await;
    assert_starts(
        &found,
        &[
            "log index 17 (case/3): the stored bytes hash to ",
            "log index 16: the events from 16 to 17 do not give the root of the head of 18 events",
        ],
    );
}

async fn names_a_deleted_event(engine: Engine) {
    let found = found_after(&engine, "DELETE FROM events WHERE log_index = 17").await;
    assert_starts(
        &found,
        &[
            "log index 17: the event is missing",
            "log index 16: the events from 16 to 17 do not give the root",
            "log index 26 (case/3): stream version 5 follows 3",
        ],
    );
}

async fn names_a_deleted_last_event(engine: Engine) {
    let found = found_after(&engine, "DELETE FROM events WHERE log_index = 39").await;
    assert_starts(&found, &["log index 39: the event is missing", "log index 38: the events from 38 to 39"]);
}

async fn names_a_swapped_pair(engine: Engine) {
    // By a detour, because log_index is unique at every moment.
    let swap = "UPDATE events SET log_index = 1000 WHERE log_index = 6; \
                UPDATE events SET log_index = 6 WHERE log_index = 8; \
                UPDATE events SET log_index = 8 WHERE log_index = 1000";
    let found = found_after(&engine, swap).await;
    assert!(found.iter().any(|p| p.starts_with("log index 6 (case/4): the record says logindex 8")), "{found:#?}");
    assert!(found.iter().any(|p| p.starts_with("log index 8 (case/3): the record says logindex 6")), "{found:#?}");
    assert!(found.iter().any(|p| p.starts_with("log index 6: the events from 6 to 7 do not give")), "{found:#?}");
    let outside =
        |p: &&String| !["log index 6", "log index 7", "log index 8", "log index 9"].iter().any(|i| p.starts_with(i));
    assert_eq!(found.iter().find(outside), None, "{found:#?}");
}

/// Whoever can compute SHA-256 can make the row agree with itself, but not with the tree.
async fn names_a_forged_event_with_its_leaf_hash(engine: Engine) {
    filled(&engine).await;
    engine.disarm().await;
    let ledger = engine.open().await;
    let bytes = ledger.log(4, 1).await.unwrap()[0].bytes.replace("\"n\":4", "\"n\":5");
    ledger.close().await;
    let leaf: String = ledger::merkle::leaf_hash(bytes.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let blob = if engine.is_sqlite() { format!("x'{leaf}'") } else { format!("'\\x{leaf}'") };
    engine.sql(&format!("UPDATE events SET record = '{bytes}', leaf_hash = {blob} WHERE log_index = 4")).await;
    let found: Vec<String> = report(&engine).await.problems.iter().map(ToString::to_string).collect();
    assert_starts(&found, &["log index 4: the events from 4 to 5 do not give the root of the head of 6 events"]);
}

/// On SQLite, REPLACE deletes the old row without the trigger that refuses to delete: nothing has to be disarmed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_an_event_that_was_replaced_past_the_triggers() {
    let engine = Engine::sqlite();
    filled(&engine).await;
    let refused = engine.try_sql("UPDATE events SET record = '{}' WHERE log_index = 17").await.unwrap_err();
    assert!(refused.to_string().contains("append-only"), "{refused}");
    let replace = "INSERT OR REPLACE INTO events SELECT log_index, stream, stream_version, leaf_hash, \
                   replace(record, 'officer-7', 'officer-5'), command_id, command_digest, command_events \
                   FROM events WHERE log_index = 17";
    engine.sql(replace).await;
    let report = report(&engine).await;
    assert_eq!((report.events, report.is_sound()), (40, false));
    let found: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_starts(
        &found,
        &[
            "log index 17 (case/3): the stored bytes hash to ",
            "log index 16: the events from 16 to 17 do not give the root of the head of 18 events",
        ],
    );
}

async fn names_a_wrong_head(engine: Engine) {
    let forge = "UPDATE heads SET root = leaf_hash FROM events WHERE log_index = 0 AND size = 10";
    assert_starts(&found_after(&engine, forge).await, &["log index 9: the head of 10 events has a root that is not"]);
}

async fn names_a_command_made_to_look_unused(engine: Engine) {
    let forget =
        "UPDATE events SET command_id = NULL, command_digest = NULL, command_events = NULL WHERE log_index = 12";
    assert_starts(&found_after(&engine, forget).await, &["log index 12 (case/1): the event belongs to no command"]);
}

async fn names_columns_that_contradict_the_record(engine: Engine) {
    let found =
        found_after(&engine, "UPDATE events SET stream = 'case/9', stream_version = 1 WHERE log_index = 39").await;
    assert_starts(
        &found,
        &[
            "log index 39 (case/9): the record says subject case/4",
            "log index 39 (case/9): the record says streamversion 8, the column 1",
        ],
    );
}

async fn refuses_a_ledger_that_is_not_there(engine: Engine) {
    let error = verify(&engine.config(), &mut |_, _| {}).await.unwrap_err();
    assert!(matches!(error, VerifyError::Open(OpenError::Missing { .. })), "{error:?}");
}
