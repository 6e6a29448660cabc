//! What is known of one row, on every day.

use jiff::civil::Date;

use super::events::{RowCancelled, RowContent, RowEvent, RowPublished};

/// A row with all its versions.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Published versions, in the order published.
    pub versions: Vec<RowPublished>,
    /// Cancellations, in order; a row may come back by a later version.
    pub cancellations: Vec<RowCancelled>,
}

impl State {
    /// The version in force on a day.
    pub fn in_force(&self, day: Date) -> Option<&RowPublished> {
        let version = self.versions.iter().rev().find(|v| v.effective <= day)?;
        let ended = self.cancellations.iter().any(|c| version.effective <= c.effective && c.effective <= day);
        (!ended).then_some(version)
    }

    /// The version that is in force on a day, or else the one that comes into force last.
    pub fn standing(&self, day: Date) -> Option<&RowPublished> {
        let to_come = self.versions.last().filter(|v| v.effective > day && !self.is_cancelled());
        self.in_force(day).or(to_come)
    }

    /// Whether the last thing that happened to the row is its cancellation.
    pub fn is_cancelled(&self) -> bool {
        match (self.versions.last(), self.cancellations.last()) {
            (Some(version), Some(end)) => version.effective <= end.effective,
            _ => false,
        }
    }

    /// What the newest version says, where the row was not cancelled.
    pub fn newest(&self) -> Option<&RowContent> {
        self.versions.last().filter(|_| !self.is_cancelled()).map(|v| &v.content)
    }

    pub(super) fn take(&mut self, event: &RowEvent) {
        match event {
            RowEvent::RowPublished(e) => self.versions.push(e.clone()),
            RowEvent::RowChecked(e) => {
                if let Some(version) = self.versions.iter_mut().rev().find(|v| v.version == e.version) {
                    version.citations.clone_from(&e.citations);
                }
            }
            RowEvent::RowCancelled(e) => self.cancellations.push(e.clone()),
            RowEvent::StepRefused(_) => {}
        }
    }
}
