//! Our own store and feed under [`crate::delivery`]'s test.

use tokio_util::sync::CancellationToken;

use crate::delivery::{Fold, Key, Manner, Subject};

/// A ledger and the feed that reads it in the same process.
pub struct LedgerSubject {
    /// Handles on the same log; on Postgres each is as good as a process.
    pub ledgers: Vec<ledger::Ledger>,
}

impl LedgerSubject {
    fn pick(&self, at: usize) -> &ledger::Ledger {
        &self.ledgers[at % self.ledgers.len()]
    }
}

/// Events that a slow append has before the one that counts.
const SLOW_EVENTS: usize = ledger::APPEND_EVENTS_MAX - 1;

impl Subject for LedgerSubject {
    async fn append(&self, (writer, n): Key, manner: Manner) -> bool {
        let event = |kind: &str| ledger::Proposal {
            kind: kind.to_owned(),
            time: jiff::Timestamp::UNIX_EPOCH,
            rules: Vec::new(),
            data: serde_json::value::to_raw_value(&[writer as u64, n]).expect("JSON"),
        };
        let mut events = vec![event("trial.Counted.v1")];
        if manner == Manner::Slow {
            events = (0..SLOW_EVENTS).map(|_| event("trial.Padded.v1")).chain(events).collect();
        }
        let expected = if manner == Manner::RolledBack { 99 } else { 0 };
        let append = ledger::Append {
            command_id: uuid::Uuid::now_v7(),
            command_digest: [0; 32],
            origin: ledger::Origin {
                actor: "trial".to_owned(),
                agency: String::new(),
                region: crate::suite::REGION.to_owned(),
                correlation_id: uuid::Uuid::nil(),
                causation_id: None,
                traceparent: None,
            },
            writes: vec![ledger::Write { stream: format!("trial/{writer}-{n}"), expected, events }],
        };
        match self.pick(writer).append(append).await {
            Ok(_) => true,
            Err(ledger::AppendError::Conflict { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }

    async fn follow(&self, reader: usize, fold: Fold, stop: CancellationToken) {
        let feed = kernel::LedgerFeed::new("trial", self.pick(reader).clone());
        while !stop.is_cancelled() {
            let events = kernel::Feed::read(&feed, fold.position(), 64 + reader * 100).await.expect("the feed");
            for record in events {
                let next = record.log_index + 1;
                let envelope = record.envelope().expect("a record");
                assert_eq!(envelope.log_index, fold.position(), "the feed skips or repeats");
                if envelope.kind == "trial.Counted.v1" {
                    let (writer, n) = serde_json::from_str(envelope.data.get()).expect("a key");
                    fold.take((writer, n), next);
                } else {
                    fold.pass(next);
                }
            }
        }
    }
}
