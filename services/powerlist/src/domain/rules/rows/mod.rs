//! What the law says of rows of the lists beside the list of powers.

mod decision;
mod elements;
mod market;
mod powers;
mod time;

pub use decision::{PL_DECISION, pl_decision};
pub use elements::{PL_ROW, PL_ROW_GROUND, pl_row};
pub use market::{PL_ACCESS, PL_AGENT, PL_PROOF, PL_RANDOM, pl_access, pl_agent, pl_proof, pl_random};
pub use powers::{PL_MAKER, PL_SPARED, pl_qualified, pl_spared};
pub use time::{PL_TIME, pl_time};

use crate::domain::content::NormLevel;

type Outcome = Result<(), law::Fault>;

/// 法律、法规: laws, and regulations of the State Council and of congresses.
fn is_law_or_regulation(level: NormLevel) -> bool {
    match level {
        NormLevel::Law
        | NormLevel::AdministrativeRegulation
        | NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation => true,
        NormLevel::StateCouncilDecision
        | NormLevel::DepartmentRule
        | NormLevel::LocalRule
        | NormLevel::JudicialInterpretation
        | NormLevel::NormativeDocument => false,
    }
}
