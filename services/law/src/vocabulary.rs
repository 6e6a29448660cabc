//! What a service calls things: the titles of its steps and events, the labels and forms of their fields, its stages,
//! its indicators. A service declares it beside its events, once; the read side, the command line and the tests make
//! everything that people read from it.
//!
//! Invariant: a vocabulary only words what an event says. What an event does to its matter, which rules it satisfied
//! and which clocks it moves stand in the event itself, so a type that no vocabulary knows is shown all the same.

use std::collections::HashMap;

use serde::Serialize;

use crate::{event::DomainEvent, matter::Upcast, order::Line, parameter::ParameterCard, rule::Rule};

/// One short text in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Label {
    /// No text.
    pub const NONE: Self = Self::new("", "");

    /// A text in both languages.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// Whether there is nothing to read.
    pub const fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// One word of a closed set: as stored, and as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// As stored.
    pub id: &'static str,
    /// As read.
    pub label: Label,
}

impl Word {
    /// A word.
    pub const fn new(id: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { id, label: Label::new(zh, en) }
    }
}

/// Reads an object out, in Chinese and in English.
#[derive(Clone, Copy, Debug)]
pub struct Teller(pub fn(&serde_json::Value) -> Option<[String; 2]>);

impl PartialEq for Teller {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Eq for Teller {}

/// How the value of a field is read. A list is read element by element; yes and no are the same everywhere; a value of
/// another shape than its form expects is shown as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is stored.
    Plain,
    /// Not shown: it stands elsewhere, or says nothing to a reader.
    Hidden,
    /// Money in fen.
    Money,
    /// A number of days.
    Days,
    /// A size in bytes.
    Bytes,
    /// A moment, in China's time.
    Moment,
    /// A [`crate::period::Period`].
    Period,
    /// A word of a closed set.
    Word(&'static [Word]),
    /// A word of a closed set, with a number behind it where there are several: `ordinary-2`.
    Code(&'static [Word]),
    /// An object, put together from its fields in this order; a field that is absent or empty is left out together with
    /// what stands around it.
    Parts(&'static [Piece]),
    /// An object that the service itself reads out, in Chinese and in English; `None` of what it does not know.
    Told(Teller),
    /// An object whose field named first says which form it has.
    OneOf(&'static str, &'static [(&'static str, Form)]),
    /// Somebody who has this part in the event: he stands among the people of the entry, too.
    Person {
        /// Which part.
        part: Label,
        /// The field with his personnel number; empty where there is none.
        code: &'static str,
    },
    /// The officers who act: they stand among the people of the entry only.
    Officers,
}

impl Form {
    /// Somebody who is known by name only.
    pub const fn person(zh: &'static str, en: &'static str) -> Self {
        Self::Person { part: Label::new(zh, en), code: "" }
    }
}

/// One field of an object within its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The field.
    pub field: &'static str,
    /// How it is read.
    pub form: Form,
    /// What stands before it.
    pub before: Label,
    /// What stands behind it.
    pub after: Label,
}

impl Piece {
    /// A field with nothing around it.
    pub const fn of(field: &'static str, form: Form) -> Self {
        Self { field, form, before: Label::NONE, after: Label::NONE }
    }

    /// The same with a text before it.
    #[must_use]
    pub const fn before(mut self, zh: &'static str, en: &'static str) -> Self {
        self.before = Label::new(zh, en);
        self
    }

    /// The same with a text behind it.
    #[must_use]
    pub const fn after(mut self, zh: &'static str, en: &'static str) -> Self {
        self.after = Label::new(zh, en);
        self
    }
}

/// One field of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name as stored.
    pub name: &'static str,
    /// What it is called.
    pub label: Label,
    /// How its value is read.
    pub form: Form,
}

impl Field {
    /// A field.
    pub const fn new(name: &'static str, zh: &'static str, en: &'static str, form: Form) -> Self {
        Self { name, label: Label::new(zh, en), form }
    }

    /// A field that is not shown.
    pub const fn hidden(name: &'static str) -> Self {
        Self { name, label: Label::NONE, form: Form::Hidden }
    }
}

/// Fields that say the same in every service, unless it words them otherwise.
static COMMON: &[Field] = &[
    Field::new("agency", "机关代码", "Agency code", Form::Hidden),
    Field::hidden("at"),
    Field::hidden("breaches"),
    Field::hidden("step"),
    Field::new("officers", "执法人员", "Officers", Form::Officers),
    Field::new("amount_fen", "金额", "Amount", Form::Money),
    Field::new("approved_by", "批准人", "Approved by", Form::person("批准人", "approved by")),
    Field::new("base_code", "基本编码", "Base code", Form::Plain),
    Field::new("basis", "依据", "Basis", Form::Plain),
    Field::new("days", "天数", "Days", Form::Days),
    Field::new("decided_by", "决定人", "Decided by", Form::person("决定人", "decided by")),
    Field::new("document", "文件", "Document", Form::Plain),
    Field::new("document_sha256", "文书摘要", "Document, SHA-256", Form::Plain),
    Field::new("from", "起始日期", "From", Form::Plain),
    Field::new("item", "事项编码", "Item code", Form::Plain),
    // Of reactions: the reason stands in the violation, in the language of the page.
    Field::hidden("zh"),
    Field::hidden("en"),
    Field::new(
        "led",
        "来源事件",
        "Led by",
        Form::Parts(&[Piece::of("kind", Form::Plain), Piece::of("step", Form::Plain).before(" → ", " → ")]),
    ),
    Field::new(
        "left",
        "未了事项",
        "Left open",
        Form::Parts(&[Piece::of("what", Form::Plain), Piece::of("reason", Form::Plain).before("：", ": ")]),
    ),
    Field::new("number", "文号", "Number", Form::Plain),
    Field::new("officer", "人员编号", "Officer", Form::Plain),
    Field::new("on", "日期", "On", Form::Plain),
    Field::new("opinion", "意见", "Opinion", Form::Plain),
    Field::new("passed", "是否通过", "Passed", Form::Plain),
    Field::new("period", "期限", "Period", Form::Period),
    Field::new("place", "地点", "Place", Form::Plain),
    Field::new("reason", "理由", "Reason", Form::Plain),
    Field::new("region", "行政区划", "Region", Form::Plain),
    Field::new("reviewer", "审核人员", "Reviewer", Form::Plain),
    Field::new("reviewing_since", "从事审核起始日", "Reviewing since", Form::Plain),
    Field::new("summary", "内容", "What was tried", Form::Plain),
    Field::new("title", "名称", "Title", Form::Plain),
    Field::new("sha256", "摘要", "SHA-256", Form::Plain),
    Field::new("media_type", "文件类型", "Media type", Form::Plain),
    Field::new("size_bytes", "大小", "Size", Form::Bytes),
    Field::new("until", "截止日期", "Until", Form::Plain),
];

/// The place that an event has in the file of its matter, beside the timeline: which of its fields fill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// None.
    None,
    /// A decision: fields of the event, empty where it has none.
    Decision {
        /// 文号.
        number: &'static str,
        /// What was decided: the field, and what stands before its words.
        outcome: (&'static str, Label),
        /// Facts found, or the reason.
        facts: &'static str,
        /// The articles it rests on.
        bases: &'static str,
        /// How and when to perform.
        performance: &'static str,
        /// How to appeal.
        appeal: &'static str,
        /// Who decided.
        by: &'static str,
    },
    /// The decision reached the party.
    Service,
    /// A piece of evidence; its fields are named `kind`, `title`, `source`, `sha256`, `media_type`, `size_bytes`, and
    /// its id as given here.
    Evidence(&'static str),
    /// Evidence that counts no more: the field with its id, and the one with the reason.
    Excluded(&'static str, &'static str),
}

impl Part {
    /// The fields that fill it.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        let all = match *self {
            Self::None | Self::Service => vec![],
            Self::Decision { number, outcome: (outcome, _), facts, bases, performance, appeal, by } => {
                vec![number, outcome, facts, bases, performance, appeal, by]
            }
            Self::Evidence(id) => vec![id, "kind", "title", "source", "sha256", "media_type", "size_bytes"],
            Self::Excluded(id, reason) => vec![id, reason],
        };
        all.into_iter().filter(|name| !name.is_empty())
    }
}

/// One stored type, as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventCard {
    /// The stored type.
    pub kind: &'static str,
    /// The RPC that asks for it; empty where nobody does.
    pub step: &'static str,
    /// The step, still to be done.
    pub to_do: Label,
    /// The event: it was done.
    pub done: Label,
    /// The stage of the matter it is of; see [`MatterCard`].
    pub stage: Option<&'static str>,
    /// The field whose words stand behind the title, and which stage each of them means: `形成执法记录：审核`.
    pub stage_field: Option<(&'static str, &'static [(&'static str, &'static str)])>,
    /// Whose act it is; empty where nobody acts.
    pub by: Label,
    /// Fields that this event words otherwise than its service.
    pub fields: &'static [Field],
    /// Its place in the file.
    pub part: Part,
    /// The field by which later steps name it among several of its kind; empty where none does.
    pub key: &'static str,
    /// What its step must not precede.
    pub after: &'static [Line],
    /// Whether its step begins something, so that there is nothing which it could precede.
    pub begins: bool,
}

impl EventCard {
    /// An event that was done.
    pub const fn did(zh: &'static str, en: &'static str) -> Self {
        Self {
            kind: "",
            step: "",
            to_do: Label::NONE,
            done: Label::new(zh, en),
            stage: None,
            stage_field: None,
            by: Label::NONE,
            fields: &[],
            part: Part::None,
            key: "",
            after: &[],
            begins: false,
        }
    }

    /// Its name, without service and version: `CaseFiled` of `enforcement.case.CaseFiled.v1`.
    pub fn name(&self) -> &'static str {
        self.kind.rsplit('.').nth(1).unwrap_or(self.kind)
    }

    /// How the step is called that is still to be done.
    #[must_use]
    pub const fn to_do(mut self, zh: &'static str, en: &'static str) -> Self {
        self.to_do = Label::new(zh, en);
        self
    }

    /// The stage it is of.
    #[must_use]
    pub const fn stage(mut self, stage: &'static str) -> Self {
        self.stage = Some(stage);
        self
    }

    /// The field that says of which stage it is.
    #[must_use]
    pub const fn stage_by(mut self, field: &'static str, stages: &'static [(&'static str, &'static str)]) -> Self {
        self.stage_field = Some((field, stages));
        self
    }

    /// Whose act it is.
    #[must_use]
    pub const fn by(mut self, by: Label) -> Self {
        self.by = by;
        self
    }

    /// Fields that it words otherwise.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }

    /// Its place in the file.
    #[must_use]
    pub const fn part(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// Its step begins a matter, or stands alone: it answers nothing.
    #[must_use]
    pub const fn begins(mut self) -> Self {
        self.begins = true;
        self
    }

    /// For [`crate::events!`]: named by this field, and not before these.
    #[must_use]
    pub const fn ordered(mut self, key: &'static str, after: &'static [Line]) -> Self {
        self.key = key;
        self.after = after;
        self
    }

    /// For [`crate::events!`]: under its stored type and the name of its step.
    #[must_use]
    pub const fn named(mut self, kind: &'static str, step: &'static str) -> Self {
        self.kind = kind;
        self.step = step;
        self
    }
}

/// A kind of matter that a service handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatterCard {
    /// As events name it, e.g. `case`.
    pub kind: &'static str,
    /// What it is called.
    pub label: Label,
    /// Its stages, in their order.
    pub stages: &'static [Word],
    /// Which rules say of its stages whether it needs them; a stage of which no rule says it is not among them.
    pub needs: &'static [Need],
    /// The stage at which nothing more is owed but what follows it (结案); the ones behind it are not open.
    pub ended_at: &'static str,
    /// Facts of a matter that lists show and filter by: their names, labels and words.
    pub facts: &'static [Field],
    /// What its decisions come to.
    pub outcomes: &'static [Outcome],
    /// The numbers it is looked at by.
    pub indicators: &'static [IndicatorCard],
}

impl MatterCard {
    /// How a fact is called and read; see [`crate::matter::Opened`] for their names.
    pub fn fact(&self, name: &str) -> Option<&Field> {
        self.facts.iter().find(|field| field.name == name)
    }

