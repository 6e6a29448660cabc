//! The queries. Each takes the [`Scope`] of who asks; what lies outside is as if it did not exist.

mod agencies;
mod attempts;
mod audit;
mod board;
mod case_file;
mod cases;
mod deadlines;
mod decisions;
mod describe;
mod filter;
mod findings;
mod indicators;
mod item_file;
mod items;
mod listings;
mod names;
mod officers;
mod overview;
mod parameters;
mod plans;
mod rules;
mod search;
pub(crate) mod sort;
mod stages;
mod statutes;
mod trail;

use std::{collections::BTreeSet, sync::Arc};

pub(crate) use crate::views::findings::LATE_RECORDING;
pub(crate) use indicators::{COLLECTED, COLLECTED_LABEL};

use jiff::{Timestamp, civil::Date};
use kernel::{Caller, Clock, Feed, Role};
use law::calendar::Notices;

use crate::{
    model::{
        AgencyCard, AgencyFilter, AgencyMonths, AgencyName, AgencyRow, AsOf, Attempts, AuditFilter, AuditRow, Board,
        BoardFilter, CaseFile, CaseFilter, CaseRow, DeadlineFilter, DeadlineRow, DecisionFilter, FindingFilter,
        FindingRow, ItemFile, ItemFilter, ItemRow, ListCount, ListRow, ListRowFile, MonthsFilter, OfficerFilter,
        OfficerRow, Overview, OverviewFilter, Page, ParameterRow, ParkedRow, PlanFilter, PlanList, PublicDecision,
        RegionRow, RowFilter, RuleUse, Scope, SourceState, StatuteFile, StatuteFilter, StatuteList, Text, Trail,
    },
    services::Services,
    store::{Columns, Reader},
    views::progress::Offset,
};

/// Why a query was not answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The scope does not allow the question at all (a list that is not public).
    #[error("not open to this reader")]
    Denied,
    /// A part of the question makes no sense.
    #[error("invalid {field}: {}", what.en)]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        what: Text,
    },
    /// The database failed or did not answer.
    #[error("the views are unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// A row does not read back: a bug, or a database that somebody else wrote.
    #[error("a view is damaged: {0}")]
    Damaged(String),
}

/// Reads what a column keeps as JSON.
fn json<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, QueryError> {
    serde_json::from_str(text).map_err(|e| QueryError::Damaged(e.to_string()))
}

impl From<sqlx::Error> for QueryError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => Self::Damaged(error.to_string()),
            other => Self::Unavailable(other),
        }
    }
}

impl Scope {
    /// The roles that see what is not public.
    pub const READERS: &[Role] = &[
        Role::Officer,
        Role::AgencyHead,
        Role::LegalReviewer,
        Role::ListEditor,
        Role::ListApprover,
        Role::Intake,
        Role::Handler,
        Role::IdentityKeeper,
        Role::ReconsiderationClerk,
        Role::ReconsiderationHead,
        Role::Supervisor,
        Role::Auditor,
    ];

    /// What a caller may see: a supervisor or auditor its region; other staff the matters of their agency and those that it
    /// keeps, everybody else what is public. The operator runs the machines and reads no case.
    pub fn of(caller: &Caller) -> Self {
        if caller.has(Role::Supervisor) || caller.has(Role::Auditor) {
            return Self::Region(caller.region.clone());
        }
        match &caller.agency {
            Some(agency) if Self::READERS.iter().any(|role| caller.has(*role)) => Self::Agency(agency.clone()),
            _ => Self::Public,
        }
    }

    /// Refuses the public where nothing is published.
    fn require_staff(&self) -> Result<(), QueryError> {
        if self.is_public() { Err(QueryError::Denied) } else { Ok(()) }
    }
}

/// Answers questions about the views. Cheap to clone.
#[derive(Clone)]
pub struct Queries {
    reader: Reader,
    clock: Arc<dyn Clock>,
    services: Arc<Services>,
    feeds: Arc<[Arc<dyn Feed>]>,
    notices: Notices,
}

/// The moment of reading.
#[derive(Clone, Copy, Debug)]
struct Now {
    at: Timestamp,
    today: Date,
}

impl Now {
    fn us(self) -> i64 {
        self.at.as_microsecond()
    }
}

