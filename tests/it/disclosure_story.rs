//! Information is asked for: what lacks something is corrected, a third party is heard, an answer comes late, and the
//! year is reported.

use std::sync::LazyLock;

use proto::disclosure::v1 as wire;
use stories::{
    canary,
    suite::{self, Engine, Running},
};
use uuid::Uuid;

use crate::{
    county::{self, DISCLOSURE_HEAD, HEAD, XU},
    engines::on_both_engines,
    people::{Head, MARKET, Officer, command::Receipted as _},
};

on_both_engines! {
    a_third_party_is_heard_before_anything_is_disclosed,
    what_comes_late_is_found_and_the_year_is_reported,
}

/// Who asks.
static WANG: LazyLock<canary::Person> = LazyLock::new(|| canary::person("王"));

struct Office<'a> {
    officer: Officer<'a>,
    head: Head<'a>,
}

async fn office(running: &Running) -> Office<'_> {
    let written = county::found(running).await;
    let officer = Officer::of(running, MARKET, XU).having_seen(written);
    let head = Head::of(running, MARKET, HEAD).having_seen(written);
    Office { officer, head }
}

fn id() -> String {
    Uuid::now_v7().to_string()
}

fn citizen() -> wire::Person {
    wire::Person {
        kind: wire::PersonKind::Citizen.into(),
        name: WANG.name.clone(),
        id_number: WANG.id_number.clone(),
        uscc: String::new(),
    }
}

fn application(application_id: &str, arrived: &str) -> wire::ReceiveApplicationRequest {
    wire::ReceiveApplicationRequest {
        application_id: application_id.to_owned(),
        agency: MARKET.to_owned(),
        channel: wire::Channel::InPerson.into(),
        arrived: arrived.to_owned(),
        applicant: Some(citizen()),
        contact: true,
        description: "2024年供水企业检查记录".to_owned(),
        form: wire::Form::Paper.into(),
        ..wire::ReceiveApplicationRequest::default()
    }
}

fn disclosed(application_id: &str) -> wire::AnswerApplicationRequest {
    wire::AnswerApplicationRequest {
        application_id: application_id.to_owned(),
        outcome: wire::Outcome::Disclosed.into(),
        how: "随附检查记录复印件".to_owned(),
        bases: vec!["《政府信息公开条例》第三十六条".to_owned()],
        harms_third_party: Some(false),
        reviewed_by: "孙审".to_owned(),
        ..wire::AnswerApplicationRequest::default()
    }
}

fn sent(application_id: &str) -> wire::SendAnswerRequest {
    wire::SendAnswerRequest {
        application_id: application_id.to_owned(),
        method: wire::Delivery::Post.into(),
        receipt: "EMS 1001".to_owned(),
        ..wire::SendAnswerRequest::default()
    }
}

pub(crate) async fn a_third_party_is_heard_before_anything_is_disclosed(engine: Engine) {
    let running = suite::start(engine).await;
    let Office { officer, head } = office(&running).await;
    let (application_id, inquiry_id) = (id(), id());
    let of = |request: wire::AnswerApplicationRequest| wire::AnswerApplicationRequest {
        application_id: application_id.clone(),
        ..request
    };

    let late = officer.tries("2025-06-04T09:00", application(&application_id, "2025-06-03")).await;
    late.under(&["DI-RECEIPT"], "当面提交的申请以2025-06-03为收到之日", "register it as of that day");
    let told = wire::ReceiveApplicationRequest {
        description: format!("{}的检查记录", WANG.name),
        ..application(&application_id, "2025-06-03")
    };
    let refused = officer.asks("2025-06-04T09:01", told).await.expect_err("his name is not for the record");
    assert!(refused.message().contains("description") && !refused.message().contains(&WANG.name));
    let received = officer.does("2025-06-04T09:02", application(&application_id, "2025-06-04")).await;
    assert!(received.number.ends_with("公开〔2025〕1号"), "{}", received.number);

    let asked = wire::AskThirdPartyRequest {
        application_id: application_id.clone(),
        inquiry_id: inquiry_id.clone(),
        person: Some(wire::Person {
            kind: wire::PersonKind::LegalPerson.into(),
            name: "抚远市清源供水有限公司".to_owned(),
            uscc: "91230883MAYGTAHY5L".to_owned(),
            id_number: String::new(),
        }),
        interest: wire::Interest::TradeSecret.into(),
        letter: "征求意见书〔2025〕1号".to_owned(),
        sent: "2025-06-09".to_owned(),
        ..wire::AskThirdPartyRequest::default()
    };
    officer.does("2025-06-10T09:00", asked).await;
    let early = officer.tries("2025-06-11T09:00", disclosed(&application_id)).await;
    early.under(&["DI-THIRD-TIME"], "可以在2025-07-01前提出意见", "wait for the opinion");
    let objection = wire::RecordThirdPartyAnswerRequest {
        application_id: application_id.clone(),
        inquiry_id,
        agrees: false,
        reasons: "含生产工艺参数".to_owned(),
        ..wire::RecordThirdPartyAnswerRequest::default()
    };
    officer.does("2025-06-13T09:00", objection).await;
    let against = wire::AnswerApplicationRequest { objection_reasonable: Some(true), ..disclosed(&application_id) };
    let refused = officer.tries("2025-06-16T09:00", against).await;
    refused.under(&["DI-THIRD"], "第三方不同意公开且有合理理由", "objects for good reasons");

    let kept_back = of(wire::AnswerApplicationRequest {
        outcome: wire::Outcome::NotDisclosed.into(),
        grounds: vec![wire::Ground::ThirdParty.into()],
        reasons: "含第三方生产工艺参数".to_owned(),
        separable: Some(true),
        objection_reasonable: Some(true),
        ..wire::AnswerApplicationRequest::default()
    });
    let refused = head.tries("2025-06-16T09:10", kept_back.clone()).await;
    refused.under(&["DI-GROUND", "DI-RECONSIDER"], "请改为部分公开", "answer with disclosure in part");
    let part = wire::AnswerApplicationRequest {
        outcome: wire::Outcome::PartlyDisclosed.into(),
        how: "随附隐去工艺参数的检查记录".to_owned(),
        reviewed_by: "孙审".to_owned(),
        reconsideration_told: true,
        ..kept_back
    };
    let answered = head.does("2025-06-16T09:20", part).await;
    assert!(answered.number.ends_with("公开答〔2025〕1号"), "{}", answered.number);
    assert_eq!(answered.receipt().violations, []);
    officer.does("2025-06-17T09:00", sent(&application_id)).await;
    let archived = wire::ArchiveApplicationRequest {
        application_id: application_id.clone(),
        file: "2025-GK-001".to_owned(),
        ..wire::ArchiveApplicationRequest::default()
    };
    officer.does("2025-06-18T09:00", archived).await;

    running.stop().await;
}

