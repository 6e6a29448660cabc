//! How the program starts, refuses to start, and verifies.

use std::{fs, net::TcpListener, path::Path, time::Duration};

use axum::http::uri::PathAndQuery;
use futures::stream;
use kernel::{Role, peer::with_token};
use proto::projection::v1::{self as views, query_service_client::QueryServiceClient};
use sqlx::{Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use stories::{
    postgres,
    suite::{self, Engine},
};
use tonic::{Request, transport::Endpoint};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};
use tonic_prost::ProstCodec;

use crate::{
    county::{self, XU},
    matter::Matter,
    people::{MARKET, Officer},
    process::{Serving, one_line, run},
};

/// A data folder with a county and a case in it, and nobody at work on it.
async fn folder() -> tempfile::TempDir {
    let running = suite::start(Engine::Sqlite).await;
    let written = county::found(&running).await;
    let matter = Matter::new();
    Officer::of(&running, MARKET, XU).having_seen(written).does("2025-03-03T09:00", matter.filing()).await;
    let (_, folder) = running.stop().await;
    std::sync::Arc::into_inner(folder).expect("nobody else has the folder")
}

/// Runs SQL on a ledger, as somebody with access to the file could.
async fn sql(folder: &Path, service: &str, statements: &str) {
    let options = SqliteConnectOptions::new().filename(folder.join(format!("{service}.sqlite")));
    let mut connection = SqliteConnection::connect_with(&options).await.expect("the file");
    let statements = sqlx::AssertSqlSafe(statements.to_owned());
    sqlx::raw_sql(statements).execute(&mut connection).await.expect("the statements");
    connection.close().await.expect("closed");
}

fn up(folder: &Path, more: &[&str]) -> std::process::Output {
    let data = folder.to_str().expect("a path");
    run(&[&["up", "--data", data, "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0"], more].concat())
}

fn verify(folder: &Path) -> std::process::Output {
    run(&["verify", "--data", folder.to_str().expect("a path")])
}

#[test]
fn a_wrong_setting_is_one_line_and_exit_code_64() {
    for (arguments, word) in [
        (&["up", "--http", "somewhere"][..], "somewhere"),
        (&["up", "--database-url", "mysql://localhost/x"], "postgres://"),
        (&["up", "--region", "2308"], "2308"),
        (&["up", "--demo-cases", "0"], "demo-cases"),
        (&["token", "--role", "king"], "king"),
        (&["conquer"], "conquer"),
    ] {
        let line = one_line(&run(arguments), 64);
        assert!(line.contains(word), "{line}");
    }
    let mut from_the_environment = crate::process::fazhi(&["up"]);
    let output = from_the_environment.env("FAZHI_GRPC", "nowhere").output().expect("it runs");
    assert!(one_line(&output, 64).contains("nowhere"));
}

