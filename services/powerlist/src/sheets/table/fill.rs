//! Rows of a sheet put into the columns of the list: merged cells filled down, rows that go on with the one above joined to it, and
//! what is no row of the list named.

use std::{borrow::Cow, collections::BTreeMap};

use lists::facts::PowerKind;

use super::{Table, columns};
use crate::sheets::{
    Sheet,
    cells::cut,
    fault::{Bad, Unread},
    limits::Room,
    line::{Mark, Row},
    page::{Merge, letters},
};

/// A table while its rows are put in order.
pub(super) struct Filling<'a> {
    table: Table,
    header_rows: Vec<Row>,
    /// Those that reach over several rows and were not met yet, the next one last.
    merges: Vec<Merge>,
    /// Whether there are any.
    merged: bool,
    /// Merged cells that reach further down: the last row and the text, by column.
    open: BTreeMap<usize, (u32, String)>,
    room: &'a Room,
    /// Cells that say something in columns that are not taken.
    unknown: BTreeMap<usize, usize>,
}

impl<'a> Filling<'a> {
    /// A table to be filled from the rows behind its header.
    pub(super) fn new(table: Table, header_rows: Vec<Row>, mut merges: Vec<Merge>, room: &'a Room) -> Self {
        merges.retain(|merge| merge.bottom > merge.top && merge.bottom > table.header_row);
        merges.sort_by_key(|merge| std::cmp::Reverse(merge.top));
        let merged = !merges.is_empty();
        let (open, unknown) = (BTreeMap::new(), BTreeMap::new());
        Self { table, header_rows, merges, merged, open, room, unknown }
    }

    pub(super) fn row(&mut self, row: Row) -> Result<(), Unread> {
        let number = row.number;
        if row.hidden {
            let bad = Bad::new(
                "该行在表格中被隐藏：请取消隐藏后再导入，或者删除该行",
                "the row is hidden; show it before the import, or delete it",
            );
            let found = row.cells().find(|cell| !cell.is_empty()).unwrap_or_default();
            let fault = self.table.fault(number, "", found, bad);
            self.table.faults.push(fault);
            return Ok(());
        }
        if self.header_rows.iter().any(|head| head.cells().eq(row.cells())) {
            self.table.note(number, "重复的表头".to_owned(), "the header once more".to_owned());
            return Ok(());
        }
        if self.table.own && !self.merged {
            return self.plain(row);
        }
        if !self.table.own && (self.is_numbering(&row) || self.is_section(&row)) {
            return Ok(());
        }
        let (cells, filled) = self.filled(&row);
        if self.marked(&row) {
            return Ok(());
        }
        self.beyond(&row);
        let continues = self.table.sheet == Sheet::Items && !self.table.own && self.continues(&cells, &filled);
        self.room.dropped(row.bytes());
        let above = if continues { self.table.rows.last() } else { None };
        let row = match above {
            Some(above) => {
                let cells = cells.into_iter().zip(filled).enumerate();
                let cells =
                    cells.map(|(at, (cell, filled))| (joined(above.cell(at), &cell, filled), above.mark(at).cloned()));
                above.with(cells)
            }
            None => {
                let marks =
                    self.sources().into_iter().map(|at| at.and_then(|at| row.mark(at)).cloned()).collect::<Vec<_>>();
                row.with(cells.into_iter().map(Cow::Owned).zip(marks))
            }
        };
        if continues {
            let zh = "续行，已并入上一事项".to_owned();
            self.table.note(number, zh, "goes on with the item above, and was joined to it".to_owned());
            let above = self.table.rows.pop().expect("it continues one");
            self.room.dropped(above.bytes());
        }
        if !self.room.text(row.bytes()) {
            let mib = self.room.text_mib();
            let zh = format!("合并单元格展开后文字超过{mib}MiB，请把清单分成几个文件分次导入");
            let en = format!("the text has more than {mib} MiB once merged cells are filled; divide the list");
            return Err(Bad::new(zh, en).at(number));
        }
        self.table.rows.push(row);
        Ok(())
    }

