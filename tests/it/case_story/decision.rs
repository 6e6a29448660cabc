//! Legal review, discussion of the heads, and the decision.

use proto::enforcement::v1 as wire;

use super::{Story, Who::*};
use crate::{
    county::{DEPUTY, HEAD, XU},
    matter::{codes, penalties},
};

pub(super) async fn reviewed_and_decided(story: &mut Story<'_>) {
    reviewed(story).await;
    discussed(story).await;
    measured(story).await;
    decided(story).await;
}

async fn reviewed(story: &mut Story<'_>) {
    let review = story.matter.review();
    let by_the_investigator = wire::ReviewLegallyRequest { reviewer: XU.to_owned(), ..review.clone() };
    story
        .refused(
            Reviewer,
            "2025-04-16T09:00",
            by_the_investigator,
            &["EN-REVIEWER"],
            "审核人不是登记的法制审核人员",
            "not registered as a legal reviewer",
        )
        .await;
    let failed =
        wire::ReviewLegallyRequest { passed: false, opinion: "裁量理由不足".to_owned(), ..review.clone() };
    story.done(Reviewer, "2025-04-16T10:00", "法制审核", failed).await;
    story
        .refused(
            Head,
            "2025-04-16T16:00",
            story.matter.decision(),
            &["EN-REVIEW", "EN-COLLECTIVE"],
            "法制审核未通过",
            "the legal review did not pass",
        )
        .await;
    story.done(Reviewer, "2025-04-18T10:00", "法制审核", review).await;
    let record = story.matter.record(wire::RecordStage::Review, &story.file);
    story.done(Officer, "2025-04-18T10:30", "形成执法记录", record).await;
}

async fn discussed(story: &mut Story<'_>) {
    story
        .refused(
            Head,
            "2025-04-18T16:00",
            story.matter.decision(),
            &["EN-COLLECTIVE"],
            "应当由负责人集体讨论",
            "the heads (two or more) discuss it",
        )
        .await;
    let discussion = story.matter.deliberation(&story.file);
    let alone = wire::DeliberateRequest { members: codes(&[HEAD]), ..discussion.clone() };
    story.refused(Head, "2025-04-21T09:00", alone, &["EN-COLLECTIVE"], "两人以上", "two or more").await;
    story.done(Head, "2025-04-21T10:00", "集体讨论", discussion).await;
}

async fn measured(story: &mut Story<'_>) {
    let decision = story.matter.decision();
    let above_the_tier = wire::DecidePenaltyRequest { tier: "lighter".to_owned(), ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-21T14:00",
            above_the_tier,
            &["EN-RANGE"],
            "罚款70,000元不在从轻阶次（lighter）的幅度50,000–65,000元之内",
            "a fine of 70,000 yuan is outside 50,000–65,000 yuan",
        )
        .await;
    let heavier = wire::DecidePenaltyRequest { penalties: penalties(80_000), ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-21T14:05",
            heavier,
            &["EN-STATEMENT", "EN-REVIEW", "EN-COLLECTIVE"],
            "不得因陈述、申辩加重处罚",
            "a defence must not cost the party",
        )
        .await;
    let above_the_item = wire::DecidePenaltyRequest { penalties: penalties(120_000), ..decision };
    story
        .refused(
            Head,
            "2025-04-21T14:10",
            above_the_item,
            &["EN-STATEMENT", "EN-RANGE", "EN-REVIEW", "EN-COLLECTIVE"],
            "罚款120,000元超过“对未取得食品生产经营许可从事食品生产经营活动的处罚”的上限100,000元",
            "above the highest allowed, 100,000 yuan",
        )
        .await;
}

async fn decided(story: &mut Story<'_>) {
    let decision = story.matter.decision();
    let bare = wire::DecidePenaltyRequest { appeal: String::new(), sealed: false, ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-22T09:00",
            bare,
            &["EN-DECISION"],
            "处罚决定书缺少：复议、诉讼的途径和期限、机关印章",
            "the decision does not state: how and when to appeal, the agency's seal",
        )
        .await;
    let by_name = wire::DecidePenaltyRequest { decided_by: "李局长".to_owned(), ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-22T09:02",
            by_name,
            &["EN-HEAD"],
            "人员名录中没有“李局长”；请填写正职负责人或者副职负责人的人员编号",
            "give the personnel number of the head or deputy head",
        )
        .await;
    let for_another = wire::DecidePenaltyRequest { decided_by: DEPUTY.to_owned(), ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-22T09:03",
            for_another,
            &["EN-HEAD"],
            "请由王副局长以其身份提交",
            "let 王副局长 submit it",
        )
        .await;
    let groundless = wire::DecidePenaltyRequest { evidence_ids: Vec::new(), ..decision.clone() };
    story
        .refused(
            Head,
            "2025-04-22T09:05",
            groundless,
            &["EN-EVIDENCE"],
            "决定没有引用任何证据",
            "the decision cites no evidence",
        )
        .await;
    story
        .refused(
            Officer,
            "2025-04-22T09:10",
            decision.clone(),
            &["EN-HEAD"],
            "请由负责人以其身份提交",
            "the agency head's to decide",
        )
        .await;
    let decided = story.done(Head, "2025-04-22T10:00", "作出处罚决定", decision.clone()).await;
    assert!(decided.number.contains("〔2025〕1号"), "{}", decided.number);
    assert_eq!((decided.fine_fen, decided.major), (7_000_000, true));
    let record = story.matter.record(wire::RecordStage::Decision, &story.file);
    story.done(Officer, "2025-04-22T10:30", "形成执法记录", record).await;
    story.impossible(Head, "2025-04-22T11:00", decision).await.by_state("ALREADY_DECIDED");
}
