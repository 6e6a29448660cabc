use jiff::civil::Date;
use law::{ClockChange, calendar::Calendar, decider::harness::given, period::Deadline};

use super::*;

#[test]
fn drafts_the_first_version() {
    let decided =
        given::<Item>([]).when(&act("2026-03-02"), &draft_of(content(), GroundKind::FirstCompilation)).decided();
    assert_eq!(decided[0].event, drafted(1, content()));
    assert!(matches!(&decided[0].clocks[0], ClockChange::Opened { clock, .. } if clock == "PL-PUBLISH:1"));
}

#[test]
fn stays_quiet_about_the_same_draft() {
    given::<Item>([drafted(1, content())])
        .when(&act("2026-03-03"), &draft_of(content(), GroundKind::FirstCompilation))
        .quiet();
}

#[test]
fn a_new_draft_inherits_the_running_clock() {
    let mut other = content();
    other.supervision = "投诉电话12315".into();
    let decided = given::<Item>([drafted(1, content())])
        .when(&act("2026-03-09"), &draft_of(other, GroundKind::FirstCompilation))
        .decided();
    assert_eq!(decided[0].clocks, vec![]);
}

#[test]
fn refuses_a_change_without_its_document() {
    let mut ground = ground(GroundKind::FirstCompilation);
    ground.document = " ".into();
    let command = draft_on(content(), ground);
    given::<Item>([]).when(&act("2026-03-02"), &command).refused_by("PL-CHANGE");
}

#[test]
fn refuses_first_compilation_as_the_ground_of_a_change() {
    let mut other = content();
    other.supervision = "投诉电话12315".into();
    given::<Item>([drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())])
        .when(&act("2026-05-06"), &draft_of(other, GroundKind::FirstCompilation))
        .refused_by("PL-CHANGE");
}

#[test]
fn adjusts_on_a_ground() {
    let mut other = content();
    other.supervision = "投诉电话12315".into();
    given::<Item>([drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())])
        .when(&act("2026-05-06"), &draft_of(other.clone(), GroundKind::LawChanged))
        .then(&[drafted(2, other)]);
}

#[test]
fn an_item_does_not_pass_to_another_agency() {
    let mut other = content();
    other.agency = "11230883MB0125014Y".parse().unwrap();
    let state = given::<Item>([drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())]);
    let decided = Item::decide(state.state(), &act("2026-05-06"), &draft_of(other, GroundKind::FunctionChanged));
    assert!(matches!(decided, Err(law::Refusal::Invalid { .. })));
}

fn review(person: Option<crate::domain::facts::ReviewerFact>, passed: bool) -> Command {
    let (reviewer, opinion) = ("131035".parse().unwrap(), "依据充分".into());
    let mut command = ask(ItemReviewed { item: item(), version: 1, passed, reviewer, opinion });
    command.facts.person = person;
    command
}

#[test]
fn reviews_by_a_qualified_reviewer() {
    let events = given::<Item>([drafted(1, content())])
        .when(&act("2026-03-10"), &review(Some(reviewer()), true))
        .satisfies("OF-EXAM");
    assert_eq!(events, [reviewed(1, true)]);
}

#[test]
fn refuses_a_review_by_someone_else() {
    let mut person = reviewer();
    person.role = OfficerRole::Enforcement;
    given::<Item>([drafted(1, content())]).when(&act("2026-03-10"), &review(Some(person), true)).refused_by("OF-EXAM");
    let mut unqualified = reviewer();
    unqualified.legal_qualification = false;
    given::<Item>([drafted(1, content())])
        .when(&act("2026-03-10"), &review(Some(unqualified), true))
        .refused_by("OF-EXAM");
}

#[test]
fn a_failed_review_ends_the_clock_and_the_version() {
    let decided =
        given::<Item>([drafted(1, content())]).when(&act("2026-03-10"), &review(Some(reviewer()), false)).decided();
    assert_eq!(decided[0].clocks, [ClockChange::Cancelled { clock: "PL-PUBLISH:1".into() }]);
    let again = given::<Item>([drafted(1, content()), reviewed(1, false)])
        .when(&act("2026-03-11"), &draft_of(content(), GroundKind::FirstCompilation))
        .decided();
    assert!(matches!(&again[0].clocks[0], ClockChange::Opened { clock, .. } if clock == "PL-PUBLISH:2"));
}

