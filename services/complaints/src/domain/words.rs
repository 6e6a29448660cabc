//! The closed sets of words that events use.

law::words! {
    /// What a person brings (LPR 17, 29–31).
    pub enum Kind {
        /// Against how an agency or its staff dealt with the person.
        Complaint = "complaint" "投诉" "complaint",
        /// Of a violation of law by others.
        Report = "report" "举报" "report of a violation",
        /// 申诉求决 that no other procedure takes (LPR 31).
        Petition = "petition" "信访" "petition",
        Suggestion = "suggestion" "建议" "suggestion",
        /// Of a government service that the person used.
        ServiceRating = "service_rating" "好差评" "rating of a service",
        NormReview = "norm_review" "规范性文件审查建议" "request to review a normative document",
        /// Against somebody who complained (LPR 18, 46).
        Reprisal = "reprisal" "打击报复" "reprisal",
    }
    /// How it came.
    pub enum Channel {
        Mailbox = "mailbox" "举报箱" "mailbox",
        Email = "email" "电子信箱" "e-mail",
        Hotline = "hotline" "热线电话" "hotline",
        Web = "web" "网站" "web",
        Wechat = "wechat" "微信" "WeChat",
        Microblog = "microblog" "微博" "microblog",
        Letter = "letter" "书信" "letter",
        Fax = "fax" "传真" "fax",
        Visit = "visit" "走访" "visit",
    }
    /// Which way a matter is to be settled (LPR 22, 28, 31).
    pub enum Way {
        /// No other procedure takes it.
        Ordinary = "ordinary" "按信访、投诉举报办理" "handled here",
        Litigation = "litigation" "诉讼" "litigation",
        Reconsideration = "reconsideration" "行政复议" "reconsideration",
        Arbitration = "arbitration" "仲裁" "arbitration",
        /// 检举控告 that discipline and supervision take (LPR 22, 30).
        Discipline = "discipline" "纪检监察" "discipline and supervision",
        /// 涉法涉诉 (LPR 22, 28, 31).
        Judicial = "judicial" "政法机关" "judicial organs",
        PartyAppeal = "party_appeal" "党员申诉、申请复审" "appeal within the party",
        /// 行政裁决、行政确认、行政许可 and others (LPR 31).
        OtherProcedure = "other_procedure" "其他行政程序" "another administrative procedure",
    }
    /// Why a matter is not accepted: the only grounds there are (LPR 19, 23, 36).
    pub enum DeclineGround {
        /// The same matter has been accepted elsewhere and is being handled (LPR 19).
        Pending = "pending" "同一事项已经受理或者正在办理" "the same matter is being handled",
        /// The same facts and reasons were rechecked (LPR 36).
        Rechecked = "rechecked" "同一事实和理由已经复核终结" "rechecked and closed for good",
        /// Brought directly, and another organ's (LPR 23).
        NotOurs = "not_ours" "不属于本机关、本系统职权范围" "another organ's to handle",
    }
    /// How a matter stands to an earlier one.
    pub enum Relation {
        Duplicate = "duplicate" "重复件（同一时期多次提出）" "duplicate",
        Repeat = "repeat" "再次提出（同一事实和理由）" "brought again on the same facts",
    }
    /// What a matter is answered with (LPR 29, 30, 32, 33).
    pub enum Outcome {
        Supported = "supported" "予以支持" "supported",
        Explained = "explained" "解释说明" "explained",
        NotSupported = "not_supported" "不予支持" "not supported",
        /// 调解协议书、和解协议书 (LPR 33).
        Mediated = "mediated" "调解、和解" "mediated or settled",
        Verified = "verified" "查证属实" "found true",
        NotVerified = "not_verified" "查无实据" "not found true",
        Adopted = "adopted" "采纳" "adopted",
        PartlyAdopted = "partly_adopted" "部分采纳" "adopted in part",
        NotAdopted = "not_adopted" "不予采纳" "not adopted",
        Rectified = "rectified" "已整改" "rectified",
        NormStands = "norm_stands" "文件继续有效" "the document stands",
        NormAmended = "norm_amended" "文件修改" "the document is amended",
        NormRepealed = "norm_repealed" "文件废止、失效" "the document is repealed",
    }
    /// How a person rates an answer or a service.
    pub enum Score {
        VeryGood = "very_good" "非常满意" "very satisfied",
        Good = "good" "满意" "satisfied",
        Fair = "fair" "基本满意" "fairly satisfied",
        Poor = "poor" "不满意" "dissatisfied",
        VeryPoor = "very_poor" "非常不满意" "very dissatisfied",
    }
    /// Which time a petition is looked at anew (LPR 35, 36).
    pub enum Instance {
        Review = "review" "复查" "review",
        Recheck = "recheck" "复核" "recheck",
    }
    /// What a review or recheck comes to.
    pub enum ReviewOutcome {
        Upheld = "upheld" "维持" "upheld",
        Changed = "changed" "变更" "changed",
        Anew = "anew" "撤销，责令重新办理" "revoked, to be handled anew",
    }
    /// How a reward is paid.
    pub enum RewardMethod {
        /// Against the receipt's code; whoever pays learns no name.
        Code = "code" "凭举报编码领取" "against the report's code",
        /// Handed on by the identity keeper.
        Keeper = "keeper" "由身份保管人转交" "through the identity keeper",
        /// Against name and signature.
        Named = "named" "实名签领" "against name and signature",
    }
    /// Why the supervising organ is asked to act (LPR 40).
    pub enum SupervisionGround {
        Overdue = "overdue" "超期未办理" "overdue",
        Perfunctory = "perfunctory" "推诿、敷衍、拖延" "passed on, perfunctory or dragged out",
        Falsified = "falsified" "弄虚作假" "falsified",
        NotCarriedOut = "not_carried_out" "拒不执行处理意见" "the opinion is not carried out",
    }
}

impl Outcome {
    /// Whether it is what a matter of this kind may come to.
    pub fn fits(self, kind: Kind) -> bool {
        use Outcome as O;
        match kind {
            Kind::Petition => matches!(self, O::Supported | O::Explained | O::NotSupported | O::Mediated),
            Kind::Complaint => {
                matches!(self, O::Supported | O::Explained | O::NotSupported | O::Mediated | O::Rectified)
            }
            Kind::Report | Kind::Reprisal => matches!(self, O::Verified | O::NotVerified),
            Kind::Suggestion => matches!(self, O::Adopted | O::PartlyAdopted | O::NotAdopted),
            Kind::ServiceRating => matches!(self, O::Rectified | O::Explained),
            Kind::NormReview => matches!(self, O::NormStands | O::NormAmended | O::NormRepealed),
        }
    }
}

impl Score {
    /// Whether it calls for rectification.
    pub fn is_poor(self) -> bool {
        matches!(self, Self::Poor | Self::VeryPoor)
    }
}
