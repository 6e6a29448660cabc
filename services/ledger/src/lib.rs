//! The append-only, hash-linked event log of one service, on SQLite or on Postgres.
//!
//! One [`Ledger`] is the truth of one service in one region. Callers propose events with [`Ledger::append`]; a single
//! writer collects what is waiting and commits it in one transaction (group commit), so every event gets a gapless
//! `log_index` in commit order and becomes the leaf of the same index in an RFC 6962 Merkle tree.
//!
//! Open first: [`Ledger`], then `writer` for how appends become one commit, `store` for what an engine must do, and
//! `verify` for how it is all checked.
//!
//! # Invariants
//! - An event is one line of JSON (a CloudEvents 1.0 record), serialised once, at commit. The stored bytes are the hashed
//!   bytes and are never decoded and encoded again.
//! - Nothing is ever updated or deleted: heads are rows too. Triggers refuse everything but INSERT.
//! - `log_index` has no gap and no order but that of the commits: who has read up to `n` has seen everything before `n`.
//! - An append is answered only after its COMMIT returned. [`AppendError::Unavailable`] means "unknown": retry with the
//!   same `command_id` and the ledger finds out whether it landed.
//! - An append that is refused never disturbs the others in its batch.
//! - There is no clock, no law and no network protocol in here.

//!
//! # Rights on Postgres
//! Where the connecting role may do more than read and insert, the ledger makes the role `fazhi_<service>_append` with
//! exactly these two rights on events and heads and works under it. An administrator who would rather prepare everything
//! opens the ledger once as the owner (`fazhi prepare`), and then gives the service a role of its own:
//!
//! ```sql
//! GRANT USAGE ON SCHEMA fazhi_enforcement TO clerk;
//! GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA fazhi_enforcement TO clerk;
//! GRANT UPDATE ON fazhi_enforcement.leases TO clerk;
//! ```
//!
//! # What the triggers do not stop
//! Whoever owns the database can drop them, and SQLite's `INSERT OR REPLACE` goes past them. They keep accidents away;
//! [`verify()`] finds intent.

mod append;
mod batch;
mod canonical;
mod carry;
mod clock;
mod commit;
mod config;
mod copy;
pub mod cut;
mod error;
mod figures;
mod found;
mod ledger;
mod limits;
pub mod merkle;
mod packed;
mod postgres;
mod reader;
mod record;
mod sqlite;
mod store;
mod tail;
mod tree;
mod verify;
mod writer;

pub use append::{Append, Origin, Proposal, Receipt, Together, Write};
pub use carry::carry;
pub use clock::{Clock, SystemClock, check_clock};
pub use config::{Config, Url};
pub use copy::{CopyError, copy};
pub use error::{AppendError, OpenError, ReadError, RecordError, StoreError};
pub use ledger::{Head, Ledger};
pub use limits::{
    APPEND_EVENTS_MAX, APPEND_WRITES_MAX, DATA_BYTES_MAX, KIND_BYTES_MAX, RULES_MAX, STREAM_BYTES_MAX, TEXT_BYTES_MAX,
};
pub use packed::Packed;
pub use record::{Envelope, Record};
pub use tail::Tail;
pub use verify::{Problem, VerifyError, VerifyReport, is_there, records, verify};
