//! The sheets of a workbook (Office Open XML, ECMA-376), row by row.
//!
//! Nothing of it is held but the strings that its cells share, and the row that is being read.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    fault::{Bad, Unread},
    limits::{CELL_CHARS_MAX, PAGES_MAX, PARTS_MAX, Room, SHARED_MAX, SHEET_COLUMNS, SHEET_ROWS},
    line::{Line, Mark},
    page::{Merge, Pages, outside},
    styles::{self, Styles},
    xml::{Token, Xml, attribute},
    zip::Parts,
};

/// How old workbooks begin, and those with a password: they are containers of another kind.
pub(super) const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const BOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// Reads every row of every sheet that has cells.
pub(super) fn read(bytes: &[u8], room: &Room, line: &mut Line<'_>, pages: &mut Pages<'_>) -> Result<(), Unread> {
    let whole = |bad: Bad| bad.at(1);
    let book = Book::of(bytes, room).map_err(whole)?;
    for sheet in &book.sheets {
        let xml = book.part(&sheet.file, room).map_err(whole)?.ok_or_else(|| whole(lacks(&sheet.file)))?;
        pages.begin(&sheet.name, sheet.hidden).map_err(whole)?;
        Reading { book: &book, at: 0, line, pages, sheet: &sheet.file }.sheet(xml)?;
    }
    Ok(())
}

fn lacks(name: &str) -> Bad {
    Bad::new(
        format!("无法读取工作簿：缺少 {name}，请用表格软件打开后另存为 XLSX"),
        format!("the workbook cannot be read: {name} is missing; open it in a spreadsheet program and save it as XLSX"),
    )
}

/// A sheet as the workbook names it.
struct Tab {
    name: String,
    /// Its file; at first, the name by which the relations know it.
    file: String,
    hidden: bool,
}

/// What the cells of a sheet refer to.
struct Book<'a> {
    parts: Parts<'a>,
    sheets: Vec<Tab>,
    shared: Shared,
    styles: Styles,
    from_1904: bool,
}

impl<'a> Book<'a> {
    fn of(bytes: &'a [u8], room: &'a Room) -> Result<Self, Bad> {
        let parts = Parts::of(bytes)?;
        let mut book =
            Self { parts, sheets: Vec::new(), shared: Shared::default(), styles: Styles::default(), from_1904: false };
        if book.parts.has("xl/workbook.bin") {
            return Err(Bad::new(
                "文件是 .xlsb 二进制工作簿；请另存为 XLSX",
                "the file is a binary .xlsb workbook; save it as XLSX",
            ));
        }
        let mut sheets = Vec::new();
        let mut xml = book.part(BOOK, room)?.ok_or_else(|| lacks(BOOK))?;
        let mut from_1904 = false;
        loop {
            match xml.next()? {
                Token::Open(tag) => match tag.local_name().as_ref() {
                    "workbookPr" => {
                        let said = attribute(BOOK, &tag, "date1904")?;
                        from_1904 = said.is_some_and(|said| said == "1" || said == "true");
                    }
                    "sheet" => {
                        let [name, id, state] = ["name", "id", "state"].map(|name| attribute(BOOK, &tag, name));
                        let hidden = state?.is_some_and(|state| state != "visible");
                        let (name, file) = (name?.unwrap_or_default(), id?.unwrap_or_default());
                        sheets.push(Tab { name, file, hidden });
                        if sheets.len() > PAGES_MAX {
                            break;
                        }
                    }
                    _ => {}
                },
                Token::End => break,
                Token::Close(_) | Token::Text(_) | Token::Other => {}
            }
        }
        drop(xml);
        book.from_1904 = from_1904;
        if sheets.is_empty() {
            return Err(Bad::new("工作簿没有工作表", "the workbook has no sheet"));
        }
        let (mut shared, mut styled) = (None, None);
        let mut xml = book.part(RELATIONS, room)?.ok_or_else(|| lacks(RELATIONS))?;
        let mut files = BTreeMap::new();
        loop {
            match xml.next()? {
                Token::Open(tag) => {
                    let [id, kind, target] = ["Id", "Type", "Target"].map(|name| attribute(RELATIONS, &tag, name));
                    let (Some(id), Some(kind), Some(target)) = (id?, kind?, target?) else { continue };
                    // From the root, or from where the workbook's own file lies.
                    let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                    match kind.rsplit('/').next() {
                        Some("sharedStrings") => shared = Some(target),
                        Some("styles") => styled = Some(target),
                        Some("worksheet") if files.len() < PARTS_MAX => _ = files.insert(id, target),
                        _ => {}
                    }
                }
                Token::End => break,
                Token::Close(_) | Token::Text(_) | Token::Other => {}
            }
        }
        drop(xml);
        // Charts and dialogs are sheets, too, and hold no rows.
        sheets.retain_mut(|sheet| {
            files.remove(&sheet.file).is_some_and(|file| {
                sheet.file = file;
                true
            })
        });
        if sheets.is_empty() {
            return Err(lacks("xl/worksheets"));
        }
        book.sheets = sheets;
        if let Some(name) = styled
            && let Some(xml) = book.part(&name, room)?
        {
            book.styles = Styles::read(xml)?;
        }
        if let Some(name) = shared
            && let Some(xml) = book.part(&name, room)?
        {
            book.shared = Shared::read(xml, room)?;
        }
        Ok(book)
    }

