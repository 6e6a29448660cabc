//! A stored record as the views read it: decoded once, borrowed from its bytes.
//!
//! Of every event the frame is read, which all services write alike; of the events of the lists their own fields, too,
//! because the lists are what everything else refers to. A type that nobody declared is an event like any other.

mod body;

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use law::{
    EventError,
    matter::{MatterChange, Upcast},
    period::{Lasts, Period},
    rule::Debtor,
};
use ledger::{Envelope, Record, RecordError};
use serde::Deserialize;
use serde_json::value::RawValue;

pub(crate) use body::{
    Body, Citation, CitationsChecked, Ground, ItemHead, RowCancelled, RowChecked, RowPublished, StatuteRepealed,
    TextRecorded,
};

use crate::{model::Mode, services::Services, views::items};

/// One event.
pub(crate) struct Event<'a> {
    pub(crate) envelope: Envelope<'a>,
    pub(crate) frame: Frame<'a>,
    /// Whose attempt it is, if it is one.
    attempt: Option<Whose<'a>>,
    /// Reads what it does to its matter, where it does not say so itself.
    pub(crate) older: Option<&'static dyn Upcast>,
    /// What it says that it does to its matter.
    pub(crate) matter: Option<MatterChange>,
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
    /// The rules that nobody can tell of.
    #[serde(borrow, default)]
    pub(crate) unchecked: Vec<Unchecked<'a>>,
    #[serde(borrow, default)]
    pub(crate) clocks: Vec<Change<'a>>,
    /// The rules that refused it: then it is an attempt, and no act.
    #[serde(borrow, default)]
    pub(crate) breaches: Option<Vec<Breach<'a>>>,
    /// What it does to its matter; none where the stream is no matter, or the event older than this part of the frame.
    #[serde(borrow, default)]
    pub(crate) matter: Option<&'a RawValue>,
}

/// Whom an attempt is held against. Before a matter is opened, nothing else says it.
#[derive(Debug, Deserialize)]
struct Whose<'a> {
    #[serde(borrow, default)]
    agency: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    region: Option<Cow<'a, str>>,
}

/// An officer as he acted.
#[derive(Debug, Deserialize)]
pub(crate) struct Acting<'a> {
    #[serde(borrow)]
    pub(crate) officer: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) certificate: Cow<'a, str>,
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
    /// Whose fault it is, where it is not the acting agency's.
    #[serde(default)]
    pub(crate) whose: Option<law::id::Whose>,
}

/// A rule that the act could not be held against, and why.
#[derive(Debug, Deserialize)]
pub(crate) struct Unchecked<'a> {
    #[serde(borrow)]
    pub(crate) rule: Cow<'a, str>,
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
    pub(crate) fixed: bool,
    #[serde(default)]
    pub(crate) debtor: Option<Debtor>,
    #[serde(default)]
    pub(crate) whose: Option<law::id::Whose>,
    #[serde(default)]
    pub(crate) from: Option<Date>,
    #[serde(default)]
    pub(crate) lasts: Option<Lasts>,
    #[serde(borrow, default)]
    pub(crate) key: Option<Cow<'a, str>>,
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

/// Longest word or code that rows are found by, in bytes; an index of the views holds four of them at most.
const WORD_BYTES_MAX: usize = 500;
/// Above any number that is added up, however many are.
const SUMMAND_MAX: u64 = 10_000_000_000_000_000;

