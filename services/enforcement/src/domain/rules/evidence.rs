//! Evidence, its preservation, and the record of every stage.

use std::collections::BTreeSet;

use law::{
    Citation,
    citation::{APL, TSI},
    period::Period,
};
use uuid::Uuid;

use super::{Outcome, blank, fault};
use crate::domain::events::{Device, Procedure, RecordStage};

law::card! {
    /// Evidence that counts. 1. The agency. 2. Each piece with its source and bytes when it is taken in; those that a decision cites, and those that its findings rest on, with the file by then. 3. The law of
    /// 2021. 4. None. 5. What is not on file by then is none, whatever id is given. 6. The same bytes under another id after they were excluded; a finding on what was excluded
    /// or never there; what was reported without source or bytes and cited in order. 7. Refused in handling, recorded in reporting. 8. APL 46, 40, 54(1).
    EN_EVIDENCE "EN-EVIDENCE" Gate "证据合法" "lawful evidence"; Citation::article(&APL, 46), Citation::article(&APL, 40), Citation::paragraph(&APL, 54, 1);
    "证据须写明来源、附有内容并可核对；决定须有查证属实的证据，非法证据不得作为根据";
    "evidence has a source and its bytes; a decision rests on evidence that was not excluded";
    plans "FY 21" "BT 25";
    compares "决定引用和认定所依据的证据与作出决定时的案卷" "the evidence that a decision cites and its findings rest on with the file by then"; since 2021 7 15;
    allows evidence_with_source_and_bytes_counts, a_decision_rests_on_collected_evidence; refuses refuses_evidence_without_source_or_bytes, refuses_a_decision_on_excluded_or_no_evidence, refuses_findings_on_evidence_that_was_never_there, refuses_a_decision_on_evidence_without_source
}
law::card! {
    /// Automatic devices. 1. The agency. 2. The device with its two reviews and its published place, when its record is taken in and again when a decision cites it. 3. The law of 2021. 4. None.
    /// 5. A review that is not named was not made. 6. Reporting the record with its breach and citing it in order. 7. Refused in handling, recorded in reporting. 8. APL 41(1).
    EN_DEVICE "EN-DEVICE" Gate "电子监控设备" "automatic devices"; Citation::article(&APL, 41);
    "电子监控设备须经法制和技术审核，设置地点须公布"; "an automatic device counts after legal and technical review, its place published";
    plans ;
    compares "设备与其法制审核、技术审核和公布的设置地点" "the device with its two reviews and its published place";
    since 2021 7 15;
    allows a_reviewed_device_counts; refuses refuses_an_unreviewed_device, refuses_a_decision_on_what_an_unreviewed_device_recorded
}
law::card! {
    /// 先行登记保存. 1. The agency. 2. The day on which it is settled with seven working days; what is preserved with what was preserved in the case before. 3. The law of 2021. 4. None. 5. What is
    /// not settled runs on. 6. Settling it to preserve the same again: found, for the seven days were those of the first; closing names it. Objects in other words are others. 7. Never
    /// refuses. 8. APL 56.
    EN_PRESERVE "EN-PRESERVE" Deadline "先行登记保存期限" "time to settle what is preserved"; Citation::article(&APL, 56);
    "先行登记保存应当在七个工作日内作出处理决定"; "registered preservation is settled within 7 working days";
    plans ;
    compares "处理之日与登记保存之日起的七个工作日；所保存物品与本案此前保存的物品"
        "the day it is settled with seven working days; what is preserved with what was preserved before";
    params "working_days" = PRESERVATION; since 2021 7 15;
    allows a_preservation_settled_on_the_seventh_working_day_is_in_time; refuses a_preservation_settled_on_the_eighth_working_day_is_late, finds_the_same_objects_preserved_again
}
law::card! {
    /// 全过程记录.
    EN_RECORD "EN-RECORD" Duty "全过程记录" "record of the process"; Citation::article(&APL, 47), Citation::whole(&TSI);
    "启动、调查取证、审核、决定、送达、执行各环节应当留有文字或者音像记录";
    "start, investigation, review, decision, service and execution each leave a record, in text or audio-visual";
    plans "FY 21" "BT 25" "BT 28" "XS 五3" "SB 五"; since 2021 7 15;
    allows a_file_with_a_record_of_every_stage_is_complete; refuses finds_the_stages_without_a_record
}

/// The period of EN-PRESERVE.
pub const PRESERVATION: Period = Period::WorkingDays(7);

/// EN-PRESERVE: the same is not preserved once more in place of settling it.
pub fn preserved_once(objects: &str) -> Outcome {
    fault(
        format!("本案已对“{objects}”先行登记保存过；七日内应当作出处理决定，不得重复登记保存"),
        format!(
            "{objects} were preserved in this case before; within 7 working days they are settled, and not preserved again"
        ),
    )
}

