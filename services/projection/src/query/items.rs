//! The list of power items as of a day.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{Timestamp, civil::Date};
use kernel::text::folded;

use super::{
    Queries, QueryError, cases,
    filter::{Where, region_code, slice},
    names::Names,
    sort,
};
use crate::{
    model::{CaseFilter, ItemFilter, ItemRow, ItemState, Page, Scope},
    store::{Row, Value},
    views::items::LISTS,
};

/// What a list needs of one version, drafted or published.
#[derive(Clone, Debug)]
pub(super) struct Head {
    item: String,
    pub(super) version: u32,
    /// The day it was published, or of a draft the day it was drafted.
    known: Date,
    /// None for a draft.
    effective: Option<Date>,
    base_code: String,
    name: String,
    subitem: Option<String>,
    kind: String,
    agency: String,
    region: String,
    field: String,
}

const HEAD: &str = "item, version, base_code, name, subitem, kind, agency, region, field";

/// What a reader is told of the past counts up to the day looked at; of today everything counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    pub(super) on: Date,
    past: bool,
}

impl Looked {
    pub(super) fn at(q: &Queries, on: Option<Date>) -> Self {
        let today = q.today();
        let on = on.unwrap_or(today);
        Self { on, past: on < today }
    }

    /// The last day that counts, where it is not today.
    pub(super) fn upto(self) -> Option<Date> {
        self.past.then_some(self.on)
    }

    /// Whether what came about at a moment was known on the day.
    pub(super) fn knew(self, at: Timestamp) -> bool {
        law::day_of(at) <= self.on
    }
}

fn head(row: &Row, published: bool) -> Result<Head, QueryError> {
    Ok(Head {
        item: row.text(0)?,
        version: u32::try_from(row.int(1)?).unwrap_or_default(),
        base_code: row.text(2)?,
        name: row.text(3)?,
        subitem: row.opt_text(4)?,
        kind: row.text(5)?,
        agency: row.text(6)?,
        region: row.text(7)?,
        field: row.text(8)?,
        known: law::day_of(row.time(9)?),
        effective: if published { row.opt_day(10)? } else { None },
    })
}

/// Everything a day's list is made of, item by item.
#[derive(Default)]
pub(super) struct History {
    published: Vec<Head>,
    drafted: Vec<Head>,
    /// The day each end was published, and the first day without the item.
    cancelled: Vec<(Date, Date)>,
}

impl History {
    /// The version and the state of a day, as they were known that day: a version is nothing before it is published.
    pub(super) fn on(&self, day: Date) -> Option<(&Head, ItemState)> {
        let published = || self.published.iter().filter(|head| head.known <= day);
        let in_force = published().filter(|head| head.effective.is_some_and(|from| from <= day));
        let last = in_force.max_by_key(|head| (head.effective, head.version));
        let cancelled = |since: Option<Date>| self.ends(day).any(|end| Some(end) >= since);
        match last {
            Some(head) if cancelled(head.effective) => Some((head, ItemState::Cancelled)),
            Some(head) => Some((head, ItemState::InForce)),
            None => match published().min_by_key(|head| (head.effective, head.version)) {
                Some(head) => Some((head, ItemState::Coming)),
                None => self.drafted.iter().rfind(|head| head.known <= day).map(|head| (head, ItemState::Draft)),
            },
        }
    }

    /// The ends that had come by a day.
    pub(super) fn ends(&self, day: Date) -> impl Iterator<Item = Date> {
        self.cancelled.iter().filter(move |(known, end)| *known <= day && *end <= day).map(|(_, end)| *end)
    }
}

/// The histories of the items that match, by code.
pub(super) async fn histories(q: &Queries, w: &Where) -> Result<BTreeMap<String, History>, QueryError> {
    let mut all: BTreeMap<String, History> = BTreeMap::new();
    let sql = format!("SELECT {HEAD}, published, effective FROM item_versions{}", w.sql());
    for row in q.reader.all(sql, w.args.clone()).await? {
        let head = head(&row, true)?;
        all.entry(head.item.clone()).or_default().published.push(head);
    }
    let sql = format!("SELECT {HEAD}, drafted FROM item_drafts{} ORDER BY item, version", w.sql());
    for row in q.reader.all(sql, w.args.clone()).await? {
        let head = head(&row, false)?;
        let item = head.item.clone();
        all.entry(item).or_default().drafted.push(head);
    }
    for row in q.reader.all("SELECT item, published, effective FROM item_cancellations", vec![]).await? {
        if let Some(history) = all.get_mut(&row.text(0)?) {
            history.cancelled.push((law::day_of(row.time(1)?), row.day(2)?));
        }
    }
    Ok(all)
}

