//! What is known of one item, on every day.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use law::id::{ItemCode, OfficerCode};

use crate::domain::{
    content::ItemContent,
    events::{
        FeePublished, Ground, GroundAnswered, GroundNoted, ItemCancelled, ItemEvent, ItemReviewedYearly,
        StandardPublished,
    },
    statute::CitationHeld,
};

/// A version that is not in force yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub version: u32,
    /// What it says.
    pub content: Arc<ItemContent>,
    /// Why.
    pub ground: Ground,
    /// Its legal review, once there is one.
    pub review: Option<Review>,
}

/// A legal review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Whether it was passed.
    pub passed: bool,
    /// By whom.
    pub reviewer: OfficerCode,
    /// What was said.
    pub opinion: String,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: u32,
    /// First day in force.
    pub effective: Date,
    /// Where it was published.
    pub published_at: String,
    /// What it says.
    pub content: Arc<ItemContent>,
    /// Why it was made.
    pub ground: Option<Ground>,
    /// Who reviewed it.
    pub reviewer: Option<OfficerCode>,
    /// What came of holding each basis against the texts on record.
    pub citations: Vec<CitationHeld>,
}

/// A ground for adjustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// As it was noted.
    pub ground: GroundNoted,
    /// How many versions had been published by then.
    pub versions: usize,
    /// How many cancellations.
    pub cancellations: usize,
    /// How it was answered.
    pub answer: Option<GroundAnswered>,
}

/// One item with all its versions.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Its code, once drafted.
    pub code: Option<ItemCode>,
    /// The version being made.
    pub draft: Option<Draft>,
    /// The last number given to a draft.
    pub last_version: u32,
    /// Published versions, in the order published.
    pub versions: Vec<Version>,
    /// Cancellations, in order; an item may come back by a later version.
    pub cancellations: Vec<ItemCancelled>,
    /// How many versions had been published by each of them: it ends those, and none that came after it, be it on the same day.
    ended: Vec<usize>,
    /// Standards, in the order published.
    pub standards: Vec<StandardPublished>,
    /// Charges, in the order published.
    pub fees: Vec<FeePublished>,
    /// Yearly reviews.
    pub yearly: Vec<ItemReviewedYearly>,
    /// Grounds for adjusting it, by reference.
    pub grounds: BTreeMap<String, Noted>,
    /// The running clock for publication: the version that started it.
    pub publish_clock: Option<u32>,
    /// The running clock of the yearly review: its number.
    pub review_clock: Option<u32>,
}

impl State {
    /// The version in force on a day.
    pub fn in_force(&self, day: Date) -> Option<&Version> {
        let at = self.versions.iter().rposition(|v| v.effective <= day)?;
        let mut ends = self.cancellations.iter().zip(&self.ended);
        let ended = ends.any(|(c, versions)| at < *versions && c.effective <= day);
        (!ended).then(|| &self.versions[at])
    }

    /// The version that is in force on a day, or else the one that comes into force last.
    pub fn standing(&self, day: Date) -> Option<&Version> {
        let to_come = self.versions.last().filter(|v| v.effective > day && !self.is_cancelled());
        self.in_force(day).or(to_come)
    }

    /// The cancellation that ended the item before or on a day, unless a later version revived it.
    pub fn cancelled(&self, day: Date) -> Option<&ItemCancelled> {
        if self.in_force(day).is_some() {
            return None;
        }
        self.cancellations.iter().rev().find(|c| c.effective <= day)
    }

    /// Whether the last thing that happened to the published item is its cancellation.
    pub fn is_cancelled(&self) -> bool {
        self.ended.last() == Some(&self.versions.len())
    }

    /// The standard in force on a day.
    pub fn standard(&self, day: Date) -> Option<&StandardPublished> {
        self.standards.iter().rev().find(|s| s.effective <= day)
    }

    /// The charges in force on a day, the newest of each name.
    pub fn fees(&self, day: Date) -> Vec<&FeePublished> {
        let mut found: Vec<&FeePublished> = Vec::new();
        for fee in self.fees.iter().rev().filter(|f| f.effective <= day) {
            if found.iter().all(|f| f.name != fee.name) {
                found.push(fee);
            }
        }
        found
    }

    /// What the newest text says: the draft, or the last published version.
    pub fn newest(&self) -> Option<&ItemContent> {
        self.draft.as_ref().map(|d| &d.content).or_else(|| self.versions.last().map(|v| &v.content)).map(|c| &**c)
    }

    /// Takes an event in.
    pub(super) fn take(&mut self, event: &ItemEvent) {
        match event {
            ItemEvent::ItemDrafted(e) => {
                self.code = Some(e.item.clone());
                self.last_version = self.last_version.max(e.version);
                self.publish_clock.get_or_insert(e.version);
                let (content, ground) = (e.content.clone(), e.ground.clone());
                self.draft = Some(Draft { version: e.version, content, ground, review: None });
            }
            ItemEvent::ItemReviewed(e) => {
                if let Some(draft) = self.draft.as_mut().filter(|d| d.version == e.version) {
                    let (reviewer, opinion) = (e.reviewer.clone(), e.opinion.clone());
                    draft.review = Some(Review { passed: e.passed, reviewer, opinion });
                    if !e.passed {
                        self.publish_clock = None;
                    }
                }
            }
            ItemEvent::ItemPublished(e) => {
                self.code = Some(e.item.clone());
                self.last_version = self.last_version.max(e.version);
                let draft = self.draft.take_if(|d| d.version == e.version);
                self.publish_clock = None;
                if self.review_clock.is_none() {
                    self.review_clock = Some(self.next_review());
                }
                // Most items have one version for years: no room is kept for three more.
                self.versions.reserve_exact(1);
                self.versions.push(Version {
                    version: e.version,
                    effective: e.effective,
                    published_at: e.published_at.clone(),
                    content: e.content.clone(),
                    citations: e.citations.clone(),
                    reviewer: draft.as_ref().and_then(|d| d.review.as_ref()).map(|r| r.reviewer.clone()),
                    ground: draft.map(|d| d.ground),
                });
            }
            ItemEvent::CitationsChecked(e) => {
                if let Some(version) = self.versions.iter_mut().rev().find(|v| v.version == e.version) {
                    version.citations.clone_from(&e.citations);
                }
            }
            ItemEvent::ItemCancelled(e) => {
                self.cancellations.push(e.clone());
                self.ended.push(self.versions.len());
                self.draft = None;
                self.publish_clock = None;
                self.review_clock = None;
            }
            ItemEvent::ItemReviewedYearly(e) => {
                self.yearly.push(e.clone());
                self.review_clock = Some(self.next_review());
            }
            ItemEvent::GroundNoted(e) => {
                let (versions, cancellations) = (self.versions.len(), self.cancellations.len());
                let noted = Noted { ground: e.clone(), versions, cancellations, answer: None };
                self.grounds.insert(e.reference.clone(), noted);
            }
            ItemEvent::GroundAnswered(e) => {
                if let Some(noted) = self.grounds.get_mut(&e.reference) {
                    noted.answer = Some(e.clone());
                }
            }
            ItemEvent::StandardPublished(e) => {
                self.standards.reserve_exact(1);
                self.standards.push(e.clone());
            }
            ItemEvent::FeePublished(e) => self.fees.push(e.clone()),
            ItemEvent::StepRefused(_) => {}
        }
    }

    /// The number of the next yearly review's clock. A revived item goes on counting, so that no name comes twice.
    pub(super) fn next_review(&self) -> u32 {
        u32::try_from(self.yearly.len() + self.cancellations.len()).unwrap_or(u32::MAX).saturating_add(1)
    }
}
