//! A row of a file while it is read, and as it is kept.

use std::borrow::Cow;

use kernel::text::{Form, unguard};

use super::{
    fault::{Bad, Unread},
    limits::{CELL_CHARS_MAX, COLUMNS_MAX, Room, chars},
};

/// What a cell of any column may hold.
const CELL: Form = Form::lines(CELL_CHARS_MAX);

/// What a cell is besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stands as a number, which has no zeros in front and no more than 15 digits.
    Number,
    /// A formula that did not come to anything: `#N/A` and the like, which is its text.
    Error,
    /// A formula whose result was not stored.
    Unknown,
    /// Its text cannot be taken in.
    Bad(Bad),
}

/// The row that is being read. The next one takes its place.
pub(super) struct Line<'a> {
    room: &'a Room,
    text: String,
    ends: Vec<u32>,
    /// Cells so far, also those beyond [`COLUMNS_MAX`], of which nothing is kept.
    columns: usize,
    /// Columns up to the last one that says something.
    pub(super) width: usize,
    /// Cells that are more than their text, by column.
    marks: Vec<(u16, Mark)>,
    /// Whether the row is hidden from who looks at the file.
    pub(super) hidden: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(room: &'a Room) -> Self {
        Self { room, text: String::new(), ends: Vec::new(), columns: 0, width: 0, marks: Vec::new(), hidden: false }
    }

    /// Begins the next row.
    pub(super) fn clear(&mut self) {
        self.room.dropped(self.text.len());
        self.text.clear();
        self.ends.clear();
        self.marks.clear();
        (self.columns, self.width, self.hidden) = (0, 0, false);
    }

    /// How many cells it has so far.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Leaves the cells before a column empty.
    pub(super) fn skip_to(&mut self, column: usize) {
        self.columns = self.columns.max(column);
        let end = self.end();
        while self.ends.len() < self.columns.min(COLUMNS_MAX) {
            self.ends.push(end);
        }
    }

    /// One more cell.
    pub(super) fn put(&mut self, row: u32, cell: &str) -> Result<(), Unread> {
        let column = self.columns;
        self.columns += 1;
        // Most cells of a long row say nothing.
        if cell.is_empty() {
            if column < COLUMNS_MAX {
                self.ends.push(self.end());
            }
            return Ok(());
        }
        let read = read(cell);
        if !read.as_deref().is_ok_and(str::is_empty) {
            self.width = self.columns;
        }
        if column >= COLUMNS_MAX {
            return Ok(());
        }
        match read {
            Ok(text) => {
                let text = unguard(&text);
                if !self.room.text(text.len()) {
                    let mib = self.room.text_mib();
                    let zh = format!("一次导入的文字超过{mib}MiB，请把清单分成几个文件分次导入");
                    let en = format!(
                        "the files of one import have more than {mib} MiB of text; divide the list, and import its parts"
                    );
                    return Err(Unread { row, column: Some(column), bad: Bad::new(zh, en) });
                }
                self.text.push_str(text);
            }
            Err(bad) => self.note(column, Mark::Bad(bad)),
        }
        self.ends.push(self.end());
        Ok(())
    }

    /// One more cell, which is more than its text.
    pub(super) fn put_marked(&mut self, row: u32, cell: &str, mark: Mark) -> Result<(), Unread> {
        let column = self.columns;
        self.put(row, cell)?;
        self.width = self.columns;
        if column < COLUMNS_MAX {
            self.note(column, mark);
        }
        Ok(())
    }

    fn note(&mut self, column: usize, mark: Mark) {
        self.marks.push((u16::try_from(column).unwrap_or(u16::MAX), mark));
    }

    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).expect("the text of an import is shorter than 4 GiB")
    }

    /// The row as it is kept; the next one can be read.
    pub(super) fn keep(&mut self, number: u32) -> Row {
        let row = Row {
            number,
            hidden: self.hidden,
            width: self.width.min(COLUMNS_MAX),
            text: self.text.as_str().into(),
            ends: self.ends.as_slice().into(),
            marks: self.marks.as_slice().into(),
        };
        self.text.clear();
        self.clear();
        row
    }
}

fn read(cell: &str) -> Result<String, Bad> {
    // A character has at least one byte, so that most cells need not be counted.
    if cell.len() > CELL_CHARS_MAX && chars(cell) > CELL_CHARS_MAX {
        let en = format!("the cell has more than {CELL_CHARS_MAX} characters");
        return Err(Bad::new(format!("单元格超过{CELL_CHARS_MAX}个字符"), en));
    }
    Ok(CELL.read(cell)?)
}

fn cell<'a>(text: &'a str, ends: &[u32], at: usize) -> &'a str {
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    ends.get(at).map_or("", |end| &text[start as usize..*end as usize])
}

/// One row: the text of its cells, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet counts.
    pub number: u32,
    /// Whether it is hidden from who looks at the file.
    pub(super) hidden: bool,
    /// Columns up to the last one that says something.
    pub(super) width: usize,
    text: Box<str>,
    ends: Box<[u32]>,
    marks: Box<[(u16, Mark)]>,
}

impl Row {
    /// A row of other cells in the place of this one.
    pub(super) fn with<'c>(&self, cells: impl Iterator<Item = (Cow<'c, str>, Option<Mark>)>) -> Self {
        let (mut text, mut ends, mut marks, mut width) = (String::new(), Vec::new(), Vec::new(), 0);
        for (at, (cell, mark)) in cells.enumerate() {
            text.push_str(&cell);
            ends.push(u32::try_from(text.len()).expect("the text of an import is shorter than 4 GiB"));
            if !cell.is_empty() || mark.is_some() {
                width = at + 1;
            }
            marks.extend(mark.map(|mark| (u16::try_from(at).unwrap_or(u16::MAX), mark)));
        }
        let (text, ends, marks) = (text.into(), ends.into(), marks.into());
        Self { number: self.number, hidden: self.hidden, width, text, ends, marks }
    }

    /// A cell's text, empty where the row has no cell.
    pub fn cell(&self, at: usize) -> &str {
        if at < self.ends.len() { cell(&self.text, &self.ends, at) } else { "" }
    }

    /// What a cell is besides its text.
    pub(super) fn mark(&self, at: usize) -> Option<&Mark> {
        self.marks.iter().find(|(column, _)| usize::from(*column) == at).map(|(_, mark)| mark)
    }

    /// Whether any cell is more than its text.
    pub(super) fn is_marked(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Its cells, up to the last one that says something.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.width).map(|at| self.cell(at))
    }

    /// Bytes of its text.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}
