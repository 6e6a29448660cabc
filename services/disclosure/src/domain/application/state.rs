//! What is known of an application.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use law::{
    ClockChange,
    calendar::{Calendar, NoCalendar, in_time},
    day_of,
    ending::Owed,
    period::{Deadline, Extension, Period},
};

use crate::domain::{
    events::{ApplicationAnswered, ApplicationEvent, ApplicationReceived},
    rules::{
        answer::Earlier,
        ask::{Inquiry, Opinion, Whom},
        period::{ANSWER, DI_ANSWER, Excess},
        receive::Correction,
    },
};

/// How an application ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Answered, and the answer sent.
    Answered,
    /// Given up.
    Lapsed,
    /// Taken back.
    Withdrawn,
}

/// One application, folded.
#[derive(Clone, Debug, Default)]
pub struct Application {
    /// How it came, with what was corrected since.
    pub received: Option<Arc<ApplicationReceived>>,
    /// What was to be corrected.
    pub correction: Option<Correction>,
    /// The act from which the period to answer runs.
    pub begun: Option<Timestamp>,
    /// Who was asked.
    pub inquiries: Vec<Inquiry>,
    /// By how many working days the period was made longer, each time.
    pub longer: Vec<u16>,
    /// Of these, extended under OGI 33.
    pub extended: u16,
    /// How far an excess was looked into.
    pub excess: Excess,
    /// The answer.
    pub answer: Option<Arc<ApplicationAnswered>>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// Its file rests in the archive.
    pub archived: bool,
}

impl Application {
    /// Days of an event; every stored act has its legal time.
    fn day(at: Option<Timestamp>) -> Date {
        day_of(at.unwrap_or_default())
    }

    /// As the earlier application that another one's answer names; `None` when there is none.
    pub fn as_earlier(&self) -> Option<Earlier> {
        let received = self.received.as_ref()?;
        Some(Earlier {
            agency: received.agency.clone(),
            applicant: received.applicant.key().map(str::to_owned),
            outcome: self.answer.as_ref().map(|answer| answer.outcome),
        })
    }

    /// The inquiries of third parties.
    pub(super) fn third_parties(&self) -> Vec<&Inquiry> {
        self.inquiries.iter().filter(|i| matches!(i.whom, Whom::ThirdParty(_))).collect()
    }

    /// The inquiries of joint authors.
    pub(super) fn joint_authors(&self) -> Vec<&Inquiry> {
        self.inquiries.iter().filter(|i| matches!(i.whom, Whom::Agency(_))).collect()
    }

    /// Whether somebody has not given an opinion.
    pub(super) fn waits(&self) -> bool {
        self.inquiries.iter().any(|i| i.opinion.is_none())
    }

    /// Whether it lacks something that the applicant was never told to correct.
    pub(super) fn owes_correction(&self) -> bool {
        self.correction.is_none() && self.received.as_ref().is_some_and(|r| !r.missing.is_empty())
    }

    /// Whether it waits for a correction, and no period to answer runs.
    pub(super) fn corrects(&self) -> bool {
        self.correction.is_some_and(|c| c.in_time && !c.corrected)
    }

    /// Who may still speak on a day: an answer that does not wait for them says why. Where only a calendar that is not known
    /// can tell whether their time is over, nobody need be named.
    pub(super) fn owed(&self, day: Date, calendar: &Calendar) -> Vec<Owed> {
        let open = |last: Result<Date, NoCalendar>| in_time(day, last).unwrap_or(false);
        let waited_for = self.inquiries.iter().filter(|i| i.opinion.is_none() && open(i.last_day(calendar)));
        let mut owed: Vec<_> = waited_for
            .map(|inquiry| Owed {
                what: format!("inquiry:{}", inquiry.id),
                zh: "被征求意见的一方尚可提出意见",
                en: "whoever was asked may still give an opinion",
            })
            .collect();
        if self.correction.is_some_and(|c| !c.corrected && day <= c.until) {
            let (zh, en) = ("申请人尚可补正", "the applicant may still correct the application");
            owed.push(Owed { what: "correction".to_owned(), zh, en });
        }
        owed
    }

