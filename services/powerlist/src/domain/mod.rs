//! The decisions of this service.
pub mod content;
pub mod events;
