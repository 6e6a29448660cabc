//! Lists as large as those of a province: made up, and always the same.

use powerlist::sheets::{Format, Sheet, write};

/// Files of an import.
pub struct Large {
    /// Regions, agencies and officers.
    pub registers: Vec<(String, Vec<u8>)>,
    /// Items and standards.
    pub lists: Vec<(String, Vec<u8>)>,
    /// Codes of the items.
    pub items: Vec<String>,
}

/// The reviewer of the lists.
pub const REVIEWER: &str = "980001";
/// An officer of the first agency.
pub const OFFICER: &str = "980002";
/// Agencies that hold the items.
pub const AGENCIES: usize = 40;
/// Tiers of each standard: level, code, and what share of the range it has, in thousandths.
const TIERS: [(&str, &str, u64, u64); 3] =
    [("从轻", "lighter", 0, 300), ("一般", "ordinary", 300, 700), ("从重", "heavier", 700, 1000)];

/// So many items with three tiers each, in forty agencies of one county: each base code is held by all of them.
pub fn large(items: usize, format: Format) -> Large {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let regions = vec![
        row(&["230000", "黑龙江省", "province", ""]),
        row(&["230800", "佳木斯市", "city", "230000"]),
        row(&["230883", "抚远市", "county", "230800"]),
    ];
    let codes = agencies();
    let agencies = codes.iter().enumerate().map(|(n, code)| {
        let (name, short, department) = (agency(n), format!("虚构{n}局"), format!("{:03}", 500 + n));
        row(&[
            code,
            &name,
            &short,
            "230883",
            "行政机关",
            "机构改革方案（示例）",
            "食品",
            &department,
            "",
            "2019-03-01",
            "否",
        ])
    });
    let officer = |number: &str, role: &str, certificate: &str, legal: &str, since: &str| {
        row(&[
            number,
            "虚构人员",
            &codes[0],
            role,
            certificate,
            "食品",
            "2022-08-13",
            "2030-08-12",
            "2021-07-27",
            "86",
            legal,
            since,
        ])
    };
    let officers = vec![
        officer(REVIEWER, "法制审核人员", "23089800001", "有", "2015-01-01"),
        officer(OFFICER, "执法人员", "23089800002", "无", ""),
    ];
    let (mut list, mut standards, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..items {
        let (power, of) = (n / AGENCIES, n % AGENCIES);
        let base = format!("0250{:08}", power + 1);
        let item = format!("{base}-230883-{:03}", 500 + of);
        let (low, high) = (1_000 * (1 + power as u64 % 50), 10_000 * (1 + power as u64 % 50));
        let bases = (0..3).map(|b| basis(power, b)).collect::<Vec<_>>().join("\n");
        let outcomes = format!("罚款|{low}-{high}元");
        let duties = DUTIES.map(|(stage, matter)| format!("{stage}：{matter}")).join("\n");
        list.push(row(&[
            &base,
            &item,
            "行政处罚",
            &name(power),
            "",
            &agency(of),
            &codes[of],
            "食品",
            &bases,
            &outcomes,
            &duties,
            "综合执法股",
            "依照《中华人民共和国行政处罚法》第七十六条至第八十三条追究责任",
            "立案|7日\n决定|90日\n送达|7日",
            "投诉举报电话12345",
            "",
            "",
            "230883",
            "县级",
            "",
            "",
        ]));
        for (level, code, from, to) in TIERS {
            let at = |share: u64| low + (high - low) * share / 1000;
            let outcomes = format!("罚款|{}-{}元", at(from), at(to));
            let text = format!("{}，违法所得{}倍以下，{}", circumstances(power, level), from / 100 + 1, CIRCUMSTANCES);
            standards.push(row(&[&base, level, &text, &outcomes, &codes[of], code]));
        }
        made.push(item);
    }
    let ending = if format == Format::Csv { "csv" } else { "xlsx" };
    // What a row does not say of the last columns stays empty.
    let whole = |sheet: Sheet, row: &Vec<String>| {
        let mut row = row.clone();
        row.resize(sheet.header().len(), String::new());
        row
    };
    let file = |sheet: Sheet, rows: &[Vec<String>]| {
        let rows: Vec<_> = rows.iter().map(|row| whole(sheet, row)).collect();
        (format!("{}.{ending}", sheet.name()), write(sheet, format, &rows).expect("rows of a list"))
    };
    let agencies: Vec<_> = agencies.collect();
    Large {
        registers: vec![
            file(Sheet::Regions, &regions),
            file(Sheet::Agencies, &agencies),
            file(Sheet::Officers, &officers),
        ],
        lists: vec![file(Sheet::Items, &list), file(Sheet::Standards, &standards)],
        items: made,
    }
}

/// The codes of the agencies.
pub fn agencies() -> Vec<String> {
    (0..AGENCIES).map(|n| uscc(&format!("11230883MB099{n:04}"))).collect()
}

/// A code of GB 32100 with its check character.
fn uscc(body: &str) -> String {
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let (mut weight, mut sum) = (1, 0);
    for c in body.chars() {
        sum += LETTERS.find(c).expect("a letter of the code") * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", LETTERS.chars().nth((31 - sum % 31) % 31).expect("one of 31"))
}

fn agency(n: usize) -> String {
    format!("抚远市虚构第{n}局")
}

fn name(power: usize) -> String {
    format!("对经营者违反虚构管理规定第{power}项义务，情节严重且逾期不改正的处罚")
}

fn circumstances(power: usize, level: &str) -> String {
    format!("违反第{power}项义务，{level}情形")
}

const CIRCUMSTANCES: &str = "没有造成危害后果，主动配合调查，如实陈述违法事实并提供证据材料，及时改正违法行为的";

const DUTIES: [(&str, &str); 6] = [
    ("立案", "发现违法行为或者接到举报的，予以审查，决定是否立案"),
    ("调查取证", "指定专人负责，及时组织调查取证，执法人员不得少于两人，并应当出示执法证件"),
    ("审查", "对违法事实、证据、调查取证程序、法律适用、处罚种类和幅度、当事人陈述和申辩理由等进行审查"),
    ("告知", "告知违法事实及其享有的陈述、申辩等权利，符合听证规定的告知听证权利"),
    ("决定", "制作行政处罚决定书，载明违法事实、处罚依据和内容、申请行政复议或者提起行政诉讼的途径和期限"),
    ("送达", "在七日内依照民事诉讼法的有关规定送达当事人"),
];

fn basis(power: usize, n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let article = 20 + power % 70 + n;
    let article = format!("{}十{}", DIGITS[article / 10], DIGITS[article % 10]);
    format!(
        "《中华人民共和国虚构管理法》(法律,2020-0{}-01)第{article}条：经营者违反本法规定，有下列情形之一的，由县级以上人民政府主管部门\
         责令改正，给予警告，可以并处罚款；拒不改正的，责令停产停业，并处违法所得一倍以上五倍以下的罚款；情节严重的，吊销许可证件（第{power}项）",
        n + 1
    )
}
