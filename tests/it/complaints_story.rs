//! What persons bring: a report accuses an agency and goes to another one, comes back three times, becomes a lead and is
//! rewarded; a petition is answered late, reviewed and rechecked; another system's matters come in once.

use std::sync::LazyLock;

use proto::{common::v1::LeftOpen, complaints::v1 as wire};
use stories::{
    canary,
    suite::{self, Engine, Running},
};
use tonic::Request;
use uuid::Uuid;

use crate::{
    county::{self, FARMER, FARMING_HEAD, HEAD, XU},
    engines::in_all_forms,
    people::{
        FARMING, Handler, Head, Intake, JUSTICE, Keeper, MARKET, command::Receipted as _, frame,
        list_office::ListOffice,
    },
};

in_all_forms! {
    a_report_finds_its_agency_and_what_came_of_it_is_told,
    a_petition_goes_through_review_and_recheck,
    what_another_system_registered_comes_in_once,
}

/// Everybody who deals with complaints in the county.
struct Desk<'a> {
    intake: Intake<'a>,
    market: Handler<'a>,
    head: Head<'a>,
    farming: Handler<'a>,
    farming_head: Head<'a>,
}

async fn desk(running: &Running) -> Desk<'_> {
    let written = county::found(running).await;
    Desk {
        intake: Intake::of(running, JUSTICE, "112050").having_seen(written),
        market: Handler::of(running, MARKET, XU).having_seen(written),
        head: Head::of(running, MARKET, HEAD).having_seen(written),
        farming: Handler::of(running, FARMING, FARMER).having_seen(written),
        farming_head: Head::of(running, FARMING, FARMING_HEAD).having_seen(written),
    }
}

fn id() -> String {
    Uuid::now_v7().to_string()
}

/// What they say.
static WORDS: LazyLock<String> = LazyLock::new(|| canary::words("我在正阳街买到过期食品"));

fn entry(kind: wire::Kind, received: &str) -> wire::Entry {
    wire::Entry {
        kind: kind.into(),
        channel: wire::Channel::Hotline.into(),
        agency: JUSTICE.to_owned(),
        received: received.to_owned(),
        reachable: true,
        summary: "反映正阳街某超市售卖过期食品".to_owned(),
        text: WORDS.clone(),
        way: wire::Way::Ordinary.into(),
        place: "正阳街".to_owned(),
        ..wire::Entry::default()
    }
}

fn registered(complaint_id: &str, entry: wire::Entry) -> wire::RegisterComplaintRequest {
    wire::RegisterComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        entry: Some(entry),
        ..wire::RegisterComplaintRequest::default()
    }
}

fn assigned(complaint_id: &str, to: &str) -> wire::AssignComplaintRequest {
    wire::AssignComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        to: to.to_owned(),
        letter: "转送函〔2025〕1号".to_owned(),
        ..wire::AssignComplaintRequest::default()
    }
}

fn accepted(complaint_id: &str, officer: &str, lead: bool) -> wire::AcceptComplaintRequest {
    wire::AcceptComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        way: wire::Way::Ordinary.into(),
        officer: officer.to_owned(),
        lead,
        told: "受理告知书".to_owned(),
        ..wire::AcceptComplaintRequest::default()
    }
}

fn answered(complaint_id: &str, outcome: wire::Outcome) -> wire::AnswerComplaintRequest {
    wire::AnswerComplaintRequest {
        complaint_id: complaint_id.to_owned(),
        outcome: outcome.into(),
        facts: "经核查，反映属实".to_owned(),
        opinion: "责令改正".to_owned(),
        bases: vec!["《食品安全法》第三十四条".to_owned()],
        told: "邮寄".to_owned(),
        ..wire::AnswerComplaintRequest::default()
    }
}

