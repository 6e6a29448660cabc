//! The key-encryption key: the wrong one, another one, and the way from one to the next.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use stories::suite::Engine;
use uuid::Uuid;
use vault::{DataKey, KeyEncryption, KeyError, LocalKey, OpenError, Sealed, Unsealed, Vault, VaultError};

use super::place::{KEY, NEW_KEY, Place, name, opened};
use crate::engines::on_both_engines;

on_both_engines! {
    refuses_another_key_at_once,
    refuses_a_key_of_the_right_name,
    goes_over_to_a_new_key_and_changes_nothing_else,
    a_rewrap_that_fails_half_way_changes_nothing,
    a_rewrap_that_is_dropped_half_way_changes_nothing,
    makes_no_key_under_a_key_that_was_left,
    refuses_a_newer_schema,
    is_copied_whole_and_never_over_another,
}

/// A key service that fails, or never answers, after so many calls.
struct Unsteady {
    key: LocalKey,
    id: String,
    wraps_left: AtomicU32,
    answers: bool,
}

impl Unsteady {
    fn new(key: &str, wraps_left: u32, answers: bool) -> Self {
        let key = LocalKey::from_hex(key).unwrap();
        Self { id: key.id().to_owned(), key, wraps_left: AtomicU32::new(wraps_left), answers }
    }
}

#[async_trait]
impl KeyEncryption for Unsteady {
    fn id(&self) -> &str {
        &self.id
    }

    async fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Vec<u8>, KeyError> {
        if self.wraps_left.fetch_sub(1, Ordering::SeqCst) > 0 {
            return self.key.wrap(key, context).await;
        }
        if !self.answers {
            std::future::pending::<()>().await;
        }
        Err(KeyError::Unavailable("no answer".into()))
    }

