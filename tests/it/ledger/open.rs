//! What opening refuses, and with which words.

use std::sync::Arc;

use ledger::{Config, Ledger, OpenError, SystemClock, Url};

use super::engine::{Engine, append, on_both_engines, write};

on_both_engines! {
    refuses_a_newer_schema,
    refuses_another_services_or_regions_ledger,
    refuses_a_head_that_is_not_its_trees,
    refuses_a_log_longer_than_its_head,
    refuses_a_last_event_that_is_not_in_the_tree,
    refuses_names_that_make_no_sense,
}

async fn refusal(config: Config) -> OpenError {
    match Ledger::open(config, Arc::new(SystemClock)).await {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    }
}

/// A ledger of two batches, closed.
async fn filled(engine: &Engine) {
    let ledger = engine.open().await;
    ledger.append(append(vec![write("case/1", 0, &[1, 2])])).await.unwrap();
    ledger.append(append(vec![write("case/1", 2, &[3])])).await.unwrap();
    ledger.close().await;
}

async fn refuses_a_newer_schema(engine: Engine) {
    filled(&engine).await;
    engine.sql("INSERT INTO versions (version, source) VALUES (9, '/fazhi/trial/230883')").await;
    let error = refusal(engine.config()).await;
    assert!(matches!(error, OpenError::Newer { found: 9, .. }), "{error}");
    assert!(error.to_string().contains("schema version 9, newer than version"), "{error}");
    let verified = ledger::verify(&engine.config(), &mut |_, _| {}).await;
    assert!(matches!(verified, Err(ledger::VerifyError::Open(OpenError::Newer { .. }))), "{verified:?}");
}

async fn refuses_another_services_or_regions_ledger(engine: Engine) {
    filled(&engine).await;
    let error = refusal(Config { region: "230800".to_owned(), ..engine.config() }).await;
    assert!(error.to_string().ends_with("belongs to /fazhi/trial/230883, not to /fazhi/trial/230800"), "{error}");
}

async fn refuses_a_head_that_is_not_its_trees(engine: Engine) {
    filled(&engine).await;
    engine.disarm().await;
    engine.sql("UPDATE heads SET root = leaf_hash FROM events WHERE log_index = 0 AND size = 3").await;
    let error = refusal(engine.config()).await;
    assert!(matches!(error, OpenError::Disagree { .. }), "{error}");
    assert!(error.to_string().contains("head of 3 events does not match its tree"), "{error}");
}

async fn refuses_a_log_longer_than_its_head(engine: Engine) {
    filled(&engine).await;
    engine.disarm().await;
    engine.sql("DELETE FROM heads WHERE size = 3").await;
    let error = refusal(engine.config()).await;
    assert!(error.to_string().contains("the head counts 2 events, the log 3"), "{error}");
}

async fn refuses_a_last_event_that_is_not_in_the_tree(engine: Engine) {
    filled(&engine).await;
    engine.disarm().await;
    engine.sql("UPDATE events SET record = replace(record, '\"n\":3', '\"n\":4') WHERE log_index = 2").await;
    let error = refusal(engine.config()).await;
    assert!(error.to_string().contains("the last events do not match the tree of the head at 3"), "{error}");
}

async fn refuses_names_that_make_no_sense(engine: Engine) {
    for (service, region) in
        [("", "230883"), ("Trial", "230883"), ("tri-al", "230883"), ("trial", ""), ("trial", "a/b")]
    {
        let error = refusal(Config::new(service, region, engine.url.clone())).await;
        assert!(matches!(error, OpenError::Setting(_)), "{service} {region}: {error}");
    }
}

#[tokio::test]
async fn refuses_a_file_that_another_has_open() {
    let engine = Engine::sqlite();
    let ledger = engine.open().await;
    let error = refusal(engine.config()).await;
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("in use by another process"), "{error}");
    ledger.close().await;
    engine.open().await;
}

#[tokio::test]
async fn keeps_services_apart_in_one_postgres_database() {
    let engine = Engine::postgres();
    let other = Config::new("other", "230883", engine.url.clone());
    let ledger = engine.open().await;
    let other = Ledger::open(other, Arc::new(SystemClock)).await.unwrap();
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    other.append(append(vec![write("case/1", 0, &[2])])).await.unwrap();
    assert_eq!((ledger.head().size, other.head().size), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_made_once_by_processes_that_start_together() {
    let engine = Engine::postgres();
    let ledgers = futures::future::join_all((0..6).map(|_| engine.open())).await;
    for (n, ledger) in (0..).zip(&ledgers) {
        ledger.append(append(vec![write("case/1", n, &[n])])).await.unwrap();
    }
    let mut size = ledgers[0].subscribe();
    let all = tokio::time::timeout(std::time::Duration::from_secs(10), size.wait_for(|size| *size == 6)).await;
    all.expect("the first never hears of the others' events").unwrap();
}

#[tokio::test]
async fn refuses_postgres_settings_that_lose_events() {
    let engine = Engine::postgres();
    engine
        .sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$")
        .await;
    let error = refusal(engine.config()).await;
    assert_eq!(error.to_string(), "the database setting synchronous_commit is off; the ledger needs on");
}

/// Where the connecting role may do less than everything, the ledger works with what an administrator has granted.
#[tokio::test]
async fn works_under_a_role_that_may_only_read_and_insert() {
    let engine = Engine::postgres();
    engine.open().await.close().await;
    engine
        .sql(
            "CREATE ROLE clerk LOGIN; GRANT USAGE ON SCHEMA fazhi_trial TO clerk;
             GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA fazhi_trial TO clerk",
        )
        .await;
    let Url::Postgres(url) = &engine.url else { unreachable!() };
    let clerk = Engine::at(Url::Postgres(url.replace("postgres@", "clerk@")));
    let ledger = clerk.open().await;
    assert_eq!(ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap().records.len(), 1);
}

#[tokio::test]
async fn keeps_the_password_out_of_debug_and_messages() {
    let config = Config::new("trial", "230883", Url::Postgres("postgres://a:secret@host:notaport/db".to_owned()));
    assert!(!format!("{config:?}").contains("secret"));
    let error = refusal(config).await;
    assert!(!format!("{error:?} {error}").contains("secret"), "{error}");
}
