//! What disclosure on request calls things. The titles of events and steps stand beside the events themselves.

use law::{
    Label, Vocabulary,
    vocabulary::{Counts, Field, Form as As, IndicatorCard, MatterCard, Need, Outcome as Decision, Part, Piece, Word},
};
use lists::officers::OFFICIAL;

use super::{
    events::{ApplicationEvent, SeriesEvent, YearEvent},
    words::*,
};

/// The stages of an application, as events name them.
pub mod stage {
    /// 受理.
    pub const RECEIVE: &str = "receive";
    /// 补正.
    pub const CORRECT: &str = "correct";
    /// 征求意见.
    pub const ASK: &str = "ask";
    /// 答复.
    pub const ANSWER: &str = "answer";
    /// 送达.
    pub const SERVE: &str = "serve";
    /// 归档.
    pub const ARCHIVE: &str = "archive";
}

static STAGES: &[Word] = &[
    Word::new(stage::RECEIVE, "登记", "Receipt"),
    Word::new(stage::CORRECT, "补正", "Correction"),
    Word::new(stage::ASK, "征求意见", "Consultation"),
    Word::new(stage::ANSWER, "答复", "Answer"),
    Word::new(stage::SERVE, "送达", "Service"),
    Word::new(stage::ARCHIVE, "归档", "Archiving"),
];

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const AGENCY: Label = Label::new("行政机关", "agency");
    pub(crate) const APPLICANT: Label = Label::new("申请人", "applicant");
    pub(crate) const OFFICE_HEAD: Label = Label::new("政府信息公开工作机构负责人", "head of the disclosure office");
    pub(crate) const OTHER_AGENCY: Label = Label::new("共同制作机关", "joint author");
    pub(crate) const THIRD_PARTY: Label = Label::new("第三方", "third party");
}

/// The kind of every matter of this service.
pub const APPLICATION: &str = "application";

/// Where the answer's fields stand in the file.
pub(super) const ANSWERED: Part = Part::Decision {
    number: "number",
    outcome: ("outcome", Label::NONE),
    facts: "reasons",
    bases: "bases",
    performance: "how",
    appeal: "appeal",
    by: "decided_by",
};

/// Every kind of answer, as a decision of the matter.
static OUTCOMES: [Decision; Outcome::ALL.len()] = {
    let mut all = [Decision::new("", "", ""); Outcome::ALL.len()];
    let mut n = 0;
    while n < all.len() {
        let word = Outcome::ALL[n].word();
        all[n] = Decision::new(word.id, word.label.zh, word.label.en).title("政府信息公开答复", "The answer");
        n += 1;
    }
    all
};

/// Which rules say whether a request needs a stage.
static NEEDS: &[Need] = &[
    Need::of(stage::CORRECT, &["DI-RECEIVE", "DI-CORRECT-TIME"]),
    Need::of(stage::ASK, &["DI-THIRD", "DI-JOINT"]),
    Need::of(stage::ANSWER, &["DI-ANSWER"]),
];

static MATTERS: &[MatterCard] = &[MatterCard {
    kind: APPLICATION,
    label: Label::new("政府信息公开申请", "Disclosure request"),
    stages: STAGES,
    needs: NEEDS,
    ended_at: stage::SERVE,
    facts: &[
        Field::new("number", "登记号", "Register number", As::Plain),
        Field::new("party", "申请人", "Applicant", As::Plain),
        Field::new("filed", "收到日期", "Received on", As::Plain),
        Field::new("decision_number", "答复文号", "Number of the answer", As::Plain),
        Field::new("performance", "提供方式、途径和时间", "How, where and when", As::Plain),
        Field::new("source", "申请途径", "Channel", As::Word(Channel::WORDS)),
        Field::new("party_kind", "申请人类别", "Kind of applicant", As::Word(PersonKind::WORDS)),
    ],
    outcomes: &OUTCOMES,
    indicators: INDICATORS,
}];

static INDICATORS: &[IndicatorCard] = &[IndicatorCard {
    id: "answered_in_time",
    label: Label::new("依申请公开按期答复率", "Requests answered in time"),
    formula: Label::new(
        "按期答复 ÷（按期答复 + 超期答复 + 目前逾期未答复）",
        "answered in time ÷ (in time + late + overdue today)",
    ),
    counts: Counts::Clock("DI-ANSWER"),
    target: Some(10_000),
}];

const PERSON: As = As::Parts(&[
    Piece::of("name", As::Plain),
    Piece::of("kind", As::Word(PersonKind::WORDS)).before("（", " (").after("）", ")"),
    Piece::of("uscc", As::Plain).before("，", ", "),
]);

