//! The closed sets of words that events use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$m:meta])* enum $name:ident { $($(#[$vm:meta])* $variant:ident),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vm])* $variant,)* }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        })*
    };
}

words! {
    /// 简易程序 or 普通程序 (APL 51, 54).
    enum Procedure { /** On the spot (APL 51). */ Simple, /** Ordinary (APL 54). */ Ordinary }
    /// Who the act addresses.
    enum PartyKind { /** 公民. */ Citizen, /** 法人. */ LegalPerson, /** 其他组织. */ OtherOrganisation }
    /// Where the case came from.
    enum SourceKind {
        /** Own inspection. */ Inspection, /** A complaint or report. */ Complaint, /** Passed on by another body. */ Transfer,
        /** Assigned from above. */ Assigned, /** Monitoring or sampling. */ Monitoring, /** Media. */ Media,
    }
    /// The eight kinds of evidence (APL 46).
    enum EvidenceKind {
        /** 书证. */ Documentary, /** 物证. */ Physical, /** 视听资料. */ AudioVisual, /** 电子数据. */ Electronic,
        /** 证人证言. */ Testimony, /** 当事人的陈述. */ PartyStatement, /** 鉴定意见. */ ExpertOpinion,
        /** 勘验笔录、现场笔录. */ SiteRecord,
    }
    /// 处罚种类 (APL 9); the same words as in the power list.
    enum PenaltyKind {
        /** 警告. */ Warning, /** 通报批评. */ PublicCriticism, /** 罚款. */ Fine, /** 没收违法所得. */ ConfiscateGains,
        /** 没收非法财物. */ ConfiscateGoods, /** 暂扣许可证件. */ SuspendLicence, /** 降低资质等级. */ LowerQualification,
        /** 吊销许可证件. */ RevokeLicence, /** 限制开展生产经营活动. */ RestrictBusiness, /** 责令停产停业. */ SuspendProduction,
        /** 责令关闭. */ CloseDown, /** 限制从业. */ BarFromTrade, /** 行政拘留. */ Detention, /** Other, by law. */ Other,
    }
    /// 强制措施 (ACL 9).
    enum MeasureKind {
        /** 限制公民人身自由. */ RestrictLiberty, /** 查封场所、设施或者财物. */ Seal, /** 扣押财物. */ Seize,
        /** 冻结存款、汇款. */ Freeze, /** 其他. */ Other,
    }
    /// The stages that must each leave a record (APL 47, TSI).
    enum RecordStage {
        /** 启动. */ Start, /** 调查取证. */ Investigation, /** 审核. */ Review, /** 决定. */ Decision, /** 送达. */ Service,
        /** 执行. */ Execution,
    }
    /// Form of a record.
    enum RecordForm { /** 文字. */ Text, /** 音像. */ AudioVisual }
    /// How a document reached the party.
    enum ServiceMethod {
        /** 直接送达. */ Direct, /** 留置送达. */ Lien, /** 委托送达. */ Entrusted, /** 邮寄送达. */ Post,
        /** 电子送达: only by written consent. */ Electronic, /** 公告送达. */ Announcement,
    }
    /// How a fine was paid.
    enum PayChannel {
        /** To the bank. */ Bank, /** Electronic payment to the treasury. */ Electronic,
        /** Collected on the spot by an officer. */ OnSpot,
    }
    /// Why cash may be taken on the spot (APL 68, 69).
    enum SpotGround {
        /** Fine of at most 100 yuan. */ UpTo100Yuan, /** Hard to execute afterwards. */ HardAfterwards,
        /** Remote place, and the party asks for it. */ RemoteAtRequest,
    }
    /// How the party's statement was answered.
    enum StatementOutcome {
        /** Accepted. */ Accepted, /** Accepted in part. */ PartlyAccepted, /** Not accepted, with reasons. */ Rejected,
    }
    /// Why there is no penalty (APL 30, 31, 33, 36, 57).
    enum NoPenaltyGround {
        /** 轻微并及时改正, 未造成危害后果 (APL 33). */ SlightAndCorrected,
        /** 初次违法且后果轻微并及时改正 (APL 33). */ FirstAndSlight, /** No subjective fault (APL 33). */ NoFault,
        /** Under 14 (APL 30). */ Under14, /** Unable to discern (APL 31). */ UnableToDiscern,
        /** Facts not established (APL 57). */ NotEstablished, /** Past the period (APL 36). */ PastPeriod,
    }
    /// Why a case ends.
    enum CloseReason {
        /** Penalty performed. */ Performed, /** Not punished. */ NotPunished, /** Transferred to the police. */ Transferred,
        /** Court executed it. */ CourtExecuted, /** Execution ended: nothing left to execute (ACL 40). */ ExecutionEnded,
        /** Decision revoked. */ Revoked, /** Withdrawn. */ CaseWithdrawn,
    }
    /// Time that a law, regulation or rule does not count towards the period to decide (APL 60).
    enum SuspensionGround {
        /** 听证. */ Hearing, /** 检测、检验、检疫. */ Testing, /** 鉴定. */ ExpertOpinion, /** 公告. */ Announcement,
        /** Another that the basis names. */ Other,
    }
    /// What a target of an agency is measured in (APL 74).
    enum TargetMeasure {
        /** 罚款、罚没金额. */ FineAmount, /** 处罚件数. */ PenaltyCount, /** 没收财物、违法所得. */ ConfiscatedAmount,
        /** 案卷评查合格率. */ FileQuality, /** 办案期限合规率. */ Timeliness, /** 公示及时率. */ Publication,
        /** 执法人员培训. */ Training, /** Another, said in the description. */ Other,
    }
    /// The only grounds for stopping a whole trade in an area (BER 59).
    enum AreaStopGround {
        /** 涉及人民群众生命安全. */ LifeSafety, /** 发生重特大事故. */ MajorAccident, /** 举办国家重大活动. */ NationalEvent,
    }
}

impl PenaltyKind {
    /// As APL 9 names it.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Warning => "警告",
            Self::PublicCriticism => "通报批评",
            Self::Fine => "罚款",
            Self::ConfiscateGains => "没收违法所得",
            Self::ConfiscateGoods => "没收非法财物",
            Self::SuspendLicence => "暂扣许可证件",
            Self::LowerQualification => "降低资质等级",
            Self::RevokeLicence => "吊销许可证件",
            Self::RestrictBusiness => "限制开展生产经营活动",
            Self::SuspendProduction => "责令停产停业",
            Self::CloseDown => "责令关闭",
            Self::BarFromTrade => "限制从业",
            Self::Detention => "行政拘留",
            Self::Other => "其他行政处罚",
        }
    }

    /// In English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Warning => "a warning",
            Self::PublicCriticism => "public criticism",
            Self::Fine => "a fine",
            Self::ConfiscateGains => "confiscation of gains",
            Self::ConfiscateGoods => "confiscation of goods",
            Self::SuspendLicence => "suspension of a licence",
            Self::LowerQualification => "lowering of a qualification",
            Self::RevokeLicence => "revocation of a licence",
            Self::RestrictBusiness => "restriction of business",
            Self::SuspendProduction => "suspension of production",
            Self::CloseDown => "closing down",
            Self::BarFromTrade => "a bar from the trade",
            Self::Detention => "detention",
            Self::Other => "another penalty",
        }
    }
}
