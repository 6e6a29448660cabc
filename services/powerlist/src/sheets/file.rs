//! Files of rows: CSV and XLSX, without knowing what the rows mean.

use kernel::text::guard;
use rust_xlsxwriter::{Format as CellFormat, FormatAlign, Workbook};

use super::{
    Sheet,
    cells::cut,
    choices::Choices,
    csv,
    export::ExportError,
    fault::{Bad, Faults, RowFault, Unread},
    heads::Header,
    limits::{CELL_CHARS_MAX, HEAD_ROWS_MAX, Room, chars},
    line::{Line, Row},
    ods,
    page::{Page, Pages, letters},
    table::{Note, Table},
    workbook, xls,
    zip::Parts,
};

/// Form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, in UTF-8 or, when read, GB18030.
    Csv,
    /// Excel workbook, with or without macros.
    Xlsx,
    /// Excel workbook of before 2007; only read.
    Xls,
    /// OpenDocument; only read.
    Ods,
}

/// What was read of one file.
#[derive(Debug, Default)]
pub struct Read {
    /// Its sheets that hold lists.
    pub tables: Vec<Table>,
    /// What was not taken, and why.
    pub notes: Vec<Note>,
    /// What cannot be read.
    pub faults: Faults,
}

/// Reads a file, as far as there is room. What is not said is told from its bytes and its headers.
pub fn read(
    name: &str,
    sheet: Option<Sheet>,
    format: Option<Format>,
    bytes: &[u8],
    choices: &Choices,
    room: &Room,
) -> Read {
    let mut read = Read::default();
    if let Err(unread) = tables(name, sheet, format, bytes, choices, room, &mut read) {
        read.faults.push(fault(name, "", unread));
    }
    read
}

/// The sheets of a file as they stand; none when it cannot be read.
pub(super) fn pages(format: Option<Format>, bytes: &[u8], room: &Room) -> Vec<Page> {
    let (mut pages, mut line) = (Pages::new(room), Line::new(room));
    // What was read before a fault is given back with it.
    _ = unpack(format, bytes, room, &mut line, &mut pages);
    line.clear();
    pages.pages
}

fn unpack(
    format: Option<Format>,
    bytes: &[u8],
    room: &Room,
    line: &mut Line<'_>,
    pages: &mut Pages<'_>,
) -> Result<(), Unread> {
    match format.map_or_else(|| Format::of(bytes), Ok).map_err(|bad| bad.at(1))? {
        Format::Csv => csv::read(bytes, line, pages),
        Format::Xlsx => workbook::read(bytes, room, line, pages),
        Format::Ods => ods::read(bytes, room, line, pages),
        Format::Xls => xls::read(bytes, room, line, pages),
    }
}

fn tables(
    name: &str,
    sheet: Option<Sheet>,
    format: Option<Format>,
    bytes: &[u8],
    choices: &Choices,
    room: &Room,
    read: &mut Read,
) -> Result<(), Unread> {
    let mut pages = Pages::new(room);
    let mut line = Line::new(room);
    let unpacked = unpack(format, bytes, room, &mut line, &mut pages);
    line.clear();
    unpacked?;
    let Pages { pages, unread, .. } = pages;
    let mut best = None;
    for page in pages {
        if page.rows.is_empty() {
            continue;
        }
        let header = Header::find(&page, sheet, &choices.of(name, &page));
        match header {
            Some(_) if page.hidden => {
                let row = page.rows[0].number;
                let bad = Bad::new(
                    "工作表被隐藏，其中有清单：请取消隐藏后再导入，或者删除该工作表",
                    "the sheet is hidden and holds a list; show it before the import, or delete it",
                );
                read.faults.push(fault(name, &page.name, bad.at(row)));
            }
            Some(header) => read.tables.push(Table::of(name, page, header, room)?),
            None => {
                let (file, tab) = (name.to_owned(), page.name.clone());
                let zh = if page.hidden {
                    "隐藏的工作表，没有清单表头，未读取"
                } else {
                    "工作表没有清单表头，未读取"
                };
                let en = "the sheet has no header of a list and was not read".to_owned();
                read.notes.push(Note { file, tab, row: 0, zh: zh.to_owned(), en });
                best.get_or_insert_with(|| heads_of(&page));
            }
        }
    }
    for unread in unread {
        let table = read.tables.first();
        let fault = match (table, unread.column) {
            (Some(table), Some(at)) => {
                let column = table.heads.iter().find(|head| head.at == at).and_then(|head| head.takes);
                let mut fault = table.fault(unread.row, column.unwrap_or_default(), "", unread.bad);
                fault.cell = format!("{}{}", letters(at), unread.row);
                fault.found = std::mem::take(&mut fault.proposal);
                fault
            }
            _ => fault(name, "", unread),
        };
        read.faults.push(fault);
    }
    if read.tables.is_empty() && read.faults.count() == 0 {
        read.faults.push(fault(name, "", no_header(sheet, best)));
    }
    for table in &mut read.tables {
        read.faults.append(std::mem::take(&mut table.faults));
    }
    Ok(())
}

