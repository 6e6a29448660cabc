//! A number and the list that it leads to count the same.

use serde_json::json;

use super::{World, cases::whole_case, records::*};
use crate::{model::*, query::Queries};

const TEAM: &str = "12230883MB0214017Q";

fn day(text: &str) -> Option<jiff::civil::Date> {
    Some(text.parse().unwrap())
}

/// A case whose period to decide ran out on 2026-04-06.
fn ninety_days() -> Ledger {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司"))
        .with("clocks", json!([opened("EN-NINETY", "2026-01-06", "calendar_days", 90)]))
        .put();
    l
}

async fn findings_by_month(q: &Queries) -> Vec<u64> {
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!(overview.months.iter().map(|m| m.findings).sum::<u64>(), overview.findings.medium);
    overview.months.iter().map(|m| m.findings).collect()
}

async fn found(q: &Queries, f: FindingFilter) -> u64 {
    q.findings(&Scope::Everything, &f).await.unwrap().total
}

#[tokio::test]
async fn a_missed_deadline_counts_in_the_month_it_ran_out_whether_or_not_it_is_done_since() {
    let april = FindingFilter { from: day("2026-04-01"), to: day("2026-04-30"), ..FindingFilter::default() };
    let proof = |proof| FindingFilter { proof: Some(proof), ..april.clone() };
    let mut l = ninety_days();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    assert_eq!(findings_by_month(&q).await, [0, 0, 0, 1, 0, 0]);
    assert_eq!(found(&q, april.clone()).await, 1);
    assert_eq!((found(&q, proof(Proof::Running)).await, found(&q, proof(Proof::Proved)).await), (1, 0));
    l.case("PenaltyWithheld", "2026-05-10", json!({"number": "n", "ground": "no_fault", "reasons": "r"}))
        .with("clocks", json!([stopped("EN-NINETY", "2026-05-10")]))
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    assert_eq!(findings_by_month(&q).await, [0, 0, 0, 1, 0, 0]);
    assert_eq!(found(&q, april.clone()).await, 1);
    assert_eq!((found(&q, proof(Proof::Running)).await, found(&q, proof(Proof::Proved)).await), (0, 1));
}

#[tokio::test]
async fn a_clock_of_hours_is_overdue_from_its_moment_in_the_count_and_in_the_list() {
    let mut l = Ledger::new("enforcement");
    // From 10:00 in China's time to 11:00, told as the next day.
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司"))
        .with("clocks", json!([opened("EN-REPORT", "2026-01-06", "hours", 1)]))
        .put();
    for (now, overdue) in [("2026-01-06T02:59:00Z", 0), ("2026-01-06T03:01:00Z", 1), ("2026-01-07T03:00:00Z", 1)] {
        let (_app, q) = World::new(&lists(), &l, now).folded().await;
        let counted = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap().deadlines;
        assert_eq!((counted.overdue, counted.open), (overdue, 1 - overdue), "{now}");
        for (state, total) in [(DeadlineState::Overdue, overdue), (DeadlineState::Open, 1 - overdue)] {
            let f = DeadlineFilter { state: Some(state), ..DeadlineFilter::default() };
            assert_eq!(q.deadlines(&Scope::Everything, &f).await.unwrap().total, total, "{now} {state:?}");
        }
        assert_eq!(found(&q, FindingFilter::default()).await, overdue, "{now}");
    }
}

