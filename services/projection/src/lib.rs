//! The read side: views folded from the events of all services, queries over them, and the pages.
//!
//! # Invariants
//! - A view is a pure fold of events: delete its tables, replay, and the same rows are there again.
//! - Rows and offsets move in one transaction; no event is skipped, and none counts twice.
//! - What cannot be read is parked where everybody sees it, never dropped.
//! - Whether a deadline is overdue is a question of the day it is read; nothing here writes it down.
//! - Nothing here imports another service: events are decoded by what they say.
//!
//! Open first: `event` for what is read of an event, `fold` for how it reaches the views, `views/mod.rs` for what views there
//! are; a question is one file in [`query`], a page one in [`pages`].

pub mod app;
mod digest;
mod event;
mod figures;
mod fold;
pub mod grpc;
pub mod model;
pub mod pages;
mod pipeline;
pub mod query;
mod schema;
mod services;
mod store;
mod views;
mod wire;

pub use app::{App, Config, LATE_AFTER_WORKING_DAYS};
pub use schema::OpenError;
pub use services::Services;
pub use store::{Db, Engine};

#[cfg(test)]
mod tests;