    fn part<'n>(&self, name: &'n str, room: &'n Room) -> Result<Option<Xml<'n>>, Bad>
    where
        'a: 'n,
    {
        Ok(self.parts.open(name, room)?.map(|unpacked| Xml::new(name, unpacked)))
    }
}

/// Text that comes in pieces; what is beyond a cell's limit is not kept, but seen.
#[derive(Default)]
struct Pieces {
    text: String,
    chars: usize,
}

impl Pieces {
    fn push(&mut self, piece: &str) {
        // One more than the limit is kept, which tells that it is too long.
        let left = (CELL_CHARS_MAX + 1).saturating_sub(self.chars);
        match piece.char_indices().nth(left) {
            Some((end, _)) => {
                self.text.push_str(&piece[..end]);
                self.chars += left;
            }
            None => {
                self.text.push_str(piece);
                self.chars += piece.chars().count();
            }
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.chars = 0;
    }
}

/// The strings that cells share, one behind the other.
#[derive(Default)]
pub(super) struct Shared {
    text: String,
    ends: Vec<u32>,
}

impl Shared {
    fn read(mut xml: Xml<'_>, room: &Room) -> Result<Self, Bad> {
        let (mut shared, mut pieces, mut reads) = (Self::default(), Pieces::default(), Reads::default());
        loop {
            match xml.next()? {
                Token::Open(tag) => reads.open(tag.local_name().as_ref()),
                Token::Close(tag) => {
                    reads.close(tag.local_name().as_ref());
                    if tag.local_name().as_ref() == "si" {
                        shared.push(&pieces.text, room)?;
                        pieces.clear();
                    }
                }
                Token::Text(text) if reads.text => pieces.push(&text),
                Token::Text(_) | Token::Other => {}
                Token::End => return Ok(shared),
            }
        }
    }

    pub(super) fn push(&mut self, text: &str, room: &Room) -> Result<(), Bad> {
        if self.ends.len() == SHARED_MAX {
            return Err(Bad::new(
                format!("工作簿的文字条目超过{SHARED_MAX}个，请把清单分成几个文件分次导入"),
                format!(
                    "the workbook has more than {SHARED_MAX} different texts; divide the list, and import its parts"
                ),
            ));
        }
        if !room.text(text.len()) {
            let mib = room.text_mib();
            return Err(Bad::new(
                format!("工作簿的文字超过{mib}MiB，请把清单分成几个文件分次导入"),
                format!("the workbook has more than {mib} MiB of text; divide the list, and import its parts"),
            ));
        }
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("the text of an import is shorter than 4 GiB"));
        Ok(())
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start as usize..end as usize])
    }
}

/// Whether what stands between tags is text that a person sees: not how it is read aloud, which has texts of its own.
#[derive(Default)]
struct Reads {
    text: bool,
    aloud: bool,
}

impl Reads {
    fn open(&mut self, tag: &str) {
        match tag {
            "rPh" => self.aloud = true,
            "t" => self.text = !self.aloud,
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "rPh" => self.aloud = false,
            "t" => self.text = false,
            _ => {}
        }
    }
}

/// A cell's kind, style and place.
struct Head {
    kind: String,
    style: usize,
    column: usize,
    formula: bool,
}

fn yes(said: &str) -> bool {
    said == "1" || said == "true"
}

