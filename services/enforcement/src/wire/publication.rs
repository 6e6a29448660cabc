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
        ground: f.maybe_word("ground", r.ground),
        tried: tried(f, "tried", &r.tried),
    };

    ServeDecisionRequest => ServeDecision(DecisionServed) |r, f, s| {
        method: f.word("method", r.method),
        receipt: f.name("receipt", &r.receipt),
        consent: f.maybe("consent", &r.consent),
        pay_by: Some(None),
        delivery: delivery(f, "delivery", r.delivery.as_ref()),
    } -> ServeDecisionResponse |e, t| {
        pay_by: e.and_then(|e| e.pay_by).map(|day| day.to_string()).unwrap_or_default(),
    };

    ReportSpotDecisionRequest => ReportSpotDecision(SpotDecisionReported) |r, f, s| { to: f.name("to", &r.to) };

    PubliciseDecisionRequest => PubliciseDecision(DecisionPublicised) |r, f, s| {
        url: f.name("url", &r.url),
        left_out: f.maybe("left_out", &r.left_out),
    };

    OmitPublicationRequest => OmitPublication(PublicationOmitted) |r, f, s| {
        ground: f.word("ground", r.ground),
        reason: f.told("reason", &r.reason),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
    };

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
