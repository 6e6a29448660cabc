//! Agencies with their numbers; officers; regions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Queries, QueryError, cases, deadlines,
    filter::{self, Where, agency_code, contains, count, region_code, select},
    findings, indicators,
    indicators::{Certified, Overdue, Period, Sums, Whose},
    items, overview,
};
use crate::{
    model::{
        AgencyCard, AgencyFilter, AgencyRow, CaseFilter, FindingFilter, OfficerFilter, OfficerRow, Page, RegionRow,
        Scope, Stage, StageCount, Text,
    },
    store::{Columns, Value},
    views::{
        agencies::{AGENCIES, Agency},
        officers::{CERTIFICATES, Certificate, OFFICERS, Officer},
        regions::{REGIONS, Region},
        scorecard::Counter,
    },
};

/// Rows of each list on an agency's card.
const CARD_ROWS: u32 = 10;

pub(super) async fn page(q: &Queries, scope: &Scope, f: &AgencyFilter) -> Result<Page<AgencyRow>, QueryError> {
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    if let Some(region) = &f.region {
        w.region("region", &region_code(region)?);
    }
    if let Some(text) = &f.text {
        let (name, code) = (contains(&q.reader, "name"), contains(&q.reader, "agency"));
        w.args.push(text.clone().into());
        let place = format!("${}", w.args.len());
        w.raw(&format!("({} OR {})", name.replace("{}", &place), code.replace("{}", &place)));
    }
    let rows = select(&q.reader, &AGENCIES.list(), "agencies", &w, "region, agency", f.paging()).await?;
    let found = rows.iter().map(|row| Agency::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let total = count(&q.reader, "agencies", &w).await?;
    let period = Period::of(f.from, f.to, q.today());
    let rows = with_numbers(q, scope, found, &period).await?;
    Ok(filter::page(rows, total, f.paging()))
}

/// What is known of some agencies beside their names.
struct Beside {
    sums: BTreeMap<String, Sums>,
    overdue: BTreeMap<String, Overdue>,
    certified: BTreeMap<String, Certified>,
    stages: BTreeMap<String, Vec<StageCount>>,
    dissolved: BTreeMap<String, Date>,
    items: BTreeMap<String, u64>,
    officers: BTreeMap<String, u64>,
}

/// Adds the numbers of the period. The public sees the lists, not the numbers.
pub(super) async fn with_numbers(
    q: &Queries,
    scope: &Scope,
    agencies: Vec<Agency>,
    period: &Period,
) -> Result<Vec<AgencyRow>, QueryError> {
    let codes: BTreeSet<String> = agencies.iter().map(|a| a.agency.clone()).collect();
    let beside = beside(q, scope, &codes, period).await?;
    Ok(agencies.into_iter().map(|agency| beside.row(agency, scope, period)).collect())
}

fn among(q: &Queries, codes: &BTreeSet<String>) -> Where {
    let list = serde_json::to_string(codes).unwrap_or_default();
    let mut w = Where::after(vec![list.into()]);
    w.raw(&format!("agency IN {}", q.reader.list(1)));
    w
}

async fn beside(q: &Queries, scope: &Scope, codes: &BTreeSet<String>, period: &Period) -> Result<Beside, QueryError> {
    let today = q.today();
    let among = among(q, codes);
    let dissolved =
        q.reader.all(format!("SELECT agency, on_day FROM dissolutions{}", among.sql()), among.args.clone()).await?;
    let mut beside = Beside {
        sums: BTreeMap::new(),
        overdue: BTreeMap::new(),
        certified: BTreeMap::new(),
        stages: BTreeMap::new(),
        dissolved: dissolved.iter().map(|row| Ok((row.text(0)?, row.day(1)?))).collect::<Result<_, QueryError>>()?,
        items: items::in_force_by_agency(q, &among, today).await?,
        officers: certified_today(q, &among, today).await?,
    };
    if !scope.is_public() {
        beside.sums = indicators::by_agency(q, among.clone(), period).await?;
        beside.overdue = indicators::overdue(q, among.clone()).await?;
        beside.certified = indicators::certified(q, codes, period).await?;
        let sql = format!(
            "SELECT agency, stage, CAST(SUM(cases) AS BIGINT) FROM stages{} GROUP BY agency, stage",
            among.sql()
        );
        for row in q.reader.all(sql, among.args.clone()).await? {
            let Some(stage) = Stage::from_id(&row.text(1)?) else { continue };
            beside.stages.entry(row.text(0)?).or_default().push(StageCount { stage, cases: row.count(2)? });
        }
    }
    Ok(beside)
}

/// Officers of each agency who hold a certificate valid on a day.
pub(super) async fn certified_today(
    q: &Queries,
    among: &Where,
    today: Date,
) -> Result<BTreeMap<String, u64>, QueryError> {
    let mut w = among.clone();
    w.arg("valid_from <= {}", today).arg("valid_until >= {}", today);
    w.arg(
        "NOT EXISTS (SELECT 1 FROM revocations r WHERE r.officer = certificates.officer \
         AND r.certificate = certificates.certificate AND r.on_day <= {})",
        today,
    );
    let sql = format!("SELECT agency, COUNT(DISTINCT officer) FROM certificates{} GROUP BY agency", w.sql());
    let rows = q.reader.all(sql, w.args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.count(1)?))).collect()
}