/// The row of a page that looks most like a header: the first one of several words.
fn heads_of(page: &Page) -> (u32, String) {
    let words = |row: &&Row| row.cells().filter(|cell| !cell.is_empty()).count() > 2;
    let row = page.rows.iter().take(HEAD_ROWS_MAX).find(words).or(page.rows.first());
    row.map_or((1, String::new()), |row| (row.number, cut(&row.cells().collect::<Vec<_>>().join(","))))
}

/// None of the sheets has a header that is known.
fn no_header(wanted: Option<Sheet>, found: Option<(u32, String)>) -> Unread {
    let expected = match wanted {
        Some(sheet) => sheet.header().join(","),
        None => {
            // Of the many that have one shape, the names.
            let told = |s: Sheet| match s {
                Sheet::Listing(list) => list.zh().to_owned(),
                _ => format!("{}：{}", s.name(), s.header().join(",")),
            };
            Sheet::ALL.map(told).join("；")
        }
    };
    let (row, found) = found.unwrap_or((1, String::new()));
    let zh =
        format!("没有找到可识别的表头（最像的一行是“{found}”）；表头用语不同的，以“表头=列名”指定，列名见：{expected}");
    let en = format!(
        "no header is known here (the likeliest row: {found:?}); say which head is which column as HEAD=COLUMN, of: {expected}"
    );
    Bad::new(zh, en).at(row)
}

fn fault(name: &str, tab: &str, Unread { row, column, bad }: Unread) -> RowFault {
    RowFault {
        file: name.to_owned(),
        tab: tab.to_owned(),
        row,
        cell: column.map(|at| format!("{}{row}", letters(at))).unwrap_or_default(),
        zh: bad.zh,
        en: bad.en,
        proposal: bad.proposal.unwrap_or_default(),
        ..RowFault::default()
    }
}

impl Format {
    /// The form of a file, told from its first bytes.
    fn of(bytes: &[u8]) -> Result<Self, Bad> {
        if bytes.starts_with(workbook::OLD) {
            return Ok(Self::Xls);
        }
        if !bytes.starts_with(b"PK") {
            return Ok(Self::Csv);
        }
        Ok(if Parts::of(bytes)?.has("content.xml") { Self::Ods } else { Self::Xlsx })
    }
}

/// Writes a file.
///
/// # Errors
/// When a cell is too long for the form, which the limits of the list exclude.
pub fn write(sheet: Sheet, format: Format, rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Csv => write_csv(sheet, rows),
        Format::Xlsx | Format::Xls | Format::Ods => write_xlsx(sheet, rows),
    }
}

fn write_csv(sheet: Sheet, rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    // With the mark by which spreadsheet programs know UTF-8.
    let out = "\u{feff}".as_bytes().to_vec();
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(sheet.header())?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell)))?;
    }
    writer.into_inner().map_err(|e| ExportError::Csv(e.into_error().into()))
}

/// What a workbook's cell can hold of a text: where that is not all, whole lines, and one that says so and that no column takes
/// when it is read again. Entries of today fit; older ones of the record may not, and must not keep the others from being
/// written.
fn fitting(cell: String) -> String {
    const REST: &str = "……（单元格写不下，全文见 CSV；the CSV has all of it）";
    if chars(&cell) <= CELL_CHARS_MAX {
        return cell;
    }
    let mut left = CELL_CHARS_MAX - chars(REST);
    let fits = |line: &&str| {
        let after = left.checked_sub(chars(line) + 1);
        left = after.unwrap_or(0);
        after.is_some()
    };
    let mut lines: Vec<&str> = cell.lines().take_while(fits).collect();
    lines.push(REST);
    lines.join("\n")
}

