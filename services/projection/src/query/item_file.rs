//! One power item as of a day, with its versions, its standard and its use.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    Queries, QueryError, audit, describe,
    filter::Where,
    findings,
    items::{Looked, histories, rows, seen},
};
use crate::{
    model::{
        BasisText, DutyText, Fee, FlowText, ItemFile, ItemState, ItemText, ItemUse, ItemVersion, OutcomeCount,
        PartText, Scope, Standard, Text, TierText,
    },
    store::{Columns, Row},
    views::items::{
        Cancellation, Draft, FEES, ITEM_CANCELLATIONS, ITEM_DRAFTS, ITEM_REVIEWS, ITEM_VERSIONS, LISTS, Review,
        STANDARDS, Version,
    },
};

/// An item's content as stored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Content {
    bases: Vec<Json>,
    outcomes: Vec<Json>,
    duties: Vec<Duty>,
    responsible: String,
    accountability: String,
    flow: Vec<Step>,
    supervision: String,
    /// Everything else.
    #[serde(flatten)]
    further: BTreeMap<String, Json>,
}

/// The fields of an item that are lists of lines, in the order in which they are shown.
const PARTS: [&str; 4] = ["allows", "measures", "otherwise", "terms"];

#[derive(Clone, Debug, Deserialize)]
struct Duty {
    stage: String,
    matter: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Step {
    name: String,
    limit: law::period::Period,
}

/// A value as the lists read it.
fn read_as(q: &Queries, field: &str, value: &Json) -> Text {
    q.services.read(LISTS, "", field, value)
}

impl Content {
    fn text(&self, q: &Queries) -> ItemText {
        ItemText {
            bases: self.bases.iter().map(|of| basis(q, of)).collect(),
            outcomes: self.outcomes.iter().map(|of| read_as(q, "outcomes", of)).collect(),
            parts: PARTS.iter().filter_map(|field| self.part(q, field)).collect(),
            duties: self
                .duties
                .iter()
                .map(|duty| DutyText { stage: duty.stage.clone(), matter: duty.matter.clone() })
                .collect(),
            responsible: self.responsible.clone(),
            accountability: self.accountability.clone(),
            flow: self
                .flow
                .iter()
                .map(|step| FlowText {
                    name: step.name.clone(),
                    limit: Text::new(step.limit.to_zh(), step.limit.to_en()),
                })
                .collect(),
            supervision: self.supervision.clone(),
        }
    }

