//! Disclosure of government information on request (政府信息公开条例, chapter 4): from receipt through correction, consultation
//! and extension to the answer, and the yearly report.
//!
//! Open first: `domain/events.rs` for what happens, `domain/rules` for the law, `wire.rs` for the requests, `procedure.rs` for
//! all that the kernel must be told.
//!
//! Invariants:
//! - `domain` is pure; it knows law and what the lists say, and nothing of its edge.
//! - Nothing of a citizen but a masked name and a keyed digest reaches an event.
//! - The answer's clock and the period that the decider computes end on the same day.

pub mod app;
pub mod domain;
mod procedure;
mod wire;

pub use app::App;

/// What the read side knows of this service.
pub static PROFILE: law::Profile = law::Profile {
    service: "disclosure",
    label: law::Label::new("依申请公开", "Disclosure on request"),
    rules: domain::rules::RULES,
    parameters: &[],
    vocabulary: domain::vocabulary::vocabulary,
    older: &[],
};
