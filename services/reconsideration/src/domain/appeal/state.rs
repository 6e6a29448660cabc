//! What is known of an application.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use law::{
    DomainEvent as _,
    calendar::{Calendar, NoCalendar, in_time},
    clock::end_of_day,
    day_of,
    id::{OfficerCode, Whose},
    period::{Deadline, Extension, Period},
    sealed::{Openings, SealedText},
};
use uuid::Uuid;

use crate::domain::{
    events::*,
    rules::{
        course::{DECIDE, DECIDE_SIMPLE},
        decide::Answered,
        handle::{ANSWER, ANSWER_SIMPLE},
        perform::REDO_DAYS,
        receive::{EXAMINE, SUPPLY},
    },
    vocabulary::STAGES,
    words::*,
};

/// How an application was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// From which day on.
    pub on: Date,
    /// By which procedure it runs now.
    pub procedure: Procedure,
}

/// How an application came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Not accepted.
    Rejected,
    /// Taken as given up.
    Lapsed,
    /// Taken back.
    Withdrawn,
    /// Ended without a decision.
    Terminated,
    /// Settled by mediation.
    Mediated,
    /// Decided.
    Decided,
}

/// A supplement that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// The day the applicant got the notice.
    pub told: Date,
    /// How many working days more.
    pub more: u16,
    /// Asked for in time.
    pub in_time: bool,
    /// It came.
    pub came: bool,
}

/// A standstill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Why.
    pub ground: SuspendGround,
    /// Since when.
    pub since: Date,
    /// Whether the period stands still with it: until its reason is gone.
    pub counts: bool,
}

/// A review of a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Whether the organ may decide on it.
    pub competent: bool,
    /// It was passed on.
    pub referred: bool,
    /// An answer of an agency on the list is awaited.
    pub awaited: bool,
    /// It was settled.
    pub settled: bool,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which.
    pub kind: LetterKind,
    /// To whom.
    pub to: Whose,
    /// It was answered.
    pub answered: bool,
}

/// A lawsuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suit {
    /// Who is sued.
    pub defendant: Defendant,
    /// In every trial somebody answered for the defendant as APC 3 asks; none before the first.
    pub appeared: Option<bool>,
    /// The last judgment, and whether it binds.
    pub judged: Option<(Judgment, bool)>,
    /// What it ordered was done.
    pub performed: bool,
}

/// What is to be performed, from when, in how many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Service, or the order.
    pub from: Timestamp,
    /// Days.
    pub days: u16,
}

impl Task {
    /// Whether it is over on a day.
    ///
    /// # Errors
    /// [`NoCalendar`].
    pub fn overdue(&self, day: Date, calendar: &Calendar) -> Result<bool, NoCalendar> {
        let last = Deadline::new(day_of(self.from), Period::CalendarDays(self.days), "").due(calendar);
        in_time(day, last.map(|due| due.day().unwrap_or(Date::MAX))).map(|in_time| !in_time)
    }
}

