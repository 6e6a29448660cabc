//! Suspected crime.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    SuspectCrimeRequest => SuspectCrime(CrimeSuspected) |r, f, s| {
        suspected: f.said("suspected", &r.suspected),
        reported_by: f.maybe("reported_by", &r.reported_by).map(|by| by.unwrap_or_else(|| s.caller.label().to_owned())),
    };

    DecideTransferRequest => DecideTransfer(TransferDecided) |r, f, s| {
        transfer: Some(r.transfer),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        reason: f.said("reason", &r.reason),
    };

    TransferCaseRequest => TransferCase(CaseTransferred) |r, f, s| {
        to: f.name("to", &r.to),
        document: f.name("document", &r.document),
    };

    RecordPoliceAnswerRequest => RecordPoliceAnswer(PoliceAnswered) |r, f, s| {
        filed: Some(r.filed),
        reason: f.told("reason", &r.reason),
    };

    RecordReturnRequest => RecordReturn(CaseReturned) |r, f, s| {
        by: f.name("by", &r.by),
        reason: f.said("reason", &r.reason),
    };
}