    /// What says whether it needs a stage.
    pub fn need(&self, stage: &str) -> Option<&Need> {
        self.needs.iter().find(|need| need.stage == stage)
    }

    /// One of its outcomes.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }
}

/// Which rules, by id, say whether a matter needs a stage. What they say of one matter stands in its events: an act that
/// was held against a rule and satisfied it without the stage did not need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The stage.
    pub stage: &'static str,
    /// The rules that demand it: broken or overdue, it is missing.
    pub by: &'static [&'static str],
    /// Rules of another way to go on, which does without it where they are satisfied.
    pub spared: &'static [&'static str],
}

impl Need {
    /// A stage that these rules demand.
    pub const fn of(stage: &'static str, by: &'static [&'static str]) -> Self {
        Self { stage, by, spared: &[] }
    }

    /// The same, where these are not satisfied.
    #[must_use]
    pub const fn unless(mut self, spared: &'static [&'static str]) -> Self {
        self.spared = spared;
        self
    }

    /// All of them.
    pub fn rules(&self) -> impl Iterator<Item = &'static str> {
        self.by.iter().chain(self.spared).copied()
    }
}

/// What a decision can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// As events name it.
    pub id: &'static str,
    /// What came of it: 不予处罚.
    pub label: Label,
    /// What such a decision is called: 不予处罚决定.
    pub title: Label,
    /// What such decisions are called where they are counted on the page of an item, even when there are none; empty
    /// where they need not be.
    pub counted: Label,
}

