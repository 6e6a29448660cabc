//! `feed_catchup`: all views from zero.

use std::{path::Path, sync::Arc, time::Instant};

use kernel::{Feed, LedgerFeed, SystemClock};
use ledger::{Config, Ledger, Url};
use projection::{App, Db};
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};
use stories::suite::copy_folder;
use tokio::runtime::Handle;

use super::{Run, say};
use crate::{
    report::{Goal, OURS, Round, Row},
    served::{REGION, copy_cases, demo, multiply},
};

/// Cases of the demonstration that is copied.
pub const CASES: u32 = 2200;
/// Copies of each that make about 10⁵ events.
pub const COPIES_1E5: u32 = 3;
/// Events of one read.
const READ_MAX: usize = 1000;

async fn open(service: &str, url: Url) -> Ledger {
    Ledger::open(Config::new(service, REGION, url), Arc::new(SystemClock)).await.expect("a ledger")
}

/// The rows.
pub async fn catch_up(run: &Run) -> Vec<Row> {
    let demo = demo(run, CASES);
    let folder = run.folder.join("feed");
    multiply(&demo, &folder, COPIES_1E5).await;
    let mut embedded = Vec::new();
    for _ in 0..run.rounds {
        say("all views from zero, SQLite");
        let ledgers = [
            open("powerlist", Url::Sqlite(folder.clone())).await,
            open("enforcement", Url::Sqlite(folder.clone())).await,
        ];
        let mut round = Round::from([("read", raw_read(&ledgers[1]).await)]);
        let views = run.fresh("views");
        round.insert(OURS, views_from_zero(&ledgers, Db::Sqlite(views)).await);
        round.insert("copy", copy_sqlite(run, &folder).await);
        embedded.push(round);
        close(ledgers).await;
    }

    let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
    let lists = run.fresh("feed-lists");
    copy_folder(&demo, &lists);
    copy_cases(&demo, Url::Postgres(url.clone()), COPIES_1E5).await;
    let mut postgres = Vec::new();
    for _ in 0..run.rounds {
        say("all views from zero, Postgres");
        let views = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
        let ledgers = [
            open("powerlist", Url::Sqlite(lists.clone())).await,
            open("enforcement", Url::Postgres(url.clone())).await,
        ];
        let mut round = Round::from([("read", raw_read(&ledgers[1]).await)]);
        round.insert(OURS, views_from_zero(&ledgers, Db::Postgres(views.clone())).await);
        round.insert("copy", copy_postgres(&ledgers[1], &views).await);
        postgres.push(round);
        close(ledgers).await;
    }
    vec![
        Row::of(
            "feed_catchup_sqlite",
            "events/s",
            Some("read"),
            Some("read"),
            Some(Goal::AtLeast(50_000.0)),
            embedded.clone(),
        ),
        Row::of(
            "feed_catchup_sqlite_read",
            "events/s",
            Some("read"),
            Some("read"),
            Some(Goal::RatioAtLeast(0.05)),
            embedded,
        ),
        Row::of(
            "feed_catchup_pg",
            "events/s",
            Some("read"),
            Some("read"),
            Some(Goal::AtLeast(25_000.0)),
            postgres.clone(),
        ),
        Row::of(
            "feed_catchup_pg_read",
            "events/s",
            Some("read"),
            Some("read"),
            Some(Goal::RatioAtLeast(0.05)),
            postgres,
        ),
    ]
}

async fn close(ledgers: [Ledger; 2]) {
    for ledger in ledgers {
        ledger.close().await;
    }
}

/// Events a second of reading alone.
async fn raw_read(ledger: &Ledger) -> f64 {
    let begin = Instant::now();
    let mut from = 0;
    loop {
        let page = ledger.log(from, READ_MAX).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
    }
    from as f64 / begin.elapsed().as_secs_f64()
}

async fn views_from_zero(ledgers: &[Ledger; 2], db: Db) -> f64 {
    let feeds: Vec<Arc<dyn Feed>> = ["powerlist", "enforcement"]
        .iter()
        .zip(ledgers)
        .map(|(name, ledger)| Arc::new(LedgerFeed::new(*name, ledger.clone())) as Arc<dyn Feed>)
        .collect();
    let app = App::open(db, feeds, Arc::new(SystemClock), fazhi::services::profiles()).await.expect("views");
    let (begin, behind) = (Instant::now(), Handle::current());
    tokio::select! {
        () = app.run(&behind, std::future::pending()) => {}
        () = app.caught_up_with_feeds() => {}
    }
    let events: u64 = ledgers.iter().map(|l| l.head().size).sum();
    events as f64 / begin.elapsed().as_secs_f64()
}

/// Events a second of copying the records into a table without an index.
async fn copy_sqlite(run: &Run, folder: &Path) -> f64 {
    let file = run.fresh("copy").join("copy.sqlite");
    let mut connection =
        SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.expect("a file");
    let setup =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE copy (id INTEGER PRIMARY KEY, record TEXT)";
    connection.execute(setup).await.expect("a table");
    let attach = sqlx::query("ATTACH $1 AS ledger").bind(folder.join("enforcement.sqlite").display().to_string());
    attach.execute(&mut connection).await.expect("attached");
    let begin = Instant::now();
    let copied =
        connection.execute("INSERT INTO copy SELECT log_index, record FROM ledger.events").await.expect("copied");
    let rate = copied.rows_affected() as f64 / begin.elapsed().as_secs_f64();
    connection.close().await.expect("closed");
    rate
}

async fn copy_postgres(ledger: &Ledger, url: &str) -> f64 {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    connection.execute("CREATE TABLE copy (id bigint, record text)").await.expect("a table");
    let mut text = String::new();
    let mut from = 0;
    loop {
        let page = ledger.log(from, READ_MAX).await.expect("the log");
        let Some(last) = page.last() else { break };
        from = last.log_index + 1;
        for record in &page {
            text.push_str(&format!(
                "{}\t{}\n",
                record.log_index,
                record.bytes.replace('\\', "\\\\").replace('\t', "\\t")
            ));
        }
    }
    let begin = Instant::now();
    let mut copy = connection.copy_in_raw("COPY copy FROM STDIN").await.expect("a copy");
    for part in text.as_bytes().chunks(1 << 20) {
        copy.send(part).await.expect("sent");
    }
    let copied = copy.finish().await.expect("copied");
    let rate = copied as f64 / begin.elapsed().as_secs_f64();
    connection.close().await.expect("closed");
    rate
}
