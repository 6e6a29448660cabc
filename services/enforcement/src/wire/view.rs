//! A case as the API shows it: a fold of its stream. The state that decisions rest on keeps less.

use kernel::{
    ExecuteError,
    clocks::{self, timestamp},
    words::Word,
};
use law::{DomainEvent as _, calendar::Calendar, clock::Clocks};
use ledger::Record;
use proto::enforcement::v1 as p;

use crate::domain::{
    case::{Case, next_steps, stage},
    events::{ActingOfficer, CaseEvent, CaseFiled, MeasureTaken, Party, Penalty, PenaltyDecided, Violation},
};

/// Everything that is shown of one case.
#[derive(Default)]
pub(crate) struct View {
    case: p::Case,
    clocks: Clocks,
}

impl View {
    /// Folds a case's stream.
    ///
    /// # Errors
    /// An event that this version does not know.
    pub(crate) fn fold(records: &[Record]) -> Result<Self, ExecuteError> {
        let mut view = Self::default();
        for record in records {
            let envelope = record.envelope().map_err(ExecuteError::internal)?;
            let event = CaseEvent::from_data(envelope.kind, envelope.data.get()).map_err(ExecuteError::internal)?;
            view.take(event, timestamp(envelope.time));
        }
        view.clocks = clocks::of(records)?;
        Ok(view)
    }

    fn take(&mut self, event: CaseEvent, at: prost_types::Timestamp) {
        use CaseEvent as E;
        let case = &mut self.case;
        match event {
            E::CaseFiled(e) => {
                show_filed(case, &e);
                case.filed_at = Some(at);
            }
            E::OfficersAssigned(e) => case.officers = e.officers.into_iter().map(officer).collect(),
            E::EvidenceCollected(e) => {
                case.evidence.push(p::EvidenceView {
                    evidence_id: e.evidence.to_string(),
                    kind: e.kind.number(),
                    title: e.title,
                    object: Some(p::ObjectRef { sha256: e.sha256, media_type: e.media_type, size_bytes: e.size_bytes }),
                    excluded: false,
                });
            }
            E::EvidenceExcluded(e) => {
                let id = e.evidence.to_string();
                case.evidence.iter_mut().filter(|v| v.evidence_id == id).for_each(|v| v.excluded = true);
            }
            E::MeasureTaken(e) => {
                case.measures.push(measure(e));
            }
            E::MeasureApproved(e) => each_measure(case, &e.measure.to_string(), |m| m.approved = true),
            E::MeasureEnded(e) => each_measure(case, &e.measure.to_string(), |m| m.ended = true),
            E::RecordMade(e) => {
                case.records.push(p::RecordView {
                    stage: e.stage.number(),
                    form: e.form.number(),
                    title: e.title,
                    object: Some(p::ObjectRef { sha256: e.sha256, media_type: e.media_type, size_bytes: e.size_bytes }),
                });
            }
            E::InvestigationConcluded(e) => case.proposal = e.proposal.into_iter().map(penalty).collect(),
            E::PenaltyNotified(e) => {
                case.intended = e.penalties.into_iter().map(penalty).collect();
                case.notified_at = Some(at);
            }
            E::PenaltyDecided(e) => {
                show_decided(case, e);
                case.decided_at = Some(at);
            }
            E::PenaltyWithheld(e) => {
                case.decision_number = e.number;
                case.decided_at = Some(at);
            }
            E::DecisionServed(_) => case.served_at = Some(at),
            E::DecisionPublicised(_) => case.publicised_at = Some(at),
            E::CaseClosed(_) => case.closed_at = Some(at),
            E::CaseArchived(_) => {
                case.archived_at = Some(at);
            }
            E::StepRefused(_) => case.attempts += 1,
            _ => {}
        }
    }

    /// The answer to GetCase.
    pub(crate) fn show(self, case_id: String, version: u64, state: &Case, calendar: &Calendar) -> p::GetCaseResponse {
        let money = state.money;
        let next = next_steps(state);
        let cards = CaseEvent::cards();
        let card = |rpc: &&str| cards.iter().find(|card| card.step == *rpc);
        let case = p::Case {
            case_id,
            stage: stage(state).map_or(0, Word::number),
            surcharge_fen: money.surcharge_fen,
            paid_fen: money.paid_fen.saturating_add(money.surcharge_paid_fen),
            pay_by: state.pay_by(calendar).and_then(Result::ok).map(|day| day.to_string()).unwrap_or_default(),
            ..self.case
        };
        p::GetCaseResponse {
            case: Some(case),
            version,
            next_steps: next
                .iter()
                .filter_map(card)
                .map(|card| p::NextStep { rpc: card.step.into(), zh: card.to_do.zh.into(), en: card.to_do.en.into() })
                .collect(),
            open_clocks: clocks::show(&self.clocks, calendar),
        }
    }
}

fn show_filed(case: &mut p::Case, e: &CaseFiled) {
    case.filing_number.clone_from(&e.filing_number);
    case.procedure = e.procedure.number();
    case.agency = e.agency.to_string();
    case.agency_name.clone_from(&e.agency_name);
    case.region = e.region.to_string();
    case.item_code = e.item.to_string();
    case.item_name.clone_from(&e.item_name);
    case.item_version = e.item_version;
    case.base_code = e.base_code.to_string();
    case.field.clone_from(&e.field);
    case.party = Some(party(&e.party));
    case.violation = Some(violation(&e.violation));
    case.source = e.source.number();
    case.officers = e.officers.iter().cloned().map(officer).collect();
}

fn show_decided(case: &mut p::Case, e: PenaltyDecided) {
    case.decision_number = e.number;
    case.penalties = e.penalties.into_iter().map(penalty).collect();
    case.fine_fen = e.fine_fen;
}

fn each_measure(case: &mut p::Case, id: &str, change: impl FnMut(&mut p::MeasureView)) {
    case.measures.iter_mut().filter(|m| m.measure_id == id).for_each(change);
}

fn measure(e: MeasureTaken) -> p::MeasureView {
    p::MeasureView {
        measure_id: e.measure.to_string(),
        kind: e.kind.number(),
        objects: e.objects,
        approved: e.approved_by.is_some(),
        ended: false,
    }
}

fn officer(o: ActingOfficer) -> p::ActingOfficer {
    p::ActingOfficer { officer: o.officer.to_string(), name: o.name, certificate: o.certificate }
}

fn penalty(penalty: Penalty) -> p::Penalty {
    p::Penalty {
        kind: penalty.kind.number(),
        amount_fen: penalty.amount_fen,
        days: penalty.days.map(u32::from),
        what: penalty.what.unwrap_or_default(),
        months: penalty.months.map(u32::from),
        for_life: penalty.for_life,
        approval: penalty.approval.unwrap_or_default(),
    }
}

fn party(party: &Party) -> p::PartyView {
    p::PartyView {
        kind: party.kind.number(),
        name: party.name.clone(),
        uscc: party.uscc.as_ref().map(ToString::to_string).unwrap_or_default(),
        id_digest: party.id_digest.clone().unwrap_or_default(),
        minor_age: party.minor_age.map(u32::from),
        unable_to_discern: party.unable_to_discern,
    }
}

fn violation(v: &Violation) -> p::Violation {
    p::Violation {
        fact: v.fact.clone(),
        region: v.region.to_string(),
        place: v.place.clone(),
        from: v.from.to_string(),
        until: v.until.map(|day| day.to_string()).unwrap_or_default(),
        grave: v.grave,
        discovered: v.discovered.to_string(),
    }
}
