//! What may be asked of a case.

use law::id::{ItemCode, OfficerCode};

use crate::domain::{events::*, rules::yuan};

macro_rules! steps {
    ($($(#[$meta:meta])* $name:ident($event:ident) $rpc:literal $zh:literal $en:literal,)*) => {
        /// A step, with the event as the caller asserts it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Step {
            $($(#[$meta])* $name($event),)*
        }

        /// Every step.
        pub static STEPS: &[StepCard] = &[$(StepCard { rpc: $rpc, zh: $zh, en: $en }),*];

        impl Step {
            /// The name of its RPC.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => $rpc,)* }
            }

            /// What it does, in Chinese.
            pub fn zh(&self) -> &'static str {
                match self { $(Self::$name(_) => $zh,)* }
            }
        }
    };
}

/// What a step is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepCard {
    /// The name of its RPC.
    pub rpc: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
}

steps! {
    /// 立案.
    FileCase(CaseFiled) "FileCase" "立案" "file the case",
    /// 指派承办人员.
    AssignOfficers(OfficersAssigned) "AssignOfficers" "指派承办人员" "assign officers",
    /// 申请回避.
    RequestRecusal(RecusalRequested) "RequestRecusal" "申请回避" "record a request for recusal",
    /// 决定回避.
    DecideRecusal(RecusalDecided) "DecideRecusal" "决定回避" "decide a recusal",
    /// 管辖争议.
    DisputeJurisdiction(JurisdictionDisputed) "DisputeJurisdiction" "提出管辖争议" "record a dispute over jurisdiction",
    /// 指定管辖.
    DesignateJurisdiction(JurisdictionDesignated) "DesignateJurisdiction" "指定管辖" "record the designation of an agency",
    /// 收集证据.
    CollectEvidence(EvidenceCollected) "CollectEvidence" "收集证据" "take evidence in",
    /// 排除证据.
    ExcludeEvidence(EvidenceExcluded) "ExcludeEvidence" "排除证据" "exclude evidence",
    /// 先行登记保存.
    PreserveEvidence(EvidencePreserved) "PreserveEvidence" "先行登记保存" "preserve evidence in advance",
    /// 处理保存物品.
    SettlePreservation(PreservationSettled) "SettlePreservation" "处理先行登记保存" "settle a preservation",
    /// 制作记录.
    MakeRecord(RecordMade) "MakeRecord" "制作记录" "add the record of a stage",
    /// 调查终结.
    ConcludeInvestigation(InvestigationConcluded) "ConcludeInvestigation" "调查终结" "conclude the investigation",
    /// 核对免罚清单.
    ConsiderExemption(ExemptionConsidered) "ConsiderExemption" "核对免罚清单" "consult the exempt list",
    /// 请求协助.
    RequestAssistance(AssistanceRequested) "RequestAssistance" "请求协助" "ask for assistance",
    /// 协助答复.
    AnswerAssistance(AssistanceAnswered) "AnswerAssistance" "记录协助答复" "record the answer to a request for assistance",
    /// 记录干预.
    RecordInterference(InterferenceRecorded) "RecordInterference" "记录干预执法" "record an interference",
    /// 涉嫌犯罪.
    SuspectCrime(CrimeSuspected) "SuspectCrime" "报告涉嫌犯罪" "report a suspected crime",
    /// 决定移送.
    DecideTransfer(TransferDecided) "DecideTransfer" "决定移送" "decide on the transfer",
    /// 移送公安机关.
    TransferCase(CaseTransferred) "TransferCase" "移送公安机关" "transfer the case to the police",
    /// 公安机关答复.
    RecordPoliceAnswer(PoliceAnswered) "RecordPoliceAnswer" "记录公安机关答复" "record the answer of the police",
    /// 案件退回.
    ReturnCase(CaseReturned) "RecordReturn" "案件退回" "record that the case came back",
    /// 实施强制措施.
    TakeMeasure(MeasureTaken) "TakeMeasure" "实施强制措施" "take a compulsory measure",
    /// 补办批准.
    ApproveMeasure(MeasureApproved) "ApproveMeasure" "补办强制措施批准" "approve an urgent measure",
    /// 延长强制措施.
    ExtendMeasure(MeasureExtended) "ExtendMeasure" "延长强制措施" "extend a measure",
    /// 检测鉴定.
    TestMeasure(MeasureTesting) "RecordTesting" "检测检验鉴定" "record the begin or end of testing",
    /// 解除强制措施.
    EndMeasure(MeasureEnded) "EndMeasure" "解除或者处理强制措施" "end a measure",
    /// 处罚告知.
    NotifyPenalty(PenaltyNotified) "NotifyPenalty" "处罚告知" "notify the intended penalty",
    /// 听取陈述申辩.
    HearStatement(StatementHeard) "HearStatement" "听取陈述申辩" "record statement and defence",
    /// 放弃陈述申辩.
    WaiveStatement(StatementWaived) "WaiveStatement" "放弃陈述申辩" "record a waiver of statement and defence",
    /// 要求听证.
    RequestHearing(HearingRequested) "RequestHearing" "要求听证" "record a request for a hearing",
    /// 放弃听证.
    WaiveHearing(HearingWaived) "WaiveHearing" "放弃听证" "record a waiver of the hearing",
    /// 听证通知.
    NotifyHearing(HearingNotified) "NotifyHearing" "听证通知" "notify time and place of the hearing",
    /// 举行听证.
    HoldHearing(HearingHeld) "HoldHearing" "举行听证" "record the hearing",
    /// 法制审核.
    ReviewCase(LegalReviewed) "ReviewLegally" "法制审核" "record the legal review",
    /// 集体讨论.
    Deliberate(Deliberated) "Deliberate" "集体讨论" "record the discussion of the heads",
    /// 延长办案期限.
    ExtendDecision(DecisionExtended) "ExtendDecision" "延长办案期限" "extend the period to decide",
    /// 扣除办案时间.
    SuspendDecision(DecisionSuspended) "SuspendDecision" "中止计算办案期限" "stop counting the period to decide",
    /// 恢复计算.
    ResumeDecision(DecisionResumed) "ResumeDecision" "恢复计算办案期限" "count the period to decide again",
    /// 处罚决定.
    DecidePenalty(PenaltyDecided) "DecidePenalty" "作出处罚决定" "decide on a penalty",
    /// 不予处罚.
    WithholdPenalty(PenaltyWithheld) "WithholdPenalty" "作出不予处罚决定" "withhold the penalty",
    /// 送达.
    ServeDecision(DecisionServed) "ServeDecision" "送达决定" "serve the decision",
    /// 当场处罚备案.
    ReportSpotDecision(SpotDecisionReported) "ReportSpotDecision" "当场处罚备案" "report the spot decision to the agency",
    /// 公示.
    PubliciseDecision(DecisionPublicised) "PubliciseDecision" "公示决定" "publicise the decision",
    /// 撤回公示.
    WithdrawPublication(PublicationWithdrawn) "WithdrawPublication" "撤回公示" "withdraw the publication",
    /// 决定被撤销变更.
    OverturnDecision(DecisionOverturned) "OverturnDecision" "决定被撤销、变更、确认违法或者无效" "record that the decision was overturned",
    /// 缴纳罚款.
    PayFine(FinePaid) "RecordPayment" "缴纳罚款" "record a payment",
    /// 当场收缴款交至机关.
    DeliverCash(CashDelivered) "DeliverCash" "当场收缴款交至机关" "deliver cash to the agency",
    /// 缴付银行.
    BankCash(CashBanked) "BankCash" "当场收缴款缴付银行" "pay cash in at the bank",
    /// 延期分期缴纳.
    DeferPayment(PaymentDeferred) "DeferPayment" "延期或者分期缴纳" "put payment off",
    /// 加处罚款.
    ImposeSurcharge(SurchargeImposed) "ImposeSurcharge" "加处罚款" "impose a surcharge",
    /// 提起复议诉讼.
    LodgeAppeal(AppealLodged) "LodgeAppeal" "提起复议或者诉讼" "record an appeal",
    /// 复议诉讼结束.
    EndAppeal(AppealEnded) "EndAppeal" "复议或者诉讼结束" "record the end of an appeal",
    /// 催告.
    ServeDemand(DemandServed) "ServeDemand" "催告" "serve a demand",
    /// 强制执行.
    EnforceExecution(ExecutionEnforced) "EnforceExecution" "强制执行" "execute by the agency itself",
    /// 申请法院执行.
    ApplyToCourt(CourtApplied) "ApplyToCourt" "申请人民法院强制执行" "apply to the court",
    /// 法院答复.
    RecordCourtAnswer(CourtAnswered) "RecordCourtAnswer" "记录人民法院答复" "record the court's answer",
    /// 履行.
    PerformPenalty(PenaltyPerformed) "RecordPerformance" "履行处罚" "record that the penalty was performed",
    /// 报备案.
    FileUpward(FiledUpward) "FileUpward" "重大处罚备案" "report the penalty upward",
    /// 结案.
    CloseCase(CaseClosed) "CloseCase" "结案" "close the case",
    /// 归档.
    ArchiveCase(CaseArchived) "ArchiveCase" "归档" "archive the file",
}

