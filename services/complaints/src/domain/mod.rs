//! The law of what persons bring, and nothing else: no IO, no clock, no chance.

pub mod complaint;
pub mod events;
pub mod facts;
pub mod parameters;
pub mod receivers;
pub mod rules;
pub mod vocabulary;
pub mod words;
