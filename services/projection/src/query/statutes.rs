//! Statutes on record: the list, and one of them as of a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::text::folded;
use law::citation::title_key;
use serde_json::Value as Json;

use super::{Queries, QueryError, json};
use crate::{
    model::{ArticleText, StatuteFile, StatuteFilter, StatuteList, StatuteRow, StatuteVersionText, Text},
    store::Columns,
    views::{
        items::LISTS,
        statutes::{Repeal, STATUTE_REPEALS, STATUTE_TEXTS, STATUTE_VERSIONS, StatuteText, StatuteVersion},
    },
};

/// Most versions that are read; a province has some thousand statutes.
const VERSIONS_MAX: usize = 20_000;

/// The titles of those on record, as they are looked for.
pub(super) async fn titles(q: &Queries) -> Result<BTreeSet<String>, QueryError> {
    let sql = format!("SELECT DISTINCT statute FROM statute_versions LIMIT {VERSIONS_MAX}");
    let rows = q.reader.all(sql, vec![]).await?;
    rows.iter().map(|row| Ok(Columns::of(row).text()?)).collect()
}

async fn repeals(q: &Queries) -> Result<BTreeMap<String, Repeal>, QueryError> {
    let sql = format!("SELECT {} FROM statute_repeals LIMIT {VERSIONS_MAX}", STATUTE_REPEALS.list());
    let rows = q.reader.all(sql, vec![]).await?;
    let one = |row| Repeal::read(&mut Columns::of(row)).map(|repeal| (repeal.statute.clone(), repeal));
    Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
}

fn level(q: &Queries, level: Option<&String>) -> Option<Text> {
    level.map(|level| q.services.read(LISTS, "", "level", &Json::from(level.as_str())))
}

pub(super) async fn list(q: &Queries, filter: &StatuteFilter) -> Result<StatuteList, QueryError> {
    let columns = STATUTE_VERSIONS.list();
    let sql = format!("SELECT {columns} FROM statute_versions ORDER BY statute, version LIMIT {VERSIONS_MAX}");
    let rows = q.reader.all(sql, vec![]).await?;
    let versions = rows.iter().map(|row| StatuteVersion::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let repeals = repeals(q).await?;
    let wanted = filter.text.as_deref().map(folded);
    let mut list = StatuteList::default();
    for of in versions.chunk_by(|a, b| a.statute == b.statute) {
        let Some(last) = of.last() else { continue };
        list.total += 1;
        if wanted.as_ref().is_some_and(|wanted| !folded(&last.title).contains(wanted)) {
            continue;
        }
        list.rows.push(StatuteRow {
            title: last.title.clone(),
            level: level(q, last.level.as_ref()),
            issuer: last.issuer.clone(),
            version: last.version,
            from: last.first_day,
            versions: u64::try_from(of.len()).unwrap_or(u64::MAX),
            repealed: repeals.get(&last.statute).map(|r| r.on_day).filter(|on| *on > last.first_day),
        });
    }
    let sums = "SELECT CAST(COALESCE(SUM(cited), 0) AS BIGINT), CAST(COALESCE(SUM(not_checked), 0) AS BIGINT) FROM item_citations";
    if let Some(row) = q.reader.one(sums, vec![]).await? {
        (list.cited, list.not_checked) = (row.count(0)?, row.count(1)?);
    }
    Ok(list)
}

/// One statute as of a day; `None` where no text of it is on record.
pub(super) async fn file(q: &Queries, title: &str, on: Option<Date>) -> Result<Option<StatuteFile>, QueryError> {
    let (key, on) = (title_key(title), on.unwrap_or_else(|| q.today()));
    let sql = format!("SELECT {} FROM statute_versions WHERE statute = $1 ORDER BY version", STATUTE_VERSIONS.list());
    let rows = q.reader.all(sql, vec![key.as_str().into()]).await?;
    let all = rows.iter().map(|row| StatuteVersion::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let Some(newest) = all.last() else { return Ok(None) };
    let repeal = repeals(q).await?.remove(&key);
    let ended = |v: &StatuteVersion| repeal.as_ref().is_some_and(|r| r.on_day <= on && v.first_day <= r.on_day);
    let begun = all.iter().filter(|v| v.first_day <= on).max_by_key(|v| (v.first_day, v.version));
    let in_force = begun.filter(|v| !ended(v));
    let (mut articles, mut annex) = (Vec::<ArticleText>::new(), Vec::new());
    if let Some(version) = in_force {
        let sql = format!(
            "SELECT {} FROM statute_texts WHERE statute = $1 AND version = $2 AND part <= $3 ORDER BY part",
            STATUTE_TEXTS.list()
        );
        let args = vec![key.as_str().into(), version.version.into(), version.parts.into()];
        for row in q.reader.all(sql, args).await? {
            let part = StatuteText::read(&mut Columns::of(&row))?;
            articles.extend(json::<Vec<ArticleText>>(&part.articles)?);
            annex.extend(part.annex.lines().map(str::to_owned));
        }
    }
    let said = in_force.unwrap_or(newest);
    let version = |v: &StatuteVersion| StatuteVersionText {
        version: v.version,
        from: v.first_day,
        stated: v.in_force_from.is_some(),
    };
    Ok(Some(StatuteFile {
        title: said.title.clone(),
        level: level(q, said.level.as_ref()),
        issuer: said.issuer.clone(),
        on,
        in_force: in_force.map(version),
        versions: all.iter().map(version).collect(),
        repealed: repeal.filter(|r| r.on_day > newest.first_day).map(|r| (r.on_day, r.document)),
        history: said.history.lines().map(str::to_owned).collect(),
        articles,
        annex,
    }))
}
