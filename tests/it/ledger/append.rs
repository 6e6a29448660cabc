//! What an append does and what it refuses.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::future::join_all;
use ledger::{Append, AppendError, Ledger, Packed, Together, merkle};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::engine::{Engine, TestClock, append, command, event, n_of, on_both_engines, whole_log, write};

on_both_engines! {
    stores_one_line_of_cloudevents_json,
    counts_streams_and_log_without_gaps,
    refuses_a_stream_that_moved,
    answers_a_repeat_with_the_first_answer,
    refuses_a_command_id_with_another_body,
    stores_all_writes_or_none,
    stores_appends_together_or_none_of_them,
    judges_each_append_of_a_batch_by_itself,
    refuses_what_breaks_a_limit,
    never_records_backwards_in_time,
    tells_how_long_the_log_was_at_a_time,
    advances_the_tree_with_each_batch,
    proves_that_events_are_part_of_the_log,
    a_lease_is_one_holders_until_it_runs_out,
    wakes_who_waits_for_more,
    goes_on_after_closing,
    refuses_every_change_of_what_is_stored,
    finds_out_what_it_does_not_remember,
}

async fn stores_one_line_of_cloudevents_json(engine: Engine) {
    let ledger = engine.open().await;
    let mut proposal = command(Uuid::from_u128(5), 1, vec![write("case/1", 0, &[3])]);
    proposal.origin.causation_id = Some(Uuid::from_u128(8));
    proposal.origin.traceparent = Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned());
    let receipt = ledger.append(proposal).await.unwrap();
    let [record] = &receipt.records[..] else { panic!("one record, not {receipt:?}") };
    let id = record.envelope().unwrap().id;
    assert_eq!(id.get_version_num(), 7);
    let expected = format!(
        concat!(
            r#"{{"specversion":"1.0","id":"{}","source":"/fazhi/trial/230883","type":"trial.case.Noted.v1","#,
            r#""subject":"case/1","time":"2026-06-30T09:15:00.123456Z","recordedtime":"2026-07-01T00:00:00.000000Z","#,
            r#""logindex":0,"streamversion":1,"actor":"officer-7","agency":"市场监督管理局","region":"230883","#,
            r#""correlationid":"00000000-0000-0000-0000-000000000007","#,
            r#""causationid":"00000000-0000-0000-0000-000000000008","#,
            r#""commandid":"00000000-0000-0000-0000-000000000005","#,
            r#""traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","#,
            r#""rules":"EN-FILE-1,EN-POWER-1","data":{{"n":3}}}}"#
        ),
        id
    );
    assert_eq!(&*record.bytes, expected);
    assert_eq!(&ledger.log(0, 10).await.unwrap()[..], &receipt.records[..]);
    let envelope = record.envelope().unwrap();
    assert_eq!(envelope.rules, ["EN-FILE-1", "EN-POWER-1"]);
    assert_eq!((envelope.kind, envelope.subject, envelope.log_index), ("trial.case.Noted.v1", "case/1", 0));
    assert_eq!(record.kind(), Some(envelope.kind));
    assert_eq!(envelope.causation_id, Some(Uuid::from_u128(8)));
}

async fn counts_streams_and_log_without_gaps(engine: Engine) {
    let ledger = engine.open().await;
    ledger.append(append(vec![write("case/1", 0, &[1, 2])])).await.unwrap();
    ledger.append(append(vec![write("case/2", 0, &[3])])).await.unwrap();
    let receipt = ledger.append(append(vec![write("case/1", 2, &[4])])).await.unwrap();
    assert_eq!((receipt.records[0].log_index, receipt.records[0].stream_version), (3, 3));
    let stream = ledger.stream("case/1", 0).await.unwrap();
    assert_eq!(stream.iter().map(|r| (r.log_index, r.stream_version)).collect::<Vec<_>>(), [(0, 1), (1, 2), (3, 3)]);
    let later = ledger.stream("case/1", 2).await.unwrap();
    assert_eq!(later.iter().map(n_of).collect::<Vec<_>>(), [4]);
    assert!(ledger.stream("case/3", 0).await.unwrap().is_empty());
    let log = ledger.log(1, 2).await.unwrap();
    assert_eq!(log.iter().map(|r| r.log_index).collect::<Vec<_>>(), [1, 2]);
    assert!(ledger.log(4, 10).await.unwrap().is_empty());
}

