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

fn caller((agency, role): (&str, Role)) -> Caller {
    Caller {
        subject: "x".to_owned(),
        name: String::new(),
        agency: Some(agency.parse().unwrap()),
        region: "230883".parse().unwrap(),
        roles: BTreeSet::from([role]),
    }
}

async fn gives(desk: &Desk, n: u8, who: (&str, Role), to: &str) -> Result<(), Code> {
    let mut call = Call {
        caller: caller(who),
        act: Act { at: Timestamp::UNIX_EPOCH, ..law::decider::harness::act("2026-03-02T09:00") },
        too_old: false,
        command_id: Uuid::from_u128(n.into()),
        digest: [n; 32],
        correlation_id: None,
        causation_id: None,
        seen: Vec::new(),
        number: None,
        traceparent: None,
    };
    take::<Parcel>(desk, &mut call, &PARCEL, &to.parse().unwrap()).await.map(drop).map_err(|status| status.code())
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

/// A frame alone, which gives the parcel to us.
impl Ask<Parcel> for CommandMeta {
    type Answer = ();

    fn meta(&self) -> Option<&CommandMeta> {
        Some(self)
    }

    fn matter(&self) -> (&'static str, &str) {
        ("parcel", "00000000-0000-0000-0000-000000000009")
    }

    fn read(&self, _: &mut Fields, _: &Sent<'_, Uuid>) -> Option<Uscc> {
        OURS.parse().ok()
    }

    async fn answer(_: &Desk, _: Taken<Parcel>) -> Result<(), Status> {
        Ok(())
    }
}

#[tokio::test]
async fn an_act_before_the_law_is_refused_and_a_repeat_of_what_is_on_record_gets_its_answer() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::new("test", "230883", Url::Sqlite(dir.path().to_owned()));
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.unwrap();
    let desk = Desk(Edge::plain(Service::new(ledger.clone(), Arc::new(SystemClock))));
    let request = |n: u128, day: &str| {
        let at: Timestamp = format!("{day}T09:00:00+08:00").parse().unwrap();
        let meta = CommandMeta {
            command_id: Uuid::from_u128(n).to_string(),
            at: Some(prost_types::Timestamp { seconds: at.as_second(), nanos: 0 }),
            mode: proto::common::v1::Mode::Reporting.into(),
            ..CommandMeta::default()
        };
        let mut request = Request::new(meta);
        request.extensions_mut().insert(caller((OURS, Role::Intake)));
        request
    };
    let sent =
        async |n, day| command::<Parcel, _>(&desk, request(n, day)).await.map(drop).map_err(|status| status.code());

    assert_eq!(sent(1, "2021-07-14").await, Err(Code::InvalidArgument));
    assert_eq!(ledger.head().size, 0);
    // On record since before that law was asked of it.
    let first = request(2, "2021-07-14");
    let mut call = Call::parse(&first, Some(first.get_ref()), &desk.edge().service).unwrap();
    take::<Parcel>(&desk, &mut call, &PARCEL, &OURS.parse().unwrap()).await.unwrap();
    assert_eq!(sent(2, "2021-07-14").await, Ok(()));
    assert_eq!(sent(2, "2021-07-13").await, Err(Code::AlreadyExists), "another command");
    assert_eq!(ledger.head().size, 1);
    assert_eq!(sent(3, "2021-07-15").await, Ok(()));
}
