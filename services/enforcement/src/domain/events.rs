//! What happens to an enforcement case, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.

use jiff::{Timestamp, civil::Date};
use law::{
    check::Breach,
    id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc},
    period::Period,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! data {
    ($($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* })*
    };
}
macro_rules! words {
    ($($(#[$m:meta])* enum $name:ident { $($(#[$vm:meta])* $variant:ident),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vm])* $variant,)* })*
    };
}

words! {
    /// 简易程序 or 普通程序 (APL 51, 54).
    enum Procedure { /** On the spot (APL 51). */ Simple, /** Ordinary (APL 54). */ Ordinary }
    /// Who the act addresses.
    enum PartyKind { /** 公民. */ Citizen, /** 法人. */ LegalPerson, /** 其他组织. */ OtherOrganisation }
    /// Where the case came from.
    enum SourceKind { /** Own inspection. */ Inspection, /** A complaint or report. */ Complaint, /** Passed on by another body. */ Transfer, /** Assigned from above. */ Assigned, /** Monitoring or sampling. */ Monitoring, /** Media. */ Media }
    /// The eight kinds of evidence (APL 46).
    enum EvidenceKind { /** 书证. */ Documentary, /** 物证. */ Physical, /** 视听资料. */ AudioVisual, /** 电子数据. */ Electronic, /** 证人证言. */ Testimony, /** 当事人的陈述. */ PartyStatement, /** 鉴定意见. */ ExpertOpinion, /** 勘验笔录、现场笔录. */ SiteRecord }
    /// 处罚种类 (APL 9); the same words as in the power list.
    enum PenaltyKind { /** 警告. */ Warning, /** 通报批评. */ PublicCriticism, /** 罚款. */ Fine, /** 没收违法所得. */ ConfiscateGains, /** 没收非法财物. */ ConfiscateGoods, /** 暂扣许可证件. */ SuspendLicence, /** 降低资质等级. */ LowerQualification, /** 吊销许可证件. */ RevokeLicence, /** 限制开展生产经营活动. */ RestrictBusiness, /** 责令停产停业. */ SuspendProduction, /** 责令关闭. */ CloseDown, /** 限制从业. */ BarFromTrade, /** 行政拘留. */ Detention, /** Other, by law. */ Other }
    /// 强制措施 (ACL 9).
    enum MeasureKind { /** 限制公民人身自由. */ RestrictLiberty, /** 查封场所、设施或者财物. */ Seal, /** 扣押财物. */ Seize, /** 冻结存款、汇款. */ Freeze, /** 其他. */ Other }
    /// The stages that must each leave a record (APL 47, TSI).
    enum RecordStage { /** 启动. */ Start, /** 调查取证. */ Investigation, /** 审核. */ Review, /** 决定. */ Decision, /** 送达. */ Service, /** 执行. */ Execution }
    /// Form of a record.
    enum RecordForm { /** 文字. */ Text, /** 音像. */ AudioVisual }
    /// How a document reached the party.
    enum ServiceMethod { /** 直接送达. */ Direct, /** 留置送达. */ Lien, /** 委托送达. */ Entrusted, /** 邮寄送达. */ Post, /** 电子送达: only by written consent. */ Electronic, /** 公告送达. */ Announcement }
    /// How a fine was paid.
    enum PayChannel { /** To the bank. */ Bank, /** Electronic payment to the treasury. */ Electronic, /** Collected on the spot by an officer. */ OnSpot }
    /// Why cash may be taken on the spot (APL 68, 69).
    enum SpotGround { /** Fine of at most 100 yuan. */ UpTo100Yuan, /** Hard to execute afterwards. */ HardAfterwards, /** Remote place, and the party asks for it. */ RemoteAtRequest }
    /// How the party answered the notice.
    enum StatementOutcome { /** Accepted. */ Accepted, /** Accepted in part. */ PartlyAccepted, /** Not accepted, with reasons. */ Rejected }
    /// The four ways a case is decided (APL 57).
    enum NoPenaltyGround { /** 轻微并及时改正, 未造成危害后果 (APL 33). */ SlightAndCorrected, /** 初次违法且后果轻微并及时改正 (APL 33). */ FirstAndSlight, /** No subjective fault (APL 33). */ NoFault, /** Under 14 (APL 30). */ Under14, /** Unable to discern (APL 31). */ UnableToDiscern, /** Facts not established (APL 57). */ NotEstablished, /** Past the period (APL 36). */ PastPeriod }
    /// Why a case ends.
    enum CloseReason { /** Penalty performed. */ Performed, /** Not punished. */ NotPunished, /** Transferred to the police. */ Transferred, /** Court executed it. */ CourtExecuted, /** Execution ended: nothing left to execute (ACL 40). */ ExecutionEnded, /** Decision revoked. */ Revoked, /** Withdrawn. */ CaseWithdrawn }
}

data! {
    /// Who the act addresses. A citizen's full name and id number never enter the record.
    struct Party {
        kind: PartyKind,
        /** Organisation: its name. Citizen: the name masked, e.g. 王**. */ name: String,
        /** Organisations. */ #[serde(default, skip_serializing_if = "Option::is_none")] uscc: Option<Uscc>,
        /** Citizens: keyed digest (HMAC-SHA-256, hex) of the id number. */ #[serde(default, skip_serializing_if = "Option::is_none")] id_digest: Option<String>,
        /** Citizens: age on the day of the violation, when under 18. */ #[serde(default, skip_serializing_if = "Option::is_none")] minor_age: Option<u8>,
        /** Could not discern or control the act (APL 31). */ #[serde(default)] unable_to_discern: bool,
    }
    /// The act that is held against the party.
    struct Violation {
        /** What was done, in a sentence. */ fact: String,
        /** Where (APL 22). */ region: RegionCode,
        /** Address. */ place: String,
        /** First day. */ from: Date,
        /** Last day, the act having ended; absent while it goes on. */ #[serde(default, skip_serializing_if = "Option::is_none")] until: Option<Date>,
        /** Life and health, finance, with harm: 5 years (APL 36). */ #[serde(default)] grave: bool,
        /** The day it was discovered. */ discovered: Date,
    }
    /// An officer as he acted: what the list said of him that day.
    struct ActingOfficer { officer: OfficerCode, name: String, certificate: String }
    /// One penalty intended or decided.
    struct Penalty {
        kind: PenaltyKind,
        /** Fines and confiscated gains, in fen. */ #[serde(default, skip_serializing_if = "Option::is_none")] amount_fen: Option<i64>,
        /** Detention and suspension, in days. */ #[serde(default, skip_serializing_if = "Option::is_none")] days: Option<u16>,
        /** In words: what is confiscated, which licence. */ #[serde(default, skip_serializing_if = "Option::is_none")] what: Option<String>,
    }
    /// A base amount by which a fine is measured.
    struct BaseAmount { /** 货值金额, 违法所得… */ of: String, amount_fen: i64 }

    /// The case was filed.
    struct CaseFiled {
        case: Uuid, /** 立案号: agency, year, number without holes. */ filing_number: String, procedure: Procedure,
        agency: Uscc, agency_name: String, region: RegionCode, item: ItemCode, item_name: String, item_version: u32, base_code: BaseCode, field: String,
        party: Party, violation: Violation, source: SourceKind,
        /** Reference at the source: complaint, inspection, plan. */ #[serde(default, skip_serializing_if = "Option::is_none")] source_reference: Option<String>,
        /** Who approved the filing. */ approved_by: String, officers: Vec<ActingOfficer>,
    }
    /// The officers in charge changed.
    struct OfficersAssigned { officers: Vec<ActingOfficer>, reason: String }
    /// Somebody says an officer has a stake (APL 43).
    struct RecusalRequested { officer: OfficerCode, by: String, reason: String }
    /// The head decided on it.
    struct RecusalDecided { officer: OfficerCode, recused: bool, decided_by: String, reason: String }
    /// Evidence was gathered.
    struct EvidenceCollected {
        evidence: Uuid, kind: EvidenceKind, title: String, /** Where it comes from. */ source: String, officers: Vec<ActingOfficer>,
        /** SHA-256 of the bytes, hex. */ sha256: String, media_type: String, size_bytes: u64,
        /** Gathered by an automatic device (APL 41). */ #[serde(default, skip_serializing_if = "Option::is_none")] device: Option<Device>,
    }
    /// An automatic device and its two reviews (APL 41).
    struct Device { device: String, legal_review: Option<String>, technical_review: Option<String>, /** Place published. */ published: bool }
    /// Evidence was excluded.
    struct EvidenceExcluded { evidence: Uuid, reason: String }
    /// 先行登记保存 (APL 56).
    struct EvidencePreserved { preservation: Uuid, objects: String, approved_by: String, officers: Vec<ActingOfficer> }
    /// It was settled.
    struct PreservationSettled { preservation: Uuid, outcome: String }
    /// A compulsory measure was taken (ACL 18, 19).
    struct MeasureTaken {
        measure: Uuid, kind: MeasureKind, item: ItemCode, item_name: String, objects: String, officers: Vec<ActingOfficer>, approved_by: Option<String>, approved_at: Option<Timestamp>,
        urgent: bool, reasons_told: bool, statement_heard: bool, party_present: bool, /** 现场笔录, SHA-256. */ record_sha256: Option<String>, period: Period,
    }
    /// Urgent measure approved afterwards (ACL 19).
    struct MeasureApproved { measure: Uuid, approved_by: String }
    /// The measure was extended, at most 30 days (ACL 25).
    struct MeasureExtended { measure: Uuid, approved_by: String, days: u16, reason: String }
    /// Testing began or ended; that time does not count (ACL 25).
    struct MeasureTesting { measure: Uuid, /** begun or ended. */ begun: bool, what: String }
    /// Released, or merged into a decision (ACL 27, 28).
    struct MeasureEnded { measure: Uuid, outcome: String }
    /// A stage left its record (APL 47).
    struct RecordMade { stage: RecordStage, form: RecordForm, title: String, sha256: String, media_type: String, size_bytes: u64 }
    /// The investigation was concluded with a proposal.
    struct InvestigationConcluded { facts: String, /** Tier of the standard. */ tier: Option<String>, bases: Vec<BaseAmount>, proposal: Vec<Penalty>, reasons: String, complex: bool, /** 涉及重大公共利益. */ public_interest: bool }
    /// Exempt list consulted (APL 33).
    struct ExemptionConsidered { applies: bool, reason: String }
    /// A crime is suspected (CTR 5).
    struct CrimeSuspected { suspected: String, reported_by: String }
    /// The head decided on the transfer (CTR 5).
    struct TransferDecided { transfer: bool, decided_by: String, reason: String }
    /// The case went to the police (CTR 5, 6).
    struct CaseTransferred { to: String, document: String }
    /// The police answered (CTR 8).
    struct PoliceAnswered { filed: bool, reason: String }
    /// The police or procuratorate returned it for an administrative penalty (APL 27).
    struct CaseReturned { by: String, reason: String }
    /// Help was asked (APL 26).
    struct AssistanceRequested { request: Uuid, of: String, what: String }
    /// And answered.
    struct AssistanceAnswered { request: Uuid, given: bool, answer: String }
    /// Two bodies claim the case (APL 25).
    struct JurisdictionDisputed { with: String, reason: String }
    /// The common superior designated one.
    struct JurisdictionDesignated { designated: Uscc, by: String, document: String }
    /// The party was told (APL 44, 62, 63).
    struct PenaltyNotified { facts: String, reasons: String, bases: Vec<String>, penalties: Vec<Penalty>, statement_right_told: bool, hearing_right_told: bool, hearing_required: bool, method: ServiceMethod }
    /// Statement and defence were heard (APL 45).
    struct StatementHeard { content: String, outcome: StatementOutcome, reasons: String }
    /// Plainly waived.
    struct StatementWaived { how: String }
    /// A hearing was asked for (APL 64).
    struct HearingRequested { in_time: bool }
    /// The hearing right was plainly waived, or the period passed without a request.
    struct HearingWaived { how: String }
    /// Time and place were told (APL 64).
    struct HearingNotified { hearing_at: Timestamp, place: String, host: OfficerCode, public: bool }
    /// The hearing was held.
    struct HearingHeld { host: OfficerCode, /** 笔录, SHA-256. */ record_sha256: String, signed: bool, opinion: String }
    /// Legal review (APL 58).
    struct LegalReviewed { reviewer: OfficerCode, reviewer_name: String, passed: bool, opinion: String }
    /// The heads discussed it (APL 57).
    struct Deliberated { members: Vec<String>, conclusion: String, dissent: Vec<String>, minutes_sha256: String }
    /// The period to decide was extended (APL 60), where law or rule allows.
    struct DecisionExtended { period: Period, approved_by: String, basis: String }
    /// The penalty was decided (APL 57, 59), in the simple procedure on the spot (APL 51, 52).
    struct PenaltyDecided {
        /** 文号. */ number: String, penalties: Vec<Penalty>, /** Sum of the fines. */ fine_fen: i64, tier: Option<String>, departure: Option<String>,
        facts: String, evidence: Vec<Uuid>, bases: Vec<String>, performance: String, appeal: String, decided_by: String, major: bool,
        /** Last day to pay, for fines. */ #[serde(default, skip_serializing_if = "Option::is_none")] pay_by: Option<Date>,
    }
    /// 不予处罚.
    struct PenaltyWithheld { number: String, ground: NoPenaltyGround, reason: String, education: String, decided_by: String }
    /// The decision reached the party (APL 61).
    struct DecisionServed { method: ServiceMethod, receipt: String, consent: Option<String> }
    /// The simple-procedure decision was reported to the agency (APL 52).
    struct SpotDecisionReported { to: String }
    /// The decision was put on the web (APL 48).
    struct DecisionPublicised { url: String }
    /// It was withdrawn from the web, with reasons (APL 48).
    struct PublicationWithdrawn { reason: String }
    /// The decision was revoked, changed, found unlawful or void.
    struct DecisionOverturned { outcome: String, by: String, document: String }
    /// Money came in.
    struct FinePaid { amount_fen: i64, surcharge_fen: i64, channel: PayChannel, collector: Option<OfficerCode>, spot_ground: Option<SpotGround>, receipt: String }
    /// Cash reached the agency (APL 71).
    struct CashDelivered { amount_fen: i64 }
    /// Cash reached the bank (APL 71).
    struct CashBanked { amount_fen: i64, receipt: String }
    /// Payment was put off or split (APL 66).
    struct PaymentDeferred { until: Date, instalments: u16, approved_by: String }
    /// A surcharge was imposed (APL 72).
    struct SurchargeImposed { days: u16, amount_fen: i64, /** All surcharges so far. */ total_fen: i64 }
    /// An appeal was lodged; its outcome.
    struct AppealLodged { kind: String, reference: String }
    /// The appeal is over.
    struct AppealEnded { reference: String, outcome: String }
    /// A written demand was served (ACL 35, 54).
    struct DemandServed { text: String, method: ServiceMethod }
    /// Execution by the agency itself, where a law gives it the power (ACL 13).
    struct ExecutionEnforced { what: String, item: ItemCode, decided_by: String }
    /// The court was applied to (ACL 53).
    struct CourtApplied { court: String, document: String }
    /// The court answered.
    struct CourtAnswered { accepted: bool, outcome: String }
    /// What was not money was performed.
    struct PenaltyPerformed { what: String }
    /// An official's interference (BT 21).
    struct InterferenceRecorded { who: String, what: String, reported_to: String }
    /// A major penalty was reported upward (BT 26).
    struct FiledUpward { to: String, document: String }
    /// The case ended.
    struct CaseClosed { reason: CloseReason, approved_by: String }
    /// The file was archived.
    struct CaseArchived { archive_number: String, volumes: u16, pages: u16, /** SHA-256 of the file's list of contents. */ contents_sha256: String }
    /// An attempt that the law refused.
    struct StepRefused { /** The command. */ step: String, breaches: Vec<Breach>, /** What was tried, in a sentence. */ summary: String, agency: Uscc, region: RegionCode }

    /// A document number was given out.
    struct NumberIssued { number: u32, text: String, case: Uuid }
}

law::events! {
    /// Events of one case.
    pub enum CaseEvent {
        CaseFiled = "enforcement.case.CaseFiled.v1",
        OfficersAssigned = "enforcement.case.OfficersAssigned.v1",
        RecusalRequested = "enforcement.case.RecusalRequested.v1",
        RecusalDecided = "enforcement.case.RecusalDecided.v1",
        EvidenceCollected = "enforcement.case.EvidenceCollected.v1",
        EvidenceExcluded = "enforcement.case.EvidenceExcluded.v1",
        EvidencePreserved = "enforcement.case.EvidencePreserved.v1",
        PreservationSettled = "enforcement.case.PreservationSettled.v1",
        MeasureTaken = "enforcement.case.MeasureTaken.v1",
        MeasureApproved = "enforcement.case.MeasureApproved.v1",
        MeasureExtended = "enforcement.case.MeasureExtended.v1",
        MeasureTesting = "enforcement.case.MeasureTesting.v1",
        MeasureEnded = "enforcement.case.MeasureEnded.v1",
        RecordMade = "enforcement.case.RecordMade.v1",
        InvestigationConcluded = "enforcement.case.InvestigationConcluded.v1",
        ExemptionConsidered = "enforcement.case.ExemptionConsidered.v1",
        CrimeSuspected = "enforcement.case.CrimeSuspected.v1",
        TransferDecided = "enforcement.case.TransferDecided.v1",
        CaseTransferred = "enforcement.case.CaseTransferred.v1",
        PoliceAnswered = "enforcement.case.PoliceAnswered.v1",
        CaseReturned = "enforcement.case.CaseReturned.v1",
        AssistanceRequested = "enforcement.case.AssistanceRequested.v1",
        AssistanceAnswered = "enforcement.case.AssistanceAnswered.v1",
        JurisdictionDisputed = "enforcement.case.JurisdictionDisputed.v1",
        JurisdictionDesignated = "enforcement.case.JurisdictionDesignated.v1",
        PenaltyNotified = "enforcement.case.PenaltyNotified.v1",
        StatementHeard = "enforcement.case.StatementHeard.v1",
        StatementWaived = "enforcement.case.StatementWaived.v1",
        HearingRequested = "enforcement.case.HearingRequested.v1",
        HearingWaived = "enforcement.case.HearingWaived.v1",
        HearingNotified = "enforcement.case.HearingNotified.v1",
        HearingHeld = "enforcement.case.HearingHeld.v1",
        LegalReviewed = "enforcement.case.LegalReviewed.v1",
        Deliberated = "enforcement.case.Deliberated.v1",
        DecisionExtended = "enforcement.case.DecisionExtended.v1",
        PenaltyDecided = "enforcement.case.PenaltyDecided.v1",
        PenaltyWithheld = "enforcement.case.PenaltyWithheld.v1",
        DecisionServed = "enforcement.case.DecisionServed.v1",
        SpotDecisionReported = "enforcement.case.SpotDecisionReported.v1",
        DecisionPublicised = "enforcement.case.DecisionPublicised.v1",
        PublicationWithdrawn = "enforcement.case.PublicationWithdrawn.v1",
        DecisionOverturned = "enforcement.case.DecisionOverturned.v1",
        FinePaid = "enforcement.case.FinePaid.v1",
        CashDelivered = "enforcement.case.CashDelivered.v1",
        CashBanked = "enforcement.case.CashBanked.v1",
        PaymentDeferred = "enforcement.case.PaymentDeferred.v1",
        SurchargeImposed = "enforcement.case.SurchargeImposed.v1",
        AppealLodged = "enforcement.case.AppealLodged.v1",
        AppealEnded = "enforcement.case.AppealEnded.v1",
        DemandServed = "enforcement.case.DemandServed.v1",
        ExecutionEnforced = "enforcement.case.ExecutionEnforced.v1",
        CourtApplied = "enforcement.case.CourtApplied.v1",
        CourtAnswered = "enforcement.case.CourtAnswered.v1",
        PenaltyPerformed = "enforcement.case.PenaltyPerformed.v1",
        InterferenceRecorded = "enforcement.case.InterferenceRecorded.v1",
        FiledUpward = "enforcement.case.FiledUpward.v1",
        CaseClosed = "enforcement.case.CaseClosed.v1",
        CaseArchived = "enforcement.case.CaseArchived.v1",
        StepRefused = "enforcement.case.StepRefused.v1",
    }
}
law::events! {
    /// Events of one series of document numbers: one agency, one year, one kind of document.
    pub enum SeriesEvent { NumberIssued = "enforcement.series.NumberIssued.v1" }
}
