//! A fine is appealed against: silence accepts, the respondent answers for itself, the act is revoked and may not come back the same;
//! another application is decided too late and goes to court.

use std::sync::LazyLock;

use jiff::civil::Date;
use kernel::Role;
use proto::{common::v1::PenaltyKind, powerlist::v1 as lists, reconsideration::v1 as wire};
use stories::{
    canary,
    suite::{self, Engine, Running},
};
use tonic::Code;
use uuid::Uuid;

use crate::{
    county::{self, FARMER, FOUNDED, HEAD, UNLICENSED_FOOD, XU},
    engines::in_all_forms,
    people::{
        Clerk, FARMING, GOVERNMENT, Head, Institution, MARKET, Officer, Person,
        command::Receipted as _,
        frame,
        list_office::{Entry, ListOffice},
        moment,
        refused::plain,
    },
};

in_all_forms! {
    silence_accepts_and_what_is_revoked_may_not_come_back_the_same,
    a_late_decision_is_found_and_the_judgment_is_counted_against_the_respondent,
    a_citizen_applies_over_the_internet_and_follows_it_by_a_code,
}

/// Who applies.
static ZHAO: LazyLock<canary::Person> = LazyLock::new(|| canary::person("赵"));
/// 周复 and 吴议 handle reconsiderations; 郑 heads their institution, 陈 the government.
pub(crate) const ZHOU: &str = "101101";
pub(crate) const WU: &str = "101102";
const ZHENG: &str = "101901";
pub(crate) const CHEN: &str = "101902";

pub(crate) struct Government<'a> {
    pub(crate) clerk: Clerk<'a>,
    institution: Institution<'a>,
    pub(crate) head: Head<'a>,
    /// Of the respondent.
    pub(crate) officer: Officer<'a>,
    their_head: Head<'a>,
    /// How far the lists are written.
    pub(crate) written: u64,
}

pub(crate) async fn government(running: &Running) -> Government<'_> {
    county::found(running).await;
    let office = ListOffice::of(running);
    let government = county::agency(GOVERNMENT, "抚远市人民政府", "抚远市政府", &[]);
    office.enters(FOUNDED, lists::RegisterAgencyRequest { agency: Some(government), ..Default::default() }).await;
    for (officer, name) in [(ZHOU, "周复"), (WU, "吴议"), (ZHENG, "郑主任"), (CHEN, "陈市长")] {
        let role = lists::OfficerRole::Staff;
        let entry =
            Entry { officer, name, agency: GOVERNMENT, role, legal_qualification: true, certified: None, fields: &[] };
        office.employs(FOUNDED, &entry).await;
    }
    for (officer, kind) in [(ZHENG, lists::OfficeKind::ReconsiderationHead), (CHEN, lists::OfficeKind::Head)] {
        let given = lists::GiveOfficeRequest {
            officer: officer.to_owned(),
            agency: GOVERNMENT.to_owned(),
            office: kind.into(),
            from: "2019-03-01".to_owned(),
            document: "任职通知（示例）".to_owned(),
            ..Default::default()
        };
        office.enters(FOUNDED, given).await;
    }
    let written = office.written();
    Government {
        clerk: Clerk::of(running, GOVERNMENT, ZHOU).having_seen(written),
        institution: Institution::of(running, GOVERNMENT, ZHENG).having_seen(written),
        head: Head::of(running, GOVERNMENT, CHEN).having_seen(written),
        officer: Officer::of(running, MARKET, XU).having_seen(written),
        their_head: Head::of(running, MARKET, HEAD).having_seen(written),
        written,
    }
}

fn id() -> String {
    Uuid::now_v7().to_string()
}

fn fine(yuan: i64) -> wire::Penalty {
    wire::Penalty { kind: PenaltyKind::Fine.into(), amount_fen: Some(yuan * 100), ..Default::default() }
}

