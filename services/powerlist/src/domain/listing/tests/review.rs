use jiff::civil::Date;
use law::{ClockChange, period::Deadline};

use super::*;
use crate::domain::{
    events::YearlyConclusion,
    fixture::{at, reviewer},
    rules::{PL_REVIEW, PL_REVIEW_WITHIN},
};

fn looked_at(on: &str) -> RowReviewedYearly {
    let RowId { list, agency, code } = row(ListKind::Proof).id();
    let (conclusion, reviewer) = (YearlyConclusion::Kept, reviewer().officer);
    RowReviewedYearly { list, agency, code, on: day(on), conclusion, reviewer }
}

fn review(on: &str) -> Command {
    Command { step: looked_at(on).into(), facts: Facts { person: Some(reviewer()), ..Facts::default() } }
}

fn first() -> RowEvent {
    published(1, WHEN, row(ListKind::Proof))
}

fn opened(decided: &[Decided<RowEvent>]) -> Vec<String> {
    let clocks = decided.iter().flat_map(|d| &d.clocks);
    clocks.filter(|c| matches!(c, ClockChange::Opened { .. })).map(|c| c.clock().to_owned()).collect()
}

/// The last day of the year that a publication begins.
fn due(published_on: &str) -> Date {
    let decided = given::<Listing>([])
        .when(&act(published_on), &publish_on(row(ListKind::Proof), published_on, ground(GroundKind::FirstCompilation)))
        .decided();
    let [ClockChange::Opened { clock, rule, period, .. }] = &decided[0].clocks[..] else { panic!("{decided:?}") };
    assert_eq!((clock.as_str(), rule.as_str(), *period), ("PL-REVIEW:1", "PL-REVIEW", PL_REVIEW_WITHIN));
    let deadline = Deadline::new(day(published_on), *period, PL_REVIEW.citation_zh());
    deadline.due(&act(published_on).calendar).unwrap().day().unwrap()
}

#[test]
fn every_list_is_reviewed_within_a_year_of_its_publication() {
    for list in ListKind::ALL {
        let decided = given::<Listing>([]).when(&act(WHEN), &publish(row(*list))).decided();
        assert_eq!(opened(&decided), ["PL-REVIEW:1"], "{}", list.id());
    }
}

#[test]
fn a_row_reviewed_on_the_last_day_of_its_year_is_in_time_and_a_day_later_is_late() {
    assert_eq!(due("2025-03-20"), day("2026-03-20"));
    for (on, in_time) in [("2026-03-19", true), ("2026-03-20", true), ("2026-03-21", false)] {
        let known = published(1, "2025-03-20", row(ListKind::Proof));
        let decided = given::<Listing>([known]).when(&act(on), &review(on)).decided();
        let [stopped, begun] = &decided[0].clocks[..] else { panic!("{decided:?}") };
        assert_eq!(*stopped, ClockChange::Stopped { clock: "PL-REVIEW:1".into(), at: at(on) });
        assert_eq!(stopped.stopped_on().unwrap() <= due("2025-03-20"), in_time, "{on}");
        assert_eq!(begun.clock(), "PL-REVIEW:2");
    }
}

#[test]
fn another_version_of_a_row_wins_no_new_year() {
    let other = || with(row(ListKind::Proof), [text(&ASKED_BY, "乙局")]);
    let command = publish_on(other(), "2026-05-06", ground(GroundKind::LawChanged));
    let decided = given::<Listing>([first()]).when(&act("2026-05-06"), &command).decided();
    assert_eq!(decided[0].clocks, []);
}

#[test]
fn a_row_that_ends_owes_no_review_and_one_that_comes_back_begins_another_year() {
    let end = || cancelled("2026-06-01", ground(GroundKind::LawChanged));
    let cancel = Command { step: end().into(), facts: Facts::default() };
    let decided = given::<Listing>([first()]).when(&act("2026-05-06"), &cancel).decided();
    assert_eq!(decided[0].clocks, [ClockChange::Cancelled { clock: "PL-REVIEW:1".into() }]);
    given::<Listing>([first(), end().into()])
        .when(&act("2026-06-02"), &review("2026-06-02"))
        .not_found("published row");
    let again = publish_on(row(ListKind::Proof), "2026-07-01", ground(GroundKind::LawChanged));
    let decided = given::<Listing>([first(), end().into()]).when(&act("2026-07-01"), &again).decided();
    assert_eq!(opened(&decided), ["PL-REVIEW:2"]);
    let all = [first(), end().into(), decided[0].event.clone()];
    let decided = given::<Listing>(all).when(&act("2026-08-03"), &review("2026-08-03")).decided();
    let names: Vec<&str> = decided[0].clocks.iter().map(ClockChange::clock).collect();
    assert_eq!(names, ["PL-REVIEW:2", "PL-REVIEW:3"], "no name comes twice");
}

#[test]
fn a_row_of_before_there_was_a_yearly_review_begins_its_year_when_it_is_published_or_reviewed_again() {
    let RowEvent::RowPublished(e) = first() else { unreachable!() };
    let old = || RowEvent::from(RowPublished { review: None, ..e.clone() });
    let other = with(row(ListKind::Proof), [text(&ASKED_BY, "乙局")]);
    let command = publish_on(other, "2026-05-06", ground(GroundKind::LawChanged));
    let decided = given::<Listing>([old()]).when(&act("2026-05-06"), &command).decided();
    assert_eq!(opened(&decided), ["PL-REVIEW:1"]);
    let decided = given::<Listing>([old()]).when(&act("2026-05-06"), &review("2026-05-06")).decided();
    assert_eq!((opened(&decided), decided[0].clocks.len()), (vec!["PL-REVIEW:2".to_owned()], 1));
}

#[test]
fn a_review_is_of_a_day_that_was_and_signed_by_somebody() {
    given::<Listing>([first()]).when(&act("2026-05-06"), &review("2026-05-07")).invalid("on");
    given::<Listing>([first()]).when(&act("2026-05-06"), &review("2026-03-19")).invalid("on");
    let nobody = Command { facts: Facts::default(), ..review("2026-05-06") };
    given::<Listing>([first()]).when(&act("2026-05-06"), &nobody).not_found("officer");
    given::<Listing>([]).when(&act("2026-05-06"), &review("2026-05-06")).not_found("published row");
    let done = looked_at("2026-05-06").into();
    given::<Listing>([first(), done]).when(&act("2026-05-06"), &review("2026-05-06")).quiet();
}
