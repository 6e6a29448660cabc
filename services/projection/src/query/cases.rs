//! Search of cases: the matters of all services.

use std::collections::{HashMap, HashSet};

use law::calendar::at_least;

use super::{
    Now, Queries, QueryError,
    describe::text,
    filter::{self, Where, check, contains, count, select},
    findings::of_severity,
    indicators::COLLECTED,
    search,
    search::{Key, keys},
    sort,
};
use crate::{
    model::{
        Behind, CaseFilter, CaseRow, CaseState, FindingKind, Page, Paging, SOON_WORKING_DAYS, Scope, Severity, Text,
        Timing,
    },
    services::Services,
    store::{Columns, Reader, Value},
    views::{
        deadlines::{MISSED, RUNNING},
        findings::CHECKED,
        matters::{MATTERS, Matter, OPEN, PUBLIC, mark, stage_mark},
    },
};

const ORDER: &str = "opened DESC, stream DESC";

/// Cases found by a text that very many have: so many are counted, "more than a thousand" asks for a longer text.
const FOUND_MAX: u64 = 1_000;

pub(super) async fn page(q: &Queries, scope: &Scope, filter: &CaseFilter) -> Result<Page<CaseRow>, QueryError> {
    let paging = filter.paging();
    check(paging)?;
    let within = Where::matters(q, scope, filter.region.as_deref(), filter.agency.as_deref()).await?;
    let conditions = conditions(q, within, scope, filter);
    let order = sort::CASES.order(filter.sort.as_deref())?.unwrap_or_else(|| ORDER.to_owned());
    let (matters, total) = match &filter.text {
        Some(text) => by_text(q, text, conditions, &order, paging).await?,
        None => {
            (in_order(q, &conditions, &order, paging).await?, count(&q.reader, "matters", &conditions, paging).await?)
        }
    };
    Ok(filter::page(rows(q, scope, matters).await?, total, paging))
}

/// The newest cases of an agency, not counted.
pub(super) async fn newest_of(q: &Queries, scope: &Scope, agency: &str, most: u32) -> Result<Vec<CaseRow>, QueryError> {
    let f = CaseFilter { agency: Some(agency.to_owned()), size: most, ..CaseFilter::default() };
    let within = Where::matters(q, scope, None, Some(agency)).await?;
    let matters = in_order(q, &conditions(q, within, scope, &f), ORDER, f.paging()).await?;
    rows(q, scope, matters).await
}

