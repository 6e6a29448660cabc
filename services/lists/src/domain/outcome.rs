//! One line of what an article gives: a kind of penalty, how much of it, to whom and when; and what a case found, by which
//! a line is read.
//!
//! Invariant: a line says what its article says and nothing of a case. What a case found is [`Findings`], stated by the
//! agency; what it did not find is unknown, never nothing.

mod applies;
mod bounds;
mod notation;
mod told;

pub use applies::{Applies, applying};
pub use bounds::Bounds;
pub use notation::{Unread, decimal, hundredths};
pub use told::{told, told_findings};

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use super::facts::PenaltyKind;

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
    /// Days of detention or suspension.
    Days {
        /// Fewest.
        low: u16,
        /// Most.
        high: u16,
    },
    /// A share of a base amount, finer than a hundredth: 5 ‰ = 50.
    Share {
        /// The base.
        of: String,
        /// Lowest, in ten-thousandths.
        low_ten_thousandths: i64,
        /// Highest, in ten-thousandths.
        high_ten_thousandths: i64,
    },
    /// So much for each unit of a measured quantity: each square metre, tree, head, worker, day.
    PerUnit {
        /// The quantity: 面积, 劳动者人数, 日数…
        of: String,
        /// Its unit: 平方米, 人, 日…
        unit: String,
        /// Least for each, in fen.
        low_fen: i64,
        /// Most for each, in fen.
        high_fen: i64,
    },
    /// A share of a base amount for each day that the case states as 日数: 按日连续处罚, 加处罚款, 滞纳金.
    PerDay {
        /// The base: 原处罚数额…
        of: String,
        /// Lowest a day, in ten-thousandths.
        low_ten_thousandths: i64,
        /// Highest a day, in ten-thousandths.
        high_ten_thousandths: i64,
    },
    /// A term in months; years are twelve of them.
    Term {
        /// Shortest.
        low_months: u16,
        /// Longest; absent: for life.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high_months: Option<u16>,
    },
    /// 终身, and nothing less.
    Life,
}

law::words! {
    /// Whom a line addresses.
    pub enum Addressee {
        Unit = "unit" "单位" "units",
        Individual = "individual" "个人" "individuals",
        Principal = "principal" "法定代表人、主要负责人" "the legal representative and the principal",
        InCharge = "in_charge" "直接负责的主管人员" "persons directly in charge",
        Responsible = "responsible" "其他直接责任人员" "others directly responsible",
    }

    /// Whether an outcome is left to the agency.
    pub enum Imposing {
        /// 并处: it cannot be left out where the line applies.
        Must = "must" "应当" "must",
        /// 可以并处.
        May = "may" "可以" "may",
    }

    /// How a quantity is lacking.
    pub enum Lack {
        None = "none" "没有" "there is none of",
        Uncomputable = "uncomputable" "无法计算" "it cannot be computed",
        Either = "either" "没有或者无法计算" "there is none of it or it cannot be computed",
    }
}

/// One end of a span of a measured quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Border {
    /// In hundredths of the unit: of yuan, fen.
    pub hundredths: i64,
    /// Whether the end itself belongs to it: 以上 and 以下 do, 超过 and 不足 do not.
    pub included: bool,
}

/// When a line applies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Condition {
    /// A measured quantity lies between two ends, of which one may be open.
    Between {
        /// The quantity: 货值金额, 违法所得, 面积…
        of: String,
        /// Its unit: 元, 平方米…
        unit: String,
        /// Lower end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Border>,
        /// Upper end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Border>,
    },
    /// A quantity is lacking: 没有违法所得, 违法所得无法计算.
    Lacking {
        /// The quantity.
        of: String,
        /// In which way.
        how: Lack,
    },
    /// The case found something to be so: 情节=严重, 改正=逾期不改正, 事故等级=较大.
    Is {
        /// What.
        of: String,
        /// How.
        value: String,
    },
    /// The case did not find it to be so.
    IsNot {
        /// What.
        of: String,
        /// How.
        value: String,
    },
}