/// Why an event cannot be read. It is parked with this text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error(
        "数据含有U+0000或不完整的字符，数据库无法保存。The data hold U+0000 or half a character, which no database keeps."
    )]
    Characters,
    #[error("{0}超过{WORD_BYTES_MAX}字节，无法据以查找。{0} has over {WORD_BYTES_MAX} bytes and cannot be found by.")]
    Long(&'static str),
    #[error("{0}超出可以累计的范围。{0} is beyond what can be added up.")]
    Number(&'static str),
    #[error("这条记录不是规范的事件。The record is not an event envelope: {0}")]
    Envelope(#[source] RecordError),
    #[error("事件的数据与其类型不符。The data does not fit the type: {0}")]
    Data(#[source] serde_json::Error),
    #[error("旧版事件无法读取。The older event cannot be read: {0}")]
    Older(#[source] EventError),
}

impl<'a> Event<'a> {
    pub(crate) fn decode(record: &'a Record, services: &Services) -> Result<Self, Unreadable> {
        let envelope = record.envelope().map_err(Unreadable::Envelope)?;
        let data = envelope.data.get();
        if holds_no_character(data) {
            return Err(Unreadable::Characters);
        }
        let frame: Frame<'_> = serde_json::from_str(data).map_err(Unreadable::Data)?;
        let attempt = match frame.breaches {
            Some(_) => Some(serde_json::from_str(data).map_err(Unreadable::Data)?),
            None => None,
        };
        // A clock without its length would be taken for one of no days.
        if let Some(open) = frame.clocks.iter().find(|c| c.change == ChangeKind::Opened && c.period.is_none()) {
            let missing = format!("clock {} has no period", open.clock);
            return Err(Unreadable::Data(serde::de::Error::custom(missing)));
        }
        let body = Body::parse(envelope.kind, data).map_err(Unreadable::Data)?;
        match &body {
            Body::ItemDrafted(body::ItemDrafted { content, .. })
            | Body::ItemPublished(body::ItemPublished { content, .. }) => {
                items::head(content).map_err(Unreadable::Data)?;
            }
            Body::TrainingRecorded(e) => summand("hours", e.hours)?,
            _ => {}
        }
        let matter = frame.matter.map(|matter| serde_json::from_str(matter.get())).transpose();
        let matter = matter.map_err(Unreadable::Data)?;
        let older = if matter.is_none() { services.older(envelope.kind) } else { None };
        let day = law::day_of(envelope.time);
        fit(&frame, attempt.as_ref())?;
        Ok(Self { envelope, frame, attempt, older, matter, body, day })
    }

    /// The service that recorded it, from the CloudEvents source `/fazhi/<service>/<region>`.
    pub(crate) fn service(&self) -> &'a str {
        service_of(self.envelope.source)
    }

    /// Whether its stream has a state of its own: a matter, or anything with clocks.
    pub(crate) fn has_state(&self) -> bool {
        self.matter.is_some() || self.older.is_some() || !self.frame.clocks.is_empty()
    }

    /// Whose event it is: of the agency and region that an attempt names, else of those that act in it.
    pub(crate) fn whose(&self) -> (&str, &str) {
        let named = self.attempt.as_ref();
        (
            named.and_then(|whose| whose.agency.as_deref()).unwrap_or(self.envelope.agency),
            named.and_then(|whose| whose.region.as_deref()).unwrap_or(self.envelope.region),
        )
    }

    /// The officers whom the event names.
    pub(crate) fn officers(&self) -> Result<Vec<Acting<'a>>, Unreadable> {
        #[derive(Deserialize)]
        struct Officers<'a> {
            #[serde(borrow, default)]
            officers: Vec<Acting<'a>>,
        }
        let read: Officers<'a> = serde_json::from_str(self.envelope.data.get()).map_err(Unreadable::Data)?;
        Ok(read.officers)
    }
}

/// Whether a text of JSON stands for U+0000 or half a character anywhere, also where nothing is read of it: what keeps or
/// reads it as JSON later would fail on it.
fn holds_no_character(json: &str) -> bool {
    let mut escapes = json.match_indices('\\').peekable();
    let mut high = None;
    while let Some((at, _)) = escapes.next() {
        let follows = high.take().is_some_and(|end| end == at);
        let escape = json.get(at + 1..).unwrap_or_default();
        match escape.strip_prefix('u').and_then(|rest| u16::from_str_radix(rest.get(..4)?, 16).ok()) {
            Some(0) => return true,
            Some(0xdc00..=0xdfff) if follows => {}
            Some(0xdc00..=0xdfff) => return true,
            _ if follows => return true,
            Some(0xd800..=0xdbff) if !json[at + 6..].starts_with("\\u") => return true,
            Some(0xd800..=0xdbff) => high = Some(at + 6),
            _ => {}
        }
        // The second of two backslashes escapes nothing.
        escapes.next_if(|(next, _)| *next == at + 1);
    }
    false
}

/// Whether what rows are found by is short enough.
fn fit(frame: &Frame<'_>, attempt: Option<&Whose<'_>>) -> Result<(), Unreadable> {
    let breaches = frame.violations.iter().chain(frame.breaches.iter().flatten());
    breaches.map(|breach| &breach.rule).try_for_each(|rule| word("rule", rule))?;
    frame.unchecked.iter().try_for_each(|unchecked| word("rule", &unchecked.rule))?;
    for change in &frame.clocks {
        word("clock", &change.clock)?;
        word("rule", &change.rule)?;
    }
    let Some(attempt) = attempt else { return Ok(()) };
    word("agency", attempt.agency.as_deref().unwrap_or(""))?;
    word("region", attempt.region.as_deref().unwrap_or(""))
}

/// The same of what an event does to its matter, and whether its sums can be added up.
pub(crate) fn fits_matter(does: &MatterChange) -> Result<(), Unreadable> {
    summand("paid_fen", does.paid_fen)?;
    word("stage", does.stage.as_deref().unwrap_or(""))?;
    if let Some(e) = &does.opened {
        let words = [("id", &e.id), ("kind", &e.kind), ("agency", &e.agency), ("region", &e.region)];
        words.into_iter().chain([("keeper", &e.keeper), ("item", &e.item)]).try_for_each(|(n, text)| word(n, text))?;
    }
    if let Some(e) = &does.handed {
        word("agency", &e.agency)?;
        word("region", &e.region)?;
    }
    let Some(e) = &does.decided else { return Ok(()) };
    word("outcome", &e.outcome)?;
    summand("imposed_fen", e.imposed_fen)
}

fn word(name: &'static str, text: &str) -> Result<(), Unreadable> {
    if text.len() > WORD_BYTES_MAX { Err(Unreadable::Long(name)) } else { Ok(()) }
}

fn summand(name: &'static str, n: i64) -> Result<(), Unreadable> {
    if n.unsigned_abs() > SUMMAND_MAX { Err(Unreadable::Number(name)) } else { Ok(()) }
}

/// `/fazhi/<service>/<region>` → `<service>`.
pub(crate) fn service_of(source: &str) -> &str {
    source.strip_prefix("/fazhi/").and_then(|rest| rest.split('/').next()).unwrap_or(source)
}