impl Step {
    /// The officers it names: the lists are asked about them.
    pub fn officers(&self) -> Vec<OfficerCode> {
        let acting = |list: &[ActingOfficer]| list.iter().map(|o| o.officer.clone()).collect();
        match self {
            Self::FileCase(e) => acting(&e.officers),
            Self::AssignOfficers(e) => acting(&e.officers),
            Self::CollectEvidence(e) => acting(&e.officers),
            Self::PreserveEvidence(e) => acting(&e.officers),
            Self::TakeMeasure(e) => acting(&e.officers),
            Self::NotifyHearing(e) => vec![e.host.clone()],
            Self::HoldHearing(e) => vec![e.host.clone()],
            Self::ReviewCase(e) => vec![e.reviewer.clone()],
            Self::PayFine(e) => e.collector.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Another power item that it rests on.
    pub fn named_item(&self) -> Option<&ItemCode> {
        match self {
            Self::TakeMeasure(e) => Some(&e.item),
            Self::EnforceExecution(e) => Some(&e.item),
            _ => None,
        }
    }

    /// The digest of stored bytes that it names.
    pub fn digest(&self) -> Option<&str> {
        match self {
            Self::CollectEvidence(e) => Some(&e.sha256),
            Self::MakeRecord(e) => Some(&e.sha256),
            _ => None,
        }
    }

    /// What is tried, in a sentence, for the record of a refused attempt.
    pub fn summary(&self) -> String {
        let what = match self {
            Self::FileCase(e) => format!("对{}的“{}”，权力事项 {}", e.party.name, e.violation.fact, e.item),
            Self::CollectEvidence(e) => e.title.clone(),
            Self::TakeMeasure(e) => e.objects.clone(),
            Self::NotifyPenalty(e) => penalties(&e.penalties),
            Self::DecidePenalty(e) => penalties(&e.penalties),
            Self::HoldHearing(e) => format!("主持人 {}", e.host),
            Self::NotifyHearing(e) => format!("主持人 {}", e.host),
            Self::ReviewCase(e) => format!("审核人 {}", e.reviewer),
            Self::PayFine(e) => format!("{}元", yuan(e.amount_fen)),
            Self::ImposeSurcharge(e) => format!("{}日，{}元", e.days, yuan(e.amount_fen)),
            Self::ExtendMeasure(e) => format!("{}日", e.days),
            Self::ApplyToCourt(e) => e.court.clone(),
            Self::EnforceExecution(e) => e.what.clone(),
            _ => String::new(),
        };
        if what.is_empty() { self.zh().to_owned() } else { format!("{}：{what}", self.zh()) }
    }
}

fn penalties(list: &[Penalty]) -> String {
    let one = |p: &Penalty| match p.amount_fen {
        Some(fen) => format!("{}{}元", p.kind.zh(), yuan(fen)),
        None => p.kind.zh().to_owned(),
    };
    list.iter().map(one).collect::<Vec<_>>().join("，")
}
