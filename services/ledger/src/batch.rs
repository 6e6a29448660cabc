//! Decides one batch: which appends are stored, where, and what each is answered. Pure.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::{Builder, NoContext, Uuid};

use crate::merkle::leaf_hash;
use crate::record::{Place, render, time_text};
use crate::store::{Row, Stored, Tip};
use crate::{Append, AppendError, Record};

/// The answer to one append of the batch, valid once the batch is committed.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The next so many rows of the batch are its events.
    Accepted(usize),
    /// It was stored before, perhaps earlier in the same batch.
    Repeats(Stored),
}

/// The answer to appends that are stored together or not at all.
pub(crate) type Verdicts = Result<Vec<Verdict>, AppendError>;

/// What the decisions are made on; it advances with each accepted append, so that the next one sees it.
pub(crate) struct Batch<'a> {
    pub(crate) source: &'a str,
    /// The current version of every stream that the batch writes.
    pub(crate) versions: HashMap<&'a str, u64>,
    /// Those of the batch's commands that are stored.
    pub(crate) commands: HashMap<Uuid, Stored>,
    pub(crate) tip: Tip,
    pub(crate) rows: Vec<Row>,
    /// Milliseconds since 1970 and the random part of the next event's id.
    id: (u64, u64),
    recorded_text: String,
    line: String,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(source: &'a str, tip: Tip, now: Timestamp) -> Self {
        // Neither a clock set back nor another process with a slower clock may let the recorded time go back.
        let recorded_us = now.as_microsecond().max(tip.recorded_us);
        let recorded = Timestamp::from_microsecond(recorded_us).unwrap_or(now);
        Self {
            source,
            versions: HashMap::new(),
            commands: HashMap::new(),
            tip: Tip { recorded_us, ..tip },
            rows: Vec::new(),
            id: (u64::try_from(recorded.as_millisecond()).unwrap_or(0), random()),
            recorded_text: time_text(recorded),
            line: String::new(),
        }
    }

    /// Decides appends that are stored together or not at all: one after the other, each on what those before it leave.
    pub(crate) fn decide(&mut self, together: &'a [Append]) -> Verdicts {
        let (mut versions, mut commands) = (HashMap::new(), HashMap::new());
        for append in together {
            let stored = self.commands.get(&append.command_id).map(|stored| &stored.digest);
            if let Some(digest) = stored.or_else(|| commands.get(&append.command_id).copied()) {
                if *digest != append.command_digest {
                    return Err(AppendError::CommandReused { command_id: append.command_id });
                }
                continue;
            }
            commands.insert(append.command_id, &append.command_digest);
            for write in &append.writes {
                let stream = write.stream.as_str();
                let known = versions.get(stream).or_else(|| self.versions.get(stream));
                let actual = known.copied().unwrap_or(0);
                if actual != write.expected {
                    let (stream, expected) = (write.stream.clone(), write.expected);
                    return Err(AppendError::Conflict { stream, expected, actual });
                }
                versions.insert(stream, actual + write.events.len() as u64);
            }
        }
        let accepted = together.iter().map(|append| match self.commands.get(&append.command_id) {
            Some(stored) => Verdict::Repeats(*stored),
            None => self.accept(append),
        });
        Ok(accepted.collect())
    }

    fn accept(&mut self, append: &'a Append) -> Verdict {
        let events = append.writes.iter().map(|write| write.events.len()).sum::<usize>();
        let digest = append.command_digest;
        let stored = Stored { digest, first: self.tip.size(), events: events as u64 };
        self.commands.insert(append.command_id, stored);
        let mut command = Some((append.command_id, digest, events as u64));
        for write in &append.writes {
            let mut version = write.expected;
            for event in &write.events {
                version += 1;
                let place = Place {
                    id: self.next_id(),
                    source: self.source,
                    recorded: &self.recorded_text,
                    log_index: self.tip.size(),
                    stream: &write.stream,
                    stream_version: version,
                    command_id: append.command_id,
                };
                render(&mut self.line, &place, &append.origin, event);
                let leaf = leaf_hash(self.line.as_bytes());
                let record = Record {
                    log_index: place.log_index,
                    stream: write.stream.clone(),
                    stream_version: version,
                    bytes: self.line.as_str().into(),
                };
                self.tip.frontier.push(leaf);
                self.rows.push(Row { record, leaf, command: command.take() });
            }
            self.versions.insert(&write.stream, version);
        }
        Verdict::Accepted(events)
    }

    /// Fixes the root over everything that was accepted.
    pub(crate) fn seal(&mut self) {
        self.tip.root = self.tip.frontier.root();
    }

    /// A UUIDv7. One random number for each batch, counted up: asking for one each would cost more than hashing the event.
    fn next_id(&mut self) -> Uuid {
        let (ms, random) = &mut self.id;
        *random += 1;
        let [a, b, c, d, e, f, g, h] = random.to_be_bytes();
        Builder::from_unix_timestamp_millis(*ms, &[0, 0, a, b, c, d, e, f, g, h]).into_uuid()
    }
}

/// 61 random bits: counted up, they stay within the 62 of an id's last part.
fn random() -> u64 {
    let nothing = uuid::Timestamp::from_unix(NoContext, 0, 0);
    Uuid::new_v7(nothing).as_u64_pair().1 & ((1 << 61) - 1)
}
