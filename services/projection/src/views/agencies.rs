//! Agencies and when they ended.

use jiff::civil::Date;

use crate::{
    event::{Body, Event},
    store::{Batch, record},
    views::sought,
};

record! {
    /// One body.
    #[derive(serde::Deserialize)]
    pub(crate) struct Agency in AGENCIES = "agencies", "Bodies, qualified or not." {
        agency: String, key;
        name: String;
        #[serde(default)]
        short_name: String;
        region: String;
        kind: String;
        #[serde(default)]
        basis: String;
        #[serde(default)]
        fields: Vec<String>;
        entrusted_by: Option<String>;
        #[serde(rename = "from")]
        since: Date;
        /// What it is found by.
        #[serde(default)]
        find: String;
    }
    indexes [("region", "")]
}

record! {
    /// The end of one body.
    #[derive(serde::Deserialize)]
    pub(crate) struct Dissolution in DISSOLUTIONS = "dissolutions", "Bodies that ended: the first day without them." {
        agency: String, key;
        #[serde(rename = "on")]
        on_day: Date;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    match &event.body {
        Body::AgencyRegistered(row) => {
            let find = sought([row.name.as_str(), &row.short_name, &row.agency]);
            out.put(&AGENCIES, Agency { find, ..row.clone() }.row());
        }
        Body::AgencyDissolved(row) => out.put(&DISSOLUTIONS, row.row()),
        _ => {}
    }
}
