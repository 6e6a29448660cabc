//! The sheets of an OpenDocument spreadsheet (ISO/IEC 26300), row by row.
//!
//! What repeats is not repeated: empty rows and cells, of which the end of a sheet has a million, are counted, and a row that says
//! something takes its room every time.

use super::{
    fault::{Bad, Unread},
    limits::{CELL_CHARS_MAX, COLUMNS_MAX, Room, SHEET_COLUMNS, SHEET_ROWS},
    line::{Line, Mark},
    page::{Merge, Pages},
    xml::{Token, Xml, attribute},
    zip::Parts,
};

const CONTENT: &str = "content.xml";

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    kind: String,
    value: Option<String>,
    text: String,
    formula: bool,
    repeats: usize,
    down: u32,
    right: usize,
}

/// A row while it is read: its cells that say something, by their columns.
#[derive(Default)]
struct Kept {
    hidden: bool,
    repeats: u32,
    next: usize,
    cells: Vec<(usize, String, Option<Mark>)>,
}

/// Reads every row of every sheet that has cells.
pub(super) fn read(bytes: &[u8], room: &Room, line: &mut Line<'_>, pages: &mut Pages<'_>) -> Result<(), Unread> {
    let whole = |bad: Bad| bad.at(1);
    let parts = Parts::of(bytes).map_err(whole)?;
    let unpacked = parts.open(CONTENT, room).map_err(whole)?.ok_or_else(|| {
        whole(Bad::new(
            "无法读取工作簿：缺少 content.xml，请用表格软件打开后另存为 XLSX",
            "the workbook cannot be read: content.xml is missing; open it in a spreadsheet program and save it as XLSX",
        ))
    })?;
    let hidden = hidden_sheets(&parts, room).map_err(whole)?;
    let mut xml = Xml::new(CONTENT, unpacked);
    let (mut at, mut row, mut cell, mut aside) = (0, Kept::default(), None::<Cell>, 0);
    let mut columns = 0;
    loop {
        match xml.next().map_err(|bad| bad.at(at.max(1)))? {
            Token::Open(tag) => {
                let here = at.max(1);
                let said = |name| attribute(CONTENT, &tag, name).map_err(|bad| bad.at(here));
                let number = |name, most: u32| {
                    let said = said(name)?.and_then(|said| said.parse::<u32>().ok());
                    Ok::<u32, Unread>(said.unwrap_or(1).clamp(1, most))
                };
                match tag.local_name().as_ref() {
                    // Remarks, and what is drawn over the cells, have text of their own.
                    "annotation" | "shapes" | "tracked-changes" => aside += 1,
                    _ if aside > 0 => {}
                    "table" => {
                        (at, columns) = (0, 0);
                        let (name, style) =
                            (said("name")?.unwrap_or_default(), said("style-name")?.unwrap_or_default());
                        pages.begin(&name, hidden.contains(&style)).map_err(whole)?;
                    }
                    "table-column" => {
                        let count = number("number-columns-repeated", SHEET_COLUMNS as u32)? as usize;
                        if said("visibility")?.is_some_and(|how| how != "visible") && columns < COLUMNS_MAX {
                            pages.page().hidden_columns.push((columns, columns + count - 1));
                        }
                        columns += count;
                    }
                    "table-row" => {
                        let repeats = number("number-rows-repeated", SHEET_ROWS)?;
                        let hidden = said("visibility")?.is_some_and(|how| how != "visible");
                        row = Kept { hidden, repeats, ..Kept::default() };
                    }
                    "table-cell" | "covered-table-cell" => {
                        let value = ["date-value", "boolean-value", "value"].map(said).into_iter();
                        let value = value.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().next();
                        cell = Some(Cell {
                            kind: said("value-type")?.unwrap_or_default(),
                            value,
                            text: String::new(),
                            formula: said("formula")?.is_some(),
                            repeats: number("number-columns-repeated", SHEET_COLUMNS as u32)? as usize,
                            down: number("number-rows-spanned", SHEET_ROWS)?,
                            right: number("number-columns-spanned", SHEET_COLUMNS as u32)? as usize,
                        });
                    }
                    "p" => cell.iter_mut().filter(|cell| !cell.text.is_empty()).for_each(|cell| cell.text.push('\n')),
                    "line-break" => cell.iter_mut().for_each(|cell| cell.text.push('\n')),
                    "s" => {
                        let count = number("c", 1_000)? as usize;
                        cell.iter_mut().for_each(|cell| cell.text.push_str(&" ".repeat(count)));
                    }
                    "tab" => cell.iter_mut().for_each(|cell| cell.text.push(' ')),
                    _ => {}
                }
            }
            Token::Close(tag) => match tag.local_name().as_ref() {
                "annotation" | "shapes" | "tracked-changes" => aside -= 1,
                _ if aside > 0 => {}
                "table-cell" | "covered-table-cell" => {
                    if let Some(cell) = cell.take() {
                        keep(cell, at, &mut row, pages)?;
                    }
                }
                "table-row" => at = put(std::mem::take(&mut row), at, line, pages)?,
                _ => {}
            },
            Token::Text(text) if aside == 0 => {
                if let Some(cell) = &mut cell
                    && cell.text.len() <= 4 * CELL_CHARS_MAX
                {
                    cell.text.push_str(&text);
                }
            }
            Token::Text(_) | Token::Other => {}
            Token::End => return Ok(()),
        }
    }
}