pub(crate) fn application(
    appeal_id: &str,
    number: &str,
    known: &str,
    made: &str,
) -> wire::ApplyForReconsiderationRequest {
    let done: Date = known.parse::<Date>().expect("a day").yesterday().expect("a day");
    wire::ApplyForReconsiderationRequest {
        appeal_id: appeal_id.to_owned(),
        organ: GOVERNMENT.to_owned(),
        respondent: MARKET.to_owned(),
        relation: wire::Relation::Department.into(),
        channel: wire::Channel::Oral.into(),
        made: made.to_owned(),
        oral_record: "口头申请笔录".to_owned(),
        applicant: Some(wire::Person {
            kind: wire::PersonKind::Citizen.into(),
            name: ZHAO.name.clone(),
            id_number: ZHAO.id_number.clone(),
            ..Default::default()
        }),
        applicants: 1,
        act: Some(wire::Appealed {
            kind: wire::ActKind::Penalty.into(),
            number: number.to_owned(),
            what: "未取得许可经营食品，罚款六万元".to_owned(),
            item: UNLICENSED_FOOD.to_owned(),
            done: done.to_string(),
            known: known.to_owned(),
            rights_told: true,
            penalties: vec![fine(60_000)],
            ..Default::default()
        }),
        request: "撤销处罚决定".to_owned(),
        reasons: "没有查清货值".to_owned(),
        ..Default::default()
    }
}

pub(crate) fn assigned(appeal_id: &str, officers: &[&str]) -> wire::AssignHandlersRequest {
    let handler = |officer: &&str| wire::Handler { officer: (*officer).to_owned(), since: String::new() };
    wire::AssignHandlersRequest {
        appeal_id: appeal_id.to_owned(),
        officers: officers.iter().map(handler).collect(),
        ..Default::default()
    }
}

pub(crate) fn copy(appeal_id: &str, sent: &str) -> wire::SendCopyRequest {
    let (appeal_id, sent, notice) = (appeal_id.to_owned(), sent.to_owned(), "提出答复通知书".to_owned());
    wire::SendCopyRequest { appeal_id, sent, notice, ..Default::default() }
}

pub(crate) fn answer(appeal_id: &str) -> wire::GiveAnswerRequest {
    wire::GiveAnswerRequest {
        appeal_id: appeal_id.to_owned(),
        answer: "处罚事实清楚".to_owned(),
        evidence: vec!["现场检查笔录".to_owned()],
        bases: vec!["食品安全法第一百二十二条".to_owned()],
        ..Default::default()
    }
}

pub(crate) fn heard(appeal_id: &str) -> wire::HearOpinionRequest {
    wire::HearOpinionRequest {
        appeal_id: appeal_id.to_owned(),
        party: "申请人".to_owned(),
        method: wire::Hearing::Phone.into(),
        record: "听取意见笔录".to_owned(),
        ..Default::default()
    }
}

pub(crate) fn revoked(appeal_id: &str) -> wire::DecideAppealRequest {
    wire::DecideAppealRequest {
        appeal_id: appeal_id.to_owned(),
        outcome: wire::Outcome::Revoke.into(),
        ground: wire::Ground::FactsUnclear.into(),
        facts: "货值没有查清".to_owned(),
        reasons: "主要事实不清、证据不足".to_owned(),
        bases: vec!["行政复议法第六十四条第一款第一项".to_owned()],
        redo: true,
        perform_days: Some(30),
        restitution: "罚款尚未缴纳".to_owned(),
        decided_by: CHEN.to_owned(),
        sealed: true,
        appeal: "十五日内向人民法院起诉".to_owned(),
        ..Default::default()
    }
}

pub(crate) fn served(appeal_id: &str) -> wire::ServeDecisionRequest {
    wire::ServeDecisionRequest {
        appeal_id: appeal_id.to_owned(),
        method: wire::Delivery::Direct.into(),
        receipt: "送达回证".to_owned(),
        informed: "佳木斯市市场监督管理局".to_owned(),
        ..Default::default()
    }
}

async fn shown(running: &Running, pages: &[(&str, &[&str])]) {
    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    for (path, wanted) in pages {
        let (status, page) = running.page(path, Some(&token)).await;
        assert_eq!(status, 200, "{path}");
        for text in *wanted {
            assert!(page.contains(text), "{path} lacks {text}: {page}");
        }
    }
}

