//! CSV as RFC 4180 has it, row by row.
//!
//! Rows are counted as a spreadsheet counts them: an empty line is a row, and a cell of several lines is not several rows. Neither
//! rows nor cells are read beyond those that a sheet has.

use std::borrow::Cow;

use encoding_rs::GB18030;

use super::{
    fault::{Bad, Unread},
    limits::{SHEET_COLUMNS, SHEET_ROWS},
    line::Line,
    page::{Pages, letters, outside},
};

/// Reads every row, the empty ones too. A row whose quotes are no pairs is told in `pages`, and the next one is read on its own.
pub(super) fn read(bytes: &[u8], line: &mut Line<'_>, pages: &mut Pages<'_>) -> Result<(), Unread> {
    let text = text(bytes)?;
    let mut rest = text.as_ref();
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        if number > SHEET_ROWS {
            return Err(outside(&number.to_string()).at(SHEET_ROWS));
        }
        if let Some(after) = next_line(rest) {
            rest = after;
            continue;
        }
        line.clear();
        match cells(rest, number, line) {
            Ok(after) => {
                rest = after;
                pages.row(number, line)?;
            }
            Err(Stray::Quote(unread, opens)) => {
                pages.unread.push(unread);
                rest = end_of_line(opens);
            }
            Err(Stray::Other(unread)) => return Err(unread),
        }
    }
    Ok(())
}

/// The file's text: UTF-8, or GB18030 as spreadsheet programs in China write it.
fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unread> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let (zh, en) = (
            "文件是 UTF-16 编码的文本；请另存为“CSV UTF-8”或者 XLSX",
            "the file is UTF-16 text; save it as CSV UTF-8 or as XLSX",
        );
        return Err(Bad::new(zh, en).at(1));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    // What was UTF-8 beyond the letters that all encodings share is UTF-8 with a fault in it, not another encoding.
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    if before.is_ascii()
        && let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok(text);
    }
    let row = before.iter().filter(|b| **b == b'\n').count() + 1;
    let (zh, en) = (
        "文件既不是 UTF-8 编码，也不是 GB18030 编码；请另存为“CSV UTF-8”或者 XLSX",
        "the file is neither UTF-8 nor GB18030; save it as CSV UTF-8 or as XLSX",
    );
    Err(Bad::new(zh, en).at(u32::try_from(row).unwrap_or(u32::MAX)))
}

/// What comes after a line end, where a text begins with one.
fn next_line(text: &str) -> Option<&str> {
    let after = text.strip_prefix('\r').unwrap_or(text);
    let ended = after.len() < text.len();
    after.strip_prefix('\n').or(ended.then_some(after))
}

/// What comes after the line that a text begins with.
fn end_of_line(text: &str) -> &str {
    let Some(at) = text.find(['\n', '\r']) else { return "" };
    next_line(&text[at..]).unwrap_or_default()
}

/// Why a row cannot be read.
enum Stray<'a> {
    /// A quote without its other half, and the text from there.
    Quote(Unread, &'a str),
    Other(Unread),
}

impl From<Unread> for Stray<'_> {
    fn from(unread: Unread) -> Self {
        Self::Other(unread)
    }
}

/// Reads one row, and gives what comes after it.
fn cells<'a>(mut rest: &'a str, number: u32, line: &mut Line<'_>) -> Result<&'a str, Stray<'a>> {
    loop {
        if line.columns() == SHEET_COLUMNS {
            return Err(outside(&format!("{}{number}", letters(SHEET_COLUMNS))).at(number).into());
        }
        let after = match rest.strip_prefix('"') {
            Some(quoted) => {
                let at = |zh, en| {
                    let bad = Bad::new(zh, en).propose(super::cells::cut(quoted.lines().next().unwrap_or_default()));
                    Stray::Quote(Unread { row: number, column: Some(line.columns()), bad }, quoted)
                };
                let Some(end) = closing(quoted) else {
                    let zh = "引号没有成对：此单元格以引号开头，直到文件结束也没有另一半引号；文字本身的引号应写两次";
                    let en = "a quote opens here and never closes; a quote that belongs to the text is written twice";
                    return Err(at(zh, en));
                };
                let (cell, after) = (&quoted[..end], &quoted[end + 1..]);
                if !after.is_empty() && !after.starts_with([',', '\n', '\r']) {
                    let zh = "引号没有成对：右引号之后还有文字；文字本身的引号应写两次";
                    let en = "text follows the quote that closes the cell; a quote that belongs to the text is written twice";
                    return Err(at(zh, en));
                }
                if cell.contains(['"', '\r']) {
                    line.put(number, &cell.replace("\"\"", "\"").replace("\r\n", "\n"))?;
                } else {
                    line.put(number, cell)?;
                }
                after
            }
            None => {
                let (cell, after) = rest.split_at(rest.find([',', '\n', '\r']).unwrap_or(rest.len()));
                line.put(number, cell)?;
                after
            }
        };
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok(next_line(after).unwrap_or(after)),
        }
    }
}

/// Where the quote stands that closes a cell: the first one that is not written twice.
fn closing(quoted: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + quoted[from..].find('"')?;
        if !quoted[at + 1..].starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}
