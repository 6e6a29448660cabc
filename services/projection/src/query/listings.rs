//! The lists beside that of powers, as of a day: how many rows each has, one list, one row.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::text::folded;
use serde_json::{Value as Json, json};

use super::{
    Queries, QueryError,
    filter::{Where, region_code, slice},
    item_file,
    items::Looked,
    names::Names,
    sort,
};
use crate::{
    model::{ItemState, ListCount, ListPartText, ListRow, ListRowFile, ListRowVersion, Page, RowFilter, Scope, Text},
    store::{Columns, Value},
    views::{
        items::LISTS,
        listings::{LIST_ROW_ENDS, LIST_ROWS, RowEnd, RowVersion},
    },
};

/// The field of the vocabulary whose words are the lists.
const LIST: &str = "list";

/// Everything that one row has been.
#[derive(Default)]
struct History {
    versions: Vec<RowVersion>,
    ends: Vec<RowEnd>,
}

impl History {
    /// The version and the state of a day, as they were known that day: a version is nothing before it is published.
    fn on(&self, looked: Looked) -> Option<(&RowVersion, ItemState)> {
        let known = || self.versions.iter().filter(|v| looked.knew(v.published));
        let in_force = known().filter(|v| v.effective <= looked.on).max_by_key(|v| (v.effective, v.version));
        match in_force {
            Some(v) if self.ends(looked).any(|end| end.effective >= v.effective) => Some((v, ItemState::Cancelled)),
            Some(v) => Some((v, ItemState::InForce)),
            None => known().min_by_key(|v| (v.effective, v.version)).map(|v| (v, ItemState::Coming)),
        }
    }

    /// The ends that had come by the day.
    fn ends(&self, looked: Looked) -> impl Iterator<Item = &RowEnd> {
        self.ends.iter().filter(move |end| looked.knew(end.published) && end.effective <= looked.on)
    }

    /// Whether the public is shown it: what is withheld once, no version tells.
    fn is_shown(&self, scope: &Scope) -> bool {
        !scope.is_public() || !self.versions.iter().any(|v| v.withheld)
    }
}

type Key = (String, String, String);

/// The histories of the rows that match, by list, agency and code: as a list needs them, without bases and parts, or whole.
async fn histories(q: &Queries, w: Where, is_whole: bool) -> Result<BTreeMap<Key, History>, QueryError> {
    let mut all: BTreeMap<Key, History> = BTreeMap::new();
    let column = |name: &'static str| if !is_whole && matches!(name, "bases" | "parts") { "'[]'" } else { name };
    let columns = LIST_ROWS.columns.iter().map(|c| column(c.name)).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {columns} FROM list_rows{} ORDER BY version", w.sql());
    for row in q.reader.all(sql, w.args).await? {
        let v = RowVersion::read(&mut Columns::of(&row))?;
        all.entry((v.list.clone(), v.agency.clone(), v.code.clone())).or_default().versions.push(v);
    }
    let sql = format!("SELECT {} FROM list_row_ends ORDER BY effective", LIST_ROW_ENDS.list());
    for row in q.reader.all(sql, vec![]).await? {
        let end = RowEnd::read(&mut Columns::of(&row))?;
        if let Some(history) = all.get_mut(&(end.list.clone(), end.agency.clone(), end.code.clone())) {
            history.ends.push(end);
        }
    }
    Ok(all)
}

pub(super) async fn counts(q: &Queries, scope: &Scope, on: Option<Date>) -> Result<Vec<ListCount>, QueryError> {
    let looked = Looked::at(q, on);
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for ((list, ..), history) in histories(q, w, false).await? {
        if history.is_shown(scope) && matches!(history.on(looked), Some((_, ItemState::InForce))) {
            *counts.entry(list).or_default() += 1;
        }
    }
    let known = q.services.words_of(LISTS, LIST).iter().map(|word| ListCount {
        list: word.id.to_owned(),
        text: super::describe::text(word.label),
        rows: counts.get(word.id).copied().unwrap_or_default(),
    });
    Ok(known.collect())
}

