//! Rows, read into the domain: every wrong cell is reported, not only the first.

mod items;
mod listing;

use std::str::FromStr;

use jiff::civil::Date;
use kernel::{
    citizen::{ID_NUMBER_EN, ID_NUMBER_ZH, holds_id_number},
    days,
    text::Form,
};
use law::{
    id::{OfficerCode, RegionCode, Uscc},
    parameter::{ParameterSet, Quantity, Unit},
};
use lists::facts::{AgencyKind, OfficeKind, OfficerRole, Outcome};

use super::{
    cells::{self, cut},
    fault::{Bad, Faults},
    line::{Mark, Row},
    styles,
    table::Table,
};
use crate::{
    domain::{
        events::{AgencyRegistered, OfficeGiven, RegionRegistered},
        plan::PlanTaskEntered,
        region::level_of,
    },
    forms,
};

pub use items::{FeeRow, StandardRows, fee, item, standards};
pub use listing::listing;

/// Reads the cells of one row.
struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
    faults: &'a mut Faults,
}

impl<'a> Cells<'a> {
    fn get(&self, column: &str) -> &'a str {
        self.table.cell(self.row, column)
    }

    fn fault(&mut self, column: &str, bad: Bad) {
        let found = self.get(column);
        self.faults.push(self.table.fault(self.row.number, column, found, bad));
    }

    /// Whether a cell stands as a number, and has lost what a number does not keep.
    fn is_number(&self, column: &str) -> bool {
        self.table.mark(self.row, column) == Some(&Mark::Number)
    }

    fn text(&mut self, column: &str, form: Form) -> Option<String> {
        let text = self.optional_text(column, form)?;
        if text.is_empty() {
            self.fault(column, Bad::new("不能为空", "is required"));
            return None;
        }
        Some(text)
    }

    /// Empty text is allowed: what must be there is the law's business.
    fn optional_text(&mut self, column: &str, form: Form) -> Option<String> {
        let text = form.read(self.get(column)).map_err(|bad| self.fault(column, bad.into())).ok()?;
        if holds_id_number(&text) {
            self.fault(column, Bad::new(ID_NUMBER_ZH, ID_NUMBER_EN));
            return None;
        }
        Some(text)
    }

    fn code<T: FromStr>(&mut self, column: &str, form_zh: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.get(column);
        if text.is_empty() {
            self.fault(column, Bad::new("不能为空", "is required"));
            return None;
        }
        let read = text.parse::<T>();
        if self.is_number(column) && text.len() > 15 {
            let zh = format!("“{}”以数字格式存储，第15位之后已经丢失；请设为文本后重新填写{form_zh}", cut(text));
            let en = format!(
                "{:?} is stored as a number, which keeps 15 digits; set the cell to text and write it anew",
                cut(text)
            );
            self.fault(column, Bad::new(zh, en));
            return None;
        }
        if let Err(why) = &read {
            let bad = match self.zeros_lost::<T>(text) {
                Some(whole) => Bad::new(
                    format!("“{text}”只有{}位，开头的0已经丢失，应为{form_zh}；请设为文本格式", text.len()),
                    format!("{text:?} has lost the zeros in front; set the cell to text"),
                )
                .propose(whole),
                // What is wrong with its beginning: the whole may be a page long.
                None if text.chars().count() > 40 => {
                    let text = cut(text);
                    let why = text.parse::<T>().err().map(|e| e.to_string());
                    Bad::new(format!("“{text}”应为{form_zh}"), why.unwrap_or_default())
                }
                None => Bad::new(format!("“{text}”应为{form_zh}"), why.to_string()),
            };
            self.fault(column, bad);
        }
        read.ok()
    }

    /// The code that a number was before it was stored as a number: a base code begins with at most one zero.
    fn zeros_lost<T: FromStr>(&self, text: &str) -> Option<String> {
        let short = text.len() == 11 && text.bytes().all(|b| b.is_ascii_digit());
        Some(format!("0{text}")).filter(|whole| short && whole.parse::<T>().is_ok())
    }

    fn word<T>(&mut self, column: &str, read: fn(&str) -> Option<T>, all: &[&str]) -> Option<T> {
        let text = self.get(column);
        let value = read(text);
        if value.is_none() {
            let all = all.join("、");
            let text = cut(text);
            self.fault(column, Bad::new(format!("“{text}”不是{all}之一"), format!("{text:?} is none of {all}")));
        }
        value
    }

    fn lines<T>(&mut self, column: &str, read: fn(&str) -> Result<T, Bad>) -> Vec<T> {
        let mut found = Vec::new();
        for line in cells::lines(self.get(column)) {
            match read(line) {
                Ok(value) => found.push(value),
                Err(bad) => self.fault(column, bad),
            }
        }
        if found.len() > cells::ENTRIES_MAX {
            let most = cells::ENTRIES_MAX;
            self.fault(column, Bad::new(format!("超过{most}条"), format!("has more than {most} entries")));
        }
        found.shrink_to_fit();
        found
    }

    /// Words of one cell.
    fn words(&mut self, column: &str) -> Vec<String> {
        let mut found = Vec::new();
        for word in cells::words(self.get(column)) {
            match forms::FIELD.read(word) {
                Ok(word) => found.push(word),
                Err(bad) => self.fault(column, bad.into()),
            }
        }
        found
    }

    /// An amount of money.
    fn yuan(&mut self, column: &str) -> Option<i64> {
        let fen = cells::count(Unit::Fen, self.get(column));
        if fen.is_none() {
            self.fault(
                column,
                Bad::new("应为以元计的数字，最多两位小数", "must be a number of yuan with at most two places"),
            );
        }
        fen
    }

    /// The cell of penalties.
    fn outcomes(&mut self) -> Vec<Outcome> {
        const COLUMN: &str = "处罚种类和幅度";
        match cells::outcomes(self.get(COLUMN)) {
            Ok(outcomes) => outcomes,
            Err(bad) => {
                bad.into_iter().for_each(|bad| self.fault(COLUMN, bad));
                Vec::new()
            }
        }
    }

    fn date(&mut self, column: &str) -> Option<Date> {
        let text = self.get(column);
        let bad = match cells::date(text) {
            Ok(day) => return Some(day),
            Err(bad) => bad,
        };
        // A day whose cell has lost its form is the number of days since 1900.
        let day = text.parse().ok().filter(|_| self.is_number(column)).and_then(|number| styles::day(number, false));
        self.fault(column, bad.propose(day.map(|day| day.to_string()).unwrap_or_default()));
        None
    }

    fn span(&mut self, column: &str, from: Option<Date>, until: Option<Date>) {
        if let Some(Err(bad)) = from.map(|from| days::span(from, until)) {
            self.fault(column, bad.into());
        }
    }
}

