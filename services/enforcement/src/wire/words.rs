//! The domain's closed sets of words and the API's, one for one.

use proto::enforcement::v1 as p;

use crate::domain::{case, events as d};

kernel::words! { d, p;
    Procedure { Simple Ordinary }
    PartyKind { Citizen LegalPerson OtherOrganisation }
    SourceKind { Inspection Complaint Transfer Assigned Monitoring Media }
    EvidenceKind {
        Documentary Physical AudioVisual Electronic Testimony PartyStatement ExpertOpinion SiteRecord
    }
    MeasureKind { RestrictLiberty Seal Seize Freeze Other }
    ExtensionGround { Complex Other }
    RecordStage { Start Investigation Review Decision Service Execution }
    RecordForm { Text AudioVisual }
    ServiceMethod { Direct Lien Entrusted Post Electronic Announcement Transferred }
    Taker { Party Family Representative Receptionist Agent Appointee }
    AnnounceGround { WhereaboutsUnknown OtherWaysFailed }
    ClosedGround { StateSecret TradeSecret Privacy }
    Absence { Absent Left }
    ExclusionGround { Unlawful NotGenuine DeviceRecord Irrelevant }
    ReceiptIssuer { Ministry Province Bank }
    GuardianDuty { Discipline CareAndTreatment }
    MitigatingGround { HarmUndone Coerced OwnedUp Merit ByLaw }
    NotPublicGround { StateSecret TradeSecret Privacy Minor NoConsequence }
    DisposalWay { Auction Destroyed StateRules }
    PayChannel { Bank Electronic OnSpot }
    SpotGround { UpTo100Yuan HardAfterwards RemoteAtRequest }
    DiscussionResult { Penalise Withhold Transfer InvestigateFurther }
    StatementOutcome { Accepted PartlyAccepted Rejected }
    NoPenaltyGround { SlightAndCorrected FirstAndSlight NoFault Under14 UnableToDiscern NotEstablished PastPeriod }
    CloseReason { Performed NotPunished Transferred CourtExecuted ExecutionEnded Revoked CaseWithdrawn }
    SuspensionGround { Hearing Testing ExpertOpinion Announcement Other }
    TargetMeasure {
        FineAmount PenaltyCount ConfiscatedAmount FileQuality Timeliness Publication Training Other
    }
    AppealEnding { Decided Withdrawn Settled JudgedFirst JudgedFinal }
    AppealKind { Reconsideration Litigation }
    StayedBy { Agency Organ Court Law }
    ExecutionWay { Transfer Dispose Restore Perform Other }
    AreaStopGround { LifeSafety MajorAccident NationalEvent }
}
kernel::words! { case, p;
    CaseStage { Investigating Concluded Notified Decided Served Transferred Closed Archived }
}
