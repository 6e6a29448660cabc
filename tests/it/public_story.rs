//! What a person does over the pages: brings a report without a name, and reads by its receipt what came of it. Nobody is
//! asked to be patient who is, and who is not is held back.

use std::sync::{Arc, LazyLock};

use kernel::Role;
use ledger::Url;
use proto::{common::v1::Recorded, complaints::v1 as wire, enforcement::v1 as cases};
use stories::{
    canary,
    suite::{self, Engine, Running},
};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;
use vault::{LocalKey, Vault};

use crate::{
    county::{self, HEAD, XU},
    engines::in_all_forms,
    loop_story::{WORDS, until},
    matter::Matter,
    people::{GOVERNMENT, Handler, Head, Intake, JUSTICE, MARKET, Officer, Person, frame, moment},
    reconsideration_story::government,
};

in_all_forms! {
    an_anonymous_report_comes_in_by_the_page_and_its_outcome_is_read_there,
}

/// The name of a file, and what is in it.
static FILE: LazyLock<String> = LazyLock::new(|| format!("{}.png", canary::words("窗口拍的")));
static PICTURE: LazyLock<String> = LazyLock::new(|| canary::words("window of the third floor"));
/// What the person adds.
static MORE: LazyLock<String> = LazyLock::new(|| canary::words("昨天夜里还在营业"));

const BOUNDARY: &str = "----fazhi";
/// Who applies for reconsideration.
const APPLICANT: &str = "鬱䖵淼";
/// What the office writes to the person.
const REPLY: &str = "来件已经收到，正在核对地址";

/// The form as a browser sends it.
fn form(fields: &[(&str, &str)], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |head: &str, bytes: &[u8]| {
        body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    for (name, text) in fields {
        part(&format!("name=\"{name}\""), text.as_bytes());
    }
    part(&format!("name=\"files\"; filename=\"{}\"", *FILE), file);
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn picture() -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], PICTURE.as_bytes()].concat()
}

async fn looked_at(running: &Running, code: &str) -> (u16, Option<String>, String) {
    let encoded: String = code.bytes().map(|b| format!("%{b:02X}")).collect();
    running.sends("/follow", "application/x-www-form-urlencoded", format!("code={encoded}").into_bytes()).await
}

fn complaints(person: &Person<'_>) -> wire::complaints_client::ComplaintsClient<suite::Door> {
    wire::complaints_client::ComplaintsClient::new(person.door.clone())
}

async fn text_of(person: &Person<'_>, complaint_id: &str) -> Result<wire::ReadTextResponse, Status> {
    let request = wire::ReadTextRequest { complaint_id: complaint_id.to_owned(), entry_id: String::new() };
    complaints(person).read_text(request).await.map(tonic::Response::into_inner)
}

/// The matters registered, by id.
async fn registered(running: &Running) -> Vec<String> {
    let records = running.suite.ledger("complaints").expect("a ledger").log(0, 1000).await.expect("the log");
    let of = |record: &ledger::Record| record.stream.strip_prefix("complaint/").map(str::to_owned);
    records.iter().filter(|record| record.bytes.contains("ComplaintRegistered")).filter_map(of).collect()
}

