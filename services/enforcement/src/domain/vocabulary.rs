//! What enforcement calls things: stages, whose act an event is, fields, indicators. The titles of events and steps stand
//! beside the events themselves, the words of closed sets beside their enums.

use law::{
    Label, Vocabulary,
    vocabulary::{
        Counts, Field,
        Form::{self, Code, Moment, Money, Parts, Person, Plain},
        IndicatorCard, MatterCard, Need, Outcome, Part, Piece, Teller, Word,
    },
};

use lists::{
    facts::{ObjectKind, PENALTY, TierLevel, told_findings},
    officers::OFFICIAL,
};

use super::events::{
    AgencyEvent, AppealEnding, CaseEvent, ClosedGround, DiscussionResult, DisposalWay, GoverningReason, GuardianDuty,
    LeadEvent, MitigatingGround, PartyEvent, PartyKind, PayChannel, Procedure, ReactionEvent, ReceiptIssuer,
    RecordForm, RecordStage, SeriesEvent, ServiceMethod, SourceKind, SpotGround, Taker,
};

/// The stages of the full process (TSI), as events name them.
pub mod stage {
    /// 核查, of a lead.
    pub const CHECK: &str = "check";
    /// 办案, of a lead on which a case was filed.
    pub const FOLLOW: &str = "follow";
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
    pub(crate) const LIST_OFFICE: Label = Label::new("清单管理机关", "list office");
    pub(crate) const OFFICERS: Label = Label::new("执法人员", "officers");
    pub(crate) const PARTY: Label = Label::new("当事人", "party");
    pub(crate) const POLICE: Label = Label::new("公安机关", "police");
    pub(crate) const REVIEWER: Label = Label::new("法制审核人员", "legal reviewer");
    pub(crate) const SUPERIOR: Label = Label::new("共同上级机关", "common superior");
}

/// The kind of a case.
pub const CASE: &str = "case";
/// The kind of a lead.
pub const LEAD: &str = "lead";

/// What the decision of a case comes to.
pub mod outcome {
    /// A penalty.
    pub const PUNISHED: &str = "punished";
    /// None.
    pub const WITHHELD: &str = "withheld";
    /// Of a lead: a case.
    pub const FILED: &str = "filed";
    /// Of a lead: none.
    pub const DROPPED: &str = "dropped";
}

static FACTS: &[Field] = &[
    Field::new("number", "立案号", "Filing number", Plain),
    Field::new("subject", "违法事实", "The violation", Plain),
    Field::new("procedure", "程序", "Procedure", Form::Word(Procedure::WORDS)),
    Field::new("party_kind", "当事人", "Party", Form::Word(PartyKind::WORDS)),
    Field::new("source", "案件来源", "Source", Form::Word(SourceKind::WORDS)),
    Field::new("from", "违法时间", "When", Plain),
];

static MATTERS: &[MatterCard] = &[
    MatterCard {
        kind: CASE,
        label: Label::new("处罚案件", "Penalty case"),
        stages: STAGES,
        needs: NEEDS,
        ended_at: stage::CLOSE,
        facts: FACTS,
        outcomes: &[
            Outcome::new(outcome::PUNISHED, "已处罚", "punished")
                .title("处罚决定", "The decision")
                .counted("处罚决定", "Penalties decided"),
            Outcome::new(outcome::WITHHELD, "不予处罚", "not punished")
                .title("不予处罚决定", "Decision not to punish")
                .counted("不予处罚", "Not punished"),
        ],
        indicators: INDICATORS,
    },
    MatterCard {
        kind: LEAD,
        label: Label::new("线索", "Lead"),
        stages: LEAD_STAGES,
        needs: &[Need::of(stage::FOLLOW, &["EN-LEAD"])],
        ended_at: stage::FOLLOW,
        facts: LEAD_FACTS,
        outcomes: &[
            Outcome::new(outcome::FILED, "已立案", "case filed").title("立案", "The filing"),
            Outcome::new(outcome::DROPPED, "不予立案", "no case filed").title("不予立案", "Decision to file no case"),
        ],
        indicators: &[],
    },
];

