//! What the kernel must know of this service to carry its steps out: whose case, which bytes, which number, which facts,
//! and what an event leads to.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
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
        events::{AlikeCase, CaseEvent, CaseFiled, SameActNoted, SeriesEvent},
        facts::Facts,
        lead::{self, Lead, Leads},
        parameters::Larger,
        party::{self, Parties},
        series,
    },
    grpc::Api,
};

/// The Administrative Penalty Law as revised in 2021 (《行政处罚法》第八十六条).
const SINCE: Date = date(2021, 7, 15);

fn sender(caller: &Caller) -> Sender {
    Sender { subject: caller.subject.clone(), name: caller.label().to_owned() }
}

/// How a case was filed: as recorded, or as the step that files it says.
fn filed<'a>(of: &Matter<'a, Cases>, step: &'a Step) -> Result<&'a CaseFiled, ExecuteError> {
    of.state.filed.as_deref().or(step.filing()).ok_or_else(|| unknown::<Cases>(of.id))
}

/// What a case that was there before is told of one that looks like the same act.
fn same_act(filed: &CaseFiled) -> case::Command {
    let CaseFiled { case, filing_number, agency, agency_name, .. } = filed.clone();
    let other = AlikeCase { case, number: filing_number, agency, agency_name };
    case::Command { facts: Facts::default(), step: SameActNoted { other, at: None }.into() }
}

/// The first case of each other agency that looks like the same act: this one's own officers are told by the filing.
fn first_of_others(filed: &CaseFiled) -> Vec<&AlikeCase> {
    let mut told = BTreeSet::from([&filed.agency]);
    filed.alike.iter().filter(|alike| told.insert(&alike.agency)).collect()
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
    const SINCE: Date = SINCE;

    fn stream(case: &Uuid) -> String {
        format!("case/{case}")
    }

    fn owner(case: &Case) -> Option<Place> {
        case.filed.as_deref().map(|filed| Place::of(&filed.agency, &filed.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &Step) -> Option<Place> {
        step.filing().map(|filed| api.lists.place(&filed.agency, call.act.day(), &filed.region))
    }

    fn correlation(case: &Case, step: &Step) -> Option<Uuid> {
        case.filed.as_deref().or(step.filing())?.lead
    }

    fn bytes(step: &Step) -> Bytes<'_> {
        let named = step.named();
        Bytes { own: named.bytes, document: named.document.filter(|(_, sha256)| !sha256.is_empty()) }
    }

    fn draws(api: &Api, call: &Call, case: &Matter<'_, Self>, step: &Step) -> Option<Draw> {
        let filed = filed(case, step).ok()?;
        let drawn = step.named().series?(filed.procedure);
        let (day, all) = (call.act.day(), &series::ALL);
        Some(api.lists.draw(&filed.agency, day, drawn, all, *case.id, call.number.as_deref()))
    }

    fn put_number(command: &mut case::Command, text: String) {
        command.facts.number = Some(text);
    }

    /// Everything from the lists that the step is decided on, as of its day (APL 37).
    async fn command(api: &Api, tx: &Tx, case: &Matter<'_, Self>, step: Step) -> Result<case::Command, ExecuteError> {
        let filed = filed(case, &step)?;
        let named = step.named();
        let party = if named.earlier_fines { party::stream(&filed.party) } else { None };
        let (fined, alike, revoked) = match party {
            Some(party) => {
                let (before, violation) = (tx.state::<Parties>(&party).await?, &filed.violation);
                let (fined, alike) = (before.like(*case.id, violation), before.alike(*case.id, violation));
                (fined, alike, before.revoked(violation, tx.act().at))
            }
            None => Default::default(),
        };
        let lead = match step.filing().and_then(|filing| filing.lead) {
            Some(lead) => Some(Lead::clone(&*tx.state::<Leads>(&lead::stream(lead)).await?)),
            None => None,
        };
        let (day, then) = (tx.act().day(), filed.violation.last_day());
        let heads: Vec<OfficerCode> = named.heads.iter().filter_map(|head| head.parse().ok()).collect();
        let in_charge = case.state.officers.iter().filter(|_| named.in_charge).map(|o| &o.officer);
        let officers: BTreeSet<&OfficerCode> = named.officers.iter().copied().chain(&heads).chain(in_charge).collect();
        let lists = api.lists.lists();
        let agency = lists.agency(&filed.agency, day)?;
        let (item, item_then) = (lists.item(&filed.item, day)?, lists.listed(&filed.item, then)?);
        let region = agency.as_ref().map_or(&filed.region, |agency| &agency.region);
        let field = item.as_ref().or(item_then.in_force()).map(|item| item.field.as_str());
        let larger = |day| Larger::read(|card| lists.parameter(card, region, field, day));
        let told_on = case.state.notice.as_ref().and_then(|notice| notice.at).map(day_of).filter(|told| *told <= day);
        let concluded = case.state.concluded.as_ref().filter(|_| named.earlier_fines);
        let also = concluded.map(|concluded| &concluded.also_breaks[..]).unwrap_or_default();
        let mut also_broken = Vec::with_capacity(also.len());
        for item in also {
            also_broken.push((item.clone(), lists.listed(item, then)?.in_force().cloned()));
        }
        let mut exempt = lists.exempt(&filed.agency, &filed.item, day)?;
        for entry in &named.entries {
            exempt.extend(lists.exempt_entry(entry, day)?.filter(|fact| !exempt.contains(fact)));
        }
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
            exempt,
            fined,
            alike,
            also_broken,
            revoked,
            lead,
            stored: case.stored,
            number: None,
        };
        drop(lists);
        Ok(case::Command { facts, step })
    }

    async fn follow(tx: &Tx, case: &Matter<'_, Self>, events: &[CaseEvent]) -> Result<(), ExecuteError> {
        let begun = events.iter().find_map(|event| <&CaseFiled>::try_from(event).ok());
        let Some(filed) = case.state.filed.as_deref().or(begun) else { return Ok(()) };
        if let Some(lead) = filed.lead.map(lead::stream) {
            for command in events.iter().filter_map(|event| lead::follows(filed, event)) {
                tx.decide::<Leads>(&lead, &command).await?;
            }
        }
        for other in begun.into_iter().flat_map(first_of_others) {
            let (stream, note) = (Self::stream(&other.case), same_act(filed));
            // One that was filed later than this act happened, or elsewhere, is not told here.
            if tx.takes::<Cases>(&stream, &note).await? {
                tx.decide::<Cases>(&stream, &note).await?;
            }
        }
        for command in events.iter().filter_map(|event| party::follows(filed, case.state, event)) {
            if let Some(party) = party::stream(&filed.party) {
                tx.decide::<Parties>(&party, &command).await?;
            }
        }
        Ok(())
    }
}

