//! Sums of the counters over a period, and the indicators made of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::vocabulary::{Counts, IndicatorCard, MatterCard};

use super::{Queries, QueryError, describe::text, filter::Where, officers::Acting};
use crate::{
    model::{
        Behind, CaseFilter, DeadlineFilter, FindingCounts, FindingFilter, FindingKind, Indicator, Link, MonthCount,
        OfficerFilter, Text,
    },
    services::{Services, clock_of},
    store::{Row, month_text},
    views::scorecard::Counter,
};

/// Whole months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// Most months an overview draws.
const MONTHS_MAX: usize = 120;

impl Period {
    /// The period asked for, widened to whole months; the current year up to this month if nothing is asked.
    pub(super) fn of(from: Option<Date>, to: Option<Date>, today: Date) -> Self {
        let to = to.unwrap_or(today);
        let from = from.unwrap_or_else(|| to.first_of_year()).min(to);
        Self { from: from.first_of_month(), to: to.last_of_month() }
    }

    /// The conditions on the counters' months.
    pub(super) fn months(&self, w: &mut Where) {
        w.arg("month >= {}", month_text(self.from)).arg("month <= {}", month_text(self.to));
    }

    /// Every month in it, oldest first; the last ones if it is very long.
    pub(super) fn all(&self) -> Vec<String> {
        let months = self.from.series(jiff::Span::new().months(1)).take_while(|day| *day <= self.to);
        let all: Vec<String> = months.map(month_text).collect();
        all[all.len().saturating_sub(MONTHS_MAX)..].to_vec()
    }
}

/// The counters of one agency, or of many, over a period.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    counters: [i64; Counter::NAMES.len()],
    /// What passes and what is counted, by the indicators of the services.
    declared: BTreeMap<String, (i64, i64)>,
}

impl Default for Sums {
    fn default() -> Self {
        Self { counters: [0; Counter::NAMES.len()], declared: BTreeMap::new() }
    }
}

impl Sums {
    pub(super) fn get(&self, counter: Counter) -> i64 {
        self.counters[counter as usize]
    }

    pub(super) fn count(&self, counter: Counter) -> u64 {
        u64::try_from(self.get(counter)).unwrap_or_default()
    }

    fn declared(&self, indicator: &str) -> (i64, i64) {
        self.declared.get(indicator).copied().unwrap_or_default()
    }

    fn read(row: &Row, first: usize) -> Result<Self, QueryError> {
        let mut sums = Self::default();
        for (at, sum) in sums.counters.iter_mut().enumerate() {
            *sum = row.int(first + at)?;
        }
        Ok(sums)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.counters.iter_mut().zip(other.counters).for_each(|(a, b)| *a += b);
        for (indicator, (passed, counted)) in &other.declared {
            let sum = self.declared.entry(indicator.clone()).or_default();
            *sum = (sum.0 + passed, sum.1 + counted);
        }
    }

    /// Findings that events prove, and beside them the overdue deadlines that ran out in the same days.
    pub(super) fn findings(&self, overdue: u64) -> FindingCounts {
        FindingCounts {
            high: self.count(Counter::violations),
            medium: self.count(Counter::missed_deadlines) + self.count(Counter::missing_duties) + overdue,
            low: self.count(Counter::late_recordings),
            prevented: self.count(Counter::refused_attempts),
            not_checked: self.count(Counter::not_checked),
        }
    }
}

fn columns() -> String {
    Counter::NAMES.iter().map(|name| format!("CAST(SUM({name}) AS BIGINT)")).collect::<Vec<_>>().join(", ")
}

/// Sums per agency.
pub(super) async fn by_agency(
    q: &Queries,
    mut w: Where,
    period: &Period,
) -> Result<BTreeMap<String, Sums>, QueryError> {
    period.months(&mut w);
    let sql = format!("SELECT agency, {} FROM scorecard{} GROUP BY agency", columns(), w.sql());
    let mut all = BTreeMap::new();
    for row in q.reader.all(sql, w.args.clone()).await? {
        all.insert(row.text(0)?, Sums::read(&row, 1)?);
    }
    let sql = format!(
        "SELECT agency, indicator, CAST(SUM(passed) AS BIGINT), CAST(SUM(counted) AS BIGINT) \
         FROM indicators{} GROUP BY agency, indicator",
        w.sql()
    );
    for row in q.reader.all(sql, w.args).await? {
        let sums: &mut Sums = all.entry(row.text(0)?).or_default();
        sums.declared.insert(row.text(1)?, (row.int(2)?, row.int(3)?));
    }
    Ok(all)
}

