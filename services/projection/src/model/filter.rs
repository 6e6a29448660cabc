//! What a reader asks for. Every filter reads from the query of an address and writes back into one.

use std::str::FromStr;

use jiff::civil::Date;
use law::id::{RegionCode, Uscc};
use serde::{Deserialize, Deserializer, Serialize, de::IntoDeserializer};

use super::{
    Yuan,
    words::{
        Behind, CaseState, CertificateState, DeadlineState, FindingKind, ItemState, Monthly, Proof, Serving, Severity,
        Standing, TaskState, Timing,
    },
};

/// What somebody may see. Every query takes one; nothing outside it is found, counted or named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the suite itself, replays, tests. Never given to a caller.
    Everything,
    /// A region and what lies below it (supervisor, auditor).
    Region(RegionCode),
    /// One agency (officer, head, reviewer, list editor, handler).
    Agency(Uscc),
    /// What the law makes public: lists, rules, agencies, decisions that stand on the web.
    Public,
}

impl Scope {
    /// Whether matters that are not public may be seen at all.
    pub fn is_public(&self) -> bool {
        *self == Self::Public
    }
}

/// Rows on a page, unless the filter says otherwise.
pub const PAGE_SIZE: u32 = 50;
/// Most rows on a page.
pub const PAGE_SIZE_MAX: u32 = 500;
/// Counting stops here: "more than 10,000" says enough, and paging deeper is a matter for a narrower filter.
pub const COUNT_MAX: u64 = 10_000;
/// Most rows of a list that is taken away whole. A file that holds fewer than there are says so.
pub const WHOLE_MAX: u32 = 50_000;

/// Which page of a list; pages count from 1, 0 is taken as 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// Rows on it; 0 for [`PAGE_SIZE`], at most [`PAGE_SIZE_MAX`].
    pub size: u32,
    /// All rows at once, up to [`WHOLE_MAX`].
    #[serde(skip)]
    whole: bool,
}

impl Paging {
    /// Every row.
    pub(crate) const WHOLE: Self = Self { page: 1, size: 0, whole: true };

    /// One page of this many rows.
    pub const fn first(size: u32) -> Self {
        Self { page: 1, size, whole: false }
    }
    /// The page, from 1.
    pub fn page(self) -> u32 {
        self.page.max(1)
    }
    /// Rows on a page.
    pub fn size(self) -> u32 {
        match self.size {
            _ if self.whole => WHOLE_MAX,
            0 => PAGE_SIZE,
            size => size.min(PAGE_SIZE_MAX),
        }
    }
    /// How far rows are counted.
    pub fn count_max(self) -> u64 {
        if self.whole { WHOLE_MAX.into() } else { COUNT_MAX }
    }
    /// Rows before the page.
    pub fn offset(self) -> u64 {
        u64::from(self.page() - 1) * u64::from(self.size())
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// All rows that match, counted up to [`COUNT_MAX`], or less far where `capped` says so.
    pub total: u64,
    /// There are more than `total`.
    pub capped: bool,
    /// This page, from 1.
    pub page: u32,
    /// Most rows on a page.
    pub size: u32,
}

impl<T> Page<T> {
    /// How many pages can be turned to; at least 1.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.size.max(1)))).unwrap_or(u32::MAX).max(1)
    }
}

macro_rules! filters {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$fm])* #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")] pub $field: Option<$ty>,)*
            /// From 1.
            #[serde(skip_serializing_if = "is_zero", deserialize_with = "number")]
            pub page: u32,
            /// Rows on a page.
            #[serde(skip_serializing_if = "is_zero", deserialize_with = "number")]
            pub size: u32,
            /// The column to sort by, `-` before it for the largest first; the list's own order if absent.
            #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")]
            pub sort: Option<String>,
            /// All rows on one page, up to [`WHOLE_MAX`]: for a file. An address cannot ask for it.
            #[serde(skip)]
            pub whole: bool,
        }
        impl $name {
            /// Which page.
            pub fn paging(&self) -> Paging {
                if self.whole { Paging::WHOLE } else { Paging { page: self.page, size: self.size, whole: false } }
            }
        }
    )*};
}

