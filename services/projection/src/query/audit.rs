//! The log itself, newest first.

use super::{
    Queries, QueryError, describe,
    filter::{self, Where, agency_code, count, select},
    names::Names,
    sort,
};
use crate::{
    model::{AuditFilter, AuditRow, Page, Scope},
    store::Columns,
    views::{
        deadlines::end_of_day,
        timeline::{Line, TIMELINE},
    },
};

pub(super) async fn page(q: &Queries, scope: &Scope, f: &AuditFilter) -> Result<Page<AuditRow>, QueryError> {
    scope.require_staff()?;
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    if let Some(agency) = &f.agency {
        w.arg("agency = {}", agency_code(agency)?.as_str());
    }
    w.opt("source = {}", f.source.as_deref());
    w.opt("stream = {}", f.stream.as_deref());
    w.opt("actor = {}", f.actor.as_deref());
    // A day begins where the one before it has ended.
    w.opt("recorded > {}", f.from.and_then(|day| day.yesterday().ok()).map(end_of_day));
    w.opt("recorded <= {}", f.to.map(end_of_day));
    let order = sort::AUDIT.order(f.sort.as_deref())?.unwrap_or_default();
    let rows = select(&q.reader, &TIMELINE.list(), "timeline", &w, &order, f.paging()).await?;
    let lines = rows.iter().map(|row| Line::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let names = Names::of(q, lines.iter().map(|line| (line.source.as_str(), line.stream.as_str(), ""))).await?;
    let total = count(&q.reader, "timeline", &w, f.paging()).await?;
    let row = |line: Line| -> Result<AuditRow, QueryError> {
        let (matter, mut case) = names.matter(&line.source, &line.stream);
        let entry = describe::entry(&q.services, &line)?;
        if entry.refused && case.is_none() {
            case = names.attempted(&line.source, &line.stream).map(str::to_owned);
        }
        Ok(AuditRow { matter, case, entry, stream: line.stream })
    };
    Ok(filter::page(lines.into_iter().map(row).collect::<Result<_, _>>()?, total, f.paging()))
}

/// Everything that happened in one stream, oldest first.
pub(super) async fn of_stream(q: &Queries, source: &str, stream: &str) -> Result<Vec<Line>, QueryError> {
    let sql = format!("SELECT {} FROM timeline WHERE stream = $1 AND source = $2 ORDER BY seq", TIMELINE.list());
    let rows = q.reader.all(sql, vec![stream.into(), source.into()]).await?;
    Ok(rows.iter().map(|row| Line::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}
