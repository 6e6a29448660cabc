//! A counter that follows another service's events, on real SQLite ledgers.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{Timestamp, civil::Date};
use law::{
    Breach, Citation, Decided, Decider,
    citation::APL,
    order::After,
    rule::{Debtor, Kind, Tests, date},
};
use ledger::{Append, Config, Ledger, Origin, Proposal, SystemClock, Url, Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::*;
use crate::{
    LedgerFeed, Service,
    procedure::{Edge, Matter},
    tests::Desk,
};

static DUTY: Rule = Rule {
    id: "EN-X",
    name: law::Label::new("规则", "rule"),
    kind: Kind::Duty,
    debtor: Debtor::Agency,
    compared: None,
    exceptions: &[],
    citations: &[Citation::article(&APL, 48)],
    zh: "规则",
    en: "a rule",
    plans: &[],
    params: &[],
    since: date(2021, 7, 15),
    until: None,
    tests: Tests { allows: &[], refuses: &[] },
};

/// Above this the counter takes nothing.
const FULL: u32 = 1_000_000;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Counted {
    by: u32,
}

law::events! {
    /// Events of a counter.
    enum CounterEvent { Counted = "test.counter.Counted.v1": did("计数", "Counted") }
}
law::events! {
    /// What it has followed.
    enum ReactionEvent {
        EventFollowed = "test.reaction.EventFollowed.v1": did("联动", "Followed"),
        ReactionRefused = "test.reaction.ReactionRefused.v1": did("联动未成", "Not followed"),
    }
}

impl Reacted for ReactionEvent {
    fn led(&self) -> &Led {
        match self {
            Self::EventFollowed(e) => &e.led,
            Self::ReactionRefused(e) => &e.led,
        }
    }
}

struct Counter;

impl Decider for Counter {
    type Command = u32;
    type State = u32;
    type Event = CounterEvent;

    fn answers(_: &u32) -> Vec<After> {
        Vec::new()
    }

    fn decide(_: &u32, _: &Act, by: &u32) -> Result<Vec<Decided<CounterEvent>>, Refusal> {
        if *by > FULL {
            return Err(Refusal::state("FULL", "已满", "full"));
        }
        Ok(vec![Decided::plain(Counted { by: *by })])
    }

    fn evolve(state: &mut u32, event: &CounterEvent) {
        let CounterEvent::Counted(counted) = event;
        *state += counted.by;
    }

    fn attempt(_: &u32, _: &Act, _: &u32, _: &[Breach]) -> Option<CounterEvent> {
        None
    }
}

impl Procedure for Counter {
    type Office = Desk;
    type Id = Uuid;
    type Step = u32;

    const NOUN: &'static str = "counter";
    const SINCE: Date = date(2021, 7, 15);

    fn stream(id: &Uuid) -> String {
        format!("counter/{id}")
    }

    fn owner(_: &u32) -> Option<Place> {
        None
    }

    fn begins(_: &Desk, call: &Call, id: &Uuid, _: &u32) -> Option<Place> {
        (!id.is_nil()).then(|| Place::within(&call.caller.region))
    }

    async fn command(_: &Desk, _: &Tx, _: &Matter<'_, Self>, by: u32) -> Result<u32, ExecuteError> {
        Ok(by)
    }
}

const TOLD: &str = "source.number.Told.v1";

const COUNTER: Uuid = Uuid::from_u128(1);

fn reacts(kind: &str) -> Option<Reading<Desk>> {
    (kind == TOLD).then_some(count)
}

/// Every number leads to counting it, an even one twice; nobody knows the counter of zero.
fn count(envelope: &Envelope<'_>) -> Vec<Reaction<Desk>> {
    let Ok(n) = envelope.data.get().parse::<u32>() else { return Vec::new() };
    let count = |id| Reaction::of::<Counter>(&DUTY, "Count", id, n);
    match n {
        0 => vec![count(Uuid::nil())],
        _ if n.is_multiple_of(2) => vec![count(COUNTER), count(COUNTER)],
        _ => vec![count(COUNTER)],
    }
}

async fn ledger(dir: &std::path::Path, service: &str) -> Ledger {
    let config = Config::new(service, "230883", Url::Sqlite(dir.to_owned()));
    Ledger::open(config, Arc::new(SystemClock)).await.unwrap()
}

async fn tell(ledger: &Ledger, data: &str) {
    static VERSION: AtomicU64 = AtomicU64::new(1);
    let command_id = Uuid::from_u128(u128::from(VERSION.fetch_add(1, Ordering::Relaxed)));
    let origin = Origin {
        actor: "somebody".into(),
        agency: "11230883MB01310199".into(),
        region: "230883".into(),
        correlation_id: Uuid::from_u128(77),
        causation_id: None,
        traceparent: None,
    };
    let event = Proposal {
        kind: TOLD.into(),
        time: "2026-03-02T01:00:00Z".parse::<Timestamp>().unwrap(),
        rules: vec![],
        data: RawValue::from_string(data.to_owned()).unwrap(),
    };
    let write = Write { stream: format!("number/{command_id}"), expected: 0, events: vec![event] };
    ledger.append(Append { command_id, command_digest: [0; 32], origin, writes: vec![write] }).await.unwrap();
}

struct World {
    _dir: tempfile::TempDir,
    source: Ledger,
    here: Ledger,
}

impl World {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (source, here) = (ledger(dir.path(), "source").await, ledger(dir.path(), "test").await);
        Self { _dir: dir, source, here }
    }

    /// A process with a memory of its own.
    fn process(&self) -> Desk {
        Desk(Edge::plain(Service::new(self.here.clone(), Arc::new(SystemClock))))
    }

    async fn follow(&self, shutdown: CancellationToken) {
        let feed = Arc::new(LedgerFeed::new("source", self.source.clone()));
        follow::<Desk, ReactionEvent>(self.process(), feed, reacts, shutdown).await;
    }

    async fn position(&self) -> Position {
        *self.process().0.service.load::<Reactions<ReactionEvent>>("reaction/source").await.unwrap().1
    }

    /// Follows until so many events are marked.
    async fn until(&self, marked: u64) {
        let shutdown = CancellationToken::new();
        let done = async {
            while self.position().await.log_index < marked {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            shutdown.cancel();
        };
        tokio::time::timeout(Duration::from_secs(60), async { tokio::join!(self.follow(shutdown.clone()), done) })
            .await
            .expect("followed in time");
    }

    async fn count(&self) -> u32 {
        *self.process().0.service.load::<Counter>(&Counter::stream(&COUNTER)).await.unwrap().1
    }

    async fn marks(&self) -> Vec<ReactionEvent> {
        let records = self.here.stream("reaction/source", 0).await.unwrap();
        let read = |r: &ledger::Record| {
            let envelope = r.envelope().unwrap();
            <ReactionEvent as law::DomainEvent>::from_data(envelope.kind, envelope.data.get()).unwrap()
        };
        records.iter().map(read).collect()
    }
}

#[tokio::test]
async fn an_event_is_followed_with_its_time_its_matter_and_its_cause() {
    let world = World::new().await;
    tell(&world.source, "\"nothing\"").await;
    tell(&world.source, "7").await;
    world.until(2).await;
    let told = world.source.log(1, 1).await.unwrap();
    let (told, counted) = (told[0].envelope().unwrap(), world.here.log(0, 10).await.unwrap());
    assert_eq!(counted.len(), 2, "what was counted, and the mark");
    for record in &counted {
        let envelope = record.envelope().unwrap();
        assert_eq!((envelope.time, envelope.correlation_id), (told.time, told.correlation_id));
        assert_eq!((envelope.causation_id, envelope.actor), (Some(told.id), "follows:source"));
        assert!(envelope.data.get().contains(r#""mode":"reporting""#));
    }
    assert_eq!(world.count().await, 7);
}

#[tokio::test]
async fn what_is_refused_is_kept_under_the_rule_and_not_tried_again() {
    let world = World::new().await;
    for data in ["2000001", "0", "3"] {
        tell(&world.source, data).await;
    }
    world.until(3).await;
    let marks = world.marks().await;
    let [
        ReactionEvent::ReactionRefused(full),
        ReactionEvent::ReactionRefused(unknown),
        ReactionEvent::EventFollowed(_),
    ] = &marks[..]
    else {
        panic!("{marks:?}")
    };
    assert!(full.zh.ends_with("已满") && full.en.ends_with("full") && full.led.log_index == 0, "{full:?}");
    assert!(unknown.en.contains("there is no counter"), "{unknown:?}");
    assert!(world.here.log(0, 1).await.unwrap()[0].bytes.contains(r#""violations":[{"rule":"EN-X""#));
    world.until(3).await;
    assert_eq!((world.marks().await.len(), world.count().await), (3, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_anywhere_each_event_is_followed_once() {
    let world = World::new().await;
    for n in 1..=120_u32 {
        tell(&world.source, &n.to_string()).await;
    }
    let mut stops = 0_u32;
    while world.position().await.log_index < 120 {
        // From before the first read to the middle of a commit; each time a little further.
        let wait = Duration::from_micros(u64::from(stops % 40) * 113);
        if stops < 150 {
            _ = tokio::time::timeout(wait, world.follow(CancellationToken::new())).await;
            stops += 1;
        } else {
            world.until(120).await;
        }
    }
    let twice: u32 = (1..=120).filter(|n| n % 2 == 0).sum();
    assert_eq!(world.count().await, (1..=120).sum::<u32>() + twice);
    assert_eq!(world.marks().await.len(), 180);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_follow_each_event_once() {
    let world = World::new().await;
    for n in 1..=60_u32 {
        tell(&world.source, &n.to_string()).await;
    }
    tokio::join!(world.until(60), world.until(60));
    let twice: u32 = (1..=60).filter(|n| n % 2 == 0).sum();
    assert_eq!((world.count().await, world.marks().await.len()), ((1..=60).sum::<u32>() + twice, 90));
}
