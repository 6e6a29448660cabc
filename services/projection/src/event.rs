//! A stored record as the views read it: decoded once, borrowed from its bytes.

mod body;
mod known;

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use law::period::Period;
use ledger::{Envelope, Record, RecordError};
use serde::Deserialize;

pub(crate) use body::{Acting, Body, CaseFiled, Ground, ItemHead};
pub use known::known_types;
pub(crate) use known::{Known, known};

use crate::{model::Mode, views::items};

/// One event.
#[derive(Debug)]
pub(crate) struct Event<'a> {
    pub(crate) envelope: Envelope<'a>,
    pub(crate) known: &'static Known,
    pub(crate) frame: Frame<'a>,
    pub(crate) body: Body<'a>,
    /// The legal day of the act.
    pub(crate) day: Date,
}

/// What every event's data says beside its own fields.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Frame<'a> {
    #[serde(default)]
    pub(crate) mode: Option<Mode>,
    #[serde(borrow, default)]
    pub(crate) violations: Vec<Breach<'a>>,
    #[serde(borrow, default)]
    pub(crate) clocks: Vec<Change<'a>>,
}

/// A rule broken.
#[derive(Debug, Deserialize)]
pub(crate) struct Breach<'a> {
    #[serde(borrow)]
    pub(crate) rule: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) citation: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) zh: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) en: Cow<'a, str>,
}

/// One change of one clock; flat, because serde reads a tagged enum twice. See [`law::ClockChange`].
#[derive(Debug, Deserialize)]
pub(crate) struct Change<'a> {
    pub(crate) change: ChangeKind,
    #[serde(borrow)]
    pub(crate) clock: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) rule: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) citation: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) zh: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) en: Cow<'a, str>,
    #[serde(default)]
    pub(crate) start: Option<Timestamp>,
    #[serde(default)]
    pub(crate) period: Option<Period>,
    #[serde(default)]
    pub(crate) from: Option<Date>,
    #[serde(default)]
    pub(crate) on: Option<Date>,
    #[serde(default)]
    pub(crate) at: Option<Timestamp>,
}

/// What happens to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChangeKind {
    Opened,
    Suspended,
    Resumed,
    Extended,
    Stopped,
    Cancelled,
}

/// Why an event cannot be read. It is parked with this text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("the record is not an event envelope: {0}")]
    Envelope(#[source] RecordError),
    #[error("this version does not know the type")]
    UnknownType,
    #[error("the data does not fit the type: {0}")]
    Data(#[source] serde_json::Error),
}

impl<'a> Event<'a> {
    pub(crate) fn decode(record: &'a Record) -> Result<Self, Unreadable> {
        let envelope = record.envelope().map_err(Unreadable::Envelope)?;
        let known = known(envelope.kind).ok_or(Unreadable::UnknownType)?;
        let data = envelope.data.get();
        let frame = serde_json::from_str(data).map_err(Unreadable::Data)?;
        let body = Body::parse(envelope.kind, data).map_err(Unreadable::Data)?;
        match &body {
            Body::ItemDrafted(body::ItemDrafted { content, .. })
            | Body::ItemPublished(body::ItemPublished { content, .. }) => {
                items::head(content).map_err(Unreadable::Data)?;
            }
            _ => {}
        }
        let day = law::day_of(envelope.time);
        Ok(Self { envelope, known, frame, body, day })
    }

    /// The service that recorded it, from the CloudEvents source `/fazhi/<service>/<region>`.
    pub(crate) fn service(&self) -> &'a str {
        service_of(self.envelope.source)
    }
}

/// `/fazhi/<service>/<region>` → `<service>`.
pub(crate) fn service_of(source: &str) -> &str {
    source.strip_prefix("/fazhi/").and_then(|rest| rest.split('/').next()).unwrap_or(source)
}
