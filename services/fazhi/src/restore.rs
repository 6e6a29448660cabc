//! `fazhi restore`: a suite out of a copy, into a data folder or into Postgres, where there is none.

use std::path::PathBuf;

use ledger::cut::Cut;

use crate::{
    Failure, cli,
    copy::{self, KEYS, Manifest, VAULT},
    server,
    services::profiles,
    verify,
};

pub(crate) async fn run(options: &cli::Restore) -> Result<(), Failure> {
    let manifest = Manifest::read(&options.from)?;
    let region = manifest.region.parse().map_err(|e| format!("{}: {e}", copy::MANIFEST))?;
    let store = cli::Store { data: options.data.clone(), database_url: options.database_url.clone(), region };
    let url = server::ledger_url(&store);
    let keys = Some(options.keys.clone().unwrap_or_else(|| options.from.join(KEYS))).filter(|keys| keys.exists());
    if keys.is_none() && !manifest.keys.is_empty() {
        return Err("the keys are not with the copy: say with --keys where they are".into());
    }
    manifest.check_files(&options.from, keys.as_deref())?;
    copy::make_folder(&store.data)?;
    // Keys first: if another suite's lie there, nothing has been done yet.
    if let Some(keys) = &keys {
        copy::take_over(keys, &store.data, &places(&manifest.keys))?;
    }
    copy::take_over(&options.from, &store.data, &places_of_plain(&manifest))?;
    let services: Vec<&str> = profiles()
        .iter()
        .map(|profile| profile.service)
        .filter(|service| manifest.ledgers.contains_key(*service))
        .collect();
    if services.len() != manifest.ledgers.len() {
        return Err(
            "the copy holds the ledger of a service that this program does not know; take the version that made it"
                .into(),
        );
    }
    let names: Vec<&str> = services.iter().copied().chain([VAULT]).collect();
    let mut cut = Cut::still(&options.from, &names).await.map_err(|e| kernel::error::chain(&e))?;
    for service in &services {
        copy::ledger(&mut cut, service, store.region.as_str(), &url).await?;
    }
    vault::copy(&mut cut, &url).await.map_err(|e| format!("{VAULT}: {}", kernel::error::chain(&e)))?;
    cut.close().await;
    let evidence = copy::take_over_evidence(&options.from, &store.data).await?;
    let found = verify::ledgers(&store, services.iter().copied()).await?;
    verify::sound(found.problems + verify::vault(&store, services.iter().copied()).await?)?;
    if found.ledgers != manifest.ledgers || evidence != manifest.evidence {
        return Err("what was restored is not what was copied; do not use it".into());
    }
    println!("Restored: the suite as of {:.0}. What was recorded later is not in it.", manifest.as_of);
    if store.database_url.is_some() {
        println!("If NATS has later events, no service takes a command: empty it before they start (runbook).");
    }
    Ok(())
}

fn places(files: &std::collections::BTreeMap<String, String>) -> Vec<PathBuf> {
    files.keys().map(PathBuf::from).collect()
}

/// The files that are no databases.
fn places_of_plain(manifest: &Manifest) -> Vec<PathBuf> {
    manifest.files.keys().filter(|name| !name.ends_with(".sqlite")).map(PathBuf::from).collect()
}
