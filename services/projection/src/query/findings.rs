//! Findings: what events prove, and the deadlines that are overdue today.

use jiff::civil::Date;

use super::{
    Now, Queries, QueryError, deadlines,
    filter::{self, Where, check, count},
    names::Names,
    sort,
};
use crate::{
    model::{FindingFilter, FindingKind, FindingRow, Page, Paging, Proof, Scope, Severity, Text},
    store::Columns,
    views::{
        deadlines::{Clock, DEADLINES},
        findings::{CHECKED, FINDINGS, Finding},
    },
};

pub(super) async fn page(q: &Queries, scope: &Scope, f: &FindingFilter) -> Result<Page<FindingRow>, QueryError> {
    let lists = Lists::of(q, scope, f).await?;
    check(f.paging())?;
    Ok(filter::page(lists.rows(q, f.paging()).await?, lists.total(q, f.paging()).await?, f.paging()))
}

/// The first findings of a list, not counted.
pub(super) async fn first(q: &Queries, scope: &Scope, f: &FindingFilter) -> Result<Vec<FindingRow>, QueryError> {
    Lists::of(q, scope, f).await?.rows(q, f.paging()).await
}

/// What a deadline is that is overdue today.
const OVERDUE: FindingKind = FindingKind::MissedDeadline;

/// The two lists behind a filter: what events prove, and what is overdue; none if the filter leaves no room for it.
struct Lists {
    proved: Option<Where>,
    overdue: Option<Where>,
    /// The heaviest first.
    by_weight: bool,
    /// The newest first.
    newest_first: bool,
}

impl Lists {
    async fn of(q: &Queries, scope: &Scope, f: &FindingFilter) -> Result<Self, QueryError> {
        scope.require_staff()?;
        let within = Where::within(q, scope, f.region.as_deref(), f.agency.as_deref()).await?;
        let sorted = sort::FINDINGS.read(f.sort.as_deref())?;
        let (by_weight, newest_first) = (sorted.is_none(), sorted.is_none_or(|by| by.largest_first));
        let proved = (f.proof != Some(Proof::Running)).then(|| proved_conditions(within.clone(), f));
        Ok(Self { proved, overdue: overdue_conditions(within, f, q.now()), by_weight, newest_first })
    }

    /// Both lists in one order: as many of each, or of each weight, as the page can reach, merged here. A kind is read by its
    /// index, newest first; an order by weight would have to read and sort them all.
    async fn rows(&self, q: &Queries, paging: Paging) -> Result<Vec<FindingRow>, QueryError> {
        let most = paging.offset() + u64::from(paging.size());
        let mut rows = Vec::new();
        if !self.by_weight {
            if let Some(proved) = &self.proved {
                rows = proved_rows(q, proved, most, self.newest_first).await?;
            }
            if let Some(overdue) = &self.overdue {
                rows.extend(overdue_rows(q, overdue, most, self.newest_first).await?);
            }
            rows.sort_by(|a, b| {
                let oldest_first = (a.day, &a.stream, a.seq).cmp(&(b.day, &b.stream, b.seq));
                if self.newest_first { oldest_first.reverse() } else { oldest_first }
            });
        }
        for severity in Severity::ALL.iter().filter(|_| self.by_weight) {
            let left = most.saturating_sub(rows.len() as u64);
            if left == 0 {
                break;
            }
            let mut of_weight = Vec::new();
            for kind in FindingKind::ALL.iter().filter(|kind| kind.severity() == *severity) {
                if let Some(proved) = &self.proved {
                    let mut proved = proved.clone();
                    proved.arg("kind = {}", kind.id());
                    of_weight.extend(proved_rows(q, &proved, left, true).await?);
                }
            }
            if let Some(overdue) = self.overdue.as_ref().filter(|_| *severity == OVERDUE.severity()) {
                of_weight.extend(overdue_rows(q, overdue, left, true).await?);
            }
            of_weight.sort_by(|a, b| (b.day, &b.stream, b.seq).cmp(&(a.day, &a.stream, a.seq)));
            rows.extend(of_weight);
        }
        let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
        named(q, rows.into_iter().skip(offset).take(paging.size() as usize).collect()).await
    }

    async fn total(&self, q: &Queries, paging: Paging) -> Result<(u64, bool), QueryError> {
        let (mut total, mut capped) = (0, false);
        for (table, conditions) in [("findings", &self.proved), ("deadlines", &self.overdue)] {
            let Some(conditions) = conditions else { continue };
            let more = count(&q.reader, table, conditions, paging).await?;
            capped = capped || more.1 || total + more.0 > paging.count_max();
            total = (total + more.0).min(paging.count_max());
        }
        Ok((total, capped))
    }
}

/// Everything wrong with one matter, the heaviest first, then the newest.
pub(super) async fn of_matter(q: &Queries, source: &str, stream: &str) -> Result<Vec<FindingRow>, QueryError> {
    let paging = Paging::first(crate::model::PAGE_SIZE_MAX);
    let most = u64::from(paging.size());
    let mut proved = Where::default();
    proved.arg("stream = {}", stream).arg("source = {}", source).raw(CHECKED);
    let mut overdue = Where::default();
    overdue.arg("stream = {}", stream).arg("source = {}", source);
    let still = deadlines::overdue(&mut overdue, q.now());
    overdue.raw(&still);
    let mut rows = proved_rows(q, &proved, most, true).await?;
    rows.extend(overdue_rows(q, &overdue, most, true).await?);
    rows.sort_by_key(|row| (row.severity, std::cmp::Reverse((row.day, row.seq))));
    named(q, rows).await
}

