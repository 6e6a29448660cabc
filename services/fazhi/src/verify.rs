//! `fazhi verify`: re-hash every stored event, rebuild every tree, compare; hold the vault against what the events name, and every
//! file of evidence against its name.

use std::collections::BTreeMap;

use kernel::objects::{ObjectError, Objects};
use law::sealed;
use ledger::{Config, VerifyError};
use uuid::Uuid;
use vault::Held;

use crate::{
    Failure, bar, cli,
    copy::{EVIDENCE, Ledger},
    server,
    services::profiles,
};

/// Most problems of the vault, or of the evidence, that are listed.
const PROBLEMS_MAX: usize = 100;

pub(crate) async fn run(options: &cli::Verify) -> Result<(), Failure> {
    let services = || profiles().into_iter().map(|profile| profile.service);
    let found = ledgers(&options.store, services()).await?;
    let problems = found.problems + vault(&options.store, services()).await? + evidence(&options.store).await?;
    sound(problems)
}

/// An error if there is a problem.
pub(crate) fn sound(problems: u64) -> Result<(), Failure> {
    match problems {
        0 => Ok(()),
        _ => Err(format!("{problems} problems found; do not use this data, restore it from a copy").into()),
    }
}

/// The ledgers as they were found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) ledgers: BTreeMap<String, Ledger>,
    pub(crate) problems: u64,
}

/// Hashes every event again and rebuilds every tree, and tells what was found.
pub(crate) async fn ledgers<'s>(store: &cli::Store, services: impl Iterator<Item = &'s str>) -> Result<Found, Failure> {
    let mut found = Found::default();
    for service in services {
        let config = Config::new(service, store.region.as_str(), server::ledger_url(store));
        let bar = bar::events(service);
        let report = ledger::verify(&config, &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await
        .map_err(|e: VerifyError| Failure::from(format!("{service}: {}", kernel::error::chain(&e))))?;
        bar.finish_and_clear();
        let verdict = if report.is_sound() { "sound" } else { "DAMAGED" };
        let ledger = Ledger { events: report.events, root: hex::encode(report.root) };
        println!("{service:12} {verdict}: {} events, {} heads, root {}", ledger.events, report.heads, ledger.root);
        for problem in &report.problems {
            println!("{service:12} {problem}");
        }
        let listed = report.problems.len() as u64;
        if report.problems_total > listed {
            println!("{service:12} and {} more", report.problems_total - listed);
        }
        found.problems += report.problems_total;
        found.ledgers.insert(service.to_owned(), ledger);
    }
    Ok(found)
}

/// Hashes every file of evidence in the data folder again. Answers how many problems there are.
async fn evidence(store: &cli::Store) -> Result<u64, Failure> {
    let Some(objects) = Objects::there(&store.data.join(EVIDENCE)) else { return Ok(0) };
    let all = objects.all().await?;
    let bar = bar::files(EVIDENCE, all.len() as u64);
    let mut damaged = Vec::new();
    for digest in &all {
        match objects.read(digest).await {
            Ok(_) => {}
            Err(ObjectError::Damaged(digest)) => damaged.push(digest),
            Err(e) => return Err(e.into()),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let verdict = if damaged.is_empty() { "sound" } else { "DAMAGED" };
    println!("{EVIDENCE:12} {verdict}: {} files", all.len());
    for digest in damaged.iter().take(PROBLEMS_MAX) {
        println!("{EVIDENCE:12} {digest} has other bytes than its name says");
    }
    Ok(damaged.len() as u64)
}

/// Holds the vault against the record: what an event names as sealed must lie there with its digest, its key shredded or not.
/// Needs no key. Answers how many problems there are.
pub(crate) async fn vault<'s>(store: &cli::Store, services: impl Iterator<Item = &'s str>) -> Result<u64, Failure> {
    let held = vault::held(&server::ledger_url(store)).await;
    let held = held.map_err(|e| Failure::from(format!("vault: {}", kernel::error::chain(&e))))?;
    let mut compared = Compared { held: held.unwrap_or_default(), ..Compared::default() };
    for service in services {
        let config = Config::new(service, store.region.as_str(), server::ledger_url(store));
        let read = ledger::records(&config, &mut |record| compared.take(service, record)).await;
        if let Err(e) = read {
            compared.problem(format!("cannot be held against {service}: {}", kernel::error::chain(&e)));
        }
    }
    let unnamed = compared.held.len() - compared.named.len();
    println!(
        "{:12} {}: {} entries named by events, {} of them shredded, {unnamed} named by none",
        "vault",
        if compared.total == 0 { "sound" } else { "DAMAGED" },
        compared.named.len(),
        compared.named.values().filter(|shredded| **shredded).count(),
    );
    for problem in &compared.problems {
        println!("{:12} {problem}", "vault");
    }
    let listed = compared.problems.len() as u64;
    if compared.total > listed {
        println!("{:12} and {} more", "vault", compared.total - listed);
    }
    Ok(compared.total)
}

/// The vault beside what events say of it.
#[derive(Default)]
struct Compared {
    held: BTreeMap<Uuid, Held>,
    /// What events name and the vault holds, and whether its key was shredded.
    named: BTreeMap<Uuid, bool>,
    total: u64,
    problems: Vec<String>,
}

impl Compared {
    fn take(&mut self, service: &str, record: &ledger::Record) {
        // Most events name nothing; looking for the word keeps the parser from reading them.
        if !record.bytes.contains("\"entry\":") {
            return;
        }
        let data = record.envelope().ok().and_then(|envelope| serde_json::from_str(envelope.data.get()).ok());
        for sealed in data.iter().flat_map(sealed::shredded) {
            if self.held.get(&sealed.entry).is_some_and(|held| !held.shredded) {
                let (index, entry) = (record.log_index, sealed.entry);
                self.problem(format!(
                    "{service} {index} says that {entry} was shredded, but its key is there: shred it again"
                ));
            }
        }
        for sealed in data.iter().flat_map(sealed::named) {
            let at = format!("{service} {} names {}", record.log_index, sealed.entry);
            let Some(held) = self.held.get(&sealed.entry) else {
                self.problem(format!("{at}, which is missing"));
                continue;
            };
            self.named.insert(sealed.entry, held.shredded);
            if held.sha256 != sealed.sha256 {
                self.problem(format!("{at} by another digest than that of what lies there"));
            }
        }
    }

    fn problem(&mut self, what: String) {
        self.total += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(what);
        }
    }
}
