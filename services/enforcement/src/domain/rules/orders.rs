//! What an agency must not set or order: quotas of fines, and blanket stops.

use law::{
    Citation,
    citation::{APL, BER},
};

use super::{Outcome, blank, fault};
use crate::domain::events::{AreaStopGround, TargetMeasure};

law::card! {
    /// No quota. 1. Who sets it: an agency for itself or those below. 2. What the target is measured in, and its words, with fines, what is confiscated and numbers of penalties. 3. The law of 2021. 4. None.
    /// 5. What it is measured in is of a closed set. 6. Another measure whose words count fines, spaced or not; words that mean it in another way no record can
    /// tell. 7. Refused in handling, recorded in reporting. 8. APL 74(3) and BER 59(3) for money; numbers of penalties are the plans'.
    EN_QUOTA "EN-QUOTA" Gate "禁止罚没指标" "no quota of fines"; Citation::paragraph(&APL, 74, 3), Citation::paragraph(&BER, 59, 3);
    "不得下达罚没指标，罚没款项不得同考核、考评挂钩"; "no quota of fines or penalties; fines are tied to no assessment";
    plans "FY 25" "TA 20" "XS 八3";
    compares "指标的计量和表述与罚没款项、处罚数量" "what a target is measured in, and its words, with fines and numbers of penalties";
    since 2021 7 15;
    allows a_target_of_quality_may_be_set; refuses refuses_a_target_measured_in_fines_or_penalties
}
law::card! {
    /// No blanket stop.
    EN_STOP "EN-STOP" Gate "禁止普遍停产停业" "no blanket stop"; Citation::paragraph(&BER, 59, 2);
    "除涉及人民群众生命安全、发生重特大事故或者举办国家重大活动并经有权机关批准外，不得要求区域、行业普遍停产停业";
    "no stop of a whole trade in an area, but for life and safety, a major accident or a national event, approved by the competent body";
    plans "XS 五3"; since 2020 1 1;
    allows an_approved_stop_for_life_and_safety_is_in_order; refuses refuses_a_blanket_stop_without_ground_or_approval
}

/// Words that turn any description into a quota.
const QUOTA_WORDS: &[&str] = &[
    "罚款额",
    "罚款金额",
    "罚款数",
    "罚款总额",
    "罚款收入",
    "罚款任务",
    "罚款指标",
    "罚没",
    "没收金额",
    "没收款",
    "罚金",
    "处罚件数",
    "处罚数",
    "处罚案件数",
    "处罚任务",
    "处罚指标",
    "办案数",
    "办案件数",
    "立案数",
    "立案件数",
    "案件数量",
];

/// EN-QUOTA.
pub fn no_quota(measure: TargetMeasure, description: &str) -> Outcome {
    let counted =
        matches!(measure, TargetMeasure::FineAmount | TargetMeasure::PenaltyCount | TargetMeasure::ConfiscatedAmount);
    let plain: String = description.chars().filter(|c| c.is_alphanumeric()).collect();
    if counted || QUOTA_WORDS.iter().any(|w| plain.contains(w)) {
        return fault(
            "不得以罚没金额或者处罚数量作为指标；请改用案卷质量、期限合规等指标",
            "fines and numbers of penalties are no targets; measure quality or timeliness instead",
        );
    }
    Ok(())
}

/// EN-STOP.
pub fn stop_allowed(ground: Option<AreaStopGround>, basis: &str, approval: &str) -> Outcome {
    if ground.is_none() {
        return fault(
            "没有法定情形（生命安全、重特大事故、国家重大活动），不得要求普遍停产停业；请逐户依法处理",
            "there is no lawful ground for stopping a whole trade; deal with each enterprise by law",
        );
    }
    if blank(basis) || blank(approval) {
        return fault(
            "没有写明法律、法规依据或者有权机关的批准文书；请补充",
            "the legal basis or the competent body's approval is missing; add both",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_of_quality_may_be_set() {
        no_quota(TargetMeasure::FileQuality, "案卷评查合格率不低于95%").unwrap();
        no_quota(TargetMeasure::Publication, "处罚决定按时公示率100%").unwrap();
    }

    #[test]
    fn refuses_a_target_measured_in_fines_or_penalties() {
        no_quota(TargetMeasure::FineAmount, "").unwrap_err();
        no_quota(TargetMeasure::PenaltyCount, "").unwrap_err();
        no_quota(TargetMeasure::ConfiscatedAmount, "").unwrap_err();
        no_quota(TargetMeasure::Other, "全年罚没收入300万元").unwrap_err();
        for words in ["全年罚 款 总 额不低于上年", "人均办案数12", "立案件数同比增长10%", "处罚·指标", "没收款入库"]
        {
            no_quota(TargetMeasure::Other, words).unwrap_err();
            no_quota(TargetMeasure::FileQuality, words).unwrap_err();
        }
    }

    #[test]
    fn an_approved_stop_for_life_and_safety_is_in_order() {
        stop_allowed(Some(AreaStopGround::LifeSafety), "《安全生产法》第七十条", "市政府批复1号").unwrap();
    }

    #[test]
    fn refuses_a_blanket_stop_without_ground_or_approval() {
        stop_allowed(None, "《安全生产法》", "批复").unwrap_err();
        stop_allowed(Some(AreaStopGround::NationalEvent), "", "批复").unwrap_err();
        stop_allowed(Some(AreaStopGround::MajorAccident), "《安全生产法》", " ").unwrap_err();
    }
}
