//! 法律文本: the statutes on record, and one of them as it was in force on a day.

use askama::Template;
use law::citation::chinese_number;

use super::{
    PageError, cite,
    context::Cx,
    format,
    frame::{Crumb, Frame, Number},
    overview::Figure,
    room::Room,
};
use crate::model::{ArticleText, AsOfFilter, StatuteFile, StatuteFilter, StatuteList, StatuteRow};

/// Most rows that a page shows.
const ROWS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "laws.html")]
struct ListView {
    f: Frame,
    filter: StatuteFilter,
    figures: Vec<Figure>,
    rows: Vec<StatuteRow>,
    /// How many fit beside those shown.
    more: usize,
}

/// An article with its name and its mark.
struct Article {
    name: String,
    anchor: String,
    a: ArticleText,
}

#[derive(Template)]
#[template(path = "law.html")]
struct FileView {
    f: Frame,
    s: StatuteFile,
    path: String,
    articles: Vec<Article>,
}

/// The statutes on record.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let filter: StatuteFilter = cx.filter()?;
    let f = Frame::of(&cx, Room::Items, cx.lang().words().laws, Vec::new()).await?;
    let StatuteList { mut rows, total, cited, not_checked } = cx.ask().statutes(&filter).await?;
    let more = rows.len().saturating_sub(ROWS_MAX);
    rows.truncate(ROWS_MAX);
    let figure = |label, n| Figure::new(label, Number { text: format::count(n), href: None });
    let figures = vec![
        figure(f.w.laws, total),
        figure(f.w.laws_cited, cited),
        Figure { wrong: not_checked > 0, ..figure(f.w.laws_not_checked, not_checked) },
    ];
    Ok(ListView { filter, figures, rows, more, f }.render()?)
}

/// One statute on a day.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let filter: AsOfFilter = cx.filter()?;
    let title = cx.param("title").to_owned();
    let Some(mut s) = cx.ask().statute(&title, filter.as_of).await? else { return Err(PageError::NotFound) };
    let between = vec![Crumb::to(cx.lang().words().laws, "/laws")];
    let f = Frame::of(&cx, Room::Items, s.title.clone(), between).await?;
    let article = |a: ArticleText| Article { name: named(&a), anchor: cite::anchor(a.number, a.insert), a };
    let articles = std::mem::take(&mut s.articles).into_iter().map(article).collect();
    Ok(FileView { path: cite::href(&s.title, None, None), articles, s, f }.render()?)
}

fn named(a: &ArticleText) -> String {
    let name = format!("第{}条", chinese_number(a.number));
    if a.insert == 0 { name } else { format!("{name}之{}", chinese_number(a.insert)) }
}

/// （一）, as an item is counted.
pub(crate) fn counted(index: &usize) -> String {
    format!("（{}）", u16::try_from(*index).map_or_else(|_| index.to_string(), chinese_number))
}
