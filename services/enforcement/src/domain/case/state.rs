//! What is known of a case.

mod evolve;
mod history;
mod owing;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use law::{id::OfficerCode, rule::Rule, sealed::Openings};
use lists::facts::PenaltyKind;
use uuid::Uuid;

use self::history::History;
use crate::domain::{
    events::*,
    parameters::Larger,
    rules::{
        Why,
        execution::EN_COURT,
        hearing::{self, Grave},
        notice::Told,
        redo::EN_REDO,
        review::Needed,
        sentence::SetOff,
        transfer::Suspicion,
        verification::Known,
    },
    vocabulary::{STAGES, stage},
};

/// One case, folded: what steps are decided on, and no more. It is copied with every step; what a page shows of a case
/// is read from its events.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The furthest stage reached, a word of [`STAGES`].
    pub reached: Option<&'static str>,
    /// How it began.
    pub filed: Option<Arc<CaseFiled>>,
    /// Who may read who the party is, having opened it.
    pub opened: Openings,
    /// The officers in charge.
    pub officers: Arc<[ActingOfficer]>,
    /// Everybody who ever investigated it.
    pub investigators: Arc<BTreeSet<OfficerCode>>,
    /// Whether a recusal was asked for and not decided yet, from when on.
    pub recusals_asked: BTreeMap<OfficerCode, History<bool>>,
    /// Who must stay out, from when on.
    pub recusals: BTreeMap<OfficerCode, History<bool>>,
    /// Evidence gathered, by id.
    pub evidence: BTreeMap<Uuid, Gathered>,
    /// Evidence excluded.
    pub excluded: BTreeSet<Uuid>,
    /// The digests of what was got unlawfully, is not genuine or fails its demands, under whatever id it comes.
    pub tainted: BTreeSet<Arc<str>>,
    /// Preservations not settled.
    pub preserved: BTreeSet<Uuid>,
    /// Preservations settled.
    pub settled: BTreeSet<Uuid>,
    /// What was ever preserved, in plain words.
    pub preserved_objects: BTreeSet<String>,
    /// Compulsory measures, in order.
    pub measures: Vec<Measure>,
    /// The stages that left a record.
    pub recorded: BTreeSet<RecordStage>,
    /// Requests for assistance; answered or not.
    pub assistance: BTreeMap<Uuid, bool>,
    /// Orders to correct.
    pub corrections: BTreeMap<Uuid, Correction>,
    /// Nothing is left to correct, said when.
    pub correction_moot: Option<Option<Timestamp>>,
    /// What guardians were ordered.
    pub guardian: BTreeSet<GuardianDuty>,
    /// It went to the police once.
    pub transferred: bool,
    /// A court's sentence.
    pub sentence: Option<SentencePassed>,
    /// What was imposed and set off against it.
    pub set_off: SetOff,
    /// Another body claims the case.
    pub disputed: bool,
    /// Which agency a superior designated, or both agreed on.
    pub designated: Option<law::id::Uscc>,
    /// A superior did, not they themselves.
    pub designated_above: bool,
    /// Where a suspicion of crime stands.
    pub suspicion: Suspicion,
    /// The same as it went.
    pub suspicions: History<Suspicion>,
    /// Time towards the decision is not counted.
    pub suspended: bool,
    /// The end of the investigation.
    pub concluded: Option<InvestigationConcluded>,
    /// Every mitigating fact that was stated, as it was stated last: one that is left out later is not answered by that.
    pub mitigating: Vec<Mitigation>,
    /// The exempt list.
    pub exemption: Option<ExemptionConsidered>,
    /// The last notice.
    pub notice: Option<PenaltyNotified>,
    /// What it told, and what was found by then.
    pub told: Option<Told>,
    /// What was told since the last notice that rests on new facts, each once.
    pub told_before: Vec<Vec<Penalty>>,
    /// Whether the party stated and defended after one of these, in writing, aloud or at a hearing.
    pub answered: bool,
    /// What the party said to the last notice.
    pub statement: Option<Statement>,
    /// A hearing was asked for, and neither held, given up nor waived when the party was told anew.
    pub hearing_requested: Option<HearingRequested>,
    /// It was waived.
    pub hearing_waived: Option<HearingWaived>,
    /// It was given up by staying away or leaving, and is over.
    pub hearing_abandoned: bool,
    /// For which secret a hearing was closed: that does not end with the hearing.
    pub secret: Option<ClosedGround>,
    /// It was announced.
    pub hearing_notified: Option<HearingNotified>,
    /// It was held.
    pub hearing_held: Option<HearingHeld>,
    /// One was held, after this notice or one before: it went through a hearing.
    pub went_through_hearing: bool,
    /// The last legal review.
    pub review: Option<LegalReviewed>,
    /// Some legal review was passed.
    pub review_passed: bool,
    /// The last discussion of the heads.
    pub deliberation: Option<Deliberated>,
    /// How it was decided.
    pub outcome: Option<Verdict>,
    /// The decision was put up in public.
    pub announced: Option<ServiceAnnounced>,
    /// How the decision reached the party.
    pub served: Option<DecisionServed>,
    /// A spot decision was reported.
    pub spot_reported: bool,
    /// The decision was put on the web.
    pub published: Option<DecisionPublicised>,
    /// It is not published, on a ground.
    pub publication_omitted: bool,
    /// It was taken down again.
    pub withdrawn: bool,
    /// What was published is to be taken down, because it was overturned by this.
    pub to_withdraw: Option<DecisionOverturned>,
    /// It was overturned.
    pub overturned: Option<DecisionOverturned>,
    /// Its power item was cancelled from this day on.
    pub item_ended: Option<Date>,
    /// Other cases that look like the same act, noted since it was filed.
    pub same_acts: BTreeSet<Uuid>,
    /// Which of the confiscations of the decision were dealt with, from 1.
    pub disposed: BTreeSet<u16>,
    /// It is to be made again, and was not yet.
    pub redo: Option<RedoOrdered>,
    /// Money.
    pub money: Money,
    /// What was paid of the fine, and when.
    pub payments: Vec<(Option<Timestamp>, i64)>,
    /// Payment was put off.
    pub deferred: Option<PaymentDeferred>,
    /// Appeals, by reference.
    pub appeals: BTreeMap<String, Appeal>,
    /// Stays of execution, in order.
    pub stays: Vec<Stay>,
    /// Requests to stay the detention, by appeal; answered or not.
    pub stay_requests: BTreeMap<String, bool>,
    /// The last demand.
    pub demand: Option<DemandServed>,
    /// The court was applied to.
    pub court_applied: bool,
    /// What it answered last: whether it executes.
    pub court_accepts: Option<bool>,
    /// Executed by the agency itself.
    pub enforced: bool,
    /// What was not money was performed.
    pub performed: bool,
    /// Reported upward.
    pub filed_upward: bool,
    /// The end.
    pub closed: Option<CaseClosed>,
    /// The archive.
    pub archived: Option<CaseArchived>,
    /// How many attempts the law refused.
    pub attempts: u32,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// When it was gathered.
    pub at: Option<Timestamp>,
    /// The digest of its bytes.
    pub sha256: Arc<str>,
    /// What was known of it when it was gathered.
    pub known: Known,
    /// Whether it was found genuine, each time that it was verified.
    pub verified: History<bool>,
}

