//! What belongs together across services, and who is told of it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{World, records::*};
use crate::{model::*, query::Queries};

const REPORT: &str = "0190b2c8-0000-7000-8000-00000000000a";
const APPEAL: &str = "0190b2c8-0000-7000-8000-00000000000b";
const ALONE: &str = "0190b2c8-0000-7000-8000-00000000000c";
/// Of a second county.
const COUNTY: &str = "230881";

/// A matter of a service that nobody declared begins.
fn begins<'a>(l: &'a mut Ledger, stream: &str, id: &str, day: &str, (agency, region): (&str, &str)) -> Next<'a> {
    let opened = json!({
        "kind": "x", "id": id, "number": format!("第{id}号"), "subject": "反映某店", "agency": agency, "agency_name": "某局",
        "region": region,
    });
    l.next(stream, &format!("{}.x.Begun.v1", stream.split('/').next().unwrap()), day, json!({}))
        .with("matter", json!({"opened": opened, "stage": "begun"}))
}

/// A report that led to a lead under the same id and that to a case, whose decision was appealed against in another county; what
/// the organ did could not be carried into the case. The ids of the events: report, lead, case, appeal.
fn county() -> ([Ledger; 3], [Uuid; 4]) {
    let mut complaints = Ledger::new("complaints");
    let report = begins(&mut complaints, &format!("complaint/{REPORT}"), REPORT, "2026-01-05", (MARKET, REGION));
    let report = report.of(REPORT).put();
    let mut enforcement = Ledger::new("enforcement");
    let lead = begins(&mut enforcement, &format!("lead/{REPORT}"), REPORT, "2026-01-05", (MARKET, REGION));
    let lead = lead.of(REPORT).led_by(report).recorded("2026-01-06").put();
    // A mark, a number and a sum are no steps of any matter.
    let kept = |l: &mut Ledger, stream: &str, day: &str| {
        l.next(stream, "enforcement.y.Kept.v1", day, json!({})).of(REPORT).put()
    };
    kept(&mut enforcement, "reaction/complaints", "2026-01-06");
    let case = enforcement.case("CaseFiled", "2026-01-06", filed(CASE, "立1", "甲公司")).of(REPORT).put();
    kept(&mut enforcement, "series/1", "2026-01-06");
    let mut appeals = Ledger::new("appeals");
    let appeal = begins(&mut appeals, &format!("appeal/{APPEAL}"), APPEAL, "2026-02-01", (ELSEWHERE, COUNTY));
    let appeal = appeal.by(ELSEWHERE, COUNTY).of(CASE).put();
    enforcement.case("AppealLodged", "2026-02-01", json!({"reference": APPEAL})).of(CASE).led_by(appeal).put();
    let refused = json!({"violations": [breach("EN-FOLLOW")]});
    enforcement
        .next("reaction/appeals", "enforcement.y.ReactionRefused.v1", "2026-03-01", refused)
        .of(CASE)
        .led_by(appeal)
        .put();
    // And one that has to do with nothing.
    begins(&mut complaints, &format!("complaint/{ALONE}"), ALONE, "2026-01-07", (MARKET, REGION)).of(ALONE).put();
    ([enforcement, complaints, appeals], [report, lead, case, appeal])
}

async fn queries(ledgers: &[Ledger; 3]) -> (super::Folded, Queries) {
    let [enforcement, complaints, appeals] = ledgers;
    let world = World::new(&lists(), enforcement, "2026-06-01T00:00:00Z");
    world.and("complaints", complaints).and("appeals", appeals).folded().await
}

fn region(code: &str) -> Scope {
    Scope::Region(code.parse().unwrap())
}

/// Its matters, how many others there are, and its events by their matter.
type Told = (Vec<(String, String)>, u32, Vec<(Option<u32>, String)>);

