//! Deadlines: never written down as overdue, always computed on the day of reading.

use law::calendar::{NOTICE_PUBLISHED, NOTICES_STREAM, NoticePublished};
use serde_json::{Value, json};

use super::{World, records::*, run_until_caught_up};
use crate::{model::*, query::Queries};

fn with_clocks(clocks: Vec<(&str, Value)>) -> Ledger {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司")).put();
    for (day, change) in clocks {
        l.case("ExemptionConsidered", day, json!({"applies": false, "reason": "r"}))
            .with("clocks", json!([change]))
            .put();
    }
    l
}

async fn only(l: &Ledger, now: &str) -> DeadlineRow {
    let (_app, q) = World::new(&lists(), l, now).folded().await;
    q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap().deadlines.remove(0)
}

#[tokio::test]
async fn the_last_day_is_in_time_and_the_next_is_not() {
    // 90 days from 6 January end on Monday 6 April 2026, a holiday (清明节), so on the 7th.
    let l = with_clocks(vec![("2026-01-06", opened("EN-NINETY", "2026-01-06", "calendar_days", 90))]);
    let last = only(&l, "2026-04-07T15:59:59Z").await;
    assert_eq!((last.state, last.due), (DeadlineState::Open, Some("2026-04-07".parse().unwrap())));
    assert_eq!(last.remaining, Some(law::period::Remaining::DueToday));
    assert!(last.explanation.zh.contains("清明节"), "{}", last.explanation.zh);
    let next = only(&l, "2026-04-07T16:00:00Z").await;
    assert_eq!(next.state, DeadlineState::Overdue);
    for (day, state) in [("2026-04-07", DeadlineState::Met), ("2026-04-08", DeadlineState::Missed)] {
        let l = with_clocks(vec![
            ("2026-01-06", opened("EN-NINETY", "2026-01-06", "calendar_days", 90)),
            (day, stopped("EN-NINETY", day)),
        ]);
        assert_eq!(only(&l, "2026-06-01T00:00:00Z").await.state, state, "{day}");
    }
}

#[tokio::test]
async fn an_overdue_clock_is_a_finding_only_while_it_is_overdue() {
    let l = with_clocks(vec![("2026-01-06", opened("EN-NINETY", "2026-01-06", "calendar_days", 90))]);
    for (now, overdue) in [("2026-04-07T00:00:00Z", 0), ("2026-05-01T00:00:00Z", 1)] {
        let (_app, q) = World::new(&lists(), &l, now).folded().await;
        let found = q.findings(&Scope::Everything, &FindingFilter::default()).await.unwrap();
        assert_eq!(found.total, overdue, "{now}");
        assert!(found.rows.iter().all(|f| f.running && f.kind == FindingKind::MissedDeadline));
        let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
        assert_eq!(overview.deadlines.overdue, overdue);
        assert_eq!(overview.findings.medium, overdue);
        let f = DeadlineFilter { state: Some(DeadlineState::Overdue), ..DeadlineFilter::default() };
        assert_eq!(q.deadlines(&Scope::Everything, &f).await.unwrap().total, overdue);
    }
}

#[tokio::test]
async fn hours_end_by_the_clock() {
    let l = with_clocks(vec![("2026-01-06", opened("EN-TRANSFER", "2026-01-06", "hours", 24))]);
    assert_eq!(only(&l, "2026-01-07T02:00:00Z").await.state, DeadlineState::Open);
    assert_eq!(only(&l, "2026-01-07T02:00:01Z").await.state, DeadlineState::Overdue);
}

#[tokio::test]
async fn suspended_extended_resumed_and_cancelled() {
    let open = ("2026-01-06", opened("EN-SEIZE", "2026-01-06", "calendar_days", 30));
    let suspend = (
        "2026-01-10",
        json!({"change": "suspended", "clock": "EN-SEIZE", "from": "2026-01-11", "zh": "检测", "en": "testing"}),
    );
    let row = only(&with_clocks(vec![open.clone(), suspend.clone()]), "2026-06-01T00:00:00Z").await;
    assert_eq!((row.state, row.suspended_since), (DeadlineState::Suspended, Some("2026-01-11".parse().unwrap())));
    let resume = ("2026-01-20", json!({"change": "resumed", "clock": "EN-SEIZE", "on": "2026-01-21"}));
    let extend = (
        "2026-01-22",
        json!({"change": "extended", "clock": "EN-SEIZE", "period": {"unit": "calendar_days", "count": 30}, "zh": "批准", "en": "approved"}),
    );
    let row =
        only(&with_clocks(vec![open.clone(), suspend.clone(), resume.clone(), extend.clone()]), "2026-02-01T00:00:00Z")
            .await;
    // 6 January and 60 days are 7 March; ten suspended days more are Tuesday 17 March.
    assert_eq!((row.state, row.due), (DeadlineState::Open, Some("2026-03-17".parse().unwrap())));
    let cancel = ("2026-01-23", json!({"change": "cancelled", "clock": "EN-SEIZE"}));
    let row = only(&with_clocks(vec![open, suspend, resume, extend, cancel]), "2026-12-01T00:00:00Z").await;
    assert_eq!(row.state, DeadlineState::Cancelled);
}

