//! What every service holds to.

use disclosure::domain::{application::Applications, events::SeriesEvent, year::Years};
use kernel::checks::{self, Stored};
use law::series::Numbers;

#[test]
fn what_is_stored_stays_readable_and_is_worded() {
    Stored::of(env!("CARGO_MANIFEST_DIR"), &disclosure::PROFILE)
        .aggregate::<Applications>()
        .aggregate::<Numbers<SeriesEvent>>()
        .aggregate::<Years>()
        .nothing_else();
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    checks::pure(env!("CARGO_MANIFEST_DIR"));
}
