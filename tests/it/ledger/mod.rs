//! The ledger on both engines, from one body of tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod append;
mod concurrent;
mod delivery;
mod engine;
mod faults;
mod kill;
mod model;
mod open;
mod verify;
