//! Refused attempts by agency: the one question of this service that a stream cannot answer.
//!
//! It is folded from the own ledger when it is asked, from where the last question left off: a start never waits for it.
//! What EN-TWICE asks of other cases stands in the party's own stream, which is read and written with the decision, so
//! no index can be late for it.

use std::{collections::HashMap, sync::Arc};

use kernel::ExecuteError;
use law::id::Uscc;
use ledger::{Ledger, Record};
use proto::enforcement::v1::Attempt;
use tokio::sync::Mutex;

use crate::wire::attempts::{ATTEMPT, attempt};

/// Events read at once.
const BATCH_MAX: usize = 4096;
/// Attempts kept for each agency, the newest.
const ATTEMPTS_MAX: usize = 1000;

#[derive(Default)]
struct Folded {
    next: u64,
    by_agency: HashMap<Uscc, Vec<Attempt>>,
}

/// The index. Clones share it.
#[derive(Clone)]
pub(crate) struct Attempts {
    ledger: Ledger,
    folded: Arc<Mutex<Folded>>,
}

impl Attempts {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { ledger, folded: Arc::default() }
    }

    /// The newest attempts of an agency, newest first, as of now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn of(&self, agency: &Uscc, limit: usize) -> Result<Vec<Attempt>, ExecuteError> {
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
        // Most records are none; this keeps the parser from reading them.
        if !record.bytes.contains(ATTEMPT) {
            return;
        }
        if let Some((refused, shown)) = attempt(record) {
            let attempts = self.by_agency.entry(refused.agency).or_default();
            if attempts.len() == ATTEMPTS_MAX {
                attempts.remove(0);
            }
            attempts.push(shown);
        }
    }
}