/// Which rules say whether a case needs a stage: without a penalty, and where it is imposed on the spot, some need not be.
static NEEDS: &[Need] = &[
    Need::of(stage::INVESTIGATE, &["EN-EVIDENCE"]).unless(&["EN-SIMPLE"]),
    Need::of(stage::NOTIFY, &["EN-NOTICE"]).unless(&["EN-EXEMPT"]),
    Need::of(stage::STATE, &["EN-STATEMENT"]).unless(&["EN-EXEMPT"]),
    Need::of(stage::HEAR, &["EN-HEARING"]).unless(&["EN-EXEMPT"]),
    Need::of(stage::REVIEW, &["EN-REVIEW"]).unless(&["EN-EXEMPT", "EN-SIMPLE"]),
    Need::of(stage::DELIBERATE, &["EN-COLLECTIVE"]).unless(&["EN-EXEMPT", "EN-SIMPLE"]),
    Need::of(stage::DECIDE, &["EN-NINETY", "EN-REDO"]),
    Need::of(stage::SERVE, &["EN-SERVE"]),
    Need::of(stage::PUBLICISE, &["EN-PUBLICISE"]).unless(&["EN-EXEMPT", "EN-SIMPLE"]),
    Need::of(stage::EXECUTE, &[]).unless(&["EN-EXEMPT"]),
];

/// The stages of a lead.
static LEAD_STAGES: &[Word] = &[Word::new(stage::CHECK, "核查", "Check"), Word::new(stage::FOLLOW, "立案查处", "Case")];

/// What lists of leads show.
static LEAD_FACTS: &[Field] = &[
    Field::new("source", "来源", "Source", Form::Word(SourceKind::WORDS)),
    Field::new("source_reference", "来源编号", "Source reference", Plain),
];

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

const PARTY: Form = Parts(&[
    Piece::of("name", Plain),
    Piece::of("kind", Form::Word(PartyKind::WORDS)).before("（", " (").after("）", ")"),
]);

const VIOLATION: Form = Parts(&[
    Piece::of("fact", Plain),
    Piece::of("place", Plain).before("（", "（"),
    Piece::of("from", Plain).before("，", "，").after("）", "）"),
]);

/// `第2版，裁量基准第1版，新规定较轻`.
const GOVERNING: Form = Parts(&[
    Piece::of("item_version", Plain).before("第", "version ").after("版，", ", "),
    Piece::of("standard_version", Plain).before("裁量基准第", "standard ").after("版，", ", "),
    Piece::of("reason", Form::Word(GoverningReason::WORDS)),
]);

/// `法定代表人或者主要负责人，2024-03-15，邮件1234567890`.
const DELIVERY: Form = Parts(&[
    Piece::of("taken_by", Form::Word(Taker::WORDS)),
    Piece::of("received_on", Plain).before("，", ", "),
    Piece::of("through", Plain).before("，", ", "),
    Piece::of("refused", Plain).before("，拒收：", ", refused: "),
    Piece::of("witnesses", Plain).before("，见证人：", ", witnessed by "),
]);

/// `主动消除危害后果：召回全部产品，认定：是，召回属实`.
const MITIGATION: Form = Parts(&[
    Piece::of("ground", Form::Word(MitigatingGround::WORDS)),
    Piece::of("fact", Plain).before("：", ": "),
    Piece::of("established", Plain).before("，认定：", ", held to be so: "),
    Piece::of("reason", Plain).before("，", ", "),
]);

/// `抚市监立〔2024〕1号，抚远市市场监督管理局`.
pub(super) const ALIKE: Form = Parts(&[Piece::of("number", Plain), Piece::of("agency_name", Plain).before("，", ", ")]);

/// `2024-06-28：30,000元`.
const INSTALMENT: Form = Parts(&[Piece::of("due", Plain), Piece::of("amount_fen", Money).before("：", ": ")]);

