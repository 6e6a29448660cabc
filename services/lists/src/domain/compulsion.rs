//! One line of what a compulsory power allows: which measure or way of execution, on what, how long, and by whom.
//!
//! Invariant: a line says what its article says and nothing of a case. What it does not say is unknown: neither allowed
//! nor forbidden.

mod notation;
mod told;

pub use told::told_allowed;

use law::period::Period;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

law::words! {
    /// What is done with a compulsory power: measures first (ACL 9), then ways of execution (ACL 12).
    pub enum CompulsionKind {
        RestrictLiberty = "restrict_liberty" "限制人身自由" "restriction of liberty" as "限制公民人身自由" "restriction of liberty",
        Seal = "seal" "查封" "sealing",
        Seize = "seize" "扣押" "seizure",
        Freeze = "freeze" "冻结" "freezing",
        /// Against the will of whoever has it; a visit to inspect is no measure.
        Enter = "enter" "进入" "entry",
        OtherMeasure = "other_measure" "其他强制措施" "other measure",
        Surcharge = "surcharge" "加处罚款或者滞纳金" "surcharge",
        Transfer = "transfer" "划拨" "transfer of deposits",
        Dispose = "dispose" "拍卖或者依法处理" "auction or other disposal",
        Restore = "restore" "排除妨碍、恢复原状" "removal of obstacles and restoring",
        Perform = "perform" "代履行" "performance in the party's place",
        /// In another way, or in whatever way.
        Execution = "execution" "强制执行" "compulsory execution" as "行政强制执行" "compulsory execution",
    }

    /// What a measure touches (ACL 9, 23, 29).
    pub enum ObjectKind {
        Person = "person" "人身" "persons",
        Place = "place" "场所" "places",
        Facility = "facility" "设施" "facilities",
        Goods = "goods" "财物" "goods",
        Funds = "funds" "存款、汇款" "deposits and remittances",
    }

    /// Who carries an execution out (ACL 13).
    pub enum Executor {
        Agency = "agency" "自行执行" "the agency itself",
        Court = "court" "申请法院执行" "the court, on application",
    }
}

impl CompulsionKind {
    /// Whether it carries a decision out, and is no measure before it.
    pub const fn executes(self) -> bool {
        match self {
            Self::RestrictLiberty | Self::Seal | Self::Seize | Self::Freeze | Self::Enter | Self::OtherMeasure => false,
            Self::Surcharge | Self::Transfer | Self::Dispose | Self::Restore | Self::Perform | Self::Execution => true,
        }
    }
}

/// How long a measure may last where its own statute says so (ACL 20, 25, 32: 另有规定).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Longest {
    /// At most.
    pub period: Period,
    /// By how much it may be prolonged, once; absent: it may not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Period>,
    /// The article that says so: `《…》第…条`, one of the item's bases.
    pub under: String,
}

/// One thing that a compulsory power allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allowed {
    /// What is done.
    pub kind: CompulsionKind,
    /// The article's own word for it: 封存, 暂扣, 停止供电.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// How long, where a statute departs from ACL 25 and 32; absent: they hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<Longest>,
    /// What it touches; empty: the list does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<ObjectKind>,
    /// The same in the words of the article: people read it, no rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objects: Option<String>,
    /// Who executes; absent: the list does not say. Of executions only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Executor>,
    /// The article, where it is not the one that creates the power: `《…》第…条`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

impl Allowed {
    /// A line that says what is done and nothing else.
    pub fn of(kind: CompulsionKind) -> Self {
        Self { kind, called: None, longest: None, on: Vec::new(), objects: None, by: None, under: None }
    }

    /// Whether it covers what is touched; `None` where the line or whoever asks does not say.
    pub fn covers(&self, touched: &[ObjectKind]) -> Option<bool> {
        if self.on.is_empty() || touched.is_empty() {
            return None;
        }
        Some(touched.iter().all(|kind| self.on.contains(kind)))
    }
}

#[cfg(test)]
mod tests;
