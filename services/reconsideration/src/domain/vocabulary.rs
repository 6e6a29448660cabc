//! What reconsideration calls things. The titles of events and steps stand beside the events themselves.

use law::{
    Label, Vocabulary,
    vocabulary::{Counts, Field, Form as As, IndicatorCard, MatterCard, Need, Outcome as Decision, Part, Piece, Word},
};
use lists::{facts::PENALTY, officers::OFFICIAL};

use super::{
    events::{ActEvent, AppealEvent, ReactionEvent, SeriesEvent},
    words::*,
};

/// The stages of an application, as events name them.
pub mod stage {
    /// 申请.
    pub const APPLY: &str = "apply";
    /// 受理.
    pub const ACCEPT: &str = "accept";
    /// 答复.
    pub const ANSWER: &str = "answer";
    /// 审理.
    pub const REVIEW: &str = "review";
    /// 决定.
    pub const DECIDE: &str = "decide";
    /// 送达.
    pub const SERVE: &str = "serve";
    /// 履行.
    pub const PERFORM: &str = "perform";
    /// 应诉.
    pub const LITIGATE: &str = "litigate";
    /// 结案.
    pub const CLOSE: &str = "close";
}

/// The same in their order, as people read them.
pub static STAGES: &[Word] = &[
    Word::new(stage::APPLY, "申请", "Application"),
    Word::new(stage::ACCEPT, "受理", "Acceptance"),
    Word::new(stage::ANSWER, "答复", "Answer"),
    Word::new(stage::REVIEW, "审理", "Review"),
    Word::new(stage::DECIDE, "决定", "Decision"),
    Word::new(stage::SERVE, "送达", "Service"),
    Word::new(stage::PERFORM, "履行", "Performance"),
    Word::new(stage::LITIGATE, "应诉", "Litigation"),
    Word::new(stage::CLOSE, "结案", "Closing"),
];

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const APPLICANT: Label = Label::new("申请人", "applicant");
    pub(crate) const COMMITTEE: Label = Label::new("行政复议委员会", "committee");
    pub(crate) const COURT: Label = Label::new("人民法院", "court");
    pub(crate) const INSTITUTION_HEAD: Label = Label::new("复议机构负责人", "head of the reconsideration institution");
    pub(crate) const ORGAN: Label = Label::new("复议机构", "reconsideration institution");
    pub(crate) const ORGAN_HEAD: Label = Label::new("复议机关负责人", "head of the reconsideration organ");
    pub(crate) const RESPONDENT: Label = Label::new("被申请人", "respondent");
    pub(crate) const THIRD_PARTY: Label = Label::new("第三人", "third party");
}

/// The kind of every matter of this service.
pub const APPEAL: &str = "appeal";

/// Ends that are no decision, beside the words of [`Outcome`].
pub(super) mod outcome {
    pub(crate) const REJECTED: &str = "rejected";
    pub(crate) const LAPSED: &str = "lapsed";
    pub(crate) const WITHDRAWN: &str = "withdrawn";
    pub(crate) const TERMINATED: &str = "terminated";
    pub(crate) const MEDIATED: &str = "mediated";
}

/// The numbers that events count for.
pub(super) mod indicator {
    pub(crate) const CORRECTED: &str = "reconsideration_corrected";
    pub(crate) const MEDIATED: &str = "reconsideration_mediated";
    pub(crate) const APPEARED: &str = "head_appeared";
    pub(crate) const LOST: &str = "suit_lost";
}

/// Where the decision's fields stand in the file.
pub(super) const DECIDED: Part = Part::Decision {
    number: "number",
    outcome: ("outcome", Label::NONE),
    facts: "facts",
    bases: "bases",
    performance: "extent",
    appeal: "appeal",
    by: "decided_by",
};

/// Where those of a mediation stand.
pub(super) const MEDIATED: Part = Part::Decision {
    number: "number",
    outcome: ("agreed", Label::new("达成调解", "agreed")),
    facts: "terms",
    bases: "",
    performance: "",
    appeal: "",
    by: "",
};

