//! What is known of a case.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use law::{
    DomainEvent as _,
    calendar::{Calendar, NoCalendar},
    check::blank,
    day_of,
    id::OfficerCode,
    rule::Rule,
    sealed::Openings,
};
use lists::facts::{Reach, reach};
use uuid::Uuid;

use crate::domain::{
    events::*,
    parameters::Larger,
    rules::{
        Why,
        execution::{Course, EN_COURT, EndedAppeal},
        hearing::{self, Grave},
        money::pay_by,
        notice::Told,
        redo::EN_REDO,
        review::Needed,
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
    pub officers: Vec<ActingOfficer>,
    /// Everybody who ever investigated it.
    pub investigators: BTreeMap<OfficerCode, String>,
    /// Recusals asked for and not decided.
    pub recusals_open: BTreeSet<OfficerCode>,
    /// Who must stay out.
    pub recused: BTreeSet<OfficerCode>,
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
    /// What was imposed was set off against it.
    pub set_off: bool,
    /// Another body claims the case.
    pub disputed: bool,
    /// Which agency a superior designated, or both agreed on.
    pub designated: Option<law::id::Uscc>,
    /// Where a suspicion of crime stands.
    pub suspicion: Suspicion,
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
    /// Whether the party stated and defended after one of these.
    pub answered: bool,
    /// What the party said to the last notice.
    pub statement: Option<Statement>,
    /// A hearing was asked for after the last notice.
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
    /// It is to be made again, and was not yet.
    pub redo: Option<RedoOrdered>,
    /// Money.
    pub money: Money,
    /// Payment was put off.
    pub deferred: Option<PaymentDeferred>,
    /// Appeals, by reference.
    pub appeals: BTreeMap<String, Appeal>,
    /// The last demand.
    pub demand: Option<DemandServed>,
    /// The court was applied to.
    pub court_applied: bool,
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
    /// When it was verified last, and whether it is genuine.
    pub verified: Option<(Option<Timestamp>, bool)>,
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
    /// For how many days.
    pub surcharge_days: u16,
    /// Surcharges paid.
    pub surcharge_paid_fen: i64,
    /// Cash taken on the spot.
    pub cash_fen: i64,
    /// Of it, delivered to the agency.
    pub delivered_fen: i64,
    /// Of it, brought to the bank.
    pub banked_fen: i64,
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

impl Case {
    /// The decided penalty.
    pub fn penalty(&self) -> Option<&PenaltyDecided> {
        match &self.outcome {
            Some(Verdict::Penalty(p)) => Some(p),
            _ => None,
        }
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
        if self.hearing_held.is_some() {
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

    /// What is left of the fine to pay.
    pub fn unpaid_fen(&self) -> i64 {
        self.penalty().map_or(0, |p| p.fine_fen.saturating_sub(self.money.paid_fen)).max(0)
    }

    /// What became of the decision since it reached the party. An appeal against an earlier decision of the case is none against
    /// this one.
    pub fn course(&self) -> Course {
        let decided = self.decided_at();
        let against = |appeal: &&Appeal| appeal.lodged_at.is_none() || appeal.lodged_at >= decided;
        let ended = self
            .appeals
            .values()
            .filter(against)
            .filter_map(|appeal| Some(EndedAppeal { kind: appeal.kind, at: appeal.ended_at?, how: appeal.how }));
        Course {
            served_at: self.served.as_ref().and_then(|served| served.at),
            pending: self.appeal_pending(),
            ended: ended.max_by_key(|ended| ended.at),
            deferred_until: self.deferred.as_ref().map(|deferred| deferred.until),
        }
    }

    /// Whether an appeal is pending.
    pub fn appeal_pending(&self) -> bool {
        self.appeals.values().any(|a| !a.ended)
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

    /// The last day to pay, once the decision was served. The calendar may have come after the service.
    pub fn pay_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let put_off = self.deferred.as_ref().map(|d| d.until);
        let stored = put_off.or_else(|| self.served.as_ref()?.pay_by).or_else(|| self.penalty()?.pay_by);
        let served_on = || self.served.as_ref().and_then(|served| served.at).map(day_of);
        stored.map(Ok).or_else(|| served_on().map(|day| pay_by(day, calendar)))
    }

    /// Days after `from` up to and including `to` on which no appeal was pending.
    pub fn days_without_appeal(&self, from: Date, to: Date) -> u16 {
        let mut days = 0u16;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            let under_appeal = self
                .appeals
                .values()
                .any(|a| a.lodged_at.is_some_and(|l| day_of(l) <= day) && a.ended_at.is_none_or(|e| day <= day_of(e)));
            days = days.saturating_add(u16::from(!under_appeal));
        }
        days
    }

    fn investigate(&mut self, officers: &[ActingOfficer]) {
        self.investigators.extend(officers.iter().map(|o| (o.officer.clone(), o.name.clone())));
    }

    /// Takes an event in.
    pub(super) fn evolve(&mut self, event: &CaseEvent) {
        use CaseEvent as E;
        if let Some(stage) = event.card().stage
            && self.reached.is_none_or(|reached| place(reached) < place(stage))
        {
            self.reached = Some(stage);
        }
        match event {
            E::CaseFiled(e) => {
                self.officers.clone_from(&e.officers);
                self.investigate(&e.officers);
                self.filed = Some(Arc::new(e.clone()));
            }
            E::PartyOpened(e) => self.opened.open(e.entry, e.opened_by.as_str(), e.at.unwrap_or_default()),
            E::OfficersAssigned(e) => {
                self.officers.clone_from(&e.officers);
                self.investigate(&e.officers);
            }
            E::RecusalRequested(e) => {
                self.recusals_open.insert(e.officer.clone());
            }
            E::RecusalDecided(e) => {
                self.recusals_open.remove(&e.officer);
                if e.recused {
                    self.recused.insert(e.officer.clone());
                } else {
                    self.recused.remove(&e.officer);
                }
            }
            E::EvidenceCollected(e) => {
                self.investigate(&e.officers);
                let query = e.device.as_ref().is_some_and(|device| device.query.is_some());
                let known = Known { genuine: None, device: e.device.is_some(), query };
                let gathered = Gathered { at: e.at, sha256: e.sha256.as_str().into(), known, verified: None };
                self.evidence.insert(e.evidence, gathered);
            }
            E::EvidenceVerified(e) => {
                if let Some(gathered) = self.evidence.get_mut(&e.evidence) {
                    gathered.verified = Some((e.at, e.genuine));
                }
            }
            E::SampleTaken(e) => self.investigate(&e.officers),
            E::ObstructionRecorded(_) | E::EmergencyInvoked(_) => {}
            E::EvidenceExcluded(e) => {
                self.excluded.insert(e.evidence);
                if let (Some(ground), Some(gathered)) = (e.ground, self.evidence.get(&e.evidence))
                    && ground != ExclusionGround::Irrelevant
                {
                    self.tainted.insert(Arc::clone(&gathered.sha256));
                }
            }
            E::EvidencePreserved(e) => {
                self.investigate(&e.officers);
                self.preserved.insert(e.preservation);
            }
            E::PreservationSettled(e) => {
                self.preserved.remove(&e.preservation);
                self.settled.insert(e.preservation);
            }
            E::MeasureTaken(e) => {
                self.investigate(&e.officers);
                let unapproved = e.urgent && e.approved_by.is_none();
                let taken = e.clone();
                self.measures.push(Measure { taken, unapproved, extended: false, testing: None, ended: false });
            }
            E::MeasureApproved(e) => self.measure(e.measure, |m| m.unapproved = false),
            E::MeasureExtended(e) => self.measure(e.measure, |m| m.extended = true),
            E::MeasureTesting(e) => self.measure(e.measure, |m| m.testing = e.begun.then(|| e.clone())),
            E::MeasureEnded(e) => self.measure(e.measure, |m| m.ended = true),
            E::RecordMade(e) => _ = self.recorded.insert(e.stage),
            E::InvestigationConcluded(e) => {
                for fact in &e.mitigating {
                    self.mitigating.retain(|stated| (stated.ground, &stated.fact) != (fact.ground, &fact.fact));
                    self.mitigating.push(fact.clone());
                }
                self.concluded = Some(e.clone());
            }
            E::ExemptionConsidered(e) => self.exemption = Some(e.clone()),
            E::CorrectionOrdered(e) => {
                let correction = Correction { at: e.at, timed: e.by.is_some(), checked: false, corrected: false };
                self.corrections.insert(e.order, correction);
            }
            E::CorrectionChecked(e) => {
                if let Some(order) = self.corrections.get_mut(&e.order) {
                    (order.checked, order.corrected) = (true, e.corrected);
                }
            }
            E::CorrectionMoot(e) => self.correction_moot = Some(e.at),
            E::GuardianOrdered(e) => _ = self.guardian.insert(e.duty),
            E::ItemEnded(e) => self.item_ended = Some(e.effective),
            E::CrimeSuspected(_) => self.suspicion = Suspicion::Reported,
            E::TransferDecided(e) => {
                self.suspicion = if e.transfer { Suspicion::ToTransfer } else { Suspicion::None };
            }
            E::CaseTransferred(_) => {
                self.suspicion = Suspicion::WithPolice;
                self.transferred = true;
            }
            E::SentencePassed(e) => self.sentence = Some(e.clone()),
            E::PenaltySetOff(_) => self.set_off = true,
            E::PoliceAnswered(e) => {
                self.suspicion = if e.filed { Suspicion::Criminal } else { Suspicion::None };
            }
            E::CaseReturned(_) => self.suspicion = Suspicion::None,
            E::AssistanceRequested(e) => {
                self.assistance.insert(e.request, false);
            }
            E::AssistanceAnswered(e) => {
                self.assistance.insert(e.request, true);
            }
            E::JurisdictionDisputed(_) => {
                self.disputed = true;
                self.designated = None;
            }
            E::JurisdictionAgreed(e) => self.designated = Some(e.agreed.clone()),
            E::JurisdictionDesignated(e) => self.designated = Some(e.designated.clone()),
            E::PenaltyNotified(e) => self.tell(Some(e.clone())),
            E::StatementHeard(e) => {
                self.statement = Some(Statement::Heard(e.clone()));
                self.answered = true;
            }
            E::StatementLapsed(e) => self.statement = Some(Statement::Lapsed(e.clone())),
            E::StatementWaived(e) => self.statement = Some(Statement::Waived(e.clone())),
            E::HearingRequested(e) => self.hearing_requested = Some(e.clone()),
            E::HearingWaived(e) => self.hearing_waived = Some(e.clone()),
            E::HearingNotified(e) => {
                self.secret = e.closed_ground.or(self.secret);
                self.hearing_notified = Some(e.clone());
            }
            E::HearingHeld(e) => self.hearing_held = Some(e.clone()),
            E::HearingAbandoned(e) => {
                self.hearing_waived = Some(HearingWaived { how: e.how.zh().to_owned(), at: e.at });
                self.hearing_abandoned = true;
            }
            E::LegalReviewed(e) => {
                self.review_passed |= e.passed;
                self.review = Some(LegalReviewed { penalties: self.meant(&e.penalties), ..e.clone() });
            }
            E::Deliberated(e) => {
                self.deliberation = Some(Deliberated { penalties: self.meant(&e.penalties), ..e.clone() });
            }
            E::DecisionExtended(_) | E::InterferenceRecorded(_) | E::CourtAnswered(_) => {}
            E::StepRefused(_) => self.attempts = self.attempts.saturating_add(1),
            E::DecisionSuspended(_) => self.suspended = true,
            E::DecisionResumed(_) => self.suspended = false,
            E::PenaltyDecided(e) => self.decide(Verdict::Penalty(Box::new(e.clone()))),
            E::PenaltyWithheld(e) => self.decide(Verdict::Withheld(Box::new(e.clone()))),
            E::ServiceAnnounced(e) => self.announced = Some(e.clone()),
            E::DecisionServed(e) => self.served = Some(e.clone()),
            E::SpotDecisionReported(_) => self.spot_reported = true,
            E::DecisionPublicised(e) => self.published = Some(e.clone()),
            E::PublicationOmitted(_) => self.publication_omitted = true,
            E::PublicationWithdrawn(_) => {
                self.withdrawn = true;
                // A decision made anew meanwhile is not public yet.
                if self.to_withdraw.take().is_some() && self.overturned.is_none() {
                    (self.published, self.withdrawn) = (None, false);
                }
            }
            E::DecisionOverturned(e) => {
                if self.published.is_some() && !self.withdrawn {
                    self.to_withdraw.get_or_insert_with(|| e.clone());
                }
                self.overturned = Some(e.clone());
            }
            E::RedoOrdered(e) => {
                self.tell(None);
                (self.review, self.deliberation) = (None, None);
                self.suspended = false;
                (self.closed, self.archived) = (None, None);
                self.reached = Some(if self.is_ordinary() { stage::INVESTIGATE } else { stage::FILE });
                self.redo = Some(e.clone());
            }
            E::FinePaid(e) => {
                let money = &mut self.money;
                money.paid_fen = money.paid_fen.saturating_add(e.amount_fen);
                money.paid_at = money.paid_at.max(e.at);
                money.surcharge_paid_fen = money.surcharge_paid_fen.saturating_add(e.surcharge_fen);
                if e.channel == PayChannel::OnSpot {
                    money.cash_fen = money.cash_fen.saturating_add(e.amount_fen).saturating_add(e.surcharge_fen);
                }
            }
            E::GoodsDisposed(_) => {}
            E::FineRefunded(e) => self.money.refunded_fen = self.money.refunded_fen.saturating_add(e.amount_fen),
            E::CashDelivered(e) => self.money.delivered_fen = self.money.delivered_fen.saturating_add(e.amount_fen),
            E::CashBanked(e) => self.money.banked_fen = self.money.banked_fen.saturating_add(e.amount_fen),
            E::PaymentDeferred(e) => self.deferred = Some(e.clone()),
            E::SurchargeImposed(e) => {
                self.money.surcharge_fen = e.total_fen;
                self.money.surcharge_days = self.money.surcharge_days.saturating_add(e.days);
            }
            E::AppealLodged(e) => {
                let appeal = Appeal { kind: e.kind, lodged_at: e.at, ended_at: None, ended: false, how: None };
                self.appeals.insert(e.reference.clone(), appeal);
            }
            E::AppealEnded(e) => {
                if let Some(appeal) = self.appeals.get_mut(&e.reference) {
                    appeal.ended = true;
                    appeal.ended_at = e.at;
                    appeal.how = e.ending;
                }
            }
            E::DemandServed(e) => self.demand = Some(e.clone()),
            E::ExecutionEnforced(_) => self.enforced = true,
            E::CourtApplied(_) => self.court_applied = true,
            E::PenaltyPerformed(_) => self.performed = true,
            E::FiledUpward(_) => self.filed_upward = true,
            E::CaseClosed(e) => self.closed = Some(e.clone()),
            E::CaseArchived(e) => self.archived = Some(e.clone()),
        }
    }

    /// Whether a notice is heavier than what barred it, for facts found since on evidence taken since.
    fn rests_on_new_facts(&self, notice: &PenaltyNotified) -> bool {
        let told = notice.new_facts.as_deref().is_some_and(|facts| !blank(facts));
        let heavier = || self.bars().iter().any(|bar| reach(&notice.penalties, bar) != Reach::Within);
        told && self.found_since() && heavier()
    }

    /// Whether evidence was taken since the party was last told, and stands.
    pub fn found_since(&self) -> bool {
        let told = self.notice.as_ref().and_then(|n| n.at);
        self.evidence.iter().any(|(id, gathered)| !self.excluded.contains(id) && gathered.at > told)
    }

    /// The penalties that somebody speaks of: those he names, or else those of the last notice.
    fn meant(&self, named: &[Penalty]) -> Vec<Penalty> {
        match &self.told {
            Some(told) if named.is_empty() => told.penalties.clone(),
            _ => named.to_vec(),
        }
    }

    /// A notice opens a round of its own, and so does the order to do it again: statement and hearing belong to it. What was told
    /// before goes on to bar, but for a notice that rests on new facts.
    fn tell(&mut self, notice: Option<PenaltyNotified>) {
        if notice.as_ref().is_none_or(|n| self.rests_on_new_facts(n)) {
            self.told_before.clear();
            self.answered = false;
        }
        self.told = notice.as_ref().map(|n| Told {
            penalties: n.penalties.clone(),
            found: self.concluded.as_ref().map(InvestigationConcluded::found),
        });
        if let Some(told) = self.told.as_ref().filter(|told| !self.told_before.contains(&told.penalties)) {
            self.told_before.push(told.penalties.clone());
        }
        self.notice = notice;
        self.statement = None;
        self.hearing_requested = None;
        self.hearing_waived = None;
        self.hearing_notified = None;
        self.hearing_held = None;
        self.hearing_abandoned = false;
    }

    /// A decision that was ordered to be made again takes the place of the one that was revoked, and what was done under that
    /// one is done no more. Money paid for what fell is to be given back (ARL 72), and counts for nothing.
    fn decide(&mut self, verdict: Verdict) {
        if self.redo.take().is_some() {
            if !self.stands() {
                let Money { cash_fen, delivered_fen, banked_fen, .. } = self.money;
                self.money = Money { cash_fen, delivered_fen, banked_fen, ..Money::default() };
            }
            (self.announced, self.served, self.deferred, self.demand) = (None, None, None, None);
            (self.spot_reported, self.filed_upward, self.publication_omitted) = (false, false, false);
            (self.court_applied, self.enforced, self.performed) = (false, false, false);
            if self.withdrawn {
                (self.published, self.withdrawn) = (None, false);
            }
            (self.overturned, self.closed, self.archived) = (None, None, None);
        }
        self.outcome = Some(verdict);
    }

    fn measure(&mut self, id: Uuid, change: impl FnOnce(&mut Measure)) {
        if let Some(measure) = self.measures.iter_mut().find(|m| m.taken.measure == id) {
            change(measure);
        }
    }
}

/// Where a stage stands in the process.
fn place(stage: &str) -> Option<usize> {
    STAGES.iter().position(|word| word.id == stage)
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
