//! Sealing and opening: what comes back, what is refused, and what was meddled with.

use std::sync::Arc;

use futures::future::join_all;
use stories::suite::Engine;
use uuid::Uuid;
use vault::{KeyError, PART_BYTES_MAX, PLAIN_BYTES_MAX, Sealed, Unsealed, VaultError};

use super::place::{Place, name, opened};
use crate::engines::on_both_engines;

on_both_engines! {
    opens_what_was_sealed_and_after_a_restart,
    a_repeat_is_answered_alike_and_stores_nothing,
    an_id_never_stands_for_two_things,
    refuses_what_is_too_long,
    seals_once_however_many_do_it_at_once,
    tells_nothing_by_length,
    a_ciphertext_opens_in_its_own_place_only,
    a_flipped_bit_is_damage,
    a_key_opens_for_its_own_person_only,
    what_is_discarded_is_unknown_and_may_be_sealed_again,
    a_pseudonym_is_the_same_for_a_repeat_and_another_for_everything_else,
}

async fn opens_what_was_sealed_and_after_a_restart(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let long = "长".repeat(PLAIN_BYTES_MAX / 3);
    let mut all = Vec::new();
    for text in ["", "王小明", "a\0b", &long] {
        all.push((name(&vault, text).await, text));
    }
    for (sealed, text) in &all {
        assert_eq!(opened(&vault, sealed).await.as_deref(), Some(*text));
    }
    vault.close().await;
    let vault = place.open().await;
    for (sealed, text) in &all {
        assert_eq!(opened(&vault, sealed).await.as_deref(), Some(*text));
    }
    let unknown = Sealed { id: Uuid::now_v7(), ..all[0].0.clone() };
    assert!(matches!(vault.unseal(&unknown).await.unwrap(), Unsealed::Unknown));
}

async fn a_repeat_is_answered_alike_and_stores_nothing(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    let again = vault.seal(sealed.pseudonym, "name", sealed.id, "王小明".as_bytes()).await.unwrap();
    assert_eq!(again, sealed);
    assert_eq!(place.bytes("SELECT id FROM entries").await.len(), 1);
    assert_eq!(place.bytes("SELECT pseudonym FROM persons").await.len(), 1);
}

async fn an_id_never_stands_for_two_things(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (sealed, other) = (name(&vault, "王小明").await, name(&vault, "李四").await);
    for (pseudonym, part, text) in [
        (sealed.pseudonym, "name", "王小红"),
        (sealed.pseudonym, "contact", "王小明"),
        (other.pseudonym, "name", "王小明"),
        (Uuid::now_v7(), "name", "王小明"),
    ] {
        let refused = vault.seal(pseudonym, part, sealed.id, text.as_bytes()).await;
        assert!(matches!(refused, Err(VaultError::Reused { id }) if id == sealed.id), "{refused:?}");
    }
    assert_eq!(opened(&vault, &sealed).await.as_deref(), Some("王小明"));
    assert_eq!(place.bytes("SELECT pseudonym FROM persons").await.len(), 2, "a refused seal left a key");
}

async fn refuses_what_is_too_long(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (person, id) = (Uuid::now_v7(), Uuid::now_v7());
    let (longest, longest_part) = (vec![1; PLAIN_BYTES_MAX], "p".repeat(PART_BYTES_MAX));
    let sealed = vault.seal(person, &longest_part, id, &longest).await.unwrap();
    assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Plain(plain) if *plain == longest));
    for (part, size) in [("name", PLAIN_BYTES_MAX + 1), ("", 1), (&format!("{longest_part}p"), 1)] {
        let refused = vault.seal(person, part, Uuid::now_v7(), &vec![1; size]).await;
        assert!(matches!(refused, Err(VaultError::Invalid(_))), "{refused:?}");
    }
}

async fn seals_once_however_many_do_it_at_once(engine: Engine) {
    let place = Place::new(engine);
    // Two vaults, as two processes would have.
    let vaults = [Arc::new(place.open().await), Arc::new(place.open().await)];
    let person = Uuid::now_v7();
    let ids: Vec<Uuid> = (0..4).map(|_| Uuid::now_v7()).collect();
    let tasks = (0..32).map(|n| {
        let (vault, id) = (vaults[n % 2].clone(), ids[n / 2 % ids.len()]);
        tokio::spawn(async move { vault.seal(person, "name", id, id.as_bytes()).await.unwrap() })
    });
    let all: Vec<Sealed> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    for sealed in &all {
        assert!(all.iter().all(|other| (other.id == sealed.id) == (other == sealed)));
        assert!(
            matches!(vaults[0].unseal(sealed).await.unwrap(), Unsealed::Plain(plain) if *plain == sealed.id.as_bytes())
        );
    }
    assert_eq!(place.bytes("SELECT id FROM entries").await.len(), 4);
    assert_eq!(place.bytes("SELECT wrapped FROM persons").await.len(), 1);
}