/// An order to correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub at: Option<Timestamp>,
    /// It sets a day.
    pub timed: bool,
    /// Somebody looked.
    pub checked: bool,
    /// And found it put right.
    pub corrected: bool,
}

/// A compulsory measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How it was taken.
    pub taken: MeasureTaken,
    /// Urgent, and not approved yet.
    pub unapproved: bool,
    /// Extended before.
    pub extended: bool,
    /// Testing goes on.
    pub testing: Option<MeasureTesting>,
    /// Released or merged into a decision.
    pub ended: bool,
    /// When.
    pub ended_at: Option<Timestamp>,
}

/// What the party said to the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// It stated and defended.
    Heard(StatementHeard),
    /// It plainly waived.
    Waived(StatementWaived),
    /// It was silent for the time that it was told.
    Lapsed(StatementLapsed),
}

/// How a case was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A penalty.
    Penalty(Box<PenaltyDecided>),
    /// None.
    Withheld(Box<PenaltyWithheld>),
}

/// Money of a case, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// Of the fine, paid.
    pub paid_fen: i64,
    /// When the latest payment was made.
    pub paid_at: Option<Timestamp>,
    /// Surcharges imposed.
    pub surcharge_fen: i64,
    /// For how many days since the last day to pay was set.
    pub surcharge_days: u16,
    /// Of the surcharges, what was imposed before that.
    pub surcharge_before_fen: i64,
    /// Surcharges paid.
    pub surcharge_paid_fen: i64,
    /// Cash taken on the spot.
    pub cash_fen: i64,
    /// From when on the two days run of what is not delivered yet.
    pub cash_from: Option<Timestamp>,
    /// Of it, delivered to the agency.
    pub delivered_fen: i64,
    /// When the latest of it was.
    pub delivered_at: Option<Timestamp>,
    /// From when on the two days run of what is not brought to the bank yet.
    pub bank_from: Option<Timestamp>,
    /// Of it, brought to the bank.
    pub banked_fen: i64,
    /// When the latest of it was.
    pub banked_at: Option<Timestamp>,
    /// Paid under decisions that fell and were made again since, surcharges too.
    pub fell_fen: i64,
    /// Given back, because the decision fell.
    pub refunded_fen: i64,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Which.
    pub kind: AppealKind,
    /// When it was lodged.
    pub lodged_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Whether it ended.
    pub ended: bool,
    /// How, as far as it is known.
    pub how: Option<AppealEnding>,
}

