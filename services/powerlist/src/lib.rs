//! powerlist.
pub mod domain;
