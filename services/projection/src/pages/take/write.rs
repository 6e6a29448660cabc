//! Rows as bytes: CSV, or the first sheet of a workbook.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};
use kernel::text::guard;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{Cell, Form, Sheet};
use crate::pages::format;

/// What a cell of a workbook can hold.
const CELL_CHARS_MAX: usize = 32_767;
/// Widest column that is made for its text.
const WIDTH_MAX: usize = 48;

/// The file.
///
/// # Errors
/// When it cannot be written, in words for the log.
pub(super) fn bytes(sheet: &Sheet, form: Form) -> Result<Vec<u8>, String> {
    match form {
        Form::Csv => csv(sheet).map_err(|e| e.to_string()),
        Form::Xlsx => xlsx(sheet).map_err(|e| e.to_string()),
    }
}

fn csv(sheet: &Sheet) -> Result<Vec<u8>, csv::Error> {
    // With the mark by which spreadsheet programs know UTF-8.
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(sheet.heads.iter().map(|head| guard(head)))?;
    for row in &sheet.rows {
        out.write_record(row.iter().map(plain))?;
    }
    if let Some(cut) = &sheet.cut {
        out.write_record([cut])?;
    }
    out.into_inner().map_err(|e| e.into_error().into())
}

/// A cell as text: numbers without separators, so that programs read them.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => guard(text),
        Cell::Count(n) => n.to_string(),
        Cell::Fen(fen) => {
            let sign = if *fen < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
        }
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => format::second(*at),
    }
}

/// How cells look.
struct Looks {
    head: Format,
    text: Format,
    count: Format,
    money: Format,
    day: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            text: top.clone().set_text_wrap(),
            count: top.clone().set_num_format("0"),
            money: top.clone().set_num_format("#,##0.00"),
            day: top.clone().set_num_format("yyyy-mm-dd"),
            moment: top.set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("1")?.set_freeze_panes(1, 0)?.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    for (column, head) in (0u16..).zip(&sheet.heads) {
        page.write_string_with_format(0, column, head, &looks.head)?;
        page.set_column_width(column, width(sheet, column, head))?;
    }
    let mut number = 1;
    for row in &sheet.rows {
        for (column, cell) in (0u16..).zip(row) {
            put(page, number, column, cell, &looks)?;
        }
        number += 1;
    }
    if let (Some(last), false) = (sheet.heads.len().checked_sub(1), sheet.rows.is_empty()) {
        page.autofilter(0, 0, number - 1, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    if let Some(cut) = &sheet.cut {
        page.write_string_with_format(number, 0, cut, &Format::new().set_bold())?;
    }
    let about = book.add_worksheet().set_name("2")?;
    about.set_column_width(0, 12)?.set_column_width(1, 96)?;
    for (row, [name, said]) in (0u32..).zip(&sheet.about) {
        about.write_string_with_format(row, 0, name, &looks.head)?;
        about.write_string_with_format(row, 1, said, &looks.text)?;
    }
    book.save_to_buffer()
}

/// Wide enough for what the first rows say.
fn width(sheet: &Sheet, column: u16, head: &str) -> f64 {
    // A Chinese character is as wide as two letters.
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let first = sheet.rows.iter().take(50).filter_map(|row| row.get(usize::from(column)));
    let most = first.map(|cell| wide(&plain(cell))).chain([wide(head)]).max().unwrap_or_default();
    u32::try_from(most.min(WIDTH_MAX) + 2).map_or(20.0, f64::from)
}

/// A text is always a text: never a number that loses its zeros, never a formula.
fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::None => Ok(()),
        Cell::Text(text) => page.write_string_with_format(row, column, fitting(text), &looks.text).map(drop),
        Cell::Count(n) => number(page, row, column, i64::try_from(*n).unwrap_or(i64::MAX), 1.0, &looks.count),
        Cell::Fen(fen) => number(page, row, column, *fen, 100.0, &looks.money),
        Cell::Day(day) => match excel_day(*day) {
            Some(date) => page.write_datetime_with_format(row, column, &date, &looks.day).map(drop),
            None => page.write_string_with_format(row, column, day.to_string(), &looks.text).map(drop),
        },
        Cell::Moment(at) => match excel_moment(*at) {
            Some(date) => page.write_datetime_with_format(row, column, &date, &looks.moment).map(drop),
            None => page.write_string_with_format(row, column, format::second(*at), &looks.text).map(drop),
        },
    }
}

/// A workbook's numbers are binary fractions; those that it cannot hold exactly are told as text.
fn number(page: &mut Worksheet, row: u32, column: u16, n: i64, per: f64, look: &Format) -> Result<(), XlsxError> {
    const EXACT_MAX: u64 = 1 << 53;
    if n.unsigned_abs() > EXACT_MAX {
        return page.write_string(row, column, n.to_string()).map(drop);
    }
    #[expect(clippy::cast_precision_loss, reason = "looked at above")]
    let value = n as f64 / per;
    page.write_number_with_format(row, column, value, look).map(drop)
}

/// None before 1900: no workbook knows days before.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let part = |n: i8| u8::try_from(n).ok();
    if day.year() < 1900 {
        return None;
    }
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}

