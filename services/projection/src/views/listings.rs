//! The lists beside that of powers: every version of a row as published, and its end. What the parts of a row are is the
//! service's business: they are kept as they are written, and read by its words when somebody looks.

use jiff::{Timestamp, civil::Date};

use crate::{
    event::{Body, Citation, Event, RowCancelled, RowChecked, RowPublished},
    store::{Batch, record},
};

record! {
    /// A version as published.
    pub(crate) struct RowVersion in LIST_ROWS = "list_rows", "Rows of the other lists as published, by version." {
        list: String, key;
        agency: String, key;
        code: String, key;
        version: u32, key;
        effective: Date;
        published: Timestamp;
        name: String;
        region: String;
        ground: String;
        document: String;
        /// The public is not shown it.
        withheld: bool;
        /// As recorded.
        bases: String;
        parts: String;
    }
    indexes []
}

record! {
    /// The end of a row.
    pub(crate) struct RowEnd in LIST_ROW_ENDS = "list_row_ends", "Rows of the other lists cancelled: the first day without them." {
        list: String, key;
        agency: String, key;
        code: String, key;
        effective: Date, key;
        published: Timestamp;
        ground: String;
        document: String;
    }
    indexes []
}

record! {
    /// What came of the bases of a row's last version.
    pub(crate) struct RowCitations in LIST_ROW_CITATIONS = "list_row_citations", "How the bases of rows compare with the texts on record." {
        list: String, key;
        agency: String, key;
        code: String, key;
        version: u32;
        /// What came of each, as recorded.
        citations: String;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    let published = event.envelope.time;
    match &event.body {
        Body::RowPublished(RowPublished { version, effective, content, ground, citations, withheld }) => {
            let row = RowVersion {
                list: content.list.clone().into_owned(),
                agency: content.agency.clone().into_owned(),
                code: content.code.clone().into_owned(),
                version: *version,
                effective: *effective,
                published,
                name: content.name.clone().into_owned(),
                region: content.region.clone().into_owned(),
                ground: ground.kind.clone().into_owned(),
                document: ground.document.clone().into_owned(),
                withheld: *withheld,
                bases: content.bases.map_or("[]", |bases| bases.get()).to_owned(),
                parts: content.parts.get().to_owned(),
            };
            out.put(&LIST_ROWS, row.row());
            held((&content.list, &content.agency, &content.code), *version, citations, out);
        }
        Body::RowChecked(RowChecked { list, agency, code, version, citations }) => {
            held((list, agency, code), *version, citations, out);
        }
        Body::RowCancelled(RowCancelled { list, agency, code, effective, ground }) => {
            let row = RowEnd {
                list: list.clone().into_owned(),
                agency: agency.clone().into_owned(),
                code: code.clone().into_owned(),
                effective: *effective,
                published,
                ground: ground.kind.clone().into_owned(),
                document: ground.document.clone().into_owned(),
            };
            out.put(&LIST_ROW_ENDS, row.row());
        }
        _ => {}
    }
}

fn held((list, agency, code): (&str, &str, &str), version: u32, citations: &[Citation], out: &mut Batch) {
    let row = RowCitations {
        list: list.to_owned(),
        agency: agency.to_owned(),
        code: code.to_owned(),
        version,
        citations: serde_json::to_string(citations).unwrap_or_default(),
    };
    out.put(&LIST_ROW_CITATIONS, row.row());
}
