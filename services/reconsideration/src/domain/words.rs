//! The closed sets of words that events use.

law::words! {
    /// How an application came (ARL 22).
    pub enum Channel {
        InPerson = "in_person" "当面提交" "in person",
        Post = "post" "邮寄" "by post",
        Online = "online" "互联网渠道" "online",
        Oral = "oral" "口头申请" "orally",
    }
    /// What kind of person somebody is.
    pub enum PersonKind {
        Citizen = "citizen" "公民" "citizen",
        LegalPerson = "legal_person" "法人" "legal person",
        OtherOrganisation = "other_organisation" "其他组织" "other organisation",
    }
    /// What the application is against (ARL 11).
    pub enum ActKind {
        Penalty = "penalty" "行政处罚" "penalty",
        Measure = "measure" "行政强制措施" "compulsory measure",
        Execution = "execution" "行政强制执行" "compulsory execution",
        Licence = "licence" "行政许可" "licence",
        Taking = "taking" "征收征用及补偿" "expropriation and its compensation",
        Disclosure = "disclosure" "政府信息公开" "disclosure of information",
        Agreement = "agreement" "行政协议" "administrative agreement",
        /// 不作为: nothing was done.
        Omission = "omission" "不履行法定职责" "a duty not performed",
        Other = "other" "其他行政行为" "another act",
    }
    /// Why an organ is the one to apply to (ARL 24–28).
    pub enum Relation {
        Department = "department" "本级政府工作部门" "department of this government",
        LowerGovernment = "lower_government" "下一级人民政府" "government one level below",
        Dispatched = "dispatched" "本级政府派出机关" "organ that this government dispatched",
        Managed = "managed" "本级政府或者部门管理的授权组织" "authorised organisation that it manages",
        Branch = "branch" "本级政府部门的派出机构" "branch of a department",
        OwnAct = "own_act" "省级政府、国务院部门自己的行为" "its own act",
        Vertical = "vertical" "垂直领导机关、税务、国家安全机关的上一级主管部门" "superior of a vertically led agency",
        Justice = "justice" "司法行政部门的本级政府或者上一级司法行政部门" "government or superior of a justice department",
    }
    /// What an application lacks of what makes it admissible (ARL 30), in the article's order.
    pub enum Lack {
        Parties = "parties" "没有明确的申请人和符合规定的被申请人" "no clear applicant or proper respondent",
        Interest = "interest" "申请人与行政行为没有利害关系" "no interest in the act",
        Request = "request" "没有具体的复议请求和理由" "no request with reasons",
        Period = "period" "超过法定申请期限" "past the period",
        Scope = "scope" "不属于复议范围" "not open to reconsideration",
        Jurisdiction = "jurisdiction" "不属于本机关管辖" "not for this organ",
        Pending = "pending" "已经受理过同一申请或者法院已经受理" "accepted before, or with a court",
    }
    /// Why a case runs by the simple procedure (ARL 53).
    pub enum SimpleGround {
        OnSpot = "on_spot" "当场作出的行政行为" "act done on the spot",
        Warning = "warning" "警告或者通报批评" "warning or public criticism",
        SmallSum = "small_sum" "涉及款额三千元以下" "at most 3,000 yuan",
        Disclosure = "disclosure" "政府信息公开案件" "disclosure of information",
        AllAgree = "all_agree" "当事人各方同意" "all parties agree",
    }
    /// By which procedure (ARL 36).
    pub enum Procedure {
        Simple = "simple" "简易程序" "simple procedure",
        Ordinary = "ordinary" "普通程序" "ordinary procedure",
    }
    /// Who speaks for somebody (ARL 15, 17).
    pub enum Speaker {
        Representative = "representative" "推选的代表人" "representative of several applicants",
        Agent = "agent" "委托代理人" "agent",
    }
    /// How the parties were heard (ARL 49).
    pub enum Hearing {
        InPerson = "in_person" "当面" "in person",
        Online = "online" "互联网" "online",
        Phone = "phone" "电话" "by telephone",
    }
    /// Why a paper of the file is not shown (ARL 47): the only grounds there are.
    pub enum Secret {
        State = "state" "国家秘密" "state secret",
        Trade = "trade" "商业秘密" "trade secret",
        Privacy = "privacy" "个人隐私" "privacy",
        Security = "security" "可能危及国家安全、公共安全、社会稳定" "may endanger security or stability",
    }
    /// Who asks for the review of what the act rests on (ARL 56, 57).
    pub enum NormSource {
        Applicant = "applicant" "申请人一并申请" "asked for by the applicant",
        Organ = "organ" "复议机关依职权" "begun by the organ",
    }
    /// Why a case stands still (ARL 39).
    pub enum SuspendGround {
        Died = "died" "申请人死亡，近亲属尚未确定是否参加" "the applicant died, and no relative has come in yet",
        Incapable = "incapable" "申请人丧失行为能力，尚未确定法定代理人" "the applicant lost capacity, and has no guardian yet",
        Missing = "missing" "申请人下落不明" "the applicant is missing",
        Dissolved = "dissolved" "申请人终止，尚未确定权利义务承受人" "the applicant was dissolved, and no successor is known yet",
        Hindered = "hindered" "不可抗力或者其他正当理由" "force majeure or another good reason",
        Talks = "talks" "调解、和解，双方同意中止" "mediation or settlement, both sides agreeing",
        Interpretation = "interpretation" "需要有权机关解释或者确认" "a competent body must interpret the law",
        OtherCase = "other_case" "以其他案件的审理结果为依据" "waits for another case",
        Norm = "norm" "附带审查规范性文件或者依据" "review of what the act rests on",
        Other = "other" "其他需要中止的情形" "another need",
    }
    /// Why a case ends without a decision, beside withdrawal (ARL 41).
    pub enum EndGround {
        Died = "died" "申请人死亡，没有近亲属或者近亲属放弃" "the applicant died and no relative goes on",
        Dissolved = "dissolved" "申请人终止，没有承受人或者承受人放弃" "the applicant was dissolved and no successor goes on",
        Criminal = "criminal" "因同一行为被采取刑事强制措施" "held under criminal law for the same act",
        StillSuspended = "still_suspended" "中止满六十日原因仍未消除" "the reason for the standstill lasts after 60 days",
    }
    /// Why the act is not executed meanwhile (ARL 42).
    pub enum StayGround {
        Respondent = "respondent" "被申请人认为需要停止" "the respondent holds it necessary",
        Organ = "organ" "复议机关认为需要停止" "the organ holds it necessary",
        Requested = "requested" "申请人、第三人申请且要求合理" "asked for with reason",
        ByLaw = "by_law" "法律、法规、规章规定停止" "the law says so",
    }
    /// What a decision comes to (ARL 33, 63–69, 71).
    pub enum Outcome {
        Change = "change" "变更" "changed",
        Revoke = "revoke" "撤销" "revoked",
        RevokePart = "revoke_part" "部分撤销" "revoked in part",
        Unlawful = "unlawful" "确认违法" "found unlawful",
        Void = "void" "确认无效" "found void",
        Perform = "perform" "责令履行" "ordered to perform",
        Agreement = "agreement" "责令承担行政协议责任" "liable under the agreement",
        Maintain = "maintain" "维持" "maintained",
        DismissRequest = "dismiss_request" "驳回复议请求" "request dismissed",
        DismissApplication = "dismiss_application" "驳回复议申请" "application dismissed",
    }
    /// On which ground a decision stands.
    pub enum Ground {
        Inappropriate = "inappropriate" "内容不适当" "the content is not appropriate",
        BasisMisapplied = "basis_misapplied" "未正确适用依据" "the basis was not applied rightly",
        FactsEstablished = "facts_established" "事实不清、证据不足，经复议查清" "facts established in the reconsideration",
        FactsUnclear = "facts_unclear" "主要事实不清、证据不足" "main facts unclear, evidence wanting",
        Procedure = "procedure" "违反法定程序" "procedure broken",
        BasisUnlawful = "basis_unlawful" "适用的依据不合法" "the basis is unlawful",
        BeyondPower = "beyond_power" "超越职权或者滥用职权" "beyond its power, or power abused",
        RevocationHarms = "revocation_harms" "撤销会造成重大损害" "revoking would do grave harm",
        SlightProcedure = "slight_procedure" "程序轻微违法，无实际影响" "procedure slightly broken, without effect",
        NothingToRevoke = "nothing_to_revoke" "不具有可撤销内容" "nothing to revoke",
        ChangedSince = "changed_since" "被申请人已经改变原行为" "the respondent has changed it since",
        Pointless = "pointless" "责令履行没有意义" "performing would be pointless",
        NotPerformed = "not_performed" "不履行法定职责" "the duty was not performed",
        GraveAndObvious = "grave_and_obvious" "重大且明显违法" "grave and obvious breach of law",
        Lawful = "lawful" "合法、适当" "lawful and appropriate",
        NoDuty = "no_duty" "没有相应法定职责" "there is no such duty",
        PerformedBefore = "performed_before" "受理前已经履行" "performed before it was accepted",
        Inadmissible = "inadmissible" "不符合受理条件" "not admissible",
        NoEvidence = "no_evidence" "未依法答复举证，视为没有证据、依据" "no answer: taken as without evidence",
        AgreementBroken = "agreement_broken" "不依法订立、履行或者违法变更、解除协议" "the agreement was broken",
        CompensationLacking = "compensation_lacking" "未依法给予合理补偿" "no fair compensation",
    }
    /// How a document reached somebody.
    pub enum Delivery {
        Direct = "direct" "直接送达" "direct",
        Lien = "lien" "留置送达" "left at the premises",
        Entrusted = "entrusted" "委托送达" "entrusted",
        Post = "post" "邮寄送达" "by post",
        Electronic = "electronic" "电子送达" "electronic",
        Announcement = "announcement" "公告送达" "by announcement",
    }
    /// Which letter (ARL 76; ALR 57).
    pub enum LetterKind {
        Opinion = "opinion" "行政复议意见书" "opinion letter",
        Suggestion = "suggestion" "行政复议建议书" "suggestion letter",
    }
    /// What is done when nothing is performed (ARL 77).
    pub enum Means {
        Order = "order" "责令限期履行" "ordered to perform",
        Summons = "summons" "约谈负责人" "head summoned",
        Criticism = "criticism" "通报批评" "named in public criticism",
    }
    /// What a decision led to elsewhere.
    pub enum Effect {
        CaseChanged = "case_changed" "案件已作相应变更" "the case was changed",
        PublicationWithdrawn = "publication_withdrawn" "已撤回公示" "the publication was withdrawn",
        ListAdjusted = "list_adjusted" "已调整清单" "the list was adjusted",
    }
    /// Who is sued (APC 26).
    pub enum Defendant {
        Organ = "organ" "复议机关" "the organ",
        Respondent = "respondent" "原行政机关" "the agency of the act",
        Both = "both" "共同被告" "both",
    }
    /// What a court came to (APC 69–78).
    pub enum Judgment {
        Dismissed = "dismissed" "驳回诉讼请求" "claim dismissed",
        NotHeard = "not_heard" "不予立案或者驳回起诉" "suit not admitted",
        Withdrawn = "withdrawn" "准许撤诉" "suit withdrawn",
        Mediated = "mediated" "调解" "mediated",
        Revoked = "revoked" "撤销或者部分撤销" "revoked",
        Changed = "changed" "变更" "changed",
        Unlawful = "unlawful" "确认违法" "found unlawful",
        Void = "void" "确认无效" "found void",
        Perform = "perform" "判决履行或者给付" "ordered to perform or pay",
        Agreement = "agreement" "判决承担协议责任" "liable under the agreement",
    }
    /// Which instance.
    pub enum Instance {
        First = "first" "一审" "first instance",
        Second = "second" "二审" "second instance",
    }
}

