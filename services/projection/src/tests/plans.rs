//! Plans: what serves which measure, and how far each has come.

use serde_json::{Value, json};

use super::{World, cases::whole_case, records::*};
use crate::model::*;

/// Measure 21, which rule cards name, with two milestones; and 36, which nothing serves.
fn plan() -> Ledger {
    let mut l = lists();
    let milestone = |by: &str| json!({"by": by, "what": "完成", "what_en": "done"});
    let entered = |number: &str, more: Value| {
        let mut data = json!({"plan": "FY", "number": number, "region": "230883", "from": "2016-01-01", "title": "执法程序", "title_en": "Procedure", "document": "实施方案（示例）"});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        data
    };
    let days = |by: &str| (by.parse::<jiff::civil::Date>().unwrap() - jiff::civil::date(2016, 1, 1)).get_days();
    let clock = |by: &str| {
        json!({"change": "opened", "clock": format!("PT-TASK:21:{by}"), "rule": "PT-TASK", "citation": "c", "zh": "z", "en": "e",
            "start": "2015-12-31T16:00:00Z", "period": law::period::Period::CalendarDays(u16::try_from(days(by)).unwrap()), "fixed": true, "debtor": "agency"})
    };
    let late = json!({
        "milestones": [milestone("2018-12-31"), milestone("2019-12-31")], "serves": ["case"],
        "clocks": [clock("2018-12-31"), clock("2019-12-31")],
    });
    l.next("plan/FY", "powerlist.plan.PlanTaskEntered.v1", "2016-12-05", entered("21", late)).put();
    l.next("plan/FY", "powerlist.plan.PlanTaskEntered.v1", "2016-12-05", entered("36", json!({}))).put();
    l
}

fn completed(l: &mut Ledger, milestone: &str, on: &str) {
    let clock =
        json!({"change": "stopped", "clock": format!("PT-TASK:21:{milestone}"), "at": format!("{on}T02:00:00Z")});
    let data = json!({"plan": "FY", "number": "21", "milestone": milestone, "what": "已公布", "clocks": [clock]});
    l.next("plan/FY", "powerlist.plan.PlanTaskCompleted.v1", on, data).put();
}

async fn listed(l: &Ledger, filter: &PlanFilter) -> PlanList {
    let (_app, q) = World::new(l, &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    q.plan_tasks(filter).await.unwrap()
}

#[tokio::test]
async fn a_measure_names_the_rules_whose_cards_name_it() {
    let list = listed(&plan(), &PlanFilter::default()).await;
    let [served, none] = list.tasks.as_slice() else { panic!("{:?}", list.tasks) };
    assert_eq!(served.rules, ["EN-NINETY", "EN-PUBLICISE", "EN-RECORD", "EN-REVIEW"]);
    assert_eq!((served.serves_text[0].en.as_ref(), served.serving), ("penalty cases", Serving::Partly));
    assert_eq!((none.rules.len(), none.serving, none.state), (0, Serving::Unserved, TaskState::Silent));
    let [plan] = list.plans.as_slice() else { panic!("{:?}", list.plans) };
    assert_eq!((plan.tasks, plan.served, plan.partly, plan.unserved), (2, 0, 1, 1));
    assert_eq!((plan.completed, plan.overdue, plan.region_name.as_str()), (0, 1, "抚远市"));
}

#[tokio::test]
async fn a_measure_is_overdue_by_its_clocks_and_done_with_its_last_milestone() {
    let mut l = plan();
    let states = |list: PlanList| {
        let task = list.tasks.into_iter().next().unwrap();
        let clocks = task.milestones.iter().map(|m| m.deadline.as_ref().unwrap().state).collect::<Vec<_>>();
        (task.state, clocks)
    };
    let all = PlanFilter::default();
    assert_eq!(states(listed(&l, &all).await), (TaskState::Overdue, vec![DeadlineState::Overdue; 2]));
    completed(&mut l, "2018-12-31", "2018-12-31");
    let so_far = (TaskState::Overdue, vec![DeadlineState::Met, DeadlineState::Overdue]);
    assert_eq!(states(listed(&l, &all).await), so_far);
    completed(&mut l, "2019-12-31", "2020-01-01");
    let done = (TaskState::Completed, vec![DeadlineState::Met, DeadlineState::Missed]);
    assert_eq!(states(listed(&l, &all).await), done);
}

#[tokio::test]
async fn measures_are_found_by_plan_rule_part_of_the_suite_and_state() {
    let mut l = plan();
    let told = json!({"plan": "FY", "number": "36", "what": "已部署"});
    l.next("plan/FY", "powerlist.plan.PlanProgressReported.v1", "2017-06-01", told).put();
    let (_app, q) = World::new(&l, &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let by = |capability: &str| PlanFilter { capability: Some(capability.into()), ..PlanFilter::default() };
    for (filter, wanted) in [
        (PlanFilter { plan: Some("FY".into()), ..PlanFilter::default() }, &["21", "36"][..]),
        (PlanFilter { plan: Some("TA".into()), ..PlanFilter::default() }, &[]),
        (by("EN-REVIEW"), &["21"]),
        (by("case"), &["21"]),
        (by("items"), &[]),
        (PlanFilter { serving: Some(Serving::Unserved), ..PlanFilter::default() }, &["36"]),
        (PlanFilter { state: Some(TaskState::Underway), ..PlanFilter::default() }, &["36"]),
    ] {
        let list = q.plan_tasks(&filter).await.unwrap();
        let found: Vec<_> = list.tasks.iter().map(|task| task.number.as_str()).collect();
        assert_eq!(found, wanted, "{filter:?}");
        assert_eq!(list.plans.len(), 1, "the plans are told whatever is asked for");
    }
}
