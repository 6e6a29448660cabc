//! What the kernel must know of each aggregate to carry its steps out: whose it is, and which facts a step is decided on.

use std::sync::Arc;

use kernel::{
    Call, ExecuteError, Tx,
    procedure::{Edge, Place, Procedure},
};
use law::{
    Refusal,
    id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc},
    series::Unnumbered,
};

use crate::{
    domain::{
        agency::{self, Agency},
        catalogue::{self, Catalogue},
        events::{AgencyStep, CatalogueStep, ItemStep, OfficerStep, RegionStep},
        facts::{AgencyFact, ReviewerFact},
        item::{self, Item},
        officer::{self, Officer},
        region::{self, Region},
    },
    index::Lists,
    streams,
};

/// What all commands are carried out with.
pub(crate) struct Office {
    pub(crate) edge: Edge,
    pub(crate) lists: Lists,
    /// The region's parameter: hours of training a year.
    pub(crate) training_hours_min: u16,
}

/// Steps of one aggregate.
macro_rules! procedures {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name(pub(crate) Arc<Office>);
    )*};
}

procedures! {
    /// Steps of regions.
    Regions
    /// Steps of agencies.
    Agencies
    /// Steps of officers.
    Officers
    /// Steps of catalogue entries.
    Entries
    /// Steps of power items.
    Items
}

/// There is none.
pub(crate) fn unknown(what: &'static str, id: impl ToString) -> ExecuteError {
    Refusal::NotFound { what, id: id.to_string() }.into()
}

/// Decides one of several steps of a transaction.
pub(crate) async fn decide<P: Procedure>(of: &P, tx: &Tx, id: &P::Id, step: P::Step) -> Result<(), ExecuteError> {
    let stream = of.stream(id);
    let state = tx.state::<P::Decider>(&stream).await?;
    let command = of.command(tx, id, &state, step, None).await?;
    tx.decide::<P::Decider>(&stream, &command).await.map(drop)
}

async fn agency_fact(tx: &Tx, code: &Uscc) -> Result<Option<AgencyFact>, ExecuteError> {
    Ok(tx.state::<Agency>(&streams::agency(code)).await?.fact())
}

async fn reviewer_fact(tx: &Tx, code: &OfficerCode) -> Result<Option<ReviewerFact>, ExecuteError> {
    Ok(tx.state::<Officer>(&streams::officer(code)).await?.reviewer())
}

async fn region_known(tx: &Tx, code: &RegionCode) -> Result<bool, ExecuteError> {
    Ok(tx.state::<Region>(&streams::region(code)).await?.registered.is_some())
}

/// The place, if the caller may touch it.
fn allowed(call: &Call, place: Option<Place>, unknown: impl FnOnce() -> ExecuteError) -> Result<Place, ExecuteError> {
    let place = place.ok_or_else(unknown)?;
    call.caller.require_region(&place.region)?;
    Ok(place)
}

/// What belongs to a region and to no agency.
fn of_region(region: &RegionCode) -> Place {
    Place { agency: String::new(), region: region.clone() }
}

fn of_agency(agency: &Uscc, region: &RegionCode) -> Place {
    Place { agency: agency.to_string(), region: region.clone() }
}

impl Procedure for Regions {
    type Decider = Region;
    type Numbers = Unnumbered;
    type Id = RegionCode;
    type Step = RegionStep;

    const NOUN: &'static str = "region";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, region: &RegionCode) -> String {
        streams::region(region)
    }

    fn begins(step: &RegionStep) -> bool {
        match step {
            RegionStep::RegisterRegion(_) => true,
        }
    }

    fn owner(state: &region::State) -> Option<Place> {
        state.registered.as_ref().map(|e| of_region(&e.region))
    }

    fn place(&self, call: &Call, id: &RegionCode, _: &region::State, _: &RegionStep) -> Result<Place, ExecuteError> {
        allowed(call, Some(of_region(id)), || unknown(Self::NOUN, id))
    }

    async fn command(
        &self,
        tx: &Tx,
        _: &RegionCode,
        _: &region::State,
        step: RegionStep,
        _: Option<u64>,
    ) -> Result<region::Command, ExecuteError> {
        let RegionStep::RegisterRegion(e) = &step;
        let parent_known = match &e.parent {
            Some(parent) => region_known(tx, parent).await?,
            None => false,
        };
        Ok(region::Command { step, parent_known })
    }
}

impl Procedure for Agencies {
    type Decider = Agency;
    type Numbers = Unnumbered;
    type Id = Uscc;
    type Step = AgencyStep;

