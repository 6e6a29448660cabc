//! From one machine to a cluster: the same ledgers, the same roots, the same vault, and the work goes on.

use ledger::{Config, Url};
use stories::{
    postgres,
    suite::{self, Engine, REGION},
};

use crate::{
    county::{self, XU},
    loop_story::report,
    matter::Matter,
    people::{Intake, JUSTICE, MARKET, Officer},
    process::{Serving, one_line, run},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_becomes_a_database_byte_for_byte() {
    let running = suite::start(Engine::Sqlite).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    officer.does("2025-03-03T09:00", Matter::new().filing()).await;
    let intake = Intake::of(&running, JUSTICE, "112050").having_seen(written);
    intake.does("2025-03-03T10:00", report(&uuid::Uuid::now_v7().to_string(), true)).await;
    let (_, folder) = running.stop().await;
    let database = tokio::task::spawn_blocking(postgres::database).await.expect("a database");
    let from = folder.path().to_str().expect("a path").to_owned();

    let migrate = || run(&["migrate", "--from", &from, "--to", &database]);
    let first = migrate();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    for service in ["powerlist", "enforcement", "disclosure", "complaints", "reconsideration"] {
        let report = async |url: Url| {
            let report = ledger::verify(&Config::new(service, REGION, url), &mut |_, _| {}).await.expect("a report");
            assert!(report.is_sound(), "{service}: {:?}", report.problems);
            (report.root, report.events, report.heads)
        };
        let before = report(Url::Sqlite(folder.path().to_owned())).await;
        assert_eq!(report(Url::Postgres(database.clone())).await, before, "{service}");
        assert!(String::from_utf8_lossy(&first.stdout).contains(&hex::encode(before.0)), "{service}");
    }
    let held = async |url: Url| vault::held(&url).await.expect("a vault").expect("a vault");
    let sealed = held(Url::Sqlite(folder.path().to_owned())).await;
    assert!(!sealed.is_empty(), "who reported is sealed");
    assert_eq!(held(Url::Postgres(database.clone())).await, sealed);

    // Once more changes nothing, and the program goes on from there.
    assert_eq!(migrate().stdout, first.stdout);
    let (data, url) = (folder.path().to_owned(), database.clone());
    let serving = tokio::task::spawn_blocking(move || Serving::start(&data, Some(&url))).await.expect("it serves");
    serving.stop();

    // What lies there is no longer the beginning of the folder's: it is left alone.
    let elsewhere = suite::start(Engine::Sqlite).await;
    county::found(&elsewhere).await;
    let (_, other) = elsewhere.stop().await;
    let other = other.path().to_str().expect("a path").to_owned();
    let refused = run(&["migrate", "--from", &other, "--to", &database]);
    assert!(one_line(&refused, 1).contains("another ledger"), "{refused:?}");
}