    async fn unwrap(&self, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KeyError> {
        self.key.unwrap(wrapped, context).await
    }
}

/// A vault with three persons, one of them shredded.
async fn filled(place: &Place) -> (Vault, [Sealed; 3]) {
    let vault = place.open().await;
    let all = [name(&vault, "王小明").await, name(&vault, "李四").await, name(&vault, "张三").await];
    vault.shred(all[2].pseudonym).await.unwrap();
    (vault, all)
}

async fn check(vault: &Vault, all: &[Sealed; 3]) {
    assert_eq!(opened(vault, &all[0]).await.as_deref(), Some("王小明"));
    assert_eq!(opened(vault, &all[1]).await.as_deref(), Some("李四"));
    assert!(matches!(vault.unseal(&all[2]).await.unwrap(), Unsealed::Shredded));
}

async fn refuses_another_key_at_once(engine: Engine) {
    let place = Place::new(engine);
    place.open().await.close().await;
    let (right, wrong) = (LocalKey::from_hex(KEY).unwrap(), LocalKey::from_hex(NEW_KEY).unwrap());
    let refused = place.try_open(NEW_KEY).await.unwrap_err();
    assert!(matches!(refused, OpenError::OtherKey { .. }), "{refused:?}");
    let want = format!("the vault is sealed under key {}, not under {}", right.id(), wrong.id());
    assert_eq!(refused.to_string(), want);
}

/// Another key with the name of the right one is told by what it does not open.
async fn refuses_a_key_of_the_right_name(engine: Engine) {
    let place = Place::new(engine);
    place.open().await.close().await;
    let id = LocalKey::from_hex(KEY).unwrap().id().to_owned();
    let impostor = Unsteady { id, ..Unsteady::new(NEW_KEY, 9, true) };
    let refused = Vault::open(&place.url, Arc::new(impostor)).await.unwrap_err();
    assert!(matches!(refused, OpenError::Key(KeyError::Refused { .. })), "{refused:?}");
}

async fn goes_over_to_a_new_key_and_changes_nothing_else(engine: Engine) {
    let place = Place::new(engine);
    let (mut vault, all) = filled(&place).await;
    let command = Uuid::now_v7();
    let pseudonym = vault.pseudonym(command, "applicant");
    assert_eq!(vault.rewrap(Arc::new(LocalKey::from_hex(NEW_KEY).unwrap())).await.unwrap(), 2);
    check(&vault, &all).await;
    let later = name(&vault, "赵六").await;
    vault.close().await;
    assert!(matches!(place.try_open(KEY).await, Err(OpenError::OtherKey { .. })));
    let vault = place.try_open(NEW_KEY).await.unwrap();
    check(&vault, &all).await;
    assert_eq!(opened(&vault, &later).await.as_deref(), Some("赵六"));
    assert_eq!(vault.pseudonym(command, "applicant"), pseudonym, "a repeated command would be another person");
}

async fn a_rewrap_that_fails_half_way_changes_nothing(engine: Engine) {
    let place = Place::new(engine);
    let (mut vault, all) = filled(&place).await;
    for wraps in 0..3 {
        let failed = vault.rewrap(Arc::new(Unsteady::new(NEW_KEY, wraps, true))).await;
        assert!(matches!(failed, Err(VaultError::Key(KeyError::Unavailable(_)))), "{failed:?}");
        check(&vault, &all).await;
    }
    name(&vault, "赵六").await;
    check(&place.open().await, &all).await;
    // Again, it goes through.
    assert_eq!(vault.rewrap(Arc::new(Unsteady::new(NEW_KEY, 4, true))).await.unwrap(), 3);
    check(&place.try_open(NEW_KEY).await.unwrap(), &all).await;
}

async fn a_rewrap_that_is_dropped_half_way_changes_nothing(engine: Engine) {
    let place = Place::new(engine);
    let (mut vault, all) = filled(&place).await;
    let key = Arc::new(Unsteady::new(NEW_KEY, 2, false));
    tokio::select! {
        done = vault.rewrap(key.clone()) => panic!("{done:?}"),
        () = reached(&key) => {}
    }
    check(&vault, &all).await;
    name(&vault, "赵六").await;
    vault.close().await;
    check(&place.open().await, &all).await;
}

/// Waits until the key has answered as often as it ever will.
async fn reached(key: &Unsteady) {
    while key.wraps_left.load(Ordering::SeqCst) != u32::MAX {
        tokio::task::yield_now().await;
    }
}

/// Another process rotated the key: what is asked of this one under the old key fails, and says why.
async fn makes_no_key_under_a_key_that_was_left(engine: Engine) {
    let place = Place::new(engine);
    let (old, all) = filled(&place).await;
    let mut other = place.open().await;
    other.rewrap(Arc::new(LocalKey::from_hex(NEW_KEY).unwrap())).await.unwrap();
    let refused = old.seal(Uuid::now_v7(), "name", Uuid::now_v7(), b"text").await;
    assert!(matches!(refused, Err(VaultError::OtherKey { .. })), "{refused:?}");
    assert!(matches!(old.unseal(&all[0]).await, Err(VaultError::Key(KeyError::Refused { .. }))));
    let mut old = old;
    let refused = old.rewrap(Arc::new(LocalKey::from_hex(&"22".repeat(32)).unwrap())).await;
    assert!(matches!(refused, Err(VaultError::OtherKey { .. })), "{refused:?}");
    check(&other, &all).await;
}

async fn refuses_a_newer_schema(engine: Engine) {
    let place = Place::new(engine);
    place.open().await.close().await;
    place.sql("INSERT INTO versions (version) VALUES (3)").await;
    let refused = place.try_open(KEY).await.unwrap_err();
    assert_eq!(refused.to_string(), "the vault has schema version 3, newer than version 2 of this program");
}

async fn is_copied_whole_and_never_over_another(engine: Engine) {
    let (place, other, empty) = (Place::new(engine), Place::new(engine), Place::new(engine));
    let (vault, all) = filled(&place).await;
    vault.close().await;
    other.open().await.close().await;
    assert!(matches!(copied(&place.url, &other.url).await, Err(OpenError::Other)));
    let rows = copied(&place.url, &empty.url).await.unwrap();
    assert_eq!(copied(&place.url, &empty.url).await.unwrap(), rows, "and once more");
    check(&empty.open().await, &all).await;
}

#[test]
fn a_key_file_is_made_once_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.key");
    let made = LocalKey::from_file(&path).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(LocalKey::from_file(&path).unwrap().id(), made.id());
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(LocalKey::from_hex(&text).unwrap().id(), made.id());
    let other = LocalKey::from_file(&folder.path().join("other.key")).unwrap();
    assert_ne!(other.id(), made.id());
}

#[test]
fn refuses_a_key_file_that_others_may_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.key");
    LocalKey::from_file(&path).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o700] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let refused = LocalKey::from_file(&path).unwrap_err();
        assert!(matches!(refused, KeyError::Exposed { mode: found, .. } if found == mode), "{refused:?}");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    LocalKey::from_file(&path).unwrap();
}

#[test]
fn refuses_what_is_no_key_and_does_not_repeat_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.key");
    for text in ["", "secret", &KEY[1..], &format!("{KEY}0f")] {
        assert!(matches!(LocalKey::from_hex(text), Err(KeyError::Malformed)));
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(LocalKey::from_file(&path), Err(KeyError::Malformed)));
    }
    let missing = LocalKey::from_file(&folder.path().join("none/vault.key")).unwrap_err();
    assert!(matches!(missing, KeyError::Io { .. }), "{missing:?}");
}

#[tokio::test]
async fn the_file_is_its_owners_only() {
    let place = Place::new(Engine::Sqlite);
    let vault = place.open().await;
    name(&vault, "王小明").await;
    let files = std::fs::read_dir(place.folder()).unwrap().map(Result::unwrap);
    let modes: Vec<_> =
        files.map(|file| (file.file_name(), file.metadata().unwrap().permissions().mode() & 0o777)).collect();
    assert!(modes.len() >= 2 && modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
}

async fn copied(from: &ledger::Url, to: &ledger::Url) -> Result<u64, OpenError> {
    let mut cut = ledger::cut::Cut::take(from, &["vault"]).await?;
    let rows = vault::copy(&mut cut, to).await;
    cut.close().await;
    rows
}
