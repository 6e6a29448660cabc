//! Files given back with their faults: each on its cell, coloured, with a note that says what is wrong and what could stand there.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format as CellFormat, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use super::{
    fault::RowFault,
    file::pages,
    limits::{Limits, Room, chars},
    page::Page,
};
use crate::import::InputFile;

/// Most characters of one note; spreadsheet programs show no more than this well.
const NOTE_CHARS_MAX: usize = 2_000;
/// Most characters of the name of a sheet.
const NAME_CHARS_MAX: usize = 31;

/// Writes the sheets of files that have faults, as they stand, with the faults on their cells, and all faults as a list before them.
///
/// # Errors
/// When the workbook cannot be written.
pub(crate) fn mark(files: &[InputFile], faults: &[RowFault], limits: Limits) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    list(book.add_worksheet(), faults)?;
    let room = Room::of(limits);
    let mut names = vec!["问题清单".to_owned()];
    for file in files {
        let of_file: Vec<&RowFault> = faults.iter().filter(|fault| fault.file == file.name).collect();
        if of_file.is_empty() {
            continue;
        }
        // What cannot be unpacked has its faults in the list alone.
        for page in pages(file.format, &file.content, &room) {
            let of_page = of_file.iter().copied().filter(|fault| fault.tab == page.name);
            let mut by_cell: BTreeMap<(u32, u16), Vec<&RowFault>> = BTreeMap::new();
            for fault in of_page.filter(|fault| fault.row > 0) {
                by_cell.entry((fault.row, column(&fault.cell))).or_default().push(fault);
            }
            if by_cell.is_empty() {
                continue;
            }
            let sheet = book.add_worksheet();
            sheet.set_name(name(&file.name, &page.name, &mut names))?;
            write(sheet, &page, &by_cell)?;
        }
    }
    book.save_to_buffer()
}

/// The column of a cell, from 0; a fault of a whole row stands at its beginning.
fn column(cell: &str) -> u16 {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0_u16, |n, b| n.saturating_mul(26).saturating_add(u16::from(b - b'A') + 1)).saturating_sub(1)
}

/// A name for a sheet that no other one has.
fn name(file: &str, tab: &str, names: &mut Vec<String>) -> String {
    let plain = |text: &str| text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], "_");
    let whole = if tab.is_empty() { plain(file) } else { plain(tab) };
    let mut made = cut(&whole, NAME_CHARS_MAX);
    let mut n = 1;
    while names.iter().any(|known| known.eq_ignore_ascii_case(&made)) || made.is_empty() {
        n += 1;
        made = format!("{}-{n}", cut(&whole, NAME_CHARS_MAX - 5));
    }
    names.push(made.clone());
    made
}

fn cut(text: &str, most: usize) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if chars(&out) + c.len_utf16() > most {
            break;
        }
        out.push(c);
    }
    out
}

fn list(sheet: &mut Worksheet, faults: &[RowFault]) -> Result<(), XlsxError> {
    sheet.set_name("问题清单")?.set_freeze_panes(1, 0)?;
    let bold = CellFormat::new().set_bold();
    let heads = [
        "文件 File",
        "工作表 Sheet",
        "行 Row",
        "单元格 Cell",
        "列 Column",
        "现有内容 Found",
        "问题",
        "What is wrong",
        "建议 Proposal",
        "规则 Rule",
    ];
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(0, column, head, &bold)?;
        sheet.set_column_width(column, if matches!(column, 6..=8) { 50 } else { 14 })?;
    }
    let wrapped = CellFormat::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, fault) in (1..).zip(faults) {
        let rule = fault.rule.as_deref().unwrap_or_default();
        let number = if fault.row == 0 { String::new() } else { fault.row.to_string() };
        let texts = [
            &fault.file,
            &fault.tab,
            &number,
            &fault.cell,
            &fault.column,
            &fault.found,
            &fault.zh,
            &fault.en,
            &fault.proposal,
            rule,
        ];
        for (column, text) in (0..).zip(texts) {
            sheet.write_string_with_format(row, column, text, &wrapped)?;
        }
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, page: &Page, faults: &BTreeMap<(u32, u16), Vec<&RowFault>>) -> Result<(), XlsxError> {
    let wrapped = CellFormat::new().set_text_wrap().set_align(FormatAlign::Top);
    let wrong = wrapped.clone().set_background_color(Color::RGB(0x00FF_C7CE));
    for merge in page.merges.iter().filter(|merge| merge.right < super::limits::COLUMNS_MAX) {
        let (left, right) = (merge.left as u16, merge.right as u16);
        // Merged cells that lie over each other are left as they are: the faults matter.
        _ = sheet.merge_range(merge.top - 1, left, merge.bottom - 1, right, "", &wrapped);
    }
    for row in &page.rows {
        for (column, cell) in (0_u16..).zip(row.cells()) {
            if !cell.is_empty() && !faults.contains_key(&(row.number, column)) {
                // Always a string: never a number that loses its zeros, never a formula.
                sheet.write_string_with_format(row.number - 1, column, cell, &wrapped)?;
            }
        }
    }
    for ((row, column), faults) in faults {
        let stands =
            page.rows.iter().find(|known| known.number == *row).map_or("", |known| known.cell(usize::from(*column)));
        sheet.write_string_with_format(row - 1, *column, stands, &wrong)?;
        let says = |fault: &&RowFault| {
            let proposal = if fault.proposal.is_empty() {
                String::new()
            } else {
                format!("\n建议 Proposal：{}", fault.proposal)
            };
            format!("{}\n{}{proposal}", fault.zh, fault.en)
        };
        let text = cut(&faults.iter().map(says).collect::<Vec<_>>().join("\n\n"), NOTE_CHARS_MAX);
        sheet.insert_note(row - 1, *column, &Note::new(text).set_width(360).set_height(160))?;
    }
    Ok(())
}
