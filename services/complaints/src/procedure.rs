//! What the kernel must know of this service to carry its steps out.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use kernel::{
    Call, Caller, ExecuteError, Place, Role, Tx,
    procedure::{Draw, Edge, Matter, Office, Procedure, unknown},
};
use law::{
    id::{OfficerCode, Uscc},
    series::Numbers,
};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{
        complaint::{Command, Complaint, Complaints, Step},
        events::{SERIES, SeriesEvent},
        facts::Facts,
        parameters::Days,
    },
};

/// The Regulations on Petitions (《信访工作条例》第五十条).
const SINCE: Date = date(2022, 5, 1);

/// Those who deal with the matters of all agencies of their region.
const OF_THE_REGION: &[Role] = &[Role::Intake, Role::ListApprover, Role::IdentityKeeper, Role::Supervisor];

/// The organ with which a matter lies: as recorded, or as the step that begins it says.
fn holder(of: &Matter<'_, Complaints>, step: &Step) -> Result<Uscc, ExecuteError> {
    let begins = || step.registration().map(|registered| registered.agency.clone());
    of.state.holder().map(|organ| organ.agency).or_else(begins).ok_or_else(|| unknown::<Complaints>(of.id))
}

impl Office for Api {
    type Numbers = Numbers<SeriesEvent>;

    fn edge(&self) -> &Edge {
        &self.edge
    }

    fn allows(caller: &Caller, place: &Place) -> Result<(), ExecuteError> {
        match &place.agency {
            Some(agency) if !OF_THE_REGION.iter().any(|role| caller.has(*role)) => caller.require_agency(agency),
            _ => caller.require_region(&place.region),
        }
    }
}

impl Procedure for Complaints {
    type Office = Api;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "complaint";
    const SINCE: Date = SINCE;

    fn stream(complaint: &Uuid) -> String {
        format!("complaint/{complaint}")
    }

    /// It lies with one organ at a time, and stays of the region in which it was brought.
    fn owner(state: &Complaint) -> Option<Place> {
        Some(Place::of(&state.holder()?.agency, &state.registered.as_ref()?.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &Step) -> Option<Place> {
        let registered = step.registration()?;
        Some(api.lists.place(&registered.agency, call.act.day(), &call.caller.region))
    }

    fn draws(api: &Api, call: &Call, matter: &Matter<'_, Self>, step: &Step) -> Option<Draw> {
        let series = step.named().series?(matter.state);
        let (agency, day) = (holder(matter, step).ok()?, call.act.day());
        Some(api.lists.draw(&agency, day, series, &SERIES, *matter.id, call.number.as_deref()))
    }

    fn put_number(command: &mut Command, number: String) {
        command.facts.number = Some(number);
    }

    /// Everything from the lists that the step is decided on, as of its day, and the earlier matter from its own stream.
    async fn command(api: &Api, tx: &Tx, matter: &Matter<'_, Self>, step: Step) -> Result<Command, ExecuteError> {
        let (day, named) = (tx.act().day(), step.named());
        let earlier = match named.earlier.or(matter.state.linked) {
            Some(earlier) => tx.state::<Self>(&Self::stream(&earlier)).await?.as_earlier(),
            None => None,
        };
        let registered = matter.state.registered.as_deref().or(step.registration());
        let heads: Vec<OfficerCode> = named.heads.iter().filter_map(|head| head.parse().ok()).collect();
        let accused = registered.map(|registered| registered.against_officers.as_slice()).unwrap_or_default();
        let officers: BTreeSet<&OfficerCode> = named.officers.iter().copied().chain(&heads).chain(accused).collect();
        let lists = api.lists.lists();
        let region = api.lists.place(&holder(matter, &step)?, day, &tx.caller().region).region;
        let agencies = named.agencies.iter().map(|agency| lists.agency(agency, day));
        let facts = Facts {
            agencies: agencies.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
            officers: lists.officers(officers, day)?,
            item: named.item.map(|item| lists.item(item, day)).transpose()?.flatten(),
            earlier,
            days: Days::read(|card| lists.parameter(card, &region, None, day))?,
            number: None,
        };
        drop(lists);
        Ok(Command { facts, step })
    }
}
