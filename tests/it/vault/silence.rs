//! Nothing secret is in any text that a log could hold.

use std::error::Error;
use std::fmt::Debug;
use std::sync::Arc;

use ledger::Url;
use stories::suite::Engine;
use uuid::Uuid;
use vault::{DataKey, KeyEncryption as _, LocalKey, Sealed, Vault};

use super::place::{KEY, NEW_KEY, Place, name};
use crate::engines::on_both_engines;

on_both_engines! {
    no_text_holds_a_secret,
}

/// An error as it is logged: itself and its whole chain, both ways.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("{error:?} {error}");
    let mut next = error.source();
    while let Some(source) = next {
        text += &format!(" {source:?} {source}");
        next = source.source();
    }
    text
}

fn failed<T: Debug, E: Error + 'static>(result: Result<T, E>) -> String {
    chain(&result.expect_err("it failed"))
}

async fn no_text_holds_a_secret(engine: Engine) {
    const NAME: &str = "canary-name-Q7";
    let place = Place::new(engine);
    let vault = place.open().await;
    let sealed = name(&vault, NAME).await;
    let code = vault.issue_receipt("complaint", Uuid::now_v7()).await.unwrap();
    let (kek, key) = (LocalKey::from_hex(KEY).unwrap(), DataKey::from_bytes(&[0xa7; 32]).unwrap());
    let wrapped = kek.wrap(&key, b"context").await.unwrap();
    let opened = vault.unseal(&sealed).await.unwrap();
    let mut texts = vec![
        format!("{vault:?} {vault:#?}"),
        format!("{sealed:?} {opened:?} {opened:#?}"),
        format!("{code:?} {code:#?} {kek:?} {kek:#?} {key:?} {key:#?}"),
        failed(LocalKey::from_hex(&KEY[1..])),
        failed(kek.unwrap(&wrapped, b"another context").await),
        failed(LocalKey::from_hex(NEW_KEY).unwrap().unwrap(&wrapped, b"context").await),
        failed(place.try_open(NEW_KEY).await),
        failed(vault.seal(sealed.pseudonym, "name", sealed.id, b"canary-name-other").await),
        failed(vault.seal(sealed.pseudonym, &NAME.repeat(9), sealed.id, NAME.as_bytes()).await),
        failed(vault.unseal(&Sealed { sha256: String::new(), ..sealed.clone() }).await),
        failed("canary-code".parse::<vault::ReceiptCode>()),
    ];
    let url = Url::Postgres(format!("postgres://a:{NAME}@host:notaport/db"));
    texts.push(failed(Vault::open(&url, Arc::new(kek)).await));
    vault.shred(sealed.pseudonym).await.unwrap();
    texts.push(failed(vault.seal(sealed.pseudonym, "name", Uuid::now_v7(), NAME.as_bytes()).await));
    // The database itself fails with the text at hand.
    place.sql("ALTER TABLE entries RENAME TO gone").await;
    texts.push(failed(vault.seal(Uuid::now_v7(), "name", Uuid::now_v7(), NAME.as_bytes()).await));
    vault.close().await;
    texts.push(failed(vault.issue_receipt("complaint", Uuid::now_v7()).await));

    let plain_code = code.to_text();
    for text in &texts {
        let text = text.to_lowercase();
        for secret in
            ["canary", &KEY[..12], &NEW_KEY[..12], "a7a7a7a7", "167, 167, 167", &plain_code.to_lowercase()[..11]]
        {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