impl Outcome {
    /// An outcome that has one name for everything.
    pub const fn new(id: &'static str, zh: &'static str, en: &'static str) -> Self {
        let label = Label::new(zh, en);
        Self { id, label, title: label, counted: Label::NONE }
    }

    /// What such a decision is called.
    #[must_use]
    pub const fn title(mut self, zh: &'static str, en: &'static str) -> Self {
        self.title = Label::new(zh, en);
        self
    }

    /// What such decisions are called where they are counted, even when there are none.
    #[must_use]
    pub const fn counted(mut self, zh: &'static str, en: &'static str) -> Self {
        self.counted = Label::new(zh, en);
        self
    }
}

/// What an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Matters, by what their events say (see [`crate::matter::Counted`]), in the month of their decision.
    Decided,
    /// The same in the month in which they ended.
    Ended,
    /// The clocks of one rule, by id: ended in time, of all ended and overdue ones.
    Clock(&'static str),
}

/// A number that agencies are looked at by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndicatorCard {
    /// As events name it.
    pub id: &'static str,
    /// What it is called.
    pub label: Label,
    /// How it is computed, in words.
    pub formula: Label,
    /// What it counts.
    pub counts: Counts,
    /// Hundredths of a percent that should be reached.
    pub target: Option<i64>,
}

