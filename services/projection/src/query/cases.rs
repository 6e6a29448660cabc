//! Case search.

use std::collections::{HashMap, HashSet};

use super::{
    Now, Queries, QueryError,
    filter::{self, Where, check, count, select},
    search,
    search::texts,
};
use crate::{
    model::{
        Behind, COUNT_MAX, CaseFilter, CaseRow, CaseState, IndicatorId, Outcome, Page, Paging, Procedure, Scope, Stage,
    },
    store::{Columns, Value},
    views::cases::{CASES, Case, PUBLIC, flags},
};

/// The stages of a case that is no longer open.
const CLOSED: &str = "('close', 'archive')";
/// Decided to punish.
pub(super) const PUNISHED: &str = "decided IS NOT NULL AND withheld = 0";
/// Decided not to punish.
pub(super) const WITHHELD: &str = "withheld = 1";

const ORDER: &str = "filed DESC, stream DESC";

/// Cases found by a text that very many have: so many are counted, "more than a thousand" asks for a longer text.
const FOUND_MAX: u64 = 1_000;

pub(super) async fn page(q: &Queries, scope: &Scope, filter: &CaseFilter) -> Result<Page<CaseRow>, QueryError> {
    let paging = filter.paging();
    check(paging)?;
    let within = Where::within(q, scope, filter.region.as_deref(), filter.agency.as_deref()).await?;
    let conditions = conditions(within, scope, filter);
    let (cases, total) = match &filter.text {
        Some(text) => by_text(q, text, conditions, paging).await?,
        None => (newest(q, &conditions, paging).await?, count(&q.reader, "cases", &conditions).await?),
    };
    Ok(filter::page(rows(q, cases).await?, total, paging))
}

/// The newest cases of an agency, not counted.
pub(super) async fn newest_of(q: &Queries, scope: &Scope, agency: &str, most: u32) -> Result<Vec<CaseRow>, QueryError> {
    let f = CaseFilter { agency: Some(agency.to_owned()), size: most, ..CaseFilter::default() };
    let within = Where::within(q, scope, None, Some(agency)).await?;
    rows(q, newest(q, &conditions(within, scope, &f), f.paging()).await?).await
}