#[test]
fn reviews_a_version_once() {
    let given = || given::<Item>([drafted(1, content()), reviewed(1, true)]);
    given().when(&act("2026-03-10"), &review(Some(reviewer()), true)).quiet();
    given().when(&act("2026-03-10"), &review(Some(reviewer()), false)).not_possible("REVIEWED_ALREADY");
}

/// The last day of a clock opened by a decision.
fn due(decided: &[law::Decided<ItemEvent>], name: &str) -> Date {
    let opened = decided.iter().flat_map(|d| &d.clocks).find(|c| c.clock() == name).expect("the clock is opened");
    let ClockChange::Opened { start, period, citation, .. } = opened else { panic!("{opened:?}") };
    let deadline = Deadline::new(law::day_of(*start), *period, citation.clone());
    deadline.due(Calendar::china()).unwrap().day().unwrap()
}

fn publish_due() -> Date {
    let decided =
        given::<Item>([]).when(&act("2026-03-02"), &draft_of(content(), GroundKind::FirstCompilation)).decided();
    due(&decided, "PL-PUBLISH:1")
}

fn stopped(decided: &[law::Decided<ItemEvent>]) -> Date {
    decided.iter().flat_map(|d| &d.clocks).find_map(ClockChange::stopped_on).expect("a clock is stopped")
}

#[test]
fn publication_on_the_twentieth_working_day_is_in_time() {
    // Drafted on Monday 2 March 2026: four full weeks.
    assert_eq!(publish_due(), day("2026-03-30"));
    let decided = ready(content()).when(&act("2026-03-30"), &publish(1, "2026-03-30")).decided();
    assert!(stopped(&decided) <= publish_due());
}

#[test]
fn publication_on_the_twenty_first_working_day_is_late() {
    let decided = ready(content()).when(&act("2026-03-31"), &publish(1, "2026-03-31")).decided();
    assert!(stopped(&decided) > publish_due());
}

fn yearly(on: &str) -> Command {
    let (reviewer, conclusion) = ("131035".parse().unwrap(), YearlyConclusion::Kept.id().into());
    ask(ItemReviewedYearly { item: item(), on: day(on), conclusion, reviewer })
}

fn in_force() -> Vec<ItemEvent> {
    vec![drafted(1, content()), standard_event("2026-03-02"), reviewed(1, true), published(1, "2026-03-20", content())]
}

#[test]
fn a_review_within_the_year_is_in_time() {
    let decided = given::<Item>(in_force()).when(&act("2026-11-20"), &yearly("2026-11-20")).decided();
    assert_eq!(decided[0].clocks[0], ClockChange::Stopped { clock: "PL-REVIEW:1".into(), at: at("2026-11-20") });
    assert!(matches!(&decided[0].clocks[1], ClockChange::Opened { clock, .. } if clock == "PL-REVIEW:2"));
}

#[test]
fn a_review_after_the_year_is_late() {
    let events = [drafted(1, content()), reviewed(1, true), standard_event("2025-03-03")];
    let published_on = act("2025-03-20");
    let decided = given::<Item>(events).when(&published_on, &publish(1, "2025-03-20")).decided();
    let due = due(&decided, "PL-REVIEW:1");
    assert_eq!(due, day("2026-03-20"));
    let reviewed = given::<Item>(in_force()).when(&act("2026-03-23"), &yearly("2026-03-23")).decided();
    assert!(stopped(&reviewed) > due);
    let reviewed = given::<Item>(in_force()).when(&act("2026-03-20"), &yearly("2026-03-20")).decided();
    assert!(stopped(&reviewed) <= due);
}

fn cancel(kind: GroundKind, opinion: &str) -> Command {
    ask(ItemCancelled {
        item: item(),
        effective: day("2026-06-01"),
        ground: ground(kind),
        reviewer: "131035".parse().unwrap(),
        opinion: opinion.into(),
    })
}

#[test]
fn cancels_on_a_ground() {
    let decided =
        given::<Item>(in_force()).when(&act("2026-05-20"), &cancel(GroundKind::LawChanged, "依据已废止")).decided();
    assert!(decided[0].rules.contains(&"PL-CHANGE"));
    assert_eq!(decided[0].clocks, [ClockChange::Cancelled { clock: "PL-REVIEW:1".into() }]);
    let all = [in_force(), vec![decided[0].event.clone()]].concat();
    let state = given::<Item>(all.clone());
    assert!(state.state().in_force(day("2026-05-31")).is_some());
    assert!(state.state().in_force(day("2026-06-01")).is_none());
    state.when(&act("2026-05-20"), &cancel(GroundKind::LawChanged, "依据已废止")).quiet();
    given::<Item>(all)
        .when(&act("2026-05-21"), &cancel(GroundKind::FunctionChanged, "职能已划出"))
        .not_possible("ITEM_CANCELLED");
}