impl Queries {
    pub(crate) fn new(
        reader: Reader,
        clock: Arc<dyn Clock>,
        services: Arc<Services>,
        feeds: Vec<Arc<dyn Feed>>,
        notices: Notices,
    ) -> Self {
        Self { reader, clock, services, feeds: feeds.into(), notices }
    }

    fn now(&self) -> Now {
        let at = self.clock.now();
        Now { at, today: law::day_of(at) }
    }

    /// Today, as deadlines are told.
    pub fn today(&self) -> Date {
        self.now().today
    }

    /// Whether the data are those of the demonstration.
    pub async fn invented(&self) -> Result<bool, QueryError> {
        Ok(self.reader.one("SELECT 1 FROM invented LIMIT 1", vec![]).await?.is_some())
    }

    /// Up to when the views know.
    ///
    /// # Errors
    /// [`QueryError`]; so for all queries.
    pub async fn as_of(&self) -> Result<AsOf, QueryError> {
        let rows =
            self.reader.all("SELECT source, next_index, recorded, tree FROM offsets ORDER BY source", vec![]).await?;
        let mut read = Vec::new();
        for row in &rows {
            read.push(Offset::read(&mut Columns::of(row))?);
        }
        let sources = self.feeds.iter().map(|feed| SourceState {
            source: feed.source().to_owned(),
            read: read.iter().find(|offset| offset.source == feed.source()).map_or(0, |offset| offset.next_index),
            head: feed.head(),
        });
        let recorded = read.iter().filter_map(|offset| offset.recorded).max();
        Ok(AsOf { today: self.today(), recorded, sources: sources.collect() })
    }

    /// A region and its period at one look. The period is widened to whole months.
    pub async fn overview(&self, scope: &Scope, filter: &OverviewFilter) -> Result<Overview, QueryError> {
        overview::overview(self, scope, filter).await
    }

    /// Agencies by region and code, with their numbers of the period (whole months).
    pub async fn agencies(&self, scope: &Scope, filter: &AgencyFilter) -> Result<Page<AgencyRow>, QueryError> {
        agencies::page(self, scope, filter).await
    }

    /// The agencies by region and code, by name alone: the first [`AGENCY_NAMES_MAX`](crate::model::AGENCY_NAMES_MAX).
    pub async fn agency_names(&self, scope: &Scope) -> Result<Vec<AgencyName>, QueryError> {
        agencies::names(self, scope).await
    }

    /// The agencies of a region with the months of a year.
    pub async fn agency_months(&self, scope: &Scope, filter: &MonthsFilter) -> Result<AgencyMonths, QueryError> {
        agencies::months(self, scope, filter).await
    }

    /// One agency; the filter's period counts. None if there is no such agency in scope.
    pub async fn agency(
        &self,
        scope: &Scope,
        agency: &str,
        filter: &AgencyFilter,
    ) -> Result<Option<AgencyCard>, QueryError> {
        agencies::card(self, scope, agency, filter).await
    }

    /// Cases, newest filing first.
    pub async fn cases(&self, scope: &Scope, filter: &CaseFilter) -> Result<Page<CaseRow>, QueryError> {
        cases::page(self, scope, filter).await
    }

    /// The open matters of a kind by agency and clock, and what those decided in the period (whole months) came to.
    pub async fn board(&self, scope: &Scope, filter: &BoardFilter) -> Result<Board, QueryError> {
        board::board(self, scope, filter).await
    }

    /// Decisions that stand on the web, the latest published first.
    pub async fn decisions(&self, scope: &Scope, filter: &DecisionFilter) -> Result<Page<PublicDecision>, QueryError> {
        decisions::page(self, scope, filter).await
    }

    /// Whether the views follow a service of this name.
    pub(crate) fn knows_service(&self, name: &str) -> bool {
        self.services.vocabulary(name).is_some()
    }

    /// One case by its id; where several services have a matter of this id, that of the service named, or else the first in
    /// scope. The public sees it only while its decision stands on the web, and then header and decision.
    pub async fn case(&self, scope: &Scope, id: &str, service: Option<&str>) -> Result<Option<CaseFile>, QueryError> {
        case_file::file(self, scope, id, service).await
    }

    /// What was tried and refused under this id, where no matter came of it, or none that the scope sees.
    pub async fn attempts(
        &self,
        scope: &Scope,
        id: &str,
        service: Option<&str>,
    ) -> Result<Option<Attempts>, QueryError> {
        attempts::of(self, scope, id, service).await
    }

