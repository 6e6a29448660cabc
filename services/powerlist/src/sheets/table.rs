//! A sheet as rows of a list: heads put in their order, merged cells filled down, and whatever was not taken named.

mod fill;

use std::{borrow::Cow, collections::BTreeMap};

use lists::facts::PowerKind;

use super::{
    Sheet,
    fault::{Bad, Faults, RowFault, Unread},
    heads::{Head, Header},
    limits::Room,
    line::{Mark, Row},
    page::{Page, letters},
};
use fill::Filling;

/// The rows of one sheet, as text in the columns of the list.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// The name on the sheet's tab; a CSV file has none.
    pub tab: String,
    /// What it holds.
    pub sheet: Sheet,
    /// Whether it has the header of an export: nothing is derived then.
    pub own: bool,
    /// The row of its header.
    pub header_row: u32,
    /// Its heads, in their order.
    pub heads: Vec<Head>,
    /// Its rows, without the header and without empty ones, in the columns of the list and those beside it.
    pub rows: Vec<Row>,
    /// The titles above its header.
    pub titles: Vec<String>,
    /// What the sections between the rows say of the kind of power, by the first row that they hold for.
    pub kinds: BTreeMap<u32, PowerKind>,
    /// Rows that are not among them because they cannot be read.
    pub faults: Faults,
    /// What was not taken, and why.
    pub notes: Vec<Note>,
}

/// Something of a file that is not among what was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file.
    pub file: String,
    /// The sheet.
    pub tab: String,
    /// The row; 0 when no single one is meant.
    pub row: u32,
    /// What it is, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Most notes of one sheet that are told; the last one says how many there are more.
const NOTES_MAX: usize = 50;

/// Which columns a list has: its header's, and those beside it.
fn columns(sheet: Sheet) -> impl Iterator<Item = &'static str> {
    sheet.header().iter().chain(sheet.beside()).copied()
}

impl Table {
    /// Where a column stands in the file, from 0.
    pub(super) fn at(&self, column: &str) -> Option<usize> {
        self.heads.iter().find(|head| head.takes == Some(column)).map(|head| head.at)
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.at(column).is_some()
    }

    /// A cell of a row by its column.
    pub fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        columns(self.sheet).position(|known| known == column).map_or("", |at| row.cell(at))
    }

    /// What a cell is besides its text.
    pub(super) fn mark<'r>(&self, row: &'r Row, column: &str) -> Option<&'r Mark> {
        columns(self.sheet).position(|known| known == column).and_then(|at| row.mark(at))
    }

    /// A row with other texts in some columns.
    pub fn with(&self, row: &Row, mut texts: BTreeMap<&'static str, String>) -> Row {
        let cells = columns(self.sheet).enumerate().map(|(at, column)| match texts.remove(column) {
            Some(text) => (Cow::Owned(text), None),
            None => (Cow::Borrowed(row.cell(at)), row.mark(at).cloned()),
        });
        row.with(cells)
    }

    /// A fault of a cell, by its column in the list, or of a whole row.
    pub(crate) fn fault(&self, row: u32, column: &str, found: &str, bad: Bad) -> RowFault {
        let head = self.heads.iter().find(|head| head.takes == Some(column));
        RowFault {
            file: self.file.clone(),
            tab: self.tab.clone(),
            row,
            column: head.map_or_else(|| column.to_owned(), |head| head.text.clone()),
            cell: head.map(|head| format!("{}{row}", letters(head.at))).unwrap_or_default(),
            found: super::cells::cut(found),
            zh: bad.zh,
            en: bad.en,
            proposal: bad.proposal.unwrap_or_default(),
            rule: None,
        }
    }

    fn note(&mut self, row: u32, zh: String, en: String) {
        let (file, tab) = (self.file.clone(), self.tab.clone());
        match self.notes.len() {
            0..NOTES_MAX => self.notes.push(Note { file, tab, row, zh, en }),
            NOTES_MAX => {
                let (zh, en) = ("……其余未逐一列出".to_owned(), "… and more that are not told one by one".to_owned());
                self.notes.push(Note { file, tab, row: 0, zh, en });
            }
            _ => {}
        }
    }

    /// Makes a table of a page whose header was found.
    pub(super) fn of(file: &str, page: Page, header: Header, room: &Room) -> Result<Self, Unread> {
        let Header { sheet, own, first, rows: head_rows, heads } = header;
        let Page { name, rows, merges, hidden_columns, .. } = page;
        let mut table = Self {
            file: file.to_owned(),
            tab: name,
            sheet,
            own,
            header_row: rows[first + head_rows - 1].number,
            heads,
            rows: Vec::new(),
            titles: rows[..first].iter().flat_map(Row::cells).filter(|c| !c.is_empty()).map(str::to_owned).collect(),
            kinds: BTreeMap::new(),
            faults: Faults::default(),
            notes: Vec::new(),
        };
        let header_rows: Vec<Row> = rows[first..first + head_rows].to_vec();
        for row in &rows[..first] {
            let text = super::cells::cut(&row.cells().filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" "));
            table.note(
                row.number,
                format!("表头之上的“{text}”不是清单内容"),
                format!("{text:?} above the header is no row"),
            );
        }
        for head in table.heads.clone().iter().filter(|head| head.chosen) {
            let (text, column) = (&head.text, head.takes.unwrap_or("（不导入）"));
            let zh = format!("表头“{text}”按指定作为“{column}”");
            table.note(table.header_row, zh, format!("the head {text} was chosen to be {column}"));
        }
        for (from, to) in hidden_columns {
            for head in table.heads.clone() {
                if (from..=to).contains(&head.at) {
                    let (at, text) = (letters(head.at), &head.text);
                    let zh = format!("{at}列“{text}”在表格中被隐藏，内容已按未隐藏读取");
                    table.note(0, zh, format!("column {at} ({text}) is hidden; it was read as if it were not"));
                }
            }
        }
        let mut filling = Filling::new(table, header_rows, merges, room);
        for row in rows.into_iter().skip(first + head_rows) {
            filling.row(row)?;
        }
        Ok(filling.finish())
    }
}
