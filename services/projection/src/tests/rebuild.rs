//! A view is a pure fold: however the events arrive, and however often they are folded anew.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::Feed;
use law::calendar::Calendar;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{World, cases::whole_case, feed::MemoryFeed, records::*, run_until_caught_up};
use crate::{
    Db,
    model::*,
    pipeline::{self, Failed, Pipeline},
    query::QueryError,
    schema,
    services::Services,
    store::Store,
    views::findings::Terms,
};

/// Some cases, interleaved.
fn cases() -> Ledger {
    let mut l = whole_case();
    let ids: Vec<String> = (0..40).map(|n| format!("0190b2c8-0000-7000-8000-0000000003{n:02}")).collect();
    for (n, id) in ids.iter().enumerate() {
        let data = filed(id, &format!("立{n}"), &format!("商店{n}"));
        // One of them ends in a year without a calendar.
        let clocks = json!([
            opened("EN-NINETY", "2026-02-02", "calendar_days", 90),
            opened("EN-PUBLICISE", "2026-12-20", "working_days", 20),
        ]);
        l.next(&format!("case/{id}"), "enforcement.case.CaseFiled.v1", "2026-02-02", data)
            .with("clocks", clocks)
            .with("unchecked", json!([unchecked("EN-REVIEW")]))
            .rules("EN-POWER")
            .put();
    }
    for id in &ids {
        let paid =
            json!({"number": "n", "penalties": [], "fine_fen": 1_000, "tier": null, "decided_by": "d", "major": false});
        let clocks = json!([stopped("EN-NINETY", "2026-05-20"), stopped("EN-PUBLICISE", "2027-02-01")]);
        l.next(&format!("case/{id}"), "enforcement.case.PenaltyDecided.v1", "2026-05-20", paid)
            .with("clocks", clocks)
            .put();
    }
    // Given to an agency that does nothing, and back.
    for agency in [ELSEWHERE, MARKET] {
        let handed = json!({"handed": {"agency": agency, "agency_name": "某局", "region": REGION}});
        let data = json!({"applies": false, "reason": "r"});
        l.next(&format!("case/{}", ids[0]), "enforcement.case.ExemptionConsidered.v1", "2026-05-22", data)
            .with("matter", handed)
            .put();
    }
    l
}

#[tokio::test]
async fn the_same_events_make_the_same_rows_however_they_arrive() {
    let mut digests = Vec::new();
    for batch in [usize::MAX, 1, 7] {
        let world = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z");
        *world.powerlist.batch_max.lock().unwrap() = batch;
        *world.enforcement.batch_max.lock().unwrap() = batch;
        let (app, _) = world.folded().await;
        digests.push(app.view_digests().await.unwrap());
    }
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0], digests[2]);
    assert!(digests[0].len() > 20);
}

#[tokio::test]
async fn views_come_back_as_they_were_when_their_file_is_deleted() {
    let world = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z");
    let (app, _) = world.folded().await;
    let before = app.view_digests().await.unwrap();
    app.close().await;
    for entry in std::fs::read_dir(world.dir.path()).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let (app, _) = world.folded().await;
    assert_eq!(app.view_digests().await.unwrap(), before);
}

/// As left by a program of the same version with other tables.
#[tokio::test]
async fn tables_made_by_other_statements_are_made_anew() {
    let world = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z");
    let (app, _) = world.folded().await;
    let before = app.view_digests().await.unwrap();
    app.close().await;
    let mut store = Store::open(&Db::Sqlite(world.dir.path().to_owned())).await.unwrap();
    store.writer.run("DROP TABLE item_use; UPDATE made SET tables = 'others'".to_owned()).await.unwrap();
    store.reader.close().await;
    store.writer.close().await;
    let (app, _) = world.folded().await;
    assert_eq!(app.view_digests().await.unwrap(), before);
}

#[tokio::test]
async fn folding_goes_on_where_it_stopped() {
    let all = cases().records();
    let world = World::new(&lists(), &Ledger::new("enforcement"), "2026-06-01T00:00:00Z");
    for part in all.chunks(13) {
        world.enforcement.push(part.iter().cloned());
        let app = world.open().await;
        run_until_caught_up(&app).await;
        app.close().await;
    }
    let app = world.open().await;
    let (whole, _) = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z").folded().await;
    assert_eq!(app.view_digests().await.unwrap(), whole.view_digests().await.unwrap());
}