/// `进货查验记录不完整（no_penalty/11230883MB01310199/MF-131-2，第1版）`.
const CONSIDERED: Form = Parts(&[
    Piece::of("name", Plain),
    Piece::of("entry", Plain).before("（", " ("),
    Piece::of("version", Plain).before("，第", ", version ").after("版）", ")"),
]);

/// `邮寄送达 2024-03-15：退回`.
const ATTEMPT: Form = Parts(&[
    Piece::of("method", Form::Word(ServiceMethod::WORDS)),
    Piece::of("on", Plain).before(" ", " "),
    Piece::of("outcome", Plain).before("：", ": "),
]);

/// What a revoked decision imposed.
pub(super) const REVOKED: Form = Parts(&[Piece::of("penalties", PENALTY)]);

/// `事实相同，理由不同`.
const REDONE: Form = Parts(&[
    Piece::of("same_facts", Plain).before("事实相同：", "same facts: "),
    Piece::of("same_reasons", Plain).before("；理由相同：", "; same reasons: "),
]);

/// How fields are worded that several events have, or one alone; the others stand with their events.
/// How long the item's own article lets a measure last.
const LONGEST: Form =
    Parts(&[Piece::of("period", Form::Period), Piece::of("under", Plain).before("，依照", ", under ")]);

/// What ACL 20 asks of a restraint.
const RESTRAINT: Form =
    Parts(&[Piece::of("family_told_at", Moment).before("当场通知家属 ", "family told on the spot ")]);

