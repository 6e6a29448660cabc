//! A rule without its tests is a claim: every card names an allowing and a refusing test, both exist, and deciders apply it.

use std::{collections::BTreeSet, env, fs, path::Path};

use law::{
    Kind, Rule,
    decider::seen::{self, BROKEN, OPENED, SATISFIED},
};

/// The rules of the power lists, of penalties, of disclosure, of complaints and of reconsideration (everything that these services stand for).
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
    "PL-ROW",
    "PL-ROW-GROUND",
    "PL-TIME",
    "PL-PROOF",
    "PL-AGENT",
    "PL-ACCESS",
    "PL-RANDOM",
    "PL-SPARED",
    "PL-MAKER",
    "PL-DECISION",
    "OF-CERT",
    "OF-TWO",
    "OF-EXAM",
    "OF-AUX",
    "OF-RECUSE",
    "OF-TRAIN",
    "PT-TASK",
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
    "CO-REGISTER",
    "CO-ROUTE",
    "CO-REDIRECT",
    "CO-SETTLE",
    "CO-REVIEW",
    "CO-PROTECT",
    "CO-REPRISAL",
    "CO-REWARD",
    "CO-RATE",
    "CO-SUPERVISE",
    "CO-NORM",
    "CO-LEAD",
    "RE-PERIOD",
    "RE-FIVE",
    "RE-SUPPLEMENT",
    "RE-JURISDICTION",
    "RE-NOT-BOTH",
    "RE-TWO",
    "RE-COPY",
    "RE-ANSWER",
    "RE-NO-AFTER",
    "RE-HEARD",
    "RE-HEARING",
    "RE-COMMITTEE",
    "RE-NORM",
    "RE-SUSPEND",
    "RE-SIXTY",
    "RE-NO-WORSE",
    "RE-KIND",
    "RE-SAME",
    "RE-PERFORM",
    "RE-OPINION",
    "RE-PUBLISH",
    "RE-COMPENSATE",
    "RE-LITIGATE",
    "RE-FEEDBACK",
];

/// The lines of every source file of the services, trimmed.
fn lines() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../services")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the sources are readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.extend(text.lines().map(|line| line.trim().to_owned()));
            }
        }
    }
    found
}

/// Names of all functions that stand under a test attribute in the sources of the services.
fn tests_in_the_sources() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut under_test = false;
    for line in lines() {
        if line == "#[test]" || line.starts_with("#[tokio::test") {
            under_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
            if under_test {
                found.insert(rest.split('(').next().unwrap_or_default().to_owned());
            }
            under_test = false;
        }
    }
    found
}

/// Ids of all cards in the sources of the services, in their order: the first text behind the comment of each.
fn cards_in_the_sources() -> Vec<String> {
    let lines = lines();
    let begins = |line: &String| line.ends_with("card! {") && !line.starts_with("//");
    let mut rest = lines.iter();
    let mut found = Vec::new();
    while rest.by_ref().any(begins) {
        let named = rest.by_ref().find(|line| !line.starts_with("//")).expect("a card has a name");
        found.push(named.split('"').nth(1).expect("and an id").to_owned());
    }
    found.sort();
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
fn every_card_stands_among_the_rules_of_a_service_under_an_id_of_its_own() {
    let known: Vec<_> = fazhi::rules::all().iter().map(|r| r.id).collect();
    let cards = cards_in_the_sources();
    let stray: Vec<_> = cards.iter().filter(|id| !known.contains(&id.as_str())).collect();
    assert!(stray.is_empty(), "in no service's RULES: {stray:?}");
    assert_eq!(cards, known, "an id stands twice, or a card is not found");
}

#[test]
fn every_rule_that_applies_has_a_card_with_citation_texts_and_a_known_kind() {
    let rules = fazhi::rules::all();
    let ids: Vec<_> = rules.iter().map(|r| r.id).collect();
    let missing: Vec<_> = WANTED.iter().filter(|id| !ids.contains(id)).collect();
    assert!(missing.is_empty(), "no card for {missing:?}");
    for rule in rules {
        assert!(!rule.citations.is_empty(), "{} has no citation", rule.id);
        assert!(rule.zh.chars().count() >= 8 && rule.en.chars().count() >= 15, "{} has no full text", rule.id);
    }
}

/// What deciders must have been seen to do with a rule. A deadline that no act satisfies is a clock: that it was missed
/// follows from clock and calendar, and that it cannot be extended any more from the frame, alike for all; its days stand in
/// the tests that the card names. What another than the agency neglects is no breach.
fn to_be_seen(rule: &Rule, was: impl Fn(&str) -> bool) -> &'static [&'static str] {
    if rule.kind == Kind::Deadline && !was(SATISFIED) {
        &[OPENED]
    } else if rule.debtor.of_the_agency() {
        &[SATISFIED, BROKEN]
    } else {
        &[SATISFIED]
    }
}

#[test]
#[ignore = "reads what all other tests saw: `make test` runs it after them"]
fn every_rule_is_applied_by_a_decider() {
    let file = env::var_os(seen::FILE).expect("`make test` names the file");
    let noted = fs::read_to_string(file).expect("the tests wrote it");
    let noted: BTreeSet<_> = noted.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut wrong = Vec::new();
    for rule in fazhi::rules::all() {
        let was = |what: &str| noted.contains(&(rule.id, what));
        for what in to_be_seen(rule, was).iter().filter(|what| !was(what)) {
            wrong.push(format!("{}: no test in given/when/then saw it {what}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
