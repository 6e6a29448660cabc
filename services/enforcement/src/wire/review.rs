//! Legal review, discussion, the time to decide, and the decision.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    ReviewLegallyRequest => ReviewLegally(LegalReviewed) |r, f, s| {
        reviewer: f.parse("reviewer", &r.reviewer),
        reviewer_name: Some(String::new()),
        passed: Some(r.passed),
        opinion: f.said("opinion", &r.opinion),
        reviewing_since: f.maybe_date("reviewing_since", &r.reviewing_since),
        penalties: penalties(f, "penalties", &r.penalties),
    };

    DeliberateRequest => Deliberate(Deliberated) |r, f, s| {
        members: f.texts("members", &r.members),
        heads: Some(None),
        conclusion: f.said("conclusion", &r.conclusion),
        dissent: f.texts("dissent", &r.dissent),
        minutes_sha256: f.digest("minutes_sha256", &r.minutes_sha256),
        result: f.maybe_word("result", r.result),
        penalties: penalties(f, "penalties", &r.penalties),
    };

    ExtendDecisionRequest => ExtendDecision(DecisionExtended) |r, f, s| {
        period: f.period("period", r.period.as_ref()),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        basis: f.told("basis", &r.basis),
    };

    SuspendDecisionRequest => SuspendDecision(DecisionSuspended) |r, f, s| {
        ground: f.word("ground", r.ground),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        basis: f.told("basis", &r.basis),
    };

    ResumeDecisionRequest => ResumeDecision(DecisionResumed) |r, f, s| { reason: f.said("reason", &r.reason) };

    DecidePenaltyRequest => DecidePenalty(PenaltyDecided) |r, f, s| {
        number: Some(String::new()),
        penalties: penalties(f, "penalties", &r.penalties),
        fine_fen: Some(0),
        tier: f.maybe("tier", &r.tier),
        departure: f.maybe("departure", &r.departure),
        facts: f.told("facts", &r.facts),
        evidence: f.ids("evidence_ids", &r.evidence_ids),
        bases: f.texts("bases", &r.bases),
        performance: f.told("performance", &r.performance),
        appeal: f.told("appeal", &r.appeal),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        major: Some(false),
        pay_by: Some(None),
        address_stated: Some(r.address_stated),
        sealed: Some(r.sealed),
        document_sha256: f.maybe_digest("document_sha256", &r.document_sha256),
        distinct_from: distinct(f, "distinct_from", &r.distinct_from),
        governed_by: Some(None),
        difference: f.maybe("difference", &r.difference),
        findings: findings(f, "findings", r.findings.as_ref()),
        redone: Some(None),
    } -> DecidePenaltyResponse |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
        fine_fen: e.map_or(0, |e| e.fine_fen),
        major: e.is_some_and(|e| e.major),
        pay_by: e.and_then(|e| e.pay_by).map(|day| day.to_string()).unwrap_or_default(),
    };

    WithholdPenaltyRequest => WithholdPenalty(PenaltyWithheld) |r, f, s| {
        number: Some(String::new()),
        ground: f.word("ground", r.ground),
        reason: f.said("reason", &r.reason),
        education: f.told("education", &r.education),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        redone: Some(None),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };
}
