//! Other event stores on Postgres, each through its own published API, under the load of the bench.
//!
//! `bench-peers URL load postgres-es|disintegrate CALLERS MILLISECONDS` and `bench-peers URL deliver` print JSON.

#[path = "../../../src/delivery.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod delivery;
#[path = "../../src/load.rs"]
#[expect(dead_code, reason = "the bench uses the rest")]
mod load;
#[path = "../../src/workload.rs"]
mod workload;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use cqrs_es::{
    Aggregate, DomainEvent,
    event_sink::EventSink,
    persist::{PersistedEventRepository as _, SerializedEvent},
};
use delivery::{Fold, Key, Manner, Subject};
use disintegrate::{Event, EventListener, EventStore as _, PersistedEvent, StreamQuery, query};
use disintegrate_postgres::{Migrator, PgEventId, PgEventListener, PgEventListenerConfig, PgEventStore};
use load::{Load, closed};
use postgres_es::PostgresEventRepository;
use serde::{Deserialize, Serialize};
use sqlx::{Executor as _, PgPool, postgres::PgPoolOptions};
use tokio_util::sync::CancellationToken;
use workload::{event, place};

/// What the listener has to deliver; disintegrate appends far slower than the others, so less than of those.
const DELIVERY: delivery::Load =
    delivery::Load { writers: 8, appends: 400, readers: 4, patience: Duration::from_secs(4) };

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = match words.as_slice() {
        [url, "load", peer, callers, time] => {
            let callers = callers.parse().expect("callers");
            let time = Duration::from_millis(time.parse().expect("milliseconds"));
            let load = match *peer {
                "postgres-es" => PostgresEs::open(url).await.load(callers, time).await,
                _ => Disintegrate::open(url).await.load(callers, time).await,
            };
            serde_json::json!({ "per_second": load.per_second, "p99_ms": load.p99_ms })
        }
        [url, "deliver"] => {
            let subject = Disintegrate::open(url).await;
            Migrator::new(subject.store.clone()).init_listener().await.expect("the listener's tables");
            let outcome = delivery::deliver(Arc::new(subject), DELIVERY).await;
            serde_json::json!({
                "committed": outcome.committed,
                "lost": outcome.lost,
                "repeated": outcome.repeated,
                "invented": outcome.invented,
                "wrong_percent": outcome.wrong_percent(DELIVERY.readers),
            })
        }
        _ => panic!("URL load PEER CALLERS MILLISECONDS, or URL deliver"),
    };
    println!("{said}");
}

/// Connections, as many as callers.
const CONNECTIONS: u32 = 64;

async fn pool(url: &str) -> PgPool {
    PgPoolOptions::new().max_connections(CONNECTIONS).min_connections(CONNECTIONS).connect(url).await.expect("a pool")
}

// ---- postgres-es.

/// postgres-es: a transaction for each append, the version checked by the primary key.
struct PostgresEs(PgPool);

/// The aggregate whose type the store wants to know.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Case;

/// Its one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Made;

