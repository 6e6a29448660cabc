//! What those who do business are asked for, and how they are inspected: the regulations on the business environment.

use law::{
    Citation,
    check::{blank, fault},
    citation::BER,
};

use super::{Outcome, is_law_or_regulation};
use crate::domain::{
    content::{NormLevel, creating},
    listing::{
        RowContent, Value,
        part::{self, PartSpec, Side},
    },
};

/// 法律、法规或者国务院决定依据.
fn by_law(row: &RowContent, what: &str, what_en: &str, article: &str) -> Outcome {
    // Without any basis PL-ROW speaks.
    if row.bases.is_empty() {
        return Ok(());
    }
    match creating(&row.bases) {
        Some(basis) if is_law_or_regulation(basis.level) || basis.level == NormLevel::StateCouncilDecision => Ok(()),
        Some(basis) => fault(
            format!("《{}》属于{}，不能作为{what}的依据（{article}）", basis.statute, basis.level.zh()),
            format!("{} is a {} and carries no {what_en}", basis.statute, basis.level.en()),
        ),
        None => fault(
            format!("所列依据都只写作违则，没有一条设定{what}；请列明设定依据"),
            format!("no basis is named that creates the {what_en}: all are named for a duty only"),
        ),
    }
}

law::card! {
    /// A proof is asked for only where a law, a regulation or the State Council says so. 1. Whoever asks for proofs. 2. The basis that
    /// creates the proof with its level. 3. The basis as it stands on the row's first day. 4. None: BER 44(1) leaves nothing out; a local
    /// regulation is a regulation (法规), a rule is not. 5. No basis is PL-ROW's. 6. Naming a law beside: the basis that creates it counts.
    /// 7. Refused when handled, recorded when reported. 8. BER 44(1). Whether a proof could be done without (44(2)) no list tells.
    PL_PROOF "PL-PROOF" Gate "证明事项依据" "basis of a proof"; Citation::paragraph(&BER, 44, 1);
    "证明事项应当有法律、法规或者国务院决定依据";
    "a proof is asked for on a law, a regulation or a decision of the State Council only";
    plans "XS 二3"; compares "证明事项的设定依据与其层级" "the basis that creates the proof with its level"; since 2020 1 1;
    allows a_proof_rests_on_law_regulation_or_state_council; refuses a_proof_rests_on_law_regulation_or_state_council
}

/// Whether the basis carries a proof.
pub fn pl_proof(row: &RowContent) -> Outcome {
    by_law(row, "证明事项", "proof", "优化营商环境条例第四十四条")
}

law::card! {
    /// An intermediary service is a condition of an approval only by law, and what the organ has done for itself it pays. 1. The organ
    /// that approves. 2. The basis with its level; who entrusts the service with who pays it. 3. The basis as it stands on the row's first day.
    /// 4. None in 43(1) and (3). 5. No basis, and who entrusts or pays left open, are PL-ROW's. 6. A service that the organ needs, entered as
    /// the applicant's: the basis must then create it for the applicant. 7. Refused when handled, recorded when reported. 8. BER 43(1) and (3).
    PL_AGENT "PL-AGENT" Gate "中介服务依据和费用" "intermediary services"; Citation::paragraph(&BER, 43, 1), Citation::paragraph(&BER, 43, 3);
    "作为办理行政审批条件的中介服务应当有法律、法规或者国务院决定依据；行政机关委托的技术性服务由行政机关承担费用";
    "an intermediary service is a condition of an approval on a law, a regulation or a decision of the State Council only; a service that the organ entrusts is paid by the organ";
    plans "FY 2" "TA 3" "BT 1"; compares "中介服务的依据与其层级，委托方与费用承担方" "the basis with its level, who entrusts with who pays"; since 2020 1 1;
    allows an_intermediary_service_rests_on_law, an_organ_pays_what_it_entrusts;
    refuses an_intermediary_service_rests_on_law, an_organ_pays_what_it_entrusts
}

/// Whether a service may be asked of the applicant.
pub fn pl_agent(row: &RowContent) -> Outcome {
    by_law(row, "行政审批中介服务", "intermediary service", "优化营商环境条例第四十三条")?;
    let is = |spec: &PartSpec, side: Side| row.said(spec).and_then(Value::text) == Some(side.id());
    if is(&part::ENTRUSTED_BY, Side::Organ) && is(&part::PAID_BY, Side::Applicant) {
        return fault(
            "行政机关委托的服务由行政机关承担费用，不得转嫁给申请人（优化营商环境条例第四十三条第三款）",
            "a service that the organ entrusts is paid by the organ, and not by the applicant",
        );
    }
    Ok(())
}

