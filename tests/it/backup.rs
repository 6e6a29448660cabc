//! A copy of a suite that runs is whole, proves itself, and becomes a suite again, on either engine.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ledger::{Config, Url};
use stories::suite::{self, Engine, REGION, Running};
use uuid::Uuid;

use crate::{
    county::{self, XU},
    engines::on_both_engines,
    loop_story::report,
    matter::Matter,
    people::{Intake, JUSTICE, MARKET, Officer},
    process::{Serving, one_line, run},
    rebuild::digests,
};

const SERVICES: [&str; 5] = ["powerlist", "enforcement", "disclosure", "complaints", "reconsideration"];

on_both_engines! {
    a_copy_taken_under_load_holds_all_that_was_acknowledged_and_becomes_a_suite_again,
}

/// Where `fazhi` finds a running suite's data.
fn place(running: &Running) -> Vec<String> {
    let store = &running.options.store;
    let mut place = vec!["--data".to_owned(), store.data.display().to_string()];
    if let Some(url) = &store.database_url {
        place.extend(["--database-url".to_owned(), url.clone()]);
    }
    place
}

fn fazhi(command: &str, place: &[String], copy: &Path) -> std::process::Output {
    let mut arguments = vec![command];
    arguments.extend(place.iter().map(String::as_str));
    let copy = copy.display().to_string();
    arguments.push(&copy);
    run(&arguments)
}

