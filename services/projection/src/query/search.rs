//! Matters by what they can be found by: number, decision number, party, item.

use kernel::text::folded;

use super::{
    Queries, QueryError,
    filter::{Where, contains},
};
use crate::{
    store::{Row, Value},
    views::matters::{MATTER_SEARCH, pairs},
};

/// A matter: its stream, and whose ledger that is in.
pub(super) type Key = (String, String);

/// The matters that contain a text, the latest opened first; none if they are too many to list, or the text is shorter
/// than what the index knows.
pub(super) async fn few(q: &Queries, text: &str, most: u64) -> Result<Option<Vec<Key>>, QueryError> {
    let text = folded(text);
    let words = pairs(&text);
    if words.is_empty() {
        return Ok(None);
    }
    let having = MATTER_SEARCH.having(q.reader.engine(), 1);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {having} LIMIT {}) AS counted", most + 1);
    let counted = q.reader.one(sql, vec![words.clone().into()]).await?;
    if counted.map(|row| row.count(0)).transpose()?.is_some_and(|n| n > most) {
        return Ok(None);
    }
    // Having all pairs is not yet containing the text.
    let contained = contains(&q.reader, "text").replace("{}", "$2");
    let sql = format!("SELECT stream, source FROM {having} AND {contained} ORDER BY opened DESC, stream DESC");
    Ok(Some(keys(&q.reader.all(sql, vec![words.into(), text.into()]).await?)?))
}

/// Of some matters only.
pub(super) fn among(q: &Queries, w: &mut Where, keys: &[Key]) {
    let pairs = q.reader.pairs(w.args.len() + 1);
    w.place(Value::json(keys));
    w.raw(&format!("(stream, source) IN {pairs}"));
}

/// Of the matters that contain a text, looked at one by one.
pub(super) fn containing(q: &Queries, w: &mut Where, text: &str) {
    let found = contains(&q.reader, "s.text");
    let of_matter = "s.stream = matters.stream AND s.source = matters.source";
    w.arg(&format!("EXISTS (SELECT 1 FROM matter_search s WHERE {of_matter} AND {found})"), folded(text));
}

/// The first two columns of each row: stream and source.
pub(super) fn keys<T: FromIterator<Key>>(rows: &[Row]) -> Result<T, QueryError> {
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}
