//! The decisions of this service: pure functions over events. No clock, no IO.
pub mod agency;
pub mod calendar;
pub mod catalogue;
pub mod content;
pub mod events;
pub mod facts;
pub mod item;
pub mod layout;
pub mod listing;
pub mod mark;
pub mod officer;
pub mod parameter;
pub mod plan;
pub mod region;
pub mod rules;
pub mod statute;
pub mod terms;
pub mod vocabulary;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod planted;