async fn refuses_a_stream_that_moved(engine: Engine) {
    let ledger = engine.open().await;
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    for stale in [0, 2] {
        match ledger.append(append(vec![write("case/1", stale, &[2])])).await {
            Err(AppendError::Conflict { stream, expected, actual }) => {
                assert_eq!((stream.as_str(), expected, actual), ("case/1", stale, 1));
            }
            other => panic!("a conflict, not {other:?}"),
        }
    }
    // A write without events guards a stream that was only read.
    let guarded = append(vec![write("case/1", 0, &[]), write("case/2", 0, &[3])]);
    assert!(matches!(ledger.append(guarded).await, Err(AppendError::Conflict { .. })));
    ledger.append(append(vec![write("case/1", 1, &[]), write("case/2", 0, &[3])])).await.unwrap();
    assert_eq!(ledger.head().size, 2);
}

async fn answers_a_repeat_with_the_first_answer(engine: Engine) {
    let ledger = engine.open().await;
    let id = Uuid::now_v7();
    let first = command(id, 1, vec![write("case/1", 0, &[1, 2]), write("case/2", 0, &[3])]);
    assert!(ledger.repeated(id, &[1; 32]).await.unwrap().is_none());
    let stored = ledger.append(first.clone()).await.unwrap();
    assert!(!stored.repeated);
    // The stream moves on; the repeat is still the first answer, not a conflict.
    ledger.append(append(vec![write("case/1", 2, &[4])])).await.unwrap();
    let again = ledger.append(first.clone()).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.records, stored.records);
    assert_eq!(ledger.repeated(id, &[1; 32]).await.unwrap().unwrap().records, stored.records);
    ledger.close().await;
    let reopened = engine.open().await;
    assert_eq!(reopened.append(first).await.unwrap().records, stored.records);
    assert_eq!(reopened.head().size, 4);
}

async fn refuses_a_command_id_with_another_body(engine: Engine) {
    let ledger = engine.open().await;
    let id = Uuid::now_v7();
    ledger.append(command(id, 1, vec![write("case/1", 0, &[1])])).await.unwrap();
    let other = command(id, 2, vec![write("case/1", 1, &[2])]);
    assert!(matches!(ledger.append(other).await, Err(AppendError::CommandReused { command_id }) if command_id == id));
    assert!(matches!(ledger.repeated(id, &[2; 32]).await, Err(AppendError::CommandReused { .. })));
    assert_eq!(ledger.head().size, 1);
}

async fn stores_all_writes_or_none(engine: Engine) {
    let ledger = engine.open().await;
    ledger.append(append(vec![write("case/2", 0, &[1])])).await.unwrap();
    let id = Uuid::now_v7();
    let half_wrong = command(id, 1, vec![write("case/1", 0, &[2]), write("case/2", 0, &[3])]);
    assert!(matches!(ledger.append(half_wrong).await, Err(AppendError::Conflict { .. })));
    assert!(ledger.stream("case/1", 0).await.unwrap().is_empty());
    // A refused command is not remembered: decided again, it may use its id.
    let right = command(id, 1, vec![write("case/1", 0, &[2]), write("case/2", 1, &[3])]);
    let receipt = ledger.append(right).await.unwrap();
    assert_eq!(
        receipt.records.iter().map(|r| (r.stream.as_str(), r.stream_version)).collect::<Vec<_>>(),
        [("case/1", 1), ("case/2", 2)]
    );
}

fn packed(appends: impl IntoIterator<Item = Append>) -> Packed {
    let mut packed = Packed::default();
    appends.into_iter().for_each(|append| packed.push(&append).expect("a good append"));
    packed
}

