//! What a command has recorded, and the answer it stands for.

use law::{
    DomainEvent,
    check::{Breach, Refusal},
};
use ledger::{Envelope, Receipt, Record};
use proto::common::v1::{Receipt as WireReceipt, Violation};
use serde::Deserialize;

use crate::error::ExecuteError;

/// Ending of the stored type of every event that keeps a refused attempt.
const ATTEMPT: &str = ".StepRefused.v1";

/// What a command has recorded.
#[derive(Clone, Debug)]
pub struct Done {
    /// The stored events, in order.
    pub records: Vec<Record>,
    /// Whether an earlier call with the same command id recorded them.
    pub repeated: bool,
}

/// The parts of stored data that every service's events share.
#[derive(Debug, Default, Deserialize)]
struct Frame {
    #[serde(default)]
    violations: Vec<Breach>,
    #[serde(default)]
    breaches: Vec<Breach>,
}

impl From<Receipt> for Done {
    fn from(receipt: Receipt) -> Self {
        Self { records: receipt.records, repeated: receipt.repeated }
    }
}

impl Done {
    /// The receipt for the client.
    pub fn receipt(&self) -> WireReceipt {
        let mut violations = Vec::new();
        let mut events = Vec::with_capacity(self.records.len());
        for record in &self.records {
            // Most acts break nothing; looking for the field keeps the parser from reading them.
            if record.bytes.contains(r#""violations":"#)
                && let Ok(envelope) = record.envelope()
            {
                violations.extend(frame(&envelope).violations.into_iter().map(wire_violation));
            }
            events.extend(record.kind().map(str::to_owned));
        }
        WireReceipt {
            log_index: self.records.last().map_or(0, |r| r.log_index),
            stream_version: self.records.first().map_or(0, |first| {
                let same = self.records.iter().filter(|r| r.stream == first.stream);
                same.map(|r| r.stream_version).max().unwrap_or_default()
            }),
            repeated: self.repeated,
            violations,
            events,
        }
    }

    /// The domain events of one aggregate among those recorded.
    pub fn events<E: DomainEvent>(&self) -> Vec<E> {
        let envelopes = self.records.iter().filter_map(|r| r.envelope().ok());
        envelopes.filter_map(|e| E::from_data(e.kind, e.data.get()).ok()).collect()
    }

    /// The answer that the events stand for: a kept attempt is a refusal, also when it is asked for again.
    pub(crate) fn answer(self) -> Result<Self, ExecuteError> {
        let attempt = self.records.iter().find(|r| is_attempt(r)).and_then(|r| r.envelope().ok());
        match attempt {
            Some(envelope) => Err(Refusal::Unlawful(frame(&envelope).breaches).into()),
            None => Ok(self),
        }
    }
}

/// Whether a record keeps a refused attempt.
pub(crate) fn is_attempt(record: &Record) -> bool {
    record.kind().is_some_and(|kind| kind.ends_with(ATTEMPT))
}

fn frame(envelope: &Envelope<'_>) -> Frame {
    serde_json::from_str(envelope.data.get()).unwrap_or_default()
}

/// A broken rule as the API shows it.
pub(crate) fn wire_violation(b: Breach) -> Violation {
    Violation { rule: b.rule, citation: b.citation, zh: b.zh, en: b.en }
}
