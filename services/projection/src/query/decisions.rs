//! Decisions that stand on the web: what everybody may look up (APL 48).

use std::collections::BTreeMap;

use super::{
    Queries, QueryError,
    filter::{self, Where, contains, count, select},
    indicators::Period,
};
use crate::{
    model::{DecisionFilter, Page, PublicDecision, PublishedCounts, Scope},
    store::Row,
    views::cases::PUBLIC,
};

const COLUMNS: &str = "stream, decision_number, agency, agency_name, party, item_name, fine_fen, decided, publicised";

/// The decisions of a place that stand on the web today.
fn standing(mut place: Where) -> Where {
    place.raw(PUBLIC).raw("decided IS NOT NULL");
    place
}

fn published_in(w: &mut Where, from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) {
    w.opt("publicised >= {}", from).opt("publicised <= {}", to);
}

pub(super) async fn page(q: &Queries, scope: &Scope, f: &DecisionFilter) -> Result<Page<PublicDecision>, QueryError> {
    let mut w = standing(Where::at(scope, f.region.as_deref(), f.agency.as_deref())?);
    w.opt("item = {}", f.item.as_deref());
    published_in(&mut w, f.from, f.to);
    if let Some(text) = &f.text {
        let found = contains(&q.reader, "text");
        w.arg(&format!("stream IN (SELECT stream FROM case_search WHERE {found})"), text.to_lowercase());
    }
    let rows = select(&q.reader, COLUMNS, "cases", &w, "publicised DESC, stream DESC", f.paging()).await?;
    let decisions = rows.iter().map(decision).collect::<Result<_, _>>()?;
    Ok(filter::page(decisions, count(&q.reader, "cases", &w).await?, f.paging()))
}

fn decision(row: &Row) -> Result<PublicDecision, QueryError> {
    let stream = row.text(0)?;
    Ok(PublicDecision {
        case: stream.strip_prefix("case/").unwrap_or(&stream).to_owned(),
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

/// How many of them there are, and by month and agency how many came in the period.
pub(super) async fn counts(q: &Queries, place: &Where, period: &Period) -> Result<PublishedCounts, QueryError> {
    let all = standing(place.clone());
    let row = q.reader.one(format!("SELECT COUNT(*) FROM cases{}", all.sql()), all.args.clone()).await?;
    let mut w = all;
    published_in(&mut w, Some(period.from), Some(period.to));
    let sql = format!(
        "SELECT agency, MAX(agency_name), substr(publicised, 1, 7), COUNT(*) FROM cases{} \
         GROUP BY agency, substr(publicised, 1, 7)",
        w.sql()
    );
    let mut counts =
        PublishedCounts { all: row.map(|row| row.count(0)).transpose()?.unwrap_or(0), ..PublishedCounts::default() };
    let (mut months, mut agencies) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, (String, u64)>::new());
    for row in q.reader.all(sql, w.args).await? {
        let n = row.count(3)?;
        counts.period += n;
        *months.entry(row.text(2)?).or_default() += n;
        let agency = agencies.entry(row.text(0)?).or_insert((row.text(1)?, 0));
        agency.1 += n;
    }
    counts.months = period
        .all()
        .into_iter()
        .map(|month| {
            let n = months.get(&month).copied().unwrap_or_default();
            (month, n)
        })
        .collect();
    counts.agencies = agencies.into_iter().map(|(code, (name, n))| (code, name, n)).collect();
    counts.agencies.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    Ok(counts)
}