law::card! {
    /// No place makes a negative list of its own. 1. Governments and their departments. 2. The row with the national list that it repeats, by
    /// edition and code; the basis of a local measure with its level. 3. The edition that the row names. 4. None. 5. A row without an edition or a
    /// code repeats nothing known: PL-ROW refuses it as incomplete, and so does this rule. 6. A local row under a national code: whether the words
    /// are the national ones nobody can tell without that list. A row that rests on a document alone. 7. Refused when handled, recorded when
    /// reported. 8. BER 20(2); that a document sets no condition of access without law, regulation or the State Council, BER 64(1).
    PL_ACCESS "PL-ACCESS" Gate "市场准入负面清单全国统一" "one negative list"; Citation::article(&BER, 20), Citation::paragraph(&BER, 64, 1);
    "市场准入负面清单全国统一，各地区、各部门不得另行制定；所列事项须写明全国清单的版本和编码，规范性文件不得设置准入条件";
    "the negative list of market access is one for the country: a row names its edition and code there, and no normative document sets conditions of access";
    plans "FY 2" "BT 3" "TA 1"; compares "清单事项与全国清单的版本、编码" "the row with edition and code of the national list"; since 2020 1 1;
    allows a_row_of_the_national_list_is_repeated; refuses a_place_makes_no_negative_list, a_document_sets_no_condition_of_access
}

/// Whether the row repeats the national list.
pub fn pl_access(row: &RowContent) -> Outcome {
    let says = |spec: &PartSpec| row.said(spec).and_then(Value::text).is_some_and(|text| !blank(text));
    if !says(&part::EDITION) || !says(&part::NATIONAL_CODE) {
        return fault(
            "没有写明全国清单的版本和编码；各地区、各部门不得另行制定市场准入性质的负面清单",
            "neither place nor department makes a negative list of its own: name the edition of the national list and the code there",
        );
    }
    // A judicial interpretation applies norms and sets nothing either.
    let sets_nothing = |level| matches!(level, NormLevel::NormativeDocument | NormLevel::JudicialInterpretation);
    match creating(&row.bases).filter(|basis| sets_nothing(basis.level)) {
        Some(basis) => fault(
            format!(
                "《{}》属于{}，不得设置市场准入条件（优化营商环境条例第六十四条）",
                basis.statute,
                basis.level.zh()
            ),
            format!("{} is a {} and sets no condition of access (BER 64)", basis.statute, basis.level.en()),
        ),
        None => Ok(()),
    }
}

law::card! {
    /// A random inspection has bounds. 1. The agency that inspects. 2. The lowest ratio with the highest, both with a hundred; how often a
    /// year at most. 3. The law of the day of the act. 4. Key fields (公共安全和人民群众生命健康, BER 54(2)) are inspected whole: entered as 重点领域.
    /// 5. A bound that is not stated is PL-ROW's. 6. A ratio of a hundred percent draws nothing at random: only a key field has it. 7.
    /// Refused when handled, recorded when reported. 8. BER 54(1) and (2); that the list states them, the plans want (FY 21).
    PL_RANDOM "PL-RANDOM" Gate "随机抽查比例和频次" "bounds of random inspections"; Citation::article(&BER, 54);
    "随机抽查事项须写明抽查比例和频次的上下限；除重点领域外不得以全部检查代替随机抽取";
    "a random inspection has its lowest and highest ratio and how often a year at most; but for key fields, all of them are not a random draw";
    plans "FY 21" "TA 20"; compares "抽查比例上下限与频次" "the ratios with each other and with the whole";
    except "直接涉及公共安全和人民群众生命健康等重点领域" "key fields of public safety and health"; since 2020 1 1;
    allows a_random_check_has_bounds, a_key_field_is_inspected_whole;
    refuses a_random_check_has_bounds, a_key_field_is_inspected_whole
}

/// Whether the bounds of a random inspection hold.
pub fn pl_random(row: &RowContent) -> Outcome {
    let number = |spec: &PartSpec| row.said(spec).and_then(Value::number);
    if let (Some(low), Some(high)) = (number(&part::RATIO_LOW), number(&part::RATIO_HIGH)) {
        if !(1 <= low && low <= high && high <= 100) {
            return fault(
                format!("抽查比例{low}%至{high}%不成区间；应为1%至100%，下限不高于上限"),
                format!("the ratio of {low} to {high} percent is no span from 1 to 100"),
            );
        }
        if high == 100 && !row.said(&part::KEY_FIELD).is_some_and(Value::is_yes) {
            return fault(
                "抽查比例达到100%就不是随机抽取；只有直接涉及公共安全和人民群众生命健康等重点领域实行全覆盖",
                "a ratio of 100 percent draws nothing at random; only key fields are inspected whole",
            );
        }
    }
    if number(&part::PER_YEAR).is_some_and(|times| times < 1) {
        return fault("抽查频次上限至少为每年1次", "at most so often a year is at least once");
    }
    Ok(())
}
