//! The harness of the integration tests: a private Postgres, a whole suite, and the test that no event is lost.
//!
//! Open first: [`suite`], a suite in this process to call; the stories are in `it/`, `case_story.rs` is one to read.

pub mod delivery;
pub mod delivery_ledger;
pub mod postgres;
pub mod suite;