async fn stores_appends_together_or_none_of_them(engine: Engine) {
    let ledger = engine.open().await;
    let id = Uuid::from_u128;
    let together = |second: u64| {
        let first = command(id(1), 1, vec![write("case/1", 0, &[1]), write("case/2", 0, &[2])]);
        // Each on what those before it leave.
        packed([first, command(id(2), 2, vec![write("case/1", second, &[3])])])
    };
    let refused = ledger.append_together(together(0)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { actual: 1, .. }), "{refused:?}");
    assert!(whole_log(&ledger).await.is_empty(), "not even the first one");
    let stored = ledger.append_together(together(1)).await.unwrap();
    assert_eq!(stored, Together { first: 0, events: 3, repeated: false });
    // Sent again they are what was stored; the same ids with another body are refused, and so is what comes with them.
    let again = ledger.append_together(together(1)).await.unwrap();
    assert_eq!((again.first, again.repeated), (0, true));
    let other = [command(id(3), 3, vec![write("case/3", 0, &[4])]), command(id(2), 9, vec![write("case/4", 0, &[5])])];
    let refused = ledger.append_together(packed(other)).await.unwrap_err();
    assert!(matches!(refused, AppendError::CommandReused { command_id } if command_id == id(2)), "{refused:?}");
    assert_eq!(whole_log(&ledger).await.len(), 3);
    assert!(matches!(ledger.append_together(Packed::default()).await, Err(AppendError::Invalid(_))));
    // As many as the lists of a province, more than the writer holds at once, while others append; the last one is wrong at first.
    let many = |last: u64| {
        let all = (0..9_000).map(|n| command(id(100 + n), 1, vec![write(&format!("item/{n}"), 0, &[1])]));
        packed(all.chain([command(id(99), 1, vec![write("item/0", last, &[2])])]))
    };
    let refused = ledger.append_together(many(7)).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { expected: 7, actual: 1, .. }), "{refused:?}");
    assert_eq!(whole_log(&ledger).await.len(), 3);
    let beside = command(id(98), 1, vec![write("case/1", 2, &[6])]);
    let (stored, beside) = tokio::join!(ledger.append_together(many(1)), ledger.append(beside));
    assert_eq!(stored.unwrap(), Together { first: 3, events: 9_001, repeated: false });
    assert_eq!(beside.unwrap().records[0].log_index, 9_004);
    let next = command(id(97), 1, vec![write("item/0", 2, &[7])]);
    assert_eq!(ledger.append(next).await.unwrap().records[0].log_index, 9_005);
    assert_eq!(whole_log(&ledger).await.len(), 9_006);
    ledger.close().await;
    assert_eq!(engine.open().await.head().size, 9_006);
}

async fn judges_each_append_of_a_batch_by_itself(engine: Engine) {
    let ledger = engine.open().await;
    let id = Uuid::now_v7();
    // Polled one after the other before the writer runs, so they queue in this order and mostly share a batch.
    let appends = [
        command(id, 1, vec![write("case/1", 0, &[1])]),
        append(vec![write("case/1", 0, &[2])]),
        append(vec![write("case/1", 1, &[3])]),
        command(id, 1, vec![write("case/1", 0, &[1])]),
        command(id, 2, vec![write("case/2", 0, &[4])]),
        append(vec![write("case/2", 0, &[5])]),
    ];
    let answers = join_all(appends.into_iter().map(|append| ledger.append(append))).await;
    let [first, stale, next, repeat, reused, other] = &answers[..] else { panic!("six answers") };
    assert_eq!(first.as_ref().unwrap().records[0].log_index, 0);
    assert!(matches!(stale, Err(AppendError::Conflict { actual: 1, .. })), "{stale:?}");
    assert_eq!(next.as_ref().unwrap().records[0].log_index, 1);
    let repeat = repeat.as_ref().unwrap();
    assert!(repeat.repeated && repeat.records == first.as_ref().unwrap().records);
    assert!(matches!(reused, Err(AppendError::CommandReused { .. })), "{reused:?}");
    assert_eq!(other.as_ref().unwrap().records[0].log_index, 2);
    assert_eq!(whole_log(&ledger).await.iter().map(n_of).collect::<Vec<_>>(), [1, 3, 5]);
}

