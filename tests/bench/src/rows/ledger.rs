//! `ledger_pg_*` and `ledger_sqlite_*`: one event per append, durable when it is answered.

use std::sync::Arc;

use ledger::{Append, Config, Ledger, Origin, Proposal, SystemClock, Url, Write};
use serde_json::value::RawValue;
use sqlx::{Connection as _, Executor as _, PgPool, SqliteConnection, postgres::PgPoolOptions};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{Run, say};
use crate::{
    load::{Load, closed},
    peers,
    report::{Goal, OURS, Round, Row},
    workload::{event, place},
};

/// Appends that one bare batch may take.
const BATCH_MAX: usize = 512;

/// The append of a caller's n-th event.
pub fn append(caller: usize, n: u64) -> Append {
    let (stream, expected) = place(caller, n);
    let proposal = Proposal {
        kind: "enforcement.case.RecordMade.v1".to_owned(),
        time: jiff::Timestamp::UNIX_EPOCH,
        rules: vec!["EN-RECORD".to_owned()],
        data: RawValue::from_string(event(n)).expect("JSON"),
    };
    Append {
        command_id: Uuid::now_v7(),
        command_digest: [7; 32],
        origin: Origin {
            actor: "117003".to_owned(),
            agency: "11230883MB0117014M".to_owned(),
            region: "230883".to_owned(),
            correlation_id: Uuid::nil(),
            causation_id: None,
            traceparent: None,
        },
        writes: vec![Write { stream, expected, events: vec![proposal] }],
    }
}

async fn ours(run: &Run, url: Url, callers: usize) -> Load {
    let config = Config::new("enforcement", "230883", url);
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.expect("the ledger");
    let shared = ledger.clone();
    let load = closed(callers, run.time, move |caller, n| {
        let (ledger, append) = (shared.clone(), append(caller, n));
        async move { _ = ledger.append(append).await.expect("appended") }
    })
    .await;
    ledger.close().await;
    load
}

// ---- Postgres.

const TABLE: &str = "CREATE TABLE bare (id bigserial PRIMARY KEY, stream text NOT NULL, version bigint NOT NULL, \
                     event text NOT NULL, UNIQUE (stream, version))";

async fn pool(callers: usize) -> PgPool {
    let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
    let connections = u32::try_from(callers).expect("few");
    PgPoolOptions::new().max_connections(connections).min_connections(connections).connect(&url).await.expect("a pool")
}

async fn raw_pg(run: &Run, callers: usize) -> Load {
    let pool = pool(callers).await;
    pool.execute(TABLE).await.expect("a table");
    let shared = pool.clone();
    let load = closed(callers, run.time, move |caller, n| {
        let pool = shared.clone();
        async move {
            let (stream, version) = place(caller, n);
            let insert = sqlx::query("INSERT INTO bare (stream, version, event) VALUES ($1, $2, $3)");
            insert.bind(stream).bind(version.cast_signed()).bind(event(n)).execute(&pool).await.expect("inserted");
        }
    })
    .await;
    pool.close().await;
    load
}

/// An event that waits for the bare writer.
type Waiting = (String, i64, String, oneshot::Sender<()>);

/// Collects what waits, inserts it in one statement, answers after the commit: no check of any kind.
async fn bare_pg(run: &Run, callers: usize) -> Load {
    let pool = pool(1).await;
    pool.execute(TABLE).await.expect("a table");
    let (queue, mut waiting) = mpsc::channel::<Waiting>(4096);
    let writer = tokio::spawn(async move {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
            let (mut streams, mut versions, mut events, mut answers) = (vec![], vec![], vec![], vec![]);
            for (stream, version, event, answer) in batch.drain(..) {
                streams.push(stream);
                versions.push(version);
                events.push(event);
                answers.push(answer);
            }
            sqlx::query(
                "INSERT INTO bare (stream, version, event) SELECT * FROM UNNEST($1::text[], $2::bigint[], $3::text[])",
            )
            .bind(streams)
            .bind(versions)
            .bind(events)
            .execute(&pool)
            .await
            .expect("inserted");
            answers.into_iter().for_each(|a| _ = a.send(()));
        }
        pool.close().await;
    });
    let load = bare(run, callers, queue).await;
    writer.await.expect("the writer");
    load
}

