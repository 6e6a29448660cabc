//! Cases by power item: the one question that a stream cannot answer. They are folded from the ledger when it is asked, from
//! where the last question left off: a start never waits for it, and an item is seldom cancelled.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::ExecuteError;
use law::id::ItemCode;
use ledger::{Ledger, Record};
use serde::Deserialize;
use tokio::sync::Mutex;
use uuid::Uuid;

/// Events read at once.
const BATCH_MAX: usize = 4096;
const FILED: &str = "enforcement.case.CaseFiled.v1";
const CLOSED: &str = "enforcement.case.CaseClosed.v1";
const TAKEN_UP: &str = "enforcement.case.RedoOrdered.v1";

#[derive(Deserialize)]
struct Filed {
    item: ItemCode,
}

#[derive(Default)]
struct Folded {
    next: u64,
    /// The cases that were not closed, with their items.
    open: BTreeMap<Uuid, ItemCode>,
    /// The closed ones that were taken up again: their items stand in their streams.
    taken_up: BTreeSet<Uuid>,
}

/// The index. Clones share it.
#[derive(Clone)]
pub(crate) struct CasesByItem {
    ledger: Ledger,
    folded: Arc<Mutex<Folded>>,
}

impl CasesByItem {
    /// The index of a ledger; nothing is read yet.
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { ledger, folded: Arc::default() }
    }

    /// The cases under an item that are not closed now, and those that were taken up again, whatever their item.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn open(&self, item: &ItemCode) -> Result<Vec<Uuid>, ExecuteError> {
        let mut folded = self.folded.lock().await;
        let head = self.ledger.head().size;
        while folded.next < head {
            let records = self.ledger.log(folded.next, BATCH_MAX).await?;
            if records.is_empty() {
                break;
            }
            records.iter().for_each(|record| folded.take(record));
        }
        let of = folded.open.iter().filter(|(_, of)| *of == item).map(|(case, _)| *case);
        Ok(of.chain(folded.taken_up.iter().copied()).collect())
    }
}

impl Folded {
    fn take(&mut self, record: &Record) {
        self.next = record.log_index + 1;
        let Some(case) = record.stream.strip_prefix("case/").and_then(|id| id.parse::<Uuid>().ok()) else { return };
        match record.kind() {
            Some(FILED) => {
                let filed = record.envelope().ok().and_then(|e| serde_json::from_str::<Filed>(e.data.get()).ok());
                self.open.extend(filed.map(|Filed { item }| (case, item)));
            }
            Some(CLOSED) => {
                self.open.remove(&case);
                self.taken_up.remove(&case);
            }
            Some(TAKEN_UP) if !self.open.contains_key(&case) => _ = self.taken_up.insert(case),
            _ => {}
        }
    }
}