#[test]
fn refuses_cancellation_without_an_opinion() {
    given::<Item>(in_force()).when(&act("2026-05-20"), &cancel(GroundKind::LawChanged, "")).refused_by("PL-CHANGE");
    given::<Item>(in_force())
        .when(&act("2026-05-20"), &cancel(GroundKind::FirstCompilation, "无"))
        .refused_by("PL-CHANGE");
}

#[test]
fn a_cancelled_item_comes_back_by_a_new_version() {
    let mut events = in_force();
    events.push(
        ItemCancelled {
            item: item(),
            effective: day("2026-06-01"),
            ground: ground(GroundKind::LawChanged),
            reviewer: "131035".parse().unwrap(),
            opinion: "依据已废止".into(),
        }
        .into(),
    );
    given::<Item>(events.clone())
        .when(&act("2026-07-01"), &draft_of(content(), GroundKind::LawChanged))
        .then(&[drafted(2, content())]);
    events.extend([drafted(2, content()), reviewed(2, true), published(2, "2026-08-01", content())]);
    let state = given::<Item>(events);
    for (on, version) in [("2026-03-19", None), ("2026-05-31", Some(1)), ("2026-07-31", None), ("2026-08-01", Some(2))]
    {
        assert_eq!(state.state().in_force(day(on)).map(|v| v.version), version, "{on}");
    }
}

#[test]
fn an_item_comes_back_on_the_day_of_its_end() {
    let cancelled = || -> ItemEvent {
        ItemCancelled {
            item: item(),
            effective: day("2026-06-01"),
            ground: ground(GroundKind::LawChanged),
            reviewer: "131035".parse().unwrap(),
            opinion: "依据已废止".into(),
        }
        .into()
    };
    let mut events = [in_force(), vec![cancelled(), drafted(2, content()), reviewed(2, true)]].concat();
    let decided = given::<Item>(events.clone()).when(&act("2026-05-25"), &publish(2, "2026-06-01")).decided();
    events.push(decided[0].event.clone());
    let state = given::<Item>(events.clone());
    let on = |text| state.state().in_force(day(text)).map(|v| v.version);
    assert_eq!([on("2026-05-31"), on("2026-06-01")], [Some(1), Some(2)]);
    assert!(!state.state().is_cancelled());
    // It may end again, on that day too.
    events.push(cancelled());
    let state = given::<Item>(events);
    assert!(state.state().in_force(day("2026-06-01")).is_none() && state.state().is_cancelled());
}

#[test]
fn the_version_in_force_is_that_of_the_day() {
    let mut newer = content();
    newer.supervision = "投诉电话12315".into();
    let events = [
        vec![drafted(1, content()), published(1, "2026-03-20", content())],
        vec![drafted(2, newer.clone()), published(2, "2026-09-01", newer)],
    ];
    let state = given::<Item>(events.concat());
    for (on, version) in
        [("2026-03-19", None), ("2026-03-20", Some(1)), ("2026-08-31", Some(1)), ("2026-09-01", Some(2))]
    {
        assert_eq!(state.state().in_force(day(on)).map(|v| v.version), version, "{on}");
    }
}

#[test]
fn a_new_version_does_not_open_the_review_clock_again() {
    let events = [in_force(), vec![drafted(2, content()), reviewed(2, true)]].concat();
    let again = given::<Item>(events).when(&act("2026-05-20"), &publish(2, "2026-05-20")).decided();
    let opened = |d: &[law::Decided<ItemEvent>]| {
        d.iter().flat_map(|d| &d.clocks).filter(|c| matches!(c, ClockChange::Opened { .. })).count()
    };
    let first = ready(content()).when(&on(), &publish(1, "2026-03-20")).decided();
    assert_eq!((opened(&first), opened(&again)), (1, 0));
}

#[test]
fn refuses_first_compilation_of_an_item_that_came_back_under_another_code() {
    let again = |kind| {
        let mut command = draft_of(content(), kind);
        command.facts.before = Some("021310001000-230883-132".parse().unwrap());
        given::<Item>([]).when(&on(), &command)
    };
    again(GroundKind::FirstCompilation).refused_by("PL-CHANGE");
    assert_eq!(again(GroundKind::UpperListChanged).events().len(), 1);
}