fn told(trail: Option<Trail>) -> Told {
    let trail = trail.unwrap();
    assert!(!trail.matters_cut && !trail.events_cut);
    let event = |e: TrailEvent| (e.matter, e.entry.kind.split('.').nth(2).unwrap().to_owned());
    let matters = trail.matters.into_iter().map(|m| (m.source, m.id)).collect();
    (matters, trail.others, trail.events.into_iter().map(event).collect())
}

fn matters(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(source, id)| ((*source).to_owned(), (*id).to_owned())).collect()
}

fn events(all: &[(Option<u32>, &str)]) -> Vec<(Option<u32>, String)> {
    all.iter().map(|(matter, kind)| (*matter, (*kind).to_owned())).collect()
}

#[tokio::test]
async fn what_belongs_together_is_told_from_each_of_its_matters_in_the_order_it_happened() {
    let (ledgers, [report, _, _, appeal]) = county();
    let (_app, q) = queries(&ledgers).await;
    let whole = (
        matters(&[("complaints", REPORT), ("enforcement", REPORT), ("enforcement", CASE), ("appeals", APPEAL)]),
        0,
        events(&[
            (Some(0), "Begun"),
            (Some(1), "Begun"),
            (Some(2), "CaseFiled"),
            (Some(3), "Begun"),
            (Some(2), "AppealLodged"),
            (None, "ReactionRefused"),
        ]),
    );
    for id in [REPORT, CASE, APPEAL] {
        assert_eq!(told(q.trail(&Scope::Everything, id).await.unwrap()), whole, "{id}");
        assert!(q.case(&Scope::Everything, id, None).await.unwrap().unwrap().has_trail, "{id}");
    }
    let trail = q.trail(&Scope::Everything, CASE).await.unwrap().unwrap();
    assert_eq!(trail.events[0].entry.id, report.to_string());
    let causes: Vec<_> = trail.events.iter().map(|e| e.entry.cause.clone()).collect();
    let (report, appeal) = (Some(report.to_string()), Some(appeal.to_string()));
    assert_eq!(causes, [None, report, None, None, appeal.clone(), appeal]);
    assert_eq!(trail.events[5].entry.violations[0].rule, "EN-FOLLOW");
}

#[tokio::test]
async fn a_matter_that_belongs_with_no_other_is_its_own_trail() {
    let (ledgers, _) = county();
    let (_app, q) = queries(&ledgers).await;
    let alone = told(q.trail(&Scope::Everything, ALONE).await.unwrap());
    assert_eq!(alone, (matters(&[("complaints", ALONE)]), 0, events(&[(Some(0), "Begun")])));
    assert!(!q.case(&Scope::Everything, ALONE, None).await.unwrap().unwrap().has_trail);
    assert!(q.trail(&Scope::Everything, ITEM).await.unwrap().is_none());
}

#[tokio::test]
async fn a_matter_is_told_from_that_of_another_service_under_the_same_id() {
    let (ledgers, _) = county();
    let (_app, q) = queries(&ledgers).await;
    for (service, source, stream) in [
        (None, "complaints", "complaint/"),
        (Some("complaints"), "complaints", "complaint/"),
        (Some("enforcement"), "enforcement", "lead/"),
    ] {
        let file = q.case(&Scope::Everything, REPORT, service).await.unwrap().unwrap();
        assert_eq!(
            (file.header.source.as_str(), file.timeline[0].kind.starts_with(&stream.replace('/', "."))),
            (source, true)
        );
    }
    assert!(q.case(&Scope::Everything, REPORT, Some("appeals")).await.unwrap().is_none());
}

/// A client that names a cause, and no correlation.
#[tokio::test]
async fn a_cause_ties_matters_that_no_correlation_does() {
    let mut l = Ledger::new("enforcement");
    let first = l.case("CaseFiled", "2026-01-06", filed(CASE, "立1", "甲公司")).of(CASE).put();
    begins(&mut l, &format!("x/{APPEAL}"), APPEAL, "2026-02-01", (MARKET, REGION)).of(APPEAL).led_by(first).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    for id in [CASE, APPEAL] {
        let (all, ..) = told(q.trail(&Scope::Everything, id).await.unwrap());
        assert_eq!(all, matters(&[("enforcement", CASE), ("enforcement", APPEAL)]), "{id}");
    }
}

