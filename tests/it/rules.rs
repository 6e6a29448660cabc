//! A rule without its tests is a claim: every card names an allowing and a refusing test, and both exist.

use std::{collections::BTreeSet, fs, path::Path};

/// The rules of the power lists, of penalties and of disclosure (everything that these services stand for).
const WANTED: &[&str] = &[
    "PL-ELEMENTS",
    "PL-DUTY",
    "PL-BASIS-LEVEL",
    "PL-UNIFORM",
    "PL-CHANGE",
    "PL-PUBLISH",
    "PL-FLOW",
    "PL-BODY",
    "PL-FREEDOM",
    "PL-FEE",
    "PL-STANDARD",
    "PL-REVIEW",
    "OF-CERT",
    "OF-TWO",
    "OF-EXAM",
    "OF-AUX",
    "OF-RECUSE",
    "OF-TRAIN",
    "EN-POWER",
    "EN-JURISDICTION",
    "EN-TWICE",
    "EN-LIMITATION",
    "EN-MINOR",
    "EN-EXEMPT",
    "EN-SIMPLE",
    "EN-RECORD",
    "EN-EVIDENCE",
    "EN-PRESERVE",
    "EN-MEASURE",
    "EN-SEIZE",
    "EN-NOTICE",
    "EN-STATEMENT",
    "EN-HEARING",
    "EN-REVIEW",
    "EN-COLLECTIVE",
    "EN-RANGE",
    "EN-DECISION",
    "EN-NINETY",
    "EN-SERVE",
    "EN-PUBLICISE",
    "EN-SEPARATE",
    "EN-SPOT-CASH",
    "EN-SURCHARGE",
    "EN-DEMAND",
    "EN-COURT",
    "EN-TRANSFER",
    "EN-QUOTA",
    "EN-INTERFERENCE",
    "EN-FILE",
    "EN-ASSIST",
    "EN-STOP",
    "DI-RECEIVE",
    "DI-CORRECT",
    "DI-ANSWER",
    "DI-EXTEND",
    "DI-THIRD",
    "DI-THIRD-TIME",
    "DI-JOINT",
    "DI-GROUND",
    "DI-REPEAT",
    "DI-FORWARD",
    "DI-FEE",
    "DI-YEAR",
];

/// Names of all functions that stand under a test attribute in the sources of the services.
fn tests_in_the_sources() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../services")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the sources are readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                let mut under_test = false;
                for line in text.lines().map(str::trim) {
                    if line == "#[test]" || line.starts_with("#[tokio::test") {
                        under_test = true;
                    } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
                        if under_test {
                            found.insert(rest.split('(').next().unwrap_or_default().to_owned());
                        }
                        under_test = false;
                    }
                }
            }
        }
    }
    found
}

#[test]
fn every_rule_has_an_allowing_and_a_refusing_test_that_exist() {
    let known = tests_in_the_sources();
    let mut missing = Vec::new();
    for rule in fazhi::rules::all() {
        for (what, names) in [("allowing", rule.tests.allows), ("refusing", rule.tests.refuses)] {
            if names.is_empty() {
                missing.push(format!("{} has no {what} test", rule.id));
            }
            for name in names.iter().filter(|name| !known.contains(**name)) {
                missing.push(format!("{}: there is no test {name}", rule.id));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_rule_that_applies_has_a_card_with_citation_texts_and_a_known_kind() {
    let rules = fazhi::rules::all();
    let ids: Vec<_> = rules.iter().map(|r| r.id).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    let missing: Vec<_> = WANTED.iter().filter(|id| !ids.contains(id)).collect();
    assert!(missing.is_empty(), "no card for {missing:?}");
    for rule in rules {
        assert!(!rule.citations.is_empty(), "{} has no citation", rule.id);
        assert!(rule.zh.chars().count() >= 8 && rule.en.chars().count() >= 15, "{} has no full text", rule.id);
    }
}