impl DomainEvent for Made {
    fn event_type(&self) -> String {
        "RecordMade".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

impl Aggregate for Case {
    const TYPE: &'static str = "case";
    type Command = ();
    type Event = Made;
    type Error = std::fmt::Error;
    type Services = ();

    async fn handle(&mut self, (): (), (): &(), _: &EventSink<Self>) -> Result<(), Self::Error> {
        Ok(())
    }

    fn apply(&mut self, _: Made) {}
}

impl PostgresEs {
    /// An empty store, with the table that its documentation gives.
    async fn open(url: &str) -> Self {
        let pool = pool(url).await;
        pool.execute(
            "CREATE TABLE events (aggregate_type text NOT NULL, aggregate_id text NOT NULL, sequence bigint NOT NULL \
             CHECK (sequence >= 0), event_type text NOT NULL, event_version text NOT NULL, payload json NOT NULL, \
             metadata json NOT NULL, PRIMARY KEY (aggregate_type, aggregate_id, sequence))",
        )
        .await
        .expect("a table");
        Self(pool)
    }

    /// One event per append.
    async fn load(self, callers: usize, time: Duration) -> Load {
        let store = Arc::new(PostgresEventRepository::new(self.0.clone()));
        let load = closed(callers, time, move |caller, n| {
            let store = store.clone();
            async move {
                let (stream, version) = place(caller, n);
                let event = SerializedEvent::new(
                    stream,
                    usize::try_from(version + 1).expect("few"),
                    "case".to_owned(),
                    "RecordMade".to_owned(),
                    "1".to_owned(),
                    serde_json::from_str(&event(n)).expect("JSON"),
                    serde_json::json!({}),
                );
                store.persist::<Case>(&[event], None).await.expect("appended");
            }
        })
        .await;
        self.0.close().await;
        load
    }
}

// ---- disintegrate.

/// The event as disintegrate wants it: its case is its domain id.
#[derive(Clone, Debug, PartialEq, Eq, Event, Serialize, Deserialize)]
#[stream(CaseEvent, [RecordMade])]
enum Stored {
    /// A record was made.
    RecordMade {
        /// The case.
        #[id]
        case_id: String,
        /// What is stored.
        event: String,
    },
}

type Store = PgEventStore<Stored, disintegrate::serde::json::Json<Stored>>;

/// disintegrate: appends under a condition on what was read.
struct Disintegrate {
    pool: PgPool,
    store: Store,
}

impl Disintegrate {
    /// An empty store.
    async fn open(url: &str) -> Self {
        let pool = pool(url).await;
        let json = disintegrate::serde::json::Json::default;
        let store = match PgEventStore::try_new(pool.clone(), json()).await {
            Ok(store) => store,
            // A function of its set-up is written in a way that Postgres has understood since version 16 only. For an
            // older one, what is left to set up then: the function to the same effect, and the column of the domain id.
            Err(_) => {
                sqlx::raw_sql(
                    "CREATE FUNCTION event_store_begin_epoch() RETURNS void LANGUAGE sql AS $$                      SELECT pg_try_advisory_xact_lock_shared(d.oid::int, 0), \
                     pg_try_advisory_xact_lock_shared(1, (s.last_value & 4294967295)::bit(32)::int), \
                     pg_try_advisory_xact_lock_shared(2, (s.last_value >> 32)::bit(32)::int) \
                     FROM seq_event_event_id s, pg_database d WHERE d.datname = current_database() $$; \
                     ALTER TABLE event ADD COLUMN case_id text; CREATE INDEX ON event (case_id)",
                )
                .execute(&pool)
                .await
                .expect("the rest of the set-up");
                PgEventStore::new_uninitialized(pool.clone(), json())
            }
        };
        Self { pool, store }
    }

    /// One event per append; nothing of the case may have been appended by others since the caller's last.
    async fn load(self, callers: usize, time: Duration) -> Load {
        let store = self.store.clone();
        // Callers of their own write streams of their own: the last id of each is known to its caller.
        let last: Arc<Vec<AtomicI64>> = Arc::new((0..callers).map(|_| 0.into()).collect());
        let load = closed(callers, time, move |caller, n| {
            let (store, last) = (store.clone(), last.clone());
            async move {
                let (case, version) = place(caller, n);
                let known = if version == 0 { 0 } else { last[caller].load(Ordering::Relaxed) };
                let condition = query!(CaseEvent; case_id == case.clone());
                let made = Stored::RecordMade { case_id: case, event: event(n) };
                // Its transactions are serialisable; what fails to be serialised is tried again, and that time counts.
                let stored = loop {
                    if let Ok(stored) = store.append(vec![made.clone()], condition.clone(), known).await {
                        break stored;
                    }
                };
                let id = stored.last().map_or(0, PersistedEvent::id);
                last[caller].store(id, Ordering::Relaxed);
            }
        })
        .await;
        self.pool.close().await;
        load
    }
}

/// Readers need names that live for ever.
const READERS: [&str; 8] = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"];
/// Events that a slow append has before the one that counts.
const SLOW_EVENTS: usize = 63;

/// A reader's fold behind disintegrate's listener.
struct Listening {
    reader: usize,
    fold: Fold,
    query: StreamQuery<PgEventId, Stored>,
}

#[async_trait::async_trait]
impl EventListener<PgEventId, Stored> for Listening {
    type Error = std::convert::Infallible;

    fn id(&self) -> &'static str {
        READERS[self.reader]
    }

    fn query(&self) -> &StreamQuery<PgEventId, Stored> {
        &self.query
    }

    async fn handle(&self, event: PersistedEvent<PgEventId, Stored>) -> Result<(), Self::Error> {
        let position = event.id().cast_unsigned();
        let Stored::RecordMade { event, .. } = event.into_inner();
        match event.split_once(' ') {
            Some((writer, n)) => {
                self.fold.take((writer.parse().expect("a writer"), n.parse().expect("a count")), position)
            }
            None => self.fold.pass(position),
        }
        Ok(())
    }
}

impl Subject for Disintegrate {
    async fn append(&self, (writer, n): Key, manner: Manner) -> bool {
        let case = format!("{writer}-{n}");
        let counted = Stored::RecordMade { case_id: case.clone(), event: format!("{writer} {n}") };
        let padding = Stored::RecordMade { case_id: case.clone(), event: "padding".to_owned() };
        match manner {
            Manner::Plain => {
                self.store.append(vec![counted], query!(CaseEvent; case_id == case.clone()), 0).await.is_ok()
            }
            Manner::Slow => {
                let mut events = vec![padding; SLOW_EVENTS];
                events.push(counted);
                self.store.append(events, query!(CaseEvent; case_id == case.clone()), 0).await.is_ok()
            }
            // Nothing may have been appended ever: refused.
            Manner::RolledBack => self.store.append(vec![counted], query!(CaseEvent), 0).await.is_ok(),
        }
    }

    async fn follow(&self, reader: usize, fold: Fold, stop: CancellationToken) {
        let listening = Listening { reader, fold, query: query!(Stored) };
        let config = PgEventListenerConfig::poller(Duration::from_millis(2));
        let listener =
            PgEventListener::builder(self.store.clone()).uninitialized().register_listener(listening, config);
        // Dropped, it stops as well: its tasks would go on otherwise.
        let ended = stop.clone();
        let _stop = stop.drop_guard();
        listener.start_with_shutdown(async move { ended.cancelled().await }).await.expect("the listener");
    }
}
