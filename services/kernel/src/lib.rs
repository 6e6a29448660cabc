//! What every service shares: execute, feeds, rpc, authorisation, telemetry, runtime.
//!
//! Invariants:
//! - Nothing here knows a service, an aggregate or a rule.
//! - A command is answered only after its events are durable.
//! - An RPC without an access row is refused: deny by default.

pub mod access;
pub mod auth;
pub mod call;
pub mod clock;
mod done;
pub mod error;
pub mod execute;
pub mod feed;
pub mod fields;
pub mod identity;
pub mod server;
pub mod telemetry;

pub use access::Access;
pub use call::Call;
pub use clock::DemoClock;
pub use done::Done;
pub use error::ExecuteError;
pub use execute::{Service, Tx};
pub use feed::{Feed, FeedError, LedgerFeed};
pub use fields::Fields;
pub use identity::{Caller, Role};
pub use ledger::{Clock, SystemClock};

#[cfg(test)]
mod tests;
