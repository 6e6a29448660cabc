//! Regions.

use crate::{
    event::{Body, Event},
    store::{Batch, record},
};

record! {
    /// One region.
    #[derive(serde::Deserialize)]
    pub(crate) struct Region in REGIONS = "regions", "Regions (GB/T 2260)." {
        region: String, key;
        name: String;
        level: String;
        parent: Option<String>;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    if let Body::RegionRegistered(row) = &event.body {
        out.put(&REGIONS, row.row());
    }
}
