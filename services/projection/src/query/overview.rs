//! The first page.

use law::vocabulary::{MatterCard, Word};

use super::{
    Queries, QueryError, agencies,
    agencies::Beside,
    deadlines, decisions,
    describe::text,
    filter::Where,
    indicators,
    indicators::{Overdue, Period, Sums, Whose},
    officers,
};
use crate::{
    model::{DeadlineCounts, ListCounts, Overview, OverviewFilter, ParkedRow, Scope, StageCount, Standing, Text},
    store::{Columns, Row},
    views::{
        agencies::{AGENCIES, Agency},
        scorecard::Counter,
    },
};

const AGENCIES_SHOWN: usize = 12;
const DECISIONS_SHOWN: u32 = 10;
const PARKED_SHOWN: usize = 20;

pub(super) async fn overview(q: &Queries, scope: &Scope, f: &OverviewFilter) -> Result<Overview, QueryError> {
    let now = q.now();
    let w = Where::at(scope, f.region.as_deref(), None)?;
    let period = Period::of(f.from, f.to, now.today);
    let (mut sums, mut overdue) = (Sums::default(), Overdue::default());
    let mut acting = Where::default();
    acting.of_agencies("a.agency", scope, f.region.as_deref(), None)?;
    let beside = Beside::of(q, scope, &w, acting, &period).await?;
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
        latest: decisions::latest(q, w.clone(), DECISIONS_SHOWN).await?,
        published: decisions::counts(q, &w, &period).await?,
        lists: ListCounts {
            agencies: qualified(q, &w).await?,
            items: beside.items.values().sum(),
            officers: beside.officers.values().sum(),
        },
        parked: Vec::new(),
    };
    let mut shown = known_agencies(q, &w).await?;
    if !scope.is_public() {
        beside.sums.values().for_each(|one| sums.add(one));
        beside.overdue.values().for_each(|one| overdue.add(one));
        let acted = officers::acted(q, scope, f.region.as_deref(), &period).await?;
        let filed = |a: &Agency| beside.sums.get(&a.agency).map_or(0, |sums| sums.get(Counter::opened));
        shown.sort_by(|a, b| filed(b).cmp(&filed(a)).then_with(|| a.agency.cmp(&b.agency)));
        overview.months = indicators::by_month(q, w.clone(), &period).await?;
        overview.stages = stages(q, w.clone()).await?;
        overview.open = beside.open.values().sum();
        overview.deadlines = deadlines::counts(q, &w, now).await?;
        let whose = match scope {
            Scope::Agency(code) => Whose { region: None, agency: Some(code.to_string()) },
            _ => Whose { region: f.region.clone(), agency: None },
        };
        overview.indicators = indicators::indicators(&q.services, &sums, &overdue, acted, &whose, &period);
        overview.parked = parked(q, scope).await?;
    }
    shown.truncate(AGENCIES_SHOWN);
    overview.agencies = shown.into_iter().map(|agency| beside.row(q, agency, scope, &period)).collect();
    overview.filed = sums.count(Counter::opened);
    overview.decided = sums.count(Counter::decided);
    overview.closed = sums.count(Counter::ended);
    overview.fine_fen = sums.get(Counter::imposed_fen);
    overview.paid_fen = sums.get(Counter::paid_fen);
    overview.findings = sums.findings(overdue.in_period);
    Ok(overview)
}

async fn known_agencies(q: &Queries, w: &Where) -> Result<Vec<Agency>, QueryError> {
    let sql = format!("SELECT {} FROM agencies{} ORDER BY agency", AGENCIES.list(), w.sql());
    let rows = q.reader.all(sql, w.args.clone()).await?;
    Ok(rows.iter().map(|row| Agency::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// The agencies of a place that may act today.
async fn qualified(q: &Queries, place: &Where) -> Result<u64, QueryError> {
    let mut agencies = place.clone();
    agencies::standing(&mut agencies, Some(Standing::Qualified), q.today());
    let row = q.reader.one(format!("SELECT COUNT(*) FROM agencies{}", agencies.sql()), agencies.args).await?;
    Ok(row.map(|row| row.count(0)).transpose()?.unwrap_or(0))
}

/// Cases by kind and the stage they stand at today, in the order of the stages, without holes.
pub(super) async fn stages(q: &Queries, w: Where) -> Result<Vec<StageCount>, QueryError> {
    let sql = format!(
        "SELECT kind, stage, CAST(SUM(matters) AS BIGINT) FROM stages{} GROUP BY kind, stage ORDER BY kind, stage",
        w.sql()
    );
    let count = |card: &MatterCard, stage: &Word| StageCount {
        kind: card.kind.to_owned(),
        kind_text: text(card.label),
        stage: stage.id.to_owned(),
        text: text(stage.label),
        cases: 0,
    };
    let mut counts: Vec<StageCount> =
        q.services.matters().flat_map(|card| card.stages.iter().map(move |stage| count(card, stage))).collect();
    for row in q.reader.all(sql, w.args).await? {
        let (kind, stage, cases) = (row.text(0)?, row.text(1)?, row.count(2)?);
        match counts.iter_mut().find(|at| at.kind == kind && at.stage == stage) {
            Some(at) => at.cases = cases,
            // A stage that no service has words for is shown by its name.
            None => {
                let kind_text = q.services.matters().find(|card| card.kind == kind);
                let kind_text = kind_text.map_or_else(|| Text::same(kind.clone()), |card| text(card.label));
                counts.push(StageCount { kind, kind_text, text: Text::same(stage.clone()), stage, cases });
            }
        }
    }
    Ok(counts)
}

/// The first events that could not be read.
pub(super) async fn parked(q: &Queries, scope: &Scope) -> Result<Vec<ParkedRow>, QueryError> {
    scope.require_staff()?;
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
