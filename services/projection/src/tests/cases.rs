//! One case from filing to archive, and what the views say of it.

use serde_json::json;

use super::{World, records::*};
use crate::model::*;

/// A penalty case with everything: a refused attempt, a late record, a violation, a missed publication.
pub(crate) fn whole_case() -> Ledger {
    let mut l = Ledger::new("enforcement");
    let d = "0190b2c8-0000-7000-8000-00000000000e";
    l.case("CaseFiled", "2026-01-06", filed(CASE, "抚市监立〔2026〕1号", "抚远某某商贸有限公司"))
        .rules("EN-POWER,EN-JURISDICTION")
        .with("clocks", json!([opened("EN-NINETY", "2026-01-06", "calendar_days", 90)]))
        .put();
    let evidence = json!({
        "evidence": d, "kind": "physical", "title": "过期食品", "source": "现场", "officers": [officer("01"), officer("02")],
        "sha256": "ab", "media_type": "image/jpeg", "size_bytes": 123_456,
    });
    l.case("EvidenceCollected", "2026-02-06", evidence).put();
    for stage in ["start", "investigation"] {
        let made = json!({"stage": stage, "form": "text", "title": "记录", "sha256": "ab", "media_type": "application/pdf", "size_bytes": 10});
        l.case("RecordMade", "2026-02-06", made).put();
    }
    l.case("InvestigationConcluded", "2026-02-10", json!({"facts": "事实", "tier": "ordinary", "bases": [{"of": "货值金额", "amount_fen": 10_000}], "proposal": [{"kind": "fine", "amount_fen": 500_000}], "reasons": "理由", "complex": false, "public_interest": true})).put();
    l.case("PenaltyNotified", "2026-02-11", json!({"facts": "事实", "reasons": "理由", "bases": ["《食品安全法》第一百二十四条"], "penalties": [{"kind": "fine", "amount_fen": 500_000}], "statement_right_told": true, "hearing_right_told": true, "hearing_required": false, "method": "direct"})).put();
    l.case("StatementWaived", "2026-02-12", json!({"how": "书面"})).put();
    l.case("StepRefused", "2026-03-02", json!({"step": "DecidePenalty", "breaches": [breach("EN-REVIEW")], "summary": "未经法制审核作出决定", "agency": MARKET, "region": REGION})).put();
    l.case(
        "LegalReviewed",
        "2026-03-03",
        json!({"reviewer": "90", "reviewer_name": "赵审核", "passed": true, "opinion": "同意"}),
    )
    .put();
    let decision = json!({
        "number": "抚市监罚〔2026〕1号", "penalties": [{"kind": "fine", "amount_fen": 500_000}], "fine_fen": 500_000, "tier": "ordinary",
        "departure": null, "facts": "事实", "evidence": [d], "bases": ["《食品安全法》第一百二十四条"], "performance": "15日内", "appeal": "60日内复议",
        "decided_by": "王局长", "major": true,
    });
    // Recorded 13 days after it happened, and reported rather than handled.
    l.case("PenaltyDecided", "2026-03-04", decision)
        .recorded("2026-03-17")
        .rules("EN-REVIEW")
        .with("mode", json!("reporting"))
        .with("violations", json!([breach("EN-COLLECTIVE")]))
        .with(
            "clocks",
            json!([stopped("EN-NINETY", "2026-03-04"), opened("EN-PUBLICISE", "2026-03-04", "working_days", 7)]),
        )
        .put();
    l.case("DecisionServed", "2026-03-17", json!({"method": "direct", "receipt": "r", "consent": null})).put();
    l.case("DecisionPublicised", "2026-03-18", json!({"url": "https://example.gov.cn/1"}))
        .with("clocks", json!([stopped("EN-PUBLICISE", "2026-03-18")]))
        .put();
    l.case("FinePaid", "2026-03-20", json!({"amount_fen": 500_000, "surcharge_fen": 0, "channel": "bank", "collector": null, "spot_ground": null, "receipt": "r"})).put();
    l.case("CaseClosed", "2026-03-23", json!({"reason": "performed", "approved_by": "王局长"})).put();
    l.case(
        "CaseArchived",
        "2026-03-24",
        json!({"archive_number": "A1", "volumes": 1, "pages": 30, "contents_sha256": "ab"}),
    )
    .put();
    l
}

