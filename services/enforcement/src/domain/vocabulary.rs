//! What enforcement calls things: stages, whose act an event is, fields, indicators. The titles of events and steps stand
//! beside the events themselves.

use law::{
    Label, Vocabulary,
    vocabulary::{Counts, Field, IndicatorCard, MatterCard, Word},
};

use super::events::{AgencyEvent, CaseEvent, PartyEvent, SeriesEvent};

/// The stages of the full process (TSI), as events name them.
pub mod stage {
    /// 立案.
    pub const FILE: &str = "file";
    /// 调查取证.
    pub const INVESTIGATE: &str = "investigate";
    /// 告知.
    pub const NOTIFY: &str = "notify";
    /// 陈述申辩.
    pub const STATE: &str = "state";
    /// 听证.
    pub const HEAR: &str = "hear";
    /// 法制审核.
    pub const REVIEW: &str = "legal_review";
    /// 集体讨论.
    pub const DELIBERATE: &str = "deliberate";
    /// 决定.
    pub const DECIDE: &str = "decide";
    /// 送达.
    pub const SERVE: &str = "serve";
    /// 公示.
    pub const PUBLICISE: &str = "publicise";
    /// 执行.
    pub const EXECUTE: &str = "execute";
    /// 结案.
    pub const CLOSE: &str = "close";
    /// 归档.
    pub const ARCHIVE: &str = "archive";
}

/// The same in their order, as people read them.
pub static STAGES: &[Word] = &[
    Word::new(stage::FILE, "立案", "Filing"),
    Word::new(stage::INVESTIGATE, "调查取证", "Investigation"),
    Word::new(stage::NOTIFY, "告知", "Notice"),
    Word::new(stage::STATE, "陈述申辩", "Statement"),
    Word::new(stage::HEAR, "听证", "Hearing"),
    Word::new(stage::REVIEW, "法制审核", "Legal review"),
    Word::new(stage::DELIBERATE, "集体讨论", "Deliberation"),
    Word::new(stage::DECIDE, "决定", "Decision"),
    Word::new(stage::SERVE, "送达", "Service"),
    Word::new(stage::PUBLICISE, "公示", "Publication"),
    Word::new(stage::EXECUTE, "执行", "Execution"),
    Word::new(stage::CLOSE, "结案", "Closing"),
    Word::new(stage::ARCHIVE, "归档", "Archiving"),
];

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const AGENCY: Label = Label::new("执法机关", "agency");
    pub(crate) const APPLICANT: Label = Label::new("申请人", "applicant");
    pub(crate) const ARCHIVIST: Label = Label::new("档案管理", "archivist");
    pub(crate) const ASSISTING_BODY: Label = Label::new("协助机关", "assisting body");
    pub(crate) const COMPETENT_ORGAN: Label = Label::new("有权机关", "competent organ");
    pub(crate) const COURT: Label = Label::new("人民法院", "people's court");
    pub(crate) const HEAD: Label = Label::new("机关负责人", "head of the agency");
    pub(crate) const HEADS: Label = Label::new("机关负责人集体", "heads of the agency");
    pub(crate) const HOST: Label = Label::new("听证主持人", "host of the hearing");
    pub(crate) const JUDICIAL_ORGAN: Label = Label::new("司法机关", "judicial organ");
    pub(crate) const OFFICERS: Label = Label::new("执法人员", "officers");
    pub(crate) const PARTY: Label = Label::new("当事人", "party");
    pub(crate) const POLICE: Label = Label::new("公安机关", "police");
    pub(crate) const REVIEWER: Label = Label::new("法制审核人员", "legal reviewer");
    pub(crate) const SUPERIOR: Label = Label::new("共同上级机关", "common superior");
}

/// The kind of every matter of this service.
pub const CASE: &str = "case";

/// What the decision of a case comes to.
pub mod outcome {
    /// A penalty.
    pub const PUNISHED: &str = "punished";
    /// None.
    pub const WITHHELD: &str = "withheld";
}

static MATTERS: &[MatterCard] = &[MatterCard {
    kind: CASE,
    label: Label::new("处罚案件", "Penalty case"),
    stages: STAGES,
    ended_at: stage::CLOSE,
    facts: &[],
    outcomes: &[
        Word::new(outcome::PUNISHED, "已处罚", "punished"),
        Word::new(outcome::WITHHELD, "不予处罚", "not punished"),
    ],
}];

/// The numbers that cases count for, by the ids that events name.
pub mod indicator {
    /// 告知率.
    pub const NOTICE: &str = "notice";
    /// 法制审核覆盖率.
    pub const LEGAL_REVIEW: &str = "legal_review";
    /// 全过程记录完整率.
    pub const RECORDS: &str = "records";
}

static INDICATORS: &[IndicatorCard] = &[
    IndicatorCard {
        id: indicator::LEGAL_REVIEW,
        label: Label::new("法制审核覆盖率", "Legal review coverage"),
        formula: Label::new(
            "决定前经法制审核通过的重大处罚决定 ÷ 本期重大处罚决定",
            "major penalties decided after a passed legal review ÷ major penalties decided in the period",
        ),
        counts: Counts::Decided,
        target: Some(10_000),
    },
    IndicatorCard {
        id: indicator::NOTICE,
        label: Label::new("告知率", "Notice given"),
        formula: Label::new(
            "决定前已告知当事人的普通程序处罚 ÷ 本期普通程序处罚决定",
            "ordinary-procedure penalties with notice before the decision ÷ those decided in the period",
        ),
        counts: Counts::Decided,
        target: Some(10_000),
    },
    IndicatorCard {
        id: indicator::RECORDS,
        label: Label::new("全过程记录完整率", "Complete records"),
        formula: Label::new(
            "经过的每个环节均有记录的结案案件 ÷ 本期结案案件",
            "closed cases in which every stage reached left its record ÷ cases closed in the period",
        ),
        counts: Counts::Ended,
        target: Some(10_000),
    },
    IndicatorCard {
        id: "publicised",
        label: Label::new("公示及时率", "Published in time"),
        formula: Label::new(
            "按期公示 ÷（按期公示 + 超期公示 + 目前逾期未公示）",
            "published in time ÷ (in time + late + overdue today)",
        ),
        counts: Counts::Clock("EN-PUBLICISE"),
        target: Some(10_000),
    },
    IndicatorCard {
        id: "decision_time",
        label: Label::new("办案期限合规率", "Decided in time"),
        formula: Label::new(
            "按期作出决定 ÷（按期 + 超期 + 目前逾期未决定）",
            "decided in time ÷ (in time + late + overdue today)",
        ),
        counts: Counts::Clock("EN-NINETY"),
        target: Some(10_000),
    },
];

static FIELDS: &[Field] = &[];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("enforcement", MATTERS, FIELDS, INDICATORS)
        .with::<CaseEvent>()
        .with::<SeriesEvent>()
        .with::<PartyEvent>()
        .with::<AgencyEvent>()
}
