//! Agencies and the numbers they are looked at by; officers; regions.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Text,
    case::CaseRow,
    deadline::DeadlineCounts,
    filter::{CaseFilter, DeadlineFilter, FindingFilter, OfficerFilter},
    finding::{FindingCounts, FindingRow},
    item::ItemRow,
    overview::{MonthCount, StageCount},
};

/// Below this denominator a rate says little: show the two numbers, colour and compare nothing.
pub const DENOMINATOR_MIN: i64 = 10;

/// One number with how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Which.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// How it is computed, in words.
    pub formula: Text,
    /// What passed; for `late`, what was late; for fines, fen collected.
    pub numerator: i64,
    /// What was counted; for fines, fen decided.
    pub denominator: i64,
    /// In fen rather than in cases.
    pub money: bool,
    /// Hundredths of a percent that should be reached (10000 = 100 %); none where nothing is set.
    pub target: Option<i64>,
    /// High is bad (迟录率).
    pub lower_is_better: bool,
    /// Everything counted: the denominator.
    pub counted: Link,
    /// What the numerator counts; none for money.
    pub passed: Link,
    /// What did not pass.
    pub failed: Link,
}

impl Indicator {
    /// The rate in hundredths of a percent (10000 = 100 %); none without a denominator.
    pub fn rate(&self) -> Option<i64> {
        (self.denominator > 0).then(|| self.numerator.saturating_mul(10_000) / self.denominator)
    }

    /// Too little was counted to judge or compare by it.
    pub fn too_small(&self) -> bool {
        !self.money && self.denominator < DENOMINATOR_MIN
    }

    /// Whether the target is reached; none without target or denominator.
    pub fn reached(&self) -> Option<bool> {
        let (rate, target) = (self.rate()?, self.target?);
        Some(if self.lower_is_better { rate <= target } else { rate >= target })
    }
}

/// The list behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "list", content = "filter", rename_all = "snake_case")]
pub enum Link {
    /// Cases.
    Cases(Box<CaseFilter>),
    /// Clocks.
    Deadlines(Box<DeadlineFilter>),
    /// Findings.
    Findings(Box<FindingFilter>),
    /// Officers.
    Officers(Box<OfficerFilter>),
    /// No list shows it.
    None,
}

/// Most agencies that a choice offers.
pub const AGENCY_NAMES_MAX: u32 = 500;

/// An agency to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyName {
    /// Its code.
    pub agency: String,
    /// Its short name.
    pub short_name: String,
}

/// One agency in a list, with its year at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyRow {
    /// 统一社会信用代码.
    pub agency: String,
    /// Name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Region.
    pub region: String,
    /// 行政机关, 授权组织, 受委托组织, 不具备主体资格.
    pub kind: Text,
    /// Dissolved on, if it was.
    pub dissolved: Option<Date>,
    /// Power items in force today.
    pub items: u64,
    /// Officers with a certificate valid today.
    pub officers: u64,
    /// Cases filed in the period.
    pub filed: u64,
    /// Decided in the period.
    pub decided: u64,
    /// Closed in the period.
    pub closed: u64,
    /// Open today.
    pub open: u64,
    /// Findings in the period.
    pub findings: FindingCounts,
    /// Running clocks that have passed today.
    pub overdue: u64,
    /// Fines decided in the period, in fen.
    pub fine_fen: i64,
    /// Numbers of the period, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
}

/// One agency with everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyCard {
    /// As a list shows it, with the numbers of the period.
    pub row: AgencyRow,
    /// The document or article that makes it a body.
    pub basis: String,
    /// Fields of enforcement.
    pub fields: Vec<String>,
    /// First day it is qualified.
    pub since: Date,
    /// In whose name an entrusted organisation acts.
    pub entrusted_by: Option<String>,
    /// The period the numbers tell of.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Cases by the stage they stand at today.
    pub stages: Vec<StageCount>,
    /// Month by month.
    pub months: Vec<MonthCount>,
    /// Its clocks.
    pub deadlines: DeadlineCounts,
    /// The latest findings.
    pub findings: Vec<FindingRow>,
    /// The latest cases.
    pub cases: Vec<CaseRow>,
    /// Its officers.
    pub officers: Vec<OfficerRow>,
    /// The items it used most.
    pub items: Vec<ItemRow>,
}

/// One officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficerRow {
    /// Personnel number.
    pub officer: String,
    /// Name.
    pub name: String,
    /// The agency's code.
    pub agency: String,
    /// 执法人员, 辅助人员, 法制审核人员.
    pub role: Text,
    /// The certificate valid today, or the last one.
    pub certificate: Option<String>,
    /// Its fields.
    pub fields: Vec<String>,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day, or the day before it was withdrawn.
    pub until: Option<Date>,
    /// Valid today.
    pub valid: bool,
    /// Hours of training this year.
    pub training_hours: u32,
    /// Acts he took part in, all time.
    pub acts: u64,
}

/// One region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionRow {
    /// GB/T 2260 code.
    pub region: String,
    /// Name.
    pub name: String,
    /// province, city, county, township.
    pub level: String,
    /// The region above.
    pub parent: Option<String>,
}
