//! What the kernel must know of each aggregate to carry its steps out: whose it is, and which facts a step is decided on.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::{Date, date};
use kernel::{
    Call, Caller, ExecuteError, Place, Tx,
    procedure::{Edge, Matter, Office, Procedure},
};
use law::{
    Refusal,
    id::{BaseCode, ItemCode, OfficerCode, PlanCode, RegionCode, Uscc},
    parameter::{Value, in_force},
    series::Unnumbered,
};

use sha2::{Digest as _, Sha256};

use crate::{
    domain::{
        agency::{self, Agency},
        calendar::{self, Notices},
        catalogue::{self, Catalogue},
        content::LegalBasis,
        events::{
            AgencyEvent, AgencyRegistered, AgencyStep, CalendarStep, CatalogueStep, ItemStep, OfficerStep,
            ParameterStep, RegionStep,
        },
        facts::{AgencyFact, OtherHolder, ReviewerFact},
        item::{self, Item},
        listing::{self, ItemFact, ListKind, Listing, RowId, RowStep},
        mark::{self, Marks},
        officer::{self, Officer},
        parameter::{self, Parameters},
        plan::{self, Plan, PlanStep},
        region::{self, Region},
        rules::{Ceilings, FINE_DEPARTMENT, FINE_LOCAL, TRAINING_HOURS},
        statute::{self, Statute},
    },
    grpc::Api,
};

/// The Administrative Compulsion Law (《行政强制法》第七十一条), the oldest that an item of the list is held against.
pub(crate) const SINCE: Date = date(2012, 1, 1);

/// There is none.
pub(crate) fn unknown(what: &'static str, id: impl ToString) -> ExecuteError {
    Refusal::NotFound { what, id: id.to_string() }.into()
}

/// Decides one of several steps of a transaction.
pub(crate) async fn decide<P>(api: &Api, tx: &Tx, id: &P::Id, step: impl Into<P::Step>) -> Result<(), ExecuteError>
where
    P: Procedure<Office = Api>,
{
    let stream = P::stream(id);
    let state = tx.state::<P>(&stream).await?;
    let matter = Matter { id, state: &*state, stored: None };
    let command = P::command(api, tx, &matter, step.into()).await?;
    let events = tx.decide::<P>(&stream, &command).await?;
    P::follow(tx, &matter, &events).await
}

async fn agency_fact(tx: &Tx, code: &Uscc) -> Result<Option<AgencyFact>, ExecuteError> {
    Ok(tx.state::<Agency>(&Agency::stream(code)).await?.fact())
}

/// Of these items those in force on a day, as this command and what it goes with leave them.
pub(crate) async fn holders(
    tx: &Tx,
    items: impl IntoIterator<Item = ItemCode>,
    day: Date,
) -> Result<Vec<OtherHolder>, ExecuteError> {
    let mut found = Vec::new();
    for code in items {
        let state = tx.state::<Item>(&Item::stream(&code)).await?;
        let Some(version) = state.in_force(day) else { continue };
        let agency = agency_fact(tx, &version.content.agency).await?;
        let name = agency.map_or_else(|| version.content.agency.to_string(), |agency| agency.name);
        found.push(OtherHolder::of(&version.content, name));
    }
    Ok(found)
}

async fn reviewer_fact(tx: &Tx, code: &OfficerCode) -> Result<Option<ReviewerFact>, ExecuteError> {
    Ok(tx.state::<Officer>(&Officer::stream(code)).await?.reviewer())
}

async fn region_known(tx: &Tx, code: &RegionCode) -> Result<bool, ExecuteError> {
    Ok(tx.state::<Region>(&Region::stream(code)).await?.registered.is_some())
}

impl Office for Api {
    type Numbers = Unnumbered;

    fn edge(&self) -> &Edge {
        &self.edge
    }

    /// Lists are kept for all agencies of a region.
    fn allows(caller: &Caller, place: &Place) -> Result<(), ExecuteError> {
        caller.require_region(&place.region)
    }
}

impl Procedure for Notices {
    type Office = Api;
    type Id = String;
    type Step = CalendarStep;