/// One application, folded.
#[derive(Clone, Debug, Default)]
pub struct Appeal {
    /// The furthest stage reached, a word of [`STAGES`].
    pub reached: Option<&'static str>,
    /// How it came.
    pub received: Option<Arc<ApplicationReceived>>,
    /// The receipt from which the time to examine it runs; none while a supplement is awaited.
    pub examined_since: Option<Date>,
    /// What was to be supplemented.
    pub supplement: Option<Supplement>,
    /// How it was accepted.
    pub accepted: Option<Accepted>,
    /// Who handles it.
    pub handlers: Vec<Handler>,
    /// Who must stay out.
    pub recused: BTreeSet<OfficerCode>,
    /// 重大、疑难、复杂.
    pub complex: bool,
    /// 专业性、技术性较强.
    pub technical: bool,
    /// Third parties; whether any opposes the applicant.
    pub third_parties: Option<bool>,
    /// The day the respondent got the copy.
    pub copied: Option<Date>,
    /// Its answer: in time, and with evidence and provisions.
    pub answer: Option<bool>,
    /// Who was heard.
    pub heard: Vec<OpinionHeard>,
    /// For when a hearing was told.
    pub hearing_at: Option<Timestamp>,
    /// When it was held.
    pub hearing_held: Option<Timestamp>,
    /// When the committee gave its opinion.
    pub advised: Option<Timestamp>,
    /// Reviews of bases.
    pub norms: BTreeMap<Uuid, Norm>,
    /// It stands still.
    pub standing: Option<Standing>,
    /// By how many days the period was extended.
    pub extended: u16,
    /// Execution stands still.
    pub stayed: bool,
    /// The last mediation came to an agreement.
    pub mediated: Option<bool>,
    /// What was decided.
    pub decision: Option<Arc<AppealDecided>>,
    /// In how many days the agreement of a mediation is performed.
    pub agreed_days: Option<u16>,
    /// How it came to its end, and when.
    pub concluded: Option<(Conclusion, Option<Timestamp>)>,
    /// When the decision was served.
    pub served: Option<Timestamp>,
    /// It stands on the web.
    pub published: bool,
    /// Letters.
    pub letters: BTreeMap<Uuid, Letter>,
    /// What the respondent has to perform.
    pub task: Option<Task>,
    /// What it was ordered to perform after that.
    pub order: Option<Task>,
    /// The day it performed.
    pub performed: Option<Date>,
    /// It was pressed.
    pub pressed: bool,
    /// Compensation claimed and paid.
    pub compensation: Compensating,
    /// What was noted elsewhere.
    pub effects: BTreeSet<Effect>,
    /// Lawsuits.
    pub suits: BTreeMap<Uuid, Suit>,
    /// Judicial suggestions, and whether they were answered.
    pub suggestions: BTreeMap<Uuid, bool>,
    /// The citizens who take part, as far as they are sealed, by their entry in the vault, with the name on record.
    pub parties: BTreeMap<Uuid, (SealedText, String)>,
    /// Who may read of them, having opened it.
    pub opened: Openings,
    /// The file is closed.
    pub closed: bool,
}

/// How far compensation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compensating {
    /// Not claimed.
    #[default]
    Not,
    /// Claimed.
    Claimed,
    /// Paid.
    Paid,
}

