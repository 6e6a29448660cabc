//! Every stored type that this version reads: its title and its stage in a case.

use crate::model::{Stage, Text};

/// One stored type.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) kind: &'static str,
    pub(crate) title: Text,
    /// For acts of a case.
    pub(crate) stage: Option<Stage>,
}

macro_rules! known {
    ($($prefix:literal { $($name:literal $zh:literal $en:literal $stage:expr;)* })*) => {
        static KNOWN: &[Known] = &[$($(Known {
            kind: concat!($prefix, ".", $name, ".v1"),
            title: Text::label($zh, $en),
            stage: $stage,
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
        "CaseFiled" "立案" "Case filed" FILE;
        "OfficersAssigned" "变更承办人员" "Officers assigned" INVESTIGATE;
        "RecusalRequested" "申请回避" "Recusal requested" INVESTIGATE;
        "RecusalDecided" "决定回避" "Recusal decided" INVESTIGATE;
        "EvidenceCollected" "收集证据" "Evidence collected" INVESTIGATE;
        "EvidenceExcluded" "排除证据" "Evidence excluded" INVESTIGATE;
        "EvidencePreserved" "先行登记保存" "Evidence preserved" INVESTIGATE;
        "PreservationSettled" "处理登记保存物品" "Preservation settled" INVESTIGATE;
        "MeasureTaken" "实施行政强制措施" "Compulsory measure taken" INVESTIGATE;
        "MeasureApproved" "补办强制措施批准" "Measure approved afterwards" INVESTIGATE;
        "MeasureExtended" "延长强制措施期限" "Measure extended" INVESTIGATE;
        "MeasureTesting" "检测鉴定期间" "Testing" INVESTIGATE;
        "MeasureEnded" "解除强制措施" "Measure ended" INVESTIGATE;
        "RecordMade" "形成执法记录" "Record made" NONE;
        "InvestigationConcluded" "调查终结" "Investigation concluded" INVESTIGATE;
        "ExemptionConsidered" "审查免罚情形" "Exemption considered" INVESTIGATE;
        "CrimeSuspected" "发现涉嫌犯罪" "Crime suspected" INVESTIGATE;
        "TransferDecided" "决定是否移送" "Transfer decided" INVESTIGATE;
        "CaseTransferred" "移送公安机关" "Transferred to the police" INVESTIGATE;
        "PoliceAnswered" "公安机关答复" "Police answered" INVESTIGATE;
        "CaseReturned" "司法机关移回" "Case returned" INVESTIGATE;
        "AssistanceRequested" "请求协助" "Assistance requested" INVESTIGATE;
        "AssistanceAnswered" "协助答复" "Assistance answered" INVESTIGATE;
        "JurisdictionDisputed" "管辖争议" "Jurisdiction disputed" FILE;
        "JurisdictionDesignated" "指定管辖" "Jurisdiction designated" FILE;
        "PenaltyNotified" "处罚事先告知" "Penalty notified" NOTIFY;
        "StatementHeard" "听取陈述申辩" "Statement heard" STATE;
        "StatementWaived" "放弃陈述申辩" "Statement waived" STATE;
        "HearingRequested" "申请听证" "Hearing requested" HEAR;
        "HearingWaived" "放弃听证" "Hearing waived" HEAR;
        "HearingNotified" "通知听证" "Hearing notified" HEAR;
        "HearingHeld" "举行听证" "Hearing held" HEAR;
        "LegalReviewed" "法制审核" "Legal review" REVIEW;
        "Deliberated" "集体讨论" "Collective deliberation" DELIBERATE;
        "DecisionExtended" "延长办案期限" "Period extended" DECIDE;
        "DecisionSuspended" "办案期限中止" "Period suspended" DECIDE;
        "DecisionResumed" "办案期限恢复" "Period resumed" DECIDE;
        "PenaltyDecided" "作出处罚决定" "Penalty decided" DECIDE;
        "PenaltyWithheld" "决定不予处罚" "Penalty withheld" DECIDE;
        "DecisionServed" "送达决定" "Decision served" SERVE;
        "SpotDecisionReported" "当场处罚备案" "Spot decision reported" SERVE;
        "DecisionPublicised" "公示决定" "Decision publicised" PUBLICISE;
        "PublicationWithdrawn" "撤回公示" "Publication withdrawn" PUBLICISE;
        "DecisionOverturned" "决定被撤销或变更" "Decision overturned" DECIDE;
        "FinePaid" "缴纳罚款" "Fine paid" EXECUTE;
        "CashDelivered" "现金交至机关" "Cash delivered to the agency" EXECUTE;
        "CashBanked" "现金缴付银行" "Cash banked" EXECUTE;
        "PaymentDeferred" "延期或分期缴纳" "Payment deferred" EXECUTE;
        "SurchargeImposed" "加处罚款" "Surcharge imposed" EXECUTE;
        "AppealLodged" "提起复议或诉讼" "Appeal lodged" EXECUTE;
        "AppealEnded" "复议或诉讼终结" "Appeal ended" EXECUTE;
        "DemandServed" "催告" "Demand served" EXECUTE;
        "ExecutionEnforced" "强制执行" "Execution enforced" EXECUTE;
        "CourtApplied" "申请法院强制执行" "Court applied to" EXECUTE;
        "CourtAnswered" "法院裁定" "Court answered" EXECUTE;
        "PenaltyPerformed" "履行处罚" "Penalty performed" EXECUTE;
        "InterferenceRecorded" "记录干预" "Interference recorded" NONE;
        "FiledUpward" "重大处罚报备" "Filed upward" DECIDE;
        "CaseClosed" "结案" "Case closed" CLOSE;
        "CaseArchived" "归档" "Case archived" ARCHIVE;
        "StepRefused" "操作被拒" "Step refused" NONE;
    }
    "enforcement.series" {
        "NumberIssued" "编发文号" "Number issued" NONE;
    }
    "enforcement.party" {
        "FineRecorded" "登记罚款" "Fine recorded" NONE;
        "FineLifted" "罚款失效" "Fine lifted" NONE;
    }
    "enforcement.agency" {
        "TargetSet" "下达指标" "Target set" NONE;
        "AreaStopOrdered" "区域停产停业" "Area stop ordered" NONE;
        "StepRefused" "操作被拒" "Step refused" NONE;
    }
    "powerlist.region" {
        "RegionRegistered" "登记行政区划" "Region registered" NONE;
    }
    "powerlist.agency" {
        "AgencyRegistered" "登记执法主体" "Agency registered" NONE;
        "AgencyDissolved" "执法主体终止" "Agency dissolved" NONE;
        "StepRefused" "操作被拒" "Step refused" NONE;
    }
    "powerlist.officer" {
        "OfficerRegistered" "登记执法人员" "Officer registered" NONE;
        "ExaminationPassed" "通过资格考试" "Examination passed" NONE;
        "CertificateIssued" "核发执法证" "Certificate issued" NONE;
        "CertificateRevoked" "收回执法证" "Certificate revoked" NONE;
        "TrainingRecorded" "记录培训" "Training recorded" NONE;
        "StepRefused" "操作被拒" "Step refused" NONE;
    }
    "powerlist.catalogue" {
        "CatalogueEntryPublished" "发布基本目录" "Catalogue entry published" NONE;
        "StepRefused" "操作被拒" "Step refused" NONE;
    }
    "powerlist.item" {
        "ItemDrafted" "拟制事项" "Item drafted" NONE;
        "ItemReviewed" "合法性审核" "Legal review" NONE;
        "ItemPublished" "公布事项" "Item published" NONE;
        "ItemCancelled" "取消事项" "Item cancelled" NONE;
        "ItemReviewedYearly" "年度评估" "Yearly review" NONE;
        "StandardPublished" "公布裁量基准" "Standard published" NONE;
        "FeePublished" "公布收费" "Fee published" NONE;
        "StepRefused" "操作被拒" "Step refused" NONE;
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