/// Month by month, without holes.
pub(super) async fn by_month(q: &Queries, mut w: Where, period: &Period) -> Result<Vec<MonthCount>, QueryError> {
    let overdue = overdue_by_month(q, w.clone()).await?;
    period.months(&mut w);
    let sql = format!("SELECT month, {} FROM scorecard{} GROUP BY month", columns(), w.sql());
    let rows = q.reader.all(sql, w.args).await?;
    let mut sums = BTreeMap::new();
    for row in &rows {
        sums.insert(row.text(0)?, Sums::read(row, 1)?);
    }
    let none = Sums::default();
    let one = |month: String| {
        let overdue = overdue.get(&month).copied().unwrap_or_default();
        month_of(sums.get(&month).unwrap_or(&none), overdue, month)
    };
    Ok(period.all().into_iter().map(one).collect())
}

fn month_of(sums: &Sums, overdue: u64, month: String) -> MonthCount {
    let found = sums.findings(overdue);
    MonthCount {
        month,
        filed: sums.count(Counter::opened),
        decided: sums.count(Counter::decided),
        closed: sums.count(Counter::ended),
        fine_fen: sums.get(Counter::imposed_fen),
        paid_fen: sums.get(Counter::paid_fen),
        findings: found.high + found.medium + found.low,
        refused: found.prevented,
    }
}

/// The same for each agency that has any.
pub(super) async fn by_agency_and_month(
    q: &Queries,
    mut w: Where,
    period: &Period,
) -> Result<BTreeMap<String, Vec<MonthCount>>, QueryError> {
    let mut late = w.clone();
    overdue_now(q, &mut late);
    let sql = format!(
        "SELECT agency, substr(due, 1, 7), CAST(SUM(dated) AS BIGINT) FROM running_clocks{} GROUP BY agency, substr(due, 1, 7)",
        late.sql()
    );
    let mut counted: BTreeMap<(String, String), (Sums, u64)> = BTreeMap::new();
    for row in q.reader.all(sql, late.args).await? {
        counted.entry((row.text(0)?, row.text(1)?)).or_default().1 = row.count(2)?;
    }
    period.months(&mut w);
    let sql = format!("SELECT agency, month, {} FROM scorecard{} GROUP BY agency, month", columns(), w.sql());
    for row in q.reader.all(sql, w.args).await? {
        counted.entry((row.text(0)?, row.text(1)?)).or_default().0 = Sums::read(&row, 2)?;
    }
    let agencies: std::collections::BTreeSet<String> = counted.keys().map(|(agency, _)| agency.clone()).collect();
    let months = period.all();
    let of = |agency: String| {
        let one = |month: &String| {
            let (sums, overdue) = counted.get(&(agency.clone(), month.clone())).cloned().unwrap_or_default();
            month_of(&sums, overdue, month.clone())
        };
        let all = months.iter().map(one).collect();
        (agency, all)
    };
    Ok(agencies.into_iter().map(of).collect())
}

/// Clocks that are overdue today; a clock without a last moment is counted as dated nowhere.
fn overdue_now(q: &Queries, w: &mut Where) {
    w.raw("dated > 0").arg("due_us < {}", q.now().us());
}

/// Overdue clocks by the month in which they ran out.
async fn overdue_by_month(q: &Queries, mut w: Where) -> Result<BTreeMap<String, u64>, QueryError> {
    overdue_now(q, &mut w);
    let sql = format!(
        "SELECT substr(due, 1, 7), CAST(SUM(dated) AS BIGINT) FROM running_clocks{} GROUP BY substr(due, 1, 7)",
        w.sql()
    );
    let rows = q.reader.all(sql, w.args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.count(1)?))).collect()
}

/// Overdue clocks by agency: all, those that ran out in the period, and by the rules that indicators look at.
#[derive(Clone, Debug, Default)]
pub(super) struct Overdue {
    pub(super) all: u64,
    pub(super) in_period: u64,
    by_rule: BTreeMap<&'static str, u64>,
}

