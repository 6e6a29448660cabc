//! Workbooks as nobody's spreadsheet program writes them.

use std::io::Write as _;

use flate2::{Compress, Compression, Crc, FlushCompress, write::DeflateEncoder};

/// A ZIP file, of which every part may lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Container {
    pub(super) entries: Vec<Entry>,
}

/// A file in it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    name: String,
    method: u16,
    flags: u16,
    pub(super) sum: u32,
    size: u32,
    packed: Vec<u8>,
}

impl Entry {
    pub(super) fn new(name: &str, content: &[u8]) -> Self {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(content).expect("memory");
        let mut sum = Crc::new();
        sum.update(content);
        let packed = deflate.finish().expect("memory");
        Self { name: name.to_owned(), method: 8, flags: 0, sum: sum.sum(), size: length(content), packed }
    }

    /// Before, a piece so many times, and what is behind: unpacked it may be longer than memory.
    pub(super) fn endless(name: &str, before: &str, piece: &str, times: usize, behind: &str) -> Self {
        let block = piece.repeat((1024 * 1024 / piece.len()).max(1));
        let whole = times.div_ceil(block.len() / piece.len());
        let mut packed = flushed(before.as_bytes(), FlushCompress::Full);
        let block = flushed(block.as_bytes(), FlushCompress::Full);
        (0..whole).for_each(|_| packed.extend_from_slice(&block));
        packed.extend(flushed(behind.as_bytes(), FlushCompress::Finish));
        Self { name: name.to_owned(), method: 8, flags: 0, sum: 0, size: 100, packed }
    }

    /// The same as if it had a password, or were packed in a way that nobody knows.
    pub(super) fn strange(self, method: u16, flags: u16) -> Self {
        Self { method, flags, ..self }
    }
}

/// Deflated, so that other pieces may stand before and behind.
fn flushed(content: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut packed = Vec::with_capacity(content.len() + 1024);
    Compress::new(Compression::best(), false).compress_vec(content, &mut packed, flush).expect("memory");
    packed
}

fn length(content: &[u8]) -> u32 {
    u32::try_from(content.len()).expect("less than 4 GiB")
}

impl Container {
    pub(super) fn with(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let count = u16::try_from(self.entries.len()).expect("not so many");
        self.counted(count)
    }

    /// The same, saying that it has so many files.
    pub(super) fn counted(&self, count: u16) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            let at = length(&out);
            let mut same = Vec::new();
            for number in [20, entry.flags, entry.method, 0, 0x21] {
                same.extend(number.to_le_bytes());
            }
            for number in [entry.sum, length(&entry.packed), entry.size] {
                same.extend(number.to_le_bytes());
            }
            same.extend(u16::try_from(entry.name.len()).expect("a short name").to_le_bytes());
            same.extend([0; 2]);
            out.extend(b"PK\x03\x04");
            out.extend(&same);
            out.extend(entry.name.as_bytes());
            out.extend(&entry.packed);
            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&same);
            directory.extend([0; 10]);
            directory.extend(at.to_le_bytes());
            directory.extend(entry.name.as_bytes());
        }
        let at = length(&out);
        out.extend(&directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend(count.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(length(&directory).to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend([0; 2]);
        out
    }
}

const BOOK: &str =
    r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/styles" Target="styles.xml"/><Relationship Id="rId3" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// The files of a workbook but for its sheet and its strings.
pub(super) fn frame() -> Container {
    Container::default()
        .with(Entry::new("xl/workbook.xml", BOOK.as_bytes()))
        .with(Entry::new("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()))
        .with(Entry::new("xl/styles.xml", STYLES.as_bytes()))
}

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";
pub(super) const SHARED: &str = "xl/sharedStrings.xml";

/// A whole workbook.
pub(super) fn book(parts: &Parts) -> Vec<u8> {
    let mut all = Container::default();
    for (name, text) in parts {
        all = all.with(Entry::new(name, text.as_bytes()));
    }
    all.bytes()
}

/// The files of a workbook by their names, as text.
pub(super) type Parts = Vec<(&'static str, String)>;

/// A workbook with rows: the cells by turns shared, inside the sheet, and numbers where they can be.
pub(super) fn parts(rows: &[Vec<String>]) -> Parts {
    let (mut sheet, mut shared) = (String::from("<worksheet><sheetData>"), String::from("<sst>"));
    let mut strings = 0;
    for (number, row) in (1..).zip(rows) {
        sheet += &format!(r#"<row r="{number}">"#);
        for (column, text) in ('A'..='Z').zip(row) {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            let at = format!("{column}{number}");
            if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && text.len() < 15
            {
                sheet += &format!(r#"<c r="{at}"><v>{text}</v></c>"#);
            } else if number % 2 == 0 {
                sheet += &format!(r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>"#);
            } else {
                sheet += &format!(r#"<c r="{at}" s="1" t="s"><v>{strings}</v></c>"#);
                shared += &format!("<si><t>{escaped}</t></si>");
                strings += 1;
            }
        }
        sheet += "</row>";
    }
    sheet += "</sheetData></worksheet>";
    shared += "</sst>";
    vec![
        ("xl/workbook.xml", BOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        (SHARED, shared),
        (SHEET, sheet),
    ]
}
