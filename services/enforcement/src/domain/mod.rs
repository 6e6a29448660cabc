//! The decisions of this service: pure, without clock, IO or chance.

pub mod agency;
pub mod case;
pub mod events;
pub mod facts;
pub mod party;
pub mod rules;
pub mod series;
pub mod vocabulary;
