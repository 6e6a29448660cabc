//! Decisions that stand on the web: what everybody may look up.

use std::collections::BTreeMap;

use super::{
    Queries, QueryError,
    filter::{self, Where, count, select},
    indicators::Period,
    names::Names,
    search, sort,
};
use crate::{
    model::{DecisionFilter, Page, Paging, PublicDecision, PublishedCounts, Scope},
    store::{Row, month_text},
    views::matters::PUBLIC,
};

const COLUMNS: &str = "id, decision_number, agency, agency_name, party, item_name, imposed_fen, decided, published";

const ORDER: &str = "published DESC, stream DESC";

/// The decisions of a place that stand on the web today.
fn standing(mut place: Where) -> Where {
    place.raw(PUBLIC).raw("decided IS NOT NULL");
    place
}

fn published_in(w: &mut Where, from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) {
    w.opt("published >= {}", from).opt("published <= {}", to);
}

pub(super) async fn page(q: &Queries, scope: &Scope, f: &DecisionFilter) -> Result<Page<PublicDecision>, QueryError> {
    let mut w = standing(Where::at(scope, f.region.as_deref(), f.agency.as_deref())?);
    w.opt("item = {}", f.item.as_deref());
    published_in(&mut w, f.from, f.to);
    if let Some(text) = &f.text {
        match search::few(q, text, f.paging().count_max()).await? {
            Some(few) => search::among(q, &mut w, &few),
            None => search::containing(q, &mut w, text),
        }
    }
    let order = sort::DECISIONS.order(f.sort.as_deref())?.unwrap_or_else(|| ORDER.to_owned());
    let rows = select(&q.reader, COLUMNS, "matters", &w, &order, f.paging()).await?;
    let decisions = rows.iter().map(decision).collect::<Result<_, _>>()?;
    Ok(filter::page(decisions, count(&q.reader, "matters", &w, f.paging()).await?, f.paging()))
}

fn decision(row: &Row) -> Result<PublicDecision, QueryError> {
    Ok(PublicDecision {
        case: row.text(0)?,
        number: row.text(1)?,
        agency: row.text(2)?,
        agency_name: row.text(3)?,
        party: row.text(4)?,
        item_name: row.text(5)?,
        fine_fen: row.int(6)?,
        decided: row.day(7)?,
        publicised: row.day(8)?,
    })
}

/// The latest that came to stand there.
pub(super) async fn latest(q: &Queries, place: Where, most: u32) -> Result<Vec<PublicDecision>, QueryError> {
    let rows = select(&q.reader, COLUMNS, "matters", &standing(place), ORDER, Paging::first(most)).await?;
    rows.iter().map(decision).collect()
}

/// How many of them there are, and by month and agency how many came in the period.
pub(super) async fn counts(q: &Queries, place: &Where, period: &Period) -> Result<PublishedCounts, QueryError> {
    let sql = format!(
        "SELECT agency, month, CAST(SUM(published) AS BIGINT) FROM scorecard{} GROUP BY agency, month",
        place.sql()
    );
    let mut counts = PublishedCounts::default();
    let mut months: BTreeMap<String, u64> = period.all().into_iter().map(|month| (month, 0)).collect();
    let mut agencies = BTreeMap::<String, u64>::new();
    let (from, to) = (month_text(period.from), month_text(period.to));
    for row in q.reader.all(sql, place.args.clone()).await? {
        let (agency, month, n) = (row.text(0)?, row.text(1)?, row.count(2)?);
        counts.all += n;
        if n > 0 && from <= month && month <= to {
            counts.period += n;
            *agencies.entry(agency).or_default() += n;
            if let Some(of_month) = months.get_mut(&month) {
                *of_month += n;
            }
        }
    }
    let names = Names::of_agencies(q, agencies.keys().map(String::as_str)).await?;
    counts.months = months.into_iter().collect();
    counts.agencies = agencies
        .into_iter()
        .map(|(code, n)| {
            let name = names.agency(&code);
            (code, name, n)
        })
        .collect();
    counts.agencies.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    Ok(counts)
}
