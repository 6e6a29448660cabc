//! An event as people read it: who did it in which part, and what it says field by field.
//!
//! Invariant: every word comes from the vocabulary of the service that wrote the event. Fields keep the order in which
//! they are stored; what the service does not word is shown by its name, as it is stored.

mod ordered;
mod people;
mod value;

use jiff::Timestamp;
use law::{
    EventCard, Label, Vocabulary,
    vocabulary::{Form, Word},
};
use serde_json::Value;

use super::QueryError;
use crate::{
    Services,
    event::{self, Breach, Frame},
    model::{Broken, Detail, Person, Text, TimelineEntry, Unchecked},
    views::timeline::Line,
};

/// What the frame of every event says; it is shown in its own places.
const FRAME: [&str; 5] = ["mode", "violations", "unchecked", "clocks", "matter"];

/// An event's own fields, in the order stored.
pub(super) struct Data(Vec<(String, Value)>);

impl Data {
    /// # Errors
    /// When it is no object, though an event that is no object was never folded.
    pub(super) fn parse(json: &str) -> Result<Self, QueryError> {
        Ok(Self(super::json::<ordered::Ordered>(json)?.0))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    }

    pub(super) fn int(&self, name: &str) -> i64 {
        self.get(name).and_then(Value::as_i64).unwrap_or_default()
    }

    pub(super) fn list(&self, name: &str) -> Vec<Value> {
        self.get(name).and_then(|value| value.as_array()).cloned().unwrap_or_default()
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }
}

/// A label of a vocabulary.
pub(super) const fn text(label: Label) -> Text {
    Text::label(label.zh, label.en)
}

/// A word of a closed set; as stored if it is none of them.
fn word(words: &[Word], id: &str) -> Text {
    words.iter().find(|word| word.id == id).map_or_else(|| Text::same(id), |word| text(word.label))
}

/// A text with what stands before it.
pub(super) fn prefixed(before: Label, of: Text) -> Text {
    Text::new(format!("{}{}", before.zh, of.zh), format!("{}{}", before.en, of.en))
}

impl Services {
    /// A fact of a matter as its service reads it.
    pub(crate) fn fact(&self, service: &str, kind: &str, name: &str, value: &str) -> Text {
        let form = self.matter(service, kind).and_then(|card| card.fact(name)).map(|fact| fact.form);
        value::read(form.unwrap_or(Form::Plain), &Value::from(value))
    }

    /// A value as a service reads it in a field, of no event in particular where `kind` is empty.
    pub(crate) fn read(&self, service: &str, kind: &str, field: &str, value: &Value) -> Text {
        let form = self.vocabulary(service).and_then(|words| words.field(kind, field)).map(|field| field.form);
        value::read(form.unwrap_or(Form::Plain), value)
    }

    /// The label of a field, of no event in particular.
    pub(crate) fn label_of(&self, service: &str, field: &str) -> Text {
        label(self.vocabulary(service), "", field)
    }

    /// The words that a field may have, of no event in particular.
    pub(crate) fn words_of(&self, service: &str, field: &str) -> &'static [Word] {
        match self.vocabulary(service).and_then(|words| words.field("", field)).map(|field| field.form) {
            Some(Form::Word(words)) => words,
            _ => &[],
        }
    }

    /// A tier of a discretion standard by its code, as the first service reads it that knows tiers.
    pub(crate) fn tier(&self, code: &str) -> Text {
        let form = self.vocabularies().find_map(|words| words.field("", "tier")).map(|field| field.form);
        value::read(form.unwrap_or(Form::Plain), &Value::from(code))
    }
}

