//! The events of the lists: regions, agencies, officers, items. Everything else refers to them, so they are read by what
//! they say; unknown fields are left alone, missing ones that a view needs make the event unreadable, and it is parked. An
//! event that says just what a row holds is read as that row.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::views::{
    agencies::{Agency, Dissolution},
    items::{Fee, Review, Standard},
    officers::{Certificate, Officer, Revocation},
    plans::{PlanTask, Report},
    regions::Region,
};
use law::parameter::ParameterSet;

type Str<'a> = Cow<'a, str>;

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
pub(crate) struct ItemPublished<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    pub(crate) effective: Date,
    #[serde(borrow, default)]
    pub(crate) published_at: Str<'a>,
    #[serde(borrow)]
    pub(crate) content: &'a RawValue,
    #[serde(default)]
    pub(crate) citations: Vec<Citation>,
}

/// What came of holding one basis of an item against the texts on record.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
pub(crate) struct Citation {
    pub(crate) held: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<Date>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CitationsChecked<'a> {
    #[serde(borrow)]
    pub(crate) item: Str<'a>,
    pub(crate) version: u32,
    pub(crate) citations: Vec<Citation>,
}

/// A version of a statute, or a part of one.
#[derive(Debug, Deserialize)]
pub(crate) struct TextRecorded<'a> {
    #[serde(borrow)]
    pub(crate) title: Str<'a>,
    pub(crate) version: Date,
    #[serde(borrow, default)]
    pub(crate) level: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) issuer: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) in_force_from: Option<Date>,
    #[serde(borrow, default)]
    pub(crate) history: Vec<Str<'a>>,
    pub(crate) part: u32,
    pub(crate) parts: u32,
    #[serde(borrow)]
    pub(crate) articles: &'a RawValue,
    #[serde(borrow, default)]
    pub(crate) annex: Vec<Str<'a>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StatuteRepealed<'a> {
    #[serde(borrow)]
    pub(crate) title: Str<'a>,
    pub(crate) on: Date,
    #[serde(borrow)]
    pub(crate) document: Str<'a>,
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

/// A row of one of the lists beside that of powers.
#[derive(Debug, Deserialize)]
pub(crate) struct RowPublished<'a> {
    pub(crate) version: u32,
    pub(crate) effective: Date,
    #[serde(borrow)]
    pub(crate) content: RowContent<'a>,
    #[serde(borrow)]
    pub(crate) ground: Ground<'a>,
    #[serde(default)]
    pub(crate) citations: Vec<Citation>,
    #[serde(default)]
    pub(crate) withheld: bool,
}

/// What a row says; its bases and parts are read when somebody looks.
#[derive(Debug, Deserialize)]
pub(crate) struct RowContent<'a> {
    #[serde(borrow)]
    pub(crate) list: Str<'a>,
    #[serde(borrow)]
    pub(crate) code: Str<'a>,
    #[serde(borrow)]
    pub(crate) name: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) region: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) bases: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) parts: &'a RawValue,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RowCancelled<'a> {
    #[serde(borrow)]
    pub(crate) list: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) code: Str<'a>,
    pub(crate) effective: Date,
    #[serde(borrow)]
    pub(crate) ground: Ground<'a>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RowChecked<'a> {
    #[serde(borrow)]
    pub(crate) list: Str<'a>,
    #[serde(borrow)]
    pub(crate) agency: Str<'a>,
    #[serde(borrow)]
    pub(crate) code: Str<'a>,
    pub(crate) version: u32,
    pub(crate) citations: Vec<Citation>,
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
    RegionRegistered(Region) = "powerlist.region.RegionRegistered.v1";
    ParameterSet(ParameterSet) = "powerlist.parameter.ParameterSet.v1";
    PlanTaskEntered(PlanTask) = "powerlist.plan.PlanTaskEntered.v1";
    PlanProgressReported(Report) = "powerlist.plan.PlanProgressReported.v1";
    PlanTaskCompleted(Report) = "powerlist.plan.PlanTaskCompleted.v1";
    AgencyRegistered(Agency) = "powerlist.agency.AgencyRegistered.v1";
    AgencyDissolved(Dissolution) = "powerlist.agency.AgencyDissolved.v1";
    OfficerRegistered(Officer) = "powerlist.officer.OfficerRegistered.v1";
    CertificateIssued(Certificate) = "powerlist.officer.CertificateIssued.v1";
    CertificateRevoked(Revocation) = "powerlist.officer.CertificateRevoked.v1";
    TrainingRecorded(TrainingRecorded<'a>) = "powerlist.officer.TrainingRecorded.v1";
    ItemDrafted(ItemDrafted<'a>) = "powerlist.item.ItemDrafted.v1";
    ItemReviewed(Review) = "powerlist.item.ItemReviewed.v1";
    ItemPublished(ItemPublished<'a>) = "powerlist.item.ItemPublished.v1";
    ItemCancelled(ItemCancelled<'a>) = "powerlist.item.ItemCancelled.v1";
    StandardPublished(Standard) = "powerlist.item.StandardPublished.v1";
    CitationsChecked(CitationsChecked<'a>) = "powerlist.item.CitationsChecked.v1";
    TextRecorded(TextRecorded<'a>) = "powerlist.statute.TextRecorded.v1";
    StatuteRepealed(StatuteRepealed<'a>) = "powerlist.statute.Repealed.v1";
    FeePublished(Fee) = "powerlist.item.FeePublished.v1";
    RowPublished(RowPublished<'a>) = "powerlist.listing.RowPublished.v1";
    RowChecked(RowChecked<'a>) = "powerlist.listing.RowChecked.v1";
    RowCancelled(RowCancelled<'a>) = "powerlist.listing.RowCancelled.v1";
}