/// What a stay is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StayOf {
    /// The whole decision.
    Execution,
    /// The detention alone.
    Detention,
    /// Payment alone: the party was refused its receipt (APL 70).
    Payment,
}

/// A stay of execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The appeal in which it was ordered, or [`Stay::RECEIPT`].
    pub reference: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, once that is known.
    pub until: Option<Date>,
    /// Of what.
    pub of: StayOf,
}

impl Stay {
    /// What a stay is known by that no appeal has.
    pub const RECEIPT: &str = "receipt";

    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Ends it with a day, if it lasts longer.
    fn end(&mut self, day: Date) {
        self.until = Some(self.until.map_or(day, |until| until.min(day)));
    }
}

impl Case {
    /// The decided penalty.
    pub fn penalty(&self) -> Option<&PenaltyDecided> {
        match &self.outcome {
            Some(Verdict::Penalty(p)) => Some(p),
            _ => None,
        }
    }

    /// Who had to stay out then.
    pub fn recused(&self, then: Timestamp) -> BTreeSet<OfficerCode> {
        holding(&self.recusals, then)
    }

    /// Of whom it was asked then that he withdraw, and not decided.
    pub fn recusals_open(&self, then: Timestamp) -> BTreeSet<OfficerCode> {
        holding(&self.recusals_asked, then)
    }

    /// When it was decided.
    pub fn decided_at(&self) -> Option<Timestamp> {
        match self.outcome.as_ref()? {
            Verdict::Penalty(p) => p.at,
            Verdict::Withheld(w) => w.at,
        }
    }

    /// Whether anything may still be added to its file.
    pub fn is_at_hand(&self) -> bool {
        self.archived.is_none()
    }

