//! The full-process record of administrative enforcement: a case from filing to archive.
//!
//! Invariants:
//! - An unlawful step is refused at the moment it is tried, with the article, and the attempt is kept; what happened
//!   anyway is recorded with its violation (reporting mode).
//! - A decision sees its stream and the facts that its command carries, nothing else: no clock, no IO, no list.
//! - A document number and the event that carries it are one append.
//! - A citizen's id number and full name never reach an event.

pub mod domain;
