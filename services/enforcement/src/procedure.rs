//! What the kernel must know of this service to carry its steps out: whose case, which bytes, which number, which facts,
//! and what an event leads to.

use std::collections::BTreeSet;

use kernel::{
    Call, Caller, ExecuteError, Place, Tx,
    procedure::{Bytes, Draw, Edge, Matter, Office, Procedure, unknown},
};
use law::{
    day_of,
    id::{OfficerCode, Uscc},
    series::Numbers,
};
use lists::facts::Sender;
use uuid::Uuid;

use crate::{
    domain::{
        agency::{self, Agencies, Order, Orders},
        case::{self, Case, Cases, Step},
        events::{CaseEvent, CaseFiled, SeriesEvent},
        facts::Facts,
        parameters::Larger,
        party::{self, Parties},
    },
    grpc::Api,
};

fn sender(caller: &Caller) -> Sender {
    Sender { subject: caller.subject.clone(), name: caller.label().to_owned() }
}

/// How a case was filed: as recorded, or as the step that files it says.
fn filed<'a>(of: &Matter<'a, Cases>, step: &'a Step) -> Result<&'a CaseFiled, ExecuteError> {
    of.state.filed.as_deref().or(step.filing()).ok_or_else(|| unknown::<Cases>(of.id))
}

impl Office for Api {
    type Numbers = Numbers<SeriesEvent>;

    fn edge(&self) -> &Edge {
        &self.edge
    }
}

impl Procedure for Cases {
    type Office = Api;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "case";

    fn stream(case: &Uuid) -> String {
        format!("case/{case}")
    }

    fn owner(case: &Case) -> Option<Place> {
        case.filed.as_deref().map(|filed| Place::of(&filed.agency, &filed.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &Step) -> Option<Place> {
        step.filing().map(|filed| api.lists.place(&filed.agency, call.act.day(), &filed.region))
    }

    fn bytes(step: &Step) -> Bytes<'_> {
        let named = step.named();
        Bytes { own: named.bytes, document: named.document.filter(|(_, sha256)| !sha256.is_empty()) }
    }

    fn draws(api: &Api, call: &Call, case: &Matter<'_, Self>, step: &Step) -> Option<Draw> {
        let filed = filed(case, step).ok()?;
        Some(api.lists.draw(&filed.agency, call.act.day(), step.named().series?(filed.procedure), *case.id))
    }

    fn put_number(command: &mut case::Command, text: String) {
        command.facts.number = Some(text);
    }

    /// Everything from the lists that the step is decided on, as of its day (APL 37).
    async fn command(api: &Api, tx: &Tx, case: &Matter<'_, Self>, step: Step) -> Result<case::Command, ExecuteError> {
        let filed = filed(case, &step)?;
        let named = step.named();
        let fined = match party::stream(&filed.party).filter(|_| named.earlier_fines) {
            Some(party) => tx.state::<Parties>(&party).await?.like(*case.id, &filed.violation),
            None => Vec::new(),
        };
        let (day, then) = (tx.act().day(), filed.violation.last_day());
        let heads: Vec<OfficerCode> = named.heads.iter().filter_map(|head| head.parse().ok()).collect();
        let officers = named.officers.iter().copied().chain(&heads);
        let officers: BTreeSet<&OfficerCode> = officers.chain(case.state.officers.iter().map(|o| &o.officer)).collect();
        let lists = api.lists.lists();
        let agency = lists.agency(&filed.agency, day)?;
        let (item, item_then) = (lists.item(&filed.item, day)?, lists.listed(&filed.item, then)?);
        let region = agency.as_ref().map_or(&filed.region, |agency| &agency.region);
        let field = item.as_ref().or(item_then.in_force()).map(|item| item.field.as_str());
        let larger = |day| Larger::read(|card| lists.parameter(card, region, field, day));
        let told_on = case.state.notice.as_ref().and_then(|notice| notice.at).map(day_of).filter(|told| *told <= day);
        let facts = Facts {
            larger: larger(day)?,
            larger_when_told: told_on.map(larger).transpose()?,
            sender: sender(tx.caller()),
            agency,
            item,
            item_then,
            standard: lists.standard(&filed.item, day)?,
            standard_then: lists.standard(&filed.item, then)?,
            named_item: named.item.map(|item| lists.item(item, day)).transpose()?.flatten(),
            officers: lists.officers(officers, day)?,
            fined,
            stored: case.stored,
            number: None,
        };
        drop(lists);
        Ok(case::Command { facts, step })
    }

    async fn follow(tx: &Tx, case: &Matter<'_, Self>, events: &[CaseEvent]) -> Result<(), ExecuteError> {
        let Some(filed) = case.state.filed.as_deref() else { return Ok(()) };
        let Some(party) = party::stream(&filed.party) else { return Ok(()) };
        for command in events.iter().filter_map(|event| party::follows(filed, event)) {
            tx.decide::<Parties>(&party, &command).await?;
        }
        Ok(())
    }
}

impl Procedure for Agencies {
    type Office = Api;
    type Id = Uscc;
    type Step = Order;

    const NOUN: &'static str = "agency";

    fn stream(agency: &Uscc) -> String {
        agency::stream(agency)
    }

    /// Orders have no matter of their own: they are read among the agency's attempts and events.
    fn owner(_: &Orders) -> Option<Place> {
        None
    }

    fn begins(api: &Api, call: &Call, agency: &Uscc, _: &Order) -> Option<Place> {
        Some(api.lists.place(agency, call.act.day(), &call.caller.region))
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        agency: &Matter<'_, Self>,
        order: Order,
    ) -> Result<agency::Command, ExecuteError> {
        let region = api.lists.place(agency.id, tx.act().day(), &tx.caller().region).region;
        Ok(agency::Command { order, region })
    }
}