async fn refuses_what_breaks_a_limit(engine: Engine) {
    let ledger = engine.open().await;
    let with = |change: fn(&mut ledger::Append)| {
        let mut append = append(vec![write("case/1", 0, &[1])]);
        change(&mut append);
        append
    };
    let raw = |text: String| RawValue::from_string(text).unwrap();
    let data = |text: String| {
        let mut append = append(vec![write("case/1", 0, &[1])]);
        append.writes[0].events[0].data = raw(text);
        append
    };
    let string_of = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
    let invalid = [
        ("no events", with(|a| a.writes.clear())),
        ("only a check", with(|a| a.writes[0].events.clear())),
        ("too many events", with(|a| a.writes[0].events = (0..65).map(event).collect())),
        ("a stream twice", with(|a| a.writes.push(write("case/1", 1, &[2])))),
        ("a stream without a kind", with(|a| a.writes[0].stream = "case".to_owned())),
        ("a stream with a quote", with(|a| a.writes[0].stream = "case/\"".to_owned())),
        ("a long stream", with(|a| a.writes[0].stream = format!("case/{}", "1".repeat(200)))),
        ("an event type with a space", with(|a| a.writes[0].events[0].kind = "a b".to_owned())),
        ("a rule with a comma", with(|a| a.writes[0].events[0].rules = vec!["A,B".to_owned()])),
        ("no actor", with(|a| a.origin.actor.clear())),
        ("a quote in the agency", with(|a| a.origin.agency = "a\"b".to_owned())),
        ("a line break in the actor", with(|a| a.origin.actor = "a\nb".to_owned())),
        ("data on two lines", data("{\n}".to_owned())),
        ("data beyond 256 KiB", data(string_of(256 * 1024 + 1))),
    ];
    for (what, append) in invalid {
        assert!(matches!(ledger.append(append).await, Err(AppendError::Invalid(_))), "{what}");
    }
    assert_eq!(ledger.head().size, 0);
    let largest = data(string_of(256 * 1024));
    assert_eq!(ledger.append(largest).await.unwrap().records.len(), 1);
    let many = with(|a| a.writes = vec![write("case/2", 0, &(0..64).collect::<Vec<_>>())]);
    assert_eq!(ledger.append(many).await.unwrap().records.len(), 64);
}

async fn never_records_backwards_in_time(engine: Engine) {
    let clock = Arc::new(TestClock::default());
    let start = clock.0.load(Ordering::SeqCst);
    let ledger = Ledger::open(engine.config(), clock.clone()).await.unwrap();
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    clock.0.store(start - 3600, Ordering::SeqCst);
    ledger.append(append(vec![write("case/1", 1, &[2])])).await.unwrap();
    ledger.close().await;
    // Nor does a start forget it.
    let ledger = Ledger::open(engine.config(), clock.clone()).await.unwrap();
    ledger.append(append(vec![write("case/1", 2, &[3])])).await.unwrap();
    clock.0.store(start + 60, Ordering::SeqCst);
    ledger.append(append(vec![write("case/1", 3, &[4])])).await.unwrap();
    let times: Vec<i64> =
        whole_log(&ledger).await.iter().map(|r| r.envelope().unwrap().recorded_time.as_second() - start).collect();
    assert_eq!(times, [0, 0, 0, 60]);
}

