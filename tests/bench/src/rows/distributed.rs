//! `distributed_*`: a process for each service beside Postgres and NATS, and `fazhi up` on Postgres in the same run.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use proto::common::v1::Mode;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::time::{sleep, timeout};

use super::{
    Run,
    command::{Doors, Work},
    feed, say,
};
use crate::{
    apart::Apart,
    load::{p99_ms, quantile_ms},
    report::{Goal, OURS, Round, Row},
    served::{Served, demo, services, supervisor_token},
};

/// The other form's figure in a round.
const EMBEDDED: &str = "embedded";
/// Commands of each caller while the views cannot write: together less than is kept in memory of what NATS brings.
const MISSED: u64 = 80;
/// Between two looks at how far the views are.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long the views may take to know all.
const KNOWN_MAX: Duration = Duration::from_secs(120);

/// A demonstration's year in Postgres, with its keys and evidence.
struct Data {
    folder: PathBuf,
    url: String,
}

impl Data {
    async fn of(run: &Run, demo: &Path, name: &str) -> Self {
        let folder = run.fresh(name);
        let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
        let copy = run.fresh(&format!("{name}-copy")).join("copy");
        let done = |command: &mut Command| command.stdout(Stdio::null()).status().is_ok_and(|status| status.success());
        let copied = done(Command::new(&run.fazhi).args(["backup", "--data"]).arg(demo).arg(&copy));
        let mut restore = Command::new(&run.fazhi);
        restore.args(["restore", "--database-url", &url, "--data"]).arg(&folder).arg(&copy);
        assert!(copied && done(&mut restore), "the demonstration cannot be copied");
        Self { folder, url }
    }

    async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.expect("a connection")
    }

    /// How many events all ledgers hold.
    async fn events(&self) -> u64 {
        let sizes = services()
            .into_iter()
            .map(|service| format!("(SELECT coalesce(max(log_index) + 1, 0) FROM fazhi_{service}.events)"));
        let sql = format!("SELECT {}", sizes.collect::<Vec<_>>().join(" + "));
        let all: i64 =
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.connect().await).await.expect("sizes");
        all.cast_unsigned()
    }

    /// Waits until the views know so many events.
    async fn known(&self, events: u64) {
        let mut connection = self.connect().await;
        let known = async {
            // While they are made they know of none.
            while known(&mut connection).await.unwrap_or(0) < events {
                sleep(LOOK_EVERY).await;
            }
        };
        timeout(KNOWN_MAX, known).await.expect("the views come to know all");
    }

    /// Throws the views away.
    async fn forget_views(&self) {
        let dropped = self.connect().await.execute("DROP SCHEMA IF EXISTS fazhi_projection CASCADE").await;
        dropped.expect("the views are gone");
    }
}

/// How many events the views know.
async fn known(connection: &mut PgConnection) -> Result<u64, sqlx::Error> {
    let sql = "SELECT coalesce(sum(next_index), 0)::bigint FROM fazhi_projection.offsets";
    sqlx::query_scalar::<_, i64>(sql).fetch_one(connection).await.map(i64::cast_unsigned)
}

/// One of the two forms under load.
struct Form {
    data: Data,
    work: Arc<Work>,
    token: String,
    apart: Option<Apart>,
}

impl Form {
    async fn of(data: Data, demo: &Path, served: &Served) -> Self {
        let channels = served.channels().await;
        Self::with(data, demo, Doors { cases: channels.clone(), views: channels, mode: Mode::Reporting }, None).await
    }

    async fn apart(data: Data, demo: &Path, apart: Apart) -> Self {
        let doors = Doors { cases: apart.cases().await, views: apart.views().await, mode: Mode::Reporting };
        Self::with(data, demo, doors, Some(apart)).await
    }

    async fn with(data: Data, demo: &Path, doors: Doors, apart: Option<Apart>) -> Self {
        let work = Work::prepare(doors, &data.folder, demo).await;
        let token = supervisor_token(&data.folder);
        Self { data, work, token, apart }
    }

    /// Waits until nothing is left to be done, so that it does not weigh on what is measured next.
    async fn rest(&self) {
        let events = self.data.events().await;
        self.data.known(events).await;
        if let Some(apart) = &self.apart {
            apart.published(events).await;
        }
    }

