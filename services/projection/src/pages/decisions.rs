//! 公示: decisions that stand on the web. Everybody may look them up (APL 48).

use askama::Template;

use super::{
    PageError, conditions,
    conditions::Condition,
    context::Cx,
    frame::Frame,
    officers::agency_choices,
    overview::region_choices,
    parts::{Choice, Pager},
    room::Room,
};
use crate::model::{DecisionFilter, Page, PublicDecision};
use crate::query::sort;

#[derive(Template)]
#[template(path = "decisions.html")]
struct View {
    f: Frame,
    filter: DecisionFilter,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    conditions: Vec<Condition>,
    list: Page<PublicDecision>,
    pager: Pager,
}

/// The search.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let filter: DecisionFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Decisions).await?;
    let f = f.sorted("/decisions", &filter, filter.sort.as_deref(), &sort::DECISIONS)?;
    let list = cx.ask().decisions(cx.scope(), &filter).await?;
    let view = View {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        conditions: conditions::of(
            "/decisions",
            &filter,
            &[("item", f.w.item, conditions::code(filter.item.as_ref()))],
        ),
        pager: Pager::of(&list, "/decisions", &filter, f.lang),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}
