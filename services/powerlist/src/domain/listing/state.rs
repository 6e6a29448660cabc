//! What is known of one row, on every day.

use jiff::civil::Date;

use super::events::{RowCancelled, RowContent, RowEvent, RowPublished, RowReviewedYearly};

/// A row with all its versions.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Published versions, in the order published.
    pub versions: Vec<RowPublished>,
    /// Cancellations, in order; a row may come back by a later version.
    pub cancellations: Vec<RowCancelled>,
    /// How many versions had been published by each of them: it ends those, and none that came after it, be it on the same day.
    ended: Vec<usize>,
    /// Yearly reviews, in order.
    pub yearly: Vec<RowReviewedYearly>,
    /// The running clock of the yearly review: its number. Rows from before there was one have none until they are published or
    /// reviewed again.
    pub review_clock: Option<u32>,
}

impl State {
    /// The version in force on a day.
    pub fn in_force(&self, day: Date) -> Option<&RowPublished> {
        let at = self.versions.iter().rposition(|v| v.effective <= day)?;
        let mut ends = self.cancellations.iter().zip(&self.ended);
        let ended = ends.any(|(c, versions)| at < *versions && c.effective <= day);
        (!ended).then(|| &self.versions[at])
    }

    /// The version that is in force on a day, or else the one that comes into force last.
    pub fn standing(&self, day: Date) -> Option<&RowPublished> {
        let to_come = self.versions.last().filter(|v| v.effective > day && !self.is_cancelled());
        self.in_force(day).or(to_come)
    }

    /// Whether the last thing that happened to the row is its cancellation.
    pub fn is_cancelled(&self) -> bool {
        self.ended.last() == Some(&self.versions.len())
    }

    /// What the newest version says, where the row was not cancelled.
    pub fn newest(&self) -> Option<&RowContent> {
        self.versions.last().filter(|_| !self.is_cancelled()).map(|v| &v.content)
    }

    /// The number of the next yearly review's clock. A row that comes back goes on counting, so that no name comes twice.
    pub(super) fn next_review(&self) -> u32 {
        u32::try_from(self.yearly.len() + self.cancellations.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(super) fn take(&mut self, event: &RowEvent) {
        match event {
            RowEvent::RowPublished(e) => {
                self.review_clock = self.review_clock.or(e.review);
                self.versions.push(e.clone());
            }
            RowEvent::RowReviewedYearly(e) => {
                self.yearly.push(e.clone());
                self.review_clock = Some(self.next_review());
            }
            RowEvent::RowChecked(e) => {
                if let Some(version) = self.versions.iter_mut().rev().find(|v| v.version == e.version) {
                    version.citations.clone_from(&e.citations);
                }
            }
            RowEvent::RowCancelled(e) => {
                self.cancellations.push(e.clone());
                self.ended.push(self.versions.len());
                self.review_clock = None;
            }
            RowEvent::StepRefused(_) => {}
        }
    }
}