impl Overdue {
    pub(super) fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.in_period += other.in_period;
        other.by_rule.iter().for_each(|(rule, n)| *self.by_rule.entry(rule).or_default() += n);
    }

    fn of(&self, rule: &str) -> u64 {
        self.by_rule.get(rule).copied().unwrap_or_default()
    }
}

pub(super) async fn overdue(
    q: &Queries,
    mut w: Where,
    period: &Period,
) -> Result<BTreeMap<String, Overdue>, QueryError> {
    overdue_now(q, &mut w);
    let (from, to) = (w.place(period.from), w.place(period.to));
    let sql = format!(
        "SELECT agency, rule, CAST(SUM(dated) AS BIGINT), \
         CAST(SUM(CASE WHEN due >= {from} AND due <= {to} THEN dated ELSE 0 END) AS BIGINT) \
         FROM running_clocks{} GROUP BY agency, rule",
        w.sql()
    );
    let looked_at: Vec<&'static str> = q.services.indicators().filter_map(clock_of).collect();
    let mut found: BTreeMap<String, Overdue> = BTreeMap::new();
    for row in q.reader.all(sql, w.args).await? {
        let (rule, n) = (row.text(1)?, row.count(2)?);
        let one = found.entry(row.text(0)?).or_default();
        one.all += n;
        one.in_period += row.count(3)?;
        if let Some(rule) = looked_at.iter().find(|of| **of == rule) {
            one.by_rule.insert(rule, n);
        }
    }
    Ok(found)
}

/// Whose indicators: the filters behind the numbers lead there.
#[derive(Clone, Debug, Default)]
pub(super) struct Whose {
    pub(super) region: Option<String>,
    pub(super) agency: Option<String>,
}

/// The officers who acted, whoever they acted for.
const CERTIFIED: &str = "certified";
/// All statutory clocks.
const DEADLINES: &str = "deadlines";
/// Acts recorded late.
const LATE: &str = "late";
/// What was imposed in money, and paid.
pub(crate) const COLLECTED: &str = "collected";
/// The same as it is called.
pub(crate) const COLLECTED_LABEL: Text = Text::label("罚款到位率", "Fines collected");

/// All indicators of a period, in the order in which they are shown: those of every matter around those that the services
/// declare.
pub(super) fn indicators(
    services: &Services,
    sums: &Sums,
    overdue: &Overdue,
    acted: Acting,
    whose: &Whose,
    period: &Period,
) -> Vec<Indicator> {
    let make = Maker { sums, overdue, acted, whose, period };
    let mut all = vec![make.certified()];
    all.extend(services.indicators().map(|card| make.declared(card)));
    all.extend([make.deadlines(), make.late(), make.collected()]);
    all
}

/// Those that a kind of matter is looked at by.
pub(super) fn of_kind(
    card: &MatterCard,
    sums: &Sums,
    overdue: &Overdue,
    whose: &Whose,
    period: &Period,
) -> Vec<Indicator> {
    let make = Maker { sums, overdue, acted: Acting::default(), whose, period };
    card.indicators.iter().map(|card| make.declared(card)).collect()
}

struct Maker<'a> {
    sums: &'a Sums,
    overdue: &'a Overdue,
    acted: Acting,
    whose: &'a Whose,
    period: &'a Period,
}

const FULL: Option<i64> = Some(10_000);