    /// Whether it was not closed.
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whether the one clock of a rule, if it was opened, goes on: the case was not closed, or this was left open then.
    pub fn goes_on(&self, rule: &Rule) -> bool {
        self.closed.as_ref().is_none_or(|closed| closed.left.iter().any(|left| left.what == rule.id))
    }

    /// Whether the fine is collected still: the court may be applied to, or was.
    pub fn collects(&self) -> bool {
        self.court_applied || self.goes_on(&EN_COURT)
    }

    /// Whether the time to apply to the court is an open clock: it begins with service or the end of a deferral, and not
    /// while an appeal is pending.
    pub fn court_clock_runs(&self) -> bool {
        let begun = self.served.is_some() || self.deferred.is_some();
        begun && self.unpaid_fen() > 0 && !self.court_applied && !self.appeal_pending() && self.collects()
    }

    /// Whether it is open and nothing is decided yet, or it is to be decided anew.
    pub fn is_undecided(&self) -> bool {
        self.redoes() || self.is_open() && self.outcome.is_none()
    }

    /// Whether it is to be decided anew: that goes on where the case was closed and this named as left open.
    pub fn redoes(&self) -> bool {
        self.redo.is_some() && self.goes_on(&EN_REDO)
    }

    /// What a decision comes to, as far as another one may be the same.
    pub fn act(&self, decision: &PenaltyDecided) -> DecidedAct {
        let digest = |id| self.evidence.get(id).map(|gathered| gathered.sha256.to_string());
        DecidedAct {
            penalties: decision.penalties.clone(),
            tier: decision.tier.clone(),
            bases: decision.bases.clone(),
            evidence: decision.evidence.iter().filter_map(digest).collect(),
        }
    }

    /// Whether it runs by the ordinary procedure.
    pub fn is_ordinary(&self) -> bool {
        self.filed.as_ref().is_some_and(|filed| filed.procedure == Procedure::Ordinary)
    }

    /// Whether there is a penalty that stands.
    pub fn penalty_stands(&self) -> bool {
        self.penalty().is_some() && self.stands()
    }

    /// Whether the decision was not overturned, or only changed.
    pub fn stands(&self) -> bool {
        self.overturned.as_ref().is_none_or(|o| o.outcome.stands())
    }

    /// Whether the party stated and defended after the last notice.
    pub fn defended(&self) -> bool {
        matches!(self.statement, Some(Statement::Heard(_)))
    }

    /// Than what nothing may be heavier: what was told before the party defended itself (APL 45).
    pub fn bars(&self) -> &[Vec<Penalty>] {
        if self.answered { &self.told_before } else { &[] }
    }

    /// Whether the investigators called it complex, or the public interest touched.
    pub fn complex(&self) -> bool {
        self.concluded.as_ref().is_some_and(|c| c.complex)
    }

    /// Whether this decision needs a legal review (APL 58), and why.
    pub fn needs_review(&self, penalties: &[Penalty], larger: &Larger) -> Needed {
        if self.concluded.as_ref().is_some_and(|c| c.public_interest) {
            return Needed::Yes(Why::new("涉及重大公共利益", "the public interest is at stake"));
        }
        if self.went_through_hearing {
            return Needed::Yes(Why::new("经过听证", "a hearing was held"));
        }
        self.needs_deliberation(penalties, larger)
    }

    /// Whether the heads must discuss it (APL 57), and why.
    pub fn needs_deliberation(&self, penalties: &[Penalty], larger: &Larger) -> Needed {
        if self.complex() {
            return Needed::Yes(Why::new("案情疑难复杂", "the case is complex"));
        }
        match self.grave(penalties, larger) {
            Grave::Yes(why) => Needed::Yes(why),
            Grave::Asked(lacks) => Needed::Asked(lacks),
            Grave::No | Grave::Perhaps(_) => Needed::No,
        }
    }

    /// Whether the penalty is one of APL 63.
    pub fn grave(&self, penalties: &[Penalty], larger: &Larger) -> Grave {
        self.filed.as_ref().map(|f| hearing::grave(f.party.kind, penalties, larger)).unwrap_or_default()
    }

