//! Service, report, publication, and the end of a decision.

use super::prelude::*;

fn fate(f: &mut Fields, path: &str, word: &str) -> Option<Overturned> {
    let known = Fate::ALL.iter().find(|fate| fate.id() == word);
    if known.is_none() {
        let words: Vec<_> = Fate::ALL.iter().map(|fate| fate.id()).collect();
        f.fault(path, format!("must be one of {}", words.join(", ")));
    }
    known.map(|fate| Overturned::Fate(*fate))
}

kernel::asks! { Cases, Step, case_id;
    AnnounceServiceRequest => AnnounceService(ServiceAnnounced) |r, f, s| {
        place: f.name("place", &r.place),
        reason: f.told("reason", &r.reason),
    };

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

    WithdrawPublicationRequest => WithdrawPublication(PublicationWithdrawn) |r, f, s| {
        reason: f.said("reason", &r.reason),
        reference: Some(None),
    };

    OverturnDecisionRequest => OverturnDecision(DecisionOverturned) |r, f, s| {
        outcome: fate(f, "outcome", &r.outcome),
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
        reference: Some(None),
    };

    OrderRedoRequest => OrderRedo(RedoOrdered) |r, f, s| {
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
        days: f.small("days", r.days).map(|days| Some(days).filter(|days: &u16| *days > 0)),
        for_procedure: Some(r.for_procedure),
        reference: Some(None),
    };
}
