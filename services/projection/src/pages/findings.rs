//! 问题: violations, missed deadlines, missing duties, late recording, refused attempts.

use askama::Template;

use super::{
    PageError, conditions,
    conditions::Condition,
    context::Cx,
    frame::Frame,
    officers::agency_choices,
    overview::region_choices,
    parts::{Choice, Pager, choices},
    room::Room,
};
use crate::model::{FindingFilter, FindingKind, FindingRow, Page, Severity};
use crate::query::sort;

#[derive(Template)]
#[template(path = "findings.html")]
struct View {
    f: Frame,
    filter: FindingFilter,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    rules: Vec<Choice>,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    conditions: Vec<Condition>,
    list: Page<FindingRow>,
    pager: Pager,
}

/// Findings in scope.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Findings)?;
    let filter: FindingFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Findings).await?;
    let f = f.sorted("/findings", &filter, filter.sort.as_deref(), &sort::FINDINGS)?;
    let list = cx.ask().findings(cx.scope(), &filter).await?;
    let view = View {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        rules: f.rule_choices(filter.rule.as_deref(), |_| true),
        kinds: choices!(FindingKind, filter.kind, f.lang),
        severities: choices!(Severity, filter.severity, f.lang),
        conditions: conditions::of(
            "/findings",
            &filter,
            &[
                ("except", f.w.except, conditions::word(&f, filter.except.map(|s| (s.id(), s.text())))),
                ("proof", f.w.proof, conditions::word(&f, filter.proof.map(|p| (p.id(), p.text())))),
                ("item", f.w.item, conditions::code(filter.item.as_ref())),
            ],
        ),
        pager: Pager::of(&list, "/findings", &filter, f.lang),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}
