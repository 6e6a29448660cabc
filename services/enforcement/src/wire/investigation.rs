//! Evidence, records, the end of the investigation, assistance, interference.

use super::prelude::*;

/// Most other items that one act breaks.
const ALSO_BREAKS_MAX: usize = 20;

/// Most entries that are looked at in a case.
const ENTRIES_MAX: usize = 64;

/// Entries of the exempt list by what they are known by; what they are called, the list says.
fn entries(f: &mut Fields, path: &str, given: &[String]) -> Option<Vec<ConsideredEntry>> {
    f.at_most(path, given, ENTRIES_MAX);
    let mut found: Vec<ConsideredEntry> = Vec::new();
    for (at, entry) in given.iter().take(ENTRIES_MAX).enumerate() {
        let path = format!("{path}[{at}]");
        let entry = f.parse(&path, entry)?;
        if found.iter().any(|before| before.entry == entry) {
            f.fault(&path, "comes twice");
        }
        found.push(ConsideredEntry { entry, name: String::new(), version: 0 });
    }
    Some(found)
}

kernel::asks! { Cases, Step, case_id;
    CollectEvidenceRequest => CollectEvidence(EvidenceCollected) |r, f, s| {
        evidence: f.parse("evidence_id", &r.evidence_id),
        kind: f.word("kind", r.kind),
        title: f.name("title", &r.title),
        source: f.told("source", &r.source),
        officers: officers(f, "officers", &r.officers),
        sha256: f.object("object", r.object.as_ref()).map(|(sha256, _, _)| sha256),
        media_type: Some(r.object.as_ref().map(|o| o.media_type.to_ascii_lowercase()).unwrap_or_default()),
        size_bytes: Some(r.object.as_ref().map_or(0, |o| o.size_bytes)),
        device: device(f, "device", r.device.as_ref()),
        certificate_shown: Some(r.certificate_shown),
    };

    VerifyEvidenceRequest => VerifyEvidence(EvidenceVerified) |r, f, s| {
        evidence: f.parse("evidence_id", &r.evidence_id),
        genuine: Some(r.genuine),
        how: f.said("how", &r.how),
    };

    TakeSampleRequest => TakeSample(SampleTaken) |r, f, s| {
        sample: f.parse("sample_id", &r.sample_id),
        objects: f.said("objects", &r.objects),
        quantity: f.told("quantity", &r.quantity),
        officers: officers(f, "officers", &r.officers),
        record_sha256: f.digest("record_sha256", &r.record_sha256),
        receipt: f.told("receipt", &r.receipt),
        party_present: Some(r.party_present),
    };

    RecordObstructionRequest => RecordObstruction(ObstructionRecorded) |r, f, s| {
        who: f.name("who", &r.who),
        what: f.said("what", &r.what),
    };

    InvokeEmergencyRequest => InvokeEmergency(EmergencyInvoked) |r, f, s| {
        emergency: f.told("emergency", &r.emergency),
        declared_by: f.told("declared_by", &r.declared_by),
        document: f.told("document", &r.document),
        from: f.date("from", &r.from),
        until: match r.until.as_str() {
            "" => Some(None),
            day => f.until("until", day, &r.from).map(Some),
        },
        broken: f.told("broken", &r.broken),
        basis: f.told("basis", &r.basis),
    };

    ExcludeEvidenceRequest => ExcludeEvidence(EvidenceExcluded) |r, f, s| {
        evidence: f.parse("evidence_id", &r.evidence_id),
        reason: f.said("reason", &r.reason),
        ground: f.maybe_word("ground", r.ground),
    };

    PreserveEvidenceRequest => PreserveEvidence(EvidencePreserved) |r, f, s| {
        preservation: f.parse("preservation_id", &r.preservation_id),
        objects: f.said("objects", &r.objects),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        officers: officers(f, "officers", &r.officers),
    };

    SettlePreservationRequest => SettlePreservation(PreservationSettled) |r, f, s| {
        preservation: f.parse("preservation_id", &r.preservation_id),
        outcome: f.said("outcome", &r.outcome),
    };

    MakeRecordRequest => MakeRecord(RecordMade) |r, f, s| {
        stage: f.word("stage", r.stage),
        form: f.word("form", r.form),
        title: f.told("title", &r.title),
        sha256: f.object("object", r.object.as_ref()).map(|(sha256, _, _)| sha256),
        media_type: Some(r.object.as_ref().map(|o| o.media_type.to_ascii_lowercase()).unwrap_or_default()),
        size_bytes: Some(r.object.as_ref().map_or(0, |o| o.size_bytes)),
    };

    ConcludeInvestigationRequest => ConcludeInvestigation(InvestigationConcluded) |r, f, s| {
        facts: f.said("facts", &r.facts),
        tier: f.maybe("tier", &r.tier),
        bases: bases(f, "bases", &r.bases),
        proposal: penalties(f, "proposal", &r.proposal),
        reasons: f.told("reasons", &r.reasons),
        complex: Some(r.complex),
        public_interest: Some(r.public_interest),
        findings: findings(f, "findings", r.findings.as_ref()),
        mitigating: mitigating(f, "mitigating", &r.mitigating),
        also_breaks: {
            f.at_most("also_breaks", &r.also_breaks, ALSO_BREAKS_MAX);
            f.ids("also_breaks", &r.also_breaks)
        },
    };

    ConsiderExemptionRequest => ConsiderExemption(ExemptionConsidered) |r, f, s| {
        applies: Some(r.applies),
        reason: f.said("reason", &r.reason),
        entries: entries(f, "entries", &r.entries),
    };

    RequestAssistanceRequest => RequestAssistance(AssistanceRequested) |r, f, s| {
        request: f.parse("request_id", &r.request_id),
        of: f.name("of", &r.of),
        what: f.said("what", &r.what),
    };

    AnswerAssistanceRequest => AnswerAssistance(AssistanceAnswered) |r, f, s| {
        request: f.parse("request_id", &r.request_id),
        given: Some(r.given),
        answer: f.said("answer", &r.answer),
    };

    RecordInterferenceRequest => RecordInterference(InterferenceRecorded) |r, f, s| {
        who: f.name("who", &r.who),
        what: f.said("what", &r.what),
        reported_to: f.told("reported_to", &r.reported_to),
    };
}
