//! The figures of the views: how far they are behind, what they cannot show, how many clocks run.

use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
    sync::Arc,
    time::Duration,
};

use kernel::{
    Feed,
    figures::{DEADLINES_OPEN, Gauge, Level, PARKED, PROJECTION_LAG},
};
use tokio::{sync::watch, time::interval};

use crate::store::Reader;

/// So often they are looked at, as often as they are asked for where nobody says otherwise: two of them are sums over tables.
const EVERY: Duration = Duration::from_secs(15);

/// Tells them for ever.
pub(crate) async fn tell(
    feeds: &[Arc<dyn Feed>],
    offsets: watch::Receiver<BTreeMap<String, u64>>,
    reader: &Reader,
) -> Infallible {
    let of_feed =
        |gauge: &'static Gauge, feed: &Arc<dyn Feed>| gauge.level([("source", feed.source().to_owned().into())]);
    let lags: Vec<Level> = feeds.iter().map(|feed| of_feed(&PROJECTION_LAG, feed)).collect();
    let parked: Vec<Level> = feeds.iter().map(|feed| of_feed(&PARKED, feed)).collect();
    let mut running: HashMap<String, Level> = HashMap::new();
    let mut ticks = interval(EVERY);
    loop {
        ticks.tick().await;
        for (feed, lag) in feeds.iter().zip(&lags) {
            let known = offsets.borrow().get(feed.source()).copied().unwrap_or(0);
            lag.set(feed.head().saturating_sub(known));
        }
        // While the database is away, the log says so; the levels stay as they were last known.
        if let Ok(counts) = counts(reader, "SELECT source, COUNT(*) FROM parked GROUP BY source").await {
            for (feed, parked) in feeds.iter().zip(&parked) {
                parked.set(counts.get(feed.source()).copied().unwrap_or(0));
            }
        }
        let by_rule =
            "SELECT rule, CAST(SUM(dated + suspended + no_calendar) AS BIGINT) FROM running_clocks GROUP BY rule";
        if let Ok(counts) = counts(reader, by_rule).await {
            running.retain(|rule, _| counts.contains_key(rule));
            for (rule, count) in counts {
                let level = running
                    .entry(rule)
                    .or_insert_with_key(|rule| DEADLINES_OPEN.level([("rule", rule.clone().into())]));
                level.set(count);
            }
        }
    }
}

async fn counts(reader: &Reader, sql: &'static str) -> Result<HashMap<String, u64>, sqlx::Error> {
    reader.all(sql, Vec::new()).await?.iter().map(|row| Ok((row.text(0)?, row.count(1)?))).collect()
}
