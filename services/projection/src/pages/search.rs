//! 搜索: one text, looked for in everything that its reader may see.

use askama::Template;
use serde::Deserialize;

use super::{
    PageError, address,
    context::Cx,
    format,
    frame::{Frame, Number},
    room::Room,
};
use crate::model::{AgencyFilter, CaseFilter, DecisionFilter, ItemFilter, OfficerFilter, Page};

/// Rows shown of each kind.
const ROWS: u32 = 10;

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    text: String,
}

/// What was found of one kind.
struct Group {
    name: &'static str,
    /// How many, leading to all of them.
    total: Number,
    rows: Vec<(Number, String)>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct View {
    f: Frame,
    text: String,
    groups: Vec<Group>,
}

/// What was found.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let Asked { text } = cx.filter()?;
    let mut f = Frame::of(&cx, Room::Overview, cx.lang().words().search, Vec::new()).await?;
    f.sought = text.clone();
    let groups = if text.is_empty() { Vec::new() } else { groups(&cx, &f, &text).await? };
    Ok(View { groups, text, f }.render()?)
}

async fn groups(cx: &Cx, f: &Frame, text: &str) -> Result<Vec<Group>, PageError> {
    let (ask, scope, w) = (cx.ask(), cx.scope(), f.w);
    let text = || Some(text.to_owned());
    let mut groups = Vec::new();
    if f.opens(Room::Agencies) {
        let filter = AgencyFilter { text: text(), size: ROWS, ..AgencyFilter::default() };
        let list = ask.agencies(scope, &filter).await?;
        let all = address::with("/agencies", &AgencyFilter { size: 0, ..filter });
        groups.push(group(f, w.agencies, &list, all, |a| (f.agency(&a.name, &a.agency), a.agency.clone())));
    }
    let filter = ItemFilter { text: text(), size: ROWS, ..ItemFilter::default() };
    let list = ask.items(scope, &filter).await?;
    let all = address::with("/items", &ItemFilter { size: 0, ..filter });
    groups.push(group(f, w.items, &list, all, |i| {
        let href = format!("/items/{}", address::encode(&i.item));
        (Number { text: i.name.clone(), href: Some(href) }, format!("{} · {}", i.item, i.agency_name))
    }));
    if f.opens(Room::Cases) {
        let filter = CaseFilter { text: text(), size: ROWS, ..CaseFilter::default() };
        let list = ask.cases(scope, &filter).await?;
        let all = address::with("/cases", &CaseFilter { size: 0, ..filter });
        groups.push(group(f, w.cases, &list, all, |c| {
            let about = if c.item_name.is_empty() { &c.subject } else { &c.item_name };
            (Number { text: f.called(c), href: Some(f.file(c)) }, joined(&[&c.party, about, &c.agency_name]))
        }));
        let filter = OfficerFilter { text: text(), size: ROWS, ..OfficerFilter::default() };
        let list = ask.officers(scope, &filter).await?;
        let all = address::with("/officers", &OfficerFilter { size: 0, ..filter });
        groups.push(group(f, w.officers, &list, all, |o| {
            (super::officers::name(f, o), joined(&[&o.officer, &o.agency_name]))
        }));
    }
    let filter = DecisionFilter { text: text(), size: ROWS, ..DecisionFilter::default() };
    let list = ask.decisions(scope, &filter).await?;
    let all = address::with("/decisions", &DecisionFilter { size: 0, ..filter });
    groups.push(group(f, w.public_decisions, &list, all, |d| {
        let href = format!("/cases/{}", address::encode(&d.case));
        (Number { text: d.number.clone(), href: Some(href) }, joined(&[&d.party, &d.item_name, &d.agency_name]))
    }));
    groups.retain(|group| !group.rows.is_empty());
    Ok(groups)
}

fn group<T>(f: &Frame, name: &'static str, list: &Page<T>, all: String, row: impl Fn(&T) -> (Number, String)) -> Group {
    let more = if list.capped { f.lang.pick("以上", "+") } else { "" };
    let total = Number { text: format!("{}{more}", format::count(list.total)), href: Some(all) };
    Group { name, total, rows: list.rows.iter().take(ROWS as usize).map(row).collect() }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
