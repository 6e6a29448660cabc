//! The decisions of this service: pure, without clock, IO or chance.

pub mod agency;
pub mod case;
pub mod events;
pub mod facts;
pub mod lead;
pub mod parameters;
pub mod party;
pub mod rules;
pub mod series;
pub mod vocabulary;

use law::matter::{Older, Upcast};

/// Reads what the events of cases do that were stored before events said so.
pub const OLDER: &[&dyn Upcast] = &[&Older::<case::Cases>::new()];
