//! The vault's key-encryption key as the operator changes it, with the real program: also when it is stopped half way.

use std::{fs, path::Path, process::Output, sync::Arc};

use ledger::Url;
use uuid::Uuid;
use vault::{KeyEncryption as _, LocalKey, Sealed, Unsealed, Vault};

use crate::process::{Serving, fazhi, one_line, run};

/// A key that is kept elsewhere.
const ELSEWHERE: &str = "3333333333333333333333333333333333333333333333333333333333333333";

fn rewrap(data: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = fazhi(&["vault", "rewrap", "--data"]);
    command.arg(data).args(arguments).envs(settings.iter().copied());
    command.output().expect("the program runs")
}

#[track_caller]
fn succeeded(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn key(data: &Path, file: &str) -> LocalKey {
    LocalKey::from_file(&data.join(file)).expect("a key")
}

/// The vault of a folder that a suite has begun, with what was sealed in it.
async fn sealed(data: &Path) -> Sealed {
    Serving::start(data, None).stop();
    let vault = Vault::open(&Url::Sqlite(data.to_owned()), Arc::new(key(data, "vault.key"))).await.expect("the vault");
    let sealed = vault.seal(Uuid::now_v7(), "name", Uuid::now_v7(), "王小明".as_bytes()).await.expect("sealed");
    vault.close().await;
    sealed
}

/// Whether it is still opened, under this key.
async fn opens(data: &Path, sealed: &Sealed, key: LocalKey) -> bool {
    let vault = Vault::open(&Url::Sqlite(data.to_owned()), Arc::new(key)).await.expect("under this key");
    let opened = vault.unseal(sealed).await.expect("it is there");
    vault.close().await;
    matches!(opened, Unsealed::Plain(plain) if **plain == *"王小明".as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let sealed = sealed(data).await;
    let before = key(data, "vault.key");
    let said = succeeded(&rewrap(data, &[], &["--new-key-file"]));
    let after = key(data, "vault.key");
    assert_ne!(after.id(), before.id());
    assert!(said.contains(&format!("under key {}: 1 persons", after.id())), "{said}");
    assert!(!data.join("vault.key.new").exists());
    assert!(opens(data, &sealed, after).await);
    Serving::start(data, None).stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_was_stopped_is_taken_up_where_it_stood() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let sealed = sealed(data).await;
    // Stopped before the vault went over: the new key lies there, and nothing is under it.
    let new = LocalKey::make(&data.join("vault.key.new")).expect("made").id().to_owned();
    Serving::start(data, None).stop();
    assert!(data.join("vault.key.new").exists());
    succeeded(&rewrap(data, &[], &["--new-key-file"]));
    assert_eq!(key(data, "vault.key").id(), new, "the key that lay there");
    // Stopped behind it: the vault is under the new key, the file is not in its place.
    let new = LocalKey::make(&data.join("vault.key.new")).expect("made");
    let id = new.id().to_owned();
    let url = Url::Sqlite(data.to_owned());
    let mut vault = Vault::open(&url, Arc::new(key(data, "vault.key"))).await.expect("the vault");
    vault.rewrap(Arc::new(new)).await.expect("it goes over");
    vault.close().await;
    Serving::start(data, None).stop();
    assert!(!data.join("vault.key.new").exists());
    assert_eq!(key(data, "vault.key").id(), id);
    assert!(opens(data, &sealed, key(data, "vault.key")).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_kept_elsewhere_is_a_setting() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let sealed = sealed(data).await;
    let elsewhere = || LocalKey::from_hex(ELSEWHERE).expect("a key");
    succeeded(&rewrap(data, &[("FAZHI_VAULT_NEW_KEY", ELSEWHERE)], &[]));
    assert!(opens(data, &sealed, elsewhere()).await);
    // The folder's own key opens it no more, and the program says under which key it is.
    let up = ["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log", "off", "--data"];
    let refused = run(&[&up[..], &[data.to_str().expect("a path")]].concat());
    let line = one_line(&refused, 1);
    assert!(line.contains(&format!("sealed under key {}", elsewhere().id())), "{line}");
    assert!(!line.contains(ELSEWHERE));
    succeeded(&rewrap(data, &[("FAZHI_VAULT_KEY", ELSEWHERE)], &["--new-key-file"]));
    assert!(opens(data, &sealed, key(data, "vault.key")).await);
    assert!(
        one_line(&rewrap(data, &[("FAZHI_VAULT_KEY", ELSEWHERE)], &["--new-key-file"]), 1).contains("sealed under")
    );
    // What lies there in the new key's place is not overwritten, and not taken for one.
    fs::write(data.join("vault.key.new"), "no key").expect("written");
    assert!(one_line(&rewrap(data, &[], &["--new-key-file"]), 1).contains("vault.key.new"));
    assert!(opens(data, &sealed, key(data, "vault.key")).await);
}
