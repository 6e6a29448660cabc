//! What may be asked of a case.

use law::id::{ItemCode, OfficerCode};

use crate::domain::{events::*, rules::yuan};

macro_rules! steps {
    ($($(#[$meta:meta])* $name:ident($event:ident) $zh:literal,)*) => {
        /// A step, with the event as the caller asserts it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Step {
            $($(#[$meta])* $name($event),)*
        }

        impl Step {
            /// Every step's name, in the order of the process: the names of the RPCs.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Its name.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)* }
            }

            /// Its name in Chinese.
            pub fn zh(&self) -> &'static str {
                match self { $(Self::$name(_) => $zh,)* }
            }
        }
    };
}

steps! {
    /// 立案.
    FileCase(CaseFiled) "立案",
    /// 指派承办人员.
    AssignOfficers(OfficersAssigned) "指派承办人员",
    /// 申请回避.
    RequestRecusal(RecusalRequested) "申请回避",
    /// 决定回避.
    DecideRecusal(RecusalDecided) "决定回避",
    /// 管辖争议.
    DisputeJurisdiction(JurisdictionDisputed) "提出管辖争议",
    /// 指定管辖.
    DesignateJurisdiction(JurisdictionDesignated) "指定管辖",
    /// 收集证据.
    CollectEvidence(EvidenceCollected) "收集证据",
    /// 排除证据.
    ExcludeEvidence(EvidenceExcluded) "排除证据",
    /// 先行登记保存.
    PreserveEvidence(EvidencePreserved) "先行登记保存",
    /// 处理保存物品.
    SettlePreservation(PreservationSettled) "处理先行登记保存",
    /// 制作记录.
    MakeRecord(RecordMade) "制作记录",
    /// 调查终结.
    ConcludeInvestigation(InvestigationConcluded) "调查终结",
    /// 核对免罚清单.
    ConsiderExemption(ExemptionConsidered) "核对免罚清单",
    /// 请求协助.
    RequestAssistance(AssistanceRequested) "请求协助",
    /// 协助答复.
    AnswerAssistance(AssistanceAnswered) "记录协助答复",
    /// 记录干预.
    RecordInterference(InterferenceRecorded) "记录干预执法",
    /// 涉嫌犯罪.
    SuspectCrime(CrimeSuspected) "报告涉嫌犯罪",
    /// 决定移送.
    DecideTransfer(TransferDecided) "决定移送",
    /// 移送公安机关.
    TransferCase(CaseTransferred) "移送公安机关",
    /// 公安机关答复.
    RecordPoliceAnswer(PoliceAnswered) "记录公安机关答复",
    /// 案件退回.
    ReturnCase(CaseReturned) "案件退回",
    /// 实施强制措施.
    TakeMeasure(MeasureTaken) "实施强制措施",
    /// 补办批准.
    ApproveMeasure(MeasureApproved) "补办强制措施批准",
    /// 延长强制措施.
    ExtendMeasure(MeasureExtended) "延长强制措施",
    /// 检测鉴定.
    TestMeasure(MeasureTesting) "检测检验鉴定",
    /// 解除强制措施.
    EndMeasure(MeasureEnded) "解除或者处理强制措施",
    /// 处罚告知.
    NotifyPenalty(PenaltyNotified) "处罚告知",
    /// 听取陈述申辩.
    HearStatement(StatementHeard) "听取陈述申辩",
    /// 放弃陈述申辩.
    WaiveStatement(StatementWaived) "放弃陈述申辩",
    /// 要求听证.
    RequestHearing(HearingRequested) "要求听证",
    /// 放弃听证.
    WaiveHearing(HearingWaived) "放弃听证",
    /// 听证通知.
    NotifyHearing(HearingNotified) "听证通知",
    /// 举行听证.
    HoldHearing(HearingHeld) "举行听证",
    /// 法制审核.
    ReviewCase(LegalReviewed) "法制审核",
    /// 集体讨论.
    Deliberate(Deliberated) "集体讨论",
    /// 延长办案期限.
    ExtendDecision(DecisionExtended) "延长办案期限",
    /// 扣除办案时间.
    SuspendDecision(DecisionSuspended) "中止计算办案期限",
    /// 恢复计算.
    ResumeDecision(DecisionResumed) "恢复计算办案期限",
    /// 处罚决定.
    DecidePenalty(PenaltyDecided) "作出处罚决定",
    /// 不予处罚.
    WithholdPenalty(PenaltyWithheld) "作出不予处罚决定",
    /// 送达.
    ServeDecision(DecisionServed) "送达决定",
    /// 当场处罚备案.
    ReportSpotDecision(SpotDecisionReported) "当场处罚备案",
    /// 公示.
    PubliciseDecision(DecisionPublicised) "公示决定",
    /// 撤回公示.
    WithdrawPublication(PublicationWithdrawn) "撤回公示",
    /// 决定被撤销变更.
    OverturnDecision(DecisionOverturned) "决定被撤销、变更、确认违法或者无效",
    /// 缴纳罚款.
    PayFine(FinePaid) "缴纳罚款",
    /// 当场收缴款交至机关.
    DeliverCash(CashDelivered) "当场收缴款交至机关",
    /// 缴付银行.
    BankCash(CashBanked) "当场收缴款缴付银行",
    /// 延期分期缴纳.
    DeferPayment(PaymentDeferred) "延期或者分期缴纳",
    /// 加处罚款.
    ImposeSurcharge(SurchargeImposed) "加处罚款",
    /// 提起复议诉讼.
    LodgeAppeal(AppealLodged) "提起复议或者诉讼",
    /// 复议诉讼结束.
    EndAppeal(AppealEnded) "复议或者诉讼结束",
    /// 催告.
    ServeDemand(DemandServed) "催告",
    /// 强制执行.
    EnforceExecution(ExecutionEnforced) "强制执行",
    /// 申请法院执行.
    ApplyToCourt(CourtApplied) "申请人民法院强制执行",
    /// 法院答复.
    RecordCourtAnswer(CourtAnswered) "记录人民法院答复",
    /// 履行.
    PerformPenalty(PenaltyPerformed) "履行处罚",
    /// 报备案.
    FileUpward(FiledUpward) "重大处罚备案",
    /// 结案.
    CloseCase(CaseClosed) "结案",
    /// 归档.
    ArchiveCase(CaseArchived) "归档",
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
