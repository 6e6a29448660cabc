//! Conditions of a list that its form has no field for: each is named, and can be taken away.

use jiff::civil::Date;
use serde::Serialize;

use super::{address, frame::Frame, parts::say};
use crate::model::Text;

/// One condition, with the address without it.
pub(crate) struct Condition {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) without: String,
    pub(crate) key: &'static str,
    pub(crate) raw: String,
}

/// What the address says under one key, raw and in words.
pub(crate) type Field = (&'static str, &'static str, Option<(String, String)>);

/// The conditions among these fields. One without a name belongs to the one before it and goes with it.
pub(crate) fn of<T: Serialize>(path: &str, filter: &T, fields: &[Field]) -> Vec<Condition> {
    let address = address::at_page(path, filter, 1);
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let followers = |key: &str| {
        let after = fields.iter().skip_while(|(k, ..)| *k != key).skip(1);
        after.take_while(|(_, name, _)| name.is_empty()).map(|(k, ..)| *k).collect::<Vec<_>>()
    };
    let condition = |(key, name, value): &Field| {
        let (raw, value) = value.clone()?;
        let mut without = address::replaced(path, query, key, None);
        for follower in followers(key) {
            let rest = without.split_once('?').map_or("", |(_, query)| query).to_owned();
            without = address::replaced(path, &rest, follower, None);
        }
        Some(Condition { name, value, without, key, raw })
    };
    fields.iter().filter_map(condition).collect()
}

/// A code, shown as it is.
pub(crate) fn code(text: Option<&String>) -> Option<(String, String)> {
    text.map(|text| (text.clone(), text.clone()))
}

/// A day.
pub(crate) fn day(day: Option<Date>) -> Option<(String, String)> {
    day.map(|day| (day.to_string(), day.to_string()))
}

/// A fixed word, by its id and its text.
pub(crate) fn word(f: &Frame, word: Option<(&'static str, Text)>) -> Option<(String, String)> {
    word.map(|(id, text)| (id.to_owned(), say(&text, f.lang)))
}
