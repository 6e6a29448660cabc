//! Files of rows: CSV and XLSX, without knowing what the rows mean.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{Format as CellFormat, FormatAlign, Workbook};

use super::{Sheet, export::ExportError, fault::RowFault};

/// Most rows of a file.
const ROWS_MAX: usize = 10_000;
/// Most characters of a cell; Excel allows a little more.
const CELL_CHARS_MAX: usize = 20_000;

/// Form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8, RFC 4180.
    Csv,
    /// Excel workbook.
    Xlsx,
}

/// The rows of one file, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// What it holds.
    pub sheet: Sheet,
    /// Its rows, without the header and without empty ones.
    pub rows: Vec<Row>,
    /// Rows that are not among them because they do not fit the header.
    pub faults: Vec<RowFault>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet counts; the header is row 1.
    pub number: u32,
    /// As many cells as the header has.
    pub cells: Vec<String>,
}

/// Reads a file. What is not said is told from its bytes and its header.
///
/// # Errors
/// What is wrong with the file or its header.
pub fn read(name: &str, sheet: Option<Sheet>, format: Option<Format>, bytes: &[u8]) -> Result<Table, Box<RowFault>> {
    let format = format.unwrap_or(if bytes.starts_with(b"PK\x03\x04") { Format::Xlsx } else { Format::Csv });
    let raw = match format {
        Format::Csv => read_csv(bytes),
        Format::Xlsx => read_xlsx(bytes),
    };
    let whole = |row, (zh, en): (String, String)| RowFault {
        file: name.to_owned(),
        row,
        column: String::new(),
        zh,
        en,
        rule: None,
    };
    let mut rows = raw.map_err(|(row, why)| Box::new(whole(row, why)))?.into_iter();
    let header: Vec<String> = rows.next().map(|row| row.cells).unwrap_or_default();
    let header: Vec<&str> = header.iter().map(|h| h.trim()).collect();
    let known = Sheet::ALL.into_iter().find(|s| s.header() == trim_end(&header));
    let Some(sheet) = known.filter(|k| sheet.is_none_or(|s| s == *k)) else {
        let expected = match sheet {
            Some(sheet) => sheet.header().join(","),
            None => Sheet::ALL
                .iter()
                .map(|s| format!("{}：{}", s.name(), s.header().join(",")))
                .collect::<Vec<_>>()
                .join("；"),
        };
        return Err(Box::new(whole(
            1,
            (format!("表头与规定不符，应为 {expected}"), format!("the header is not the expected one: {expected}")),
        )));
    };
    let width = sheet.header().len();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        if row.cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        if found.len() == ROWS_MAX {
            return Err(Box::new(whole(
                row.number,
                (format!("超过{ROWS_MAX}行"), format!("has more than {ROWS_MAX} rows")),
            )));
        }
        if row.cells.len() > width && row.cells[width..].iter().any(|c| !c.trim().is_empty()) {
            let en = format!("the row has {} cells, the header {width}", row.cells.len());
            faults.push(whole(row.number, (format!("该行有{}列，表头只有{width}列", row.cells.len()), en)));
            continue;
        }
        if row.cells.iter().any(|c| c.chars().count() > CELL_CHARS_MAX) {
            let en = format!("a cell has more than {CELL_CHARS_MAX} characters");
            faults.push(whole(row.number, (format!("单元格超过{CELL_CHARS_MAX}个字符"), en)));
            continue;
        }
        let mut cells: Vec<String> = row.cells.iter().map(|c| unguard(c.trim()).to_owned()).collect();
        cells.resize(width, String::new());
        found.push(Row { number: row.number, cells });
    }
    Ok(Table { file: name.to_owned(), sheet, rows: found, faults })
}

