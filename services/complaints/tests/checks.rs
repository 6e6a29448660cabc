//! What every service holds to.

use complaints::domain::{
    complaint::Complaints,
    events::{ReactionEvent, SeriesEvent},
};
use kernel::checks::{self, Stored};
use law::{reaction::Reactions, series::Numbers};

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &complaints::PROFILE)
        .aggregate::<Complaints>()
        .aggregate::<Numbers<SeriesEvent>>()
        .aggregate::<Reactions<ReactionEvent>>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}