static FIELDS: &[Field] = &[
    Field::new("accepted", "是否受理", "Accepted", Plain),
    Field::new("address_stated", "载明当事人姓名地址", "Address stated", Plain),
    Field::new("agency_name", "执法机关", "Agency", Plain),
    Field::new(
        "agents",
        "代理人",
        "Agents",
        Parts(&[Piece::of("capacity", Plain), Piece::of("authority", Plain).before("，", ", ")]),
    ),
    Field::new("agreed", "确定管辖的机关", "Agreed on", Plain),
    Field::new("alike", "疑为同一行为的另案", "Cases that look like the same act", ALIKE),
    Field::new("also_breaks", "同时违反的权力事项", "Items that the act breaks, too", Plain),
    Field::new("answer", "答复", "Answer", Plain),
    Field::new("answer_by", "陈述申辩截止日", "To state by", Plain),
    Field::new("appeal", "救济途径", "How to appeal", Plain),
    Field::new("applied_on", "申请日期", "Applied on", Plain),
    Field::new("applies", "是否适用", "Applies", Plain),
    Field::new("approval", "批准文件", "Approval", Plain),
    Field::new("approved_at", "批准时间", "Approved at", Moment),
    Field::new("archive_number", "档号", "Archive number", Plain),
    Field::new("area", "区域", "Area", Plain),
    Field::new("ashore_on", "抵岸日期", "Ashore on", Plain),
    Field::new("bases", "依据", "Bases", Plain),
    Field::new("begun", "开始", "Begun", Plain),
    Field::new("by", "作出机关", "By", Plain),
    Field::new("broken", "违反的应对措施", "Measure broken", Plain),
    Field::hidden("case"),
    Field::new("certificate_shown", "出示执法证件", "Certificate shown", Plain),
    Field::new("channel", "缴纳方式", "Channel", Form::Word(PayChannel::WORDS)),
    Field::new("closed_ground", "不公开的理由", "Why it is closed", Form::Word(ClosedGround::WORDS)),
    Field::new("collector", "收缴人员", "Collected by", Plain),
    Field::new("complex", "疑难复杂", "Complex", Plain),
    Field::new("conclusion", "结论", "Conclusion", Plain),
    Field::new("confined", "判处拘役或者有期徒刑", "Confined", Plain),
    Field::new("consent", "电子送达同意书", "Consent", Plain),
    Field::new("content", "内容", "Content", Plain),
    Field::new("contents_sha256", "卷内目录摘要", "Contents, SHA-256", Plain),
    Field::new("corrected", "已经改正", "Corrected", Plain),
    Field::new("corrected_on", "改正日期", "Corrected on", Plain),
    Field::new("court", "人民法院", "Court", Plain),
    Field::new("crime", "罪名", "Crime", Plain),
    Field::new("declared_by", "宣布机关", "Declared by", Plain),
    Field::new("delivery", "送达经过", "How it was served", DELIVERY),
    Field::new("departure", "偏离基准的理由", "Reasons for departing", Plain),
    Field::new("description", "说明", "Description", Plain),
    Field::new("designated", "指定机关", "Designated", Plain),
    Field::new("designation", "指定管辖文书", "Designation", Plain),
    Field::new("device", "自动化设备", "Device", Parts(&[Piece::of("device", Plain)])),
    Field::new("difference", "与被撤销决定的区别", "Difference from what was revoked", Plain),
    Field::new("dissent", "不同意见", "Dissent", Plain),
    Field::new("distinct_from", "与前案非同一行为", "Distinct from", Parts(&[Piece::of("reason", Plain)])),
    Field::new("duty", "责令内容", "Ordered", Form::Word(GuardianDuty::WORDS)),
    Field::new("education", "教育情况", "Education", Plain),
    Field::new("effective", "取消之日", "Cancelled from", Plain),
    Field::new("ending", "结束方式", "Ending", Form::Word(AppealEnding::WORDS)),
    Field::new("emergency", "突发事件", "Emergency", Plain),
    Field::new("ends_if_missed", "逾期一期即可终止分期", "Ends if a part is missed", Plain),
    Field::new("entries", "核对的免罚清单事项", "Entries looked at", CONSIDERED),
    Field::new("evidence", "证据", "Evidence", Plain),
    Field::new("examined", "当事人申辩和质证", "Party defended and examined", Plain),
    Field::new("excuse", "当事人所述理由", "Reason given by the party", Plain),
    Field::new("fact", "违法事实", "Fact", Plain),
    Field::new("facts", "认定事实", "Facts", Plain),
    Field::new("field", "执法领域", "Field", Plain),
    Field::new("filed", "是否立案", "Filed", Plain),
    Field::new("filing_number", "立案号", "Filing number", Plain),
    Field::new("fine_fen", "罚款合计", "Fines", Money),
    Field::new("for_procedure", "因违反法定程序撤销", "Revoked for its procedure", Plain),
    Field::new("family_told_at", "通知家属时间", "Family told", Moment),
    Field::new("findings", "查明的数额和情节", "Measured and found", Form::Told(Teller(told_findings))),
    Field::new("form", "记录形式", "Form", Form::Word(RecordForm::WORDS)),
    Field::new("found", "核查情况", "Found", Plain),
    Field::new("genuine", "查证属实", "Genuine", Plain),
    Field::new("given", "是否协助", "Given", Plain),
    Field::new("governed_by", "适用规定", "Governing law", GOVERNING),
    Field::new("goods", "没收的第几项", "Which confiscation", Plain),
    Field::new("granted", "是否暂缓执行", "Granted", Plain),
    Field::new("guarantee", "担保人或者保证金", "Guarantor or deposit", Plain),
    Field::new("guardian", "监护人", "Guardian", Plain),
    Field::new("hardship", "经济困难情况", "Hardship", Plain),
    Field::new("hearing_at", "听证时间", "Hearing at", Moment),
    Field::new("hearing_required", "符合听证条件", "Hearing required", Plain),
    Field::new("hearing_right_told", "告知听证权利", "Right to a hearing told", Plain),
    Field::new("heads", "参加的负责人", "Heads among them", OFFICIAL),
    Field::new("host", "主持人", "Host", Person { part: by::HOST, code: "host" }),
    Field::new("hours", "小时", "Hours", Plain),
    Field::new("how", "方式", "How", Plain),
    Field::new("in_time", "在期限内", "In time", Plain),
    Field::new("instalments", "分期期数", "Instalments", Plain),
    Field::new("item_name", "权力事项", "Power item", Plain),
    Field::new("item_version", "事项版本", "Item version", Plain),
    Field::new("lead", "线索", "Lead", Plain),
    Field::new("left_out", "隐去的内容", "Left out", Plain),
    Field::new("origin", "来源事项", "Origin", Plain),
    Field::new("verified", "反映情况是否属实", "Proved true", Plain),
    Field::new("longest", "事项规定的期限", "Time of the item", LONGEST),
    Field::new("major", "重大执法决定", "Major decision", Plain),
    Field::new("measure", "标识", "Reference", Plain),
    Field::new("members", "参加人员", "Members", Form::person("参加讨论", "took part")),
    Field::new("method", "方式", "Method", Form::Word(ServiceMethod::WORDS)),
    Field::new("minutes_sha256", "讨论记录摘要", "Minutes, SHA-256", Plain),
    Field::new("mitigating", "从轻减轻情节", "Mitigating facts", MITIGATION),
    Field::new("new_facts", "新查明事实", "New facts", Plain),
    Field::new("moving", "转移、隐匿财物的证据", "Evidence of property moved or hidden", Plain),
    Field::new("note", "备注", "Note", Plain),
    Field::new("objects", "物品", "Objects", Plain),
    Field::new("official", "负责人职务", "Office held", OFFICIAL),
    Field::new("of", "对象", "Of", Plain),
    Field::new("order", "责令改正标识", "Order", Plain),
    Field::new("outcome", "结果", "Outcome", Plain),
    Field::new("pages", "页数", "Pages", Plain),
    Field::new("parts", "各期", "Parts", INSTALMENT),
    Field::new("party", "当事人", "Party", PARTY),
    Field::new("party_present", "当事人在场", "Party present", Plain),
    Field::new("pay_by", "缴款期限", "Pay by", Plain),
    Field::new("penalties", "处罚内容", "Penalties", PENALTY),
    Field::new("perform_by", "履行期限", "Perform by", Plain),
    Field::new("performance", "履行方式和期限", "Performance", Plain),
    Field::new("papers", "决定书和清单", "Decision and list", Plain),
    Field::new("presented", "出示的证据", "Evidence presented", Plain),
    Field::new("preservation", "登记保存标识", "Preservation", Plain),
    Field::new("procedure", "程序", "Procedure", Form::Word(Procedure::WORDS)),
    Field::new("proposal", "处理建议", "Proposal", PENALTY),
    Field::new("proceeds_fen", "所得款项", "Proceeds", Money),
    Field::new("provision", "所依据的规定", "Provision", Plain),
    Field::new("public", "公开举行", "Public", Plain),
    Field::new("public_interest", "涉及重大公共利益", "Public interest", Plain),
    Field::new("quantity", "数量", "Quantity", Plain),
    Field::new("reasons", "理由", "Reasons", Plain),
    Field::new("reasons_told", "告知理由", "Reasons told", Plain),
    Field::new("receipt", "回执", "Receipt", Plain),
    Field::new("receipt_of", "票据制发机关", "Receipt of", Form::Word(ReceiptIssuer::WORDS)),
    Field::new("record_sha256", "笔录摘要", "Record, SHA-256", Plain),
    Field::new("recused", "是否回避", "Recused", Plain),
    Field::new("redone", "与被撤销决定对照", "Held against what was revoked", REDONE),
    Field::new("reference", "编号", "Reference", Plain),
    Field::new("reported_by", "报告人", "Reported by", Form::person("报告人", "reported by")),
    Field::new("reported_to", "报告对象", "Reported to", Plain),
    Field::new("request", "请求标识", "Request", Plain),
    Field::new("restraint", "限制人身自由", "Restraint", RESTRAINT),
    Field::new("result", "决议", "Resolved", Form::Word(DiscussionResult::WORDS)),
    Field::new("reviewer_name", "审核人", "Reviewer", Person { part: by::REVIEWER, code: "reviewer" }),
    Field::new("sample", "抽样标识", "Sample", Plain),
    Field::new("sealed", "加盖印章", "Sealed", Plain),
    Field::new("set_by", "下达机关", "Set by", Form::person("下达机关", "set by")),
    Field::new("signed", "当事人签名", "Signed", Plain),
    Field::new("source", "来源", "Source", Plain),
    Field::new("source_reference", "来源编号", "Source reference", Plain),
    Field::new("spot_ground", "当场收缴理由", "Ground for collecting on the spot", Form::Word(SpotGround::WORDS)),
    Field::new("stage", "环节", "Stage", Form::Word(RecordStage::WORDS)),
    Field::new("statement_heard", "听取陈述申辩", "Statement heard", Plain),
    Field::new("statement_right_told", "告知陈述申辩权", "Right to state told", Plain),
    Field::new("surcharge_fen", "加处罚款", "Surcharge", Money),
    Field::new("suspected", "涉嫌罪名", "Suspected crime", Plain),
    Field::new("text", "内容", "Text", Plain),
    Field::new("tier", "裁量阶次", "Tier", Code(TierLevel::WORDS)),
    Field::new("to", "对象", "To", Plain),
    Field::new("total_fen", "累计加处", "Total", Money),
    Field::new("trade", "行业", "Trade", Plain),
    Field::new("transfer", "是否移送", "Transfer", Plain),
    Field::new("touches", "措施对象", "Touches", Form::Word(ObjectKind::WORDS)),
    Field::new("urgent", "情况紧急", "Urgent", Plain),
    Field::new("tried", "此前的送达", "What was tried", ATTEMPT),
    Field::new("url", "公示地址", "Address", Plain),
    Field::new("value", "数值", "Value", Plain),
    Field::new("violation", "违法行为", "Violation", VIOLATION),
    Field::new("volumes", "卷数", "Volumes", Plain),
    Field::new("way", "处理方式", "How", Form::Word(DisposalWay::WORDS)),
    Field::new("what", "内容", "What", Plain),
    Field::new("who", "人员", "Who", Plain),
    Field::new("with", "争议机关", "With", Plain),
    Field::new("unsigned_note", "未签名的注明", "Why it was not signed", Plain),
    Field::new("witness", "见证人", "Witness", Plain),
    Field::new("year", "年度", "Year", Plain),
];