#[test]
fn an_address_in_use_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    for option in ["--http", "--grpc"] {
        let data = folder.path().to_str().expect("a path");
        let other = if option == "--http" { "--grpc" } else { "--http" };
        let output = run(&["up", "--data", data, option, &address, other, "127.0.0.1:0"]);
        let line = one_line(&output, 1);
        assert!(line.contains(&address) && line.contains("cannot listen"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_folder_of_a_newer_version_is_not_touched() {
    let folder = folder().await;
    sql(
        folder.path(),
        "enforcement",
        "INSERT INTO versions (version, source) SELECT max(version) + 7, source FROM versions",
    )
    .await;
    let before = fs::read(folder.path().join("enforcement.sqlite")).expect("the ledger");
    let line = one_line(&up(folder.path(), &[]), 1);
    assert!(line.contains("enforcement") && line.contains("newer"), "{line}");
    assert_eq!(fs::read(folder.path().join("enforcement.sqlite")).expect("the ledger"), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_whose_head_and_tree_disagree_is_not_served() {
    let folder = folder().await;
    let shorten =
        "DROP TRIGGER events_no_delete; DELETE FROM events WHERE log_index = (SELECT max(log_index) FROM events)";
    sql(folder.path(), "enforcement", shorten).await;
    let line = one_line(&up(folder.path(), &[]), 1);
    assert!(line.contains("enforcement") && line.contains("head"), "{line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_region_or_a_second_process_is_turned_away() {
    let folder = folder().await;
    let line = one_line(&up(folder.path(), &["--region", "230882"]), 1);
    assert!(line.contains("230883") && line.contains("230882"), "{line}");
    let path = folder.path().to_owned();
    let serving = tokio::task::spawn_blocking(move || Serving::start(&path, None)).await.expect("it serves");
    let line = one_line(&up(folder.path(), &[]), 1);
    assert!(line.contains("in use by another process"), "{line}");
    let response = reqwest::get(format!("http://{}/", serving.http)).await.expect("an answer");
    assert_eq!(response.status().as_u16(), 200, "the first one goes on");
    serving.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_the_place_of_every_kind_of_damage() {
    let sound = folder().await;
    let output = verify(sound.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("powerlist") && said.contains("enforcement") && !said.contains("DAMAGED"), "{said}");

    let disarm = "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete;";
    // REPLACE deletes the old row without the triggers.
    let replace = "INSERT OR REPLACE INTO events SELECT log_index, stream, stream_version, leaf_hash,
                   replace(record, '抚远市', '抚顺市'), command_id, command_digest, command_events
                   FROM events WHERE log_index = 6";
    let swap =
        "UPDATE events SET log_index = -1 WHERE log_index = 3; UPDATE events SET log_index = 3 WHERE log_index = 4;
                UPDATE events SET log_index = 4 WHERE log_index = -1";
    for (before, damage, places) in [
        ("", replace, &["log index 6"][..]),
        (
            disarm,
            "UPDATE events SET record = replace(record, '抚远市', '抚顺市') WHERE log_index = 6",
            &["log index 6"],
        ),
        (disarm, "DELETE FROM events WHERE log_index = 6", &["log index 6: the event is missing"]),
        (disarm, swap, &["log index 3", "log index 4"]),
    ] {
        let damaged = tempfile::tempdir().expect("a folder");
        for entry in fs::read_dir(sound.path()).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                fs::copy(&path, damaged.path().join(path.file_name().expect("a name"))).expect("a copy");
            }
        }
        sql(damaged.path(), "powerlist", &format!("{before} {damage}")).await;
        let output = verify(damaged.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{damage}: {said}");
        assert!(said.contains("DAMAGED"), "{damage}: {said}");
        for place in places {
            assert!(said.contains(place), "{damage}: {said}");
        }
        let enforcement: Vec<_> = said.lines().filter(|l| l.starts_with("enforcement")).collect();
        assert!(enforcement.len() == 1 && enforcement[0].contains("sound"), "{said}");
    }
    let nothing = tempfile::tempdir().expect("a folder");
    assert_eq!(verify(nothing.path()).status.code(), Some(1), "an empty folder is nothing to vouch for");
}

#[test]
fn rules_are_listed_as_json_and_as_markdown() {
    let output = run(&["rules", "--json"]);
    assert!(output.status.success());
    let rules: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(rules.len(), fazhi::rules::all().len());
    for rule in &rules {
        let text = |key: &str| rule[key].as_str().is_some_and(|t| !t.is_empty());
        assert!(["id", "kind", "citation", "citation_en", "zh", "en", "since"].iter().all(|key| text(key)), "{rule}");
        let named = |lang: &str| rule["name"][lang].as_str().is_some_and(|t| !t.is_empty());
        assert!(named("zh") && named("en"), "{rule}");
        let listed = |list: &serde_json::Value| list.as_array().is_some_and(|l| !l.is_empty());
        assert!(listed(&rule["tests"]["allows"]) && listed(&rule["tests"]["refuses"]), "{rule}");
        assert!(rule["plans"].is_array(), "{rule}");
    }
    let review = rules.iter().find(|r| r["id"] == "EN-REVIEW").expect("EN-REVIEW");
    assert!(review["citation"].as_str().is_some_and(|c| c.starts_with("《行政处罚法》第五十八条第一款")));
    assert!(review["plans"].as_array().is_some_and(|p| p.iter().any(|clause| clause == "FY 21")));
    let served = rules.iter().find(|r| r["id"] == "EN-SERVE").expect("EN-SERVE");
    assert_eq!(served["bound"]["zh"], "行政机关");
    assert!(served["compared"]["zh"].as_str().is_some_and(|text| text.contains("七个工作日")));
    assert_eq!(served["exceptions"][0]["zh"], "公告送达期间");
    let output = run(&["rules", "--markdown"]);
    let table = String::from_utf8(output.stdout).expect("text");
    assert_eq!(table.lines().filter(|l| l.starts_with("| ")).count(), rules.len() + 2, "{table}");
}

/// A record tells when it was made: no process makes one by a clock that nobody else shares.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_whose_clock_is_off_does_not_start() {
    let url = tokio::task::spawn_blocking(postgres::database).await.expect("a database");
    let name = url.split(['/', '?']).nth(3).expect("a name");
    let mut connection = PgConnection::connect(&url).await.expect("a connection");
    let data = tempfile::tempdir().expect("a folder");
    let data = data.path().to_str().expect("a path");
    for (by, said) in [("1 minute", "s behind the database's"), ("-1 minute", "s ahead of the database's")] {
        // To whoever connects from now on, the database's clock is another.
        let shifted = format!(
            "CREATE SCHEMA IF NOT EXISTS shifted;
             CREATE OR REPLACE FUNCTION shifted.clock_timestamp() RETURNS timestamptz LANGUAGE sql
             AS 'SELECT pg_catalog.clock_timestamp() + interval ''{by}''';
             ALTER DATABASE {name} SET search_path = shifted, pg_catalog, public"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(shifted)).execute(&mut connection).await.expect("shifted");
        let line = one_line(&run(&["serve", "powerlist", "--database-url", &url, "--data", data]), 1);
        assert!(line.contains(said) && line.contains("NTP"), "{line}");
    }
}

/// Whoever sends headers and then nothing takes nobody's place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_without_a_body_keep_nobody_out() {
    let running = suite::start(Engine::Sqlite).await;
    let address = format!("http://{}", running.suite.grpc);
    let (mut connections, mut calls) = (Vec::new(), tokio::task::JoinSet::new());
    for _ in 0..12 {
        let channel =
            Endpoint::from_shared(address.clone()).expect("an address").connect().await.expect("a connection");
        connections.push(channel.clone());
        for _ in 0..200 {
            let mut client = tonic::client::Grpc::new(channel.clone());
            calls.spawn(async move {
                client.ready().await.expect("ready");
                let codec = ProstCodec::<views::ListDecisionsRequest, views::ListDecisionsResponse>::default();
                let path = PathAndQuery::from_static("/fazhi.projection.v1.QueryService/ListDecisions");
                client.client_streaming(Request::new(stream::pending()), path, codec).await.map(drop)
            });
        }
    }
    // All of them are there, and none is answered.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(calls.try_join_next().is_none(), "none is refused, none is answered");
    let channel = Endpoint::from_shared(address).expect("an address").connect().await.expect("a connection");
    let asked = HealthCheckRequest { service: "fazhi.enforcement.v1.Enforcement".to_owned() };
    let health = HealthClient::new(channel.clone()).check(asked).await.expect("it says that it lives").into_inner();
    assert_eq!(health.status(), ServingStatus::Serving);
    for token in [None, Some(running.token("supervisor", None, &[Role::Supervisor]))] {
        let request = with_token(token.as_deref(), views::ListDecisionsRequest::default());
        QueryServiceClient::new(channel.clone()).list_decisions(request).await.expect("an answer");
    }
    calls.abort_all();
    running.stop().await;
}
