//! The power lists' events as far as others need them: what is missing here is left alone.

use jiff::civil::Date;
use law::{
    id::{BadId, BaseCode, ItemCode, OfficerCode, RegionCode, RowCode, Uscc},
    parameter::{PARAMETER_SET, ParameterSet},
};
use serde::Deserialize;

use crate::facts::{
    AgencyKind, Allowed, Entrustment, OfficeKind, OfficerRole, Otherwise, Outcome, PowerKind, Tier, tight,
};

/// Stored types that say nothing an act depends on. A type that is neither here nor in [`Event::read`] is parked.
const IGNORED: &[&str] = &[
    "powerlist.officer.ExaminationPassed.v1",
    "powerlist.officer.TrainingRecorded.v1",
    "powerlist.item.ItemDrafted.v1",
    "powerlist.item.ItemReviewed.v1",
    "powerlist.item.ItemReviewedYearly.v1",
    "powerlist.item.FeePublished.v1",
    "powerlist.item.GroundNoted.v1",
    "powerlist.item.GroundAnswered.v1",
    "powerlist.item.CitationsChecked.v1",
    "powerlist.listing.RowChecked.v1",
    "powerlist.listing.RowReviewedYearly.v1",
    "powerlist.reaction.EventFollowed.v1",
    "powerlist.reaction.ReactionRefused.v1",
];
/// Ending of the types that keep refused attempts.
const ATTEMPT: &str = ".StepRefused.v1";

#[derive(Clone, Debug, Deserialize)]
pub(super) struct AgencyRegistered {
    pub(super) agency: Uscc,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) region: RegionCode,
    pub(super) kind: AgencyKind,
    #[serde(default)]
    pub(super) entrusted_by: Option<Uscc>,
    #[serde(default)]
    pub(super) entrustment: Option<Entrustment>,
    #[serde(default)]
    pub(super) may_restrict_liberty: bool,
    pub(super) from: Date,
}

