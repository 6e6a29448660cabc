//! 机关: every agency with its numbers, and one agency with everything.

use askama::Template;
use jiff::civil::Date;

use super::{
    PageError, address,
    chart::Months,
    context::Cx,
    format,
    frame::{Frame, Number},
    overview::{
        Figure, IndicatorRow, MonthRow, Narrow, StageRow, failing, indicator_rows, month_rows, region_choices,
        running_clocks, stage_rows, without_calendar,
    },
    parts::{Choice, Pager, choices},
    room::Room,
};
use crate::model::{
    AgencyCard, AgencyFilter, AgencyRow, CaseFilter, CaseState, DeadlineState, FindingFilter, Indicator, Page,
    Severity, Standing,
};
use crate::query::sort;

/// One cell of the scorecard.
struct Score {
    rate: Number,
    of: String,
    bad: bool,
    small: bool,
}

struct ScoreRow {
    name: Number,
    scores: Vec<Score>,
}

#[derive(Template)]
#[template(path = "agencies.html")]
struct ListView {
    f: Frame,
    filter: AgencyFilter,
    from: Date,
    to: Date,
    regions: Vec<Choice>,
    standings: Vec<Choice>,
    list: Page<AgencyRow>,
    columns: Vec<String>,
    scores: Vec<ScoreRow>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "agency.html")]
struct CardView {
    f: Frame,
    a: AgencyCard,
    path: String,
    figures: Vec<Figure>,
    chart: [Months; 2],
    months: Vec<MonthRow>,
    stages: Vec<StageRow>,
    indicators: Vec<IndicatorRow>,
    to_cases: String,
    to_findings: String,
    to_officers: String,
    to_items: String,
}

/// Every agency in scope.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Agencies)?;
    let mut filter: AgencyFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Agencies).await?;
    let (from, to) = period(&f, &mut filter);
    let f = f.sorted("/agencies", &filter, filter.sort.as_deref(), &sort::AGENCIES)?;
    let list = cx.ask().agencies(cx.scope(), &filter).await?;
    let view = ListView {
        regions: region_choices(&f, filter.region.as_deref()),
        standings: choices!(Standing, filter.standing, f.lang),
        columns: list.rows.first().map(|a| a.indicators.iter().map(|i| f.t(&i.label)).collect()).unwrap_or_default(),
        scores: list
            .rows
            .iter()
            .map(|a| ScoreRow {
                name: f.agency(&a.short_name, &a.agency),
                scores: a.indicators.iter().map(|i| score(&f, i)).collect(),
            })
            .collect(),
        pager: Pager::of(&list, "/agencies", &filter, f.lang),
        list,
        from,
        to,
        filter,
        f,
    };
    Ok(view.render()?)
}

/// One agency.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Agencies)?;
    let mut filter: AgencyFilter = cx.filter()?;
    let code = cx.param("uscc").to_owned();
    let f = Frame::of_room(&cx, Room::Agencies).await?;
    period(&f, &mut filter);
    let Some(a) = cx.ask().agency(cx.scope(), &code, &filter).await? else { return Err(PageError::NotFound) };
    let f = Frame::of(&cx, Room::Agencies, a.row.name.clone(), Vec::new()).await?;
    let narrow = Narrow { region: None, agency: Some(code.clone()) };
    let of_agency = |path: &str| format!("{path}?agency={}", address::encode(&code));
    let view = CardView {
        path: format!("/agencies/{}", address::encode(&code)),
        figures: figures(&f, &a, &narrow),
        chart: Months::both(&a.months, f.lang),
        months: month_rows(&f, &a.months, &narrow),
        stages: stage_rows(&f, &a.stages, &narrow),
        indicators: indicator_rows(&f, &a.row.indicators),
        to_cases: of_agency("/cases"),
        to_findings: of_agency("/findings"),
        to_officers: of_agency("/officers"),
        to_items: of_agency("/items"),
        a,
        f,
    };
    Ok(view.render()?)
}