#[tokio::test]
async fn a_case_shows_every_step_and_every_refused_attempt() {
    let (app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert_eq!(file.timeline.len(), 15);
    assert_eq!(file.header.stage, "archive");
    assert_eq!((file.header.findings, file.header.refused, file.header.overdue), (3, 1, 0));
    assert_eq!(file.refused[0].step.zh, "作出处罚决定");
    assert_eq!(file.refused[0].violations[0].rule, "EN-REVIEW");
    let decided = file.timeline.iter().find(|e| e.kind.ends_with("PenaltyDecided.v1")).unwrap();
    assert!(decided.late);
    assert_eq!(decided.mode, Some(Mode::Reporting));
    assert_eq!(decided.rules, ["EN-REVIEW"]);
    assert_eq!(decided.violations[0].rule, "EN-COLLECTIVE");
    assert!(decided.people.iter().any(|p| p.name == "王局长"));
    let fine = decided.details.iter().find(|d| d.label.en == "Penalties").unwrap();
    assert_eq!(fine.value.zh, "罚款 5,000元");
    assert_eq!(file.evidence[0].kind.zh, "物证");
    assert_eq!(file.officers.len(), 2);
    let decision = file.decision.unwrap();
    assert_eq!((decision.fine_fen, decision.paid_fen), (500_000, 500_000));
    assert_eq!(decision.publicised, Some("2026-03-18".parse().unwrap()));
    let status = |stage: &str| file.stages.iter().find(|s| s.stage == stage).unwrap().status;
    assert_eq!(status("file"), StageStatus::Done);
    assert_eq!(status("hear"), StageStatus::Skipped);
    assert_eq!(status("decide"), StageStatus::Done);
    assert_eq!(status("archive"), StageStatus::Done);
    let kinds: Vec<_> = file.findings.iter().map(|f| f.kind).collect();
    for kind in
        [FindingKind::Violation, FindingKind::LateRecording, FindingKind::MissedDeadline, FindingKind::RefusedAttempt]
    {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_stage_that_was_left_out_is_missing_or_not_required_and_the_rule_says_why() {
    let decision = json!({
        "number": "抚市监罚〔2026〕1号", "penalties": [{"kind": "fine", "amount_fen": 500_000}], "fine_fen": 500_000, "tier": "ordinary",
        "departure": null, "facts": "事实", "evidence": [], "bases": [], "performance": "15日内", "appeal": "60日内复议",
        "decided_by": "王局长", "major": true,
    });
    let notified = json!({"facts": "事实", "reasons": "理由", "bases": [], "penalties": [], "statement_right_told": true, "hearing_right_told": true, "hearing_required": true, "method": "direct"});
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).put();
    // That the right to a hearing was told says nothing yet of whether one is needed.
    l.case("PenaltyNotified", "2026-02-11", notified).rules("EN-HEARING").put();
    l.case(
        "LegalReviewed",
        "2026-03-03",
        json!({"reviewer": "90", "reviewer_name": "赵审核", "passed": true, "opinion": "同意"}),
    )
    .put();
    let of = async |l: &Ledger, scope: &Scope, stage: &str| {
        let (_app, q) = World::new(&lists(), l, "2026-03-10T00:00:00Z").folded().await;
        let file = q.case(scope, CASE, None).await.unwrap().unwrap();
        let of = file.stages.into_iter().find(|s| s.stage == stage).unwrap();
        (
            of.status,
            of.why.as_ref().map(|why| why.rule.clone()),
            of.why.map(|why| why.text.zh.into_owned()).unwrap_or_default(),
        )
    };
    let (status, rule, _) = of(&l, &Scope::Everything, "hear").await;
    assert_eq!((status, rule.as_deref()), (StageStatus::Skipped, Some("EN-HEARING")), "not judged yet");

    l.case("PenaltyDecided", "2026-03-04", decision)
        .rules("EN-HEARING,EN-REVIEW")
        .with("mode", json!("reporting"))
        .with("violations", json!([breach("EN-COLLECTIVE"), breach("EN-STATEMENT")]))
        .with("clocks", json!([opened("EN-PUBLICISE", "2026-03-04", "working_days", 7)]))
        .put();
    l.case("DecisionServed", "2026-03-05", json!({"method": "direct", "receipt": "r", "consent": null})).put();
    let (status, rule, text) = of(&l, &Scope::Everything, "hear").await;
    assert_eq!((status, rule.as_deref()), (StageStatus::NotRequired, Some("EN-HEARING")));
    assert!(text.starts_with("2026-03-04“作出处罚决定”") || text.contains("2026-03-04"), "{text}");
    for (stage, broken) in [("deliberate", "EN-COLLECTIVE"), ("state", "EN-STATEMENT")] {
        let (status, rule, text) = of(&l, &Scope::Everything, stage).await;
        assert_eq!((status, rule.as_deref()), (StageStatus::Missing, Some(broken)), "{stage}");
        assert!(!text.is_empty(), "{stage}");
    }
    // Paid before it is published: that is still to come, and missing from the day the period is over.
    l.case("FinePaid", "2026-03-06", json!({"amount_fen": 500_000, "surcharge_fen": 0, "channel": "bank", "collector": null, "spot_ground": null, "receipt": "r"})).put();
    let (status, rule, _) = of(&l, &Scope::Everything, "publicise").await;
    assert_eq!((status, rule.as_deref()), (StageStatus::Ahead, Some("EN-PUBLICISE")));
    let (_app, q) = World::new(&lists(), &l, "2026-04-10T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    let publicise = file.stages.iter().find(|s| s.stage == "publicise").unwrap();
    assert_eq!(publicise.status, StageStatus::Missing);

    // The public is not told what is wrong.
    l.case("DecisionPublicised", "2026-03-09", json!({"url": "https://example.gov.cn/1"})).put();
    for stage in ["hear", "deliberate", "state"] {
        let (status, rule, _) = of(&l, &Scope::Public, stage).await;
        assert_eq!((status, rule), (StageStatus::Skipped, None), "{stage}");
    }
}

#[tokio::test]
async fn a_refused_step_shows_in_the_ribbon_until_a_step_succeeds() {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).put();
    l.case("StepRefused", "2026-01-07", json!({"step": "DecidePenalty", "breaches": [breach("EN-REVIEW")], "summary": "s", "agency": MARKET, "region": REGION})).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    let status = |stage: &str| file.stages.iter().find(|s| s.stage == stage).unwrap().status;
    assert_eq!(status("decide"), StageStatus::Refused);
    assert_eq!(status("investigate"), StageStatus::Open);
    assert_eq!(status("serve"), StageStatus::Ahead);
}

#[tokio::test]
async fn cases_are_found_by_number_party_item_officer_rule_and_stage() {
    let mut l = whole_case();
    for n in 2..=30_u8 {
        let id = format!("0190b2c8-0000-7000-8000-0000000001{n:02}");
        let data = filed(&id, &format!("抚市监立〔2026〕{n}号"), &format!("第{n}商店"));
        l.next(&format!("case/{id}"), "enforcement.case.CaseFiled.v1", "2026-04-01", data).put();
    }
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let find = async |f: CaseFilter| q.cases(&Scope::Everything, &f).await.unwrap();
    assert_eq!(find(CaseFilter::default()).await.total, 30);
    assert_eq!(find(CaseFilter { size: 7, page: 5, ..CaseFilter::default() }).await.rows.len(), 2);
    for text in ["某某商贸", "罚〔2026〕1号", "立〔2026〕1号"] {
        let page = find(CaseFilter { text: Some(text.into()), ..CaseFilter::default() }).await;
        assert_eq!((page.total, page.rows[0].id.as_str()), (1, CASE), "{text}");
    }
    assert_eq!(find(CaseFilter { text: Some("超过保质期".into()), ..CaseFilter::default() }).await.total, 30);
    assert_eq!(find(CaseFilter { text: Some("' OR 1=1".into()), ..CaseFilter::default() }).await.total, 0);
    // One character; two; all pairs of a text that nothing contains; a text over the end of one field; with more asked.
    for (text, total) in [("贸", 1), ("商店", 29), ("商店商店", 0), ("公司对", 0), ("第3商店", 1)] {
        assert_eq!(find(CaseFilter { text: Some(text.into()), ..CaseFilter::default() }).await.total, total, "{text}");
    }
    let both =
        |text: &str| CaseFilter { text: Some(text.into()), stage: Some("archive".into()), ..CaseFilter::default() };
    assert_eq!(
        (find(both("超过")).await.total, find(both("商店")).await.total, find(both("超")).await.total),
        (1, 0, 1)
    );
    assert_eq!(find(CaseFilter { stage: Some("archive".into()), ..CaseFilter::default() }).await.total, 1);
    assert_eq!(find(CaseFilter { rule: Some("EN-COLLECTIVE".into()), ..CaseFilter::default() }).await.total, 1);
    assert_eq!(find(CaseFilter { officer: Some("01".into()), ..CaseFilter::default() }).await.total, 30);
    let from = Some("2026-02-01".parse().unwrap());
    assert_eq!(find(CaseFilter { from, ..CaseFilter::default() }).await.total, 29);
    assert_eq!(find(CaseFilter { decided_from: from, ..CaseFilter::default() }).await.total, 1);
    let reviewed = CaseFilter { indicator: Some("legal_review".into()), ..CaseFilter::default() };
    assert_eq!(find(reviewed.clone()).await.total, 1);
    assert_eq!(find(CaseFilter { behind: Some(Behind::Failed), ..reviewed }).await.total, 0);
}

#[tokio::test]
async fn an_agency_is_seen_by_its_numbers() {
    let (_app, q) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let card = q.agency(&Scope::Everything, MARKET, &AgencyFilter::default()).await.unwrap().unwrap();
    assert_eq!((card.row.filed, card.row.decided, card.row.closed, card.row.open), (1, 1, 1, 0));
    assert_eq!((card.row.fine_fen, card.row.officers), (500_000, 1), "officer 02's certificate has ended");
    assert_eq!(card.row.findings, FindingCounts { high: 1, medium: 1, low: 1, prevented: 1, not_checked: 0 });
    let number =
        |id: &str| card.row.indicators.iter().find(|i| i.id == id).map(|i| (i.numerator, i.denominator)).unwrap();
    assert_eq!(number("certified"), (1, 2), "officer 02 acted in February without one");
    assert_eq!(number("legal_review"), (1, 1));
    assert_eq!(number("notice"), (1, 1));
    assert_eq!(number("records"), (0, 1), "decision, service and execution left no record");
    assert_eq!(number("decision_time"), (1, 1));
    assert_eq!(number("publicised"), (0, 1));
    assert_eq!(number("late"), (1, 14));
    assert_eq!(number("collected"), (500_000, 500_000));
    assert_eq!(
        card.officers.iter().map(|o| (o.valid, o.training_hours)).collect::<Vec<_>>(),
        [(true, 20), (false, 20)]
    );
    assert_eq!(card.months.len(), 6);
    assert_eq!(card.months[2].decided, 1);
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!((overview.filed, overview.decided, overview.paid_fen), (1, 1, 500_000));
    assert_eq!(overview.latest[0].number, "抚市监罚〔2026〕1号");
    assert_eq!(overview.stages.iter().find(|s| s.stage == "archive").unwrap().cases, 1);
    assert_eq!(overview.as_of.sources.iter().map(|s| s.read).collect::<Vec<_>>(), [8, 15]);
    let rules = q.rules(&Scope::Everything).await.unwrap();
    let review = rules.iter().find(|r| r.id == "EN-REVIEW").unwrap();
    assert_eq!((review.satisfied, review.refused), (1, 1));
    let publicise = rules.iter().find(|r| r.id == "EN-PUBLICISE").unwrap();
    assert_eq!((publicise.met, publicise.missed), (0, 1));
}

#[tokio::test]
async fn a_case_decided_again_counts_once() {
    let mut l = whole_case();
    l.case(
        "DecisionOverturned",
        "2026-04-10",
        json!({"outcome": "撤销并责令重作", "by": "抚远市人民政府", "document": "d"}),
    )
    .put();
    let again = json!({
        "number": "抚市监罚〔2026〕9号", "penalties": [{"kind": "fine", "amount_fen": 100_000}], "fine_fen": 100_000, "tier": "lighter", "departure": null,
        "facts": "f", "evidence": [], "bases": [], "performance": "p", "appeal": "a", "decided_by": "王局长", "major": false,
    });
    l.case("PenaltyDecided", "2026-05-04", again).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!((overview.decided, overview.fine_fen), (1, 100_000));
    assert_eq!(overview.months.iter().map(|m| m.decided).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 0]);
}

#[tokio::test]
async fn an_attempt_before_any_case_is_a_finding_of_the_agency() {
    let mut l = Ledger::new("enforcement");
    l.case("StepRefused", "2026-01-07", json!({"step": "FileCase", "breaches": [breach("EN-POWER")], "summary": "s", "agency": MARKET, "region": REGION}))
        .by("", "")
        .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let found = q.findings(&Scope::Agency(MARKET.parse().unwrap()), &FindingFilter::default()).await.unwrap();
    assert_eq!(found.rows[0].kind, FindingKind::RefusedAttempt);
    assert_eq!(found.rows[0].agency_name, "抚远市市场监督管理局");
    assert!(q.case(&Scope::Everything, CASE, None).await.unwrap().is_none());
    // It leads to what was tried.
    assert_eq!(found.rows[0].case.as_deref(), Some(CASE));
    let tried = async |scope: &Scope, id: &str| q.attempts(scope, id, Some("enforcement")).await.unwrap();
    let own = tried(&Scope::Agency(MARKET.parse().unwrap()), CASE).await.unwrap();
    assert_eq!((own.agency_name.as_str(), own.region.as_str()), ("抚远市市场监督管理局", REGION));
    let [attempt] = own.attempts.as_slice() else { panic!("{:?}", own.attempts) };
    assert_eq!((attempt.title.zh.as_ref(), attempt.violations[0].rule.as_str()), ("操作被拒：立案", "EN-POWER"));
    assert!(attempt.details.iter().any(|detail| detail.value.zh == "s"), "what was tried");
    assert!(tried(&Scope::Agency(ELSEWHERE.parse().unwrap()), CASE).await.is_none());
    assert!(tried(&Scope::Public, CASE).await.is_none());
    assert!(tried(&Scope::Everything, &CASE[1..]).await.is_none(), "part of an id is no id");
}

#[tokio::test]
async fn findings_are_listed_by_weight_and_then_the_newest_first() {
    let mut l = whole_case();
    // The newest of all is a refused attempt; and what is overdue today stands among the missed.
    l.case("StepRefused", "2026-05-20", json!({"step": "CloseCase", "breaches": [breach("EN-FILE")], "summary": "s", "agency": MARKET, "region": REGION})).put();
    let other = "0190b2c8-0000-7000-8000-000000000009";
    l.next(
        &format!("case/{other}"),
        "enforcement.case.CaseFiled.v1",
        "2026-01-10",
        filed(other, "抚市监立〔2026〕9号", "乙公司"),
    )
    .with("clocks", json!([opened("EN-NINETY", "2026-01-10", "calendar_days", 90)]))
    .with("violations", json!([breach("EN-POWER")]))
    .put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let all = q.findings(&Scope::Everything, &FindingFilter::default()).await.unwrap();
    let order = |rows: &[FindingRow]| rows.iter().map(|f| (f.severity, std::cmp::Reverse(f.day))).collect::<Vec<_>>();
    assert!(order(&all.rows).is_sorted(), "{:?}", order(&all.rows));
    assert!(all.rows.iter().any(|f| f.running) && all.rows.len() >= 6, "{:?}", all.rows);
    // A page is a part of the same order.
    let mut paged = Vec::new();
    for page in 1..=all.total.div_ceil(2) {
        let filter = FindingFilter { page: page as u32, size: 2, ..FindingFilter::default() };
        paged.extend(q.findings(&Scope::Everything, &filter).await.unwrap().rows);
    }
    assert_eq!(paged, all.rows);
    let card = q.agency(&Scope::Everything, MARKET, &AgencyFilter::default()).await.unwrap().unwrap();
    assert!(order(&card.findings).is_sorted());
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert!(order(&file.findings).is_sorted() && file.findings.len() >= 4);
}

#[tokio::test]
async fn what_a_service_keeps_of_an_agency_itself_is_called_by_its_name() {
    let mut l = Ledger::new("enforcement");
    let refused = json!({"step": "SetTarget", "breaches": [breach("EN-QUOTA")], "summary": "s", "agency": MARKET, "region": REGION});
    l.next(&format!("agency/{MARKET}"), "enforcement.agency.StepRefused.v1", "2026-01-07", refused).put();
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let found = q.findings(&Scope::Everything, &FindingFilter::default()).await.unwrap();
    assert_eq!((found.rows[0].matter.as_str(), found.rows[0].case.as_deref()), ("抚远市市场监督管理局", None));
    let filter = AuditFilter { source: Some("enforcement".into()), ..AuditFilter::default() };
    let events = q.audit(&Scope::Everything, &filter).await.unwrap();
    assert_eq!(events.rows[0].matter, "抚远市市场监督管理局");
}
