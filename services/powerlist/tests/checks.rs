//! What every service holds to.

use kernel::checks::{self, Stored};
use law::reaction::Reactions;
use powerlist::domain::{
    agency::Agency, calendar::Notices, catalogue::Catalogue, events::ReactionEvent, item::Item, layout::Layouts,
    listing::Listing, mark::Marks, officer::Officer, parameter::Parameters, plan::Plan, region::Region,
    statute::Statute,
};

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &powerlist::PROFILE)
        .aggregate::<Notices>()
        .aggregate::<Parameters>()
        .aggregate::<Region>()
        .aggregate::<Agency>()
        .aggregate::<Marks>()
        .aggregate::<Layouts>()
        .aggregate::<Officer>()
        .aggregate::<Catalogue>()
        .aggregate::<Item>()
        .aggregate::<Plan>()
        .aggregate::<Statute>()
        .aggregate::<Listing>()
        .aggregate::<Reactions<ReactionEvent>>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}
