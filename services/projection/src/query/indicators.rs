//! Sums of the counters over a period, and the indicators made of them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Queries, QueryError, filter::Where, officers::Acting};
use crate::{
    model::{
        Behind, CaseFilter, DeadlineFilter, FindingCounts, FindingFilter, FindingKind, Indicator, IndicatorId, Link,
        MonthCount, OfficerFilter, Text,
    },
    store::{Row, month_text},
    views::scorecard::{Counter, DECISION_RULE, PUBLICATION_RULE},
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
pub(super) struct Sums([i64; Counter::NAMES.len()]);

impl Default for Sums {
    fn default() -> Self {
        Self([0; Counter::NAMES.len()])
    }
}

impl Sums {
    pub(super) fn get(&self, counter: Counter) -> i64 {
        self.0[counter as usize]
    }

    pub(super) fn count(&self, counter: Counter) -> u64 {
        u64::try_from(self.get(counter)).unwrap_or_default()
    }

    fn read(row: &Row, first: usize) -> Result<Self, QueryError> {
        let mut sums = Self::default();
        for (at, sum) in sums.0.iter_mut().enumerate() {
            *sum = row.int(first + at)?;
        }
        Ok(sums)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
    }

    /// Findings that events prove, and beside them the overdue deadlines that ran out in the same days.
    pub(super) fn findings(&self, overdue: u64) -> FindingCounts {
        FindingCounts {
            high: self.count(Counter::violations),
            medium: self.count(Counter::missed_deadlines) + self.count(Counter::missing_duties) + overdue,
            low: self.count(Counter::late_recordings),
            prevented: self.count(Counter::refused_attempts),
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
    let rows = q.reader.all(sql, w.args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, Sums::read(row, 1)?))).collect()
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
    let month = |month: String| {
        let s = sums.get(&month).cloned().unwrap_or_default();
        let found = s.findings(overdue.get(&month).copied().unwrap_or_default());
        MonthCount {
            month,
            filed: s.count(Counter::filed),
            decided: s.count(Counter::decided),
            closed: s.count(Counter::closed),
            fine_fen: s.get(Counter::fine_fen),
            paid_fen: s.get(Counter::paid_fen),
            findings: found.high + found.medium + found.low,
            refused: found.prevented,
        }
    };
    Ok(period.all().into_iter().map(month).collect())
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

/// Overdue clocks by agency: all, of the period to decide, of publication; and those that ran out in the period.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overdue {
    pub(super) all: u64,
    pub(super) in_period: u64,
    decision: u64,
    publication: u64,
}

impl Overdue {
    pub(super) fn add(&mut self, other: Self) {
        self.all += other.all;
        self.in_period += other.in_period;
        self.decision += other.decision;
        self.publication += other.publication;
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
    let mut found: BTreeMap<String, Overdue> = BTreeMap::new();
    for row in q.reader.all(sql, w.args).await? {
        let (rule, n) = (row.text(1)?, row.count(2)?);
        let one = found.entry(row.text(0)?).or_default();
        one.all += n;
        one.in_period += row.count(3)?;
        match rule.as_str() {
            DECISION_RULE => one.decision += n,
            PUBLICATION_RULE => one.publication += n,
            _ => {}
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

/// All indicators of a period, in the order of [`IndicatorId::ALL`].
pub(super) fn indicators(
    sums: &Sums,
    overdue: Overdue,
    acted: Acting,
    whose: &Whose,
    period: &Period,
) -> Vec<Indicator> {
    let make = Maker { sums, overdue, acted, whose, period };
    IndicatorId::ALL.iter().map(|id| make.indicator(*id)).collect()
}

struct Maker<'a> {
    sums: &'a Sums,
    overdue: Overdue,
    acted: Acting,
    whose: &'a Whose,
    period: &'a Period,
}

const FULL: Option<i64> = Some(10_000);

impl Maker<'_> {
    fn indicator(&self, id: IndicatorId) -> Indicator {
        use Counter as C;
        let get = |counter| self.sums.get(counter);
        let due = |met: C, missed: C, overdue: u64| {
            (get(met), get(met) + get(missed) + i64::try_from(overdue).unwrap_or(i64::MAX))
        };
        let ((numerator, denominator), target) = match id {
            IndicatorId::Certified => ((self.acted.certified, self.acted.acting), FULL),
            IndicatorId::LegalReview => ((get(C::review_passed), get(C::review_counted)), FULL),
            IndicatorId::Notice => ((get(C::notice_passed), get(C::notice_counted)), FULL),
            IndicatorId::Records => ((get(C::records_passed), get(C::records_counted)), FULL),
            IndicatorId::Publicised => (due(C::publication_met, C::publication_missed, self.overdue.publication), FULL),
            IndicatorId::DecisionTime => (due(C::decision_met, C::decision_missed, self.overdue.decision), FULL),
            IndicatorId::Deadlines => (due(C::clocks_met, C::clocks_missed, self.overdue.all), FULL),
            IndicatorId::Late => ((get(C::late_events), get(C::events)), Some(0)),
            // APL 74: fines are no target.
            IndicatorId::Collected => ((get(C::collected_fen), get(C::fine_fen)), None),
        };
        Indicator {
            id,
            formula: formula(id),
            numerator,
            denominator,
            money: id == IndicatorId::Collected,
            target,
            lower_is_better: id == IndicatorId::Late,
            counted: self.link(id, Behind::Counted),
            passed: self.link(id, Behind::Passed),
            failed: self.link(id, Behind::Failed),
        }
    }

    fn link(&self, id: IndicatorId, behind: Behind) -> Link {
        let Whose { region, agency } = self.whose.clone();
        let (from, to) = (Some(self.period.from), Some(self.period.to));
        let cases = CaseFilter {
            region: region.clone(),
            agency: agency.clone(),
            indicator: Some(id),
            behind: Some(behind),
            ..CaseFilter::default()
        };
        let clocks = |rule: Option<&str>| {
            Link::Deadlines(Box::new(DeadlineFilter {
                region: region.clone(),
                agency: agency.clone(),
                rule: rule.map(str::to_owned),
                behind: Some(behind),
                ended_from: from,
                ended_to: to,
                ..DeadlineFilter::default()
            }))
        };
        match id {
            IndicatorId::Certified => Link::Officers(Box::new(OfficerFilter {
                region,
                agency,
                acted_from: from,
                acted_to: to,
                behind: Some(behind),
                ..OfficerFilter::default()
            })),
            // Sums of money have no list that adds up to the part collected.
            IndicatorId::Collected if behind == Behind::Passed => Link::None,
            IndicatorId::LegalReview | IndicatorId::Notice | IndicatorId::Collected => {
                Link::Cases(Box::new(CaseFilter { decided_from: from, decided_to: to, ..cases }))
            }
            IndicatorId::Records => Link::Cases(Box::new(CaseFilter { closed_from: from, closed_to: to, ..cases })),
            IndicatorId::Publicised => clocks(Some(PUBLICATION_RULE)),
            IndicatorId::DecisionTime => clocks(Some(DECISION_RULE)),
            IndicatorId::Deadlines => clocks(None),
            // What was late is the numerator, and what fails.
            IndicatorId::Late if behind != Behind::Counted => Link::Findings(Box::new(FindingFilter {
                region,
                agency,
                kind: Some(FindingKind::LateRecording),
                from,
                to,
                ..FindingFilter::default()
            })),
            IndicatorId::Late => Link::None,
        }
    }
}

fn formula(id: IndicatorId) -> Text {
    match id {
        IndicatorId::Certified => Text::label(
            "本期参与办案且每次执法均持有效执法证的人员 ÷ 本期参与办案的执法人员",
            "officers who acted under a valid certificate every time ÷ officers who acted in the period",
        ),
        IndicatorId::LegalReview => Text::label(
            "决定前经法制审核通过的重大处罚决定 ÷ 本期重大处罚决定",
            "major penalties decided after a passed legal review ÷ major penalties decided in the period",
        ),
        IndicatorId::Notice => Text::label(
            "决定前已告知当事人的普通程序处罚 ÷ 本期普通程序处罚决定",
            "ordinary-procedure penalties with notice before the decision ÷ those decided in the period",
        ),
        IndicatorId::Records => Text::label(
            "经过的每个环节均有记录的结案案件 ÷ 本期结案案件",
            "closed cases in which every stage reached left its record ÷ cases closed in the period",
        ),
        IndicatorId::Publicised => Text::label(
            "按期公示 ÷（按期公示 + 超期公示 + 目前逾期未公示）",
            "published in time ÷ (in time + late + overdue today)",
        ),
        IndicatorId::DecisionTime => Text::label(
            "按期作出决定 ÷（按期 + 超期 + 目前逾期未决定）",
            "decided in time ÷ (in time + late + overdue today)",
        ),
        IndicatorId::Deadlines => Text::label(
            "按期完成的法定期限 ÷（按期 + 超期 + 目前逾期）",
            "statutory periods kept ÷ (kept + missed + overdue today)",
        ),
        IndicatorId::Late => Text::label(
            "迟于规定工作日录入的事项 ÷ 本期录入的事项",
            "acts recorded later than the parameter allows ÷ acts recorded in the period",
        ),
        IndicatorId::Collected => Text::label(
            "本期决定的罚款中已缴金额 ÷ 本期决定的罚款金额；不设目标、不排名（行政处罚法第七十四条）",
            "paid of the fines decided in the period ÷ fines decided; no target and no ranking (Administrative Penalty Law, art. 74)",
        ),
    }
}