fn proved_conditions(mut w: Where, f: &FindingFilter) -> Where {
    w.opt("rule = {}", f.rule.as_deref()).opt("kind = {}", f.kind.map(FindingKind::id));
    w.opt("day >= {}", f.from).opt("day <= {}", f.to);
    if f.kind != Some(FindingKind::NotChecked) && f.severity != Some(Severity::NotChecked) {
        w.raw(CHECKED);
    }
    if let Some(severity) = f.severity {
        w.raw(of_severity(severity));
    }
    if let Some(severity) = f.except {
        w.raw(&format!("NOT ({})", of_severity(severity)));
    }
    of_item(&mut w, f);
    w
}

fn of_item(w: &mut Where, f: &FindingFilter) {
    w.opt("(stream, source) IN (SELECT stream, source FROM matters WHERE item = {})", f.item.as_deref());
}

/// How many findings there are on the cases of one item that a reader may see, but for what was prevented.
pub(super) async fn on_item(q: &Queries, scope: &Scope, item: &str, to: Option<Date>) -> Result<u64, QueryError> {
    let f = FindingFilter {
        item: Some(item.to_owned()),
        to,
        except: Some(Severity::Prevented),
        ..FindingFilter::default()
    };
    Ok(Lists::of(q, scope, &f).await?.total(q, f.paging()).await?.0)
}

pub(super) fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "kind = 'violation'",
        Severity::Medium => "kind IN ('missed_deadline', 'missing_duty')",
        Severity::Low => "kind = 'late_recording'",
        Severity::Prevented => "kind = 'refused_attempt'",
        Severity::NotChecked => "kind = 'not_checked'",
    }
}

/// None if the filter leaves no room for overdue deadlines.
fn overdue_conditions(mut w: Where, f: &FindingFilter, now: Now) -> Option<Where> {
    let kind = FindingKind::MissedDeadline;
    let excluded = f.kind.is_some_and(|k| k != kind)
        || f.severity.is_some_and(|s| s != kind.severity())
        || f.except == Some(kind.severity())
        || f.proof == Some(Proof::Proved);
    if excluded {
        return None;
    }
    of_item(&mut w, f);
    w.opt("rule = {}", f.rule.as_deref()).opt("due >= {}", f.from).opt("due <= {}", f.to);
    let still = deadlines::overdue(&mut w, now);
    w.raw(&still);
    Some(w)
}

async fn proved_rows(q: &Queries, w: &Where, most: u64, newest_first: bool) -> Result<Vec<FindingRow>, QueryError> {
    let order = ordered(&["day", "stream", "source", "seq", "n"], newest_first);
    let sql = format!("SELECT {} FROM findings{} ORDER BY {order} LIMIT {most}", FINDINGS.list(), w.sql());
    let rows = q.reader.all(sql, w.args.clone()).await?;
    rows.iter().map(|row| Ok(proved(Finding::read(&mut Columns::of(row))?))).collect()
}

async fn overdue_rows(q: &Queries, w: &Where, most: u64, newest_first: bool) -> Result<Vec<FindingRow>, QueryError> {
    let order = ordered(&["due", "stream", "opened_seq", "clock"], newest_first);
    let sql = format!("SELECT {} FROM deadlines{} ORDER BY {order} LIMIT {most}", DEADLINES.list(), w.sql());
    let rows = q.reader.all(sql, w.args.clone()).await?;
    rows.iter().map(|row| Ok(overdue(Clock::read(&mut Columns::of(row))?))).collect()
}

fn ordered(by: &[&str], newest_first: bool) -> String {
    let turned = if newest_first { " DESC" } else { "" };
    by.iter().map(|by| format!("{by}{turned}")).collect::<Vec<_>>().join(", ")
}

fn proved(f: Finding) -> FindingRow {
    FindingRow {
        kind: f.kind,
        severity: f.kind.severity(),
        rule: f.rule,
        citation: f.citation,
        source: f.source,
        stream: f.stream,
        matter: String::new(),
        case: None,
        seq: Some(f.seq),
        agency: f.agency,
        agency_name: String::new(),
        region: f.region,
        day: f.day,
        mode: f.mode,
        text: Text::new(f.zh, f.en),
        running: false,
    }
}

fn overdue(clock: Clock) -> FindingRow {
    let kind = FindingKind::MissedDeadline;
    let (length, due) = (clock.period, clock.due.unwrap_or_default());
    FindingRow {
        kind,
        severity: kind.severity(),
        source: clock.source,
        matter: String::new(),
        case: None,
        seq: None,
        agency_name: String::new(),
        day: due,
        mode: None,
        text: Text::new(
            format!("{}期限至{due}届满，至今未完成。{}", length.to_zh(), clock.zh),
            format!("The period of {} ended on {due}; still not done. {}", length.to_en(), clock.en),
        ),
        running: true,
        rule: clock.rule,
        citation: clock.citation,
        stream: clock.stream,
        agency: clock.agency,
        region: clock.region,
    }
}

async fn named(q: &Queries, mut rows: Vec<FindingRow>) -> Result<Vec<FindingRow>, QueryError> {
    let names =
        Names::of(q, rows.iter().map(|row| (row.source.as_str(), row.stream.as_str(), row.agency.as_str()))).await?;
    for row in &mut rows {
        if row.kind == FindingKind::NotChecked {
            row.citation = q.services.rule(&row.rule).map(law::Rule::citation_zh).unwrap_or_default();
        }
        (row.matter, row.case) = names.matter(&row.source, &row.stream);
        if row.kind == FindingKind::RefusedAttempt && row.case.is_none() {
            row.case = names.attempted(&row.source, &row.stream).map(str::to_owned);
        }
        row.agency_name = names.agency(&row.agency);
    }
    Ok(rows)
}