impl Maker<'_> {
    /// An indicator, with the list behind each of its parts.
    fn make(
        &self,
        (id, label, formula): (&str, Text, Text),
        (numerator, denominator): (i64, i64),
        target: Option<i64>,
        link: impl Fn(Behind) -> Link,
    ) -> Indicator {
        Indicator {
            id: id.to_owned(),
            label,
            formula,
            numerator,
            denominator,
            money: false,
            target,
            lower_is_better: false,
            counted: link(Behind::Counted),
            passed: link(Behind::Passed),
            failed: link(Behind::Failed),
        }
    }

    fn certified(&self) -> Indicator {
        let words = (
            CERTIFIED,
            Text::label("持证率", "Certified officers"),
            Text::label(
                "本期参与办案且每次执法均持有效执法证的人员 ÷ 本期参与办案的执法人员",
                "officers who acted under a valid certificate every time ÷ officers who acted in the period",
            ),
        );
        self.make(words, (self.acted.certified, self.acted.acting), FULL, |behind| {
            Link::Officers(Box::new(OfficerFilter {
                region: self.whose.region.clone(),
                agency: self.whose.agency.clone(),
                acted_from: Some(self.period.from),
                acted_to: Some(self.period.to),
                behind: Some(behind),
                ..OfficerFilter::default()
            }))
        })
    }

    fn declared(&self, card: &'static IndicatorCard) -> Indicator {
        let words = (card.id, text(card.label), text(card.formula));
        let (passed, counted) = self.sums.declared(card.id);
        match card.counts {
            Counts::Clock(rule) => {
                let counts = (passed, counted + signed(self.overdue.of(rule)));
                self.make(words, counts, card.target, |behind| self.clocks(Some(rule), behind))
            }
            Counts::Decided | Counts::Ended => {
                self.make(words, (passed, counted), card.target, |behind| self.cases(card.id, card.counts, behind))
            }
        }
    }

    fn deadlines(&self) -> Indicator {
        let words = (
            DEADLINES,
            Text::label("法定期限合规率", "Statutory periods kept"),
            Text::label(
                "按期完成的法定期限 ÷（按期 + 超期 + 目前逾期）",
                "statutory periods kept ÷ (kept + missed + overdue today)",
            ),
        );
        let (met, missed) = (self.sums.get(Counter::clocks_met), self.sums.get(Counter::clocks_missed));
        let counts = (met, met + missed + signed(self.overdue.all));
        self.make(words, counts, FULL, |behind| self.clocks(None, behind))
    }

    fn late(&self) -> Indicator {
        let words = (
            LATE,
            Text::label("迟录率", "Recorded late"),
            Text::label(
                "迟于规定工作日录入的事项 ÷ 本期录入的事项",
                "acts recorded later than the parameter allows ÷ acts recorded in the period",
            ),
        );
        let counts = (self.sums.get(Counter::late_events), self.sums.get(Counter::events));
        let made = self.make(words, counts, Some(0), |behind| match behind {
            Behind::Counted => Link::None,
            // What was late is the numerator, and what fails.
            Behind::Passed | Behind::Failed => Link::Findings(Box::new(FindingFilter {
                region: self.whose.region.clone(),
                agency: self.whose.agency.clone(),
                kind: Some(FindingKind::LateRecording),
                from: Some(self.period.from),
                to: Some(self.period.to),
                ..FindingFilter::default()
            })),
        });
        Indicator { lower_is_better: true, ..made }
    }

    fn collected(&self) -> Indicator {
        let words = (
            COLLECTED,
            COLLECTED_LABEL,
            Text::label(
                "本期决定的罚款中已缴金额 ÷ 本期决定的罚款金额；不设目标、不排名（行政处罚法第七十四条）",
                "paid of the fines decided in the period ÷ fines decided; no target and no ranking (Administrative Penalty Law, art. 74)",
            ),
        );
        let counts = (self.sums.get(Counter::collected_fen), self.sums.get(Counter::imposed_fen));
        // APL 74: fines are no target.
        let made = self.make(words, counts, None, |behind| match behind {
            // Sums of money have no list that adds up to the part collected.
            Behind::Passed => Link::None,
            Behind::Counted | Behind::Failed => self.cases(COLLECTED, Counts::Decided, behind),
        });
        Indicator { money: true, ..made }
    }

    /// The cases behind an indicator that counts them.
    fn cases(&self, indicator: &str, counts: Counts, behind: Behind) -> Link {
        let (from, to) = (Some(self.period.from), Some(self.period.to));
        let mut filter = CaseFilter {
            region: self.whose.region.clone(),
            agency: self.whose.agency.clone(),
            indicator: Some(indicator.to_owned()),
            behind: Some(behind),
            ..CaseFilter::default()
        };
        match counts {
            Counts::Decided => (filter.decided_from, filter.decided_to) = (from, to),
            Counts::Ended => (filter.closed_from, filter.closed_to) = (from, to),
            Counts::Clock(_) => return Link::None,
        }
        Link::Cases(Box::new(filter))
    }

    /// The clocks behind an indicator that counts those of one rule, or all.
    fn clocks(&self, rule: Option<&str>, behind: Behind) -> Link {
        Link::Deadlines(Box::new(DeadlineFilter {
            region: self.whose.region.clone(),
            agency: self.whose.agency.clone(),
            rule: rule.map(str::to_owned),
            behind: Some(behind),
            ended_from: Some(self.period.from),
            ended_to: Some(self.period.to),
            ..DeadlineFilter::default()
        }))
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