impl Beside {
    fn row(&self, agency: Agency, scope: &Scope, period: &Period) -> AgencyRow {
        let code = agency.agency.as_str();
        let sums = self.sums.get(code).cloned().unwrap_or_default();
        let overdue = self.overdue.get(code).copied().unwrap_or_default();
        let certified = self.certified.get(code).copied().unwrap_or_default();
        let whose = Whose { region: None, agency: Some(agency.agency.clone()) };
        let open = self
            .stages
            .get(code)
            .map_or(0, |stages| stages.iter().filter(|at| at.stage < Stage::Close).map(|at| at.cases).sum());
        AgencyRow {
            dissolved: self.dissolved.get(code).copied(),
            items: self.items.get(code).copied().unwrap_or_default(),
            officers: self.officers.get(code).copied().unwrap_or_default(),
            filed: sums.count(Counter::filed),
            decided: sums.count(Counter::decided),
            closed: sums.count(Counter::closed),
            open,
            findings: sums.findings(overdue.all),
            overdue: overdue.all,
            fine_fen: sums.get(Counter::fine_fen),
            indicators: match scope {
                Scope::Public => Vec::new(),
                _ => indicators::indicators(&sums, overdue, certified, &whose, period),
            },
            kind: kind_text(&agency.kind),
            agency: agency.agency,
            name: agency.name,
            short_name: agency.short_name,
            region: agency.region,
        }
    }
}

