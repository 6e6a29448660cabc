//! Parameters that regions set.

use jiff::civil::Date;
use law::parameter::ParameterSet;

use crate::{
    event::{Body, Event},
    store::{Batch, record},
};

record! {
    /// One parameter as it was set.
    pub(crate) struct Parameter in PARAMETERS = "parameters", "Parameters as regions set them, from their first day on." {
        parameter: String, key;
        region: String, key;
        /// Empty for all fields.
        field: String, key;
        since: Date, key;
        count: i64;
        document: String;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    if let Body::ParameterSet(ParameterSet { parameter, region, field, value, from, document }) = &event.body {
        let row = Parameter {
            parameter: parameter.clone(),
            region: region.to_string(),
            field: field.clone().unwrap_or_default(),
            since: *from,
            count: value.count,
            document: document.clone(),
        };
        out.put(&PARAMETERS, row.row());
    }
}
