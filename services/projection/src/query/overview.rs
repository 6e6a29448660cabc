//! The first page.

use std::collections::BTreeSet;

use super::{
    Queries, QueryError, agencies, deadlines,
    filter::{Where, region_code},
    indicators,
    indicators::{Certified, Overdue, Period, Sums, Whose},
    items,
};
use crate::{
    model::{
        DeadlineCounts, ListCounts, Overview, OverviewFilter, ParkedRow, PublicDecision, Scope, Stage, StageCount,
    },
    store::{Columns, Row},
    views::{
        agencies::{AGENCIES, Agency},
        cases::PUBLIC,
        scorecard::Counter,
    },
};

const AGENCIES_SHOWN: usize = 12;
const DECISIONS_SHOWN: usize = 10;
const PARKED_SHOWN: usize = 20;

/// The scope and the filter's region.
fn place(scope: &Scope, f: &OverviewFilter) -> Result<Where, QueryError> {
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    if let Some(region) = &f.region {
        w.region("region", &region_code(region)?);
    }
    Ok(w)
}

pub(super) async fn overview(q: &Queries, scope: &Scope, f: &OverviewFilter) -> Result<Overview, QueryError> {
    let now = q.now();
    let w = place(scope, f)?;
    let period = Period::of(f.from, f.to, now.today);
    let all = known_agencies(q, &w).await?;
    let (mut sums, mut overdue, mut certified) = (Sums::default(), Overdue::default(), Certified::default());
    let mut overview = Overview {
        as_of: q.as_of().await?,
        from: period.from,
        to: period.to,
        stages: Vec::new(),
        filed: 0,
        decided: 0,
        closed: 0,
        open: 0,
        fine_fen: 0,
        paid_fen: 0,
        findings: crate::model::FindingCounts::default(),
        deadlines: DeadlineCounts::default(),
        months: Vec::new(),
        indicators: Vec::new(),
        agencies: Vec::new(),
        latest: latest(q, &w).await?,
        lists: ListCounts::default(),
        parked: Vec::new(),
    };
    let mut shown = all.clone();
    if !scope.is_public() {
        let by_agency = indicators::by_agency(q, w.clone(), &period).await?;
        by_agency.values().for_each(|one| sums.add(one));
        indicators::overdue(q, w.clone()).await?.into_values().for_each(|one| overdue.add(one));
        let mut codes: BTreeSet<String> = by_agency.keys().cloned().collect();
        codes.extend(all.iter().map(|a| a.agency.clone()));
        indicators::certified(q, &codes, &period).await?.into_values().for_each(|one| certified.add(one));
        let filed = |a: &Agency| by_agency.get(&a.agency).map_or(0, |sums| sums.get(Counter::filed));
        shown.sort_by(|a, b| filed(b).cmp(&filed(a)).then_with(|| a.agency.cmp(&b.agency)));
        overview.months = indicators::by_month(q, w.clone(), &period).await?;
        overview.stages = stages(q, w.clone()).await?;
        overview.deadlines = deadlines::counts(q, &w, now).await?;
        let whose = match scope {
            Scope::Agency(code) => Whose { region: None, agency: Some(code.to_string()) },
            _ => Whose { region: f.region.clone(), agency: None },
        };
        overview.indicators = indicators::indicators(&sums, overdue, certified, &whose, &period);
        overview.parked = parked(q).await?;
    }
    shown.truncate(AGENCIES_SHOWN);
    overview.agencies = agencies::with_numbers(q, scope, shown, &period).await?;
    overview.lists =
        lists(q, all.iter().filter(|a| a.kind != "unqualified").map(|a| a.agency.clone()).collect()).await?;
    overview.filed = sums.count(Counter::filed);
    overview.decided = sums.count(Counter::decided);
    overview.closed = sums.count(Counter::closed);
    overview.open = overview.stages.iter().filter(|at| at.stage < Stage::Close).map(|at| at.cases).sum();
    overview.fine_fen = sums.get(Counter::fine_fen);
    overview.paid_fen = sums.get(Counter::paid_fen);
    overview.findings = sums.findings(overdue.all);
    Ok(overview)
}