/// A range as `B2:D5`.
fn merge(said: &str) -> Option<Merge> {
    let (from, to) = said.split_once(':')?;
    let (left, top) = place(from)?;
    let (right, bottom) = place(to)?;
    (left <= right && top <= bottom).then_some(Merge { top, bottom, left, right })
}

/// Column, from 0, and row of a cell within a sheet.
fn place(said: &str) -> Option<(usize, u32)> {
    let (letters, row) = said.split_at(said.find(|c: char| !c.is_ascii_alphabetic())?);
    let row = row.parse().ok().filter(|row| (1..=SHEET_ROWS).contains(row))?;
    let letter = |number: usize, c: u8| number * 26 + usize::from(c.to_ascii_uppercase() - b'A') + 1;
    let column = if letters.len() > 3 { 0 } else { letters.bytes().fold(0, letter) };
    (1..=SHEET_COLUMNS).contains(&column).then(|| (column - 1, row))
}

struct Reading<'r, 'l, 'p> {
    book: &'r Book<'r>,
    sheet: &'r str,
    /// The row that was read last.
    at: u32,
    line: &'r mut Line<'l>,
    pages: &'r mut Pages<'p>,
}

impl Reading<'_, '_, '_> {
    fn sheet(mut self, mut xml: Xml<'_>) -> Result<(), Unread> {
        let (mut head, mut pieces, mut reads, mut value) = (None::<Head>, Pieces::default(), Reads::default(), false);
        loop {
            let at = self.at;
            match xml.next().map_err(|bad| bad.at(at.max(1)))? {
                Token::Open(tag) => {
                    let said = |name| attribute(self.sheet, &tag, name).map_err(|bad| bad.at(at.max(1)));
                    match tag.local_name().as_ref() {
                        "row" => {
                            self.at = self.row_number(said("r")?)?;
                            self.line.clear();
                            self.line.hidden = said("hidden")?.is_some_and(|hidden| yes(&hidden));
                        }
                        "c" => {
                            let column = self.column(said("r")?)?;
                            let style = said("s")?.and_then(|s| s.parse().ok()).unwrap_or(0);
                            let kind = said("t")?.unwrap_or_default();
                            head = Some(Head { kind, style, column, formula: false });
                            pieces.clear();
                        }
                        "f" => head.iter_mut().for_each(|head| head.formula = true),
                        "v" => value = true,
                        "col" if said("hidden")?.is_some_and(|hidden| yes(&hidden)) => {
                            let [from, to] = ["min", "max"].map(said);
                            self.hide(from?, to?);
                        }
                        "mergeCell" => {
                            if let Some(merge) = said("ref")?.as_deref().and_then(merge) {
                                self.pages.merge(merge).map_err(|bad| bad.at(merge.top))?;
                            }
                        }
                        other => reads.open(other),
                    }
                }
                Token::Close(tag) => match tag.local_name().as_ref() {
                    "row" => self.pages.row(self.at, self.line)?,
                    "c" => {
                        if let Some(head) = head.take() {
                            self.cell(&head, &pieces.text)?;
                        }
                    }
                    "v" => value = false,
                    other => reads.close(other),
                },
                Token::Text(text) if head.is_some() && (value || reads.text) => pieces.push(&text),
                Token::Text(_) | Token::Other => {}
                Token::End => return Ok(()),
            }
        }
    }

    fn hide(&mut self, from: Option<String>, to: Option<String>) {
        let number = |said: Option<String>| said.and_then(|said| said.parse::<usize>().ok()).filter(|n| *n > 0);
        let hidden = &mut self.pages.page().hidden_columns;
        if let (Some(from), Some(to), true) = (number(from), number(to), hidden.len() < SHEET_COLUMNS) {
            hidden.push((from - 1, to - 1));
        }
    }

    fn row_number(&self, said: Option<String>) -> Result<u32, Unread> {
        let Some(said) = said else { return self.inside(self.at.checked_add(1), "") };
        let number = said.parse().ok().filter(|number| *number > 0);
        let number = self.inside(number, &said)?;
        if number <= self.at {
            return Err(self.disorder(&said));
        }
        Ok(number)
    }

    fn inside(&self, number: Option<u32>, said: &str) -> Result<u32, Unread> {
        number.filter(|number| *number <= SHEET_ROWS).ok_or_else(|| self.outside(said))
    }

    /// The column of a cell, from 0.
    fn column(&self, said: Option<String>) -> Result<usize, Unread> {
        let next = self.line.columns();
        let Some(said) = said else {
            return if next < SHEET_COLUMNS { Ok(next) } else { Err(self.outside("")) };
        };
        let (letters, row) = said.split_at(said.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(said.len()));
        let letter = |number: usize, c: u8| number * 26 + usize::from(c.to_ascii_uppercase() - b'A') + 1;
        let column = if letters.len() > 3 { 0 } else { letters.bytes().fold(0, letter) };
        if column == 0 || column > SHEET_COLUMNS || row.parse::<u32>().is_ok_and(|row| row > SHEET_ROWS) {
            return Err(self.outside(&said));
        }
        if column <= next || row.parse() != Ok(self.at) {
            return Err(self.disorder(&said));
        }
        Ok(column - 1)
    }

    fn outside(&self, said: &str) -> Unread {
        outside(said).at(self.at.max(1))
    }

    fn disorder(&self, said: &str) -> Unread {
        let said = super::cells::cut(said);
        Bad::new(
            format!("单元格或者行“{said}”重复或者不按顺序，请用表格软件打开后另存为 XLSX"),
            format!("the cell or row {said:?} comes twice or out of order; open the workbook in a spreadsheet program and save it as XLSX"),
        )
        .at(self.at.max(1))
    }

    /// A cell as a person sees it.
    fn cell(&mut self, head: &Head, said: &str) -> Result<(), Unread> {
        if said.is_empty() {
            if head.formula {
                self.line.skip_to(head.column);
                self.line.put_marked(self.at, "", Mark::Unknown)?;
            }
            return Ok(());
        }
        let mut mark = None;
        let shown = match head.kind.as_str() {
            "s" => {
                let shared =
                    said.trim().parse().ok().and_then(|at| self.book.shared.get(at)).ok_or_else(|| Unread {
                        row: self.at,
                        column: Some(head.column),
                        bad: Bad::new("引用的文字在工作簿中不存在", "refers to a text that the workbook does not have"),
                    })?;
                text(shared)
            }
            "str" | "inlineStr" => text(said),
            "b" if said.trim() == "1" => Cow::Borrowed("true"),
            "b" => Cow::Borrowed("false"),
            "d" => said.chars().take(10).collect(),
            "e" => {
                mark = Some(Mark::Error);
                Cow::Borrowed(said)
            }
            _ => match shown(said.trim(), self.book.styles.is_day(head.style), self.book.from_1904) {
                (shown, true) => shown,
                (shown, false) => {
                    mark = Some(Mark::Number);
                    shown
                }
            },
        };
        self.line.skip_to(head.column);
        match mark {
            Some(mark) => self.line.put_marked(self.at, &shown, mark),
            None => self.line.put(self.at, &shown),
        }
    }
}

