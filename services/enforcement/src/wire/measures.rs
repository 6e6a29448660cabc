//! Compulsory measures.

use kernel::Fields;

use super::{head, read::Read as _, steps};

fn when(f: &mut Fields, path: &str, at: Option<&prost_types::Timestamp>) -> Option<Option<jiff::Timestamp>> {
    if at.is_none() { Some(None) } else { f.timestamp(path, at).map(Some) }
}

steps! {
    TakeMeasureRequest => TakeMeasureResponse, MeasureTaken as e, t {
        measure_id: e.map(|e| e.measure.to_string()).unwrap_or_default(),
    };
    |r, f, s| TakeMeasure(MeasureTaken {
        measure: f.parse("measure_id", &r.measure_id),
        kind: f.word("kind", r.kind),
        item: f.parse("item_code", &r.item_code),
        item_name: Some(String::new()),
        objects: f.said("objects", &r.objects),
        officers: f.officers("officers", &r.officers),
        approved_by: f.maybe("approved_by", &r.approved_by),
        approved_at: when(f, "approved_at", r.approved_at.as_ref()),
        urgent: Some(r.urgent),
        reasons_told: Some(r.reasons_told),
        statement_heard: Some(r.statement_heard),
        party_present: Some(r.party_present),
        record_sha256: f.maybe_digest("record_sha256", &r.record_sha256),
        period: f.period("period", r.period.as_ref()),
        witness: f.maybe("witness", &r.witness),
    });

    ApproveMeasureRequest => ApproveMeasureResponse;
    |r, f, s| ApproveMeasure(MeasureApproved {
        measure: f.parse("measure_id", &r.measure_id),
        approved_by: head(f, "approved_by", &r.approved_by, s),
    });

    ExtendMeasureRequest => ExtendMeasureResponse;
    |r, f, s| ExtendMeasure(MeasureExtended {
        measure: f.parse("measure_id", &r.measure_id),
        approved_by: head(f, "approved_by", &r.approved_by, s),
        days: f.small("days", r.days),
        reason: f.told("reason", &r.reason),
    });

    RecordTestingRequest => RecordTestingResponse;
    |r, f, s| TestMeasure(MeasureTesting {
        measure: f.parse("measure_id", &r.measure_id),
        begun: Some(r.begun),
        what: f.said("what", &r.what),
    });

    EndMeasureRequest => EndMeasureResponse;
    |r, f, s| EndMeasure(MeasureEnded {
        measure: f.parse("measure_id", &r.measure_id),
        outcome: f.said("outcome", &r.outcome),
    });
}
