//! CSV as RFC 4180 has it, row by row.
//!
//! Rows are counted as a spreadsheet counts them: an empty line is a row, and a cell of several lines is not several rows.

use super::{
    fault::{Bad, Unread},
    line::Line,
};

/// Reads every row, the empty ones too.
pub(super) fn read(
    bytes: &[u8],
    line: &mut Line<'_>,
    mut row: impl FnMut(u32, &mut Line<'_>) -> Result<(), Unread>,
) -> Result<(), Unread> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rest = std::str::from_utf8(bytes).map_err(|e| {
        let row = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Bad::new(
            "文件不是 UTF-8 编码；请另存为“CSV UTF-8”或者 XLSX",
            "the file is not UTF-8; save it as CSV UTF-8 or as XLSX",
        )
        .at(u32::try_from(row).unwrap_or(u32::MAX))
    })?;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        line.clear();
        rest = cells(rest, number, line)?;
        row(number, line)?;
    }
    Ok(())
}

/// Reads one row, and gives what comes after it.
fn cells<'a>(mut rest: &'a str, number: u32, line: &mut Line<'_>) -> Result<&'a str, Unread> {
    loop {
        let after = match rest.strip_prefix('"') {
            Some(quoted) => {
                let at = |zh, en| Unread { row: number, column: Some(line.columns()), bad: Bad::new(zh, en) };
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
            None => return Ok(["\r\n", "\n", "\r"].iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after)),
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
