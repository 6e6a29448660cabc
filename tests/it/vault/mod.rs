//! The vault on both engines, from one body of tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod keys;
mod place;
mod receipts;
mod seal;
mod shred;
mod silence;
