//! Service, report, publication, and the end of a decision.

use kernel::Fields;

use super::{read::Read as _, steps};

/// What a decision over a decision may say.
const OUTCOMES: [&str; 4] = ["revoked", "changed", "unlawful", "void"];

fn outcome(f: &mut Fields, path: &str, word: &str) -> Option<String> {
    if OUTCOMES.contains(&word) {
        return Some(word.to_owned());
    }
    f.fault(path, format!("must be one of {}", OUTCOMES.join(", ")));
    None
}

steps! {
    ServeDecisionRequest => ServeDecisionResponse, DecisionServed as e, t {
        pay_by: e.and_then(|e| e.pay_by).map(|day| day.to_string()).unwrap_or_default(),
    };
    |r, f, s| ServeDecision(DecisionServed {
        method: f.word("method", r.method),
        receipt: f.name("receipt", &r.receipt),
        consent: f.maybe("consent", &r.consent),
        pay_by: Some(None),
    });

    ReportSpotDecisionRequest => ReportSpotDecisionResponse;
    |r, f, s| ReportSpotDecision(SpotDecisionReported { to: f.name("to", &r.to) });

    PubliciseDecisionRequest => PubliciseDecisionResponse;
    |r, f, s| PubliciseDecision(DecisionPublicised { url: f.name("url", &r.url) });

    WithdrawPublicationRequest => WithdrawPublicationResponse;
    |r, f, s| WithdrawPublication(PublicationWithdrawn { reason: f.said("reason", &r.reason) });

    OverturnDecisionRequest => OverturnDecisionResponse;
    |r, f, s| OverturnDecision(DecisionOverturned {
        outcome: outcome(f, "outcome", &r.outcome),
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
    });
}
