//! What a decision knows of the lists, and the rules about those who act: pure, without clock, IO or chance.

mod compulsion;
mod entrustment;
mod exempt;
pub mod facts;
pub mod officers;
mod otherwise;
mod outcome;
mod penalty;
pub mod words;
