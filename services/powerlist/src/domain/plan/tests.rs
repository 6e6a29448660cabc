use law::{
    calendar::Calendar,
    decider::harness::{given, given_at, table_holds},
    period::Deadline,
};

use super::*;
use crate::domain::fixture::{act, at, day, reported};

fn task() -> PlanTaskEntered {
    PlanTaskEntered {
        plan: "BT".parse().unwrap(),
        number: "28".into(),
        region: "150200".parse().unwrap(),
        from: day("2016-01-01"),
        title: "网上办案".into(),
        title_en: "Cases online".into(),
        lead: None,
        milestones: vec![milestone("2018-12-31"), milestone("2019-12-31")],
        serves: vec![Capability::Case],
        whole: false,
        document: "“十三五”规划（示例）".into(),
    }
}

fn milestone(by: &str) -> Milestone {
    Milestone { by: day(by), what: "网上办理".into(), what_en: "enforcement online".into() }
}

fn ask(step: impl Into<PlanStep>) -> Command {
    Command { step: step.into(), region_known: true }
}

fn done(milestone: Option<&str>) -> PlanTaskCompleted {
    let entered = task();
    PlanTaskCompleted {
        plan: entered.plan,
        number: entered.number,
        milestone: milestone.map(day),
        what: "已上线".into(),
    }
}

fn progress() -> PlanProgressReported {
    PlanProgressReported { plan: task().plan, number: task().number, what: "试运行".into() }
}

/// The last days of the clocks that entering opens, with their names.
fn last_days(on: &str) -> Vec<(String, Date)> {
    let decided = given::<Plan>([]).when(&reported(on), &ask(task())).decided();
    let opened = decided[0].clocks.iter().map(|change| match change {
        ClockChange::Opened { clock, start, period, fixed, citation, .. } => {
            let deadline = Deadline { fixed: *fixed, ..Deadline::new(law::day_of(*start), *period, citation.clone()) };
            (clock.clone(), deadline.due(Calendar::china()).unwrap().day().unwrap())
        }
        other => panic!("{other:?}"),
    });
    opened.collect()
}

/// When which clocks are stopped.
#[track_caller]
fn stopped(on: &str, milestone: Option<&str>) -> Vec<(String, Date)> {
    let decided = given::<Plan>([task().into()]).when(&reported(on), &ask(done(milestone))).decided();
    let stops = decided[0].clocks.iter().map(|change| (change.clock().to_owned(), change.stopped_on().unwrap()));
    stops.collect()
}

#[test]
fn each_milestone_has_its_own_day() {
    let [first, second] = ["2018-12-31", "2019-12-31"].map(|by| (format!("PT-TASK:28:{by}"), day(by)));
    assert_eq!(last_days("2016-06-01"), [first.clone(), second.clone()]);
    assert_eq!(stopped("2018-12-31", Some("2018-12-31")), [(first.0.clone(), day("2018-12-31"))]);
    assert_eq!(stopped("2018-11-30", None), [(first.0, day("2018-11-30")), (second.0, day("2018-11-30"))]);
}

#[test]
fn a_task_completed_on_its_last_day_is_in_time() {
    let (clock, last) = last_days("2016-06-01").remove(0);
    assert_eq!(stopped("2018-12-31", Some("2018-12-31")), [(clock, last)]);
}

#[test]
fn a_task_completed_the_day_after_is_late() {
    let (_, last) = last_days("2016-06-01").remove(0);
    let [(_, done)] = stopped("2019-01-01", Some("2018-12-31")).try_into().unwrap();
    assert!(done > last);
}

#[test]
fn a_task_entered_after_its_day_is_late_all_the_same() {
    assert_eq!(last_days("2026-06-01"), last_days("2016-06-01"));
}

