//! Every event of every matter, as it was recorded: the audit trail.
//!
//! The event's data is kept as it came; titles, people and details are made of it when somebody reads, so a better
//! wording needs no rebuild.

use jiff::Timestamp;

use crate::{
    event::Event,
    store::{Batch, record},
};

record! {
    /// One event.
    pub(crate) struct Line in TIMELINE = "timeline", "Every recorded event, by matter." {
        stream: String, key;
        source: String, key;
        seq: u64, key;
        log_index: u64, volatile;
        kind: String;
        happened: Timestamp;
        recorded: Timestamp;
        late: bool;
        actor: String;
        agency: String;
        region: String;
        rules: String;
        data: String;
    }
    indexes [("recorded, log_index, source, region, agency", "")]
}

pub(crate) fn fold(event: &Event<'_>, late: bool, out: &mut Batch) {
    let e = &event.envelope;
    let line = Line {
        stream: e.subject.to_owned(),
        source: event.service().to_owned(),
        seq: e.stream_version,
        log_index: e.log_index,
        kind: e.kind.to_owned(),
        happened: e.time,
        recorded: e.recorded_time,
        late,
        actor: e.actor.to_owned(),
        agency: e.agency.to_owned(),
        region: e.region.to_owned(),
        rules: e.rules.join(","),
        data: e.data.get().to_owned(),
    };
    out.append(&TIMELINE, line.row());
}