    /// A row that stands as an export has it.
    fn plain(&mut self, row: Row) -> Result<(), Unread> {
        let (width, columns) = (row.width, self.table.heads.len());
        if width > columns {
            let zh = format!("该行有{width}列，表头只有{columns}列");
            let bad = Bad::new(zh, format!("the row has {width} cells, the header {columns}"));
            let mut fault = self.table.fault(row.number, "", row.cell(columns), bad);
            fault.cell = format!("{}{}", letters(columns), row.number);
            self.table.faults.push(fault);
        } else if !self.marked(&row) {
            self.table.rows.push(row);
        }
        Ok(())
    }

    /// Whether cells cannot be taken in; they are told.
    fn marked(&mut self, row: &Row) -> bool {
        if !row.is_marked() {
            return false;
        }
        let mut faults = Vec::new();
        for head in &self.table.heads {
            let Some(column) = head.takes else { continue };
            let text = row.cell(head.at);
            let bad = match row.mark(head.at) {
                None | Some(Mark::Number) => continue,
                Some(Mark::Bad(bad)) => bad.clone(),
                Some(Mark::Error) => Bad::new(
                    format!("公式出错，结果为“{text}”；请改正公式，或者直接填写内容"),
                    format!("the formula failed and shows {text:?}; mend it, or write what belongs there"),
                ),
                Some(Mark::Unknown) => Bad::new(
                    "公式的结果没有存入文件；请用表格软件打开、重新计算后保存，或者直接填写内容",
                    "the result of the formula is not stored in the file; open and save it in a spreadsheet program, or write what belongs there",
                ),
            };
            let mut fault = self.table.fault(row.number, column, text, bad);
            (fault.column, fault.cell) = (head.text.clone(), format!("{}{}", letters(head.at), row.number));
            faults.push(fault);
        }
        let any = !faults.is_empty();
        faults.into_iter().for_each(|fault| self.table.faults.push(fault));
        any
    }

    /// Counts what stands in columns that are not taken.
    fn beyond(&mut self, row: &Row) {
        let taken = |at: usize| self.table.heads.iter().any(|head| head.at == at && head.takes.is_some());
        let more: Vec<usize> =
            row.cells().enumerate().filter(|(at, cell)| !cell.is_empty() && !taken(*at)).map(|(at, _)| at).collect();
        for at in more {
            *self.unknown.entry(at).or_default() += 1;
        }
    }

    /// Where the columns of the list stand in the file.
    fn sources(&self) -> Vec<Option<usize>> {
        columns(self.table.sheet).map(|column| self.table.at(column)).collect()
    }

    /// The row's cells in the columns of the list, and which of them stand in a merged cell from further up.
    fn filled(&mut self, row: &Row) -> (Vec<String>, Vec<bool>) {
        let number = row.number;
        self.open.retain(|_, (bottom, _)| number <= *bottom);
        let mut begun = Vec::new();
        while let Some(merge) = self.merges.pop_if(|merge| merge.top <= number) {
            // The text of one that began in a row that is none of the list is not known.
            if merge.top == number {
                begun.push(merge.left);
                self.open.entry(merge.left).or_insert_with(|| (merge.bottom, row.cell(merge.left).to_owned()));
            }
        }
        let above = |at: usize| {
            let (_, text) = self.open.get(&at)?;
            (!begun.contains(&at) && row.cell(at).is_empty()).then_some(text)
        };
        let (mut cells, mut filled) = (Vec::new(), Vec::new());
        for column in columns(self.table.sheet) {
            let (mut text, mut from_above) = (String::new(), false);
            for head in self.table.heads.iter().filter(|head| head.takes == Some(column)) {
                let cell = match above(head.at) {
                    Some(above) => {
                        from_above = true;
                        above.as_str()
                    }
                    None => row.cell(head.at),
                };
                if !text.is_empty() && !cell.is_empty() {
                    text.push('\n');
                }
                text.push_str(cell);
            }
            cells.push(text);
            filled.push(from_above);
        }
        // Without merged cells, what belongs to several rows stands in the first of them.
        let at = |column: &str| columns(self.table.sheet).position(|known| known == column);
        let has = |column: &str| at(column).is_some_and(|at| !cells[at].is_empty());
        if self.table.sheet == Sheet::Items
            && !self.table.own
            && !has("职权名称")
            && has("子项")
            && !self.merged
            && let Some(above) = self.table.rows.last()
        {
            for (at, (cell, filled)) in cells.iter_mut().zip(&mut filled).enumerate() {
                if cell.is_empty() {
                    above.cell(at).clone_into(cell);
                    *filled = true;
                }
            }
            let zh = "空白单元格按上一行填充（子项属于同一主项）".to_owned();
            self.table.note(number, zh, "empty cells were filled from the row above: a further sub-item".to_owned());
        }
        (cells, filled)
    }