/// A number as a person sees it, and whether it is shown as a day.
pub(super) fn shown(said: &str, as_day: bool, from_1904: bool) -> (Cow<'_, str>, bool) {
    let Ok(number) = said.parse::<f64>() else { return (Cow::Borrowed(said), false) };
    if as_day && let Some(day) = styles::day(number, from_1904) {
        return (Cow::Owned(day.to_string()), true);
    }
    // Whole numbers as a person sees them: without a point, and not as 1E3.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (Cow::Owned(format!("{number:.0}")), false);
    }
    (Cow::Owned(number.to_string()), false)
}

/// Text with what is written as `_x000D_` and the like read, and lines ended alike.
fn text(written: &str) -> Cow<'_, str> {
    let mut out: Option<String> = None;
    let mut from = 0;
    while let Some(at) = written[from..].find("_x").map(|at| from + at) {
        let read = written.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let read = read.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        match read.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                let out = out.get_or_insert_default();
                out.push_str(&written[from..at]);
                out.push(character);
                from = at + 7;
            }
            None => {
                let out = out.get_or_insert_default();
                out.push_str(&written[from..at + 2]);
                from = at + 2;
            }
        }
    }
    let read = match out {
        Some(out) => Cow::Owned(out + &written[from..]),
        None => Cow::Borrowed(written),
    };
    if read.contains("\r\n") { Cow::Owned(read.replace("\r\n", "\n")) } else { read }
}
