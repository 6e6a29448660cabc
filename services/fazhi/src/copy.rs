//! What a copy of a suite is: a folder of the same shape as a data folder, which says of itself what it holds.
//!
//! `copy.toml` names every database with its root or its rows, and every other file with its digest. It is written last:
//! a folder without it is no copy.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use kernel::objects::Objects;
use ledger::{Config, Head, Url, cut::Cut};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Failure, bar};

/// The file by which a folder is a copy.
pub(crate) const MANIFEST: &str = "copy.toml";
/// Folder of the evidence, in a data folder and in a copy.
pub(crate) const EVIDENCE: &str = "evidence";
/// Folder of the keys in a copy, unless they are kept elsewhere.
pub(crate) const KEYS: &str = "keys";
/// The vault among the databases.
pub(crate) const VAULT: &str = "vault";
/// The version of this layout.
const FORMAT: u32 = 1;
/// A larger file is none of a suite's.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// Folder of a data folder, beside its files, that belongs into a copy.
const CALENDAR: &str = "calendar";

/// What a copy holds.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    format: u32,
    /// When its databases were as they are in it.
    pub(crate) as_of: Timestamp,
    /// Version of the program that made it.
    pub(crate) made_by: String,
    /// Region of its ledgers.
    pub(crate) region: String,
    /// By service.
    pub(crate) ledgers: BTreeMap<String, Ledger>,
    /// How many rows the vault has.
    pub(crate) vault_rows: u64,
    /// How many objects the evidence has: each is named by its digest.
    pub(crate) evidence: u64,
    /// SHA-256 of every other file, the databases included, hex.
    pub(crate) files: BTreeMap<String, String>,
    /// The same of the keys.
    pub(crate) keys: BTreeMap<String, String>,
}

/// One ledger.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) events: u64,
    pub(crate) root: String,
}

impl Manifest {
    /// Of a copy that is begun.
    pub(crate) fn begun(region: &str, as_of: Timestamp) -> Self {
        Self {
            format: FORMAT,
            as_of,
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            region: region.to_owned(),
            ledgers: BTreeMap::new(),
            vault_rows: 0,
            evidence: 0,
            files: BTreeMap::new(),
            keys: BTreeMap::new(),
        }
    }

    /// The databases that are there.
    pub(crate) fn databases(&self) -> impl Iterator<Item = &str> {
        let vault = (self.vault_rows > 0).then_some(VAULT);
        self.ledgers.keys().map(String::as_str).chain(vault)
    }

    /// Reads what a folder says of itself.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let file = folder.join(MANIFEST);
        let text = fs::read_to_string(&file)
            .map_err(|e| format!("{} is no copy made by `fazhi backup`: {MANIFEST}: {e}", folder.display()))?;
        let manifest: Self = toml::from_str(&text).map_err(|e| format!("{}: {}", file.display(), e.message()))?;
        match manifest.format {
            FORMAT => Ok(manifest),
            found => Err(format!("{} has layout {found}; this program knows {FORMAT}", file.display()).into()),
        }
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        write_new(&folder.join(MANIFEST), toml::to_string(self)?.as_bytes())
    }

    /// Compares every file with its digest, before anything is made of it.
    pub(crate) fn check_files(&self, folder: &Path, keys: Option<&Path>) -> Result<(), Failure> {
        for (folder, files) in [(Some(folder), &self.files), (keys, &self.keys)] {
            let Some(folder) = folder else { continue };
            for (name, digest) in files {
                let file = folder.join(name);
                if digest_of(&file)? != *digest {
                    return Err(
                        format!("{} has changed since the copy was made; take another copy", file.display()).into()
                    );
                }
            }
        }
        Ok(())
    }
}

/// Copies the ledger of a service, with a bar on the terminal.
pub(crate) async fn ledger(cut: &mut Cut, service: &str, region: &str, to: &Url) -> Result<Head, Failure> {
    let config = Config::new(service, region, to.clone());
    let bar = bar::events(service);
    let mut progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let head = ledger::copy(cut, &config, &mut progress).await;
    bar.finish_and_clear();
    head.map_err(|e| format!("{service}: {}", kernel::error::chain(&e)).into())
}

