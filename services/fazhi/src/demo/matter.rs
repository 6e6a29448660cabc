//! What a case is about: agency, item, party, act, officers, tier and penalty.

use lists::facts::Findings;
use proto::{common::v1::PenaltyKind, enforcement::v1 as wire};

use super::{
    county::{Agency, Item, Officer, Tier},
    penalty::fine_of,
};

/// What kind of matter a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Whatever comes.
    Any,
    /// One that may be decided on the spot.
    Spot,
    /// An ordinary one with a fine, below the larger amount.
    Fine,
    /// One with the right to a hearing.
    Major,
    /// One whose standard has a tier of no penalty.
    Exempt,
    /// One whose agency may seal or seize in this field.
    Measure,
}

/// What a case is about.
#[derive(Clone, Debug)]
pub(super) struct Matter<'a> {
    pub(super) agency: &'a Agency,
    pub(super) item: &'a Item,
    pub(super) tier: &'a Tier,
    pub(super) officers: [&'a Officer; 2],
    /// Colleagues of the agency.
    pub(super) staff: Staff<'a>,
    /// An item of another agency.
    pub(super) foreign: &'a Item,
    /// The agency's own power to seal or seize in this field.
    pub(super) measure: Option<&'a Item>,
    pub(super) party: wire::Party,
    pub(super) organisation: bool,
    /// The name as recorded texts carry it: 当事人 for a citizen.
    pub(super) party_name: String,
    pub(super) violation: wire::Violation,
    pub(super) penalties: Vec<wire::Penalty>,
    /// What it found, by which the lines of the item are read.
    pub(super) findings: Findings,
}

impl Matter<'_> {
    /// Sum of the fines, in fen.
    pub(super) fn fine(&self) -> i64 {
        fine_of(&self.penalties)
    }

    /// What is not money.
    pub(super) fn other_than_fine(&self) -> bool {
        self.penalties.iter().any(|p| p.kind() != PenaltyKind::Fine && p.kind() != PenaltyKind::Warning)
    }
}

/// Colleagues of the officers in charge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Staff<'a> {
    /// Reviews, and does not investigate.
    pub(super) reviewer: &'a Officer,
    /// Hosts hearings, and does not investigate.
    pub(super) host: &'a Officer,
    /// Has no certificate valid for this field that day.
    pub(super) uncertified: Option<&'a Officer>,
    /// Auxiliary staff.
    pub(super) auxiliary: Option<&'a Officer>,
}
