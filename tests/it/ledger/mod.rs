//! The ledger on both engines, from one body of tests.

mod append;
mod concurrent;
mod engine;
mod faults;
mod kill;
mod model;
mod open;
mod verify;