    const NOUN: &'static str = "calendar";
    const SINCE: Date = SINCE;

    fn stream(name: &String) -> String {
        format!("calendar/{name}")
    }

    fn owner(_: &calendar::State) -> Option<Place> {
        None
    }

    fn begins(_: &Api, call: &Call, _: &String, _: &CalendarStep) -> Option<Place> {
        Some(Place::within(&call.caller.region))
    }

    async fn command(_: &Api, _: &Tx, _: &Matter<'_, Self>, step: CalendarStep) -> Result<CalendarStep, ExecuteError> {
        Ok(step)
    }
}

impl Procedure for Parameters {
    type Office = Api;
    type Id = RegionCode;
    type Step = ParameterStep;

    const NOUN: &'static str = "parameters";
    const SINCE: Date = SINCE;

    fn stream(region: &RegionCode) -> String {
        format!("parameter/{region}")
    }

    fn owner(state: &parameter::State) -> Option<Place> {
        state.region().map(Place::within)
    }

    fn begins(_: &Api, _: &Call, region: &RegionCode, _: &ParameterStep) -> Option<Place> {
        Some(Place::within(region))
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        parameters: &Matter<'_, Self>,
        step: ParameterStep,
    ) -> Result<parameter::Command, ExecuteError> {
        let ParameterStep::SetParameter(set) = &step;
        let card = api.parameters.iter().find(|card| card.id == set.parameter).ok_or_else(|| {
            let known = api.parameters.iter().map(|card| card.id).collect::<Vec<_>>().join(", ");
            let en = format!("there is no parameter {}; there are {known}", set.parameter);
            Refusal::Invalid { field: "parameter".to_owned(), en }
        })?;
        Ok(parameter::Command { card, region_known: region_known(tx, parameters.id).await?, step })
    }
}

impl Procedure for Plan {
    type Office = Api;
    type Id = PlanCode;
    type Step = PlanStep;

    const NOUN: &'static str = "plan";
    const SINCE: Date = SINCE;

    fn stream(plan: &PlanCode) -> String {
        format!("plan/{plan}")
    }

    fn owner(state: &plan::State) -> Option<Place> {
        state.region().map(Place::within)
    }

    fn begins(_: &Api, _: &Call, _: &PlanCode, step: &PlanStep) -> Option<Place> {
        match step {
            PlanStep::EnterPlanTask(e) => Some(Place::within(&e.region)),
            PlanStep::ReportPlanProgress(_) | PlanStep::CompletePlanTask(_) => None,
        }
    }

    async fn command(_: &Api, tx: &Tx, _: &Matter<'_, Self>, step: PlanStep) -> Result<plan::Command, ExecuteError> {
        let region_known = match &step {
            PlanStep::EnterPlanTask(e) => region_known(tx, &e.region).await?,
            PlanStep::ReportPlanProgress(_) | PlanStep::CompletePlanTask(_) => true,
        };
        Ok(plan::Command { step, region_known })
    }
}

impl Procedure for Region {
    type Office = Api;
    type Id = RegionCode;
    type Step = RegionStep;

    const NOUN: &'static str = "region";
    const SINCE: Date = SINCE;

    fn stream(region: &RegionCode) -> String {
        format!("region/{region}")
    }

    fn owner(state: &region::State) -> Option<Place> {
        state.registered.as_ref().map(|e| Place::within(&e.region))
    }

    fn begins(_: &Api, _: &Call, region: &RegionCode, step: &RegionStep) -> Option<Place> {
        match step {
            RegionStep::RegisterRegion(_) => Some(Place::within(region)),
        }
    }

    async fn command(
        _: &Api,
        tx: &Tx,
        _: &Matter<'_, Self>,
        step: RegionStep,
    ) -> Result<region::Command, ExecuteError> {
        let RegionStep::RegisterRegion(e) = &step;
        let parent_known = match &e.parent {
            Some(parent) => region_known(tx, parent).await?,
            None => false,
        };
        Ok(region::Command { step, parent_known })
    }
}

impl Procedure for Agency {
    type Office = Api;
    type Id = Uscc;
    type Step = AgencyStep;

