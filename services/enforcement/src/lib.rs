//! The full-process record of administrative enforcement: cases of administrative penalties, from filing to archive.
//!
//! Invariants:
//! - `domain` decides; it reads no clock, no file and no network, and knows none of the others. `wire` parses, `procedure`
//!   tells the kernel what it must know to carry a step out, `grpc` answers.
//! - What a step is decided on is as of the day of the act, and everything a step records is one append.
//! - Bytes live beside the ledger, under their digest; the ledger holds the digest. A citizen's name and id number are
//!   in neither: the vault keeps them, and opening them is a step.
//! - Nothing here knows another service's code: the power lists come in as their stored events.
//! - What happens in other services comes in as their stored events, and leads to steps of this one (`reactions`).
//!
//! Open first: `domain/events.rs`, every step with its words; `domain/case/filing.rs` for how a step decides;
//! `domain/rules/notice.rs` for how a rule is written; `wire/filing.rs` for how a request becomes a step.

pub mod app;
mod by_item;
pub mod domain;
pub mod grpc;
mod procedure;
mod reactions;
mod wire;

pub use app::{App, OpenError};

/// The services whose events lead to steps here.
pub const FOLLOWED: &[&str] = &[reactions::COMPLAINTS, reactions::RECONSIDERATION, reactions::POWERLIST];

/// What this service tells those who read its events.
pub static PROFILE: law::Profile = law::Profile {
    service: "enforcement",
    label: law::Label::new("行政处罚", "Administrative penalties"),
    rules: domain::rules::RULES,
    parameters: domain::parameters::PARAMETERS,
    vocabulary: domain::vocabulary::vocabulary,
    older: domain::OLDER,
};
