//! Every stored type that this version reads: its title, its stage in a case, and whose act it is.

use crate::model::{Stage, Text};

/// One stored type.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) kind: &'static str,
    pub(crate) title: Text,
    /// For acts of a case.
    pub(crate) stage: Option<Stage>,
    /// In which role it is done; empty where nobody acts.
    pub(crate) role: Text,
}

macro_rules! known {
    ($($prefix:literal { $($name:literal $zh:literal $en:literal $stage:expr, $role_zh:literal $role_en:literal;)* })*) => {
        static KNOWN: &[Known] = &[$($(Known {
            kind: concat!($prefix, ".", $name, ".v1"),
            title: Text::label($zh, $en),
            stage: $stage,
            role: Text::label($role_zh, $role_en),
        },)*)*];
    };
}

const NONE: Option<Stage> = None;
const FILE: Option<Stage> = Some(Stage::File);
const INVESTIGATE: Option<Stage> = Some(Stage::Investigate);
const NOTIFY: Option<Stage> = Some(Stage::Notify);
const STATE: Option<Stage> = Some(Stage::State);
const HEAR: Option<Stage> = Some(Stage::Hear);
const REVIEW: Option<Stage> = Some(Stage::LegalReview);
const DELIBERATE: Option<Stage> = Some(Stage::Deliberate);
const DECIDE: Option<Stage> = Some(Stage::Decide);
const SERVE: Option<Stage> = Some(Stage::Serve);
const PUBLICISE: Option<Stage> = Some(Stage::Publicise);
const EXECUTE: Option<Stage> = Some(Stage::Execute);
const CLOSE: Option<Stage> = Some(Stage::Close);
const ARCHIVE: Option<Stage> = Some(Stage::Archive);

