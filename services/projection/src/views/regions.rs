//! Regions.

use std::borrow::Cow;

use crate::{
    event::{Body, Event},
    store::{Batch, record},
};

record! {
    /// One region.
    pub(crate) struct Region in REGIONS = "regions", "Regions (GB/T 2260)." {
        region: String, key;
        name: String;
        level: String;
        parent: Option<String>;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    if let Body::RegionRegistered(e) = &event.body {
        let row = Region {
            region: e.region.clone().into_owned(),
            name: e.name.clone().into_owned(),
            level: e.level.clone().into_owned(),
            parent: e.parent.clone().map(Cow::into_owned),
        };
        out.put(&REGIONS, row.row());
    }
}
