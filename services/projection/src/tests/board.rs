//! A kind of matter at one look, and that its numbers lead to as many rows.

use serde_json::json;

use super::{World, cases::whole_case, records::*};
use crate::{model::*, query::QueryError};

/// Cases that stand at each place on Monday, 1 June 2026, and one that has ended.
fn cases() -> Ledger {
    let mut l = whole_case();
    // 90 days from the day of filing, or working days: overdue since May; on Thursday; on Friday; and without a clock.
    let clocks = [
        ("11", json!([opened("EN-NINETY", "2026-02-02", "calendar_days", 90)])),
        ("12", json!([opened("EN-NINETY", "2026-03-06", "calendar_days", 90)])),
        ("13", json!([opened("EN-NINETY", "2026-03-07", "calendar_days", 90)])),
        ("14", json!([])),
        // Done too late, and another that still runs.
        (
            "15",
            json!([
                opened("EN-PUBLICISE", "2026-03-09", "working_days", 7),
                opened("EN-NINETY", "2026-05-07", "calendar_days", 90)
            ]),
        ),
        // What the party owes moves nothing.
        (
            "16",
            json!([{"change": "opened", "clock": "EN-PAY", "rule": "EN-PAY", "debtor": "party", "start": "2026-03-09T02:00:00Z", "period": {"unit": "calendar_days", "count": 5}}]),
        ),
    ];
    for (n, clocks) in clocks {
        let id = format!("0190b2c8-0000-7000-8000-0000000005{n}");
        let filed = filed(&id, &format!("立{n}"), "商店");
        l.next(&format!("case/{id}"), "enforcement.case.CaseFiled.v1", "2026-03-09", filed)
            .with("clocks", clocks)
            .put();
        if n == "15" {
            l.next(&format!("case/{id}"), "enforcement.case.StatementWaived.v1", "2026-04-09", json!({"how": "书面"}))
                .with("clocks", json!([stopped("EN-PUBLICISE", "2026-04-09")]))
                .put();
        }
    }
    l
}

#[tokio::test]
async fn open_matters_stand_by_their_clocks_and_every_number_leads_to_as_many() {
    let (_app, q) = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z").folded().await;
    let of = |scope| {
        let q = q.clone();
        async move { q.board(&scope, &BoardFilter { kind: Some("case".into()), ..BoardFilter::default() }).await.unwrap() }
    };
    let board = of(Scope::Everything).await;
    let [row] = board.agencies.as_slice() else { panic!("{:?}", board.agencies) };
    assert_eq!((row.agency.as_str(), row.agency_name.as_str()), (MARKET, "抚远市市场监督管理局"));
    assert_eq!((row.open, row.in_time, row.due_soon, row.overdue, row.no_clock, row.missed), (6, 2, 1, 1, 2, 1));
    for (timing, counted) in [
        (None, row.open),
        (Some(Timing::InTime), row.in_time),
        (Some(Timing::DueSoon), row.due_soon),
        (Some(Timing::Overdue), row.overdue),
        (Some(Timing::NoClock), row.no_clock),
        (Some(Timing::Missed), row.missed),
    ] {
        let (agency, state) = (Some(MARKET.to_owned()), Some(CaseState::Open));
        let f = CaseFilter { kind: Some("case".into()), agency, state, timing, ..CaseFilter::default() };
        assert_eq!(q.cases(&Scope::Everything, &f).await.unwrap().total, counted, "{timing:?}");
    }
    assert_eq!(of(Scope::Agency(MARKET.parse().unwrap())).await.agencies, board.agencies);
    assert!(of(Scope::Agency(ELSEWHERE.parse().unwrap())).await.agencies.is_empty());
}

