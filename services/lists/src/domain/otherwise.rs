//! 另有规定: where the statute of an item departs from the general law, and by how much.
//!
//! Invariant: a departure names its article, and says nothing of a case.

mod notation;

pub use notation::told_otherwise;

use law::period::Period;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{Addressee, ItemFact};

law::words! {
    /// From what an item's statute departs.
    pub enum DepartureKind {
        /// APL 22.
        Jurisdiction = "jurisdiction" "管辖" "jurisdiction",
        /// APL 36.
        Limitation = "limitation" "追责时效" "limitation",
        /// APL 42.
        Officers = "officers" "执法人员" "officers",
        /// APL 51.
        SpotFine = "spot_fine" "当场罚款" "fine on the spot",
        /// APL 60.
        Decision = "decision" "办案期限" "time to decide",
    }
}

/// What holds in place of the general law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Departure {
    /// Which organ has jurisdiction, in the words of the article.
    Jurisdiction {
        /// 违法行为人居住地的公安机关….
        organ: String,
    },
    /// Within what time after the act it must be found.
    Limitation {
        /// Years, months or days.
        period: Period,
    },
    /// How many officers act at least.
    Officers {
        /// At least one.
        least: u8,
    },
    /// Up to which fine the simple procedure goes.
    SpotFine {
        /// The highest, in fen.
        fen: i64,
        /// For a unit or an individual; absent: for both.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Addressee>,
    },
    /// Within what time after filing it is decided.
    Decision {
        /// In any unit but hours.
        period: Period,
    },
}

impl Departure {
    /// From what it departs.
    pub const fn kind(&self) -> DepartureKind {
        match self {
            Self::Jurisdiction { .. } => DepartureKind::Jurisdiction,
            Self::Limitation { .. } => DepartureKind::Limitation,
            Self::Officers { .. } => DepartureKind::Officers,
            Self::SpotFine { .. } => DepartureKind::SpotFine,
            Self::Decision { .. } => DepartureKind::Decision,
        }
    }
}

/// A departure with the article that makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Otherwise {
    /// What holds.
    pub rule: Departure,
    /// The article, `《…》第…条`: one of the item's bases.
    pub under: String,
}

impl ItemFact {
    /// The first departure that answers, with its article.
    pub fn departs<T>(&self, answer: impl Fn(&Departure) -> Option<T>) -> Option<(T, &str)> {
        self.otherwise.iter().find_map(|line| Some((answer(&line.rule)?, line.under.as_str())))
    }
}

#[cfg(test)]
mod tests;