    async fn commands(&self, time: Duration) -> f64 {
        let per_second = self.work.load(time).await.per_second;
        self.rest().await;
        per_second
    }

    /// Events a second that the views take in after they could not write for some thousand events. NATS has brought them
    /// meanwhile; whoever recorded them stands still, so that nothing is read there.
    async fn after_a_pause(&self) -> f64 {
        let mut locking = self.data.connect().await;
        let mut lock = locking.begin().await.expect("a transaction");
        lock.execute("LOCK TABLE fazhi_projection.offsets IN EXCLUSIVE MODE").await.expect("a lock");
        self.work.burst(MISSED).await;
        let events = self.data.events().await;
        if let Some(apart) = &self.apart {
            apart.published(events).await;
            apart.pause_cases(true);
        }
        let missed = events - known(&mut lock).await.expect("the views");
        let begin = Instant::now();
        lock.commit().await.expect("the lock is gone");
        self.data.known(events).await;
        let rate = missed as f64 / begin.elapsed().as_secs_f64();
        if let Some(apart) = &self.apart {
            apart.pause_cases(false);
        }
        rate
    }
}

/// The rows.
pub async fn rows(run: &Run) -> Vec<Row> {
    let demo = demo(run, feed::CASES);
    let (one, several) = (Data::of(run, &demo, "together").await, Data::of(run, &demo, "apart").await);
    let events = one.events().await;
    let on_postgres = ["--database-url", one.url.as_str()];
    let mut apart = Apart::start(run, &several.folder, &several.url).await;

    apart.nats.kill();
    let mut over_event_log = Vec::new();
    for round in 1..=run.rounds {
        say(&format!("all views from zero, each service apart, without NATS, round {round}"));
        one.forget_views().await;
        let served = Served::start(run, &one.folder, &on_postgres);
        let embedded = events as f64 / served.ready.as_secs_f64();
        served.stop();
        apart.end_views();
        several.forget_views().await;
        let begin = Instant::now();
        apart.begin_views();
        several.known(events).await;
        let ours = events as f64 / begin.elapsed().as_secs_f64();
        over_event_log.push(Round::from([(OURS, ours), (EMBEDDED, embedded)]));
    }

    let mut refilled = Vec::new();
    for round in 1..=run.rounds {
        say(&format!("a wiped NATS store fills again, round {round}"));
        apart.nats.kill();
        apart.nats.wipe();
        let begin = Instant::now();
        apart.nats.resume();
        apart.published(events).await;
        refilled.push(Round::from([(OURS, events as f64 / begin.elapsed().as_secs_f64())]));
    }

    let served = Served::start(run, &one.folder, &on_postgres);
    let (one, several) = (Form::of(one, &demo, &served).await, Form::apart(several, &demo, apart).await);
    let (mut commands, mut median, mut worst, mut over_nats) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 1..=run.rounds {
        say(&format!("commands, visibility and catching up, each service apart and together, round {round}"));
        let time = run.time * 2;
        let (embedded, ours) = (one.commands(time).await, several.commands(time).await);
        commands.push(Round::from([(OURS, ours), (EMBEDDED, embedded)]));
        let time = run.time * 3;
        let embedded = one.work.visible(&one.token, time).await.from_command;
        let ours = several.work.visible(&several.token, time).await.from_command;
        worst.push(Round::from([(OURS, p99_ms(&ours)), (EMBEDDED, p99_ms(&embedded))]));
        median.push(Round::from([(OURS, quantile_ms(&ours, 0.5)), (EMBEDDED, quantile_ms(&embedded, 0.5))]));
        one.rest().await;
        several.rest().await;
        over_nats.push(Round::from([(OURS, several.after_a_pause().await), (EMBEDDED, one.after_a_pause().await)]));
        several.rest().await;
    }
    let row =
        |name: &str, unit, goal, runs| Row::of(format!("distributed_{name}"), unit, None, Some(EMBEDDED), goal, runs);
    let quick = Some(Goal::AtLeast(20_000.0));
    vec![
        row("command_64", "commands/s", None, commands),
        row("visible_p50", "ms", None, median),
        row("visible_p99", "ms", Some(Goal::AtMost(100.0)), worst),
        row("catchup_nats", "events/s", quick, over_nats),
        row("catchup_event_log", "events/s", quick, over_event_log),
        Row::of("distributed_refill", "events/s", None, None, None, refilled),
    ]
}
