//! The loop between the services: a report becomes a lead, a case, a penalty, and comes back to whoever reported it; and who that
//! is stands nowhere but in the vault.

use std::sync::LazyLock;

use fazhi::cli::Up;
use kernel::Role;
use proto::{complaints::v1 as wire, enforcement::v1 as cases, reconsideration::v1 as appeals};
use stories::{
    canary,
    suite::{self, Engine, Running},
};
use tonic::Code;
use uuid::Uuid;

use crate::{
    county::{self, HEAD, XU},
    engines::in_all_forms,
    matter::Matter,
    people::{
        Handler, Head, Intake, JUSTICE, Keeper, MARKET, Officer, Person, command::Receipted as _, frame, moment,
        refused::plain,
    },
    process::fazhi,
    rebuild::{digests, throw_views_away},
    reconsideration_story::{
        Government, WU, ZHOU, answer, application, assigned, copy, government, heard, revoked, served,
    },
};

in_all_forms! {
    a_report_comes_back_to_whoever_made_it,
    who_reported_stands_in_the_vault_alone,
}

/// Who reports, with what he says, and what he adds.
static YU: LazyLock<canary::Person> = LazyLock::new(|| canary::person("鬱"));
pub(crate) static WORDS: LazyLock<String> = LazyLock::new(|| canary::words("正阳街那家饭店没有许可证"));
static MORE: LazyLock<String> = LazyLock::new(|| canary::words("昨天夜里它还在营业，邻居可以作证"));

pub(crate) fn report(complaint_id: &str, identity: bool) -> wire::RegisterComplaintRequest {
    wire::RegisterComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        entry: Some(wire::Entry {
            kind: wire::Kind::Report.into(),
            channel: wire::Channel::Web.into(),
            agency: JUSTICE.to_owned(),
            received: "2025-02-20".to_owned(),
            reachable: true,
            summary: "反映正阳街某饭店无证经营".to_owned(),
            text: WORDS.clone(),
            identity: identity.then(|| wire::Identity {
                name: YU.name.clone(),
                id_number: YU.id_number.clone(),
                phone: YU.phone.clone(),
                address: YU.address.clone(),
            }),
            way: wire::Way::Ordinary.into(),
            ..wire::Entry::default()
        }),
        receipt_wanted: true,
        ..wire::RegisterComplaintRequest::default()
    }
}

/// Registers a report and brings it to the market authority, which accepts it as a lead; answers the receipt code.
async fn accepted(running: &Running, complaint_id: &str, identity: bool, written: u64) -> String {
    let intake = Intake::of(running, JUSTICE, "112050").having_seen(written);
    let registered = intake.does("2025-02-20T09:00", report(complaint_id, identity)).await;
    assert!(!registered.number.is_empty());
    let assigned = wire::AssignComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        to: MARKET.to_owned(),
        letter: "转送函〔2025〕1号".to_owned(),
        ..wire::AssignComplaintRequest::default()
    };
    intake.does("2025-02-21T09:00", assigned).await;
    let accepting = wire::AcceptComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        way: wire::Way::Ordinary.into(),
        officer: XU.to_owned(),
        lead: true,
        told: "受理告知书".to_owned(),
        ..wire::AcceptComplaintRequest::default()
    };
    let market = Handler::of(running, MARKET, XU).having_seen(written);
    market.does("2025-02-24T09:00", accepting).await;
    registered.receipt_code
}

async fn follow(running: &Running, code: &str) -> Result<wire::FollowComplaintResponse, tonic::Status> {
    let client = wire::complaints_client::ComplaintsClient::new(running.door(None));
    let request = wire::FollowComplaintRequest { receipt_code: code.to_owned() };
    client.clone().follow_complaint(request).await.map(tonic::Response::into_inner)
}

