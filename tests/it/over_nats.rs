//! Events between processes: over a real NATS and a real event log, whatever either of them does.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_nats::{
    HeaderMap,
    jetstream::{self, stream::Config as StreamConfig},
};
use bus::{Bus, Settings, feed::BusFeed, relay};
use kernel::{
    Caller, Feed, Role, SystemClock,
    auth::{Issuer, Issuers, Revoked, Verifier},
    event_log::EventLog,
    peer::Peer,
    server::{Grpc, Limits},
};
use ledger::{Append, Config, Ledger, Origin, Proposal, Record, Url, Write};
use serde_json::value::to_raw_value;
use stories::nats::Nats;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const SERVICE: &str = "trial";
const STREAM: &str = "FAZHI_trial";

/// A service that has nothing but a ledger, and a NATS beside it.
struct World {
    ledger: Ledger,
    nats: Vec<Nats>,
    feed: BusFeed,
    bus: Bus,
    behind: Arc<AtomicBool>,
    shutdown: CancellationToken,
    _folder: TempDir,
}

impl World {
    async fn start() -> Self {
        Self::on(|folder| vec![Nats::start(folder)], 1).await
    }

    async fn on(nats: impl FnOnce(&Path) -> Vec<Nats>, replicas: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::new(SERVICE, "230883", Url::Sqlite(folder.path().to_owned()));
        let ledger = Ledger::open(config, Arc::new(SystemClock)).await.expect("a ledger");
        let nats = nats(&folder.path().join("nats"));
        let servers = nats.iter().map(Nats::url).collect::<Vec<String>>().join(",");
        let bus = Bus::open("test", &Settings { servers, login: None, tls: None, replicas }).await;
        let bus = bus.expect("a connection");
        let shutdown = CancellationToken::new();

        let issuer = Issuer::open_or_create(&folder.path().join("issuer.pem")).expect("a key");
        let verifier = Arc::new(
            Verifier::start("230883".parse().expect("a region"), Some(&issuer), Issuers::default(), Revoked::nothing())
                .await
                .expect("a verifier"),
        );
        let logs = EventLog::new([(SERVICE.to_owned(), ledger.clone())].into(), shutdown.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Grpc::new(Limits::default()).with(logs.grpc());
        tokio::spawn(server.serve(listener, verifier, shutdown.clone().cancelled_owned()));

        let reader = Caller {
            subject: "reader".to_owned(),
            name: String::new(),
            agency: None,
            region: "230883".parse().expect("a region"),
            roles: BTreeSet::from([Role::Service]),
        };
        let token = issuer.issue(&reader, &SystemClock, 3600).expect("a token");
        let channel = tonic::transport::Endpoint::from_shared(url).expect("an address").connect_lazy();
        let peer = Peer { channel, token: Arc::new(move || Some(token.clone())) };
        let feed = BusFeed::new(SERVICE, peer);
        let (listening, listened, stopped) = (feed.clone(), bus.clone(), shutdown.clone());
        tokio::spawn(async move { listening.listen(listened, stopped).await });
        let world = Self { ledger, nats, feed, bus, behind: Arc::default(), shutdown, _folder: folder };
        world.relay(world.shutdown.clone());
        world
    }

    fn relay(&self, until: CancellationToken) {
        let (bus, ledger, behind) = (self.bus.clone(), self.ledger.clone(), self.behind.clone());
        tokio::spawn(async move {
            let behind = move |_| behind.store(true, Ordering::Relaxed);
            relay::relay(bus, SERVICE, &ledger, behind, &until).await;
        });
    }

    /// Records so many events, of one agency and another.
    async fn happen(&self, events: u64) {
        for _ in 0..events {
            let size = self.ledger.head().size;
            self.ledger.append(append(size)).await.expect("recorded");
        }
    }

    /// The same beside what else is done.
    fn happen_meanwhile(&self, events: u64) -> tokio::task::JoinHandle<()> {
        let ledger = self.ledger.clone();
        tokio::spawn(async move {
            for _ in 0..events {
                ledger.append(append(ledger.head().size)).await.expect("recorded");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
    }

    /// What a reader gets from the beginning on, until it has all there is.
    async fn read(&self) -> Vec<Record> {
        let size = self.ledger.head().size;
        let read = async {
            let mut read = Vec::new();
            while (read.len() as u64) < size {
                match self.feed.read(read.len() as u64, 100).await {
                    Ok(records) => read.extend(records),
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                }
            }
            read
        };
        tokio::time::timeout(Duration::from_secs(60), read).await.expect("all events come")
    }

    /// That a reader has every event once, in order, byte for byte.
    async fn nothing_is_missing(&self) {
        let stored = self.ledger.log(0, 10_000).await.expect("the log");
        assert_eq!(self.read().await, stored);
    }

    async fn admin(&self) -> async_nats::Client {
        let urls: Vec<async_nats::ServerAddr> =
            self.nats.iter().map(|nats| nats.url().parse().expect("an address")).collect();
        async_nats::connect(urls).await.expect("a connection")
    }

    /// Waits until NATS has this event as its last one.
    async fn published(&self, index: u64) {
        let context = jetstream::new(self.admin().await);
        let published = async {
            loop {
                if let Ok(stream) = context.get_stream(STREAM).await
                    && let Ok(last) = stream.get_raw_message(stream.cached_info().state.last_sequence).await
                    && last.headers.get(relay::LOG_INDEX).is_some_and(|at| at.as_str() == index.to_string())
                {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), published).await.expect("NATS has it");
    }
}

fn append(n: u64) -> Append {
    let event = Proposal {
        kind: "trial.case.Noted.v1".to_owned(),
        time: "2026-03-02T09:00:00Z".parse().expect("a time"),
        rules: Vec::new(),
        data: to_raw_value(&n).expect("JSON"),
    };
    Append {
        command_id: Uuid::now_v7(),
        command_digest: [0; 32],
        origin: Origin {
            actor: "x".to_owned(),
            agency: if n.is_multiple_of(2) { "11230883MB01310199".to_owned() } else { String::new() },
            region: "230883".to_owned(),
            correlation_id: Uuid::from_u128(7),
            causation_id: None,
            traceparent: None,
        },
        writes: vec![Write { stream: format!("case/{n}"), expected: 0, events: vec![event] }],
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_the_record_under_a_subject_that_can_be_chosen_by() {
    let world = World::start().await;
    world.happen(3).await;
    world.published(2).await;
    let context = jetstream::new(world.admin().await);
    let stream = context.get_stream(STREAM).await.expect("the stream");
    let stored = world.ledger.log(0, 10).await.expect("the log");
    for record in &stored {
        let message = stream.get_raw_message(record.log_index + 1).await.expect("the message");
        assert_eq!(message.payload[..], *record.bytes.as_bytes());
        let agency = if record.log_index == 1 { "none" } else { "11230883MB01310199" };
        assert_eq!(message.subject.as_str(), format!("fazhi.trial.230883.{agency}.Noted"));
        let id = message.headers.get("Nats-Msg-Id").expect("an id");
        assert_eq!(id.as_str(), format!("trial:{}", record.log_index));
    }
    world.nothing_is_missing().await;
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_nats_dies_is_wiped_or_loses_its_stream() {
    let mut world = World::start().await;
    world.happen(20).await;
    world.published(19).await;

    world.nats[0].kill();
    world.happen(20).await;
    // By the event log alone.
    world.nothing_is_missing().await;
    world.nats[0].resume();
    world.happen(1).await;
    world.published(40).await;

    world.nats[0].kill();
    world.nats[0].wipe();
    world.happen(5).await;
    world.nats[0].resume();
    world.published(45).await;
    world.nothing_is_missing().await;

    let context = jetstream::new(world.admin().await);
    context.delete_stream(STREAM).await.expect("it is gone");
    world.happen(5).await;
    world.nothing_is_missing().await;
    world.published(50).await;
    // The stream has the whole log again, each event once.
    let stream = context.get_stream(STREAM).await.expect("the stream");
    assert_eq!(stream.cached_info().state.messages, 51);
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_of_three_goes_on_when_one_is_killed() {
    let mut world = World::on(|folder| Nats::cluster(folder, 3), 3).await;
    world.happen(20).await;
    world.published(19).await;
    let context = jetstream::new(world.admin().await);
    let stream = context.get_stream(STREAM).await.expect("the stream");
    assert_eq!(stream.cached_info().config.num_replicas, 3);
    let leader = stream.cached_info().cluster.as_ref().and_then(|cluster| cluster.leader.clone()).expect("a leader");
    let leader: usize = leader.trim_start_matches('n').parse().expect("its number");
    // Under load: no command waits for it, and none fails.
    let happening = world.happen_meanwhile(200);
    world.nats[leader].kill();
    happening.await.expect("all are recorded");
    world.nothing_is_missing().await;
    world.published(219).await;
    world.nats[leader].resume();
    world.happen(5).await;
    world.published(224).await;
    world.nothing_is_missing().await;
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_reordered_and_wrong_messages_change_nothing() {
    let world = World::start().await;
    world.happen(50).await;
    world.published(49).await;
    let stored = world.ledger.log(0, 100).await.expect("the log");
    let client = world.admin().await;
    let send = async |bytes: String| {
        client.publish("fazhi.trial.230883.none.Noted", bytes.into()).await.expect("sent");
    };
    for record in stored.iter().rev().chain(&stored) {
        send(record.bytes.to_string()).await;
    }
    for wrong in ["", "{}", "no event", "[1]"] {
        send(wrong.to_owned()).await;
    }
    // Its own, by the looks of them, of places that are still to come: the owner is asked, and has none such.
    for far in ["60", "18446744073709551615"] {
        send(stored[3].bytes.replace("\"logindex\":3,", &format!("\"logindex\":{far},"))).await;
    }
    // Of another service.
    let foreign =
        stored[3].bytes.replace("/fazhi/trial/", "/fazhi/other/").replace("\"logindex\":3,", "\"logindex\":50,");
    send(foreign).await;
    client.flush().await.expect("all is sent");
    world.happen(20).await;
    world.nothing_is_missing().await;
    world.happen(1).await;
    world.published(70).await;
    world.nothing_is_missing().await;
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_relays_at_once_publish_each_event_once() {
    let world = World::start().await;
    // On SQLite everybody has the lease, as after a pause that was longer than it.
    let second = CancellationToken::new();
    world.relay(second.clone());
    world.happen(60).await;
    world.published(59).await;
    second.cancel();
    let context = jetstream::new(world.admin().await);
    let mut stream = context.get_stream(STREAM).await.expect("the stream");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stream.info().await.expect("its state").state.messages, 60);
    world.nothing_is_missing().await;
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_with_less_than_was_published_is_told_of() {
    let world = World::start().await;
    world.happen(2).await;
    world.published(1).await;
    assert!(!world.behind.load(Ordering::Relaxed));
    assert_eq!(relay::behind(&world.bus, SERVICE, &world.ledger).await, None);
    // As if events 2 to 9 had been published before an older copy was restored.
    let mut headers = HeaderMap::new();
    headers.insert(relay::LOG_INDEX, "9");
    let client = world.admin().await;
    client.publish_with_headers("fazhi.trial.230883.none.Noted", headers, "{}".into()).await.expect("sent");
    client.flush().await.expect("sent");
    // Every process asks before it takes commands, also one that does not relay.
    let why = relay::behind(&world.bus, SERVICE, &world.ledger).await.expect("it is told");
    assert!(why.contains("holds 2 events, but event 9 was published"), "{why}");
    let until = CancellationToken::new();
    world.relay(until.clone());
    let told = async {
        while !world.behind.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told).await.expect("it is told");
    until.cancel();
    world.shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_with_other_settings_is_not_published_into() {
    let folder = tempfile::tempdir().expect("a folder");
    let nats = Nats::start(&folder.path().join("nats"));
    let context = jetstream::new(async_nats::connect(nats.url()).await.expect("a connection"));
    let other = StreamConfig {
        name: STREAM.to_owned(),
        subjects: vec!["fazhi.trial.>".to_owned()],
        max_messages: 5,
        ..StreamConfig::default()
    };
    context.create_stream(other).await.expect("a stream");
    let config = Config::new(SERVICE, "230883", Url::Sqlite(folder.path().to_owned()));
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.expect("a ledger");
    ledger.append(append(0)).await.expect("recorded");
    let settings = Settings { servers: nats.url(), login: None, tls: None, replicas: 1 };
    let bus = Bus::open("test", &settings).await.expect("a connection");
    let until = CancellationToken::new();
    let relayed = relay::relay(bus, SERVICE, &ledger, |_| {}, &until);
    _ = tokio::time::timeout(Duration::from_secs(2), relayed).await;
    let stream = context.get_stream(STREAM).await.expect("the stream");
    assert_eq!(stream.cached_info().state.messages, 0);
}