    /// Whether the court may be applied to: it was not, or it refused.
    pub fn may_apply(&self) -> bool {
        !self.court_applied || self.court_accepts == Some(false)
    }

    /// Whether something else than money is to be performed. A warning is, once it has reached the party.
    pub fn asks_more_than_money(&self) -> bool {
        let of_itself =
            |p: &Penalty| matches!(p.kind, PenaltyKind::Fine | PenaltyKind::Warning | PenaltyKind::PublicCriticism);
        self.penalty().is_some_and(|decided| !decided.penalties.iter().all(of_itself))
    }

    /// Whether what was decided is performed: the fine is paid, and the rest was performed or executed.
    pub fn is_performed(&self) -> bool {
        let executed = self.performed || self.enforced || self.court_accepts == Some(true);
        self.penalty().is_some() && self.unpaid_fen() == 0 && (executed || !self.asks_more_than_money())
    }

    /// What was paid, surcharges too.
    pub fn paid_fen(&self) -> i64 {
        self.money.paid_fen.saturating_add(self.money.surcharge_paid_fen)
    }

    /// What was paid under decisions that took their fine with them when they fell.
    pub fn due_back_fen(&self) -> i64 {
        let falls = self.penalty().is_some() && self.overturned.as_ref().is_some_and(|o| o.outcome.lifts_fine());
        self.money.fell_fen.saturating_add(if falls { self.paid_fen() } else { 0 })
    }

    /// Whether anything was done to find out what happened.
    pub fn investigated(&self) -> bool {
        let preserved = !self.preserved.is_empty() || !self.settled.is_empty();
        self.concluded.is_some() || !self.evidence.is_empty() || preserved || !self.measures.is_empty()
    }

    /// Whether any of the decision was performed, or its execution begun.
    pub fn executed(&self) -> bool {
        let paid = self.money.paid_fen > 0 || self.money.surcharge_paid_fen > 0;
        paid || self.performed || self.enforced || self.court_applied
    }

    /// Whether evidence was taken since the party was last told, and stands.
    pub fn found_since(&self) -> bool {
        let told = self.notice.as_ref().and_then(|n| n.at);
        self.evidence.iter().any(|(id, gathered)| !self.excluded.contains(id) && gathered.at > told)
    }
}

/// Words without signs and spaces: what is written in two ways may be the same things.
pub(super) fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Of whom it held then.
fn holding(of: &BTreeMap<OfficerCode, History<bool>>, then: Timestamp) -> BTreeSet<OfficerCode> {
    of.iter().filter(|(_, history)| history.then(then) == Some(true)).map(|(code, _)| code.clone()).collect()
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseStage {
    /// Filed, under investigation.
    Investigating,
    /// The investigation is concluded.
    Concluded,
    /// The intended penalty was told.
    Notified,
    /// Decided, not yet served.
    Decided,
    /// The decision reached the party.
    Served,
    /// With the police.
    Transferred,
    /// Closed.
    Closed,
    /// Archived.
    Archived,
}

/// How far a case has come; `None` before it is filed.
pub fn stage(case: &Case) -> Option<CaseStage> {
    case.filed.as_ref()?;
    Some(match case {
        Case { archived: Some(_), .. } => CaseStage::Archived,
        Case { closed: Some(_), .. } => CaseStage::Closed,
        Case { served: Some(_), redo: None, .. } => CaseStage::Served,
        Case { outcome: Some(_), redo: None, .. } => CaseStage::Decided,
        Case { suspicion: Suspicion::WithPolice | Suspicion::Criminal, .. } => CaseStage::Transferred,
        Case { notice: Some(_), .. } => CaseStage::Notified,
        Case { concluded: Some(_), .. } => CaseStage::Concluded,
        Case { .. } => CaseStage::Investigating,
    })
}
