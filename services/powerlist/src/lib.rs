//! Power and responsibility lists, the agencies that hold the powers and the officers who use them.
//!
//! Invariants:
//! - Nothing is in force that was not published, and nothing is published that was not reviewed.
//! - Every question is answered as of a day: versions, standards, certificates and agencies keep their history.
//! - The list office's files (CSV, XLSX) go through the same commands as everything else; a file goes in whole or not at
//!   all.
//!
//! Open first: `domain/events.rs` for what can happen to a list, then `domain/item` for the life of a power item.

mod days;
pub mod domain;

mod app;
pub mod county;
mod forms;
mod grpc;
pub mod import;
pub mod index;
mod lines;
mod parts;
mod pieces;
mod procedure;
mod reactions;
mod register;
pub mod sheets;
pub mod statutes;
mod wire;

pub use app::App;
pub use grpc::Api;
pub use pieces::PIECE_BYTES_MAX;

/// The services whose events this one follows.
pub const FOLLOWED: &[&str] = &["reconsideration"];

/// What this service tells those who read its events.
pub static PROFILE: law::Profile = law::Profile {
    service: "powerlist",
    label: law::Label::new("权责清单", "Power and responsibility lists"),
    rules: domain::rules::RULES,
    parameters: domain::rules::PARAMETERS,
    vocabulary: domain::vocabulary::vocabulary,
    older: &[],
};

#[cfg(test)]
mod tests;
