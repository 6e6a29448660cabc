//! Rules, with how often each spoke.

use std::collections::HashMap;

use super::{Queries, QueryError, filter::Where};
use crate::model::{RuleUse, Scope, Text};

#[derive(Clone, Copy, Default)]
struct Uses {
    counts: [u64; 6],
    running: u64,
    overdue: u64,
}

pub(super) async fn all(q: &Queries, scope: &Scope) -> Result<Vec<RuleUse>, QueryError> {
    let uses = if scope.is_public() { HashMap::new() } else { uses(q, scope).await? };
    let row = |rule: &&'static law::Rule| {
        let used = uses.get(rule.id).copied().unwrap_or_default();
        let [satisfied, violated, refused, met, missed, not_checked] = used.counts;
        RuleUse {
            id: rule.id.to_owned(),
            name: Text::label(rule.name.zh, rule.name.en),
            kind: rule.kind,
            citation: Text::new(rule.citation_zh(), rule.citation_en()),
            text: Text::label(rule.zh, rule.en),
            plans: rule.plans.iter().map(|&plan| plan.to_owned()).collect(),
            params: rule.params.to_vec(),
            since: rule.since,
            until: rule.until,
            satisfied,
            violated,
            refused,
            not_checked,
            running: used.running,
            overdue: used.overdue,
            missed,
            met,
            allows: rule.tests.allows.iter().map(|&test| test.to_owned()).collect(),
            refuses: rule.tests.refuses.iter().map(|&test| test.to_owned()).collect(),
        }
    };
    Ok(q.services.rules().iter().map(row).collect())
}

async fn uses(q: &Queries, scope: &Scope) -> Result<HashMap<String, Uses>, QueryError> {
    let mut w = Where::default();
    w.scope(scope, "region", "agency");
    let columns = ["satisfied", "violated", "refused", "met", "missed", "not_checked"];
    let columns = columns.map(|c| format!("CAST(SUM({c}) AS BIGINT)"));
    let sql = format!("SELECT rule, {} FROM rule_use{} GROUP BY rule", columns.join(", "), w.sql());
    let mut uses: HashMap<String, Uses> = HashMap::new();
    for row in q.reader.all(sql, w.args.clone()).await? {
        let counts = &mut uses.entry(row.text(0)?).or_default().counts;
        for (at, count) in counts.iter_mut().enumerate() {
            *count = row.count(at + 1)?;
        }
    }
    w.raw("state = 'running'");
    let at = w.args.len() + 1;
    let sql = format!(
        "SELECT rule, COUNT(*), COUNT(CASE WHEN due_us < ${at} THEN 1 END) FROM deadlines{} GROUP BY rule",
        w.sql()
    );
    w.args.push(q.now().us().into());
    for row in q.reader.all(sql, w.args).await? {
        let used = uses.entry(row.text(0)?).or_default();
        (used.running, used.overdue) = (row.count(1)?, row.count(2)?);
    }
    Ok(uses)
}