#[test]
fn a_task_without_a_day_has_no_clock_and_is_completed_once() {
    let entered = PlanTaskEntered { milestones: vec![], ..task() };
    let decided = given::<Plan>([]).when(&act("2016-06-01"), &ask(entered.clone())).decided();
    assert_eq!(decided[0].clocks, []);
    let events: [PlanEvent; 2] = [entered.into(), done(None).into()];
    given::<Plan>([events[0].clone()]).when(&act("2017-06-01"), &ask(done(None))).then(&events[1..]);
    given::<Plan>(events.clone()).when(&act("2017-06-02"), &ask(done(None))).not_possible("PLAN_TASK_COMPLETED");
    given::<Plan>(events).when(&act("2017-06-02"), &ask(progress())).not_possible("PLAN_TASK_COMPLETED");
}

#[test]
fn a_task_is_done_when_its_last_milestone_is() {
    let (first, second) = (done(Some("2018-12-31")), done(Some("2019-12-31")));
    let so_far: [PlanEvent; 2] = [task().into(), first.clone().into()];
    given::<Plan>(so_far.clone()).when(&act("2019-06-01"), &ask(progress())).then(&[progress().into()]);
    given::<Plan>(so_far.clone()).when(&act("2019-06-01"), &ask(first)).not_found("open milestone");
    let all: Vec<PlanEvent> = [so_far.to_vec(), vec![second.into()]].concat();
    given::<Plan>(all).when(&act("2020-06-01"), &ask(progress())).not_possible("PLAN_TASK_COMPLETED");
}

#[test]
fn refuses_a_milestone_that_the_plan_does_not_have() {
    given::<Plan>([task().into()]).when(&act("2018-06-01"), &ask(done(Some("2018-12-30")))).not_found("open milestone");
    let none = PlanTaskCompleted { number: "29".into(), ..done(None) };
    given::<Plan>([task().into()]).when(&act("2018-06-01"), &ask(none)).not_found("plan task");
}

#[test]
fn a_missed_day_does_not_vanish_by_entering_the_task_again() {
    let postponed = PlanTaskEntered { milestones: vec![milestone("2020-12-31")], ..task() };
    given::<Plan>([task().into()]).when(&act("2019-06-01"), &ask(task())).quiet();
    given::<Plan>([task().into()]).when(&act("2019-06-01"), &ask(postponed)).not_possible("PLAN_TASK_EXISTS");
}

#[test]
fn the_tasks_of_a_plan_are_of_one_document() {
    for other in [
        PlanTaskEntered { document: "另一方案".into(), ..task() },
        PlanTaskEntered { from: day("2016-01-02"), ..task() },
        PlanTaskEntered { region: "150204".parse().unwrap(), ..task() },
    ] {
        let other = PlanTaskEntered { number: "29".into(), ..other };
        given::<Plan>([task().into()]).when(&act("2016-06-01"), &ask(other)).invalid("plan");
    }
}

#[test]
fn refuses_days_out_of_order_or_out_of_the_plan() {
    for days in [
        &["2015-12-31"][..],
        &["2016-01-01"],
        &["2019-12-31", "2018-12-31"],
        &["2018-12-31", "2018-12-31"],
        &["2026-12-31"],
    ] {
        let milestones = days.iter().map(|by| milestone(by)).collect();
        given::<Plan>([])
            .when(&act("2016-06-01"), &ask(PlanTaskEntered { milestones, ..task() }))
            .invalid("milestones");
    }
}

#[test]
fn refuses_a_region_that_nobody_registered() {
    let command = Command { region_known: false, ..ask(task()) };
    given::<Plan>([]).when(&act("2016-06-01"), &command).not_found("region");
}

#[test]
fn nothing_is_reported_of_a_task_before_it_was_entered() {
    let entered = || given_at::<Plan>([(at("2016-06-01"), task().into())]);
    entered().when(&reported("2016-05-31"), &ask(progress())).invalid("meta.at");
    table_holds::<Plan>([
        (vec![task().into()], "ReportPlanProgress", ask(progress())),
        (vec![task().into()], "CompletePlanTask", ask(done(None))),
    ]);
}
