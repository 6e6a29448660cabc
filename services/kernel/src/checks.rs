//! What every service holds to, for its own tests to check: its domain decides and does nothing else, what it once
//! stored stays readable for ever, and people can read all of it.
//!
//! A service has a file `tests/checks.rs` that calls both; `make golden` runs it so that the schemas are written.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use law::{Decider, DomainEvent, EventCard, Profile, Vocabulary, order::Line, vocabulary::Form};
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

/// Set by `make golden`: the schemas are written instead of compared.
const UPDATE: &str = "UPDATE_GOLDEN";

/// The dialect of the schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What a decision must not touch, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("HashMap", "its order differs from run to run"),
    ("HashSet", "its order differs from run to run"),
    ("std::fs", "a decision does no IO"),
    ("std::env", "a decision reads no environment"),
    ("std::net", "a decision does no IO"),
    ("std::time", "a decision reads no clock"),
    ("::now(", "a decision reads no clock"),
    ("now_v7", "a decision draws no random number"),
    ("rand::", "a decision draws no random number"),
    ("tokio", "a decision does no IO"),
    ("kernel::", "the domain knows law only"),
    ("ledger::", "the domain knows law only"),
    ("proto::", "the domain knows law only"),
    ("tonic", "the domain knows law only"),
    ("crate::wire", "the domain knows nothing of its edge"),
];

/// The source of the crate's `src/domain` names nothing that a decision must not touch.
///
/// # Panics
/// When it does, with file, line and reason; or when there is no source.
#[track_caller]
pub fn pure(crate_folder: &str) {
    let mut files = Vec::new();
    sources(&Path::new(crate_folder).join("src/domain"), &mut files);
    assert!(!files.is_empty(), "{crate_folder} has no domain");
    for path in files {
        let source = fs::read_to_string(&path).expect("source is text");
        for (line, text) in source.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for (word, why) in FORBIDDEN {
                assert!(!text.contains(word), "{}:{}: {word}: {why}", path.display(), line + 1);
            }
        }
    }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, files),
            false => files.push(path),
        }
    }
}

/// The stored types of one service: for each a golden record in `golden/`, which must be read and folded for ever, the
/// JSON Schema of its data in `schemas.json`, beside those of what they share, and its words.
#[derive(Debug)]
pub struct Stored {
    folder: PathBuf,
    words: Vocabulary,
    schemas: Map<String, Value>,
    shared: SchemaGenerator,
    /// Under which type each Rust type is stored first.
    first: BTreeMap<String, &'static str>,
    /// The lines of the table of what must not precede what.
    order: Vec<String>,
}

