//! 总览: a region and its period at one look.

use std::borrow::Cow;

use askama::Template;
use jiff::civil::Date;

use super::{
    PageError, address,
    chart::{Bar, Months},
    context::Cx,
    format,
    frame::{Frame, Number},
    parts::Choice,
    room::Room,
};
use crate::model::{
    AgencyFilter, CaseFilter, CaseState, CertificateState, DeadlineCounts, DeadlineFilter, DeadlineState,
    DecisionFilter, FindingFilter, Indicator, ItemFilter, ItemState, MonthCount, OfficerFilter, Overview,
    OverviewFilter, SOON_DAYS, Severity, StageCount, Standing,
};

/// A number among others, with a line below it.
pub(crate) struct Figure {
    pub(crate) name: Cow<'static, str>,
    pub(crate) number: Number,
    pub(crate) below: Number,
    pub(crate) wrong: bool,
}

impl Figure {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, number: Number) -> Self {
        Self { name: name.into(), number, below: Number::default(), wrong: false }
    }

    /// Something is wrong if it is not zero.
    pub(crate) fn wrong(name: &'static str, number: Number, n: u64) -> Self {
        Self { wrong: n > 0, ..Self::new(name, number) }
    }
}

/// A month's row.
pub(crate) struct MonthRow {
    pub(crate) month: String,
    pub(crate) numbers: Vec<Number>,
    pub(crate) money: [String; 2],
}

/// A stage's row.
pub(crate) struct StageRow {
    pub(crate) name: String,
    pub(crate) number: Number,
    pub(crate) bar: Bar,
}

/// An indicator's row.
pub(crate) struct IndicatorRow {
    pub(crate) name: String,
    pub(crate) formula: String,
    pub(crate) rate: String,
    pub(crate) numerator: Number,
    pub(crate) denominator: Number,
    pub(crate) failed: Number,
    pub(crate) target: String,
    pub(crate) state: super::parts::Chip,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct View {
    f: Frame,
    o: Overview,
    public: bool,
    regions: Vec<Choice>,
    figures: Vec<Figure>,
    chart: [Months; 2],
    months: Vec<MonthRow>,
    stages: Vec<StageRow>,
    lists: Vec<Figure>,
    published_agencies: Vec<StageRow>,
    published_months: Vec<StageRow>,
    indicators: Vec<IndicatorRow>,
}

/// The first page.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let filter: OverviewFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Overview).await?;
    let o = cx.ask().overview(cx.scope(), &filter).await?;
    let public = f.public;
    let narrow = Narrow { region: filter.region.clone(), agency: None };
    let view = View {
        figures: if public { public_figures(&f, &o, &narrow) } else { figures(&f, &o, &narrow) },
        chart: Months::both(&o.months, f.lang),
        months: month_rows(&f, &o.months, &narrow),
        lists: lists(&f, &o, &narrow),
        published_agencies: published_agencies(&f, &o, &narrow),
        published_months: published_months(&f, &o, &narrow),
        stages: stage_rows(&f, &o.stages, &narrow),
        indicators: indicator_rows(&f, &o.indicators),
        regions: region_choices(&f, filter.region.as_deref()),
        public,
        o,
        f,
    };
    Ok(view.render()?)
}

/// The part of the whole that a page tells of, so that its numbers lead to the same part.
#[derive(Clone, Default)]
pub(crate) struct Narrow {
    pub(crate) region: Option<String>,
    pub(crate) agency: Option<String>,
}

impl Narrow {
    pub(crate) fn cases(&self) -> CaseFilter {
        CaseFilter { region: self.region.clone(), agency: self.agency.clone(), ..CaseFilter::default() }
    }
    pub(crate) fn deadlines(&self, state: DeadlineState) -> DeadlineFilter {
        DeadlineFilter {
            region: self.region.clone(),
            agency: self.agency.clone(),
            state: Some(state),
            ..DeadlineFilter::default()
        }
    }
    /// Clocks due within the days that are soon.
    pub(crate) fn due_soon(&self, today: Date) -> DeadlineFilter {
        let to = today.saturating_add(jiff::Span::new().days(SOON_DAYS));
        DeadlineFilter { to: Some(to), ..self.deadlines(DeadlineState::Open) }
    }
    pub(crate) fn decisions(&self) -> DecisionFilter {
        DecisionFilter { region: self.region.clone(), agency: self.agency.clone(), ..DecisionFilter::default() }
    }
    pub(crate) fn findings(&self) -> FindingFilter {
        FindingFilter { region: self.region.clone(), agency: self.agency.clone(), ..FindingFilter::default() }
    }
}

/// The options of a region select.
pub(crate) fn region_choices(f: &Frame, chosen: Option<&str>) -> Vec<Choice> {
    f.regions.iter().map(|r| Choice::new(r.region.clone(), format!("{} {}", r.name, r.region), chosen)).collect()
}

