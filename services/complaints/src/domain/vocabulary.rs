//! What this service calls things. The titles of events and steps stand beside the events themselves.

use law::{
    Label, Vocabulary,
    vocabulary::{Counts, Field, Form as As, IndicatorCard, MatterCard, Need, Outcome as Decision, Part, Piece, Word},
};

use lists::officers::OFFICIAL;

use super::{
    events::{ComplaintEvent, ReactionEvent, SeriesEvent},
    words::*,
};

/// The stages of a matter, as events name them.
pub mod stage {
    /// 登记.
    pub const REGISTER: &str = "register";
    /// 分办.
    pub const ROUTE: &str = "route";
    /// 受理.
    pub const ACCEPT: &str = "accept";
    /// 答复.
    pub const ANSWER: &str = "answer";
    /// 评价.
    pub const RATE: &str = "rate";
    /// 复查复核.
    pub const REVIEW: &str = "review";
    /// 办结.
    pub const CLOSE: &str = "close";
}

static STAGES: &[Word] = &[
    Word::new(stage::REGISTER, "登记", "Registration"),
    Word::new(stage::ROUTE, "分办", "Routing"),
    Word::new(stage::ACCEPT, "受理", "Acceptance"),
    Word::new(stage::ANSWER, "答复", "Answer"),
    Word::new(stage::RATE, "评价", "Rating"),
    Word::new(stage::REVIEW, "复查复核", "Review"),
    Word::new(stage::CLOSE, "办结", "Closing"),
];

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const OFFICE: Label = Label::new("接收登记机构", "receiving office");
    pub(crate) const AGENCY: Label = Label::new("承办机关", "handling agency");
    pub(crate) const HEAD: Label = Label::new("机关负责人", "head of the agency");
    pub(crate) const LIST_OFFICE: Label = Label::new("清单管理机关", "list office");
    pub(crate) const PERSON: Label = Label::new("来件人", "the person");
    pub(crate) const REVIEWER: Label = Label::new("复查、复核机关", "reviewing organ");
    pub(crate) const KEEPER: Label = Label::new("身份保管人", "identity keeper");
}

/// What matters are counted for.
pub mod indicator {
    /// 受理率.
    pub const ACCEPTED: &str = "complaints_accepted";
    /// 首退率.
    pub const FIRST_RETURN: &str = "complaints_first_return";
    /// 重新办理率.
    pub const HANDLED_ANEW: &str = "complaints_handled_anew";
    /// 满意度.
    pub const SATISFIED: &str = "complaints_satisfied";
}

/// The kind of every matter of this service.
pub const COMPLAINT: &str = "complaint";
/// What a matter comes to that was not accepted.
pub const DECLINED: &str = "declined";
/// What a matter comes to that went into its own procedure.
pub const REDIRECTED: &str = "redirected";

/// Where the fields of an answer, first or on review, stand in the file.
pub(super) const ANSWERED: Part = Part::Decision {
    number: "number",
    outcome: ("outcome", Label::NONE),
    facts: "facts",
    bases: "bases",
    performance: "opinion",
    appeal: "",
    by: "",
};

/// 登记号.
pub(super) const NUMBER: Field = Field::new("number", "登记号", "Register number", As::Plain);
/// What a matter is about.
pub(super) const SUMMARY: Field = Field::new("summary", "反映内容", "What it is about", As::Plain);

const ANSWER: Label = Label::new("答复意见", "The answer");

/// Every kind of answer, as a decision of the matter, and the two ends without one.
static OUTCOMES: [Decision; Outcome::ALL.len() + 2] = {
    let mut all = [Decision::new("", "", ""); Outcome::ALL.len() + 2];
    let mut n = 0;
    while n < Outcome::ALL.len() {
        let word = Outcome::ALL[n].word();
        all[n] = Decision::new(word.id, word.label.zh, word.label.en).title(ANSWER.zh, ANSWER.en);
        n += 1;
    }
    all[n] = Decision::new(DECLINED, "不予受理", "not accepted");
    all[n + 1] = Decision::new(REDIRECTED, "导入法定途径", "sent to its own procedure");
    all
};