known! {
    "enforcement.case" {
        "CaseFiled" "立案" "Case filed" FILE, "执法人员" "officers";
        "OfficersAssigned" "变更承办人员" "Officers assigned" INVESTIGATE, "执法机关" "agency";
        "RecusalRequested" "申请回避" "Recusal requested" INVESTIGATE, "申请人" "applicant";
        "RecusalDecided" "决定回避" "Recusal decided" INVESTIGATE, "机关负责人" "head of the agency";
        "EvidenceCollected" "收集证据" "Evidence collected" INVESTIGATE, "执法人员" "officers";
        "EvidenceExcluded" "排除证据" "Evidence excluded" INVESTIGATE, "执法人员" "officers";
        "EvidencePreserved" "先行登记保存" "Evidence preserved" INVESTIGATE, "执法人员" "officers";
        "PreservationSettled" "处理登记保存物品" "Preservation settled" INVESTIGATE, "执法人员" "officers";
        "MeasureTaken" "实施行政强制措施" "Compulsory measure taken" INVESTIGATE, "执法人员" "officers";
        "MeasureApproved" "补办强制措施批准" "Measure approved afterwards" INVESTIGATE, "机关负责人" "head of the agency";
        "MeasureExtended" "延长强制措施期限" "Measure extended" INVESTIGATE, "机关负责人" "head of the agency";
        "MeasureTesting" "检测鉴定期间" "Testing" INVESTIGATE, "执法人员" "officers";
        "MeasureEnded" "解除强制措施" "Measure ended" INVESTIGATE, "执法人员" "officers";
        "RecordMade" "形成执法记录" "Record made" NONE, "执法人员" "officers";
        "InvestigationConcluded" "调查终结" "Investigation concluded" INVESTIGATE, "执法人员" "officers";
        "ExemptionConsidered" "审查免罚情形" "Exemption considered" INVESTIGATE, "执法人员" "officers";
        "CrimeSuspected" "发现涉嫌犯罪" "Crime suspected" INVESTIGATE, "执法人员" "officers";
        "TransferDecided" "决定是否移送" "Transfer decided" INVESTIGATE, "机关负责人" "head of the agency";
        "CaseTransferred" "移送公安机关" "Transferred to the police" INVESTIGATE, "执法机关" "agency";
        "PoliceAnswered" "公安机关答复" "Police answered" INVESTIGATE, "公安机关" "police";
        "CaseReturned" "司法机关移回" "Case returned" INVESTIGATE, "司法机关" "judicial organ";
        "AssistanceRequested" "请求协助" "Assistance requested" INVESTIGATE, "执法机关" "agency";
        "AssistanceAnswered" "协助答复" "Assistance answered" INVESTIGATE, "协助机关" "assisting body";
        "JurisdictionDisputed" "管辖争议" "Jurisdiction disputed" FILE, "执法机关" "agency";
        "JurisdictionDesignated" "指定管辖" "Jurisdiction designated" FILE, "共同上级机关" "common superior";
        "PenaltyNotified" "处罚事先告知" "Penalty notified" NOTIFY, "执法机关" "agency";
        "StatementHeard" "听取陈述申辩" "Statement heard" STATE, "当事人" "party";
        "StatementWaived" "放弃陈述申辩" "Statement waived" STATE, "当事人" "party";
        "HearingRequested" "申请听证" "Hearing requested" HEAR, "当事人" "party";
        "HearingWaived" "放弃听证" "Hearing waived" HEAR, "当事人" "party";
        "HearingNotified" "通知听证" "Hearing notified" HEAR, "执法机关" "agency";
        "HearingHeld" "举行听证" "Hearing held" HEAR, "听证主持人" "host of the hearing";
        "LegalReviewed" "法制审核" "Legal review" REVIEW, "法制审核人员" "legal reviewer";
        "Deliberated" "集体讨论" "Collective deliberation" DELIBERATE, "机关负责人集体" "heads of the agency";
        "DecisionExtended" "延长办案期限" "Period extended" DECIDE, "机关负责人" "head of the agency";
        "DecisionSuspended" "办案期限中止" "Period suspended" DECIDE, "机关负责人" "head of the agency";
        "DecisionResumed" "办案期限恢复" "Period resumed" DECIDE, "执法机关" "agency";
        "PenaltyDecided" "作出处罚决定" "Penalty decided" DECIDE, "机关负责人" "head of the agency";
        "PenaltyWithheld" "决定不予处罚" "Penalty withheld" DECIDE, "机关负责人" "head of the agency";
        "DecisionServed" "送达决定" "Decision served" SERVE, "执法人员" "officers";
        "SpotDecisionReported" "当场处罚备案" "Spot decision reported" SERVE, "执法人员" "officers";
        "DecisionPublicised" "公示决定" "Decision publicised" PUBLICISE, "执法机关" "agency";
        "PublicationWithdrawn" "撤回公示" "Publication withdrawn" PUBLICISE, "执法机关" "agency";
        "DecisionOverturned" "决定被撤销或变更" "Decision overturned" DECIDE, "有权机关" "competent organ";
        "FinePaid" "缴纳罚款" "Fine paid" EXECUTE, "当事人" "party";
        "CashDelivered" "现金交至机关" "Cash delivered to the agency" EXECUTE, "执法人员" "officers";
        "CashBanked" "现金缴付银行" "Cash banked" EXECUTE, "执法机关" "agency";
        "PaymentDeferred" "延期或分期缴纳" "Payment deferred" EXECUTE, "机关负责人" "head of the agency";
        "SurchargeImposed" "加处罚款" "Surcharge imposed" EXECUTE, "执法机关" "agency";
        "AppealLodged" "提起复议或诉讼" "Appeal lodged" EXECUTE, "当事人" "party";
        "AppealEnded" "复议或诉讼终结" "Appeal ended" EXECUTE, "有权机关" "competent organ";
        "DemandServed" "催告" "Demand served" EXECUTE, "执法机关" "agency";
        "ExecutionEnforced" "强制执行" "Execution enforced" EXECUTE, "执法机关" "agency";
        "CourtApplied" "申请法院强制执行" "Court applied to" EXECUTE, "执法机关" "agency";
        "CourtAnswered" "法院裁定" "Court answered" EXECUTE, "人民法院" "people's court";
        "PenaltyPerformed" "履行处罚" "Penalty performed" EXECUTE, "当事人" "party";
        "InterferenceRecorded" "记录干预" "Interference recorded" NONE, "执法人员" "officers";
        "FiledUpward" "重大处罚报备" "Filed upward" DECIDE, "执法机关" "agency";
        "CaseClosed" "结案" "Case closed" CLOSE, "机关负责人" "head of the agency";
        "CaseArchived" "归档" "Case archived" ARCHIVE, "档案管理" "archivist";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
    "enforcement.series" {
        "NumberIssued" "编发文号" "Number issued" NONE, "" "";
    }
    "enforcement.party" {
        "FineRecorded" "登记罚款" "Fine recorded" NONE, "" "";
        "FineLifted" "罚款失效" "Fine lifted" NONE, "" "";
    }
    "enforcement.agency" {
        "TargetSet" "下达指标" "Target set" NONE, "执法机关" "agency";
        "AreaStopOrdered" "区域停产停业" "Area stop ordered" NONE, "执法机关" "agency";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
    "powerlist.region" {
        "RegionRegistered" "登记行政区划" "Region registered" NONE, "清单管理机关" "list office";
    }
    "powerlist.agency" {
        "AgencyRegistered" "登记执法主体" "Agency registered" NONE, "清单管理机关" "list office";
        "AgencyDissolved" "执法主体终止" "Agency dissolved" NONE, "清单管理机关" "list office";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
    "powerlist.officer" {
        "OfficerRegistered" "登记执法人员" "Officer registered" NONE, "清单管理机关" "list office";
        "ExaminationPassed" "通过资格考试" "Examination passed" NONE, "执法人员" "officer";
        "CertificateIssued" "核发执法证" "Certificate issued" NONE, "清单管理机关" "list office";
        "CertificateRevoked" "收回执法证" "Certificate revoked" NONE, "清单管理机关" "list office";
        "TrainingRecorded" "记录培训" "Training recorded" NONE, "执法人员" "officer";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
    "powerlist.catalogue" {
        "CatalogueEntryPublished" "发布基本目录" "Catalogue entry published" NONE, "上级机关" "upper level";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
    "powerlist.item" {
        "ItemDrafted" "拟制事项" "Item drafted" NONE, "清单编制" "list editor";
        "ItemReviewed" "合法性审核" "Legal review" NONE, "法制审核人员" "legal reviewer";
        "ItemPublished" "公布事项" "Item published" NONE, "清单审定" "list approver";
        "ItemCancelled" "取消事项" "Item cancelled" NONE, "清单审定" "list approver";
        "ItemReviewedYearly" "年度评估" "Yearly review" NONE, "法制审核人员" "legal reviewer";
        "StandardPublished" "公布裁量基准" "Standard published" NONE, "清单审定" "list approver";
        "FeePublished" "公布收费" "Fee published" NONE, "清单审定" "list approver";
        "StepRefused" "操作被拒" "Step refused" NONE, "" "";
    }
}

/// The card of a stored type.
pub(crate) fn known(kind: &str) -> Option<&'static Known> {
    use std::{collections::HashMap, sync::LazyLock};
    static BY_KIND: LazyLock<HashMap<&'static str, &'static Known>> =
        LazyLock::new(|| KNOWN.iter().map(|k| (k.kind, k)).collect());
    BY_KIND.get(kind).copied()
}

/// Every stored type that the views read. Others are parked.
pub fn known_types() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|k| k.kind)
}