async fn an_anonymous_report_comes_in_by_the_page_and_its_outcome_is_read_there(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    running.set_clock(moment("2025-02-20T09:00"));

    // What is no picture is refused; sent twice, it is registered once, and the last code counts.
    let id = Uuid::now_v7().to_string();
    let fields = [("command_id", id.as_str()), ("kind", "report"), ("text", WORDS.as_str())];
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let (status, _, page) = running.sends("/complain", &media_type, form(&fields, b"<html>")).await;
    assert!(status == 422 && page.contains("files-problem") && page.contains(WORDS.as_str()), "{page}");
    let mut codes = Vec::new();
    for _ in 0..2 {
        let (status, _, page) = running.sends("/complain", &media_type, form(&fields, &picture())).await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("抚远市司法局") && page.contains("访登〔2025〕1号"), "{page}");
        let code = page.split("class=\"receipt\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a code");
        codes.push(code.to_owned());
    }
    let [old, code] = <[String; 2]>::try_from(codes).expect("two codes");
    let complaint = <[String; 1]>::try_from(registered(&running).await).expect("one matter")[0].clone();

    // It goes no further before somebody has summarised it; whom it lies with reads the words for that, and nobody else.
    let intake = Intake::of(&running, JUSTICE, "112050").having_seen(written);
    let market = Handler::of(&running, MARKET, XU).having_seen(written);
    let assign = || wire::AssignComplaintRequest {
        complaint_id: complaint.clone(),
        to: MARKET.to_owned(),
        letter: "转送函〔2025〕1号".to_owned(),
        ..wire::AssignComplaintRequest::default()
    };
    let refused = intake.tries("2025-02-20T10:00", assign()).await;
    refused.under(&["CO-PROTECT"], "该事项尚无摘要", "nobody has summarised it");
    let read = text_of(&intake, &complaint).await.expect("the intake reads what it received");
    assert_eq!((read.text.as_str(), read.attachments.len()), (WORDS.as_str(), 1));
    let entry_id = read.attachments[0].entry_id.clone();
    let wanted = wire::ReadAttachmentRequest { complaint_id: complaint.clone(), entry_id: entry_id.clone() };
    let file = complaints(&intake).read_attachment(wanted.clone()).await.expect("the file").into_inner();
    let attachment = file.attachment.expect("it is there");
    assert_eq!(
        (attachment.name.as_str(), attachment.content, file.media_type.as_str()),
        (FILE.as_str(), picture(), "image/png")
    );
    let address = format!("/attachments/{complaint}/{entry_id}");
    let token = running.token("112050", Some(JUSTICE), &[Role::Intake]);
    let response = running.fetch(&address, Some(&token)).await;
    let disposition = response.headers()["content-disposition"].to_str().expect("text").to_owned();
    assert!(response.status() == 200 && disposition.starts_with("attachment; filename*="), "{disposition}");
    assert_eq!(response.headers()["content-security-policy"], "sandbox; default-src 'none'");
    for stranger in [&*market, &Person::new(&running, "112050", Some(MARKET), &[Role::Intake])] {
        assert_eq!(text_of(stranger, &complaint).await.expect_err("sealed").code(), Code::PermissionDenied);
        let denied = complaints(stranger).read_attachment(wanted.clone()).await;
        assert_eq!(denied.expect_err("sealed").code(), Code::PermissionDenied);
    }
    assert_eq!(running.page(&address, None).await.0, 403);
    let summarise = wire::SummariseComplaintRequest {
        complaint_id: complaint.clone(),
        summary: "反映正阳街某饭店无证经营".to_owned(),
        way: wire::Way::Ordinary.into(),
        place: "正阳街".to_owned(),
        ..wire::SummariseComplaintRequest::default()
    };
    intake.does("2025-02-20T11:00", summarise).await;
    let office = Handler::of(&running, JUSTICE, "112070").having_seen(written);
    let reply = wire::SendReplyRequest {
        meta: Some(frame("2025-02-20T12:00", wire::Mode::Handling)),
        complaint_id: complaint.clone(),
        text: REPLY.to_owned(),
    };
    running.set_clock(moment("2025-02-20T12:00"));
    complaints(&office).send_reply(reply.clone()).await.expect("the person is written to");
    intake.does("2025-02-21T09:00", assign()).await;
    // What it wrote stays, though the office may write no more and asks for it again.
    let repeated = complaints(&office).send_reply(reply).await.expect_err("it lies elsewhere");
    assert_eq!(repeated.code(), Code::PermissionDenied);
    let gone = text_of(&intake, &complaint).await.expect_err("it lies with another agency");
    assert_eq!(gone.code(), Code::PermissionDenied);
    let accepting = wire::AcceptComplaintRequest {
        complaint_id: complaint.clone(),
        way: wire::Way::Ordinary.into(),
        officer: XU.to_owned(),
        lead: true,
        told: "凭查询码告知".to_owned(),
        ..wire::AcceptComplaintRequest::default()
    };
    market.does("2025-02-24T09:00", accepting).await;
    until(&running, "enforcement", "enforcement.lead.LeadReceived.v1", 1).await;
    let decided = punished(&running, &complaint, written).await;

    // The page tells it to whoever has the code.
    let (status, _, page) = looked_at(&running, &code).await;
    assert_eq!(status, 200, "{page}");
    for told in [WORDS.as_str(), REPLY, "反映正阳街某饭店无证经营", "受理", "反馈查处结果", "作出处罚决定", &decided]
    {
        assert!(page.contains(told), "{told}: {page}");
    }

    // It stands in lists by its summary, and what the person said, and how the file is called, nowhere.
    running.suite.caught_up().await.expect("the views");
    let supervisor = running.suite.supervisor_token().expect("a token");
    for path in [format!("/cases/{complaint}"), "/cases".to_owned(), format!("/trail/{complaint}"), "/audit".to_owned()]
    {
        let (status, page) = running.page(&path, Some(&supervisor)).await;
        assert_eq!(status, 200, "{path}");
        assert_eq!(canary::found_in(&path, page.as_bytes()), None);
    }
    let (_, page) = running.page("/cases", Some(&supervisor)).await;
    assert!(page.contains("反映正阳街某饭店无证经营"), "{page}");
    // What is mistyped, was never given, is worth nothing any more or was shredded is answered alike.
    shred(&running, &complaint).await;
    let mistyped = format!("{}{}", if code.starts_with('7') { '8' } else { '7' }, &code[1..]);
    let (mut pages, mut statuses) = (Vec::new(), Vec::new());
    for wrong in ["", "nonsense", &mistyped, "01234-56701-ABCDE-FGHJK-MNPZT", &old, &code] {
        let (status, _, page) = looked_at(&running, wrong).await;
        assert_eq!(status, 404, "{wrong}");
        pages.push(page.replace(&format!("value=\"{wrong}\""), ""));
        let anybody = Person::anonymous(&running);
        let request = wire::FollowComplaintRequest { receipt_code: wrong.to_owned() };
        let followed = complaints(&anybody).follow_complaint(request).await.expect_err("nothing is opened");
        let added = complaints(&anybody).add_by_receipt(adding(wrong)).await.expect_err("nothing is added");
        statuses.extend([followed, added].map(|status| (status.code(), status.message().to_owned())));
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(statuses.iter().all(|status| *status == statuses[0] && status.0 == Code::NotFound), "{statuses:?}");
    running.stop().await;
}

