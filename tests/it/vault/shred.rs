//! Shredding: what is gone, what stays, and what a look at the raw files finds.

use std::path::Path;

use stories::suite::Engine;
use uuid::Uuid;
use vault::{Unsealed, VaultError};

use super::place::{Place, name, opened};
use crate::engines::on_both_engines;

on_both_engines! {
    what_is_shredded_is_unreadable_and_still_proves,
    nothing_is_sealed_for_the_shredded,
    takes_only_one_persons_key,
}

async fn what_is_shredded_is_unreadable_and_still_proves(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    let contact = vault.seal(sealed.pseudonym, "contact", Uuid::now_v7(), b"13800000000").await.unwrap();
    // Twice is quiet.
    for _ in 0..2 {
        vault.shred(sealed.pseudonym).await.unwrap();
        for sealed in [&sealed, &contact] {
            assert!(matches!(vault.unseal(sealed).await.unwrap(), Unsealed::Shredded));
        }
    }
    vault.close().await;
    let vault = place.open().await;
    assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Shredded));
    let mut ciphertext = place.ciphertext(&sealed).await;
    ciphertext[30] ^= 1;
    place.set_ciphertext(&sealed, &ciphertext).await;
    assert!(matches!(vault.unseal(&sealed).await, Err(VaultError::Damaged { .. })), "a shredded entry proves no more");
}

async fn nothing_is_sealed_for_the_shredded(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    vault.shred(sealed.pseudonym).await.unwrap();
    // A repeat of the command gets its first answer; a later command finds no key.
    let again = vault.seal(sealed.pseudonym, "name", sealed.id, "王小明".as_bytes()).await.unwrap();
    assert_eq!(again, sealed);
    let unborn = vault.pseudonym(Uuid::now_v7(), "applicant");
    vault.shred(unborn).await.unwrap();
    for person in [sealed.pseudonym, unborn] {
        let refused = vault.seal(person, "contact", Uuid::now_v7(), b"13800000000").await;
        assert!(matches!(refused, Err(VaultError::Shredded { pseudonym }) if pseudonym == person), "{refused:?}");
    }
    assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Shredded), "a key came back");
}

async fn takes_only_one_persons_key(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (sealed, other) = (name(&vault, "王小明").await, name(&vault, "李四").await);
    vault.shred(sealed.pseudonym).await.unwrap();
    assert_eq!(opened(&vault, &other).await.as_deref(), Some("李四"));
}

/// Whether any file of the folder holds these bytes.
fn found(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let stored = std::fs::read(file.unwrap().path()).unwrap();
        stored.windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_ever_holds_the_text_nor_the_key_once_shredded() {
    let place = Place::new(Engine::Sqlite);
    let vault = place.open().await;
    let mut persons = Vec::new();
    for n in 0..60 {
        let text = format!("canary-{n:04}-{}", Uuid::now_v7());
        let sealed = name(&vault, &text).await;
        let pseudonym = place.literal(sealed.pseudonym.as_bytes());
        let wrapped =
            place.bytes(&format!("SELECT wrapped FROM persons WHERE pseudonym = {pseudonym}")).await.remove(0);
        assert!(found(place.folder(), &wrapped) && !found(place.folder(), text.as_bytes()));
        persons.push((sealed, text, wrapped));
    }
    let check = async |shredded: usize| {
        for (n, (sealed, text, wrapped)) in persons.iter().enumerate() {
            assert_eq!(found(place.folder(), wrapped), n >= shredded, "key {n} after {shredded}");
            assert!(!found(place.folder(), text.as_bytes()), "text {n} after {shredded}");
            assert!(found(place.folder(), &place.ciphertext(sealed).await), "ciphertext {n} after {shredded}");
        }
    };
    for (n, (sealed, ..)) in persons.iter().enumerate().take(40) {
        vault.shred(sealed.pseudonym).await.unwrap();
        if n % 13 == 0 {
            check(n + 1).await;
        }
    }
    vault.close().await;
    check(40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_so_when_somebody_reads_the_log_that_holds_the_key() {
    let place = Place::new(Engine::Sqlite);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.folder().join("vault.sqlite"));
    let mut reader = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
    sqlx::raw_sql("BEGIN; SELECT * FROM persons").execute(&mut reader).await.unwrap();
    let lingers = vault.shred(sealed.pseudonym).await;
    assert!(matches!(lingers, Err(VaultError::Lingers)), "{lingers:?}");
    assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Shredded));
    sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
    vault.shred(sealed.pseudonym).await.unwrap();
}

/// As if the process had been killed between deleting the key and emptying the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shredding_that_was_cut_off_is_finished_at_the_next_start() {
    let place = Place::new(Engine::Sqlite);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    let wrapped = place.bytes("SELECT wrapped FROM persons").await.remove(0);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.folder().join("vault.sqlite"));
    let options = options.pragma("secure_delete", "ON");
    let mut conn = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
    sqlx::raw_sql("UPDATE persons SET wrapped = NULL").execute(&mut conn).await.unwrap();
    assert!(found(place.folder(), &wrapped));
    let vault = place.open().await;
    assert!(!found(place.folder(), &wrapped));
    assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Shredded));
}
