//! 期限: statutory clocks, the most urgent first, each with how its last day came about.

use askama::Template;

use super::{
    PageError, address, conditions,
    conditions::Condition,
    context::Cx,
    frame::Frame,
    officers::agency_choices,
    overview::region_choices,
    parts::{Choice, Pager, say},
    room::Room,
};
use crate::model::{DeadlineFilter, DeadlineRow, DeadlineState, Page};
use crate::query::sort;

/// A tab: one state, or all running ones.
pub(crate) struct Tab {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

#[derive(Template)]
#[template(path = "deadlines.html")]
struct View {
    f: Frame,
    filter: DeadlineFilter,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    rules: Vec<Choice>,
    tabs: Vec<Tab>,
    conditions: Vec<Condition>,
    list: Page<DeadlineRow>,
    pager: Pager,
}

/// Clocks in scope.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Deadlines)?;
    let filter: DeadlineFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Deadlines).await?;
    let f = f.sorted("/deadlines", &filter, filter.sort.as_deref(), &sort::DEADLINES)?;
    let list = cx.ask().deadlines(cx.scope(), &filter).await?;
    // A tab shows one state, whatever an indicator has counted.
    let plain = DeadlineFilter { behind: None, ended_from: None, ended_to: None, page: 0, ..filter.clone() };
    let tab = |state: Option<DeadlineState>| Tab {
        name: state.map_or_else(|| f.w.running.to_owned(), |state| say(&state.text(), f.lang)),
        href: address::with("/deadlines", &DeadlineFilter { state, ..plain.clone() }),
        current: filter == DeadlineFilter { state, page: filter.page, ..plain.clone() },
    };
    let view = View {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        rules: f.rule_choices(filter.rule.as_deref(), |kind| kind == law::rule::Kind::Deadline),
        tabs: std::iter::once(None).chain(DeadlineState::ALL.iter().copied().map(Some)).map(tab).collect(),
        conditions: conditions::of(
            "/deadlines",
            &filter,
            &[
                ("behind", f.w.counted_as, conditions::word(&f, filter.behind.map(|b| (b.id(), b.text())))),
                ("ended_from", f.w.ended_from, conditions::day(filter.ended_from)),
                ("ended_to", f.w.ended_to, conditions::day(filter.ended_to)),
            ],
        ),
        pager: Pager::of(&list, "/deadlines", &filter, f.lang),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}