impl Outcome {
    /// Whether it sets right what the agency did (复议纠错).
    pub const fn corrects(self) -> bool {
        match self {
            Self::Change
            | Self::Revoke
            | Self::RevokePart
            | Self::Unlawful
            | Self::Void
            | Self::Perform
            | Self::Agreement => true,
            Self::Maintain | Self::DismissRequest | Self::DismissApplication => false,
        }
    }

    /// Whether the act itself is another one afterwards, or none.
    pub const fn overturns(self) -> bool {
        match self {
            Self::Change | Self::Revoke | Self::RevokePart | Self::Unlawful | Self::Void => true,
            Self::Perform | Self::Agreement | Self::Maintain | Self::DismissRequest | Self::DismissApplication => false,
        }
    }
}

impl Judgment {
    /// Whether whoever was sued has lost (败诉).
    pub const fn lost(self) -> bool {
        match self {
            Self::Revoked | Self::Changed | Self::Unlawful | Self::Void | Self::Perform | Self::Agreement => true,
            Self::Dismissed | Self::NotHeard | Self::Withdrawn | Self::Mediated => false,
        }
    }

    /// Whether there is something to perform.
    pub const fn obliges(self) -> bool {
        self.lost() || matches!(self, Self::Mediated)
    }
}

impl Defendant {
    /// Whether the agency of the act is sued.
    pub const fn takes_in_respondent(self) -> bool {
        matches!(self, Self::Respondent | Self::Both)
    }
}