fn open<'a>(table: &'a Table, row: &'a Row, faults: &'a mut Faults) -> Cells<'a> {
    Cells { table, row, faults }
}

/// A region.
pub fn region(table: &Table, row: &Row, faults: &mut Faults) -> Option<RegionRegistered> {
    let mut c = open(table, row, faults);
    let region = c.code::<RegionCode>("code", "6位或者9位行政区划代码");
    let name = c.text("name", forms::NAME);
    let parent = if c.get("parent").is_empty() { None } else { c.code("parent", "6位或者9位行政区划代码") };
    let level = c.get("level").to_owned();
    let region = region?;
    let want = level_of(&region).id();
    if level != want {
        c.fault(
            "level",
            Bad::new(format!("代码{region}的级别应为{want}"), format!("the code {region} is one of a {want}")),
        );
        return None;
    }
    Some(RegionRegistered { region, name: name?, level, parent })
}

/// A parameter. Which there are, and what they may be, is not the sheet's business.
pub fn parameter(table: &Table, row: &Row, faults: &mut Faults) -> Option<ParameterSet> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let parameter = c.text("参数", forms::PARAMETER);
    let region = c.code::<RegionCode>("区划", "6位或者9位行政区划代码");
    let field = c.optional_text("领域", forms::FIELD);
    let unit = c.word("单位", cells::unit, &cells::units());
    let count = unit.and_then(|unit| cells::count(unit, c.get("数值")));
    if unit.is_some() && count.is_none() {
        let en = "must be a number: yuan with at most two places, of all else a whole number";
        c.fault("数值", Bad::new("应为数字：元最多两位小数，其他单位为整数", en));
    }
    let from = c.date("生效日期");
    let document = c.text("文件", forms::TITLE);
    if faults.count() > before {
        return None;
    }
    Some(ParameterSet {
        parameter: parameter?,
        region: region?,
        field: field.filter(|field| !field.is_empty()),
        value: Quantity { unit: unit?, count: count? },
        from: from?,
        document: document?,
    })
}

