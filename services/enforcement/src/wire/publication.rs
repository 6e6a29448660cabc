//! Service, report, publication, and the end of a decision.

use super::prelude::*;

/// What a decision over a decision may say.
const OUTCOMES: [&str; 4] = ["revoked", "changed", "unlawful", "void"];

fn outcome(f: &mut Fields, path: &str, word: &str) -> Option<String> {
    if OUTCOMES.contains(&word) {
        return Some(word.to_owned());
    }
    f.fault(path, format!("must be one of {}", OUTCOMES.join(", ")));
    None
}

kernel::asks! { CaseProcedure, Step, case_id;
    ServeDecisionRequest => ServeDecision(DecisionServed) |r, f, s| {
        method: f.word("method", r.method),
        receipt: f.name("receipt", &r.receipt),
        consent: f.maybe("consent", &r.consent),
        pay_by: Some(None),
    } -> ServeDecisionResponse |e, t| {
        pay_by: e.and_then(|e| e.pay_by).map(|day| day.to_string()).unwrap_or_default(),
    };

    ReportSpotDecisionRequest => ReportSpotDecision(SpotDecisionReported) |r, f, s| { to: f.name("to", &r.to) };

    PubliciseDecisionRequest => PubliciseDecision(DecisionPublicised) |r, f, s| { url: f.name("url", &r.url) };

    WithdrawPublicationRequest => WithdrawPublication(PublicationWithdrawn) |r, f, s| { reason: f.said("reason", &r.reason) };

    OverturnDecisionRequest => OverturnDecision(DecisionOverturned) |r, f, s| {
        outcome: outcome(f, "outcome", &r.outcome),
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
    };
}