/// Which rules say whether a matter needs a stage.
static NEEDS: &[Need] = &[
    Need::of(stage::ROUTE, &["CO-ROUTE"]),
    Need::of(stage::ACCEPT, &["CO-ACCEPT"]).unless(&["CO-DECLINE"]),
    Need::of(stage::ANSWER, &["CO-SETTLE"]).unless(&["CO-DECLINE"]),
    Need::of(stage::REVIEW, &["CO-REVIEW-ANSWER"]),
];

static MATTERS: &[MatterCard] = &[MatterCard {
    kind: COMPLAINT,
    label: Label::new("投诉举报信访", "Complaint"),
    stages: STAGES,
    needs: NEEDS,
    ended_at: stage::CLOSE,
    facts: &[
        Field::new("number", "登记号", "Register number", As::Plain),
        Field::new("procedure", "类别", "Kind", As::Word(Kind::WORDS)),
        Field::new("source", "渠道", "Channel", As::Word(Channel::WORDS)),
        Field::new("source_reference", "来源编号", "Number elsewhere", As::Plain),
        Field::new("filed", "登记日期", "Registered on", As::Plain),
        Field::new("discovered", "收到日期", "Received on", As::Plain),
        Field::new("place", "地点", "Place", As::Plain),
        Field::new("decision_number", "答复文号", "Number of the answer", As::Plain),
        Field::new("performance", "处理意见", "What is done about it", As::Plain),
    ],
    outcomes: &OUTCOMES,
    indicators: INDICATORS,
}];

static INDICATORS: &[IndicatorCard] = &[
    IndicatorCard {
        id: "complaints_in_time",
        label: Label::new("按期办结率", "Complaints settled in time"),
        formula: Label::new(
            "按期办结 ÷（按期办结 + 超期办结 + 目前逾期未办结）",
            "settled in time ÷ (in time + late + overdue today)",
        ),
        counts: Counts::Clock("CO-SETTLE"),
        target: Some(10_000),
    },
    IndicatorCard {
        id: indicator::SATISFIED,
        label: Label::new("满意度", "Satisfied"),
        formula: Label::new(
            "最近一次评价为基本满意以上的事项 ÷ 本期答复并已评价的事项",
            "matters last rated fair or better ÷ matters answered in the period and rated",
        ),
        counts: Counts::Decided,
        target: None,
    },
    IndicatorCard {
        id: indicator::HANDLED_ANEW,
        label: Label::new("重新办理率", "Handled anew"),
        formula: Label::new(
            "因差评或者复查、复核重新办理的事项 ÷ 本期答复的事项",
            "matters handled anew after a poor rating or a review ÷ matters answered in the period",
        ),
        counts: Counts::Decided,
        target: None,
    },
    IndicatorCard {
        id: indicator::ACCEPTED,
        label: Label::new("受理率", "Accepted"),
        formula: Label::new(
            "受理的事项 ÷ 本期答复或者不予受理的事项",
            "matters accepted ÷ matters answered or not accepted in the period",
        ),
        counts: Counts::Decided,
        target: None,
    },
    IndicatorCard {
        id: indicator::FIRST_RETURN,
        label: Label::new("首退率", "Returned at first"),
        formula: Label::new(
            "首次交办即被退回的事项 ÷ 本期办结的交办事项",
            "matters that came back from the first agency ÷ assigned matters ended in the period",
        ),
        counts: Counts::Ended,
        target: None,
    },
];

const ORGAN: As =
    As::Parts(&[Piece::of("name", As::Plain), Piece::of("agency", As::Plain).before("（", " (").after("）", ")")]);
const SEALED: As = As::Parts(&[Piece::of("sha256", As::Plain)]);
const FILE: As = As::Parts(&[
    Piece::of("media_type", As::Plain),
    Piece::of("size_kib", As::Plain).before("，", ", ").after(" KiB", " KiB"),
    Piece::of("sha256", As::Plain).before("，", ", "),
]);

