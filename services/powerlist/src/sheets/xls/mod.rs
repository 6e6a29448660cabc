//! The sheets of an Excel 97–2003 workbook (MS-XLS), row by row.

mod container;
mod strings;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    fault::{Bad, Unread},
    limits::{COLUMNS_MAX, OLD_CELLS_MAX, PAGES_MAX, Room},
    line::{Line, Mark},
    page::{Merge, Page, Pages},
    styles::{self, Styles},
    workbook::{Shared, shown},
};
use container::{broken, long, short};
use strings::Pieces;

/// What the cells of all sheets refer to.
struct Book<'a> {
    stream: &'a [u8],
    /// Place, name and whether it is hidden.
    sheets: Vec<(usize, String, bool)>,
    shared: Shared,
    styles: Styles,
    from_1904: bool,
}

/// One record: its kind, its bytes, and where the next one begins.
type Record<'a> = (u16, &'a [u8], usize);

fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let (kind, length) = (short(stream, at)?, usize::from(short(stream, at + 2)?));
    let data = stream.get(at + 4..at + 4 + length)?;
    Some((kind, data, at + 4 + length))
}

/// A record with those that continue it.
fn continued<'a>(stream: &'a [u8], first: &'a [u8], mut at: usize) -> Vec<&'a [u8]> {
    let mut pieces = vec![first];
    while let Some((CONTINUE, data, next)) = record(stream, at) {
        pieces.push(data);
        at = next;
    }
    pieces
}

const CONTINUE: u16 = 0x003c;

pub(super) fn locked() -> Bad {
    Bad::new(
        "工作簿加了密码；请取消密码后另存为 XLSX",
        "the workbook has a password; remove it and save the workbook as XLSX",
    )
}

/// Reads every row of every sheet that has cells.
pub(super) fn read(bytes: &[u8], room: &Room, line: &mut Line<'_>, pages: &mut Pages<'_>) -> Result<(), Unread> {
    let whole = |bad: Bad| bad.at(1);
    let stream = container::workbook(bytes).map_err(whole)?;
    if !room.unpacked(stream.len()) {
        return Err(whole(broken()));
    }
    let book = Book::of(&stream, room).map_err(whole)?;
    for (at, name, hidden) in &book.sheets {
        let page = pages.begin(name, *hidden).map_err(whole)?;
        let sheet = book.sheet(*at, page).ok_or_else(|| whole(broken()))?.map_err(whole)?;
        for merge in sheet.merges {
            pages.merge(merge).map_err(|bad| bad.at(merge.top))?;
        }
        let mut cells = sheet.cells.into_iter().peekable();
        while let Some(((row, _), _)) = cells.peek() {
            let number = *row;
            line.clear();
            line.hidden = sheet.hidden.contains(&number);
            while let Some(((_, column), (text, mark))) = cells.next_if(|((row, _), _)| *row == number) {
                let text = match text {
                    Value::Shared(at) => book.shared.get(at).ok_or_else(|| whole(broken()))?.to_owned(),
                    Value::Text(text) => text,
                };
                line.skip_to(column);
                match mark {
                    Some(mark) => line.put_marked(number, &text, mark)?,
                    None => line.put(number, &text)?,
                }
            }
            pages.row(number, line)?;
        }
    }
    Ok(())
}

enum Value {
    Shared(usize),
    Text(String),
}

#[derive(Default)]
struct Sheet {
    cells: BTreeMap<(u32, usize), (Value, Option<Mark>)>,
    hidden: BTreeSet<u32>,
    merges: Vec<Merge>,
}

impl<'a> Book<'a> {
    fn of(stream: &'a [u8], room: &Room) -> Result<Self, Bad> {
        let mut book =
            Self { stream, sheets: Vec::new(), shared: Shared::default(), styles: Styles::default(), from_1904: false };
        let (mut own, mut formats) = (BTreeMap::new(), Vec::new());
        let mut at = 0;
        loop {
            let (kind, data, next) = record(stream, at).ok_or_else(broken)?;
            match kind {
                0x0809 if short(data, 0) != Some(0x0600) => return Err(broken()),
                0x002f => return Err(locked()),
                0x0022 => book.from_1904 = short(data, 0) == Some(1),
                0x041e => {
                    let code = strings::plain(data, 2, 2).ok_or_else(broken)?;
                    own.insert(short(data, 0).ok_or_else(broken)?, styles::is_day(&code));
                }
                0x00e0 => formats.push(short(data, 2).ok_or_else(broken)?),
                // Of sheets, charts and macros, the sheets.
                0x0085 if data.get(5) == Some(&0) && book.sheets.len() <= PAGES_MAX => {
                    let place = long(data, 0).and_then(|at| usize::try_from(at).ok()).ok_or_else(broken)?;
                    let name = strings::plain(data, 6, 1).ok_or_else(broken)?;
                    book.sheets.push((place, name, data[4] & 3 != 0));
                }
                0x00fc => {
                    let mut pieces = Pieces::new(continued(stream, data, next));
                    let count = long(data, 4).ok_or_else(broken)?;
                    pieces.skip(8).ok_or_else(broken)?;
                    for _ in 0..count {
                        book.shared.push(&pieces.string().ok_or_else(broken)?, room)?;
                    }
                }
                0x000a => break,
                _ => {}
            }
            at = next;
        }
        book.styles = Styles::of(&formats, &own);
        Ok(book)
    }