/// Waits until a service has this many events of a type, as what follows by itself takes a moment.
pub(crate) async fn until(running: &Running, service: &str, kind: &str, count: usize) {
    let ledger = running.suite.ledger(service).expect("a ledger");
    let there = async || {
        let mut found = 0;
        let mut from = 0;
        loop {
            let page = ledger.log(from, 1000).await.expect("the log");
            let Some(last) = page.last() else { return found };
            from = last.log_index + 1;
            found += page.iter().filter(|record| record.bytes.contains(&format!("\"type\":\"{kind}\""))).count();
        }
    };
    let wait = async {
        while there().await < count {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.unwrap_or_else(|_| panic!("no {kind}"));
}

pub(crate) async fn a_report_comes_back_to_whoever_made_it(engine: Engine) {
    let running = suite::start(engine).await;
    let government = government(&running).await;
    let written = government.written;
    let complaint = Uuid::now_v7().to_string();
    let code = accepted(&running, &complaint, false, written).await;
    until(&running, "enforcement", "enforcement.lead.LeadReceived.v1", 1).await;

    // The market authority files a case on the lead, and reports its decision.
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let matter = Matter::new();
    let filing = cases::FileCaseRequest { lead_id: complaint.clone(), ..matter.filing() };
    officer.does("2025-03-03T09:00", filing.clone()).await;
    let again = cases::FileCaseRequest { lead_id: complaint.clone(), ..Matter::new().filing() };
    let taken = officer.asks("2025-03-03T09:10", again).await.expect_err("the lead is settled");
    assert_eq!(taken.code(), Code::FailedPrecondition, "{}", plain(&taken));
    let elsewhere = cases::FileCaseRequest { lead_id: Uuid::now_v7().to_string(), ..Matter::new().filing() };
    assert_eq!(officer.asks("2025-03-03T09:20", elsewhere).await.expect_err("no lead").code(), Code::NotFound);
    running.set_clock(moment("2025-05-06T09:00"));
    let head = Head::of(&running, MARKET, HEAD).having_seen(written).reporting();
    let decided = head
        .does("2025-04-25T09:00", cases::DecidePenaltyRequest { decided_by: HEAD.to_owned(), ..matter.decision() })
        .await;
    until(&running, "complaints", "complaints.complaint.OutcomeReturned.v1", 1).await;

    let followed = follow(&running, &code).await.expect("the receipt opens it");
    let said: Vec<_> = followed.events.iter().map(|event| (event.zh.as_str(), event.text.as_str())).collect();
    assert_eq!(said[0], ("登记", WORDS.as_str()));
    let last = said.last().expect("an event");
    assert_eq!(last.0, "反馈查处结果");
    assert!(last.1.contains("作出处罚决定") && last.1.contains(&decided.number), "{last:?}");

    for (service, kind) in [
        ("enforcement", "enforcement.lead.LeadReceived.v1"),
        ("enforcement", "enforcement.case.PenaltyDecided.v1"),
        ("complaints", "complaints.complaint.OutcomeReturned.v1"),
    ] {
        let records = running.suite.ledger(service).expect("a ledger").log(0, 10_000).await.expect("the log");
        let record = records.iter().find(|record| record.bytes.contains(kind)).expect("recorded");
        assert_eq!(record.envelope().expect("an event").correlation_id.to_string(), complaint, "{kind}");
    }

    appealed(&running, &government, &matter.case_id, &decided.number).await;
    until(&running, "complaints", "complaints.complaint.OutcomeReturned.v1", 2).await;
    let followed = follow(&running, &code).await.expect("the receipt opens it");
    assert!(followed.events.last().is_some_and(|event| event.text.contains("撤销")), "{followed:?}");

    // One page shows it all: the complaint, its lead, the case and the appeal, and what led to what.
    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    for path in [format!("/trail/{complaint}"), format!("/trail/{}", matter.case_id)] {
        let (status, page) = running.page(&path, Some(&token)).await;
        assert_eq!(status, 200, "{path}");
        for text in ["登记", "收到线索", "立案", "处罚决定", "收到复议申请", "作出复议决定", "反馈查处结果"]
        {
            assert!(page.contains(text), "{path} lacks {text}");
        }
    }
    let (_, page) = running.page(&format!("/cases/{}", matter.case_id), Some(&token)).await;
    assert!(page.contains("被撤销") && page.contains("行政复议机关"), "{page}");
    assert!(page.contains("责令重新作出") && page.contains("EN-REDO"), "{page}");
    let (_, page) = running.page("/findings?rule=EN-FOLLOW", Some(&token)).await;
    assert!(!page.contains(&decided.number), "nothing was refused");
    running.stop().await;
}

/// The party applies for reconsideration, and the penalty is revoked.
async fn appealed(running: &Running, government: &Government<'_>, case: &str, number: &str) {
    let appeal = Uuid::now_v7().to_string();
    let mut apply = application(&appeal, number, "2025-04-28", "2025-05-08");
    if let Some(act) = &mut apply.act {
        act.case_id = case.to_owned();
    }
    government.clerk.does("2025-05-08T09:00", apply).await;
    until(running, "enforcement", "enforcement.case.AppealLodged.v1", 1).await;
    let accept = appeals::AcceptApplicationRequest {
        appeal_id: appeal.clone(),
        procedure: appeals::Procedure::Ordinary.into(),
        ..appeals::AcceptApplicationRequest::default()
    };
    government.clerk.does("2025-05-09T09:00", accept).await;
    government.clerk.does("2025-05-09T10:00", assigned(&appeal, &[ZHOU, WU])).await;
    government.clerk.does("2025-05-12T09:00", copy(&appeal, "2025-05-12")).await;
    government.officer.does("2025-05-13T09:00", answer(&appeal)).await;
    government.clerk.does("2025-05-14T09:00", heard(&appeal)).await;
    government.head.does("2025-05-15T09:00", revoked(&appeal)).await;
    until(running, "enforcement", "enforcement.case.AppealEnded.v1", 1).await;
    // The order to do it again takes effect with its service, and that the case took it up comes back.
    government.clerk.does("2025-05-16T09:00", served(&appeal)).await;
    until(running, "enforcement", "enforcement.case.RedoOrdered.v1", 1).await;
    until(running, "reconsideration", "reconsideration.appeal.EffectNoted.v1", 1).await;
}

pub(crate) async fn who_reported_stands_in_the_vault_alone(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let complaint = Uuid::now_v7().to_string();
    let code = accepted(&running, &complaint, true, written).await;

    // By the receipt, the person adds words; anything else as a code opens nothing.
    let add = |code: &str, text: &str| wire::AddByReceiptRequest {
        meta: Some(frame("2025-02-25T09:00", proto::common::v1::Mode::Handling)),
        receipt_code: code.to_owned(),
        text: text.to_owned(),
        score: 0,
    };
    running.set_clock(moment("2025-02-25T09:00"));
    let public = || wire::complaints_client::ComplaintsClient::new(running.door(None));
    public().add_by_receipt(add(&code, &MORE)).await.expect("words are added");
    let followed = follow(&running, &code.to_lowercase().replace('-', " ")).await.expect("the receipt opens it");
    assert_eq!(followed.events.last().map(|event| event.text.as_str()), Some(MORE.as_str()));
    let other = accepted_code_of_nothing(&code);
    let wrong = follow(&running, &other).await.expect_err("no such receipt");
    assert_eq!(wrong.code(), Code::NotFound, "one character is mistyped: {}", plain(&wrong));

    // Nobody reads the identity before it is opened; the keeper does, by two persons and for a reason.
    let keeper = Keeper::of(&running, JUSTICE, "112060").having_seen(written);
    let read = async |person: &Person<'_>| {
        let mut client = wire::complaints_client::ComplaintsClient::new(person.door.clone());
        client.read_identity(wire::ReadIdentityRequest { complaint_id: complaint.clone() }).await
    };
    assert_eq!(read(&keeper).await.expect_err("it is sealed").code(), Code::PermissionDenied);
    let pseudonym = registered(&running, &complaint).await["complainant"].as_str().expect("a pseudonym").to_owned();
    let opening = wire::OpenIdentityRequest {
        complaint_id: complaint.clone(),
        complainant: pseudonym,
        reason: "移送公安机关需要证人".to_owned(),
        opened_by: "112060".to_owned(),
        second: "112061".to_owned(),
        ..wire::OpenIdentityRequest::default()
    };
    let opened = keeper.does("2025-02-26T09:00", opening).await;
    assert_eq!(opened.receipt().events, ["complaints.complaint.IdentityOpened.v1"]);
    let identity = read(&keeper).await.expect("it was opened").into_inner().identity.expect("who it is");
    assert_eq!((&identity.name, &identity.phone), (&YU.name, &YU.phone));
    let handler = Person::new(&running, XU, Some(MARKET), &[Role::Handler]);
    assert_eq!(read(&handler).await.expect_err("no keeper").code(), Code::PermissionDenied);
    running.set_clock(moment("2025-02-27T09:01"));
    assert_eq!(read(&keeper).await.expect_err("a day is over").code(), Code::PermissionDenied);

    shredded(running, &complaint, &code, written, engine).await;
}

/// The matter is over, and the key shredded: nobody reads any of it any more, and the record proves what it proved.
async fn shredded(running: Running, complaint: &str, code: &str, written: u64, engine: Engine) {
    let keeper = Keeper::of(&running, JUSTICE, "112060").having_seen(written);
    let shred = || wire::ShredIdentityRequest {
        complaint_id: complaint.to_owned(),
        reason: "处理目的已经实现".to_owned(),
        shredded_by: "112060".to_owned(),
        second: "112061".to_owned(),
        ..wire::ShredIdentityRequest::default()
    };
    let pending = keeper.tries("2025-02-27T10:00", shred()).await;
    pending.under(&["CO-SHRED"], "事项尚未办结", "the matter is not over");
    let intake = Intake::of(&running, JUSTICE, "112050").having_seen(written);
    let (complaint_id, how) = (complaint.to_owned(), "来函撤回".to_owned());
    intake.does("2025-02-27T11:00", wire::WithdrawComplaintRequest { complaint_id, how, ..Default::default() }).await;
    let opened = registered(&running, complaint).await["complainant"].as_str().expect("a pseudonym").to_owned();
    let open = wire::OpenIdentityRequest {
        complaint_id: complaint.to_owned(),
        complainant: opened,
        reason: "核对身份".to_owned(),
        opened_by: "112060".to_owned(),
        second: "112061".to_owned(),
        ..wire::OpenIdentityRequest::default()
    };
    keeper.does("2025-02-27T12:00", open).await;
    let done = keeper.does("2025-02-27T12:10", shred()).await;
    assert_eq!(done.receipt().events, ["complaints.complaint.IdentityShredded.v1"]);
    let again = keeper.does("2025-02-27T12:20", shred()).await;
    assert_eq!(again.receipt().events, Vec::<String>::new(), "it is done, and done again without a word");
    let mut client = wire::complaints_client::ComplaintsClient::new(keeper.door.clone());
    let read = client.read_identity(wire::ReadIdentityRequest { complaint_id: complaint.to_owned() }).await;
    assert_eq!(read.expect("he opened it").into_inner().identity, None, "shredded");
    let followed = follow(&running, code).await.expect_err("what is shredded is followed no more");
    assert_eq!(followed.code(), Code::NotFound, "{}", plain(&followed));

    // The views are folded anew from a record that names what nobody can open, and all of it still proves.
    let first = digests(&running).await;
    let running = running.restart_after(throw_views_away).await;
    assert_eq!(digests(&running).await, first, "after a rebuild");
    let (options, folder) = running.stop().await;
    let verify = || {
        let mut verify = fazhi(&["verify", "--data"]);
        verify.arg(folder.path());
        if let Some(url) = &options.store.database_url {
            verify.args(["--database-url", url]);
        }
        verify.output().expect("the program runs")
    };
    // Without any key of the vault's.
    std::fs::remove_file(folder.path().join("vault.key")).expect("there was a key");
    let told = verify();
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.status.success() && said.contains("vault        sound: 3 entries named by events, 3 of them shredded"),
        "{said}"
    );
    without_an_entry(&options, engine).await;
    let told = verify();
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        !told.status.success() && said.contains("vault        DAMAGED") && said.contains("which is missing"),
        "{said}"
    );
}

