//! Notice, statement, hearing.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    NotifyPenaltyRequest => NotifyPenalty(PenaltyNotified) |r, f, s| {
        facts: f.told("facts", &r.facts),
        reasons: f.told("reasons", &r.reasons),
        bases: f.texts("bases", &r.bases),
        penalties: penalties(f, "penalties", &r.penalties),
        statement_right_told: Some(r.statement_right_told),
        hearing_right_told: Some(r.hearing_right_told),
        hearing_required: Some(false),
        method: f.word("method", r.method),
        consent: f.maybe("consent", &r.consent),
        new_facts: f.maybe("new_facts", &r.new_facts),
        answer_by: f.maybe_date("answer_by", &r.answer_by),
        delivery: delivery(f, "delivery", r.delivery.as_ref()),
    } -> NotifyPenaltyResponse |e, t| {
        hearing_required: e.is_some_and(|e| e.hearing_required),
    };

    HearStatementRequest => HearStatement(StatementHeard) |r, f, s| {
        content: f.said("content", &r.content),
        outcome: f.word("outcome", r.outcome),
        reasons: f.said("reasons", &r.reasons),
    };

    WaiveStatementRequest => WaiveStatement(StatementWaived) |r, f, s| { how: f.said("how", &r.how) };

    LapseStatementRequest => LapseStatement(StatementLapsed) |r, f, s| { checked: f.said("checked", &r.checked) };

    RequestHearingRequest => RequestHearing(HearingRequested) |r, f, s| { in_time: Some(false) } -> RequestHearingResponse |e, t| {
        in_time: e.is_some_and(|e| e.in_time),
    };

    WaiveHearingRequest => WaiveHearing(HearingWaived) |r, f, s| { how: f.said("how", &r.how) };

    NotifyHearingRequest => NotifyHearing(HearingNotified) |r, f, s| {
        hearing_at: f.timestamp("hearing_at", r.hearing_at.as_ref()),
        place: f.name("place", &r.place),
        host: f.parse("host", &r.host),
        public: Some(r.public),
        closed_ground: f.maybe_word("closed_ground", r.closed_ground),
        method: f.maybe_word("method", r.method),
        delivery: delivery(f, "delivery", r.delivery.as_ref()),
    };

    HoldHearingRequest => HoldHearing(HearingHeld) |r, f, s| {
        host: f.parse("host", &r.host),
        record_sha256: f.digest("record_sha256", &r.record_sha256),
        signed: Some(r.signed),
        opinion: f.told("opinion", &r.opinion),
        note: f.maybe("note", &r.note),
        agents: agents(f, "agents", &r.agents),
        presented: f.ids("presented_ids", &r.presented_ids),
        examined: Some(r.examined),
    };

    AbandonHearingRequest => AbandonHearing(HearingAbandoned) |r, f, s| {
        how: f.word("how", r.how),
        excuse: f.maybe("excuse", &r.excuse),
        answer: f.maybe("answer", &r.answer),
        note: f.told("note", &r.note),
    };
}