/// One event for a timeline.
pub(super) fn entry(services: &Services, line: &Line) -> Result<TimelineEntry, QueryError> {
    let words = services.vocabulary(&line.source);
    let frame: Frame<'_> = super::json(&line.data)?;
    let data = Data::parse(&line.data)?;
    let refused = frame.breaches.is_some();
    let card = words.and_then(|words| words.event(&line.kind));
    let (title, stage) = if refused {
        let (step, stage) = step(services, &line.source, &data.text("step"));
        (Text::new(format!("操作被拒：{}", step.zh), format!("Refused: {}", step.en)), stage)
    } else {
        done(words, card, line, &data)
    };
    Ok(TimelineEntry {
        seq: line.seq,
        source: line.source.clone(),
        log_index: line.log_index,
        id: line.id.clone(),
        cause: line.cause.clone(),
        kind: line.kind.clone(),
        title,
        stage,
        happened: line.happened,
        day: law::day_of(line.happened),
        recorded: line.recorded,
        late: line.late,
        actor: line.actor.clone(),
        people: people::of(words, &line.kind, &data),
        agency: line.agency.clone(),
        mode: frame.mode,
        rules: line.rules.split(',').filter(|rule| !rule.is_empty()).map(str::to_owned).collect(),
        violations: broken(frame.breaches.as_ref().unwrap_or(&frame.violations)),
        unchecked: frame.unchecked.iter().map(|one| unchecked(services, one)).collect(),
        refused,
        details: details(words, &line.kind, &data),
    })
}

/// The title of an event and the stage it is of; both may depend on what one of its fields says.
fn done(words: Option<&Vocabulary>, card: Option<&EventCard>, line: &Line, data: &Data) -> (Text, Option<String>) {
    let Some(card) = card else { return (Text::same(line.kind.clone()), None) };
    let Some((field, stages)) = card.stage_field else {
        return (text(card.done), card.stage.map(str::to_owned));
    };
    let id = data.text(field);
    let stage = stages.iter().find(|(word, _)| *word == id).map(|(_, stage)| (*stage).to_owned());
    let of = field_text(words, &line.kind, field, data).unwrap_or_default();
    let title = card.done;
    (Text::new(format!("{}：{}", title.zh, of.zh), format!("{}: {}", title.en, of.en)), stage)
}

/// What an attempt was to do, and in which stage: as the event it would have become.
pub(super) fn step(services: &Services, service: &str, step: &str) -> (Text, Option<String>) {
    match services.vocabulary(service).and_then(|words| words.step(step)) {
        Some(card) => (text(card.done), card.stage.map(str::to_owned)),
        None => (Text::same(step), None),
    }
}

fn broken(breaches: &[Breach<'_>]) -> Vec<Broken> {
    let one = |b: &Breach<'_>| Broken {
        rule: b.rule.clone().into_owned(),
        citation: b.citation.clone().into_owned(),
        text: Text::new(b.zh.clone().into_owned(), b.en.clone().into_owned()),
    };
    breaches.iter().map(one).collect()
}

fn unchecked(services: &Services, of: &event::Unchecked<'_>) -> Unchecked {
    let card = services.rule(&of.rule);
    Unchecked {
        rule: of.rule.clone().into_owned(),
        citation: card.map(|card| Text::new(card.citation_zh(), card.citation_en())).unwrap_or_default(),
        text: Text::new(of.zh.clone().into_owned(), of.en.clone().into_owned()),
    }
}

fn details(words: Option<&Vocabulary>, kind: &str, data: &Data) -> Vec<Detail> {
    data.names()
        .filter(|name| !FRAME.contains(name))
        .filter_map(|name| {
            Some(Detail { label: label(words, kind, name), value: field_text(words, kind, name, data)? })
        })
        .collect()
}

/// What a field is called.
pub(super) fn label(words: Option<&Vocabulary>, kind: &str, name: &str) -> Text {
    words.and_then(|words| words.field(kind, name)).map_or_else(|| Text::same(name), |field| text(field.label))
}

