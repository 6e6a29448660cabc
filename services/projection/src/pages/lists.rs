//! 其他清单: the lists beside that of powers, one of them, and one row as of a day.

use askama::Template;
use jiff::civil::Date;

use super::{
    PageError, address,
    cite::Cited,
    context::Cx,
    frame::{Crumb, Frame},
    items,
    officers::agency_choices,
    overview::region_choices,
    parts::{Chip, Choice, Pager, choices, say},
    room::Room,
};
use crate::{
    model::{BasisText, ItemState, ListCount, ListPartText, ListRow, ListRowFile, Page, RowFilter},
    query::sort,
};

#[derive(Template)]
#[template(path = "lists.html")]
struct AllView {
    f: Frame,
    filter: RowFilter,
    lists: Vec<ListCount>,
    past: Option<Date>,
}

#[derive(Template)]
#[template(path = "list.html")]
struct ListView {
    f: Frame,
    path: String,
    filter: RowFilter,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    states: Vec<Choice>,
    list: Page<ListRow>,
    /// The day looked at, where it is past.
    past: Option<Date>,
    /// The same list today.
    today_href: String,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "row.html")]
struct FileView {
    f: Frame,
    r: ListRowFile,
    path: String,
}

/// The lists there are.
pub(crate) async fn all(cx: Cx) -> Result<String, PageError> {
    let filter: RowFilter = cx.filter()?;
    let mut f = Frame::of(&cx, Room::Items, cx.lang().words().lists, Vec::new()).await?;
    f.look_at(filter.on);
    let lists = cx.ask().list_counts(cx.scope(), filter.on).await?;
    let past = filter.on.filter(|on| f.is_past(*on));
    Ok(AllView { filter, lists, past, f }.render()?)
}

/// The frame of one list; a list that no service knows has none.
pub(crate) async fn frame(cx: &Cx, list: &str, filter: &RowFilter) -> Result<Frame, PageError> {
    let counts = cx.ask().list_counts(cx.scope(), filter.on).await?;
    let Some(of) = counts.into_iter().find(|of| of.list == list) else { return Err(PageError::NotFound) };
    let between = vec![Crumb::to(cx.lang().words().lists, dated("/lists", filter.on))];
    let title = say(&of.text, cx.lang());
    Frame::of(cx, Room::Items, title, between).await
}

/// One list on a day.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let name = cx.param("list").to_owned();
    let filter = RowFilter { list: None, ..cx.filter()? };
    let path = format!("/lists/{}", address::encode(&name));
    let f = frame(&cx, &name, &filter).await?;
    let mut f = f.sorted(&path, &filter, filter.sort.as_deref(), &sort::ITEMS)?;
    f.look_at(filter.on);
    let list = cx.ask().list_rows(cx.scope(), &name, &filter).await?;
    let exported = RowFilter { list: Some(name), ..filter.clone() };
    let view = ListView {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        states: choices!(ItemState, filter.state, f.lang)
            .into_iter()
            .filter(|choice| choice.value != ItemState::Draft.id())
            .collect(),
        pager: Pager::of(&list, &path, &filter, f.lang).taken_from("/lists", &exported, f.lang),
        past: filter.on.filter(|on| f.is_past(*on)),
        today_href: address::with(&path, &RowFilter { on: None, page: 0, ..filter.clone() }),
        list,
        path,
        filter,
        f,
    };
    Ok(view.render()?)
}

/// One row on a day.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let filter: RowFilter = cx.filter()?;
    let [list, agency, code] = ["list", "agency", "code"].map(|name| cx.param(name).to_owned());
    let Some(r) = cx.ask().list_row(cx.scope(), &list, &agency, &code, filter.on).await? else {
        return Err(PageError::NotFound);
    };
    let of = dated(&format!("/lists/{}", address::encode(&list)), filter.on);
    let all = dated("/lists", filter.on);
    let between = vec![Crumb::to(cx.lang().words().lists, all), Crumb::to(say(&r.list, cx.lang()), of)];
    let mut f = Frame::of(&cx, Room::Items, r.row.name.clone(), between).await?;
    f.look_at(filter.on);
    let path = page(&r.row);
    Ok(FileView { path, r, f }.render()?)
}

/// A page of the lists on a day.
fn dated(path: &str, on: Option<Date>) -> String {
    on.map_or_else(|| path.to_owned(), |on| format!("{path}?on={on}"))
}

/// The lists there are, on the day looked at.
pub(crate) fn all_href(f: &Frame) -> String {
    f.on_day("/lists")
}

/// The page of a row.
fn page(row: &ListRow) -> String {
    let [list, agency, code] = [&row.list, &row.agency, &row.code].map(|part| address::encode(part));
    format!("/lists/{list}/{agency}/{code}")
}

/// The page of a row, on the day looked at.
pub(crate) fn href(f: &Frame, row: &ListRow) -> String {
    f.on_day(&page(row))
}

/// The page of a list, on the day looked at.
pub(crate) fn list_href(f: &Frame, of: &ListCount) -> String {
    f.on_day(&format!("/lists/{}", address::encode(&of.list)))
}

/// Most parts of a row that a list shows, and most characters of each: the row's own page has all.
const PARTS_MAX: usize = 4;
const CHARS_MAX: usize = 60;

/// The first parts of a row, each with its heading.
pub(crate) fn told(f: &Frame, row: &ListRow) -> Vec<(String, String)> {
    let cut = |text: String| match text.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    };
    row.parts.iter().take(PARTS_MAX).map(|part| (f.t(&part.label), cut(f.t(&part.value)))).collect()
}

/// A basis, leading to its article where its statute is on record.
pub(crate) fn cited(f: &Frame, basis: &BasisText) -> Cited {
    items::cited(f, basis)
}

/// What came of one basis.
pub(crate) fn held(f: &Frame, r: &ListRowFile, at: &usize) -> Chip {
    items::held_of(f, &r.citations, at)
}

/// The parts that any of the rows has, in the order in which rows have them.
pub(crate) fn columns(rows: &[ListRow]) -> Vec<&ListPartText> {
    let mut columns: Vec<&ListPartText> = Vec::new();
    for row in rows {
        let mut at = 0;
        for part in &row.parts {
            match columns.iter().position(|known| known.part == part.part) {
                Some(known) => at = known + 1,
                None => {
                    columns.insert(at, part);
                    at += 1;
                }
            }
        }
    }
    columns
}
