//! 看板: one kind of matter at one look: what is open, by agency and clock, and what was decided.

use askama::Template;
use law::vocabulary::MatterCard;

use super::{
    PageError, address,
    chart::Bar,
    context::Cx,
    frame::{Crumb, Frame, Number},
    overview::{Figure, IndicatorRow, StageRow, indicator_rows, region_choices},
    parts::{Choice, Files, say},
    room::Room,
};
use crate::model::{Board, BoardFilter, BoardRow, CaseFilter, CaseState, OutcomeCount, Timing};
use crate::query::sort;

/// An agency's open matters.
struct Row {
    name: Number,
    numbers: Vec<Number>,
}

#[derive(Template)]
#[template(path = "board.html")]
struct View {
    f: Frame,
    b: Board,
    kinds: Vec<Choice>,
    regions: Vec<Choice>,
    figures: Vec<Figure>,
    columns: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    outcomes: Vec<StageRow>,
    indicators: Vec<IndicatorRow>,
    files: Files,
}

/// The board of a kind.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Cases)?;
    let filter: BoardFilter = cx.filter()?;
    let b = cx.ask().board(cx.scope(), &filter).await?;
    let kind = say(&b.kind_text, cx.lang());
    let title = cx.lang().pick(format!("{kind}看板"), format!("{kind}: board"));
    let between = vec![Crumb::to(kind, address::with("/cases", &of_kind(&b, None)))];
    let f = Frame::of(&cx, Room::Cases, title, between).await?;
    let f = f.sorted("/board", &filter, filter.sort.as_deref(), &sort::BOARD)?;
    let region = filter.region.as_deref();
    let view = View {
        kinds: kinds(&f, &b.kind),
        regions: region_choices(&f, region),
        figures: figures(&f, &b, region),
        columns: Timing::ALL.iter().map(|timing| (timing.id(), f.heading(timing.text()))).collect(),
        rows: b.agencies.iter().map(|row| agency(&f, &b, row, region)).collect(),
        outcomes: outcomes(&f, &b, region),
        indicators: indicator_rows(&f, &b.indicators),
        files: Files::of("/board", &filter, f.lang),
        b,
        f,
    };
    Ok(view.render()?)
}

/// Every kind of matter, for a choice.
pub(crate) fn kinds(f: &Frame, chosen: &str) -> Vec<Choice> {
    let choice = |card: &MatterCard| Choice::new(card.kind, f.lang.pick(card.label.zh, card.label.en), Some(chosen));
    f.services.matters().map(choice).collect()
}

/// The matters that a board tells of.
fn of_kind(b: &Board, region: Option<&str>) -> CaseFilter {
    CaseFilter { kind: Some(b.kind.clone()), region: region.map(str::to_owned), ..CaseFilter::default() }
}

/// Open matters, all of them and by their clocks, each leading to its list.
fn numbers(f: &Frame, open: &CaseFilter, row: &BoardRow) -> Vec<Number> {
    let to = |n: u64, timing: Option<Timing>| {
        let filter = CaseFilter { state: Some(CaseState::Open), timing, ..open.clone() };
        f.leads(n, Room::Cases, address::with("/cases", &filter))
    };
    let by_clock = Timing::ALL.iter().map(|timing| to(row.standing(*timing), Some(*timing)));
    std::iter::once(to(row.open, None)).chain(by_clock).collect()
}

fn agency(f: &Frame, b: &Board, row: &BoardRow, region: Option<&str>) -> Row {
    let open = CaseFilter { agency: Some(row.agency.clone()), ..of_kind(b, region) };
    Row { name: f.agency(&row.agency_name, &row.agency), numbers: numbers(f, &open, row) }
}

fn figures(f: &Frame, b: &Board, region: Option<&str>) -> Vec<Figure> {
    let sum = |of: fn(&BoardRow) -> u64| b.agencies.iter().map(of).sum();
    let all = BoardRow {
        open: sum(|row| row.open),
        in_time: sum(|row| row.in_time),
        due_soon: sum(|row| row.due_soon),
        overdue: sum(|row| row.overdue),
        no_clock: sum(|row| row.no_clock),
        missed: sum(|row| row.missed),
        ..BoardRow::default()
    };
    let names = std::iter::once(f.w.open_now.to_owned()).chain(Timing::ALL.iter().map(|t| f.heading(t.text())));
    let figure = |(name, number)| Figure::new(name, number);
    let mut figures: Vec<Figure> = names.zip(numbers(f, &of_kind(b, region), &all)).map(figure).collect();
    for (figure, timing) in figures.iter_mut().skip(1).zip(Timing::ALL) {
        figure.wrong = *timing == Timing::Overdue && all.overdue > 0;
    }
    figures
}

fn outcomes(f: &Frame, b: &Board, region: Option<&str>) -> Vec<StageRow> {
    let most = b.outcomes.iter().map(|o| o.decided).max().unwrap_or(0);
    let row = |o: &OutcomeCount| {
        let filter = CaseFilter {
            outcome: Some(o.outcome.clone()),
            decided_from: Some(b.from),
            decided_to: Some(b.to),
            ..of_kind(b, region)
        };
        StageRow {
            name: f.heading(&o.text),
            number: f.leads(o.decided, Room::Cases, address::with("/cases", &filter)),
            bar: Bar::new("a", o.decided, most),
        }
    };
    b.outcomes.iter().map(row).collect()
}
