//! What every service holds to.

use enforcement::domain::{
    agency::Agencies,
    case::Cases,
    events::{ReactionEvent, SeriesEvent},
    lead::Leads,
    party::Parties,
};
use kernel::checks::{self, Stored};
use law::{reaction::Reactions, series::Numbers};

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &enforcement::PROFILE)
        .aggregate::<Cases>()
        .aggregate::<Numbers<SeriesEvent>>()
        .aggregate::<Parties>()
        .aggregate::<Agencies>()
        .aggregate::<Leads>()
        .aggregate::<Reactions<ReactionEvent>>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}
