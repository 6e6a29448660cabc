//! Cases by what they can be found by: number, decision number, party, item.

use super::{
    Queries, QueryError,
    filter::{Where, contains},
};
use crate::{
    model::COUNT_MAX,
    store::Row,
    views::cases::{CASE_SEARCH, pairs},
};

/// The cases that contain a text, newest filing first; none if they are too many to list, or the text is shorter than
/// what the index knows.
pub(super) async fn few(q: &Queries, text: &str) -> Result<Option<Vec<String>>, QueryError> {
    let text = text.to_lowercase();
    let words = pairs(&text);
    if words.is_empty() {
        return Ok(None);
    }
    let having = CASE_SEARCH.having(q.reader.engine(), 1);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {having} LIMIT {}) AS counted", COUNT_MAX + 1);
    let counted = q.reader.one(sql, vec![words.clone().into()]).await?;
    if counted.map(|row| row.count(0)).transpose()?.is_some_and(|n| n > COUNT_MAX) {
        return Ok(None);
    }
    // Having all pairs is not yet containing the text.
    let contained = contains(&q.reader, "text").replace("{}", "$2");
    let sql = format!("SELECT stream FROM {having} AND {contained} ORDER BY filed DESC, stream DESC");
    Ok(Some(texts(&q.reader.all(sql, vec![words.into(), text.into()]).await?)?))
}

/// Of some cases only.
pub(super) fn among(q: &Queries, w: &mut Where, streams: &[String]) {
    let list = q.reader.list(w.args.len() + 1);
    w.place(serde_json::to_string(streams).unwrap_or_default());
    w.raw(&format!("stream IN {list}"));
}

/// Of the cases that contain a text, looked at one by one.
pub(super) fn containing(q: &Queries, w: &mut Where, text: &str) {
    let found = contains(&q.reader, "s.text");
    w.arg(
        &format!("EXISTS (SELECT 1 FROM case_search s WHERE s.stream = cases.stream AND {found})"),
        text.to_lowercase(),
    );
}

/// The first column of each row.
pub(super) fn texts<T: FromIterator<String>>(rows: &[Row]) -> Result<T, QueryError> {
    rows.iter().map(|row| Ok(row.text(0)?)).collect()
}
