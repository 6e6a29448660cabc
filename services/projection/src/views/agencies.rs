//! Agencies and when they ended.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    event::{Body, Event},
    store::{Batch, record},
};

record! {
    /// One body.
    pub(crate) struct Agency in AGENCIES = "agencies", "Bodies, qualified or not." {
        agency: String, key;
        name: String;
        short_name: String;
        region: String;
        kind: String;
        basis: String;
        fields: Vec<String>;
        entrusted_by: Option<String>;
        since: Date;
    }
    indexes [("region", "")]
}

record! {
    /// The end of one body.
    pub(crate) struct Dissolution in DISSOLUTIONS = "dissolutions", "Bodies that ended: the first day without them." {
        agency: String, key;
        on_day: Date;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    match &event.body {
        Body::AgencyRegistered(e) => {
            let row = Agency {
                agency: e.agency.clone().into_owned(),
                name: e.name.clone().into_owned(),
                short_name: e.short_name.clone().into_owned(),
                region: e.region.clone().into_owned(),
                kind: e.kind.clone().into_owned(),
                basis: e.basis.clone().into_owned(),
                fields: e.fields.iter().map(|field| field.clone().into_owned()).collect(),
                entrusted_by: e.entrusted_by.clone().map(Cow::into_owned),
                since: e.from,
            };
            out.put(&AGENCIES, row.row());
        }
        Body::AgencyDissolved(e) => {
            out.put(&DISSOLUTIONS, Dissolution { agency: e.agency.clone().into_owned(), on_day: e.on }.row());
        }
        _ => {}
    }
}
