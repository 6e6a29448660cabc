//! What is known of a matter.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use law::{
    calendar::{Calendar, in_time},
    day_of,
    id::Uscc,
    period::{Deadline, Extension, Period},
    sealed::{Openings, SealedText},
};
use uuid::Uuid;

use super::context::received;
use crate::domain::{
    events::*,
    facts::Earlier,
    rules::{
        protect::{self, Accused},
        receive::ACCEPT,
        settle::{SETTLE, runs_from},
    },
    words::{Instance, Kind, Outcome, ReviewOutcome},
};

/// How a matter ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Answered and closed.
    Closed,
    /// Not accepted.
    Declined,
    /// Sent into its own procedure.
    Redirected,
    /// Taken back.
    Withdrawn,
    /// A rating that calls for nothing.
    Noted,
}

/// One matter, folded.
#[derive(Clone, Debug, Default)]
pub struct Complaint {
    /// How it came.
    pub registered: Option<Arc<ComplaintRegistered>>,
    /// The earlier matter that it is one with.
    pub linked: Option<Uuid>,
    /// The agency that it was assigned to, and when.
    pub assigned: Option<(Organ, Timestamp)>,
    /// That agency objects, and nobody has decided on it.
    pub objected: bool,
    /// How often it came back.
    pub returns: u8,
    /// Whose matter it was ruled to be.
    pub ruled: Option<Uscc>,
    /// Its acceptance.
    pub accepted: Option<Arc<ComplaintAccepted>>,
    /// By how many days the time to settle it was extended.
    pub extended: u16,
    /// From when it is to be settled anew, after a review revoked the answer.
    pub anew: Option<Timestamp>,
    /// The last answer.
    pub answer: Option<Arc<ComplaintAnswered>>,
    /// When an answer settled it, poor or not.
    pub settled: Option<Timestamp>,
    /// It was rated poor, and another answer is owed.
    pub owes_again: bool,
    /// The last answer was rated.
    pub rated: bool,
    /// How often an answer was rated poor.
    pub poor: u8,
    /// What was rated poor has not been put right.
    pub owes_rectification: bool,
    /// A review or recheck that was asked for, and of which organ.
    pub review: Option<(Instance, Organ)>,
    /// The last one that was answered, and by whom.
    pub reviewed: Option<(Instance, Uscc)>,
    /// When that was.
    pub reviewed_at: Option<Timestamp>,
    /// What came of the lead, and whether the report proved true.
    pub outcome: Option<bool>,
    /// What the person was told of it: a decision may be overturned after it was told.
    pub outcomes: BTreeSet<String>,
    /// The sealed texts that are there, by their entry in the vault.
    pub texts: BTreeMap<Uuid, SealedText>,
    /// What was written to the person, as it is sealed.
    pub replies: Vec<SealedText>,
    /// Which of the texts were released to which agency.
    pub released: BTreeSet<(Uuid, Uscc)>,
    /// Who may read the identity, having opened it.
    pub opened: Openings,
    /// The person's key was shredded.
    pub shredded: bool,
    /// Supervision was asked for.
    pub supervised: bool,
    /// It was rewarded.
    pub rewarded: bool,
    /// How it ended.
    pub ended: Option<Ended>,
}

impl Complaint {
    /// The organ that received it.
    pub fn receiver(&self) -> Option<Organ> {
        let ComplaintRegistered { agency, agency_name, region, .. } = self.registered.as_deref()?;
        Some(Organ { agency: agency.clone(), name: agency_name.clone(), region: region.clone() })
    }

    /// The organ that handles it, or is to.
    pub fn handler(&self) -> Option<Organ> {
        self.assigned.as_ref().map(|(organ, _)| organ.clone()).or_else(|| self.receiver())
    }

    /// The organ with which it lies: while a review is pending, the one that was asked.
    pub fn holder(&self) -> Option<Organ> {
        self.review.as_ref().map(|(_, organ)| organ.clone()).or_else(|| self.handler())
    }