#[tokio::test]
async fn of_what_lies_outside_a_scope_is_told_that_it_is_there_and_nothing_else() {
    let (ledgers, _) = county();
    let (_app, q) = queries(&ledgers).await;
    let own = (
        matters(&[("complaints", REPORT), ("enforcement", REPORT), ("enforcement", CASE)]),
        1,
        events(&[
            (Some(0), "Begun"),
            (Some(1), "Begun"),
            (Some(2), "CaseFiled"),
            (Some(2), "AppealLodged"),
            (None, "ReactionRefused"),
        ]),
    );
    for scope in [region(REGION), Scope::Agency(MARKET.parse().unwrap())] {
        assert_eq!(told(q.trail(&scope, CASE).await.unwrap()), own, "{scope:?}");
        assert!(q.trail(&scope, APPEAL).await.unwrap().is_none(), "{scope:?}");
    }
    // The organ is told of the case it judges, and not of what lies behind that.
    for scope in [region(COUNTY), Scope::Agency(ELSEWHERE.parse().unwrap())] {
        let seen = told(q.trail(&scope, APPEAL).await.unwrap());
        assert_eq!(seen, (matters(&[("appeals", APPEAL)]), 1, events(&[(Some(0), "Begun")])), "{scope:?}");
        assert!(q.case(&scope, APPEAL, None).await.unwrap().unwrap().has_trail, "{scope:?}");
        assert!(q.trail(&scope, CASE).await.unwrap().is_none(), "{scope:?}");
    }
}

#[tokio::test]
async fn the_public_is_told_of_public_matters_and_not_that_there_are_others() {
    let (mut ledgers, _) = county();
    let publish = |l: &mut Ledger, stream: &str| {
        l.next(stream, "x.x.Published.v1", "2026-03-01", json!({}))
            .with("matter", json!({"published": "https://example.gov.cn/1"}))
            .put();
    };
    publish(&mut ledgers[0], &format!("case/{CASE}"));
    let (_app, q) = queries(&ledgers).await;
    assert!(q.trail(&Scope::Public, REPORT).await.unwrap().is_none());
    assert_eq!(told(q.trail(&Scope::Public, CASE).await.unwrap()), (matters(&[("enforcement", CASE)]), 0, vec![]));
    assert!(!q.case(&Scope::Public, CASE, None).await.unwrap().unwrap().has_trail);
    publish(&mut ledgers[2], &format!("appeal/{APPEAL}"));
    let (_app, q) = queries(&ledgers).await;
    let both = matters(&[("enforcement", CASE), ("appeals", APPEAL)]);
    assert_eq!(told(q.trail(&Scope::Public, CASE).await.unwrap()), (both, 0, vec![]));
    assert!(q.case(&Scope::Public, CASE, None).await.unwrap().unwrap().has_trail);
}

#[tokio::test]
async fn a_trail_that_is_too_long_says_so() {
    let mut l = Ledger::new("enforcement");
    for n in 0..51 {
        let id = format!("0190b2c8-0000-7000-8000-0000000004{n:02}");
        begins(&mut l, &format!("x/{id}"), &id, "2026-01-06", (MARKET, REGION)).of(REPORT).put();
    }
    for _ in 0..2_000 {
        let first = "x/0190b2c8-0000-7000-8000-000000000400";
        l.next(first, "x.x.Went.v1", "2026-01-07", Value::Object(serde_json::Map::new())).of(REPORT).put();
    }
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let trail = q.trail(&Scope::Everything, "0190b2c8-0000-7000-8000-000000000400").await.unwrap().unwrap();
    assert_eq!((trail.matters.len(), trail.events.len()), (50, 2_000));
    assert!(trail.matters_cut && trail.events_cut);
    assert!(trail.events.iter().take(50).all(|e| e.entry.kind.ends_with("Begun.v1")), "the first are told");
}
