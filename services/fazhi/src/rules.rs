//! `fazhi rules`: every rule with its article, texts, plan clauses and tests.

use law::{Label, Rule};
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
    name: Label,
    kind: law::Kind,
    bound: Label,
    compared: Option<Label>,
    exceptions: &'static [Label],
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
            name: r.name,
            kind: r.kind,
            bound: r.debtor.label(),
            compared: r.compared,
            exceptions: r.exceptions,
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

fn both(label: &Label) -> String {
    format!("{} / {}", label.zh, label.en)
}

pub(crate) fn run(options: &cli::Rules) -> Result<(), Failure> {
    let rows: Vec<Row> = all().into_iter().map(Row::from).collect();
    if options.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else if options.markdown {
        println!("| id | name | kind | bound | citation | 规则 | rule | compared | exceptions | plans | tests |");
        println!("|{}", " --- |".repeat(11));
        for r in &rows {
            println!(
                "| {} | {} | {:?} | {} | {} | {} | {} | {} | {} | {} | {} |",
                r.id,
                both(&r.name),
                r.kind,
                both(&r.bound),
                r.citation,
                r.zh,
                r.en,
                r.compared.as_ref().map(both).unwrap_or_default(),
                r.exceptions.iter().map(both).collect::<Vec<_>>().join("; "),
                r.plans.join(", "),
                r.tests.allows.iter().chain(r.tests.refuses).map(|t| format!("`{t}`")).collect::<Vec<_>>().join(" "),
            );
        }
    } else {
        for r in &rows {
            println!("{:<17} {}\n{:17} {}\n{:17} {}", r.id, r.citation, "", r.zh, "", r.en);
            println!("{:17} 约束 binds: {}", "", both(&r.bound));
            if let Some(compared) = &r.compared {
                println!("{:17} 核对 compares: {}", "", both(compared));
            }
            for exception in r.exceptions {
                println!("{:17} 例外 except: {}", "", both(exception));
            }
            println!();
        }
    }
    Ok(())
}