#[tokio::test]
async fn refused_attempts_can_be_left_out_of_findings() {
    let (_app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let except = |severity| FindingFilter { except: Some(severity), ..FindingFilter::default() };
    assert_eq!(found(&q, FindingFilter::default()).await, 4);
    assert_eq!(found(&q, except(Severity::Prevented)).await, 3);
    assert_eq!(found(&q, FindingFilter { item: Some(ITEM.into()), ..except(Severity::High) }).await, 3);
    assert_eq!(found(&q, FindingFilter { item: Some("another".into()), ..FindingFilter::default() }).await, 0);
}

/// Filed in January, heard in February without a calendar that tells: two rules on the first act, one on the second.
fn not_checked() -> Ledger {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司"))
        .with("unchecked", json!([unchecked("EN-REVIEW"), unchecked("EN-NINETY")]))
        .put();
    l.case("StatementWaived", "2026-02-06", json!({"how": "书面"}))
        .with("unchecked", json!([unchecked("EN-NINETY")]))
        .with("violations", json!([breach("EN-REVIEW")]))
        .put();
    l
}

#[tokio::test]
async fn what_was_not_checked_is_counted_for_itself_and_for_nothing_else() {
    let (_app, q) = World::new(&lists(), &not_checked(), "2026-06-01T00:00:00Z").folded().await;
    let counts = FindingCounts { high: 1, not_checked: 3, ..FindingCounts::default() };
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!(overview.findings, counts);
    assert_eq!(overview.months.iter().map(|m| m.findings).collect::<Vec<_>>(), [0, 1, 0, 0, 0, 0]);
    let january = OverviewFilter { to: day("2026-01-31"), ..OverviewFilter::default() };
    assert_eq!(q.overview(&Scope::Everything, &january).await.unwrap().findings.not_checked, 2);
    let card = q.agency(&Scope::Everything, MARKET, &AgencyFilter::default()).await.unwrap().unwrap();
    assert_eq!((card.row.findings, card.findings.len()), (counts, 1));

    // What is asked for without it holds none of it.
    for f in [
        FindingFilter::default(),
        FindingFilter { except: Some(Severity::Prevented), ..FindingFilter::default() },
        FindingFilter { proof: Some(Proof::Proved), rule: Some("EN-REVIEW".into()), ..FindingFilter::default() },
    ] {
        assert_eq!(found(&q, f.clone()).await, 1, "{f:?}");
    }
    let of_kind = FindingFilter { kind: Some(FindingKind::NotChecked), ..FindingFilter::default() };
    let of_weight = FindingFilter { severity: Some(Severity::NotChecked), ..FindingFilter::default() };
    for (from, rows) in [(None, 3), (day("2026-02-01"), 1)] {
        assert_eq!(found(&q, FindingFilter { from, ..of_kind.clone() }).await, rows);
        assert_eq!(found(&q, FindingFilter { from, ..of_weight.clone() }).await, rows);
    }
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert_eq!((file.header.findings, file.findings.len()), (1, 1));
    let of_rule = CaseFilter { rule: Some("EN-NINETY".into()), ..CaseFilter::default() };
    assert_eq!(q.cases(&Scope::Everything, &of_rule).await.unwrap().total, 0);

    let rules = q.rules(&Scope::Everything).await.unwrap();
    for (id, times, violated) in [("EN-NINETY", 2, 0), ("EN-REVIEW", 1, 1), ("EN-RECORD", 0, 0)] {
        let rule = rules.iter().find(|rule| rule.id == id).unwrap();
        assert_eq!((rule.not_checked, rule.violated), (times, violated), "{id}");
        assert_eq!(found(&q, FindingFilter { rule: Some(id.into()), ..of_kind.clone() }).await, times, "{id}");
    }
}

#[tokio::test]
async fn what_was_not_checked_is_told_at_its_event_with_the_article_of_its_rule() {
    let (_app, q) = World::new(&lists(), &not_checked(), "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    let [filed, waived] = file.timeline.as_slice() else { panic!("{:?}", file.timeline) };
    assert_eq!(filed.unchecked.iter().map(|u| u.rule.as_str()).collect::<Vec<_>>(), ["EN-REVIEW", "EN-NINETY"]);
    let article = Text::new("《行政处罚法》第五十八条", "Administrative Penalty Law, art. 58");
    assert_eq!((&waived.unchecked[0].citation, waived.violations.len()), (&article, 1));
    assert_eq!(waived.unchecked[0].text, Text::new("2027年的工作日历尚未公布。", "there is no calendar of 2027."));
    assert!(waived.details.iter().all(|detail| detail.label.en == "How"), "{:?}", waived.details);
    let of_kind = FindingFilter { kind: Some(FindingKind::NotChecked), ..FindingFilter::default() };
    let newest = q.findings(&Scope::Everything, &of_kind).await.unwrap().rows.remove(0);
    assert_eq!((newest.seq, newest.citation.as_str()), (Some(2), article.zh.as_ref()));
    assert_eq!((newest.text, newest.case.as_deref()), (waived.unchecked[0].text.clone(), Some(CASE)));
}

#[tokio::test]
async fn deadlines_without_a_calendar_are_counted_as_they_are_listed_also_those_done_since() {
    let opened = |l: &mut Ledger| {
        l.case("CaseFiled", "2026-12-20", filed(CASE, "1", "甲公司"))
            .with("clocks", json!([opened("EN-PUBLICISE", "2026-12-20", "working_days", 20)]))
            .put();
    };
    // No earlier than 2027-01-11: done then it is in time, done later nobody can tell.
    for (done, counted) in [(None, 1), (Some("2027-01-11"), 0), (Some("2027-01-12"), 1)] {
        let mut l = Ledger::new("enforcement");
        opened(&mut l);
        if let Some(day) = done {
            l.case("StatementWaived", day, json!({"how": "书面"}))
                .with("clocks", json!([stopped("EN-PUBLICISE", day)]))
                .put();
        }
        let (_app, q) = World::new(&lists(), &l, "2027-03-01T00:00:00Z").folded().await;
        let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
        assert_eq!(
            overview.deadlines,
            DeadlineCounts { no_calendar: counted, ..DeadlineCounts::default() },
            "{done:?}"
        );
        let f = DeadlineFilter { state: Some(DeadlineState::NoCalendar), ..DeadlineFilter::default() };
        assert_eq!(q.deadlines(&Scope::Everything, &f).await.unwrap().total, counted, "{done:?}");
    }
}

#[tokio::test]
async fn the_clocks_of_a_period_are_those_that_ended_in_it_and_those_overdue_today() {
    let mut l = whole_case();
    let other = "0190b2c8-0000-7000-8000-000000000002";
    l.next(&format!("case/{other}"), "enforcement.case.CaseFiled.v1", "2026-01-06", filed(other, "2", "乙公司"))
        .with("clocks", json!([opened("EN-NINETY", "2026-01-06", "calendar_days", 90)]))
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let count = async |behind, from: &str, to: &str| {
        let (ended_from, ended_to) = (day(from), day(to));
        let f = DeadlineFilter { behind: Some(behind), ended_from, ended_to, ..DeadlineFilter::default() };
        q.deadlines(&Scope::Everything, &f).await.unwrap().total
    };
    // The decision came on 2026-03-04 in time, its publication on 2026-03-18 too late.
    assert_eq!(count(Behind::Counted, "2026-03-01", "2026-03-31").await, 3);
    assert_eq!(count(Behind::Passed, "2026-03-01", "2026-03-31").await, 1);
    assert_eq!(count(Behind::Failed, "2026-03-01", "2026-03-31").await, 2);
    assert_eq!(count(Behind::Failed, "2026-03-19", "2026-03-31").await, 1, "what is overdue counts in every period");
    assert_eq!(count(Behind::Passed, "2026-03-04", "2026-03-04").await, 1, "the first and the last day count");
    let ended = DeadlineFilter { ended_from: day("2026-03-05"), ..DeadlineFilter::default() };
    assert_eq!(q.deadlines(&Scope::Everything, &ended).await.unwrap().total, 1);
}

#[tokio::test]
async fn officers_of_an_entrusted_organisation_act_under_its_certificates() {
    let mut lists = lists();
    let team = json!({
        "agency": TEAM, "name": "执法大队", "short_name": "大队", "region": REGION, "kind": "entrusted_organisation",
        "basis": "委托书", "fields": ["市场监管"], "from": "2019-01-01", "entrusted_by": MARKET,
    });
    lists.next(&format!("agency/{TEAM}"), "powerlist.agency.AgencyRegistered.v1", "2025-01-02", team).put();
    let certificate = json!({
        "officer": "03", "certificate": "230883003", "agency": TEAM, "fields": ["市场监管"], "from": "2025-01-04",
        "until": "2029-12-31",
    });
    lists.next("officer/03", "powerlist.officer.CertificateIssued.v1", "2025-01-04", certificate).put();
    let mut l = Ledger::new("enforcement");
    let officers = json!([officer("01"), officer("03"), officer("99")]);
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).with("officers", officers).put();
    let (_app, q) = World::new(&lists, &l, "2026-06-01T00:00:00Z").folded().await;
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    let certified = overview.indicators.iter().find(|i| i.id == "certified").unwrap();
    assert_eq!((certified.numerator, certified.denominator), (2, 3), "nobody gave officer 99 a certificate");
    let Link::Officers(failed) = &certified.failed else { panic!("{:?}", certified.failed) };
    let failed = q.officers(&Scope::Everything, failed).await.unwrap();
    assert_eq!((failed.total, failed.rows[0].officer.as_str(), failed.rows[0].role.zh.as_ref()), (1, "99", "未登记"));
    let Link::Officers(passed) = &certified.passed else { panic!("{:?}", certified.passed) };
    assert_eq!(q.officers(&Scope::Everything, passed).await.unwrap().total, 2);
}

#[tokio::test]
async fn the_public_counts_the_decisions_that_it_can_open() {
    let (_app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let overview = q.overview(&Scope::Public, &OverviewFilter::default()).await.unwrap();
    assert_eq!((overview.published.all, overview.published.period, overview.open), (1, 1, 0));
    assert_eq!(overview.published.months.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [0, 0, 1, 0, 0, 0]);
    assert_eq!(overview.published.agencies, [(MARKET.to_owned(), "抚远市市场监督管理局".to_owned(), 1)]);
    let count = async |f: DecisionFilter| q.decisions(&Scope::Public, &f).await.unwrap().total;
    assert_eq!(count(DecisionFilter { from: day("2026-03-18"), ..DecisionFilter::default() }).await, 1);
    assert_eq!(count(DecisionFilter { from: day("2026-03-19"), ..DecisionFilter::default() }).await, 0);
    assert_eq!(count(DecisionFilter { text: Some("某某商贸".into()), ..DecisionFilter::default() }).await, 1);
    let other = Scope::Agency(ELSEWHERE.parse().unwrap());
    assert_eq!(q.decisions(&other, &DecisionFilter::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_matter_handed_over_counts_with_who_has_it_and_a_missed_clock_with_who_owed_it() {
    let handed = |agency: &str| json!({"handed": {"agency": agency, "agency_name": "某局", "region": REGION}});
    let mut l = ninety_days();
    // The first agency's period ended on 2026-04-07; the second one's runs from the day it took the case over.
    l.case("ExemptionConsidered", "2026-05-10", json!({"applies": false, "reason": "r"}))
        .with(
            "clocks",
            json!([stopped("EN-NINETY", "2026-05-10"), opened("EN-PUBLICISE", "2026-05-10", "working_days", 1)]),
        )
        .with("violations", json!([breach("EN-REVIEW")]))
        .with("matter", handed(TEAM))
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let of = async |agency: &str, rule: &str| {
        let f = FindingFilter { agency: Some(agency.into()), rule: Some(rule.into()), ..FindingFilter::default() };
        found(&q, f).await
    };
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert_eq!((file.header.agency.as_str(), file.header.agency_name.as_str()), (TEAM, "某局"));
    for (agency, [late, unlawful, running]) in [(MARKET, [1, 1, 0]), (TEAM, [0, 0, 1])] {
        assert_eq!(of(agency, "EN-NINETY").await, late, "{agency}");
        assert_eq!(of(agency, "EN-REVIEW").await, unlawful, "{agency}");
        assert_eq!(of(agency, "EN-PUBLICISE").await, running, "{agency}");
    }
}

#[tokio::test]
async fn a_matter_that_was_ended_and_goes_on_is_open_again() {
    let mut l = ninety_days();
    let open = async |l: &mut Ledger, does: serde_json::Value| {
        let event = json!({"applies": false, "reason": "r"});
        l.case("ExemptionConsidered", "2026-05-10", event).with("matter", does).put();
        let (_app, q) = World::new(&lists(), l, "2026-06-01T00:00:00Z").folded().await;
        let f = CaseFilter { state: Some(CaseState::Open), ..CaseFilter::default() };
        q.cases(&Scope::Everything, &f).await.unwrap().total
    };
    assert_eq!(open(&mut l, json!({"ended": true})).await, 0);
    assert_eq!(open(&mut l, json!({"reopened": true})).await, 1);
}

#[tokio::test]
async fn a_clock_and_a_fault_of_another_agency_count_with_that_one() {
    let theirs = |mut value: serde_json::Value| {
        value["whose"] = json!({"agency": TEAM, "region": REGION});
        value
    };
    let mut l = ninety_days();
    l.case("ExemptionConsidered", "2026-03-10", json!({"applies": false, "reason": "r"}))
        .with(
            "clocks",
            json!([
                theirs(opened("EN-SERVE", "2026-03-10", "working_days", 1)),
                theirs(opened("EN-PUBLICISE", "2026-03-10", "working_days", 1)),
            ]),
        )
        .with("violations", json!([theirs(breach("EN-REVIEW")), breach("EN-NOTICE")]))
        .put();
    l.case("ExemptionConsidered", "2026-03-20", json!({"applies": false, "reason": "r"}))
        .with("clocks", json!([stopped("EN-SERVE", "2026-03-20")]))
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let of = async |agency: &str, rule: &str| {
        let f = FindingFilter { agency: Some(agency.into()), rule: Some(rule.into()), ..FindingFilter::default() };
        found(&q, f).await
    };
    for (agency, [missed, running, theirs, ours]) in [(MARKET, [0, 0, 0, 1]), (TEAM, [1, 1, 1, 0])] {
        assert_eq!(of(agency, "EN-SERVE").await, missed, "{agency}");
        assert_eq!(of(agency, "EN-PUBLICISE").await, running, "{agency}");
        assert_eq!(of(agency, "EN-REVIEW").await, theirs, "{agency}");
        assert_eq!(of(agency, "EN-NOTICE").await, ours, "{agency}");
    }
}