fn kind_text(kind: &str) -> Text {
    match kind {
        "administrative_organ" => Text::label("行政机关", "administrative organ"),
        "authorised_organisation" => Text::label("法律、法规授权的组织", "organisation authorised by law"),
        "entrusted_organisation" => Text::label("受委托组织", "entrusted organisation"),
        "unqualified" => Text::label("不具备主体资格", "not qualified"),
        other => Text::same(other),
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
    let of_agency = CaseFilter { agency: code.clone(), size: CARD_ROWS, ..CaseFilter::default() };
    let mut card = AgencyCard {
        basis,
        fields: serde_json::from_str(&fields).unwrap_or_default(),
        since,
        entrusted_by,
        from: period.from,
        to: period.to,
        stages: Vec::new(),
        months: Vec::new(),
        deadlines: crate::model::DeadlineCounts::default(),
        findings: Vec::new(),
        cases: cases::page(q, scope, &of_agency).await?.rows,
        officers: Vec::new(),
        items: items::most_used(q, scope, agency, CARD_ROWS).await?,
        row,
    };
    if !scope.is_public() {
        card.stages = overview::stages(q, one.clone()).await?;
        card.months = indicators::by_month(q, one.clone(), &period).await?;
        card.deadlines = deadlines::counts(q, &one, q.now()).await?;
        let of_agency = FindingFilter { agency: code.clone(), size: CARD_ROWS, ..FindingFilter::default() };
        card.findings = findings::page(q, scope, &of_agency).await?.rows;
        let of_agency = OfficerFilter { agency: code, ..OfficerFilter::default() };
        card.officers = officers(q, scope, &of_agency).await?.rows;
    }
    Ok(Some(card))
}

pub(super) async fn officers(q: &Queries, scope: &Scope, f: &OfficerFilter) -> Result<Page<OfficerRow>, QueryError> {
    scope.require_staff()?;
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    if let Some(region) = &f.region {
        w.region("region", &region_code(region)?);
    }
    if let Some(agency) = &f.agency {
        w.arg("agency = {}", agency_code(agency)?.as_str());
    }
    if let Some(text) = &f.text {
        let (name, code) = (contains(&q.reader, "name"), contains(&q.reader, "officer"));
        w.args.push(text.clone().into());
        let place = format!("${}", w.args.len());
        w.raw(&format!("({} OR {})", name.replace("{}", &place), code.replace("{}", &place)));
    }
    let rows = select(&q.reader, &OFFICERS.list(), "officers", &w, "officer", f.paging()).await?;
    let found = rows.iter().map(|row| Officer::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let total = count(&q.reader, "officers", &w).await?;
    Ok(filter::page(officer_rows(q, found).await?, total, f.paging()))
}

async fn officer_rows(q: &Queries, officers: Vec<Officer>) -> Result<Vec<OfficerRow>, QueryError> {
    let today = q.today();
    let codes: Vec<&str> = officers.iter().map(|o| o.officer.as_str()).collect();
    let list: Value = serde_json::to_string(&codes).unwrap_or_default().into();
    let one = q.reader.list(1);
    let columns = CERTIFICATES.columns.iter().map(|c| format!("c.{}", c.name)).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns}, r.on_day FROM certificates c LEFT JOIN revocations r \
         ON r.officer = c.officer AND r.certificate = c.certificate WHERE c.officer IN {one} ORDER BY c.officer, c.valid_from, c.certificate"
    );
    let mut certificates: BTreeMap<String, (Certificate, Option<Date>)> = BTreeMap::new();
    for row in q.reader.all(sql, vec![list.clone()]).await? {
        let mut columns = Columns::of(&row);
        let certificate = Certificate::read(&mut columns)?;
        let revoked = columns.opt_day()?;
        let keep = certificates.get(&certificate.officer).is_some_and(|(c, r)| valid(c, *r, today));
        if !keep {
            certificates.insert(certificate.officer.clone(), (certificate, revoked));
        }
    }
    let sql = format!("SELECT officer, hours FROM trainings WHERE year = $2 AND officer IN {one}");
    let hours = numbers(q, sql, vec![list.clone(), today.year().to_string().into()]).await?;
    let sql =
        format!("SELECT officer, CAST(SUM(acts) AS BIGINT) FROM officer_acts WHERE officer IN {one} GROUP BY officer");
    let acts = numbers(q, sql, vec![list]).await?;
    let row = |o: Officer| {
        let certificate = certificates.get(&o.officer);
        let last = |(c, revoked): &(Certificate, Option<Date>)| match revoked {
            Some(on) if *on <= c.valid_until => on.yesterday().unwrap_or(*on),
            _ => c.valid_until,
        };
        OfficerRow {
            certificate: certificate.map(|(c, _)| c.certificate.clone()),
            fields: certificate.and_then(|(c, _)| serde_json::from_str(&c.fields).ok()).unwrap_or_default(),
            from: certificate.map(|(c, _)| c.valid_from),
            until: certificate.map(last),
            valid: certificate.is_some_and(|(c, revoked)| valid(c, *revoked, today)),
            training_hours: hours.get(&o.officer).and_then(|n| u32::try_from(*n).ok()).unwrap_or_default(),
            acts: acts.get(&o.officer).copied().unwrap_or_default(),
            role: role_text(&o.role),
            officer: o.officer,
            name: o.name,
            agency: o.agency,
        }
    };
    Ok(officers.into_iter().map(row).collect())
}

fn valid(c: &Certificate, revoked: Option<Date>, today: Date) -> bool {
    c.valid_from <= today && today <= c.valid_until && revoked.is_none_or(|on| today < on)
}

fn role_text(role: &str) -> Text {
    match role {
        "enforcement" => Text::label("执法人员", "enforcement officer"),
        "auxiliary" => Text::label("辅助人员", "auxiliary"),
        "legal_reviewer" => Text::label("法制审核人员", "legal reviewer"),
        other => Text::same(other),
    }
}

async fn numbers(q: &Queries, sql: String, args: Vec<Value>) -> Result<BTreeMap<String, u64>, QueryError> {
    let rows = q.reader.all(sql, args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.count(1)?))).collect()
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