pub(crate) async fn silence_accepts_and_what_is_revoked_may_not_come_back_the_same(engine: Engine) {
    let running = suite::start(engine).await;
    let Government { clerk, head, officer, institution, .. } = government(&running).await;
    let appeal_id = id();
    let number = "抚市监罚〔2025〕12号";

    let told = wire::ApplyForReconsiderationRequest {
        reasons: format!("{}没有违法", ZHAO.name),
        ..application(&appeal_id, number, "2025-09-02", "2025-09-26")
    };
    let refused = clerk.asks("2025-09-26T09:00", told).await.expect_err("his name is not for the record");
    assert!(refused.message().contains("reasons") && !refused.message().contains(&ZHAO.name));
    let received = clerk.does("2025-09-26T09:01", application(&appeal_id, number, "2025-09-02", "2025-09-26")).await;
    assert!(received.number.ends_with("复议〔2025〕1号"), "{}", received.number);

    // The fifth working day of the National Day week is 10 October; 28 September and 11 October are worked.
    let two = || assigned(&appeal_id, &[ZHOU, WU]);
    clerk.tries("2025-10-10T17:00", two()).await.by_state("NOT_ACCEPTED");
    let rejection = wire::RejectApplicationRequest {
        appeal_id: appeal_id.clone(),
        lack: wire::Lack::Interest.into(),
        reasons: "无利害关系".to_owned(),
        ..Default::default()
    };
    let late = clerk.tries("2025-10-11T09:00", rejection).await;
    late.under(&["RE-DEEMED"], "审查期限已于2025-10-10届满", "accepted from that day on");
    clerk.tries("2025-10-11T09:10", assigned(&appeal_id, &[ZHOU, ZHOU])).await.under(
        &["RE-TWO"],
        "只有1名承办人员",
        "at least two are needed",
    );
    let accepted = clerk.does("2025-10-11T09:20", two()).await;
    let kinds = &accepted.receipt().events;
    assert!(kinds.iter().any(|kind| kind.ends_with("ApplicationAccepted.v1")), "{kinds:?}");

    clerk.does("2025-10-13T09:00", copy(&appeal_id, "2025-10-13")).await;
    let stranger = Officer::of(&running, FARMING, FARMER);
    stranger.tries("2025-10-14T09:00", answer(&appeal_id)).await.with(Code::PermissionDenied);
    officer.tries("2025-10-14T09:05", two()).await.with(Code::PermissionDenied);
    officer.does("2025-10-14T09:10", answer(&appeal_id)).await;
    let afterwards = wire::AddEvidenceRequest {
        appeal_id: appeal_id.clone(),
        evidence: "供货商证言".to_owned(),
        gathered: "2025-10-12".to_owned(),
        new_reason: "申请人提出货值".to_owned(),
        agreed_by: "周复".to_owned(),
        ..Default::default()
    };
    let afterwards = officer.tries("2025-10-15T09:00", afterwards).await;
    afterwards.under(&["RE-NO-AFTER"], "复议已于2025-10-10受理", "the reconsideration began on 2025-10-10");
    clerk.does("2025-10-15T10:00", heard(&appeal_id)).await;

    let worse = wire::DecideAppealRequest {
        outcome: wire::Outcome::Change.into(),
        ground: wire::Ground::Inappropriate.into(),
        changed_to: vec![fine(60_001)],
        redo: false,
        perform_days: None,
        ..revoked(&appeal_id)
    };
    institution.tries("2025-10-16T09:00", worse).await.under(
        &["RE-NO-WORSE"],
        "变更后的罚款重于原行政行为",
        "to the applicant's disadvantage",
    );
    let by_name = wire::DecideAppealRequest { decided_by: "陈市长".to_owned(), ..revoked(&appeal_id) };
    head.tries("2025-10-16T09:05", by_name).await.under(&["RE-HEAD"], "人员名录中没有", "the list knows no person");
    let decided = head.does("2025-10-16T09:10", revoked(&appeal_id)).await;
    assert!(decided.number.ends_with("复决〔2025〕1号"), "{}", decided.number);
    assert_eq!(decided.receipt().violations, []);
    clerk.does("2025-10-17T09:00", served(&appeal_id)).await;

    let redone = |yuan| wire::RedoActRequest {
        appeal_id: appeal_id.clone(),
        number: "抚市监罚〔2025〕40号".to_owned(),
        same_facts: true,
        same_reasons: true,
        penalties: vec![fine(yuan)],
        ..Default::default()
    };
    let same = officer.tries("2025-10-30T09:00", redone(60_000)).await;
    same.under(&["RE-SAME"], "以同一事实和理由作出了与被撤销行为相同", "the same act as the one that was revoked");
    let new_facts = wire::RedoActRequest { same_facts: false, ..redone(20_000) };
    officer.does("2025-11-10T09:00", new_facts).await;
    let published = wire::PublishDecisionRequest {
        appeal_id: appeal_id.clone(),
        url: "https://www.example.gov.cn/fy/1".to_owned(),
        names_removed: true,
        ..Default::default()
    };
    clerk.does("2025-11-11T09:00", published).await;
    let closed =
        wire::CloseAppealRequest { appeal_id: appeal_id.clone(), file: "2025-FY-1".to_owned(), ..Default::default() };
    clerk.does("2025-11-12T09:00", closed).await;

    // Once is enough for one applicant and one act.
    let again = id();
    clerk.does("2025-11-12T10:00", application(&again, number, "2025-11-01", "2025-11-12")).await;
    let accept = wire::AcceptApplicationRequest {
        appeal_id: again,
        procedure: wire::Procedure::Ordinary.into(),
        ..Default::default()
    };
    clerk.tries("2025-11-13T09:00", accept).await.under(&["RE-AGAIN"], "已经受理过该申请人", "was accepted before");

    shown(
        &running,
        &[
            ("/cases", &[received.number.as_str(), "行政复议", "赵**"]),
            (&format!("/cases/{appeal_id}"), &["受理", "赵**", "撤销", "货值没有查清", "RE-NO-EVIDENCE", "陈市长"]),
            (&format!("/cases/{appeal_id}?lang=en"), &["Accepted", "Respondent answered", "revoked"]),
        ],
    )
    .await;
    // Who judges the agencies of a region sees what it judges.
    let judge = running.token("zhou", Some(GOVERNMENT), &[Role::ReconsiderationClerk]);
    assert_eq!(running.page(&format!("/cases/{appeal_id}"), Some(&judge)).await.0, 200);
    running.stop().await;
}

