//! The parts of a row beside its code, name, agency and bases: what each list has of them is one table, which files, requests,
//! pages and rules are made of.

use jiff::civil::Date;
use law::{
    Label,
    period::Period,
    vocabulary::{self, Field, Word},
};
use lists::facts::PowerKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most entries of a part that has several.
pub const ENTRIES_MAX: usize = 64;

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// Text of at most so many characters, which may have lines.
    Text(usize),
    /// Texts, one a line, each of at most so many characters.
    Texts(usize),
    /// One of these words.
    Word(&'static [Word]),
    /// Some of these words.
    Words(&'static [Word]),
    /// A whole number up to this one; what it counts, its heading says.
    Number(i64),
    /// Yuan, kept in fen.
    Money,
    /// Working or calendar days.
    Days,
    /// A day.
    Day,
    /// 实施编码 of a power item of one of these kinds; of any, when none is named.
    Item(&'static [PowerKind]),
    /// Yes or no.
    YesNo,
}

/// One part that rows of a list may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSpec {
    /// As stored.
    pub key: &'static str,
    /// As the vocabulary of the service knows it.
    pub field: &'static str,
    /// Its heading.
    pub label: Label,
    /// How it is written.
    pub form: PartForm,
    /// Whether a row is published without it.
    pub required: bool,
}

impl PartSpec {
    /// The same, without which no row is published.
    #[must_use]
    pub const fn must(self) -> Self {
        Self { required: true, ..self }
    }

    /// How people read it.
    pub fn worded(&self) -> Field {
        let form = match self.form {
            PartForm::Word(words) | PartForm::Words(words) => vocabulary::Form::Word(words),
            PartForm::Money => vocabulary::Form::Money,
            PartForm::Days => vocabulary::Form::Period,
            PartForm::Text(_)
            | PartForm::Texts(_)
            | PartForm::Number(_)
            | PartForm::Day
            | PartForm::Item(_)
            | PartForm::YesNo => vocabulary::Form::Plain,
        };
        Field { name: self.field, label: self.label, form }
    }
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// A number, or fen.
    Number(i64),
    /// Days.
    Days(Period),
    /// Texts or words.
    Texts(Vec<String>),
    /// A text, a word, a code or a day.
    Text(String),
}

/// A part of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Which.
    pub part: String,
    /// What it says.
    pub value: Value,
}

macro_rules! parts {
    ($($name:ident $key:literal $zh:literal $en:literal $form:expr;)*) => {
        $(#[doc = concat!($zh, ".")]
        pub const $name: PartSpec = PartSpec {
            key: $key,
            field: concat!("part.", $key),
            label: Label::new($zh, $en),
            form: $form,
            required: false,
        };)*
        /// Every part that any list has.
        pub static PARTS: &[PartSpec] = &[$($name),*];
    };
}

law::words! {
    /// What becomes of a licence that enterprises need (证照分离).
    pub enum Reform {
        Abolished = "abolished" "直接取消审批" "abolished",
        Filed = "filed" "审批改为备案" "filing instead of a licence",
        Promised = "promised" "实行告知承诺" "promise instead of proof",
        Improved = "improved" "优化审批服务" "improved service",
    }
}

law::words! {
    /// One of the two who ask for or pay a service.
    pub enum Side {
        Applicant = "applicant" "申请人" "applicant",
        Organ = "organ" "行政机关" "organ",
    }
}

law::words! {
    /// What is levied.
    pub enum ChargeKind {
        Fee = "fee" "行政事业性收费" "administrative fee",
        Fund = "fund" "政府性基金" "government fund",
        Deposit = "deposit" "保证金" "deposit",
    }
}

law::words! {
    /// On whom it is levied.
    pub enum Payer {
        Enterprises = "enterprises" "企业" "enterprises",
        Individuals = "individuals" "个人" "individuals",
        Both = "both" "企业和个人" "enterprises and individuals",
    }
}

law::words! {
    /// What the negative list says of an activity.
    pub enum Access {
        Forbidden = "forbidden" "禁止准入" "forbidden",
        Licensed = "licensed" "许可准入" "licensed",
    }
}

