//! The stored record: one line of JSON, CloudEvents 1.0 with the ledger's extensions.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{Origin, Proposal, RecordError};

/// One stored event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The position in the log, from 0; also the leaf index in the tree.
    pub log_index: u64,
    /// The stream.
    pub stream: String,
    /// The position in the stream, from 1.
    pub stream_version: u64,
    /// The one-line CloudEvents JSON, exactly as stored and hashed.
    pub bytes: Arc<str>,
}

impl Record {
    /// The record's fields, borrowed from its bytes.
    ///
    /// # Errors
    /// The bytes are not a record: somebody else wrote or changed them.
    pub fn envelope(&self) -> Result<Envelope<'_>, RecordError> {
        Envelope::parse(&self.bytes)
    }

    /// The stored type alone, for who looks for few kinds among many: it is found without reading the rest. `None` where there is
    /// none.
    pub fn kind(&self) -> Option<&str> {
        // What stands before it has nothing that JSON would escape, so the first such text is the field.
        let (_, rest) = self.bytes.split_once(r#","type":""#)?;
        rest.split_once('"').map(|(kind, _)| kind)
    }
}

/// A view of a record's fields. Unknown fields are left alone.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope<'a> {
    /// The event's own id, a UUIDv7.
    pub id: Uuid,
    /// The service and region that recorded it: `/fazhi/<service>/<region>`.
    pub source: &'a str,
    /// The stored type, as in `enforcement.case.CaseFiled.v1`.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The stream.
    pub subject: &'a str,
    /// When the act happened.
    pub time: Timestamp,
    /// When the ledger recorded it; never goes back from one record to the next.
    #[serde(rename = "recordedtime")]
    pub recorded_time: Timestamp,
    /// The position in the log, from 0.
    #[serde(rename = "logindex")]
    pub log_index: u64,
    /// The position in the stream, from 1.
    #[serde(rename = "streamversion")]
    pub stream_version: u64,
    /// The person or system that acted.
    pub actor: &'a str,
    /// The agency it acted for; empty for the system itself.
    pub agency: &'a str,
    /// The region it acted in; empty for the system itself.
    pub region: &'a str,
    /// Groups everything that one matter caused.
    #[serde(rename = "correlationid")]
    pub correlation_id: Uuid,
    /// The event that this one reacts to.
    #[serde(rename = "causationid", default)]
    pub causation_id: Option<Uuid>,
    /// The command that caused it.
    #[serde(rename = "commandid")]
    pub command_id: Uuid,
    /// The W3C trace context of the request.
    #[serde(default)]
    pub traceparent: Option<&'a str>,
    /// Ids of the rules that the act satisfied.
    #[serde(default, borrow, deserialize_with = "split_rules")]
    pub rules: Vec<&'a str>,
    /// The domain event.
    #[serde(borrow)]
    pub data: &'a RawValue,
}

impl<'a> Envelope<'a> {
    /// Reads a record's bytes.
    ///
    /// # Errors
    /// The bytes are not a record.
    pub fn parse(bytes: &'a str) -> Result<Self, RecordError> {
        serde_json::from_str(bytes).map_err(RecordError)
    }
}

fn split_rules<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<&'de str>, D::Error> {
    let joined = <&str>::deserialize(input)?;
    Ok(joined.split(',').filter(|rule| !rule.is_empty()).collect())
}

/// Where a record stands: what only the writer knows, and only at commit.
pub(crate) struct Place<'a> {
    pub(crate) id: Uuid,
    pub(crate) source: &'a str,
    /// [`time_text`] of the recorded time.
    pub(crate) recorded: &'a str,
    pub(crate) log_index: u64,
    pub(crate) stream: &'a str,
    pub(crate) stream_version: u64,
    pub(crate) command_id: Uuid,
}

/// Writes the record's line over `out`.
///
/// The texts are put in as they are: [`crate::Append::check`] lets nothing through that JSON would have to escape.
pub(crate) fn render(out: &mut String, place: &Place<'_>, origin: &Origin, event: &Proposal) {
    out.clear();
    out.reserve(700 + event.data.get().len());
    out.push_str(r#"{"specversion":"1.0""#);
    uuid(out, "id", place.id);
    text(out, "source", place.source);
    text(out, "type", &event.kind);
    text(out, "subject", place.stream);
    text(out, "time", &time_text(event.time));
    text(out, "recordedtime", place.recorded);
    number(out, "logindex", place.log_index);
    number(out, "streamversion", place.stream_version);
    text(out, "actor", &origin.actor);
    text(out, "agency", &origin.agency);
    text(out, "region", &origin.region);
    uuid(out, "correlationid", origin.correlation_id);
    if let Some(cause) = origin.causation_id {
        uuid(out, "causationid", cause);
    }
    uuid(out, "commandid", place.command_id);
    if let Some(trace) = &origin.traceparent {
        text(out, "traceparent", trace);
    }
    if !event.rules.is_empty() {
        text(out, "rules", &event.rules.join(","));
    }
    name(out, "data");
    out.push_str(event.data.get());
    out.push('}');
}

/// RFC 3339 in UTC with microseconds; always equally long, so that times sort as text.
pub(crate) fn time_text(time: Timestamp) -> String {
    const PRINTER: jiff::fmt::temporal::DateTimePrinter =
        jiff::fmt::temporal::DateTimePrinter::new().precision(Some(6));
    PRINTER.timestamp_to_string(&time)
}

fn name(out: &mut String, name: &str) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
}

fn text(out: &mut String, field: &str, value: &str) {
    name(out, field);
    out.push('"');
    out.push_str(value);
    out.push('"');
}

fn uuid(out: &mut String, field: &str, value: Uuid) {
    text(out, field, value.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
}

fn number(out: &mut String, field: &str, value: u64) {
    name(out, field);
    out.push_str(&value.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(bytes: &str) -> Record {
        Record { log_index: 0, stream: "case/1".to_owned(), stream_version: 1, bytes: bytes.into() }
    }

    #[test]
    fn the_type_is_the_records_own_and_not_one_that_its_data_names() {
        let told = record(
            r#"{"specversion":"1.0","id":"1","source":"/fazhi/a/1","type":"a.b.C.v1","data":{"x":1,"type":"d.e.F.v1"}}"#,
        );
        assert_eq!(told.kind(), Some("a.b.C.v1"));
        for none in ["", "{}", r#"{"specversion":"1.0","type""#, r#"{"specversion":"1.0","type":"a.b"#] {
            assert_eq!(record(none).kind(), None, "{none}");
        }
    }
}