/// A highest or a lowest amount whatever the range comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Limit {
    /// An amount.
    Amount {
        /// In fen.
        fen: i64,
    },
    /// A multiple of a base amount: 加处罚款的数额不得超出罚款的数额 is one time of it.
    Multiple {
        /// The base.
        of: String,
        /// In hundredths.
        hundredths: i64,
    },
}

/// One kind of penalty that an item or a tier allows: how much, to whom, when, and how it stands beside the other lines.
/// The fields after `condition` came later; without them a line is what it was: for whoever, whenever, left to the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The kind.
    pub kind: PenaltyKind,
    /// How much or how long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// A condition that stands in words only: people read it, no rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The article's own word, where the kind has none of its own: 取消资格, 限期拆除.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// To whom; empty: to whoever did it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<Addressee>,
    /// When: all of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// Whether it must or may be imposed; absent: the list does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imposing: Option<Imposing>,
    /// 或者: lines with the same number stand in each other's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<u8>,
    /// A base of less counts as this much: 货值金额不足一万元的，按一万元计算. In fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deemed_fen: Option<i64>,
    /// Never less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Limit>,
    /// Never more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Limit>,
    /// The body that decides this part, where it is not the one that holds the item: 由公安机关处…拘留.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Whose approval it needs: 报经有批准权的人民政府批准.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The article by which it is measured: 依照《…》第…条处罚.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// Reads lines, and keeps no room for more: there are few of them, each is large, and lists hold them by the hundred thousand.
///
/// # Errors
/// Of the reader.
pub fn tight<'de, D: Deserializer<'de>, T: Deserialize<'de>>(read: D) -> Result<Vec<T>, D::Error> {
    let mut lines = Vec::deserialize(read)?;
    lines.shrink_to_fit();
    Ok(lines)
}

impl Outcome {
    /// A line for whoever, whenever.
    pub fn of(kind: PenaltyKind, range: Option<Range>) -> Self {
        Self {
            kind,
            range,
            condition: None,
            called: None,
            who: Vec::new(),
            when: Vec::new(),
            imposing: None,
            instead: None,
            deemed_fen: None,
            floor: None,
            cap: None,
            decided_by: None,
            approval: None,
            under: None,
        }
    }
}

/// The unit of money.
pub const YUAN: &str = "元";
/// The quantity that per-day ranges count.
pub const DAYS: &str = "日数";
/// What a case states of a quantity that nobody can compute.
pub const UNCOMPUTABLE: &str = "无法计算";

/// A quantity that a case measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// 货值金额, 违法所得, 面积…, as the item's lines name it.
    pub of: String,
    /// 元, 平方米….
    pub unit: String,
    /// In hundredths of the unit: of yuan, fen.
    pub hundredths: i64,
    /// Evidence it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Uuid>,
}

/// Something that a case found to be so: 情节 严重, 改正 逾期不改正, 违法所得 无法计算.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    /// What.
    pub of: String,
    /// How.
    pub value: String,
}

/// What a case found, as far as lines are read by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// As what the party answers; absent: as what it is, a unit or an individual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Addressee>,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<Measured>,
    /// What was found otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<Stated>,
}

impl Findings {
    /// What the two do not agree on, by name: a quantity, a finding, or as what the party answers.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let measured = |f: &Self| {
            f.measured.iter().map(|m| (m.of.clone(), format!("{} {}", m.hundredths, m.unit))).collect::<Vec<_>>()
        };
        let stated = |f: &Self| f.stated.iter().map(|s| (s.of.clone(), s.value.clone())).collect::<Vec<_>>();
        let all = |f: &Self| measured(f).into_iter().chain(stated(f)).collect::<BTreeSet<_>>();
        let (ours, theirs) = (all(self), all(other));
        let mut names: Vec<String> = ours.symmetric_difference(&theirs).map(|(of, _)| of.clone()).collect();
        if self.addressee != other.addressee {
            names.push("当事人的身份".to_owned());
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The measured quantity of this name.
    pub fn quantity(&self, of: &str) -> Option<&Measured> {
        self.measured.iter().find(|m| m.of == of)
    }

    /// Whether it was found to be so.
    pub fn says(&self, of: &str, value: &str) -> bool {
        self.stated.iter().any(|s| s.of == of && s.value == value)
    }
}

#[cfg(test)]
mod tests;