#[track_caller]
fn went_well(output: &std::process::Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Size and root of every ledger.
async fn roots(url: &Url) -> Vec<(u64, ledger::merkle::Hash)> {
    let mut all = Vec::new();
    for service in SERVICES {
        let report =
            ledger::verify(&Config::new(service, REGION, url.clone()), &mut |_, _| {}).await.expect("a report");
        assert!(report.is_sound(), "{service}: {:?}", report.problems);
        all.push((report.events, report.root));
    }
    all
}

/// The cases that a ledger knows.
async fn cases(url: &Url) -> String {
    let mut all = String::new();
    let config = Config::new("enforcement", REGION, url.clone());
    ledger::records(&config, &mut |record| all += &format!("{}\n", record.stream)).await.expect("records");
    all
}

/// A suite on what was restored.
async fn suite_on(data: &Path, database_url: Option<String>) -> Running {
    let data = data.to_owned();
    suite::start_with(database_url, |up| up.store.data = data).await
}

async fn a_copy_taken_under_load_holds_all_that_was_acknowledged_and_becomes_a_suite_again(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let (place, room) = (place(&running), tempfile::tempdir().expect("a folder"));
    let new = |name: &str| -> PathBuf { room.path().join(name) };
    let (hot, quiet) = (new("hot"), new("quiet"));
    {
        let officer = Officer::of(&running, MARKET, XU).having_seen(written);
        officer.hands_in(b"a photograph", "image/jpeg").await;
        let intake = Intake::of(&running, JUSTICE, "112050").having_seen(written);
        intake.does("2025-03-03T10:00", report(&Uuid::now_v7().to_string(), true)).await;
        let mut acknowledged = Vec::new();
        for _ in 0..20 {
            let matter = Matter::new();
            officer.does("2025-03-03T09:00", matter.filing()).await;
            acknowledged.push(matter.case_id);
        }
        // Whatever goes on meanwhile may be in it or not; what was acknowledged before is.
        let (copying, to) = (place.clone(), hot.clone());
        let mut copied = tokio::task::spawn_blocking(move || fazhi("backup", &copying, &to));
        let load = async {
            let mut filed = 0;
            loop {
                let filing = || async { officer.does("2025-03-03T09:00", Matter::new().filing()).await };
                tokio::join!(filing(), filing(), filing(), filing());
                filed += 4;
                if copied.is_finished() {
                    return filed;
                }
            }
        };
        let filed: u32 = load.await;
        assert!(filed > 8, "nothing went on while it was copied");
        let said = went_well(&(&mut copied).await.expect("it ran"));
        assert!(said.contains("holds the suite as of") && said.contains("evidence         1 files"), "{said}");
        let known = cases(&Url::Sqlite(hot.clone())).await;
        assert!(
            acknowledged.iter().all(|case| known.contains(case.as_str())),
            "an acknowledged case is not in the copy"
        );
        assert!(!hot.join("keys").exists() || fs::read_dir(hot.join("keys")).expect("keys").count() > 0);
    }
    went_well(&fazhi("backup", &place, &quiet));
    let views = digests(&running).await;
    let (options, _folder) = running.stop().await;
    let before = roots(&ledger_url(&options)).await;
    assert_eq!(roots(&Url::Sqlite(quiet.clone())).await, before);
    let sealed = vault::held(&ledger_url(&options)).await.expect("a vault").expect("a vault");
    assert!(!sealed.is_empty(), "who reported is sealed");

    for onto in [Engine::Sqlite, Engine::Postgres] {
        let data = new(&format!("{onto:?}"));
        let mut there = vec!["--data".to_owned(), data.display().to_string()];
        let url = match onto {
            Engine::Sqlite => None,
            _ => Some(tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database")),
        };
        there.extend(url.iter().flat_map(|url| ["--database-url".to_owned(), url.clone()]));
        let said = went_well(&fazhi("restore", &there, &quiet));
        // Begun again, it finds that all is there.
        assert_eq!(went_well(&fazhi("restore", &there, &quiet)), said);
        let restored = suite_on(&data, url).await;
        assert_eq!(digests(&restored).await, views, "{onto:?}");
        let officer = Officer::of(&restored, MARKET, XU);
        officer.does("2025-03-03T09:00", Matter::new().filing()).await;
        let (options, _left) = restored.stop().await;
        assert_eq!(vault::held(&ledger_url(&options)).await.expect("a vault").expect("a vault"), sealed, "{onto:?}");
        // What lies there has gone on: it is left alone.
        let refused = fazhi("restore", &there, &quiet);
        assert!(one_line(&refused, 1).contains("another ledger"), "{refused:?}");
    }
    // The copy taken under load is a suite, too.
    let data = new("from-hot");
    went_well(&fazhi("restore", &["--data".to_owned(), data.display().to_string()], &hot));
    let restored = suite_on(&data, None).await;
    digests(&restored).await;
    restored.stop().await;
}

fn ledger_url(options: &fazhi::cli::Up) -> Url {
    match &options.store.database_url {
        Some(url) => Url::Postgres(url.clone()),
        None => Url::Sqlite(options.store.data.clone()),
    }
}

/// A folder with a little in it, as `fazhi up` leaves it.
async fn left() -> (tempfile::TempDir, PathBuf) {
    let room = tempfile::tempdir().expect("a folder");
    let data = room.path().join("data");
    let started = data.clone();
    tokio::task::spawn_blocking(move || Serving::start(&started, None).stop()).await.expect("it served");
    (room, data)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_never_written_over_and_a_changed_one_is_never_restored() {
    let (room, data) = left().await;
    let (copy, keys) = (room.path().join("copy"), room.path().join("keys"));
    let here = ["--data".to_owned(), data.display().to_string()];
    let apart = [here.to_vec(), vec!["--keys".to_owned(), keys.display().to_string()]].concat();
    // One that cannot be proven leaves nothing in the way of the next.
    let wrong_key = [apart.clone(), vec!["--vault-key".to_owned(), "44".repeat(32)]].concat();
    let line = one_line(&fazhi("backup", &wrong_key, &copy), 1);
    assert!(line.contains("sealed under key") && !copy.exists() && !keys.exists(), "{line}");
    went_well(&fazhi("backup", &apart, &copy));
    for secret in ["vault.key", "digest.key", "issuer.pem"] {
        assert!(keys.join(secret).exists() && !copy.join("keys").exists(), "{secret} is kept apart");
    }
    let line = one_line(&fazhi("backup", &here, &copy), 1);
    assert!(line.contains("is there already"), "{line}");

    let new = |name: &str| vec!["--data".to_owned(), room.path().join(name).display().to_string()];
    let line = one_line(&fazhi("restore", &new("a"), &copy), 1);
    assert!(line.contains("--keys"), "{line}");
    let with_keys = |name: &str| [new(name), vec!["--keys".to_owned(), keys.display().to_string()]].concat();
    went_well(&fazhi("restore", &with_keys("b"), &copy));
    // Over a folder with other keys nothing is restored.
    let (_other_room, other) = left().await;
    let over = ["--data".to_owned(), other.display().to_string(), "--keys".to_owned(), keys.display().to_string()];
    let line = one_line(&fazhi("restore", &over, &copy), 1);
    assert!(line.contains("nothing is written over"), "{line}");

    let file = copy.join("enforcement.sqlite");
    let mut bytes = fs::read(&file).expect("a file");
    let at = bytes.len() - 1;
    bytes[at] ^= 1;
    fs::write(&file, bytes).expect("changed");
    let line = one_line(&fazhi("restore", &with_keys("c"), &copy), 1);
    assert!(line.contains("enforcement.sqlite has changed"), "{line}");
    let line = one_line(&fazhi("restore", &new("d"), &data), 1);
    assert!(line.contains("is no copy"), "{line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_leaves_every_database_whole_in_its_file() {
    let (_room, data) = left().await;
    for name in SERVICES.into_iter().chain(["vault", "projection"]) {
        assert!(data.join(format!("{name}.sqlite")).exists(), "{name}");
        let log = fs::metadata(data.join(format!("{name}.sqlite-wal"))).map_or(0, |log| log.len());
        assert_eq!(log, 0, "{name} has {log} bytes beside its file");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_with_keys_or_evidence_but_without_its_record_does_not_start() {
    let refused = |data: &Path| {
        let up = ["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--data", &data.display().to_string()]
            .map(str::to_owned);
        let said = run(&up.each_ref().map(String::as_str));
        one_line(&said, 1)
    };
    let (_room, data) = left().await;
    for entry in fs::read_dir(&data).expect("a folder") {
        let path = entry.expect("an entry").path();
        if SERVICES
            .iter()
            .any(|service| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(service)))
        {
            fs::remove_file(path).expect("it goes");
        }
    }
    let line = refused(&data);
    assert!(line.contains("digest.key belongs to a suite") && line.contains("fazhi restore"), "{line}");
    assert!(!data.join("powerlist.sqlite").exists(), "nothing was begun anew");

    let (_room, data) = left().await;
    let object = data.join("evidence/objects/ab");
    fs::create_dir_all(&object).expect("a folder");
    fs::write(object.join("c".repeat(62)), b"").expect("a file");
    let line = refused(&data);
    assert!(line.contains("holds evidence") && line.contains("fazhi restore"), "{line}");
}
