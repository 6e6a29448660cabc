//! The harness of the integration tests: a private Postgres, and a whole suite.

pub mod postgres;
pub mod suite;
