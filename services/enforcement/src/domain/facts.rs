//! What a decision knows from elsewhere: the lists as of the day, the sender, earlier fines. It travels inside the
//! command, so that the same decision can be taken again on any later day.

use std::sync::Arc;

use jiff::civil::Date;
use law::id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::events::{PartyKind, PenaltyKind};

/// Everything a decision needs from outside its stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Who sends the command.
    pub sender: Sender,
    /// The case's agency as of the day.
    pub agency: Option<AgencyFact>,
    /// The case's power item, as in force on the day of the act.
    pub item: Option<Arc<ItemFact>>,
    /// The same as in force when the violation ended (APL 37).
    pub item_then: Option<Arc<ItemFact>>,
    /// The item's discretion standard, as in force on the day of the act.
    pub standard: Option<Arc<StandardFact>>,
    /// The same as in force when the violation ended.
    pub standard_then: Option<Arc<StandardFact>>,
    /// Another item that the command names: the power to compel or to execute.
    pub named_item: Option<Arc<ItemFact>>,
    /// The officers that the command names, as the list knows them; one that it does not know is absent.
    pub officers: Vec<OfficerFact>,
    /// From which amounts a penalty is a larger one.
    pub thresholds: Thresholds,
    /// Fines of the same party for acts on the same days at the same place.
    pub fined: Vec<FinedBefore>,
    /// Whether the bytes that the command names by digest are stored.
    pub object_stored: bool,
}

/// Who sends a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The token's subject.
    pub subject: String,
    /// Name for people to read.
    pub name: String,
    /// Has the role of an agency head.
    pub head: bool,
}

/// 较大数额: a region's parameter. APL 63 leaves the amount open; provinces set it by rule. A fine or confiscation of this
/// amount or more gives the right to a hearing and makes the decision a major one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// For citizens, in fen.
    pub citizen_fen: i64,
    /// For legal persons and other organisations, in fen.
    pub organisation_fen: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { citizen_fen: 500_000, organisation_fen: 5_000_000 }
    }
}

impl Thresholds {
    /// The larger amount for a kind of party.
    pub fn of(&self, party: PartyKind) -> i64 {
        match party {
            PartyKind::Citizen => self.citizen_fen,
            PartyKind::LegalPerson | PartyKind::OtherOrganisation => self.organisation_fen,
        }
    }
}

/// What kind of body an agency is; the same words as in the power list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// 行政机关.
    AdministrativeOrgan,
    /// 法律、法规授权的组织.
    AuthorisedOrganisation,
    /// 受委托组织.
    EntrustedOrganisation,
    /// Not qualified.
    Unqualified,
}

/// An agency as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyFact {
    /// Its code.
    pub agency: Uscc,
    /// Its name.
    pub name: String,
    /// Short name, the head of its document numbers.
    pub short_name: String,
    /// Its region.
    pub region: RegionCode,
    /// What kind of body it is.
    pub kind: AgencyKind,
    /// Registered, begun and not dissolved on the day.
    pub existing: bool,
    /// Police, or a body a law names (APL 18).
    pub may_restrict_liberty: bool,
    /// Organisations it has entrusted, whose officers act in its name (APL 20).
    pub entrusted: Vec<Uscc>,
}

/// What a person does in enforcement; the same words as in the power list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficerRole {
    /// 执法人员.
    Enforcement,
    /// 辅助人员.
    Auxiliary,
    /// 法制审核人员.
    LegalReviewer,
}

/// An officer as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerFact {
    /// Personnel number.
    pub officer: OfficerCode,
    /// Name.
    pub name: String,
    /// Where he serves.
    pub agency: Uscc,
    /// What he does.
    pub role: OfficerRole,
    /// 法律职业资格.
    pub legal_qualification: bool,
    /// Every certificate he was ever given.
    pub certificates: Vec<CertificateFact>,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFact {
    /// 执法证号.
    pub certificate: String,
    /// For which agency.
    pub agency: Uscc,
    /// For which fields.
    pub fields: Vec<String>,
    /// First day valid.
    pub from: Date,
    /// Last day valid.
    pub until: Date,
    /// First day without it, when it was withdrawn.
    pub revoked: Option<Date>,
}

impl CertificateFact {
    /// Whether it is valid on a day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until && self.revoked.is_none_or(|revoked| day < revoked)
    }
}

/// 职权类型; the same words as in the power list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// How far an outcome may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Range {
    /// An amount of money.
    Amount {
        /// Lowest, in fen.
        low_fen: i64,
        /// Highest, in fen.
        high_fen: i64,
    },
    /// A multiple or percentage of a base amount; 1 倍 is 100 hundredths.
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

/// One kind of penalty with its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The kind.
    pub kind: PenaltyKind,
    /// Its range, for fines and detention.
    #[serde(default)]
    pub range: Option<Range>,
    /// When the article gives it only on a condition.
    #[serde(default)]
    pub condition: Option<String>,
}

/// A power item as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFact {
    /// 实施编码.
    pub item: ItemCode,
    /// 基本编码.
    pub base_code: BaseCode,
    /// The version in force.
    pub version: u32,
    /// 职权名称.
    pub name: String,
    /// 职权类型.
    pub kind: PowerKind,
    /// 行使主体.
    pub agency: Uscc,
    /// Where it is exercised.
    pub region: RegionCode,
    /// 执法领域.
    pub field: String,
    /// What it allows, for penalties.
    pub outcomes: Vec<Outcome>,
}

law::words! {
    /// 裁量阶次; the same words as in the power list.
    pub enum TierLevel {
        None = "none" "不予" "no penalty" as "不予处罚" "no penalty",
        Mitigated = "mitigated" "减轻" "mitigated",
        Lighter = "lighter" "从轻" "lighter",
        Ordinary = "ordinary" "一般" "ordinary",
        Heavier = "heavier" "从重" "heavier",
    }
}

/// One tier of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Its code.
    pub code: String,
    /// Its level.
    pub level: TierLevel,
    /// 适用情形.
    #[serde(default)]
    pub circumstances: String,
    /// What it allows.
    pub outcomes: Vec<Outcome>,
}

/// A discretion standard as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardFact {
    /// Its version.
    pub version: u32,
    /// Its tiers.
    pub tiers: Vec<Tier>,
}

/// An earlier fine of the same party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinedBefore {
    /// In which case.
    pub case: Uuid,
    /// 文号.
    pub number: String,
    /// By whom.
    pub agency: Uscc,
    /// For which act.
    pub fact: String,
}

impl Facts {
    /// What the list says of an officer.
    pub fn officer(&self, code: &OfficerCode) -> Option<&OfficerFact> {
        self.officers.iter().find(|o| o.officer == *code)
    }
}
