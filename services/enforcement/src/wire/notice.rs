//! Notice, statement, hearing.

use super::{read::Read as _, steps};

steps! {
    NotifyPenaltyRequest => NotifyPenaltyResponse, PenaltyNotified as e, t {
        hearing_required: e.is_some_and(|e| e.hearing_required),
    };
    |r, f, s| NotifyPenalty(PenaltyNotified {
        facts: f.told("facts", &r.facts),
        reasons: f.told("reasons", &r.reasons),
        bases: f.texts("bases", &r.bases),
        penalties: f.penalties("penalties", &r.penalties),
        statement_right_told: Some(r.statement_right_told),
        hearing_right_told: Some(r.hearing_right_told),
        hearing_required: Some(false),
        method: f.word("method", r.method),
        consent: f.maybe("consent", &r.consent),
        new_facts: f.maybe("new_facts", &r.new_facts),
    });

    HearStatementRequest => HearStatementResponse;
    |r, f, s| HearStatement(StatementHeard {
        content: f.said("content", &r.content),
        outcome: f.word("outcome", r.outcome),
        reasons: f.said("reasons", &r.reasons),
    });

    WaiveStatementRequest => WaiveStatementResponse;
    |r, f, s| WaiveStatement(StatementWaived { how: f.said("how", &r.how) });

    RequestHearingRequest => RequestHearingResponse, HearingRequested as e, t {
        in_time: e.is_some_and(|e| e.in_time),
    };
    |r, f, s| RequestHearing(HearingRequested { in_time: Some(false) });

    WaiveHearingRequest => WaiveHearingResponse;
    |r, f, s| WaiveHearing(HearingWaived { how: f.said("how", &r.how) });

    NotifyHearingRequest => NotifyHearingResponse;
    |r, f, s| NotifyHearing(HearingNotified {
        hearing_at: f.timestamp("hearing_at", r.hearing_at.as_ref()),
        place: f.name("place", &r.place),
        host: f.parse("host", &r.host),
        public: Some(r.public),
    });

    HoldHearingRequest => HoldHearingResponse;
    |r, f, s| HoldHearing(HearingHeld {
        host: f.parse("host", &r.host),
        record_sha256: f.digest("record_sha256", &r.record_sha256),
        signed: Some(r.signed),
        opinion: f.told("opinion", &r.opinion),
        note: f.maybe("note", &r.note),
    });
}
