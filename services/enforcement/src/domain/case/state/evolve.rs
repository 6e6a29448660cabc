//! What an event makes of a case.

use std::sync::Arc;

use law::{DomainEvent as _, check::blank, day_of};
use lists::facts::{Reach, reach};
use uuid::Uuid;

use super::*;
use crate::domain::rules::{evidence, secrecy};

impl Case {
    fn investigate(&mut self, officers: &[ActingOfficer]) {
        Arc::make_mut(&mut self.investigators).extend(officers.iter().map(|o| o.officer.clone()));
    }

    /// Takes an event in.
    pub(in crate::domain::case) fn evolve(&mut self, event: &CaseEvent) {
        use CaseEvent as E;
        if let Some(stage) = event.card().stage
            && self.reached.is_none_or(|reached| place(reached) < place(stage))
        {
            self.reached = Some(stage);
        }
        match event {
            E::CaseFiled(e) => {
                self.officers = e.officers.as_slice().into();
                self.investigate(&e.officers);
                self.filed = Some(Arc::new(e.clone()));
            }
            E::PartyOpened(e) => self.opened.open(e.entry, e.opened_by.as_str(), e.at.unwrap_or_default()),
            E::OfficersAssigned(e) => {
                self.officers = e.officers.as_slice().into();
                self.investigate(&e.officers);
            }
            E::RecusalRequested(e) => self.recusals_asked.entry(e.officer.clone()).or_default().put(e.at, true),
            E::RecusalDecided(e) => {
                self.recusals_asked.entry(e.officer.clone()).or_default().put(e.at, false);
                self.recusals.entry(e.officer.clone()).or_default().put(e.at, e.recused);
            }
            E::EvidenceCollected(e) => {
                self.investigate(&e.officers);
                let told = |device: &Device| device.query.as_deref().is_some_and(|query| !blank(query));
                let known = Known {
                    genuine: None,
                    device: e.device.is_some(),
                    query: e.device.as_ref().is_some_and(told),
                    unreviewed: evidence::device_reviewed(e.device.as_ref()).is_err(),
                    bare: evidence::admissible(&e.source, &e.sha256, true).is_err(),
                };
                let (sha256, verified) = (e.sha256.as_str().into(), History::default());
                let gathered = Gathered { at: e.at, sha256, known, verified };
                self.evidence.insert(e.evidence, gathered);
            }
            E::EvidenceVerified(e) => {
                if let Some(gathered) = self.evidence.get_mut(&e.evidence) {
                    gathered.verified.put(e.at, e.genuine);
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
                self.preserved_objects.insert(plain(&e.objects));
            }
            E::PreservationSettled(e) => {
                self.preserved.remove(&e.preservation);
                self.settled.insert(e.preservation);
            }
            E::MeasureTaken(e) => {
                self.investigate(&e.officers);
                let unapproved = e.urgent && !e.at.is_some_and(|at| e.approved_by_then(at));
                let (taken, ended_at) = (e.clone(), None);
                self.measures.push(Measure {
                    taken,
                    unapproved,
                    extended: false,
                    testing: None,
                    ended: false,
                    ended_at,
                });
            }
            E::MeasureApproved(e) => self.measure(e.measure, |m| m.unapproved = false),
            E::MeasureExtended(e) => self.measure(e.measure, |m| m.extended = true),
            E::MeasureTesting(e) => self.measure(e.measure, |m| m.testing = e.begun.then(|| e.clone())),
            E::MeasureEnded(e) => self.measure(e.measure, |m| (m.ended, m.ended_at) = (true, e.at)),
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
            E::SameActNoted(e) => _ = self.same_acts.insert(e.other.case),
            E::ItemEnded(e) => self.item_ended = Some(e.effective),
            E::CrimeSuspected(e) => self.suspect(e.at, Suspicion::Reported),
            E::TransferDecided(e) => {
                self.suspect(e.at, if e.transfer { Suspicion::ToTransfer } else { Suspicion::None });
            }
            E::CaseTransferred(e) => {
                self.suspect(e.at, Suspicion::WithPolice);
                self.transferred = true;
            }
            E::SentencePassed(e) => self.sentence = Some(e.clone()),
            E::PenaltySetOff(e) => {
                self.set_off.fine_fen = self.set_off.fine_fen.saturating_add(e.fine_fen);
                self.set_off.days = self.set_off.days.saturating_add(e.days);
            }
            E::PoliceAnswered(e) => {
                self.suspect(e.at, if e.filed { Suspicion::Criminal } else { Suspicion::None });
            }
            E::CaseReturned(e) => self.suspect(e.at, Suspicion::None),
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
            E::JurisdictionAgreed(e) => (self.designated, self.designated_above) = (Some(e.agreed.clone()), false),
            E::JurisdictionDesignated(e) => {
                (self.designated, self.designated_above) = (Some(e.designated.clone()), true);
            }
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
                self.secret = secrecy::graver(self.secret, e.closed_ground);
                self.hearing_notified = Some(e.clone());
            }
            // The party defends itself there, too (APL 64(7)).
            E::HearingHeld(e) => {
                self.hearing_held = Some(e.clone());
                self.went_through_hearing = true;
                self.answered = true;
            }
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
            E::DecisionExtended(_) | E::InterferenceRecorded(_) => {}
            E::StepRefused(_) => self.attempts = self.attempts.saturating_add(1),
            E::DecisionSuspended(_) => self.suspended = true,
            E::DecisionResumed(_) => self.suspended = false,
            E::PenaltyDecided(e) => self.decide(Verdict::Penalty(Box::new(e.clone()))),
            E::PenaltyWithheld(e) => self.decide(Verdict::Withheld(Box::new(e.clone()))),
            E::ServiceAnnounced(e) => self.announced = Some(e.clone()),
            E::DecisionServed(e) => self.served = Some(e.clone()),
            E::SpotDecisionReported(_) => self.spot_reported = true,
            E::DecisionPublicised(e) => (self.published, self.withdrawn) = (Some(e.clone()), false),
            E::PublicationOmitted(e) => {
                self.publication_omitted = true;
                self.secret = secrecy::graver(self.secret, secrecy::kept(e.ground));
            }
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
                (self.review, self.deliberation, self.review_passed) = (None, None, false);
                // How it began and what was found stays on record; what comes from here on is recorded anew.
                self.recorded.retain(|stage| matches!(stage, RecordStage::Start | RecordStage::Investigation));
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
                    let waits = money.cash_from.filter(|_| money.cash_fen > money.delivered_fen);
                    money.cash_from = earlier(waits, e.at.map(|at| e.cash_from(at)));
                    money.cash_fen = money.cash_fen.saturating_add(e.amount_fen).saturating_add(e.surcharge_fen);
                }
                self.payments.push((e.at, e.amount_fen));
                self.end_stays(Stay::RECEIPT, e.at);
            }
            E::PaymentDeclined(e) => self.stay(Stay::RECEIPT, e.at, None, StayOf::Payment),
            E::ReceiptOffered(e) => self.end_stays(Stay::RECEIPT, e.at),
            // Of older records, which do not say which, each is the next one.
            E::GoodsDisposed(e) => {
                let next = || (1..).find(|goods| !self.disposed.contains(goods)).unwrap_or(u16::MAX);
                let goods = e.goods.unwrap_or_else(next);
                self.disposed.insert(goods);
            }
            E::FineRefunded(e) => self.money.refunded_fen = self.money.refunded_fen.saturating_add(e.amount_fen),
            E::CashDelivered(e) => {
                let waits = self.money.bank_from.filter(|_| self.money.delivered_fen > self.money.banked_fen);
                self.money.bank_from = earlier(waits, e.at);
                self.money.delivered_fen = self.money.delivered_fen.saturating_add(e.amount_fen);
                self.money.delivered_at = self.money.delivered_at.max(e.at);
            }
            E::CashBanked(e) => {
                self.money.banked_fen = self.money.banked_fen.saturating_add(e.amount_fen);
                self.money.banked_at = self.money.banked_at.max(e.at);
            }
            E::PaymentDeferred(e) => {
                self.deferred = Some(e.clone());
                self.late_anew();
            }
            E::DeferralEnded(e) => {
                self.late_anew();
                if let Some(deferred) = &mut self.deferred {
                    deferred.until = e.pay_by;
                    deferred.parts.clear();
                }
            }
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
                self.end_stays(&e.reference, e.at);
            }
            E::ExecutionStayed(e) => self.stay(&e.reference, e.at, e.until, StayOf::Execution),
            E::StayLifted(e) => self.end_stays(&e.reference, e.at),
            E::StayRequested(e) => _ = self.stay_requests.insert(e.reference.clone(), false),
            E::StayAnswered(e) => {
                self.stay_requests.insert(e.reference.clone(), true);
                if e.granted {
                    self.stay(&e.reference, e.at, None, StayOf::Detention);
                }
            }
            E::DemandServed(e) => self.demand = Some(e.clone()),
            E::ExecutionEnforced(_) => self.enforced = true,
            E::CourtApplied(_) => (self.court_applied, self.court_accepts) = (true, None),
            E::CourtAnswered(e) => self.court_accepts = Some(e.accepted),
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
        // Who asked for a hearing and had none need not ask again because it is told the same again.
        let settled = self.hearing_held.is_some() || self.hearing_waived.is_some();
        if notice.is_none() || settled {
            self.hearing_requested = None;
        }
        self.went_through_hearing &= notice.is_some();
        self.notice = notice;
        self.statement = None;
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
                let fell_fen = self.money.fell_fen.saturating_add(self.paid_fen());
                // Cash goes on its way, whatever becomes of the decision.
                let (paid_fen, surcharge_fen, surcharge_days, surcharge_paid_fen) = (0, 0, 0, 0);
                let fine = Money { paid_fen, surcharge_fen, surcharge_days, surcharge_paid_fen, ..self.money };
                self.money = Money { fell_fen, paid_at: None, surcharge_before_fen: 0, ..fine };
                self.payments.clear();
            }
            (self.announced, self.served, self.deferred, self.demand) = (None, None, None, None);
            self.stays.clear();
            self.disposed.clear();
            self.stay_requests.clear();
            (self.spot_reported, self.filed_upward, self.publication_omitted) = (false, false, false);
            (self.court_applied, self.enforced, self.performed) = (false, false, false);
            self.court_accepts = None;
            if self.withdrawn {
                (self.published, self.withdrawn) = (None, false);
            }
            (self.overturned, self.closed, self.archived) = (None, None, None);
        }
        self.outcome = Some(verdict);
    }

    /// With another last day to pay, days late are counted from that one.
    fn late_anew(&mut self) {
        (self.money.surcharge_days, self.money.surcharge_before_fen) = (0, self.money.surcharge_fen);
    }

    fn stay(&mut self, reference: &str, at: Option<Timestamp>, until: Option<Date>, of: StayOf) {
        let from = day_of(at.unwrap_or_default());
        self.stays.push(Stay { reference: reference.to_owned(), from, until, of });
    }

    fn end_stays(&mut self, reference: &str, at: Option<Timestamp>) {
        let day = day_of(at.unwrap_or_default());
        self.stays.iter_mut().filter(|stay| stay.reference == reference).for_each(|stay| stay.end(day));
    }

    fn suspect(&mut self, at: Option<Timestamp>, suspicion: Suspicion) {
        self.suspicion = suspicion;
        self.suspicions.put(at, suspicion);
    }

    fn measure(&mut self, id: Uuid, change: impl FnOnce(&mut Measure)) {
        if let Some(measure) = self.measures.iter_mut().find(|m| m.taken.measure == id) {
            change(measure);
        }
    }
}

/// The earlier of two times, where there are two.
fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

/// Where a stage stands in the process.
fn place(stage: &str) -> Option<usize> {
    STAGES.iter().position(|word| word.id == stage)
}
