//! What every service holds to, for its own tests to check: its domain decides and does nothing else, what it once
//! stored stays readable for ever, and people can read all of it.
//!
//! A service has a file `tests/checks.rs` that calls both; `make golden` runs it so that the schemas are written.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use law::{Decider, DomainEvent, Profile, Vocabulary, vocabulary::Form};
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
}

impl Stored {
    /// The types of the crate in this folder; name each aggregate, then [`Stored::nothing_else`].
    pub fn of(crate_folder: &str, profile: &Profile) -> Self {
        let (schemas, shared, first) = (Map::new(), SchemaGenerator::default(), BTreeMap::new());
        Self { folder: crate_folder.into(), words: (profile.vocabulary)(), schemas, shared, first }
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
            let first = *self.first.entry(of.into_owned()).or_insert(kind);
            let schema = if first == kind { schema } else { json!({ "$ref": format!("#/$defs/{first}") }) };
            self.schemas.insert(kind.to_owned(), schema);
        }
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
    }
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
