//! Payment, appeal, execution.

use kernel::Fields;
use proto::enforcement::v1::AppealKind;

use super::{head, read::Read as _, steps};
use crate::domain::case::Case;

/// What is left to pay, fine and surcharges.
fn outstanding_fen(case: &Case) -> i64 {
    let surcharge = case.money.surcharge_fen.saturating_sub(case.money.surcharge_paid_fen).max(0);
    case.unpaid_fen().saturating_add(surcharge)
}

fn appeal_kind(f: &mut Fields, path: &str, value: i32) -> Option<String> {
    match f.enumeration(path, value)? {
        AppealKind::Reconsideration => Some("reconsideration".to_owned()),
        AppealKind::Litigation => Some("litigation".to_owned()),
        AppealKind::Unspecified => None,
    }
}

steps! {
    RecordPaymentRequest => RecordPaymentResponse, FinePaid as _e, t {
        outstanding_fen: outstanding_fen(&t.case),
    };
    |r, f, s| PayFine(FinePaid {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        surcharge_fen: f.fen("surcharge_fen", r.surcharge_fen),
        channel: f.word("channel", r.channel),
        collector: f.maybe_of("collector", &r.collector),
        spot_ground: f.maybe_word("spot_ground", r.spot_ground),
        receipt: f.told("receipt", &r.receipt),
    });

    DeliverCashRequest => DeliverCashResponse;
    |r, f, s| DeliverCash(CashDelivered { amount_fen: f.fen("amount_fen", r.amount_fen) });

    BankCashRequest => BankCashResponse;
    |r, f, s| BankCash(CashBanked {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        receipt: f.told("receipt", &r.receipt),
    });

    DeferPaymentRequest => DeferPaymentResponse;
    |r, f, s| DeferPayment(PaymentDeferred {
        until: f.date("until", &r.until),
        instalments: f.small("instalments", r.instalments.max(1)),
        approved_by: head(f, "approved_by", &r.approved_by, s),
    });

    ImposeSurchargeRequest => ImposeSurchargeResponse, SurchargeImposed as e, t {
        total_fen: e.map_or(0, |e| e.total_fen),
    };
    |r, f, s| ImposeSurcharge(SurchargeImposed {
        days: f.small("days", r.days),
        amount_fen: f.fen("amount_fen", r.amount_fen),
        total_fen: Some(0),
    });

    LodgeAppealRequest => LodgeAppealResponse;
    |r, f, s| LodgeAppeal(AppealLodged {
        kind: appeal_kind(f, "kind", r.kind),
        reference: f.name("reference", &r.reference),
    });

    EndAppealRequest => EndAppealResponse;
    |r, f, s| EndAppeal(AppealEnded {
        reference: f.name("reference", &r.reference),
        outcome: f.said("outcome", &r.outcome),
    });

    ServeDemandRequest => ServeDemandResponse;
    |r, f, s| ServeDemand(DemandServed {
        text: f.said("text", &r.text),
        method: f.word("method", r.method),
        perform_by: if r.perform_by.is_empty() { Some(None) } else { f.date("perform_by", &r.perform_by).map(Some) },
    });

    EnforceExecutionRequest => EnforceExecutionResponse;
    |r, f, s| EnforceExecution(ExecutionEnforced {
        what: f.said("what", &r.what),
        item: f.parse("item_code", &r.item_code),
        decided_by: head(f, "decided_by", &r.decided_by, s),
        urgent: f.maybe("urgent", &r.urgent),
    });

    ApplyToCourtRequest => ApplyToCourtResponse;
    |r, f, s| ApplyToCourt(CourtApplied {
        court: f.name("court", &r.court),
        document: f.name("document", &r.document),
    });

    RecordCourtAnswerRequest => RecordCourtAnswerResponse;
    |r, f, s| RecordCourtAnswer(CourtAnswered {
        accepted: Some(r.accepted),
        outcome: f.said("outcome", &r.outcome),
    });

    RecordPerformanceRequest => RecordPerformanceResponse;
    |r, f, s| PerformPenalty(PenaltyPerformed { what: f.said("what", &r.what) });
}
