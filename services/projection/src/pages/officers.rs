//! Officers: who holds a certificate, for what, until when.

use askama::Template;

use super::{
    PageError, address, conditions,
    conditions::Condition,
    context::Cx,
    frame::{Crumb, Frame, Number},
    parts::{Choice, Pager, choices},
    room::Room,
};
use crate::model::{CaseFilter, CertificateState, OfficerFilter, OfficerRow, Page};
use crate::query::sort;

#[derive(Template)]
#[template(path = "officers.html")]
struct View {
    f: Frame,
    filter: OfficerFilter,
    agencies: Vec<Choice>,
    certificates: Vec<Choice>,
    conditions: Vec<Condition>,
    list: Page<OfficerRow>,
    pager: Pager,
}

/// Officers in scope.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Agencies)?;
    let filter: OfficerFilter = cx.filter()?;
    let w = cx.lang().words();
    let between = vec![Crumb::to(w.officers, "/officers")];
    let f = Frame::of(&cx, Room::Agencies, w.officers, between).await?;
    let f = f.sorted("/officers", &filter, filter.sort.as_deref(), &sort::OFFICERS)?;
    let list = cx.ask().officers(cx.scope(), &filter).await?;
    let view = View {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        certificates: choices!(CertificateState, filter.certificate, f.lang),
        conditions: conditions::of(
            "/officers",
            &filter,
            &[
                ("region", f.w.region, filter.region.as_ref().map(|code| (code.clone(), f.region(code)))),
                ("acted_from", f.w.acted_from, conditions::day(filter.acted_from)),
                ("acted_to", f.w.acted_to, conditions::day(filter.acted_to)),
                ("behind", f.w.always_certified, conditions::word(&f, filter.behind.map(|b| (b.id(), b.text())))),
            ],
        ),
        pager: Pager::of(&list, "/officers", &filter, f.lang),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}

/// The options of an agency select: those in scope.
pub(crate) async fn agency_choices(cx: &Cx, chosen: Option<&str>) -> Result<Vec<Choice>, PageError> {
    let names = cx.ask().agency_names(cx.scope()).await?;
    let mut all: Vec<Choice> = names.into_iter().map(|a| Choice::new(a.agency, a.short_name, chosen)).collect();
    if let Some(code) = chosen.filter(|code| all.iter().all(|c| c.value != *code)) {
        all.push(Choice::new(code, code, chosen));
    }
    Ok(all)
}

/// An officer's name, leading to the cases he is in charge of.
pub(crate) fn name(f: &Frame, officer: &OfficerRow) -> Number {
    let filter = CaseFilter { officer: Some(officer.officer.clone()), ..CaseFilter::default() };
    let href = (officer.acts > 0 && f.opens(Room::Cases)).then(|| address::with("/cases", &filter));
    Number { text: officer.name.clone(), href }
}