    /// Everything that belongs together with one matter, by its id, across all services: its matters in scope, with what led
    /// to what. None where the matter is not the reader's to see.
    pub async fn trail(&self, scope: &Scope, id: &str) -> Result<Option<Trail>, QueryError> {
        trail::trail(self, scope, id).await
    }

    /// Clocks: running ones with the most urgent first, ended ones with the latest first.
    pub async fn deadlines(&self, scope: &Scope, filter: &DeadlineFilter) -> Result<Page<DeadlineRow>, QueryError> {
        deadlines::page(self, scope, filter).await
    }

    /// Findings, the heaviest first, then the newest; overdue deadlines included.
    pub async fn findings(&self, scope: &Scope, filter: &FindingFilter) -> Result<Page<FindingRow>, QueryError> {
        findings::page(self, scope, filter).await
    }

    /// Power items by code, as of the filter's day.
    pub async fn items(&self, scope: &Scope, filter: &ItemFilter) -> Result<Page<ItemRow>, QueryError> {
        items::page(self, scope, filter).await
    }

    /// One item as of a day (today if absent).
    pub async fn item(&self, scope: &Scope, item: &str, on: Option<Date>) -> Result<Option<ItemFile>, QueryError> {
        item_file::file(self, scope, item, on).await
    }

    /// Every rule with how often it spoke in scope, in the order of the cards. The public sees the cards alone.
    pub async fn rules(&self, scope: &Scope) -> Result<Vec<RuleUse>, QueryError> {
        rules::all(self, scope).await
    }

    /// Every parameter as regions set it, in the order of cards, regions and days.
    pub async fn parameters(&self) -> Result<Vec<ParameterRow>, QueryError> {
        parameters::all(self).await
    }

    /// The plans of all regions, and their measures by filter, as the plan counts them.
    pub async fn plan_tasks(&self, filter: &PlanFilter) -> Result<PlanList, QueryError> {
        plans::list(self, filter).await
    }

    /// Titles of the statutes whose text is on record, as [`law::citation::title_key`] has them.
    pub async fn statute_titles(&self) -> Result<BTreeSet<String>, QueryError> {
        statutes::titles(self).await
    }

    /// The lists beside that of powers, with their rows in force on a day.
    pub async fn list_counts(&self, scope: &Scope, on: Option<Date>) -> Result<Vec<ListCount>, QueryError> {
        listings::counts(self, scope, on).await
    }

    /// Rows of one of these lists, by agency and code, as of the filter's day.
    pub async fn list_rows(&self, scope: &Scope, list: &str, filter: &RowFilter) -> Result<Page<ListRow>, QueryError> {
        listings::page(self, scope, list, filter).await
    }

    /// One row as of a day (today if absent).
    pub async fn list_row(
        &self,
        scope: &Scope,
        list: &str,
        agency: &str,
        code: &str,
        on: Option<Date>,
    ) -> Result<Option<ListRowFile>, QueryError> {
        listings::file(self, scope, (list, agency, code), on).await
    }

    /// Statutes on record, by title, and how many bases of items were not held against a text. The law is public.
    pub async fn statutes(&self, filter: &StatuteFilter) -> Result<StatuteList, QueryError> {
        statutes::list(self, filter).await
    }

    /// One statute as of a day.
    pub async fn statute(&self, title: &str, on: Option<Date>) -> Result<Option<StatuteFile>, QueryError> {
        statutes::file(self, title, on).await
    }

    /// Officers by code.
    pub async fn officers(&self, scope: &Scope, filter: &OfficerFilter) -> Result<Page<OfficerRow>, QueryError> {
        officers::page(self, scope, filter).await
    }

    /// Regions by code.
    pub async fn regions(&self, scope: &Scope) -> Result<Vec<RegionRow>, QueryError> {
        agencies::regions(self, scope).await
    }

    /// The first events that this version could not read. Not for the public.
    pub async fn parked(&self, scope: &Scope) -> Result<Vec<ParkedRow>, QueryError> {
        overview::parked(self, scope).await
    }

    /// Recorded events of any matter, newest first.
    pub async fn audit(&self, scope: &Scope, filter: &AuditFilter) -> Result<Page<AuditRow>, QueryError> {
        audit::page(self, scope, filter).await
    }
}