fn excel_moment(at: Timestamp) -> Option<ExcelDateTime> {
    let local: DateTime = Offset::constant(8).to_datetime(at);
    let hour = u16::try_from(local.hour()).ok()?;
    let minute = u8::try_from(local.minute()).ok()?;
    let second = u8::try_from(local.second()).ok()?;
    excel_day(local.date())?.and_hms(hour, minute, f64::from(second)).ok()
}

/// What a cell can hold of a text, and that it is not all of it.
fn fitting(text: &str) -> String {
    const REST: &str = "……（全文见 CSV；the CSV has all of it）";
    // As the program counts: in UTF-16.
    if text.encode_utf16().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    let mut left = CELL_CHARS_MAX - REST.encode_utf16().count();
    let fits = |c: &char| {
        let after = left.checked_sub(c.len_utf16());
        left = after.unwrap_or(0);
        after.is_some()
    };
    text.chars().take_while(fits).chain(REST.chars()).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn sheet(cell: Cell) -> Sheet {
        Sheet {
            title: "甲".into(),
            day: Date::ZERO,
            about: Vec::new(),
            heads: vec!["列".into()],
            rows: vec![vec![cell]],
            cut: Some("还有更多".into()),
        }
    }

    #[test]
    fn a_csv_begins_with_its_mark_runs_no_formula_and_ends_with_what_is_missing() {
        let told = |cell| String::from_utf8(csv(&sheet(cell)).unwrap()).unwrap();
        assert_eq!(told(Cell::text("=cmd()")), "\u{feff}列\n'=cmd()\n还有更多\n");
        assert_eq!(told(Cell::text("a,\"b\"\nc")), "\u{feff}列\n\"a,\"\"b\"\"\nc\"\n还有更多\n");
        assert_eq!(told(Cell::Fen(-123_405)), "\u{feff}列\n-1234.05\n还有更多\n");
        assert_eq!(told(Cell::Count(12_345)), "\u{feff}列\n12345\n还有更多\n");
        assert_eq!(told(Cell::None), "\u{feff}列\n\"\"\n还有更多\n");
    }

    #[test]
    fn days_and_moments_are_such_in_a_workbook_from_1900_on() {
        assert!(excel_day("1899-12-31".parse().unwrap()).is_none());
        let day = excel_day("2026-03-04".parse().unwrap()).unwrap();
        let moment = excel_moment("2026-03-03T16:00:01Z".parse().unwrap()).unwrap();
        assert!(moment.to_excel() > day.to_excel() && moment.to_excel() < day.to_excel() + 0.001, "Beijing time");
    }

    /// A file of a workbook, unpacked.
    fn unpacked(book: &[u8], wanted: &str) -> String {
        let number = |at: usize, bytes: usize| {
            book[at..at + bytes].iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte))
        };
        // The directory stands behind the files, and where it begins behind it.
        let mut at = number(book.len() - 6, 4);
        while book[at..].starts_with(b"PK\x01\x02") {
            let (packed, name) = (number(at + 20, 4), number(at + 28, 2));
            if &book[at + 46..at + 46 + name] == wanted.as_bytes() {
                let file = number(at + 42, 4);
                let from = file + 30 + number(file + 26, 2) + number(file + 28, 2);
                let mut text = String::new();
                flate2::read::DeflateDecoder::new(&book[from..from + packed]).read_to_string(&mut text).unwrap();
                return text;
            }
            at += 46 + name + number(at + 30, 2) + number(at + 32, 2);
        }
        panic!("{wanted} is not in the workbook");
    }

    #[test]
    fn a_number_is_a_number_and_a_text_a_text() {
        let row = [
            Cell::text("0230883"),
            Cell::text("=1+1"),
            Cell::Count(7),
            Cell::Fen(123_450),
            Cell::Day("2026-03-04".parse().unwrap()),
        ];
        let mut sheet = sheet(Cell::None);
        (sheet.heads, sheet.rows) = (["a", "b", "c", "d", "e"].map(str::to_owned).into(), vec![row.into()]);
        let book = xlsx(&sheet).unwrap();
        let cells = unpacked(&book, "xl/worksheets/sheet1.xml");
        let cell = |at: &str| {
            let cell = cells.split(&format!("<c r=\"{at}\"")).nth(1).expect(at).split("</c>").next().unwrap();
            (cell.contains(" t=\"s\""), cell.split("<v>").nth(1).and_then(|v| v.split('<').next()).unwrap().to_owned())
        };
        assert!(cell("A2").0 && cell("B2").0 && !cells.contains("<f>"), "{cells}");
        assert_eq!(
            ["C2", "D2", "E2"].map(cell),
            [(false, "7"), (false, "1234.5"), (false, "46085")].map(|(t, v)| (t, v.to_owned()))
        );
        assert!(unpacked(&book, "xl/sharedStrings.xml").contains("<t>0230883</t>"));
        assert!(cells.contains("<autoFilter ref=\"A1:E2\"/>") && cells.contains("topLeftCell=\"A2\""));
    }

    #[test]
    fn a_text_beyond_a_cell_says_that_it_goes_on() {
        let long = "长😀".repeat(20_000);
        let cell = fitting(&long);
        assert!(cell.encode_utf16().count() <= CELL_CHARS_MAX && cell.ends_with("the CSV has all of it）"));
        assert_eq!(fitting("短"), "短");
        xlsx(&sheet(Cell::text(long))).unwrap();
    }
}