async fn tells_how_long_the_log_was_at_a_time(engine: Engine) {
    let clock = Arc::new(TestClock::default());
    let start = clock.0.load(Ordering::SeqCst);
    let ledger = Ledger::open(engine.config(), clock.clone()).await.unwrap();
    for (version, after) in [0, 10, 10, 30].into_iter().enumerate() {
        clock.0.store(start + after, Ordering::SeqCst);
        ledger.append(append(vec![write("case/1", version as u64, &[1])])).await.unwrap();
    }
    for (after, size) in [(-1, 0), (0, 1), (9, 1), (10, 3), (29, 3), (30, 4), (99, 4)] {
        let time = jiff::Timestamp::from_second(start + after).unwrap();
        assert_eq!(ledger.size_at(time).await.unwrap(), size, "{after} s after the first");
    }
}

async fn advances_the_tree_with_each_batch(engine: Engine) {
    let ledger = engine.open().await;
    assert_eq!(ledger.head().root, merkle::root(&[]));
    let mut version = 0;
    for events in [1, 3, 2, 7] {
        let numbers: Vec<u64> = (0..events).collect();
        ledger.append(append(vec![write("case/1", version, &numbers)])).await.unwrap();
        version += events;
        let leaves: Vec<_> = whole_log(&ledger).await.iter().map(|r| merkle::leaf_hash(r.bytes.as_bytes())).collect();
        let head = ledger.head();
        assert_eq!((head.size, head.root), (version, merkle::root(&leaves)));
    }
}

async fn wakes_who_waits_for_more(engine: Engine) {
    let ledger = engine.open().await;
    let mut size = ledger.subscribe();
    assert_eq!(*size.borrow_and_update(), 0);
    let waiting = tokio::spawn(async move {
        size.wait_for(|size| *size >= 2).await.unwrap();
        *size.borrow()
    });
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    ledger.append(append(vec![write("case/1", 1, &[2])])).await.unwrap();
    assert_eq!(waiting.await.unwrap(), 2);
}

async fn goes_on_after_closing(engine: Engine) {
    let ledger = engine.open().await;
    let clone = ledger.clone();
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    let head = ledger.head();
    ledger.close().await;
    assert!(matches!(clone.append(append(vec![write("case/1", 1, &[2])])).await, Err(AppendError::Unavailable(_))));
    let ledger = engine.open().await;
    assert_eq!(ledger.head(), head);
    ledger.append(append(vec![write("case/1", 1, &[2])])).await.unwrap();
    assert_eq!(whole_log(&ledger).await.iter().map(n_of).collect::<Vec<_>>(), [1, 2]);
}

async fn refuses_every_change_of_what_is_stored(engine: Engine) {
    let ledger = engine.open().await;
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    let mut changes = vec![
        "UPDATE events SET record = '{}'",
        "UPDATE events SET record = '{}' WHERE false",
        "DELETE FROM events",
        "UPDATE heads SET size = 9",
        "DELETE FROM heads",
    ];
    if engine.is_sqlite() {
        // SQLite fires row by row.
        changes.remove(1);
    } else {
        changes.extend([
            "TRUNCATE events",
            "TRUNCATE heads",
            "SET session_replication_role = replica; DELETE FROM events",
        ]);
    }
    for change in changes {
        let error = engine.try_sql(change).await.expect_err(change);
        assert!(error.to_string().contains("append-only"), "{change}: {error}");
    }
    if !engine.is_sqlite() {
        // The role under which the ledger works lacks the rights as well.
        for change in ["DELETE FROM events", "UPDATE heads SET size = 9", "TRUNCATE events"] {
            let error = engine.try_sql(&format!("SET ROLE fazhi_trial_append; {change}")).await.expect_err(change);
            assert!(error.to_string().contains("permission denied"), "{change}: {error}");
        }
    }
    assert_eq!(whole_log(&ledger).await.len(), 1);
}

