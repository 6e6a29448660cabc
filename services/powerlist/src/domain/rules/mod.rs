//! The rules of lists and of officers: one card and one pure function each.

mod basis;
mod body;
mod citations;
mod compulsion;
mod entrust;
mod holder;
mod issuer;
mod lists;
mod officers;
mod otherwise;
mod plans;
mod rows;
mod standards;
mod terms;
mod wider;

pub use basis::{Ceilings, FINE_DEPARTMENT, FINE_LOCAL, PL_BASIS_LEVEL, PL_FREEDOM, Power, pl_basis_level, pl_freedom};
pub use body::{PL_BODY, PL_FEE, pl_body, pl_entrusted, pl_fee};
pub use citations::{PL_CITE, PL_CITED, pl_cite};
pub use compulsion::{PL_COMPEL, pl_compel};
pub use entrust::{PL_ENTRUST, pl_entrust};
pub use holder::{PL_HOLDER, pl_holder, plain};
pub use lists::{
    PL_CHANGE, PL_DUTY, PL_ELEMENTS, PL_FLOW, PL_GROUND, PL_PUBLISH, PL_PUBLISH_WITHIN, PL_REVIEW, PL_REVIEW_WITHIN,
    PL_UNIFORM, pl_change_ground, pl_change_reviewed, pl_duty, pl_elements, pl_flow, pl_ground, pl_uniform,
};
pub use officers::{OF_EXAM, OF_TRAIN, PASS_MARK, TRAINING_HOURS, of_exam_certificate, of_exam_reviewer, of_train};
pub use otherwise::{PL_OTHERWISE, pl_otherwise};
pub use plans::PT_TASK;
pub use rows::{
    PL_ACCESS, PL_AGENT, PL_DECISION, PL_MAKER, PL_PROOF, PL_RANDOM, PL_ROW, PL_ROW_GROUND, PL_SPARED, PL_TIME,
    pl_access, pl_agent, pl_decision, pl_proof, pl_qualified, pl_random, pl_row, pl_spared, pl_time,
};
pub use standards::{PL_STANDARD, PL_TIER, pl_standard, pl_tier};
pub use terms::{PL_SHOWN, PL_TERMS, pl_shown, pl_terms};
pub use wider::{PL_WIDER, pl_wider};

use law::{ParameterCard, Rule};

/// What the rules leave to regions.
pub static PARAMETERS: &[&ParameterCard] = &[&TRAINING_HOURS, &FINE_DEPARTMENT, &FINE_LOCAL];

/// Every rule this service checks.
pub static RULES: &[&Rule] = &[
    &PL_ELEMENTS,
    &PL_DUTY,
    &PL_BASIS_LEVEL,
    &PL_COMPEL,
    &PL_OTHERWISE,
    &PL_CITE,
    &PL_CITED,
    &PL_UNIFORM,
    &PL_CHANGE,
    &PL_PUBLISH,
    &PL_FLOW,
    &PL_BODY,
    &PL_ENTRUST,
    &PL_HOLDER,
    &PL_FREEDOM,
    &PL_FEE,
    &PL_STANDARD,
    &PL_TIER,
    &PL_WIDER,
    &PL_TERMS,
    &PL_SHOWN,
    &PL_REVIEW,
    &PL_GROUND,
    &PL_ROW,
    &PL_ROW_GROUND,
    &PL_TIME,
    &PL_PROOF,
    &PL_AGENT,
    &PL_ACCESS,
    &PL_RANDOM,
    &PL_SPARED,
    &PL_MAKER,
    &PL_DECISION,
    &OF_EXAM,
    &OF_TRAIN,
    &PT_TASK,
];
