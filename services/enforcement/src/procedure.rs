//! What the kernel must know of this service to carry its steps out: whose case, which bytes, which number, which facts,
//! and what an event leads to.

use std::collections::BTreeSet;

use kernel::{
    Call, Caller, ExecuteError, Role, Tx,
    procedure::{Bytes, Draw, Edge, Place, Procedure},
};
use law::{
    Refusal,
    id::{OfficerCode, Uscc},
    series::{IssueNumber, Numbers, Series, Unnumbered},
};
use lists::{Replica, facts::Sender};
use uuid::Uuid;

use crate::domain::{
    agency::{self, Agencies, Order, Orders},
    case::{self, Case, Cases, Step},
    events::{CaseEvent, CaseFiled, FineLifted, Procedure as Way, SeriesEvent},
    facts::{Facts, Thresholds},
    party::{self, Parties},
    series,
};

/// Steps of cases.
#[derive(Clone)]
pub struct CaseProcedure {
    pub(crate) edge: Edge,
    pub(crate) lists: Replica,
}

/// Orders of agencies.
#[derive(Clone)]
pub struct OrderProcedure {
    pub(crate) edge: Edge,
    pub(crate) lists: Replica,
}

/// There is no such case.
pub(crate) fn unknown(case: Uuid) -> ExecuteError {
    Refusal::NotFound { what: "case", id: case.to_string() }.into()
}

fn sender(caller: &Caller) -> Sender {
    Sender { subject: caller.subject.clone(), name: caller.label().to_owned(), head: caller.has(Role::AgencyHead) }
}

/// How a case was filed: as recorded, or as the step that files it says.
fn filed<'a>(id: Uuid, case: &'a Case, step: &'a Step) -> Result<&'a CaseFiled, ExecuteError> {
    match (case.filed.as_deref(), step) {
        (Some(filed), _) | (None, Step::FileCase(filed)) => Ok(filed),
        _ => Err(unknown(id)),
    }
}

/// The document that a step gives a number to.
fn numbered(step: &Step, filed: &CaseFiled) -> Option<Series> {
    let simple = filed.procedure == Way::Simple;
    match step {
        Step::FileCase(_) => Some(if simple { series::SPOT_FILING } else { series::FILING }),
        Step::DecidePenalty(_) => Some(if simple { series::SPOT_PENALTY } else { series::PENALTY }),
        Step::WithholdPenalty(_) => Some(series::NO_PENALTY),
        Step::ArchiveCase(e) if e.archive_number.is_empty() => Some(series::ARCHIVE),
        _ => None,
    }
}

impl CaseProcedure {
    /// What a party's fines must know of an event (APL 29).
    fn fine(case: Uuid, filed: &CaseFiled, event: &CaseEvent) -> Option<party::Command> {
        match event {
            CaseEvent::PenaltyDecided(e) if e.fine_fen > 0 => {
                Some(party::Command::Record(party::fine(filed, &e.number, &e.distinct_from)))
            }
            CaseEvent::DecisionOverturned(e) if e.outcome != "changed" => {
                let reason = format!("{}：{}", e.by, e.document);
                Some(party::Command::Lift(FineLifted { case, reason, at: None }))
            }
            _ => None,
        }
    }
}

impl Procedure for CaseProcedure {
    type Decider = Cases;
    type Numbers = Numbers<SeriesEvent>;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "case";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    fn stream(&self, case: &Uuid) -> String {
        format!("case/{case}")
    }

    fn owner(case: &Case) -> Option<Place> {
        let filed = case.filed.as_deref()?;
        Some(Place { agency: filed.agency.to_string(), region: filed.region.clone() })
    }

    fn begins(step: &Step) -> bool {
        matches!(step, Step::FileCase(_))
    }

    fn place(&self, call: &Call, id: &Uuid, case: &Case, step: &Step) -> Result<Place, ExecuteError> {
        let filed = filed(*id, case, step)?;
        call.caller.require_agency(&filed.agency)?;
        // The region of a new case is its agency's as the list has it.
        let begins = Self::begins(step);
        let listed = begins.then(|| self.lists.lists().region(&filed.agency, call.act.day())).flatten();
        let region = listed.unwrap_or_else(|| filed.region.clone());
        Ok(Place { agency: filed.agency.to_string(), region })
    }