fn write_xlsx(sheet: Sheet, rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet.name())?.set_freeze_panes(1, 0)?;
    let head = CellFormat::new().set_bold().set_align(FormatAlign::Center);
    let body = CellFormat::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, name) in (0u16..).zip(sheet.header()) {
        page.write_string_with_format(0, column, *name, &head)?;
        page.set_column_width(column, if sheet == Sheet::Items { 28.0 } else { 20.0 })?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            if !cell.is_empty() {
                // Always a string cell: never a number that loses its zeros, never a formula.
                page.write_string_with_format(number, column, fitting(guard(cell)), &body)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::{super::limits::IN_A_MESSAGE, *};

    fn standards(cell: &str) -> Vec<Vec<String>> {
        vec![["021310001000", "一般", cell, "罚款|1-2元", "", "ordinary"].map(str::to_owned).into()]
    }

    fn read_all(bytes: &[u8]) -> Read {
        read("f", None, None, bytes, &Choices::default(), &Room::of(IN_A_MESSAGE))
    }

    fn table(bytes: &[u8]) -> Table {
        let mut read = read_all(bytes);
        assert_eq!((read.tables.len(), read.faults.told()), (1, &[][..]), "{:?}", read.notes);
        read.tables.remove(0)
    }

    #[test]
    fn a_formula_stays_text_and_comes_back_as_it_was() {
        for format in [Format::Csv, Format::Xlsx] {
            for text in ["=1+1", "＝1", "＋甲", "+甲", "-乙", "@丙", "'=1", "''=1", "'甲", "普通", "多行\n第二行"]
            {
                let bytes = write(Sheet::Standards, format, &standards(text)).unwrap();
                let table = table(&bytes);
                assert_eq!(table.sheet, Sheet::Standards);
                assert_eq!(table.rows[0].cell(2), text, "{format:?}");
                assert_eq!(table.rows[0].number, 2);
            }
        }
        let csv = String::from_utf8(write(Sheet::Standards, Format::Csv, &standards("=cmd()")).unwrap()).unwrap();
        assert!(csv.contains(",'=cmd(),"), "{csv}");
    }

    #[test]
    fn a_text_beyond_a_cell_stops_no_list() {
        let lines: Vec<String> = (0..40).map(|n| format!("{n}{}", "长".repeat(1_000))).collect();
        let mut rows = standards(&lines.join("\n"));
        rows.push(standards("短").remove(0));
        let csv = String::from_utf8(write(Sheet::Standards, Format::Csv, &rows).unwrap()).unwrap();
        assert!(lines.iter().all(|line| csv.contains(line)), "the CSV has it all");
        let read = table(&write(Sheet::Standards, Format::Xlsx, &rows).unwrap());
        let cell: Vec<&str> = read.rows[0].cell(2).lines().collect();
        assert_eq!(cell[..32], lines[..32]);
        assert!(cell.len() == 33 && cell[32].contains("CSV") && !cell[32].contains(['：', ':', '|']), "{cell:?}");
        assert_eq!(read.rows[1].cell(2), "短");
    }

    #[test]
    fn zeros_in_front_of_a_code_survive() {
        let bytes = write(Sheet::Standards, Format::Xlsx, &standards("甲")).unwrap();
        assert_eq!(table(&bytes).rows[0].cell(0), "021310001000");
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let fault = |bytes: &[u8]| read_all(bytes).faults.into_told().remove(0);
        assert!(fault(b"").zh.contains("表头"));
        assert!(fault("甲,乙\n1,2\n".as_bytes()).en.contains("header"));
        assert!(fault(b"PK\x03\x04garbage").zh.contains("工作簿"));
        let torn = ["code,name,level,parent\n230883,抚远".as_bytes(), &[0xe5, b',']].concat();
        assert_eq!((fault(&torn).row, fault(&torn).zh.contains("UTF-8")), (2, true));
        let wide = read_all(b"code,name,level,parent\n1,a,county,2,more\n3,b,county,2\n");
        let told = &wide.faults.told()[0];
        assert_eq!((told.row, told.cell.as_str(), told.found.as_str()), (2, "E2", "more"));
        assert!(told.en.contains("5 cells"));
        assert_eq!(wide.tables[0].rows.len(), 1);
    }

    #[test]
    fn reads_what_spreadsheet_programs_in_china_write_as_csv() {
        let (text, _, _) = encoding_rs::GB18030.encode("code,name,level,parent\n230883,抚远市𠀀,county,230800\n");
        let table = table(&text);
        assert_eq!((table.rows[0].cell(1), table.rows[0].number), ("抚远市𠀀", 2));
    }

    #[test]
    fn reads_a_byte_order_mark_and_windows_line_ends() {
        let bytes = "\u{feff}code,name,level,parent\r\n230000,\"黑龙江\r\n省\",province,\r\n\r\n".as_bytes();
        let table = table(bytes);
        assert_eq!(table.rows.len(), 1);
        let cells: Vec<_> = (0..5).map(|at| table.rows[0].cell(at)).collect();
        assert_eq!(cells, ["230000", "黑龙江\n省", "province", "", ""]);
    }
}
