//! Refused attempts: of one matter, or of one agency.
//!
//! Those of an agency are the one question that a stream cannot answer. They are folded from the ledger when it is asked,
//! from where the last question left off: a start never waits for it.

use std::{collections::HashMap, sync::Arc};

use law::{
    Breach,
    id::{RegionCode, Uscc},
};
use ledger::{Ledger, Record};
use proto::common::v1 as p;
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::{
    clocks::timestamp,
    done::{is_attempt, wire_violation},
    error::ExecuteError,
};

/// Events read at once.
const BATCH_MAX: usize = 4096;
/// Attempts kept for each agency, the newest.
const KEPT_MAX: usize = 1000;

/// What every event that keeps an attempt holds.
#[derive(Deserialize)]
struct Refused {
    #[serde(default)]
    step: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    breaches: Vec<Breach>,
    agency: Uscc,
    region: RegionCode,
}

/// An attempt and who tried.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Whose attempt.
    pub agency: Uscc,
    /// Where.
    pub region: RegionCode,
    /// As the API shows it.
    pub shown: p::Attempt,
}

impl Attempt {
    /// The attempt that a record keeps; `None` for any other record.
    pub fn of(record: &Record) -> Option<Self> {
        if !is_attempt(record) {
            return None;
        }
        let envelope = record.envelope().ok()?;
        let refused: Refused = serde_json::from_str(envelope.data.get()).ok()?;
        let matter = record.stream.split_once('/').map_or("", |(_, id)| id);
        let shown = p::Attempt {
            step: refused.step,
            matter_id: if matter.parse::<uuid::Uuid>().is_ok() { matter.to_owned() } else { String::new() },
            agency: refused.agency.to_string(),
            summary: refused.summary,
            breaches: refused.breaches.into_iter().map(wire_violation).collect(),
            at: Some(timestamp(envelope.time)),
            recorded_at: Some(timestamp(envelope.recorded_time)),
            actor: envelope.actor.to_owned(),
            log_index: record.log_index,
        };
        Some(Self { agency: refused.agency, region: refused.region, shown })
    }
}

#[derive(Default)]
struct Folded {
    next: u64,
    by_agency: HashMap<Uscc, Vec<p::Attempt>>,
}

/// The index. Clones share it.
#[derive(Clone)]
pub struct Attempts {
    ledger: Ledger,
    folded: Arc<Mutex<Folded>>,
}

impl Attempts {
    /// The index of a ledger; nothing is read yet.
    pub fn new(ledger: Ledger) -> Self {
        Self { ledger, folded: Arc::default() }
    }

    /// The newest attempts of an agency, newest first, as of now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn by(&self, agency: &Uscc, limit: usize) -> Result<Vec<p::Attempt>, ExecuteError> {
        let mut folded = self.folded.lock().await;
        let head = self.ledger.head().size;
        while folded.next < head {
            let records = self.ledger.log(folded.next, BATCH_MAX).await?;
            if records.is_empty() {
                break;
            }
            records.iter().for_each(|record| folded.take(record));
        }
        let of = folded.by_agency.get(agency).map_or(&[][..], Vec::as_slice);
        Ok(of.iter().rev().take(limit).cloned().collect())
    }
}

impl Folded {
    fn take(&mut self, record: &Record) {
        self.next = record.log_index + 1;
        if let Some(attempt) = Attempt::of(record) {
            let attempts = self.by_agency.entry(attempt.agency).or_default();
            if attempts.len() == KEPT_MAX {
                attempts.remove(0);
            }
            attempts.push(attempt.shown);
        }
    }
}
