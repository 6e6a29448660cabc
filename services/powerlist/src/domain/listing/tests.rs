//! The life of a row, and what the law says of each list.

mod flow;
mod law_of_lists;
mod review;

use law::{decider::harness::given, period::Period};
use lists::facts::{CompulsionKind, PowerKind};

use super::{part::*, *};
use crate::domain::{
    content::{LegalBasis, NormLevel},
    events::{Ground, GroundKind},
    fixture::{act, agency_fact, basis, content, day, ground, item},
};

const WHEN: &str = "2026-03-20";

fn text(spec: &PartSpec, text: &str) -> Part {
    Part { part: spec.key.to_owned(), value: Value::Text(text.to_owned()) }
}

fn days(spec: &PartSpec, days: Period) -> Part {
    Part { part: spec.key.to_owned(), value: Value::Days(days) }
}

/// A value that a part may have, the plainest one.
fn plain(spec: &PartSpec) -> Value {
    match spec.form {
        PartForm::Text(_) => Value::Text("甲".into()),
        PartForm::Texts(_) => Value::Texts(vec!["甲".into(), "乙".into()]),
        PartForm::Word(words) => Value::Text(words[0].id.to_owned()),
        PartForm::Words(words) => Value::Texts(words.iter().map(|word| word.id.to_owned()).collect()),
        PartForm::Number(most) => Value::Number(most.min(50)),
        PartForm::Money => Value::Number(50_000),
        PartForm::Days => Value::Days(Period::WorkingDays(10)),
        PartForm::Day => Value::Text("2026-12-31".into()),
        PartForm::Item(_) => Value::Text(item().to_string()),
        PartForm::YesNo => Value::YesNo(false),
    }
}

/// A row of a list with everything that it owes.
fn row(list: ListKind) -> RowContent {
    let parts = list.parts().iter().filter(|spec| spec.required);
    RowContent {
        list,
        code: "A-1".parse().unwrap(),
        name: "甲事项".into(),
        agency: content().agency,
        region: content().region,
        bases: if list.spec().based { vec![basis(NormLevel::Law)] } else { Vec::new() },
        parts: parts.map(|spec| Part { part: spec.key.to_owned(), value: plain(spec) }).collect(),
    }
}

/// The same row with other parts.
fn with(mut row: RowContent, parts: impl IntoIterator<Item = Part>) -> RowContent {
    for part in parts {
        row.parts.retain(|known| known.part != part.part);
        row.parts.push(part);
    }
    row
}

fn on(mut row: RowContent, level: NormLevel) -> RowContent {
    row.bases = vec![basis(level)];
    row
}

fn item_fact(kind: PowerKind) -> ItemFact {
    ItemFact { agency: content().agency, kind, compels: Vec::new() }
}

/// The kind of item that rows of a list speak of.
fn kind_of(list: ListKind) -> PowerKind {
    match list {
        ListKind::NoPenalty => PowerKind::Penalty,
        ListKind::NoCompulsion => PowerKind::Compulsion,
        ListKind::RandomCheck => PowerKind::Inspection,
        _ => PowerKind::Licence,
    }
}

fn facts(list: ListKind) -> Facts {
    Facts { agency: Some(agency_fact()), item: Some(item_fact(kind_of(list))), ..Facts::default() }
}

fn publish_on(content: RowContent, effective: &str, ground: Ground) -> Command {
    let facts = facts(content.list);
    let step = Box::new(PublishRow { content, effective: day(effective), ground });
    Command { step: RowStep::PublishRow(step).into(), facts }
}

fn publish(content: RowContent) -> Command {
    publish_on(content, WHEN, ground(GroundKind::FirstCompilation))
}

fn published(version: u32, effective: &str, content: RowContent) -> RowEvent {
    let kind = if version == 1 { GroundKind::FirstCompilation } else { GroundKind::LawChanged };
    let citations = content
        .bases
        .iter()
        .map(|_| statute::CitationHeld { held: statute::Held::NotChecked, version: None })
        .collect();
    let review = (version == 1).then_some(1);
    RowPublished {
        version,
        effective: day(effective),
        content,
        ground: ground(kind),
        citations,
        withheld: false,
        review,
    }
    .into()
}

/// The same of a row that comes back: its year begins anew.
fn revived(version: u32, effective: &str, content: RowContent, review: u32) -> RowEvent {
    let RowEvent::RowPublished(e) = published(version, effective, content) else { unreachable!() };
    RowPublished { review: Some(review), ..e }.into()
}

fn cancelled(effective: &str, ground: Ground) -> RowCancelled {
    let RowId { list, agency, code } = row(ListKind::Proof).id();
    RowCancelled { list, agency, code, effective: day(effective), ground }
}

#[track_caller]
fn publishes(content: RowContent) {
    assert_eq!(given::<Listing>([]).when(&act(WHEN), &publish(content)).events().len(), 1);
}

#[track_caller]
fn refuses(content: RowContent, rule: &str) {
    given::<Listing>([]).when(&act(WHEN), &publish(content)).refused_by(rule);
}
