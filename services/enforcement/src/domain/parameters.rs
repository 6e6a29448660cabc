//! 较大数额: from which amount a fine or a confiscation is a larger one. APL 63 leaves it open; provinces and ministries
//! set it by rule, some for one field. It gives the right to a hearing and makes the decision a major one.

use law::{
    Citation, Label, ParameterCard,
    citation::APL,
    parameter::{Unit, Value},
};

use super::{
    events::PartyKind,
    rules::{
        hearing::EN_HEARING,
        review::{EN_COLLECTIVE, EN_REVIEW},
    },
};

/// What this service's rules leave to regions.
pub static PARAMETERS: &[&ParameterCard] = &[&LARGE_CITIZEN, &LARGE_ORGANISATION];

/// Nothing says what is usual: amounts in force differ tenfold.
const OF_THE_SUITE: Label = Label::new("本系统的缺省值，没有条文规定", "a default of the suite; no article sets it");

static LARGE_CITIZEN: ParameterCard = ParameterCard {
    id: "EN-LARGE-CITIZEN",
    label: Label::new("较大数额（对公民）", "larger amount, for citizens"),
    unit: Unit::Fen,
    default: Some(500_000),
    source: OF_THE_SUITE,
    citation: Citation::article(&APL, 63),
    least: None,
    by_field: true,
    rules: &[&EN_HEARING, &EN_REVIEW, &EN_COLLECTIVE],
};

static LARGE_ORGANISATION: ParameterCard = ParameterCard {
    id: "EN-LARGE-ORGANISATION",
    label: Label::new("较大数额（对法人或者其他组织）", "larger amount, for legal persons and other organisations"),
    default: Some(5_000_000),
    ..LARGE_CITIZEN
};

/// From which amounts a fine or a confiscation is a larger one, at a place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Larger {
    /// For citizens.
    pub citizen: Value,
    /// For legal persons and other organisations.
    pub organisation: Value,
}

impl Default for Larger {
    /// Where nothing was set.
    fn default() -> Self {
        Self { citizen: Value::of(&LARGE_CITIZEN, None), organisation: Value::of(&LARGE_ORGANISATION, None) }
    }
}

impl Larger {
    /// As `read` finds them.
    ///
    /// # Errors
    /// What `read` says.
    pub fn read<E>(read: impl Fn(&'static ParameterCard) -> Result<Value, E>) -> Result<Self, E> {
        Ok(Self { citizen: read(&LARGE_CITIZEN)?, organisation: read(&LARGE_ORGANISATION)? })
    }

    /// The amount for a kind of party.
    pub const fn of(&self, party: PartyKind) -> &Value {
        match party {
            PartyKind::Citizen => &self.citizen,
            PartyKind::LegalPerson | PartyKind::OtherOrganisation => &self.organisation,
        }
    }
}
