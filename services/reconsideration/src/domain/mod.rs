//! The law of reconsideration and nothing else: no IO, no clock, no chance.

pub mod act;
pub mod appeal;
pub mod events;
pub mod facts;
pub mod rules;
pub mod vocabulary;
pub mod words;
