//! Legal review, discussion, the time to decide, and the decision.

use jiff::civil::Date;
use kernel::Fields;

use super::{head, read::Read as _, steps};

fn maybe_date(f: &mut Fields, path: &str, text: &str) -> Option<Option<Date>> {
    if text.is_empty() { Some(None) } else { f.date(path, text).map(Some) }
}

steps! {
    ReviewLegallyRequest => ReviewLegallyResponse;
    |r, f, s| ReviewCase(LegalReviewed {
        reviewer: f.parse("reviewer", &r.reviewer),
        reviewer_name: Some(String::new()),
        passed: Some(r.passed),
        opinion: f.said("opinion", &r.opinion),
        reviewing_since: maybe_date(f, "reviewing_since", &r.reviewing_since),
    });

    DeliberateRequest => DeliberateResponse;
    |r, f, s| Deliberate(Deliberated {
        members: f.texts("members", &r.members),
        conclusion: f.said("conclusion", &r.conclusion),
        dissent: f.texts("dissent", &r.dissent),
        minutes_sha256: f.digest("minutes_sha256", &r.minutes_sha256),
    });

    ExtendDecisionRequest => ExtendDecisionResponse;
    |r, f, s| ExtendDecision(DecisionExtended {
        period: f.period("period", r.period.as_ref()),
        approved_by: head(f, "approved_by", &r.approved_by, s),
        basis: f.told("basis", &r.basis),
    });

    SuspendDecisionRequest => SuspendDecisionResponse;
    |r, f, s| SuspendDecision(DecisionSuspended {
        ground: f.word("ground", r.ground),
        approved_by: head(f, "approved_by", &r.approved_by, s),
        basis: f.told("basis", &r.basis),
    });

    ResumeDecisionRequest => ResumeDecisionResponse;
    |r, f, s| ResumeDecision(DecisionResumed { reason: f.said("reason", &r.reason) });

    DecidePenaltyRequest => DecidePenaltyResponse, PenaltyDecided as e, t {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
        fine_fen: e.map_or(0, |e| e.fine_fen),
        major: e.is_some_and(|e| e.major),
        pay_by: e.and_then(|e| e.pay_by).map(|day| day.to_string()).unwrap_or_default(),
    };
    |r, f, s| DecidePenalty(PenaltyDecided {
        number: Some(String::new()),
        penalties: f.penalties("penalties", &r.penalties),
        fine_fen: Some(0),
        tier: f.maybe("tier", &r.tier),
        departure: f.maybe("departure", &r.departure),
        facts: f.told("facts", &r.facts),
        evidence: f.ids("evidence_ids", &r.evidence_ids),
        bases: f.texts("bases", &r.bases),
        performance: f.told("performance", &r.performance),
        appeal: f.told("appeal", &r.appeal),
        decided_by: head(f, "decided_by", &r.decided_by, s),
        major: Some(false),
        pay_by: Some(None),
        address_stated: Some(r.address_stated),
        sealed: Some(r.sealed),
        document_sha256: f.maybe_digest("document_sha256", &r.document_sha256),
        distinct_from: f.distinct("distinct_from", &r.distinct_from),
    });

    WithholdPenaltyRequest => WithholdPenaltyResponse, PenaltyWithheld as e, t {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };
    |r, f, s| WithholdPenalty(PenaltyWithheld {
        number: Some(String::new()),
        ground: f.word("ground", r.ground),
        reason: f.said("reason", &r.reason),
        education: f.told("education", &r.education),
        decided_by: head(f, "decided_by", &r.decided_by, s),
    });
}