    const NOUN: &'static str = "agency";
    const SINCE: Date = SINCE;

    fn stream(agency: &Uscc) -> String {
        format!("agency/{agency}")
    }

    fn owner(state: &agency::State) -> Option<Place> {
        state.registered.as_ref().map(|e| Place::of(&e.agency, &e.region))
    }

    fn begins(_: &Api, _: &Call, _: &Uscc, step: &AgencyStep) -> Option<Place> {
        match step {
            AgencyStep::RegisterAgency(e) => Some(Place::of(&e.agency, &e.region)),
            AgencyStep::DissolveAgency(_) => None,
        }
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        _: &Matter<'_, Self>,
        step: AgencyStep,
    ) -> Result<agency::Command, ExecuteError> {
        let facts = match &step {
            AgencyStep::RegisterAgency(e) => agency::Facts {
                bearer: bearer(api, tx, e).await?,
                region_known: region_known(tx, &e.region).await?,
                organ: match &e.entrusted_by {
                    Some(by) => agency_fact(tx, by).await?,
                    None => None,
                },
            },
            AgencyStep::DissolveAgency(_) => agency::Facts::default(),
        };
        Ok(agency::Command { step, facts })
    }

    async fn follow(tx: &Tx, _: &Matter<'_, Self>, events: &[AgencyEvent]) -> Result<(), ExecuteError> {
        for event in events {
            if let AgencyEvent::AgencyRegistered(registered) = event {
                tx.decide::<Marks>(&mark_stream(&registered.short_name), &mark::follows(registered)).await?;
            }
        }
        Ok(())
    }
}

fn mark_stream(short_name: &str) -> String {
    format!("mark/{}", hex::encode(Sha256::digest(mark::of(short_name))))
}

/// The name of another body that bears the short name of one that is registered.
async fn bearer(api: &Api, tx: &Tx, e: &AgencyRegistered) -> Result<Option<String>, ExecuteError> {
    let mark = mark::of(&e.short_name);
    let other = match &tx.state::<Marks>(&mark_stream(&e.short_name)).await?.bearer {
        Some(bearer) => Some(bearer.clone()).filter(|bearer| *bearer != e.agency),
        // Registered before short names were taken.
        None => api.lists.read().await?.bearer_of_mark(&mark, &e.agency, e.from).cloned(),
    };
    match other {
        Some(other) => Ok(tx.state::<Agency>(&Agency::stream(&other)).await?.bears(&mark, e.from).map(str::to_owned)),
        None => Ok(None),
    }
}

impl Procedure for Officer {
    type Office = Api;
    type Id = OfficerCode;
    type Step = OfficerStep;

    const NOUN: &'static str = "officer";
    const SINCE: Date = SINCE;

    fn stream(officer: &OfficerCode) -> String {
        format!("officer/{officer}")
    }

    fn owner(state: &officer::State) -> Option<Place> {
        state.registered.as_ref().map(|e| Place::of(&e.agency, &e.region))
    }

    fn begins(_: &Api, _: &Call, _: &OfficerCode, step: &OfficerStep) -> Option<Place> {
        match step {
            OfficerStep::RegisterOfficer(e) => Some(Place::of(&e.agency, &e.region)),
            _ => None,
        }
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        officer: &Matter<'_, Self>,
        step: OfficerStep,
    ) -> Result<officer::Command, ExecuteError> {
        let serves = match &step {
            OfficerStep::RegisterOfficer(e) => Some(&e.agency),
            OfficerStep::IssueCertificate(_) => officer.state.registered.as_ref().map(|e| &e.agency),
            OfficerStep::GiveOffice(e) => Some(&e.agency),
            OfficerStep::RecordExamination(_)
            | OfficerStep::RevokeCertificate(_)
            | OfficerStep::EndOffice(_)
            | OfficerStep::RecordTraining(_) => None,
        };
        let agency = match serves {
            Some(code) => agency_fact(tx, code).await?,
            None => None,
        };
        let index = api.lists.read().await?;
        let set = match (&step, &officer.state.registered) {
            (OfficerStep::IssueCertificate(c), Some(e)) => {
                // A number that came later is none that the year could have been trained by.
                let day = date(officer::training_year(c.from), 12, 31);
                in_force(index.parameters(), &TRAINING_HOURS, &e.region, None, day)
            }
            _ => None,
        };
        let training = Value::of(&TRAINING_HOURS, set);
        Ok(officer::Command { step, facts: officer::Facts { agency, training } })
    }
}