/// The entry in the vault of what the person said, as the record names it.
async fn sealed(running: &Running, complaint_id: &str) -> String {
    let stream = format!("complaint/{complaint_id}");
    let records = running.suite.ledger("complaints").expect("a ledger").stream(&stream, 0).await.expect("its events");
    let registered =
        records.iter().find(|record| record.bytes.contains("ComplaintRegistered")).expect("it was registered");
    let envelope = registered.envelope().expect("an event");
    let data: serde_json::Value = serde_json::from_str(envelope.data.get()).expect("JSON");
    data["sealed"]["entry"].as_str().expect("an entry").to_owned()
}

/// So often sent to the farming authority, which is not competent, and back.
async fn comes_back(desk: &Desk<'_>, complaint_id: &str, day: &str) {
    let at = |hour: &str| format!("{day}T{hour}");
    desk.intake.does(&at("09:00"), assigned(complaint_id, FARMING)).await;
    let objection = wire::ObjectAssignmentRequest {
        complaint_id: complaint_id.to_owned(),
        reason: "不属于农业农村部门职责".to_owned(),
        ..wire::ObjectAssignmentRequest::default()
    };
    desk.farming.does(&at("10:00"), objection).await;
    let decided = wire::DecideObjectionRequest {
        complaint_id: complaint_id.to_owned(),
        agreed: true,
        reason: "经核实属实".to_owned(),
        ..wire::DecideObjectionRequest::default()
    };
    desk.intake.does(&at("11:00"), decided).await;
}

