//! What can be checked only in order: no gaps, time, commands, and the tree.

use std::collections::HashMap;

use super::page::Checked;
use super::{PROBLEMS_MAX, Problem, VerifyReport};
use crate::merkle::Frontier;
use crate::store::HeadRow;

/// The walk over the log.
#[derive(Default)]
pub(super) struct Walk {
    frontier: Frontier,
    /// How many events the last head before this place counts.
    headed: u64,
    streams: HashMap<String, u64>,
    recorded_us: Option<i64>,
    /// The running command and how many of its events are still due; none after damage, until the next one begins.
    command: Option<(Vec<u8>, i64)>,
    events: u64,
    heads: u64,
    problems_total: u64,
    problems: Vec<Problem>,
}

impl Walk {
    /// The index of the event that comes next.
    pub(super) fn due(&self) -> u64 {
        self.frontier.size()
    }

    /// Takes the next event that is there.
    pub(super) fn event(&mut self, event: Checked) {
        if event.log_index > self.due() {
            self.missing(event.log_index);
        }
        let (at, stream) = (event.log_index, event.stream.as_str());
        for what in event.problems {
            self.report(at, Some(stream), what);
        }
        // Never back, so that an event in a wrong place is named once and not again where its stream goes on.
        let last = match self.streams.get_mut(stream) {
            Some(version) => std::mem::replace(version, event.stream_version.max(*version)),
            None => self.streams.insert(event.stream.clone(), event.stream_version).unwrap_or(0),
        };
        if event.stream_version != last + 1 {
            let what = format!("stream version {} follows {last}", event.stream_version);
            self.report(at, Some(stream), what);
        }
        if let Some(said) = event.said {
            if self.recorded_us.is_some_and(|before| said.recorded_us < before) {
                self.report(at, Some(stream), "recordedtime is before that of the event before".to_owned());
            }
            self.recorded_us = Some(said.recorded_us.max(self.recorded_us.unwrap_or(i64::MIN)));
        }
        let running = match (self.command.take(), event.command) {
            (Some((_, due)), Some(next)) => {
                if due > 0 {
                    self.report(at, Some(stream), format!("a command begins, but the one before lacks {due} events"));
                }
                Some((next.0, next.1 - 1))
            }
            (None, Some(next)) => Some((next.0, next.1 - 1)),
            (Some((_, ..=0)), None) => {
                self.report(at, Some(stream), "the event belongs to no command".to_owned());
                None
            }
            (Some((id, due)), None) => Some((id, due - 1)),
            (None, None) => {
                if at == 0 {
                    self.report(at, Some(stream), "the event belongs to no command".to_owned());
                }
                None
            }
        };
        if let (Some((id, _)), Some(said)) = (&running, event.said)
            && said.command_id.as_bytes()[..] != id[..]
        {
            let what = format!("the record says commandid {}, the column {}", said.command_id, hex::encode(id));
            self.report(at, Some(stream), what);
        }
        self.command = running;
        self.frontier.push(event.leaf);
        self.events += 1;
    }

    /// Takes note that there are no events from the one due to before `next`.
    pub(super) fn missing(&mut self, next: u64) {
        let first = self.due();
        let what = match next - first {
            1 => "the event is missing".to_owned(),
            events => format!("{events} events are missing"),
        };
        self.report(first, None, what);
        // A wrong leaf for each keeps the indexes right; the tree is taken up again at the next head.
        (first..next).for_each(|_| self.frontier.push([0; 32]));
        self.command = None;
    }

    /// Compares the stored head of as many events as have been taken.
    pub(super) fn head(&mut self, row: &HeadRow) {
        self.heads += 1;
        let (first, size) = (self.headed, row.size);
        self.headed = size;
        let last = size - 1;
        if self.recorded_us.is_some_and(|recorded| recorded != row.recorded_us) {
            self.report(last, None, format!("the head of {size} events has another recorded time than its last event"));
        }
        let Some(tip) = row.tip() else {
            self.report(last, None, format!("the head of {size} events has a root that is not that of its tree"));
            return;
        };
        if tip.frontier != self.frontier {
            let what = format!("the events from {first} to {last} do not give the root of the head of {size} events");
            self.report(first, None, what);
            // Taken up from the stored head, so that later places are judged on their own.
            self.frontier = tip.frontier;
        }
    }

    pub(super) fn report(&mut self, log_index: u64, stream: Option<&str>, what: String) {
        self.problems_total += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { log_index, stream: stream.map(str::to_owned), what });
        }
    }

    pub(super) fn finish(mut self) -> VerifyReport {
        if let Some((_, due @ 1..)) = self.command {
            self.report(self.due(), None, format!("the last command lacks {due} events"));
        }
        VerifyReport {
            events: self.events,
            heads: self.heads,
            root: self.frontier.root(),
            problems_total: self.problems_total,
            problems: self.problems,
        }
    }
}
