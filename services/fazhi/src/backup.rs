//! `fazhi backup`: a copy of a suite while it runs, which proves itself before it counts as one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::{Clock as _, SystemClock};
use ledger::{
    Url,
    cut::{Cut, settle},
};

use crate::{
    Failure, cli,
    copy::{self, Files, KEYS, Manifest, VAULT},
    server,
    services::profiles,
    vault_key, verify,
};

pub(crate) async fn run(options: &cli::Backup) -> Result<(), Failure> {
    let cli::Backup { store, to, .. } = options;
    let keys = options.keys.clone().unwrap_or_else(|| to.join(KEYS));
    for place in [to, &keys] {
        if place.exists() {
            return Err(
                format!("{} is there already; nothing is written over: name a new folder", place.display()).into()
            );
        }
    }
    // Until it is proven it has another name, so that nobody takes half a copy for one.
    let part = fresh(to)?;
    let mut manifest = Manifest::begun(store.region.as_str(), SystemClock.now());
    databases(store, &part, &mut manifest).await?;
    // Evidence after the events that name it: a file is there before its event, and stays.
    manifest.evidence = copy::take_over_evidence(&store.data, &part).await?;
    println!("{:16} {} files", copy::EVIDENCE, manifest.evidence);
    let files = Files::of(&store.data)?;
    manifest.files.extend(copy::take_over(&store.data, &part, &files.plain)?);
    let part_keys = match &options.keys {
        Some(keys) => fresh(keys)?,
        None => part.join(KEYS),
    };
    if !files.secret.is_empty() {
        manifest.keys = copy::take_over(&store.data, &part_keys, &files.secret)?;
    }
    prove(options, &part, &part_keys, &manifest).await?;
    let databases: Vec<String> = manifest.databases().map(|name| format!("{name}.sqlite")).collect();
    for file in databases {
        let digest = copy::digest_of(&part.join(&file))?;
        manifest.files.insert(file, digest);
    }
    manifest.write(&part)?;
    // The keys first: a copy that has its name has its keys.
    if let Some(keys) = &options.keys {
        named(&part_keys, keys)?;
    }
    named(&part, to)?;
    for left in &files.left {
        println!("not copied, because it is no file of a suite: {}", store.data.join(left).display());
    }
    println!("{} holds the suite as of {:.0}, and was verified.", to.display(), manifest.as_of);
    match (manifest.keys.is_empty(), &options.keys) {
        (true, _) => println!("The keys are not in the data folder: keep a copy of them, apart from this one."),
        (false, Some(keys)) => println!("The keys are in {}: keep them apart from the copy.", keys.display()),
        (false, None) => println!(
            "Its folder {KEYS} opens every sealed identity in it: keep that apart (or take it apart with --keys), and never lose it."
        ),
    }
    Ok(())
}

/// Makes the folder that will be `to`, without what an earlier try left there.
fn fresh(to: &Path) -> Result<PathBuf, Failure> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = to.with_file_name(name);
    if part.exists() {
        fs::remove_dir_all(&part)
            .map_err(|e| format!("cannot remove {}, left by an earlier try: {e}", part.display()))?;
    }
    copy::make_folder(&part)?;
    Ok(part)
}

/// Gives a folder its name, for good.
fn named(part: &Path, to: &Path) -> Result<(), Failure> {
    let moved = fs::File::open(part).and_then(|folder| folder.sync_all()).and_then(|()| fs::rename(part, to));
    moved.map_err(|e| format!("cannot name the copy {}: {e}", to.display()).into())
}

/// Ledgers and vault, as of one moment.
async fn databases(store: &cli::Store, to: &Path, manifest: &mut Manifest) -> Result<(), Failure> {
    let services: Vec<&str> = profiles().iter().map(|profile| profile.service).collect();
    let names: Vec<&str> = services.iter().copied().chain([VAULT]).collect();
    let mut cut = Cut::take(&server::ledger_url(store), &names).await.map_err(told)?;
    manifest.as_of = SystemClock.now();
    let target = Url::Sqlite(to.to_owned());
    for service in services {
        if !cut.has(service) {
            println!("{service:16} nothing to copy");
            continue;
        }
        let head = copy::ledger(&mut cut, service, store.region.as_str(), &target).await?;
        let ledger = copy::Ledger { events: head.size, root: hex::encode(head.root) };
        println!("{service:16} {} events, root {}", ledger.events, ledger.root);
        manifest.ledgers.insert(service.to_owned(), ledger);
    }
    manifest.vault_rows = vault::copy(&mut cut, &target).await.map_err(told)?;
    println!("{VAULT:16} {} rows", manifest.vault_rows);
    cut.close().await;
    match manifest.ledgers.is_empty() {
        true => Err("there is no ledger: say with --data or --database-url where the suite is".into()),
        false => Ok(()),
    }
}

/// Opens the vault with the key that goes with it, and hashes all again where it lies now.
async fn prove(options: &cli::Backup, part: &Path, keys: &Path, manifest: &Manifest) -> Result<(), Failure> {
    if manifest.vault_rows > 0 && !vault_key::try_out(part, keys, options.vault_key.as_ref()).await? {
        println!("{VAULT:16} not tried: its key is neither in the data folder nor given");
    }
    for name in manifest.databases() {
        settle(part, name).await.map_err(told)?;
    }
    let store = cli::Store { data: part.to_owned(), database_url: None, region: options.store.region.clone() };
    let found = verify::ledgers(&store, manifest.ledgers.keys().map(String::as_str)).await?;
    let problems = verify::vault(&store, manifest.ledgers.keys().map(String::as_str)).await?;
    verify::sound(found.problems + problems)?;
    match found.ledgers == manifest.ledgers {
        true => Ok(()),
        false => Err("the copy is not what was copied; try again".into()),
    }
}

fn told(e: impl std::error::Error + 'static) -> Failure {
    kernel::error::chain(&e).into()
}
