//! Notice, statement and hearing. The decision is tried at every stage: what still stands against it grows less.

use proto::enforcement::v1 as wire;

use super::{Story, Who::*};
use crate::county::XU;

pub(super) async fn told_and_heard(story: &mut Story<'_>) {
    told(story).await;
    heard(story).await;
    held(story).await;
}

async fn told(story: &mut Story<'_>) {
    let decision = story.matter.decision();
    story
        .refused(
            Head,
            "2025-03-19T09:00",
            decision.clone(),
            &["EN-NOTICE", "EN-STATEMENT", "EN-HEARING", "EN-REVIEW", "EN-COLLECTIVE"],
            "没有告知当事人拟作出的处罚",
            "the party was not told of the intended penalty",
        )
        .await;
    let notice = story.matter.notice();
    let unreasoned = wire::NotifyPenaltyRequest { reasons: String::new(), ..notice.clone() };
    story
        .refused(Officer, "2025-03-20T09:00", unreasoned, &["EN-NOTICE"], "告知缺少：理由", "the notice lacks: reasons")
        .await;
    let no_hearing = wire::NotifyPenaltyRequest { hearing_right_told: false, ..notice.clone() };
    story
        .refused(
            Officer,
            "2025-03-20T09:05",
            no_hearing,
            &["EN-HEARING"],
            "请在告知书中告知听证权利",
            "tell the party of it",
        )
        .await;
    let told = story.done(Officer, "2025-03-20T10:00", "处罚事先告知", notice).await;
    assert!(told.hearing_required, "70,000 yuan is a larger fine");
    story
        .refused(
            Head,
            "2025-03-21T09:00",
            decision,
            &["EN-STATEMENT", "EN-HEARING", "EN-REVIEW", "EN-COLLECTIVE"],
            "当事人在 2025-03-27 之前仍可要求听证",
            "may still ask for a hearing until 2025-03-27",
        )
        .await;
}

async fn heard(story: &mut Story<'_>) {
    story.done(Officer, "2025-03-24T09:00", "听取陈述申辩", story.matter.statement()).await;
    let asked = story.done(Officer, "2025-03-25T09:00", "申请听证", story.matter.hearing_request()).await;
    assert!(asked.in_time);
    story
        .refused(
            Head,
            "2025-03-28T09:00",
            story.matter.decision(),
            &["EN-HEARING", "EN-REVIEW", "EN-COLLECTIVE"],
            "当事人已在期限内要求听证，但没有举行",
            "asked for a hearing in time and none was held",
        )
        .await;
}

async fn held(story: &mut Story<'_>) {
    let soon = story.matter.hearing_notice("2025-04-03T09:00");
    story
        .refused(
            Officer,
            "2025-03-28T10:00",
            soon,
            &["EN-HEARING-NOTICE"],
            "请将听证推迟",
            "move the hearing to a later day",
        )
        .await;
    let announced = story.matter.hearing_notice("2025-04-15T09:00");
    let by_the_investigator = wire::NotifyHearingRequest { host: XU.to_owned(), ..announced.clone() };
    story
        .refused(
            Officer,
            "2025-03-28T10:05",
            by_the_investigator,
            &["EN-HEARING-HOST"],
            "131001 是本案调查人员，不得主持听证",
            "may not host its hearing",
        )
        .await;
    story.done(Officer, "2025-03-28T10:30", "通知听证", announced).await;
    let hearing = story.matter.hearing(&story.file);
    story
        .refused(
            Officer,
            "2025-04-14T09:00",
            hearing.clone(),
            &["EN-HEARING-NOTICE"],
            "听证早于通知的时间",
            "the hearing is earlier than told",
        )
        .await;
    let unsigned = wire::HoldHearingRequest { signed: false, ..hearing.clone() };
    story
        .refused(
            Officer,
            "2025-04-15T11:00",
            unsigned,
            &["EN-HEARING-RECORD"],
            "笔录没有当事人签字",
            "neither signed by the party nor noted by the host",
        )
        .await;
    story.done(Officer, "2025-04-15T11:30", "举行听证", hearing).await;
}