fn adding(code: &str) -> wire::AddByReceiptRequest {
    wire::AddByReceiptRequest {
        meta: Some(wire::CommandMeta { command_id: Uuid::now_v7().to_string(), ..Default::default() }),
        receipt_code: code.to_owned(),
        text: MORE.clone(),
        score: 0,
    }
}

/// The market authority files a case on the lead, and reports its decision; answers the decision's number.
async fn punished(running: &Running, lead: &str, written: u64) -> String {
    let officer = Officer::of(running, MARKET, XU).having_seen(written);
    let matter = Matter::new();
    let filing = cases::FileCaseRequest { lead_id: lead.to_owned(), ..matter.filing() };
    officer.does("2025-03-03T09:00", filing).await;
    running.set_clock(moment("2025-05-06T09:00"));
    let head = Head::of(running, MARKET, HEAD).having_seen(written).reporting();
    let decision = cases::DecidePenaltyRequest { decided_by: HEAD.to_owned(), ..matter.decision() };
    let decided = head.does("2025-04-25T09:00", decision).await;
    until(running, "complaints", "complaints.complaint.OutcomeReturned.v1", 1).await;
    decided.number
}

/// Shreds the key of the person whose matter it is, as whoever keeps the vault may.
async fn shred(running: &Running, complaint: &str) {
    let store = &running.options.store;
    let url = match &store.database_url {
        Some(url) => Url::Postgres(url.clone()),
        None => Url::Sqlite(store.data.clone()),
    };
    let key = LocalKey::from_file(&store.data.join("vault.key")).expect("the key");
    let vault = Vault::open(&url, Arc::new(key)).await.expect("the vault");
    let person = vault.pseudonym(complaint.parse().expect("an id"), "person");
    vault.shred(person).await.expect("it is shredded");
    vault.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_for_reconsideration_comes_in_by_the_page_and_is_followed_there() {
    let running = suite::start(Engine::Sqlite).await;
    _ = government(&running).await;
    running.set_clock(moment("2025-05-08T09:00"));
    let id = Uuid::now_v7().to_string();
    let sends = async |request: &str| {
        let fields = [
            ("command_id", id.as_str()),
            ("organ", GOVERNMENT),
            ("respondent", MARKET),
            ("act", "penalty"),
            ("number", "抚市监罚决〔2025〕1号"),
            ("what", "未取得许可经营食品，罚款六万元"),
            ("done", "2025-04-25"),
            ("known", "2025-04-28"),
            ("rights_told", "yes"),
            ("request", request),
            ("reasons", "没有查清货值"),
            ("person", "citizen"),
            ("name", APPLICANT),
            ("id_number", "11010519491231002X"),
        ];
        let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(name, text)| format!("{name}={}", encoded(text))).collect();
        running.sends("/appeal", "application/x-www-form-urlencoded", body.join("&").into_bytes()).await
    };
    let code_of = |page: &str| {
        page.split("class=\"receipt\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned()
    };
    // A name in what goes to the respondent is told at its field, and all that was typed comes back.
    let (status, _, page) = sends(&format!("{APPLICANT}请求撤销")).await;
    assert!(status == 422 && page.contains("request-problem") && page.contains("没有查清货值</textarea>"), "{page}");
    let (status, _, page) = sends("撤销处罚决定").await;
    assert_eq!(status, 200, "{page}");
    let first = code_of(&page);
    running.set_clock(moment("2025-05-08T10:00"));
    let (status, _, page) = sends("撤销处罚决定").await;
    assert_eq!(status, 200, "sent twice, it is one application: {page}");
    let (status, _, page) = looked_at(&running, &code_of(&page)).await;
    assert_eq!(status, 200, "{page}");
    for told in ["抚远市人民政府", "抚远市市场监督管理局", "未取得许可经营食品，罚款六万元", "撤销处罚决定"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains(APPLICANT), "{page}");
    assert_eq!(looked_at(&running, &first).await.0, 404, "the first code is worth nothing any more");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_calls_too_often_is_told_when_to_come_again_and_who_has_a_token_is_not() {
    let running =
        suite::start_with(None, |options| options.visitors.public_per_client = 4.try_into().expect("not zero")).await;
    let ask = async |door: suite::Door| -> Result<_, Status> {
        let request = wire::FollowComplaintRequest { receipt_code: "nonsense".to_owned() };
        wire::complaints_client::ComplaintsClient::new(door).follow_complaint(request).await
    };
    // Pages and calls are counted together.
    for _ in 0..2 {
        assert_eq!(looked_at(&running, "nonsense").await.0, 404);
        assert_eq!(ask(running.door(None)).await.expect_err("nothing is opened").code(), Code::NotFound);
    }
    let refused = ask(running.door(None)).await.expect_err("too often");
    assert_eq!(refused.code(), Code::ResourceExhausted);
    let wait = refused.get_details_retry_info().and_then(|info| info.retry_delay).expect("when to come again");
    assert!((1..=60).contains(&wait.as_secs()), "{wait:?}");
    let (status, retry_after, page) = looked_at(&running, "nonsense").await;
    assert_eq!(status, 429);
    assert!(retry_after.is_some_and(|seconds| seconds.parse::<u64>().is_ok_and(|seconds| seconds > 0)));
    assert!(page.contains("提交过于频繁"), "{page}");
    let token = running.token("anybody", None, &[Role::Public]);
    for _ in 0..6 {
        assert_eq!(ask(running.door(Some(&token))).await.expect_err("nothing is opened").code(), Code::NotFound);
    }
    assert_eq!(running.page("/items", None).await.0, 200, "looking is free");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_region_without_a_receiver_and_a_repeat_with_other_words_are_clear_errors() {
    let running = suite::start(Engine::Sqlite).await;
    county::found(&running).await;
    running.set_clock(moment("2025-02-20T09:00"));
    let anybody = Person::anonymous(&running);
    let request = |region: &str, text: &str| wire::SubmitComplaintRequest {
        command_id: "01990000-0000-7000-8000-0000000000aa".to_owned(),
        kind: wire::Kind::Report.into(),
        region: region.to_owned(),
        text: text.to_owned(),
        ..wire::SubmitComplaintRequest::default()
    };
    let submit = async |request: wire::SubmitComplaintRequest| complaints(&anybody).submit_complaint(request).await;
    let elsewhere = submit(request("110000", "反映")).await.expect_err("nobody receives there");
    assert_eq!(elsewhere.code(), Code::FailedPrecondition);
    assert!(elsewhere.message().contains("110000"), "{}", elsewhere.message());
    let accuses = wire::SubmitComplaintRequest { against: vec![JUSTICE.to_owned()], ..request("", "反映") };
    let accused = submit(accuses).await.expect_err("whom it accuses does not receive it");
    assert_eq!(accused.code(), Code::FailedPrecondition, "{}", accused.message());
    let first = submit(request("", "反映")).await.expect("it is registered").into_inner();
    assert!(!first.receipt_code.is_empty() && first.organ == "抚远市司法局", "{first:?}");
    running.set_clock(moment("2025-02-20T10:00"));
    let again = submit(request("", "反映")).await.expect("it is the same").into_inner();
    assert_eq!((again.number.as_str(), again.id.as_str()), (first.number.as_str(), first.id.as_str()));
    assert!(again.receipt.is_some_and(|receipt| receipt.repeated) && again.receipt_code != first.receipt_code);
    let other = submit(request("", "反映另一件事")).await.expect_err("it says something else");
    assert_eq!(other.code(), Code::AlreadyExists, "{}", other.message());
    assert_eq!(registered(&running).await, [first.id]);

    let wrong = submit(wire::SubmitComplaintRequest::default()).await.expect_err("nothing is said");
    for field in ["command_id", "must be a UUID"] {
        assert!(wrong.message().contains(field), "{}", wrong.message());
    }
    let reprisal = wire::SubmitComplaintRequest {
        kind: wire::Kind::Reprisal.into(),
        command_id: Uuid::now_v7().to_string(),
        text: String::new(),
        ..request("", "")
    };
    let wrong = submit(reprisal).await.expect_err("it is told under the receipt");
    assert!(wrong.message().contains("kind: a reprisal") && wrong.message().contains("text"), "{}", wrong.message());
    let added: Recorded =
        complaints(&anybody).add_by_receipt(adding(&again.receipt_code)).await.expect("added").into_inner();
    assert_eq!(added.id, again.id);
    running.stop().await;
}