async fn known_agencies(q: &Queries, w: &Where) -> Result<Vec<Agency>, QueryError> {
    let sql = format!("SELECT {} FROM agencies{} ORDER BY agency", AGENCIES.list(), w.sql());
    let rows = q.reader.all(sql, w.args.clone()).await?;
    Ok(rows.iter().map(|row| Agency::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// What the lists of these agencies hold today.
async fn lists(q: &Queries, codes: BTreeSet<String>) -> Result<ListCounts, QueryError> {
    let today = q.today();
    let list = serde_json::to_string(&codes).unwrap_or_default();
    let mut w = Where::after(vec![list.into()]);
    w.raw(&format!("agency IN {}", q.reader.list(1)));
    let mut gone = w.clone();
    gone.arg("on_day <= {}", today);
    let row = q.reader.one(format!("SELECT COUNT(*) FROM dissolutions{}", gone.sql()), gone.args).await?;
    let gone = row.map(|row| row.count(0)).transpose()?.unwrap_or(0);
    Ok(ListCounts {
        agencies: (codes.len() as u64).saturating_sub(gone),
        items: items::in_force_by_agency(q, &w, today).await?.into_values().sum(),
        officers: agencies::certified_today(q, &w, today).await?.into_values().sum(),
    })
}

/// Cases by the stage they stand at today, in the order of the stages, without holes.
pub(super) async fn stages(q: &Queries, w: Where) -> Result<Vec<StageCount>, QueryError> {
    let sql = format!("SELECT stage, CAST(SUM(cases) AS BIGINT) FROM stages{} GROUP BY stage", w.sql());
    let mut counts: Vec<StageCount> = Stage::ALL.iter().map(|stage| StageCount { stage: *stage, cases: 0 }).collect();
    for row in q.reader.all(sql, w.args).await? {
        let stage = Stage::from_id(&row.text(0)?);
        if let Some(at) = counts.iter_mut().find(|at| Some(at.stage) == stage) {
            at.cases = row.count(1)?;
        }
    }
    Ok(counts)
}

async fn latest(q: &Queries, w: &Where) -> Result<Vec<PublicDecision>, QueryError> {
    let mut w = w.clone();
    w.raw(PUBLIC).raw("decided IS NOT NULL");
    let sql = format!(
        "SELECT stream, decision_number, agency, agency_name, party, item_name, fine_fen, decided, publicised \
         FROM cases{} ORDER BY publicised DESC, stream DESC LIMIT {DECISIONS_SHOWN}",
        w.sql()
    );
    let rows = q.reader.all(sql, w.args).await?;
    let decision = |row: &Row| {
        let stream = row.text(0)?;
        Ok(PublicDecision {
            case: stream.strip_prefix("case/").unwrap_or(&stream).to_owned(),
            number: row.text(1)?,
            agency: row.text(2)?,
            agency_name: row.text(3)?,
            party: row.text(4)?,
            item_name: row.text(5)?,
            fine_fen: row.int(6)?,
            decided: row.day(7)?,
            publicised: row.day(8)?,
        })
    };
    rows.iter().map(decision).collect()
}

async fn parked(q: &Queries) -> Result<Vec<ParkedRow>, QueryError> {
    let sql = format!(
        "SELECT source, log_index, stream, kind, reason, recorded FROM parked ORDER BY source, log_index LIMIT {PARKED_SHOWN}"
    );
    q.reader.all(sql, vec![]).await?.iter().map(parked_row).collect()
}

/// One parked event: source, log index, stream, kind, reason, recorded.
pub(super) fn parked_row(row: &Row) -> Result<ParkedRow, QueryError> {
    Ok(ParkedRow {
        source: row.text(0)?,
        log_index: row.count(1)?,
        stream: row.text(2)?,
        kind: row.text(3)?,
        reason: row.text(4)?,
        recorded: row.opt_time(5)?,
    })
}