fn figures(f: &Frame, o: &Overview, narrow: &Narrow) -> Vec<Figure> {
    let w = f.w;
    let (from, to) = (Some(o.from), Some(o.to));
    let cases = |n, filter: CaseFilter| f.leads(n, Room::Cases, address::with("/cases", &filter));
    let decided = CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() };
    let fines = Number { text: format::money_short(o.fine_fen, f.lang), href: cases(1, decided.clone()).href };
    let finding = |severity, n| {
        let filter = FindingFilter { severity: Some(severity), from, to, ..narrow.findings() };
        f.leads(n, Room::Findings, address::with("/findings", &filter))
    };
    let (found, clocks) = (o.findings, o.deadlines);
    let overdue = address::with("/deadlines", &narrow.deadlines(DeadlineState::Overdue));
    vec![
        Figure::new(w.filed, cases(o.filed, CaseFilter { from, to, ..narrow.cases() })),
        Figure::new(w.decided, cases(o.decided, decided)),
        Figure::new(w.closed, cases(o.closed, CaseFilter { closed_from: from, closed_to: to, ..narrow.cases() })),
        Figure::new(w.open_now, cases(o.open, CaseFilter { state: Some(CaseState::Open), ..narrow.cases() })),
        Figure {
            below: Number {
                text: f.lang.pick(format!("已缴 {}", paid(f, o)), format!("paid {}", paid(f, o))),
                href: None,
            },
            ..Figure::new(w.fines_decided, if o.fine_fen == 0 { Number { href: None, ..fines } } else { fines })
        },
        Figure::new(w.published, published(f, o, narrow)),
        Figure::wrong(w.findings_high, finding(Severity::High, found.high), found.high),
        Figure::wrong(w.findings_medium, finding(Severity::Medium, found.medium), found.medium),
        Figure::new(w.findings_low, finding(Severity::Low, found.low)),
        Figure::new(w.findings_prevented, finding(Severity::Prevented, found.prevented)),
        Figure::new(w.findings_not_checked, finding(Severity::NotChecked, found.not_checked)),
        Figure::wrong(w.deadlines_overdue, f.leads(clocks.overdue, Room::Deadlines, overdue), clocks.overdue),
        running_clocks(f, &clocks, narrow, o.as_of.today),
        without_calendar(f, &clocks, narrow),
    ]
}

fn paid(f: &Frame, o: &Overview) -> String {
    format::money_short(o.paid_fen, f.lang)
}

/// The clocks that run, and below them those that end soon.
pub(crate) fn running_clocks(f: &Frame, clocks: &DeadlineCounts, narrow: &Narrow, today: Date) -> Figure {
    let open = address::with("/deadlines", &narrow.deadlines(DeadlineState::Open));
    let soon = f.lang.pick(format!("七日内到期 {}", clocks.due_soon), format!("{} due in seven days", clocks.due_soon));
    let to_soon = address::with("/deadlines", &narrow.due_soon(today));
    Figure {
        below: f.told(clocks.due_soon, soon, Room::Deadlines, to_soon),
        ..Figure::new(f.w.deadlines_open, f.leads(clocks.open, Room::Deadlines, open))
    }
}

/// The clocks whose last day no calendar tells.
pub(crate) fn without_calendar(f: &Frame, clocks: &DeadlineCounts, narrow: &Narrow) -> Figure {
    let to = address::with("/deadlines", &narrow.deadlines(DeadlineState::NoCalendar));
    Figure::new(f.w.deadlines_no_calendar, f.leads(clocks.no_calendar, Room::Deadlines, to))
}

/// Decisions put on the web in the period.
fn published(f: &Frame, o: &Overview, narrow: &Narrow) -> Number {
    let filter = DecisionFilter { from: Some(o.from), to: Some(o.to), ..narrow.decisions() };
    f.leads(o.published.period, Room::Decisions, address::with("/decisions", &filter))
}

/// What everybody is told: decisions that stand on the web, and what the lists hold.
fn public_figures(f: &Frame, o: &Overview, narrow: &Narrow) -> Vec<Figure> {
    let all = f.leads(o.published.all, Room::Decisions, address::with("/decisions", &narrow.decisions()));
    let mut figures = vec![Figure::new(f.w.published, published(f, o, narrow)), Figure::new(f.w.published_all, all)];
    figures.extend(lists(f, o, narrow));
    figures
}

/// What the region's lists hold today.
fn lists(f: &Frame, o: &Overview, narrow: &Narrow) -> Vec<Figure> {
    let region = || narrow.region.clone();
    let (qualified, valid) = (Some(Standing::Qualified), Some(CertificateState::Valid));
    let agencies = AgencyFilter { region: region(), standing: qualified, ..AgencyFilter::default() };
    let items = ItemFilter { region: region(), state: Some(ItemState::InForce), ..ItemFilter::default() };
    let officers = OfficerFilter { region: region(), certificate: valid, ..OfficerFilter::default() };
    let w = f.w;
    vec![
        Figure::new(w.lists_agencies, f.leads(o.lists.agencies, Room::Agencies, address::with("/agencies", &agencies))),
        Figure::new(w.lists_items, f.leads(o.lists.items, Room::Items, address::with("/items", &items))),
        Figure::new(w.lists_officers, f.leads(o.lists.officers, Room::Agencies, address::with("/officers", &officers))),
    ]
}

