//! What bad input gets, and that it changes nothing.

use kernel::Role;
use proto::{
    common::v1::{CommandMeta, Mode},
    enforcement::v1 as wire,
};
use stories::suite::{self, Engine, Running};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;

use crate::{
    county::{self, FARMING_HEAD, REVIEWER, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{
        Command, FARMING, Head, MARKET, Officer, Person, Reviewer, command::Receipted as _, frame, moment,
        refused::Refused,
    },
};

on_both_engines! {
    bad_input_is_answered_and_changes_nothing,
}

const AT: &str = "2025-03-03T09:00";

async fn bad_input_is_answered_and_changes_nothing(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let matter = Matter::new();
    officer.does(AT, matter.filing()).await;

    let before = heads(&running);
    malformed(&officer, &matter).await;
    unknown(&officer).await;
    unauthenticated(&running, &matter).await;
    not_permitted(&running, &matter).await;
    oversized(&officer, &matter).await;
    at_another_time(&running, &officer, &matter).await;
    odd(&officer).await;
    assert_eq!(heads(&running), before, "something was recorded");
    repeated(&running, &officer, &matter).await;
    running.stop().await;
}

fn heads(running: &Running) -> Vec<[u8; 32]> {
    ["powerlist", "enforcement"].map(|service| running.suite.ledger(service).expect("a ledger").head().root).into()
}

async fn malformed(officer: &Person<'_>, matter: &Matter) {
    let empty = wire::FileCaseRequest::default();
    let error = wire::FileCaseRequest { meta: None, ..empty.clone() }.send(&officer.door).await;
    Refused(error.expect_err("a command without a frame")).for_fields(&["meta"]);
    let bare = CommandMeta { command_id: "7".to_owned(), mode: 9, ..CommandMeta::default() };
    let error = empty.clone().framed(bare).send(&officer.door).await.expect_err("a wrong frame");
    Refused(error).for_fields(&["meta.command_id", "meta.at", "meta.mode"]);
    officer.tries(AT, empty).await.for_fields(&[
        "case_id",
        "agency",
        "procedure",
        "item_code",
        "party",
        "violation",
        "source",
    ]);

    let mut wrong = matter.filing();
    wrong.case_id = "17".to_owned();
    wrong.agency = "11230883MB01310190".to_owned();
    wrong.procedure = 7;
    wrong.item_code = "二".to_owned();
    wrong.officers = vec![String::new()];
    let violation = wrong.violation.as_mut().expect("a violation");
    violation.region = "2308".to_owned();
    violation.from = "2025-02-30".to_owned();
    violation.fact = "长".repeat(20_000);
    officer.tries(AT, wrong).await.for_fields(&[
        "case_id",
        "agency",
        "procedure",
        "item_code",
        "violation.fact",
        "violation.region",
        "violation.from",
        "officers[0]",
    ]);
    let request = wire::GetCaseRequest { case_id: "none".to_owned() };
    Refused(officer.cases().get_case(request).await.expect_err("no UUID")).for_fields(&["case_id"]);
}

/// Text that reads as another one, days out of bounds, persons however they are written.
async fn odd(officer: &Person<'_>) {
    let tries = async |change: fn(&mut wire::Violation)| {
        let mut filing = Matter::new().filing();
        change(filing.violation.as_mut().expect("a violation"));
        officer.tries(AT, filing).await
    };
    for text in ["虚构\0甲", "虚\u{202e}构", "虚\u{7}构", "虚\u{fffe}构", "虚\u{e000}构"] {
        let mut filing = Matter::new().filing();
        filing.violation.as_mut().expect("a violation").fact = text.to_owned();
        officer.tries(AT, filing).await.for_fields(&["violation.fact"]);
    }
    tries(|v| v.place = "甲\n乙".to_owned()).await.for_fields(&["violation.place"]);
    for text in ["230883 19900101 001X", "２３０８８３－１９９００１０１－００１５", "号230883900101001"]
    {
        let mut filing = Matter::new().filing();
        filing.violation.as_mut().expect("a violation").fact = text.replace("001X", "0015");
        officer.tries(AT, filing).await.for_fields(&["violation.fact"]);
    }
    tries(|v| v.from = "0024-03-01".to_owned()).await.for_fields(&["violation.from"]);
    tries(|v| v.discovered = "9999-01-01".to_owned()).await.for_fields(&["violation.discovered"]);
    tries(|v| {
        (v.from, v.until) = ("2025-03-02".to_owned(), "2025-03-01".to_owned());
        v.discovered.clone_from(&v.from);
    })
    .await
    .for_fields(&["violation.until"]);
    // In either mode: there is no law to hold it against.
    let reported = Matter::new().filing().framed(frame("2021-07-14T09:00", Mode::Reporting));
    let error = reported.send(&officer.door).await.expect_err("before the law");
    Refused(error).for_fields(&["meta.at"]);
}

async fn unknown(officer: &Person<'_>) {
    let nobodys = Matter::new();
    let error = officer.reads_case(&nobodys.case_id).await.expect_err("an unknown case");
    assert_names(&error, &nobodys.case_id);
    let refused = officer.tries(AT, nobodys.exemption()).await;
    refused.with(Code::NotFound);
    let error = officer.reads_object(&nobodys.case_id, &"0".repeat(64)).await.expect_err("an unknown case");
    assert_eq!(error.code(), Code::NotFound, "{error:?}");
}

#[track_caller]
fn assert_names(error: &Status, id: &str) {
    assert_eq!(error.code(), Code::NotFound, "{error:?}");
    let details = error.get_error_details();
    assert_eq!(details.resource_info().map(|r| r.resource_name.as_str()), Some(id), "{error:?}");
}

async fn unauthenticated(running: &Running, matter: &Matter) {
    let anonymous = Person::anonymous(running);
    anonymous.tries(AT, matter.exemption()).await.with(Code::Unauthenticated);
    for token in ["", "x", "a.b.c"] {
        let stranger = Person::with_door(running, running.door(Some(token)));
        stranger.tries(AT, matter.exemption()).await.with(Code::Unauthenticated);
        let error = stranger.reads_case(&matter.case_id).await.expect_err("no token");
        assert_eq!(error.code(), Code::Unauthenticated);
    }
    let mut forged = running.token(XU, Some(MARKET), &[Role::Officer]).into_bytes();
    let last = forged.len() - 10;
    forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).expect("text");
    let forger = Person::with_door(running, running.door(Some(&forged)));
    forger.tries(AT, matter.exemption()).await.with(Code::Unauthenticated);
}

