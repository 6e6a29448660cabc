//! What callers propose, and what they get back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::limits::{
    APPEND_EVENTS_MAX, APPEND_WRITES_MAX, DATA_BYTES_MAX, KIND_BYTES_MAX, RULES_MAX, STREAM_BYTES_MAX, TEXT_BYTES_MAX,
};
use crate::{AppendError, Record};

/// One domain event that a caller proposes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Proposal {
    /// The stored type, as in `enforcement.case.CaseFiled.v1`.
    pub kind: String,
    /// When the act happened, as opposed to when it is recorded. Kept to the microsecond.
    pub time: Timestamp,
    /// Ids of the rules that the act satisfied.
    pub rules: Vec<String>,
    /// The domain event as JSON, on one line.
    pub data: Box<RawValue>,
}

/// New events of one stream. Several writes of one [`Append`] commit all or none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Write {
    /// The stream, as in `case/0190b2c8-…`: at least two parts of ASCII letters, digits and `-_.:@~`, joined by `/`.
    pub stream: String,
    /// The version that the decider saw; 0 is the empty stream.
    pub expected: u64,
    /// The new events, oldest first. None at all only checks the version.
    pub events: Vec<Proposal>,
}

/// Who caused an append, and from where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Origin {
    /// The person or system that acts.
    pub actor: String,
    /// The agency it acts for; may be empty for the system itself.
    pub agency: String,
    /// The region it acts in; may be empty for the system itself.
    pub region: String,
    /// Groups everything that one matter caused.
    pub correlation_id: Uuid,
    /// The event that this append reacts to.
    pub causation_id: Option<Uuid>,
    /// The W3C trace context of the request.
    pub traceparent: Option<String>,
}

/// The events of one command, with what is needed to commit them once and only if nothing moved.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Append {
    /// The client's id of the command: the key of idempotency.
    pub command_id: Uuid,
    /// A digest of the command's body: tells a repeat from another command with the same id.
    pub command_digest: [u8; 32],
    /// Who and from where.
    pub origin: Origin,
    /// What to store; together at least one event.
    pub writes: Vec<Write>,
}

/// The answer to an append that is stored.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The command's events as they are stored, in log order.
    pub records: Vec<Record>,
    /// True if an earlier append with this command id stored them.
    pub repeated: bool,
}

/// The answer to appends that are stored together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// Where the first event stands in the log.
    pub first: u64,
    /// How many events they store.
    pub events: u64,
    /// True if the same appends stored them earlier; `events` is then that of the first one alone.
    pub repeated: bool,
}

impl Append {
    /// Checks limits and syntax. What passes here can be stored by either engine and needs no escaping in the record.
    pub(crate) fn check(&self) -> Result<(), AppendError> {
        check(self).map_err(AppendError::Invalid)
    }

    /// About how much memory the append holds, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let events = self.writes.iter().flat_map(|write| &write.events);
        512 + events.map(|event| 1024 + event.data.get().len()).sum::<usize>()
    }
}

fn check(append: &Append) -> Result<(), String> {
    let origin = &append.origin;
    if origin.actor.is_empty() {
        return Err("the actor is empty".to_owned());
    }
    let texts = [("actor", &origin.actor), ("agency", &origin.agency), ("region", &origin.region)];
    for (name, text) in texts.into_iter().chain(origin.traceparent.as_ref().map(|trace| ("traceparent", trace))) {
        check_text(name, text)?;
    }
    if append.writes.len() > APPEND_WRITES_MAX {
        return Err(format!("{} streams; at most {APPEND_WRITES_MAX}", append.writes.len()));
    }
    let events: usize = append.writes.iter().map(|write| write.events.len()).sum();
    if events == 0 || events > APPEND_EVENTS_MAX {
        return Err(format!("{events} events; at least 1 and at most {APPEND_EVENTS_MAX}"));
    }
    for (at, write) in append.writes.iter().enumerate() {
        check_stream(&write.stream)?;
        if append.writes[..at].iter().any(|earlier| earlier.stream == write.stream) {
            return Err(format!("stream {} is written twice", write.stream));
        }
        write.events.iter().try_for_each(check_proposal)?;
    }
    Ok(())
}

fn check_proposal(event: &Proposal) -> Result<(), String> {
    let Proposal { kind, rules, data, .. } = event;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    if kind.is_empty() || kind.len() > KIND_BYTES_MAX || !kind.bytes().all(plain) {
        return Err(format!("event type {kind:?} is not a dotted name of at most {KIND_BYTES_MAX} bytes"));
    }
    if rules.len() > RULES_MAX {
        return Err(format!("{} rules on {kind}; at most {RULES_MAX}", rules.len()));
    }
    for rule in rules {
        check_text("rule", rule)?;
        if rule.is_empty() || rule.contains(',') {
            return Err(format!("rule id {rule:?} is empty or has a comma"));
        }
    }
    if data.get().len() > DATA_BYTES_MAX {
        return Err(format!("{} bytes of data in {kind}; at most {DATA_BYTES_MAX}", data.get().len()));
    }
    // JSON allows line breaks only between tokens; a record has to stay one line.
    if data.get().bytes().any(|b| b == b'\n' || b == b'\r') {
        return Err(format!("the data of {kind} is not on one line"));
    }
    Ok(())
}

fn check_stream(stream: &str) -> Result<(), String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:@~".contains(&b);
    let part = |part: &str| !part.is_empty() && part.bytes().all(plain);
    if stream.len() > STREAM_BYTES_MAX || !stream.contains('/') || !stream.split('/').all(part) {
        return Err(format!("stream {stream:?} is not a name like case/<id> of at most {STREAM_BYTES_MAX} bytes"));
    }
    Ok(())
}

/// Text that goes into the record as it is: readers may borrow it, because nothing in it needs a JSON escape.
fn check_text(name: &str, text: &str) -> Result<(), String> {
    if text.len() > TEXT_BYTES_MAX || text.chars().any(|c| c.is_control() || c == '"' || c == '\\') {
        return Err(format!(
            "{name} {text:?} has a quote, backslash or control character, or over {TEXT_BYTES_MAX} bytes"
        ));
    }
    Ok(())
}