    /// Whether somebody of an agency may read a sealed text. It was released to the agency; or he `receives` what is brought
    /// to it, and the matter lies there still: who opens a letter reads it (LPR 22). Whom it accuses reads nothing (LPR 30(3)).
    pub fn may_read(&self, text: Uuid, agency: &Uscc, reader: &str, receives: bool) -> bool {
        let Some(registered) = self.registered.as_deref() else { return false };
        let accused = protect::kept_from(Accused::of(registered, &[]), agency).is_err()
            || registered.against_officers.iter().any(|officer| officer.as_str() == reader);
        let with = |organ: Option<Organ>| organ.is_some_and(|organ| organ.agency == *agency);
        let received = receives && with(self.receiver()) && with(self.holder());
        !accused && (received || self.released.contains(&(text, agency.clone())))
    }

    /// As the earlier matter that another one names; `None` when there is none.
    pub fn as_earlier(&self) -> Option<Earlier> {
        Some(Earlier {
            complaint: self.registered.as_deref()?.complaint,
            pending: self.accepted.is_some() && self.answer.is_none() && self.ended.is_none(),
            rechecked: self.is_rechecked(),
        })
    }

    /// Whether it is closed for good on its facts and reasons.
    pub fn is_rechecked(&self) -> bool {
        matches!(self.reviewed, Some((Instance::Recheck, _)))
    }

    /// Whether a report proved true, by the answer or by what came of the case.
    pub fn is_verified(&self) -> bool {
        self.outcome == Some(true) || self.answer.as_deref().is_some_and(|answer| answer.outcome == Outcome::Verified)
    }

    /// Whether the time to settle it runs.
    pub fn owes_settlement(&self) -> bool {
        self.accepted.is_some() && self.settled.is_none() && !self.is_over()
    }

    /// Whether it ended without an answer.
    pub fn is_over(&self) -> bool {
        self.ended.is_some_and(|ended| ended != Ended::Closed)
    }

    /// The period that is or was to be kept: to accept it, or to settle it from acceptance, from receipt or anew.
    fn runs(&self) -> Option<(Timestamp, Period)> {
        let registered = self.registered.as_deref()?;
        let Some(accepted) = self.accepted.as_deref() else {
            let start = self.assigned.as_ref().map_or_else(|| received(registered), |(_, at)| *at);
            return Some((start, ACCEPT));
        };
        let start = runs_from(registered.kind, accepted.at.unwrap_or_default(), received(registered));
        Some(self.anew.map_or((start, accepted.period), |anew| (anew, SETTLE)))
    }

    /// Whether by `day` it was settled, or accepted, late. Where only a calendar that is not known can tell, it was not.
    pub fn is_late(&self, day: Date, calendar: &Calendar) -> bool {
        let Some((start, period)) = self.runs() else { return false };
        let mut deadline = Deadline::new(day_of(start), period, "");
        if self.extended > 0 {
            let period = Period::CalendarDays(self.extended);
            deadline.extensions.push(Extension { period, reason_zh: String::new(), reason_en: String::new() });
        }
        let last = deadline.due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
        in_time(self.settled.map_or(day, day_of), last) == Ok(false)
    }