#[tokio::test]
async fn a_clock_is_due_soon_from_the_third_working_day_before_it_ends() {
    let mut l = Ledger::new("enforcement");
    // Ends on Thursday, 4 June 2026.
    l.case("CaseFiled", "2026-03-06", filed(CASE, "1", "甲公司"))
        .with("clocks", json!([opened("EN-NINETY", "2026-03-06", "calendar_days", 90)]))
        .put();
    for (now, stands) in [
        ("2026-05-29T02:00:00Z", Timing::InTime),
        // Over a weekend.
        ("2026-06-01T02:00:00Z", Timing::DueSoon),
        ("2026-06-04T02:00:00Z", Timing::DueSoon),
        ("2026-06-05T02:00:00Z", Timing::Overdue),
    ] {
        let (_app, q) = World::new(&lists(), &l, now).folded().await;
        for timing in Timing::ALL {
            let f = CaseFilter { timing: Some(*timing), ..CaseFilter::default() };
            let total = q.cases(&Scope::Everything, &f).await.unwrap().total;
            assert_eq!(total, u64::from(*timing == stands), "{now} {timing:?}");
        }
    }
}

#[tokio::test]
async fn what_was_decided_is_counted_by_outcome_in_the_month_of_its_last_decision() {
    let mut l = cases();
    l.case(
        "DecisionOverturned",
        "2026-04-10",
        json!({"outcome": "撤销并责令重作", "by": "抚远市人民政府", "document": "d"}),
    )
    .put();
    let board = async |l: &Ledger, from: &str, to: &str| {
        let (_app, q) = World::new(&lists(), l, "2026-06-01T00:00:00Z").folded().await;
        let (from, to) = (Some(from.parse().unwrap()), Some(to.parse().unwrap()));
        let f = BoardFilter { kind: Some("case".into()), from, to, ..BoardFilter::default() };
        let board = q.board(&Scope::Everything, &f).await.unwrap();
        for o in &board.outcomes {
            let f = CaseFilter {
                kind: Some("case".into()),
                outcome: Some(o.outcome.clone()),
                decided_from: Some(board.from),
                decided_to: Some(board.to),
                ..CaseFilter::default()
            };
            assert_eq!(q.cases(&Scope::Everything, &f).await.unwrap().total, o.decided, "{}", o.outcome);
        }
        let numbers = board.indicators.iter().map(|i| (i.id.clone(), i.numerator, i.denominator)).collect::<Vec<_>>();
        (board.outcomes.into_iter().map(|o| (o.outcome, o.decided)).collect::<Vec<_>>(), numbers)
    };
    let counts = |punished, withheld| vec![("punished".to_owned(), punished), ("withheld".to_owned(), withheld)];
    let (outcomes, numbers) = board(&l, "2026-03-10", "2026-03-20").await;
    assert_eq!(outcomes, counts(1, 0));
    assert!(numbers.contains(&("legal_review".to_owned(), 1, 1)), "{numbers:?}");
    assert!(!numbers.iter().any(|(id, ..)| id == "late" || id == "certified"), "of every matter, not of a kind");
    l.case("PenaltyWithheld", "2026-05-10", json!({"number": "n", "ground": "no_fault", "reasons": "r"})).put();
    assert_eq!(board(&l, "2026-03-10", "2026-03-20").await.0, counts(0, 0));
    assert_eq!(board(&l, "2026-05-01", "2026-05-31").await.0, counts(0, 1));
}

#[tokio::test]
async fn the_first_kind_is_shown_unless_another_is_named_and_an_unknown_one_is_refused() {
    let (_app, q) = World::new(&lists(), &cases(), "2026-06-01T00:00:00Z").folded().await;
    assert_eq!(q.board(&Scope::Everything, &BoardFilter::default()).await.unwrap().kind, "case");
    let of = |kind: &str| BoardFilter { kind: Some(kind.into()), ..BoardFilter::default() };
    let leads = q.board(&Scope::Everything, &of("lead")).await.unwrap();
    assert!(leads.agencies.is_empty() && leads.indicators.is_empty());
    let unknown = q.board(&Scope::Everything, &of("' OR 1=1")).await;
    assert!(matches!(unknown, Err(QueryError::Invalid { field: "kind", .. })));
    assert!(matches!(q.board(&Scope::Public, &of("case")).await, Err(QueryError::Denied)));
    // The public cannot sift public cases by clocks that are not published.
    let sifted = CaseFilter { timing: Some(Timing::Missed), ..CaseFilter::default() };
    assert_eq!(
        q.cases(&Scope::Public, &sifted).await.unwrap().total,
        q.cases(&Scope::Public, &CaseFilter::default()).await.unwrap().total
    );
}
