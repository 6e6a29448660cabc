//! Rows, read into the domain: every wrong cell is reported, not only the first.

use std::{collections::BTreeMap, str::FromStr};

use jiff::civil::Date;
use kernel::{
    citizen::{ID_NUMBER_EN, ID_NUMBER_ZH, holds_id_number},
    days,
    text::Form,
};
use law::{
    id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc},
    parameter::{ParameterSet, Quantity},
};
use lists::facts::{AgencyKind, OfficeKind, OfficerRole, PowerKind, Tier, TierLevel};

use super::{
    Sheet,
    cells::{self, cut},
    fault::{Bad, Faults, RowFault},
    file::Table,
    line::Row,
};
use crate::{
    domain::{
        content::ItemContent,
        events::{AgencyRegistered, OfficeGiven, RegionRegistered},
        plan::PlanTaskEntered,
        region::level_of,
    },
    forms,
    wire::tier_code,
};

/// Reads the cells of one row.
struct Cells<'a> {
    file: &'a str,
    sheet: Sheet,
    row: &'a Row,
    faults: &'a mut Faults,
}

impl<'a> Cells<'a> {
    fn get(&self, column: &str) -> &'a str {
        let at = self.sheet.header().iter().position(|h| *h == column);
        at.map_or("", |at| self.row.cell(at))
    }

    fn fault(&mut self, column: &str, bad: Bad) {
        self.faults.push(RowFault {
            file: self.file.to_owned(),
            row: self.row.number,
            column: column.to_owned(),
            zh: bad.zh,
            en: bad.en,
            rule: None,
        });
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
        let read = text.parse();
        if read.is_err() {
            // What is wrong with its beginning: the whole may be a page long.
            let text = cut(text);
            let why = text.parse::<T>().err().map(|e| e.to_string());
            self.fault(column, Bad::new(format!("“{text}”应为{form_zh}"), why.unwrap_or_default()));
        }
        read.ok()
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
        if found.len() > 64 {
            self.fault(column, Bad::new("超过64条", "has more than 64 entries"));
        }
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

    fn date(&mut self, column: &str) -> Option<Date> {
        cells::date(self.get(column)).map_err(|bad| self.fault(column, bad)).ok()
    }

    fn span(&mut self, column: &str, from: Option<Date>, until: Option<Date>) {
        if let Some(Err(bad)) = from.map(|from| days::span(from, until)) {
            self.fault(column, bad.into());
        }
    }
}

fn open<'a>(table: &'a Table, row: &'a Row, faults: &'a mut Faults) -> Cells<'a> {
    Cells { file: &table.file, sheet: table.sheet, row, faults }
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

