//! What the lists say of an agency, an officer, a power item and its standard as of a day, and who sends a command. It
//! travels inside the command, so that the same decision can be taken again on any later day.

use std::sync::Arc;

use jiff::civil::Date;
use law::id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::compulsion::{Allowed, CompulsionKind, Executor, Longest, ObjectKind, told_allowed};
pub use super::entrustment::{Entrustment, Mandate, Qualification};
pub(crate) use super::exempt::LIST as EXEMPT_LIST;
pub use super::exempt::{ExemptEntry, ExemptFact};
pub use super::otherwise::{Departure, DepartureKind, Otherwise, told_otherwise};
pub use super::outcome::{
    Addressee, Applies, Border, Bounds, Condition, DAYS, Findings, Imposing, Lack, Limit, Measured, Outcome, Range,
    Stated, UNCOMPUTABLE, Unread, YUAN, applying, decimal, hundredths, tight, told, told_findings,
};
pub use super::penalty::{Lacks, PENALTY, Penalty, Reach, Unit, reach, same, sum_of, told_all};

/// Who sends a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The token's subject: of an official or an officer, the personnel number.
    pub subject: String,
    /// Name for people to read.
    pub name: String,
}

law::words! {
    /// What kind of body an agency is (APL 17, 19, 20).
    pub enum AgencyKind {
        AdministrativeOrgan = "administrative_organ" "行政机关" "administrative organ",
        AuthorisedOrganisation = "authorised_organisation" "法律法规授权组织" "organisation authorised by law" as "法律、法规授权的组织" "organisation authorised by law",
        EntrustedOrganisation = "entrusted_organisation" "受委托组织" "entrusted organisation",
        /// 临时机构、内设机构、议事协调机构: registered so that it can be refused by name, never qualified.
        Unqualified = "unqualified" "无执法主体资格" "not qualified" as "不具备主体资格" "not qualified",
    }
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
    /// With what, as far as the list says it: of every day, the one asked about or another.
    pub mandates: Vec<Mandate>,
}

law::words! {
    /// What a person does in enforcement.
    pub enum OfficerRole {
        Enforcement = "enforcement" "执法人员" "enforcement officer",
        /// Assists, never acts.
        Auxiliary = "auxiliary" "辅助人员" "auxiliary",
        LegalReviewer = "legal_reviewer" "法制审核人员" "legal reviewer",
        /// Neither enforces nor reviews: heads, clerks.
        Staff = "staff" "其他工作人员" "other staff",
    }
}

law::words! {
    /// What a person decides for an agency, by appointment.
    pub enum OfficeKind {
        Head = "head" "正职负责人" "head",
        /// A deputy who is in charge of a part of the work is a head, too.
        DeputyHead = "deputy_head" "副职负责人" "deputy head",
        /// Agrees to a later answer (OGI 33).
        DisclosureHead = "disclosure_head" "政府信息公开工作机构负责人" "head of the disclosure office",
        /// Prepares decisions for the organ, and extends the time for them (ARL 4, 62).
        ReconsiderationHead = "reconsideration_head" "行政复议机构负责人" "head of the reconsideration institution",
    }
}

impl OfficeKind {
    /// 行政机关负责人: heads and their deputies.
    pub const HEADS: &[Self] = &[Self::Head, Self::DeputyHead];
}

/// An office with its term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeFact {
    /// In which agency; it need not be the one that the person serves.
    pub agency: Uscc,
    /// Which.
    pub office: OfficeKind,
    /// First day.
    pub from: Date,
    /// First day without it.
    pub ended: Option<Date>,
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
    /// Every office he was ever given.
    pub offices: Vec<OfficeFact>,
}

impl OfficerFact {
    /// The one of these offices that he holds in an agency on a day.
    pub fn holds(&self, offices: &[OfficeKind], agency: &Uscc, day: Date) -> Option<OfficeKind> {
        let on = |o: &&OfficeFact| o.from <= day && o.ended.is_none_or(|ended| day < ended);
        let held: Vec<_> = self.offices.iter().filter(|o| o.agency == *agency).filter(on).map(|o| o.office).collect();
        offices.iter().copied().find(|office| held.contains(office))
    }
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

law::words! {
    /// 处罚种类 (APL 9).
    pub enum PenaltyKind {
        Warning = "warning" "警告" "a warning" as "警告" "warning",
        PublicCriticism = "public_criticism" "通报批评" "public criticism",
        Fine = "fine" "罚款" "a fine" as "罚款" "fine",
        ConfiscateGains = "confiscate_gains" "没收违法所得" "confiscation of gains" as "没收违法所得" "confiscation of illegal gains",
        ConfiscateGoods = "confiscate_goods" "没收非法财物" "confiscation of goods" as "没收非法财物" "confiscation of illegal goods",
        SuspendLicence = "suspend_licence" "暂扣许可证件" "suspension of a licence",
        LowerQualification = "lower_qualification" "降低资质等级" "lowering of a qualification",
        RevokeLicence = "revoke_licence" "吊销许可证件" "revocation of a licence",
        RestrictBusiness = "restrict_business" "限制开展生产经营活动" "restriction of business",
        SuspendProduction = "suspend_production" "责令停产停业" "suspension of production" as "责令停产停业" "order to stop production",
        CloseDown = "close_down" "责令关闭" "closing down" as "责令关闭" "order to close down",
        BarFromTrade = "bar_from_trade" "限制从业" "a bar from the trade" as "限制从业" "bar from the trade",
        Detention = "detention" "行政拘留" "detention",
        Other = "other" "其他行政处罚" "another penalty" as "其他行政处罚" "other penalty",
    }
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
    /// What it allows, for compulsory powers; empty: the list does not say.
    pub allows: Vec<Allowed>,
    /// Where its statute departs from the general law.
    pub otherwise: Vec<Otherwise>,
}

/// What the list says of a power item on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListedItem {
    /// The list had it later, or never: of the law of that day it says nothing.
    #[default]
    NotYet,
    /// In force, as this version has it.
    InForce(Arc<ItemFact>),
    /// Taken off the list.
    Cancelled,
}

impl ListedItem {
    /// The version in force.
    pub fn in_force(&self) -> Option<&Arc<ItemFact>> {
        match self {
            Self::InForce(item) => Some(item),
            Self::NotYet | Self::Cancelled => None,
        }
    }
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
    #[serde(deserialize_with = "super::outcome::tight")]
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
