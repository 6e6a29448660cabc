//! The rules of disclosure on request, by what they govern: one card and one pure function each.

pub mod answer;
pub mod ask;
pub mod period;
pub mod receive;
pub mod year;

use law::Rule;

/// Every rule of this service.
pub static RULES: &[&Rule] = &[
    &receive::DI_RECEIPT,
    &receive::DI_CONFIRM,
    &receive::DI_RECEIVE,
    &receive::DI_CORRECT,
    &receive::DI_CORRECT_TIME,
    &receive::DI_LAPSE,
    &period::DI_ANSWER,
    &period::DI_EXTEND,
    &period::DI_REASONS,
    &ask::DI_THIRD,
    &ask::DI_THIRD_TIME,
    &ask::DI_JOINT,
    &answer::DI_CONTENT,
    &answer::DI_GROUND,
    &answer::DI_REVIEW,
    &answer::DI_RECONSIDER,
    &answer::DI_FORWARD,
    &answer::DI_REPEAT,
    &answer::DI_FEE,
    &year::DI_YEAR,
];