pub(super) async fn page(q: &Queries, scope: &Scope, f: &ItemFilter) -> Result<Page<ItemRow>, QueryError> {
    let looked = Looked::at(q, f.on);
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    if let Some(region) = &f.region {
        w.region("region", &region_code(region)?);
    }
    w.opt("agency = {}", f.agency.as_deref());
    let text = f.text.as_deref().map(folded);
    let wanted = |head: &Head, state: ItemState| {
        f.kind.as_ref().is_none_or(|kind| *kind == head.kind)
            && f.field.as_ref().is_none_or(|field| *field == head.field)
            && f.state.is_none_or(|s| s == state)
            && (!scope.is_public() || state != ItemState::Draft)
            && text.as_ref().is_none_or(|text| folded(&head.name).contains(text) || folded(&head.item).contains(text))
    };
    let histories = histories(q, &w).await?;
    let found =
        histories.values().filter_map(|history| history.on(looked.on)).filter(|(head, state)| wanted(head, *state));
    let mut found: Vec<_> = found.map(|(head, state)| (head.clone(), state)).collect();
    match sort::ITEMS.read(f.sort.as_deref())? {
        Some(by) if by.column.name == "version" => by.sort(&mut found, |(head, _)| head.version),
        Some(by) if by.column.name == "effective" => by.sort(&mut found, |(head, _)| head.effective),
        // By code, as they come.
        Some(by) if by.largest_first => found.reverse(),
        Some(_) | None => {}
    }
    let page = slice(found, f.paging())?;
    let Page { rows, total, capped, page, size } = page;
    Ok(Page { rows: self::rows(q, scope, rows, looked).await?, total, capped, page, size })
}

/// The cases that a reader may see, up to the day looked at; for the public, those whose decision stands on the web.
pub(super) fn seen(q: &Queries, scope: &Scope, looked: Looked) -> Result<Where, QueryError> {
    let mut w = cases::conditions(q, Where::at(scope, None, None)?, scope, &CaseFilter::default());
    w.opt(if scope.is_public() { "published <= {}" } else { "opened <= {}" }, looked.upto());
    Ok(w)
}

/// How many of these cases cite each of these items.
async fn cited(q: &Queries, scope: &Scope, items: &Value, looked: Looked) -> Result<HashMap<String, u64>, QueryError> {
    let (mut w, count, from) = match looked.upto() {
        // The counters tell of today alone.
        None if scope.is_public() => (Where::at(scope, None, None)?, "SUM(published)", "item_use"),
        None => (Where::at(scope, None, None)?, "SUM(matters)", "item_use"),
        Some(_) => (seen(q, scope, looked)?, "COUNT(*)", "matters"),
    };
    w.args.push(items.clone());
    w.raw(&format!("item IN {}", q.reader.list(w.args.len())));
    let sql = format!("SELECT item, CAST({count} AS BIGINT) FROM {from}{} GROUP BY item", w.sql());
    let mut cases = HashMap::new();
    for row in q.reader.all(sql, w.args).await? {
        cases.insert(row.text(0)?, row.count(1)?);
    }
    Ok(cases)
}

pub(super) async fn rows(
    q: &Queries,
    scope: &Scope,
    heads: Vec<(Head, ItemState)>,
    looked: Looked,
) -> Result<Vec<ItemRow>, QueryError> {
    let names = Names::of_agencies(q, heads.iter().map(|(head, _)| head.agency.as_str())).await?;
    let codes: Vec<&str> = heads.iter().map(|(head, _)| head.item.as_str()).collect();
    let list: Value = serde_json::to_string(&codes).unwrap_or_default().into();
    let cases = cited(q, scope, &list, looked).await?;
    let sql = format!("SELECT item, published FROM standards WHERE effective <= $2 AND item IN {}", q.reader.list(1));
    let mut standards = HashSet::new();
    for row in q.reader.all(sql, vec![list, looked.on.into()]).await? {
        if looked.knew(row.time(1)?) {
            standards.insert(row.text(0)?);
        }
    }
    let row = |(head, state): (Head, ItemState)| ItemRow {
        agency_name: names.agency(&head.agency),
        cases: cases.get(&head.item).copied().unwrap_or_default(),
        has_standard: standards.contains(&head.item),
        kind_text: q.services.read(LISTS, "", "kind", &head.kind.as_str().into()),
        item: head.item,
        base_code: head.base_code,
        name: head.name,
        subitem: head.subitem,
        kind: head.kind,
        agency: head.agency,
        region: head.region,
        field: head.field,
        version: head.version,
        effective: head.effective,
        state,
    };
    Ok(heads.into_iter().map(row).collect())
}

/// Items in force on a day, counted by agency.
pub(super) async fn in_force_by_agency(q: &Queries, w: &Where, day: Date) -> Result<BTreeMap<String, u64>, QueryError> {
    let mut counts = BTreeMap::new();
    for history in histories(q, w).await?.values() {
        if let Some((head, ItemState::InForce)) = history.on(day) {
            *counts.entry(head.agency.clone()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The items of an agency that most cases cite.
pub(super) async fn most_used(q: &Queries, scope: &Scope, agency: &str, most: u32) -> Result<Vec<ItemRow>, QueryError> {
    let f = ItemFilter {
        agency: Some(agency.to_owned()),
        state: Some(ItemState::InForce),
        size: crate::model::PAGE_SIZE_MAX,
        ..ItemFilter::default()
    };
    let mut rows = page(q, scope, &f).await?.rows;
    rows.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.item.cmp(&b.item)));
    rows.truncate(most as usize);
    Ok(rows)
}
