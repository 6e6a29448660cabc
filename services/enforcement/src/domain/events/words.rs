//! The closed sets of words that events use: as stored, in Chinese, in English.

use lists::facts::Addressee;

law::words! {
    /// 简易程序 or 普通程序 (APL 51, 54).
    pub enum Procedure {
        /// On the spot (APL 51).
        Simple = "simple" "简易程序" "simple procedure",
        /// APL 54.
        Ordinary = "ordinary" "普通程序" "ordinary procedure",
    }
    /// Who the act addresses.
    pub enum PartyKind {
        Citizen = "citizen" "公民" "citizen",
        LegalPerson = "legal_person" "法人" "legal person",
        OtherOrganisation = "other_organisation" "其他组织" "other organisation",
    }
    /// Where the case came from.
    pub enum SourceKind {
        Inspection = "inspection" "监督检查" "inspection",
        Complaint = "complaint" "投诉举报" "complaint",
        Transfer = "transfer" "其他机关移送" "passed on by another body",
        Assigned = "assigned" "上级交办" "assigned from above",
        Monitoring = "monitoring" "监测抽检" "monitoring or sampling",
        Media = "media" "媒体披露" "media",
    }
    /// What a case that was filed on a lead came to.
    pub enum LeadOutcome {
        Punished = "punished" "作出处罚决定" "a penalty was decided",
        Withheld = "withheld" "决定不予处罚" "no penalty was decided",
        Transferred = "transferred" "移送公安机关" "passed on to the police",
        Overturned = "overturned" "处罚决定被撤销、变更或者否定" "the decision was revoked, changed or found unlawful",
        Closed = "closed" "未作决定结案" "closed without a decision",
    }
    /// Why one version of the law governs an act and no other (APL 37).
    pub enum GoverningReason {
        Unchanged = "unchanged" "规定没有变化" "unchanged",
        OfTheAct = "of_the_act" "新规定不较轻，适用违法行为发生时的规定" "law of the act; the later one is not milder",
        /// Heavier in one respect and lighter in another: not milder.
        NeitherMilder = "neither_milder" "新旧规定互有轻重，适用违法行为发生时的规定" "law of the act; the later one is milder in part only",
        /// An open range, a base amount that nobody stated, conditions in other words.
        NotComparable = "not_comparable" "新旧规定的轻重无法比较，适用违法行为发生时的规定" "law of the act; which is milder cannot be told",
        NewerMilder = "newer_milder" "新规定较轻" "the later one is milder",
        /// A list that did not exist is no law that did not exist.
        NoListOfThatDay = "no_list_of_that_day" "清单晚于违法行为，适用现行规定" "present law; the list begins after the act",
        NoPowerThen = "no_power_then" "违法行为发生时该事项已取消" "the item had been cancelled when the act was done",
        NoPowerNow = "no_power_now" "决定时没有该事项" "there is no such item at the decision",
    }
    /// The eight kinds of evidence (APL 46).
    pub enum EvidenceKind {
        Documentary = "documentary" "书证" "documentary evidence",
        Physical = "physical" "物证" "physical evidence",
        AudioVisual = "audio_visual" "视听资料" "audio-visual material",
        Electronic = "electronic" "电子数据" "electronic data",
        Testimony = "testimony" "证人证言" "testimony",
        PartyStatement = "party_statement" "当事人的陈述" "statement of the party",
        ExpertOpinion = "expert_opinion" "鉴定意见" "expert opinion",
        SiteRecord = "site_record" "勘验笔录、现场笔录" "site record",
    }
    /// 强制措施 (ACL 9).
    pub enum MeasureKind {
        RestrictLiberty = "restrict_liberty" "限制公民人身自由" "restriction of liberty",
        Seal = "seal" "查封" "sealing",
        Seize = "seize" "扣押" "seizure",
        Freeze = "freeze" "冻结" "freezing",
        Other = "other" "其他强制措施" "other measure",
    }
    /// Why a measure is prolonged.
    pub enum ExtensionGround {
        /// The only one that ACL 25 and 32 know.
        Complex = "complex" "情况复杂" "the matter is complex",
        Other = "other" "其他" "other",
    }
    /// The stages that must each leave a record (APL 47, TSI).
    pub enum RecordStage {
        Start = "start" "启动" "start",
        Investigation = "investigation" "调查取证" "investigation",
        Review = "review" "审核" "review",
        Decision = "decision" "决定" "decision",
        Service = "service" "送达" "service",
        Execution = "execution" "执行" "execution",
    }
    /// Form of a record.
    pub enum RecordForm {
        Text = "text" "文字" "text",
        AudioVisual = "audio_visual" "音像" "audio-visual",
    }
    /// How a document reached the party.
    pub enum ServiceMethod {
        Direct = "direct" "直接送达" "direct",
        Lien = "lien" "留置送达" "left at the premises",
        Entrusted = "entrusted" "委托送达" "entrusted",
        Post = "post" "邮寄送达" "by post",
        /// Only by written consent.
        Electronic = "electronic" "电子送达" "electronic",
        Announcement = "announcement" "公告送达" "by announcement",
        Transferred = "transferred" "转交送达" "passed on by the place that holds the party",
    }
    /// Who takes a document for the party (CPL 88).
    pub enum Taker {
        Party = "party" "本人" "the party",
        Family = "family" "同住成年家属" "adult family living with the party",
        Representative = "representative" "法定代表人或者主要负责人" "legal representative or head",
        Receptionist = "receptionist" "负责收件的人" "whoever takes letters in",
        Agent = "agent" "代理人" "agent",
        Appointee = "appointee" "指定的代收人" "whom the party named to take it",
    }
    /// Why a decision is announced (CPL 95).
    pub enum AnnounceGround {
        WhereaboutsUnknown = "whereabouts_unknown" "下落不明" "whereabouts unknown",
        OtherWaysFailed = "other_ways_failed" "其他方式无法送达" "no other way led to the party",
    }
    /// Why a hearing is closed to the public (APL 64).
    pub enum ClosedGround {
        StateSecret = "state_secret" "涉及国家秘密" "state secrets",
        TradeSecret = "trade_secret" "涉及商业秘密" "trade secrets",
        Privacy = "privacy" "涉及个人隐私" "privacy",
    }
    /// What a guardian is ordered (APL 30, 31).
    pub enum GuardianDuty {
        Discipline = "discipline" "加以管教" "to discipline the child",
        CareAndTreatment = "care_and_treatment" "严加看管和治疗" "to care and treatment",
    }
    /// Why a penalty must be lighter or mitigated (APL 32).
    pub enum MitigatingGround {
        HarmUndone = "harm_undone" "主动消除或者减轻违法行为危害后果" "undid or lessened the harm",
        Coerced = "coerced" "受他人胁迫或者诱骗" "coerced or misled by others",
        OwnedUp = "owned_up" "主动供述尚未掌握的违法行为" "owned up to what was not known",
        Merit = "merit" "配合查处有立功表现" "helped with merit",
        ByLaw = "by_law" "法律、法规、规章规定的其他情形" "another ground of a law, regulation or rule",
    }
    /// Why a decision is not published (APL 48, 50).
    pub enum NotPublicGround {
        StateSecret = "state_secret" "涉及国家秘密" "state secrets",
        TradeSecret = "trade_secret" "涉及商业秘密" "trade secrets",
        Privacy = "privacy" "涉及个人隐私" "privacy",
        Minor = "minor" "涉及未成年人" "a minor",
        NoConsequence = "no_consequence" "不具有一定社会影响" "of no social consequence",
    }
    /// What becomes of confiscated goods (APL 74).
    pub enum DisposalWay {
        Auction = "auction" "公开拍卖" "public auction",
        Destroyed = "destroyed" "依法销毁" "destroyed by law",
        StateRules = "state_rules" "按照国家有关规定处理" "dealt with by rules of the State",
    }
    /// Why evidence does not count (APL 41, 46).
    pub enum ExclusionGround {
        Unlawful = "unlawful" "以非法手段取得" "got unlawfully",
        NotGenuine = "not_genuine" "查证不属实" "not genuine",
        DeviceRecord = "device_record" "监控记录未经审核或者不符合要求" "a record of a device that was not reviewed or fails the demands",
        Irrelevant = "irrelevant" "与案件事实无关" "irrelevant",
    }
    /// Of whom a receipt for money taken is (APL 70).
    pub enum ReceiptIssuer {
        Ministry = "ministry" "国务院财政部门统一制发" "finance department of the State Council",
        Province = "province" "省级财政部门统一制发" "finance department of the province",
        Bank = "bank" "代收机构" "the bank",
    }
    /// How the party gave its hearing up (APL 64).
    pub enum Absence {
        Absent = "absent" "无正当理由拒不出席" "stayed away without good reason",
        Left = "left" "未经许可中途退出" "left without leave",
    }
    /// How a fine was paid.
    pub enum PayChannel {
        Bank = "bank" "银行缴纳" "to the bank",
        Electronic = "electronic" "电子支付" "electronic payment",
        OnSpot = "on_spot" "当场收缴" "collected on the spot",
    }
    /// Why cash may be taken on the spot (APL 68, 69).
    pub enum SpotGround {
        UpTo100Yuan = "up_to100_yuan" "一百元以下罚款" "fine of at most 100 yuan",
        HardAfterwards = "hard_afterwards" "事后难以执行" "hard to execute afterwards",
        RemoteAtRequest = "remote_at_request" "边远地区且当事人提出" "remote place, at the party's request",
    }
    /// How the party's statement was answered.
    pub enum StatementOutcome {
        Accepted = "accepted" "采纳" "accepted",
        PartlyAccepted = "partly_accepted" "部分采纳" "accepted in part",
        /// With reasons.
        Rejected = "rejected" "不予采纳" "not accepted",
    }
    /// What the heads resolve on a finished investigation (APL 57(1)).
    pub enum DiscussionResult {
        Penalise = "penalise" "给予处罚" "a penalty",
        Withhold = "withhold" "不予处罚" "no penalty",
        Transfer = "transfer" "移送司法机关" "transfer to the judicial organs",
        /// Nothing yet.
        InvestigateFurther = "investigate_further" "补充调查" "further investigation",
    }
    /// Why there is no penalty (APL 30, 31, 33, 36, 57).
    pub enum NoPenaltyGround {
        /// APL 33.
        SlightAndCorrected = "slight_and_corrected" "轻微并及时改正，未造成危害后果" "slight, corrected in time, no harm",
        /// APL 33.
        FirstAndSlight = "first_and_slight" "初次违法且后果轻微并及时改正" "first, slight and corrected",
        /// APL 33.
        NoFault = "no_fault" "无主观过错" "no subjective fault",
        /// APL 30.
        Under14 = "under14" "不满十四周岁" "under 14",
        /// APL 31.
        UnableToDiscern = "unable_to_discern" "不能辨认或控制行为" "unable to discern",
        /// APL 57.
        NotEstablished = "not_established" "违法事实不能成立" "facts not established",
        /// APL 36.
        PastPeriod = "past_period" "超过追责时效" "past the period",
    }
    /// Why a case ends.
    pub enum CloseReason {
        Performed = "performed" "处罚执行完毕" "penalty performed",
        NotPunished = "not_punished" "不予处罚" "not punished",
        Transferred = "transferred" "移送公安机关" "transferred to the police",
        CourtExecuted = "court_executed" "法院强制执行完毕" "executed by the court",
        /// Nothing is left to execute (ACL 40).
        ExecutionEnded = "execution_ended" "终结执行" "execution ended",
        Revoked = "revoked" "决定被撤销" "decision revoked",
        CaseWithdrawn = "case_withdrawn" "撤销立案" "case withdrawn",
    }
    /// Time that a law, regulation or rule does not count towards the period to decide (APL 60).
    pub enum SuspensionGround {
        Hearing = "hearing" "听证" "hearing",
        Testing = "testing" "检测、检验、检疫" "testing",
        ExpertOpinion = "expert_opinion" "鉴定" "expert opinion",
        Announcement = "announcement" "公告" "announcement",
        /// Another that the basis names.
        Other = "other" "其他" "other",
    }
    /// What a target of an agency is measured in (APL 74).
    pub enum TargetMeasure {
        FineAmount = "fine_amount" "罚款、罚没金额" "amount of fines",
        PenaltyCount = "penalty_count" "处罚件数" "number of penalties",
        ConfiscatedAmount = "confiscated_amount" "没收金额" "amount confiscated",
        FileQuality = "file_quality" "案卷评查合格率" "quality of files",
        Timeliness = "timeliness" "办案期限合规率" "timeliness",
        Publication = "publication" "公示及时率" "publication",
        Training = "training" "执法人员培训" "training",
        /// Another, said in the description.
        Other = "other" "其他" "other",
    }
    /// The only grounds for stopping a whole trade in an area (BER 59).
    pub enum AreaStopGround {
        LifeSafety = "life_safety" "涉及人民群众生命安全" "safety of life",
        MajorAccident = "major_accident" "发生重特大事故" "major accident",
        NationalEvent = "national_event" "举办国家重大活动" "national event",
    }
}

impl PartyKind {
    /// As what it answers under the lines of an item, where the findings say nothing else.
    pub const fn addressee(self) -> Addressee {
        match self {
            Self::Citizen => Addressee::Individual,
            Self::LegalPerson | Self::OtherOrganisation => Addressee::Unit,
        }
    }
}