async fn newest(q: &Queries, conditions: &Where, paging: Paging) -> Result<Vec<Case>, QueryError> {
    let rows = select(&q.reader, &CASES.list(), "cases", conditions, ORDER, paging).await?;
    Ok(rows.iter().map(|row| Case::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// Finds by the index of words where it finds few; where it finds many, the newest cases soon have enough of them.
async fn by_text(
    q: &Queries,
    text: &str,
    mut conditions: Where,
    paging: Paging,
) -> Result<(Vec<Case>, (u64, bool)), QueryError> {
    let (found, most) = match search::few(q, text).await? {
        Some(few) if conditions.sql().is_empty() => (few, COUNT_MAX),
        Some(few) => {
            search::among(q, &mut conditions, &few);
            let sql = format!("SELECT stream FROM cases{}", conditions.sql());
            let kept: HashSet<String> = texts(&q.reader.all(sql, conditions.args).await?)?;
            (few.into_iter().filter(|stream| kept.contains(stream)).collect(), COUNT_MAX)
        }
        None => {
            search::containing(q, &mut conditions, text);
            let limit = FOUND_MAX + 1;
            let sql = format!("SELECT stream FROM cases{} ORDER BY {ORDER} LIMIT {limit}", conditions.sql());
            (texts(&q.reader.all(sql, conditions.args).await?)?, FOUND_MAX)
        }
    };
    let total = found.len() as u64;
    let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let keys: Vec<String> = found.into_iter().skip(offset).take(paging.size() as usize).collect();
    Ok((by_streams(q, &keys).await?, (total.min(most), total > most)))
}

async fn by_streams(q: &Queries, keys: &[String]) -> Result<Vec<Case>, QueryError> {
    let list: Value = serde_json::to_string(keys).unwrap_or_default().into();
    let one = q.reader.list(1);
    let sql = format!("SELECT {} FROM cases WHERE stream IN {one} ORDER BY {ORDER}", CASES.list());
    let rows = q.reader.all(sql, vec![list]).await?;
    Ok(rows.iter().map(|row| Case::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// The conditions of a list of cases. What is counted on a page is counted by these, so that both agree.
pub(super) fn conditions(mut w: Where, scope: &Scope, f: &CaseFilter) -> Where {
    if scope.is_public() {
        w.raw(PUBLIC);
    }
    w.opt("filed >= {}", f.from).opt("filed <= {}", f.to);
    w.opt("item = {}", f.item.as_deref());
    w.opt("stage = {}", f.stage.map(Stage::id));
    match f.state {
        Some(CaseState::Open) => w.raw(&format!("stage NOT IN {CLOSED}")),
        Some(CaseState::Closed) => w.raw(&format!("stage IN {CLOSED}")),
        None => &mut w,
    };
    match f.outcome {
        Some(Outcome::Punished) => w.raw(PUNISHED),
        Some(Outcome::Withheld) => w.raw(WITHHELD),
        None => &mut w,
    };
    w.opt("decided IS NOT NULL AND tier = {}", f.tier.as_deref());
    w.opt("procedure = {}", f.procedure.map(Procedure::id));
    w.opt("decided >= {}", f.decided_from).opt("decided <= {}", f.decided_to);
    w.opt("closed >= {}", f.closed_from).opt("closed <= {}", f.closed_to);
    // What an officer did, and what is wrong, is not published.
    if !scope.is_public() {
        w.opt("stream IN (SELECT stream FROM case_officers WHERE officer = {})", f.officer.as_deref());
        w.opt("stream IN (SELECT stream FROM findings WHERE rule = {})", f.rule.as_deref());
        if let Some((counted, passed)) = f.indicator.and_then(bits) {
            w.raw(&format!("(flags & {counted}) <> 0"));
            match f.behind {
                Some(Behind::Passed) => w.raw(&format!("(flags & {passed}) <> 0")),
                Some(Behind::Failed) => w.raw(&format!("(flags & {passed}) = 0")),
                Some(Behind::Counted) | None => &mut w,
            };
        }
    }
    w
}

/// The flags behind an indicator that cases are counted for.
fn bits(indicator: IndicatorId) -> Option<(i64, i64)> {
    match indicator {
        IndicatorId::LegalReview => Some((flags::REVIEW, flags::REVIEW_OK)),
        IndicatorId::Notice => Some((flags::NOTICE, flags::NOTICE_OK)),
        IndicatorId::Records => Some((flags::RECORDS, flags::RECORDS_OK)),
        IndicatorId::Collected => Some((flags::FINE, flags::FINE_OK)),
        IndicatorId::Certified
        | IndicatorId::Publicised
        | IndicatorId::DecisionTime
        | IndicatorId::Deadlines
        | IndicatorId::Late => None,
    }
}

/// Rows with what is counted beside the cases: findings, refused attempts, overdue clocks, parked events.
pub(super) async fn rows(q: &Queries, cases: Vec<Case>) -> Result<Vec<CaseRow>, QueryError> {
    let beside = Beside::of(q, &cases, q.now()).await?;
    Ok(cases.into_iter().map(|case| beside.row(case)).collect())
}

#[derive(Default)]
struct Beside {
    findings: HashMap<String, (u32, u32)>,
    overdue: HashMap<String, u32>,
    incomplete: HashSet<String>,
}

impl Beside {
    async fn of(q: &Queries, cases: &[Case], now: Now) -> Result<Self, QueryError> {
        let mut beside = Self::default();
        if cases.is_empty() {
            return Ok(beside);
        }
        let streams: Vec<&str> = cases.iter().map(|case| case.stream.as_str()).collect();
        let list: Value = serde_json::to_string(&streams).unwrap_or_default().into();
        let one = q.reader.list(1);
        let sql = format!(
            "SELECT stream, CAST(SUM(CASE WHEN kind = 'refused_attempt' THEN 0 ELSE 1 END) AS BIGINT), \
             COUNT(DISTINCT CASE WHEN kind = 'refused_attempt' THEN seq END) \
             FROM findings WHERE stream IN {one} GROUP BY stream"
        );
        for row in q.reader.all(sql, vec![list.clone()]).await? {
            beside.findings.insert(row.text(0)?, (small(row.count(1)?), small(row.count(2)?)));
        }
        let sql = format!(
            "SELECT stream, COUNT(*) FROM deadlines WHERE state = 'running' AND due_us < $2 AND stream IN {one} GROUP BY stream"
        );
        for row in q.reader.all(sql, vec![list.clone(), now.us().into()]).await? {
            beside.overdue.insert(row.text(0)?, small(row.count(1)?));
        }
        let sql = format!("SELECT DISTINCT stream FROM parked WHERE stream IN {one}");
        for row in q.reader.all(sql, vec![list]).await? {
            beside.incomplete.insert(row.text(0)?);
        }
        Ok(beside)
    }

    fn row(&self, case: Case) -> CaseRow {
        let (findings, refused) = self.findings.get(&case.stream).copied().unwrap_or_default();
        CaseRow {
            id: case.id().to_owned(),
            overdue: self.overdue.get(&case.stream).copied().unwrap_or_default(),
            incomplete: self.incomplete.contains(&case.stream),
            findings,
            refused,
            number: case.number,
            decision_number: case.decision_number,
            procedure: case.procedure,
            agency: case.agency,
            agency_name: case.agency_name,
            region: case.region,
            item: case.item,
            item_name: case.item_name,
            field: case.field,
            party: case.party,
            stage: case.stage,
            closed: case.closed.is_some(),
            filed: case.filed,
            decided: case.decided,
            closed_on: case.closed,
            fine_fen: case.fine_fen,
        }
    }
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
