//! Cases found by what was decided, by what they lack, and in the order asked for.

use serde_json::json;

use super::{World, records::*};
use crate::{model::*, query::QueryError};

/// Case `n`: filed on a day, and decided with a fine where there is one; reviewed or not.
fn case(l: &mut Ledger, n: u8, filed_on: &str, decided: Option<(&str, i64)>, reviewed: bool) {
    let id = format!("0190b2c8-0000-7000-8000-0000000002{n:02}");
    let stream = format!("case/{id}");
    let mut step =
        |name: &str, day: &str, data| l.next(&stream, &format!("enforcement.case.{name}.v1"), day, data).put();
    step("CaseFiled", filed_on, filed(&id, &format!("抚市监立〔2026〕{n}号"), &format!("第{n}商店")));
    if reviewed {
        step(
            "LegalReviewed",
            filed_on,
            json!({"reviewer": "90", "reviewer_name": "赵审核", "passed": true, "opinion": "同意"}),
        );
    }
    if let Some((day, fine_fen)) = decided {
        let decision = json!({
            "number": format!("抚市监罚〔2026〕{n}号"), "penalties": [{"kind": "fine", "amount_fen": fine_fen}],
            "fine_fen": fine_fen, "tier": "ordinary", "departure": null, "facts": "事实", "evidence": [], "bases": [],
            "performance": "15日内", "appeal": "60日内复议", "decided_by": "王局长", "major": false,
        });
        step("PenaltyDecided", day, decision);
    }
}

fn ledger() -> Ledger {
    let mut l = Ledger::new("enforcement");
    case(&mut l, 1, "2026-01-05", Some(("2026-05-20", 1_000_000)), false);
    case(&mut l, 2, "2026-01-06", Some(("2026-02-20", 1_000_100)), false);
    case(&mut l, 3, "2026-01-07", Some(("2026-03-20", 9_000_000)), true);
    case(&mut l, 4, "2026-01-08", Some(("2026-03-21", 0)), false);
    case(&mut l, 5, "2026-01-09", None, false);
    l
}

