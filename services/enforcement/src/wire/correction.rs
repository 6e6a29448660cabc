//! Orders to correct, and to a guardian.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    OrderCorrectionRequest => OrderCorrection(CorrectionOrdered) |r, f, s| {
        order: f.parse("order_id", &r.order_id),
        what: f.said("what", &r.what),
        by: match r.by.as_str() {
            "" => Some(None),
            day => f.last_day("by", day, s.act).map(Some),
        },
        document: f.name("document", &r.document),
    };

    CheckCorrectionRequest => CheckCorrection(CorrectionChecked) |r, f, s| {
        order: f.parse("order_id", &r.order_id),
        corrected: Some(r.corrected),
        found: f.said("found", &r.found),
        corrected_on: f.maybe_date("corrected_on", &r.corrected_on),
    };

    WaiveCorrectionRequest => WaiveCorrection(CorrectionMoot) |r, f, s| { reason: f.said("reason", &r.reason) };

    OrderGuardianRequest => OrderGuardian(GuardianOrdered) |r, f, s| {
        duty: f.word("duty", r.duty),
        guardian: f.name("guardian", &r.guardian),
        document: f.name("document", &r.document),
    };
}