/// One piece of evidence, not the pieces that a decision rests on.
pub(super) const EVIDENCE: Field = Field::new("evidence", "证据标识", "Evidence", Plain);

/// Base amounts (货值金额, 违法所得…), not articles.
pub(super) const AMOUNTS: Field = Field::new(
    "bases",
    "依据",
    "Bases",
    Parts(&[Piece::of("of", Plain), Piece::of("amount_fen", Money).before("", ": ")]),
);

/// Where a penalty decision stands in the file.
pub(super) const PENALTY_DECIDED: Part = Part::Decision {
    number: "number",
    outcome: ("penalties", Label::NONE),
    facts: "facts",
    bases: "bases",
    performance: "performance",
    appeal: "appeal",
    by: "decided_by",
};

/// Where the decision not to punish stands in the file.
pub(super) const PENALTY_WITHHELD: Part = Part::Decision {
    number: "number",
    outcome: ("ground", Label::new("不予处罚：", "no penalty: ")),
    facts: "reason",
    bases: "",
    performance: "",
    appeal: "",
    by: "decided_by",
};

/// The stage of the process that the record of a stage is of.
pub(super) const RECORD_STAGES: &[(&str, &str)] = &[
    ("start", stage::FILE),
    ("investigation", stage::INVESTIGATE),
    ("review", stage::REVIEW),
    ("decision", stage::DECIDE),
    ("service", stage::SERVE),
    ("execution", stage::EXECUTE),
];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("enforcement", MATTERS, FIELDS)
        .with::<CaseEvent>()
        .with::<LeadEvent>()
        .with::<ReactionEvent>()
        .with::<SeriesEvent>()
        .with::<PartyEvent>()
        .with::<AgencyEvent>()
}