#[tokio::test]
async fn a_year_without_calendar_is_said_and_not_guessed() {
    let l = with_clocks(vec![("2026-12-20", opened("EN-PUBLICISE", "2026-12-20", "working_days", 20))]);
    let row = only(&l, "2026-12-21T00:00:00Z").await;
    assert_eq!((row.state, row.no_calendar, row.due), (DeadlineState::NoCalendar, Some(2027), None));
    assert!(row.explanation.zh.contains("2027"));
    // Twenty working days after Sunday 20 December: nine are left of the year, the others are eleven days at the least.
    assert_eq!(row.not_before, Some("2027-01-11".parse().unwrap()));
}

#[tokio::test]
async fn what_is_done_before_any_day_that_could_be_the_last_is_in_time_without_a_calendar() {
    for (day, state) in [("2027-01-11", DeadlineState::Met), ("2027-01-12", DeadlineState::NoCalendar)] {
        let l = with_clocks(vec![
            ("2026-12-20", opened("EN-PUBLICISE", "2026-12-20", "working_days", 20)),
            (day, stopped("EN-PUBLICISE", day)),
        ]);
        assert_eq!(only(&l, "2027-03-01T00:00:00Z").await.state, state, "{day}");
    }
}

#[tokio::test]
async fn what_ran_out_stays_missed_whatever_comes_later() {
    let more = |change: &str, fields: Value| {
        let mut change = json!({"change": change, "clock": "EN-SEIZE", "zh": "z", "en": "e"});
        change.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        change
    };
    // One month from 6 January: Friday 6 February.
    for (name, later) in [
        ("extended", more("extended", json!({"period": {"unit": "calendar_days", "count": 60}}))),
        ("suspended", more("suspended", json!({"from": "2026-02-06"}))),
    ] {
        let l = with_clocks(vec![
            ("2026-01-06", opened("EN-SEIZE", "2026-01-06", "months", 1)),
            ("2026-02-07", later.clone()),
        ]);
        let row = only(&l, "2026-02-20T00:00:00Z").await;
        assert_eq!((row.state, row.due), (DeadlineState::Overdue, Some("2026-02-06".parse().unwrap())), "{name}");
        let in_time =
            with_clocks(vec![("2026-01-06", opened("EN-SEIZE", "2026-01-06", "months", 1)), ("2026-02-06", later)]);
        assert_ne!(only(&in_time, "2026-02-20T00:00:00Z").await.state, DeadlineState::Overdue, "{name} in time");
    }
    let cancelled = with_clocks(vec![
        ("2026-01-06", opened("EN-SEIZE", "2026-01-06", "months", 1)),
        ("2026-02-07", json!({"change": "cancelled", "clock": "EN-SEIZE"})),
    ]);
    assert_eq!(only(&cancelled, "2026-02-20T00:00:00Z").await.state, DeadlineState::Missed);
    let (_app, q) = World::new(&lists(), &cancelled, "2026-06-01T00:00:00Z").folded().await;
    let found = q.findings(&Scope::Everything, &FindingFilter::default()).await.unwrap();
    let missed = found.rows.iter().find(|row| row.kind == FindingKind::MissedDeadline).unwrap();
    assert!(missed.text.zh.contains("至2026-02-07终止时仍未完成"), "{}", missed.text.zh);
}

#[tokio::test]
async fn what_another_owes_is_no_fault_of_the_agency() {
    let theirs = |mut opened: Value| {
        opened["debtor"] = json!("party");
        opened
    };
    let l = with_clocks(vec![("2026-01-06", theirs(opened("EN-PAY", "2026-01-06", "calendar_days", 15)))]);
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let clocks = async |state| {
        let filter = DeadlineFilter { state, ..DeadlineFilter::default() };
        q.deadlines(&Scope::Everything, &filter).await.unwrap().rows
    };
    assert!(clocks(None).await.is_empty() && clocks(Some(DeadlineState::Overdue)).await.is_empty());
    let others = clocks(Some(DeadlineState::Others)).await;
    assert_eq!((others[0].state, others[0].debtor.zh.as_ref()), (DeadlineState::Overdue, "当事人"));
    let overdue = FindingFilter { kind: Some(FindingKind::MissedDeadline), ..FindingFilter::default() };
    assert_eq!(q.findings(&Scope::Everything, &overdue).await.unwrap().total, 0);
    assert_eq!(q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap().deadlines.overdue, 0);
    assert_eq!(q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap().deadlines.len(), 1);
}

