//! What happens to an enforcement case, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.
//!
//! Every act carries `at`, its legal time, beside the record's own `time`: a later decision counts days from it
//! (five working days after the notice, fifteen days after service), and a decision sees the events only.

/// Declares events that are acts: each gets its legal time.
macro_rules! acts {
    ($($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[$fm])* pub $field: $ty,)*
            /// When the act happened (the record's `time`, here because later decisions count from it).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub at: Option<Timestamp>,
        }

        impl $name {
            /// The same, done at `at`.
            #[must_use]
            pub fn dated(mut self, at: Timestamp) -> Self {
                self.at = Some(at);
                self
            }
        })*
    };
}

mod beyond;
mod closing;
mod execution;
mod filing;
mod investigation;
mod measures;
mod notice_hearing;
mod parts;
mod review_decision;
mod service_publication;
mod transfer;
mod words;

pub use beyond::*;
pub use closing::*;
pub use execution::*;
pub use filing::*;
pub use investigation::*;
pub use measures::*;
pub use notice_hearing::*;
pub use parts::*;
pub use review_decision::*;
pub use service_publication::*;
pub use transfer::*;
pub use words::*;

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
        DecisionSuspended = "enforcement.case.DecisionSuspended.v1",
        DecisionResumed = "enforcement.case.DecisionResumed.v1",
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
law::events! {
    /// Fines of one party, whoever imposed them: what APL 29 is held against. The stream is named by a digest of the
    /// party's code, so that two cases about one act meet in one version number.
    pub enum PartyEvent {
        FineRecorded = "enforcement.party.FineRecorded.v1",
        FineLifted = "enforcement.party.FineLifted.v1",
    }
}
law::events! {
    /// What an agency orders or sets beyond a single case.
    pub enum AgencyEvent {
        TargetSet = "enforcement.agency.TargetSet.v1",
        AreaStopOrdered = "enforcement.agency.AreaStopOrdered.v1",
        StepRefused = "enforcement.agency.StepRefused.v1",
    }
}
