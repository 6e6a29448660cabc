//! Files that try to take more than they may: one for every limit.

use powerlist::sheets::Sheet;

use super::container::{Container, Entry, SHARED, SHEET, book, frame, parts};

/// A file, and a word of the fault that it must get; none where it is taken.
pub(super) struct Hostile {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) word: Option<&'static str>,
}

/// Far more than a workbook may unpack to, and less than 8 MiB where it is packed.
const HUGE: usize = 512 * 1024 * 1024;
const BEFORE: &str = "<worksheet><sheetData>";
const BEHIND: &str = "</sheetData></worksheet>";

fn csv(sheet: Sheet, rows: &str) -> Vec<u8> {
    format!("{}\n{rows}", sheet.header().join(",")).into_bytes()
}

/// The header of the agencies, as the first row of a sheet.
fn header() -> String {
    let sheet = &parts(&[Sheet::Agencies.header().iter().map(|h| (*h).to_owned()).collect()])[4].1;
    let cells = sheet.trim_start_matches(BEFORE).trim_end_matches(BEHIND);
    let mut inline = cells.to_owned();
    for (n, name) in Sheet::Agencies.header().iter().enumerate() {
        inline = inline
            .replace(&format!(r#" s="1" t="s"><v>{n}</v>"#), &format!(r#" t="inlineStr"><is><t>{name}</t></is>"#));
    }
    inline
}

/// A workbook of one sheet with the header and this behind it.
fn sheet(rows: &str) -> Vec<u8> {
    let sheet = format!("{BEFORE}{}{rows}{BEHIND}", header());
    frame().with(Entry::new(SHEET, sheet.as_bytes())).bytes()
}

/// A workbook whose sheet never ends.
fn endless(before: &str, piece: &str, times: usize) -> Vec<u8> {
    frame().with(Entry::endless(SHEET, &format!("{BEFORE}{}{before}", header()), piece, times, BEHIND)).bytes()
}

fn officers(count: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    csv(Sheet::Officers, &(0..count).map(row).collect::<String>())
}

/// A row of a real officer of the county, with a number of its own.
pub(super) fn officer(n: usize) -> String {
    format!("8{n:06},虚构{n},11230883MB01310199,执法人员,2{n:010},食品,2025-03-01,2030-02-28,2025-02-10,80,无\n")
}

pub(super) fn all() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |name, word: &'static str, bytes| {
        all.push(Hostile { name, bytes, word: Some(word).filter(|word| !word.is_empty()) });
    };
    add("blanks between rows", "256KiB", endless("", " ", HUGE));
    add("a cell of half a GiB", "256KiB", endless(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>"#, "x", HUGE));
    add(
        "a cell of many pieces",
        "32767",
        sheet(&format!(
            r#"<row r="2"><c r="A2" t="inlineStr"><is>{}</is></c></row>"#,
            format!("<r><t>{}</t></r>", "长".repeat(1_000)).repeat(40)
        )),
    );
    add("comments", "256KiB", endless("<!--", "x", HUGE));
    add("many comments", "128MiB", endless("", &format!("<!--{}-->", "x".repeat(1_000)), HUGE / 1_000));
    let strings = |piece: &str| {
        let shared = Entry::endless(SHARED, "<sst>", piece, HUGE / piece.len(), "</sst>");
        frame().with(shared).with(Entry::new(SHEET, format!("{BEFORE}{}{BEHIND}", header()).as_bytes())).bytes()
    };
    add("long shared strings", "16MiB", strings(&format!("<si><t>{}</t></si>", "x".repeat(30_000))));
    add("empty shared strings", "1000000", strings("<si/>"));
    let shared = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(32_000));
    let uses = (2..60_000).map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>"#)).collect::<String>();
    add("one string used often", "16MiB", {
        let sheet = format!("{BEFORE}{}{uses}{BEHIND}", header());
        frame().with(Entry::new(SHARED, shared.as_bytes())).with(Entry::new(SHEET, sheet.as_bytes())).bytes()
    });
    for (name, at) in [
        ("a row beyond the sheet", r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#),
        ("a row beyond numbers", r#"<row r="99999999999999999999"/>"#),
        ("row zero", r#"<row r="0"/>"#),
        ("a cell beyond the last row", r#"<row r="2"><c r="A1048577"><v>1</v></c></row>"#),
        ("a column beyond the sheet", r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#),
        ("a column beyond numbers", r#"<row r="2"><c r="ZZZZZZZZZZZZZZZZ2"><v>1</v></c></row>"#),
        ("a cell without a column", r#"<row r="2"><c r="2"><v>1</v></c></row>"#),
    ] {
        add(name, "超出工作表范围", sheet(at));
    }
    add("the last cell of a sheet", "列", sheet(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#));
    add("a string that is not there", "不存在", sheet(r#"<row r="2"><c r="A2" t="s"><v>4294967295</v></c></row>"#));
    add("cells out of order", "顺序", sheet(r#"<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>"#));
    add("rows out of order", "顺序", sheet(r#"<row r="3"/><row r="2"/>"#));
    add("a cell in another row", "顺序", sheet(r#"<row r="2"><c r="A3"><v>1</v></c></row>"#));
    add("empty rows without end", "超出工作表范围", endless("", "<row/>", HUGE / 6));
    add(
        "empty cells without end",
        "128MiB",
        endless("<row>", &format!("<c a=\"{}\"/>", "x".repeat(1_000)), HUGE / 1_000),
    );
    add("cells without end", "超出工作表范围", endless("<row>", "<c><v>1</v></c>", HUGE / 15));
    add("short rows without end", "10000", endless("", "<row><c><v>1</v></c></row>", HUGE / 26));
    add("tags inside tags", "64层", endless("", "<a>", HUGE / 3));
    add("a tag of many attributes", "256KiB", endless("<c ", "a=\"1\" ", HUGE / 6));
    add(
        "a tag of a few attributes too many",
        "列",
        sheet(&format!(
            r#"<row r="2" {}><c r="Z2"><v>1</v></c></row>"#,
            (0..20_000).map(|n| format!("a{n}='' ")).collect::<String>()
        )),
    );
    let dtd = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let laughs = format!("{dtd}{BEFORE}<row><c t=\"str\"><v>&b;</v></c></row>{BEHIND}");
    add("entities", "实体", frame().with(Entry::new(SHEET, laughs.as_bytes())).bytes());
    add("an entity of nowhere", "实体", sheet(r#"<row r="2"><c r="A2" t="str"><v>&xxe;</v></c></row>"#));
    let styles = Entry::endless("xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>", HUGE / 5, "</cellXfs></styleSheet>");
    let mut book = frame();
    book.entries[2] = styles;
    add("styles without end", "样式", book.with(Entry::new(SHEET, format!("{BEFORE}{BEHIND}").as_bytes())).bytes());
    let once = || frame().with(Entry::new(SHEET, format!("{BEFORE}{}{BEHIND}", header()).as_bytes()));
    add("no rows", "", once().bytes());
    add("two files of one name", "同名", once().with(Entry::new(&SHEET.to_uppercase(), b"<worksheet/>")).bytes());
    add("more files than there are", "损坏", once().counted(999));
    add("a thousand files too many", "最多1000个", once().counted(0xffff));
    let mut wrong = once();
    wrong.entries[3].sum ^= 1;
    add("a wrong checksum", "损坏", wrong.bytes());
    let mut strange = once();
    strange.entries[3] = strange.entries[3].clone().strange(14, 0);
    add("a way of packing of nowhere", "损坏", strange.bytes());
    let mut locked = once();
    locked.entries[3] = locked.entries[3].clone().strange(8, 1);
    add("a password", "损坏", locked.bytes());
    add("no sheet", "缺少", frame().bytes());
    add("a container of nothing", "缺少", Container::default().bytes());
    let whole = once().bytes();
    add("half a workbook", "损坏", whole[..whole.len() / 2].to_vec());
    add("an old workbook", "损坏", [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 4096]].concat());

    const LARGE: usize = 8 * 1024 * 1024 - 1024;
    add("commas", "超出工作表范围", csv(Sheet::Agencies, &format!("{}x", ",".repeat(LARGE))));
    add("line ends", "超出工作表范围", csv(Sheet::Agencies, &"\n".repeat(LARGE)));
    add("quotes that close nothing", "引号", csv(Sheet::Agencies, &format!("\"{}", "\"\"".repeat(LARGE / 2))));
    add("a cell of quotes", "32767", csv(Sheet::Agencies, &format!("\"{}\"", "\"\"".repeat(LARGE / 2 - 2))));
    add("no text", "UTF-8", vec![0xff; LARGE]);
    add("short rows", "10000", csv(Sheet::Agencies, &"x\n".repeat(LARGE / 2)));
    add("a long header", "超出工作表范围", ",".repeat(LARGE).into_bytes());
    add("every cell is wrong", "统一社会信用代码", officers(9_000, |_| "甲,,乙,丙,丁,戊,己,庚,辛,壬,癸\n".to_owned()));
    let long = "甲".repeat(8_000);
    add("every cell is long and wrong", "日期", officers(60, |_| format!("{long},,{long},,1,,{long},{long},{long}\n")));
    add("as many officers as a file holds", "", officers(10_000, officer));
    add("one officer too many", "10000", officers(10_001, officer));
    let row = [
        "021310009999",
        "021310009999-230883-131",
        "行政处罚",
        "对虚构行为9999的处罚",
        "",
        "抚远市市场监督管理局",
        "11230883MB01310199",
        "食品",
    ]
    .join(",");
    let basis = "\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百二十二条第一款：".to_owned();
    let items: String = (0..250)
        .map(|n| {
            let n = format!("{n:04}");
            let bases =
                (0..30).map(|_| format!("{basis}{}", "长".repeat(300))).collect::<Vec<_>>().join("\n").replace('"', "");
            format!("{},\"{bases}\",警告,立案：核查,食品股,依法,立案|7日,电话\n", row.replace("9999", &n))
        })
        .collect();
    add("long items", "", csv(Sheet::Items, &items));
    let tiers: String = (0..10_000).map(|n| format!("02{:010},一般,情形,警告\n", n)).collect();
    add("standards of nothing", "没有基本编码", csv(Sheet::Standards, &tiers));
    all
}

/// The rows of a CSV file, as far as they are plain.
pub(super) fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// A workbook of a CSV file.
pub(super) fn workbook(csv: &str) -> Vec<u8> {
    book(&parts(&rows(csv)))
}