pub(crate) async fn what_comes_late_is_found_and_the_year_is_reported(engine: Engine) {
    let running = suite::start(engine).await;
    let Office { officer, head } = office(&running).await;
    let (late, unclear, again) = (id(), id(), id());

    // Received on 4 June 2025: the 20th working day is 2 July.
    let received = officer.does("2025-06-04T09:00", application(&late, "2025-06-04")).await;
    let bare = wire::ReceiveApplicationRequest {
        description: String::new(),
        contact: false,
        ..application(&unclear, "2025-06-04")
    };
    officer.does("2025-06-04T10:00", bare).await;
    let given_up = wire::LapseApplicationRequest { application_id: unclear.clone(), ..Default::default() };
    let refused = officer.tries("2025-06-05T09:00", given_up.clone()).await;
    refused.under(&["DI-RECEIVE"], "没有告知申请人补正", "never told what to correct");
    let correction = wire::RequestCorrectionRequest {
        application_id: unclear.clone(),
        what: "请写明所申请的信息和联系方式".to_owned(),
        guidance: "可以参照公开目录".to_owned(),
        until: "2025-06-20".to_owned(),
        ..wire::RequestCorrectionRequest::default()
    };
    officer.does("2025-06-06T09:00", correction).await;
    officer.tries("2025-06-20T09:00", given_up.clone()).await.under(
        &["DI-LAPSE"],
        "补正期限至2025-06-20届满",
        "the time to correct it ends with 2025-06-20",
    );
    officer.does("2025-06-21T09:00", given_up).await;

    let extension = wire::ExtendAnswerRequest {
        application_id: late.clone(),
        working_days: 10,
        reason: "档案需要清查".to_owned(),
        approved_by: DISCLOSURE_HEAD.to_owned(),
        notice: "延期答复告知书".to_owned(),
        ..wire::ExtendAnswerRequest::default()
    };
    let refused = officer.tries("2025-07-03T09:00", extension).await;
    refused.under(
        &["DI-ANSWER"],
        "期限已于2025-07-02届满，届满后不能再延长",
        "ended on 2025-07-02 and cannot be extended",
    );
    head.does("2025-07-03T10:00", disclosed(&late)).await;
    officer.does("2025-07-03T11:00", sent(&late)).await;

    let repeated = wire::AnswerApplicationRequest {
        application_id: again.clone(),
        outcome: wire::Outcome::Repeated.into(),
        earlier_id: unclear,
        ..wire::AnswerApplicationRequest::default()
    };
    officer.does("2025-07-04T09:00", application(&again, "2025-07-04")).await;
    let refused = head.tries("2025-07-04T10:00", repeated.clone()).await;
    refused.under(&["DI-REPEAT"], "此前的申请尚未答复", "has not been answered");
    head.does("2025-07-04T11:00", wire::AnswerApplicationRequest { earlier_id: late.clone(), ..repeated }).await;

    let report = wire::PublishReportRequest {
        agency: MARKET.to_owned(),
        year: 2025,
        problems: "答复说理不充分".to_owned(),
        submitted_to: "抚远市政府办公室".to_owned(),
        url: "https://www.example.gov.cn/2025".to_owned(),
        ..wire::PublishReportRequest::default()
    };
    head.does("2026-01-30T09:00", report).await;
    let years = running.suite.ledger("disclosure").expect("a ledger").stream(&format!("years/{MARKET}"), 0).await;
    let last = years.expect("the years").pop().expect("a report");
    assert!(last.bytes.contains(r#""received":3"#), "{}", last.bytes);
    let counts = r#""answered":[{"outcome":"disclosed","count":1},{"outcome":"repeated","count":1}]"#;
    assert!(last.bytes.contains(counts), "{}", last.bytes);

    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    // 3 July is a day late; what was found against the agency is told wherever its work is shown.
    for (path, wanted) in [
        ("/findings?rule=DI-ANSWER", &["期限至2025-07-02届满，2025-07-03才完成", &received.number][..]),
        ("/deadlines?rule=DI-ANSWER&state=missed", &[received.number.as_str()]),
        ("/cases", &[received.number.as_str(), "政府信息公开申请"]),
        (&format!("/cases/{late}"), &["答复", "王**", "予以公开", "随附检查记录复印件", "DI-THIRD"]),
        (&format!("/cases/{late}?lang=en"), &["Application received", "Answer sent", "disclosed"]),
    ] {
        let (status, page) = running.page(path, Some(&token)).await;
        assert_eq!(status, 200, "{path}");
        for text in wanted {
            assert!(page.contains(text), "{path} lacks {text}: {page}");
        }
    }
    running.stop().await;
}
