//! 清单: the power list, and one power item with its flow, versions, duties, standard and use.

use askama::Template;
use jiff::civil::Date;

use super::{
    PageError, address,
    cite::Cited,
    context::Cx,
    flow::Flow,
    format,
    frame::{Crumb, Frame, Number},
    officers::agency_choices,
    overview::{Figure, region_choices},
    parts::{Chip, Choice, Pager, choices},
    room::Room,
    terms,
};
use crate::model::{
    BasisText, CaseFilter, DecisionFilter, FindingFilter, ItemFile, ItemFilter, ItemRow, ItemState, Page, Severity,
    Text, TierText, TimelineEntry,
};
use crate::query::sort;

#[derive(Template)]
#[template(path = "items.html")]
struct ListView {
    f: Frame,
    filter: ItemFilter,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    list: Page<ItemRow>,
    /// The day looked at, where it is past.
    past: Option<Date>,
    /// The same list today.
    today_href: String,
    pager: Pager,
}

/// One entry of the timeline; the same shape as a case's.
struct Entry {
    t: TimelineEntry,
    chip: Option<Chip>,
    /// What the lists record names no files.
    files: Option<String>,
}

#[derive(Template)]
#[template(path = "item.html")]
struct FileView {
    f: Frame,
    i: ItemFile,
    path: String,
    flow: Option<[Flow; 2]>,
    figures: Vec<Figure>,
    entries: Vec<Entry>,
}

/// The list on a day.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let filter: ItemFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Items).await?;
    let mut f = f.sorted("/items", &filter, filter.sort.as_deref(), &sort::ITEMS)?;
    f.look_at(filter.on);
    let list = cx.ask().items(cx.scope(), &filter).await?;
    let view = ListView {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        kinds: terms::POWER_KINDS
            .iter()
            .map(|kind| Choice::new(*kind, terms::power_kind(kind, f.lang), filter.kind.as_deref()))
            .collect(),
        states: choices!(ItemState, filter.state, f.lang),
        pager: Pager::of(&list, "/items", &filter, f.lang),
        past: filter.on.filter(|on| f.is_past(*on)),
        today_href: address::with("/items", &ItemFilter { on: None, page: 0, ..filter.clone() }),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}

/// One item on a day.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let filter: ItemFilter = cx.filter()?;
    let code = cx.param("code").to_owned();
    let Some(i) = cx.ask().item(cx.scope(), &code, filter.on).await? else { return Err(PageError::NotFound) };
    let between = vec![Crumb { name: i.row.item.clone(), href: None }];
    let mut f = Frame::of(&cx, Room::Items, i.row.name.clone(), between).await?;
    // The name is long and stands below; the way here ends with the code.
    f.crumbs.pop();
    f.look_at(filter.on);
    let view = FileView {
        path: format!("/items/{}", address::encode(&code)),
        flow: (!i.content.flow.is_empty()).then(|| Flow::both(&i.content.flow, f.lang)),
        figures: figures(&f, &i),
        entries: i
            .timeline
            .iter()
            .map(|t| Entry {
                chip: t.refused.then(|| Chip::new("wrong", "refused", f.w.refused_attempt)),
                t: t.clone(),
                files: None,
            })
            .collect(),
        i,
        f,
    };
    Ok(view.render()?)
}

/// What the public is told of an item's cases are the decisions that stand on the web.
pub(crate) fn cases_word(f: &Frame) -> &'static str {
    if f.public { f.w.published } else { f.w.cases }
}

/// A basis, leading to its article where its statute is on record; as of the day looked at.
pub(crate) fn cited(f: &Frame, basis: &BasisText) -> Cited {
    f.cited(format!("《{}》{}", basis.statute, basis.article))
}

/// What came of one basis.
pub(crate) fn held(f: &Frame, i: &ItemFile, at: &usize) -> Chip {
    held_of(f, &i.citations, at)
}

/// What came of one of these.
pub(crate) fn held_of(f: &Frame, citations: &[(String, Text)], at: &usize) -> Chip {
    let Some((held, text)) = citations.get(*at) else { return Chip::new("quiet", "pending", "—") };
    let (class, shape) = match held.as_str() {
        "found" => ("done", "done"),
        "wrong" => ("wrong", "wrong"),
        _ => ("quiet", "pending"),
    };
    Chip::new(class, shape, f.t(text))
}

/// The cases that cite an item, leading to them.
pub(crate) fn cases(f: &Frame, row: &ItemRow) -> Number {
    let item = Some(row.item.clone());
    // What is counted up to a past day is listed up to it.
    let to = f.on.filter(|on| f.is_past(*on));
    if f.public {
        let filter = DecisionFilter { item, to, ..DecisionFilter::default() };
        return f.leads(row.cases, Room::Decisions, address::with("/decisions", &filter));
    }
    let filter = CaseFilter { item, to, ..CaseFilter::default() };
    f.leads(row.cases, Room::Cases, address::with("/cases", &filter))
}

/// The decisions that cite a tier of its standard, leading to them.
pub(crate) fn used(f: &Frame, row: &ItemRow, tier: &TierText, upto: &Option<Date>) -> Number {
    let (item, tier_code) = (Some(row.item.clone()), Some(tier.code.clone()));
    let filter = CaseFilter { item, tier: tier_code, decided_to: *upto, ..CaseFilter::default() };
    f.leads(tier.used, Room::Cases, address::with("/cases", &filter))
}

fn figures(f: &Frame, i: &ItemFile) -> Vec<Figure> {
    let w = f.w;
    let item = || Some(i.row.item.clone());
    let count = |n, filter: CaseFilter| {
        let filter = CaseFilter { item: item(), ..filter };
        f.leads(n, Room::Cases, address::with("/cases", &filter))
    };
    let plain = |text: String| Number { text, href: None };
    let mut figures = vec![Figure::new(cases_word(f), cases(f, &i.row))];
    figures.extend(i.usage.outcomes.iter().map(|of| {
        let (kind, outcome) = (Some(of.kind.clone()), Some(of.outcome.clone()));
        let filter = CaseFilter { kind, outcome, decided_to: i.upto, ..CaseFilter::default() };
        Figure::new(f.t(&of.text), count(of.decided, filter))
    }));
    if let (Some(low), Some(high)) = (i.usage.fine_low_fen, i.usage.fine_high_fen) {
        figures.push(Figure::new(w.fine_low, plain(format::money_short(low, f.lang))));
        figures.push(Figure::new(w.fine_high, plain(format::money_short(high, f.lang))));
        let sum = Number { text: format::money_short(i.usage.fine_sum_fen, f.lang), href: cases(f, &i.row).href };
        figures.push(Figure::new(w.fine_sum, sum));
    }
    if f.opens(Room::Findings) {
        let except = Some(Severity::Prevented);
        let filter = FindingFilter { item: item(), except, to: i.upto, ..FindingFilter::default() };
        let number = f.leads(i.usage.findings, Room::Findings, address::with("/findings", &filter));
        figures.push(Figure::new(w.findings, number));
    }
    figures
}
