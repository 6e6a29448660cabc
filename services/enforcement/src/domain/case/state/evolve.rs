//! What an event makes of a case.

use std::sync::Arc;

use law::{DomainEvent as _, check::blank, day_of};
use lists::facts::{Reach, reach};
use uuid::Uuid;

use super::*;

impl Case {
    fn investigate(&mut self, officers: &[ActingOfficer]) {
        self.investigators.extend(officers.iter().map(|o| (o.officer.clone(), o.name.clone())));
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
            E::SameActNoted(e) => _ = self.same_acts.insert(e.other.case),
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
            // The party defends itself there, too (APL 64(7)).
            E::HearingHeld(e) => {
                self.hearing_held = Some(e.clone());
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
            E::CashDelivered(e) => self.money.delivered_fen = self.money.delivered_fen.saturating_add(e.amount_fen),
            E::CashBanked(e) => self.money.banked_fen = self.money.banked_fen.saturating_add(e.amount_fen),
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
                self.payments.clear();
            }
            (self.announced, self.served, self.deferred, self.demand) = (None, None, None, None);
            self.stays.clear();
            self.disposed.clear();
            self.stay_requests.clear();
            (self.spot_reported, self.filed_upward, self.publication_omitted) = (false, false, false);
            (self.court_applied, self.enforced, self.performed) = (false, false, false);
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
