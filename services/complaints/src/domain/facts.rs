//! What a step is decided on beside the matter itself.

use std::sync::Arc;

use law::id::{OfficerCode, Uscc};
use lists::facts::{AgencyFact, ItemFact, OfficerFact};
use uuid::Uuid;

use super::parameters::Days;

/// What a decision knows from elsewhere, as of the day of the act.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The agencies that the step names.
    pub agencies: Vec<AgencyFact>,
    /// The officials that the step or the matter names.
    pub officers: Vec<OfficerFact>,
    /// The power item that the step names.
    pub item: Option<Arc<ItemFact>>,
    /// The earlier matter that the step names, or that this one was linked to.
    pub earlier: Option<Earlier>,
    /// What the region allows to settle each kind.
    pub days: Days,
    /// The number drawn for the document.
    pub number: Option<String>,
}

impl Facts {
    /// An agency that exists on the day.
    pub fn agency(&self, code: &Uscc) -> Option<&AgencyFact> {
        self.agencies.iter().find(|agency| agency.agency == *code && agency.existing)
    }

    /// An official.
    pub fn officer(&self, code: &OfficerCode) -> Option<&OfficerFact> {
        self.officers.iter().find(|officer| officer.officer == *code)
    }
}

/// An earlier matter, as its own record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Which.
    pub complaint: Uuid,
    /// Accepted, and neither answered nor ended.
    pub pending: bool,
    /// Rechecked: closed for good.
    pub rechecked: bool,
}
