//! Who had which part in an event.

use law::{Vocabulary, vocabulary::Form};
use serde_json::Value;

use super::{Data, text};
use crate::model::{Person, Text};

pub(super) fn of(words: Option<&Vocabulary>, kind: &str, data: &Data) -> Vec<Person> {
    let (mut people, mut others) = (Vec::new(), Vec::new());
    for name in data.names() {
        let (Some(field), Some(value)) = (words.and_then(|words| words.field(kind, name)), data.get(name)) else {
            continue;
        };
        match field.form {
            Form::Officers => people.extend(officers(value)),
            Form::Person { part, code } => {
                let code = Some(data.text(code)).filter(|code| !code.is_empty());
                let person = |name: &str| Person {
                    role: text(part),
                    name: name.to_owned(),
                    officer: code.clone(),
                    certificate: None,
                };
                let names = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter();
                others.extend(names.filter_map(Value::as_str).filter(|name| !name.is_empty()).map(person));
            }
            _ => {}
        }
    }
    // Who acted comes before who approved.
    people.append(&mut others);
    // Nobody is named: the part alone says whose act it is.
    let by = words.and_then(|words| words.event(kind)).map(|card| card.by).filter(|by| !by.is_empty());
    match by {
        Some(by) if people.is_empty() => {
            vec![Person { role: text(by), name: String::new(), officer: None, certificate: None }]
        }
        _ => people,
    }
}

pub(super) fn officers(value: &Value) -> Vec<Person> {
    let text = |officer: &Value, name: &str| officer[name].as_str().unwrap_or_default().to_owned();
    let person = |officer: &Value| Person {
        role: Text::label("执法人员", "officer"),
        name: Some(text(officer, "name")).filter(|name| !name.is_empty()).unwrap_or_else(|| text(officer, "officer")),
        officer: Some(text(officer, "officer")),
        certificate: Some(text(officer, "certificate")).filter(|number| !number.is_empty()),
    };
    value.as_array().map(|all| all.iter().map(person).collect()).unwrap_or_default()
}
