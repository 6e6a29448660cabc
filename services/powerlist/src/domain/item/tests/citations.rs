//! Bases held against the texts of statutes on record.

use std::{collections::BTreeMap, sync::Arc};

use super::*;
use crate::domain::statute::{self, Statute, StatuteEvent, StatuteRepealed, StatuteText, fixture as texts};

/// A register with these versions, and its end.
fn register(versions: &[StatuteText], repealed: Option<&str>) -> BTreeMap<String, Arc<statute::State>> {
    let mut events: Vec<StatuteEvent> = versions.iter().flat_map(texts::recorded).collect();
    let title = versions[0].title.clone();
    let ended = |on: &str| StatuteRepealed { title: title.clone(), on: day(on), document: "某法（示例）".into() };
    events.extend(repealed.map(|on| ended(on).into()));
    let mut state = statute::State::default();
    events.iter().for_each(|e| Statute::evolve(&mut state, e));
    [(statute::key(&title), Arc::new(state))].into()
}

/// The version that the item's basis cites: 122 articles, the last with an item more.
fn text() -> StatuteText {
    StatuteText { title: content().bases[0].statute.clone(), ..texts::text("2021-04-29", 122) }
}

fn publish_with(
    register: BTreeMap<String, Arc<statute::State>>,
    change: impl Fn(&mut ItemContent),
) -> law::decider::harness::When<Item> {
    let mut content = content();
    change(&mut content);
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    command.facts.statutes = register;
    ready(content).when(&on(), &command)
}

fn cites(article: &str) -> impl Fn(&mut ItemContent) {
    move |c: &mut ItemContent| c.bases[0].article = article.into()
}

fn held(held: Held, version: Option<&str>) -> CitationHeld {
    CitationHeld { held, version: version.map(day) }
}

#[track_caller]
fn carries(when: law::decider::harness::When<Item>, want: &[CitationHeld]) -> Decided<ItemEvent> {
    let decided = when.decided().remove(0);
    let ItemEvent::ItemPublished(e) = &decided.event else { panic!("{decided:?}") };
    assert_eq!(e.citations, want);
    decided
}

#[test]
fn publishes_what_the_text_has() {
    for place in ["第一百二十二条", "第一百二十二条第一款", "第一百二十二条第二款第二项", "第一条、第三条"]
    {
        let decided =
            carries(publish_with(register(&[text()], None), cites(place)), &[held(Held::Found, Some("2021-04-29"))]);
        assert!(decided.rules.contains(&"PL-CITE"), "{place}");
    }
    // The title without the name of the state is the same statute.
    let short = |c: &mut ItemContent| c.bases[0].statute = "食品安全法".into();
    publish_with(register(&[text()], None), short).satisfies("PL-CITE");
}

#[test]
fn refuses_an_article_that_is_not_there() {
    for place in ["第一百二十三条", "第一百二十二条第三款", "第一百二十二条第二款第三项", "第一条、第一百二十三条"]
    {
        publish_with(register(&[text()], None), cites(place)).refused_by("PL-CITE");
    }
}

#[test]
fn refuses_a_statute_that_was_repealed() {
    // The item begins on 2026-03-20.
    publish_with(register(&[text()], Some("2026-03-20")), |_| {}).refused_by("PL-CITE");
    publish_with(register(&[text()], Some("2026-03-21")), |_| {}).satisfies("PL-CITE");
}

#[test]
fn refuses_a_statute_that_is_not_in_force_yet() {
    let made =
        |from: &str| StatuteText { in_force_from: Some(day(from)), promulgated: Some(day("2021-04-29")), ..text() };
    publish_with(register(&[made("2026-03-20")], None), |_| {}).satisfies("PL-CITE");
    publish_with(register(&[made("2026-03-21")], None), |_| {}).refused_by("PL-CITE");
    // Amended later than the item begins: it was in force then by a text that is not on record.
    let amended = StatuteText { promulgated: Some(day("2009-02-28")), ..made("2026-03-21") };
    carries(publish_with(register(&[amended], None), |_| {}), &[held(Held::NotChecked, None)]);
}

#[test]
fn refuses_another_level_than_the_text_s() {
    let level = |c: &mut ItemContent| c.bases[0].level = NormLevel::AdministrativeRegulation;
    publish_with(register(&[text()], None), level).refused_by("PL-CITE");
    let issuer = |c: &mut ItemContent| c.bases[0].issuer = Some("全国人民代表大会".into());
    publish_with(register(&[text()], None), issuer).refused_by("PL-CITE");
    let right = |c: &mut ItemContent| c.bases[0].issuer = Some("全国人民代表大会常务委员会".into());
    publish_with(register(&[text()], None), right).satisfies("PL-CITE");
}

