//! What happens to a row of a list.

use jiff::civil::Date;
use law::id::{OfficerCode, RegionCode, RowCode, Uscc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{kind::ListKind, part::Part};
use crate::domain::{
    content::LegalBasis,
    events::{Ground, StepRefused, YearlyConclusion},
    statute::CitationHeld,
    vocabulary::by::{LIST_APPROVER, LIST_EDITOR},
};

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowContent {
    /// Of which list.
    pub list: ListKind,
    /// 编码, one in the agency's list.
    pub code: RowCode,
    /// Name.
    pub name: String,
    /// Whose list.
    pub agency: Uscc,
    /// Region in which it holds.
    pub region: RegionCode,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<LegalBasis>,
    /// Its parts, in the order of the list's columns.
    pub parts: Vec<Part>,
}

/// A version of a row is in force from `effective`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowPublished {
    /// From 1.
    pub version: u32,
    /// First day in force.
    pub effective: Date,
    /// The whole row.
    pub content: RowContent,
    /// Why.
    pub ground: Ground,
    /// What came of holding each basis against the texts of statutes on record, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CitationHeld>,
    /// Whether it is withheld from the public, as the law has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// The number of the clock of the yearly review that begins with it; none where one runs already. Added after v1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<u32>,
}

/// The row is none of the list any more from `effective`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowCancelled {
    /// Of which list.
    pub list: ListKind,
    /// Whose list.
    pub agency: Uscc,
    /// 编码.
    pub code: RowCode,
    /// First day without it.
    pub effective: Date,
    /// Why.
    pub ground: Ground,
}

/// The bases of a published row were held anew against the texts on record, which have changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowChecked {
    /// Of which list.
    pub list: ListKind,
    /// Whose list.
    pub agency: Uscc,
    /// 编码.
    pub code: RowCode,
    /// Version, from 1.
    pub version: u32,
    /// What came of each basis, in their order.
    pub citations: Vec<CitationHeld>,
}

/// The row was looked at in the yearly review of its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowReviewedYearly {
    /// Of which list.
    pub list: ListKind,
    /// Whose list.
    pub agency: Uscc,
    /// 编码.
    pub code: RowCode,
    /// The day.
    pub on: Date,
    /// kept, to be adjusted, to be cancelled.
    pub conclusion: YearlyConclusion,
    /// Who signed.
    pub reviewer: OfficerCode,
}

/// A row to be put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishRow {
    /// The whole row.
    pub content: RowContent,
    /// First day in force; not before the day of publication.
    pub effective: Date,
    /// Why.
    pub ground: Ground,
}

law::events! {
    /// Events of one row of a list.
    pub enum RowEvent {
        RowPublished = "powerlist.listing.RowPublished.v1" as PublishRow(Box<PublishRow>):
            did("公布清单事项", "Row of a list published").to_do("公布清单事项", "publish a row of a list").by(LIST_APPROVER)
                .begins(),
        RowChecked = "powerlist.listing.RowChecked.v1": did("依据重新核对", "Bases held anew against the texts"),
        RowCancelled = "powerlist.listing.RowCancelled.v1" as CancelRow:
            did("取消清单事项", "Row of a list cancelled").to_do("取消清单事项", "cancel a row of a list").by(LIST_APPROVER)
                after [RowPublished],
        RowReviewedYearly = "powerlist.listing.RowReviewedYearly.v1" as ReviewRowYearly:
            did("年度评估", "Yearly review").to_do("年度评估清单事项", "review a row of a list for the year").by(LIST_EDITOR)
                after_first [RowPublished],
        StepRefused = "powerlist.listing.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of a row.
    pub enum RowStep;
}