/// The SHA-256 of a file, hex.
pub(crate) fn digest_of(file: &Path) -> Result<String, Failure> {
    let mut hasher = Sha256::new();
    let hashed = fs::File::open(file).and_then(|mut open| io::copy(&mut open, &mut hasher));
    hashed.map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    Ok(hex::encode(hasher.finalize()))
}

/// Makes a folder for its owner only, and what is above it.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| format!("cannot make the folder {}: {e}", folder.display()).into())
}

/// Writes a file that is not there, for its owner only, and makes it last.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = fs::File::options().write(true).create_new(true).mode(0o600).open(file).and_then(|mut open| {
        open.write_all(bytes)?;
        open.sync_all()
    });
    written.map_err(|e| format!("cannot write {}: {e}", file.display()).into())
}

/// The files of a data folder that are neither databases nor evidence, by their place in it; those that are secret apart.
pub(crate) struct Files {
    pub(crate) plain: Vec<PathBuf>,
    pub(crate) secret: Vec<PathBuf>,
    /// Too large to be one of a suite's.
    pub(crate) left: Vec<PathBuf>,
}

impl Files {
    pub(crate) fn of(data: &Path) -> Result<Self, Failure> {
        let mut files = Self { plain: Vec::new(), secret: Vec::new(), left: Vec::new() };
        for folder in ["", CALENDAR] {
            let Ok(entries) = fs::read_dir(data.join(folder)) else { continue };
            for entry in entries {
                let entry = entry?;
                let (name, metadata) = (entry.file_name().to_string_lossy().into_owned(), entry.metadata()?);
                let ends = |with: &[&str]| with.iter().any(|end| name.ends_with(end));
                let is_database = ends(&[".sqlite", ".sqlite-wal", ".sqlite-shm", ".lock"]);
                if !metadata.is_file() || is_database || name == MANIFEST {
                    continue;
                }
                let place = Path::new(folder).join(&name);
                match metadata.len() {
                    FILE_BYTES_MAX.. => files.left.push(place),
                    _ if ends(&[".key", ".pem", ".new"]) => files.secret.push(place),
                    _ => files.plain.push(place),
                }
            }
        }
        files.plain.sort();
        files.secret.sort();
        Ok(files)
    }
}

/// Takes files over into a folder. One that is there already must be the same. Answers their digests.
pub(crate) fn take_over(from: &Path, to: &Path, files: &[PathBuf]) -> Result<BTreeMap<String, String>, Failure> {
    let mut digests = BTreeMap::new();
    for place in files {
        let (source, target) = (from.join(place), to.join(place));
        let bytes = fs::read(&source).map_err(|e| format!("cannot read {}: {e}", source.display()))?;
        if let Some(folder) = target.parent() {
            make_folder(folder)?;
        }
        if target.exists() {
            if digest_of(&target)? != hex::encode(Sha256::digest(&bytes)) {
                return Err(format!("{} is there and is another one; nothing is written over", target.display()).into());
            }
        } else {
            write_new(&target, &bytes)?;
        }
        digests.insert(place.to_string_lossy().into_owned(), hex::encode(Sha256::digest(&bytes)));
    }
    Ok(digests)
}

/// Takes the evidence of a folder over into another one, each object held against its name. Answers how many there are.
pub(crate) async fn take_over_evidence(from: &Path, to: &Path) -> Result<u64, Failure> {
    let Some(source) = Objects::there(&from.join(EVIDENCE)) else { return Ok(0) };
    make_folder(&to.join(EVIDENCE))?;
    let target = Objects::open(&to.join(EVIDENCE)).await?;
    let all = source.all().await?;
    let bar = bar::files(EVIDENCE, all.len() as u64);
    for digest in &all {
        target.take_over(&source, digest).await?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(all.len() as u64)
}
