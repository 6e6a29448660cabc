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
        stage_rows,
    },
    parts::{Choice, Pager},
    room::Room,
};
use crate::model::{
    AgencyCard, AgencyFilter, AgencyRow, CaseFilter, DeadlineState, FindingFilter, Indicator, Page, Severity,
};

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
    let list = cx.ask().agencies(cx.scope(), &filter).await?;
    let view = ListView {
        regions: region_choices(&f, filter.region.as_deref()),
        columns: list.rows.first().map(|a| a.indicators.iter().map(|i| f.t(i.id.text())).collect()).unwrap_or_default(),
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
        chart: Months::both(&a.months, true, f.lang),
        months: month_rows(&f, &a.months, &narrow, false),
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

/// The period asked for, or the year so far; put into the filter, so that every number tells of the same days.
fn period(f: &Frame, filter: &mut AgencyFilter) -> (Date, Date) {
    let today = f.as_of.as_ref().map_or(Date::ZERO, |as_of| as_of.today);
    let to = *filter.to.get_or_insert(today);
    let from = *filter.from.get_or_insert_with(|| to.first_of_year());
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
        f.leads(a.open, Room::Agencies, format!("/agencies/{}#stages", address::encode(&a.agency))),
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
    let mut numbers = numbers(f, &a.row, &a.from, &a.to).into_iter();
    let names = [
        (w.filed, false),
        (w.decided, false),
        (w.closed, false),
        (w.open_now, false),
        (w.deadlines_overdue, a.row.overdue > 0),
        (w.findings_high, a.row.findings.high > 0),
        (w.findings_medium, a.row.findings.medium > 0),
    ];
    let mut all: Vec<Figure> = names
        .into_iter()
        .filter_map(|(name, wrong)| Some(Figure { name, number: numbers.next()?, below: String::new(), wrong }))
        .collect();
    // The agency's page repeats the stages below: open cases lead there.
    if let Some(open) = all.get_mut(3) {
        open.number.href = open.number.href.is_some().then(|| "#stages".to_owned());
    }
    let decided = CaseFilter { decided_from: Some(a.from), decided_to: Some(a.to), ..narrow.cases() };
    all.push(Figure {
        name: w.fines_decided,
        number: Number {
            text: format::money_short(a.row.fine_fen, f.lang),
            href: (a.row.fine_fen > 0 && f.opens(Room::Cases)).then(|| address::with("/cases", &decided)),
        },
        below: String::new(),
        wrong: false,
    });
    let clocks = |state| address::with("/deadlines", &narrow.deadlines(state));
    all.push(Figure {
        name: w.deadlines_open,
        number: f.leads(a.deadlines.open, Room::Deadlines, clocks(DeadlineState::Open)),
        below: f.lang.pick(
            format!("七日内到期 {}", a.deadlines.due_soon),
            format!("{} due in seven days", a.deadlines.due_soon),
        ),
        wrong: false,
    });
    all
}
