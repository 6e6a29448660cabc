//! An event as people read it: who did it in which part, and what it says field by field.
//!
//! Works on any event, known or new: fields keep the order in which they are stored, a field without a label is shown by
//! its name, a value without a form as it is.

mod fields;
mod people;
mod steps;
mod value;

use jiff::Timestamp;
use serde::Deserialize;

use super::lexicon::{Set, word};
use crate::{
    event::{Frame, known, record_stage},
    model::{Broken, Detail, Person, Text, TimelineEntry},
    views::timeline::Line,
};

pub(super) use value::{outcome, penalty};

/// An event's own fields, in the order stored.
pub(super) struct Data(Vec<(String, serde_json::Value)>);

impl Data {
    pub(super) fn parse(json: &str) -> Self {
        Self(serde_json::from_str::<fields::Ordered>(json).unwrap_or_default().0)
    }

    pub(super) fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(serde_json::Value::as_bool).unwrap_or_default()
    }

    pub(super) fn int(&self, name: &str) -> i64 {
        self.get(name).and_then(serde_json::Value::as_i64).unwrap_or_default()
    }

    pub(super) fn list(&self, name: &str) -> Vec<serde_json::Value> {
        self.get(name).and_then(|value| value.as_array()).cloned().unwrap_or_default()
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }
}

/// An attempt's own words.
#[derive(Default, Deserialize)]
pub(super) struct Attempt {
    #[serde(default)]
    pub(super) step: String,
    #[serde(default)]
    pub(super) summary: String,
}

/// One event for a timeline.
pub(super) fn entry(line: &Line) -> TimelineEntry {
    let card = known(&line.kind);
    let frame: Frame<'_> = serde_json::from_str(&line.data).unwrap_or_default();
    let data = Data::parse(&line.data);
    let refused = line.kind.ends_with(".StepRefused.v1");
    let mut title = card.map_or_else(|| Text::same(line.kind.clone()), |card| card.title.clone());
    let mut stage = card.and_then(|card| card.stage);
    if refused {
        let (step, of) = step(&data.text("step"));
        title = Text::new(format!("操作被拒：{}", step.zh), format!("Refused: {}", step.en));
        stage = of;
    } else if line.kind == "enforcement.case.RecordMade.v1" {
        stage = record_stage(&data.text("stage"));
        let of = word(Set::RecordStage, &data.text("stage"));
        title = Text::new(format!("{}：{}", title.zh, of.zh), format!("{}: {}", title.en, of.en));
    }
    let breaches = if refused { broken_of(&data) } else { broken(&frame) };
    TimelineEntry {
        seq: line.seq,
        source: line.source.clone(),
        log_index: line.log_index,
        kind: line.kind.clone(),
        title,
        stage,
        happened: line.happened,
        day: law::day_of(line.happened),
        recorded: line.recorded,
        late: line.late,
        actor: line.actor.clone(),
        people: people::of(&data, card.map(|card| &card.role)),
        agency: line.agency.clone(),
        mode: frame.mode,
        rules: line.rules.split(',').filter(|rule| !rule.is_empty()).map(str::to_owned).collect(),
        violations: breaches,
        refused,
        details: details(&line.kind, &data),
    }
}

/// What an attempt was to do, and in which stage: as the event it would have become.
pub(super) fn step(step: &str) -> (Text, Option<crate::model::Stage>) {
    steps::step(step).map_or_else(|| (Text::same(step), None), |card| (card.title.clone(), card.stage))
}

fn broken(frame: &Frame<'_>) -> Vec<Broken> {
    frame
        .violations
        .iter()
        .map(|b| Broken {
            rule: b.rule.clone().into_owned(),
            citation: b.citation.clone().into_owned(),
            text: Text::new(b.zh.clone().into_owned(), b.en.clone().into_owned()),
        })
        .collect()
}

pub(super) fn broken_of(data: &Data) -> Vec<Broken> {
    let text = |b: &serde_json::Value, name: &str| b[name].as_str().unwrap_or_default().to_owned();
    data.list("breaches")
        .iter()
        .map(|b| Broken {
            rule: text(b, "rule"),
            citation: text(b, "citation"),
            text: Text::new(text(b, "zh"), text(b, "en")),
        })
        .collect()
}

fn details(kind: &str, data: &Data) -> Vec<Detail> {
    let own = data.0.iter().filter(|(name, _)| !fields::is_hidden(name));
    own.filter_map(|(name, value)| {
        let shown = value::shown(kind, name, value)?;
        Some(Detail { label: fields::label(kind, name), value: shown })
    })
    .collect()
}

/// One field of an item's content, before and after.
pub(super) fn change(name: &str, before: &Data, after: &Data) -> (Text, String, String) {
    let kind = "powerlist.item.ItemPublished.v1";
    let of = |data: &Data| data.get(name).and_then(|v| value::shown(kind, name, v)).unwrap_or_default().zh.into_owned();
    (fields::label(kind, name), of(before), of(after))
}

/// Officers as an event lists them.
pub(super) fn officers(value: &serde_json::Value) -> Vec<Person> {
    people::officers(value)
}

/// A moment as a person reads it, in China's time.
pub(super) fn moment(at: Timestamp) -> String {
    jiff::tz::Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}