pub(crate) async fn a_report_finds_its_agency_and_what_came_of_it_is_told(engine: Engine) {
    let running = suite::start(engine).await;
    let desk = desk(&running).await;
    let of = id();

    // What names the person is not registered.
    let telephone =
        wire::Entry { summary: "来电人13900001234反映".to_owned(), ..entry(wire::Kind::Report, "2025-06-03") };
    let refused = desk.intake.tries("2025-06-03T09:00", registered(&of, telephone)).await;
    refused.under(&["CO-PROTECT"], "内容中有电话号码", "holds a telephone number");
    let accuses = wire::Entry { against: vec![FARMING.to_owned()], ..entry(wire::Kind::Report, "2025-06-03") };
    let other = id();
    desk.intake.does("2025-06-03T09:05", registered(&other, accuses)).await;
    let refused = desk.intake.tries("2025-06-03T09:06", assigned(&other, FARMING)).await;
    refused.under(&["CO-PROTECT"], "不得转给该机关", "is not passed to it");

    let number =
        desk.intake.does("2025-06-03T09:10", registered(&of, entry(wire::Kind::Report, "2025-06-03"))).await.number;
    assert!(number.contains("访登〔2025〕"), "{number}");
    for day in ["2025-06-04", "2025-06-05", "2025-06-06"] {
        comes_back(&desk, &of, day).await;
    }
    let refused = desk.intake.tries("2025-06-09T09:00", assigned(&of, MARKET)).await;
    refused.under(&["CO-RULING"], "请先由清单管理机关裁定承办机关", "have the list office rule");
    let ruling = wire::RuleAssignmentRequest {
        complaint_id: of.clone(),
        to: MARKET.to_owned(),
        reason: "权责清单列明由市场监管部门查处".to_owned(),
        document: "抚编办〔2025〕8号".to_owned(),
        ..wire::RuleAssignmentRequest::default()
    };
    ListOffice::of(&running).enters("2025-06-09T10:00", ruling).await;
    desk.intake.does("2025-06-09T11:00", assigned(&of, MARKET)).await;
    // It lies with the market authority now: the farming authority has no part in it.
    let denied = desk.farming.asks("2025-06-09T11:10", accepted(&of, FARMER, true)).await.expect_err("not theirs");
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    desk.market.does("2025-06-10T09:00", accepted(&of, XU, true)).await;
    let reply = desk.market.does("2025-06-30T09:00", answered(&of, wire::Outcome::Verified)).await;
    assert!(reply.number.ends_with("访复〔2025〕1号"), "{}", reply.number);

    let close = |left: Vec<LeftOpen>| wire::CloseComplaintRequest {
        complaint_id: of.clone(),
        left,
        ..wire::CloseComplaintRequest::default()
    };
    let open = desk.market.asks("2025-07-01T09:00", close(vec![])).await.expect_err("the lead is owed");
    assert!(open.message().contains("CO-LEAD"), "{}", open.message());
    let outcome = wire::ReturnOutcomeRequest {
        complaint_id: of.clone(),
        case_id: id(),
        decided: "罚款五千元".to_owned(),
        verified: true,
        told: "书面反馈".to_owned(),
        ..wire::ReturnOutcomeRequest::default()
    };
    desk.market.does("2025-07-20T09:00", outcome).await;
    let rate = |score: wire::Score| wire::RateAnswerRequest {
        complaint_id: of.clone(),
        score: score.into(),
        ..wire::RateAnswerRequest::default()
    };
    desk.intake.does("2025-07-21T09:00", rate(wire::Score::Poor)).await;
    let refused = desk.market.tries("2025-07-22T09:00", answered(&of, wire::Outcome::Verified)).await;
    refused.under(&["CO-RECTIFY"], "差评之后没有整改", "nothing was put right");
    let rectified = wire::RectifyComplaintRequest {
        complaint_id: of.clone(),
        measures: "当面说明查处结果".to_owned(),
        ..wire::RectifyComplaintRequest::default()
    };
    desk.market.does("2025-07-22T10:00", rectified).await;
    desk.market.does("2025-07-22T11:00", answered(&of, wire::Outcome::Verified)).await;
    desk.intake.does("2025-07-23T09:00", rate(wire::Score::Good)).await;
    let reward = |method: wire::RewardMethod| wire::RewardReportRequest {
        complaint_id: of.clone(),
        amount_fen: 50_000,
        basis: "举报奖励办法".to_owned(),
        method: method.into(),
        payment: "发放凭证1".to_owned(),
        ..wire::RewardReportRequest::default()
    };
    let refused = desk.head.tries("2025-07-24T09:00", reward(wire::RewardMethod::Named)).await;
    refused.under(&["CO-REWARD"], "实名签领会泄露举报人身份", "reveals the person");
    desk.head.does("2025-07-24T09:10", reward(wire::RewardMethod::Code)).await;
    let closed = desk.market.does("2025-07-25T09:00", close(vec![])).await;
    assert_eq!(closed.receipt().violations, []);

    // The keeper opens nothing alone, and nothing that is not there.
    let keeper = Keeper::of(&running, JUSTICE, "112060");
    let text = sealed(&running, &of).await;
    let release = |second: &str| wire::ReleaseTextRequest {
        complaint_id: of.clone(),
        entry_id: text.clone(),
        to: MARKET.to_owned(),
        reason: "需要核对所购商品".to_owned(),
        opened_by: "112060".to_owned(),
        second: second.to_owned(),
        ..wire::ReleaseTextRequest::default()
    };
    let refused = keeper.tries("2025-07-26T09:00", release("112060")).await;
    refused.under(&["CO-PROTECT"], "启封须由两人在场", "it takes two persons");
    keeper.does("2025-07-26T09:10", release("112061")).await;

    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    for (path, wanted) in [
        (
            format!("/cases/{of}"),
            &[number.as_str(), "举报", "查证属实", "抚远市市场监督管理局", "CO-RULING", "奖励举报"][..],
        ),
        (format!("/cases/{of}?lang=en"), &["Registered", "Answer rated", "found true"]),
        ("/cases".to_owned(), &[number.as_str(), "投诉举报信访"]),
        ("/deadlines?rule=CO-SETTLE&state=met".to_owned(), &[number.as_str()]),
        (format!("/trail/{of}"), &[number.as_str(), ">线索</a>", "收到线索", "起因："]),
        (format!("/cases/{of}?service=enforcement"), &["收到线索", &format!("/trail/{of}")]),
    ] {
        let (status, page) = running.page(&path, Some(&token)).await;
        assert_eq!(status, 200, "{path}");
        for text in wanted {
            assert!(page.contains(text), "{path} lacks {text}: {page}");
        }
    }
    running.stop().await;
}