/// Ends without a decision.
static ENDS: [Decision; 5] = [
    Decision::new(outcome::REJECTED, "不予受理", "not accepted"),
    Decision::new(outcome::LAPSED, "视为放弃", "given up"),
    Decision::new(outcome::WITHDRAWN, "撤回终止", "withdrawn"),
    Decision::new(outcome::TERMINATED, "终止", "terminated"),
    Decision::new(outcome::MEDIATED, "调解结案", "mediated"),
];

/// All that an application can come to.
static OUTCOMES: [Decision; ENDS.len() + Outcome::ALL.len()] = {
    let mut all = [Decision::new("", "", ""); ENDS.len() + Outcome::ALL.len()];
    let mut n = 0;
    while n < all.len() {
        all[n] = if n < ENDS.len() {
            ENDS[n]
        } else {
            let word = Outcome::ALL[n - ENDS.len()].word();
            Decision::new(word.id, word.label.zh, word.label.en).title("行政复议决定", "The reconsideration decision")
        };
        n += 1;
    }
    all
};

/// Which rules say whether an application needs a stage: turned away or withdrawn, it needs no more.
static NEEDS: &[Need] = &[
    Need::of(stage::ACCEPT, &["RE-FIVE"]).unless(&["RE-REJECT"]),
    Need::of(stage::ANSWER, &["RE-ANSWER"]).unless(&["RE-REJECT"]),
    Need::of(stage::REVIEW, &["RE-HEARD", "RE-HEARING", "RE-COMMITTEE"]).unless(&["RE-REJECT", "RE-WITHDRAW"]),
    Need::of(stage::DECIDE, &["RE-SIXTY"]).unless(&["RE-REJECT", "RE-WITHDRAW"]),
    Need::of(stage::PERFORM, &["RE-PERFORM"]).unless(&["RE-REJECT"]),
];

static MATTERS: &[MatterCard] = &[MatterCard {
    kind: APPEAL,
    label: Label::new("行政复议", "Reconsideration"),
    stages: STAGES,
    needs: NEEDS,
    ended_at: stage::CLOSE,
    facts: &[
        Field::new("number", "登记号", "Register number", As::Plain),
        Field::new("party", "申请人", "Applicant", As::Plain),
        Field::new("filed", "收到日期", "Received on", As::Plain),
        Field::new("place", "复议机关", "Organ", As::Plain),
        Field::new("source_reference", "被复议行为文号", "Number of the act", As::Plain),
        Field::new("from", "行为日期", "Day of the act", As::Plain),
        Field::new("discovered", "知道日期", "Known on", As::Plain),
        Field::new("decision_number", "决定书文号", "Number of the decision", As::Plain),
        Field::new("procedure", "行政行为类别", "Kind of act", As::Word(ActKind::WORDS)),
        Field::new("source", "申请方式", "Channel", As::Word(Channel::WORDS)),
        Field::new("party_kind", "申请人类别", "Kind of applicant", As::Word(PersonKind::WORDS)),
    ],
    outcomes: &OUTCOMES,
    indicators: INDICATORS,
}];

