//! Steps, as refused attempts name them, and the events they would have become.

use crate::event::{Known, known};

/// Step by step: the command's name, the stored type of its event.
static STEPS: &[(&str, &str)] = &[
    ("FileCase", "enforcement.case.CaseFiled.v1"),
    ("AssignOfficers", "enforcement.case.OfficersAssigned.v1"),
    ("RequestRecusal", "enforcement.case.RecusalRequested.v1"),
    ("DecideRecusal", "enforcement.case.RecusalDecided.v1"),
    ("DisputeJurisdiction", "enforcement.case.JurisdictionDisputed.v1"),
    ("DesignateJurisdiction", "enforcement.case.JurisdictionDesignated.v1"),
    ("CollectEvidence", "enforcement.case.EvidenceCollected.v1"),
    ("ExcludeEvidence", "enforcement.case.EvidenceExcluded.v1"),
    ("PreserveEvidence", "enforcement.case.EvidencePreserved.v1"),
    ("SettlePreservation", "enforcement.case.PreservationSettled.v1"),
    ("MakeRecord", "enforcement.case.RecordMade.v1"),
    ("ConcludeInvestigation", "enforcement.case.InvestigationConcluded.v1"),
    ("ConsiderExemption", "enforcement.case.ExemptionConsidered.v1"),
    ("RequestAssistance", "enforcement.case.AssistanceRequested.v1"),
    ("AnswerAssistance", "enforcement.case.AssistanceAnswered.v1"),
    ("RecordInterference", "enforcement.case.InterferenceRecorded.v1"),
    ("SuspectCrime", "enforcement.case.CrimeSuspected.v1"),
    ("DecideTransfer", "enforcement.case.TransferDecided.v1"),
    ("TransferCase", "enforcement.case.CaseTransferred.v1"),
    ("RecordPoliceAnswer", "enforcement.case.PoliceAnswered.v1"),
    ("RecordReturn", "enforcement.case.CaseReturned.v1"),
    ("TakeMeasure", "enforcement.case.MeasureTaken.v1"),
    ("ApproveMeasure", "enforcement.case.MeasureApproved.v1"),
    ("ExtendMeasure", "enforcement.case.MeasureExtended.v1"),
    ("RecordTesting", "enforcement.case.MeasureTesting.v1"),
    ("EndMeasure", "enforcement.case.MeasureEnded.v1"),
    ("NotifyPenalty", "enforcement.case.PenaltyNotified.v1"),
    ("HearStatement", "enforcement.case.StatementHeard.v1"),
    ("WaiveStatement", "enforcement.case.StatementWaived.v1"),
    ("RequestHearing", "enforcement.case.HearingRequested.v1"),
    ("WaiveHearing", "enforcement.case.HearingWaived.v1"),
    ("NotifyHearing", "enforcement.case.HearingNotified.v1"),
    ("HoldHearing", "enforcement.case.HearingHeld.v1"),
    ("ReviewLegally", "enforcement.case.LegalReviewed.v1"),
    ("Deliberate", "enforcement.case.Deliberated.v1"),
    ("ExtendDecision", "enforcement.case.DecisionExtended.v1"),
    ("SuspendDecision", "enforcement.case.DecisionSuspended.v1"),
    ("ResumeDecision", "enforcement.case.DecisionResumed.v1"),
    ("DecidePenalty", "enforcement.case.PenaltyDecided.v1"),
    ("WithholdPenalty", "enforcement.case.PenaltyWithheld.v1"),
    ("ServeDecision", "enforcement.case.DecisionServed.v1"),
    ("ReportSpotDecision", "enforcement.case.SpotDecisionReported.v1"),
    ("PubliciseDecision", "enforcement.case.DecisionPublicised.v1"),
    ("WithdrawPublication", "enforcement.case.PublicationWithdrawn.v1"),
    ("OverturnDecision", "enforcement.case.DecisionOverturned.v1"),
    ("RecordPayment", "enforcement.case.FinePaid.v1"),
    ("DeliverCash", "enforcement.case.CashDelivered.v1"),
    ("BankCash", "enforcement.case.CashBanked.v1"),
    ("DeferPayment", "enforcement.case.PaymentDeferred.v1"),
    ("ImposeSurcharge", "enforcement.case.SurchargeImposed.v1"),
    ("LodgeAppeal", "enforcement.case.AppealLodged.v1"),
    ("EndAppeal", "enforcement.case.AppealEnded.v1"),
    ("ServeDemand", "enforcement.case.DemandServed.v1"),
    ("EnforceExecution", "enforcement.case.ExecutionEnforced.v1"),
    ("ApplyToCourt", "enforcement.case.CourtApplied.v1"),
    ("RecordCourtAnswer", "enforcement.case.CourtAnswered.v1"),
    ("RecordPerformance", "enforcement.case.PenaltyPerformed.v1"),
    ("FileUpward", "enforcement.case.FiledUpward.v1"),
    ("CloseCase", "enforcement.case.CaseClosed.v1"),
    ("ArchiveCase", "enforcement.case.CaseArchived.v1"),
    ("SetTarget", "enforcement.agency.TargetSet.v1"),
    ("OrderAreaStop", "enforcement.agency.AreaStopOrdered.v1"),
    ("RegisterRegion", "powerlist.region.RegionRegistered.v1"),
    ("RegisterAgency", "powerlist.agency.AgencyRegistered.v1"),
    ("DissolveAgency", "powerlist.agency.AgencyDissolved.v1"),
    ("RegisterOfficer", "powerlist.officer.OfficerRegistered.v1"),
    ("RecordExamination", "powerlist.officer.ExaminationPassed.v1"),
    ("IssueCertificate", "powerlist.officer.CertificateIssued.v1"),
    ("RevokeCertificate", "powerlist.officer.CertificateRevoked.v1"),
    ("RecordTraining", "powerlist.officer.TrainingRecorded.v1"),
    ("PublishCatalogueEntry", "powerlist.catalogue.CatalogueEntryPublished.v1"),
    ("DraftItem", "powerlist.item.ItemDrafted.v1"),
    ("ReviewItem", "powerlist.item.ItemReviewed.v1"),
    ("PublishItem", "powerlist.item.ItemPublished.v1"),
    ("CancelItem", "powerlist.item.ItemCancelled.v1"),
    ("ReviewItemYearly", "powerlist.item.ItemReviewedYearly.v1"),
    ("PublishStandard", "powerlist.item.StandardPublished.v1"),
    ("PublishFee", "powerlist.item.FeePublished.v1"),
];

/// The event that a step would have become.
pub(super) fn step(step: &str) -> Option<&'static Known> {
    STEPS.iter().find(|(name, _)| *name == step).and_then(|(_, kind)| known(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known_types;

    #[test]
    fn every_act_has_its_step() {
        for (name, kind) in STEPS {
            assert!(known(kind).is_some(), "{name}");
        }
        // Numbers and the book of fines are kept by the service itself: nobody asks for them.
        let own = |kind: &str| {
            kind.contains(".StepRefused.")
                || kind.starts_with("enforcement.series.")
                || kind.starts_with("enforcement.party.")
        };
        for kind in known_types().filter(|kind| !own(kind)) {
            assert!(STEPS.iter().any(|(_, of)| *of == kind), "{kind}");
        }
        assert!(step("Whatever").is_none());
    }
}