impl Procedure for Catalogue {
    type Office = Api;
    type Id = BaseCode;
    type Step = CatalogueStep;

    const NOUN: &'static str = "catalogue entry";
    const SINCE: Date = SINCE;

    fn stream(code: &BaseCode) -> String {
        format!("catalogue/{code}")
    }

    fn owner(state: &catalogue::State) -> Option<Place> {
        state.versions.last().map(|e| Place::within(&e.region))
    }

    fn begins(_: &Api, _: &Call, _: &BaseCode, step: &CatalogueStep) -> Option<Place> {
        match step {
            CatalogueStep::PublishCatalogueEntry(e) => Some(Place::within(&e.region)),
        }
    }

    async fn command(
        _: &Api,
        _: &Tx,
        _: &Matter<'_, Self>,
        step: CatalogueStep,
    ) -> Result<CatalogueStep, ExecuteError> {
        Ok(step)
    }
}

impl Procedure for Item {
    type Office = Api;
    type Id = ItemCode;
    type Step = item::Asked;

    const NOUN: &'static str = "item";
    const SINCE: Date = SINCE;

    fn stream(item: &ItemCode) -> String {
        format!("item/{item}")
    }

    fn owner(state: &item::State) -> Option<Place> {
        state.newest().map(|content| Place::of(&content.agency, &content.region))
    }

