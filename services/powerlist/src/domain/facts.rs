//! What a decision needs to know of other streams. The service layer reads it; the command carries it.

use jiff::civil::Date;
use law::id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc};
use lists::facts::{AgencyKind, OfficerRole, PowerKind};

use super::content::{ItemContent, LegalBasis};

/// An agency as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyFact {
    /// Its code.
    pub agency: Uscc,
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub kind: AgencyKind,
    /// Where it acts.
    pub region: RegionCode,
    /// Fields of enforcement it covers.
    pub fields: Vec<String>,
    /// Police, or a body the law names (APL 18).
    pub may_restrict_liberty: bool,
    /// First day it is qualified.
    pub from: Date,
    /// First day it is no body any more.
    pub dissolved_on: Option<Date>,
}

impl AgencyFact {
    /// Whether it exists on the day.
    pub fn exists_on(&self, day: Date) -> bool {
        self.from <= day && self.dissolved_on.is_none_or(|end| day < end)
    }
}

/// The person who signs a legal review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewerFact {
    /// The person.
    pub officer: OfficerCode,
    /// The name.
    pub name: String,
    /// Whose.
    pub agency: Uscc,
    /// What the person does.
    pub role: OfficerRole,
    /// 法律职业资格.
    pub legal_qualification: bool,
    /// Since when the person has been reviewing.
    pub reviewing_since: Option<Date>,
}

/// An item in force in the same region, as far as it may be the same power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherHolder {
    /// 实施编码.
    pub item: ItemCode,
    /// 基本编码.
    pub base_code: BaseCode,
    /// Who holds it.
    pub agency: Uscc,
    /// The name of whoever holds it.
    pub agency_name: String,
    /// Where it is exercised.
    pub region: RegionCode,
    /// 职权名称.
    pub name: String,
    /// 子项.
    pub subitem: Option<String>,
    /// 职权类型.
    pub kind: PowerKind,
    /// Statute and article that create it.
    pub basis: Option<(String, String)>,
    /// Whether one body alone holds it.
    pub exclusive: bool,
}

impl OtherHolder {
    /// What an item says, held by a body of this name.
    pub fn of(content: &ItemContent, agency_name: String) -> Self {
        Self {
            item: content.item.clone(),
            base_code: content.base_code.clone(),
            agency: content.agency.clone(),
            agency_name,
            region: content.region.clone(),
            name: content.name.clone(),
            subitem: content.subitem.clone(),
            kind: content.kind,
            basis: content.bases.first().map(|basis| (basis.statute.clone(), basis.article.clone())),
            exclusive: content.exclusive,
        }
    }
}

/// What every item with the same base code must agree with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UniformFact {
    /// Where it comes from, for the reader: the catalogue's document, or another agency's item.
    pub source: String,
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: PowerKind,
    /// The bases.
    pub bases: Vec<LegalBasis>,
}
