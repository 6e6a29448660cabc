//! Receipts: the right code, a wrong one, an unknown one and a mistyped one.

use futures::future::join_all;
use stories::suite::Engine;
use uuid::Uuid;
use vault::{ReceiptCode, Vault};

use super::place::Place;
use crate::engines::on_both_engines;

on_both_engines! {
    a_code_leads_to_its_matter,
    every_code_costs_one_verification_and_a_mistyped_one_too,
    a_revoked_code_leads_nowhere,
    keeps_nothing_that_is_the_code,
}

/// A code with another character for one of it, and the check character that then fits: no typing error, but not issued.
fn altered(code: &ReceiptCode, at: usize) -> ReceiptCode {
    const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let text = code.to_text();
    let with = |at: usize, c: &str| format!("{}{c}{}", &text[..at], &text[at + 1..]);
    let other = ALPHABET.split("").find(|c| !c.is_empty() && *c != &text[at..=at]).unwrap();
    let changed = with(at, other);
    let last = changed.len() - 1;
    let mut all = ALPHABET.chars().filter_map(|check| format!("{}{check}", &changed[..last]).parse().ok());
    all.next().unwrap()
}

async fn follow(vault: &Vault, code: &ReceiptCode) -> Option<Uuid> {
    vault.follow("complaint", &code.to_text()).await.unwrap()
}

async fn a_code_leads_to_its_matter(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (matter, other) = (Uuid::now_v7(), Uuid::now_v7());
    let (code, second) = (
        vault.issue_receipt("complaint", matter).await.unwrap(),
        vault.issue_receipt("complaint", matter).await.unwrap(),
    );
    let others = vault.issue_receipt("complaint", other).await.unwrap();
    vault.close().await;
    let vault = place.open().await;
    assert_eq!(follow(&vault, &code).await, Some(matter));
    assert_eq!(follow(&vault, &second).await, Some(matter));
    assert_eq!(follow(&vault, &others).await, Some(other));
    let typed = code.to_text().to_lowercase().replace('-', " ");
    assert_eq!(vault.follow("complaint", &typed).await.unwrap(), Some(matter));
}

async fn every_code_costs_one_verification_and_a_mistyped_one_too(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let matter = Uuid::now_v7();
    let code = vault.issue_receipt("complaint", matter).await.unwrap();
    assert_eq!(vault.verifications(), 0);
    let (unknown, wrong) = (altered(&code, 0), altered(&code, 20));
    let cases = [(&code, Some(matter)), (&unknown, None), (&wrong, None), (&code, Some(matter))];
    for (n, (code, want)) in (1..).zip(cases) {
        assert_eq!(follow(&vault, code).await, want);
        assert_eq!(vault.verifications(), n);
    }
    let text = code.to_text();
    let swapped = format!("{}{}{}", &text[..3], if &text[3..4] == "7" { "8" } else { "7" }, &text[4..]);
    for (n, typed) in (5..).zip(["", "not a code", &text[1..], &swapped]) {
        assert!(typed.parse::<ReceiptCode>().is_err(), "{typed}");
        assert_eq!(vault.follow("complaint", typed).await.unwrap(), None, "{typed}");
        assert_eq!(vault.verifications(), n);
    }
    // More at once than may hash at once.
    let answers = join_all((0..12).map(|n| follow(&vault, if n % 2 == 0 { &code } else { &wrong }))).await;
    let right = answers.into_iter().filter(|answer| *answer == Some(matter)).count();
    assert_eq!((right, vault.verifications()), (6, 20));
}

async fn a_revoked_code_leads_nowhere(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let (matter, other) = (Uuid::now_v7(), Uuid::now_v7());
    let codes = [
        vault.issue_receipt("complaint", matter).await.unwrap(),
        vault.issue_receipt("complaint", matter).await.unwrap(),
    ];
    let kept = vault.issue_receipt("complaint", other).await.unwrap();
    assert_eq!(vault.revoke_receipts("complaint", matter).await.unwrap(), 2);
    assert_eq!(vault.revoke_receipts("complaint", matter).await.unwrap(), 0);
    for code in &codes {
        assert_eq!(follow(&vault, code).await, None);
    }
    assert_eq!(follow(&vault, &kept).await, Some(other));
    assert_eq!(vault.verifications(), 3, "a revoked code is told by its time");
}

async fn keeps_nothing_that_is_the_code(engine: Engine) {
    let place = Place::new(engine);
    let vault = place.open().await;
    let codes = [
        vault.issue_receipt("complaint", Uuid::now_v7()).await.unwrap(),
        vault.issue_receipt("complaint", Uuid::now_v7()).await.unwrap(),
    ];
    let column = |column: &str| {
        let cast = if engine == Engine::Sqlite { "CAST({} AS BLOB)" } else { "convert_to({}, 'UTF8')" };
        format!("SELECT {} FROM receipts", cast.replace("{}", column))
    };
    let selectors = place.bytes(&column("selector")).await;
    let hashes: Vec<String> =
        place.bytes(&column("hash")).await.into_iter().map(|hash| String::from_utf8(hash).unwrap()).collect();
    assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")), "{hashes:?}");
    assert_ne!(hashes[0], hashes[1]);
    for code in codes {
        let plain = code.to_text().replace('-', "");
        assert!(selectors.iter().any(|selector| selector == &plain.as_bytes()[..8]), "{plain}");
        assert!(!hashes.iter().any(|hash| hash.contains(&plain[8..24])), "{plain}");
    }
}