impl Stored {
    /// The types of the crate in this folder; name each aggregate, then [`Stored::nothing_else`].
    ///
    /// # Panics
    /// When a kind of matter says of a stage that it has not, or by a rule that is not the service's, whether it is needed.
    pub fn of(crate_folder: &str, profile: &Profile) -> Self {
        let words = (profile.vocabulary)();
        for card in words.matters {
            for need in card.needs {
                let stages = card.stages.iter().any(|stage| stage.id == need.stage);
                assert!(stages, "{} needs {}, which is none of its stages", card.kind, need.stage);
                for id in need.rules() {
                    let known = profile.rules.iter().any(|rule| rule.id == id);
                    assert!(
                        known,
                        "whether {} needs {} is said by {id}, which is none of its rules",
                        card.kind, need.stage
                    );
                }
            }
        }
        Self {
            folder: crate_folder.into(),
            words,
            schemas: Map::new(),
            shared: SchemaGenerator::default(),
            first: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    /// Reads the golden record of every event of an aggregate, folds it, writes it again, and holds the words against its
    /// schema.
    ///
    /// # Panics
    /// When one is missing, cannot be read, loses or gains something, or the vocabulary words a field too few or too many,
    /// or a step that no RPC asks for.
    #[must_use]
    #[track_caller]
    pub fn aggregate<D: Decider>(mut self) -> Self {
        let mut properties = Vec::new();
        for law::event::Stored { kind, of, schema } in D::Event::schemas(&mut self.shared) {
            let stored = read(&self.folder.join("golden").join(format!("{kind}.json")));
            let event = D::Event::from_data(kind, &stored.to_string()).unwrap_or_else(|e| panic!("{kind}: {e:?}"));
            assert_eq!(event.kind(), kind);
            D::evolve(&mut D::State::default(), &event);
            let again: Value = serde_json::from_str(event.to_data().expect("serialises").get()).expect("is JSON");
            assert_eq!(again, own(stored.clone()), "{kind} loses or gains something");

            let schema = schema.to_value();
            // Old events lack what came later.
            for field in schema["required"].as_array().into_iter().flatten() {
                let name = field.as_str().expect("a name");
                assert!(stored.get(name).is_some(), "{kind} requires {name}, which its golden record lacks");
            }
            worded(&self.words, kind, &schema);
            properties.push((kind, schema["properties"].clone()));
            let first = *self.first.entry(of.into_owned()).or_insert(kind);
            let schema = if first == kind { schema } else { json!({ "$ref": format!("#/$defs/{first}") }) };
            self.schemas.insert(kind.to_owned(), schema);
        }
        self.order.extend(ordered(&D::Event::cards(), &properties));
        self
    }

    /// The schemas are those on file, and no record is left of a type that is no more.
    ///
    /// # Panics
    /// When a schema is another, or there is such a record.
    #[track_caller]
    pub fn nothing_else(mut self) {
        for entry in fs::read_dir(self.folder.join("golden")).expect("a folder") {
            let file = entry.expect("an entry").file_name().into_string().expect("a name");
            let kind = file.strip_suffix(".json").unwrap_or(&file);
            assert!(self.schemas.contains_key(kind), "golden/{file} belongs to no event type");
        }
        let mut all = self.shared.take_definitions(true);
        all.append(&mut self.schemas);
        let (path, all) = (self.folder.join("schemas.json"), json!({ "$schema": DIALECT, "$defs": all }));
        if std::env::var_os(UPDATE).is_some() {
            let text = serde_json::to_string_pretty(&all).expect("serialises");
            fs::write(&path, text + "\n").expect("writes");
        }
        let (on_file, all) = (read(&path), &all["$defs"]);
        let kept = on_file["$defs"].as_object().expect("definitions");
        for kind in kept.keys().chain(all.as_object().expect("definitions").keys()) {
            let (before, now) = (kept.get(kind), all.get(kind));
            assert_eq!(before, now, "{kind}: if only a type or an optional field was added, run make golden");
        }
        self.order_as_documented();
    }

    /// The table of what must not precede what is the one that people can read.
    #[track_caller]
    fn order_as_documented(&self) {
        let path = self.folder.join(format!("../../docs/order/{}.md", self.words.service));
        let text = format!(
            "# {}: what must not be earlier than what\n\nMade of the services' events by `make golden`. [What it means]\
             (../adr/0010-clocks-tell-the-truth.md).\n\n\
             | 步骤 Step | 不得早于 Not earlier than |\n| --- | --- |\n{}\n",
            self.words.service,
            self.order.join("\n")
        );
        if std::env::var_os(UPDATE).is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("is made");
            fs::write(&path, &text).expect("writes");
        }
        let on_file = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(on_file, text, "{}: run make golden", path.display());
    }
}

/// Every step says what it answers, or that it begins something; one that names a thing among several answers what began
/// it. Gives the lines of the table as people read them.
#[track_caller]
fn ordered(cards: &[EventCard], properties: &[(&str, Value)]) -> Vec<String> {
    let field = |kind: &str, name: &str| {
        let of = properties.iter().find(|(of, _)| *of == kind).expect("every event has its schema");
        of.1.get(name).filter(|_| !name.is_empty())
    };
    let mut lines = Vec::new();
    for card in cards.iter().filter(|card| !card.step.is_empty()) {
        let step = card.step;
        assert!(card.begins == card.after.is_empty(), "{step} must say either what it answers or that it begins");
        for line in card.after {
            let earlier = cards.iter().find(|c| c.name() == line.event).expect("every line names an event");
            assert!(line.by.is_empty() || line.by == earlier.key, "{step} names {} by another field", line.event);
        }
        for earlier in cards.iter().take_while(|earlier| earlier.kind != card.kind) {
            let named = field(earlier.kind, earlier.key);
            let same = named.is_some() && named == field(card.kind, earlier.key);
            // What bears a name of its own under the same word answers nothing by it.
            let answers = |line: &Line| line.by == earlier.key;
            assert!(
                !same || card.key == earlier.key || card.after.iter().any(answers),
                "{step} names a thing of {} and does not answer it",
                earlier.kind
            );
        }
        let title = |card: &EventCard| format!("{} {}", card.done.zh, card.done.en);
        let earlier = card.after.iter().map(|line| {
            let card = cards.iter().find(|c| c.name() == line.event).expect("every line names an event");
            let which = match (line.by, line.first) {
                ("", false) => "",
                ("", true) => "（最早的一次 the first）",
                _ => "（同一项 the same one）",
            };
            format!("{}{which}", title(card))
        });
        let earlier: Vec<_> = earlier.collect();
        if !earlier.is_empty() {
            lines.push(format!("| {} {} | {} |", card.to_do.zh, card.to_do.en, earlier.join("<br>")));
        }
    }
    lines
}

#[track_caller]
fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every field has its words, and every step its RPC.
#[track_caller]
fn worded(words: &Vocabulary, kind: &str, schema: &Value) {
    let card = words.event(kind).unwrap_or_else(|| panic!("{kind} has no card"));
    assert!(!card.done.is_empty(), "{kind} has no title");
    if !card.step.is_empty() {
        assert!(!card.to_do.is_empty(), "{} has no title", card.step);
        let asked = proto::METHODS.iter().any(|rpc| rpc.name == card.step && rpc.event == kind);
        assert!(asked, "no RPC {} asks for {kind}", card.step);
    }
    for name in schema["properties"].as_object().into_iter().flat_map(|all| all.keys()) {
        let worded = words.field(kind, name).is_some_and(|f| f.form == Form::Hidden || !f.label.is_empty());
        assert!(worded, "{kind}: {name} has no label");
    }
    let own = card.fields.iter().map(|field| field.name).chain(card.stage_field.map(|(field, _)| field));
    for name in own.chain(card.part.fields()) {
        assert!(schema["properties"].get(name).is_some(), "{kind} has no field {name}");
    }
}

/// The event's own fields: the frame around them is the kernel's.
fn own(mut stored: Value) -> Value {
    let fields = stored.as_object_mut().expect("an event is an object");
    for spliced in ["mode", "violations", "unchecked", "clocks", "matter"] {
        fields.remove(spliced);
    }
    stored
}
