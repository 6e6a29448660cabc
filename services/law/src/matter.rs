//! What an event does to the matter it belongs to. It stands in the event beside its rules and clocks, decided by the
//! service that knows the law; the read side folds it and knows no type.
//!
//! A matter is one stream: a case, an application, a complaint. Its first event opens it.

use std::marker::PhantomData;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    check::Breach,
    decider::Decider,
    event::{DomainEvent, EventError},
};

/// What one event does to its matter; every part is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MatterChange {
    /// The matter begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Box<Opened>>,
    /// What it is about is known from now on, or better than before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// It lies with another agency from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Box<Handed>>,
    /// It goes on, though it had ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reopened: bool,
    /// It has reached this stage; the furthest stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The stage that is to be done next, when it is another than before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// It was decided, or decided anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Box<MatterDecided>>,
    /// So much of what was imposed was paid by this event, in fen.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub paid_fen: i64,
    /// The officers that the event names in `officers` are in charge from now on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_charge: bool,
    /// The officers that the event names in `officers` took part in this act.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acted: bool,
    /// The matter counts for these indicators from now on; a later count of the same indicator takes its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// Nothing more is owed but the archive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
    /// Its file rests in the archive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Its decision stands on the web from now on, at this address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its decision was taken off the web.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// Its decision was overturned: how, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overturned: Option<String>,
}

/// How a matter begins. Text that a reader must not see does not belong here: a citizen is masked before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// Which kind of matter; see [`crate::vocabulary::MatterCard`].
    pub kind: String,
    /// Its id as the API names it.
    pub id: String,
    /// The number it is known by.
    pub number: String,
    /// What it is about, in a sentence; empty where nobody has written it down yet.
    pub subject: String,
    /// Whose matter: the agency's code.
    pub agency: String,
    /// Its name that day.
    pub agency_name: String,
    /// Its region.
    pub region: String,
    /// The agency that keeps the matter, be it about another one or handed to another: its staff may read it. Empty where that is
    /// the matter's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub keeper: String,
    /// Whom it concerns, masked when a citizen; empty where nobody may know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party: String,
    /// What kind of person; a word of the service.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party_kind: String,
    /// The power item it rests on, if any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// Its name that day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item_name: String,
    /// Its version in force that day.
    #[serde(default, skip_serializing_if = "is_none")]
    pub item_version: u32,
    /// The catalogue's code of the matter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base_code: String,
    /// Field of enforcement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// Where it happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// First day of what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day of what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The day it was discovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discovered: Option<Date>,
    /// Which procedure; a word of the service.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub procedure: String,
    /// Where it came from; a word of the service.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Reference at the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_reference: String,
}

/// With whom a matter lies from now on. What was owed before stays with who owed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Handed {
    /// The agency's code.
    pub agency: String,
    /// Its name that day.
    pub agency_name: String,
    /// Its region.
    pub region: String,
}

/// How a matter was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MatterDecided {
    /// 文号.
    pub number: String,
    /// What it came to; a word of the service ([`crate::vocabulary::MatterCard::outcomes`]).
    pub outcome: String,
    /// Money imposed, in fen.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub imposed_fen: i64,
    /// A major decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub major: bool,
    /// The tier of the discretion standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
}

/// A matter counts for an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Which; see [`crate::vocabulary::IndicatorCard`].
    pub indicator: String,
    /// Whether it counts at all; false takes an earlier count back.
    pub counted: bool,
    /// Whether it passes.
    pub passed: bool,
}

impl Counted {
    /// Counted, and passed or not.
    pub fn new(indicator: &str, passed: bool) -> Self {
        Self { indicator: indicator.to_owned(), counted: true, passed }
    }

    /// Counted no more.
    pub fn not(indicator: &str) -> Self {
        Self { indicator: indicator.to_owned(), counted: false, passed: false }
    }
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

fn is_none(n: &u32) -> bool {
    *n == 0
}

/// Reads what events say that were written before they said what they do to their matter.
pub trait Upcast: Send + Sync {
    /// Whether a stored type is of the aggregate that this reads.
    fn reads(&self, kind: &str) -> bool;
    /// A matter before its first event.
    fn begin(&self) -> Box<dyn Past>;
}

/// One matter, as far as its older events have been read.
pub trait Past: Send + Sync {
    /// Takes the next event of the matter, and says what it did.
    ///
    /// # Errors
    /// When the event cannot be read.
    fn take(&mut self, kind: &str, data: &str) -> Result<Option<MatterChange>, EventError>;
}

/// The upcaster of any aggregate: it folds the older events and asks the decider, as the ledger does for new ones.
#[derive(Debug)]
pub struct Older<D>(PhantomData<fn() -> D>);

impl<D> Older<D> {
    /// The upcaster.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<D> Default for Older<D> {
    fn default() -> Self {
        Self::new()
    }
}

struct Folded<D: Decider>(D::State);

impl<D: Decider> Upcast for Older<D> {
    fn reads(&self, kind: &str) -> bool {
        D::Event::cards().iter().any(|card| card.kind == kind)
    }

    fn begin(&self) -> Box<dyn Past> {
        Box::new(Folded::<D>(D::State::default()))
    }
}

/// What the frame of an older event says.
#[derive(Deserialize)]
struct Frame {
    #[serde(default)]
    violations: Vec<Breach>,
}

impl<D: Decider> Past for Folded<D> {
    fn take(&mut self, kind: &str, data: &str) -> Result<Option<MatterChange>, EventError> {
        let event = D::Event::from_data(kind, data)?;
        let frame: Frame =
            serde_json::from_str(data).map_err(|source| EventError::Data { kind: kind.to_owned(), source })?;
        let before = self.0.clone();
        D::evolve(&mut self.0, &event);
        Ok(D::matter(&before, &self.0, &event, &frame.violations))
    }
}
