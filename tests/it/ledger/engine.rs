//! One engine under test, and what every test proposes to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use ledger::{Append, Clock, Config, Ledger, Origin, Proposal, Url, Write};
use serde_json::value::to_raw_value;
use sqlx::Connection as _;
use stories::postgres;
use tempfile::TempDir;
use uuid::Uuid;

/// Makes two tests of each body: one on SQLite, one on Postgres.
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test($crate::ledger::engine::Engine::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test($crate::ledger::engine::Engine::postgres()).await;
            })*
        }
    };
}
pub(super) use on_both_engines;

/// A private, empty place for one ledger.
pub(super) struct Engine {
    pub(super) url: Url,
    folder: TempDir,
}

impl Engine {
    pub(super) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: Url::Sqlite(folder.path().to_owned()), folder }
    }

    pub(super) fn postgres() -> Self {
        Self::at(Url::Postgres(postgres::database()))
    }

    pub(super) fn at(url: Url) -> Self {
        Self { url, folder: tempfile::tempdir().unwrap() }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.url, Url::Sqlite(_))
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("trial.sqlite")
    }

    pub(super) fn config(&self) -> Config {
        Config::new("trial", "230883", self.url.clone())
    }

    pub(super) async fn open(&self) -> Ledger {
        Ledger::open(self.config(), Arc::new(TestClock::default())).await.unwrap()
    }

    /// Runs SQL beside the ledger, as somebody with the database's password could.
    pub(super) async fn try_sql(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match &self.url {
            Url::Sqlite(_) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.file());
                let mut conn = sqlx::SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql(sql).execute(&mut conn).await?;
                conn.close().await
            }
            Url::Postgres(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await?;
                sqlx::raw_sql("SET search_path = fazhi_trial").execute(&mut conn).await?;
                sqlx::raw_sql(sql).execute(&mut conn).await?;
                conn.close().await
            }
        }
    }

    pub(super) async fn sql(&self, sql: &str) {
        self.try_sql(sql).await.unwrap();
    }

    /// Takes the triggers away, as whoever means to falsify the log would.
    pub(super) async fn disarm(&self) {
        let tables = ["events", "heads"];
        for table in tables {
            if self.is_sqlite() {
                self.sql(&format!("DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete")).await;
            } else {
                self.sql(&format!("DROP TRIGGER {table}_append_only ON {table}")).await;
            }
        }
    }
}

/// A clock that a test sets, in seconds since 1970; it starts on 1 July 2026.
pub(super) struct TestClock(pub(super) AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_782_864_000))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A proposal whose data is `{"n":<n>}`.
pub(super) fn event(n: u64) -> Proposal {
    Proposal {
        kind: "trial.case.Noted.v1".to_owned(),
        time: "2026-06-30T09:15:00.123456789Z".parse().unwrap(),
        rules: vec!["EN-FILE-1".to_owned(), "EN-POWER-1".to_owned()],
        data: to_raw_value(&serde_json::json!({ "n": n })).unwrap(),
    }
}

pub(super) fn write(stream: &str, expected: u64, events: &[u64]) -> Write {
    Write { stream: stream.to_owned(), expected, events: events.iter().map(|n| event(*n)).collect() }
}

/// An append of its own command.
pub(super) fn append(writes: Vec<Write>) -> Append {
    command(Uuid::now_v7(), 1, writes)
}

pub(super) fn command(command_id: Uuid, digest: u8, writes: Vec<Write>) -> Append {
    let origin = Origin {
        actor: "officer-7".to_owned(),
        agency: "市场监督管理局".to_owned(),
        region: "230883".to_owned(),
        correlation_id: Uuid::from_u128(7),
        causation_id: None,
        traceparent: None,
    };
    Append { command_id, command_digest: [digest; 32], origin, writes }
}

/// The `n` of a record's data.
pub(super) fn n_of(record: &ledger::Record) -> u64 {
    let data: serde_json::Value = serde_json::from_str(record.envelope().unwrap().data.get()).unwrap();
    data["n"].as_u64().unwrap()
}

/// The whole log.
pub(super) async fn whole_log(ledger: &Ledger) -> Vec<ledger::Record> {
    let mut log = Vec::new();
    loop {
        let page = ledger.log(log.len() as u64, 1000).await.unwrap();
        if page.is_empty() {
            return log;
        }
        log.extend(page);
    }
}
