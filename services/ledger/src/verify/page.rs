//! What can be checked of each row alone; done for a page at a time, beside the reading of the next.

use jiff::Timestamp;
use serde::Deserialize;
use simdutf8::basic::from_utf8;
use uuid::Uuid;

use crate::canonical::Header;
use crate::merkle::{Hash, leaf_hash};
use crate::reader::{AuditRow, Packed};

/// One event after its own checks.
pub(super) struct Checked {
    pub(super) log_index: u64,
    pub(super) stream: String,
    pub(super) stream_version: u64,
    /// The hash of the stored bytes, computed here.
    pub(super) leaf: Hash,
    /// The record's own word on when it was recorded and for which command; none if it cannot be read.
    pub(super) said: Option<Said>,
    /// The command that begins here, by the columns: its id and its number of events.
    pub(super) command: Option<(Vec<u8>, i64)>,
    pub(super) problems: Vec<String>,
}

/// What the record itself says.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) recorded_us: i64,
    pub(super) command_id: Uuid,
}

/// The fields of a record that the ledger answers for.
#[derive(Deserialize)]
struct Fields<'a> {
    source: &'a str,
    subject: &'a str,
    logindex: u64,
    streamversion: u64,
    recordedtime: Timestamp,
    commandid: Uuid,
}

/// Checks the events from `from` on, packed; `None` if anything at all is not as it should be.
pub(super) fn check_packed(packed: &Packed<'_>, from: u64, to: u64, source: &str) -> Option<Vec<Checked>> {
    let all = packed.events == to - from && packed.first == Some(from.cast_signed());
    if !all || packed.last != Some((to - 1).cast_signed()) {
        return None;
    }
    let mut records = Lines(Some(from_utf8(packed.records).ok()?));
    let mut streams = std::str::from_utf8(packed.streams).ok()?.split('\n');
    let mut versions = std::str::from_utf8(packed.versions).ok()?.split(',');
    let mut command_events = std::str::from_utf8(packed.command_events).ok()?.split(',');
    let (leaves, []) = packed.leaves.as_chunks::<32>() else { return None };
    let (ids, []) = packed.command_ids.as_chunks::<16>() else { return None };
    let (mut leaves, mut ids, mut commands) = (leaves.iter(), ids.iter(), 0);
    let mut checked = Vec::with_capacity(packed.events as usize);
    // The events of one batch have one recorded time.
    let (mut recorded, mut recorded_us) = ("", 0);
    for log_index in from..to {
        let (record, stream) = (records.next()?, streams.next()?);
        let stream_version = versions.next()?.parse().ok()?;
        let leaf = leaf_hash(record.as_bytes());
        let header = Header::read(record)?;
        let places = header.log_index == log_index && header.stream_version == stream_version;
        if leaf != *leaves.next()? || !places || header.subject != stream || header.source != source {
            return None;
        }
        if header.recorded != recorded {
            (recorded, recorded_us) = (header.recorded, header.recorded_us()?);
        }
        let command = match command_events.next()?.parse::<i64>().ok()? {
            0 => None,
            events => {
                commands += 1;
                Some((ids.next()?.to_vec(), events))
            }
        };
        let said = Some(Said { recorded_us, command_id: header.command_id });
        let (stream, problems) = (stream.to_owned(), Vec::new());
        checked.push(Checked { log_index, stream, stream_version, leaf, said, command, problems });
    }
    // Nothing may be left over: a line break inside a record, say, or a command's id without its number of events.
    let ended = records.next().is_none() && streams.next().is_none() && leaves.next().is_none() && ids.next().is_none();
    (ended && packed.command_digests.len() == 32 * commands).then_some(checked)
}

/// What [`str::split`] gives at line breaks, found many bytes at a time.
struct Lines<'a>(Option<&'a str>);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0.take()?;
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else { return Some(rest) };
        self.0 = rest.get(end + 1..);
        rest.get(..end)
    }
}

/// Checks rows one by one and says of each what is wrong.
pub(super) fn check(rows: Vec<AuditRow>, source: &str) -> Vec<Checked> {
    rows.into_iter().map(|row| check_row(row, source)).collect()
}

fn check_row(row: AuditRow, source: &str) -> Checked {
    let mut problems = Vec::new();
    let leaf = leaf_hash(&row.record);
    if leaf != row.leaf_hash[..] {
        problems.push(format!(
            "the stored bytes hash to {}, the stored leaf hash is {}",
            hex::encode(leaf),
            hex::encode(&row.leaf_hash)
        ));
    }
    let stream = String::from_utf8_lossy(&row.stream).into_owned();
    let text = std::str::from_utf8(&row.record).map_err(|_| "the stored bytes are not UTF-8".to_owned());
    let wrong = |error| format!("the stored bytes are not an event: {error}");
    let said = match text.and_then(|text| serde_json::from_str::<Fields<'_>>(text).map_err(wrong)) {
        Ok(fields) => {
            compare(&fields, &row, &stream, source, &mut problems);
            Some(Said { recorded_us: fields.recordedtime.as_microsecond(), command_id: fields.commandid })
        }
        Err(what) => {
            problems.push(what);
            None
        }
    };
    let command = match (row.command_id, &row.command_digest, row.command_events) {
        (None, None, None) => None,
        (Some(id), Some(digest), Some(events)) if digest.len() == 32 => Some((id, events)),
        (id, ..) => {
            problems.push("the command columns are incomplete".to_owned());
            id.map(|id| (id, 1))
        }
    };
    let (log_index, stream_version) = (row.log_index, row.stream_version);
    Checked { log_index, stream, stream_version, leaf, said, command, problems }
}

