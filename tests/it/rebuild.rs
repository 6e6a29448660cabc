//! Views are a fold of the events: thrown away and folded again, or folded on another engine, they are the same.

use std::collections::BTreeMap;

use fazhi::cli::Up;
use sqlx::{Connection as _, PgConnection};
use stories::suite::{self, Engine, Running};

use crate::{
    county::{self, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{MARKET, Officer},
    played,
};

on_both_engines! {
    views_thrown_away_are_folded_to_the_same,
}

pub(crate) async fn digests(running: &Running) -> BTreeMap<String, String> {
    running.suite.caught_up().await.expect("the views");
    let digests = running.suite.projection.view_digests().await.expect("the digests");
    assert!(digests.len() > 5, "hardly any view: {digests:?}");
    digests
}

/// Deletes the views, the way an operator would.
pub(crate) fn throw_views_away(options: &Up) {
    match &options.store.database_url {
        None => {
            let mut gone = 0;
            for entry in std::fs::read_dir(&options.store.data).expect("the data folder") {
                let path = entry.expect("an entry").path();
                if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("projection.sqlite")) {
                    match std::fs::remove_file(path) {
                        Ok(()) => gone += 1,
                        // The log beside the database goes with its last connection.
                        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                        Err(e) => panic!("the file stays: {e}"),
                    }
                }
            }
            assert!(gone > 0, "there were no views to delete");
        }
        Some(url) => {
            let drop = async {
                let mut connection = PgConnection::connect(url).await.expect("the database");
                sqlx::raw_sql("DROP SCHEMA fazhi_projection CASCADE").execute(&mut connection).await.expect("dropped");
            };
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(drop));
        }
    }
}

async fn views_thrown_away_are_folded_to_the_same(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    {
        let officer = Officer::of(&running, MARKET, XU).having_seen(written);
        for _ in 0..3 {
            let matter = Matter::new();
            officer.does("2025-03-03T09:00", matter.filing()).await;
            officer.does("2025-03-04T09:00", matter.exemption()).await;
            officer.does("2025-03-05T09:00", matter.conclusion()).await;
            officer.does("2025-03-06T09:00", matter.notice()).await;
        }
    }
    let first = digests(&running).await;
    let heads = heads(&running);
    let running = running.restart().await;
    assert_eq!(digests(&running).await, first, "after a restart");
    assert_eq!(self::heads(&running), heads, "a restart records nothing");
    let running = running.restart_after(throw_views_away).await;
    assert_eq!(digests(&running).await, first, "after a rebuild");
    running.stop().await;
}

fn heads(running: &Running) -> Vec<[u8; 32]> {
    ["powerlist", "enforcement"].map(|service| running.suite.ledger(service).expect("a ledger").head().root).into()
}

/// Pages and lists that are put together of many conditions.
fn asked_for() -> Vec<String> {
    let days = "from=2025-10-01&to=2026-03-31";
    let mut all = vec![
        format!("/?{days}"),
        format!("/agencies?standing=qualified&text=局&{days}"),
        format!("/agencies/{MARKET}?{days}"),
        format!("/cases?state=open&text=抚远&agency={MARKET}"),
        // A text of one character is not in the index of words.
        format!("/cases?state=open&text=抚&agency={MARKET}"),
        "/decisions?text=抚".to_owned(),
        "/cases?outcome=punished&tier=lighter&indicator=notice&behind=passed".to_owned(),
        format!("/decisions?text=抚远&region=230883&{days}"),
        format!("/findings?except=prevented&proof=proved&region=230800&{days}"),
        "/items?state=in_force".to_owned(),
        "/rules".to_owned(),
        "/plans".to_owned(),
        "/deadlines".to_owned(),
    ];
    all.extend(["valid", "ended", "none"].map(|state| format!("/officers?certificate={state}&text=1")));
    for behind in ["counted", "passed", "failed"] {
        let acted = "acted_from=2025-10-01&acted_to=2026-03-31";
        all.push(format!("/officers?behind={behind}&{acted}&region=230883&text=1&certificate=valid"));
        let ended = "ended_from=2025-10-01&ended_to=2026-03-31";
        all.push(format!("/deadlines?behind={behind}&{ended}&rule=EN-PUBLICISE"));
    }
    all
}

/// The demonstration, small, on both engines at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_gives_the_same_views_on_both_engines() {
    let (sqlite, postgres) = tokio::join!(played::once(), played::on(Engine::Postgres));
    let (on_sqlite, on_postgres) = tokio::join!(digests(&sqlite), digests(&postgres));
    // What follows of itself is recorded when its turn comes, and its mark names the event that it follows by its id: in that, no
    // two plays are the same. What it does to its matter is, and stands in every other view.
    let all_but_the_timeline = |mut digests: BTreeMap<String, String>| {
        assert!(digests.remove("timeline").is_some());
        digests
    };
    assert_eq!(all_but_the_timeline(on_sqlite.clone()), all_but_the_timeline(on_postgres));
    let token = sqlite.suite.supervisor_token().expect("a token");
    let (_, overview) = sqlite.page("/", Some(&token)).await;
    assert!(overview.contains("120"), "the overview does not count the cases: {overview}");
    // The same rows are asked for in the SQL of each engine.
    let other = postgres.suite.supervisor_token().expect("a token");
    for path in asked_for() {
        let (status, page) = sqlite.page(&path, Some(&token)).await;
        assert_eq!(status, 200, "{path}");
        assert_eq!(postgres.page(&path, Some(&other)).await, (status, page), "{path}");
    }
    let sqlite = sqlite.restart_after(throw_views_away).await;
    assert_eq!(digests(&sqlite).await, on_sqlite, "after a rebuild");
    sqlite.stop().await;
    postgres.stop().await;
}