async fn bare(run: &Run, callers: usize, queue: mpsc::Sender<Waiting>) -> Load {
    closed(callers, run.time, move |caller, n| {
        let queue = queue.clone();
        async move {
            let (stream, version) = place(caller, n);
            let (answer, answered) = oneshot::channel();
            queue.send((stream, version.cast_signed(), event(n), answer)).await.expect("a writer");
            answered.await.expect("an answer");
        }
    })
    .await
}

/// The rows on Postgres.
pub async fn postgres(run: &Run) -> Vec<Row> {
    let mut rows = Vec::new();
    for callers in [1, 8, 64, 256] {
        say(&format!("ledger on Postgres, {callers} callers"));
        let (mut rates, mut p99) = (Vec::new(), Vec::new());
        for _ in 0..run.rounds {
            let mut round = Round::new();
            round.insert("raw", raw_pg(run, callers).await.per_second);
            let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
            let own = ours(run, Url::Postgres(url), callers).await;
            round.insert(OURS, own.per_second);
            round.insert("bare", bare_pg(run, callers).await.per_second);
            if callers == 64 {
                for peer in ["postgres-es", "disintegrate"] {
                    round.insert(peer, peers::load(run, peer, callers).await);
                }
            }
            rates.push(round);
            p99.push(Round::from([(OURS, own.p99_ms)]));
        }
        let goal = match callers {
            64 => Some(Goal::RatioAtLeast(2.5)),
            256 => Some(Goal::RatioAtLeast(4.0)),
            _ => None,
        };
        rows.push(Row::of(format!("ledger_pg_{callers}"), "events/s", Some("raw"), Some("raw"), goal, rates.clone()));
        if callers == 64 {
            let goal = Some(Goal::RatioAtLeast(5.0));
            rows.push(Row::of("ledger_pg_64_es", "events/s", Some("raw"), Some("postgres-es"), goal, rates));
            rows.push(Row::of("ledger_pg_64_p99", "ms", None, None, Some(Goal::AtMost(5.0)), p99));
        }
    }
    rows
}

// ---- SQLite.

async fn sqlite(run: &Run, name: &str) -> SqliteConnection {
    let file = run.fresh(name).join("bare.sqlite");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let mut connection = SqliteConnection::connect(&url).await.expect("a file");
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
    connection.execute(settings).await.expect("settings");
    let table = "CREATE TABLE bare (id INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, \
                 event TEXT NOT NULL, UNIQUE (stream, version)) STRICT";
    connection.execute(table).await.expect("a table");
    connection
}

/// The one writer of a SQLite file, with up to so many events in one transaction.
async fn bare_sqlite(run: &Run, callers: usize, batch_max: usize) -> Load {
    let mut connection = sqlite(run, "bare").await;
    let (queue, mut waiting) = mpsc::channel::<Waiting>(4096);
    let writer = tokio::spawn(async move {
        let mut batch = Vec::with_capacity(batch_max);
        while waiting.recv_many(&mut batch, batch_max).await > 0 {
            // One statement, and so one transaction, for the whole batch.
            let values = vec!["(?,?,?)"; batch.len()].join(",");
            let sql = format!("INSERT INTO bare (stream, version, event) VALUES {values}");
            let mut insert = sqlx::query(sqlx::AssertSqlSafe(sql));
            let mut answers = Vec::with_capacity(batch.len());
            for (stream, version, event, answer) in batch.drain(..) {
                insert = insert.bind(stream).bind(version).bind(event);
                answers.push(answer);
            }
            insert.execute(&mut connection).await.expect("inserted");
            answers.into_iter().for_each(|a| _ = a.send(()));
        }
        connection.close().await.expect("closed");
    });
    let load = bare(run, callers, queue).await;
    writer.await.expect("the writer");
    load
}

/// The rows on SQLite.
pub async fn embedded(run: &Run) -> Vec<Row> {
    let mut rows = Vec::new();
    for callers in [1, 8, 64, 256] {
        say(&format!("ledger on SQLite, {callers} callers"));
        let mut runs = Vec::new();
        for _ in 0..run.rounds {
            let mut round = Round::new();
            round.insert("bare", bare_sqlite(run, callers, BATCH_MAX).await.per_second);
            round.insert(OURS, ours(run, Url::Sqlite(run.fresh("ours")), callers).await.per_second);
            round.insert("raw", bare_sqlite(run, callers, 1).await.per_second);
            runs.push(round);
        }
        let goal = (callers == 64).then_some(Goal::RatioAtLeast(0.6));
        rows.push(Row::of(format!("ledger_sqlite_{callers}"), "events/s", Some("raw"), Some("bare"), goal, runs));
    }
    rows
}
