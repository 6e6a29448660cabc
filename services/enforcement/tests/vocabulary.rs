//! The stored vocabulary: one golden record per type, which must be read and folded for ever, and its JSON Schema, from
//! which nothing may be removed.
//!
//! `UPDATE_SCHEMAS=1 cargo test -p enforcement --test vocabulary` writes the schemas after a field was added.

use std::{collections::BTreeMap, fs, path::PathBuf};

use enforcement::domain::{
    agency::Agencies,
    case::Cases,
    events::{AgencyEvent, CaseEvent, PartyEvent, SeriesEvent},
    party::Parties,
};
use law::{Decider, DomainEvent};
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &PathBuf) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Reads every golden record of one aggregate, folds it, and writes it again.
fn golden<D: Decider>() {
    for (kind, _) in D::Event::schemas() {
        let stored = read(&folder("golden").join(format!("{kind}.json")));
        let event = D::Event::from_data(kind, &stored.to_string()).unwrap_or_else(|e| panic!("{kind}: {e:?}"));
        assert_eq!(event.kind(), kind);
        D::evolve(&mut D::State::default(), &event);
        let mut own = stored;
        let fields = own.as_object_mut().expect("an event is an object");
        for spliced in ["mode", "violations", "clocks", "matter"] {
            fields.remove(spliced);
        }
        let again: Value = serde_json::from_str(event.to_data().expect("serialises").get()).expect("is JSON");
        assert_eq!(again, own, "{kind} loses or gains something");
    }
}

#[test]
fn every_golden_record_is_read_and_folded() {
    golden::<Cases>();
    golden::<law::series::Numbers<SeriesEvent>>();
    golden::<Parties>();
    golden::<Agencies>();
}

fn schemas() -> BTreeMap<&'static str, Value> {
    [CaseEvent::schemas(), SeriesEvent::schemas(), PartyEvent::schemas(), AgencyEvent::schemas()]
        .into_iter()
        .flatten()
        .map(|(kind, schema)| (kind, schema.to_value()))
        .collect()
}

#[test]
fn schemas_are_those_committed() {
    let update = std::env::var_os("UPDATE_SCHEMAS").is_some();
    for (kind, schema) in schemas() {
        let path = folder("schemas").join(format!("{kind}.json"));
        if update {
            let text = serde_json::to_string_pretty(&schema).expect("serialises");
            fs::write(&path, text + "\n").expect("writes");
        }
        assert_eq!(read(&path), schema, "{kind}: if a field was added, run with UPDATE_SCHEMAS=1");
    }
}

/// A field that is required in the committed schema must stay, and no new one may be required: old events lack it.
#[test]
fn no_golden_record_lacks_a_required_field() {
    for (kind, schema) in schemas() {
        let stored = read(&folder("golden").join(format!("{kind}.json")));
        for field in schema["required"].as_array().into_iter().flatten() {
            let name = field.as_str().expect("a name");
            assert!(stored.get(name).is_some(), "{kind} requires {name}, which its golden record lacks");
            assert_ne!(name, "at", "{kind}: the legal time came later and stays optional");
        }
    }
}

#[test]
fn no_file_is_left_over() {
    let kinds: Vec<String> = schemas().keys().map(|k| format!("{k}.json")).collect();
    for name in ["golden", "schemas"] {
        for entry in fs::read_dir(folder(name)).expect("a folder") {
            let file = entry.expect("an entry").file_name().into_string().expect("a name");
            assert!(kinds.contains(&file), "{name}/{file} belongs to no event type");
        }
    }
}