/// The record's fields against the columns that find it.
fn compare(fields: &Fields<'_>, row: &AuditRow, stream: &str, source: &str, problems: &mut Vec<String>) {
    if fields.logindex != row.log_index {
        problems.push(format!("the record says logindex {}", fields.logindex));
    }
    if fields.subject != stream {
        problems.push(format!("the record says subject {}", fields.subject));
    }
    if fields.streamversion != row.stream_version {
        let (said, column) = (fields.streamversion, row.stream_version);
        problems.push(format!("the record says streamversion {said}, the column {column}"));
    }
    if fields.source != source {
        problems.push(format!("the record says source {}, not {source}", fields.source));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;
    use crate::record::{Place, render, time_text};
    use crate::{Origin, Proposal};

    const SOURCE: &str = "/fazhi/enforcement/230883";
    const DATA: &str = r#"{"title":"现场检查笔录","number":7,"by":["117003",null],"note":"a \"b\" \\ c"}"#;

    /// A record as the writer lays it out: the event 3, of version 2 of `case/1`.
    fn record() -> String {
        let (recorded, mut out) =
            (time_text(Timestamp::from_microsecond(1_700_000_000_000_001).unwrap()), String::new());
        let id = Uuid::from_u128(1);
        let place = Place {
            id,
            source: SOURCE,
            recorded: &recorded,
            log_index: 3,
            stream: "case/1",
            stream_version: 2,
            command_id: Uuid::from_u128(5),
        };
        let origin = Origin {
            actor: "李晓东".to_owned(),
            agency: String::new(),
            region: "230883".to_owned(),
            correlation_id: id,
            causation_id: Some(id),
            traceparent: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned()),
        };
        let event = Proposal {
            kind: "enforcement.case.RecordMade.v1".to_owned(),
            time: Timestamp::UNIX_EPOCH,
            rules: vec!["EN-RECORD".to_owned()],
            data: RawValue::from_string(DATA.to_owned()).unwrap(),
        };
        render(&mut out, &place, &origin, &event);
        out
    }

    fn at_once(record: &str) -> Option<Vec<Checked>> {
        let command = Uuid::from_u128(5);
        let packed = Packed {
            events: 1,
            first: Some(3),
            last: Some(3),
            records: record.as_bytes(),
            streams: b"case/1",
            versions: b"2",
            leaves: &leaf_hash(record.as_bytes()),
            command_ids: command.as_bytes(),
            command_digests: &[7; 32],
            command_events: b"1",
        };
        check_packed(&packed, 3, 4, SOURCE)
    }

    fn one_by_one(record: &str) -> Checked {
        let row = AuditRow {
            log_index: 3,
            stream: b"case/1".to_vec(),
            stream_version: 2,
            leaf_hash: leaf_hash(record.as_bytes()).to_vec(),
            record: record.as_bytes().to_vec(),
            command_id: Some(Uuid::from_u128(5).as_bytes().to_vec()),
            command_digest: Some(vec![7; 32]),
            command_events: Some(1),
        };
        check(vec![row], SOURCE).remove(0)
    }

    fn said(checked: &Checked) -> (i64, Uuid) {
        checked.said.map(|said| (said.recorded_us, said.command_id)).unwrap()
    }

    #[test]
    fn checks_at_once_what_the_writer_wrote() {
        let record = record();
        let checked = at_once(&record).unwrap().remove(0);
        assert_eq!((checked.log_index, checked.stream.as_str(), checked.stream_version), (3, "case/1", 2));
        assert_eq!(
            (said(&checked), checked.leaf),
            ((1_700_000_000_000_001, Uuid::from_u128(5)), leaf_hash(record.as_bytes()))
        );
        assert_eq!((said(&one_by_one(&record)), one_by_one(&record).problems), (said(&checked), Vec::new()));
    }

    #[track_caller]
    fn assert_found(from: &str, to: &str, problem: &str) {
        assert!(record().contains(from), "{from}");
        let forged = record().replacen(from, to, 1);
        assert!(at_once(&forged).is_none(), "{forged}");
        let found = one_by_one(&forged).problems;
        assert!(found.len() == 1 && found[0].starts_with(problem), "{found:?}");
    }

    #[test]
    fn finds_a_forged_record_whose_hash_is_right() {
        assert_found("\"logindex\":3", "\"logindex\":4", "the record says logindex 4");
        assert_found("\"logindex\":3", "\"logindex\":03", "the stored bytes are not an event");
        assert_found("\"logindex\":3", "\"logindex\":-3", "the stored bytes are not an event");
        assert_found("\"streamversion\":2", "\"streamversion\":3", "the record says streamversion 3");
        assert_found("\"subject\":\"case/1", "\"subject\":\"case/2", "the record says subject case/2");
        assert_found("\"subject\":\"case/1", "\"subject\":\"case\\/1", "the stored bytes are not an event");
        assert_found("/fazhi/enforcement/230883", "/fazhi/powerlist/230883", "the record says source /fazhi/powerlist");
        assert_found("\"recordedtime\":\"2", "\"recordedtime\":\"x", "the stored bytes are not an event");
        assert_found("\"actor\":\"李", "\"actor\":\"\u{1}", "the stored bytes are not an event");
        assert_found("\"actor\":\"李", "\"actor\":\"\\x", "the stored bytes are not an event");
    }

    #[test]
    fn finds_fields_that_come_again_after_the_data() {
        for again in ["\"logindex\":3", "\"logindex\":4", "\"subject\":\"case/1\"", "\"commandid\":\"\""] {
            assert_found("c\"}}", &format!("c\"}},{again}}}"), "the stored bytes are not an event: duplicate field");
        }
        assert_found("c\"}}", "c\"}}{}", "the stored bytes are not an event: trailing characters");
        assert_found("c\"}}", "c\"}}}", "the stored bytes are not an event: trailing characters");
    }

    #[test]
    fn finds_data_that_is_not_json() {
        for data in ["", "x", "{\"title\":}", "{\"title\":\"\u{1}\"}", "[1,]", "{\"a\":1", "\"open", "1 2", "{}]"] {
            assert_found(DATA, data, "the stored bytes are not an event");
        }
    }

    /// Another layout of the same fields says the same, as it always did, but only the slower way reads it.
    #[test]
    fn leaves_any_other_layout_to_the_row_by_row_check() {
        let other = [
            ("\"logindex\":3,\"streamversion\":2", "\"streamversion\":2,\"logindex\":3"),
            ("\"logindex\":3", "\"logindex\": 3"),
            ("{\"specversion\"", " {\"specversion\""),
            ("\"region\":\"230883\"", "\"region\":\"2\\u00330883\""),
            (",\"data\":", ",\"more\":1,\"data\":"),
        ];
        for (from, to) in other {
            let record = record().replacen(from, to, 1);
            assert!(at_once(&record).is_none(), "{record}");
            assert_eq!(one_by_one(&record).problems, Vec::<String>::new(), "{record}");
        }
        let broken = record().replacen("{\"title\"", "{\n\"title\"", 1);
        assert!(at_once(&broken).is_none(), "a line break");
    }

    #[test]
    fn finds_a_page_that_is_not_whole() {
        let record = record();
        let leaf = leaf_hash(record.as_bytes());
        let whole = || Packed {
            events: 1,
            first: Some(3),
            last: Some(3),
            records: record.as_bytes(),
            streams: b"case/1",
            versions: b"2",
            leaves: &leaf,
            command_ids: &[],
            command_digests: &[],
            command_events: b"0",
        };
        assert!(check_packed(&whole(), 3, 4, SOURCE).is_some());
        assert!(check_packed(&whole(), 3, 5, SOURCE).is_none(), "an event is missing");
        let two = format!("{record}\n{record}");
        let wrong = [
            Packed { leaves: &[0; 32], ..whole() },
            Packed { records: two.as_bytes(), ..whole() },
            Packed { records: b"\xff", ..whole() },
            Packed { streams: b"case/1\ncase/1", ..whole() },
            Packed { command_ids: &[0; 16], ..whole() },
            Packed { command_digests: &[0; 32], ..whole() },
            Packed { command_events: b"1", ..whole() },
        ];
        assert!(wrong.iter().all(|packed| check_packed(packed, 3, 4, SOURCE).is_none()));
    }

    proptest! {
        /// However a record is changed: what is read off the layout, a reader of JSON reads as well.
        #[test]
        fn reads_nothing_off_the_layout_that_json_does_not_say(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..3_usize, "[\\x01-\\x7f]{0,3}|,\"logindex\":3|\\}|\""), 1..3)
        ) {
            let mut changed = record();
            for (at, without, with) in changes {
                let places: Vec<usize> = changed.char_indices().map(|(at, _)| at).collect();
                let from = at.index(places.len());
                let end = places.get(from + without).copied().unwrap_or(changed.len());
                changed.replace_range(places[from]..end, &with);
            }
            if let Some(header) = Header::read(&changed)
                && let Some(recorded_us) = header.recorded_us()
            {
                let fields: Fields<'_> = serde_json::from_str(&changed).unwrap();
                prop_assert_eq!((fields.source, fields.subject), (header.source, header.subject));
                prop_assert_eq!((fields.logindex, fields.streamversion), (header.log_index, header.stream_version));
                prop_assert_eq!(fields.commandid, header.command_id);
                prop_assert_eq!(fields.recordedtime.as_microsecond(), recorded_us);
            }
        }
    }
}