#[tokio::test]
async fn a_clock_opened_again_is_another_clock() {
    let l = with_clocks(vec![
        ("2026-01-06", opened("EN-SERVE", "2026-01-06", "working_days", 7)),
        ("2026-01-07", stopped("EN-SERVE", "2026-01-07")),
        ("2026-02-06", opened("EN-SERVE", "2026-02-06", "working_days", 7)),
    ]);
    let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
    let states: Vec<_> =
        q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap().deadlines.iter().map(|d| d.state).collect();
    assert_eq!(states, [DeadlineState::Overdue, DeadlineState::Met]);
}

#[tokio::test]
async fn three_working_days_are_in_time_and_four_are_late() {
    // Friday to Wednesday are three working days, to Thursday four.
    for (recorded, late) in [("2026-03-11", false), ("2026-03-12", true)] {
        let mut l = Ledger::new("enforcement");
        l.case("CaseFiled", "2026-03-06", filed(CASE, "1", "甲公司")).recorded(recorded).put();
        let (_app, q) = World::new(&lists(), &l, "2026-06-01T00:00:00Z").folded().await;
        let found = q.findings(&Scope::Everything, &FindingFilter::default()).await.unwrap();
        assert_eq!(found.rows.iter().any(|f| f.kind == FindingKind::LateRecording), late, "{recorded}");
    }
}

/// The notice of 2027 as the lists put it on record.
fn notice(lists: &mut Ledger, change: impl FnOnce(String) -> String) {
    let text = change(include_str!("../../../../seeds/demo/2027.toml").to_owned());
    let published = NoticePublished::read(&text, String::new()).unwrap();
    let data = serde_json::to_value(published).unwrap();
    lists.next(NOTICES_STREAM, NOTICE_PUBLISHED, "2027-01-20", data).put();
}

#[tokio::test]
async fn a_notice_that_comes_while_running_settles_every_clock_as_if_it_had_been_there() {
    let l = with_clocks(vec![
        ("2026-12-20", opened("EN-PUBLICISE", "2026-12-20", "working_days", 20)),
        ("2026-12-21", opened("EN-NINETY", "2026-12-21", "calendar_days", 90)),
        ("2027-01-19", stopped("EN-PUBLICISE", "2027-01-19")),
    ]);
    let world = World::new(&lists(), &l, "2027-01-21T00:00:00Z");
    let (app, q) = world.folded().await;
    let rows = |q: Queries| async move {
        let all = [DeadlineState::NoCalendar, DeadlineState::Missed, DeadlineState::Open];
        let mut rows = Vec::new();
        for state in all {
            let filter = DeadlineFilter { state: Some(state), ..DeadlineFilter::default() };
            let page = q.deadlines(&Scope::Everything, &filter).await.unwrap();
            rows.extend(page.rows.into_iter().map(|row| (row.rule, state, row.due.map(|day| day.to_string()))));
        }
        rows
    };
    let unknown = |rule: &str| (rule.to_owned(), DeadlineState::NoCalendar, None);
    assert_eq!(rows(q.clone()).await, [unknown("EN-NINETY"), unknown("EN-PUBLICISE")]);
    let mut known = lists();
    notice(&mut known, |text| text);
    world.powerlist.push(known.records().into_iter().skip(lists().records().len()));
    run_until_caught_up(&app).await;
    let at = |day: &str| Some(day.to_owned());
    let want = [
        // Nine working days of December, then eleven after the holiday of three days: Monday the 18th.
        ("EN-PUBLICISE".to_owned(), DeadlineState::Missed, at("2027-01-18")),
        ("EN-NINETY".to_owned(), DeadlineState::Open, at("2027-03-22")),
    ];
    assert_eq!(rows(q.clone()).await, want);
    let (anew, _) = World::new(&known, &l, "2027-01-21T00:00:00Z").folded().await;
    assert_eq!(app.view_digests().await.unwrap(), anew.view_digests().await.unwrap());
    // An amendment is taken up in the same way: the Monday is free now.
    notice(&mut known, |text| text.replace("to = \"2027-01-03\"", "to = \"2027-01-04\""));
    world.powerlist.push(known.records().into_iter().next_back());
    run_until_caught_up(&app).await;
    assert_eq!(rows(q).await, [want[1].clone()], "done on the last day");
    let (anew, q) = World::new(&known, &l, "2027-01-21T00:00:00Z").folded().await;
    assert_eq!(app.view_digests().await.unwrap(), anew.view_digests().await.unwrap());
    let met = DeadlineFilter { state: Some(DeadlineState::Met), ..DeadlineFilter::default() };
    assert_eq!(q.deadlines(&Scope::Everything, &met).await.unwrap().rows[0].due.unwrap().to_string(), "2027-01-19");
}