/// Takes one entry out of the vault, past the program.
async fn without_an_entry(options: &Up, engine: Engine) {
    use sqlx::Connection as _;
    const DELETE: &str = "DELETE FROM entries WHERE part = 'identity'";
    match engine {
        Engine::Sqlite => {
            let file = sqlx::sqlite::SqliteConnectOptions::new().filename(options.store.data.join("vault.sqlite"));
            let mut vault = sqlx::SqliteConnection::connect_with(&file).await.expect("the vault");
            sqlx::raw_sql(DELETE).execute(&mut vault).await.expect("it is gone");
        }
        Engine::Postgres | Engine::Apart => {
            let url = options.store.database_url.as_deref().expect("a database");
            let mut vault = sqlx::PgConnection::connect(url).await.expect("the vault");
            let delete = DELETE.replace("entries", "fazhi_vault.entries");
            sqlx::raw_sql(sqlx::AssertSqlSafe(delete)).execute(&mut vault).await.expect("it is gone");
        }
    }
}

/// The same code with one character changed.
fn accepted_code_of_nothing(code: &str) -> String {
    let changed = if code.starts_with('7') { "8" } else { "7" };
    format!("{changed}{}", &code[1..])
}

async fn registered(running: &Running, complaint_id: &str) -> serde_json::Value {
    let stream = format!("complaint/{complaint_id}");
    let records = running.suite.ledger("complaints").expect("a ledger").stream(&stream, 0).await.expect("its events");
    serde_json::from_str(records[0].envelope().expect("an event").data.get()).expect("JSON")
}