/// A measure of a plan.
pub fn plan_task(table: &Table, row: &Row, faults: &mut Faults) -> Option<PlanTaskEntered> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let plan = c.code("方案", "1至8位大写字母");
    let number = c.text("编号", forms::NUMBER);
    let region = c.code::<RegionCode>("区划", "6位或者9位行政区划代码");
    let from = c.date("起始日期");
    let (title, title_en) = (c.text("任务", forms::NAME), c.text("英文", forms::TITLE));
    let lead = c.optional_text("牵头单位", forms::NAME);
    let milestones = c.lines("时间节点", cells::milestone);
    let mut serves = Vec::new();
    for word in cells::words(c.get("能力")) {
        match cells::capability(word) {
            Ok(known) => serves.push(known),
            Err(bad) => c.fault("能力", bad),
        }
    }
    let whole = c.word("全部覆盖", yes_no, &["是", "否"]);
    let document = c.text("文件", forms::TITLE);
    if faults.count() > before {
        return None;
    }
    Some(PlanTaskEntered {
        plan: plan?,
        number: number?,
        region: region?,
        from: from?,
        title: title?,
        title_en: title_en?,
        lead: lead.filter(|lead| !lead.is_empty()),
        milestones,
        serves,
        whole: whole?,
        document: document?,
    })
}

fn yes_no(text: &str) -> Option<bool> {
    match text {
        "有" | "是" => Some(true),
        "无" | "否" | "" => Some(false),
        _ => None,
    }
}

/// An agency as a row says it.
#[derive(Clone, Debug)]
pub struct AgencyRow {
    /// What is said. Files of before the columns came to it do not say who entrusts a body, nor since when it exists.
    pub agency: AgencyRegistered,
    /// Whether the row says since when it exists.
    pub dated: bool,
}

/// An agency. `from` is its first day, which the columns do not tell.
pub fn agency(table: &Table, row: &Row, from: Date, faults: &mut Faults) -> Option<AgencyRow> {
    let mut c = open(table, row, faults);
    let agency = c.code::<Uscc>("主体代码", "18位统一社会信用代码，校验码须正确");
    let name = c.text("名称", forms::NAME);
    let short_name = c.text("简称", forms::SHORT_NAME);
    let region = c.code::<RegionCode>("区划", "6位或者9位行政区划代码");
    let kinds: Vec<&str> = AgencyKind::ALL.iter().map(|k| k.zh()).collect();
    let kind = c.word("主体性质", AgencyKind::from_zh, &kinds);
    let basis = c.text("设立依据", forms::TEXT);
    let fields = c.words("执法领域");
    let department = match c.get("部门代码") {
        "" => None,
        code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()) => Some(code.to_owned()),
        code => {
            let bad = Bad::new(format!("部门代码“{}”应为3位数字", cut(code)), "must be three digits");
            let whole = if code.parse::<u16>().is_ok() { format!("{code:0>3}") } else { String::new() };
            c.fault("部门代码", bad.propose(whole));
            return None;
        }
    };
    let entrusted_by = if c.get("委托机关").is_empty() {
        None
    } else {
        Some(c.code::<Uscc>("委托机关", "18位统一社会信用代码，校验码须正确")?)
    };
    let entrustment = match c.get("委托") {
        "" => None,
        cell => match cells::entrustment(cell) {
            Ok(terms) => Some(terms),
            Err(bad) => {
                c.fault("委托", bad);
                return None;
            }
        },
    };
    let dated = !c.get("起始日期").is_empty();
    let from = if dated { c.date("起始日期")? } else { from };
    let said = c.get("可限制人身自由");
    let liberty = c.word("可限制人身自由", yes_no, &["是", "否"])?;
    let kind = kind?;
    // The police alone cover 公安; an authorised police station may warn and fine, but not detain (APL 18).
    let police = kind == AgencyKind::AdministrativeOrgan && fields.iter().any(|f| f == "公安");
    let may_restrict_liberty = if said.is_empty() { police } else { liberty };
    Some(AgencyRow {
        agency: AgencyRegistered {
            agency: agency?,
            name: name?,
            short_name: short_name?,
            region: region?,
            kind,
            basis: basis?,
            fields,
            entrusted_by,
            entrustment,
            may_restrict_liberty,
            department,
            from,
        },
        dated,
    })
}