    pub(super) fn evolve(&mut self, event: &ComplaintEvent) {
        use ComplaintEvent as E;
        match event {
            E::ComplaintRegistered(e) => {
                let rated_well = e.kind == Kind::ServiceRating && e.score.is_some_and(|score| !score.is_poor());
                self.owes_rectification = e.kind == Kind::ServiceRating && !rated_well;
                self.ended = rated_well.then_some(Ended::Noted);
                self.keep(e.sealed.as_ref());
                self.registered = Some(Arc::new(e.clone()));
            }
            E::ComplaintSummarised(e) => self.summarise(e),
            E::ComplaintLinked(e) => self.linked = Some(e.earlier),
            E::ComplaintRedirected(_) => self.ended = Some(Ended::Redirected),
            E::ComplaintAssigned(e) => self.assigned = Some((e.to.clone(), e.at.unwrap_or_default())),
            E::AssignmentObjected(_) => self.objected = true,
            E::ObjectionDecided(e) => {
                self.objected = false;
                if e.agreed {
                    self.assigned = None;
                    self.returns = self.returns.saturating_add(1);
                }
            }
            E::AssignmentRuled(e) => self.ruled = Some(e.to.agency.clone()),
            E::ComplaintAccepted(e) => {
                self.objected = false;
                self.accepted = Some(Arc::new(e.clone()));
            }
            E::ComplaintDeclined(_) => self.ended = Some(Ended::Declined),
            E::SettlementExtended(e) => self.extended = self.extended.saturating_add(e.days),
            E::ComplaintAnswered(e) => {
                self.settled = self.settled.or(e.at);
                (self.owes_again, self.rated) = (false, false);
                self.answer = Some(Arc::new(e.clone()));
            }
            E::OutcomeReturned(e) => {
                self.outcome = Some(e.verified);
                self.outcomes.insert(e.decided.clone());
            }
            E::AnswerRated(e) => {
                self.rated = true;
                if e.score.is_poor() {
                    self.poor = self.poor.saturating_add(1);
                    (self.owes_again, self.owes_rectification, self.ended) = (true, true, None);
                }
            }
            E::ComplaintRectified(_) => self.owes_rectification = false,
            E::ReviewRequested(e) => {
                self.review = Some((e.instance, e.to.clone()));
                self.ended = None;
            }
            E::ReviewAnswered(e) => {
                let by = self.review.take().map(|(_, organ)| organ.agency);
                self.reviewed = by.map(|by| (e.instance, by));
                self.reviewed_at = e.at;
                if e.outcome == ReviewOutcome::Anew {
                    (self.anew, self.extended, self.settled) = (e.at, 0, None);
                    (self.reviewed, self.reviewed_at) = (None, None);
                }
            }
            E::SupervisionRequested(_) => self.supervised = true,
            E::ComplaintWithdrawn(_) => self.ended = Some(Ended::Withdrawn),
            E::ComplaintClosed(_) => self.ended = Some(Ended::Closed),
            E::ReportRewarded(_) => self.rewarded = true,
            E::StatementAdded(e) => self.keep(e.sealed.as_ref()),
            E::ReplySent(e) => self.replies.extend(e.sealed.clone()),
            E::TextReleased(e) => {
                self.released.insert((e.sealed.entry, e.to.agency.clone()));
            }
            E::IdentityOpened(e) => {
                if let Some(identity) = self.registered.as_deref().and_then(|registered| registered.identity.as_ref()) {
                    self.opened.open(identity.entry, e.opened_by.as_str(), e.at.unwrap_or_default());
                }
            }
            E::IdentityShredded(_) => self.shredded = true,
            E::HandlingJoined(_) | E::HearingHeld(_) | E::StepRefused(_) => {}
        }
    }

    /// What the office wrote down stands for what was registered; whom the person accuses nobody takes out again.
    fn summarise(&mut self, e: &ComplaintSummarised) {
        let Some(registered) = self.registered.as_mut().map(Arc::make_mut) else { return };
        registered.summary.clone_from(&e.summary);
        registered.way = e.way;
        for agency in &e.against {
            if !registered.against.contains(agency) {
                registered.against.push(agency.clone());
            }
        }
        for officer in &e.against_officers {
            if !registered.against_officers.contains(officer) {
                registered.against_officers.push(officer.clone());
            }
        }
        if e.item.is_some() {
            (registered.item, registered.item_name) = (e.item.clone(), e.item_name.clone());
        }
        registered.place = e.place.clone().or_else(|| registered.place.take());
        registered.norm = e.norm.clone().or_else(|| registered.norm.take());
    }

    fn keep(&mut self, text: Option<&SealedText>) {
        self.texts.extend(text.map(|text| (text.entry, text.clone())));
    }
}
