//! Who sees what.

use serde_json::json;

use super::{World, cases::whole_case, records::*};
use crate::{model::*, query::QueryError};

#[tokio::test]
async fn a_region_and_an_agency_see_their_own_only() {
    let (_app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let scope = |code: &str| Scope::Region(code.parse().unwrap());
    for (scope, seen) in [
        (scope("230000"), 1),
        (scope("230800"), 1),
        (scope("230883"), 1),
        (scope("230881"), 0),
        (scope("230883100"), 0),
        (Scope::Agency(MARKET.parse().unwrap()), 1),
        (Scope::Agency(ELSEWHERE.parse().unwrap()), 0),
    ] {
        assert_eq!(q.cases(&scope, &CaseFilter::default()).await.unwrap().total, seen, "{scope:?}");
        assert_eq!(q.case(&scope, CASE, None).await.unwrap().is_some(), seen == 1, "{scope:?}");
        assert_eq!(q.findings(&scope, &FindingFilter::default()).await.unwrap().total, 4 * seen, "{scope:?}");
        assert_eq!(
            q.deadlines(&scope, &DeadlineFilter { state: Some(DeadlineState::Met), ..DeadlineFilter::default() })
                .await
                .unwrap()
                .total,
            seen
        );
        assert_eq!(q.audit(&scope, &AuditFilter::default()).await.unwrap().total > 0, seen == 1, "{scope:?}");
        assert_eq!(q.overview(&scope, &OverviewFilter::default()).await.unwrap().filed, seen, "{scope:?}");
        assert_eq!(q.agency(&scope, MARKET, &AgencyFilter::default()).await.unwrap().is_some(), seen == 1, "{scope:?}");
    }
}

#[tokio::test]
async fn the_public_sees_a_decision_while_it_stands_on_the_web() {
    let mut l = whole_case();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Public, CASE, None).await.unwrap().unwrap();
    assert!(
        file.timeline.is_empty() && file.findings.is_empty() && file.evidence.is_empty() && file.officers.is_empty()
    );
    assert_eq!(file.decision.unwrap().fine_fen, 500_000);
    assert!(matches!(q.findings(&Scope::Public, &FindingFilter::default()).await, Err(QueryError::Denied)));
    assert!(matches!(q.deadlines(&Scope::Public, &DeadlineFilter::default()).await, Err(QueryError::Denied)));
    assert!(matches!(q.audit(&Scope::Public, &AuditFilter::default()).await, Err(QueryError::Denied)));
    assert!(matches!(q.officers(&Scope::Public, &OfficerFilter::default()).await, Err(QueryError::Denied)));
    let overview = q.overview(&Scope::Public, &OverviewFilter::default()).await.unwrap();
    assert_eq!((overview.filed, overview.latest.len()), (0, 1));
    l.case("PublicationWithdrawn", "2026-04-01", json!({"reason": "撤销"})).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    assert!(q.case(&Scope::Public, CASE, None).await.unwrap().is_none());
    assert_eq!(q.cases(&Scope::Public, &CaseFilter::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn an_agency_sees_the_matters_that_it_keeps_for_another_and_no_more_of_it() {
    const KEPT: &str = "0190b2c8-0000-7000-8000-00000000000d";
    let mut appeals = Ledger::new("appeals");
    let opened = json!({
        "kind": "x", "id": KEPT, "number": "复1", "subject": "不服处罚", "agency": MARKET, "agency_name": "市监局",
        "region": REGION, "keeper": ELSEWHERE,
    });
    let begun = appeals.next(&format!("appeal/{KEPT}"), "appeals.x.Begun.v1", "2026-02-01", json!({}));
    begun.with("matter", json!({"opened": opened, "stage": "begun"})).put();
    let world = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").and("appeals", &appeals);
    let (_app, q) = world.folded().await;
    let scope = |code: &str| Scope::Agency(code.parse().unwrap());
    let found = async |scope: Scope, text: Option<&str>| {
        let f = CaseFilter { text: text.map(str::to_owned), ..CaseFilter::default() };
        q.cases(&scope, &f).await.unwrap().rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(scope(ELSEWHERE), None).await, [KEPT]);
    assert_eq!(found(scope(ELSEWHERE), Some("不服")).await, [KEPT]);
    assert_eq!(found(scope(MARKET), None).await.len(), 2);
    assert!(found(scope("11230883MB0101012C"), None).await.is_empty());
    for (whose, kept, case) in [(ELSEWHERE, true, false), (MARKET, true, true), ("11230883MB0101012C", false, false)] {
        for (id, seen) in [(KEPT, kept), (CASE, case)] {
            assert_eq!(q.case(&scope(whose), id, None).await.unwrap().is_some(), seen, "{whose} {id}");
            assert_eq!(q.trail(&scope(whose), id).await.unwrap().is_some(), seen, "{whose} {id}");
        }
    }
}