impl Procedure for Leads {
    type Office = Api;
    type Id = Uuid;
    type Step = lead::Step;

    const NOUN: &'static str = "lead";
    const SINCE: Date = SINCE;

    fn stream(lead: &Uuid) -> String {
        lead::stream(*lead)
    }

    fn owner(lead: &Lead) -> Option<Place> {
        lead.received.as_ref().map(|received| Place::of(&received.agency, &received.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &lead::Step) -> Option<Place> {
        match step {
            lead::Step::ReceiveLead(e) => Some(api.lists.place(&e.agency, call.act.day(), &e.region)),
            lead::Step::DropLead(_) => None,
        }
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        lead: &Matter<'_, Self>,
        step: lead::Step,
    ) -> Result<lead::Command, ExecuteError> {
        let day = tx.act().day();
        let (agency, head) = match &step {
            lead::Step::ReceiveLead(e) => (Some(&e.agency), None),
            lead::Step::DropLead(e) => {
                (lead.state.received.as_ref().map(|received| &received.agency), Some(&e.decided_by))
            }
        };
        let head: Option<OfficerCode> = head.and_then(|head| head.parse().ok());
        let lists = api.lists.lists();
        let facts = lead::Facts {
            sender: sender(tx.caller()),
            agency: agency.map(|agency| lists.agency(agency, day)).transpose()?.flatten(),
            heads: lists.officers(head.as_ref(), day)?,
        };
        drop(lists);
        Ok(lead::Command::Step(step, Box::new(facts)))
    }
}

impl Procedure for Agencies {
    type Office = Api;
    type Id = Uscc;
    type Step = Order;

    const NOUN: &'static str = "agency";
    const SINCE: Date = SINCE;

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