    fn bytes(step: &mut Step) -> Bytes<'_> {
        let document = |field, sha256: &Option<String>| sha256.clone().filter(|s| !s.is_empty()).map(|s| (field, s));
        let named = |field, sha256: &str| Some((field, sha256.to_owned())).filter(|(_, s)| !s.is_empty());
        let document = match &*step {
            Step::TakeMeasure(e) => document("record_sha256", &e.record_sha256),
            Step::HoldHearing(e) => named("record_sha256", &e.record_sha256),
            Step::Deliberate(e) => named("minutes_sha256", &e.minutes_sha256),
            Step::DecidePenalty(e) => document("document_sha256", &e.document_sha256),
            Step::ArchiveCase(e) => named("contents_sha256", &e.contents_sha256),
            _ => None,
        };
        let own = match step {
            Step::CollectEvidence(e) => Some((e.sha256.clone(), &mut e.size_bytes)),
            Step::MakeRecord(e) => Some((e.sha256.clone(), &mut e.size_bytes)),
            _ => None,
        };
        Bytes { own, document }
    }

    fn draws(&self, call: &Call, id: &Uuid, place: &Place, case: &Case, step: &Step) -> Option<Draw> {
        let filed = filed(*id, case, step).ok()?;
        let series = numbered(step, filed)?;
        // An agency that the list does not know may still report what it did.
        let listed = self.lists.lists().agency(&filed.agency, call.act.day()).ok().flatten();
        let short_name = listed.map_or_else(|| place.agency.clone(), |agency| agency.short_name);
        let year = call.act.day().year();
        Some((series.stream(&place.agency, year), IssueNumber { short_name, year, series, matter: *id }))
    }

    fn put_number(command: &mut case::Command, text: String) {
        match &mut command.step {
            Step::FileCase(e) => e.filing_number = text,
            Step::DecidePenalty(e) => e.number = text,
            Step::WithholdPenalty(e) => e.number = text,
            Step::ArchiveCase(e) => e.archive_number = text,
            _ => {}
        }
    }

    /// Everything from the lists that the step is decided on, as of its day (APL 37).
    async fn command(
        &self,
        tx: &Tx,
        id: &Uuid,
        case: &Case,
        step: Step,
        stored: bool,
    ) -> Result<case::Command, ExecuteError> {
        let filed = filed(*id, case, &step)?;
        let fined = match (&step, party::stream(&filed.party)) {
            (Step::DecidePenalty(_), Some(party)) => tx.state::<Parties>(&party).await?.like(*id, &filed.violation),
            _ => Vec::new(),
        };
        let (day, then) = (tx.act().day(), filed.violation.last_day());
        let named = step.officers();
        let officers: BTreeSet<&OfficerCode> = named.iter().chain(case.officers.iter().map(|o| &o.officer)).collect();
        let lists = self.lists.lists();
        let other = step.named_item();
        let facts = Facts {
            sender: sender(tx.caller()),
            agency: lists.agency(&filed.agency, day)?,
            item: lists.item(&filed.item, day)?,
            item_then: lists.item(&filed.item, then)?,
            standard: lists.standard(&filed.item, day)?,
            standard_then: lists.standard(&filed.item, then)?,
            named_item: other.map(|item| lists.item(item, day)).transpose()?.flatten(),
            officers: lists.officers(officers, day)?,
            thresholds: Thresholds::default(),
            fined,
            object_stored: stored,
        };
        drop(lists);
        Ok(case::Command { facts, step })
    }

    async fn follow(&self, tx: &Tx, id: &Uuid, case: &Case, events: &[CaseEvent]) -> Result<(), ExecuteError> {
        let Some(filed) = case.filed.as_deref() else { return Ok(()) };
        let Some(party) = party::stream(&filed.party) else { return Ok(()) };
        for event in events {
            if let Some(command) = Self::fine(*id, filed, event) {
                tx.decide::<Parties>(&party, &command).await?;
            }
        }
        Ok(())
    }
}

impl Procedure for OrderProcedure {
    type Decider = Agencies;
    type Numbers = Unnumbered;
    type Id = Uscc;
    type Step = Order;

    const NOUN: &'static str = "agency";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    fn stream(&self, agency: &Uscc) -> String {
        agency::stream(agency)
    }

    /// Orders have no matter of their own: they are read among the agency's attempts and events.
    fn owner(_: &Orders) -> Option<Place> {
        None
    }

    fn begins(_: &Order) -> bool {
        true
    }

    fn place(&self, call: &Call, agency: &Uscc, _: &Orders, _: &Order) -> Result<Place, ExecuteError> {
        call.caller.require_agency(agency)?;
        let listed = self.lists.lists().region(agency, call.act.day());
        let region = listed.unwrap_or_else(|| call.caller.region.clone());
        Ok(Place { agency: agency.to_string(), region })
    }

    async fn command(
        &self,
        tx: &Tx,
        agency: &Uscc,
        _: &Orders,
        order: Order,
        _: bool,
    ) -> Result<agency::Command, ExecuteError> {
        let listed = self.lists.lists().region(agency, tx.act().day());
        Ok(agency::Command { order, region: listed.unwrap_or_else(|| tx.caller().region.clone()) })
    }
}

impl AsRef<CaseProcedure> for crate::grpc::Api {
    fn as_ref(&self) -> &CaseProcedure {
        &self.cases
    }
}

impl AsRef<OrderProcedure> for crate::grpc::Api {
    fn as_ref(&self) -> &OrderProcedure {
        &self.orders
    }
}
