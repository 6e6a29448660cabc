//! A tiny aggregate through execute, on a real SQLite ledger.

use std::sync::Arc;

use jiff::Timestamp;
use law::{Act, Breach, Decided, Decider, Refusal, order::After, series::Unnumbered};
use ledger::{Config, Ledger, SystemClock, Url};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Call, Caller, ExecuteError, Place, Service,
    procedure::{Edge, Office},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Counted {
    by: u32,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct StepRefused {
    breaches: Vec<Breach>,
}
law::events! {
    /// Events of a counter.
    enum CounterEvent {
        Counted = "test.counter.Counted.v1": did("计数", "Counted"),
        StepRefused = "test.counter.StepRefused.v1": did("操作被拒", "Step refused"),
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

    fn decide(state: &u32, _: &Act, by: &u32) -> Result<Vec<Decided<CounterEvent>>, Refusal> {
        match by {
            0 => Ok(vec![]),
            // There is nothing to do for who wants what is so already.
            50 if *state == 50 => Ok(vec![]),
            13 => Err(Refusal::Unlawful(vec![Breach {
                rule: "T-13".into(),
                citation: "《测试》第十三条".into(),
                zh: "不行".into(),
                en: "no".into(),
                whose: None,
            }])),
            _ if *state >= 100 => Err(Refusal::state("FULL", "满", "full")),
            _ => Ok(vec![Decided::plain(Counted { by: *by })]),
        }
    }

    fn evolve(state: &mut u32, event: &CounterEvent) {
        if let CounterEvent::Counted(c) = event {
            *state += c.by;
        }
    }

    fn attempt(_: &u32, _: &Act, _: &u32, breaches: &[Breach]) -> Option<CounterEvent> {
        Some(StepRefused { breaches: breaches.to_vec() }.into())
    }
}

/// An office that has nothing but a ledger.
#[derive(Clone)]
pub(crate) struct Desk(pub(crate) Edge);

impl Office for Desk {
    type Numbers = Unnumbered;

    fn edge(&self) -> &Edge {
        &self.0
    }
}

async fn service(dir: &std::path::Path) -> Service {
    let config = Config::new("test", "230883", Url::Sqlite(dir.to_owned()));
    let clock = Arc::new(SystemClock);
    Service::new(Ledger::open(config, clock.clone()).await.unwrap(), clock)
}

fn call(id: u128, digest: u8) -> Call {
    Call {
        caller: Caller::anonymous("230883".parse().unwrap()),
        act: Act { at: Timestamp::UNIX_EPOCH, ..law::decider::harness::act("2026-03-02T09:00") },
        too_old: false,
        command_id: Uuid::from_u128(id),
        digest: [digest; 32],
        correlation_id: None,
        causation_id: None,
        seen: Vec::new(),
        number: None,
        traceparent: None,
    }
}

async fn count(service: &Service, id: u128, by: u32) -> Result<crate::Done, ExecuteError> {
    let place = Place::within(&"230883".parse().unwrap());
    let digest = u8::try_from(by % 251).unwrap();
    // Spawned, because a server needs the future to be Send.
    let service = service.clone();
    tokio::spawn(async move {
        service
            .execute(&call(id, digest), &place, async |tx| {
                tx.decide::<Counter>("counter/1", &by).await?;
                Ok(())
            })
            .await
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn who_may_not_by_an_outdated_state_may_by_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let one = service(dir.path()).await;
    // As in another process: the same ledger, and a memory of its own.
    let other = Service::new(one.ledger().clone(), Arc::new(SystemClock));
    count(&one, 1, 5).await.unwrap();
    count(&other, 2, 1).await.unwrap();
    count(&one, 3, 10).await.unwrap();
    let place = Place::within(&"230883".parse().unwrap());
    let done = other
        .execute(&call(4, 4), &place, async |tx| {
            if *tx.state::<Counter>("counter/1").await? < 10 {
                return Err(ExecuteError::Denied { zh: "不可".into(), en: "not yet".into() });
            }
            tx.decide::<Counter>("counter/1", &1).await?;
            Ok(())
        })
        .await;
    assert_eq!(done.unwrap().records.len(), 1);
}

#[tokio::test]
async fn answers_a_repeat_as_the_first_time() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    let first = count(&service, 1, 100).await.unwrap();
    // Now the counter is full: without the memory of the command, the repeat would be refused by the state.
    let again = count(&service, 1, 100).await.unwrap();
    assert!(again.repeated);
    assert_eq!(first.records, again.records);
    assert!(matches!(count(&service, 1, 7).await, Err(ExecuteError::Reused(_))));
    assert!(matches!(count(&service, 2, 7).await, Err(ExecuteError::Refused(Refusal::State { code: "FULL", .. }))));
    assert_eq!(service.ledger().head().size, 1);
}

#[tokio::test]
async fn what_is_too_old_to_be_handled_is_refused_unless_it_was_handled_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    let place = Place::within(&"230883".parse().unwrap());
    let late = async |id, digest| {
        let call = Call { too_old: true, ..call(id, digest) };
        service.execute(&call, &place, async |tx| tx.decide::<Counter>("counter/1", &5).await.map(drop)).await
    };
    let refused = late(1, 5).await.unwrap_err();
    assert!(
        matches!(&refused, ExecuteError::Refused(Refusal::Invalid { field, .. }) if field == "meta.at"),
        "{refused:?}"
    );
    assert_eq!(service.ledger().head().size, 0, "and nothing is kept of it");
    let first = count(&service, 1, 5).await.unwrap();
    let again = late(1, 5).await.unwrap();
    assert!(again.repeated && again.records == first.records);
    assert!(matches!(late(1, 6).await, Err(ExecuteError::Reused(_))));
}

#[tokio::test]
async fn keeps_a_refused_attempt_once_and_refuses_its_repeat() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    for _ in 0..2 {
        let refused = count(&service, 1, 13).await.unwrap_err();
        assert!(matches!(&refused, ExecuteError::Refused(r) if r.breaches()[0].rule == "T-13"), "{refused:?}");
    }
    assert_eq!(service.ledger().head().size, 1);
    count(&service, 2, 1).await.unwrap();
    assert_eq!(*service.load::<Counter>("counter/1").await.unwrap().1, 1);
}

#[tokio::test]
async fn contended_commands_are_each_counted_once() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    let tasks: Vec<_> = (0..40)
        .map(|id| {
            let service = service.clone();
            tokio::spawn(async move {
                // A client retries with the same id for as long as it is told to.
                loop {
                    match count(&service, id, 1).await {
                        Err(ExecuteError::Conflict) => {}
                        other => return other,
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(*service.load::<Counter>("counter/1").await.unwrap().1, 40);
    assert_eq!(service.ledger().head().size, 40);
}

#[tokio::test]
async fn what_another_process_did_is_seen_before_any_answer() {
    let dir = tempfile::tempdir().unwrap();
    let here = service(dir.path()).await;
    // The same ledger with a memory of its own, as another process has it.
    let there = Service::new(here.ledger().clone(), Arc::new(SystemClock));
    count(&here, 1, 50).await.unwrap();
    count(&there, 2, 1).await.unwrap();
    assert_eq!(here.recent::<Counter>("counter/1").as_deref(), Some(&50));
    let done = count(&here, 3, 50).await.unwrap();
    assert_eq!(done.records.len(), 1, "in memory it is 50, so there would be nothing to do");
    assert_eq!(*here.load::<Counter>("counter/1").await.unwrap().1, 101);
    count(&there, 4, 1).await.expect_err("in memory it is 51, and one more would be allowed");
}

#[tokio::test]
async fn a_lost_race_is_decided_again_on_what_was_stored() {
    let dir = tempfile::tempdir().unwrap();
    let here = service(dir.path()).await;
    let there = Service::new(here.ledger().clone(), Arc::new(SystemClock));
    count(&here, 1, 1).await.unwrap();
    count(&there, 2, 2).await.unwrap();
    let done = count(&here, 3, 4).await.unwrap();
    assert_eq!(done.records[0].stream_version, 3);
    assert_eq!(here.recent::<Counter>("counter/1").as_deref(), Some(&7));
    let again = count(&there, 3, 4).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.records, done.records);
    assert_eq!(*there.load::<Counter>("counter/1").await.unwrap().1, 7, "a repeat is not counted into the state");
}

#[tokio::test]
async fn stores_mode_beside_the_events_own_fields() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    let done = count(&service, 1, 5).await.unwrap();
    let envelope = done.records[0].envelope().unwrap();
    assert_eq!(envelope.data.get(), r#"{"by":5,"mode":"handling"}"#);
    assert_eq!(done.receipt().events, ["test.counter.Counted.v1"]);
    assert!(count(&service, 2, 0).await.unwrap().records.is_empty());
}

#[tokio::test]
async fn a_refused_step_leaves_other_streams_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path()).await;
    let place = Place::within(&"230883".parse().unwrap());
    let refused = service
        .execute(&call(1, 1), &place, |tx| async move {
            tx.decide::<Counter>("counter/1", &5).await?;
            tx.decide::<Counter>("counter/2", &13).await?;
            Ok(())
        })
        .await;
    assert!(matches!(refused, Err(ExecuteError::Refused(_))));
    assert_eq!(*service.load::<Counter>("counter/1").await.unwrap().1, 0);
    assert_eq!(*service.load::<Counter>("counter/2").await.unwrap().1, 0);
}
