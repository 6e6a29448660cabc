//! Payment, appeal, execution.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    RecordPaymentRequest => RecordPayment(FinePaid) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        surcharge_fen: f.fen("surcharge_fen", r.surcharge_fen),
        channel: f.word("channel", r.channel),
        collector: f.maybe_of("collector", &r.collector),
        spot_ground: f.maybe_word("spot_ground", r.spot_ground),
        receipt: f.told("receipt", &r.receipt),
        receipt_of: f.maybe_word("receipt_of", r.receipt_of),
        ashore_on: f.maybe_date("ashore_on", &r.ashore_on),
    } -> RecordPaymentResponse |_e, t| {
        outstanding_fen: t.state.owed_fen(),
    };

    DeclinePaymentRequest => DeclinePayment(PaymentDeclined) |r, f, s| {
        collector: f.parse("collector", &r.collector),
        amount_fen: f.fen("amount_fen", r.amount_fen),
        note: f.said("note", &r.note),
    };

    OfferReceiptRequest => OfferReceipt(ReceiptOffered) |r, f, s| {
        receipt_of: f.word("receipt_of", r.receipt_of),
        receipt: f.told("receipt", &r.receipt),
    };

    DeliverCashRequest => DeliverCash(CashDelivered) |r, f, s| { amount_fen: f.fen("amount_fen", r.amount_fen) };

    BankCashRequest => BankCash(CashBanked) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        receipt: f.told("receipt", &r.receipt),
    };

    DeferPaymentRequest => DeferPayment(PaymentDeferred) |r, f, s| {
        until: f.last_day("until", &r.until, s.act),
        instalments: match r.instalments {
            0 => f.small("instalments", u32::try_from(r.parts.len().max(1)).unwrap_or(u32::MAX)),
            said => f.small("instalments", said),
        },
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        applied_on: f.maybe_date("applied_on", &r.applied_on),
        hardship: f.maybe("hardship", &r.hardship),
        parts: fine_parts(f, "parts", &r.parts),
        ends_if_missed: Some(r.ends_if_missed),
    };

    EndDeferralRequest => EndDeferral(DeferralEnded) |r, f, s| {
        pay_by: f.last_day("pay_by", &r.pay_by, s.act),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
    };

    ImposeSurchargeRequest => ImposeSurcharge(SurchargeImposed) |r, f, s| {
        days: f.small("days", r.days),
        amount_fen: f.fen("amount_fen", r.amount_fen),
        total_fen: Some(0),
    } -> ImposeSurchargeResponse |e, t| {
        total_fen: e.map_or(0, |e| e.total_fen),
    };

    LodgeAppealRequest => LodgeAppeal(AppealLodged) |r, f, s| {
        kind: f.word("kind", r.kind),
        reference: f.name("reference", &r.reference),
    };

    EndAppealRequest => EndAppeal(AppealEnded) |r, f, s| {
        reference: f.name("reference", &r.reference),
        outcome: f.said("outcome", &r.outcome),
        ending: f.maybe_word("ending", r.ending),
    };

    StayExecutionRequest => StayExecution(ExecutionStayed) |r, f, s| {
        by: f.word("by", r.by),
        reference: f.name("reference", &r.reference),
        provision: f.told("provision", &r.provision),
        reason: f.told("reason", &r.reason),
        until: match r.until.as_str() {
            "" => Some(None),
            day => f.last_day("until", day, s.act).map(Some),
        },
        document: f.maybe("document", &r.document),
    };

    LiftStayRequest => LiftStay(StayLifted) |r, f, s| {
        reference: f.name("reference", &r.reference),
        reason: f.said("reason", &r.reason),
    };

    RequestStayRequest => RequestStay(StayRequested) |r, f, s| {
        reference: f.name("reference", &r.reference),
        reason: f.said("reason", &r.reason),
    };

    AnswerStayRequest => AnswerStay(StayAnswered) |r, f, s| {
        reference: f.name("reference", &r.reference),
        granted: Some(r.granted),
        provision: f.told("provision", &r.provision),
        guarantee: f.maybe("guarantee", &r.guarantee),
        reasons: f.told("reasons", &r.reasons),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
    };

    ServeDemandRequest => ServeDemand(DemandServed) |r, f, s| {
        text: f.said("text", &r.text),
        method: f.word("method", r.method),
        perform_by: match r.perform_by.as_str() {
            "" => Some(None),
            day => f.last_day("perform_by", day, s.act).map(Some),
        },
        delivery: delivery(f, "delivery", r.delivery.as_ref()),
    };

    EnforceExecutionRequest => EnforceExecution(ExecutionEnforced) |r, f, s| {
        what: f.said("what", &r.what),
        item: f.parse("item_code", &r.item_code),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        urgent: f.maybe("urgent", &r.urgent),
        way: f.maybe_word("way", r.way),
        measure: f.maybe_of("measure_id", &r.measure_id),
        moving: f.ids("moving", &r.moving),
    };

    ApplyToCourtRequest => ApplyToCourt(CourtApplied) |r, f, s| {
        court: f.name("court", &r.court),
        document: f.name("document", &r.document),
    };

    RecordCourtAnswerRequest => RecordCourtAnswer(CourtAnswered) |r, f, s| {
        accepted: Some(r.accepted),
        outcome: f.said("outcome", &r.outcome),
    };

    RecordPerformanceRequest => RecordPerformance(PenaltyPerformed) |r, f, s| { what: f.said("what", &r.what) };
}
