//! On a real SQLite ledger, without the transport.

use std::{collections::BTreeSet, time::Duration};

use event_log_server::EventLog as _;
use law::id::Uscc;
use ledger::{Append, Config, Origin, Proposal, SystemClock, Url, Write, merkle};
use proto::events::v1::EventFilter;
use serde_json::value::to_raw_value;
use tokio_stream::{Stream as _, StreamExt as _};
use uuid::Uuid;

use super::*;
use crate::{Caller, Role};

const OURS: &str = "11230883MB01310199";
const THEIRS: &str = "11230883MB01120105";

struct World {
    log: EventLog,
    ledger: Ledger,
    shutdown: CancellationToken,
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new("trial", "230883", Url::Sqlite(folder.path().to_owned()));
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.unwrap();
    let shutdown = CancellationToken::new();
    let log = EventLog::new([("trial".to_owned(), ledger.clone())].into(), shutdown.clone());
    World { log, ledger, shutdown, _folder: folder }
}

impl World {
    /// An event of a case of this agency and region.
    async fn happens(&self, case: u128, kind: &str, agency: &str, region: &str) {
        let stream = format!("case/{}", Uuid::from_u128(case));
        let expected = self.ledger.stream(&stream, 0).await.unwrap().len() as u64;
        let event = Proposal {
            kind: kind.to_owned(),
            time: "2026-03-02T09:00:00Z".parse().unwrap(),
            rules: Vec::new(),
            data: to_raw_value(&case.to_string()).unwrap(),
        };
        let append = Append {
            command_id: Uuid::now_v7(),
            command_digest: [0; 32],
            origin: Origin {
                actor: "x".to_owned(),
                agency: agency.to_owned(),
                region: region.to_owned(),
                correlation_id: Uuid::from_u128(case),
                causation_id: None,
                traceparent: None,
            },
            writes: vec![Write { stream, expected, events: vec![event] }],
        };
        self.ledger.append(append).await.unwrap();
    }

    async fn read(&self, caller: Caller, read: ReadEventsRequest) -> Result<(Vec<RecordedEvent>, u64), Status> {
        let mut pages = self.log.read_events(asked(caller, read)).await?.into_inner();
        let (mut events, mut next) = (Vec::new(), None);
        while let Some(page) = pages.next().await {
            let page = page?;
            events.extend(page.events);
            next = Some(page.next);
        }
        Ok((events, next.unwrap()))
    }

    async fn indexes(&self, caller: Caller, filter: EventFilter) -> Vec<u64> {
        let read = ReadEventsRequest { service: "trial".into(), filter: Some(filter), ..Default::default() };
        self.read(caller, read).await.unwrap().0.iter().map(|event| event.log_index).collect()
    }
}

fn asked<M>(caller: Caller, message: M) -> Request<M> {
    let mut request = Request::new(message);
    request.extensions_mut().insert(caller);
    request
}

fn caller(role: Role, agency: Option<&str>, region: &str) -> Caller {
    Caller {
        subject: "reader".to_owned(),
        name: String::new(),
        agency: agency.map(|agency| agency.parse::<Uscc>().unwrap()),
        region: region.parse().unwrap(),
        roles: BTreeSet::from([role]),
    }
}

fn service() -> Caller {
    caller(Role::Service, None, "230883")
}

#[tokio::test]
async fn everybody_reads_what_is_theirs_and_learns_how_far_they_are() {
    let world = world().await;
    world.happens(1, "trial.case.Filed.v1", OURS, "230883").await;
    world.happens(2, "trial.case.Filed.v1", THEIRS, "230882").await;
    world.happens(1, "trial.case.Closed.v1", OURS, "230883").await;
    world.happens(3, "trial.case.Noted.v1", "", "").await;
    let all = EventFilter::default;
    assert_eq!(world.indexes(service(), all()).await, [0, 1, 2, 3]);
    assert_eq!(world.indexes(caller(Role::Auditor, None, "230800"), all()).await, [0, 1, 2, 3]);
    let county = caller(Role::Supervisor, None, "230883");
    assert_eq!(world.indexes(county.clone(), all()).await, [0, 2, 3], "what the system did is the log's region's");
    assert_eq!(world.indexes(caller(Role::Officer, Some(THEIRS), "230882"), all()).await, [1]);
    assert_eq!(world.indexes(caller(Role::Officer, None, "230883"), all()).await, [0_u64; 0], "nobody's officer");
    assert_eq!(
        world.indexes(caller(Role::Public, Some(OURS), "230883"), all()).await,
        [0, 2],
        "the guard keeps them out"
    );

    let read = ReadEventsRequest { service: "trial".into(), from: 1, to: 2, ..Default::default() };
    let (events, next) = world.read(county, read).await.unwrap();
    assert_eq!((events.len(), next), (0, 2), "nothing for the reader, who still goes on");
}