/// Styles of sheets that are not shown.
fn hidden_sheets(parts: &Parts<'_>, room: &Room) -> Result<Vec<String>, Bad> {
    let Some(unpacked) = parts.open(CONTENT, room)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(CONTENT, unpacked);
    let (mut found, mut style) = (Vec::new(), String::new());
    loop {
        match xml.next()? {
            Token::Open(tag) => match tag.local_name().as_ref() {
                "style" => style = attribute(CONTENT, &tag, "name")?.unwrap_or_default(),
                "table-properties" if attribute(CONTENT, &tag, "display")?.is_some_and(|shown| shown == "false") => {
                    found.push(style.clone());
                }
                // The styles come before what is styled.
                "body" => return Ok(found),
                _ => {}
            },
            Token::End => return Ok(found),
            Token::Close(_) | Token::Text(_) | Token::Other => {}
        }
    }
}

/// Keeps a cell that says something.
fn keep(cell: Cell, at: u32, row: &mut Kept, pages: &mut Pages<'_>) -> Result<(), Unread> {
    let (column, top) = (row.next, at + 1);
    row.next = (row.next + cell.repeats).min(SHEET_COLUMNS);
    if (cell.down > 1 || cell.right > 1) && column < COLUMNS_MAX {
        let merge = Merge { top, bottom: top + cell.down - 1, left: column, right: column + cell.right - 1 };
        pages.merge(merge).map_err(|bad| bad.at(top))?;
    }
    let mark = match cell.kind.as_str() {
        "float" | "percentage" | "currency" => Some(Mark::Number),
        _ if cell.formula && cell.text.is_empty() && cell.value.is_none() => Some(Mark::Unknown),
        _ if cell.formula && (cell.text.starts_with('#') || cell.text.starts_with("Err:")) => Some(Mark::Error),
        _ => None,
    };
    let text = match (cell.kind.as_str(), cell.value) {
        ("date", Some(day)) => day.chars().take(10).collect(),
        ("boolean", Some(said)) => said,
        ("float" | "percentage" | "currency", Some(number)) => {
            super::workbook::shown(&number, false, false).0.into_owned()
        }
        _ => cell.text,
    };
    if text.is_empty() && mark.is_none() {
        return Ok(());
    }
    for column in column..(column + cell.repeats).min(COLUMNS_MAX + 1) {
        row.cells.push((column, text.clone(), mark.clone()));
    }
    Ok(())
}

/// Takes a row in as often as it stands there, and gives its last number.
fn put(row: Kept, at: u32, line: &mut Line<'_>, pages: &mut Pages<'_>) -> Result<u32, Unread> {
    let last = at.saturating_add(row.repeats);
    if last > SHEET_ROWS {
        let (zh, en) = (format!("工作表超过{SHEET_ROWS}行"), format!("the sheet has more than {SHEET_ROWS} rows"));
        return Err(Bad::new(zh, en).at(at.max(1)));
    }
    if row.cells.is_empty() {
        return Ok(last);
    }
    for number in at + 1..=last {
        line.clear();
        line.hidden = row.hidden;
        for (column, text, mark) in &row.cells {
            line.skip_to(*column);
            match mark {
                Some(mark) => line.put_marked(number, text, mark.clone())?,
                None => line.put(number, text)?,
            }
        }
        pages.row(number, line)?;
    }
    Ok(last)
}