pub(super) async fn page(q: &Queries, scope: &Scope, list: &str, f: &RowFilter) -> Result<Page<ListRow>, QueryError> {
    let looked = Looked::at(q, f.on);
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("list = {}", list);
    if let Some(region) = &f.region {
        w.region("region", &region_code(region)?);
    }
    w.opt("agency = {}", f.agency.as_deref());
    let text = f.text.as_deref().map(folded);
    let wanted = |v: &RowVersion, state: ItemState| {
        f.state.is_none_or(|s| s == state)
            && text.as_ref().is_none_or(|text| folded(&v.name).contains(text) || folded(&v.code).contains(text))
    };
    let histories = histories(q, w, false).await?;
    let shown = histories.values().filter(|history| history.is_shown(scope));
    let found = shown.filter_map(|history| history.on(looked)).filter(|(v, state)| wanted(v, *state));
    let mut found: Vec<_> = found.map(|(v, state)| (v.clone(), state)).collect();
    match sort::ITEMS.read(f.sort.as_deref())? {
        Some(by) if by.column.name == "version" => by.sort(&mut found, |(v, _)| v.version),
        Some(by) if by.column.name == "effective" => by.sort(&mut found, |(v, _)| v.effective),
        // By agency and code, as they come.
        Some(by) if by.largest_first => found.reverse(),
        Some(_) | None => {}
    }
    let Page { mut rows, total, capped, page, size } = slice(found, f.paging())?;
    fill(q, list, &mut rows).await?;
    let names = Names::of_agencies(q, rows.iter().map(|(v, _)| v.agency.as_str())).await?;
    let rows = rows.iter().map(|(v, state)| row(q, &names, v, *state)).collect::<Result<_, _>>()?;
    Ok(Page { rows, total, capped, page, size })
}

/// Bases and parts of these rows of a list.
async fn fill(q: &Queries, list: &str, rows: &mut [(RowVersion, ItemState)]) -> Result<(), QueryError> {
    let codes: Vec<&str> = rows.iter().map(|(v, _)| v.code.as_str()).collect();
    let codes: Value = serde_json::to_string(&codes).unwrap_or_default().into();
    let sql = format!(
        "SELECT agency, code, version, bases, parts FROM list_rows WHERE list = $1 AND code IN {}",
        q.reader.list(2)
    );
    let mut said = BTreeMap::new();
    for row in q.reader.all(sql, vec![list.into(), codes]).await? {
        said.insert((row.text(0)?, row.text(1)?, row.int(2)?), (row.text(3)?, row.text(4)?));
    }
    for (v, _) in rows {
        if let Some(of) = said.remove(&(v.agency.clone(), v.code.clone(), i64::from(v.version))) {
            (v.bases, v.parts) = of;
        }
    }
    Ok(())
}

fn row(q: &Queries, names: &Names, v: &RowVersion, state: ItemState) -> Result<ListRow, QueryError> {
    let bases: Vec<Json> = super::json(&v.bases)?;
    Ok(ListRow {
        list: v.list.clone(),
        code: v.code.clone(),
        name: v.name.clone(),
        agency: v.agency.clone(),
        agency_name: names.agency(&v.agency),
        region: v.region.clone(),
        version: v.version,
        effective: v.effective,
        state,
        parts: parts(q, &v.parts)?,
        bases: bases.iter().map(|basis| item_file::basis(q, basis)).collect(),
    })
}

/// The parts of a row, in the words of its service.
fn parts(q: &Queries, stored: &str) -> Result<Vec<ListPartText>, QueryError> {
    let stored: Vec<Json> = super::json(stored)?;
    let part = |of: &Json| {
        let part = of["part"].as_str().unwrap_or_default();
        let field = format!("part.{part}");
        let label = q.services.label_of(LISTS, &field);
        ListPartText {
            part: part.to_owned(),
            label,
            value: q.services.read(LISTS, "", &field, &of["value"]),
            item: false,
        }
    };
    Ok(stored.iter().map(part).collect())
}

