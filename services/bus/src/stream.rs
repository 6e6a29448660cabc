//! The stream of a service: its name, its subjects, its settings.

use std::time::Duration;

use async_nats::jetstream::{
    Context,
    stream::{Config, DiscardPolicy, RetentionPolicy, StorageType, Stream},
};
use ledger::Envelope;

/// Most events that a stream holds: what is older is read over the event log.
pub(crate) const MESSAGES_MAX: u64 = 100_000;
/// For so long the same message is not taken twice.
const DUPLICATES: Duration = Duration::from_secs(120);

/// A stream that is not as it must be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StreamError {
    #[error("the stream {stream} cannot be had of NATS")]
    Unavailable {
        stream: String,
        #[source]
        source: async_nats::Error,
    },
    #[error(
        "the stream {stream} has {setting} {found}, and it must be {wanted}: let an administrator of NATS change it, or delete it; \
         the ledger fills it again"
    )]
    Setting { stream: String, setting: &'static str, found: String, wanted: String },
}

pub(crate) fn name(service: &str) -> String {
    format!("FAZHI_{service}")
}

/// Where an event of a service is published.
pub(crate) fn subject(service: &str, envelope: &Envelope<'_>) -> String {
    // A stored type ends with name and version; what a subject has no room for is left out.
    let event = envelope.kind.rsplit('.').nth(1).unwrap_or(envelope.kind);
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    format!("fazhi.{service}.{}.{}.{event}", or_none(envelope.region), or_none(envelope.agency))
}

/// The stream as it is, made if there is none; compared with what it must be.
pub(crate) async fn open(context: &Context, service: &str, replicas: usize) -> Result<Stream, StreamError> {
    let wanted = config(service, replicas);
    let stream = context.get_or_create_stream(wanted.clone()).await;
    let stream = stream.map_err(|e| StreamError::Unavailable { stream: wanted.name.clone(), source: Box::new(e) })?;
    compare(&wanted, &stream.cached_info().config)?;
    Ok(stream)
}

fn config(service: &str, replicas: usize) -> Config {
    Config {
        name: name(service),
        subjects: vec![format!("fazhi.{service}.>")],
        storage: StorageType::File,
        retention: RetentionPolicy::Limits,
        discard: DiscardPolicy::Old,
        max_messages: MESSAGES_MAX as i64,
        max_bytes: -1,
        duplicate_window: DUPLICATES,
        num_replicas: replicas,
        ..Config::default()
    }
}

/// Names the first setting that the server did not accept.
fn compare(wanted: &Config, found: &Config) -> Result<(), StreamError> {
    let stream = wanted.name.clone();
    let settings: [(&str, String, String); 8] = [
        ("subjects", wanted.subjects.join(" "), found.subjects.join(" ")),
        ("storage", format!("{:?}", wanted.storage), format!("{:?}", found.storage)),
        ("retention", format!("{:?}", wanted.retention), format!("{:?}", found.retention)),
        ("discard", format!("{:?}", wanted.discard), format!("{:?}", found.discard)),
        ("max_msgs", wanted.max_messages.to_string(), found.max_messages.to_string()),
        ("max_bytes", wanted.max_bytes.to_string(), found.max_bytes.to_string()),
        ("duplicate_window", format!("{:?}", wanted.duplicate_window), format!("{:?}", found.duplicate_window)),
        ("num_replicas", wanted.num_replicas.to_string(), found.num_replicas.to_string()),
    ];
    match settings.into_iter().find(|(_, wanted, found)| wanted != found) {
        None => Ok(()),
        Some((setting, wanted, found)) => Err(StreamError::Setting { stream, setting, found, wanted }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_setting_that_was_not_accepted() {
        let wanted = config("enforcement", 3);
        compare(&wanted, &wanted).unwrap();
        let found = Config { max_messages: 5, ..wanted.clone() };
        let told = compare(&wanted, &found).unwrap_err().to_string();
        assert!(told.contains("FAZHI_enforcement has max_msgs 5, and it must be 100000"), "{told}");
    }
}
