//! What was tried and refused where no matter came of it: the step that would have opened it was refused, so that there is
//! no file, and the attempts stand alone.

use super::{
    Queries, QueryError, audit, describe,
    filter::{Where, contains},
    names::Names,
};
use crate::model::{Attempts, FindingKind, Scope};

/// The attempts in the stream of this id, oldest first, of those that the scope sees.
pub(super) async fn of(
    q: &Queries,
    scope: &Scope,
    id: &str,
    service: Option<&str>,
) -> Result<Option<Attempts>, QueryError> {
    if scope.is_public() {
        return Ok(None);
    }
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("kind = {}", FindingKind::RefusedAttempt.id());
    w.opt("source = {}", service).arg(&contains(&q.reader, "stream"), format!("/{id}"));
    let sql = format!(
        "SELECT DISTINCT source, stream, agency, region, seq FROM findings{} ORDER BY source, stream, seq",
        w.sql()
    );
    let mut found: Option<Attempts> = None;
    let mut seen = Vec::new();
    for row in q.reader.all(sql, w.args).await? {
        let (source, stream) = (row.text(0)?, row.text(1)?);
        if stream.rsplit_once('/').is_none_or(|(_, last)| last != id) {
            continue;
        }
        let first = found.get_or_insert_with(|| Attempts {
            source: source.clone(),
            stream: stream.clone(),
            ..Attempts::default()
        });
        if (&first.source, &first.stream) == (&source, &stream) {
            (first.agency, first.region) = (row.text(2)?, row.text(3)?);
            seen.push(row.count(4)?);
        }
    }
    let Some(mut found) = found else { return Ok(None) };
    for line in audit::of_stream(q, &found.source, &found.stream).await? {
        if seen.contains(&line.seq) {
            found.attempts.push(describe::entry(&q.services, &line)?);
        }
    }
    found.agency_name = Names::of_agencies(q, [found.agency.as_str()]).await?.agency(&found.agency);
    Ok(Some(found))
}
