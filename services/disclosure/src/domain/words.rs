//! The closed sets of words that events use.

law::words! {
    /// How an application came (OGI 29, 31): it decides which day is the day of receipt.
    pub enum Channel {
        InPerson = "in_person" "当面提交" "in person",
        Oral = "oral" "口头提出，由机构代为填写" "orally, written down by the office",
        SignedPost = "signed_post" "需签收的邮寄" "by post, signed for",
        OrdinaryPost = "ordinary_post" "平常信函" "by ordinary letter",
        Online = "online" "互联网" "online",
        Fax = "fax" "传真" "by fax",
    }
    /// What kind of person somebody is.
    pub enum PersonKind {
        Citizen = "citizen" "公民" "citizen",
        LegalPerson = "legal_person" "法人" "legal person",
        OtherOrganisation = "other_organisation" "其他组织" "other organisation",
    }
    /// In which form the information is wanted (OGI 29, 40).
    pub enum Form {
        Paper = "paper" "纸质" "on paper",
        Electronic = "electronic" "电子数据" "as electronic data",
        OnSite = "on_site" "现场查阅、抄录" "read and copied on the spot",
    }
    /// What an application must hold (OGI 29).
    pub enum Element {
        Identity = "identity" "姓名或者名称、身份证明" "name and proof of identity",
        Contact = "contact" "联系方式" "how to reach the applicant",
        Description = "description" "所申请信息的名称、文号或者特征性描述" "name, number or description of the information",
        Form = "form" "形式要求" "the form wanted",
    }
    /// Which lawful interest of a third party disclosure touches (OGI 15).
    pub enum Interest {
        TradeSecret = "trade_secret" "商业秘密" "business secret",
        Privacy = "privacy" "个人隐私" "privacy",
        Other = "other" "其他合法权益" "another lawful interest",
    }
    /// What an application is answered with (OGI 35–39).
    pub enum Outcome {
        AlreadyPublic = "already_public" "已主动公开" "already public",
        Disclosed = "disclosed" "予以公开" "disclosed",
        PartlyDisclosed = "partly_disclosed" "部分公开" "disclosed in part",
        NotDisclosed = "not_disclosed" "不予公开" "not disclosed",
        NotExisting = "not_existing" "信息不存在" "no such information",
        NotResponsible = "not_responsible" "不属于本机关负责公开" "not for this agency to disclose",
        Repeated = "repeated" "不予重复处理" "answered before",
        SpecialLaw = "special_law" "依照特别规定办理" "obtained under special provisions",
        NeedsProcessing = "needs_processing" "需要加工、分析，不予提供" "would have to be made first",
        StillUnclear = "still_unclear" "补正后仍不明确" "unclear even after correction",
        NotAnApplication = "not_an_application" "信访、投诉、举报等，不作为申请处理" "a petition or complaint, not an application",
        Publication = "publication" "公开出版物，告知获取途径" "a publication that can be obtained",
        Unreasonable = "unreasonable" "数量频次过多且理由不合理，不予处理" "excessive without good reason",
    }
    /// Why information is not disclosed: the only grounds there are (OGI 14–16).
    pub enum Ground {
        StateSecret = "state_secret" "国家秘密" "state secret",
        ForbiddenByLaw = "forbidden_by_law" "法律、行政法规禁止公开" "disclosure forbidden by law",
        Endangers = "endangers" "可能危及国家安全、公共安全、经济安全、社会稳定" "may endanger security or stability",
        ThirdParty = "third_party" "会损害第三方合法权益" "would harm a third party's rights",
        InternalAffairs = "internal_affairs" "内部事务信息" "internal affairs",
        Process = "process" "过程性信息" "information of a process",
        EnforcementFile = "enforcement_file" "行政执法案卷信息" "enforcement file",
    }
    /// How an answer left the agency.
    pub enum Delivery {
        HandedOver = "handed_over" "当面交付" "handed over",
        Post = "post" "邮寄" "by post",
        Electronic = "electronic" "电子方式" "electronically",
        Fax = "fax" "传真" "by fax",
    }
}

impl Outcome {
    /// Whether something is given out.
    pub fn discloses(self) -> bool {
        matches!(self, Self::Disclosed | Self::PartlyDisclosed)
    }

    /// Whether something is kept back on a ground of OGI 14–16.
    pub fn withholds(self) -> bool {
        matches!(self, Self::NotDisclosed | Self::PartlyDisclosed)
    }
}

impl Ground {
    /// Whether the law only allows to keep it back (OGI 16: 可以不予公开), unless a provision demands that it be public.
    pub fn may(self) -> bool {
        matches!(self, Self::InternalAffairs | Self::Process | Self::EnforcementFile)
    }
}
