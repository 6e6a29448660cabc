//! What every service shares: the edge that carries its steps out, execute, feeds, authorisation, the server, telemetry.
//!
//! Invariants:
//! - Nothing here knows a service, an aggregate or a rule.
//! - A command is answered only after its events are durable.
//! - An RPC without an access row is refused: deny by default.
//!
//! Open first: [`procedure`], one command from the wire to the ledger and back, and [`execute`] under it; [`fields`] for how
//! a request is read, [`text`] and [`days`] for what may stand in it; [`checks`] is what every service's tests call.

mod access;
pub mod alone;
pub mod attempts;
pub mod auth;
pub mod bytes;
pub mod call;
pub mod checks;
pub mod citizen;
pub mod clock;
pub mod clocks;
pub mod days;
mod done;
pub mod error;
pub mod event_log;
pub mod execute;
pub mod feed;
pub mod fields;
pub mod figures;
pub mod identity;
mod incoming;
pub mod objects;
pub mod peer;
pub mod procedure;
pub mod reactions;
pub mod reading;
pub mod sealed;
pub mod server;
pub mod telemetry;
pub mod text;
pub mod throttle;
pub mod tls;
pub mod words;

pub use call::{Call, HANDLED_WITHIN_DAYS};
pub use clock::{DEMONSTRATION, DemoClock};
pub use done::Done;
pub use error::ExecuteError;
pub use execute::{Counted, Place, Recorded, Service, Together, Tx, let_go};
pub use feed::{Feed, FeedError, LedgerFeed};
pub use fields::Fields;
pub use identity::{Caller, Role};
pub use ledger::{Clock, SystemClock};

#[cfg(test)]
mod tests;
