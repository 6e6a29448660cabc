//! What the lists call things: whose act an event is, and fields. The titles of events and steps stand beside the events
//! themselves.

use std::sync::LazyLock;

use law::{
    Label, Vocabulary,
    vocabulary::{
        Counts, Field,
        Form::{self, Code, Money, Parts, Plain},
        IndicatorCard, Piece, Teller,
    },
};
use lists::facts::{OfficeKind, OfficerRole, PowerKind, TierLevel};

use super::{
    content::{MeasureKind, NormLevel},
    events::{
        AgencyEvent, CalendarEvent, CatalogueEvent, Finding, GroundAnswer, GroundKind, ItemEvent, LayoutEvent,
        MarkEvent, OfficerEvent, ParameterEvent, ReactionEvent, RegionEvent, RegionLevel, YearlyConclusion,
    },
    listing::{ListKind, PartSpec, RowEvent, part::PARTS},
    plan::{Capability, PlanEvent},
    rules::PT_TASK,
    statute::{Held, StatuteEvent},
    terms::told_term,
};

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const COMPETENT_ORGAN: Label = Label::new("有权机关", "competent organ");
    pub(crate) const LIST_APPROVER: Label = Label::new("清单审定", "list approver");
    pub(crate) const LIST_EDITOR: Label = Label::new("清单编制", "list editor");
    pub(crate) const LIST_OFFICE: Label = Label::new("清单管理机关", "list office");
    pub(crate) const OFFICER: Label = Label::new("执法人员", "officer");
    pub(crate) const REVIEWER: Label = Label::new("法制审核人员", "legal reviewer");
    pub(crate) const UPPER_LEVEL: Label = Label::new("上级机关", "upper level");
}

const BASIS: Form =
    Parts(&[Piece::of("statute", Plain).before("《", "《").after("》", "》"), Piece::of("article", Plain)]);

/// What an article or a tier allows: `罚款 5,000元至10,000元（应当）`.
const OUTCOME: Form = Form::Told(Teller(lists::facts::told));

/// What a compulsory power allows: `查封 最长7日（对场所、设施）`.
const ALLOWED: Form = Form::Told(Teller(lists::facts::told_allowed));

/// Where a statute departs from the general law.
const OTHERWISE: Form = Form::Told(Teller(lists::facts::told_otherwise));

/// With what a body was entrusted.
const ENTRUSTMENT: Form = Parts(&[
    Piece::of("document", Plain),
    Piece::of("from", Plain).before("，自", ", from "),
    Piece::of("until", Plain).before("至", " to "),
    Piece::of("kinds", Form::Word(PowerKind::WORDS)).before("，", ", "),
    Piece::of("items", Plain).before("，", ", "),
    Piece::of("published_on", Plain).before("，公布于", ", published "),
]);

/// What an item asks and gives beside its outcomes.
const TERM: Form = Form::Told(Teller(told_term));

const TIER: Form =
    Parts(&[Piece::of("code", Code(TierLevel::WORDS)), Piece::of("circumstances", Plain).before("：", ": ")]);

const DUTY: Form = Parts(&[Piece::of("stage", Plain), Piece::of("matter", Plain).before("：", "：")]);

const FLOW: Form = Parts(&[Piece::of("name", Plain), Piece::of("limit", Form::Period).before(" ", " ")]);

const GROUND: Form =
    Parts(&[Piece::of("kind", Form::Word(GroundKind::WORDS)), Piece::of("document", Plain).before("：", ": ")]);

/// A head, and the column that it stands for.
pub(super) const HEADS: Form = Parts(&[Piece::of("head", Plain), Piece::of("column", Plain).before("＝", " = ")]);

/// An article, where other events name a document.
pub(super) const ARTICLE: Field = Field::new("basis", "依据", "Basis", BASIS);

