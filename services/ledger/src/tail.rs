//! The last events of a log, in memory: several follow one log, and none of them need ask the database for what was just
//! committed.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Record;
use crate::reader::{PAGE_BYTES_MAX, PAGE_EVENTS_MAX};

/// The last events of one log, without a gap: at most a page of it.
#[derive(Debug, Default)]
pub struct Tail(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    records: VecDeque<Record>,
    bytes: usize,
}

impl Tail {
    /// Takes what comes next in the log. Where something lies between that and what is kept, only what comes next is kept; what
    /// is kept already is passed over.
    pub fn push(&self, records: impl IntoIterator<Item = Record>) {
        let mut kept = self.kept();
        for record in records {
            match kept.records.back() {
                Some(last) if record.log_index <= last.log_index => continue,
                Some(last) if record.log_index > last.log_index + 1 => *kept = Kept::default(),
                _ => {}
            }
            kept.bytes += record.bytes.len();
            kept.records.push_back(record);
            while kept.records.len() > PAGE_EVENTS_MAX || kept.bytes > PAGE_BYTES_MAX {
                let Some(gone) = kept.records.pop_front() else { break };
                kept.bytes -= gone.bytes.len();
            }
        }
    }

    /// At most `limit` events from an index on; none unless the event at this index is kept.
    pub fn read(&self, from: u64, limit: usize) -> Option<Vec<Record>> {
        let kept = self.kept();
        let first = kept.records.front()?.log_index;
        let at = usize::try_from(from.checked_sub(first)?).ok().filter(|at| *at < kept.records.len())?;
        Some(kept.records.iter().skip(at).take(limit).cloned().collect())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(log_index: u64, bytes: usize) -> Record {
        Record {
            log_index,
            stream: "case/1".to_owned(),
            stream_version: log_index + 1,
            bytes: "x".repeat(bytes).into(),
        }
    }

    fn indexes(tail: &Tail, from: u64, limit: usize) -> Option<Vec<u64>> {
        tail.read(from, limit).map(|records| records.iter().map(|record| record.log_index).collect())
    }

    #[test]
    fn gives_what_it_keeps_and_never_a_page_with_a_gap() {
        let tail = Tail::default();
        assert_eq!(indexes(&tail, 0, 10), None, "nothing is kept");
        tail.push((5..9).map(|n| record(n, 10)));
        assert_eq!(indexes(&tail, 4, 10), None, "before what is kept");
        assert_eq!(indexes(&tail, 5, 2), Some(vec![5, 6]));
        assert_eq!(indexes(&tail, 8, 10), Some(vec![8]));
        assert_eq!(indexes(&tail, 9, 10), None, "behind the end");
        tail.push((7..10).map(|n| record(n, 10)));
        assert_eq!(indexes(&tail, 5, 10), Some(vec![5, 6, 7, 8, 9]), "a repeat is passed over");
        tail.push([record(11, 10)]);
        assert_eq!(indexes(&tail, 9, 10), None, "what came before a gap is forgotten");
        assert_eq!(indexes(&tail, 11, 10), Some(vec![11]));
    }

    #[test]
    fn keeps_no_more_than_its_bounds() {
        let tail = Tail::default();
        tail.push((0..PAGE_EVENTS_MAX as u64 + 3).map(|n| record(n, 1)));
        assert_eq!(indexes(&tail, 2, 1), None);
        assert_eq!(indexes(&tail, 3, 1), Some(vec![3]));
        let tail = Tail::default();
        tail.push((0..3).map(|n| record(n, PAGE_BYTES_MAX / 2)));
        assert_eq!(indexes(&tail, 0, 9), None);
        assert_eq!(indexes(&tail, 1, 9), Some(vec![1, 2]));
    }
}
