//! What happens to an enforcement case, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.
//!
//! Every act carries `at`, its legal time, beside the record's own `time`: a later decision counts days from it
//! (five working days after the notice, fifteen days after service), and a decision sees the events only.

mod beyond;
mod closing;
mod correction;
mod disposal;
mod execution;
mod filing;
mod investigation;
mod lead;
mod measures;
mod notice_hearing;
mod parts;
mod review_decision;
mod sentence;
mod service_publication;
mod stay;
mod transfer;
mod words;

pub use beyond::*;
pub use closing::*;
pub use correction::*;
pub use disposal::*;
pub use execution::*;
pub use filing::*;
pub use investigation::*;
pub use lead::*;
pub use measures::*;
pub use notice_hearing::*;
pub use parts::*;
pub use review_decision::*;
pub use sentence::*;
pub use service_publication::*;
pub use stay::*;
pub use transfer::*;
pub use words::*;

use law::{
    reaction::{EventFollowed, Led, Reacted, ReactionRefused},
    series::NumberIssued,
};

use law::vocabulary::{
    Field,
    Form::{self, Plain},
    Part,
};

use super::vocabulary::{
    ALIKE, AMOUNTS, EVIDENCE, PENALTY_DECIDED, PENALTY_WITHHELD, RECORD_STAGES, REVOKED, by::*, stage::*,
};

