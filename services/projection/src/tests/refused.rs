//! What a database can refuse is parked alone, the same in every order of batches, and everything else goes on.

use serde_json::{Value, json};

use super::{World, records::*, run_until_caught_up};
use crate::{Db, model::*, store::Store};

/// A long text that no database presses into less.
fn noise(bytes: usize) -> String {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from((seed >> 24) % 26).unwrap_or_default())
    };
    (0..bytes).map(|_| next()).collect()
}

fn case(n: u32) -> String {
    format!("0190b2c8-0000-7000-8000-{n:012}")
}

/// Many cases; in some of them an event that a database can refuse, each of another kind, told by its log index.
fn refused() -> (Ledger, Vec<u64>) {
    let mut l = Ledger::new("enforcement");
    let file = |l: &mut Ledger, n: u32| {
        let data = filed(&case(n), &format!("立{n}"), "甲公司");
        l.next(&format!("case/{}", case(n)), "enforcement.case.CaseFiled.v1", "2026-01-06", data).put();
    };
    let far = |clock: &str, start: &str| {
        let change = json!({"change": "opened", "clock": clock, "rule": clock, "period": {"unit": "years", "count": 200}, "start": start});
        json!({"clocks": [change]})
    };
    let long = || json!(noise(4_000));
    let all: Vec<Value> = vec![
        json!({"said": "虚构\0甲"}),
        json!({"matter": {"subject": "\0"}}),
        json!({"said": "HALF"}),
        json!({"matter": {"stage": long()}}),
        json!({"matter": {"decided": {"number": "1", "outcome": long()}}}),
        json!({"matter": {"acted": true}, "officers": [{"officer": long()}]}),
        json!({"violations": [{"rule": long()}]}),
        json!({"clocks": [{"change": "opened", "clock": long(), "period": {"unit": "hours", "count": 1}}]}),
        json!({"matter": {"paid_fen": i64::MAX}}),
        json!({"matter": {"paid_fen": i64::MIN}}),
        json!({"matter": {"paid_fen": 1e30}}),
        json!({"matter": {"decided": {"number": "1", "outcome": "punished", "imposed_fen": i64::MAX}}}),
        json!({"clocks": [{"change": "stopped", "clock": "EN-NINETY", "at": "2026-13-45T00:00:00Z"}]}),
        json!({"matter": {"opened": {"kind": "case"}}}),
    ];
    let mut expected = Vec::new();
    for (n, data) in (0..).zip(all) {
        file(&mut l, n);
        expected.push(l.records().len() as u64);
        l.next(&format!("case/{}", case(n)), "enforcement.case.CaseTeleported.v1", "2026-01-07", data)
            .with("mode", json!("handling"))
            .put();
        let waived = json!({"how": "书面"});
        l.next(&format!("case/{}", case(n)), "enforcement.case.StatementWaived.v1", "2026-01-09", waived).put();
    }
    // Odd, and kept: days at the ends of time, long words that nothing is found by.
    file(&mut l, 90);
    for start in ["9999-12-30T21:59:59Z", "-009999-01-02T02:00:00Z"] {
        let stream = format!("case/{}", case(90));
        l.next(&stream, "enforcement.case.CaseTeleported.v1", "2026-01-07", far("EN-NINETY", start)).put();
    }
    let said = json!({"said": long()});
    l.next(&format!("case/{}", case(90)), "enforcement.case.CaseTeleported.v1", "2026-01-08", said).put();
    (l, expected)
}

/// The ledger as it was written by somebody whose JSON is not ours.
fn world(ledger: &Ledger) -> World {
    let world = World::new(&lists(), &Ledger::new("enforcement"), "2026-06-01T00:00:00Z");
    world.enforcement.push(ledger.records().into_iter().map(|mut record| {
        record.bytes = record.bytes.replace("\"HALF\"", "\"\\ud800\"").into();
        record
    }));
    world
}

#[tokio::test]
async fn what_a_database_can_refuse_is_parked_alone_however_it_arrives() {
    let (ledger, expected) = refused();
    let mut digests = Vec::new();
    for batch in [usize::MAX, 1, 7] {
        let world = world(&ledger);
        *world.enforcement.batch_max.lock().unwrap() = batch;
        let (app, q) = world.folded().await;
        let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
        let parked: Vec<u64> = overview.parked.iter().map(|parked| parked.log_index).collect();
        assert_eq!(parked, expected, "{:?}", overview.parked);
        let file = q.case(&Scope::Everything, &case(0), None).await.unwrap().unwrap();
        assert!(file.header.incomplete);
        assert_eq!((file.timeline.len(), file.parked.len()), (2, 1));
        assert!(!q.case(&Scope::Everything, &case(90), None).await.unwrap().unwrap().header.incomplete);
        digests.push(app.view_digests().await.unwrap());
        app.close().await;
    }
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0], digests[2]);
}

/// A kind of refusal that nobody thought of.
#[tokio::test]
async fn what_the_database_alone_refuses_is_found_and_parked_alone() {
    let (ledger, mut expected) = refused();
    let rebuilt = |batch: usize| {
        let world = world(&ledger);
        async move {
            *world.enforcement.batch_max.lock().unwrap() = batch;
            let app = world.open().await;
            let mut store = Store::open(&Db::Sqlite(world.dir.path().to_owned())).await.unwrap();
            let refuse = "CREATE TRIGGER refuses BEFORE INSERT ON timeline WHEN new.seq = 3 AND new.stream LIKE '%0000003' \
                          BEGIN SELECT RAISE(ABORT, 'no'); END";
            store.writer.run(refuse.to_owned()).await.unwrap();
            store.reader.close().await;
            store.writer.close().await;
            run_until_caught_up(&app).await;
            let parked = app.queries().parked(&Scope::Everything).await.unwrap();
            let digests = app.view_digests().await.unwrap();
            app.close().await;
            (parked, digests)
        }
    };
    let (parked, digests) = rebuilt(usize::MAX).await;
    expected.push(3 * 3 + 2);
    expected.sort_unstable();
    assert_eq!(parked.iter().map(|parked| parked.log_index).collect::<Vec<_>>(), expected);
    assert!(parked.iter().any(|parked| parked.reason.contains("SQLite 1811")), "{parked:?}");
    assert_eq!(rebuilt(1).await, (parked, digests));
}
