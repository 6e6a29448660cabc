//! Refused attempts as the API shows them.

use ledger::Record;
use proto::{common::v1::Violation, enforcement::v1 as p};

use super::clocks::timestamp;
use crate::domain::events::StepRefused;

/// Ending of the stored types that keep a refused attempt.
pub(crate) const ATTEMPT: &str = ".StepRefused.v1";

/// The attempt that a record keeps; `None` for any other record.
pub(crate) fn attempt(record: &Record) -> Option<(StepRefused, p::Attempt)> {
    let envelope = record.envelope().ok()?;
    if !envelope.kind.ends_with(ATTEMPT) {
        return None;
    }
    let refused: StepRefused = serde_json::from_str(envelope.data.get()).ok()?;
    let breach = |b: &law::Breach| Violation {
        rule: b.rule.clone(),
        citation: b.citation.clone(),
        zh: b.zh.clone(),
        en: b.en.clone(),
    };
    let shown = p::Attempt {
        step: refused.step.clone(),
        case_id: record.stream.strip_prefix("case/").unwrap_or_default().to_owned(),
        agency: refused.agency.to_string(),
        summary: refused.summary.clone(),
        breaches: refused.breaches.iter().map(breach).collect(),
        at: Some(timestamp(envelope.time)),
        recorded_at: Some(timestamp(envelope.recorded_time)),
        actor: envelope.actor.to_owned(),
        log_index: record.log_index,
    };
    Some((refused, shown))
}
