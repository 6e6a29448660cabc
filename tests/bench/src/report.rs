//! Rows, their table, and `bench.json`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

/// Figures of one round, by what was measured.
pub type Round = BTreeMap<&'static str, f64>;

/// What is to be reached.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Ours at least this many times the reference.
    RatioAtLeast(f64),
    /// Ours at least this.
    AtLeast(f64),
    /// Ours at most this.
    AtMost(f64),
}

/// One metric.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Unit of all figures.
    pub unit: &'static str,
    /// Median of ours.
    pub ours: f64,
    /// Median of the physical limit, if there is one.
    pub limit: Option<f64>,
    /// Medians of others.
    pub peers: BTreeMap<&'static str, f64>,
    /// Ours over the reference that the goal names, or over the limit: median of the rounds' ratios.
    pub ratio: Option<f64>,
    /// The goal in words.
    pub goal: Option<String>,
    /// Whether it is met.
    pub goal_met: Option<bool>,
    /// Every round's figures.
    pub runs: Vec<Round>,
}

/// The name of our own figure in a round.
pub const OURS: &str = "ours";

impl Row {
    /// Makes a row of its rounds. `limit` names the physical limit among the figures, `against` what the ratio is to.
    pub fn of(
        name: impl Into<String>,
        unit: &'static str,
        limit: Option<&'static str>,
        against: Option<&'static str>,
        goal: Option<Goal>,
        runs: Vec<Round>,
    ) -> Self {
        let median_of = |what: &str| median(runs.iter().filter_map(|r| r.get(what).copied()));
        let ours = median_of(OURS).unwrap_or(f64::NAN);
        let ratio = against.and_then(|a| median(runs.iter().filter_map(|r| Some(r.get(OURS)? / r.get(a)?))));
        let named = against.unwrap_or_default();
        let (goal, goal_met) = match goal {
            None => (None, None),
            Some(Goal::RatioAtLeast(least)) => {
                (Some(format!("≥ {least} × {named}")), Some(ratio.is_some_and(|r| r >= least)))
            }
            Some(Goal::AtLeast(least)) => (Some(format!("≥ {least} {unit}")), Some(ours >= least)),
            Some(Goal::AtMost(most)) => (Some(format!("≤ {most} {unit}")), Some(ours <= most)),
        };
        let others = runs.iter().flat_map(|r| r.keys().copied()).filter(|k| *k != OURS && Some(*k) != limit);
        let peers = others.filter_map(|k| Some((k, median_of(k)?))).collect();
        Self { name: name.into(), unit, ours, limit: limit.and_then(median_of), peers, ratio, goal, goal_met, runs }
    }
}

/// The middle figure.
pub fn median(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.filter(|f| f.is_finite()).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

/// A figure with as many digits as mean something.
fn figure(value: f64) -> String {
    match value {
        v if v.is_nan() => "–".to_owned(),
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// The rows as a Markdown table.
pub fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| metric | unit | ours | limit | peers | ratio | goal | met |\n| --- | --- | ---: | ---: | --- | ---: | --- | --- |\n",
    );
    for row in rows {
        let peers: Vec<String> = row.peers.iter().map(|(name, value)| format!("{name} {}", figure(*value))).collect();
        let met = row.goal_met.map_or("", |met| if met { "yes" } else { "**no**" });
        _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {met} |",
            row.name,
            row.unit,
            figure(row.ours),
            row.limit.map(figure).unwrap_or_default(),
            peers.join(", "),
            row.ratio.map(|r| format!("{r:.2}")).unwrap_or_default(),
            row.goal.as_deref().unwrap_or_default(),
        );
    }
    out
}
