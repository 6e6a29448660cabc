//! 总览: a region and its period at one look.

use askama::Template;

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
    CaseFilter, DeadlineFilter, DeadlineState, FindingFilter, Indicator, MonthCount, Overview, OverviewFilter, Scope,
    Severity, StageCount,
};

/// A number among others, with a line below it.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) number: Number,
    pub(crate) below: String,
    pub(crate) wrong: bool,
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
    indicators: Vec<IndicatorRow>,
}

/// The first page.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let filter: OverviewFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Overview).await?;
    let o = cx.ask().overview(cx.scope(), &filter).await?;
    let public = *cx.scope() == Scope::Public;
    let narrow = Narrow { region: filter.region.clone(), agency: None };
    let view = View {
        figures: figures(&f, &o, &narrow, public),
        chart: Months::both(&o.months, !public, f.lang),
        months: month_rows(&f, &o.months, &narrow, public),
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
    pub(crate) fn findings(&self) -> FindingFilter {
        FindingFilter { region: self.region.clone(), agency: self.agency.clone(), ..FindingFilter::default() }
    }
}

/// The options of a region select.
pub(crate) fn region_choices(f: &Frame, chosen: Option<&str>) -> Vec<Choice> {
    f.regions.iter().map(|r| Choice::new(r.region.clone(), format!("{} {}", r.name, r.region), chosen)).collect()
}

fn figures(f: &Frame, o: &Overview, narrow: &Narrow, public: bool) -> Vec<Figure> {
    let w = f.w;
    let (from, to) = (Some(o.from), Some(o.to));
    let cases = |filter: CaseFilter| address::with("/cases", &filter);
    let figure = |name, number, below: String, wrong| Figure { name, number, below, wrong };
    // What is not told to a reader comes as nothing at all; a zero in its place would be a false number.
    if public && o.months.is_empty() {
        return lists(f, o);
    }
    let mut all = vec![
        figure(
            w.filed,
            f.leads(o.filed, Room::Cases, cases(CaseFilter { from, to, ..narrow.cases() })),
            String::new(),
            false,
        ),
        figure(
            w.decided,
            f.leads(o.decided, Room::Cases, cases(CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() })),
            String::new(),
            false,
        ),
        figure(
            w.closed,
            f.leads(o.closed, Room::Cases, cases(CaseFilter { closed_from: from, closed_to: to, ..narrow.cases() })),
            String::new(),
            false,
        ),
        figure(
            w.open_now,
            Number { text: format::count(o.open), href: (o.open > 0).then(|| "#stages".to_owned()) },
            String::new(),
            false,
        ),
    ];
    if public {
        all.extend(lists(f, o));
        return all;
    }
    let money = |fen: i64, filter: CaseFilter| Number {
        text: format::money_short(fen, f.lang),
        href: (fen != 0 && f.opens(Room::Cases)).then(|| cases(filter)),
    };
    all.push(figure(
        w.fines_decided,
        money(o.fine_fen, CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() }),
        f.lang.pick(
            format!("已缴 {}", format::money_short(o.paid_fen, f.lang)),
            format!("paid {}", format::money_short(o.paid_fen, f.lang)),
        ),
        false,
    ));
    let finding = |severity, n| {
        let filter = FindingFilter { severity: Some(severity), from, to, ..narrow.findings() };
        f.leads(n, Room::Findings, address::with("/findings", &filter))
    };
    all.push(figure(w.findings_high, finding(Severity::High, o.findings.high), String::new(), o.findings.high > 0));
    all.push(figure(
        w.findings_medium,
        finding(Severity::Medium, o.findings.medium),
        String::new(),
        o.findings.medium > 0,
    ));
    all.push(figure(w.findings_low, finding(Severity::Low, o.findings.low), String::new(), false));
    all.push(figure(w.findings_prevented, finding(Severity::Prevented, o.findings.prevented), String::new(), false));
    let clocks = |state, n| f.leads(n, Room::Deadlines, address::with("/deadlines", &narrow.deadlines(state)));
    all.push(figure(
        w.deadlines_overdue,
        clocks(DeadlineState::Overdue, o.deadlines.overdue),
        String::new(),
        o.deadlines.overdue > 0,
    ));
    all.push(figure(
        w.deadlines_open,
        clocks(DeadlineState::Open, o.deadlines.open),
        f.lang.pick(
            format!("七日内到期 {}", o.deadlines.due_soon),
            format!("{} due in seven days", o.deadlines.due_soon),
        ),
        false,
    ));
    all
}

/// What the region's lists hold, as figures.
fn lists(f: &Frame, o: &Overview) -> Vec<Figure> {
    let figure = |name, n, room: Room, path: &str| Figure {
        name,
        number: f.leads(n, room, path.to_owned()),
        below: String::new(),
        wrong: false,
    };
    vec![
        figure(f.w.lists_agencies, o.lists.agencies, Room::Agencies, "/agencies"),
        figure(f.w.lists_items, o.lists.items, Room::Items, "/items?state=in_force"),
        figure(f.w.lists_officers, o.lists.officers, Room::Agencies, "/officers"),
    ]
}

/// Months with numbers that lead to their cases.
pub(crate) fn month_rows(f: &Frame, months: &[MonthCount], narrow: &Narrow, public: bool) -> Vec<MonthRow> {
    let row = |m: &MonthCount| {
        let days = format::month_days(&m.month);
        let (from, to) = (days.map(|d| d.0), days.map(|d| d.1));
        let cases = |n, filter: CaseFilter| f.leads(n, Room::Cases, address::with("/cases", &filter));
        let mut numbers = vec![
            cases(m.filed, CaseFilter { from, to, ..narrow.cases() }),
            cases(m.decided, CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() }),
            cases(m.closed, CaseFilter { closed_from: from, closed_to: to, ..narrow.cases() }),
        ];
        if !public {
            let all = FindingFilter { from, to, ..narrow.findings() };
            numbers.push(f.leads(m.findings, Room::Findings, address::with("/findings", &all)));
            let refused = FindingFilter { severity: Some(Severity::Prevented), ..all };
            numbers.push(f.leads(m.refused, Room::Findings, address::with("/findings", &refused)));
        }
        MonthRow { month: m.month.clone(), numbers, money: [format::yuan(m.fine_fen), format::yuan(m.paid_fen)] }
    };
    months.iter().map(row).collect()
}

/// Stages with the cases that stand at them.
pub(crate) fn stage_rows(f: &Frame, stages: &[StageCount], narrow: &Narrow) -> Vec<StageRow> {
    let most = stages.iter().map(|s| s.cases).max().unwrap_or(0);
    let row = |s: &StageCount| {
        let filter = CaseFilter { stage: Some(s.stage), ..narrow.cases() };
        StageRow {
            name: f.t(s.stage.text()),
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
        name: f.t(i.id.text()),
        formula: f.t(&i.formula),
        rate: i.rate().map_or_else(|| "—".to_owned(), format::percent),
        numerator: f.behind(i.numerator, i.money, &crate::model::Link::None),
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