pub(crate) async fn a_late_decision_is_found_and_the_judgment_is_counted_against_the_respondent(engine: Engine) {
    let running = suite::start(engine).await;
    let Government { clerk, institution, officer, head, their_head, .. } = government(&running).await;
    let appeal_id = id();
    let number = "抚市监罚〔2025〕13号";
    clerk.does("2025-06-03T09:00", application(&appeal_id, number, "2025-05-20", "2025-06-03")).await;
    let accept = wire::AcceptApplicationRequest {
        appeal_id: appeal_id.clone(),
        procedure: wire::Procedure::Ordinary.into(),
        ..Default::default()
    };
    clerk.does("2025-06-05T09:00", accept).await;
    clerk.does("2025-06-05T10:00", assigned(&appeal_id, &[ZHOU, WU])).await;
    clerk.does("2025-06-06T09:00", copy(&appeal_id, "2025-06-06")).await;
    // The tenth working day is 20 June.
    officer.does("2025-06-23T09:00", answer(&appeal_id)).await;
    clerk.does("2025-06-24T09:00", heard(&appeal_id)).await;
    let extension = wire::ExtendDecisionRequest {
        appeal_id: appeal_id.clone(),
        days: 10,
        reason: "取证困难".to_owned(),
        approved_by: ZHENG.to_owned(),
        notice: "延期通知书".to_owned(),
        ..Default::default()
    };
    institution.does("2025-08-01T09:00", extension).await;
    // Sixty days and ten more end on 14 August.
    let suit_id = id();
    let suit = |filed: &str| wire::RecordSuitRequest {
        appeal_id: appeal_id.clone(),
        suit_id: suit_id.clone(),
        court: "抚远市人民法院".to_owned(),
        number: "（2025）黑0883行初9号".to_owned(),
        filed: filed.to_owned(),
        defendant: wire::Defendant::Both.into(),
        ..Default::default()
    };
    let meanwhile = clerk.tries("2025-08-14T09:00", suit("2025-08-14")).await;
    meanwhile.under(&["RE-NOT-BOTH"], "复议期间不得起诉", "there is no suit meanwhile");
    let none = wire::DecideAppealRequest { ground: wire::Ground::NoEvidence.into(), ..revoked(&appeal_id) };
    head.does("2025-08-20T09:00", none).await;
    clerk.does("2025-08-21T09:00", served(&appeal_id)).await;
    clerk.does("2025-09-02T09:00", suit("2025-09-01")).await;
    let trial = wire::RecordTrialRequest {
        appeal_id: appeal_id.clone(),
        suit_id: suit_id.clone(),
        instance: wire::Instance::First.into(),
        delegate: "法规科长".to_owned(),
        ..Default::default()
    };
    let absent = their_head.does("2025-10-15T09:00", trial).await;
    assert_eq!(absent.receipt().violations[0].rule, "RE-APPEAR");
    let judgment = wire::RecordJudgmentRequest {
        appeal_id: appeal_id.clone(),
        suit_id: suit_id.clone(),
        instance: wire::Instance::First.into(),
        judgment: wire::Judgment::Revoked.into(),
        number: "（2025）黑0883行初9号判决".to_owned(),
        binding: true,
        perform_days: Some(15),
        ..Default::default()
    };
    clerk.does("2025-11-20T09:00", judgment).await;

    shown(
        &running,
        &[
            ("/findings?rule=RE-ANSWER", &["期限至2025-06-20届满，2025-06-23才完成", "市场监督管理局"]),
            ("/findings?rule=RE-SIXTY", &["期限至2025-08-14届满"]),
            ("/findings?rule=RE-APPEAR", &["负责人没有到场"]),
            ("/deadlines?rule=RE-OBEY", &["复议〔2025〕1号"]),
            (&format!("/cases/{appeal_id}"), &["没有证据", "抚远市人民法院"]),
        ],
    )
    .await;
    // The clock and the fault are those of whoever owes.
    let theirs = |rule: &str, agency: &str| format!("/findings?rule={rule}&agency={agency}");
    let token = running.suite.supervisor_token().expect("a token");
    for (path, counts) in [
        (theirs("RE-ANSWER", MARKET), true),
        (theirs("RE-ANSWER", GOVERNMENT), false),
        (theirs("RE-SIXTY", MARKET), false),
        (theirs("RE-SIXTY", GOVERNMENT), true),
        (theirs("RE-APPEAR", MARKET), true),
        (theirs("RE-APPEAR", GOVERNMENT), false),
    ] {
        let (status, page) = running.page(&path, Some(&token)).await;
        assert_eq!((status, page.contains(&appeal_id)), (200, counts), "{path}: {page}");
    }
    let officer_of = Person::new(&running, XU, Some(FARMING), &[Role::Officer]);
    officer_of.tries("2025-11-21T09:00", answer(&appeal_id)).await.with(Code::PermissionDenied);
    running.stop().await;
}