/// The running numbers of the cases that a filter finds, in their order.
async fn numbers(q: &crate::query::Queries, filter: CaseFilter) -> String {
    let rows = q.cases(&Scope::Everything, &filter).await.unwrap().rows;
    rows.iter().map(|row| row.number.trim_end_matches('号').rsplit('〕').next().unwrap()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn fines_over_a_sum_without_legal_review() {
    let (_app, q) = World::new(&lists(), &ledger(), "2026-06-01T00:00:00Z").folded().await;
    let yuan = |text: &str| Some(text.parse().unwrap());
    let without = Some("legal_review".to_owned());
    for (fine_from, fine_to, without, want) in [
        (yuan("10000"), None, None, "3 2 1"),
        (yuan("10000.01"), None, None, "3 2"),
        (yuan("10000.01"), None, without.clone(), "2"),
        (yuan("10000"), yuan("10001"), None, "2 1"),
        // What was imposed on nobody is no small fine.
        (None, yuan("10000"), None, "1"),
        (None, None, without, "5 4 2 1"),
    ] {
        let told = format!("{fine_from:?} {fine_to:?} {without:?}");
        let filter = CaseFilter { fine_from, fine_to, without, ..CaseFilter::default() };
        assert_eq!(numbers(&q, filter).await, want, "{told}");
    }
}

#[tokio::test]
async fn cases_are_found_by_the_weight_of_what_is_wrong_as_their_findings_are() {
    let mut l = super::cases::whole_case();
    case(&mut l, 1, "2026-01-05", None, false);
    let mut overdue = l.next(
        "case/0190b2c8-0000-7000-8000-000000000201",
        "enforcement.case.StatementWaived.v1",
        "2026-01-06",
        json!({"how": "书面"}),
    );
    overdue = overdue.with("clocks", json!([opened("EN-NINETY", "2026-01-06", "calendar_days", 90)]));
    overdue.put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    for severity in Severity::ALL {
        let found = FindingFilter { severity: Some(*severity), ..FindingFilter::default() };
        let mut of: Vec<String> =
            q.findings(&Scope::Everything, &found).await.unwrap().rows.into_iter().filter_map(|row| row.case).collect();
        of.sort();
        of.dedup();
        let cases = CaseFilter { severity: Some(*severity), ..CaseFilter::default() };
        let mut cases: Vec<String> =
            q.cases(&Scope::Everything, &cases).await.unwrap().rows.into_iter().map(|row| row.id).collect();
        cases.sort();
        assert_eq!(cases, of, "{severity:?}");
    }
    // What is wrong is not published.
    let high = CaseFilter { severity: Some(Severity::High), ..CaseFilter::default() };
    let all = q.cases(&Scope::Public, &CaseFilter::default()).await.unwrap().total;
    assert_eq!(q.cases(&Scope::Public, &high).await.unwrap().total, all);
}

#[tokio::test]
async fn cases_are_sorted_by_a_column_on_every_page_and_among_those_found_by_a_text() {
    let (_app, q) = World::new(&lists(), &ledger(), "2026-06-01T00:00:00Z").folded().await;
    let sorted = |sort: &str| CaseFilter { sort: Some(sort.to_owned()), ..CaseFilter::default() };
    for (sort, want) in [
        ("filed", "1 2 3 4 5"),
        ("-filed", "5 4 3 2 1"),
        ("decided", "5 2 3 4 1"),
        ("-decided", "1 4 3 2 5"),
        ("fine", "4 5 1 2 3"),
        ("-fine", "3 2 1 5 4"),
    ] {
        assert_eq!(numbers(&q, sorted(sort)).await, want, "{sort}");
        let found = CaseFilter { text: Some("商店".to_owned()), ..sorted(sort) };
        assert_eq!(numbers(&q, found).await, want, "{sort} of those found");
        let of = |page| CaseFilter { page, size: 2, ..sorted(sort) };
        let pages = [numbers(&q, of(1)).await, numbers(&q, of(2)).await, numbers(&q, of(3)).await].join(" ");
        assert_eq!(pages, want, "{sort} by pages");
    }
    let refused = q.cases(&Scope::Everything, &sorted("party")).await.unwrap_err();
    assert!(matches!(refused, QueryError::Invalid { field: "sort", .. }), "{refused}");
}

#[tokio::test]
async fn a_text_is_found_however_its_brackets_dots_blanks_and_letters_are_written() {
    let mut l = Ledger::new("enforcement");
    let id = "0190b2c8-0000-7000-8000-000000000201";
    let data = filed(id, "抚市监立〔2026〕1号", "ABC·艾力商贸（抚远）有限公司");
    l.next(&format!("case/{id}"), "enforcement.case.CaseFiled.v1", "2026-01-05", data).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    for text in ["立[2026]1号", "立（２０２６） 1 号", "abc艾力", "ＡＢＣ・艾力", "商贸(抚远)", "力", "〔"]
    {
        let filter = CaseFilter { text: Some(text.to_owned()), ..CaseFilter::default() };
        assert_eq!(q.cases(&Scope::Everything, &filter).await.unwrap().total, 1, "{text}");
    }
    for text in ["立20261号", "abcd"] {
        let filter = CaseFilter { text: Some(text.to_owned()), ..CaseFilter::default() };
        assert_eq!(q.cases(&Scope::Everything, &filter).await.unwrap().total, 0, "{text}");
    }
}

#[tokio::test]
async fn a_list_that_is_taken_away_is_whole_beyond_the_largest_page() {
    let mut l = Ledger::new("enforcement");
    for n in 0..u64::from(PAGE_SIZE_MAX) + 20 {
        let id = format!("0190b2c8-0000-7000-8000-{n:012}");
        let data = filed(&id, &format!("抚市监立〔2026〕{n}号"), "甲商店");
        l.next(&format!("case/{id}"), "enforcement.case.CaseFiled.v1", "2026-01-05", data).put();
    }
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let all = PAGE_SIZE_MAX as usize + 20;
    let scope = Scope::Everything;
    for text in [None, Some("商店".to_owned())] {
        let page = q.cases(&scope, &CaseFilter { text, whole: true, page: 3, ..CaseFilter::default() }).await.unwrap();
        assert_eq!((page.rows.len(), page.total, page.capped), (all, all as u64, false));
    }
    let audit = q.audit(&scope, &AuditFilter { whole: true, ..AuditFilter::default() }).await.unwrap();
    assert!(audit.rows.len() > all);
    assert_eq!(q.cases(&scope, &CaseFilter { size: 9_999, ..CaseFilter::default() }).await.unwrap().rows.len(), 500);
}

/// Rows in the order asked for, and in the other one.
macro_rules! both_ways {
    ($q:ident $list:ident $filter:ident $($column:literal $key:expr;)*) => {$(
        let sorted = async |sort: String| {
            let rows = $q.$list(&Scope::Everything, &$filter { sort: Some(sort), ..$filter::default() }).await.unwrap().rows;
            rows.iter().map($key).collect::<Vec<_>>()
        };
        let (up, down) = (sorted($column.to_owned()).await, sorted(concat!("-", $column).to_owned()).await);
        assert!(up.len() > 1 && up.first() != up.last(), "{}: {up:?} tells nothing", $column);
        assert!(up.is_sorted(), "{}: {up:?}", $column);
        assert!(down.is_sorted_by(|a, b| a >= b), "-{}: {down:?}", $column);
        assert_eq!(up.len(), down.len());
    )*};
}

#[tokio::test]
async fn lists_are_sorted_by_their_columns() {
    let mut l = super::cases::whole_case();
    case(&mut l, 1, "2026-05-05", None, false);
    let stream = "case/0190b2c8-0000-7000-8000-000000000201";
    for (n, day) in [(1, "2026-05-06"), (2, "2026-05-07")] {
        l.next(stream, "enforcement.case.StatementWaived.v1", day, json!({"how": "书面"}))
            .with("clocks", json!([opened("EN-NINETY", day, "calendar_days", 10 * n)]))
            .put();
    }
    let mut lists = lists();
    let other = json!({
        "agency": "11230883MB01310201", "name": "抚远市城市管理局", "short_name": "城管局", "region": REGION, "kind": "administrative_organ",
        "basis": "三定规定", "fields": ["城市管理"], "from": "2019-01-01",
    });
    lists.next("agency/11230883MB01310201", "powerlist.agency.AgencyRegistered.v1", "2025-01-02", other).put();
    let (_app, q) = World::new(&lists, &l, "2026-06-01T00:00:00Z").folded().await;
    both_ways! { q deadlines DeadlineFilter "due" |row: &DeadlineRow| row.due; }
    both_ways! { q findings FindingFilter "day" |row: &FindingRow| row.day; }
    both_ways! { q officers OfficerFilter
        "code" |row: &OfficerRow| row.officer.clone();
        "until" |row: &OfficerRow| row.until;
    }
    both_ways! { q audit AuditFilter "recorded" |row: &AuditRow| row.entry.recorded; }
    both_ways! { q agencies AgencyFilter
        "code" |row: &AgencyRow| (row.region.clone(), row.agency.clone());
        "filed" |row: &AgencyRow| row.filed;
        "officers" |row: &AgencyRow| row.officers;
    }
}

#[tokio::test]
async fn the_months_of_agencies_count_the_rows_that_they_open() {
    let (_app, q) = World::new(&lists(), &ledger(), "2026-06-01T00:00:00Z").folded().await;
    let scope = Scope::Everything;
    let table = q.agency_months(&scope, &MonthsFilter::default()).await.unwrap();
    assert_eq!((table.from.to_string(), table.to.to_string()), ("2026-01-01".into(), "2026-06-30".into()));
    let market = table.agencies.iter().find(|a| a.agency == MARKET).unwrap();
    assert_eq!(market.months.iter().map(|m| m.filed).collect::<Vec<_>>(), [5, 0, 0, 0, 0, 0]);
    assert_eq!(market.months.iter().map(|m| m.decided).collect::<Vec<_>>(), [0, 1, 2, 0, 1, 0]);
    for m in &market.months {
        let first: jiff::civil::Date = format!("{}-01", m.month).parse().unwrap();
        let (from, to) = (Some(first), Some(first.last_of_month()));
        let agency = Some(MARKET.to_owned());
        let decided =
            CaseFilter { agency: agency.clone(), decided_from: from, decided_to: to, ..CaseFilter::default() };
        assert_eq!(q.cases(&scope, &decided).await.unwrap().total, m.decided, "{}", m.month);
        let found = FindingFilter { agency, from, to, except: Some(Severity::Prevented), ..FindingFilter::default() };
        assert_eq!(q.findings(&scope, &found).await.unwrap().total, m.findings, "{}", m.month);
    }
    let of = async |year: &str| {
        let filter = MonthsFilter { year: Some(year.to_owned()), ..MonthsFilter::default() };
        q.agency_months(&scope, &filter).await
    };
    let before = of("2025").await.unwrap();
    assert!(before.agencies[0].months.len() == 12 && before.agencies[0].months.iter().all(|m| m.filed == 0));
    for wrong in ["2027", "26", "x", "99999"] {
        assert!(matches!(of(wrong).await, Err(QueryError::Invalid { field: "year", .. })), "{wrong}");
    }
    assert!(q.agency_months(&Scope::Public, &MonthsFilter::default()).await.is_err());
}

#[tokio::test]
async fn agencies_officers_and_items_are_found_however_their_names_are_written() {
    let mut lists = lists();
    let name = "ＡＢＣ·城市管理（综合执法）局";
    let agency = json!({
        "agency": "11230883MB01310201", "name": name, "short_name": "城管局", "region": REGION, "kind": "administrative_organ",
        "basis": "三定规定", "fields": ["城市管理"], "from": "2019-01-01",
    });
    lists.next("agency/11230883MB01310201", "powerlist.agency.AgencyRegistered.v1", "2025-01-02", agency).put();
    let officer = json!({
        "officer": "X1", "name": "买买提·艾力", "agency": MARKET, "region": REGION, "role": "enforcement",
        "legal_qualification": false,
    });
    lists.next("officer/X1", "powerlist.officer.OfficerRegistered.v1", "2025-01-03", officer).put();
    let published = json!({
        "item": ITEM, "version": 1, "effective": "2025-03-01", "published_at": "门户网站", "content": content("对（食品）经营的处罚"),
    });
    lists.next(&format!("item/{ITEM}"), "powerlist.item.ItemPublished.v1", "2025-02-03", published).put();
    let (_app, q) = World::new(&lists, &ledger(), "2026-06-01T00:00:00Z").folded().await;
    let scope = Scope::Everything;
    let text = |text: &str| Some(text.to_owned());
    for wanted in ["abc城市", "管理(综合执法)", "管理[综合 执法]", "城管", "11230883mb01310201"] {
        let found = q.agencies(&scope, &AgencyFilter { text: text(wanted), ..AgencyFilter::default() }).await.unwrap();
        assert_eq!(found.rows.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), [name], "{wanted}");
    }
    for wanted in ["买买提艾力", "买买提・艾力", "提 艾", "x1"] {
        let found =
            q.officers(&scope, &OfficerFilter { text: text(wanted), ..OfficerFilter::default() }).await.unwrap();
        assert_eq!(found.rows.iter().map(|o| o.officer.as_str()).collect::<Vec<_>>(), ["X1"], "{wanted}");
    }
    let items = q.items(&scope, &ItemFilter::default()).await.unwrap();
    assert_eq!(items.rows.len(), 1);
    let wide: String = items.rows[0].name.chars().flat_map(|c| [c, ' ']).collect();
    let found = q.items(&scope, &ItemFilter { text: Some(wide), ..ItemFilter::default() }).await.unwrap();
    assert_eq!(found.rows[0].item, items.rows[0].item);
}
