//! What goes wrong in the unlawful part of the year: about one case in ten.

use super::{chance::Chance, matter::Want, step::Kind};

/// How a flaw shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// Tried in the suite, refused, then done as the law wants.
    Mended,
    /// Done elsewhere and reported afterwards, with its violation.
    Reported,
    /// Done, but after its deadline, or entered long after it happened.
    Late,
    /// Never done.
    Missing,
}

macro_rules! flaws {
    ($($name:ident $manner:ident $kind:ident $want:ident $rule:literal $zh:literal,)*) => {
        /// One thing that is unlawful about a case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Flaw {
            $(#[doc = $zh] $name,)*
        }

        impl Flaw {
            /// Every flaw.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// How it shows.
            pub(super) fn manner(self) -> Manner {
                match self { $(Self::$name => Manner::$manner,)* }
            }

            /// In which kind of script.
            pub(super) fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }

            /// In which kind of matter.
            pub(super) fn want(self) -> Want {
                match self { $(Self::$name => Want::$want,)* }
            }

            /// The rule that is broken.
            pub(super) fn rule(self) -> &'static str {
                match self { $(Self::$name => $rule,)* }
            }
        }
    };
}

flaws! {
    ForeignItem Mended Ordinary Any "EN-POWER" "立案引用别的机关的权力事项",
    Elsewhere Mended Ordinary Any "EN-JURISDICTION" "违法行为发生在外地",
    OneOfficer Mended Ordinary Any "OF-TWO" "一人执法",
    ExpiredCertificate Mended Ordinary Any "OF-CERT" "证件过期",
    Auxiliary Mended Ordinary Any "OF-AUX" "辅助人员执法",
    UnreviewedDevice Mended Ordinary Any "EN-DEVICE" "电子设备未经审核",
    UnapprovedMeasure Mended Ordinary Measure "EN-MEASURE" "未经批准查封扣押",
    LongMeasure Mended Ordinary Measure "EN-SEIZE-LENGTH" "查封扣押超过三十日",
    NoNotice Mended Ordinary Any "EN-NOTICE" "未告知先决定",
    NoHearingRight Mended Ordinary Major "EN-HEARING" "未告知听证权利",
    NotHeard Mended Ordinary Fine "EN-STATEMENT" "未听取陈述申辩",
    HearingDenied Mended Ordinary Major "EN-HEARING" "拒绝听证",
    ShortHearingNotice Mended Ordinary Major "EN-HEARING-NOTICE" "听证通知不足七日",
    InvestigatorHosts Mended Ordinary Major "EN-HEARING-HOST" "调查人员主持听证",
    WrongReviewer Mended Ordinary Major "EN-REVIEWER" "非法制审核人员审核",
    NoReview Mended Ordinary Major "EN-REVIEW" "重大决定未经法制审核",
    NoDeliberation Mended Ordinary Major "EN-COLLECTIVE" "重大处罚未集体讨论",
    AboveTier Mended Ordinary Fine "EN-RANGE" "超出裁量阶次",
    OfficerDecides Mended Ordinary Any "EN-HEAD" "承办人自行决定",
    IncompleteDecision Mended Ordinary Any "EN-DECISION" "决定书缺少救济途径",
    NoEvidence Mended Ordinary Any "EN-EVIDENCE" "决定没有引用证据",
    SecondFine Mended Ordinary Fine "EN-TWICE" "同一行为再次罚款",
    InsteadOfTransfer Mended Transferred Fine "EN-TRANSFER-FIRST" "以罚代刑",
    ElectronicWithoutConsent Mended Ordinary Any "EN-SERVE-ELECTRONIC" "未经同意电子送达",
    SelfCollected Mended Ordinary Fine "EN-SEPARATE" "自行收缴罚款",
    NoReceipt Mended Ordinary Fine "EN-RECEIPT" "收款没有票据",
    HighSurcharge Mended Ordinary Fine "EN-SURCHARGE" "加处罚款过高",
    EarlyCourt Mended Ordinary Fine "EN-COURT-READY" "复议诉讼期内申请法院执行",
    TooMuchOnTheSpot Mended Simple Spot "EN-SIMPLE" "当场处罚超过上限",
    ReportedOneOfficer Reported Ordinary Any "OF-TWO" "事后报送：一人执法",
    ReportedExpired Reported Ordinary Any "OF-CERT" "事后报送：证件过期",
    ReportedWithoutNotice Reported Ordinary Fine "EN-NOTICE" "事后报送：未告知",
    ReportedUnreviewed Reported Ordinary Major "EN-REVIEW" "事后报送：未审核、未讨论",
    ReportedAboveTier Reported Ordinary Fine "EN-RANGE" "事后报送：超出裁量阶次",
    ReportedSelfCollected Reported Ordinary Fine "EN-SEPARATE" "事后报送：自行收缴",
    LateDecision Late Ordinary Any "EN-NINETY" "超过九十日才决定",
    LateService Late Ordinary Any "EN-SERVE" "超过七个工作日才送达",
    LatePublication Late Ordinary Any "EN-PUBLICISE" "超过七个工作日才公示",
    LatePreservation Late Ordinary Any "EN-PRESERVE" "登记保存逾期才处理",
    LateMeasure Late Ordinary Measure "EN-SEIZE" "查封扣押逾期才解除",
    LateArchive Late Ordinary Any "EN-FILE" "逾期才归档",
    LateTransfer Late Transferred Fine "EN-TRANSFER" "逾期才决定移送",
    LateEntry Late Ordinary Any "" "事后很久才录入",
    MissingRecords Missing Ordinary Any "EN-RECORD" "缺少全过程记录",
    ExemptionIgnored Missing Ordinary Fine "EN-EXEMPT" "没有核对免罚清单",
    NotReportedUpward Missing Ordinary Major "EN-FILE-UPWARD" "重大处罚没有报备案",
    SpotUnreported Missing Simple Spot "EN-SIMPLE-REPORT" "当场处罚没有报备案",
    AssistanceUnanswered Missing Ordinary Any "EN-ASSIST" "协助请求没有答复",
    Unpublicised Missing Ordinary Any "EN-PUBLICISE" "一直没有公示",
    UnsettledPreservation Missing Ordinary Any "EN-PRESERVE" "登记保存一直没有处理",
    Stalled Missing Ordinary Any "EN-NINETY" "立案后搁置",
}

impl Flaw {
    /// The flaw of an unlawful case.
    pub(super) fn draw(chance: &mut Chance) -> Self {
        // What is done late or left undone is commoner than what is tried and refused.
        let weight = |f: &Self| match (f, f.manner()) {
            (
                Self::LateDecision | Self::LateService | Self::LatePublication | Self::LateEntry | Self::MissingRecords,
                _,
            ) => 8,
            (Self::Stalled, _) => 10,
            (_, Manner::Reported) => 5,
            (_, Manner::Late | Manner::Missing) => 4,
            (_, Manner::Mended) => 3,
        };
        chance.weighted(Self::ALL, weight).copied().unwrap_or(Self::LateEntry)
    }
}