/// EN-EVIDENCE when it is gathered.
pub fn admissible(source: &str, sha256: &str, stored: bool) -> Outcome {
    if blank(source) {
        return fault(
            "没有写明证据来源；请写明从何处、由谁提供",
            "the source of the evidence is missing; say where it comes from",
        );
    }
    if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return fault(
            "证据没有 SHA-256 摘要；请先上传证据内容",
            "the evidence has no SHA-256 digest; upload its bytes first",
        );
    }
    if !stored {
        return fault(
            format!("没有存入摘要为 {sha256} 的内容；请先上传，再登记证据"),
            format!("no bytes with the digest {sha256} are stored; upload them before recording the evidence"),
        );
    }
    Ok(())
}

/// EN-EVIDENCE when the decision is made: it cites evidence, all of it gathered by then and none excluded.
pub fn grounded(cited: &[Uuid], collected: &BTreeSet<Uuid>, excluded: &BTreeSet<Uuid>) -> Outcome {
    if cited.is_empty() {
        return fault(
            "决定没有引用任何证据；违法事实不清、证据不足的不得处罚，请列明证据",
            "the decision cites no evidence; list what the facts rest on, or do not punish",
        );
    }
    if let Some(id) = cited.iter().find(|id| excluded.contains(id)) {
        return fault(
            format!("证据 {id} 已被排除，不能作为根据；请删去或者补充合法证据"),
            format!("evidence {id} was excluded and cannot be relied on; leave it out"),
        );
    }
    if let Some(id) = cited.iter().find(|id| !collected.contains(id)) {
        return fault(
            format!("作出决定时案卷中没有证据 {id}；请先收集并登记该证据"),
            format!("the file had no evidence {id} when it was decided; gather and record it first"),
        );
    }
    Ok(())
}

/// EN-EVIDENCE: nothing that was found rests on evidence that was excluded, or that was never on file.
pub fn found_on_file(rests: &[Uuid], collected: &BTreeSet<Uuid>, excluded: &BTreeSet<Uuid>) -> Outcome {
    if let Some(id) = rests.iter().find(|id| excluded.contains(id)) {
        return fault(
            format!("查明的数额、情节依据的证据 {id} 已被排除；请依据其他证据重新认定"),
            format!("evidence {id}, on which a finding rests, was excluded; find it anew on other evidence"),
        );
    }
    match rests.iter().find(|id| !collected.contains(id)) {
        Some(id) => fault(
            format!("查明的数额、情节依据的证据 {id} 在作出决定时不在案卷中；请先收集并登记，或者重新认定"),
            format!(
                "evidence {id}, on which a finding rests, was not on file by the decision; gather it first, or find it anew"
            ),
        ),
        None => Ok(()),
    }
}

/// EN-EVIDENCE: nor does a decision rest on what was reported without its source or bytes. `bare`: the first such piece.
pub fn not_bare(bare: Option<&Uuid>) -> Outcome {
    match bare {
        Some(id) => fault(
            format!("证据 {id} 登记时没有来源或者内容摘要，不能作为根据；请重新登记完整的证据"),
            format!("evidence {id} was recorded without its source or bytes, and cannot be relied on; record it whole"),
        ),
        None => Ok(()),
    }
}

/// EN-DEVICE: nor on what an unreviewed device recorded, though that was reported once with its breach. `unreviewed`: the first
/// such piece.
pub fn none_unreviewed(unreviewed: Option<&Uuid>) -> Outcome {
    match unreviewed {
        Some(id) => fault(
            format!("证据 {id} 来自未经法制和技术审核或者未公布设置地点的设备，不得作为根据；请删去"),
            format!(
                "evidence {id} comes from a device that was not reviewed or whose place is not published; leave it out"
            ),
        ),
        None => Ok(()),
    }
}

/// EN-EVIDENCE: nor is the same thing cited under another id, after it was excluded for how it was got or for what it is.
pub fn not_tainted(same: Option<&Uuid>) -> Outcome {
    match same {
        Some(id) => fault(
            format!("证据 {id} 的内容与已被排除的证据相同，不能作为根据；请删去或者另行依法取证"),
            format!(
                "evidence {id} is the same as what was excluded, and cannot be relied on; leave it out, or gather other evidence lawfully"
            ),
        ),
        None => Ok(()),
    }
}

