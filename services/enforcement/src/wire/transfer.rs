//! Suspected crime.

use super::{head, read::Read as _, sender_name, steps};

steps! {
    SuspectCrimeRequest => SuspectCrimeResponse;
    |r, f, s| SuspectCrime(CrimeSuspected {
        suspected: f.said("suspected", &r.suspected),
        reported_by: f.maybe("reported_by", &r.reported_by).map(|by| by.unwrap_or_else(|| sender_name(s.caller).to_owned())),
    });

    DecideTransferRequest => DecideTransferResponse;
    |r, f, s| DecideTransfer(TransferDecided {
        transfer: Some(r.transfer),
        decided_by: head(f, "decided_by", &r.decided_by, s),
        reason: f.said("reason", &r.reason),
    });

    TransferCaseRequest => TransferCaseResponse;
    |r, f, s| TransferCase(CaseTransferred {
        to: f.name("to", &r.to),
        document: f.name("document", &r.document),
    });

    RecordPoliceAnswerRequest => RecordPoliceAnswerResponse;
    |r, f, s| RecordPoliceAnswer(PoliceAnswered {
        filed: Some(r.filed),
        reason: f.told("reason", &r.reason),
    });

    RecordReturnRequest => RecordReturnResponse;
    |r, f, s| ReturnCase(CaseReturned {
        by: f.name("by", &r.by),
        reason: f.said("reason", &r.reason),
    });
}