#[derive(Deserialize)]
pub(super) struct AgencyDissolved {
    pub(super) agency: Uscc,
    pub(super) on: Date,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct OfficerRegistered {
    pub(super) officer: OfficerCode,
    pub(super) name: String,
    pub(super) agency: Uscc,
    pub(super) role: OfficerRole,
    pub(super) legal_qualification: bool,
}

#[derive(Deserialize)]
pub(super) struct CertificateIssued {
    pub(super) officer: OfficerCode,
    pub(super) certificate: String,
    pub(super) agency: Uscc,
    pub(super) fields: Vec<String>,
    pub(super) from: Date,
    pub(super) until: Date,
}

#[derive(Deserialize)]
pub(super) struct CertificateRevoked {
    pub(super) officer: OfficerCode,
    pub(super) certificate: String,
    pub(super) on: Date,
}

#[derive(Deserialize)]
pub(super) struct OfficeGiven {
    pub(super) officer: OfficerCode,
    pub(super) agency: Uscc,
    pub(super) office: OfficeKind,
    pub(super) from: Date,
}

#[derive(Deserialize)]
pub(super) struct OfficeEnded {
    pub(super) officer: OfficerCode,
    pub(super) agency: Uscc,
    pub(super) office: OfficeKind,
    pub(super) on: Date,
}

#[derive(Deserialize)]
pub(super) struct ItemPublished {
    pub(super) item: ItemCode,
    pub(super) version: u32,
    pub(super) effective: Date,
    pub(super) content: ItemContent,
}

#[derive(Deserialize)]
pub(super) struct ItemContent {
    pub(super) base_code: BaseCode,
    pub(super) name: String,
    pub(super) kind: PowerKind,
    pub(super) agency: Uscc,
    pub(super) region: RegionCode,
    pub(super) field: String,
    #[serde(default, deserialize_with = "tight")]
    pub(super) outcomes: Vec<Outcome>,
    #[serde(default)]
    pub(super) allows: Vec<Allowed>,
    #[serde(default)]
    pub(super) otherwise: Vec<Otherwise>,
}

#[derive(Deserialize)]
pub(super) struct ItemCancelled {
    pub(super) item: ItemCode,
    pub(super) effective: Date,
}

#[derive(Deserialize)]
pub(super) struct StandardPublished {
    pub(super) item: ItemCode,
    pub(super) version: u32,
    pub(super) tiers: Vec<Tier>,
    pub(super) effective: Date,
}

/// A row of one of the other lists.
#[derive(Deserialize)]
pub(super) struct RowPublished {
    pub(super) version: u32,
    pub(super) effective: Date,
    pub(super) content: RowContent,
}

#[derive(Deserialize)]
pub(super) struct RowContent {
    pub(super) list: String,
    pub(super) code: RowCode,
    pub(super) name: String,
    pub(super) agency: Uscc,
    #[serde(default)]
    pub(super) parts: Vec<Part>,
}

#[derive(Deserialize)]
pub(super) struct Part {
    pub(super) part: String,
    pub(super) value: serde_json::Value,
}

impl RowContent {
    /// The power item that a part names.
    pub(super) fn item(&self, part: &str) -> Result<Option<ItemCode>, String> {
        let said = self.parts.iter().find(|said| said.part == part).and_then(|said| said.value.as_str());
        said.map(|code| code.parse().map_err(|bad: BadId| bad.to_string())).transpose()
    }
}

#[derive(Deserialize)]
pub(super) struct RowCancelled {
    pub(super) list: String,
    pub(super) agency: Uscc,
    pub(super) code: RowCode,
    pub(super) effective: Date,
}

pub(super) enum Event {
    AgencyRegistered(AgencyRegistered),
    AgencyDissolved(AgencyDissolved),
    OfficerRegistered(OfficerRegistered),
    CertificateIssued(CertificateIssued),
    CertificateRevoked(CertificateRevoked),
    OfficeGiven(OfficeGiven),
    OfficeEnded(OfficeEnded),
    ItemPublished(Box<ItemPublished>),
    ItemCancelled(ItemCancelled),
    StandardPublished(StandardPublished),
    RowPublished(RowPublished),
    RowCancelled(RowCancelled),
    ParameterSet(ParameterSet),
    Ignored,
}

impl Event {
    /// Reads an event, or says why it cannot.
    pub(super) fn read(kind: &str, data: &str) -> Result<Self, String> {
        fn of<'a, T: Deserialize<'a>>(data: &'a str, event: fn(T) -> Event) -> Result<Event, String> {
            serde_json::from_str(data).map(event).map_err(|e| e.to_string())
        }
        match kind {
            "powerlist.agency.AgencyRegistered.v1" => of(data, Self::AgencyRegistered),
            "powerlist.agency.AgencyDissolved.v1" => of(data, Self::AgencyDissolved),
            "powerlist.officer.OfficerRegistered.v1" => of(data, Self::OfficerRegistered),
            "powerlist.officer.CertificateIssued.v1" => of(data, Self::CertificateIssued),
            "powerlist.officer.CertificateRevoked.v1" => of(data, Self::CertificateRevoked),
            "powerlist.officer.OfficeGiven.v1" => of(data, Self::OfficeGiven),
            "powerlist.officer.OfficeEnded.v1" => of(data, Self::OfficeEnded),
            "powerlist.item.ItemPublished.v1" => of(data, |e| Self::ItemPublished(Box::new(e))),
            "powerlist.item.ItemCancelled.v1" => of(data, Self::ItemCancelled),
            "powerlist.item.StandardPublished.v1" => of(data, Self::StandardPublished),
            "powerlist.listing.RowPublished.v1" => of(data, Self::RowPublished),
            "powerlist.listing.RowCancelled.v1" => of(data, Self::RowCancelled),
            PARAMETER_SET => of(data, Self::ParameterSet),
            _ if kind.ends_with(ATTEMPT) || IGNORED.contains(&kind) => Ok(Self::Ignored),
            _ => Err("this version does not know the type".to_owned()),
        }
    }
}
