//! Every word the pages say, in both languages, in one table.
//!
//! Templates name a field of [`Words`], so a missing word does not compile; the tests look for empty and untranslated
//! ones. Words for coded values (a role, a stage, a kind of penalty) are in [`super::terms`].

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    /// Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads `zh` or `en`, also as a browser or person would write them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.get(..2)?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// For the address and the cookie.
    pub(crate) fn code(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// For the `lang` attribute.
    pub(crate) fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The other language.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two.
    pub(crate) fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The words of this language.
    pub(crate) fn words(self) -> &'static Words {
        self.pick(&ZH, &EN)
    }
}

macro_rules! words {
    ($($key:ident: $zh:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(crate) struct Words { $(pub(crate) $key: &'static str,)* }
        static ZH: Words = Words { $($key: $zh,)* };
        static EN: Words = Words { $($key: $en,)* };
        #[cfg(test)]
        static TABLE: &[(&str, &str, &str)] = &[$((stringify!($key), $zh, $en),)*];
    };
}

words! {
    // Frame.
    product: "法治", "Fazhi";
    product_long: "法治政府监督", "law-based government oversight";
    skip: "跳到正文", "Skip to content";
    rooms: "主要栏目", "Rooms";
    crumbs: "当前位置", "You are here";
    switch_lang: "English", "中文";
    log_in: "登录", "Sign in";
    log_out: "退出", "Sign out";
    visitor: "公众访问", "Public visitor";
    needs_login: "需登录", "sign-in needed";
    foot: "数字都由事件账推算得出；可点开的数字，其后的清单与之逐条相符。时间为北京时间。", "Numbers are computed from the event ledger; one that is a link opens the list that it counts. Times are Beijing time.";
    overview: "总览", "Overview";
    agencies: "机关", "Agencies";
    cases: "案件", "Cases";
    decisions: "公示", "Published";
    items: "清单", "Lists";
    deadlines: "期限", "Deadlines";
    findings: "问题", "Findings";
    rules: "规则", "Rules";
    audit: "审计", "Audit";

    // States.
    not_found: "没有这一页", "There is no such page";
    not_found_why: "地址有误，或者该内容不存在、不对您公开。", "The address is wrong, or what it names does not exist or is not open to you.";
    forbidden: "您无权查看本页", "You may not see this page";
    forbidden_why: "本页只对以下角色开放：", "This page is open to these roles only:";
    forbidden_you: "您现在的身份：", "You are here as:";
    forbidden_scope: "执法人员只看本机关的案件；监督员和审计员只看本行政区划。", "Officers see their own agency's cases; supervisors and auditors see their region.";
    failed: "页面暂时打不开", "This page cannot be shown now";
    failed_why: "系统内部出错，没有数据因此改变。请稍后再试；如仍出错，请把事故编号告诉运维人员。", "Something failed inside; no data has changed. Try again in a moment; if it fails again, tell the operator the incident number.";
    unavailable: "数据暂时读不到", "The data cannot be read now";
    unavailable_why: "视图正在重建或数据库不可用。已提交的事件不受影响，请稍后再试。", "The views are being rebuilt or the database is away. Recorded events are not affected; try again in a moment.";
    bad_request: "查询条件有误", "The query is not valid";
    method_not_allowed: "本页只能查看", "This page can only be read";
    too_large: "请求过大", "The request is too large";
    incident: "事故编号", "Incident number";
    go_back: "回到总览", "Back to the overview";
    nothing: "没有符合条件的记录。", "Nothing matches.";
    nothing_yet: "尚无记录。", "Nothing recorded yet.";

    form_foreign: "表单来自另一个网站", "The form came from another site";
    form_foreign_why: "为防止冒用，已拒绝。请在本网站打开表单填写。", "It was refused, so that nobody acts in your name. Open the form on this site.";
    too_many: "提交过于频繁", "Too many forms were sent";
    too_many_again: "提交过于频繁，请稍后再提交；所填内容仍在下面，附件须重新选择。", "Too many forms were sent; send it again in a moment. What you typed is still here; choose your files again.";
    too_many_why: "请稍后再试；用浏览器的后退键可以回到表单，所填内容仍在。", "Try again in a moment; your browser's back button leads to the form with all that you typed.";

    // What visitors bring and follow.
    complain: "投诉举报", "Bring a matter";
    complain_why: "可以实名，也可以匿名。您写的原文、附件和身份信息加密封存，只有接收机关的受理人员可以看到原文；转给承办机关的是不含您身份的摘要。被反映的机关和人员看不到是谁反映的。", "Under your name or without one. Your words, your files and who you are are sealed; only the intake of the organ that receives it reads your words, and what goes further is a summary without you. Whom it is about does not learn who told.";
    form_problems: "请改正以下内容后再提交", "Please put this right and send it again";
    what_you_bring: "反映的内容", "What you bring";
    kind_of_matter: "类别（必选）", "Kind (required)";
    please_choose: "请选择", "please choose";
    your_words: "内容（必填）", "Your words (required)";
    your_words_why: "写明时间、地点、经过和请求。原文不会出现在任何清单和页面上。", "Say when, where, what happened and what you ask for. Your words appear in no list and on no other page.";
    files: "附件", "Files";
    files_why: "最多5个，每个不超过4 MiB；只接受 JPEG、PNG 图片和 PDF。文件名也一并封存。", "At most 5 files of up to 4 MiB: JPEG or PNG pictures, or PDF. Their names are sealed, too.";
    files_again: "附件没有保留，请重新选择。", "Your files were not kept: please choose them again.";
    files_too_many: "附件最多5个", "At most 5 files";
    files_too_large: "每个附件不超过4 MiB，全部不超过20 MiB", "At most 4 MiB a file, and 20 MiB in all";
    files_wrong: "附件须为 JPEG、PNG 图片或者 PDF，文件名不超过200字", "Files must be JPEG or PNG pictures or PDF, with names of at most 200 characters";
    whom_it_concerns: "所涉地区和机关", "Where, and whom it is about";
    this_region: "本地", "here";
    agency_complained_of: "被反映的机关", "Agency complained of";
    none_or_unknown: "没有或者不清楚", "none, or not known";
    agency_complained_of_why: "举报不会转给被举报的机关。", "A report is not passed to the agency that it accuses.";
    service_rated: "评价（仅用于政务服务好差评）", "Rating (of a government service only)";
    no_rating: "不评价", "no rating";
    who_you_are: "您的信息（均可不填）", "Who you are (all of it optional)";
    who_you_are_why: "不填即为匿名；凭查询码仍可查询、补充和评价。填写的信息加密封存，须由身份保管人说明理由、两人在场方可启封。", "Left empty, the matter is anonymous; you can follow it all the same by its receipt code. What you fill in is sealed, and opened by its keeper only, for a reason and with a second person.";
    your_name: "姓名或者名称", "Name";
    your_phone: "电话", "Telephone";
    your_address: "地址", "Address";
    send: "提交", "Send";
    choose_kind: "请选择类别", "Choose a kind";
    write_text: "请写明反映的内容", "Write what you bring";
    text_too_long: "内容过长，请分几次提交", "The text is too long; send it in parts";
    short_too_long: "最多200字", "At most 200 characters";
    choose_score: "请选择评价", "Choose a rating";
    score_not_wanted: "只有政务服务好差评需要评价", "Only the rating of a service has one";
    field_wrong: "这一项填写有误", "This is not valid";
    sent_already: "这份表单先前已经提交成功。如果要另行提出，请再次提交。", "This form went through before. If this is another matter, send it again.";
    not_now: "暂时无法办理，所填内容没有丢失，请稍后再试。", "This is not possible right now; nothing that you typed is lost. Try again in a moment.";
    submitted: "已经收到", "It has been received";
    received_by: "接收机关：", "Received by";
    register_number: "登记号", "Register number";
    receipt_code: "查询码", "Receipt code";
    receipt_once: "查询码只在这里显示一次，系统只保存它的散列值，任何人都无法再查到。", "It is shown here once. Only a hash of it is kept, and nobody can look it up again.";
    receipt_keep: "请抄下、打印或者拍照保存；不要告诉他人，持有查询码的人可以看到您写的内容。", "Write it down, print or photograph it, and show it to nobody: whoever has it can read what you wrote.";
    receipt_lost: "遗失后无法补发。刷新本页会得到新的查询码，原来的随即作废。", "Lost, it cannot be replaced. Loading this page again gives a new one, and this one is worth nothing then.";
    to_follow: "去查询", "Follow it";
    please_fill_in: "请填写这一项", "Please fill this in";
    apply_to_appeal: "申请复议", "Apply for reconsideration";
    appeal_why: "对行政行为不服的，可以自知道之日起六十日内申请行政复议（行政复议法第二十条）。提交即视为今天提出；凭查询码可以查询进展和结果。身份信息封存，记录中只有遮盖的姓名。", "Whoever is affected by an administrative act may apply within 60 days of knowing it (Administrative Reconsideration Law, art. 20). It counts as made today; follow it by the receipt code. Who you are is sealed; the record holds a masked name.";
    act_appealed: "所不服的行政行为", "The act";
    respondent: "作出该行为的机关（被申请人，必选）", "Agency whose act it is (required)";
    respondent_is: "被申请人", "Respondent";
    kind_of_act: "行为的类别（必选）", "Kind of act (required)";
    act_number: "文号", "Number of the document";
    act_what: "作出或者没有作出什么（必填，不写姓名）", "What was decided or not done (required, without names)";
    act_done: "作出之日；不作为的，履行期限届满之日（必填）", "The day it was done; for an omission, the day the time to perform ended (required)";
    act_known: "知道之日（必填）", "The day you knew of it (required)";
    rights_told: "已经告知复议的权利、机关和期限", "Right, organ and period to apply were told";
    what_you_ask: "复议请求", "What you ask for";
    organ_applied_to: "复议机关（必选）", "Organ applied to (required)";
    organ_applied_to_is: "复议机关", "Organ applied to";
    organ_applied_to_why: "通常是被申请人所属的本级人民政府；选错的，会告知您有管辖权的机关。", "As a rule, the government that the agency belongs to; if it is another one, you are told which.";
    request_made: "请求（必填，不写姓名）", "Request (required, without names)";
    reasons_given: "事实和理由（必填，不写姓名）", "Facts and reasons (required, without names)";
    reasons_why: "这些内容会送达被申请人；请写“申请人”，不要写姓名、身份证号和电话。", "The respondent is sent these; write 'the applicant', and no name, id number or telephone number.";
    applicant: "申请人", "Applicant";
    kind_of_person: "申请人类别（必选）", "Kind of applicant (required)";
    applicant_name: "姓名或者名称（必填）", "Name (required)";
    applicant_id: "公民：身份证号", "Citizens: id number";
    applicant_uscc: "法人、其他组织：统一社会信用代码", "Organisations: unified credit code";
    follow: "办件查询", "Follow a matter";
    follow_why: "输入提交时得到的查询码，查看办理经过和答复，补充内容，评价答复。大小写、空格和连字符不影响查询。", "Enter the receipt code to see what happened and what was answered, to add to it, and to rate the answer. Case, blanks and hyphens do not count.";
    no_such_code: "用这个查询码查不到可以查看的事项，请逐字核对", "No matter can be followed by this code; look at it again, character by character";
    lies_with: "现由", "Lies with";
    summary_of_matter: "摘要", "What it is about";
    course: "办理经过", "What happened";
    what_was_said: "内容", "What was said";
    rate_answer: "评价答复", "Rate the answer";
    your_rating: "您的评价（必选）", "Your rating (required)";
    rate_why: "不满意的，承办机关应当整改并重新答复。", "If it is poor, the agency puts it right and answers again.";
    answer_rated: "已经记录您的评价。", "Your rating is recorded.";
    add_words: "补充内容", "Add to it";
    words_added: "已经收到您补充的内容。", "What you added has been received.";

    // Signing in.
    login_title: "登录", "Sign in";
    login_why: "请输入访问令牌。令牌由签发方发给个人，写明机关、行政区划和角色；试用令牌可由运维人员用命令行生成。", "Enter your access token. It is issued to a person and names agency, region and roles; the command fazhi token prints one for trial.";
    login_token: "访问令牌", "Access token";
    login_bad: "令牌无效或已过期。", "The token is not valid, or has expired.";
    login_note: "令牌只保存在本浏览器的会话中，脚本不能读取。", "The token is kept only in this browser's session cookie, which scripts cannot read.";
    login_with: "使用统一身份认证登录：", "Sign in at:";
    login_by_token: "或者使用访问令牌", "Or by an access token";
    login_away: "该身份认证服务暂时无法访问，请稍后再试。", "The service to sign in at is not to be reached; try again in a moment.";
    login_denied: "身份认证服务没有准许登录。", "The service to sign in at did not let you in.";
    login_other: "登录没有完成，或者已经超时，请重新登录。", "Signing in was not finished, or took too long; please begin again.";
    login_unfit: "您的账号在本系统中没有可用的身份信息，请联系管理员。", "What your account says is not enough for this suite; please ask its operator.";
    login_ran_out: "您的登录已经过期。重新登录后将回到本页。", "Your sign-in has run out. Sign in again, and you are back on this page.";
    login_foreign: "登录表单来自另一个网站，已拒绝。", "The sign-in form came from another site and was refused.";

    // Tables and filters.
    filter: "筛选", "Filter";
    filters: "筛选条件", "Filters";
    clear: "清除条件", "Clear";
    all: "全部", "All";
    previous: "上一页", "Previous";
    next: "下一页", "Next";
    pages: "翻页", "Pages";
    numbers_below: "图中数字", "The numbers of the chart";
    month: "月份", "Month";
    invented: "演示数据：当事人、执法人员和案件均为虚构，时间为演示时钟。", "Demonstration data: parties, officers and cases are invented, on a clock of their own.";
    // Overview, agencies, indicators.
    public_note: "公众可见依法公示的处罚决定、权力清单和规则；未公示的案件不列出，也不计数。", "The public sees penalty decisions published by law, the power list and the rules; cases that are not public are neither listed nor counted.";
    region: "行政区划", "Region";
    from_day: "起", "From";
    to_day: "止", "To";
    filed: "立案", "Filed";
    decided: "决定", "Decided";
    closed: "结案", "Closed";
    open_now: "在办", "Open";
    fines_decided: "罚款决定额", "Fines decided";
    fines_decided_yuan: "罚款决定额（元）", "Fines decided (CNY)";
    fines_paid_yuan: "已缴（元）", "Paid (CNY)";
    findings_high: "严重问题", "High findings";
    findings_medium: "一般问题", "Medium findings";
    findings_low: "轻微问题", "Low findings";
    findings_prevented: "被拒的操作", "Refused attempts";
    findings_not_checked: "未能核对的规则", "Rules not checked";
    deadlines_overdue: "逾期未办", "Overdue";
    deadlines_open: "进行中的期限", "Running deadlines";
    deadlines_no_calendar: "无日历的期限", "Without a calendar";
    months_chart: "逐月情况", "Month by month";
    stages_today: "案件所处阶段", "Where cases stand";
    share: "占比", "Share";
    lists_agencies: "执法主体", "Qualified agencies";
    lists_items: "有效权力事项", "Power items in force";
    lists_officers: "持证执法人员", "Certified officers";
    indicators: "指标", "Indicators";
    indicator: "指标", "Indicator";
    rate: "比率", "Rate";
    numerator: "分子", "Numerator";
    denominator: "分母", "Denominator";
    failing: "不合格", "Failing";
    target: "目标", "Target";
    state: "状态", "State";
    no_data: "无数据", "no data";
    too_small: "样本过少", "too few to judge";
    reached: "达标", "reached";
    not_reached: "未达标", "not reached";
    no_target: "未设目标", "no target";
    busiest_agencies: "案件较多的机关", "Agencies with most cases";
    no_ranking: "按案件数列出，不是排名；罚款额不作排序（处罚法第七十四条）。", "By number of cases; not a ranking. Fines rank nobody (Penalty Law, art. 74).";
    published: "已公示决定", "Published decisions";
    published_all: "公示中的决定（累计）", "Published, all time";
    published_by_agency: "各机关公示的决定", "Published decisions by agency";
    by_number: "按数量列出，不是排名", "by number, not a ranking";
    published_by_month: "逐月公示的决定", "Published decisions by month";
    published_only: "只计已公示的决定", "published decisions only";
    decisions_why: "依法公示且未撤回的行政处罚决定；任何人都可以查看。", "Penalty decisions published by law and not withdrawn; open to everybody.";
    publicised_from: "公示起", "Published from";
    publicised_to: "公示止", "Published to";
    public_decisions: "最近公示的决定", "Latest published decisions";
    public_decisions_why: "已上网公示且未撤回", "on the web and not withdrawn";
    scorecard: "计分表", "Scorecard";
    scorecard_why: "每格为比率，下为分子/分母；分母不足 10 的不作评价。", "Each cell: rate, numerator/denominator below; under 10 counted, nothing is judged.";
    standing: "主体资格", "Standing";
    agency_kind: "主体性质", "Kind of body";
    items_in_force: "有效事项", "Items";
    certified: "持证人员", "Certified";
    dissolved: "已撤销", "dissolved";
    name_or_code: "名称或代码", "Name or code";
    uscc: "统一社会信用代码", "Unified credit code";
    entrusted_by: "委托机关", "entrusted by";
    qualified_since: "取得资格", "Qualified since";
    basis: "依据", "Basis";
    fields: "执法领域", "Fields";
    latest_findings: "最近的问题", "Latest findings";
    latest_cases: "最近的案件", "Latest cases";
    most_used_items: "使用最多的事项", "Most used items";
    officers: "执法人员", "Officers";
    officer_code: "人员编号", "Officer code";
    name: "姓名", "Name";
    role: "身份", "Role";
    certificate: "执法证", "Certificate";
    valid_from_to: "有效期", "Valid";
    training_hours: "本年学时", "Training hours";
    acts: "参与行为", "Acts";
    acted_from: "办案起", "Acted from";
    acted_to: "办案止", "Acted to";
    always_certified: "执法时均持有效证件", "Certified when acting";
    certificate_valid: "有效", "valid";
    certificate_ended: "失效", "not valid";
    certificate_none: "无证", "none";

    // Cases.
    agency: "机关", "Agency";
    stage: "阶段", "Stage";
    procedure: "程序", "Procedure";
    filing_number: "立案号", "Filing number";
    decision_number: "决定文号", "Decision number";
    party: "当事人", "Party";
    item: "权力事项", "Power item";
    filed_on: "立案日", "Filed on";
    decided_on: "决定日", "Decided on";
    fine: "罚款", "Fine";
    fine_yuan: "罚款（元）", "Fine (CNY)";
    marks: "标记", "Marks";
    closed_mark: "已结", "closed";
    overdue_mark: "逾期", "Overdue";
    refused: "被拒", "Refused";
    incomplete: "不完整", "incomplete";
    incomplete_why: "其中有事件读不懂或者无法保存，所示内容可能不完整：", "An event of it cannot be read or kept; what is shown may be incomplete:";
    case_text: "案号、当事人或事项", "Number, party or item";
    filed_from: "立案起", "Filed from";
    filed_to: "立案止", "Filed to";
    decided_from: "决定起", "Decided from";
    decided_to: "决定止", "Decided to";
    closed_from: "结案起", "Closed from";
    closed_to: "结案止", "Closed to";
    outcome: "决定结果", "Outcome";
    rule: "规则", "Rule";
    case_closed: "已结案", "closed";
    public_case_note: "本案决定已依法公示；这里只显示可以公开的内容。", "The decision of this case is published by law; only what is public is shown here.";
    process: "办案流程", "The process";
    stages_why: "未经的环节及理由", "The stages left out, and why";
    case_facts: "案件概况", "The case";
    field: "执法领域", "Field";
    version: "版本", "Version";
    subject: "内容", "Subject";
    violation_place: "地点", "Place";
    about_days: "时间", "When";
    going_on: "仍在继续", "going on";
    discovered: "发现于", "discovered";
    case_source: "案件来源", "Source";
    correlation: "关联编号", "Correlation id";
    findings_case_why: "违法、超期、应为未为、迟录和被拒的操作", "violations, missed deadlines and duties, late recording, refused attempts";
    no_findings: "本案没有发现问题。", "No findings in this case.";
    due_opens: "点开期限可看起算、跳过的日子和条文", "open a chip for start, days passed over, and article";
    timeline: "卷宗时间线", "Timeline";
    timeline_why: "先发生的在前；每条都有发生时间、记录时间、何人、何身份、适用规则", "oldest first; every line has both times, who, in which role, and the rules";
    sequence: "序号", "No.";
    happened: "发生时间", "Happened";
    recorded: "记录时间", "Recorded";
    recorded_short: "记录", "recorded";
    late: "迟录", "late";
    what_happened: "经过", "What happened";
    who: "何人 · 身份", "Who · role";
    recorded_by: "录入", "by";
    satisfied: "符合", "satisfied";
    broken: "违反", "broken";
    not_checked: "未能核对", "not checked";
    refused_attempt: "被拒的操作", "refused attempt";
    refused_attempts: "被拒的操作", "Refused attempts";
    never_began: "未成立的事项", "A matter that never began";
    never_began_why: "本应开始这一事项的操作被规则拒绝，因此没有立案；所试的操作、拒绝它的规则和条文如下。", "A rule refused the step that would have begun this matter, so there is no case. What was tried, and the rules and articles that refused it:";
    with_violations: "带有违法", "with violations";
    evidence: "证据", "Evidence";
    evidence_kind: "证据种类", "Kind";
    evidence_title: "名称与来源", "Title and source";
    gathered_by: "收集人", "Gathered by";
    media_type: "格式", "Format";
    size: "大小", "Size";
    excluded: "已排除", "excluded";
    comma: "、", ", ";
    major: "重大决定", "major decision";
    penalties: "决定内容", "Decided";
    paid: "已缴", "paid";
    tier: "裁量阶次", "Tier";
    facts_found: "认定事实", "Facts found";
    performance: "履行方式和期限", "Performance";
    appeal: "救济途径", "How to appeal";
    served_on: "送达日", "Served on";
    publicised_on: "公示日", "Published on";
    withdrawn_on: "撤下日", "withdrawn on";
    overturned: "决定已被推翻", "decision overturned";
    not_fully_paid: "罚款未缴清", "fine not fully paid";
    fully_paid: "罚款已缴清", "fine paid";

    // Boards.
    boards: "看板", "Boards";
    board_why: "未办结事项按行政机关所负期限的进度统计；数字可点开，其后是逐件清单。", "Open matters by the clocks that agencies owe in them; a number opens the list that it counts.";
    timing: "期限进度", "Against its clocks";
    open_by_agency: "各机关未办结事项", "Open matters by agency";
    open_by_agency_why: "未到期、即将到期、已逾期与无进行中的期限合计为在办；曾超期另计", "in time, due soon, overdue and no clock add up to open; missed before is counted beside";

    // Trail.
    trail: "事项脉络", "Trail";
    trail_why: "相互关联的事项在各项服务中的全部经过，先发生的在前；起因可以点开。", "What belongs together across all services, oldest first; a cause is a link to its line.";
    to_trail: "查看事项脉络", "See the whole trail";
    matters: "相关事项", "Matters";
    begun_on: "起始日", "Begun on";
    another_matter: "另一事项", "another matter";
    not_yours: "不在您的查看范围内", "not yours to see";
    led_by: "起因：", "led by";
    no_matter: "未归入事项", "Of no matter";

    // Findings and deadlines.
    day: "日期", "Day";
    severity: "程度", "Severity";
    kind: "类型", "Kind";
    what_is_wrong: "问题", "What is wrong";
    matter: "所涉事项", "Matter";
    still_running: "仍在计时", "still running";
    event_line: "所在行", "Line";
    except: "不含", "Without";
    proof: "证明", "Proof";
    findings_why: "问题由事件和期限推算得出，没有人填写；被规则拒绝的操作也留存于此。", "Findings are computed from events and deadlines; nobody enters them. Steps that a rule refused are kept here, too.";
    deadlines_why: "期限由办案事件自动起算、中止、延长和停止；点开标签可看这一天是怎样算出来的。", "Deadlines start, pause, are extended and stop by the events of a case; open a chip to see how its day came about.";
    running: "进行中（逾期在前）", "running (overdue first)";
    owed: "应为事项", "What is owed";
    started: "起算", "Started";
    period: "期间", "Period";
    not_before: "不早于", "not before";
    owed_by: "义务人：", "owed by";
    last_day: "届满日", "Last day";
    stopped_at: "办结", "Done";
    counted_as: "指标口径", "Counted as";
    ended_from: "办结起", "Done from";
    ended_to: "办结止", "Done to";
    due_from: "届满起", "Due from";
    due_to: "届满止", "Due to";

    // Items.
    item_code: "实施编码", "Item code";
    base_code: "基本编码", "Base code";
    item_name: "事项名称", "Item";
    subitem: "子项", "Sub-item";
    power_kind: "职权类型", "Kind of power";
    exercised_by: "行使主体", "Exercised by";
    effective: "生效日", "In force from";
    standard: "裁量基准", "Discretion standard";
    has_standard: "有", "yes";
    on_day: "查看日", "As of day";
    look: "查看", "Show";
    today_instead: "查看今日", "See today's";
    up_to: "截至", "up to";
    cancelled_from: "取消自", "cancelled from";
    responsible: "责任主体", "Responsible body";
    supervision: "监督方式", "Way of supervision";
    legal_basis: "实施依据", "Legal basis";
    statute: "法律规范", "Norm";
    level: "层级", "Level";
    article: "条款", "Article";
    summary: "内容摘要", "Summary";
    outcomes: "处罚种类和幅度", "Penalties and ranges";
    flow_chart: "办理流程图", "Process flow";
    step: "步骤", "Step";
    time_limit: "时限", "Time limit";
    duties: "责任事项", "Duties";
    accountability: "追责方式", "Accountability";
    circumstances: "适用情形", "Circumstances";
    allows: "处罚种类和幅度", "What it allows";
    used: "引用次数", "Used";
    no_standard: "当日没有生效的裁量基准。", "No discretion standard is in force on that day.";
    standard_versions: "裁量基准的历次版本", "Versions of the standard";
    fee: "收费", "Charge";
    usage: "使用情况", "Use";
    all_time: "自始至今", "all time";
    fine_low: "最低罚款", "Smallest fine";
    fine_high: "最高罚款", "Largest fine";
    fine_sum: "罚款合计", "Sum of fines";
    versions: "历次版本", "Versions";
    ground: "变动理由", "Ground";
    reviewed_on: "法制审核", "Legal review";
    until: "失效日", "Until";
    changes: "变动内容", "Changes";
    drafted_on: "拟制", "drafted";
    published_on: "公布", "published";
    passed: "通过", "passed";
    failed_review: "未通过", "not passed";

    // Rules.
    rules_why: "系统执行的每一条规则：依据哪一条法、服务于哪一项方案、由哪些测试证明；以及各地可以规定的参数。", "Every rule the suite applies: the article it stands on, the plans it serves, the tests that prove it; and the parameters that regions set.";
    parameter: "参数", "Parameter";
    unset: "未作规定的，按缺省值", "where nothing is set, the default";
    not_known: "不予核对", "not checked";

    // The other lists.
    lists: "其他清单", "Other lists";
    lists_why: "权力清单之外依法公布的清单和目录。", "The lists and catalogues that are published beside the list of powers.";
    list: "清单", "List";
    list_rows: "有效事项", "Rows in force";
    list_code: "编码", "Code";
    list_name: "名称", "Name";
    list_agency: "实施主体", "Agency";
    list_parts: "内容", "Contents";

    // Statutes.
    laws: "法律文本", "Statutes";
    laws_why: "收录的法律、法规、规章文本。清单事项所列依据公布时逐条核对；文本没有收录的，标明未核对。", "Texts of statutes on record. What items of the lists cite is held against them when it is published; what has no text is marked as not checked.";
    laws_cited: "事项所列依据", "Bases of items";
    laws_not_checked: "其中未核对", "Of these not checked";
    laws_more: "还有更多，请缩小查找范围", "There are more: narrow the search";
    law_title: "名称", "Title";
    law_issuer: "制定机关", "Issued by";
    law_repealed: "废止", "Repealed";
    law_not_stated: "文本没有载明，按修改之日计", "The text does not say: the day of the amendment counts";
    law_history: "沿革", "History";
    law_articles: "条文", "Articles";
    law_annex: "附件", "Annex";
    law_none_on_day: "该日没有施行中的文本", "No text in force on that day is on record";
    law_checked: "核对", "Checked";
    turning: "所涉规则", "Rules";
    at_least: "不得少于", "At least";
    plans: "方案条目", "Plans";
    in_force: "施行", "In force";
    tested_by: "证明它的测试", "Tests";
    test_allows: "放行", "allows";
    test_refuses: "拒绝", "refuses";
    violated: "违反", "Violated";
    clocks_running: "期限进行中", "Running";
    clocks_overdue: "逾期", "Overdue";
    clocks_met: "按期", "Met";
    clocks_missed: "超期", "Missed";

    // Plans.
    plan_tasks: "计划任务", "Plan tasks";
    plan_tasks_why: "法治政府建设方案的每一条措施：由哪些规则和功能支撑、何时应当完成、进展到哪里。规则由规则卡自己写明所服务的条目。", "Every measure of the plans for building a law-based government: which rules and parts of the suite serve it, by when it is due, how far it has come. Which rules serve it is said by their cards.";
    plan: "方案", "Plan";
    plan_measure: "措施", "Measure";
    plan_measures: "措施数", "Measures";
    plan_from: "起始", "From";
    plan_lead: "牵头单位", "Lead";
    milestones: "时间节点", "Due";
    served_by: "支撑的规则和功能", "Served by";
    serving: "支撑程度", "How far served";
    last_report: "最近报告", "Last report";

    // Audit.
    audit_why: "账本是唯一的事实来源；本页说明视图读到哪里、合计是什么、有什么读不懂。", "The ledgers are the truth; this page says how far the views have read, what they add up to and what they could not read.";
    ledgers: "账本", "Ledgers";
    ledger: "账本", "Ledger";
    ledger_head: "账本长度", "Events in the ledger";
    ledger_read: "已读入", "Events read";
    up_to_date: "已读齐", "up to date";
    view_digests: "视图摘要", "View digests";
    view_digests_why: "从同样的事件重建，摘要必须相同", "rebuilt from the same events, they must be equal";
    view_digests_compute: "现在计算", "Compute now";
    view: "视图", "View";
    parked: "搁置的事件", "Parked events";
    parked_why: "本版本读不懂或者视图数据库无法保存，账本中完好，所涉事项标为不完整", "not readable by this version or refused by the views' database; sound in the ledger, and their matters marked incomplete";
    log_index: "账本位置", "Log index";
    stream: "事项流", "Stream";
    event_type: "事件类型", "Event type";
    reason: "原因", "Reason";
    log: "事件账", "The log";
    log_why: "后记录的在前", "newest first";
    actor: "操作人", "Actor";
    recorded_from: "记录起", "Recorded from";
    recorded_to: "记录止", "Recorded to";
    // Sought, sorted and taken away.
    fine_from: "罚款起（元）", "Fine from (CNY)";
    fine_to: "罚款止（元）", "Fine to (CNY)";
    without_stage: "未经环节", "Never reached stage";
    any_stage: "不限", "any";
    with_finding: "存在问题", "With a finding";
    with_rule: "违反规则", "Rule broken";
    sort_up: "升序排列", "sort ascending";
    sort_down: "降序排列", "sort descending";
    take_away: "导出本清单", "Take this list away";
    agencies_by_month: "各机关分月", "Agencies by month";
    agencies_by_month_why: "每个数字打开它所统计的清单；按行政区划和代码排列，不是名次。", "Each number opens the rows that it counts; in the order of regions and codes, which is no ranking.";
    counted: "统计内容", "Counted";
    whole_year: "合计", "Total";
    year: "年份", "Year";
    all_agencies: "各机关合计", "All agencies";
    search: "搜索", "Search";
    search_label: "搜索机关、事项、案件、人员", "Search agencies, items, cases, officers";
    search_why: "不分全角半角、大小写和括号样式，间隔号和空格不计。", "Full or half width, capitals, kinds of brackets, middle dots and blanks make no difference.";
    search_what: "请在页首输入要找的名称、编号或者文号。", "Say at the head of the page what is looked for: a name, a code, a number.";
    search_all: "共找到", "found in all";
    taken_too_many: "同时导出的文件过多", "Too many files at once";
    taken_too_many_why: "另有文件正在生成，请稍后再试。", "Others are being made; try again in a moment.";
    agency_code: "机关代码", "Agency code";
    closed_on: "结案日期", "Closed on";
    remaining: "还剩", "Left";
    mode: "方式", "Mode";
    valid_from: "有效期起", "Valid from";
    valid_until: "有效期止", "Valid until";
    what_it_demands: "要求", "What it demands";
    measure_number: "序号", "Number";
    reported_on: "报告时间", "Reported at";

    operator_note: "运维人员可见账本与视图的状态，不可见案件和事件内容。", "The operator sees the state of ledgers and views, and reads no case and no event.";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        for (key, zh, en) in TABLE {
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{key} is empty");
            if matches!(*key, "switch_lang" | "comma") {
                continue;
            }
            assert!(is_chinese(zh), "{key}: {zh:?} is no Chinese");
            assert!(!is_chinese(en), "{key}: {en:?} is not translated");
        }
    }

    #[test]
    fn reads_a_language_as_people_write_it() {
        assert_eq!(Lang::parse("en"), Some(Lang::En));
        assert_eq!(Lang::parse("EN-gb"), Some(Lang::En));
        assert_eq!(Lang::parse("zh-CN,zh;q=0.9"), Some(Lang::Zh));
        assert_eq!(Lang::parse("fr"), None);
        assert_eq!(Lang::parse("法"), None);
        assert_eq!(Lang::parse(""), None);
    }
}
