//! Between the API's messages and the domain: a request is parsed completely or refused field by field.
//!
//! What only the law demands (reasons told, a receipt named, an approval given) may be empty here: its absence is for a
//! rule to judge, with its article, not for the syntax.

mod aftermath;
mod closing;
mod correction;
mod execution;
mod filing;
mod investigation;
mod lead;
mod measures;
mod notice;
mod orders;
mod party;
mod publication;
mod read;
mod review;
mod transfer;
pub(crate) mod view;
mod words;

/// What the tables of requests are written with.
mod prelude {
    pub(super) use kernel::Fields;
    pub(super) use proto::enforcement::v1::*;

    pub(super) use super::{
        party::{party, seal},
        read::*,
    };
    pub(super) use crate::domain::{
        agency::{Agencies, Order},
        case::{Cases, Step},
        events::*,
        lead::Leads,
    };
}
