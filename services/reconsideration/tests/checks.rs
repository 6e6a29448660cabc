//! What every service holds to.

use kernel::checks::{self, Stored};
use law::{reaction::Reactions, series::Numbers};
use reconsideration::domain::{
    act::Acts,
    appeal::Appeals,
    events::{ReactionEvent, SeriesEvent},
};

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &reconsideration::PROFILE)
        .aggregate::<Appeals>()
        .aggregate::<Acts>()
        .aggregate::<Numbers<SeriesEvent>>()
        .aggregate::<Reactions<ReactionEvent>>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}
