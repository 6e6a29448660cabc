//! The sheets of a file as they were read, before anything is known of what they hold.

use super::{
    fault::{Bad, Unread},
    limits::{MERGES_MAX, PAGES_MAX, Room, SHEET_COLUMNS, SHEET_ROWS},
    line::{Line, Row},
};

/// Cells that are one: of all of them, the first holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) top: u32,
    pub(super) bottom: u32,
    pub(super) left: usize,
    pub(super) right: usize,
}

/// One sheet of a file.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The name on its tab; a CSV file has none.
    pub(super) name: String,
    /// Whether it is hidden from who looks at the file.
    pub(super) hidden: bool,
    /// Its rows that say something, hidden ones too.
    pub(super) rows: Vec<Row>,
    /// Cells that are one, by their first row.
    pub(super) merges: Vec<Merge>,
    /// Columns that are hidden, from and to.
    pub(super) hidden_columns: Vec<(usize, usize)>,
}

/// The sheets of one file while it is read.
pub(super) struct Pages<'a> {
    room: &'a Room,
    pub(super) pages: Vec<Page>,
    /// What could not be read of a row, while the next ones could.
    pub(super) unread: Vec<Unread>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(room: &'a Room) -> Self {
        Self { room, pages: Vec::new(), unread: Vec::new() }
    }

    /// The next sheet begins.
    pub(super) fn begin(&mut self, name: &str, hidden: bool) -> Result<&mut Page, Bad> {
        if self.pages.len() == PAGES_MAX {
            return Err(Bad::new(
                format!("工作簿的工作表超过{PAGES_MAX}个，请把清单复制到新的工作簿"),
                format!("the workbook has more than {PAGES_MAX} sheets; copy the list into a new one"),
            ));
        }
        let name = super::cells::cut(name);
        self.pages.push(Page { name, hidden, ..Page::default() });
        Ok(self.page())
    }

    /// The sheet that is being read.
    pub(super) fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        self.pages.last_mut().expect("there is one now")
    }

    /// Takes the next row in; one that says nothing is none.
    pub(super) fn row(&mut self, number: u32, line: &mut Line<'_>) -> Result<(), Unread> {
        if line.width == 0 {
            return Ok(());
        }
        // The header of a sheet is no row of the list.
        if !self.page().rows.is_empty() && !self.room.row() {
            let most = self.room.rows_max();
            let zh = format!("一次导入的各文件合计超过{most}行，请分次导入");
            let en = format!("the files of one import have more than {most} rows; import them one after the other");
            return Err(Bad::new(zh, en).at(number));
        }
        let row = line.keep(number);
        self.page().rows.push(row);
        Ok(())
    }

    /// Cells that are one.
    pub(super) fn merge(&mut self, merge: Merge) -> Result<(), Bad> {
        let page = self.page();
        if page.merges.len() == MERGES_MAX {
            return Err(Bad::new(
                format!("工作表的合并单元格超过{MERGES_MAX}处，请把清单分成几个文件"),
                format!("the sheet has more than {MERGES_MAX} merged cells; divide the list"),
            ));
        }
        page.merges.push(merge);
        Ok(())
    }
}

/// What is said of a cell or a row where no sheet has one: whoever reads stops there.
pub(super) fn outside(said: &str) -> Bad {
    let said = super::cells::cut(said);
    Bad::new(
        format!("单元格或者行“{said}”超出工作表范围（最多{SHEET_ROWS}行、{SHEET_COLUMNS}列）"),
        format!(
            "the cell or row {said:?} lies outside of a sheet, which has {SHEET_ROWS} rows and {SHEET_COLUMNS} columns"
        ),
    )
}

/// The letters over a column, from 0.
pub(super) fn letters(column: usize) -> String {
    let (mut left, mut out) = (column + 1, Vec::new());
    while left > 0 {
        out.push(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0));
        left = (left - 1) / 26;
    }
    out.iter().rev().map(|b| char::from(*b)).collect()
}
