//! Every event of every matter, as it was recorded: the audit trail.
//!
//! The event's data is kept as it came, but for what it does to its matter, which is folded into the matter and read from
//! there; titles, people and details are made of the data when somebody reads, so a better wording needs no rebuild.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::value::RawValue;

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
        id: String, volatile;
        /// The event that led to it.
        cause: Option<String>, volatile;
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
    indexes [("recorded, log_index, source, region, agency", ""), ("id", "")]
}

pub(crate) fn fold(event: &Event<'_>, late: bool, out: &mut Batch) {
    let e = &event.envelope;
    let line = Line {
        stream: e.subject.to_owned(),
        source: event.service().to_owned(),
        seq: e.stream_version,
        log_index: e.log_index,
        id: e.id.to_string(),
        cause: e.causation_id.map(|cause| cause.to_string()),
        kind: e.kind.to_owned(),
        happened: e.time,
        recorded: e.recorded_time,
        late,
        actor: e.actor.to_owned(),
        agency: e.agency.to_owned(),
        region: e.region.to_owned(),
        rules: e.rules.join(","),
        data: told(e.data.get(), event.frame.matter).into_owned(),
    };
    out.append(&TIMELINE, line.row());
}

/// The data without the matter.
fn told<'a>(data: &'a str, matter: Option<&RawValue>) -> Cow<'a, str> {
    let cut = matter.and_then(|matter| {
        let before = data.split(matter.get()).next()?.strip_suffix(MATTER)?;
        Some((before, &data[before.len() + MATTER.len() + matter.get().len()..]))
    });
    cut.map_or(Cow::Borrowed(data), |(before, after)| Cow::Owned(format!("{before}{after}")))
}

/// What stands before it: the mode is always before.
const MATTER: &str = ",\"matter\":";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matter_is_left_out_and_all_else_stays() {
        let matter: Box<RawValue> = serde_json::from_str(r#"{"stage":"x"}"#).unwrap();
        let whole = r#"{"said":"\"matter\":{}","mode":"handling","matter":{"stage":"x"},"later":2}"#;
        assert_eq!(told(whole, Some(&matter)), r#"{"said":"\"matter\":{}","mode":"handling","later":2}"#);
        assert_eq!(told(whole, None), whole);
        assert_eq!(told(r#"{"matter":{"stage":"x"}}"#, Some(&matter)), r#"{"matter":{"stage":"x"}}"#);
    }
}
