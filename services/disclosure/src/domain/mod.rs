//! The law of disclosure on request and nothing else: no IO, no clock, no chance.

pub mod application;
pub mod events;
pub mod rules;
pub mod vocabulary;
pub mod words;
pub mod year;
