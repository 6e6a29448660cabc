//! The views belong to the ledgers that they were folded from: of another one, or an older copy of it, nothing is left.

use super::{World, records::*, run_until_caught_up};
use crate::model::*;

fn case(n: u32) -> String {
    format!("0190b2c8-0000-7000-8000-{n:012}")
}

/// A ledger of these cases, which `party` tells from others.
fn ledger(cases: std::ops::Range<u32>, party: &str) -> Ledger {
    let mut l = Ledger::new("enforcement");
    for n in cases {
        let data = filed(&case(n), &format!("立{n}"), party);
        l.next(&format!("case/{}", case(n)), "enforcement.case.CaseFiled.v1", "2026-01-06", data).put();
    }
    l
}

fn world(ledger: &Ledger) -> World {
    World::new(&lists(), ledger, "2026-06-01T00:00:00Z")
}

/// What the views say once they know all that the ledger has.
async fn digests(world: &World) -> std::collections::BTreeMap<String, String> {
    let (app, _) = world.folded().await;
    let digests = app.view_digests().await.unwrap();
    app.close().await;
    digests
}

#[tokio::test]
async fn of_a_ledger_restored_from_an_older_copy_no_ghost_stays_and_no_new_event_is_passed_over() {
    let (older, whole) = (ledger(0..3, "甲公司"), ledger(0..7, "甲公司"));
    let views = world(&whole);
    digests(&views).await;
    views.enforcement.replace(older.records());
    assert_eq!(digests(&views).await, digests(&world(&older)).await);

    // It grows beyond what the views had known before they are opened again: the number alone tells nothing.
    let views = world(&whole);
    digests(&views).await;
    let mut grown = older;
    for n in 20..30 {
        let data = filed(&case(n), &format!("立{n}"), "丙公司");
        grown.next(&format!("case/{}", case(n)), "enforcement.case.CaseFiled.v1", "2026-01-06", data).put();
    }
    views.enforcement.replace(grown.records());
    assert_eq!(digests(&views).await, digests(&world(&grown)).await);
    let (app, q) = views.folded().await;
    assert!(q.case(&Scope::Everything, &case(5), None).await.unwrap().is_none(), "it was never recorded here");
    assert!(q.case(&Scope::Everything, &case(29), None).await.unwrap().is_some());
    app.close().await;
}

#[tokio::test]
async fn of_a_ledger_of_the_same_length_that_was_altered_in_the_middle_the_views_are_folded_anew() {
    let whole = ledger(0..5, "甲公司");
    let views = world(&whole);
    digests(&views).await;
    let mut altered = whole.records();
    altered[2].bytes = altered[2].bytes.replace("甲公司", "乙公司").into();
    views.enforcement.replace(altered);
    let (app, q) = views.folded().await;
    let title = q.case(&Scope::Everything, &case(2), None).await.unwrap().unwrap();
    assert!(format!("{title:?}").contains("乙公司"));
    app.close().await;
}

#[tokio::test]
async fn of_the_same_ledger_the_views_go_on_where_they_were() {
    let views = world(&ledger(0..5, "甲公司"));
    let before = digests(&views).await;
    views.enforcement.push(ledger(0..8, "甲公司").records().into_iter().skip(5));
    let app = views.open().await;
    assert_eq!(app.offsets().borrow().get("enforcement"), Some(&5), "nothing is folded again");
    run_until_caught_up(&app).await;
    assert_ne!(app.view_digests().await.unwrap(), before);
    assert_eq!(app.view_digests().await.unwrap(), digests(&world(&ledger(0..8, "甲公司"))).await);
    app.close().await;
}
