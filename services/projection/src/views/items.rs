//! Power items: every version as drafted, reviewed, published and cancelled; discretion standards; charges.
//!
//! Each table takes what one kind of event says and nothing else, so nothing needs to be loaded to fold, and the state
//! of any day is a question of reading.

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize as _, Deserializer};
use serde_json::value::RawValue;

use crate::{
    event::{Body, Event, Ground, ItemHead},
    store::{Batch, record},
};

/// The service whose lists these are.
pub(crate) const LISTS: &str = "powerlist";

record! {
    /// A version as published.
    pub(crate) struct Version in ITEM_VERSIONS = "item_versions", "Power items as published, by version." {
        item: String, key;
        version: u32, key;
        effective: Date;
        published: Timestamp;
        published_at: String;
        base_code: String;
        name: String;
        subitem: Option<String>;
        kind: String;
        agency: String;
        region: String;
        field: String;
        content: String;
    }
    indexes [("agency, item", "")]
}

record! {
    /// A version as drafted.
    pub(crate) struct Draft in ITEM_DRAFTS = "item_drafts", "Power items as drafted, by version." {
        item: String, key;
        version: u32, key;
        drafted: Timestamp;
        ground: String;
        document: String;
        base_code: String;
        name: String;
        subitem: Option<String>;
        kind: String;
        agency: String;
        region: String;
        field: String;
        content: String;
    }
    indexes [("agency, item", "")]
}

record! {
    /// The last review of a version.
    #[derive(serde::Deserialize)]
    pub(crate) struct Review in ITEM_REVIEWS = "item_reviews", "The legal review of a drafted version." {
        item: String, key;
        version: u32, key;
        #[serde(skip)]
        reviewed: Timestamp;
        passed: bool;
        #[serde(default)]
        reviewer: String;
        #[serde(default)]
        opinion: String;
    }
    indexes []
}

record! {
    /// The end of an item.
    pub(crate) struct Cancellation in ITEM_CANCELLATIONS = "item_cancellations", "Power items cancelled: the first day without them." {
        item: String, key;
        effective: Date, key;
        published: Timestamp;
        ground: String;
        document: String;
        opinion: String;
    }
    indexes []
}

record! {
    /// A discretion standard.
    #[derive(serde::Deserialize)]
    pub(crate) struct Standard in STANDARDS = "standards", "Discretion standards, by version." {
        item: String, key;
        version: u32, key;
        #[serde(skip)]
        published: Timestamp;
        effective: Date;
        #[serde(default)]
        document: String;
        #[serde(deserialize_with = "as_written")]
        tiers: String;
    }
    indexes []
}

record! {
    /// A charge.
    #[derive(serde::Deserialize)]
    pub(crate) struct Fee in FEES = "fees", "Charges in the fee list." {
        item: String, key;
        effective: Date, key;
        #[serde(skip)]
        published: Timestamp;
        name: String;
        #[serde(deserialize_with = "as_written")]
        basis: String;
        standard_fen: i64;
        #[serde(default)]
        unit: String;
    }
    indexes []
}

/// A part that is read when somebody looks, and kept as it is written until then.
fn as_written<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Box::<RawValue>::deserialize(from).map(|part| part.get().to_owned())
}

/// The columns a list needs. Decoding checks that they are there, and parks the event if not.
pub(crate) fn head(content: &RawValue) -> Result<ItemHead<'_>, serde_json::Error> {
    serde_json::from_str(content.get())
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    let at = event.envelope.time;
    match &event.body {
        Body::ItemDrafted(e) => {
            let Ok(head) = head(e.content) else { return };
            let Ground { kind: ground, document } = &e.ground;
            let row = Draft {
                item: e.item.clone().into_owned(),
                version: e.version,
                drafted: at,
                ground: ground.clone().into_owned(),
                document: document.clone().into_owned(),
                base_code: head.base_code.into_owned(),
                name: head.name.into_owned(),
                subitem: head.subitem.map(Cow::into_owned),
                kind: head.kind.into_owned(),
                agency: head.agency.into_owned(),
                region: head.region.into_owned(),
                field: head.field.into_owned(),
                content: e.content.get().to_owned(),
            };
            out.put(&ITEM_DRAFTS, row.row());
        }
        Body::ItemReviewed(e) => out.put(&ITEM_REVIEWS, Review { reviewed: at, ..e.clone() }.row()),
        Body::ItemPublished(e) => {
            let Ok(head) = head(e.content) else { return };
            let row = Version {
                item: e.item.clone().into_owned(),
                version: e.version,
                effective: e.effective,
                published: at,
                published_at: e.published_at.clone().into_owned(),
                base_code: head.base_code.into_owned(),
                name: head.name.into_owned(),
                subitem: head.subitem.map(Cow::into_owned),
                kind: head.kind.into_owned(),
                agency: head.agency.into_owned(),
                region: head.region.into_owned(),
                field: head.field.into_owned(),
                content: e.content.get().to_owned(),
            };
            out.put(&ITEM_VERSIONS, row.row());
        }
        Body::ItemCancelled(e) => {
            let row = Cancellation {
                item: e.item.clone().into_owned(),
                effective: e.effective,
                published: at,
                ground: e.ground.kind.clone().into_owned(),
                document: e.ground.document.clone().into_owned(),
                opinion: e.opinion.clone().into_owned(),
            };
            out.put(&ITEM_CANCELLATIONS, row.row());
        }
        Body::StandardPublished(e) => out.put(&STANDARDS, Standard { published: at, ..e.clone() }.row()),
        Body::FeePublished(e) => out.put(&FEES, Fee { published: at, ..e.clone() }.row()),
        _ => {}
    }
}
