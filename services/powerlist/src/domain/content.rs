//! What a power item says: the parts of a row of the published list.

use std::sync::Arc;

use jiff::civil::Date;
use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use lists::facts::{Allowed, CompulsionKind, Otherwise, Outcome, PenaltyKind, PowerKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    events::{FlowStep, RegionLevel},
    statute::key,
    terms::TermLine,
};

impl ItemContent {
    /// Whether the power limits personal freedom, as a penalty or as a measure (APL 9, ACL 9).
    pub fn restricts_liberty(&self) -> bool {
        // What another body decides is no power of the one that holds the item.
        self.outcomes.iter().any(|o| o.kind == PenaltyKind::Detention && o.decided_by.is_none())
            || self.compels().contains(&CompulsionKind::RestrictLiberty)
    }

    /// What a compulsory power does: as its lines say, or as a list without lines was read.
    pub fn compels(&self) -> Vec<CompulsionKind> {
        match self.allows.is_empty() {
            true => self.measures.iter().map(|measure| measure.kind()).collect(),
            false => self.allows.iter().map(|line| line.kind).collect(),
        }
    }

    /// The basis that an article names, `《…》第…条`: of the same statute, and of the article, a part of it or the whole.
    pub fn basis(&self, article: &str) -> Option<&LegalBasis> {
        let (statute, place) = article.strip_prefix('《')?.split_once('》')?;
        let of = |basis: &&LegalBasis| {
            key(&basis.statute) == key(statute) && (part_of(place, &basis.article) || part_of(&basis.article, place))
        };
        self.bases.iter().find(of)
    }
}

/// Whether a place in a statute is another one or lies in it: 第十条第二款 in 第十条. 第十条之一 is an article of its own.
fn part_of(place: &str, whole: &str) -> bool {
    !whole.is_empty() && place.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('第'))
}

impl MeasureKind {
    /// The same among all that a power may do.
    pub const fn kind(self) -> CompulsionKind {
        match self {
            Self::RestrictLiberty => CompulsionKind::RestrictLiberty,
            Self::Seal => CompulsionKind::Seal,
            Self::Seize => CompulsionKind::Seize,
            Self::Freeze => CompulsionKind::Freeze,
            Self::Other => CompulsionKind::OtherMeasure,
            Self::Execution => CompulsionKind::Execution,
        }
    }
}

/// What a name says that is done, in the words that lists and articles have for it.
pub fn named_in(text: &str) -> Vec<MeasureKind> {
    use MeasureKind::{Execution, Freeze, RestrictLiberty, Seal, Seize};
    let words: [(MeasureKind, &[&str]); 5] = [
        (RestrictLiberty, &["限制人身自由", "限制公民人身自由", "强制隔离", "强制传唤", "约束"]),
        (Seal, &["查封"]),
        (Seize, &["扣押", "暂扣", "扣留"]),
        (Freeze, &["冻结"]),
        (Execution, &["强制执行", "强制拆除", "代履行", "加处罚款", "滞纳金", "划拨", "拍卖", "强制清除"]),
    ];
    words.into_iter().filter(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(kind, _)| kind).collect()
}

law::words! {
    /// The level of a norm (APL 10–16, ALL 14–17, ACL 9–13).
    pub enum NormLevel {
        Law = "law" "法律" "law",
        AdministrativeRegulation = "administrative_regulation" "行政法规" "administrative regulation",
        /// What the State Council decides without making a regulation of it (ALL 14).
        StateCouncilDecision = "state_council_decision" "国务院决定" "decision of the State Council",
        LocalRegulation = "local_regulation" "地方性法规" "local regulation",
        AutonomousRegulation = "autonomous_regulation" "自治条例" "autonomous regulation",
        SeparateRegulation = "separate_regulation" "单行条例" "separate regulation",
        SpecialZoneRegulation = "special_zone_regulation" "经济特区法规" "special economic zone regulation",
        DepartmentRule = "department_rule" "部门规章" "departmental rule",
        LocalRule = "local_rule" "地方政府规章" "local government rule",
        /// Says how a norm is read, and creates nothing.
        JudicialInterpretation = "judicial_interpretation" "司法解释" "judicial interpretation",
        /// Creates nothing.
        NormativeDocument = "normative_document" "规范性文件" "normative document",
    }
}

law::words! {
    /// What a basis is cited for, as those who draw up lists call it.
    pub enum BasisPurpose {
        /// It lays the duty down whose breach the power answers.
        DutyBreached = "duty_breached" "违则" "the duty breached",
        /// It gives the outcome, and with it the power.
        OutcomeGiven = "outcome_given" "罚则" "the outcome given",
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
    /// Who made it; added after v1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What it is cited for; added after v1, and where nobody says it the first basis creates the power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<BasisPurpose>,
}

/// The basis that creates the power: the first one that gives the outcome, or else the first that is not cited for a duty only.
pub fn creating(bases: &[LegalBasis]) -> Option<&LegalBasis> {
    let gives = bases.iter().find(|b| b.purpose == Some(BasisPurpose::OutcomeGiven));
    gives.or_else(|| bases.iter().find(|b| b.purpose.is_none()))
}

/// 责任事项.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
    #[serde(deserialize_with = "lists::facts::tight")]
    pub bases: Vec<LegalBasis>,
    /// 处罚种类和幅度, for penalties.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lists::facts::tight")]
    pub outcomes: Vec<Outcome>,
    /// What a compulsory power does, as its name or an older list says it; empty where `allows` has lines. Added after v1, so
    /// older events have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureKind>,
    /// What a compulsory power allows, for 行政强制, line by line: measure, objects, time, who executes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allows: Vec<Allowed>,
    /// 另有规定: where its statute departs from the general law of penalties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Otherwise>,
    /// What a licence asks, what a levy comes to, how an inspection is done, what is ordered beside a penalty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermLine>,
    /// 责任事项.
    pub duties: Arc<[Duty]>,
    /// 责任主体.
    pub responsible: String,
    /// 追责方式.
    pub accountability: String,
    /// 办理流程.
    #[serde(deserialize_with = "lists::facts::tight")]
    pub flow: Vec<FlowStep>,
    /// 监督方式.
    pub supervision: String,
    /// 行使层级: the lowest level of government whose organs the article gives the power to (县级以上, 省级以上); absent where it
    /// names none. Added after v1, like the two below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_level: Option<RegionLevel>,
    /// The province's document that hands the power to townships (APL 24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
    /// Whether one body alone holds it in its region.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// 行使层级 in the words of the published list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercised_at: Option<String>,
    /// 备注.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}