static FIELDS: &[Field] = &[
    Field::hidden("application"),
    Field::new("text", "文号", "Number", As::Plain),
    Field::hidden("case"),
    Field::new("agency_name", "机关", "Agency", As::Plain),
    Field::new("channel", "申请途径", "Channel", As::Word(Channel::WORDS)),
    Field::new("arrived", "提交日期", "Handed in on", As::Plain),
    Field::new("applicant", "申请人", "Applicant", PERSON),
    Field::new("contact", "载明联系方式", "Says how to reach the applicant", As::Plain),
    Field::new("description", "所申请的信息", "Information asked for", As::Plain),
    Field::new("form", "形式要求", "Form wanted", As::Word(Form::WORDS)),
    Field::new("missing", "缺少的内容", "Missing", As::Word(Element::WORDS)),
    Field::new("what", "补正事项", "To be corrected", As::Plain),
    Field::new("guidance", "指导和释明", "Guidance", As::Plain),
    Field::new("in_time", "按期告知补正", "Asked in time", As::Plain),
    Field::new("excuse", "逾期理由", "Reason for the delay", As::Plain),
    Field::new("why_not", "理由不成立的原因", "Why it is no good reason", As::Plain),
    Field::new("statement", "撤回声明", "Statement", As::Plain),
    Field::hidden("inquiry"),
    Field::new("person", "第三方", "Third party", PERSON),
    Field::new("interest", "涉及权益", "Interest touched", As::Word(Interest::WORDS)),
    Field::new("letter", "文书", "Letter", As::Plain),
    Field::new("sent", "发出日期", "Sent on", As::Plain),
    Field::new("agrees", "同意公开", "Agrees to disclosure", As::Plain),
    Field::new("reasons", "理由", "Reasons", As::Plain),
    Field::new("working_days", "延长工作日", "Working days more", As::Plain),
    Field::new("official", "负责人职务", "Office held", OFFICIAL),
    Field::new("approved_by", "同意人", "Approved by", As::person("同意", "approved by")),
    Field::new("notice", "告知书", "Notice", As::Plain),
    Field::new("excess", "数量频次情况", "How many and how often", As::Plain),
    Field::new("method", "方式", "How", As::Word(Delivery::WORDS)),
    Field::new("outcome", "答复类型", "Answer", As::Word(Outcome::WORDS)),
    Field::new("grounds", "不予公开的理由", "Grounds", As::Word(Ground::WORDS)),
    Field::new("how", "提供方式、途径和时间", "How, where and when", As::Plain),
    Field::new("bases", "依据", "Provisions", As::Plain),
    Field::new("separable", "能够作区分处理", "Can be separated", As::Plain),
    Field::new("public_by", "应当公开的规定", "Provision that demands disclosure", As::Plain),
    Field::new("harms_third_party", "损害第三方权益", "Would harm a third party", As::Plain),
    Field::new("objection_reasonable", "不同意的理由合理", "Objection is reasonable", As::Plain),
    Field::new("public_interest", "公共利益", "Public interest", As::Plain),
    Field::new("third_party_told", "告知第三方", "Third party told by", As::Plain),
    Field::new(
        "responsible",
        "负责公开的机关",
        "Responsible agency",
        As::Parts(&[Piece::of("name", As::Plain), Piece::of("contact", As::Plain).before("，", ", ")]),
    ),
    Field::new("earlier", "此前的申请", "Earlier application", As::Plain),
    Field::new("reviewed_by", "审查人", "Examined by", As::person("公开审查", "examined by")),
    Field::new("appeal", "救济途径", "How to appeal", As::Plain),
    Field::new("reconsideration_told", "告知先行复议", "Told to ask for reconsideration first", As::Plain),
    Field::new("receipt", "凭证", "Receipt", As::Plain),
    Field::new("file", "案卷号", "File", As::Plain),
    Field::new("year", "年度", "Year", As::Plain),
    Field::new("received", "收到申请", "Received", As::Plain),
    Field::new(
        "answered",
        "答复情况",
        "Answered",
        As::Parts(&[Piece::of("outcome", As::Word(Outcome::WORDS)), Piece::of("count", As::Plain).before("：", ": ")]),
    ),
    Field::new("reconsiderations", "申请行政复议", "Reconsiderations", As::Plain),
    Field::new("lawsuits", "提起行政诉讼", "Lawsuits", As::Plain),
    Field::new("problems", "主要问题及改进情况", "Problems and improvements", As::Plain),
    Field::new("submitted_to", "报送机关", "Submitted to", As::Plain),
    Field::new("url", "公布地址", "Published at", As::Plain),
];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("disclosure", MATTERS, FIELDS).with::<ApplicationEvent>().with::<YearEvent>().with::<SeriesEvent>()
}
