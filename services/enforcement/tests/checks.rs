//! What every service holds to.

use std::{collections::BTreeSet, fs, path::Path};

use enforcement::domain::{
    agency::Agencies,
    case::Cases,
    events::{CaseEvent, ReactionEvent, SeriesEvent},
    lead::Leads,
    party::Parties,
    rules::RULES,
};
use kernel::checks::{self, Stored};
use law::{DomainEvent as _, citation::APL, reaction::Reactions, series::Numbers};

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &enforcement::PROFILE)
        .aggregate::<Cases>()
        .aggregate::<Numbers<SeriesEvent>>()
        .aggregate::<Parties>()
        .aggregate::<Agencies>()
        .aggregate::<Leads>()
        .aggregate::<Reactions<ReactionEvent>>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}

/// The table of the Penalty Law, articles 30 to 75.
const COVERAGE: &str = include_str!("../../../docs/law/coverage.md");

/// The rows of the table: the article, and everything that stands in backticks.
fn covered() -> Vec<(u16, Vec<&'static str>)> {
    let row = |line: &'static str| {
        let article = line.strip_prefix("| ")?.split([' ', '(']).next()?.parse().ok()?;
        Some((article, line.split('`').skip(1).step_by(2).collect()))
    };
    COVERAGE.lines().filter_map(row).collect()
}

/// The names of all functions in the sources of a crate.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources are readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            functions(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("fn ")?.split('(').next());
        found.extend(names.map(str::to_owned));
    }
}

#[test]
fn what_the_table_of_the_penalty_law_names_exists() {
    let rules = RULES.iter().map(|rule| rule.id.to_owned());
    let cards = CaseEvent::cards();
    let events = cards.iter().map(|card| card.name().to_owned());
    let mut known: BTreeSet<String> = rules.chain(events).collect();
    for sources in ["src", "../lists/src"] {
        functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join(sources), &mut known);
    }
    let rows = covered();
    for article in 30..=75 {
        assert!(rows.iter().any(|(row, _)| *row == article), "article {article} has no row");
    }
    let named = rows.iter().flat_map(|(article, names)| names.iter().map(move |name| (article, name)));
    let unknown: Vec<_> = named.filter(|(_, name)| !known.contains(**name)).collect();
    assert!(unknown.is_empty(), "named, and there is none: {unknown:?}");
}

#[test]
fn every_rule_on_an_article_of_the_table_stands_in_its_row() {
    let rows = covered();
    let cites = |citation: &law::Citation| citation.article.filter(|_| *citation.statute == APL);
    for rule in RULES {
        for article in rule.citations.iter().filter_map(cites).filter(|article| (30..=75).contains(article)) {
            let stands = rows.iter().any(|(row, names)| *row == article && names.contains(&rule.id));
            assert!(stands, "{} rests on article {article} and does not stand there", rule.id);
        }
    }
}