    const NOUN: &'static str = "agency";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, agency: &Uscc) -> String {
        streams::agency(agency)
    }

    fn begins(step: &AgencyStep) -> bool {
        match step {
            AgencyStep::RegisterAgency(_) => true,
            AgencyStep::DissolveAgency(_) => false,
        }
    }

    fn owner(state: &agency::State) -> Option<Place> {
        state.registered.as_ref().map(|e| of_agency(&e.agency, &e.region))
    }

    fn place(&self, call: &Call, id: &Uscc, state: &agency::State, step: &AgencyStep) -> Result<Place, ExecuteError> {
        let place = match step {
            AgencyStep::RegisterAgency(e) => Some(of_agency(&e.agency, &e.region)),
            AgencyStep::DissolveAgency(_) => Self::owner(state),
        };
        allowed(call, place, || unknown(Self::NOUN, id))
    }

    async fn command(
        &self,
        tx: &Tx,
        _: &Uscc,
        _: &agency::State,
        step: AgencyStep,
        _: Option<u64>,
    ) -> Result<agency::Command, ExecuteError> {
        let facts = match &step {
            AgencyStep::RegisterAgency(e) => agency::Facts {
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
}

impl Procedure for Officers {
    type Decider = Officer;
    type Numbers = Unnumbered;
    type Id = OfficerCode;
    type Step = OfficerStep;

    const NOUN: &'static str = "officer";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, officer: &OfficerCode) -> String {
        streams::officer(officer)
    }

    fn begins(step: &OfficerStep) -> bool {
        matches!(step, OfficerStep::RegisterOfficer(_))
    }

    fn owner(state: &officer::State) -> Option<Place> {
        state.registered.as_ref().map(|e| of_agency(&e.agency, &e.region))
    }

    fn place(
        &self,
        call: &Call,
        id: &OfficerCode,
        state: &officer::State,
        step: &OfficerStep,
    ) -> Result<Place, ExecuteError> {
        let place = match step {
            OfficerStep::RegisterOfficer(e) => Some(of_agency(&e.agency, &e.region)),
            _ => Self::owner(state),
        };
        allowed(call, place, || unknown(Self::NOUN, id))
    }

    async fn command(
        &self,
        tx: &Tx,
        _: &OfficerCode,
        state: &officer::State,
        step: OfficerStep,
        _: Option<u64>,
    ) -> Result<officer::Command, ExecuteError> {
        let serves = match &step {
            OfficerStep::RegisterOfficer(e) => Some(&e.agency),
            OfficerStep::IssueCertificate(_) => state.registered.as_ref().map(|e| &e.agency),
            OfficerStep::RecordExamination(_) | OfficerStep::RevokeCertificate(_) | OfficerStep::RecordTraining(_) => {
                None
            }
        };
        let agency = match serves {
            Some(code) => agency_fact(tx, code).await?,
            None => None,
        };
        let training_hours_min = self.0.training_hours_min;
        Ok(officer::Command { step, facts: officer::Facts { agency, training_hours_min } })
    }
}

impl Procedure for Entries {
    type Decider = Catalogue;
    type Numbers = Unnumbered;
    type Id = BaseCode;
    type Step = CatalogueStep;

    const NOUN: &'static str = "catalogue entry";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, code: &BaseCode) -> String {
        streams::catalogue(code)
    }

    fn begins(step: &CatalogueStep) -> bool {
        match step {
            CatalogueStep::PublishCatalogueEntry(_) => true,
        }
    }

    fn owner(state: &catalogue::State) -> Option<Place> {
        state.versions.last().map(|e| of_region(&e.region))
    }

    fn place(
        &self,
        call: &Call,
        id: &BaseCode,
        _: &catalogue::State,
        step: &CatalogueStep,
    ) -> Result<Place, ExecuteError> {
        let CatalogueStep::PublishCatalogueEntry(e) = step;
        allowed(call, Some(of_region(&e.region)), || unknown(Self::NOUN, id))
    }

    async fn command(
        &self,
        _: &Tx,
        _: &BaseCode,
        _: &catalogue::State,
        step: CatalogueStep,
        _: Option<u64>,
    ) -> Result<CatalogueStep, ExecuteError> {
        Ok(step)
    }
}

impl Procedure for Items {
    type Decider = Item;
    type Numbers = Unnumbered;
    type Id = ItemCode;
    type Step = ItemStep;

    const NOUN: &'static str = "item";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, item: &ItemCode) -> String {
        streams::item(item)
    }

    fn begins(step: &ItemStep) -> bool {
        matches!(step, ItemStep::DraftItem(_))
    }

    fn owner(state: &item::State) -> Option<Place> {
        state.newest().map(|content| of_agency(&content.agency, &content.region))
    }

    fn place(&self, call: &Call, id: &ItemCode, state: &item::State, step: &ItemStep) -> Result<Place, ExecuteError> {
        let place = match step {
            ItemStep::DraftItem(e) => Some(of_agency(&e.content.agency, &e.content.region)),
            _ => Self::owner(state),
        };
        allowed(call, place, || unknown(Self::NOUN, id))
    }

    async fn command(
        &self,
        tx: &Tx,
        id: &ItemCode,
        state: &item::State,
        step: ItemStep,
        _: Option<u64>,
    ) -> Result<item::Command, ExecuteError> {
        let mut facts = item::Facts::default();
        match &step {
            ItemStep::DraftItem(c) => facts.agency = agency_fact(tx, &c.content.agency).await?,
            ItemStep::ReviewItem(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::CancelItem(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::ReviewItemYearly(c) => facts.person = reviewer_fact(tx, &c.reviewer).await?,
            ItemStep::PublishItem(c) => {
                if let Some(content) = state.newest() {
                    facts.agency = agency_fact(tx, &content.agency).await?;
                    let entry = tx.state::<Catalogue>(&streams::catalogue(&content.base_code)).await?;
                    facts.uniform = match entry.uniform(c.effective) {
                        Some(uniform) => Some(uniform),
                        None => self.0.lists.read().await?.peer(&content.base_code, id, c.effective),
                    };
                }
            }
            ItemStep::PublishStandard(_) | ItemStep::PublishFee(_) => {}
        }
        Ok(item::Command { step, facts })
    }
}
