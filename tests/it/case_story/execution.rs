//! Service, publication, payment, surcharge, demand, court, close and archive.

use proto::enforcement::v1 as wire;

use super::{Story, Who::*};
use crate::county::XU;

pub(super) async fn served_and_executed(story: &mut Story<'_>) {
    served(story).await;
    paid(story).await;
    surcharged(story).await;
    compelled(story).await;
    closed(story).await;
}

async fn served(story: &mut Story<'_>) {
    let service = story.matter.service();
    let electronic = wire::ServeDecisionRequest { method: wire::ServiceMethod::Electronic.into(), ..service.clone() };
    story
        .refused(
            Officer,
            "2025-04-23T09:00",
            electronic,
            &["EN-SERVE-ELECTRONIC"],
            "没有当事人签订的电子送达确认书",
            "no signed consent to electronic service",
        )
        .await;
    let served = story.done(Officer, "2025-04-23T10:00", "送达决定", service).await;
    assert_eq!(served.pay_by, "2025-05-08");
    let record = story.matter.record(wire::RecordStage::Service, &story.file);
    story.done(Officer, "2025-04-23T10:30", "形成执法记录", record).await;
    super::reading::nothing_is_public_yet(story).await;
    story.done(Officer, "2025-04-25T09:00", "公示决定", story.matter.publication()).await;
}

async fn paid(story: &mut Story<'_>) {
    let payment = story.matter.payment(20_000);
    let into_the_own_hand = wire::RecordPaymentRequest {
        channel: wire::PayChannel::OnSpot.into(),
        collector: XU.to_owned(),
        ..payment.clone()
    };
    story
        .refused(
            Officer,
            "2025-05-07T09:00",
            into_the_own_hand,
            &["EN-SEPARATE"],
            "执法人员不得自行收缴罚款",
            "no ground for taking the fine on the spot",
        )
        .await;
    let without_receipt = wire::RecordPaymentRequest { receipt: String::new(), ..payment.clone() };
    story
        .refused(
            Officer,
            "2025-05-07T09:05",
            without_receipt,
            &["EN-RECEIPT"],
            "没有财政部门统一制发的票据或者银行收据",
            "no receipt of the fiscal authority or the bank",
        )
        .await;
    let paid = story.done(Officer, "2025-05-07T10:00", "缴纳罚款", payment).await;
    assert_eq!(paid.outstanding_fen, 5_000_000);
    story.impossible(Officer, "2025-05-07T10:05", story.matter.payment(50_001)).await.by_state("MORE_THAN_OWED");
}

async fn surcharged(story: &mut Story<'_>) {
    story.refused(Officer, "2025-05-08T09:00", story.matter.surcharge(1, 2_100), &["EN-SURCHARGE"], "", "").await;
    story.done(Officer, "2025-05-12T09:00", "重大处罚报备", story.matter.upward()).await;
    story
        .refused(
            Officer,
            "2025-05-19T09:00",
            story.matter.surcharge(11, 23_101),
            &["EN-SURCHARGE"],
            "11日的加处罚款最多23,100元",
            "11 days give at most 23,100 yuan",
        )
        .await;
    story
        .refused(
            Officer,
            "2025-06-20T09:00",
            story.matter.surcharge(43, 70_001),
            &["EN-SURCHARGE"],
            "加处罚款累计70,001元，超出罚款本数70,000元",
            "above the fine of 70,000 yuan",
        )
        .await;
    let imposed = story.done(Officer, "2025-06-20T10:00", "加处罚款", story.matter.surcharge(20, 10_000)).await;
    assert_eq!(imposed.total_fen, 1_000_000);
}

async fn compelled(story: &mut Story<'_>) {
    let own_execution = wire::EnforceExecutionRequest {
        case_id: story.matter.case_id.clone(),
        what: "划拨存款".to_owned(),
        item_code: "031319999000-230883-131".to_owned(),
        ..wire::EnforceExecutionRequest::default()
    };
    story
        .refused(
            Head,
            "2025-06-23T23:00",
            own_execution,
            &["EN-EXECUTE", "EN-DEMAND", "EN-NIGHT"],
            "请申请人民法院强制执行",
            "apply to the court",
        )
        .await;
    story
        .refused(
            Head,
            "2025-06-24T09:00",
            story.matter.court(),
            &["EN-COURT-READY", "EN-DEMAND"],
            "当事人复议、诉讼的期限到 2025-10-23 才届满",
            "the party may appeal until 2025-10-23",
        )
        .await;
    story.done(Officer, "2025-10-13T09:00", "催告", story.matter.demand()).await;
    story
        .refused(
            Head,
            "2025-10-24T09:00",
            story.matter.court(),
            &["EN-DEMAND"],
            "催告书于 2025-10-13 送达，到 2025-10-27 才满十个工作日",
            "10 working days end on 2025-10-27",
        )
        .await;
    story.done(Head, "2025-10-28T09:00", "申请法院强制执行", story.matter.court()).await;
    let answer = wire::RecordCourtAnswerRequest {
        case_id: story.matter.case_id.clone(),
        accepted: true,
        outcome: "裁定准予强制执行".to_owned(),
        ..wire::RecordCourtAnswerRequest::default()
    };
    story.done(Officer, "2025-11-04T09:00", "法院裁定", answer).await;
    let rest = wire::RecordPaymentRequest { surcharge_fen: 1_000_000, ..story.matter.payment(50_000) };
    let paid = story.done(Officer, "2025-11-18T09:00", "缴纳罚款", rest).await;
    assert_eq!(paid.outstanding_fen, 0);
    let performance = wire::RecordPerformanceRequest {
        case_id: story.matter.case_id.clone(),
        what: "没收违法所得3000元上缴国库".to_owned(),
        ..wire::RecordPerformanceRequest::default()
    };
    story.done(Officer, "2025-11-18T10:00", "履行处罚", performance).await;
    let record = story.matter.record(wire::RecordStage::Execution, &story.file);
    story.done(Officer, "2025-11-18T10:30", "形成执法记录", record).await;
}

async fn closed(story: &mut Story<'_>) {
    let closing = story.matter.closing();
    let archive = story.matter.archive(&story.file);
    story.impossible(Officer, "2025-11-19T09:00", archive.clone()).await.by_state("NOT_CLOSED");
    let transferred = wire::CloseCaseRequest { reason: wire::CloseReason::Transferred.into(), ..closing.clone() };
    story.impossible(Head, "2025-11-20T08:50", transferred).await.by_state("CLOSE_REASON");
    story
        .refused(
            Officer,
            "2025-11-20T09:00",
            closing.clone(),
            &["EN-HEAD"],
            "须由行政机关负责人决定或者批准",
            "let the head submit it",
        )
        .await;
    story.done(Head, "2025-11-20T10:00", "结案", closing.clone()).await;
    story.impossible(Head, "2025-11-20T10:05", closing).await.by_state("CASE_CLOSED");
    story.done(Officer, "2025-12-01T09:00", "归档", archive).await;
    let afterwards = story.matter.record(wire::RecordStage::Execution, &story.file);
    story.impossible(Officer, "2025-12-01T09:30", afterwards).await.by_state("CASE_ARCHIVED");
}
