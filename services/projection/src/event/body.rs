//! The events of the lists: regions, agencies, officers, items. Everything else refers to them, so they are read by what
//! they say; unknown fields are left alone, missing ones that a view needs make the event unreadable, and it is parked.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;

type Str<'a> = Cow<'a, str>;

#[derive(Debug, Deserialize)]
pub(crate) struct RegionRegistered<'a> {
    #[serde(borrow)]
    pub(crate) region: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow)]
    pub(crate) level: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) parent: Option<Str<'a>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AgencyRegistered<'a> {
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) short_name: Str<'a>,
    #[serde(borrow)]
    pub(crate) region: Str<'a>,
    #[serde(borrow)]
    pub(crate) kind: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) basis: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) fields: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) entrusted_by: Option<Str<'a>>,
    pub(crate) from: Date,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AgencyDissolved<'a> {
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    pub(crate) on: Date,
}

#[derive(Debug, Deserialize)]
pub(crate) struct OfficerRegistered<'a> {
    #[serde(borrow)]
    pub(crate) officer: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) region: Str<'a>,
    #[serde(borrow)]
    pub(crate) role: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CertificateIssued<'a> {
    #[serde(borrow)]
    pub(crate) officer: Str<'a>,
    #[serde(borrow)]
    pub(crate) certificate: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) fields: Vec<Str<'a>>,
    pub(crate) from: Date,
    pub(crate) until: Date,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CertificateRevoked<'a> {
    #[serde(borrow)]
    pub(crate) officer: Str<'a>,
    #[serde(borrow)]
    pub(crate) certificate: Str<'a>,
    pub(crate) on: Date,
    #[serde(borrow, default)]
    pub(crate) reason: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrainingRecorded<'a> {
    #[serde(borrow)]
    pub(crate) officer: Str<'a>,
    pub(crate) on: Date,
    pub(crate) hours: i64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ground<'a> {
    #[serde(borrow)]
    pub(crate) kind: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) document: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ItemDrafted<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    #[serde(borrow)]
    pub(crate) content: &'a RawValue,
    #[serde(borrow)]
    pub(crate) ground: Ground<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ItemReviewed<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    pub(crate) passed: bool,
    #[serde(borrow, default)]
    pub(crate) reviewer: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) opinion: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ItemPublished<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    pub(crate) effective: Date,
    #[serde(borrow, default)]
    pub(crate) published_at: Str<'a>,
    #[serde(borrow)]
    pub(crate) content: &'a RawValue,
}

/// The columns of an item's content; the rest is read when somebody looks.
#[derive(Debug, Deserialize)]
pub(crate) struct ItemHead<'a> {
    #[serde(borrow)]
    pub(crate) base_code: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) subitem: Option<Str<'a>>,
    #[serde(borrow)]
    pub(crate) kind: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) region: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) field: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ItemCancelled<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) effective: Date,
    #[serde(borrow)]
    pub(crate) ground: Ground<'a>,
    #[serde(borrow, default)]
    pub(crate) opinion: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StandardPublished<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    #[serde(borrow)]
    pub(crate) tiers: &'a RawValue,
    pub(crate) effective: Date,
    #[serde(borrow, default)]
    pub(crate) document: Str<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct FeePublished<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow)]
    pub(crate) basis: &'a RawValue,
    pub(crate) standard_fen: i64,
    #[serde(borrow, default)]
    pub(crate) unit: Str<'a>,
    pub(crate) effective: Date,
}

macro_rules! bodies {
    ($($variant:ident($ty:ty) = $($kind:literal)|+;)*) => {
        /// What the views need of one event.
        #[derive(Debug)]
        pub(crate) enum Body<'a> {
            $($variant($ty),)*
            /// Any other event: its frame says what the views need.
            Plain,
        }

        impl<'a> Body<'a> {
            pub(crate) fn parse(kind: &str, data: &'a str) -> Result<Self, serde_json::Error> {
                match kind {
                    $($($kind)|+ => serde_json::from_str(data).map(Self::$variant),)*
                    _ => Ok(Self::Plain),
                }
            }
        }
    };
}

bodies! {
    RegionRegistered(RegionRegistered<'a>) = "powerlist.region.RegionRegistered.v1";
    AgencyRegistered(AgencyRegistered<'a>) = "powerlist.agency.AgencyRegistered.v1";
    AgencyDissolved(AgencyDissolved<'a>) = "powerlist.agency.AgencyDissolved.v1";
    OfficerRegistered(OfficerRegistered<'a>) = "powerlist.officer.OfficerRegistered.v1";
    CertificateIssued(CertificateIssued<'a>) = "powerlist.officer.CertificateIssued.v1";
    CertificateRevoked(CertificateRevoked<'a>) = "powerlist.officer.CertificateRevoked.v1";
    TrainingRecorded(TrainingRecorded<'a>) = "powerlist.officer.TrainingRecorded.v1";
    ItemDrafted(ItemDrafted<'a>) = "powerlist.item.ItemDrafted.v1";
    ItemReviewed(ItemReviewed<'a>) = "powerlist.item.ItemReviewed.v1";
    ItemPublished(ItemPublished<'a>) = "powerlist.item.ItemPublished.v1";
    ItemCancelled(ItemCancelled<'a>) = "powerlist.item.ItemCancelled.v1";
    StandardPublished(StandardPublished<'a>) = "powerlist.item.StandardPublished.v1";
    FeePublished(FeePublished<'a>) = "powerlist.item.FeePublished.v1";
}