/// An officer as a row says it.
#[derive(Clone, Debug)]
pub struct OfficerRow {
    /// Personnel number.
    pub officer: OfficerCode,
    /// The name.
    pub name: String,
    /// Whose.
    pub agency: Uscc,
    /// What the person does.
    pub role: OfficerRole,
    /// 法律职业资格.
    pub legal_qualification: bool,
    /// Since when a legal reviewer has been reviewing.
    pub reviewing_since: Option<Date>,
    /// Day and score of the examination.
    pub examination: Option<(Date, u16)>,
    /// Number, fields, first and last day.
    pub certificate: Option<(String, Vec<String>, Date, Date)>,
}

/// An officer.
pub fn officer(table: &Table, row: &Row, faults: &mut Faults) -> Option<OfficerRow> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let officer = c.code("人员编号", "1至40位字母、数字或者连字符");
    let name = c.text("姓名", forms::PERSON);
    let agency = c.code("主体代码", "18位统一社会信用代码，校验码须正确");
    let roles: Vec<&str> = OfficerRole::ALL.iter().map(|r| r.zh()).collect();
    let role = c.word("人员类别", OfficerRole::from_zh, &roles);
    let legal_qualification = c.word("法律职业资格", yes_no, &["有", "无"]);
    let reviewing_since = if c.get("审核起始日期").is_empty() { None } else { c.date("审核起始日期") };
    let mut examination = None;
    if !c.get("考试日期").is_empty() || !c.get("考试成绩").is_empty() {
        let on = c.date("考试日期");
        let score = c.code::<u16>("考试成绩", "0至100的整数").filter(|s| *s <= 100);
        examination = on.zip(score);
        if score.is_none() && !c.get("考试成绩").is_empty() {
            c.fault("考试成绩", Bad::new("应为0至100的整数", "must be a whole number from 0 to 100"));
        }
    }
    let mut certificate = None;
    if !c.get("执法证号").is_empty() {
        let number = c.text("执法证号", forms::CERTIFICATE);
        let (from, until) = (c.date("发证日期"), c.date("有效期至"));
        c.span("有效期至", from, until);
        let fields = c.words("执法领域");
        certificate = number.zip(from.zip(until)).map(|(number, (from, until))| (number, fields, from, until));
    }
    if faults.count() > before {
        return None;
    }
    let (officer, name, agency) = (officer?, name?, agency?);
    let (role, legal_qualification) = (role?, legal_qualification?);
    Some(OfficerRow { officer, name, agency, role, legal_qualification, reviewing_since, examination, certificate })
}

/// An office as a row says it.
#[derive(Clone, Debug)]
pub struct OfficeRow {
    /// As given.
    pub given: OfficeGiven,
    /// First day without it.
    pub ended: Option<Date>,
}

/// An office.
pub fn office(table: &Table, row: &Row, faults: &mut Faults) -> Option<OfficeRow> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let officer = c.code("人员编号", "1至40位字母、数字或者连字符");
    let agency = c.code("主体代码", "18位统一社会信用代码，校验码须正确");
    let offices: Vec<&str> = OfficeKind::ALL.iter().map(|o| o.zh()).collect();
    let office = c.word("职务", OfficeKind::from_zh, &offices);
    let from = c.date("任职日期");
    let ended = if c.get("免职日期").is_empty() { None } else { c.date("免职日期") };
    c.span("免职日期", from, ended);
    let document = c.text("文件", forms::TITLE);
    if faults.count() > before {
        return None;
    }
    let (officer, agency, document) = (officer?, agency?, document?);
    Some(OfficeRow { given: OfficeGiven { officer, agency, office: office?, from: from?, document }, ended })
}
