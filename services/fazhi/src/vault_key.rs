//! The vault's key-encryption key: where it comes from, and how it is changed.
//!
//! It stands in the folder's `vault.key`, or in a setting. Changed, the new one is in `vault.key.new` first, then the vault goes
//! over to it in one transaction, then the file takes its place: stopped anywhere between, the next start finds the one of the
//! two that opens the vault.

use std::{fmt, fs, io, path::Path, str::FromStr, sync::Arc};

use ledger::Url;
use vault::{KeyEncryption as _, LocalKey, OpenError, Vault, VaultError};
use zeroize::Zeroizing;

use crate::{Failure, cli, server::ledger_url};

/// Wraps the keys of the vault: whoever has it and the vault can read identities, so it is kept apart in every copy.
pub(crate) const KEY: &str = "vault.key";
/// The key that the vault goes over to.
const NEW_KEY: &str = "vault.key.new";

/// A key-encryption key as a setting gives it: 64 hexadecimal digits, shown nowhere.
#[derive(Clone)]
pub struct Key(Zeroizing<String>);

impl Key {
    /// The bytes that the digits stand for.
    pub(crate) fn bytes(&self) -> Result<[u8; 32], Failure> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(self.0.trim(), &mut bytes)?;
        Ok(bytes)
    }
}

impl FromStr for Key {
    type Err = vault::KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        LocalKey::from_hex(text).map(|_| Self(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

fn told(e: &(dyn std::error::Error + 'static)) -> Failure {
    format!("the vault: {}", kernel::error::chain(e)).into()
}

/// The vault beside the ledgers, under the key given, or the folder's own.
pub(crate) async fn open(store: &cli::Store, key: Option<&Key>) -> Result<Vault, Failure> {
    open_under(ledger_url(store), &store.data, key).await
}

/// Opens the vault of a copy with the key that goes with it, and closes it again; false if there is no such key to try.
pub(crate) async fn try_out(copy: &Path, keys: &Path, key: Option<&Key>) -> Result<bool, Failure> {
    if key.is_none() && !keys.join(KEY).exists() {
        return Ok(false);
    }
    open_under(Url::Sqlite(copy.to_owned()), keys, key).await?.close().await;
    Ok(true)
}

async fn open_under(url: Url, folder: &Path, key: Option<&Key>) -> Result<Vault, Failure> {
    if let Some(Key(hex)) = key {
        let key = LocalKey::from_hex(hex).map_err(|e| told(&e))?;
        return Vault::open(&url, Arc::new(key)).await.map_err(|e| told(&e));
    }
    let (file, new) = (folder.join(KEY), folder.join(NEW_KEY));
    let key = LocalKey::from_file(&file).map_err(|e| told(&e))?;
    let refused = match Vault::open(&url, Arc::new(key)).await {
        Err(refused @ OpenError::OtherKey { .. }) if new.exists() => refused,
        opened => return opened.map_err(|e| told(&e)),
    };
    // A change of the key that was stopped behind its transaction.
    let key = LocalKey::from_file(&new).map_err(|e| told(&e))?;
    match Vault::open(&url, Arc::new(key)).await {
        Ok(vault) => {
            take_place(&new, &file)?;
            Ok(vault)
        }
        Err(OpenError::OtherKey { .. }) => Err(told(&refused)),
        Err(e) => Err(told(&e)),
    }
}

/// Puts the vault under a new key: one drawn for the folder, or the one given.
pub(crate) async fn rewrap(options: &cli::Rewrap) -> Result<(), Failure> {
    let (store, folder) = (&options.store, &options.store.data);
    let mut vault = open(store, options.vault_key.as_ref()).await?;
    let new_file = folder.join(NEW_KEY);
    let new = match &options.new_key {
        Some(Key(hex)) => LocalKey::from_hex(hex),
        // Left behind by a change that was stopped before its transaction: nothing is under it.
        None if new_file.exists() => LocalKey::from_file(&new_file),
        None => LocalKey::make(&new_file),
    };
    let new = new.map_err(|e| told(&e))?;
    let id = new.id().to_owned();
    let done = vault.rewrap(Arc::new(new)).await;
    vault.close().await;
    let (count, lingers) = match done {
        Ok(count) => (Some(count), false),
        // It is done all the same; only the log has not been emptied.
        Err(VaultError::Lingers) => (None, true),
        Err(e) => return Err(told(&e)),
    };
    if options.new_key.is_none() {
        take_place(&new_file, &folder.join(KEY))?;
    }
    match count {
        Some(count) => println!("the vault is under key {id}: {count} persons"),
        None => println!("the vault is under key {id}"),
    }
    println!("destroy every copy of the key before; until then, older copies of the vault can be opened with it");
    if lingers {
        return Err("the write-ahead log was in use and may hold old wrappings: stop whoever reads the vault, and start the suite once".into());
    }
    Ok(())
}

/// The new key file takes the place of the one before, for good.
fn take_place(new: &Path, file: &Path) -> Result<(), Failure> {
    let moved = fs::rename(new, file).and_then(|()| sync(file));
    moved.map_err(|e| format!("cannot put {} in place of {}: {e}", new.display(), file.display()).into())
}

fn sync(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}
