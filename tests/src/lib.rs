//! The harness of the integration tests: a private Postgres, a whole suite, and the test that no event is lost.

pub mod delivery;
pub mod delivery_ledger;
pub mod postgres;
pub mod suite;