async fn in_order(q: &Queries, conditions: &Where, order: &str, paging: Paging) -> Result<Vec<Matter>, QueryError> {
    let rows = select(&q.reader, &MATTERS.list(), "matters", conditions, order, paging).await?;
    Ok(rows.iter().map(|row| Matter::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// Finds by the index of words where it finds few; where it finds many, the newest cases soon have enough of them.
async fn by_text(
    q: &Queries,
    text: &str,
    mut conditions: Where,
    order: &str,
    paging: Paging,
) -> Result<(Vec<Matter>, (u64, bool)), QueryError> {
    let few = search::few(q, text, paging.count_max()).await?;
    let most = if few.is_some() { paging.count_max() } else { FOUND_MAX };
    let among = |conditions: Where| async move {
        let sql = format!("SELECT stream, source FROM matters{} ORDER BY {order} LIMIT {}", conditions.sql(), most + 1);
        keys(&q.reader.all(sql, conditions.args).await?)
    };
    let found: Vec<Key> = match few {
        Some(few) if conditions.sql().is_empty() && order == ORDER => few,
        Some(few) => {
            search::among(q, &mut conditions, &few);
            among(conditions).await?
        }
        None => {
            search::containing(q, &mut conditions, text);
            among(conditions).await?
        }
    };
    let total = found.len() as u64;
    let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let page: Vec<Key> = found.into_iter().skip(offset).take(paging.size() as usize).collect();
    Ok((by_keys(q, &page, order).await?, (total.min(most), total > most)))
}

async fn by_keys(q: &Queries, keys: &[Key], order: &str) -> Result<Vec<Matter>, QueryError> {
    let pairs = q.reader.pairs(1);
    let sql = format!("SELECT {} FROM matters WHERE (stream, source) IN {pairs} ORDER BY {order}", MATTERS.list());
    let rows = q.reader.all(sql, vec![Value::json(keys)]).await?;
    Ok(rows.iter().map(|row| Matter::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// The conditions of a list of cases. What is counted on a page is counted by these, so that both agree.
pub(super) fn conditions(q: &Queries, mut w: Where, scope: &Scope, f: &CaseFilter) -> Where {
    if scope.is_public() {
        w.raw(PUBLIC);
    }
    w.opt("opened >= {}", f.from).opt("opened <= {}", f.to);
    w.opt("item = {}", f.item.as_deref());
    kind_and_stage(q, &mut w, f);
    match f.state {
        Some(CaseState::Open) => w.raw(OPEN),
        Some(CaseState::Closed) => w.raw("ended IS NOT NULL"),
        None => &mut w,
    };
    w.opt("decided IS NOT NULL AND outcome = {}", f.outcome.as_deref());
    w.opt("decided IS NOT NULL AND tier = {}", f.tier.as_deref());
    if f.fine_from.is_some() || f.fine_to.is_some() {
        w.raw("decided IS NOT NULL AND imposed_fen > 0");
    }
    w.opt("imposed_fen >= {}", f.fine_from.map(|yuan| yuan.fen))
        .opt("imposed_fen <= {}", f.fine_to.map(|yuan| yuan.fen));
    w.opt("procedure = {}", f.procedure.as_deref());
    w.opt("decided >= {}", f.decided_from).opt("decided <= {}", f.decided_to);
    w.opt("ended >= {}", f.closed_from).opt("ended <= {}", f.closed_to);
    // What an officer did, and what is wrong, is not published.
    if !scope.is_public() {
        let of_officer = "(stream, source) IN (SELECT stream, source FROM matter_officers WHERE officer = {})";
        w.opt(of_officer, f.officer.as_deref());
        let by_rule =
            format!("(stream, source) IN (SELECT stream, source FROM findings WHERE rule = {{}} AND {CHECKED})");
        w.opt(&by_rule, f.rule.as_deref());
        if let Some(stage) = &f.without {
            w.arg(&format!("NOT {}", contains(&q.reader, "passed")), stage_mark(stage));
        }
        if let Some(severity) = f.severity {
            let weight = found(q, &mut w, severity);
            w.raw(&weight);
        }
        if let Some(timing) = f.timing {
            let condition = self::timing(q, &mut w, timing);
            w.raw(&condition);
        }
        if let Some(indicator) = &f.indicator {
            counted(&q.reader, &mut w, indicator, f.behind.unwrap_or(Behind::Counted));
        }
    }
    w
}

/// A stage is of a kind, and the index is in that order: where the kind is not said, it is that of the stage.
fn kind_and_stage(q: &Queries, w: &mut Where, f: &CaseFilter) {
    w.opt("stage = {}", f.stage.as_deref());
    let has = |stage: &String| {
        let kinds = q.services.matters().filter(|card| card.stages.iter().any(|word| word.id == *stage));
        kinds.map(|card| card.kind).collect::<Vec<_>>()
    };
    match (&f.kind, f.stage.as_ref().map(has).as_deref()) {
        (Some(kind), _) => w.arg("kind = {}", kind),
        (None, Some([only])) => w.arg("kind = {}", *only),
        (None, Some(_) | None) => w,
    };
}

/// A case in which a finding is so heavy: by events, or by a period that is over while nothing was done.
fn found(q: &Queries, w: &mut Where, severity: Severity) -> String {
    let by_events =
        format!("(stream, source) IN (SELECT stream, source FROM findings WHERE {})", of_severity(severity));
    if severity != FindingKind::MissedDeadline.severity() {
        return by_events;
    }
    format!("({by_events} OR {})", timing(q, w, Timing::Overdue))
}

/// How a case stands against the running clocks that agencies owe in it. A clock without a last day, suspended or beyond the
/// calendar, is in time.
pub(super) fn timing(q: &Queries, w: &mut Where, timing: Timing) -> String {
    let now = q.now();
    let soon = at_least(q.notices.calendar().add_working_days(now.today, SOON_WORKING_DAYS));
    let clock = |state: &str, when: &str| {
        let of = "d.stream = matters.stream AND d.source = matters.source";
        format!("EXISTS (SELECT 1 FROM deadlines d WHERE {of} AND d.state = '{state}'{when})")
    };
    let passed = |w: &mut Where| clock(RUNNING, &format!(" AND d.due_us < {}", w.place(now.us())));
    let ends = |w: &mut Where| clock(RUNNING, &format!(" AND d.due <= {}", w.place(soon)));
    match timing {
        Timing::Overdue => passed(w),
        Timing::DueSoon => format!("NOT {} AND {}", passed(w), ends(w)),
        Timing::InTime => format!("NOT {} AND NOT {} AND {}", passed(w), ends(w), clock(RUNNING, "")),
        Timing::NoClock => format!("NOT {}", clock(RUNNING, "")),
        Timing::Missed => clock(MISSED, ""),
    }
}

/// The cases behind an indicator.
fn counted(reader: &Reader, w: &mut Where, indicator: &str, behind: Behind) {
    if indicator == COLLECTED {
        w.raw("decided IS NOT NULL AND imposed_fen > 0");
        match behind {
            Behind::Passed => w.raw("paid_fen >= imposed_fen"),
            Behind::Failed => w.raw("paid_fen < imposed_fen"),
            Behind::Counted => w,
        };
        return;
    }
    let passed = match behind {
        Behind::Passed => Some(true),
        Behind::Failed => Some(false),
        Behind::Counted => None,
    };
    w.arg(&contains(reader, "counts"), mark(indicator, passed));
}

/// Rows with what is counted beside the cases: findings, refused attempts, overdue clocks, parked events. The public is
/// told only whether they are complete.
pub(super) async fn rows(q: &Queries, scope: &Scope, matters: Vec<Matter>) -> Result<Vec<CaseRow>, QueryError> {
    let beside = Beside::of(q, scope, &matters, q.now()).await?;
    Ok(matters.iter().map(|matter| beside.row(&q.services, matter)).collect())
}

#[derive(Default)]
struct Beside {
    findings: HashMap<Key, (u32, u32)>,
    overdue: HashMap<Key, u32>,
    incomplete: HashSet<Key>,
}

impl Beside {
    async fn of(q: &Queries, scope: &Scope, matters: &[Matter], now: Now) -> Result<Self, QueryError> {
        let mut beside = Self::default();
        if matters.is_empty() {
            return Ok(beside);
        }
        let list: Value = Value::json(&matters.iter().map(key).collect::<Vec<_>>());
        let among = format!("(stream, source) IN {}", q.reader.pairs(1));
        let sql = format!("SELECT DISTINCT stream, source FROM parked WHERE {among}");
        beside.incomplete = keys(&q.reader.all(sql, vec![list.clone()]).await?)?;
        if scope.is_public() {
            return Ok(beside);
        }
        let sql = format!(
            "SELECT stream, source, CAST(SUM(CASE WHEN kind = 'refused_attempt' THEN 0 ELSE 1 END) AS BIGINT), \
             COUNT(DISTINCT CASE WHEN kind = 'refused_attempt' THEN seq END) \
             FROM findings WHERE {CHECKED} AND {among} GROUP BY stream, source"
        );
        for row in q.reader.all(sql, vec![list.clone()]).await? {
            let counts = (small(row.count(2)?), small(row.count(3)?));
            beside.findings.insert((row.text(0)?, row.text(1)?), counts);
        }
        let sql = format!(
            "SELECT stream, source, COUNT(*) FROM deadlines \
             WHERE state = 'running' AND due_us < $2 AND {among} GROUP BY stream, source"
        );
        for row in q.reader.all(sql, vec![list, now.us().into()]).await? {
            beside.overdue.insert((row.text(0)?, row.text(1)?), small(row.count(2)?));
        }
        Ok(beside)
    }

    fn row(&self, services: &Services, matter: &Matter) -> CaseRow {
        let key = key(matter);
        let (findings, refused) = self.findings.get(&key).copied().unwrap_or_default();
        CaseRow {
            id: matter.id.clone(),
            source: matter.source.clone(),
            kind: matter.kind.clone(),
            kind_text: services.kind_text(&matter.source, &matter.kind),
            number: matter.number.clone(),
            decision_number: matter.decision_number.clone(),
            procedure: matter.procedure.clone(),
            procedure_text: services.fact(&matter.source, &matter.kind, "procedure", &matter.procedure),
            subject: matter.subject.clone(),
            agency: matter.agency.clone(),
            agency_name: matter.agency_name.clone(),
            region: matter.region.clone(),
            item: matter.item.clone(),
            item_name: matter.item_name.clone(),
            field: matter.field.clone(),
            party: matter.party.clone(),
            stage: matter.stage.clone(),
            stage_text: services.stage(&matter.source, &matter.kind, &matter.stage),
            closed: matter.ended.is_some(),
            filed: matter.opened,
            decided: matter.decided,
            outcome: matter.outcome.clone(),
            closed_on: matter.ended,
            fine_fen: matter.imposed_fen,
            findings,
            refused,
            overdue: self.overdue.get(&key).copied().unwrap_or_default(),
            incomplete: self.incomplete.contains(&key),
        }
    }
}

fn key(matter: &Matter) -> Key {
    (matter.stream.clone(), matter.source.clone())
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Services {
    /// What a kind of matter is called.
    pub(crate) fn kind_text(&self, service: &str, kind: &str) -> Text {
        self.matter(service, kind).map_or_else(|| Text::same(kind), |card| text(card.label))
    }

    /// What a stage of a kind of matter is called.
    pub(crate) fn stage(&self, service: &str, kind: &str, stage: &str) -> Text {
        let word = self.matter(service, kind).and_then(|card| card.stages.iter().find(|word| word.id == stage));
        word.map_or_else(|| Text::same(stage), |word| text(word.label))
    }
}