#[tokio::test]
async fn filters_by_type_agency_region_and_matter() {
    let world = world().await;
    world.happens(1, "trial.case.Filed.v1", OURS, "230883").await;
    world.happens(2, "trial.case.Filed.v1", THEIRS, "230882").await;
    world.happens(1, "trial.letter.Sent.v1", OURS, "230883").await;
    let with = |change: fn(&mut EventFilter)| {
        let mut filter = EventFilter::default();
        change(&mut filter);
        world.indexes(service(), filter)
    };
    assert_eq!(with(|f| f.types = vec!["trial.case.Filed.v1".into()]).await, [0, 1]);
    assert_eq!(with(|f| f.types = vec!["trial.case.Filed".into()]).await, [0_u64; 0], "a type is meant whole");
    assert_eq!(with(|f| f.types = vec!["trial.letter.*".into(), "trial.nothing.".into()]).await, [2]);
    assert_eq!(with(|f| f.agency = OURS.into()).await, [0, 2]);
    assert_eq!(with(|f| f.region = "230882".into()).await, [1]);
    assert_eq!(with(|f| f.matter = Uuid::from_u128(1).to_string()).await, [0, 2]);
    assert_eq!(with(|f| f.matter = format!("case/{}", Uuid::from_u128(2))).await, [1]);

    let wrong = EventFilter { agency: "nobody".into(), ..Default::default() };
    let read = ReadEventsRequest { service: "trial".into(), filter: Some(wrong), ..Default::default() };
    assert_eq!(world.read(service(), read).await.unwrap_err().code(), tonic::Code::InvalidArgument);
    let read = ReadEventsRequest { service: "other".into(), ..Default::default() };
    let refused = world.read(service(), read).await.unwrap_err();
    assert!(refused.message().contains("trial"), "{refused}");
}

#[tokio::test]
async fn every_event_comes_with_its_proof() {
    let world = world().await;
    for case in 0..5 {
        world.happens(case, "trial.case.Filed.v1", OURS, "230883").await;
    }
    let read = ReadEventsRequest { service: "trial".into(), with_inclusion: true, ..Default::default() };
    let (events, _) = world.read(service(), read).await.unwrap();
    assert_eq!(events.len(), 5);
    let head = world.ledger.head();
    for event in events {
        let inclusion = event.inclusion.unwrap();
        let path: Vec<_> = inclusion.path.iter().map(|hash| hash[..].try_into().unwrap()).collect();
        let leaf = merkle::leaf_hash(event.record.as_bytes());
        assert_eq!(merkle::root_of_path(event.log_index, inclusion.size, leaf, &path), Some(head.root));
        assert_eq!(inclusion.root, head.root);
    }
    let stream = ReadStreamRequest {
        service: "trial".into(),
        stream: format!("case/{}", Uuid::from_u128(3)),
        with_inclusion: true,
    };
    let mut pages = world.log.read_stream(asked(service(), stream)).await.unwrap().into_inner();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.events.iter().map(|event| event.log_index).collect::<Vec<_>>(), [3]);
    assert!(page.events[0].inclusion.is_some());
}

#[tokio::test]
async fn who_follows_gets_what_is_there_and_what_comes_and_is_told_of_the_end() {
    let world = world().await;
    world.happens(1, "trial.case.Filed.v1", OURS, "230883").await;
    let follow = FollowEventsRequest { service: "trial".into(), from: 0, filter: None };
    let mut pages = world.log.follow_events(asked(service(), follow)).await.unwrap().into_inner();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.events.len(), first.next, first.size), (1, 1, 1));
    // Taken late: what came meanwhile is there, in order.
    for case in 2..30 {
        world.happens(case, "trial.case.Filed.v1", OURS, "230883").await;
    }
    let mut seen = Vec::new();
    while seen.len() < 28 {
        let page = tokio::time::timeout(Duration::from_secs(20), pages.next()).await.unwrap().unwrap().unwrap();
        seen.extend(page.events.iter().map(|event| event.log_index));
    }
    assert_eq!(seen, (1..29).collect::<Vec<u64>>());
    world.shutdown.cancel();
    let end = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            if let Err(status) = pages.next().await.unwrap() {
                break status;
            }
        }
    });
    assert_eq!(end.await.unwrap().code(), tonic::Code::Unavailable);
}

/// How many places there were when somebody who waited was woken.
struct Woken {
    places: Arc<Semaphore>,
    free: std::sync::atomic::AtomicUsize,
}

impl std::task::Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.free.store(self.places.available_permits(), std::sync::atomic::Ordering::Relaxed);
    }
}

#[tokio::test]
async fn the_place_of_an_answer_is_free_before_its_end_is_told() {
    for done in [Ok(()), Err(Status::unavailable("gone"))] {
        let places = Arc::new(Semaphore::new(1));
        let woken = Arc::new(Woken { places: places.clone(), free: std::sync::atomic::AtomicUsize::new(9) });
        let (pages, mut answer) = Pages::<()>::open(places.clone().try_acquire_owned().unwrap());
        let waker = Arc::clone(&woken).into();
        assert!(std::pin::Pin::new(&mut answer).poll_next(&mut std::task::Context::from_waker(&waker)).is_pending());
        pages.end(done).await;
        assert_eq!(woken.free.load(std::sync::atomic::Ordering::Relaxed), 1);
    }
}