static INDICATORS: &[IndicatorCard] = &[
    IndicatorCard {
        id: indicator::CORRECTED,
        label: Label::new("复议纠错率", "Corrected on reconsideration"),
        formula: Label::new(
            "（变更 + 撤销 + 确认违法 + 确认无效 + 责令履行）÷ 审结，按被申请人",
            "(changed + revoked + unlawful + void + ordered to perform) ÷ all that were accepted and ended, by respondent",
        ),
        counts: Counts::Decided,
        target: None,
    },
    IndicatorCard {
        id: indicator::MEDIATED,
        label: Label::new("复议调解成功率", "Mediations agreed"),
        formula: Label::new("达成调解 ÷ 开展调解，按被申请人", "agreed ÷ held, by respondent"),
        counts: Counts::Ended,
        target: Some(9_000),
    },
    IndicatorCard {
        id: "reconsideration_in_time",
        label: Label::new("复议按期办结率", "Reconsiderations decided in time"),
        formula: Label::new(
            "按期办结 ÷（按期办结 + 超期办结 + 目前逾期）",
            "decided in time ÷ (in time + late + overdue today)",
        ),
        counts: Counts::Clock("RE-SIXTY"),
        target: Some(10_000),
    },
    IndicatorCard {
        id: "reconsideration_answered",
        label: Label::new("复议按期答复率", "Respondents that answered in time"),
        formula: Label::new(
            "按期答复 ÷（按期答复 + 超期答复 + 目前逾期），按被申请人",
            "answered in time ÷ (in time + late + overdue today), by respondent",
        ),
        counts: Counts::Clock("RE-ANSWER"),
        target: Some(10_000),
    },
    IndicatorCard {
        id: "reconsideration_performed",
        label: Label::new("复议决定履行率", "Decisions performed in time"),
        formula: Label::new(
            "按期履行 ÷（按期履行 + 超期履行 + 目前逾期），按被申请人",
            "performed in time ÷ (in time + late + overdue today), by respondent",
        ),
        counts: Counts::Clock("RE-PERFORM"),
        target: Some(10_000),
    },
    IndicatorCard {
        id: indicator::APPEARED,
        label: Label::new("应诉负责人出庭率", "Heads who appeared in court"),
        formula: Label::new(
            "每次开庭负责人均出庭的案件 ÷ 开庭的案件，按被诉机关",
            "cases with the head in every trial ÷ cases heard, by agency",
        ),
        counts: Counts::Ended,
        target: Some(10_000),
    },
    IndicatorCard {
        id: indicator::LOST,
        label: Label::new("行政诉讼败诉率", "Suits lost"),
        formula: Label::new("败诉 ÷ 有裁判的案件，按被诉机关", "lost ÷ cases judged, by agency"),
        counts: Counts::Ended,
        target: None,
    },
];

const PERSON: As = As::Parts(&[
    Piece::of("name", As::Plain),
    Piece::of("kind", As::Word(PersonKind::WORDS)).before("（", " (").after("）", ")"),
    Piece::of("uscc", As::Plain).before("，", ", "),
]);

const AGENCY: As = As::Parts(&[Piece::of("name", As::Plain)]);

