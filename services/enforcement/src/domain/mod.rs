//! The decisions of this service.
pub mod events;
