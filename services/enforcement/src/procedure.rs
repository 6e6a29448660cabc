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
    series::{IssueNumber, Numbers, Unnumbered},
};
use lists::{Replica, facts::Sender};
use uuid::Uuid;

use crate::domain::{
    agency::{self, Agencies, Order, Orders},
    case::{self, Case, Cases, Step},
    events::{CaseEvent, CaseFiled, SeriesEvent},
    facts::{Facts, Thresholds},
    party::{self, Parties},
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
    case.filed.as_deref().or(step.filing()).ok_or_else(|| unknown(id))
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
        step.filing().is_some()
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

    fn bytes(step: &Step) -> Bytes<'_> {
        let named = step.named();
        Bytes { own: named.bytes, document: named.document.filter(|(_, sha256)| !sha256.is_empty()) }
    }

    fn draws(&self, call: &Call, id: &Uuid, place: &Place, case: &Case, step: &Step) -> Option<Draw> {
        let filed = filed(*id, case, step).ok()?;
        let series = step.named().series?(filed.procedure);
        // An agency that the list does not know may still report what it did.
        let listed = self.lists.lists().agency(&filed.agency, call.act.day()).ok().flatten();
        let short_name = listed.map_or_else(|| place.agency.clone(), |agency| agency.short_name);
        let year = call.act.day().year();
        Some((series.stream(&place.agency, year), IssueNumber { short_name, year, series, matter: *id }))
    }

    fn put_number(command: &mut case::Command, text: String) {
        command.facts.number = Some(text);
    }

    /// Everything from the lists that the step is decided on, as of its day (APL 37).
    async fn command(
        &self,
        tx: &Tx,
        id: &Uuid,
        case: &Case,
        step: Step,
        stored: Option<u64>,
    ) -> Result<case::Command, ExecuteError> {
        let filed = filed(*id, case, &step)?;
        let named = step.named();
        let fined = match party::stream(&filed.party).filter(|_| named.earlier_fines) {
            Some(party) => tx.state::<Parties>(&party).await?.like(*id, &filed.violation),
            None => Vec::new(),
        };
        let (day, then) = (tx.act().day(), filed.violation.last_day());
        let officers = named.officers.iter().copied();
        let officers: BTreeSet<&OfficerCode> = officers.chain(case.officers.iter().map(|o| &o.officer)).collect();
        let lists = self.lists.lists();
        let facts = Facts {
            sender: sender(tx.caller()),
            agency: lists.agency(&filed.agency, day)?,
            item: lists.item(&filed.item, day)?,
            item_then: lists.item(&filed.item, then)?,
            standard: lists.standard(&filed.item, day)?,
            standard_then: lists.standard(&filed.item, then)?,
            named_item: named.item.map(|item| lists.item(item, day)).transpose()?.flatten(),
            officers: lists.officers(officers, day)?,
            thresholds: Thresholds::default(),
            fined,
            stored,
            number: None,
        };
        drop(lists);
        Ok(case::Command { facts, step })
    }

    async fn follow(&self, tx: &Tx, _: &Uuid, case: &Case, events: &[CaseEvent]) -> Result<(), ExecuteError> {
        let Some(filed) = case.filed.as_deref() else { return Ok(()) };
        let Some(party) = party::stream(&filed.party) else { return Ok(()) };
        for command in events.iter().filter_map(|event| party::follows(filed, event)) {
            tx.decide::<Parties>(&party, &command).await?;
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
        _: Option<u64>,
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
