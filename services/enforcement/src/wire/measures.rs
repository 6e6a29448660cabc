//! Compulsory measures.

use lists::facts::ObjectKind;

use super::prelude::*;

fn when(f: &mut Fields, path: &str, at: Option<&prost_types::Timestamp>) -> Option<Option<jiff::Timestamp>> {
    if at.is_none() { Some(None) } else { f.timestamp(path, at).map(Some) }
}

fn touches(f: &mut Fields, path: &str, kinds: &[i32]) -> Option<Vec<ObjectKind>> {
    f.at_most(path, kinds, ObjectKind::ALL.len());
    let mut found: Vec<ObjectKind> = Vec::new();
    for (i, kind) in kinds.iter().take(ObjectKind::ALL.len()).enumerate() {
        let kind = f.word(&format!("{path}[{i}]"), *kind)?;
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    Some(found)
}

kernel::asks! { Cases, Step, case_id;
    TakeMeasureRequest => TakeMeasure(MeasureTaken) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        kind: f.word("kind", r.kind),
        item: f.parse("item_code", &r.item_code),
        item_name: Some(String::new()),
        objects: f.said("objects", &r.objects),
        officers: officers(f, "officers", &r.officers),
        approved_by: f.maybe("approved_by", &r.approved_by),
        official: Some(None),
        approved_at: when(f, "approved_at", r.approved_at.as_ref()),
        urgent: Some(r.urgent),
        reasons_told: Some(r.reasons_told),
        statement_heard: Some(r.statement_heard),
        party_present: Some(r.party_present),
        record_sha256: f.maybe_digest("record_sha256", &r.record_sha256),
        period: f.period("period", r.period.as_ref()),
        witness: f.maybe("witness", &r.witness),
        touches: touches(f, "touches", &r.touches),
        longest: Some(None),
        certificate_shown: Some(r.certificate_shown),
        signed: Some(r.signed),
        unsigned_note: f.maybe("unsigned_note", &r.unsigned_note),
        papers: f.maybe("papers", &r.papers),
        restraint: when(f, "family_told_at", r.family_told_at.as_ref())
            .map(|family_told_at| family_told_at.map(|at| Restraint { family_told_at: Some(at) })),
    };

    ApproveMeasureRequest => ApproveMeasure(MeasureApproved) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
    };

    ExtendMeasureRequest => ExtendMeasure(MeasureExtended) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        days: f.small("days", r.days),
        reason: f.told("reason", &r.reason),
        hours: f.small("hours", r.hours),
        ground: f.maybe_word("ground", r.ground),
    };

    RecordTestingRequest => RecordTesting(MeasureTesting) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        begun: Some(r.begun),
        what: f.said("what", &r.what),
        until: f.maybe_date("until", &r.until),
        notice: f.maybe("notice", &r.notice),
    };

    EndMeasureRequest => EndMeasure(MeasureEnded) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        outcome: f.said("outcome", &r.outcome),
        family_told_at: when(f, "family_told_at", r.family_told_at.as_ref()),
    };
}
