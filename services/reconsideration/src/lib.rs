//! Administrative reconsideration (行政复议法) and the litigation after it: from the application through acceptance, answer,
//! hearing and decision to service, performance and the court.
//!
//! Open first: `domain/events.rs` for what happens, `domain/rules` for the law, `wire.rs` for the requests, `procedure.rs` for
//! all that the kernel must be told, `grpc.rs` for what applicants do without an account.
//!
//! Invariants:
//! - `domain` is pure; it knows law and what the lists say, and nothing of its edge.
//! - Silence accepts: a step after the time to examine is judged as if the application were accepted from the last day of that
//!   time on, whether anybody noted it or not.
//! - Nothing of a citizen but a masked name and a keyed digest reaches an event; who it is stands in the vault, and is opened
//!   by a step.

pub mod app;
pub mod domain;
mod grpc;
mod procedure;
mod reactions;
mod told;
mod wire;

pub use app::App;

/// The services whose events this one follows, beside the power lists.
pub const FOLLOWED: &[&str] = &["enforcement", "powerlist"];

/// What the read side knows of this service.
pub static PROFILE: law::Profile = law::Profile {
    service: "reconsideration",
    label: law::Label::new("行政复议", "Reconsideration"),
    rules: domain::rules::RULES,
    parameters: &[],
    vocabulary: domain::vocabulary::vocabulary,
    older: &[],
};