    /// What suspends the period to answer: everybody who was asked, until the opinion came or the answer was decided.
    fn waits_for(&self) -> impl Iterator<Item = ClockChange> {
        let answered = self.answer.as_ref().map(|answer| Self::day(answer.at));
        self.inquiries.iter().flat_map(move |inquiry| {
            let heard = inquiry.opinion.map(|opinion| opinion.on).into_iter().chain(answered).min();
            std::iter::once(inquiry.waited_for()).chain(heard.map(|on| inquiry.heard(on)))
        })
    }

    /// The answer is decided: nobody is waited for any more.
    pub(super) fn waits_no_more(&self, on: Date) -> impl Iterator<Item = ClockChange> {
        self.inquiries.iter().filter(|inquiry| inquiry.opinion.is_none()).map(move |inquiry| inquiry.heard(on))
    }

    /// The period to answer with everything that bears on its end.
    pub(super) fn period(&self) -> Option<Deadline> {
        let mut period = Deadline::new(day_of(self.begun?), ANSWER, DI_ANSWER.citation_zh());
        self.waits_for().for_each(|change| change.edit(&mut period));
        let more = |days: &u16| Extension {
            period: Period::WorkingDays(*days),
            reason_zh: String::new(),
            reason_en: String::new(),
        };
        period.extensions.extend(self.longer.iter().map(more));
        Some(period)
    }

    /// The period's clock, opened by the act at `at`; somebody may be waited for already.
    pub(super) fn open_clock(&self, at: Timestamp) -> Vec<ClockChange> {
        std::iter::once(ClockChange::open(&DI_ANSWER, at, ANSWER)).chain(self.waits_for()).collect()
    }

    pub(super) fn evolve(&mut self, event: &ApplicationEvent) {
        use ApplicationEvent as E;
        match event {
            E::ApplicationReceived(e) => {
                self.begun = e.at;
                self.received = Some(Arc::new(e.clone()));
            }
            E::CorrectionRequested(e) => {
                self.correction = Some(Correction { until: e.until, in_time: e.in_time, corrected: false });
            }
            E::ApplicationCorrected(e) => {
                if let Some(received) = self.received.as_mut().map(Arc::make_mut) {
                    received.description.clone_from(&e.description);
                    received.form = e.form.or(received.form);
                    if let Some(applicant) = &e.applicant {
                        received.applicant = applicant.clone();
                    }
                }
                if let Some(correction) = &mut self.correction {
                    correction.corrected = true;
                    if correction.in_time {
                        self.begun = e.at;
                        self.longer.clear();
                        self.extended = 0;
                    }
                }
            }
            E::ApplicationLapsed(_) => self.ended = Some(Ended::Lapsed),
            E::ApplicationWithdrawn(_) => self.ended = Some(Ended::Withdrawn),
            E::ThirdPartyAsked(e) => {
                self.asked(e.inquiry, Whom::ThirdParty(e.person.clone()), e.sent, e.at);
            }
            E::AgencyAsked(e) => self.asked(e.inquiry, Whom::Agency(e.agency_name.clone()), e.sent, e.at),
            E::ThirdPartyAnswered(e) => self.opinion(e.inquiry, e.agrees, e.at),
            E::AgencyAnswered(e) => self.opinion(e.inquiry, e.agrees, e.at),
            E::AnswerExtended(e) => {
                self.longer.push(e.working_days);
                self.extended = self.extended.saturating_add(e.working_days);
            }
            E::AnswerDeferred(e) => self.longer.push(e.working_days),
            E::ReasonsDemanded(_) => self.excess = Excess::Demanded,
            E::ReasonsGiven(_) => self.excess = Excess::Given,
            E::FeeCharged(_) | E::StepRefused(_) => {}
            E::ApplicationAnswered(e) => self.answer = Some(Arc::new(e.clone())),
            E::AnswerSent(_) => self.ended = Some(Ended::Answered),
            E::ApplicationArchived(_) => self.archived = true,
        }
    }

    fn asked(&mut self, id: uuid::Uuid, whom: Whom, sent: Date, at: Option<Timestamp>) {
        self.inquiries.push(Inquiry { id, whom, sent, received: Self::day(at), opinion: None });
    }

    fn opinion(&mut self, id: uuid::Uuid, agrees: bool, at: Option<Timestamp>) {
        if let Some(inquiry) = self.inquiries.iter_mut().find(|i| i.id == id) {
            inquiry.opinion = Some(Opinion { on: Self::day(at), agrees });
        }
    }
}
