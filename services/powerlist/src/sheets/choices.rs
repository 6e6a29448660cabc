//! What is said with an import of how its files are to be read.

use super::{
    Sheet,
    heads::{Asked, HEAD_BYTES_MAX, plain},
    line::Row,
    page::Page,
};

/// What an agency's files say in words of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Heads, and the column that each stands for; without one, it is left out.
    pub heads: Vec<HeadChoice>,
    /// What stands in a column that the files do not have, or where it is empty.
    pub values: Vec<(String, String)>,
    /// What was chosen with earlier files of agencies.
    pub kept: Vec<Kept>,
}

/// What was chosen with earlier files of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What the agency is known by in its files: its names and its code.
    pub names: Vec<String>,
    /// Its heads.
    pub heads: Vec<HeadChoice>,
}

/// Cells of a page among which the name of its agency is looked for.
const CELLS_MAX: usize = 2_000;

/// A head and the column that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadChoice {
    /// The list; every list when none is named.
    pub sheet: Option<Sheet>,
    /// The head as it stands in the file.
    pub head: String,
    /// The column's name; empty: it is left out.
    pub column: String,
}

impl Choices {
    /// What holds for a page: what is chosen now, and behind it what was chosen for the agency whose it is.
    pub(super) fn of(&self, file: &str, page: &Page) -> Chosen {
        let named = |name: &String| {
            let cells =
                || page.rows.iter().flat_map(Row::cells).take(CELLS_MAX).filter(|cell| cell.len() <= HEAD_BYTES_MAX);
            [file, &page.name].iter().any(|title| title.contains(name.as_str()))
                || cells().any(|cell| cell.contains(name.as_str()))
        };
        let kept = self.kept.iter().filter(|kept| kept.names.iter().any(named)).flat_map(|kept| &kept.heads);
        Chosen(self.heads.iter().chain(kept).map(|choice| (plain(&choice.head), choice.clone())).collect())
    }

    /// What stands in a column that is not there.
    pub fn value(&self, column: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == column).map(|(_, value)| value.as_str())
    }
}

/// What was chosen for the heads of a page, by the head as [`plain`] writes it.
pub(super) struct Chosen(Vec<(String, HeadChoice)>);

impl Chosen {
    /// The column that a head was chosen to stand for in a list: `None` when nothing was chosen, none within when it is left out.
    pub(super) fn head(&self, sheet: Sheet, head: &Asked) -> Option<Option<&'static str>> {
        let fits = |(chosen, choice): &&(String, HeadChoice)| {
            *chosen == head.plain && choice.sheet.is_none_or(|only| only == sheet)
        };
        self.0.iter().filter(fits).find_map(|(_, choice)| {
            let column = sheet.column(&choice.column);
            (choice.column.is_empty() || column.is_some()).then_some(column)
        })
    }
}