pub(crate) async fn a_petition_goes_through_review_and_recheck(engine: Engine) {
    let running = suite::start(engine).await;
    let desk = desk(&running).await;
    let of = id();
    desk.intake.does("2025-06-03T09:00", registered(&of, entry(wire::Kind::Petition, "2025-06-03"))).await;
    desk.intake.does("2025-06-05T09:00", assigned(&of, MARKET)).await;
    desk.market.does("2025-06-10T09:00", accepted(&of, XU, false)).await;
    let extension = |days: u32, approved_by: &str| wire::ExtendSettlementRequest {
        complaint_id: of.clone(),
        days,
        reason: "案情复杂".to_owned(),
        approved_by: approved_by.to_owned(),
        told: "延期告知书".to_owned(),
        ..wire::ExtendSettlementRequest::default()
    };
    let refused = desk.market.tries("2025-08-01T09:00", extension(31, HEAD)).await;
    refused.under(&["CO-EXTEND"], "超过三十日的上限", "above the limit of 30");
    let refused = desk.market.tries("2025-08-01T09:05", extension(5, FARMING_HEAD)).await;
    refused.under(&["CO-EXTEND"], "不是本机关的", "of this agency");
    desk.head.does("2025-08-01T09:10", extension(10, "")).await;
    // The seventieth day, 19 August 2025, is a Tuesday: a day late.
    desk.market.does("2025-08-20T09:00", answered(&of, wire::Outcome::Explained)).await;
    let review = |to: &str, answer_got: &str| wire::RequestReviewRequest {
        complaint_id: of.clone(),
        to: to.to_owned(),
        answer_got: answer_got.to_owned(),
        ..wire::RequestReviewRequest::default()
    };
    let opinion = |outcome: wire::ReviewOutcome| wire::AnswerReviewRequest {
        complaint_id: of.clone(),
        outcome: outcome.into(),
        facts: "原办理事实清楚".to_owned(),
        opinion: "维持原处理意见".to_owned(),
        bases: vec!["《信访工作条例》第三十五条".to_owned()],
        told: "直接送达".to_owned(),
        ..wire::AnswerReviewRequest::default()
    };
    let refused = desk.intake.tries("2025-08-25T09:00", review(MARKET, "2025-08-22")).await;
    refused.under(&["CO-HIGHER"], "请由其上一级机关办理", "it is for the organ above");
    desk.intake.does("2025-08-25T09:10", review(FARMING, "2025-08-22")).await;
    let denied = desk.market.asks("2025-08-26T09:00", opinion(wire::ReviewOutcome::Upheld)).await;
    assert_eq!(denied.expect_err("it lies with the other one").code(), tonic::Code::PermissionDenied);
    desk.farming_head.does("2025-09-10T09:00", opinion(wire::ReviewOutcome::Upheld)).await;
    desk.intake.does("2025-09-12T09:00", review(JUSTICE, "2025-09-11")).await;
    let justice = Handler::of(&running, JUSTICE, "112070");
    let last = justice.does("2025-10-10T09:00", opinion(wire::ReviewOutcome::Upheld)).await;
    assert!(last.number.contains("复核〔2025〕1号"), "{}", last.number);
    let refused = desk.intake.tries("2025-10-15T09:00", review(FARMING, "2025-10-11")).await;
    refused.under(&["CO-FINAL"], "已经复核终结", "was rechecked");

    // Brought once more on the same facts, it is not taken up.
    let again = id();
    desk.intake.does("2025-10-20T09:00", registered(&again, entry(wire::Kind::Petition, "2025-10-20"))).await;
    let link = wire::LinkComplaintRequest {
        complaint_id: again.clone(),
        earlier_id: of.clone(),
        relation: wire::Relation::Repeat.into(),
        ..wire::LinkComplaintRequest::default()
    };
    desk.intake.does("2025-10-20T09:10", link).await;
    desk.intake.does("2025-10-20T09:20", assigned(&again, MARKET)).await;
    let refused = desk.market.tries("2025-10-21T09:00", accepted(&again, XU, false)).await;
    refused.under(&["CO-FINAL"], "不再受理", "is not taken up again");
    let declined = wire::DeclineComplaintRequest {
        complaint_id: again.clone(),
        ground: wire::DeclineGround::Rechecked.into(),
        reason: "同一事实和理由".to_owned(),
        earlier_id: of.clone(),
        told: "不予受理告知书".to_owned(),
        ..wire::DeclineComplaintRequest::default()
    };
    desk.market.does("2025-10-21T09:10", declined).await;

    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    for (path, wanted) in [
        ("/findings?rule=CO-SETTLE".to_owned(), "2025-08-20才完成"),
        (format!("/cases/{again}"), "不予受理"),
        (format!("/cases/{of}"), "复查"),
    ] {
        let (status, page) = running.page(&path, Some(&token)).await;
        assert!(status == 200 && page.contains(wanted), "{path} lacks {wanted}: {page}");
    }
    running.stop().await;
}