/// Fields of events, and of the row of the list that some of them carry.
static OWN: &[Field] = &[
    Field::new("accountability", "追责方式", "Accountability", Plain),
    Field::new("allows", "强制措施和执行方式", "Measures and ways of execution", ALLOWED),
    Field::new("answer", "答复", "Answer", Form::Word(GroundAnswer::WORDS)),
    Field::new("bases", "依据", "Bases", BASIS),
    Field::new("by", "作出机关", "By", Plain),
    Field::new("certificate", "执法证号", "Certificate", Plain),
    Field::new("charge_fen", "实际收费", "Charged", Money),
    Field::new("citations", "依据核对", "Bases checked", Parts(&[Piece::of("held", Form::Word(Held::WORDS))])),
    Field::new("code", "编码", "Code", Plain),
    Field::new("conclusion", "结论", "Conclusion", Form::Word(YearlyConclusion::WORDS)),
    Field::new("content", "内容", "Content", Parts(&[Piece::of("name", Plain)])),
    Field::new("department", "部门代码", "Department", Plain),
    Field::new("duties", "责任事项", "Duties", DUTY),
    Field::new("effective", "生效日期", "In force from", Plain),
    Field::new("entrusted_by", "委托机关", "Entrusted by", Plain),
    Field::new("entrustment", "委托", "Entrusted with", ENTRUSTMENT),
    Field::new("exercised_at", "行使层级", "Exercised at", Plain),
    Field::new("field", "执法领域", "Field", Plain),
    Field::new("exclusive", "一个机关专属行使", "One holder alone", Plain),
    Field::new("fields", "执法领域", "Fields", Plain),
    Field::new("finding", "认定的问题", "Found", Form::Word(Finding::WORDS)),
    Field::new("flow", "办理流程", "Flow", FLOW),
    Field::new("grant", "乡镇赋权决定", "Handed to townships by", Plain),
    Field::new("ground", "理由类型", "Ground", GROUND),
    Field::new("hours", "学时", "Hours", Plain),
    Field::new("least_level", "行使层级", "Level and above", Form::Word(RegionLevel::WORDS)),
    Field::new("legal_qualification", "法律职业资格", "Legal qualification", Plain),
    Field::new("kind", "类型", "Kind", Form::Word(PowerKind::WORDS)),
    Field::new("level", "效力层级", "Level", Form::Word(NormLevel::WORDS)),
    Field::new("list", "清单", "List", Form::Word(ListKind::WORDS)),
    Field::new("may_restrict_liberty", "可限制人身自由", "May restrict liberty", Plain),
    Field::new("measures", "强制措施", "Measures", Form::Word(MeasureKind::WORDS)),
    Field::new("name", "名称", "Name", Plain),
    Field::new("office", "职务", "Office", Form::Word(OfficeKind::WORDS)),
    Field::new("otherwise", "另有规定", "Provided otherwise", OTHERWISE),
    Field::new("outcomes", "处罚种类和幅度", "Outcomes", OUTCOME),
    Field::new("parent", "上级区划", "Parent", Plain),
    Field::new("plan", "方案", "Plan", Plain),
    Field::new("published_at", "公布载体", "Published at", Plain),
    Field::new("reference", "来源案号", "Known by", Plain),
    Field::new("remarks", "备注", "Remarks", Plain),
    Field::new("responsible", "责任主体", "Responsible", Plain),
    Field::hidden("review"),
    Field::new("role", "人员类别", "Role", Form::Word(OfficerRole::WORDS)),
    Field::new("score", "成绩", "Score", Plain),
    Field::new("serves", "所用功能", "Served by", Form::Word(Capability::WORDS)),
    Field::new("short_name", "简称", "Short name", Plain),
    Field::new("standard_fen", "收费标准", "Standard", Money),
    Field::new("subitem", "子项", "Subitem", Plain),
    Field::new("subject", "内容", "Subject", Plain),
    Field::new("supervision", "监督方式", "Supervision", Plain),
    Field::new("terms", "事项要素", "Terms", TERM),
    Field::new("tier", "裁量阶次", "Tier", Code(TierLevel::WORDS)),
    Field::new("tiers", "裁量阶次", "Tiers", TIER),
    Field::new("unit", "单位", "Unit", Plain),
    Field::new("version", "版本", "Version", Plain),
    Field::new("withheld", "依法不予公开", "Withheld by law", Plain),
];

/// The same with the parts of rows.
static FIELDS: LazyLock<Vec<Field>> =
    LazyLock::new(|| OWN.iter().copied().chain(PARTS.iter().map(PartSpec::worded)).collect());

static INDICATORS: &[IndicatorCard] = &[IndicatorCard {
    id: "plan_tasks_in_time",
    label: Label::new("计划任务按期完成率", "Plan tasks completed in time"),
    formula: Label::new(
        "按期完成 ÷（按期完成 + 超期完成 + 目前逾期未完成）",
        "completed in time ÷ (in time + late + overdue today)",
    ),
    counts: Counts::Clock(PT_TASK.id),
    target: Some(10_000),
}];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("powerlist", &[], &FIELDS)
        .with::<CalendarEvent>()
        .with::<ParameterEvent>()
        .with::<RegionEvent>()
        .with::<AgencyEvent>()
        .with::<MarkEvent>()
        .with::<LayoutEvent>()
        .with::<OfficerEvent>()
        .with::<CatalogueEvent>()
        .with::<ItemEvent>()
        .with::<ReactionEvent>()
        .with::<PlanEvent>()
        .with::<StatuteEvent>()
        .with::<RowEvent>()
        .looked_at_by(INDICATORS)
}
