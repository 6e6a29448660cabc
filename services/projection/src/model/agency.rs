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
    rows::rows,
};

/// Below this denominator a rate says little: show the two numbers, colour and compare nothing.
pub const DENOMINATOR_MIN: i64 = 10;

rows! {
    /// One number with how it came about.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Indicator is Indicator with { too_small: too_small } {
        /// Which.
        id: String as indicator_id,
        /// What it is called.
        label: Text,
        /// How it is computed, in words.
        formula: Text,
        /// What passed; for `late`, what was late; for fines, fen collected.
        numerator: i64,
        /// What was counted; for fines, fen decided.
        denominator: i64,
        /// In fen rather than in cases.
        money: bool,
        /// Hundredths of a percent that should be reached (10000 = 100 %); none where nothing is set.
        target: Option<i64>,
        /// High is bad (迟录率).
        lower_is_better: bool,
        /// Everything counted: the denominator.
        counted: Link as _,
        /// What the numerator counts; none for money.
        passed: Link as _,
        /// What did not pass.
        failed: Link as _,
    }
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

/// The agencies of a region with the months of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyMonths {
    /// First day of the year.
    pub from: Date,
    /// Its last day, or that of the current month.
    pub to: Date,
    /// By region and code; those that are on no list last.
    pub agencies: Vec<AgencyYear>,
}

/// One agency's months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyYear {
    /// Its code.
    pub agency: String,
    /// Its name, or its code where the name is not known.
    pub name: String,
    /// Month by month, without holes, oldest first.
    pub months: Vec<MonthCount>,
}

rows! {
    /// One agency in a list, with its year at a glance.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct AgencyRow is AgencyRow {
        /// 统一社会信用代码.
        agency: String,
        /// Name.
        name: String,
        /// Short name.
        short_name: String,
        /// Region.
        region: String,
        /// 行政机关, 授权组织, 受委托组织, 不具备主体资格.
        kind: Text,
        /// Dissolved on, if it was.
        dissolved: Option<Date>,
        /// Power items in force today.
        items: u64,
        /// Officers with a certificate valid today.
        officers: u64,
        /// Cases filed in the period.
        filed: u64,
        /// Decided in the period.
        decided: u64,
        /// Closed in the period.
        closed: u64,
        /// Open today.
        open: u64,
        /// Findings in the period.
        findings: FindingCounts,
        /// Running clocks that have passed today.
        overdue: u64,
        /// Fines decided in the period, in fen.
        fine_fen: i64,
        /// Numbers of the period, in the order in which they are shown.
        indicators: Vec<Indicator>,
    }

    /// One agency with everything.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct AgencyCard is GetAgencyResponse {
        /// As a list shows it, with the numbers of the period.
        row: AgencyRow,
        /// The document or article that makes it a body.
        basis: String,
        /// Fields of enforcement.
        fields: Vec<String>,
        /// First day it is qualified.
        since: Date,
        /// In whose name an entrusted organisation acts.
        entrusted_by: Option<String>,
        /// The period the numbers tell of.
        from: Date,
        /// Its last day.
        to: Date,
        /// Cases by the stage they stand at today.
        stages: Vec<StageCount>,
        /// Month by month.
        months: Vec<MonthCount>,
        /// Its clocks.
        deadlines: DeadlineCounts,
        /// The latest findings.
        findings: Vec<FindingRow>,
        /// The latest cases.
        cases: Vec<CaseRow>,
        /// Its officers.
        officers: Vec<OfficerRow>,
        /// The items it used most.
        items: Vec<ItemRow>,
    }

    /// One officer.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct OfficerRow is Officer {
        /// Personnel number.
        officer: String,
        /// Name.
        name: String,
        /// The agency's code; of one who is on no list, an agency that he acted for.
        agency: String,
        /// Its name, or its code where the name is not known.
        agency_name: String,
        /// 执法人员, 辅助人员, 法制审核人员.
        role: Text,
        /// The certificate valid today, or the last one.
        certificate: Option<String>,
        /// Its fields.
        fields: Vec<String>,
        /// Its first day.
        from: Option<Date>,
        /// Its last day, or the day before it was withdrawn.
        until: Option<Date>,
        /// Valid today.
        valid: bool,
        /// Hours of training this year.
        training_hours: u32,
        /// Acts he took part in, all time.
        acts: u64,
    }

    /// One region.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct RegionRow is Region {
        /// GB/T 2260 code.
        region: String,
        /// Name.
        name: String,
        /// province, city, county, township.
        level: String,
        /// The region above.
        parent: Option<String>,
    }
}
