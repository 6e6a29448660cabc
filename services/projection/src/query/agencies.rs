//! Agencies with their numbers; officers; regions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Queries, QueryError, cases, deadlines,
    filter::{self, Where, count, select},
    findings, indicators,
    indicators::{Overdue, Period, Sums, Whose},
    items, officers,
    officers::Acting,
    overview, sort,
};
use crate::{
    model::{
        AGENCY_NAMES_MAX, AgencyCard, AgencyFilter, AgencyMonths, AgencyName, AgencyRow, AgencyYear, FindingFilter,
        MonthCount, MonthsFilter, OfficerFilter, Page, Paging, RegionRow, Scope, Standing, WHOLE_MAX,
    },
    store::Columns,
    views::{
        agencies::{AGENCIES, Agency},
        items::LISTS,
        regions::{REGIONS, Region},
        scorecard::Counter,
    },
};

/// Rows of each list on an agency's card.
const CARD_ROWS: u32 = 10;

pub(super) async fn page(q: &Queries, scope: &Scope, f: &AgencyFilter) -> Result<Page<AgencyRow>, QueryError> {
    let mut w = Where::at(scope, f.region.as_deref(), None)?;
    w.found_by(&q.reader, f.text.as_deref());
    standing(&mut w, f.standing, q.today());
    let period = Period::of(f.from, f.to, q.today());
    let sorted = sort::AGENCIES.read(f.sort.as_deref())?;
    if let Some(by) = sorted.filter(|by| by.column.name != "code") {
        // What they are sorted by is counted for all of them first.
        let all = select(&q.reader, &AGENCIES.list(), "agencies", &w, "region, agency", Paging::WHOLE).await?;
        let found = all.iter().map(|row| Agency::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
        let mut rows = with_numbers(q, scope, found, &period).await?;
        by.sort(&mut rows, |row| number(row, by.column.name));
        return filter::slice(rows, f.paging());
    }
    let order = sort::AGENCIES.order(f.sort.as_deref())?.unwrap_or_default();
    let rows = select(&q.reader, &AGENCIES.list(), "agencies", &w, &order, f.paging()).await?;
    let found = rows.iter().map(|row| Agency::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let total = count(&q.reader, "agencies", &w, f.paging()).await?;
    let rows = with_numbers(q, scope, found, &period).await?;
    Ok(filter::page(rows, total, f.paging()))
}

/// Every agency with the months of a year, as far as the year has come.
pub(super) async fn months(q: &Queries, scope: &Scope, f: &MonthsFilter) -> Result<AgencyMonths, QueryError> {
    scope.require_staff()?;
    let today = q.today();
    let year = match f.year.as_deref() {
        None => today.year(),
        Some(year) => year.parse().ok().filter(|year| (1949..=today.year()).contains(year)).ok_or_else(|| {
            QueryError::Invalid {
                field: "year",
                what: crate::model::Text::new(
                    format!("请写四位数的年份，最晚{}年", today.year()),
                    format!("a year in four digits, up to {}", today.year()),
                ),
            }
        })?,
    };
    let last = Date::new(year, 12, 31).map_or(today, |last| last.min(today));
    let period = Period::of(None, Some(last), today);
    let w = Where::at(scope, f.region.as_deref(), None)?;
    let mut counted = indicators::by_agency_and_month(q, w.clone(), &period).await?;
    let none: Vec<MonthCount> =
        period.all().into_iter().map(|month| MonthCount { month, ..MonthCount::default() }).collect();
    let mut agencies = Vec::new();
    let sql = format!("SELECT agency, name FROM agencies{} ORDER BY region, agency LIMIT {WHOLE_MAX}", w.sql());
    for row in q.reader.all(sql, w.args).await? {
        let (agency, name) = (row.text(0)?, row.text(1)?);
        let months = counted.remove(&agency).unwrap_or_else(|| none.clone());
        agencies.push(AgencyYear { agency, name, months });
    }
    let unlisted = counted.into_iter().filter(|(_, months)| months.iter().any(|month| month.filed + month.decided > 0));
    agencies.extend(unlisted.map(|(agency, months)| AgencyYear { name: agency.clone(), agency, months }));
    Ok(AgencyMonths { from: period.from, to: period.to, agencies })
}

/// What agencies are sorted by.
fn number(row: &AgencyRow, column: &str) -> u64 {
    match column {
        "items" => row.items,
        "officers" => row.officers,
        "filed" => row.filed,
        "decided" => row.decided,
        "closed" => row.closed,
        "open" => row.open,
        "overdue" => row.overdue,
        "high" => row.findings.high,
        "medium" => row.findings.medium,
        _ => 0,
    }
}

pub(super) async fn names(q: &Queries, scope: &Scope) -> Result<Vec<AgencyName>, QueryError> {
    let w = Where::at(scope, None, None)?;
    let sql =
        format!("SELECT agency, short_name FROM agencies{} ORDER BY region, agency LIMIT {AGENCY_NAMES_MAX}", w.sql());
    let rows = q.reader.all(sql, w.args).await?;
    rows.iter().map(|row| Ok(AgencyName { agency: row.text(0)?, short_name: row.text(1)? })).collect()
}

const DISSOLVED: &str = "EXISTS (SELECT 1 FROM dissolutions d WHERE d.agency = agencies.agency AND d.on_day <= {})";

/// The agencies that stand so today.
pub(super) fn standing(w: &mut Where, standing: Option<Standing>, today: Date) {
    match standing {
        None => {}
        Some(Standing::Dissolved) => {
            w.arg(DISSOLVED, today);
        }
        Some(Standing::Qualified) => {
            w.raw("kind <> 'unqualified'").arg(&format!("NOT {DISSOLVED}"), today);
        }
        Some(Standing::Unqualified) => {
            w.raw("kind = 'unqualified'").arg(&format!("NOT {DISSOLVED}"), today);
        }
    }
}

/// What is known of some agencies beside their names.
pub(super) struct Beside {
    pub(super) sums: BTreeMap<String, Sums>,
    pub(super) overdue: BTreeMap<String, Overdue>,
    acted: BTreeMap<String, Acting>,
    pub(super) open: BTreeMap<String, u64>,
    dissolved: BTreeMap<String, Date>,
    pub(super) items: BTreeMap<String, u64>,
    pub(super) officers: BTreeMap<String, u64>,
}

/// Adds the numbers of the period. The public sees the lists, not the numbers.
async fn with_numbers(
    q: &Queries,
    scope: &Scope,
    agencies: Vec<Agency>,
    period: &Period,
) -> Result<Vec<AgencyRow>, QueryError> {
    let codes: BTreeSet<String> = agencies.iter().map(|a| a.agency.clone()).collect();
    let beside = Beside::of(q, scope, &among(q, "agency", &codes), among(q, "a.agency", &codes), period).await?;
    Ok(agencies.into_iter().map(|agency| beside.row(q, agency, scope, period)).collect())
}

fn among(q: &Queries, column: &str, codes: &BTreeSet<String>) -> Where {
    let list = serde_json::to_string(codes).unwrap_or_default();
    let mut w = Where::after(vec![list.into()]);
    w.raw(&format!("{column} IN {}", q.reader.list(1)));
    w
}

impl Beside {
    /// Of the agencies that both conditions choose: on `agency` and `region`, and on `a.agency`.
    pub(super) async fn of(
        q: &Queries,
        scope: &Scope,
        among: &Where,
        acting: Where,
        period: &Period,
    ) -> Result<Self, QueryError> {
        let today = q.today();
        let dissolved = q.reader.all("SELECT agency, on_day FROM dissolutions", vec![]).await?;
        let mut beside = Self {
            sums: BTreeMap::new(),
            overdue: BTreeMap::new(),
            acted: BTreeMap::new(),
            open: BTreeMap::new(),
            dissolved: dissolved
                .iter()
                .map(|row| Ok((row.text(0)?, row.day(1)?)))
                .collect::<Result<_, QueryError>>()?,
            items: items::in_force_by_agency(q, among, today).await?,
            officers: officers::certified_today(q, among).await?,
        };
        if scope.is_public() {
            return Ok(beside);
        }
        beside.sums = indicators::by_agency(q, among.clone(), period).await?;
        beside.overdue = indicators::overdue(q, among.clone(), period).await?;
        beside.acted = officers::acted_by_agency(q, acting, period).await?;
        let sql = format!("SELECT agency, CAST(SUM(open) AS BIGINT) FROM stages{} GROUP BY agency", among.sql());
        for row in q.reader.all(sql, among.args.clone()).await? {
            beside.open.insert(row.text(0)?, row.count(1)?);
        }
        Ok(beside)
    }

    pub(super) fn row(&self, q: &Queries, agency: Agency, scope: &Scope, period: &Period) -> AgencyRow {
        let code = agency.agency.as_str();
        let sums = self.sums.get(code).cloned().unwrap_or_default();
        let overdue = self.overdue.get(code).cloned().unwrap_or_default();
        let acted = self.acted.get(code).copied().unwrap_or_default();
        let whose = Whose { region: None, agency: Some(agency.agency.clone()) };
        AgencyRow {
            dissolved: self.dissolved.get(code).copied(),
            items: self.items.get(code).copied().unwrap_or_default(),
            officers: self.officers.get(code).copied().unwrap_or_default(),
            filed: sums.count(Counter::opened),
            decided: sums.count(Counter::decided),
            closed: sums.count(Counter::ended),
            open: self.open.get(code).copied().unwrap_or_default(),
            findings: sums.findings(overdue.in_period),
            overdue: overdue.all,
            fine_fen: sums.get(Counter::imposed_fen),
            indicators: match scope {
                Scope::Public => Vec::new(),
                _ => indicators::indicators(&q.services, &sums, &overdue, acted, &whose, period),
            },
            kind: q.services.read(LISTS, "powerlist.agency.AgencyRegistered.v1", "kind", &agency.kind.as_str().into()),
            agency: agency.agency,
            name: agency.name,
            short_name: agency.short_name,
            region: agency.region,
        }
    }
}

pub(super) async fn card(
    q: &Queries,
    scope: &Scope,
    agency: &str,
    f: &AgencyFilter,
) -> Result<Option<AgencyCard>, QueryError> {
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("agency = {}", agency);
    let sql = format!("SELECT {} FROM agencies{}", AGENCIES.list(), w.sql());
    let Some(row) = q.reader.one(sql, w.args).await? else { return Ok(None) };
    let found = Agency::read(&mut Columns::of(&row))?;
    let period = Period::of(f.from, f.to, q.today());
    let Agency { basis, fields, since, entrusted_by, .. } = found.clone();
    let Some(row) = with_numbers(q, scope, vec![found], &period).await?.pop() else { return Ok(None) };
    let mut one = Where::default();
    one.arg("agency = {}", agency);
    let code = Some(agency.to_owned());
    let mut card = AgencyCard {
        basis,
        fields,
        since,
        entrusted_by,
        from: period.from,
        to: period.to,
        stages: Vec::new(),
        months: Vec::new(),
        deadlines: crate::model::DeadlineCounts::default(),
        findings: Vec::new(),
        cases: cases::newest_of(q, scope, agency, CARD_ROWS).await?,
        officers: Vec::new(),
        items: items::most_used(q, scope, agency, CARD_ROWS).await?,
        row,
    };
    if !scope.is_public() {
        card.stages = overview::stages(q, one.clone()).await?;
        card.months = indicators::by_month(q, one.clone(), &period).await?;
        card.deadlines = deadlines::counts(q, &one, q.now()).await?;
        let of_agency = FindingFilter { agency: code.clone(), size: CARD_ROWS, ..FindingFilter::default() };
        card.findings = findings::first(q, scope, &of_agency).await?;
        let of_agency = OfficerFilter { agency: code, ..OfficerFilter::default() };
        card.officers = officers::page(q, scope, &of_agency).await?.rows;
    }
    Ok(Some(card))
}

pub(super) async fn regions(q: &Queries, scope: &Scope) -> Result<Vec<RegionRow>, QueryError> {
    let mut w = Where::default();
    if let Scope::Region(code) = scope {
        w.region("region", code);
    }
    let sql = format!("SELECT {} FROM regions{} ORDER BY region", REGIONS.list(), w.sql());
    let rows = q.reader.all(sql, w.args).await?;
    let row = |row| {
        let Region { region, name, level, parent } = Region::read(&mut Columns::of(row))?;
        Ok(RegionRow { region, name, level, parent })
    };
    rows.iter().map(row).collect()
}