/// The words of one service.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// The service.
    pub service: &'static str,
    /// What it handles.
    pub matters: &'static [MatterCard],
    /// How fields are worded unless their event says otherwise.
    pub fields: &'static [Field],
    /// The numbers that it is looked at by beside its matters: those of clocks that no matter has.
    indicators: &'static [IndicatorCard],
    events: HashMap<&'static str, EventCard>,
    order: Vec<&'static str>,
}

impl Vocabulary {
    /// A vocabulary without events.
    pub fn new(service: &'static str, matters: &'static [MatterCard], fields: &'static [Field]) -> Self {
        Self { service, matters, fields, indicators: &[], events: HashMap::new(), order: Vec::new() }
    }

    /// With numbers of clocks that no matter has.
    #[must_use]
    pub fn looked_at_by(mut self, indicators: &'static [IndicatorCard]) -> Self {
        self.indicators = indicators;
        self
    }

    /// With the events of one aggregate.
    #[must_use]
    pub fn with<E: DomainEvent>(mut self) -> Self {
        for card in E::cards() {
            self.order.push(card.kind);
            self.events.insert(card.kind, card);
        }
        self
    }

    /// The card of a stored type.
    pub fn event(&self, kind: &str) -> Option<&EventCard> {
        self.events.get(kind)
    }

    /// Every card, in the order declared.
    pub fn events(&self) -> impl Iterator<Item = &EventCard> {
        self.order.iter().filter_map(|kind| self.events.get(kind))
    }

    /// The card of the event that a step asks for.
    pub fn step(&self, step: &str) -> Option<&EventCard> {
        self.events().find(|card| card.step == step && !step.is_empty())
    }

    /// The numbers that it is looked at by: those of its kinds of matter, in their order, then the others.
    pub fn indicators(&self) -> impl Iterator<Item = &'static IndicatorCard> + use<> {
        self.matters.iter().flat_map(|card| card.indicators).chain(self.indicators)
    }

    /// The card of a kind of matter.
    pub fn matter(&self, kind: &str) -> Option<&MatterCard> {
        self.matters.iter().find(|card| card.kind == kind)
    }

    /// How a field of an event is worded.
    pub fn field(&self, kind: &str, name: &str) -> Option<&Field> {
        let own = self.event(kind).and_then(|card| card.fields.iter().find(|field| field.name == name));
        own.or_else(|| self.fields.iter().chain(COMMON).find(|field| field.name == name))
    }
}

/// What a service tells those who read its events: all they know of it.
#[derive(Clone, Copy)]
pub struct Profile {
    /// Its name, as in the source of its events.
    pub service: &'static str,
    /// What it is about.
    pub label: Label,
    /// Its rules.
    pub rules: &'static [&'static Rule],
    /// The numbers of its rules that regions set.
    pub parameters: &'static [&'static ParameterCard],
    /// Its words.
    pub vocabulary: fn() -> Vocabulary,
    /// Reads what events written before [`crate::matter`] do to their matter.
    pub older: &'static [&'static dyn Upcast],
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("service", &self.service).finish_non_exhaustive()
    }
}