/// Rows of published decisions, each leading to them.
fn published_rows<'a>(f: &Frame, counts: impl Iterator<Item = (String, u64, DecisionFilter)> + 'a) -> Vec<StageRow> {
    let counts: Vec<_> = counts.collect();
    let most = counts.iter().map(|(_, n, _)| *n).max().unwrap_or(0);
    let row = |(name, n, filter): (String, u64, DecisionFilter)| StageRow {
        name,
        number: f.leads(n, Room::Decisions, address::with("/decisions", &filter)),
        bar: Bar::new("a", n, most),
    };
    counts.into_iter().map(row).collect()
}

fn published_agencies(f: &Frame, o: &Overview, narrow: &Narrow) -> Vec<StageRow> {
    let counts = o.published.agencies.iter().map(|(code, name, n)| {
        let agency = Some(code.clone());
        (name.clone(), *n, DecisionFilter { agency, from: Some(o.from), to: Some(o.to), ..narrow.decisions() })
    });
    published_rows(f, counts)
}

fn published_months(f: &Frame, o: &Overview, narrow: &Narrow) -> Vec<StageRow> {
    let counts = o.published.months.iter().map(|(month, n)| {
        let days = format::month_days(month);
        let (from, to) = (days.map(|d| d.0), days.map(|d| d.1));
        (month.clone(), *n, DecisionFilter { from, to, ..narrow.decisions() })
    });
    published_rows(f, counts)
}

/// Months with numbers that lead to their cases.
pub(crate) fn month_rows(f: &Frame, months: &[MonthCount], narrow: &Narrow) -> Vec<MonthRow> {
    let row = |m: &MonthCount| MonthRow {
        month: m.month.clone(),
        numbers: month_numbers(f, m, format::month_days(&m.month), narrow).into(),
        money: [format::yuan(m.fine_fen), format::yuan(m.paid_fen)],
    };
    months.iter().map(row).collect()
}

/// What was filed, decided, closed, found and refused in these days, each leading to the rows that it counts.
pub(crate) fn month_numbers(f: &Frame, m: &MonthCount, days: Option<(Date, Date)>, narrow: &Narrow) -> [Number; 5] {
    let (from, to) = (days.map(|d| d.0), days.map(|d| d.1));
    let cases = |n, filter: CaseFilter| f.leads(n, Room::Cases, address::with("/cases", &filter));
    let findings = |n, filter: FindingFilter| f.leads(n, Room::Findings, address::with("/findings", &filter));
    let of_days = FindingFilter { from, to, ..narrow.findings() };
    let found = FindingFilter { except: Some(Severity::Prevented), ..of_days.clone() };
    let refused = FindingFilter { severity: Some(Severity::Prevented), ..of_days };
    [
        cases(m.filed, CaseFilter { from, to, ..narrow.cases() }),
        cases(m.decided, CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() }),
        cases(m.closed, CaseFilter { closed_from: from, closed_to: to, ..narrow.cases() }),
        findings(m.findings, found),
        findings(m.refused, refused),
    ]
}

/// Stages with the cases that stand at them.
pub(crate) fn stage_rows(f: &Frame, stages: &[StageCount], narrow: &Narrow) -> Vec<StageRow> {
    let most = stages.iter().map(|s| s.cases).max().unwrap_or(0);
    let row = |s: &StageCount| {
        let (kind, stage) = (Some(s.kind.clone()), Some(s.stage.clone()));
        let filter = CaseFilter { kind, stage, ..narrow.cases() };
        StageRow {
            name: f.stage(s),
            number: f.leads(s.cases, Room::Cases, address::with("/cases", &filter)),
            bar: Bar::new("a", s.cases, most),
        }
    };
    stages.iter().map(row).collect()
}

/// How much of what was counted does not pass.
pub(crate) fn failing(i: &Indicator) -> i64 {
    if i.lower_is_better { i.numerator } else { i.denominator - i.numerator }
}

/// Indicators with their numbers, their target and a word on it.
pub(crate) fn indicator_rows(f: &Frame, indicators: &[Indicator]) -> Vec<IndicatorRow> {
    use super::parts::Chip;
    let w = f.w;
    let row = |i: &Indicator| IndicatorRow {
        name: f.t(&i.label),
        formula: f.t(&i.formula),
        rate: i.rate().map_or_else(|| "—".to_owned(), format::percent),
        numerator: f.behind(i.numerator, i.money, &i.passed),
        denominator: f.behind(i.denominator, i.money, &i.counted),
        failed: f.behind(failing(i), i.money, &i.failed),
        target: i.target.map_or_else(
            || "—".to_owned(),
            |target| format!("{} {}", if i.lower_is_better { "≤" } else { "≥" }, format::percent(target)),
        ),
        state: match i.reached() {
            _ if i.denominator == 0 => Chip::new("quiet", "pending", w.no_data),
            _ if i.too_small() => Chip::new("quiet", "pending", w.too_small),
            Some(true) => Chip::new("done", "done", w.reached),
            Some(false) => Chip::new("warn", "flag", w.not_reached),
            None => Chip::new("quiet", "pending", w.no_target),
        },
    };
    indicators.iter().map(row).collect()
}