static FIELDS: &[Field] = &[
    Field::hidden("complaint"),
    Field::new("text", "文号", "Number", As::Plain),
    Field::hidden("case"),
    Field::new("kind", "类别", "Kind", As::Word(Kind::WORDS)),
    Field::new("channel", "渠道", "Channel", As::Word(Channel::WORDS)),
    Field::new("agency_name", "接收机关", "Received by", As::Plain),
    Field::new("received", "收到日期", "Received on", As::Plain),
    Field::new("complainant", "来件人代号", "Pseudonym", As::Plain),
    Field::new("identity", "封存身份摘要", "Sealed identity, SHA-256", SEALED),
    Field::hidden("receipt_wanted"),
    Field::new("sealed", "封存原文摘要", "Sealed text, SHA-256", SEALED),
    Field::new("attachments", "封存附件摘要", "Sealed files, SHA-256", FILE),
    Field::new("reachable", "可以告知来件人", "The person can be told", As::Plain),
    Field::new("against", "被反映的机关", "Agencies complained of", As::Plain),
    Field::new("against_officers", "被反映的人员", "Officials complained of", As::Plain),
    Field::new("way", "办理途径", "Way to settle it", As::Word(Way::WORDS)),
    Field::new("item_name", "权力事项", "Power item", As::Plain),
    Field::new("norm", "规范性文件", "Normative document", As::Plain),
    Field::new("about", "所涉的投诉举报", "About the complaint", As::Plain),
    Field::new("score", "评价", "Rating", As::Word(Score::WORDS)),
    Field::new(
        "source",
        "原登记系统",
        "Registered elsewhere",
        As::Parts(&[Piece::of("system", As::Plain), Piece::of("number", As::Plain).before(" ", " ")]),
    ),
    Field::new("earlier", "在先事项", "Earlier matter", As::Plain),
    Field::new("relation", "关系", "Relation", As::Word(Relation::WORDS)),
    Field::new("organ", "机关", "Organ", As::Plain),
    Field::new("told", "告知方式", "How the person was told", As::Plain),
    Field::new("to", "承办或者接收机关", "To", ORGAN),
    Field::new("letter", "文书", "Letter", As::Plain),
    Field::new("reported_to", "报告上级", "Reported to", As::Plain),
    Field::new("agreed", "同意退回", "Comes back", As::Plain),
    Field::new("lead", "执法线索", "Lead of enforcement", As::Plain),
    Field::new("with", "协办机关", "Together with", ORGAN),
    Field::new("officer_name", "承办人员", "Handled by", As::person("承办人员", "handles it")),
    Field::new("no_lead", "不作为线索的理由", "Why it is no lead", As::Plain),
    Field::new("official", "负责人职务", "Office held", OFFICIAL),
    Field::new("period_by", "期限依据", "Period rests on", As::Plain),
    Field::new("record", "记录", "Record", As::Plain),
    Field::new("outcome", "处理结果", "Answer", As::Word(Outcome::WORDS)),
    Field::new("facts", "事实和理由", "Facts and reasons", As::Plain),
    Field::new("bases", "依据", "Provisions", As::Plain),
    Field::new("decided", "查处结果", "What was decided", As::Plain),
    Field::new("decision", "决定文号", "Number of the decision", As::Plain),
    Field::new("verified", "查证属实", "Found true", As::Plain),
    Field::new("measures", "整改措施", "What was put right", As::Plain),
    Field::new("instance", "复查或者复核", "Review or recheck", As::Word(Instance::WORDS)),
    Field::new("answer_got", "收到书面答复日期", "Written answer received on", As::Plain),
    Field::new("how", "撤回方式", "How it was withdrawn", As::Plain),
    Field::new("opened_by", "身份保管人", "Keeper", As::Plain),
    Field::new("shredded", "粉碎内容摘要", "Shredded, SHA-256", SEALED),
    Field::new("shredded_by", "身份保管人", "Keeper", As::Plain),
    Field::new("second", "在场人员", "Second person", As::Plain),
    Field::new("method", "发放方式", "How it was paid", As::Word(RewardMethod::WORDS)),
    Field::new("payment", "发放凭证", "Payment", As::Plain),
];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("complaints", MATTERS, FIELDS)
        .with::<ComplaintEvent>()
        .with::<SeriesEvent>()
        .with::<ReactionEvent>()
}