fn trim_end<'a>(header: &'a [&'a str]) -> &'a [&'a str] {
    let end = header.iter().rposition(|h| !h.is_empty()).map_or(0, |at| at + 1);
    &header[..end]
}

type Unread = (u32, (String, String));

fn read_csv(bytes: &[u8]) -> Result<Vec<Row>, Unread> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let row = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        (
            u32::try_from(row).unwrap_or(u32::MAX),
            (
                "文件不是 UTF-8 编码；请另存为“CSV UTF-8”或者 XLSX".to_owned(),
                "the file is not UTF-8; save it as CSV UTF-8 or as XLSX".to_owned(),
            ),
        )
    })?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        let record =
            record.map_err(|e| (number, (format!("CSV 语法错误：{e}"), format!("the CSV cannot be read: {e}"))))?;
        rows.push(Row { number, cells: record.iter().map(|c| c.replace("\r\n", "\n")).collect() });
        if rows.len() > ROWS_MAX + 1 {
            break;
        }
    }
    Ok(rows)
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Row>, Unread> {
    let wrong =
        |e: calamine::XlsxError| (1, (format!("无法读取工作簿：{e}"), format!("the workbook cannot be read: {e}")));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let first = book.worksheet_range_at(0);
    let range = match first {
        Some(range) => range.map_err(wrong)?,
        None => return Err((1, ("工作簿没有工作表".to_owned(), "the workbook has no sheet".to_owned()))),
    };
    let above = range.start().map_or(0, |(row, _)| row);
    let left = range.start().map_or(0, |(_, column)| column as usize);
    let rows = range.rows().take(ROWS_MAX + 2).enumerate().map(|(i, cells)| Row {
        number: above + u32::try_from(i).unwrap_or(u32::MAX - above) + 1,
        cells: std::iter::repeat_n(String::new(), left).chain(cells.iter().map(cell)).collect(),
    });
    Ok(rows.collect())
}

/// A cell as a person sees it.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.replace("\r\n", "\n").replace("_x000a_", "\n"),
        Data::Int(n) => n.to_string(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Float(n) => n.to_string(),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.chars().take(10).collect(),
        Data::Error(e) => e.to_string(),
    }
}

/// Whether a spreadsheet program would take the text for a formula.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Text that no spreadsheet program takes for a formula: one apostrophe more in front.
fn guard(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text behind [`guard`].
fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Writes a file.
///
/// # Errors
/// When a cell is too long for the form, which the limits of the list exclude.
pub fn write(sheet: Sheet, format: Format, rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Csv => write_csv(sheet, rows),
        Format::Xlsx => write_xlsx(sheet, rows),
    }
}

fn write_csv(sheet: Sheet, rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(sheet.header())?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell)))?;
    }
    writer.into_inner().map_err(|e| ExportError::Csv(e.into_error().into()))
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
                page.write_string_with_format(number, column, guard(cell), &body)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standards(cell: &str) -> Vec<Vec<String>> {
        vec![vec!["021310001000".into(), "一般".into(), cell.into(), "罚款|1-2元".into()]]
    }

    #[test]
    fn a_formula_stays_text_and_comes_back_as_it_was() {
        for format in [Format::Csv, Format::Xlsx] {
            for text in ["=1+1", "+甲", "-乙", "@丙", "'=1", "''=1", "'甲", "普通", "多行\n第二行"] {
                let bytes = write(Sheet::Standards, format, &standards(text)).unwrap();
                let table = read("f", None, None, &bytes).unwrap();
                assert_eq!(table.sheet, Sheet::Standards);
                assert_eq!(table.rows[0].cells[2], text, "{format:?}");
                assert_eq!(table.rows[0].number, 2);
            }
        }
        let csv = String::from_utf8(write(Sheet::Standards, Format::Csv, &standards("=cmd()")).unwrap()).unwrap();
        assert!(csv.contains(",'=cmd(),"), "{csv}");
    }

    #[test]
    fn zeros_in_front_of_a_code_survive() {
        let bytes = write(Sheet::Standards, Format::Xlsx, &standards("甲")).unwrap();
        assert_eq!(read("f", None, None, &bytes).unwrap().rows[0].cells[0], "021310001000");
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let fault = |bytes: &[u8]| read("f.csv", None, None, bytes).unwrap_err();
        assert!(fault(b"").zh.contains("表头"));
        assert!(fault("甲,乙\n1,2\n".as_bytes()).en.contains("header"));
        assert!(fault(b"PK\x03\x04garbage").zh.contains("工作簿"));
        let gbk = [b"code,name,level,parent\n230883,".as_slice(), &[0xb8, 0xa7, 0xd4, 0xb6], b",county,"].concat();
        assert_eq!((fault(&gbk).row, fault(&gbk).zh.contains("UTF-8")), (2, true));
        let wide = read("f", None, None, b"code,name,level,parent\n1,a,county,2,more\n3,b,county,2\n").unwrap();
        assert_eq!((wide.faults[0].row, wide.faults[0].en.contains("5 cells")), (2, true));
        assert_eq!(wide.rows.len(), 1);
    }

    #[test]
    fn reads_a_byte_order_mark_and_windows_line_ends() {
        let bytes = "\u{feff}code,name,level,parent\r\n230000,\"黑龙江\r\n省\",province,\r\n\r\n".as_bytes();
        let table = read("f", Some(Sheet::Regions), None, bytes).unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0].cells, ["230000", "黑龙江\n省", "province", ""]);
    }
}
