//! The documents that are numbered (文号).

use law::series::{NumberIssued, Series};

use super::events::{Procedure, SeriesEvent};

/// 立案.
pub const FILING: Series = Series { word: "filing", mark: "立" };
/// 当场处罚的案件.
pub const SPOT_FILING: Series = Series { word: "spot_filing", mark: "当立" };
/// 行政处罚决定书.
pub const PENALTY: Series = Series { word: "penalty", mark: "罚决" };
/// 当场处罚决定书.
pub const SPOT_PENALTY: Series = Series { word: "spot_penalty", mark: "当罚" };
/// 不予行政处罚决定书.
pub const NO_PENALTY: Series = Series { word: "no_penalty", mark: "不罚" };
/// 案卷.
pub const ARCHIVE: Series = Series { word: "archive", mark: "档" };

/// All of them.
pub const ALL: [Series; 6] = [FILING, SPOT_FILING, PENALTY, SPOT_PENALTY, NO_PENALTY, ARCHIVE];

/// The series of a filing.
pub fn filing(procedure: Procedure) -> Series {
    match procedure {
        Procedure::Simple => SPOT_FILING,
        Procedure::Ordinary => FILING,
    }
}

/// The series of a decision to punish.
pub fn penalty(procedure: Procedure) -> Series {
    match procedure {
        Procedure::Simple => SPOT_PENALTY,
        Procedure::Ordinary => PENALTY,
    }
}

impl AsRef<NumberIssued> for SeriesEvent {
    fn as_ref(&self) -> &NumberIssued {
        let Self::NumberIssued(issued) = self;
        issued
    }
}
