//! What persons bring: complaints, reports of violations, petitions, suggestions, ratings of services (投诉、举报、信访、建议、好差评).
//! From receipt through routing, acceptance and the answer to rating, review and recheck.
//!
//! Invariants:
//! - `domain` is pure; it knows law and what the lists say, and nothing of its edge.
//! - No event holds who the person is, or the person's own words: a random pseudonym, and digests of what a vault keeps.
//! - A matter lies with one organ at a time, and each event that moves it says so.
//!
//! Open first: `domain/events.rs` for what happens, `domain/rules` for the law, `domain/complaint/routing.rs` for how a step
//! decides, `wire.rs` for the requests.

pub mod app;
pub mod domain;
mod grpc;
mod person;
mod procedure;
mod reactions;
mod submit;
mod wire;

pub use app::App;
pub use domain::receivers::Receiver;

/// The services whose events this one follows, beside the power lists.
pub const FOLLOWED: &[&str] = &["enforcement"];

/// What the read side knows of this service.
pub static PROFILE: law::Profile = law::Profile {
    service: "complaints",
    label: law::Label::new("投诉举报信访", "Complaints"),
    rules: domain::rules::RULES,
    parameters: domain::parameters::PARAMETERS,
    vocabulary: domain::vocabulary::vocabulary,
    older: &[],
};
