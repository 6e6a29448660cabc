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

/// 职权类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PowerKind {
    /// 行政许可.
    Licence,
    /// 行政处罚.
    Penalty,
    /// 行政强制.
    Compulsion,
    /// 行政征收.
    Levy,
    /// 行政给付.
    Payment,
    /// 行政检查.
    Inspection,
    /// 行政确认.
    Confirmation,
    /// 行政奖励.
    Reward,
    /// 行政裁决.
    Adjudication,
    /// 其他.
    Other,
}

/// The level of a norm (APL 10–16, ALL 14–17, ACL 9–13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NormLevel {
    /// 法律.
    Law,
    /// 行政法规.
    AdministrativeRegulation,
    /// 地方性法规.
    LocalRegulation,
    /// 部门规章.
    DepartmentRule,
    /// 地方政府规章.
    LocalRule,
    /// 规范性文件: creates nothing.
    NormativeDocument,
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

/// 处罚种类 (APL 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PenaltyKind {
    /// 警告.
    Warning,
    /// 通报批评.
    PublicCriticism,
    /// 罚款.
    Fine,
    /// 没收违法所得.
    ConfiscateGains,
    /// 没收非法财物.
    ConfiscateGoods,
    /// 暂扣许可证件.
    SuspendLicence,
    /// 降低资质等级.
    LowerQualification,
    /// 吊销许可证件.
    RevokeLicence,
    /// 限制开展生产经营活动.
    RestrictBusiness,
    /// 责令停产停业.
    SuspendProduction,
    /// 责令关闭.
    CloseDown,
    /// 限制从业.
    BarFromTrade,
    /// 行政拘留.
    Detention,
    /// 法律、行政法规规定的其他行政处罚.
    Other,
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

/// 裁量阶次.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierLevel {
    /// 不予.
    None,
    /// 减轻.
    Mitigated,
    /// 从轻.
    Lighter,
    /// 一般.
    Ordinary,
    /// 从重.
    Heavier,
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

/// What a compulsory power does (ACL 9, 12): the level of norm that may create it depends on this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// 限制公民人身自由.
    RestrictLiberty,
    /// 查封场所、设施或者财物.
    Seal,
    /// 扣押财物.
    Seize,
    /// 冻结存款、汇款.
    Freeze,
    /// 其他强制措施.
    Other,
    /// 行政强制执行, in whatever way (ACL 12).
    Execution,
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