/// EN-DEVICE: both reviews and the published place.
pub fn device_reviewed(device: Option<&Device>) -> Outcome {
    let Some(device) = device else { return Ok(()) };
    let has = |text: &Option<String>| text.as_deref().is_some_and(|t| !blank(t));
    if has(&device.legal_review) && has(&device.technical_review) && device.published {
        return Ok(());
    }
    fault(
        format!("设备“{}”缺少法制审核、技术审核或者设置地点公布；补齐前其记录不得作为证据", device.device),
        format!(
            "the device {} lacks legal review, technical review or its published place; its records do not count",
            device.device
        ),
    )
}

/// The stages whose record a file must hold.
pub fn stages(procedure: Procedure, reviewed: bool, executed: bool) -> BTreeSet<RecordStage> {
    let mut need = BTreeSet::from([RecordStage::Investigation, RecordStage::Decision, RecordStage::Service]);
    if procedure == Procedure::Ordinary {
        need.insert(RecordStage::Start);
        if reviewed {
            need.insert(RecordStage::Review);
        }
        // What was never executed, a warning or a decision that fell before, leaves no record of that.
        if executed {
            need.insert(RecordStage::Execution);
        }
    }
    need
}

/// EN-RECORD, when the case is closed.
pub fn recorded(need: &BTreeSet<RecordStage>, made: &BTreeSet<RecordStage>) -> Outcome {
    let missing: Vec<_> = need.difference(made).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let zh = missing.iter().map(|s| s.zh()).collect::<Vec<_>>().join("、");
    let en = missing.iter().map(|s| format!("{s:?}").to_lowercase()).collect::<Vec<_>>().join(", ");
    fault(
        format!("缺少以下环节的记录：{zh}；请补齐全过程记录"),
        format!("these stages left no record: {en}; add them to the file"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, overdue};

    #[test]
    fn evidence_with_source_and_bytes_counts() {
        admissible("店内冷柜", &sample::sha(), true).unwrap();
    }

    #[test]
    fn refuses_evidence_without_source_or_bytes() {
        admissible(" ", &sample::sha(), true).unwrap_err();
        admissible("店内冷柜", "abc", true).unwrap_err();
        admissible("店内冷柜", &sample::sha(), false).unwrap_err();
    }

    #[test]
    fn a_decision_rests_on_collected_evidence() {
        let id = Uuid::from_u128(1);
        grounded(&[id], &BTreeSet::from([id]), &BTreeSet::new()).unwrap();
    }

    #[test]
    fn refuses_a_decision_on_excluded_or_no_evidence() {
        let id = Uuid::from_u128(1);
        grounded(&[], &BTreeSet::from([id]), &BTreeSet::new()).unwrap_err();
        grounded(&[id], &BTreeSet::from([id]), &BTreeSet::from([id])).unwrap_err();
        grounded(&[id], &BTreeSet::new(), &BTreeSet::new()).unwrap_err();
    }

    fn device() -> Device {
        Device {
            device: "电子警察3号".into(),
            legal_review: Some("法审1号".into()),
            technical_review: Some("检定2号".into()),
            published: true,
            query: None,
        }
    }

    #[test]
    fn a_reviewed_device_counts() {
        device_reviewed(Some(&device())).unwrap();
        device_reviewed(None).unwrap();
    }

    #[test]
    fn refuses_an_unreviewed_device() {
        device_reviewed(Some(&Device { legal_review: None, ..device() })).unwrap_err();
        device_reviewed(Some(&Device { technical_review: Some(" ".into()), ..device() })).unwrap_err();
        device_reviewed(Some(&Device { published: false, ..device() })).unwrap_err();
    }

    #[test]
    fn a_preservation_settled_on_the_seventh_working_day_is_in_time() {
        // 2024-04-01 is a Monday; 4 to 6 April are a holiday, and Sunday the 7th is a working day.
        assert!(!overdue(PRESERVATION, "2024-04-01", "2024-04-11"));
    }

    #[test]
    fn a_preservation_settled_on_the_eighth_working_day_is_late() {
        assert!(overdue(PRESERVATION, "2024-04-01", "2024-04-12"));
    }

    #[test]
    fn a_file_with_a_record_of_every_stage_is_complete() {
        let all = RecordStage::ALL.iter().copied().collect();
        recorded(&stages(Procedure::Ordinary, true, true), &all).unwrap();
        recorded(
            &stages(Procedure::Ordinary, false, false),
            &BTreeSet::from([
                RecordStage::Start,
                RecordStage::Investigation,
                RecordStage::Decision,
                RecordStage::Service,
            ]),
        )
        .unwrap();
    }

    #[test]
    fn finds_the_stages_without_a_record() {
        let fault =
            recorded(&stages(Procedure::Simple, false, true), &BTreeSet::from([RecordStage::Decision])).unwrap_err();
        assert!(fault.zh.contains("调查取证") && fault.zh.contains("送达") && !fault.zh.contains("启动"));
    }
}