impl Appeal {
    /// The last day to examine the application, while it is examined.
    pub(super) fn examine_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let since = self.examined_since.filter(|_| self.accepted.is_none() && self.concluded.is_none())?;
        Some(due(&Deadline::new(since, EXAMINE, ""), calendar))
    }

    /// The last day to supplement it.
    pub(super) fn supplement_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let supplement = self.supplement.filter(|s| !s.came)?;
        let mut period = Deadline::new(supplement.told, SUPPLY, "");
        let more = Period::WorkingDays(supplement.more);
        period.extensions = vec![Extension { period: more, reason_zh: String::new(), reason_en: String::new() }];
        Some(due(&period, calendar))
    }

    /// The last day to answer, once the respondent got the copy.
    pub(super) fn answer_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let period = match self.accepted.as_ref()?.procedure {
            Procedure::Simple => ANSWER_SIMPLE,
            Procedure::Ordinary => ANSWER,
        };
        Some(due(&Deadline::new(self.copied?, period, ""), calendar))
    }

    /// What the respondent has answered.
    pub(super) fn answered(&self, calendar: &Calendar) -> Answered {
        match (self.answer, self.answer_by(calendar)) {
            (Some(true), _) => Answered::Fully,
            (_, Some(last)) => Answered::Not(last),
            (_, None) => Answered::NeverAsked,
        }
    }

    /// The last day to decide but for standstills: what a suit for silence is held against.
    pub(super) fn decide_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let accepted = self.accepted.as_ref()?;
        let period = match accepted.procedure {
            Procedure::Simple => DECIDE_SIMPLE,
            Procedure::Ordinary => DECIDE,
        };
        let mut deadline = Deadline::new(accepted.on, period, "");
        let more = Period::CalendarDays(self.extended);
        deadline.extensions = vec![Extension { period: more, reason_zh: String::new(), reason_en: String::new() }];
        Some(due(&deadline, calendar))
    }

    /// Whether a review of a basis is not settled.
    pub(super) fn reviews(&self) -> bool {
        self.norms.values().any(|norm| !norm.settled)
    }

    /// Whether the respondent is late with what it has to perform.
    ///
    /// # Errors
    /// [`NoCalendar`].
    pub(super) fn late(&self, day: Date, calendar: &Calendar) -> Result<bool, NoCalendar> {
        match (&self.task, self.performed) {
            (Some(task), None) => task.overdue(day, calendar),
            (_, _) => Ok(false),
        }
    }

    /// Whether it was late, by the day on which it performed, or by this one.
    ///
    /// # Errors
    /// [`NoCalendar`].
    pub(super) fn was_late(&self, day: Date, calendar: &Calendar) -> Result<bool, NoCalendar> {
        self.task.as_ref().map_or(Ok(false), |task| task.overdue(self.performed.unwrap_or(day), calendar))
    }

    /// In how many days the respondent has to do something, once it is served.
    pub(super) fn to_perform(&self) -> Option<u16> {
        match self.decision.as_deref() {
            Some(decision) if decision.redo => Some(decision.perform_days.unwrap_or(REDO_DAYS)),
            Some(decision) => decision.perform_days,
            None => self.agreed_days,
        }
    }

    /// Takes an event in.
    pub(super) fn evolve(&mut self, event: &AppealEvent) {
        use AppealEvent as E;
        if let Some(stage) = event.card().stage
            && self.reached.is_none_or(|reached| place(reached) < place(stage))
        {
            self.reached = Some(stage);
        }
        match event {
            E::ApplicationReceived(e) => {
                self.examined_since = e.at.map(day_of);
                self.takes_part(&e.applicant);
                self.received = Some(Arc::new(e.clone()));
            }
            E::SupplementRequested(e) => {
                let told = e.at.map_or(e.sent, day_of);
                self.supplement = Some(Supplement { told, more: 0, in_time: e.in_time, came: false });
                if e.in_time {
                    self.examined_since = None;
                }
            }
            E::SupplementExtended(e) => {
                if let Some(supplement) = &mut self.supplement {
                    supplement.more = supplement.more.saturating_add(e.working_days);
                }
            }
            E::ApplicationSupplemented(e) => {
                if let Some(supplement) = &mut self.supplement {
                    supplement.came = true;
                    if supplement.in_time {
                        self.examined_since = e.at.map(day_of);
                    }
                }
            }
            E::ApplicationLapsed(e) => self.conclude(Conclusion::Lapsed, e.at),
            E::ApplicationAccepted(e) => self.accepted = Some(Accepted { on: e.on, procedure: e.procedure }),
            E::ApplicationRejected(e) => self.conclude(Conclusion::Rejected, e.at),
            E::HandlersAssigned(e) => {
                self.handlers.clone_from(&e.officers);
                self.complex |= e.complex;
                self.technical |= e.technical;
            }
            E::HandlerRecused(e) => {
                self.recused.insert(e.officer.clone());
                self.handlers.retain(|handler| handler.officer != e.officer);
            }
            E::ThirdPartyJoined(e) => {
                self.takes_part(&e.person);
                self.third_parties = Some(self.third_parties.unwrap_or_default() || e.opposes);
            }
            E::SpeakersNamed(e) => e.persons.iter().for_each(|person| self.takes_part(person)),
            E::PartyOpened(e) => self.opened.open(e.entry, e.opened_by.as_str(), e.at.unwrap_or_default()),
            E::ProcedureChanged(_) => {
                if let Some(accepted) = &mut self.accepted {
                    accepted.procedure = Procedure::Ordinary;
                }
            }
            E::CopySent(e) => self.copied = Some(e.at.map_or(e.sent, day_of)),
            E::AnswerGiven(e) => {
                let full = e.in_time && crate::domain::rules::handle::complete(e).is_ok();
                self.answer = Some(full || self.answer == Some(true));
            }
            E::OpinionHeard(e) => self.heard.push(e.clone()),
            E::HearingNotified(e) => self.hearing_at = Some(e.hearing_at),
            E::HearingHeld(e) => self.hearing_held = e.at,
            E::CommitteeHeard(e) => self.advised = e.at,
            E::NormQuestioned(e) => {
                self.norms
                    .insert(e.norm, Norm { competent: e.competent, referred: false, awaited: false, settled: false });
            }
            E::NormReferred(e) => {
                self.norm(e.norm, |norm| (norm.referred, norm.awaited) = (true, e.receiver.is_some()));
            }
            E::NormSettled(e) => {
                self.norm(e.norm, |norm| norm.settled = true);
                let reviews = self.reviews();
                if let Some(standing) = self.standing.as_mut().filter(|s| s.ground == SuspendGround::Norm) {
                    standing.counts = reviews;
                }
            }
            E::AppealSuspended(e) => {
                let since = e.at.map(day_of).unwrap_or_default();
                self.standing = Some(Standing { ground: e.ground, since, counts: true });
            }
            E::AppealResumed(_) => self.standing = None,
            E::AppealTerminated(e) => self.conclude(Conclusion::Terminated, e.at),
            E::AppealWithdrawn(e) => self.conclude(Conclusion::Withdrawn, e.at),
            E::MediationHeld(e) => {
                self.mediated = Some(e.agreed);
                if e.agreed {
                    self.agreed_days = e.perform_days;
                    self.conclude(Conclusion::Mediated, e.at);
                }
            }
            E::StayDecided(e) => self.stayed = e.stayed,
            E::DecisionExtended(e) => self.extended = self.extended.saturating_add(e.days),
            E::AppealDecided(e) => {
                self.decision = Some(Arc::new(e.clone()));
                self.conclude(Conclusion::Decided, e.at);
            }
            E::DecisionServed(e) => {
                self.served = e.at;
                self.task = e.at.zip(self.to_perform()).map(|(from, days)| Task { from, days });
            }
            E::DecisionPublished(_) => self.published = true,
            E::LetterIssued(e) => {
                let letter = Letter { kind: e.kind, to: e.to.whose(), answered: false };
                self.letters.insert(e.letter, letter);
            }
            E::LetterAnswered(e) => {
                if let Some(letter) = self.letters.get_mut(&e.letter) {
                    letter.answered = true;
                }
            }
            E::DecisionPerformed(DecisionPerformed { at, .. }) | E::ActRedone(ActRedone { at, .. }) => {
                self.performed = at.map(day_of).or(self.performed);
            }
            E::PerformancePressed(e) => {
                self.pressed = true;
                self.order = e.at.zip(e.days).map(|(from, days)| Task { from, days }).or(self.order);
            }
            E::CompensationClaimed(_) => self.compensation = Compensating::Claimed,
            E::CompensationPaid(_) => self.compensation = Compensating::Paid,
            E::EffectNoted(e) => _ = self.effects.insert(e.effect),
            E::SuitFiled(e) => {
                let suit = Suit { defendant: e.defendant, appeared: None, judged: None, performed: false };
                self.suits.insert(e.suit, suit);
            }
            E::SuitHeard(e) => {
                let came = e.head.as_deref().is_some_and(|head| !head.trim().is_empty());
                self.suit(e.suit, |suit| suit.appeared = Some(came && suit.appeared.unwrap_or(true)));
            }
            E::JudgmentGiven(e) => self.suit(e.suit, |suit| suit.judged = Some((e.judgment, e.binding))),
            E::JudgmentPerformed(e) => self.suit(e.suit, |suit| suit.performed = true),
            E::SuggestionReceived(e) => _ = self.suggestions.insert(e.suggestion, false),
            E::SuggestionAnswered(e) => _ = self.suggestions.insert(e.suggestion, true),
            E::AppealClosed(_) => self.closed = true,
            E::AppealsJoined(_) | E::EvidenceAdded(_) | E::EvidenceTaken(_) | E::FileRead(_) | E::StepRefused(_) => {}
        }
    }

    fn takes_part(&mut self, person: &Person) {
        if let Some(sealed) = &person.identity {
            self.parties.insert(sealed.entry, (sealed.clone(), person.name.clone()));
        }
    }

    fn conclude(&mut self, how: Conclusion, at: Option<Timestamp>) {
        self.concluded = Some((how, at));
        self.standing = None;
    }

    fn norm(&mut self, id: Uuid, change: impl FnOnce(&mut Norm)) {
        if let Some(norm) = self.norms.get_mut(&id) {
            change(norm);
        }
    }

    fn suit(&mut self, id: Uuid, change: impl FnOnce(&mut Suit)) {
        if let Some(suit) = self.suits.get_mut(&id) {
            change(suit);
        }
    }
}

/// The last day of a period that does not stand still.
fn due(deadline: &Deadline, calendar: &Calendar) -> Result<Date, NoCalendar> {
    deadline.due(calendar).map(|due| due.day().unwrap_or(Date::MAX))
}

/// The moment at which a period that ends with this day has ended.
pub(super) fn expiry(day: Date) -> Timestamp {
    end_of_day(day)
}

/// Where a stage stands in the process.
fn place(stage: &str) -> Option<usize> {
    STAGES.iter().position(|word| word.id == stage)
}
