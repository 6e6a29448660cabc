//! Compulsory measures.

use super::prelude::*;

fn when(f: &mut Fields, path: &str, at: Option<&prost_types::Timestamp>) -> Option<Option<jiff::Timestamp>> {
    if at.is_none() { Some(None) } else { f.timestamp(path, at).map(Some) }
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
    };

    RecordTestingRequest => RecordTesting(MeasureTesting) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        begun: Some(r.begun),
        what: f.said("what", &r.what),
    };

    EndMeasureRequest => EndMeasure(MeasureEnded) |r, f, s| {
        measure: f.parse("measure_id", &r.measure_id),
        outcome: f.said("outcome", &r.outcome),
    };
}