pub(super) async fn file(
    q: &Queries,
    scope: &Scope,
    (list, agency, code): (&str, &str, &str),
    on: Option<Date>,
) -> Result<Option<ListRowFile>, QueryError> {
    let looked = Looked::at(q, on);
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("list = {}", list).arg("agency = {}", agency).arg("code = {}", code);
    let histories = histories(q, w, true).await?;
    let Some(history) = histories.into_values().next().filter(|history| history.is_shown(scope)) else {
        return Ok(None);
    };
    let Some((shown, state)) = history.on(looked) else { return Ok(None) };
    let names = Names::of_agencies(q, std::iter::once(agency)).await?;
    let ended = history.ends(looked).last().filter(|_| state == ItemState::Cancelled);
    let mut row = row(q, &names, shown, state)?;
    for part in &mut row.parts {
        part.item = is_item(q, &part.value.zh).await?;
    }
    Ok(Some(ListRowFile {
        row,
        list: q.services.read(LISTS, "", LIST, &list.into()),
        on: looked.on,
        upto: looked.upto(),
        citations: citations(q, shown).await?,
        versions: versions(q, &history, looked)?,
        cancelled: ended.map(|end| (end.effective, ground(q, &end.ground, &end.document))),
    }))
}

/// Whether a text is the code of a power item on record.
async fn is_item(q: &Queries, text: &str) -> Result<bool, QueryError> {
    if text.parse::<law::id::ItemCode>().is_err() {
        return Ok(false);
    }
    let sql = "SELECT 1 FROM item_versions WHERE item = $1 LIMIT 1";
    Ok(q.reader.one(sql, vec![text.into()]).await?.is_some())
}

fn ground(q: &Queries, kind: &str, document: &str) -> Text {
    q.services.read(LISTS, "", "ground", &json!({ "kind": kind, "document": document }))
}

/// What came of each basis, if the version is the one published last.
async fn citations(q: &Queries, v: &RowVersion) -> Result<Vec<(String, Text)>, QueryError> {
    let sql = "SELECT citations FROM list_row_citations WHERE list = $1 AND agency = $2 AND code = $3 AND version = $4";
    let args = vec![v.list.as_str().into(), v.agency.as_str().into(), v.code.as_str().into(), v.version.into()];
    match q.reader.one(sql, args).await? {
        Some(row) => item_file::held(q, &row.text(0)?),
        None => Ok(Vec::new()),
    }
}

fn versions(q: &Queries, history: &History, looked: Looked) -> Result<Vec<ListRowVersion>, QueryError> {
    let known: Vec<&RowVersion> = history.versions.iter().filter(|v| looked.knew(v.published)).collect();
    let mut all = Vec::new();
    let mut before: Option<Vec<ListPartText>> = None;
    for v in &known {
        let next = known.iter().filter(|other| (other.effective, other.version) > (v.effective, v.version));
        let ends = history.ends.iter().filter(|end| looked.knew(end.published) && end.effective >= v.effective);
        let until = next.map(|other| other.effective).chain(ends.map(|end| end.effective)).min();
        let now = parts(q, &v.parts)?;
        all.push(ListRowVersion {
            version: v.version,
            published: v.published,
            effective: v.effective,
            until: until.and_then(|day| day.yesterday().ok()),
            ground: ground(q, &v.ground, &v.document),
            changes: before.as_deref().map(|before| changes(before, &now)).unwrap_or_default(),
        });
        before = Some(now);
    }
    Ok(all)
}

/// What differs between two versions, part by part.
fn changes(before: &[ListPartText], after: &[ListPartText]) -> Vec<(Text, Text, Text)> {
    let of = |parts: &[ListPartText], part: &str| {
        parts.iter().find(|p| p.part == part).map(|p| p.value.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|p| !after.iter().any(|now| now.part == p.part));
    let differs = |p: &&ListPartText| of(before, &p.part) != of(after, &p.part);
    let told = after.iter().chain(gone).filter(differs);
    told.map(|p| (p.label.clone(), of(before, &p.part), of(after, &p.part))).collect()
}