law::words! {
    /// Why no penalty is imposed (APL 33).
    pub enum Slight {
        Slight = "slight" "违法行为轻微并及时改正，没有造成危害后果" "slight, put right at once, without harm",
        First = "first" "初次违法且危害后果轻微并及时改正" "first, of slight harm, put right at once",
        NoFault = "no_fault" "有证据足以证明没有主观过错" "proven to be without fault",
    }
}

law::words! {
    /// Why no compulsory measure is taken (ACL 16).
    pub enum Harmless {
        Minor = "minor" "情节显著轻微" "of markedly slight circumstances",
        NoHarm = "no_harm" "没有明显社会危害" "without plain harm to society",
    }
}

law::words! {
    /// Who makes normative documents.
    pub enum MakerKind {
        Government = "government" "人民政府" "government",
        Department = "department" "政府工作部门" "department of a government",
        Branch = "branch" "派出机关" "branch of a government",
        Organisation = "organisation" "法律、法规、规章授权的组织" "organisation authorised by law, regulation or rule",
    }
}

law::words! {
    /// A step on the way to a major decision.
    pub enum DecisionStep {
        Participation = "participation" "公众参与" "public participation",
        Experts = "experts" "专家论证" "expert argument",
        Risk = "risk" "风险评估" "risk assessment",
        Competition = "competition" "公平竞争审查" "fair competition review",
        LegalReview = "legal_review" "合法性审查" "legality review",
        Collective = "collective" "集体讨论决定" "collective discussion",
    }
}

use PartForm::{Day, Days, Item, Money, Number, Text, Texts, YesNo};