    /// Whether a row has more of the item above: its name stands further up, and nothing makes it an item of its own.
    fn continues(&self, cells: &[String], filled: &[bool]) -> bool {
        let at = |column: &str| columns(self.table.sheet).position(|known| known == column);
        let own = |column: &str| at(column).is_some_and(|at| !cells[at].is_empty() && !filled[at]);
        !self.table.rows.is_empty()
            && !["职权名称", "子项", "基本编码", "实施编码", "序号"].iter().any(|column| own(column))
            && cells.iter().zip(filled).any(|(cell, filled)| !cell.is_empty() && !filled)
    }

    /// Whether a row numbers the columns: 1, 2, 3 …
    fn is_numbering(&mut self, row: &Row) -> bool {
        let numbers: Vec<&str> = row.cells().filter(|cell| !cell.is_empty()).collect();
        let is = numbers.len() > 2 && numbers.iter().enumerate().all(|(at, cell)| cell.parse() == Ok(at + 1));
        if is {
            self.table.note(row.number, "列号".to_owned(), "numbers of the columns".to_owned());
        }
        is
    }

    /// Whether a row is a line across the sheet: the title of a section, or a remark.
    fn is_section(&mut self, row: &Row) -> bool {
        let mut said = row.cells().enumerate().filter(|(_, cell)| !cell.is_empty());
        let (Some((at, text)), None) = (said.next(), said.next()) else { return false };
        // What stands further right, or beside a merged cell that reaches down to it, belongs to an item.
        if at > 1 || self.open.values().any(|(bottom, _)| row.number <= *bottom) {
            return false;
        }
        let kind = PowerKind::ALL.iter().copied().find(|kind| *kind != PowerKind::Other && text.contains(kind.zh()));
        let kind = kind.or_else(|| text.contains("其他").then_some(PowerKind::Other));
        let short = cut(text);
        match kind {
            Some(kind) if text.chars().count() <= 30 => {
                self.table.kinds.insert(row.number, kind);
                let (zh, en) = (kind.zh(), kind.en());
                let zh = format!("“{short}”是小标题，以下各行的职权类型为{zh}");
                self.table.note(
                    row.number,
                    zh,
                    format!("{short:?} is a title: the rows below it are of the kind {en}"),
                );
            }
            _ => {
                let (zh, en) =
                    (format!("“{short}”只有一格有内容，未作为事项"), format!("{short:?} stands alone and is no row"));
                self.table.note(row.number, zh, en);
            }
        }
        true
    }

    pub(super) fn finish(mut self) -> Table {
        for (at, count) in std::mem::take(&mut self.unknown) {
            let letter = letters(at);
            let head = self.table.heads.iter().find(|head| head.at == at).map(|head| head.text.clone());
            let (zh, en) = match head {
                Some(head) => (
                    format!("{letter}列“{head}”没有对应的列，{count}格内容未导入；需要时用“{head}=列名”指定"),
                    format!(
                        "column {letter} ({head}) has no place: {count} cells were not taken; name one as {head}=COLUMN"
                    ),
                ),
                None => (
                    format!("{letter}列没有表头，{count}格内容未导入"),
                    format!("column {letter} has no head: {count} cells were not taken"),
                ),
            };
            self.table.note(0, zh, en);
        }
        let beside = self.table.sheet.beside().iter().filter(|column| self.table.has(column)).copied();
        // By the name the code is found.
        let beside: Vec<_> = beside.filter(|column| *column != "职权名称").collect();
        for column in beside {
            let zh = format!("“{column}”只用于核对行序，不作为清单内容");
            self.table.note(0, zh, format!("{column} only tells the order of the rows, and is not recorded"));
        }
        self.table
    }
}

fn joined<'a>(above: &'a str, cell: &str, filled: bool) -> Cow<'a, str> {
    match (filled || cell.is_empty() || cell == above, above.is_empty()) {
        (true, _) => Cow::Borrowed(above),
        (false, true) => Cow::Owned(cell.to_owned()),
        (false, false) => Cow::Owned(format!("{above}\n{cell}")),
    }
}
