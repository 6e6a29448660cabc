//! Texts on record, on every day.

use law::decider::harness::{day, given};

use super::{
    fixture::{recorded, state, text},
    *,
};
use crate::domain::fixture::act;

fn record(text: &StatuteText) -> Command {
    Command::Record(Box::new(text.clone()))
}

fn repealed(on: &str) -> StatuteRepealed {
    StatuteRepealed { title: "滨海渡口法".into(), on: day(on), document: "某决定（示例）".into() }
}

#[test]
fn a_version_goes_on_record_once() {
    let first = text("2015-04-24", 5);
    let events = given::<Statute>([]).when(&act("2026-03-20"), &record(&first)).events();
    assert_eq!(events.len(), 1);
    assert_eq!(state(&events).versions, std::slice::from_ref(&first));
    given::<Statute>(events).when(&act("2026-03-21"), &record(&first)).quiet();
}

#[test]
fn a_long_text_goes_in_parts_that_come_together_again() {
    let mut long = text("2020-05-28", 1260);
    long.articles.iter_mut().for_each(|a| a.paragraphs[0].text = "长".repeat(120));
    let mut small = long.clone();
    small.annex = vec!["附件".into()];
    let events = recorded(&small);
    assert!(events.len() > 2, "{}", events.len());
    for event in &events {
        let bytes = law::DomainEvent::to_data(event).unwrap().get().len();
        assert!(bytes < 200 * 1024, "{bytes}");
    }
    assert_eq!(state(&events).versions, [small]);
    // Half of it is no version.
    assert!(state(&events[..1]).versions.is_empty());
}

#[test]
fn refuses_more_than_the_parts_hold() {
    let mut long = text("2020-05-28", 2000);
    long.articles.iter_mut().for_each(|a| a.paragraphs[0].text = "长".repeat(600));
    given::<Statute>([]).when(&act("2026-03-20"), &record(&long)).invalid("files");
}

#[test]
fn the_article_in_force_on_a_day_is_that_version_s() {
    let first = StatuteText { in_force_from: Some(day("2015-10-01")), ..text("2015-04-24", 5) };
    // When the amendment came into force, its text does not say.
    let second = text("2021-04-29", 6);
    let third = StatuteText { in_force_from: Some(day("2025-12-01")), ..text("2025-09-12", 7) };
    // In whatever order they come.
    let events: Vec<_> = [&third, &first, &second].into_iter().flat_map(recorded).collect();
    let known = state(&events);
    for (on, articles) in [
        ("2015-09-30", None),
        ("2015-10-01", Some(5)),
        ("2021-04-28", Some(5)),
        ("2021-04-29", Some(6)),
        ("2025-11-30", Some(6)),
        ("2025-12-01", Some(7)),
    ] {
        assert_eq!(known.on(day(on)).map(|v| v.articles.len()), articles, "{on}");
    }
    assert_eq!(
        known.versions.iter().map(|v| v.version).collect::<Vec<_>>(),
        ["2015-04-24", "2021-04-29", "2025-09-12"].map(day)
    );
}

#[test]
fn a_version_recorded_anew_takes_the_place_of_what_was_misread() {
    let (wrong, right) = (text("2021-04-29", 5), text("2021-04-29", 6));
    let events = given::<Statute>(recorded(&wrong)).when(&act("2026-03-20"), &record(&right)).events();
    let known = state(&[recorded(&wrong), events].concat());
    assert_eq!(known.versions, [right]);
}

#[test]
fn ends_on_its_day_and_a_later_version_revives_it() {
    let ended = Command::Repeal(repealed("2026-01-01"));
    let first = recorded(&text("2015-04-24", 5));
    let end = given::<Statute>(first.clone()).when(&act("2026-03-20"), &ended).events();
    assert_eq!(end, [repealed("2026-01-01").into()]);
    let known = state(&[first.clone(), end.clone()].concat());
    assert_eq!(known.on(day("2025-12-31")).map(|v| v.articles.len()), Some(5));
    assert!(known.on(day("2026-01-01")).is_none());
    given::<Statute>([first.clone(), end.clone()].concat()).when(&act("2026-03-21"), &ended).quiet();
    let revived = state(&[first, end, recorded(&text("2026-02-01", 4))].concat());
    assert!(revived.on(day("2026-01-31")).is_none());
    assert_eq!(revived.on(day("2026-02-01")).map(|v| v.articles.len()), Some(4));
}

#[test]
fn refuses_the_end_of_what_is_not_there_or_has_not_begun() {
    given::<Statute>([]).when(&act("2026-03-20"), &Command::Repeal(repealed("2026-01-01"))).not_found("statute");
    let first = recorded(&text("2015-04-24", 5));
    given::<Statute>(first.clone()).when(&act("2026-03-20"), &Command::Repeal(repealed("2015-04-24"))).invalid("on");
    given::<Statute>(first).when(&act("2026-03-20"), &Command::Repeal(repealed("2015-04-25"))).events();
}

#[test]
fn keeps_a_stated_number_of_versions() {
    let years = (0..VERSIONS_MAX).map(|n| format!("{}-01-01", 1950 + n));
    let events: Vec<_> = years.flat_map(|day| recorded(&text(&day, 1))).collect();
    given::<Statute>(events.clone()).when(&act("2026-03-20"), &record(&text("2026-01-01", 1))).invalid("files");
    given::<Statute>(events).when(&act("2026-03-20"), &record(&text("1950-01-01", 2))).events();
}
