//! The integration binary.

mod ledger;