static FIELDS: &[Field] = &[
    Field::new("text", "文号", "Number", As::Plain),
    Field::new("organ", "复议机关", "Organ", AGENCY),
    Field::new("respondent", "被申请人", "Respondent", AGENCY),
    Field::new("relation", "管辖关系", "Why competent", As::Word(Relation::WORDS)),
    Field::new("channel", "申请方式", "Channel", As::Word(Channel::WORDS)),
    Field::new("made", "提出日期", "Made on", As::Plain),
    Field::new("oral_record", "口头申请笔录", "Record of the oral application", As::Plain),
    Field::new("applicant", "申请人", "Applicant", PERSON),
    Field::new("applicants", "申请人数", "Applicants", As::Plain),
    Field::new(
        "act",
        "被复议的行政行为",
        "Act",
        As::Parts(&[
            Piece::of("kind", As::Word(ActKind::WORDS)),
            Piece::of("number", As::Plain).before("，", ", "),
            Piece::of("what", As::Plain).before("，", ", "),
            Piece::of("done", As::Plain).before("，作出于", ", done on "),
            Piece::of("known", As::Plain).before("，知道于", ", known on "),
            Piece::of("penalties", PENALTY).before("，", ", "),
        ]),
    ),
    Field::new("request", "复议请求", "Request", As::Plain),
    Field::new("reasons", "理由", "Reasons", As::Plain),
    Field::new("void_asked", "申请确认无效", "Asked to be found void", As::Plain),
    Field::new("compensation_fen", "赔偿请求", "Compensation asked for", As::Money),
    Field::new("norm", "附带审查的文件", "Document to be reviewed", As::Plain),
    Field::new(
        "hindrances",
        "受阻期间",
        "Days hindered",
        As::Parts(&[
            Piece::of("from", As::Plain),
            Piece::of("until", As::Plain).before("至", " to "),
            Piece::of("reason", As::Plain).before("：", ": "),
        ]),
    ),
    Field::new("court", "人民法院", "Court", As::Plain),
    Field::new("unwilling", "撤回非真实意愿的证明", "Proof of an unwilling withdrawal", As::Plain),
    Field::new("item_name", "权力事项", "Power item", As::Plain),
    Field::new("what", "内容", "What", As::Plain),
    Field::new("notice", "通知书", "Notice", As::Plain),
    Field::new("sent", "发出日期", "Sent on", As::Plain),
    Field::new("in_time", "期限内", "In time", As::Plain),
    Field::new("working_days", "延长工作日", "Working days more", As::Plain),
    Field::new("content", "内容", "Content", As::Plain),
    Field::new("excuse", "申请人说明的理由", "Reason given for the delay", As::Plain),
    Field::new("why_not", "不属正当理由的说明", "Why it is no good reason", As::Plain),
    Field::new("deemed", "视为受理", "Accepted by silence", As::Plain),
    Field::new("procedure", "程序", "Procedure", As::Word(Procedure::WORDS)),
    Field::new("consent", "当事人同意", "Consent", As::Plain),
    Field::new("lack", "不予受理的情形", "What it lacks", As::Word(Lack::WORDS)),
    Field::new("competent", "有权机关（有权处理）", "Competent", As::Plain),
    Field::new("officers", "承办人员", "Handlers", As::Officers),
    Field::new("complex", "重大、疑难、复杂", "Complex", As::Plain),
    Field::new("technical", "专业性、技术性较强", "Technical", As::Plain),
    Field::new("person", "第三人", "Third party", PERSON),
    Field::new("interest", "利害关系", "Interest", As::Plain),
    Field::new("opposes", "请求与申请人相反", "Asks for the opposite", As::Plain),
    Field::new("speaker", "身份", "As what", As::Word(Speaker::WORDS)),
    Field::new("count", "人数", "How many", As::Plain),
    Field::new("of", "代表或者委托人", "For whom", As::Plain),
    Field::new("persons", "代表人、代理人", "Representatives, agents", PERSON),
    Field::new("opened_by", "启封人", "Opened by", As::Plain),
    Field::new("until", "可查阅至", "May be read until", As::Moment),
    Field::new("other", "另一案件", "The other case", As::Plain),
    Field::new("answer", "答复", "Answer", As::Plain),
    Field::new("evidence", "证据", "Evidence", As::Plain),
    Field::new("bases", "依据", "Provisions", As::Plain),
    Field::new("gathered", "收集日期", "Gathered on", As::Plain),
    Field::new("new_reason", "新提出的理由或者证据", "What was brought up", As::Plain),
    Field::new("agreed_by", "同意人", "Agreed by", As::person("同意补充证据", "agreed to evidence")),
    Field::new("cards_shown", "出示工作证件", "Cards shown", As::Plain),
    Field::new("reader", "查阅人", "Reader", As::Plain),
    Field::new("granted", "同意查阅", "Granted", As::Plain),
    Field::new("secret", "不予查阅的情形", "Kept back for", As::Word(Secret::WORDS)),
    Field::new("kept_back", "不予查阅的材料", "Kept back", As::Plain),
    Field::new("party", "当事人", "Party", As::Plain),
    Field::new("method", "听取方式", "How", As::Word(Hearing::WORDS)),
    Field::new("record", "记录", "Record", As::Plain),
    Field::new("hearing_at", "听证时间", "Hearing at", As::Moment),
    Field::new("matters", "听证事项", "Matters", As::Plain),
    Field::new("host", "主持人", "Host", As::Plain),
    Field::new("assessors", "听证员", "Assessors", As::Plain),
    Field::new("recorder", "记录员", "Recorder", As::Plain),
    Field::new("applicant_present", "申请人到场", "Applicant present", As::Plain),
    Field::new("head", "到场的负责人", "Head present", As::person("负责人到场", "head present")),
    Field::new("absence", "负责人未到场的理由", "Why no head came", As::Plain),
    Field::new("delegate", "受委托的工作人员", "Sent in his place", As::person("受委托到场", "sent by the head")),
    Field::new("members", "参加人员", "Members", As::Plain),
    Field::new("asked", "提出日期", "Asked on", As::Plain),
    Field::new("letter", "文书", "Letter", As::Plain),
    Field::new("lawful", "合法", "Lawful", As::Plain),
    Field::new("result", "处理结果", "Result", As::Plain),
    Field::new("statement", "申请人的表示", "The applicant's statement", As::Plain),
    Field::new("settlement", "和解内容", "Settlement", As::Plain),
    Field::new("permitted_by", "准予人", "Permitted by", As::person("准予撤回", "permitted by")),
    Field::new("examined", "已审查合法性", "Lawfulness examined", As::Plain),
    Field::new("agreed", "达成协议", "Agreed", As::Plain),
    Field::new("terms", "协议内容", "Terms", As::Plain),
    Field::new("voluntary", "自愿", "Of free will", As::Plain),
    Field::new("signed", "各方签字", "Signed by all", As::Plain),
    Field::new("sealed", "加盖印章", "Sealed", As::Plain),
    Field::new("perform_days", "履行期限", "Time to perform", As::Days),
    Field::new("stayed", "停止执行", "Stayed", As::Plain),
    Field::new("case", "案件", "Case", As::Plain),
    Field::new("official", "负责人职务", "Office held", OFFICIAL),
    Field::new("outcome", "决定", "Outcome", As::Word(Outcome::WORDS)),
    Field::new("facts", "认定的事实", "Facts found", As::Plain),
    Field::new("changed_to", "变更为", "Changed to", PENALTY),
    Field::new("extent", "决定内容", "What is decided", As::Plain),
    Field::new("redo", "责令重新作出", "To be done again", As::Plain),
    Field::new("restitution", "返还、解除、赔偿价款", "Return, release, payment", As::Plain),
    Field::new(
        "compensation",
        "行政赔偿",
        "Compensation",
        As::Parts(&[Piece::of("granted_fen", As::Money), Piece::of("reason", As::Plain).before("，", ", ")]),
    ),
    Field::new("third_party_evidence", "第三人提供的证据", "Evidence of a third party", As::Plain),
    Field::new("hearing_followed", "听证笔录的采纳", "How the hearing was followed", As::Plain),
    Field::new("appeal", "救济途径", "How to go to court", As::Plain),
    Field::new("basis_at_fault", "依据有误", "The basis is at fault", As::Plain),
    Field::new("item_at_fault", "有误的权力事项", "Item at fault", As::Plain),
    Field::new("act_number", "被复议行为文号", "Number of the act", As::Plain),
    Field::new("receiver", "接受转送的机关", "Receiving agency", AGENCY),
    Field::new("through", "作出机关收到申请日期", "Handed in with the agency of the act on", As::Plain),
    Field::new("receipt", "凭证", "Receipt", As::Plain),
    Field::new("informed", "抄告机关", "Copied to", As::Plain),
    Field::new("url", "公开地址", "Published at", As::Plain),
    Field::new("names_removed", "隐去个人信息", "Names removed", As::Plain),
    Field::new("to", "发往机关", "To", AGENCY),
    Field::new("problem", "问题", "Problem", As::Plain),
    Field::new("report", "纠正情况", "What was corrected", As::Plain),
    Field::new("same_facts", "同一事实", "Same facts", As::Plain),
    Field::new("same_reasons", "同一理由", "Same reasons", As::Plain),
    Field::new("difference", "与被撤销行为的区别", "In what it differs", As::Plain),
    Field::new("means", "方式", "Means", As::Word(Means::WORDS)),
    Field::new("requested", "向财政部门申请日期", "Asked of the finance department on", As::Plain),
    Field::new("effect", "反馈", "Effect", As::Word(Effect::WORDS)),
    Field::new("reference", "记录", "Where", As::Plain),
    Field::hidden("suit"),
    Field::new("filed", "起诉日期", "Brought on", As::Plain),
    Field::new("defendant", "被告", "Defendant", As::Word(Defendant::WORDS)),
    Field::new("late_reason", "逾期受理的理由", "Why accepted late", As::Plain),
    Field::new("instance", "审级", "Instance", As::Word(Instance::WORDS)),
    Field::new("judgment", "裁判结果", "Judgment", As::Word(Judgment::WORDS)),
    Field::new("binding", "已经生效", "Binding", As::Plain),
    Field::hidden("suggestion"),
    Field::new("file", "案卷号", "File", As::Plain),
    Field::new("unpublished", "不公开的理由", "Why not public", As::Plain),
];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("reconsideration", MATTERS, FIELDS)
        .with::<AppealEvent>()
        .with::<ActEvent>()
        .with::<ReactionEvent>()
        .with::<SeriesEvent>()
}
