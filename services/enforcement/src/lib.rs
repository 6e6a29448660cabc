//! enforcement.
pub mod domain;
