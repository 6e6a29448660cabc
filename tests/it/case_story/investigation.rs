//! Filing and investigation.

use proto::enforcement::v1 as wire;

use super::{Story, Who::*};
use crate::{
    county::{AUXILIARY, EXPIRED, XU},
    matter::codes,
};

pub(super) async fn filed_and_investigated(story: &mut Story<'_>) {
    filed(story).await;
    investigated(story).await;
}

async fn filed(story: &mut Story<'_>) {
    let filing = story.matter.filing();
    let no_item = wire::FileCaseRequest { item_code: "021319999000-230883-131".to_owned(), ..filing.clone() };
    story
        .refused(
            Officer,
            "2025-03-03T09:00",
            no_item,
            &["EN-POWER"],
            "权力清单中没有该事项在 2025-03-03 的有效版本",
            "no version of this item in force on 2025-03-03",
        )
        .await;
    let mut elsewhere = filing.clone();
    elsewhere.violation.as_mut().expect("a violation").region = "230882".to_owned();
    story.refused(Officer, "2025-03-03T09:05", elsewhere, &["EN-JURISDICTION"], "230882", "happened in 230882").await;
    let with = |officers: &[&str]| wire::FileCaseRequest { officers: codes(officers), ..filing.clone() };
    story
        .refused(
            Officer,
            "2025-03-03T09:10",
            with(&[XU, EXPIRED]),
            &["OF-CERT"],
            "高立新（131099）在 2025-03-03 没有有效的执法证件",
            "no certificate valid on 2025-03-03 (the last one ended about 2024-01-31)",
        )
        .await;
    story
        .refused(
            Officer,
            "2025-03-03T09:15",
            with(&[XU, AUXILIARY]),
            &["OF-CERT", "OF-AUX"],
            "柳叶（131102）是辅助人员，不得执法",
            "auxiliary staff and may not act",
        )
        .await;
    story
        .refused(
            Officer,
            "2025-03-03T09:20",
            with(&[XU]),
            &["OF-TWO"],
            "至少须有两名执法人员",
            "at least two are needed",
        )
        .await;
    story
        .refused(Officer, "2025-03-03T09:25", with(&[XU, XU]), &["OF-TWO"], "只有1名执法人员", "only 1 officer acts")
        .await;
    let filed = story.done(Officer, "2025-03-03T09:30", "立案", filing.clone()).await;
    assert_eq!(filed.id, story.matter.case_id);
    assert!(filed.number.contains("2025") && filed.number.contains('1'), "{}", filed.number);
    story.impossible(Officer, "2025-03-03T09:31", filing).await.by_state("ALREADY_FILED");
}

async fn investigated(story: &mut Story<'_>) {
    let file = story.file.clone();
    let bytes: Vec<u8> = (0..200_000u32).flat_map(u32::to_le_bytes).collect();
    let photo = story.officer.hands_in(&bytes, "image/jpeg").await;
    let evidence = story.matter.evidence(&photo);

    story.done(Officer, "2025-03-03T10:00", "形成执法记录", story.matter.record(wire::RecordStage::Start, &file)).await;
    let never_handed_in = wire::ObjectRef { sha256: "0b".repeat(32), ..photo.clone() };
    story
        .refused(
            Officer,
            "2025-03-04T10:00",
            story.matter.evidence(&never_handed_in),
            &["EN-EVIDENCE"],
            "请先上传",
            "upload them before recording the evidence",
        )
        .await;
    let of_no_kind = wire::CollectEvidenceRequest { kind: 0, ..evidence.clone() };
    story.impossible(Officer, "2025-03-04T10:01", of_no_kind).await.for_fields(&["kind"]);
    let by_one = wire::CollectEvidenceRequest { officers: codes(&[XU]), ..evidence.clone() };
    story.refused(Officer, "2025-03-04T10:02", by_one, &["OF-TWO"], "请增派", "name another one").await;
    story.done(Officer, "2025-03-04T10:30", "收集证据", evidence).await;
    let read = story.officer.reads_object(&story.matter.case_id, &photo.sha256).await.expect("the evidence");
    assert!(read == bytes, "the bytes have changed");

    let record = story.matter.record(wire::RecordStage::Investigation, &file);
    story.done(Officer, "2025-03-04T11:00", "形成执法记录", record).await;
    let early = story.matter.decision();
    story.impossible(Head, "2025-03-10T09:00", early).await.by_state("NOT_CONCLUDED");
    story.done(Officer, "2025-03-17T09:00", "审查免罚情形", story.matter.exemption()).await;
    story.done(Officer, "2025-03-18T09:00", "调查终结", story.matter.conclusion()).await;
}
