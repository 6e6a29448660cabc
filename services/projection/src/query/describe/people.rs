//! Who had which part in an event.

use serde_json::Value;

use super::Data;
use crate::model::{Person, Text};

/// Fields that name a person, with the part they give him.
const PARTS: &[(&str, &str, &str)] = &[
    ("reviewer_name", "法制审核人员", "legal reviewer"),
    ("approved_by", "批准人", "approved by"),
    ("decided_by", "决定人", "decided by"),
    ("reported_by", "报告人", "reported by"),
    ("set_by", "下达机关", "set by"),
];

pub(super) fn of(data: &Data, role: Option<&Text>) -> Vec<Person> {
    let mut people: Vec<Person> = data.get("officers").map(officers).unwrap_or_default();
    for (field, zh, en) in PARTS {
        let name = data.text(field);
        if !name.is_empty() {
            let officer = (*field == "reviewer_name").then(|| data.text("reviewer")).filter(|code| !code.is_empty());
            people.push(Person { role: Text::label(zh, en), name, officer, certificate: None });
        }
    }
    if let Some(host) = data.get("host").and_then(Value::as_str) {
        let role = Text::label("听证主持人", "host of the hearing");
        people.push(Person { role, name: host.to_owned(), officer: Some(host.to_owned()), certificate: None });
    }
    for member in data.texts("members") {
        people.push(Person {
            role: Text::label("参加讨论", "took part"),
            name: member,
            officer: None,
            certificate: None,
        });
    }
    // Nobody is named: the part alone says whose act it is.
    match role.filter(|role| people.is_empty() && !role.is_empty()) {
        Some(role) => vec![Person { role: role.clone(), name: String::new(), officer: None, certificate: None }],
        None => people,
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