filters! {
    /// Which stretch of time and place an overview tells of.
    pub struct OverviewFilter {
        /// A region with its subtree.
        region: String,
        /// First day counted; the first day of the current year if absent.
        from: Date,
        /// Last day counted; today if absent.
        to: Date,
    }
    /// Which kind of matter a board tells of.
    pub struct BoardFilter {
        /// The kind; the first one if absent.
        kind: String,
        /// A region with its subtree.
        region: String,
        /// First day counted; the first day of the current year if absent.
        from: Date,
        /// Last day counted; today if absent.
        to: Date,
    }
    /// Which agencies.
    pub struct AgencyFilter {
        /// A region with its subtree.
        region: String,
        /// Part of the name, or the code.
        text: String,
        /// Whether they may act today.
        standing: Standing,
        /// First day counted.
        from: Date,
        /// Last day counted.
        to: Date,
    }
    /// Which table of agencies by month.
    pub struct MonthsFilter {
        /// A region with its subtree.
        region: String,
        /// The year, in four digits; the current one if absent.
        year: String,
        /// What is counted; cases filed if absent.
        of: Monthly,
    }
    /// Which cases.
    pub struct CaseFilter {
        /// Part of a filing or decision number, of the party's name or of the item's name.
        text: String,
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// The power item.
        item: String,
        /// An officer in charge.
        officer: String,
        /// The kind of matter.
        kind: String,
        /// The stage the case stands at; a word of the service.
        stage: String,
        /// Open or closed today.
        state: CaseState,
        /// How it stands against its clocks today.
        timing: Timing,
        /// Which procedure; a word of the service.
        procedure: String,
        /// What was decided; a word of the service.
        outcome: String,
        /// Decided, and so much imposed or more, in yuan.
        fine_from: Yuan,
        /// Decided, and something imposed, but no more than so much, in yuan.
        fine_to: Yuan,
        /// A stage that it has never reached; a word of the service.
        without: String,
        /// A finding so heavy stands in it, or was prevented.
        severity: Severity,
        /// The tier of the standard that the decision cites, by code.
        tier: String,
        /// A rule broken in it, or refused.
        rule: String,
        /// Only cases counted by this indicator…
        indicator: String,
        /// …all of them, those that pass or those that fail it.
        behind: Behind,
        /// Filed on or after.
        from: Date,
        /// Filed on or before.
        to: Date,
        /// Decided on or after.
        decided_from: Date,
        /// Decided on or before.
        decided_to: Date,
        /// Closed on or after.
        closed_from: Date,
        /// Closed on or before.
        closed_to: Date,
    }
    /// Which statutory clocks.
    pub struct DeadlineFilter {
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// The rule.
        rule: String,
        /// One state; running ones (overdue first) if absent and nothing below asks for ended ones.
        state: DeadlineState,
        /// What the indicators of periods count: ended within the days below, or overdue today.
        behind: Behind,
        /// Done on or after.
        ended_from: Date,
        /// Done on or before.
        ended_to: Date,
        /// Due on or after.
        from: Date,
        /// Due on or before.
        to: Date,
    }
    /// Which findings.
    pub struct FindingFilter {
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// The rule.
        rule: String,
        /// What kind; what was not checked is listed only where its kind or weight is asked for.
        kind: FindingKind,
        /// How heavy.
        severity: Severity,
        /// All but those of this weight.
        except: Severity,
        /// What they rest on.
        proof: Proof,
        /// Of cases that cite this power item.
        item: String,
        /// On or after: the day of the act, or the last day of the period that was missed.
        from: Date,
        /// On or before.
        to: Date,
    }
    /// Which power items.
    pub struct ItemFilter {
        /// Part of the name or of the code.
        text: String,
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// 职权类型, as stored: `penalty`, `licence`…
        kind: String,
        /// 执法领域.
        field: String,
        /// Its state on the day.
        state: ItemState,
        /// The day the list is looked at; today if absent.
        on: Date,
    }
    /// Which rows of the other lists.
    pub struct RowFilter {
        /// Which list, where the address does not name it.
        list: String,
        /// Part of the name or of the code.
        text: String,
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// Its state on the day.
        state: ItemState,
        /// The day the list is looked at; today if absent.
        on: Date,
    }
    /// Which officers.
    pub struct OfficerFilter {
        /// Part of the name, or the code.
        text: String,
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// Whether they hold a certificate today.
        certificate: CertificateState,
        /// Acted in cases from this month on; the place is then where they acted.
        acted_from: Date,
        /// Acted in cases up to this month.
        acted_to: Date,
        /// Of these all, or those who always or not always acted under a valid certificate.
        behind: Behind,
    }
    /// Which decisions that stand on the web.
    pub struct DecisionFilter {
        /// Part of the document number, of the party's name or of the item's name.
        text: String,
        /// A region with its subtree.
        region: String,
        /// The agency's code.
        agency: String,
        /// The power item.
        item: String,
        /// Put on the web on or after.
        from: Date,
        /// Put on the web on or before.
        to: Date,
    }
    /// Which recorded events.
    pub struct AuditFilter {
        /// The ledger; all if absent.
        source: String,
        /// The stream, e.g. `case/…`.
        stream: String,
        /// The agency's code.
        agency: String,
        /// The subject that acted.
        actor: String,
        /// Recorded on or after.
        from: Date,
        /// Recorded on or before.
        to: Date,
    }
}

/// Which measures of plans; they are few, and come without pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanFilter {
    /// What the plan is cited by.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")]
    pub plan: Option<String>,
    /// The rule, by id, or the part of the suite that serves them.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")]
    pub capability: Option<String>,
    /// How far they are served.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")]
    pub serving: Option<Serving>,
    /// Where they stand.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "blank")]
    pub state: Option<TaskState>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// An empty form field is no condition.
pub(super) fn blank<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(input)?;
    match text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => T::deserialize(text.to_owned().into_deserializer()).map(Some),
    }
}

/// A number as text or as a number; an empty field is 0.
fn number<'de, D: Deserializer<'de>>(input: D) -> Result<u32, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u32),
        Text(String),
    }
    match Either::deserialize(input)? {
        Either::Number(n) => Ok(n),
        Either::Text(text) if text.trim().is_empty() => Ok(0),
        Either::Text(text) => u32::from_str(text.trim()).map_err(serde::de::Error::custom),
    }
}
