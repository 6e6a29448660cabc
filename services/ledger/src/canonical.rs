//! Reading a record's header off the one layout that [`crate::record::render`] writes: a fraction of the work of parsing
//! it as any JSON.

use jiff::Timestamp;
use serde::de::IgnoredAny;
use uuid::Uuid;

/// The fields of a record that the ledger answers for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header<'a> {
    pub(crate) source: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) recorded: &'a str,
    pub(crate) log_index: u64,
    pub(crate) stream_version: u64,
    pub(crate) command_id: Uuid,
}

impl<'a> Header<'a> {
    /// Reads a record's header; `None` if the record is not exactly as the writer lays it out, or not JSON.
    ///
    /// Invariant: what is read here, any reader of JSON reads as well. Every name is in its place, no text has an escape,
    /// and nothing but one JSON value and the closing brace follows `data`: so no field can be there twice.
    pub(crate) fn read(record: &'a str) -> Option<Self> {
        let mut rest = Rest(record);
        rest.take(r#"{"specversion":"1.0""#)?;
        rest.text("id")?;
        let source = rest.text("source")?;
        rest.text("type")?;
        let subject = rest.text("subject")?;
        rest.text("time")?;
        let recorded = rest.text("recordedtime")?;
        let log_index = rest.number("logindex")?;
        let stream_version = rest.number("streamversion")?;
        rest.text("actor")?;
        rest.text("agency")?;
        rest.text("region")?;
        rest.text("correlationid")?;
        rest.text("causationid");
        let command_id = Uuid::try_parse(rest.text("commandid")?).ok()?;
        rest.text("traceparent");
        rest.text("rules");
        rest.name("data")?;
        let data = rest.0.strip_suffix('}')?;
        serde_json::from_str::<IgnoredAny>(data).ok()?;
        Some(Self { source, subject, recorded, log_index, stream_version, command_id })
    }

    pub(crate) fn recorded_us(&self) -> Option<i64> {
        Some(self.recorded.parse::<Timestamp>().ok()?.as_microsecond())
    }
}

/// What is still to be read. What cannot be read is not taken.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn name(&mut self, name: &str) -> Option<()> {
        let rest = self.0.strip_prefix(",\"")?.strip_prefix(name)?.strip_prefix("\":")?;
        self.0 = rest;
        Some(())
    }

    /// A text that JSON need not escape.
    fn text(&mut self, name: &str) -> Option<&'a str> {
        let rest = self.0.strip_prefix(",\"")?.strip_prefix(name)?.strip_prefix("\":\"")?;
        let (text, rest) = rest.split_once('"')?;
        // Without an early end: so the compiler compares many bytes at a time.
        if text.bytes().fold(false, |found, b| found | (b == b'\\') | (b < b' ')) {
            return None;
        }
        self.0 = rest;
        Some(text)
    }

    fn number(&mut self, name: &str) -> Option<u64> {
        self.name(name)?;
        let digits = self.0.bytes().position(|b| !b.is_ascii_digit())?;
        let (number, rest) = self.0.split_at(digits);
        if number.starts_with('0') && number != "0" {
            return None;
        }
        self.0 = rest;
        number.parse().ok()
    }
}
