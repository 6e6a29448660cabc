//! The domain's closed sets of words and the API's, one for one.

use proto::enforcement::v1 as p;

use crate::domain::events as d;

/// A word of the domain with its counterpart in the API.
pub(crate) trait Word: Copy + Sized {
    /// The counterpart.
    type Wire: TryFrom<i32> + Into<i32>;
    /// In the API's words.
    fn wire(self) -> Self::Wire;
    /// From the API's words; `None` when unspecified.
    fn from_wire(wire: Self::Wire) -> Option<Self>;
    /// As a field holds it.
    fn number(self) -> i32 {
        self.wire().into()
    }
}

macro_rules! words {
    ($($name:ident { $($variant:ident)* })*) => {$(
        impl Word for d::$name {
            type Wire = p::$name;
            fn wire(self) -> p::$name {
                match self { $(Self::$variant => p::$name::$variant,)* }
            }
            fn from_wire(wire: p::$name) -> Option<Self> {
                match wire {
                    p::$name::Unspecified => None,
                    $(p::$name::$variant => Some(Self::$variant),)*
                }
            }
        }
    )*};
}

words! {
    Procedure { Simple Ordinary }
    PartyKind { Citizen LegalPerson OtherOrganisation }
    SourceKind { Inspection Complaint Transfer Assigned Monitoring Media }
    EvidenceKind {
        Documentary Physical AudioVisual Electronic Testimony PartyStatement ExpertOpinion SiteRecord
    }
    PenaltyKind {
        Warning PublicCriticism Fine ConfiscateGains ConfiscateGoods SuspendLicence LowerQualification RevokeLicence
        RestrictBusiness SuspendProduction CloseDown BarFromTrade Detention Other
    }
    MeasureKind { RestrictLiberty Seal Seize Freeze Other }
    RecordStage { Start Investigation Review Decision Service Execution }
    RecordForm { Text AudioVisual }
    ServiceMethod { Direct Lien Entrusted Post Electronic Announcement }
    PayChannel { Bank Electronic OnSpot }
    SpotGround { UpTo100Yuan HardAfterwards RemoteAtRequest }
    StatementOutcome { Accepted PartlyAccepted Rejected }
    NoPenaltyGround { SlightAndCorrected FirstAndSlight NoFault Under14 UnableToDiscern NotEstablished PastPeriod }
    CloseReason { Performed NotPunished Transferred CourtExecuted ExecutionEnded Revoked CaseWithdrawn }
    SuspensionGround { Hearing Testing ExpertOpinion Announcement Other }
    TargetMeasure {
        FineAmount PenaltyCount ConfiscatedAmount FileQuality Timeliness Publication Training Other
    }
    AreaStopGround { LifeSafety MajorAccident NationalEvent }
}