/// The vault's entry of the applicant, as the record names it.
async fn applicants_entry(running: &Running, appeal_id: &str) -> String {
    let stream = format!("appeal/{appeal_id}");
    let records =
        running.suite.ledger("reconsideration").expect("a ledger").stream(&stream, 0).await.expect("its events");
    let data: serde_json::Value =
        serde_json::from_str(records[0].envelope().expect("an event").data.get()).expect("JSON");
    data["applicant"]["identity"]["entry"].as_str().expect("it is sealed").to_owned()
}

pub(crate) async fn a_citizen_applies_over_the_internet_and_follows_it_by_a_code(engine: Engine) {
    let running = suite::start(engine).await;
    let Government { clerk, head, officer, .. } = government(&running).await;
    let public = || wire::reconsideration_client::ReconsiderationClient::new(running.door(None));
    let appeal_id = id();
    running.set_clock(moment("2025-09-26T20:15"));
    // What only the organ can know is left open; what an applicant may not say for himself does not count.
    let online = |reasons: &str| {
        let mut application = application(&appeal_id, "抚市监罚〔2025〕31号", "2025-09-02", "2025-09-03");
        application.meta = Some(frame("2025-09-03T09:00", proto::common::v1::Mode::Reporting));
        application.relation = wire::Relation::Unspecified.into();
        application.reasons = reasons.to_owned();
        if let Some(applicant) = &mut application.applicant {
            (applicant.phone, applicant.address) = (ZHAO.phone.clone(), ZHAO.address.clone());
        }
        wire::ApplyOnlineRequest { application: Some(application) }
    };
    let told = public()
        .apply_online(online(&format!("请拨打{}", ZHAO.phone)))
        .await
        .expect_err("his number is not for the record");
    assert!(told.message().starts_with("reasons") && !told.message().contains(&ZHAO.phone), "{}", plain(&told));
    let request = online("没有查清货值");
    let applied = public().apply_online(request.clone()).await.expect("it is received").into_inner();
    assert!(applied.number.ends_with("复议〔2025〕1号"), "{}", applied.number);
    let again = public().apply_online(request).await.expect("a repeat is answered").into_inner();
    assert!(again.receipt.expect("a receipt").repeated && again.number == applied.number);

    let follow = async |code: &str| {
        let request = wire::FollowApplicationRequest { receipt_code: code.to_owned() };
        public().follow_application(request).await.map(tonic::Response::into_inner)
    };
    assert_eq!(follow(&applied.receipt_code).await.expect_err("the first code is void").code(), Code::NotFound);
    let code = again.receipt_code;
    let stands = follow(&code).await.expect("the code opens it");
    assert_eq!(
        (stands.number.as_str(), stands.stage_zh.as_str(), stands.ended),
        (applied.number.as_str(), "申请", false)
    );
    let at = stands.events[0].at.expect("a time");
    assert_eq!(at.seconds, moment("2025-09-26T20:15").as_second(), "made and received now, whatever the frame says");
    // The same name stands for no complaint.
    let complaints = || proto::complaints::v1::complaints_client::ComplaintsClient::new(running.door(None));
    let elsewhere = proto::complaints::v1::FollowComplaintRequest { receipt_code: code.clone() };
    assert_eq!(complaints().follow_complaint(elsewhere).await.expect_err("no complaint").code(), Code::NotFound);

    // The clerk opens who it is, to write to him; the respondent's officer cannot.
    let entry_id = applicants_entry(&running, &appeal_id).await;
    let open = wire::OpenPartyRequest {
        appeal_id: appeal_id.clone(),
        entry_id: entry_id.clone(),
        reason: "送达受理通知书".to_owned(),
        ..Default::default()
    };
    officer.tries("2025-09-28T09:00", open.clone()).await.with(Code::PermissionDenied);
    let read = async |person: &Person<'_>| {
        let mut client = wire::reconsideration_client::ReconsiderationClient::new(person.door.clone());
        let request = wire::ReadPartyRequest { appeal_id: appeal_id.clone(), entry_id: entry_id.clone() };
        client.read_party(request).await.map(|answer| answer.into_inner().identity)
    };
    assert_eq!(read(&clerk).await.expect_err("it is sealed").code(), Code::PermissionDenied);
    clerk.does("2025-09-28T09:05", open).await;
    let identity = read(&clerk).await.expect("it was opened").expect("who it is");
    assert_eq!((&identity.name, &identity.id_number, &identity.phone), (&ZHAO.name, &ZHAO.id_number, &ZHAO.phone));
    assert_eq!(read(&head).await.expect_err("he has not opened it").code(), Code::PermissionDenied);

    let accept = wire::AcceptApplicationRequest {
        appeal_id: appeal_id.clone(),
        procedure: wire::Procedure::Ordinary.into(),
        ..Default::default()
    };
    clerk.does("2025-09-28T09:10", accept).await;
    clerk.does("2025-09-28T10:00", assigned(&appeal_id, &[ZHOU, WU])).await;
    clerk.does("2025-09-28T10:10", copy(&appeal_id, "2025-09-28")).await;
    officer.does("2025-09-29T09:00", answer(&appeal_id)).await;
    clerk.does("2025-09-29T10:00", heard(&appeal_id)).await;
    let decided = head.does("2025-09-30T09:00", revoked(&appeal_id)).await;
    let stands = follow(&code).await.expect("the code opens it");
    assert!(stands.ended && stands.decision_number == decided.number, "{stands:?}");
    assert_eq!((stands.outcome_zh.as_str(), stands.stage_zh.as_str()), ("撤销", "决定"));
    let titles: Vec<_> = stands.events.iter().map(|event| event.zh.as_str()).collect();
    assert!(titles.contains(&"启封当事人身份") && titles.contains(&"受理"), "{titles:?}");
    let last = stands.events.last().expect("an event");
    assert!(last.text.contains(&decided.number) && last.text.contains("主要事实不清"), "{last:?}");
    running.stop().await;
}