    fn part(&self, q: &Queries, field: &str) -> Option<PartText> {
        let lines = self.further.get(field)?.as_array().filter(|lines| !lines.is_empty())?;
        let lines = lines.iter().map(|line| read_as(q, field, line)).collect();
        Some(PartText { label: describe::label(q.services.vocabulary(LISTS), "", field), lines })
    }
}

pub(super) fn basis(q: &Queries, value: &Json) -> BasisText {
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    BasisText {
        statute: text("statute"),
        level: read_as(q, "level", &value["level"]),
        version: text("version").parse().ok(),
        article: text("article"),
        summary: text("summary"),
    }
}

/// All rows of one table about one item.
async fn of_item(q: &Queries, columns: &str, table: &str, order: &str, item: &str) -> Result<Vec<Row>, QueryError> {
    let sql = format!("SELECT {columns} FROM {table} WHERE item = $1 ORDER BY {order}");
    Ok(q.reader.all(sql, vec![item.into()]).await?)
}

pub(super) async fn file(
    q: &Queries,
    scope: &Scope,
    item: &str,
    on: Option<Date>,
) -> Result<Option<ItemFile>, QueryError> {
    let looked = Looked::at(q, on);
    let on = looked.on;
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("item = {}", item);
    let histories = histories(q, &w).await?;
    let Some((history, (head, state))) = histories.get(item).and_then(|h| Some((h, h.on(on)?))) else {
        return Ok(None);
    };
    if scope.is_public() && state == ItemState::Draft {
        return Ok(None);
    }
    let Some(row) = rows(q, scope, vec![(head.clone(), state)], looked).await?.pop() else { return Ok(None) };
    let mut published =
        read(of_item(q, &ITEM_VERSIONS.list(), "item_versions", "effective, version", item).await?, Version::read)?;
    let mut drafted = read(of_item(q, &ITEM_DRAFTS.list(), "item_drafts", "version", item).await?, Draft::read)?;
    let mut reviewed = read(of_item(q, &ITEM_REVIEWS.list(), "item_reviews", "version", item).await?, Review::read)?;
    let mut cancelled = read(
        of_item(q, &ITEM_CANCELLATIONS.list(), "item_cancellations", "effective", item).await?,
        Cancellation::read,
    )?;
    // A past day knew nothing of what came later.
    published.retain(|v| looked.knew(v.published));
    drafted.retain(|d| looked.knew(d.drafted));
    reviewed.retain(|r| looked.knew(r.reviewed));
    cancelled.retain(|c| looked.knew(c.published));
    let content = published
        .iter()
        .find(|v| v.version == head.version)
        .map(|v| v.content.as_str())
        .or_else(|| drafted.iter().find(|d| d.version == head.version).map(|d| d.content.as_str()));
    let content: Content = content.map(super::json).transpose()?.unwrap_or_default();
    let standards = standards(q, item, looked).await?;
    let standard = standards.iter().rev().find(|s| s.effective <= on).cloned();
    let mut timeline: Vec<_> = audit::of_stream(q, LISTS, &format!("item/{item}"))
        .await?
        .iter()
        .map(|line| describe::entry(&q.services, line))
        .collect::<Result<_, _>>()?;
    if scope.is_public() {
        timeline.retain(|e| e.kind.contains("Published") || e.kind.contains("Cancelled"));
    }
    timeline.retain(|e| e.day <= on);
    let incomplete = q.reader.one(
        "SELECT 1 FROM parked WHERE stream = $1 AND source = $2 LIMIT 1",
        vec![format!("item/{item}").into(), LISTS.into()],
    );
    Ok(Some(ItemFile {
        on,
        content: content.text(q),
        citations: citations(q, item, head.version).await?,
        versions: versions(q, &published, &drafted, &reviewed, &cancelled, scope)?,
        cancelled: history.ends(on).max().filter(|_| state == ItemState::Cancelled),
        upto: looked.upto(),
        standards: standards.iter().map(|s| (s.version, s.effective, s.document.clone())).collect(),
        standard: match standard {
            Some(standard) => Some(with_use(q, scope, item, standard, looked).await?),
            None => None,
        },
        fee: fee(q, item, looked).await?,
        usage: usage(q, scope, item, looked).await?,
        timeline,
        incomplete: incomplete.await?.is_some(),
        row,
    }))
}

/// What came of each basis, if the version is the one published last.
async fn citations(q: &Queries, item: &str, version: u32) -> Result<Vec<(String, Text)>, QueryError> {
    let sql = "SELECT citations FROM item_citations WHERE item = $1 AND version = $2";
    let Some(row) = q.reader.one(sql, vec![item.into(), version.into()]).await? else { return Ok(Vec::new()) };
    held(q, &row.text(0)?)
}

/// What came of each basis, as recorded.
pub(super) fn held(q: &Queries, citations: &str) -> Result<Vec<(String, Text)>, QueryError> {
    let held: Vec<crate::event::Citation> = super::json(citations)?;
    let said = |c: crate::event::Citation| {
        let text = read_as(q, "citations", &json!({"held": c.held.as_str()}));
        (c.held, text)
    };
    Ok(held.into_iter().map(said).collect())
}

fn read<T>(rows: Vec<Row>, one: fn(&mut Columns<'_>) -> Result<T, sqlx::Error>) -> Result<Vec<T>, QueryError> {
    rows.iter().map(|row| Ok(one(&mut Columns::of(row))?)).collect()
}

/// Every version with what happened to it; for the public the published ones.
fn versions(
    q: &Queries,
    published: &[Version],
    drafted: &[Draft],
    reviewed: &[Review],
    cancelled: &[Cancellation],
    scope: &Scope,
) -> Result<Vec<ItemVersion>, QueryError> {
    let mut numbers: Vec<u32> = published.iter().map(|v| v.version).collect();
    if !scope.is_public() {
        numbers.extend(drafted.iter().map(|d| d.version));
    }
    numbers.sort_unstable();
    numbers.dedup();
    let mut before: Option<&str> = None;
    let mut all = Vec::new();
    for version in numbers {
        let p = published.iter().find(|v| v.version == version);
        let d = drafted.iter().find(|d| d.version == version);
        let r = reviewed.iter().find(|r| r.version == version);
        let content = p.map(|p| p.content.as_str()).or_else(|| d.map(|d| d.content.as_str()));
        let effective = p.map(|p| p.effective);
        all.push(ItemVersion {
            version,
            drafted: d.map(|d| d.drafted),
            ground: d.map(|d| ground(q, d)).unwrap_or_default(),
            reviewed: r.map(|r| (r.reviewed, r.passed)),
            opinion: r.map(|r| r.opinion.clone()).filter(|opinion| !opinion.is_empty()),
            published: p.map(|p| p.published),
            effective,
            until: effective.and_then(|from| until(from, version, published, cancelled)),
            published_at: p.map(|p| p.published_at.clone()),
            changes: match (before, content) {
                (Some(before), Some(content)) => changes(q, before, content)?,
                _ => Vec::new(),
            },
        });
        before = content.or(before);
    }
    Ok(all)
}

fn ground(q: &Queries, draft: &Draft) -> Text {
    read_as(q, "ground", &json!({"kind": draft.ground, "document": draft.document}))
}

/// The day before the next version or the cancellation.
fn until(from: Date, version: u32, published: &[Version], cancelled: &[Cancellation]) -> Option<Date> {
    let next = published.iter().filter(|v| (v.effective, v.version) > (from, version)).map(|v| v.effective);
    let end = cancelled.iter().map(|c| c.effective).filter(|on| *on >= from);
    next.chain(end).min().and_then(|day| day.yesterday().ok())
}

/// What differs between two contents, field by field.
fn changes(q: &Queries, before: &str, after: &str) -> Result<Vec<(Text, String, String)>, QueryError> {
    let (before, after) = (describe::Data::parse(before)?, describe::Data::parse(after)?);
    let names = after.names().chain(before.names().filter(|name| after.get(name).is_none()));
    let changed = names.filter(|name| before.get(name) != after.get(name));
    Ok(changed.map(|name| describe::change(&q.services, LISTS, name, &before, &after)).collect())
}

async fn standards(q: &Queries, item: &str, looked: Looked) -> Result<Vec<Standard>, QueryError> {
    let rows = of_item(q, &STANDARDS.list(), "standards", "effective, version", item).await?;
    let mut kept = read(rows, crate::views::items::Standard::read)?;
    kept.retain(|standard| looked.knew(standard.published));
    let tier = |tier: &Json| {
        let text = |field: &str| tier[field].as_str().unwrap_or_default().to_owned();
        TierText {
            code: text("code"),
            level: read_as(q, "tier", &tier["level"]),
            circumstances: text("circumstances"),
            outcomes: tier["outcomes"]
                .as_array()
                .map(|all| all.iter().map(|of| read_as(q, "outcomes", of)).collect())
                .unwrap_or_default(),
            used: 0,
        }
    };
    let standard = |s: crate::views::items::Standard| {
        let tiers: Vec<Json> = super::json(&s.tiers)?;
        let tiers = tiers.iter().map(tier).collect();
        Ok(Standard { version: s.version, effective: s.effective, document: s.document, tiers })
    };
    kept.into_iter().map(standard).collect()
}

/// Adds how often decisions cite each tier.
async fn with_use(
    q: &Queries,
    scope: &Scope,
    item: &str,
    mut standard: Standard,
    looked: Looked,
) -> Result<Standard, QueryError> {
    let mut w = seen(q, scope, looked)?;
    w.arg("item = {}", item).raw("decided IS NOT NULL AND tier IS NOT NULL").opt("decided <= {}", looked.upto());
    let sql = format!("SELECT tier, COUNT(*) FROM matters{} GROUP BY tier", w.sql());
    for row in q.reader.all(sql, w.args).await? {
        let code = row.text(0)?;
        if let Some(tier) = standard.tiers.iter_mut().find(|tier| tier.code == code) {
            tier.used = row.count(1)?;
        }
    }
    Ok(standard)
}

async fn fee(q: &Queries, item: &str, looked: Looked) -> Result<Option<Fee>, QueryError> {
    let fees = read(of_item(q, &FEES.list(), "fees", "effective", item).await?, crate::views::items::Fee::read)?;
    let Some(fee) = fees.into_iter().rev().find(|fee| fee.effective <= looked.on && looked.knew(fee.published)) else {
        return Ok(None);
    };
    let basis = super::json(&fee.basis)?;
    Ok(Some(Fee {
        name: fee.name,
        basis: read_as(q, "bases", &basis).zh.into_owned(),
        standard_fen: fee.standard_fen,
        unit: fee.unit,
        effective: fee.effective,
    }))
}

async fn usage(q: &Queries, scope: &Scope, item: &str, looked: Looked) -> Result<ItemUse, QueryError> {
    let mut w = seen(q, scope, looked)?;
    w.arg("item = {}", item);
    let mut fined = w.clone();
    let by = looked.upto().map(|day| format!(" AND decided <= {}", fined.place(day))).unwrap_or_default();
    let fine = format!("CASE WHEN imposed_fen > 0{by} THEN imposed_fen END");
    let sql = format!(
        "SELECT COUNT(*), MIN({fine}), MAX({fine}), CAST(COALESCE(SUM({fine}), 0) AS BIGINT) FROM matters{}",
        fined.sql()
    );
    let Some(row) = q.reader.one(sql, fined.args).await? else { return Ok(ItemUse::default()) };
    let findings = if scope.is_public() { 0 } else { findings::on_item(q, scope, item, looked.upto()).await? };
    Ok(ItemUse {
        cases: row.count(0)?,
        outcomes: outcomes(q, w, looked).await?,
        fine_low_fen: row.opt_int(1)?,
        fine_high_fen: row.opt_int(2)?,
        fine_sum_fen: row.int(3)?,
        findings,
    })
}

/// What decisions came to: what services count in any case, and whatever else there is.
async fn outcomes(q: &Queries, mut w: Where, looked: Looked) -> Result<Vec<OutcomeCount>, QueryError> {
    let all = q.services.matters().flat_map(|card| card.outcomes.iter().map(move |outcome| (card, outcome)));
    let counted = all.filter(|(_, outcome)| !outcome.counted.is_empty());
    let mut counts: Vec<OutcomeCount> = counted
        .map(|(card, outcome)| OutcomeCount {
            kind: card.kind.to_owned(),
            outcome: outcome.id.to_owned(),
            text: describe::text(outcome.counted),
            decided: 0,
        })
        .collect();
    w.raw("decided IS NOT NULL").opt("decided <= {}", looked.upto());
    let sql = format!(
        "SELECT source, kind, outcome, COUNT(*) FROM matters{} GROUP BY source, kind, outcome ORDER BY source, kind, outcome",
        w.sql()
    );
    for row in q.reader.all(sql, w.args).await? {
        let (source, kind, outcome, decided) = (row.text(0)?, row.text(1)?, row.text(2)?, row.count(3)?);
        match counts.iter_mut().find(|at| at.kind == kind && at.outcome == outcome) {
            Some(at) => at.decided = decided,
            None => {
                let card = q.services.matter(&source, &kind).and_then(|card| card.outcome(&outcome));
                let text = card.map_or_else(|| Text::same(outcome.clone()), |card| describe::text(card.label));
                counts.push(OutcomeCount { kind, outcome, text, decided });
            }
        }
    }
    Ok(counts)
}