    fn begins(_: &Api, _: &Call, _: &ItemCode, asked: &item::Asked) -> Option<Place> {
        match asked {
            item::Asked::Step(ItemStep::DraftItem(e)) => Some(Place::of(&e.content.agency, &e.content.region)),
            item::Asked::Step(_) | item::Asked::CheckCitations(_) => None,
        }
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        item: &Matter<'_, Self>,
        asked: item::Asked,
    ) -> Result<item::Command, ExecuteError> {
        let mut facts = item::Facts::default();
        let step = match &asked {
            item::Asked::Step(step) => step,
            item::Asked::CheckCitations(_) => {
                let standing = item.state.standing(tx.act().day());
                let bases = standing.map(|v| v.content.bases.as_slice()).unwrap_or_default();
                facts.statutes = statutes(tx, bases).await?;
                return Ok(item::Command { step: asked, facts });
            }
        };
        match step {
            ItemStep::DraftItem(c) => {
                facts.agency = agency_fact(tx, &c.content.agency).await?;
                if item.state.versions.is_empty() {
                    facts.before = api.lists.read().await?.item_before(&c.content).cloned();
                }
            }
            ItemStep::ReviewItem(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::CancelItem(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::ReviewItemYearly(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::PublishItem(c) => {
                if let Some(content) = item.state.newest() {
                    facts.statutes = statutes(tx, &content.bases).await?;
                    let index = api.lists.read().await?;
                    let ceiling = |card| {
                        let (region, field) = (&content.region, Some(content.field.as_str()));
                        Value::known(card, in_force(index.parameters(), card, region, field, c.effective))
                    };
                    facts.ceilings = Ceilings { department: ceiling(&FINE_DEPARTMENT), local: ceiling(&FINE_LOCAL) };
                    drop(index);
                    facts.agency = agency_fact(tx, &content.agency).await?;
                    let entry = tx.state::<Catalogue>(&Catalogue::stream(&content.base_code)).await?;
                    facts.uniform = match entry.uniform(c.effective) {
                        Some(uniform) => Some(uniform),
                        None => api.lists.read().await?.peer(&content.base_code, item.id, c.effective),
                    };
                    let near = api.lists.read().await?.near(content);
                    facts.others = holders(tx, near, c.effective).await?;
                }
            }
            ItemStep::PublishFee(c) => {
                facts.statutes = statutes(tx, std::slice::from_ref(&c.basis)).await?;
                if let Some(content) = item.state.newest() {
                    let index = api.lists.read().await?;
                    let rows: Vec<RowId> = index.charge_rows(&content.agency, &c.name, c.effective).cloned().collect();
                    drop(index);
                    for row in rows {
                        // It may have ended by a command that this one goes with.
                        if tx.state::<Listing>(&Listing::stream(&row)).await?.standing(c.effective).is_some() {
                            facts.charge_row = Some(row);
                        }
                    }
                }
            }
            ItemStep::NoteGround(_) | ItemStep::AnswerGround(_) | ItemStep::PublishStandard(_) => {}
        }
        Ok(item::Command { step: asked, facts })
    }
}

impl Procedure for Listing {
    type Office = Api;
    type Id = RowId;
    type Step = listing::Asked;

    const NOUN: &'static str = "row";
    const SINCE: Date = SINCE;

    fn stream(row: &RowId) -> String {
        format!("listing/{row}")
    }

    fn owner(state: &listing::State) -> Option<Place> {
        state.versions.last().map(|v| Place::of(&v.content.agency, &v.content.region))
    }

    fn begins(_: &Api, _: &Call, _: &RowId, asked: &listing::Asked) -> Option<Place> {
        match asked {
            listing::Asked::Step(RowStep::PublishRow(c)) => Some(Place::of(&c.content.agency, &c.content.region)),
            listing::Asked::Step(RowStep::CancelRow(_) | RowStep::ReviewRowYearly(_))
            | listing::Asked::CheckCitations(_) => None,
        }
    }

    async fn command(
        api: &Api,
        tx: &Tx,
        row: &Matter<'_, Self>,
        step: listing::Asked,
    ) -> Result<listing::Command, ExecuteError> {
        let mut facts = listing::Facts::default();
        match &step {
            listing::Asked::Step(RowStep::PublishRow(c)) => {
                facts.agency = agency_fact(tx, &c.content.agency).await?;
                facts.statutes = statutes(tx, &c.content.bases).await?;
                let index = api.lists.read().await?;
                if c.content.list == ListKind::Charge {
                    facts.charged = index.charged(&c.content.agency, &c.content.name, c.effective).cloned();
                }
                if row.state.versions.is_empty() {
                    facts.before = index.row_before(&c.content).cloned();
                }
                drop(index);
                if let Some((code, _)) = c.content.item() {
                    let item = tx.state::<Item>(&Item::stream(&code)).await?;
                    facts.item = item.in_force(c.effective).map(|version| ItemFact {
                        agency: version.content.agency.clone(),
                        kind: version.content.kind,
                        compels: version.content.compels(),
                    });
                }
            }
            listing::Asked::Step(RowStep::CancelRow(_)) => {}
            listing::Asked::Step(RowStep::ReviewRowYearly(c)) => {
                facts.person = reviewer_fact(tx, &c.reviewer).await?;
            }
            listing::Asked::CheckCitations(_) => {
                let standing = row.state.standing(tx.act().day());
                let bases = standing.map(|v| v.content.bases.as_slice()).unwrap_or_default();
                facts.statutes = statutes(tx, bases).await?;
            }
        }
        Ok(listing::Command { step, facts })
    }
}

/// The texts on record of the statutes that bases name.
async fn statutes(tx: &Tx, bases: &[LegalBasis]) -> Result<BTreeMap<String, Arc<statute::State>>, ExecuteError> {
    let mut found = BTreeMap::new();
    for basis in bases {
        let key = statute::key(&basis.statute);
        // Read once for the transaction, however often it is cited.
        let state = tx.state::<Statute>(&statute_stream(&key)).await?;
        found.insert(key, state);
    }
    Ok(found)
}

/// The stream of a statute, by [`statute::key`] of its title.
pub(crate) fn statute_stream(key: &str) -> String {
    format!("statute/{}", statute_id(key))
}

/// What its stream calls a statute.
pub(crate) fn statute_id(key: &str) -> String {
    hex::encode(Sha256::digest(key))
}
