//! What a matter keeps sealed in a vault: how its events name it, and for how long who opened it may read it.
//!
//! An event that names something sealed holds an object with `entry` and `sha256`, wherever it stands in the data and whatever
//! else the object says of it: so the vault can be held against the record by whoever knows no service.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// How long after it was opened something sealed may be read. A parameter of the suite: no statute gives it.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Something that the vault keeps: a person's words, or who the person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealedText {
    /// The entry in the vault.
    pub entry: Uuid,
    /// SHA-256 of the ciphertext, hex.
    pub sha256: String,
}

/// Who may read what: until when, by entry and person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openings(BTreeMap<(Uuid, String), Timestamp>);

impl Openings {
    /// An entry was opened by this person.
    pub fn open(&mut self, entry: Uuid, by: &str, at: Timestamp) {
        self.0.insert((entry, by.to_owned()), until(at));
    }

    /// Whether this person may read the entry now.
    pub fn is_open(&self, entry: Uuid, by: &str, now: Timestamp) -> bool {
        self.0.get(&(entry, by.to_owned())).is_some_and(|until| now <= *until)
    }
}

/// Until when what was opened then may be read.
pub fn until(at: Timestamp) -> Timestamp {
    at.saturating_add(OPEN_FOR).unwrap_or(at)
}

/// What an event says was shredded: an object like these in a list `shredded` of its data.
pub fn shredded(data: &Value) -> Vec<SealedText> {
    data.get("shredded").map(named).unwrap_or_default()
}

/// Everything sealed that an event's data names.
pub fn named(data: &Value) -> Vec<SealedText> {
    let mut found = Vec::new();
    collect(data, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<SealedText>) {
    match value {
        Value::Object(fields) => {
            let sealed = || Some((fields.get("entry")?.as_str()?.parse().ok()?, fields.get("sha256")?.as_str()?));
            match sealed() {
                Some((entry, sha256)) => found.push(SealedText { entry, sha256: sha256.to_owned() }),
                None => fields.values().for_each(|value| collect(value, found)),
            }
        }
        Value::Array(all) => all.iter().for_each(|value| collect(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn is_read_by_who_opened_it_for_a_day() {
        let (entry, at) = (Uuid::from_u128(1), "2025-03-03T01:00:00Z".parse::<Timestamp>().unwrap());
        let mut openings = Openings::default();
        openings.open(entry, "A1", at);
        assert!(openings.is_open(entry, "A1", at) && openings.is_open(entry, "A1", at + OPEN_FOR));
        assert!(!openings.is_open(entry, "A1", at + OPEN_FOR + SignedDuration::from_secs(1)));
        assert!(!openings.is_open(entry, "A2", at) && !openings.is_open(Uuid::from_u128(2), "A1", at));
        // Another who opens it takes nothing from the first.
        openings.open(entry, "A2", at);
        assert!(openings.is_open(entry, "A1", at) && openings.is_open(entry, "A2", at));
    }

    #[test]
    fn finds_what_is_named_wherever_it_stands() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = |entry: Uuid| json!({ "entry": entry, "sha256": "ab" });
        let file = json!({ "entry": two, "sha256": "ab", "media_type": "image/png" });
        let data =
            json!({ "all": [[sealed(one)]], "files": [file], "party": { "identity": sealed(two) }, "x": sealed(one) });
        assert_eq!(named(&data).iter().map(|s| s.entry).collect::<Vec<_>>(), [one, two, two, one]);
        let others = json!({ "object": { "sha256": "ab", "media_type": "a/b" }, "entry": two, "x": { "entry": "no", "sha256": "ab" } });
        assert_eq!(named(&others), []);
    }
}
