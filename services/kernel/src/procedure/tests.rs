//! A matter that goes from hand to hand, in two processes with a memory each.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::date};
use law::{Act, Breach, Decided, Decider, Refusal, id::Uscc, order::After};
use ledger::{Config, Ledger, SystemClock, Url};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{Role, Service, tests::Desk};

const OURS: &str = "11230883MB01310199";
const THEIRS: &str = "11230883MB01120105";
const PARCEL: Uuid = Uuid::from_u128(9);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Given {
    to: String,
}
law::events! {
    /// Events of a parcel.
    enum ParcelEvent { Given = "test.parcel.Given.v1": did("移交", "Given") }
}

struct Parcel;

impl Decider for Parcel {
    type Command = Uscc;
    type State = Option<Uscc>;
    type Event = ParcelEvent;

    fn answers(_: &Uscc) -> Vec<After> {
        Vec::new()
    }

    fn decide(_: &Option<Uscc>, _: &Act, to: &Uscc) -> Result<Vec<Decided<ParcelEvent>>, Refusal> {
        Ok(vec![Decided::plain(Given { to: to.to_string() })])
    }

    fn evolve(state: &mut Option<Uscc>, event: &ParcelEvent) {
        let ParcelEvent::Given(given) = event;
        *state = given.to.parse().ok();
    }

    fn attempt(_: &Option<Uscc>, _: &Act, _: &Uscc, _: &[Breach]) -> Option<ParcelEvent> {
        None
    }
}

impl Procedure for Parcel {
    type Office = Desk;
    type Id = Uuid;
    type Step = Uscc;

    const NOUN: &'static str = "parcel";
    const SINCE: Date = date(2021, 7, 15);

    fn stream(id: &Uuid) -> String {
        format!("parcel/{id}")
    }

    fn owner(state: &Option<Uscc>) -> Option<Place> {
        state.as_ref().map(|agency| Place::of(agency, &"230883".parse().unwrap()))
    }

    fn begins(_: &Desk, call: &Call, _: &Uuid, _: &Uscc) -> Option<Place> {
        call.caller.has(Role::Intake).then(|| Place::within(&call.caller.region))
    }

    async fn command(_: &Desk, _: &Tx, _: &Matter<'_, Self>, to: Uscc) -> Result<Uscc, ExecuteError> {
        Ok(to)
    }
}

async fn gives(desk: &Desk, n: u8, (agency, role): (&str, Role), to: &str) -> Result<(), Code> {
    let call = Call {
        caller: Caller {
            subject: "x".to_owned(),
            name: String::new(),
            agency: Some(agency.parse().unwrap()),
            region: "230883".parse().unwrap(),
            roles: BTreeSet::from([role]),
        },
        act: Act { at: Timestamp::UNIX_EPOCH, ..law::decider::harness::act("2026-03-02T09:00") },
        too_old: false,
        command_id: Uuid::from_u128(n.into()),
        digest: [n; 32],
        correlation_id: None,
        causation_id: None,
        seen: Vec::new(),
        traceparent: None,
    };
    take::<Parcel>(desk, call, PARCEL, to.parse().unwrap()).await.map(drop).map_err(|status| status.code())
}

#[tokio::test]
async fn whose_a_matter_is_is_never_a_thing_of_memory() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::new("test", "230883", Url::Sqlite(dir.path().to_owned()));
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.unwrap();
    let process = || Desk(Edge::plain(Service::new(ledger.clone(), Arc::new(SystemClock))));
    let (one, other) = (process(), process());
    let (ours, theirs) = ((OURS, Role::Officer), (THEIRS, Role::Officer));
    gives(&one, 1, (OURS, Role::Intake), OURS).await.unwrap();
    gives(&other, 2, ours, OURS).await.unwrap();
    gives(&one, 3, ours, THEIRS).await.unwrap();

    // In the other's memory it is still ours.
    gives(&other, 4, theirs, THEIRS).await.unwrap();
    gives(&one, 5, theirs, OURS).await.unwrap();
    // And now it is theirs there.
    assert_eq!(gives(&other, 6, theirs, THEIRS).await, Err(Code::PermissionDenied));
    gives(&other, 7, ours, OURS).await.unwrap();
    assert_eq!(ledger.head().size, 6);
}
