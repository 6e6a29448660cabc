//! How a list is sorted, told in its head: each column that it can be sorted by is a link, and the one it is sorted by says so.

use askama::{Template, filters::HtmlSafe};
use serde::Serialize;

use super::{PageError, address, i18n::Words};
use crate::query::sort::{Sorted, Sorting};

/// The columns of the list on a page; none on a page without one.
#[derive(Default)]
pub(crate) struct Sorts {
    list: Option<List>,
}

struct List {
    w: &'static Words,
    path: String,
    query: String,
    sorting: &'static Sorting,
    now: Option<Sorted>,
    /// As the address has it, if it says so.
    asked: Option<String>,
}

/// What stands in the head of a column.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% if let Some(href) = href %}<a class="sort" href="{{ href }}" title="{{ told }}">{{ label }}{% if !arrow.is_empty() %} <span aria-hidden="true">{{ arrow }}</span>{% endif %}</a>{% else %}{{ label }}{% endif %}"#
)]
pub(crate) struct Head {
    label: String,
    href: Option<String>,
    told: &'static str,
    arrow: &'static str,
}
impl HtmlSafe for Head {}

/// The attribute of a head that tells how its column is sorted.
#[derive(Template)]
#[template(ext = "html", source = r#"{% if !how.is_empty() %} aria-sort="{{ how }}"{% endif %}"#)]
pub(crate) struct AriaSort {
    how: &'static str,
}
impl HtmlSafe for AriaSort {}

/// What the form of a filter keeps of it.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% if let Some(sort) = sort %}<input type="hidden" name="sort" value="{{ sort }}">{% endif %}"#
)]
pub(crate) struct Kept {
    sort: Option<String>,
}
impl HtmlSafe for Kept {}

impl Sorts {
    /// Of the list at `path` under `filter`.
    ///
    /// # Errors
    /// When the list has no such column.
    pub(crate) fn of<F: Serialize>(
        w: &'static Words,
        path: &str,
        filter: &F,
        sort: Option<&str>,
        sorting: &'static Sorting,
    ) -> Result<Self, PageError> {
        let address = address::at_page(path, filter, 1);
        let query = address.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
        let (now, asked) = (sorting.read(sort)?, sort.map(str::to_owned));
        Ok(Self { list: Some(List { w, path: path.to_owned(), query, sorting, now, asked }) })
    }

    /// The head of a column that the list may be sorted by.
    pub(crate) fn head(&self, name: &str, label: &str) -> Head {
        let found =
            self.list.as_ref().and_then(|list| Some((list, list.sorting.columns.iter().find(|c| c.name == name)?)));
        let Some((list, column)) = found else {
            return Head { label: label.to_owned(), href: None, told: "", arrow: "" };
        };
        let now = list.now.filter(|now| now.column.name == name).map(|now| now.largest_first);
        // Once more turns it round.
        let largest_first = now.map_or(column.largest_first, |now| !now);
        let sort = if largest_first { format!("-{name}") } else { name.to_owned() };
        Head {
            label: label.to_owned(),
            href: Some(address::replaced(&list.path, &list.query, "sort", Some(&sort))),
            told: if largest_first { list.w.sort_down } else { list.w.sort_up },
            arrow: match now {
                Some(true) => "▼",
                Some(false) => "▲",
                None => "",
            },
        }
    }

    /// Whether the list is sorted by one of these columns, whose names stand in one head.
    pub(crate) fn aria(&self, names: &str) -> AriaSort {
        let now = self.list.as_ref().and_then(|list| list.now);
        let now = now.filter(|now| names.split(' ').any(|name| name == now.column.name));
        AriaSort { how: now.map_or("", |now| if now.largest_first { "descending" } else { "ascending" }) }
    }

    /// What a form keeps of it.
    pub(crate) fn kept(&self) -> Kept {
        Kept { sort: self.list.as_ref().and_then(|list| list.asked.clone()) }
    }
}
