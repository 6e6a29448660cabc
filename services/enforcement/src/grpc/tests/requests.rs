//! What is wrong before any decision: fields, callers, repeats; and that the API and the domain say the same.

use prost::Message as _;
use prost_types::{FileDescriptorProto, FileDescriptorSet};
use tonic::Code;

use super::*;
use kernel::words::Word;

use crate::domain::events as d;

#[tokio::test]
async fn names_every_wrong_field() {
    let world = world().await;
    let wrong = FileCaseRequest {
        case_id: "no uuid".into(),
        agency: "123".into(),
        procedure: 9,
        item_code: "x".into(),
        party: Some(Party { kind: PartyKind::LegalPerson.into(), uscc: "1".into(), ..Party::default() }),
        violation: Some(Violation { from: "2024-1-5".into(), until: "tomorrow".into(), ..Violation::default() }),
        officers: vec!["A1".into(), "张三".into()],
        source_reference: "x".repeat(8001),
        ..world.filing(1)
    };
    let status = world.client().file_case(world.by(&officer(), wrong)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    let paths = [
        "case_id",
        "agency",
        "procedure",
        "item_code",
        "party.name",
        "party.uscc",
        "violation.fact",
        "violation.region",
        "violation.from",
        "violation.until",
        "violation.discovered",
        "officers[1]",
        "source_reference",
    ];
    for path in paths {
        assert!(status.message().contains(&format!("{path}: ")), "{path}: {}", status.message());
    }
    assert!(!status.message().contains("officers[0]"));
    assert_eq!(world.ledger.head().size, 0);
}

#[tokio::test]
async fn names_wrong_fields_of_other_requests() {
    let world = world().await;
    let case_id = Uuid::from_u128(1).to_string();
    let payment = RecordPaymentRequest {
        meta: world.now("2024-03-01T09:00"),
        case_id: case_id.clone(),
        amount_fen: -1,
        channel: 7,
        spot_ground: 9,
        collector: "?".into(),
        ..RecordPaymentRequest::default()
    };
    let status = world.client().record_payment(world.by(&officer(), payment)).await.unwrap_err();
    for path in ["amount_fen", "channel", "spot_ground", "collector"] {
        assert!(status.message().contains(path), "{path}: {}", status.message());
    }
    let overturn = OverturnDecisionRequest {
        meta: world.now("2024-03-01T09:00"),
        case_id,
        outcome: "gone".into(),
        by: "市政府".into(),
        document: "决定书".into(),
    };
    let status = world.client().overturn_decision(world.by(&officer(), overturn)).await.unwrap_err();
    assert!(status.message().contains("revoked, changed, unlawful, void"), "{}", status.message());
    let target = SetTargetRequest { meta: world.now("2024-03-01T09:00"), ..SetTargetRequest::default() };
    let status = world.client().set_target(world.by(&head(), target)).await.unwrap_err();
    for path in ["agency", "year", "measure", "description"] {
        assert!(status.message().contains(path), "{path}: {}", status.message());
    }
}

#[tokio::test]
async fn nobody_acts_for_another_agency() {
    let world = world().await;
    let code = |result: Result<_, Status>| result.map(|_: tonic::Response<Recorded>| ()).unwrap_err().code();
    let mut client = world.client();
    assert_eq!(code(client.file_case(Request::new(world.filing(1))).await), Code::Unauthenticated);
    assert_eq!(code(client.file_case(world.by(&stranger(), world.filing(1))).await), Code::PermissionDenied);
    let intake = person(Role::Intake, Some(BUREAU), "230883");
    assert_eq!(code(client.file_case(world.by(&intake, world.filing(1))).await), Code::PermissionDenied);
    assert_eq!(world.ledger.head().size, 0);
    world.file(1).await;
    let evidence = world.evidence(1, &"ab".repeat(32));
    let status = client.collect_evidence(world.by(&stranger(), evidence)).await.unwrap_err();
    assert_eq!(status.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_case_is_read_by_its_agency_and_those_above() {
    let world = world().await;
    world.file(1).await;
    let mut client = world.client();
    let ask = GetCaseRequest { case_id: Uuid::from_u128(1).to_string() };
    let above = person(Role::Supervisor, None, "230800");
    let auditor = person(Role::Auditor, None, "230883");
    for who in [officer(), head(), reviewer(), above, auditor] {
        client.get_case(world.by(&who, ask.clone())).await.unwrap();
    }
    let elsewhere = person(Role::Supervisor, None, "230882");
    let operator = person(Role::Operator, None, "230883");
    for who in [stranger(), elsewhere, operator] {
        let status = client.get_case(world.by(&who, ask.clone())).await.unwrap_err();
        assert_eq!(status.code(), Code::PermissionDenied, "{}", who.subject);
    }
    let unknown = GetCaseRequest { case_id: Uuid::from_u128(2).to_string() };
    assert_eq!(client.get_case(world.by(&officer(), unknown)).await.unwrap_err().code(), Code::NotFound);
    let evidence = world.evidence(2, &"ab".repeat(32));
    let status = client.collect_evidence(world.by(&officer(), evidence)).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_and_a_reuse_none() {
    let world = world().await;
    let filing = world.filing(1);
    let first = world.client().file_case(world.by(&officer(), filing.clone())).await.unwrap().into_inner();
    let again = world.client().file_case(world.by(&officer(), filing.clone())).await.unwrap().into_inner();
    assert!(again.receipt.as_ref().unwrap().repeated);
    assert_eq!(first.number, again.number);
    let reused = FileCaseRequest { case_id: Uuid::from_u128(2).to_string(), ..filing };
    let status = world.client().file_case(world.by(&officer(), reused)).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);
}

#[tokio::test]
async fn waits_for_the_lists_that_the_client_has_seen() {
    let world = world().await;
    let mut filing = world.filing(1);
    filing.officers = vec!["A1".into(), "A4".into()];
    listed::append(&world.lists, "officer/A4", &listed::officer_registered("A4", "赵六", "enforcement", false)).await;
    listed::append(
        &world.lists,
        "officer/A4",
        &listed::certificate_issued("A4", "0801-A4", "2020-01-01", "2030-12-31"),
    )
    .await;
    filing.meta.as_mut().unwrap().seen = seen(world.lists.head().size - 1);
    world.client().file_case(world.by(&officer(), filing)).await.unwrap();
}

#[tokio::test]
async fn is_unavailable_while_the_lists_are_behind_the_client() {
    let world = world().await;
    let mut filing = world.filing(1);
    filing.meta.as_mut().unwrap().seen = seen(1_000_000);
    let status = world.client().file_case(world.by(&officer(), filing)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert!(status.message().contains("1000000"), "{}", status.message());
    assert_eq!(world.ledger.head().size, 0);
}

#[tokio::test]
async fn a_citizens_name_and_number_are_nowhere() {
    let world = world().await;
    let mut filing = world.filing(1);
    filing.party = Some(Party {
        kind: PartyKind::Citizen.into(),
        name: "欧阳小明".into(),
        id_number: "23088319900101001X".into(),
        phone: "13900001234".into(),
        address: "抚远市沿江路9号".into(),
        ..Party::default()
    });
    world.client().file_case(world.by(&officer(), filing.clone())).await.unwrap();
    let again = world.client().file_case(world.by(&officer(), filing)).await.unwrap().into_inner();
    assert!(again.receipt.unwrap().repeated);
    let everything = world.everything().await;
    assert!(everything.contains("欧**"));
    for secret in ["小明", "23088319900101001", "13900001234", "沿江路9号"] {
        assert!(!everything.contains(secret), "{everything}");
    }
    let ask = GetCaseRequest { case_id: Uuid::from_u128(1).to_string() };
    let shown = world.client().get_case(world.by(&officer(), ask)).await.unwrap().into_inner();
    let party = shown.case.unwrap().party.unwrap();
    assert_eq!((party.name.as_str(), party.id_digest.len()), ("欧**", 64));
}

#[tokio::test]
async fn who_handles_the_case_opens_its_party_for_a_day() {
    let world = world().await;
    let mut filing = world.filing(1);
    filing.party = Some(Party {
        kind: PartyKind::Citizen.into(),
        name: "欧阳小明".into(),
        id_number: "23088319900101001X".into(),
        address: "抚远市沿江路9号".into(),
        ..Party::default()
    });
    let case_id = filing.case_id.clone();
    world.client().file_case(world.by(&officer(), filing)).await.unwrap();
    let handler = Caller { subject: "A1".into(), ..officer() };
    let read = async |who: &Caller| {
        let ask = ReadPartyRequest { case_id: case_id.clone() };
        world.client().read_party(world.by(who, ask)).await.map(|answer| answer.into_inner().identity)
    };
    let open = |meta, reason: &str| OpenPartyRequest { meta, case_id: case_id.clone(), reason: reason.into() };
    assert_eq!(read(&handler).await.unwrap_err().code(), Code::PermissionDenied);
    let afterwards = world.client().open_party(world.by(&handler, open(world.told("2024-03-01T09:30"), "送达"))).await;
    assert!(afterwards.unwrap_err().message().starts_with("meta.mode"));
    let someone = world.client().open_party(world.by(&officer(), open(world.now("2024-03-01T09:40"), "送达"))).await;
    assert!(someone.unwrap_err().message().contains("OF-OPEN"));
    world.client().open_party(world.by(&handler, open(world.now("2024-03-01T10:00"), "制作处罚决定书"))).await.unwrap();
    let identity = read(&handler).await.unwrap().unwrap();
    assert_eq!((identity.name.as_str(), identity.address.as_str()), ("欧阳小明", "抚远市沿江路9号"));
    // Neither a colleague who has not opened it, nor another agency, nor himself when the day is over.
    assert_eq!(read(&Caller { subject: "A2".into(), ..officer() }).await.unwrap_err().code(), Code::PermissionDenied);
    assert_eq!(read(&Caller { subject: "A1".into(), ..stranger() }).await.unwrap_err().code(), Code::PermissionDenied);
    world.now("2024-03-02T10:00");
    assert!(read(&handler).await.is_ok());
    world.now("2024-03-02T10:01");
    assert_eq!(read(&handler).await.unwrap_err().code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_repeat_that_is_not_allowed_takes_nothing_out_of_the_vault() {
    let world = world().await;
    let mut filing = world.filing(1);
    filing.party = Some(Party {
        kind: PartyKind::Citizen.into(),
        name: "欧阳小明".into(),
        id_number: "23088319900101001X".into(),
        ..Party::default()
    });
    let case_id = filing.case_id.clone();
    world.client().file_case(world.by(&officer(), filing.clone())).await.unwrap();
    let elsewhere = world.client().file_case(world.by(&stranger(), filing.clone())).await.unwrap_err();
    assert_eq!(elsewhere.code(), Code::PermissionDenied);
    let handler = Caller { subject: "A1".into(), ..officer() };
    let opening =
        OpenPartyRequest { meta: world.now("2024-03-01T10:00"), case_id: case_id.clone(), reason: "送达".into() };
    world.client().open_party(world.by(&handler, opening)).await.unwrap();
    let read = world.client().read_party(world.by(&handler, ReadPartyRequest { case_id })).await.unwrap();
    assert_eq!(read.into_inner().identity.unwrap().name, "欧阳小明");
    // The same command about somebody else who is masked alike is another command.
    filing.party.as_mut().unwrap().name = "欧阳大明".into();
    let reused = world.client().file_case(world.by(&officer(), filing)).await.unwrap_err();
    assert_eq!(reused.code(), Code::AlreadyExists, "{}", reused.message());
}

#[test]
fn every_word_of_the_domain_is_a_word_of_the_api_and_back() {
    fn check<T: Word + PartialEq + std::fmt::Debug>(name: &str, words: &[T]) {
        let set = FileDescriptorSet::decode(proto::DESCRIPTORS).unwrap();
        let ours = |f: &&FileDescriptorProto| ["fazhi.enforcement.v1", "fazhi.common.v1"].contains(&f.package());
        let api = set.file.iter().filter(ours).flat_map(|f| &f.enum_type).find(|e| e.name() == name).unwrap();
        assert_eq!(api.value.len(), words.len() + 1, "{name}");
        for word in words {
            assert_eq!(T::from_wire(word.wire()), Some(*word));
            assert_ne!(word.number(), 0);
        }
    }
    macro_rules! all {
        ($($name:ident)*) => { $(check(stringify!($name), d::$name::ALL);)* };
    }
    all! {
        Procedure PartyKind SourceKind EvidenceKind MeasureKind RecordStage RecordForm ServiceMethod
        PayChannel SpotGround StatementOutcome NoPenaltyGround CloseReason SuspensionGround TargetMeasure AreaStopGround
    }
    check("PenaltyKind", lists::facts::PenaltyKind::ALL);
}
