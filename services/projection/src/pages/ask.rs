//! What the pages ask of the views: a seam, so that they can be rendered from fixed data.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use jiff::civil::Date;

use crate::{
    model::{
        AgencyCard, AgencyFilter, AgencyMonths, AgencyName, AgencyRow, AsOf, Attempts, AuditFilter, AuditRow, Board,
        BoardFilter, CaseFile, CaseFilter, CaseRow, DeadlineFilter, DeadlineRow, DecisionFilter, FindingFilter,
        FindingRow, ItemFile, ItemFilter, ItemRow, ListCount, ListRow, ListRowFile, MonthsFilter, OfficerFilter,
        OfficerRow, Overview, OverviewFilter, Page, ParameterRow, ParkedRow, PlanFilter, PlanList, PublicDecision,
        RegionRow, RowFilter, RuleUse, Scope, StatuteFile, StatuteFilter, StatuteList, Trail,
    },
    query::{Queries, QueryError},
};

/// An answer on its way.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, QueryError>>;

macro_rules! ask {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)*) => {
        /// The questions of the pages; [`Queries`] answers them from the views.
        pub trait Ask: Send + Sync {
            $($(#[$meta])* fn $name<'a>(&'a self $(, $arg: $ty)*) -> Answer<'a, $out>;)*
        }
        impl Ask for Queries {
            $(fn $name<'a>(&'a self $(, $arg: $ty)*) -> Answer<'a, $out> { Box::pin(Queries::$name(self $(, $arg)*)) })*
        }
    };
}

ask! {
    /// See [`Queries::as_of`].
    fn as_of() -> AsOf;
    /// See [`Queries::invented`].
    fn invented() -> bool;
    /// See [`Queries::overview`].
    fn overview(scope: &'a Scope, filter: &'a OverviewFilter) -> Overview;
    /// See [`Queries::agencies`].
    fn agencies(scope: &'a Scope, filter: &'a AgencyFilter) -> Page<AgencyRow>;
    /// See [`Queries::agency_months`].
    fn agency_months(scope: &'a Scope, filter: &'a MonthsFilter) -> AgencyMonths;
    /// See [`Queries::agency`].
    fn agency(scope: &'a Scope, agency: &'a str, filter: &'a AgencyFilter) -> Option<AgencyCard>;
    /// See [`Queries::cases`].
    fn cases(scope: &'a Scope, filter: &'a CaseFilter) -> Page<CaseRow>;
    /// See [`Queries::case`].
    fn case(scope: &'a Scope, id: &'a str, service: Option<&'a str>) -> Option<CaseFile>;
    /// See [`Queries::attempts`].
    fn attempts(scope: &'a Scope, id: &'a str, service: Option<&'a str>) -> Option<Attempts>;
    /// See [`Queries::board`].
    fn board(scope: &'a Scope, filter: &'a BoardFilter) -> Board;
    /// See [`Queries::trail`].
    fn trail(scope: &'a Scope, id: &'a str) -> Option<Trail>;
    /// See [`Queries::decisions`].
    fn decisions(scope: &'a Scope, filter: &'a DecisionFilter) -> Page<PublicDecision>;
    /// See [`Queries::deadlines`].
    fn deadlines(scope: &'a Scope, filter: &'a DeadlineFilter) -> Page<DeadlineRow>;
    /// See [`Queries::findings`].
    fn findings(scope: &'a Scope, filter: &'a FindingFilter) -> Page<FindingRow>;
    /// See [`Queries::items`].
    fn items(scope: &'a Scope, filter: &'a ItemFilter) -> Page<ItemRow>;
    /// See [`Queries::item`].
    fn item(scope: &'a Scope, item: &'a str, on: Option<Date>) -> Option<ItemFile>;
    /// See [`Queries::list_counts`].
    fn list_counts(scope: &'a Scope, on: Option<Date>) -> Vec<ListCount>;
    /// See [`Queries::list_rows`].
    fn list_rows(scope: &'a Scope, list: &'a str, filter: &'a RowFilter) -> Page<ListRow>;
    /// See [`Queries::list_row`].
    fn list_row(scope: &'a Scope, list: &'a str, agency: &'a str, code: &'a str, on: Option<Date>) -> Option<ListRowFile>;
    /// See [`Queries::rules`].
    fn rules(scope: &'a Scope) -> Vec<RuleUse>;
    /// See [`Queries::parameters`].
    fn parameters() -> Vec<ParameterRow>;
    /// See [`Queries::plan_tasks`].
    fn plan_tasks(filter: &'a PlanFilter) -> PlanList;
    /// See [`Queries::statute_titles`].
    fn statute_titles() -> BTreeSet<String>;
    /// See [`Queries::statutes`].
    fn statutes(filter: &'a StatuteFilter) -> StatuteList;
    /// See [`Queries::statute`].
    fn statute(title: &'a str, on: Option<Date>) -> Option<StatuteFile>;
    /// See [`Queries::officers`].
    fn officers(scope: &'a Scope, filter: &'a OfficerFilter) -> Page<OfficerRow>;
    /// See [`Queries::regions`].
    fn regions(scope: &'a Scope) -> Vec<RegionRow>;
    /// See [`Queries::agency_names`].
    fn agency_names(scope: &'a Scope) -> Vec<AgencyName>;
    /// See [`Queries::parked`].
    fn parked(scope: &'a Scope) -> Vec<ParkedRow>;
    /// See [`Queries::audit`].
    fn audit(scope: &'a Scope, filter: &'a AuditFilter) -> Page<AuditRow>;
}
