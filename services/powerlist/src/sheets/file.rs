//! Files of rows: CSV and XLSX, without knowing what the rows mean.

use kernel::text::guard;
use rust_xlsxwriter::{Format as CellFormat, FormatAlign, Workbook};

use super::{
    Sheet, csv,
    export::ExportError,
    fault::{Bad, Faults, RowFault, Unread},
    limits::{CELL_CHARS_MAX, ROWS_MAX, Room, chars},
    line::{Line, Row},
    workbook,
};

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
    pub faults: Faults,
}

/// Reads a file, as far as there is room. What is not said is told from its bytes and its header.
///
/// # Errors
/// What is wrong with the file or its header.
pub fn read(
    name: &str,
    sheet: Option<Sheet>,
    format: Option<Format>,
    bytes: &[u8],
    room: &Room,
) -> Result<Table, Box<RowFault>> {
    // A workbook is a ZIP file; one that is old, or has a password, is another container.
    let book = bytes.starts_with(b"PK") || bytes.starts_with(workbook::OLD);
    let format = format.unwrap_or(if book { Format::Xlsx } else { Format::Csv });
    let mut reading = Reading { name, wanted: sheet, room, sheet: None, rows: Vec::new(), faults: Faults::default() };
    let mut line = Line::new(room);
    let row = |number, line: &mut Line<'_>| reading.row(number, line);
    let read = match format {
        Format::Csv => csv::read(bytes, &mut line, row),
        Format::Xlsx => workbook::read(bytes, room, &mut line, row),
    };
    line.clear();
    read.map_err(|unread| Box::new(reading.fault(unread)))?;
    match reading.sheet {
        Some(sheet) => Ok(Table { file: name.to_owned(), sheet, rows: reading.rows, faults: reading.faults }),
        None => Err(Box::new(reading.fault(reading.wrong_header(1)))),
    }
}

/// A file while it is read.
struct Reading<'a> {
    name: &'a str,
    /// What it must hold, when that is said.
    wanted: Option<Sheet>,
    room: &'a Room,
    /// What it holds; its header was read then.
    sheet: Option<Sheet>,
    rows: Vec<Row>,
    faults: Faults,
}

impl Reading<'_> {
    /// Takes the next row in.
    fn row(&mut self, number: u32, line: &mut Line<'_>) -> Result<(), Unread> {
        if line.width == 0 {
            return Ok(());
        }
        let Some(sheet) = self.sheet else {
            let is = |sheet: &Sheet| line.cells().take(line.width).eq(sheet.header().iter().copied());
            let known = Sheet::ALL.into_iter().find(is).filter(|known| self.wanted.is_none_or(|w| w == *known));
            self.sheet = Some(known.ok_or_else(|| self.wrong_header(number))?);
            return Ok(());
        };
        let columns = sheet.header().len();
        if !self.room.row() {
            let zh = format!("一次导入的各文件合计超过{ROWS_MAX}行，请分次导入");
            let en = format!("the files of one import have more than {ROWS_MAX} rows; import them one after the other");
            return Err(Bad::new(zh, en).at(number));
        }
        if line.width > columns {
            let width = line.width;
            let zh = format!("该行有{width}列，表头只有{columns}列");
            let bad = Bad::new(zh, format!("the row has {width} cells, the header {columns}"));
            self.faults.push(self.fault(bad.at(number)));
        } else if line.bad.is_empty() {
            self.rows.push(line.keep(number));
        } else {
            for (column, bad) in line.bad.drain(..) {
                let fault = self.fault(Unread { row: number, column: Some(column), bad });
                self.faults.push(fault);
            }
        }
        Ok(())
    }

    fn wrong_header(&self, row: u32) -> Unread {
        let expected = match self.wanted {
            Some(sheet) => sheet.header().join(","),
            None => Sheet::ALL.map(|s| format!("{}：{}", s.name(), s.header().join(","))).join("；"),
        };
        let en = format!("the header is not the expected one: {expected}");
        Bad::new(format!("表头与规定不符，应为 {expected}"), en).at(row)
    }

    fn fault(&self, Unread { row, column, bad }: Unread) -> RowFault {
        let header = self.sheet.map_or(&[][..], Sheet::header);
        let column = column.and_then(|at| header.get(at)).copied().unwrap_or_default();
        RowFault { file: self.name.to_owned(), row, column: column.to_owned(), zh: bad.zh, en: bad.en, rule: None }
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
    use super::*;

    fn standards(cell: &str) -> Vec<Vec<String>> {
        vec![vec!["021310001000".into(), "一般".into(), cell.into(), "罚款|1-2元".into()]]
    }

    fn table(bytes: &[u8]) -> Result<Table, Box<RowFault>> {
        read("f", None, None, bytes, &Room::default())
    }

    #[test]
    fn a_formula_stays_text_and_comes_back_as_it_was() {
        for format in [Format::Csv, Format::Xlsx] {
            for text in ["=1+1", "＝1", "＋甲", "+甲", "-乙", "@丙", "'=1", "''=1", "'甲", "普通", "多行\n第二行"]
            {
                let bytes = write(Sheet::Standards, format, &standards(text)).unwrap();
                let table = read("f", None, None, &bytes, &Room::default()).unwrap();
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
        let read = table(&write(Sheet::Standards, Format::Xlsx, &rows).unwrap()).unwrap();
        let cell: Vec<&str> = read.rows[0].cell(2).lines().collect();
        assert_eq!(cell[..32], lines[..32]);
        assert!(cell.len() == 33 && cell[32].contains("CSV") && !cell[32].contains(['：', ':', '|']), "{cell:?}");
        assert_eq!(read.rows[1].cell(2), "短");
    }

    #[test]
    fn zeros_in_front_of_a_code_survive() {
        let bytes = write(Sheet::Standards, Format::Xlsx, &standards("甲")).unwrap();
        assert_eq!(read("f", None, None, &bytes, &Room::default()).unwrap().rows[0].cell(0), "021310001000");
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let fault = |bytes: &[u8]| read("f.csv", None, None, bytes, &Room::default()).unwrap_err();
        assert!(fault(b"").zh.contains("表头"));
        assert!(fault("甲,乙\n1,2\n".as_bytes()).en.contains("header"));
        assert!(fault(b"PK\x03\x04garbage").zh.contains("工作簿"));
        let gbk = [b"code,name,level,parent\n230883,".as_slice(), &[0xb8, 0xa7, 0xd4, 0xb6], b",county,"].concat();
        assert_eq!((fault(&gbk).row, fault(&gbk).zh.contains("UTF-8")), (2, true));
        let wide = table(b"code,name,level,parent\n1,a,county,2,more\n3,b,county,2\n").unwrap();
        assert_eq!((wide.faults.told()[0].row, wide.faults.told()[0].en.contains("5 cells")), (2, true));
        assert_eq!(wide.rows.len(), 1);
    }

    #[test]
    fn reads_a_byte_order_mark_and_windows_line_ends() {
        let bytes = "\u{feff}code,name,level,parent\r\n230000,\"黑龙江\r\n省\",province,\r\n\r\n".as_bytes();
        let table = read("f", Some(Sheet::Regions), None, bytes, &Room::default()).unwrap();
        assert_eq!(table.rows.len(), 1);
        let cells: Vec<_> = (0..5).map(|at| table.rows[0].cell(at)).collect();
        assert_eq!(cells, ["230000", "黑龙江\n省", "province", "", ""]);
    }
}