parts! {
    LICENCE_ITEM "licence_item" "许可实施编码" "Licence, by code" Item(&[PowerKind::Licence]);
    APPROVAL_ITEM "approval_item" "对应事项实施编码" "Matter, by code" Item(&[]);
    INSPECTION_ITEM "inspection_item" "检查实施编码" "Inspection, by code" Item(&[PowerKind::Inspection]);
    PENALTY_ITEM "penalty_item" "处罚实施编码" "Penalty, by code" Item(&[]);
    COMPULSION_ITEM "compulsion_item" "强制实施编码" "Compulsory power, by code" Item(&[]);
    TASKS "tasks" "具体工作事项" "Tasks" Texts(500);
    BOUNDARY "boundary" "职责边界" "Where it ends" Text(2_000);
    WITH "with" "相关部门" "Others concerned" Texts(100);
    RESPONSIBLE "responsible" "责任主体" "Responsible" Text(300);
    ACCOUNTABILITY "accountability" "追责方式" "Accountability" Text(2_000);
    SUPERVISION "supervision" "监督方式" "Supervision" Text(1_000);
    DOCUMENT "licence_document" "许可证件名称" "Licence document" Text(100);
    CONDITIONS "conditions" "办理条件" "Conditions" Text(2_000);
    QUANTITY "quantity" "数量限制" "Number granted" Text(300);
    PROCEDURE "procedure" "办理程序" "Procedure" Text(2_000);
    STATUTORY "statutory" "法定办结时限" "Statutory time" Days;
    EXTENSION "extension" "可延长时限" "Extension" Days;
    JOINT "joint" "统一或者联合办理" "Handled jointly" YesNo;
    TIME_BASIS "time_basis" "时限依据" "What another time rests on" Text(500);
    PROMISED "promised" "承诺办结时限" "Promised time" Days;
    MATERIALS "materials" "申请材料" "Materials" Texts(300);
    SAMPLE "sample" "示范文本" "Sample form" Text(500);
    MISTAKES "mistakes" "常见错误示例" "Common mistakes" Text(2_000);
    CHARGED "charged" "是否收费" "Charged" YesNo;
    REFORM "reform" "改革方式" "Reform" PartForm::Word(Reform::WORDS);
    VALIDITY "validity" "有效期限" "Valid for" Text(100);
    OVERSIGHT "oversight" "事中事后监管措施" "Oversight afterwards" Text(2_000);
    USE "use" "证明用途" "What it proves" Text(500);
    ASKED_BY "asked_by" "索要单位" "Asked by" Text(100);
    ISSUED_BY "issued_by" "开具单位" "Issued by" Text(100);
    GUIDE "guide" "办理指南" "Guide" Text(2_000);
    PROMISE "promise" "告知承诺" "Promise instead" YesNo;
    CLIENTS "clients" "服务对象" "For whom" Text(300);
    RESULT "result" "服务成果" "Result" Text(300);
    SERVICE_TIME "service_time" "服务时限" "Time of the service" Days;
    FEE_STANDARD "fee_standard" "收费标准" "Fee standard" Text(1_000);
    ENTRUSTED_BY "entrusted_by" "委托方" "Entrusted by" PartForm::Word(Side::WORDS);
    PAID_BY "paid_by" "费用承担" "Paid by" PartForm::Word(Side::WORDS);
    CHARGE_KIND "charge_kind" "收费类别" "Kind of charge" PartForm::Word(ChargeKind::WORDS);
    PAYER "payer" "征收对象" "Levied on" PartForm::Word(Payer::WORDS);
    HIGHEST "highest_fen" "最高金额（元）" "Highest amount" Money;
    PURPOSE "purpose" "资金用途" "Used for" Text(500);
    ACCESS "access" "准入类别" "Access" PartForm::Word(Access::WORDS);
    EDITION "edition" "全国清单版本" "Edition of the national list" Text(100);
    NATIONAL_CODE "national_code" "全国清单编码" "Code in the national list" Text(50);
    MEASURE "measure" "措施描述" "Measure" Text(2_000);
    COMPETENT "competent" "主管部门" "Competent body" Text(100);
    OBJECT "object" "检查对象" "What is inspected" Text(500);
    MATTERS "matters" "检查内容" "What is looked at" Text(2_000);
    WAY "way" "检查方式" "How" Text(500);
    RATIO_LOW "ratio_low" "抽查比例下限（%）" "Lowest ratio, percent" Number(100);
    RATIO_HIGH "ratio_high" "抽查比例上限（%）" "Highest ratio, percent" Number(100);
    PER_YEAR "per_year" "抽查频次上限（次/年）" "At most so often a year" Number(366);
    KEY_FIELD "key_field" "重点领域" "Key field" YesNo;
    SLIGHT "slight" "免罚情形" "Ground of exemption" PartForm::Word(Slight::WORDS);
    HARMLESS "harmless" "不予强制情形" "Ground of forbearance" PartForm::Word(Harmless::WORDS);
    TERMS "terms" "适用条件" "Conditions that must be met" Text(2_000);
    MAKER "maker" "制定主体类别" "Kind of maker" PartForm::Word(MakerKind::WORDS);
    SCOPE "scope" "制定范围" "On what" Text(500);
    YEAR "year" "决策年度" "Year" Number(9_999);
    OWNER "owner" "承办单位" "Body in charge" Text(100);
    PARTNERS "partners" "协办单位" "Others in charge" Texts(100);
    STEPS "steps" "拟履行程序" "Steps planned" PartForm::Words(DecisionStep::WORDS);
    AGREED "agreed" "同级党委同意文件" "Agreed to by" Text(300);
    BY "by" "计划完成日期" "Planned for" Day;
    TECHNICAL "technical" "专业性技术性较强" "Technical" YesNo;
    RISKY "risky" "可能造成不利影响" "May do harm" YesNo;
    WITHHELD "withheld" "依法不予公开" "Withheld by law" YesNo;
}

/// A part by its key.
pub fn part(key: &str) -> Option<&'static PartSpec> {
    PARTS.iter().find(|spec| spec.key == key)
}

/// What the row says in a part.
pub fn said<'a>(parts: &'a [Part], spec: &PartSpec) -> Option<&'a Value> {
    parts.iter().find(|part| part.part == spec.key).map(|part| &part.value)
}

impl Value {
    /// The text, the word, the code.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The texts or words.
    pub fn texts(&self) -> Option<&[String]> {
        if let Self::Texts(texts) = self { Some(texts) } else { None }
    }

    /// The number.
    pub fn number(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The days.
    pub fn days(&self) -> Option<Period> {
        if let Self::Days(days) = self { Some(*days) } else { None }
    }

    /// The day.
    pub fn day(&self) -> Option<Date> {
        self.text()?.parse().ok()
    }

    /// Whether it is a plain yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::YesNo(true)
    }
}