law::events! {
    /// Events of one case.
    pub enum CaseEvent {
        CaseFiled = "enforcement.case.CaseFiled.v1" as FileCase:
            did("立案", "Case filed").to_do("立案", "file the case").stage(FILE).by(OFFICERS)
                .fields(&[Field::new("source", "来源", "Source", Form::Word(SourceKind::WORDS))]).begins(),
        PartyOpened = "enforcement.case.PartyOpened.v1" as OpenParty:
            did("启封当事人身份", "Party's identity opened").to_do("启封当事人身份", "open the party's sealed identity").by(OFFICERS)
                .fields(&[
                    Field::hidden("entry"), Field::new("party", "当事人", "Party", Plain),
                    Field::new("reason", "启封理由", "Why it was opened", Plain),
                    Field::new("opened_by", "启封人", "Opened by", Plain), Field::new("until", "可查阅至", "May be read until", Form::Moment),
                ])
                after [CaseFiled],
        OfficersAssigned = "enforcement.case.OfficersAssigned.v1" as AssignOfficers:
            did("变更承办人员", "Officers assigned").to_do("指派承办人员", "assign officers").stage(INVESTIGATE).by(AGENCY)
                after [CaseFiled],
        RecusalRequested[officer] = "enforcement.case.RecusalRequested.v1" as RequestRecusal:
            did("申请回避", "Recusal requested").to_do("申请回避", "record a request for recusal").stage(INVESTIGATE).by(APPLICANT)
                .fields(&[Field::new("by", "申请人", "Requested by", Plain)])
                after [CaseFiled],
        RecusalDecided = "enforcement.case.RecusalDecided.v1" as DecideRecusal:
            did("决定回避", "Recusal decided").to_do("决定回避", "decide a recusal").stage(INVESTIGATE).by(HEAD)
                after [CaseFiled, RecusalRequested[officer]],
        EvidenceCollected[evidence] = "enforcement.case.EvidenceCollected.v1" as CollectEvidence:
            did("收集证据", "Evidence collected").to_do("收集证据", "take evidence in").stage(INVESTIGATE).by(OFFICERS)
                .part(Part::Evidence("evidence"))
                .fields(&[EVIDENCE, Field::new("kind", "类型", "Kind", Form::Word(EvidenceKind::WORDS))])
                after [CaseFiled],
        EvidenceVerified = "enforcement.case.EvidenceVerified.v1" as VerifyEvidence:
            did("查证证据", "Evidence verified").to_do("查证证据", "verify evidence").stage(INVESTIGATE).by(OFFICERS)
                .fields(&[EVIDENCE])
                after [EvidenceCollected[evidence]],
        EvidenceExcluded = "enforcement.case.EvidenceExcluded.v1" as ExcludeEvidence:
            did("排除证据", "Evidence excluded").to_do("排除证据", "exclude evidence").stage(INVESTIGATE).by(OFFICERS)
                .part(Part::Excluded("evidence", "reason"))
                .fields(&[EVIDENCE, Field::new("ground", "排除理由", "Ground", Form::Word(ExclusionGround::WORDS))])
                after [EvidenceCollected[evidence]],
        SampleTaken[sample] = "enforcement.case.SampleTaken.v1" as TakeSample:
            did("抽样取证", "Sample taken").to_do("抽样取证", "take a sample").stage(INVESTIGATE).by(OFFICERS)
                after [CaseFiled],
        ObstructionRecorded = "enforcement.case.ObstructionRecorded.v1" as RecordObstruction:
            did("记录拒绝、阻挠调查", "Obstruction recorded").to_do("记录拒绝、阻挠调查", "record an obstruction").stage(INVESTIGATE).by(OFFICERS)
                after [CaseFiled],
        EmergencyInvoked = "enforcement.case.EmergencyInvoked.v1" as InvokeEmergency:
            did("认定违反突发事件应对措施", "Emergency invoked").to_do("认定违反突发事件应对措施", "record that measures of an emergency were broken").stage(INVESTIGATE).by(OFFICERS)
                .fields(&[Field::new("until", "止于", "Until", Plain), Field::new("from", "起于", "From", Plain)])
                after [CaseFiled],
        EvidencePreserved[preservation] = "enforcement.case.EvidencePreserved.v1" as PreserveEvidence:
            did("先行登记保存", "Evidence preserved").to_do("先行登记保存", "preserve evidence in advance").stage(INVESTIGATE).by(OFFICERS)
                after [CaseFiled],
        PreservationSettled = "enforcement.case.PreservationSettled.v1" as SettlePreservation:
            did("处理登记保存物品", "Preservation settled").to_do("处理先行登记保存", "settle a preservation").stage(INVESTIGATE).by(OFFICERS)
                after [EvidencePreserved[preservation]],
        MeasureTaken[measure] = "enforcement.case.MeasureTaken.v1" as TakeMeasure:
            did("实施行政强制措施", "Compulsory measure taken").to_do("实施强制措施", "take a compulsory measure").stage(INVESTIGATE).by(OFFICERS)
                .fields(&[Field::new("kind", "类型", "Kind", Form::Word(MeasureKind::WORDS))])
                after [CaseFiled],
        MeasureApproved = "enforcement.case.MeasureApproved.v1" as ApproveMeasure:
            did("补办强制措施批准", "Measure approved afterwards").to_do("补办强制措施批准", "approve an urgent measure").stage(INVESTIGATE).by(HEAD)
                after [MeasureTaken[measure]],
        MeasureExtended[measure] = "enforcement.case.MeasureExtended.v1" as ExtendMeasure:
            did("延长强制措施期限", "Measure extended").to_do("延长强制措施", "extend a measure").stage(INVESTIGATE).by(HEAD)
                .fields(&[Field::new("ground", "延长理由", "Ground", Form::Word(ExtensionGround::WORDS))])
                after [MeasureTaken[measure]],
        MeasureTesting = "enforcement.case.MeasureTesting.v1" as RecordTesting:
            did("检测鉴定期间", "Testing").to_do("检测检验鉴定", "record the begin or end of testing").stage(INVESTIGATE).by(OFFICERS)
                .fields(&[
                    Field::new("until", "检测止于", "Testing until", Plain), Field::new("notice", "告知文书", "Told by", Plain),
                ])
                after [MeasureTaken[measure]],
        MeasureEnded = "enforcement.case.MeasureEnded.v1" as EndMeasure:
            did("解除强制措施", "Measure ended").to_do("解除或者处理强制措施", "end a measure").stage(INVESTIGATE).by(OFFICERS)
                after [MeasureTaken[measure], MeasureExtended[measure]],
        RecordMade = "enforcement.case.RecordMade.v1" as MakeRecord:
            did("形成执法记录", "Record made").to_do("制作记录", "add the record of a stage").by(OFFICERS)
                .stage_by("stage", RECORD_STAGES)
                after [CaseFiled],
        InvestigationConcluded = "enforcement.case.InvestigationConcluded.v1" as ConcludeInvestigation:
            did("调查终结", "Investigation concluded").to_do("调查终结", "conclude the investigation").stage(INVESTIGATE).by(OFFICERS)
                .fields(&[AMOUNTS])
                after [CaseFiled],
        ExemptionConsidered = "enforcement.case.ExemptionConsidered.v1" as ConsiderExemption:
            did("审查免罚情形", "Exemption considered").to_do("核对免罚清单", "consult the exempt list").stage(INVESTIGATE).by(OFFICERS)
                after [CaseFiled],
        CorrectionOrdered[order] = "enforcement.case.CorrectionOrdered.v1" as OrderCorrection:
            did("责令改正", "Correction ordered").to_do("责令改正", "order the party to correct").stage(INVESTIGATE).by(AGENCY)
                .fields(&[Field::new("by", "期限", "By", Plain)])
                after [CaseFiled],
        CorrectionChecked = "enforcement.case.CorrectionChecked.v1" as CheckCorrection:
            did("核查改正情况", "Correction checked").to_do("核查改正情况", "check whether it was corrected").stage(INVESTIGATE).by(OFFICERS)
                after [CorrectionOrdered[order]],
        CorrectionMoot = "enforcement.case.CorrectionMoot.v1" as WaiveCorrection:
            did("无需责令改正", "Nothing to correct").to_do("记录无需责令改正", "record that nothing is left to correct").stage(INVESTIGATE).by(AGENCY)
                after [CaseFiled],
        GuardianOrdered = "enforcement.case.GuardianOrdered.v1" as OrderGuardian:
            did("责令监护人", "Guardian ordered").to_do("责令监护人", "order the guardian").stage(INVESTIGATE).by(AGENCY)
                after [CaseFiled],
        ItemEnded = "enforcement.case.ItemEnded.v1" as NoteItemEnd:
            did("权力事项已取消", "Power item cancelled").to_do("登记权力事项取消", "record that the power item was cancelled").by(LIST_OFFICE)
                after [CaseFiled],
        SameActNoted = "enforcement.case.SameActNoted.v1" as NoteSameAct:
            did("另案涉及同一行为", "Another case for the same act").to_do("登记另案涉及同一行为", "record that another case looks like the same act").by(AGENCY)
                .fields(&[Field::new("other", "另案", "The other case", ALIKE)])
                after [CaseFiled],
        CrimeSuspected = "enforcement.case.CrimeSuspected.v1" as SuspectCrime:
            did("发现涉嫌犯罪", "Crime suspected").to_do("报告涉嫌犯罪", "report a suspected crime").stage(INVESTIGATE).by(OFFICERS)
                after [CaseFiled],
        TransferDecided = "enforcement.case.TransferDecided.v1" as DecideTransfer:
            did("决定是否移送", "Transfer decided").to_do("决定移送", "decide on the transfer").stage(INVESTIGATE).by(HEAD)
                after [CrimeSuspected],
        CaseTransferred = "enforcement.case.CaseTransferred.v1" as TransferCase:
            did("移送公安机关", "Transferred to the police").to_do("移送公安机关", "transfer the case to the police").stage(INVESTIGATE).by(AGENCY)
                after [TransferDecided],
        PoliceAnswered = "enforcement.case.PoliceAnswered.v1" as RecordPoliceAnswer:
            did("公安机关答复", "Police answered").to_do("记录公安机关答复", "record the answer of the police").stage(INVESTIGATE).by(POLICE)
                after [CaseTransferred],
        CaseReturned = "enforcement.case.CaseReturned.v1" as RecordReturn:
            did("司法机关移回", "Case returned").to_do("案件退回", "record that the case came back").stage(INVESTIGATE).by(JUDICIAL_ORGAN)
                after [CaseTransferred],
        SentencePassed = "enforcement.case.SentencePassed.v1" as RecordSentence:
            did("刑事判决", "Sentence passed").to_do("记录刑事判决", "record the sentence of a court").stage(INVESTIGATE).by(COURT)
                .fields(&[Field::new("fine_fen", "罚金", "Court's fine", Form::Money)])
                after [CaseFiled, CaseTransferred],
        AssistanceRequested[request] = "enforcement.case.AssistanceRequested.v1" as RequestAssistance:
            did("请求协助", "Assistance requested").to_do("请求协助", "ask for assistance").stage(INVESTIGATE).by(AGENCY)
                after [CaseFiled],
        AssistanceAnswered = "enforcement.case.AssistanceAnswered.v1" as AnswerAssistance:
            did("协助答复", "Assistance answered").to_do("记录协助答复", "record the answer to a request for assistance").stage(INVESTIGATE).by(ASSISTING_BODY)
                after [AssistanceRequested[request]],
        JurisdictionDisputed = "enforcement.case.JurisdictionDisputed.v1" as DisputeJurisdiction:
            did("管辖争议", "Jurisdiction disputed").to_do("提出管辖争议", "record a dispute over jurisdiction").stage(FILE).by(AGENCY)
                after [CaseFiled],
        JurisdictionAgreed = "enforcement.case.JurisdictionAgreed.v1" as AgreeJurisdiction:
            did("协商确定管辖", "Jurisdiction agreed").to_do("记录协商确定的管辖", "record the agreement on jurisdiction").stage(FILE).by(AGENCY)
                .fields(&[Field::new("with", "协商机关", "With", Plain)])
                after [CaseFiled, JurisdictionDisputed],
        JurisdictionDesignated = "enforcement.case.JurisdictionDesignated.v1" as DesignateJurisdiction:
            did("指定管辖", "Jurisdiction designated").to_do("指定管辖", "record the designation of an agency").stage(FILE).by(SUPERIOR)
                after [CaseFiled, JurisdictionDisputed],
        PenaltyNotified = "enforcement.case.PenaltyNotified.v1" as NotifyPenalty:
            did("处罚事先告知", "Penalty notified").to_do("处罚告知", "notify the intended penalty").stage(NOTIFY).by(AGENCY)
                after [CaseFiled, RedoOrdered],
        StatementHeard = "enforcement.case.StatementHeard.v1" as HearStatement:
            did("听取陈述申辩", "Statement heard").to_do("听取陈述申辩", "record statement and defence").stage(STATE).by(PARTY)
                .fields(&[Field::new("outcome", "结果", "Outcome", Form::Word(StatementOutcome::WORDS))])
                after [PenaltyNotified],
        StatementWaived = "enforcement.case.StatementWaived.v1" as WaiveStatement:
            did("放弃陈述申辩", "Statement waived").to_do("放弃陈述申辩", "record a waiver of statement and defence").stage(STATE).by(PARTY)
                after [PenaltyNotified],
        StatementLapsed = "enforcement.case.StatementLapsed.v1" as LapseStatement:
            did("逾期未陈述申辩", "Time to state passed in silence").to_do("登记逾期未陈述申辩", "record that the time to state passed in silence").stage(STATE).by(OFFICERS)
                .fields(&[Field::new("checked", "核查情况", "What was checked", Plain)])
                after [PenaltyNotified],
        HearingRequested = "enforcement.case.HearingRequested.v1" as RequestHearing:
            did("申请听证", "Hearing requested").to_do("要求听证", "record a request for a hearing").stage(HEAR).by(PARTY)
                after [PenaltyNotified],
        HearingWaived = "enforcement.case.HearingWaived.v1" as WaiveHearing:
            did("放弃听证", "Hearing waived").to_do("放弃听证", "record a waiver of the hearing").stage(HEAR).by(PARTY)
                after [PenaltyNotified],
        HearingNotified = "enforcement.case.HearingNotified.v1" as NotifyHearing:
            did("通知听证", "Hearing notified").to_do("听证通知", "notify time and place of the hearing").stage(HEAR).by(AGENCY)
                after [PenaltyNotified, HearingRequested],
        HearingHeld = "enforcement.case.HearingHeld.v1" as HoldHearing:
            did("举行听证", "Hearing held").to_do("举行听证", "record the hearing").stage(HEAR).by(HOST)
                after [PenaltyNotified, HearingRequested],
        HearingAbandoned = "enforcement.case.HearingAbandoned.v1" as AbandonHearing:
            did("视为放弃听证", "Hearing given up").to_do("记录当事人缺席、退出听证", "record that the party stayed away or left").stage(HEAR).by(HOST)
                .fields(&[Field::new("how", "情形", "How", Form::Word(Absence::WORDS))])
                after [PenaltyNotified, HearingRequested, HearingNotified],
        LegalReviewed = "enforcement.case.LegalReviewed.v1" as ReviewLegally:
            did("法制审核", "Legal review").to_do("法制审核", "record the legal review").stage(REVIEW).by(REVIEWER)
                after [CaseFiled, RedoOrdered],
        Deliberated = "enforcement.case.Deliberated.v1" as Deliberate:
            did("集体讨论", "Collective deliberation").to_do("集体讨论", "record the discussion of the heads").stage(DELIBERATE).by(HEADS)
                after [CaseFiled, RedoOrdered],
        DecisionExtended = "enforcement.case.DecisionExtended.v1" as ExtendDecision:
            did("延长办案期限", "Period extended").to_do("延长办案期限", "extend the period to decide").stage(DECIDE).by(HEAD)
                after [CaseFiled],
        DecisionSuspended = "enforcement.case.DecisionSuspended.v1" as SuspendDecision:
            did("办案期限中止", "Period suspended").to_do("中止计算办案期限", "stop counting the period to decide").stage(DECIDE).by(HEAD)
                .fields(&[Field::new("ground", "理由类型", "Ground", Form::Word(SuspensionGround::WORDS))])
                after [CaseFiled],
        DecisionResumed = "enforcement.case.DecisionResumed.v1" as ResumeDecision:
            did("办案期限恢复", "Period resumed").to_do("恢复计算办案期限", "count the period to decide again").stage(DECIDE).by(AGENCY)
                after [DecisionSuspended],
        PenaltyDecided = "enforcement.case.PenaltyDecided.v1" as DecidePenalty:
            did("作出处罚决定", "Penalty decided").to_do("作出处罚决定", "decide on a penalty").stage(DECIDE).by(HEAD)
                .part(PENALTY_DECIDED)
                after [CaseFiled, RedoOrdered],
        PenaltyWithheld = "enforcement.case.PenaltyWithheld.v1" as WithholdPenalty:
            did("决定不予处罚", "Penalty withheld").to_do("作出不予处罚决定", "withhold the penalty").stage(DECIDE).by(HEAD)
                .part(PENALTY_WITHHELD)
                .fields(&[Field::new("ground", "理由类型", "Ground", Form::Word(NoPenaltyGround::WORDS))])
                after [CaseFiled, RedoOrdered],
        ServiceAnnounced = "enforcement.case.ServiceAnnounced.v1" as AnnounceService:
            did("公告送达", "Service announced").to_do("公告送达", "announce the decision").stage(SERVE).by(OFFICERS)
                .fields(&[Field::new("ground", "公告理由", "Ground", Form::Word(AnnounceGround::WORDS))])
                after [PenaltyDecided, PenaltyWithheld],
        DecisionServed = "enforcement.case.DecisionServed.v1" as ServeDecision:
            did("送达决定", "Decision served").to_do("送达决定", "serve the decision").stage(SERVE).by(OFFICERS)
                .part(Part::Service)
                after [PenaltyDecided, PenaltyWithheld],
        SpotDecisionReported = "enforcement.case.SpotDecisionReported.v1" as ReportSpotDecision:
            did("当场处罚备案", "Spot decision reported").to_do("当场处罚备案", "report the spot decision to the agency").stage(SERVE).by(OFFICERS)
                after [PenaltyDecided],
        DecisionPublicised = "enforcement.case.DecisionPublicised.v1" as PubliciseDecision:
            did("公示决定", "Decision publicised").to_do("公示决定", "publicise the decision").stage(PUBLICISE).by(AGENCY)
                after [PenaltyDecided],
        PublicationOmitted = "enforcement.case.PublicationOmitted.v1" as OmitPublication:
            did("决定不予公开", "Decision not published").to_do("决定不予公开", "decide not to publish the decision").stage(PUBLICISE).by(HEAD)
                .fields(&[Field::new("ground", "理由类型", "Ground", Form::Word(NotPublicGround::WORDS))])
                after [PenaltyDecided],
        PublicationWithdrawn = "enforcement.case.PublicationWithdrawn.v1" as WithdrawPublication:
            did("撤回公示", "Publication withdrawn").to_do("撤回公示", "withdraw the publication").stage(PUBLICISE).by(AGENCY)
                after [DecisionPublicised],
        DecisionOverturned = "enforcement.case.DecisionOverturned.v1" as OverturnDecision:
            did("决定被撤销或变更", "Decision overturned").to_do("决定被撤销、变更、确认违法或者无效", "record that the decision was overturned").stage(DECIDE).by(COMPETENT_ORGAN)
                after [PenaltyDecided],
        RedoOrdered = "enforcement.case.RedoOrdered.v1" as OrderRedo:
            did("责令重新作出", "Ordered to be done again").to_do("登记责令重新作出", "record an order to do it again").by(COMPETENT_ORGAN)
                .fields(&[Field::new("days", "期限", "Within", Form::Days)])
                after [DecisionOverturned],
        FinePaid = "enforcement.case.FinePaid.v1" as RecordPayment:
            did("缴纳罚款", "Fine paid").to_do("缴纳罚款", "record a payment").stage(EXECUTE).by(PARTY)
                after [PenaltyDecided],
        PaymentDeclined = "enforcement.case.PaymentDeclined.v1" as DeclinePayment:
            did("当事人拒绝缴纳", "Payment declined for want of a receipt").to_do("记录当事人因无专用票据拒缴", "record that the party declined to pay for want of a receipt").stage(EXECUTE).by(PARTY)
                after [PenaltyDecided],
        ReceiptOffered = "enforcement.case.ReceiptOffered.v1" as OfferReceipt:
            did("补出专用票据", "Receipt offered").to_do("补出专用票据", "offer the receipt after all").stage(EXECUTE).by(AGENCY)
                after [PaymentDeclined],
        CashDelivered = "enforcement.case.CashDelivered.v1" as DeliverCash:
            did("现金交至机关", "Cash delivered to the agency").to_do("当场收缴款交至机关", "deliver cash to the agency").stage(EXECUTE).by(OFFICERS)
                after_first [FinePaid],
        CashBanked = "enforcement.case.CashBanked.v1" as BankCash:
            did("现金缴付银行", "Cash banked").to_do("当场收缴款缴付银行", "pay cash in at the bank").stage(EXECUTE).by(AGENCY)
                after_first [CashDelivered],
        PaymentDeferred = "enforcement.case.PaymentDeferred.v1" as DeferPayment:
            did("延期或分期缴纳", "Payment deferred").to_do("延期或者分期缴纳", "put payment off").stage(EXECUTE).by(HEAD)
                after [PenaltyDecided, DecisionServed],
        DeferralEnded = "enforcement.case.DeferralEnded.v1" as EndDeferral:
            did("终止分期缴纳", "Payment in parts ended").to_do("终止分期缴纳", "end payment in parts").stage(EXECUTE).by(HEAD)
                after [PaymentDeferred],
        SurchargeImposed = "enforcement.case.SurchargeImposed.v1" as ImposeSurcharge:
            did("加处罚款", "Surcharge imposed").to_do("加处罚款", "impose a surcharge").stage(EXECUTE).by(AGENCY)
                after [PenaltyDecided],
        AppealLodged[reference] = "enforcement.case.AppealLodged.v1" as LodgeAppeal:
            did("提起复议或诉讼", "Appeal lodged").to_do("提起复议或者诉讼", "record an appeal").stage(EXECUTE).by(PARTY)
                .fields(&[Field::new("kind", "途径", "Kind of appeal", Form::Word(AppealKind::WORDS))])
                after [PenaltyDecided],
        AppealEnded = "enforcement.case.AppealEnded.v1" as EndAppeal:
            did("复议或诉讼终结", "Appeal ended").to_do("复议或者诉讼结束", "record the end of an appeal").stage(EXECUTE).by(COMPETENT_ORGAN)
                after [AppealLodged[reference]],
        ExecutionStayed[reference] = "enforcement.case.ExecutionStayed.v1" as StayExecution:
            did("停止执行", "Execution stayed").to_do("停止执行", "record a stay of execution").stage(EXECUTE).by(COMPETENT_ORGAN)
                .fields(&[Field::new("by", "决定停止执行的机关", "Ordered by", Form::Word(StayedBy::WORDS))])
                after [AppealLodged[reference]],
        StayLifted = "enforcement.case.StayLifted.v1" as LiftStay:
            did("恢复执行", "Stay lifted").to_do("恢复执行", "record that execution goes on").stage(EXECUTE).by(COMPETENT_ORGAN)
                after [AppealLodged[reference]],
        StayRequested[reference] = "enforcement.case.StayRequested.v1" as RequestStay:
            did("申请暂缓执行拘留", "Stay of detention requested").to_do("申请暂缓执行拘留", "record a request to stay the detention").stage(EXECUTE).by(PARTY)
                after [AppealLodged[reference]],
        StayAnswered = "enforcement.case.StayAnswered.v1" as AnswerStay:
            did("答复暂缓执行申请", "Stay of detention answered").to_do("答复暂缓执行申请", "answer a request to stay the detention").stage(EXECUTE).by(HEAD)
                after [AppealLodged[reference], StayRequested[reference]],
        DemandServed = "enforcement.case.DemandServed.v1" as ServeDemand:
            did("催告", "Demand served").to_do("催告", "serve a demand").stage(EXECUTE).by(AGENCY)
                after [PenaltyDecided],
        ExecutionEnforced = "enforcement.case.ExecutionEnforced.v1" as EnforceExecution:
            did("强制执行", "Execution enforced").to_do("强制执行", "execute by the agency itself").stage(EXECUTE).by(AGENCY)
                .fields(&[Field::new("way", "执行方式", "In which way", Form::Word(ExecutionWay::WORDS))])
                after [PenaltyDecided],
        CourtApplied = "enforcement.case.CourtApplied.v1" as ApplyToCourt:
            did("申请法院强制执行", "Court applied to").to_do("申请人民法院强制执行", "apply to the court").stage(EXECUTE).by(AGENCY)
                after [PenaltyDecided],
        CourtAnswered = "enforcement.case.CourtAnswered.v1" as RecordCourtAnswer:
            did("法院裁定", "Court answered").to_do("记录人民法院答复", "record the court's answer").stage(EXECUTE).by(COURT)
                after [CourtApplied],
        PenaltyPerformed = "enforcement.case.PenaltyPerformed.v1" as RecordPerformance:
            did("履行处罚", "Penalty performed").to_do("履行处罚", "record that the penalty was performed").stage(EXECUTE).by(PARTY)
                after [PenaltyDecided],
        GoodsDisposed = "enforcement.case.GoodsDisposed.v1" as DisposeGoods:
            did("处理没收物品", "Confiscated goods disposed of").to_do("处理没收物品", "dispose of confiscated goods").stage(EXECUTE).by(AGENCY)
                after [PenaltyDecided],
        FineRefunded = "enforcement.case.FineRefunded.v1" as RefundFine:
            did("退还罚款", "Fine given back").to_do("退还罚款", "give a fine back").by(AGENCY)
                after [DecisionOverturned],
        PenaltySetOff = "enforcement.case.PenaltySetOff.v1" as SetOffPenalty:
            did("折抵刑罚", "Set off against the sentence").to_do("记录折抵刑罚", "record the set-off against a sentence").by(COURT)
                .fields(&[Field::new("fine_fen", "折抵罚金", "Set off, of the fine", Form::Money), Field::new("days", "折抵刑期", "Set off, of the term", Form::Days)])
                after [SentencePassed],
        InterferenceRecorded = "enforcement.case.InterferenceRecorded.v1" as RecordInterference:
            did("记录干预", "Interference recorded").to_do("记录干预执法", "record an interference").by(OFFICERS)
                after [CaseFiled],
        FiledUpward = "enforcement.case.FiledUpward.v1" as FileUpward:
            did("重大处罚报备", "Filed upward").to_do("重大处罚备案", "report the penalty upward").stage(DECIDE).by(AGENCY)
                after [PenaltyDecided],
        CaseClosed = "enforcement.case.CaseClosed.v1" as CloseCase:
            did("结案", "Case closed").to_do("结案", "close the case").stage(CLOSE).by(HEAD)
                .fields(&[Field::new("reason", "理由", "Reason", Form::Word(CloseReason::WORDS))])
                after [CaseFiled, PenaltyDecided, PenaltyWithheld],
        CaseArchived = "enforcement.case.CaseArchived.v1" as ArchiveCase:
            did("归档", "Case archived").to_do("归档", "archive the file").stage(ARCHIVE).by(ARCHIVIST)
                after [CaseClosed],
        StepRefused = "enforcement.case.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of a case, with the event as the caller asserts it.
    pub enum Step: super::case::Asked { DOORS = may_come: fn(&super::case::Case) -> bool };
}
law::events! {
    /// Events of one lead.
    pub enum LeadEvent {
        LeadReceived = "enforcement.lead.LeadReceived.v1" as ReceiveLead:
            did("收到线索", "Lead received").to_do("登记线索", "register a lead").stage(CHECK).by(AGENCY)
                .fields(&[Field::new("source", "来源", "Source", Form::Word(SourceKind::WORDS))]).begins(),
        LeadFiled = "enforcement.lead.LeadFiled.v1":
            did("立案", "Case filed on it").stage(FOLLOW),
        LeadDropped = "enforcement.lead.LeadDropped.v1" as DropLead:
            did("不予立案", "No case filed").to_do("不予立案", "decide to file no case").stage(CHECK).by(HEAD)
                after [LeadReceived],
        LeadConcluded = "enforcement.lead.LeadConcluded.v1":
            did("案件结果", "Its case concluded").stage(FOLLOW)
                .fields(&[Field::new("outcome", "结果", "Outcome", Form::Word(LeadOutcome::WORDS))]),
        StepRefused = "enforcement.lead.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of a lead.
    pub enum LeadStep;
}
law::events! {
    /// What was followed of other services.
    pub enum ReactionEvent {
        EventFollowed = "enforcement.reaction.EventFollowed.v1": did("联动", "Event followed"),
        ReactionRefused = "enforcement.reaction.ReactionRefused.v1": did("联动未成", "Event could not be followed"),
    }
}

impl Reacted for ReactionEvent {
    fn led(&self) -> &Led {
        match self {
            Self::EventFollowed(e) => &e.led,
            Self::ReactionRefused(e) => &e.led,
        }
    }
}

law::events! {
    /// Events of one series of document numbers: one agency, one year, one kind of document.
    pub enum SeriesEvent {
        NumberIssued = "enforcement.series.NumberIssued.v1": did("编发文号", "Number issued")
                .fields(&[Field::new("number", "序号", "Number", Plain), Field::new("text", "文号", "Document number", Plain)]),
    }
}
law::events! {
    /// Fines of one party and decisions of its that were revoked, whoever made them: what APL 29 and ARL 64 are held against. The stream is named by a digest of the
    /// party's code, so that two cases about one act meet in one version number.
    pub enum PartyEvent {
        ActFiled = "enforcement.party.ActFiled.v1": did("登记立案行为", "Act filed"),
        FineRecorded = "enforcement.party.FineRecorded.v1": did("登记罚款", "Fine recorded"),
        FineLifted = "enforcement.party.FineLifted.v1": did("罚款失效", "Fine lifted"),
        ActRevoked = "enforcement.party.ActRevoked.v1": did("登记责令重作的处罚", "Revoked act recorded")
                .fields(&[Field::new("act", "被撤销的处罚", "What was revoked", REVOKED)]),
    }
}
law::events! {
    /// What an agency orders or sets beyond a single case.
    pub enum AgencyEvent {
        TargetSet = "enforcement.agency.TargetSet.v1" as SetTarget:
            did("下达指标", "Target set").to_do("下达指标", "set a target").by(AGENCY)
                .fields(&[Field::new("measure", "衡量内容", "Measured in", Form::Word(TargetMeasure::WORDS))]).begins(),
        AreaStopOrdered = "enforcement.agency.AreaStopOrdered.v1" as OrderAreaStop:
            did("区域停产停业", "Area stop ordered").to_do("要求区域停产停业", "order a trade to stop in an area").by(AGENCY)
                .fields(&[Field::new("ground", "理由类型", "Ground", Form::Word(AreaStopGround::WORDS))]).begins(),
        StepRefused = "enforcement.agency.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of an agency.
    pub enum Order;
}