pub(crate) async fn what_another_system_registered_comes_in_once(engine: Engine) {
    let running = suite::start(engine).await;
    let desk = desk(&running).await;
    let imported =
        |number: &str, entry: wire::Entry| wire::ImportedEntry { number: number.to_owned(), entry: Some(entry) };
    let sent = |at: &str, entries: Vec<wire::ImportedEntry>| wire::ImportComplaintsRequest {
        meta: Some(frame(at, proto::common::v1::Mode::Handling)),
        system: "12345".to_owned(),
        entries,
    };
    let two = || {
        vec![
            imported("20250603-1", entry(wire::Kind::Complaint, "2025-06-03")),
            imported("20250603-2", entry(wire::Kind::Suggestion, "2025-06-03")),
        ]
    };
    let mut client = wire::complaints_client::ComplaintsClient::new(desk.intake.door.clone());
    let mut import = async |request| client.import_complaints(Request::new(request)).await;
    running.set_clock(crate::people::moment("2025-06-04T09:00"));
    let first = import(sent("2025-06-04T09:00", two())).await.expect("taken in").into_inner().complaints;
    assert!(first.iter().all(|one| one.refused.is_empty() && !one.repeated), "{first:?}");
    assert!(first[1].registered_number.ends_with("访登〔2025〕2号"), "{first:?}");

    // Sent again later, with one more and one that says something else now.
    running.set_clock(crate::people::moment("2025-06-05T09:00"));
    let mut again = two();
    again[1] = imported(
        "20250603-2",
        wire::Entry { summary: "另一内容".to_owned(), ..entry(wire::Kind::Suggestion, "2025-06-03") },
    );
    again.push(imported("20250604-1", entry(wire::Kind::Complaint, "2025-06-04")));
    let second = import(sent("2025-06-05T09:00", again)).await.expect("taken in").into_inner().complaints;
    assert!(second[0].repeated && second[0].registered_number == first[0].registered_number, "{second:?}");
    assert_eq!(second[0].complaint_id, first[0].complaint_id);
    assert!(!second[1].refused.is_empty(), "the same number with other words is another thing: {second:?}");
    assert!(second[2].registered_number.ends_with("访登〔2025〕3号"), "{second:?}");

    let wrong = sent("2025-06-05T09:00", vec![imported("", wire::Entry::default())]);
    let refused = import(wrong).await.expect_err("nothing is said");
    for field in ["entries[0].number", "entries[0].entry.kind", "entries[0].entry.agency"] {
        assert!(refused.message().contains(field), "{field}: {}", refused.message());
    }
    running.stop().await;
}