async fn not_permitted(running: &Running, matter: &Matter) {
    let reviewer = Reviewer::of(running, MARKET, REVIEWER);
    reviewer.tries(AT, Matter::new().filing()).await.with(Code::PermissionDenied);
    for role in [Role::Supervisor, Role::Auditor, Role::Operator, Role::ListEditor, Role::Intake, Role::Public] {
        let person = Person::new(running, "somebody", Some(MARKET), &[role]);
        person.tries(AT, matter.exemption()).await.with(Code::PermissionDenied);
    }
    let operator = Person::new(running, "operator", None, &[Role::Operator]);
    Refused(operator.reads_case(&matter.case_id).await.expect_err("no business of his")).with(Code::PermissionDenied);
    let foreign = Officer::of(running, FARMING, "120001");
    foreign.tries(AT, matter.exemption()).await.with(Code::PermissionDenied);
    foreign.tries(AT, Matter::new().filing()).await.with(Code::PermissionDenied);
    Head::of(running, FARMING, FARMING_HEAD).tries(AT, matter.decision()).await.with(Code::PermissionDenied);
    let nowhere = Person::new(running, "nobody", None, &[Role::Officer]);
    nowhere.tries(AT, matter.exemption()).await.with(Code::PermissionDenied);
}

async fn oversized(officer: &Person<'_>, matter: &Matter) {
    let long = wire::ConsiderExemptionRequest { reason: "长".repeat(3_000_000), ..matter.exemption() };
    officer.tries(AT, long).await.with(Code::ResourceExhausted);
    let part = wire::PutObjectRequest { chunk: vec![7; 1024 * 1024], media_type: "video/mp4".to_owned() };
    let error = officer.cases().put_object(futures::stream::iter(vec![part; 65])).await.expect_err("65 MiB");
    assert_eq!(error.code(), Code::ResourceExhausted, "{error:?}");
    let part = wire::PutObjectRequest { chunk: vec![7; 9 * 1024 * 1024], media_type: "video/mp4".to_owned() };
    let error = officer.cases().put_object(futures::stream::iter([part])).await.expect_err("a part of 9 MiB");
    assert_eq!(error.code(), Code::ResourceExhausted, "{error:?}");
}

/// What is not yet, and what is handled a week after it was done.
async fn at_another_time(running: &Running, officer: &Person<'_>, matter: &Matter) {
    running.set_clock(moment(AT));
    for at in ["2099-03-03T09:00", "2025-02-24T08:59:59"] {
        let command = matter.exemption().framed(frame(at, Mode::Handling));
        let error = command.send(&officer.door).await.expect_err("now is another time");
        Refused(error).for_fields(&["meta.at"]);
    }
}

/// The same command again is the same answer; another one under its id is none.
async fn repeated(running: &Running, officer: &Person<'_>, matter: &Matter) {
    running.set_clock(moment("2025-03-04T09:00"));
    let meta = frame("2025-03-04T09:00", Mode::Handling);
    let first = matter.exemption().framed(meta.clone());
    let done = first.clone().send(&officer.door).await.expect("a lawful step");
    let after = heads(running);
    let again = first.clone().send(&officer.door).await.expect("the same step");
    assert!(!done.receipt().repeated && again.receipt().repeated);
    let index = |answer: &proto::common::v1::Recorded| (answer.receipt().log_index, answer.receipt().stream_version);
    assert_eq!(index(&done), index(&again));
    assert_eq!(done.receipt().events, again.receipt().events);

    // However much later: by then the same step would be reported, not handled.
    running.set_clock(moment("2025-05-04T09:00"));
    let later = first.clone().send(&officer.door).await.expect("the same step");
    assert_eq!((index(&done), later.receipt().repeated), (index(&later), true));
    running.set_clock(moment("2025-03-04T09:00"));

    let other = wire::ConsiderExemptionRequest { reason: "改口".to_owned(), ..first };
    let error = other.send(&officer.door).await.expect_err("another body under the same id");
    assert_eq!(error.code(), Code::AlreadyExists, "{error:?}");
    let error = matter.hearing_request().framed(meta).send(&officer.door).await.expect_err("another RPC");
    assert!([Code::AlreadyExists, Code::FailedPrecondition].contains(&error.code()), "{error:?}");
    assert_eq!(heads(running), after);

    // A refusal is repeated as the refusal it was, and kept once.
    let refused = wire::FileCaseRequest { officers: vec![XU.to_owned()], ..Matter::new().filing() };
    let refused = refused.framed(CommandMeta { command_id: Uuid::now_v7().to_string(), ..frame(AT, Mode::Handling) });
    let one = refused.clone().send(&officer.door).await.expect_err("one officer");
    let after = heads(running);
    let two = refused.send(&officer.door).await.expect_err("one officer, again");
    assert_eq!((one.code(), one.message()), (two.code(), two.message()));
    assert_eq!(heads(running), after);
}