    /// The cells of a sheet; `None` when it is damaged.
    fn sheet(&self, place: usize, page: &mut Page) -> Option<Result<Sheet, Bad>> {
        let (mut sheet, mut at, mut inside) = (Sheet::default(), place, 0);
        // The cell whose formula has a text, which follows.
        let mut awaits = None;
        loop {
            let (kind, data, next) = record(self.stream, at)?;
            at = next;
            match kind {
                0x0809 => inside += 1,
                0x000a => {
                    inside -= 1;
                    if inside <= 0 {
                        return Some(Ok(sheet));
                    }
                }
                // Charts inside a sheet have records of their own.
                _ if inside != 1 => {}
                0x0208 if data.get(12)? & 0x20 != 0 => _ = sheet.hidden.insert(u32::from(short(data, 0)?) + 1),
                0x007d if data.get(8)? & 1 != 0 => {
                    page.hidden_columns.push((usize::from(short(data, 0)?), usize::from(short(data, 2)?)));
                }
                0x00e5 => {
                    for n in 0..usize::from(short(data, 0)?) {
                        let part = |part: usize| short(data, 2 + 8 * n + 2 * part);
                        let [top, bottom] = [part(0)?, part(1)?].map(|row| u32::from(row) + 1);
                        let [left, right] = [part(2)?, part(3)?].map(usize::from);
                        sheet.merges.push(Merge { top, bottom, left, right });
                    }
                }
                0x00fd => sheet.put(data, Value::Shared(usize::try_from(long(data, 6)?).ok()?), None)?,
                0x0204 | 0x00d6 => sheet.put(data, Value::Text(strings::plain(data, 6, 2)?), None)?,
                0x0203 => self.number(&mut sheet, data, f64::from_le_bytes(data.get(6..14)?.try_into().ok()?))?,
                0x027e => self.number(&mut sheet, data, packed(long(data, 6)?))?,
                0x00bd => {
                    let (row, first) = (short(data, 0)?, short(data, 2)?);
                    for n in 0..u16::try_from(data.len().saturating_sub(6) / 6).ok()? {
                        let from = 4 + 6 * usize::from(n);
                        let head = [
                            row.to_le_bytes(),
                            (first.checked_add(n)?).to_le_bytes(),
                            short(data, from)?.to_le_bytes(),
                        ];
                        self.number(&mut sheet, &head.concat(), packed(long(data, from + 2)?))?;
                    }
                }
                0x0205 => sheet.said(data, *data.get(6)?, *data.get(7)? != 0)?,
                0x0006 => {
                    let result = data.get(6..14)?;
                    match (&result[6..], result[0]) {
                        ([0xff, 0xff], 0) => awaits = Some(data),
                        ([0xff, 0xff], 1 | 2) => sheet.said(data, result[2], result[0] == 2)?,
                        ([0xff, 0xff], _) => {}
                        _ => self.number(&mut sheet, data, f64::from_le_bytes(result.try_into().ok()?))?,
                    }
                }
                0x0207 => {
                    if let Some(cell) = awaits.take() {
                        let text = Pieces::new(continued(self.stream, data, next)).string()?;
                        sheet.put(cell, Value::Text(text), None)?;
                    }
                }
                _ => {}
            }
            if sheet.cells.len() > OLD_CELLS_MAX {
                return Some(Err(Bad::new(
                    format!("工作表有内容的单元格超过{OLD_CELLS_MAX}个，请另存为 XLSX，或者分成几个文件"),
                    format!(
                        "the sheet has more than {OLD_CELLS_MAX} cells that say something; save it as XLSX, or divide it"
                    ),
                )));
            }
        }
    }

    fn number(&self, sheet: &mut Sheet, cell: &[u8], number: f64) -> Option<()> {
        let as_day = self.styles.is_day(usize::from(short(cell, 4)?));
        let said = number.to_string();
        let (text, is_day) = shown(&said, as_day, self.from_1904);
        sheet.put(cell, Value::Text(text.into_owned()), (!is_day).then_some(Mark::Number))
    }
}

/// A number in four bytes.
fn packed(said: u32) -> f64 {
    let number =
        if said & 2 != 0 { f64::from(said.cast_signed() >> 2) } else { f64::from_bits(u64::from(said & !3) << 32) };
    if said & 1 != 0 { number / 100.0 } else { number }
}

impl Sheet {
    /// Keeps a cell; its record begins with row, column and style.
    fn put(&mut self, cell: &[u8], value: Value, mark: Option<Mark>) -> Option<()> {
        let (row, column) = (u32::from(short(cell, 0)?) + 1, usize::from(short(cell, 2)?));
        if column <= COLUMNS_MAX {
            self.cells.insert((row, column), (value, mark));
        }
        Some(())
    }

    /// Keeps what is true or false, or an error.
    fn said(&mut self, cell: &[u8], value: u8, is_error: bool) -> Option<()> {
        let text = match (is_error, value) {
            (false, 0) => "false",
            (false, _) => "true",
            (true, 0x00) => "#NULL!",
            (true, 0x07) => "#DIV/0!",
            (true, 0x0f) => "#VALUE!",
            (true, 0x17) => "#REF!",
            (true, 0x1d) => "#NAME?",
            (true, 0x24) => "#NUM!",
            (true, _) => "#N/A",
        };
        self.put(cell, Value::Text(text.to_owned()), is_error.then_some(Mark::Error))
    }
}
