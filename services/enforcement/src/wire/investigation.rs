//! Evidence, records, the end of the investigation, assistance, interference.

use super::{head, read::Read as _, steps};

steps! {
    CollectEvidenceRequest => CollectEvidenceResponse, EvidenceCollected as e, t {
        evidence_id: e.map(|e| e.evidence.to_string()).unwrap_or_default(),
    };
    |r, f, s| CollectEvidence(EvidenceCollected {
        evidence: f.parse("evidence_id", &r.evidence_id),
        kind: f.word("kind", r.kind),
        title: f.name("title", &r.title),
        source: f.told("source", &r.source),
        officers: f.officers("officers", &r.officers),
        sha256: f.object("object", r.object.as_ref()).map(|(sha256, _, _)| sha256),
        media_type: Some(r.object.as_ref().map(|o| o.media_type.to_ascii_lowercase()).unwrap_or_default()),
        size_bytes: Some(r.object.as_ref().map_or(0, |o| o.size_bytes)),
        device: f.device("device", r.device.as_ref()),
    });

    ExcludeEvidenceRequest => ExcludeEvidenceResponse;
    |r, f, s| ExcludeEvidence(EvidenceExcluded {
        evidence: f.parse("evidence_id", &r.evidence_id),
        reason: f.said("reason", &r.reason),
    });

    PreserveEvidenceRequest => PreserveEvidenceResponse, EvidencePreserved as e, t {
        preservation_id: e.map(|e| e.preservation.to_string()).unwrap_or_default(),
    };
    |r, f, s| PreserveEvidence(EvidencePreserved {
        preservation: f.parse("preservation_id", &r.preservation_id),
        objects: f.said("objects", &r.objects),
        approved_by: head(f, "approved_by", &r.approved_by, s),
        officers: f.officers("officers", &r.officers),
    });

    SettlePreservationRequest => SettlePreservationResponse;
    |r, f, s| SettlePreservation(PreservationSettled {
        preservation: f.parse("preservation_id", &r.preservation_id),
        outcome: f.said("outcome", &r.outcome),
    });

    MakeRecordRequest => MakeRecordResponse;
    |r, f, s| MakeRecord(RecordMade {
        stage: f.word("stage", r.stage),
        form: f.word("form", r.form),
        title: f.told("title", &r.title),
        sha256: f.object("object", r.object.as_ref()).map(|(sha256, _, _)| sha256),
        media_type: Some(r.object.as_ref().map(|o| o.media_type.to_ascii_lowercase()).unwrap_or_default()),
        size_bytes: Some(r.object.as_ref().map_or(0, |o| o.size_bytes)),
    });

    ConcludeInvestigationRequest => ConcludeInvestigationResponse;
    |r, f, s| ConcludeInvestigation(InvestigationConcluded {
        facts: f.said("facts", &r.facts),
        tier: f.maybe("tier", &r.tier),
        bases: f.bases("bases", &r.bases),
        proposal: f.penalties("proposal", &r.proposal),
        reasons: f.told("reasons", &r.reasons),
        complex: Some(r.complex),
        public_interest: Some(r.public_interest),
    });

    ConsiderExemptionRequest => ConsiderExemptionResponse;
    |r, f, s| ConsiderExemption(ExemptionConsidered {
        applies: Some(r.applies),
        reason: f.said("reason", &r.reason),
    });

    RequestAssistanceRequest => RequestAssistanceResponse, AssistanceRequested as e, t {
        request_id: e.map(|e| e.request.to_string()).unwrap_or_default(),
    };
    |r, f, s| RequestAssistance(AssistanceRequested {
        request: f.parse("request_id", &r.request_id),
        of: f.name("of", &r.of),
        what: f.said("what", &r.what),
    });

    AnswerAssistanceRequest => AnswerAssistanceResponse;
    |r, f, s| AnswerAssistance(AssistanceAnswered {
        request: f.parse("request_id", &r.request_id),
        given: Some(r.given),
        answer: f.said("answer", &r.answer),
    });

    RecordInterferenceRequest => RecordInterferenceResponse;
    |r, f, s| RecordInterference(InterferenceRecorded {
        who: f.name("who", &r.who),
        what: f.said("what", &r.what),
        reported_to: f.told("reported_to", &r.reported_to),
    });
}