/// An agency as a row says it; who entrusts it and since when it exists is not in the columns.
#[derive(Clone, Debug)]
pub struct AgencyRow {
    /// What is said. `entrusted_by` and `from` are still to be filled in.
    pub agency: AgencyRegistered,
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
    let kind = kind?;
    // The police alone cover 公安; an authorised police station may warn and fine, but not detain (APL 18).
    let may_restrict_liberty = kind == AgencyKind::AdministrativeOrgan && fields.iter().any(|f| f == "公安");
    Some(AgencyRow {
        agency: AgencyRegistered {
            agency: agency?,
            name: name?,
            short_name: short_name?,
            region: region?,
            kind,
            basis: basis?,
            fields,
            entrusted_by: None,
            may_restrict_liberty,
            from,
        },
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
    Some(OfficerRow { officer, name, agency, role, legal_qualification, examination, certificate })
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

/// An item. `body` gives the registered name and region of an agency.
pub fn item(
    table: &Table,
    row: &Row,
    body: impl Fn(&Uscc) -> Option<(String, RegionCode)>,
    faults: &mut Faults,
) -> Option<ItemContent> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let base_code = c.code::<BaseCode>("基本编码", "12位数字（若以数字格式保存会丢失前导零，请设为文本）");
    let item = c.code::<ItemCode>("实施编码", "12位基本编码加本机关编码");
    let kinds: Vec<&str> = PowerKind::ALL.iter().map(|k| k.zh()).collect();
    let kind = c.word("职权类型", PowerKind::from_zh, &kinds);
    let name = c.optional_text("职权名称", forms::NAME);
    let subitem = c.optional_text("子项", forms::TITLE);
    let agency = c.code::<Uscc>("主体代码", "18位统一社会信用代码，校验码须正确");
    let field = c.optional_text("执法领域", forms::FIELD);
    let bases = c.lines("实施依据", cells::basis);
    let (mut outcomes, mut measures) = (Vec::new(), Vec::new());
    match kind {
        Some(PowerKind::Penalty) => outcomes = c.lines("处罚种类和幅度", cells::outcome),
        Some(PowerKind::Compulsion) => {
            measures = c.lines("处罚种类和幅度", cells::measure);
            if measures.is_empty() {
                measures = cells::measures_named(c.get("职权名称"));
            }
        }
        Some(kind) if !c.get("处罚种类和幅度").is_empty() => {
            let zh = kind.zh();
            c.fault("处罚种类和幅度", Bad::new(format!("{zh}事项不填此列"), format!("stays empty for {zh}")));
        }
        _ => {}
    }
    let duties = c.lines("责任事项", cells::duty);
    let responsible = c.optional_text("责任主体", forms::RESPONSIBLE);
    let accountability = c.optional_text("追责方式", forms::TEXT);
    let flow = c.lines("办理流程", cells::step);
    let supervision = c.optional_text("监督方式", forms::SUPERVISION);
    if let (Some(base), Some(kind)) = (&base_code, kind)
        && !base.as_str().starts_with(kind.code())
    {
        let (zh, code) = (kind.zh(), kind.code());
        c.fault(
            "基本编码",
            Bad::new(format!("{zh}的基本编码应以{code}开头"), format!("the base code of {zh} begins with {code}")),
        );
    }
    if let (Some(base), Some(item)) = (&base_code, &item)
        && !item.as_str().starts_with(base.as_str())
    {
        c.fault("实施编码", Bad::new("应以基本编码开头", "must begin with the base code"));
    }
    let region = agency.as_ref().and_then(|code| match body(code) {
        Some((known, region)) => {
            let given = c.get("行使主体");
            if given != known {
                let given = cut(given);
                let bad = Bad::new(
                    format!("主体代码{code}登记的名称是“{known}”，与“{given}”不符"),
                    format!("{code} is registered as {known:?}, not {given:?}"),
                );
                c.fault("行使主体", bad);
            }
            Some(region)
        }
        None => {
            c.fault(
                "主体代码",
                Bad::new(format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency")),
            );
            None
        }
    });
    if faults.count() > before {
        return None;
    }
    Some(ItemContent {
        item: item?,
        base_code: base_code?,
        name: name?,
        subitem: subitem.filter(|s| !s.is_empty()),
        kind: kind?,
        agency: agency?,
        region: region?,
        field: field?,
        bases,
        outcomes,
        measures,
        duties,
        responsible: responsible?,
        accountability: accountability?,
        flow,
        supervision: supervision?,
        least_level: None,
        grant: None,
        exclusive: false,
    })
}

/// The standard of one base code: its tiers, and where it stands.
#[derive(Clone, Debug)]
pub struct StandardRows {
    /// The matter.
    pub base_code: BaseCode,
    /// Its tiers, in the order of the rows.
    pub tiers: Vec<Tier>,
    /// The file.
    pub file: String,
    /// Its first row.
    pub row: u32,
}

/// All standards of a file.
pub fn standards(table: &Table, faults: &mut Faults) -> Vec<StandardRows> {
    let mut found: Vec<StandardRows> = Vec::new();
    let mut places: BTreeMap<BaseCode, usize> = BTreeMap::new();
    let levels: Vec<&str> = TierLevel::ALL.iter().map(|l| l.zh()).collect();
    for row in &table.rows {
        let before = faults.count();
        let mut c = open(table, row, faults);
        let base_code = c.code::<BaseCode>("基本编码", "12位数字（若以数字格式保存会丢失前导零，请设为文本）");
        let level = c.word("阶次", TierLevel::from_zh, &levels);
        let circumstances = c.text("适用情形", forms::TEXT);
        let outcomes = c.lines("处罚种类和幅度", cells::outcome);
        let (Some(base_code), Some(level), Some(circumstances)) = (base_code, level, circumstances) else { continue };
        if faults.count() > before {
            continue;
        }
        let at = *places.entry(base_code.clone()).or_insert_with(|| {
            found.push(StandardRows { base_code, tiers: vec![], file: table.file.clone(), row: row.number });
            found.len() - 1
        });
        let tiers = &mut found[at].tiers;
        let code = tier_code(tiers, level);
        tiers.push(Tier { code, level, circumstances, outcomes });
    }
    found
}