#[test]
fn refuses_a_version_that_another_one_has_replaced() {
    let newer = StatuteText { title: text().title, ..texts::text("2025-09-12", 150) };
    publish_with(register(&[text(), newer.clone()], None), |_| {}).refused_by("PL-CITE");
    let from = StatuteText { in_force_from: Some(day("2026-03-21")), ..newer };
    publish_with(register(&[text(), from], None), |_| {}).satisfies("PL-CITE");
    // The register may be older than the citation.
    let older = StatuteText { title: text().title, ..texts::text("2018-12-29", 150) };
    carries(publish_with(register(&[older], None), |_| {}), &[held(Held::NotChecked, None)]);
}

#[test]
fn a_basis_without_a_text_is_marked_as_not_checked() {
    let decided = carries(publish_with(BTreeMap::new(), |_| {}), &[held(Held::NotChecked, None)]);
    assert!(!decided.rules.contains(&"PL-CITE"), "unknown is not satisfied");
    assert!(decided.unchecked.iter().any(|u| u.rule == "PL-CITE" && u.zh.contains("未核对")), "{decided:?}");
    // What is written otherwise is not looked up; what the text does not say is not known.
    let decided = carries(
        publish_with(register(&[text()], None), cites("第一百二十二条等")),
        &[held(Held::NotChecked, Some("2021-04-29"))],
    );
    assert!(decided.violations.is_empty());
    let unsaid = StatuteText { level: None, ..text() };
    carries(publish_with(register(&[unsaid], None), |_| {}), &[held(Held::NotChecked, Some("2021-04-29"))]);
}

#[test]
fn one_wrong_basis_of_several_refuses_and_all_faults_are_told() {
    let two = |c: &mut ItemContent| {
        c.bases.push(LegalBasis { article: "第二百条".into(), ..c.bases[0].clone() });
        c.bases.push(LegalBasis { statute: "没有收录的法".into(), ..c.bases[0].clone() });
        c.bases.push(LegalBasis { article: "第三百条".into(), ..c.bases[0].clone() });
    };
    let mut content = content();
    two(&mut content);
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    command.facts.statutes = register(&[text()], None);
    let refused = Item::decide(ready(content).state(), &on(), &command).unwrap_err();
    let breach = refused.breaches().iter().find(|b| b.rule == "PL-CITE").unwrap();
    assert!(breach.zh.contains("没有第二百条") && breach.zh.contains("没有第三百条"), "{breach:?}");
    assert!(breach.zh.contains("全文共122条"), "{breach:?}");
    let recorded = Item::decide(ready(command_content()).state(), &reported("2026-03-20"), &command).unwrap();
    assert_eq!(recorded.len(), 1);
}

fn command_content() -> ItemContent {
    let mut content = content();
    content.bases[0].article = "第九百条".into();
    content
}

#[test]
fn in_reporting_mode_the_fault_is_recorded_with_the_item() {
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    command.facts.statutes = register(&[text()], None);
    ready(command_content()).when(&reported("2026-03-20"), &command).violates("PL-CITE");
}

fn recheck(register: BTreeMap<String, Arc<statute::State>>) -> Command {
    let facts = Facts { statutes: register, ..Facts::default() };
    Command { step: Asked::CheckCitations(item()), facts }
}

fn in_force() -> Given<Item> {
    given([drafted(1, content()), reviewed(1, true), published(1, "2025-01-02", content())])
}

#[test]
fn a_text_that_comes_later_makes_the_basis_checked() {
    let decided = in_force().when(&on(), &recheck(register(&[text()], None))).satisfies("PL-CITED");
    let checked = CitationsChecked { item: item(), version: 1, citations: vec![held(Held::Found, Some("2021-04-29"))] };
    assert_eq!(decided, [checked.clone().into()]);
    let before = [drafted(1, content()), reviewed(1, true), published(1, "2025-01-02", content()), checked.into()];
    given::<Item>(before).when(&on(), &recheck(register(&[text()], None))).quiet();
}

#[test]
fn stays_quiet_where_nothing_is_known_still_and_where_nothing_is_in_force() {
    in_force().when(&on(), &recheck(BTreeMap::new())).quiet();
    given::<Item>([drafted(1, content())]).when(&on(), &recheck(register(&[text()], None))).quiet();
}

#[test]
fn an_amendment_leaves_a_finding_on_the_item_that_cites_the_older_text() {
    let newer = StatuteText { title: text().title, ..texts::text("2026-01-02", 150) };
    in_force().when(&on(), &recheck(register(&[text(), newer], None))).violates("PL-CITED");
    in_force().when(&on(), &recheck(register(&[text()], Some("2026-03-20")))).violates("PL-CITED");
    in_force().when(&on(), &recheck(register(&[text()], Some("2026-03-21")))).satisfies("PL-CITED");
}