#[tokio::test]
async fn what_cannot_be_read_is_parked_where_everybody_sees_it() {
    let mut l = Ledger::as_given("enforcement");
    let clock =
        |period: Value| json!({"change": "opened", "clock": "EN-NINETY", "rule": "EN-NINETY", "period": period});
    l.case("CaseTeleported", "2026-01-07", json!({"matter": {"opened": 7}})).put();
    // Of an older event everything is read.
    l.case("PenaltyDecided", "2026-01-08", json!({"number": 7})).put();
    l.case("CaseTeleported", "2026-01-08", json!({"clocks": [clock(Value::Null)]})).put();
    let (app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!(overview.parked.iter().map(|p| p.log_index).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(app.offsets().borrow()["enforcement"], 3);
}

#[tokio::test]
async fn a_case_with_a_parked_event_is_incomplete() {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).put();
    l.case("PenaltyDecided", "2026-01-08", json!({"number": 7, "violations": 7})).put();
    l.case("StatementWaived", "2026-01-09", json!({"how": "书面"})).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert!(file.header.incomplete);
    assert_eq!(file.parked.iter().map(|p| p.log_index).collect::<Vec<_>>(), [1]);
    assert_eq!((file.timeline.len(), file.header.stage.as_str()), (2, "state"));
}

#[tokio::test]
async fn an_event_that_nobody_declared_is_shown_with_its_rules_and_clocks() {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).put();
    l.case("CaseTeleported", "2026-01-07", json!({"whither": "月球"}))
        .rules("EN-TELEPORT")
        .with("violations", json!([breach("EN-REVIEW")]))
        .with("clocks", json!([opened("EN-NINETY", "2026-01-07", "calendar_days", 90)]))
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert!(!file.header.incomplete);
    let shown = &file.timeline[1];
    assert_eq!(
        (shown.title.zh.as_ref(), shown.rules.as_slice()),
        (shown.kind.as_str(), ["EN-TELEPORT".to_owned()].as_slice())
    );
    assert_eq!((shown.details[0].label.zh.as_ref(), shown.details[0].value.zh.as_ref()), ("whither", "月球"));
    assert_eq!((file.deadlines.len(), file.findings.len()), (1, 2));
}

/// Somebody else wrote the database, or it is damaged: an answer made of it would be wrong.
#[tokio::test]
async fn a_row_that_does_not_read_back_fails_the_read() {
    let world = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z");
    let (app, q) = world.folded().await;
    let mut store = Store::open(&Db::Sqlite(world.dir.path().to_owned())).await.unwrap();
    for damage in ["changes = '{\"suspensions\":7}'", "changes = ''", "period = ''", "period = 'ninety days'"] {
        store.writer.run(format!("UPDATE deadlines SET changes = '{{}}', period = '{{\"unit\":\"hours\",\"count\":1}}'; UPDATE deadlines SET {damage}")).await.unwrap();
        let f = DeadlineFilter { state: Some(DeadlineState::Met), ..DeadlineFilter::default() };
        let read = q.deadlines(&Scope::Everything, &f).await;
        assert!(matches!(read, Err(QueryError::Damaged(_))), "{damage}: {read:?}");
    }
    assert!(
        q.case(&Scope::Everything, CASE, None).await.is_err_and(|e| matches!(e, QueryError::Damaged(_))),
        "its clocks"
    );
    let log = AuditFilter::default();
    assert!(q.audit(&Scope::Everything, &log).await.is_ok());
    store.writer.run("UPDATE timeline SET data = '7'".to_owned()).await.unwrap();
    assert!(matches!(q.audit(&Scope::Everything, &log).await, Err(QueryError::Damaged(_))));
    app.close().await;
}

/// However the suite is started: what says so stands in the ledger.
#[tokio::test]
async fn data_of_the_demonstration_say_that_they_are_invented() {
    let region = json!({"region": "230000", "name": "黑龙江省", "level": "province", "parent": null});
    for (actor, invented) in [(kernel::DEMONSTRATION, true), ("list-office", false)] {
        let mut l = lists();
        l.next("region/230000", "powerlist.region.RegionRegistered.v1", "2026-01-02", region.clone())
            .actor(actor)
            .put();
        let (_app, q) = World::new(&l, &whole_case(), "2026-06-01T00:00:00Z").folded().await;
        assert_eq!(q.invented().await.unwrap(), invented, "{actor}");
    }
}

#[tokio::test]
async fn a_gap_stops_the_fold_and_skips_nothing() {
    let mut records = whole_case().records();
    records.remove(3);
    let dir = tempfile::tempdir().unwrap();
    let Store { reader, mut writer } = Store::open(&Db::Sqlite(dir.path().to_owned())).await.unwrap();
    let services = Arc::new(Services::new(profiles()));
    schema::prepare(&mut writer, Timestamp::UNIX_EPOCH, 3, &services, Calendar::china()).await.unwrap();
    let feeds: [Arc<dyn Feed>; 1] = [Arc::new(MemoryFeed::new("enforcement", records))];
    let offsets = watch::Sender::default();
    let terms = Terms { services, late_after_working_days: 3, calendar: Calendar::china().clone(), notices: 0 };
    let behind = &tokio::runtime::Handle::current();
    let work = Pipeline { feeds: &feeds, reader: &reader, writer: &mut writer, offsets: &offsets, behind, terms };
    let failed = pipeline::run(work, None).await;
    assert!(matches!(failed, Failed::Gap { expected: 3, found: 4, .. }), "{failed}");
    assert!(offsets.borrow().get("enforcement").is_none_or(|next| *next <= 3));
}

#[tokio::test]
async fn audit_lists_what_was_recorded_newest_first() {
    let (_app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let f = AuditFilter { source: Some("enforcement".into()), ..AuditFilter::default() };
    let page = q.audit(&Scope::Everything, &f).await.unwrap();
    assert_eq!(page.total, 15);
    assert!(page.rows[0].entry.kind.ends_with("CaseArchived.v1"));
    assert_eq!(page.rows[0].matter, "抚市监立〔2026〕1号");
    let day = Some("2026-03-24".parse().unwrap());
    assert_eq!(q.audit(&Scope::Everything, &AuditFilter { from: day, to: day, ..f }).await.unwrap().total, 1);
}