/// A field's value; none if there is nothing to read.
fn field_text(words: Option<&Vocabulary>, kind: &str, name: &str, data: &Data) -> Option<Text> {
    let form = words.and_then(|words| words.field(kind, name)).map_or(Form::Plain, |field| field.form);
    Some(value::read(form, data.get(name)?)).filter(|text| !text.is_empty())
}

/// One field of an event's content in a service, before and after.
pub(super) fn change(
    services: &Services,
    service: &str,
    name: &str,
    before: &Data,
    after: &Data,
) -> (Text, String, String) {
    let words = services.vocabulary(service);
    let form = match words.and_then(|words| words.field("", name)).map(|field| field.form) {
        // Elsewhere an event shows it otherwise; here it is what changed.
        None | Some(Form::Hidden) => Form::Plain,
        Some(form) => form,
    };
    let of = |data: &Data| data.get(name).map(|value| value::read(form, value).zh.into_owned()).unwrap_or_default();
    (label(words, "", name), of(before), of(after))
}

/// Officers as an event lists them.
pub(super) fn officers(value: &Value) -> Vec<Person> {
    people::officers(value)
}

/// A moment as a person reads it, in China's time.
pub(super) fn moment(at: Timestamp) -> String {
    jiff::tz::Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::profiles;

    #[track_caller]
    fn check(kind: &str, data: &str, title: &str, details: &[(&str, &str)]) {
        let line = Line {
            stream: "case/1".to_owned(),
            source: kind.split('.').next().unwrap().to_owned(),
            seq: 0,
            log_index: 0,
            id: String::new(),
            cause: None,
            kind: kind.to_owned(),
            happened: Timestamp::UNIX_EPOCH,
            recorded: Timestamp::UNIX_EPOCH,
            late: false,
            actor: String::new(),
            agency: String::new(),
            region: String::new(),
            rules: String::new(),
            data: data.to_owned(),
        };
        let entry = entry(&Services::new(profiles()), &line).unwrap();
        assert_eq!(entry.title.en, title);
        let shown: Vec<(&str, &str)> =
            entry.details.iter().map(|d| (d.label.en.as_ref(), d.value.en.as_ref())).collect();
        assert_eq!(shown, details);
    }

    #[test]
    fn an_event_is_told_in_the_words_of_its_service() {
        check(
            "enforcement.case.RecordMade.v1",
            r#"{"stage":"review","form":"audio_visual","size_bytes":2048,"at":"2026-01-06T02:00:00Z","mode":"handling"}"#,
            "Record made: review",
            &[("Stage", "review"), ("Form", "audio-visual"), ("Size", "2.0 KB")],
        );
        check(
            "enforcement.case.InvestigationConcluded.v1",
            r#"{"tier":"ordinary-2","bases":[{"of":"货值金额","amount_fen":120000}],"proposal":[{"kind":"fine","amount_fen":500000}]}"#,
            "Investigation concluded",
            &[("Tier", "ordinary 2"), ("Bases", "货值金额: 1,200 yuan"), ("Proposal", "fine 5,000 yuan")],
        );
    }

    #[test]
    fn an_attempt_is_told_by_the_step_that_was_tried() {
        check(
            "enforcement.case.StepRefused.v1",
            r#"{"step":"DecidePenalty","breaches":[],"summary":"罚款9万元"}"#,
            "Refused: Penalty decided",
            &[("What was tried", "罚款9万元")],
        );
    }

    #[test]
    fn what_nobody_words_is_shown_by_its_name_as_it_is_stored() {
        check(
            "enforcement.case.CaseTeleported.v1",
            r#"{"planet":"Mars","reason":"broken","moons":[1,2],"mode":"handling","matter":{"stage":"x"}}"#,
            "enforcement.case.CaseTeleported.v1",
            &[("planet", "Mars"), ("Reason", "broken"), ("moons", "1; 2")],
        );
        check("tax.case.Levied.v1", r#"{"amount_fen":7}"#, "tax.case.Levied.v1", &[("amount_fen", "7")]);
    }
}
