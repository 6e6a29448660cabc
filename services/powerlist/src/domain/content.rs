//! What a power item says: the parts of a row of the published list.

use jiff::civil::Date;
use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::FlowStep;

impl Outcome {
    /// Whether it takes a business licence (营业执照) away, which a local regulation may not create (APL 12). The
    /// published lists say so in the condition; there is no column for it.
    pub fn revokes_business_licence(&self) -> bool {
        self.kind == PenaltyKind::RevokeLicence && self.condition.as_deref().is_some_and(|c| c.contains("营业执照"))
    }
}

impl ItemContent {
    /// Whether the power limits personal freedom, as a penalty or as a measure (APL 9, ACL 9).
    pub fn restricts_liberty(&self) -> bool {
        self.outcomes.iter().any(|o| o.kind == PenaltyKind::Detention)
            || self.measures.contains(&MeasureKind::RestrictLiberty)
    }
}

law::words! {
    /// 职权类型.
    pub enum PowerKind {
        Licence = "licence" "行政许可" "licence",
        Penalty = "penalty" "行政处罚" "penalty",
        Compulsion = "compulsion" "行政强制" "compulsion",
        Levy = "levy" "行政征收" "levy",
        Payment = "payment" "行政给付" "payment",
        Inspection = "inspection" "行政检查" "inspection",
        Confirmation = "confirmation" "行政确认" "confirmation",
        Reward = "reward" "行政奖励" "reward",
        Adjudication = "adjudication" "行政裁决" "adjudication",
        Other = "other" "其他" "other",
    }
}

law::words! {
    /// The level of a norm (APL 10–16, ALL 14–17, ACL 9–13).
    pub enum NormLevel {
        Law = "law" "法律" "law",
        AdministrativeRegulation = "administrative_regulation" "行政法规" "administrative regulation",
        LocalRegulation = "local_regulation" "地方性法规" "local regulation",
        DepartmentRule = "department_rule" "部门规章" "departmental rule",
        LocalRule = "local_rule" "地方政府规章" "local government rule",
        /// Creates nothing.
        NormativeDocument = "normative_document" "规范性文件" "normative document",
    }
}

/// 实施依据.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LegalBasis {
    /// Full title without 《》.
    pub statute: String,
    /// Its level.
    pub level: NormLevel,
    /// Date of the version cited.
    pub version: Date,
    /// 第一百二十二条第一款.
    pub article: String,
    /// What it says, summed up.
    pub summary: String,
}

law::words! {
    /// 处罚种类 (APL 9).
    pub enum PenaltyKind {
        Warning = "warning" "警告" "warning",
        PublicCriticism = "public_criticism" "通报批评" "public criticism",
        Fine = "fine" "罚款" "fine",
        ConfiscateGains = "confiscate_gains" "没收违法所得" "confiscation of illegal gains",
        ConfiscateGoods = "confiscate_goods" "没收非法财物" "confiscation of illegal goods",
        SuspendLicence = "suspend_licence" "暂扣许可证件" "suspension of a licence",
        LowerQualification = "lower_qualification" "降低资质等级" "lowering of a qualification",
        RevokeLicence = "revoke_licence" "吊销许可证件" "revocation of a licence",
        RestrictBusiness = "restrict_business" "限制开展生产经营活动" "restriction of business",
        SuspendProduction = "suspend_production" "责令停产停业" "order to stop production",
        CloseDown = "close_down" "责令关闭" "order to close down",
        BarFromTrade = "bar_from_trade" "限制从业" "bar from the trade",
        Detention = "detention" "行政拘留" "detention",
        Other = "other" "其他行政处罚" "other penalty",
    }
}

/// How far an outcome may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Range {
    /// An amount of money.
    Amount {
        /// Lowest, in fen.
        low_fen: i64,
        /// Highest, in fen.
        high_fen: i64,
    },
    /// A multiple (or percentage) of a base amount: 1 倍 = 100 hundredths, 5 % = 5 hundredths.
    Multiple {
        /// The base: 货值金额, 违法所得…
        of: String,
        /// Lowest, in hundredths.
        low_hundredths: i64,
        /// Highest, in hundredths.
        high_hundredths: i64,
    },
    /// Days of detention.
    Days {
        /// Fewest.
        low: u16,
        /// Most.
        high: u16,
    },
}

/// One kind of penalty an item or a tier allows, with its range and condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The kind.
    pub kind: PenaltyKind,
    /// Its range, for fines and detention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// When the article gives it only on a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

law::words! {
    /// 裁量阶次.
    pub enum TierLevel {
        None = "none" "不予" "no penalty" as "不予处罚" "no penalty",
        Mitigated = "mitigated" "减轻" "mitigated",
        Lighter = "lighter" "从轻" "lighter",
        Ordinary = "ordinary" "一般" "ordinary",
        Heavier = "heavier" "从重" "heavier",
    }
}

/// One tier of a discretion standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tier {
    /// Unique within the standard: `<level>` or `<level>-<n>`.
    pub code: String,
    /// Its level.
    pub level: TierLevel,
    /// 适用情形.
    pub circumstances: String,
    /// What it allows.
    pub outcomes: Vec<Outcome>,
}

/// 责任事项.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// Stage: 立案, 受理…
    pub stage: String,
    /// What is owed.
    pub matter: String,
}

law::words! {
    /// What a compulsory power does (ACL 9, 12): the level of norm that may create it depends on this.
    pub enum MeasureKind {
        RestrictLiberty = "restrict_liberty" "限制人身自由" "restriction of liberty" as "限制公民人身自由" "restriction of liberty",
        Seal = "seal" "查封" "sealing",
        Seize = "seize" "扣押" "seizure",
        Freeze = "freeze" "冻结" "freezing",
        Other = "other" "其他强制措施" "other measure",
        /// In whatever way (ACL 12).
        Execution = "execution" "强制执行" "compulsory execution" as "行政强制执行" "compulsory execution",
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemContent {
    /// 实施编码.
    pub item: ItemCode,
    /// 基本编码.
    pub base_code: BaseCode,
    /// 职权名称.
    pub name: String,
    /// 子项.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subitem: Option<String>,
    /// 职权类型.
    pub kind: PowerKind,
    /// 行使主体.
    pub agency: Uscc,
    /// Region in which it is exercised.
    pub region: RegionCode,
    /// 执法领域.
    pub field: String,
    /// 实施依据.
    pub bases: Vec<LegalBasis>,
    /// 处罚种类和幅度, for penalties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// What a compulsory power does, for 行政强制; added after v1, so older events have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureKind>,
    /// 责任事项.
    pub duties: Vec<Duty>,
    /// 责任主体.
    pub responsible: String,
    /// 追责方式.
    pub accountability: String,
    /// 办理流程.
    pub flow: Vec<FlowStep>,
    /// 监督方式.
    pub supervision: String,
}

impl PowerKind {
    /// The first two digits of a base code in the provincial catalogue's numbering.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Licence => "01",
            Self::Penalty => "02",
            Self::Compulsion => "03",
            Self::Levy => "04",
            Self::Payment => "05",
            Self::Inspection => "06",
            Self::Confirmation => "07",
            Self::Reward => "08",
            Self::Adjudication => "09",
            Self::Other => "10",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_value() {
        assert!(PowerKind::ALL.iter().all(|k| PowerKind::from_zh(k.zh()) == Some(*k)));
        assert!(PenaltyKind::ALL.iter().all(|k| PenaltyKind::from_zh(k.zh()) == Some(*k)));
        assert_eq!(PowerKind::from_zh("处罚"), None);
    }
}