async fn tells_nothing_by_length(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    for text in ["", "王五", "阿依古丽·买买提江", "一".repeat(80).as_str()] {
        name(&vault, text).await;
    }
    let sizes: Vec<usize> = place.bytes("SELECT ciphertext FROM entries").await.iter().map(Vec::len).collect();
    assert_eq!(sizes, [sizes[0]; 4]);
}

async fn a_ciphertext_opens_in_its_own_place_only(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let one = name(&vault, "王小明").await;
    let other = name(&vault, "李四").await;
    let contact = vault.seal(one.pseudonym, "contact", Uuid::now_v7(), b"13800000000").await.unwrap();
    let newer = vault.seal(one.pseudonym, "name", Uuid::now_v7(), "王大明".as_bytes()).await.unwrap();
    let moved = place.ciphertext(&one).await;
    for target in [&other, &contact, &newer] {
        place.set_ciphertext(target, &moved).await;
        // Not under the digest of the record, and not even if the record held the digest of what was moved here.
        for sealed in [target.clone(), Sealed { sha256: one.sha256.clone(), ..target.clone() }] {
            let refused = vault.unseal(&sealed).await;
            assert!(matches!(refused, Err(VaultError::Damaged { id }) if id == target.id), "{refused:?}");
        }
    }
    // A record that claims another part or another person opens nothing, either.
    let part = Sealed { part: "contact".to_owned(), ..one.clone() };
    assert!(matches!(vault.unseal(&part).await, Err(VaultError::Damaged { .. })));
    let person = Sealed { pseudonym: other.pseudonym, ..one.clone() };
    assert!(matches!(vault.unseal(&person).await, Err(VaultError::Key(KeyError::Refused { .. }))));
    assert_eq!(opened(&vault, &one).await.as_deref(), Some("王小明"));
}

async fn a_flipped_bit_is_damage(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let sealed = name(&vault, "王小明").await;
    let mut ciphertext = place.ciphertext(&sealed).await;
    for at in [0, 24, ciphertext.len() - 1] {
        ciphertext[at] ^= 1;
        place.set_ciphertext(&sealed, &ciphertext).await;
        assert!(matches!(vault.unseal(&sealed).await, Err(VaultError::Damaged { .. })), "byte {at}");
        ciphertext[at] ^= 1;
    }
    place.set_ciphertext(&sealed, &ciphertext).await;
    assert_eq!(opened(&vault, &sealed).await.as_deref(), Some("王小明"));
}

async fn a_key_opens_for_its_own_person_only(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (one, other) = (name(&vault, "王小明").await, name(&vault, "李四").await);
    let (one_id, other_id) = (place.literal(one.pseudonym.as_bytes()), place.literal(other.pseudonym.as_bytes()));
    let key = format!("(SELECT wrapped FROM persons WHERE pseudonym = {other_id})");
    place.sql(&format!("UPDATE persons SET wrapped = {key} WHERE pseudonym = {one_id}")).await;
    assert!(matches!(vault.unseal(&one).await, Err(VaultError::Key(KeyError::Refused { .. }))));
    assert_eq!(opened(&vault, &other).await.as_deref(), Some("李四"));
}

async fn what_is_discarded_is_unknown_and_may_be_sealed_again(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (sealed, kept) = (name(&vault, "王小明").await, name(&vault, "李四").await);
    for _ in 0..2 {
        vault.discard(sealed.id).await.unwrap();
        assert!(matches!(vault.unseal(&sealed).await.unwrap(), Unsealed::Unknown));
    }
    let again = vault.seal(sealed.pseudonym, "name", sealed.id, "王大明".as_bytes()).await.unwrap();
    assert_ne!(again.sha256, sealed.sha256);
    assert_eq!(opened(&vault, &again).await.as_deref(), Some("王大明"));
    assert_eq!(opened(&vault, &kept).await.as_deref(), Some("李四"));
}

async fn a_pseudonym_is_the_same_for_a_repeat_and_another_for_everything_else(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (command, other) = (Uuid::now_v7(), Uuid::now_v7());
    let pseudonym = vault.pseudonym(command, "applicant");
    vault.close().await;
    let vault = place.open().await;
    assert_eq!(vault.pseudonym(command, "applicant"), pseudonym);
    assert_ne!(vault.pseudonym(other, "applicant"), pseudonym);
    assert_ne!(vault.pseudonym(command, "representatives[0]"), pseudonym);
    let elsewhere = Place::new(engine).open().await;
    assert_ne!(elsewhere.pseudonym(command, "applicant"), pseudonym, "who has no key of this vault could link them");
}
