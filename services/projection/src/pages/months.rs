//! 各机关分月: the agencies of a region by month in one table, every number with the rows behind it.

use askama::Template;
use jiff::civil::Date;

use super::{
    PageError,
    context::Cx,
    format,
    frame::{Crumb, Frame, Number},
    overview::{Narrow, month_numbers, region_choices},
    parts::{Choice, Files, choices},
    room::Room,
};
use crate::model::{AgencyMonths, AgencyYear, MonthCount, Monthly, MonthsFilter};

/// How many years back can be chosen.
const YEARS: i16 = 10;

struct Row {
    name: Number,
    months: Vec<Number>,
    whole: Number,
}

#[derive(Template)]
#[template(path = "months.html")]
struct View {
    f: Frame,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    counted: Vec<Choice>,
    columns: Vec<String>,
    all: Row,
    rows: Vec<Row>,
    files: Files,
}

/// The table.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Agencies)?;
    let filter: MonthsFilter = cx.filter()?;
    let f = frame(&cx).await?;
    let table = cx.ask().agency_months(cx.scope(), &filter).await?;
    let of = filter.of.unwrap_or(Monthly::Filed);
    let row = |name: Number, months: &[MonthCount], narrow: &Narrow| Row {
        name,
        months: months.iter().map(|m| cell(&f, of, m, format::month_days(&m.month), narrow)).collect(),
        whole: cell(&f, of, &sum(months), Some((table.from, table.to)), narrow),
    };
    let agency = |a: &AgencyYear| {
        let narrow = Narrow { region: None, agency: Some(a.agency.clone()) };
        row(f.agency(&a.name, &a.agency), &a.months, &narrow)
    };
    let everybody = Number { text: f.w.all_agencies.to_owned(), href: None };
    let today = f.as_of.as_ref().map_or(table.to, |as_of| as_of.today).year();
    let year = table.from.year().to_string();
    let view = View {
        regions: region_choices(&f, filter.region.as_deref()),
        years: (today - YEARS..=today)
            .rev()
            .map(|y| Choice::new(y.to_string(), y.to_string(), Some(year.as_str())))
            .collect(),
        counted: choices!(Monthly, Some(of), f.lang),
        columns: columns(&table),
        all: row(everybody, &together(&table), &Narrow { region: filter.region.clone(), agency: None }),
        rows: table.agencies.iter().map(agency).collect(),
        files: Files::of("/months", &filter, f.lang),
        f,
    };
    Ok(view.render()?)
}

/// The frame of the page and of its files.
pub(crate) async fn frame(cx: &Cx) -> Result<Frame, PageError> {
    let title = cx.lang().words().agencies_by_month;
    Frame::of(cx, Room::Agencies, title, vec![Crumb::to(title, "/agencies/months")]).await
}

/// The months, as heads of columns.
pub(crate) fn columns(table: &AgencyMonths) -> Vec<String> {
    table.agencies.first().map(|a| a.months.iter().map(|m| m.month.clone()).collect()).unwrap_or_default()
}

/// One number of a month.
pub(crate) fn count(of: Monthly, m: &MonthCount) -> u64 {
    match of {
        Monthly::Filed => m.filed,
        Monthly::Decided => m.decided,
        Monthly::Closed => m.closed,
        Monthly::Findings => m.findings,
        Monthly::Refused => m.refused,
    }
}

fn cell(f: &Frame, of: Monthly, m: &MonthCount, days: Option<(Date, Date)>, narrow: &Narrow) -> Number {
    let [filed, decided, closed, findings, refused] = month_numbers(f, m, days, narrow);
    match of {
        Monthly::Filed => filed,
        Monthly::Decided => decided,
        Monthly::Closed => closed,
        Monthly::Findings => findings,
        Monthly::Refused => refused,
    }
}

/// Several months as one.
pub(crate) fn sum(months: &[MonthCount]) -> MonthCount {
    months.iter().fold(MonthCount::default(), |mut all, m| {
        all.filed += m.filed;
        all.decided += m.decided;
        all.closed += m.closed;
        all.findings += m.findings;
        all.refused += m.refused;
        all
    })
}

/// All agencies, month by month.
fn together(table: &AgencyMonths) -> Vec<MonthCount> {
    let at = |(i, month): (usize, String)| {
        let of_month: Vec<MonthCount> = table.agencies.iter().filter_map(|a| a.months.get(i).cloned()).collect();
        MonthCount { month, ..sum(&of_month) }
    };
    columns(table).into_iter().enumerate().map(at).collect()
}
