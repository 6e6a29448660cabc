//! `fazhi rules`: every rule with its article, texts, plan clauses and tests.

use law::Rule;
use serde::Serialize;

use crate::{Failure, cli, services::profiles};

/// Every rule of every service once, in the order of their ids; services share those about officers and heads.
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = profiles().iter().flat_map(|profile| profile.rules).copied().collect();
    rules.sort_by_key(|r| r.id);
    rules.dedup_by_key(|r| r.id);
    rules
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    kind: law::Kind,
    citation: String,
    citation_en: String,
    statutes: Vec<&'static str>,
    zh: &'static str,
    en: &'static str,
    plans: &'static [&'static str],
    params: &'static [law::rule::Param],
    since: jiff::civil::Date,
    until: Option<jiff::civil::Date>,
    tests: law::rule::Tests,
}

impl From<&Rule> for Row {
    fn from(r: &Rule) -> Self {
        Self {
            id: r.id,
            kind: r.kind,
            citation: r.citation_zh(),
            citation_en: r.citation_en(),
            statutes: r.citations.iter().map(|c| c.statute.code).collect(),
            zh: r.zh,
            en: r.en,
            plans: r.plans,
            params: r.params,
            since: r.since,
            until: r.until,
            tests: r.tests,
        }
    }
}

pub(crate) fn run(options: &cli::Rules) -> Result<(), Failure> {
    let rows: Vec<Row> = all().into_iter().map(Row::from).collect();
    if options.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else if options.markdown {
        println!("| id | kind | citation | 规则 | rule | plans | tests |\n| --- | --- | --- | --- | --- | --- | --- |");
        for r in &rows {
            println!(
                "| {} | {:?} | {} | {} | {} | {} | {} |",
                r.id,
                r.kind,
                r.citation,
                r.zh,
                r.en,
                r.plans.join(", "),
                r.tests.allows.iter().chain(r.tests.refuses).map(|t| format!("`{t}`")).collect::<Vec<_>>().join(" "),
            );
        }
    } else {
        for r in &rows {
            println!("{:<17} {}\n{:17} {}\n{:17} {}\n", r.id, r.citation, "", r.zh, "", r.en);
        }
    }
    Ok(())
}
