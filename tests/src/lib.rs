//! The harness of the integration tests: a private Postgres, a whole suite, the test that no event is lost, and the search
//! for what nobody may find.
//!
//! Open first: [`suite`], a suite in this process to call; the stories are in `it/`, `case_story.rs` is one to read.

pub mod canary;
pub mod delivery;
pub mod delivery_ledger;
pub mod large;
pub mod nats;
pub mod postgres;
pub mod suite;

/// What the program takes its memory with, for what is tested or measured in this process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