/// The period asked for, or the year so far, in whole months as it is counted; put into the filter, so that every
/// number tells of the same days as its list.
pub(crate) fn period(f: &Frame, filter: &mut AgencyFilter) -> (Date, Date) {
    let today = f.as_of.as_ref().map_or(Date::ZERO, |as_of| as_of.today);
    let to = filter.to.unwrap_or(today);
    let from = filter.from.unwrap_or_else(|| to.first_of_year()).min(to);
    let (from, to) = (from.first_of_month(), to.last_of_month());
    (filter.from, filter.to) = (Some(from), Some(to));
    (from, to)
}

/// An agency's counts, each leading to what it counts: filed, decided, closed, open, overdue, findings.
pub(crate) fn numbers(f: &Frame, a: &AgencyRow, from: &Date, to: &Date) -> Vec<Number> {
    let (from, to) = (Some(*from), Some(*to));
    let narrow = Narrow { region: None, agency: Some(a.agency.clone()) };
    let cases = |n, filter: CaseFilter| f.leads(n, Room::Cases, address::with("/cases", &filter));
    let findings = |n, severity| {
        let filter = FindingFilter { severity: Some(severity), from, to, ..narrow.findings() };
        f.leads(n, Room::Findings, address::with("/findings", &filter))
    };
    vec![
        cases(a.filed, CaseFilter { from, to, ..narrow.cases() }),
        cases(a.decided, CaseFilter { decided_from: from, decided_to: to, ..narrow.cases() }),
        cases(a.closed, CaseFilter { closed_from: from, closed_to: to, ..narrow.cases() }),
        cases(a.open, CaseFilter { state: Some(CaseState::Open), ..narrow.cases() }),
        f.leads(a.overdue, Room::Deadlines, address::with("/deadlines", &narrow.deadlines(DeadlineState::Overdue))),
        findings(a.findings.high, Severity::High),
        findings(a.findings.medium, Severity::Medium),
    ]
}

fn score(f: &Frame, i: &Indicator) -> Score {
    let counts = |n: i64| if i.money { format::money_short(n, f.lang) } else { n.to_string() };
    Score {
        rate: Number {
            text: i.rate().map_or_else(|| "—".to_owned(), format::percent),
            // To what fails where something does, else to all that was counted.
            href: f
                .behind(failing(i), i.money, &i.failed)
                .href
                .or_else(|| f.behind(i.denominator, i.money, &i.counted).href),
        },
        of: if i.denominator == 0 {
            String::new()
        } else {
            format!("{} / {}", counts(i.numerator), counts(i.denominator))
        },
        bad: !i.too_small() && i.reached() == Some(false),
        small: i.too_small(),
    }
}

fn figures(f: &Frame, a: &AgencyCard, narrow: &Narrow) -> Vec<Figure> {
    let w = f.w;
    let numbers = numbers(f, &a.row, &a.from, &a.to);
    let names = [
        (w.filed, 0),
        (w.decided, 0),
        (w.closed, 0),
        (w.open_now, 0),
        (w.deadlines_overdue, a.row.overdue),
        (w.findings_high, a.row.findings.high),
        (w.findings_medium, a.row.findings.medium),
    ];
    let mut all: Vec<Figure> =
        names.into_iter().zip(numbers).map(|((name, wrong), number)| Figure::wrong(name, number, wrong)).collect();
    let decided = CaseFilter { decided_from: Some(a.from), decided_to: Some(a.to), ..narrow.cases() };
    let fines = Number {
        text: format::money_short(a.row.fine_fen, f.lang),
        href: (a.row.fine_fen > 0 && f.opens(Room::Cases)).then(|| address::with("/cases", &decided)),
    };
    all.push(Figure::new(w.fines_decided, fines));
    let today = f.as_of.as_ref().map_or(a.to, |as_of| as_of.today);
    all.push(running_clocks(f, &a.deadlines, narrow, today));
    all.push(without_calendar(f, &a.deadlines, narrow));
    let not_checked =
        FindingFilter { severity: Some(Severity::NotChecked), from: Some(a.from), to: Some(a.to), ..narrow.findings() };
    let not_checked = address::with("/findings", &not_checked);
    all.push(Figure::new(w.findings_not_checked, f.leads(a.row.findings.not_checked, Room::Findings, not_checked)));
    all
}