/// After a start nothing is remembered: appends that look new must still be found out, each by itself.
async fn finds_out_what_it_does_not_remember(engine: Engine) {
    let ledger = engine.open().await;
    let id = Uuid::now_v7();
    let old = command(id, 1, vec![write("case/1", 0, &[1])]);
    ledger.append(old.clone()).await.unwrap();
    ledger.close().await;
    let ledger = engine.open().await;
    let appends = [
        append(vec![write("case/2", 0, &[2])]),
        append(vec![write("case/1", 0, &[3])]),
        old,
        command(id, 2, vec![write("case/3", 0, &[4])]),
        append(vec![write("case/4", 0, &[5])]),
        append(vec![write("case/5", 3, &[6])]),
    ];
    let answers = join_all(appends.into_iter().map(|append| ledger.append(append))).await;
    let [new, stale, repeat, reused, other, ahead] = &answers[..] else { panic!("six answers") };
    assert!(new.is_ok() && other.is_ok());
    assert!(matches!(stale, Err(AppendError::Conflict { actual: 1, .. })), "{stale:?}");
    assert!(repeat.as_ref().unwrap().repeated);
    assert!(matches!(reused, Err(AppendError::CommandReused { .. })), "{reused:?}");
    assert!(matches!(ahead, Err(AppendError::Conflict { expected: 3, actual: 0, .. })), "{ahead:?}");
    assert_eq!(whole_log(&ledger).await.iter().map(n_of).collect::<Vec<_>>(), [1, 2, 5]);
}

/// What one process remembers is old as soon as another one appends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_answers_from_an_old_memory() {
    let engine = Engine::postgres();
    let (one, other) = (engine.open().await, engine.open().await);
    for version in (0..60).step_by(3) {
        one.append(append(vec![write("case/1", version, &[version])])).await.unwrap();
        other.append(append(vec![write("case/1", version + 1, &[version + 1])])).await.unwrap();
        // The stale version is a conflict, the right one is none, and neither goes by what `one` last wrote.
        let stale = one.append(append(vec![write("case/1", version + 1, &[99])])).await;
        assert!(matches!(stale, Err(AppendError::Conflict { actual, .. }) if actual == version + 2), "{stale:?}");
        one.append(append(vec![write("case/1", version + 2, &[version + 2])])).await.unwrap();
    }
    assert_eq!(whole_log(&other).await.iter().map(n_of).collect::<Vec<_>>(), (0..60).collect::<Vec<_>>());
}

async fn proves_that_events_are_part_of_the_log(engine: Engine) {
    let ledger = engine.open().await;
    // Of an empty log nothing can be proved, which is no reason to look for it without end.
    assert_eq!(ledger.paths(ledger.head(), &[]).await.unwrap(), Vec::<Vec<ledger::merkle::Hash>>::new());
    assert!(ledger.paths(ledger.head(), &[0]).await.is_err());
    for n in 0..10 {
        let events: Vec<u64> = (0..60).collect();
        ledger.append(command(Uuid::from_u128(n + 1), 1, vec![write(&format!("case/{n}"), 0, &events)])).await.unwrap();
        let head = ledger.head();
        let indexes = [0, 1, head.size / 2, head.size - 1];
        let records = whole_log(&ledger).await;
        let paths = ledger.paths(head, &indexes).await.unwrap();
        for (index, path) in indexes.into_iter().zip(&paths) {
            let leaf = merkle::leaf_hash(records[index as usize].bytes.as_bytes());
            assert_eq!(merkle::root_of_path(index, head.size, leaf, path), Some(head.root), "{index} of {}", head.size);
        }
    }
    assert!(ledger.paths(ledger.head(), &[600]).await.is_err());
}

async fn a_lease_is_one_holders_until_it_runs_out(engine: Engine) {
    let ledger = engine.open().await;
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let short = std::time::Duration::from_millis(300);
    assert!(ledger.lease("relay", one, short).await.unwrap());
    assert!(ledger.lease("relay", one, short).await.unwrap(), "renewed");
    assert!(ledger.lease("reactions", other, short).await.unwrap(), "another lease");
    if engine.is_sqlite() {
        return;
    }
    assert!(!ledger.lease("relay", other, short).await.unwrap());
    tokio::time::sleep(short + std::time::Duration::from_millis(100)).await;
    assert!(ledger.lease("relay", other, short).await.unwrap(), "it ran out");
    assert!(!ledger.lease("relay", one, short).await.unwrap(), "and is the other's now");
}
