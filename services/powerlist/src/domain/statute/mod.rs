//! Statutes: their texts, version by version, and their end. What an article said on a day is asked here, and whether what
//! an item cites stands there.

mod events;
#[cfg(test)]
pub(crate) mod fixture;
mod held;
pub mod place;
mod state;
#[cfg(test)]
mod tests;
pub mod text;

pub use law::citation::title_key as key;
use law::{Act, Decided, Decider, Refusal, check::Breach, order::After};

pub use events::{StatuteEvent, StatuteRepealed, TextRecorded};
pub use held::{CitationHeld, Held, hold};
pub use state::{State, StatuteText};
use text::Article;

/// Most bytes of the articles that one event holds, so that it fits an event with what stands around them.
pub const PART_BYTES_MAX: usize = 160 * 1024;
/// Most bytes of one article.
pub const ARTICLE_BYTES_MAX: usize = 64 * 1024;
/// Most events that hold one version.
pub const PARTS_MAX: usize = 16;
/// Most versions of one statute; a version that is recorded anew is none more.
pub const VERSIONS_MAX: usize = 64;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put a version on record.
    Record(Box<StatuteText>),
    /// Put the end on record.
    Repeal(StatuteRepealed),
}

/// Statutes.
pub struct Statute;

impl Decider for Statute {
    type Command = Command;
    type State = State;
    type Event = StatuteEvent;

    fn answers(_: &Command) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &State, _: &Act, command: &Command) -> Result<Vec<Decided<StatuteEvent>>, Refusal> {
        match command {
            Command::Record(text) => record(state, text),
            Command::Repeal(c) => repeal(state, c),
        }
    }

    fn evolve(state: &mut State, event: &StatuteEvent) {
        state.take(event);
    }

    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<StatuteEvent> {
        None
    }
}

/// A text is data as a calendar is: what is wrong with it is bad input and breaks no rule.
fn record(state: &State, text: &StatuteText) -> Result<Vec<Decided<StatuteEvent>>, Refusal> {
    let known = state.versions.iter().find(|v| v.version == text.version);
    if known.is_some_and(|known| *known == *text) {
        return Ok(vec![]);
    }
    if known.is_none() && state.versions.len() == VERSIONS_MAX {
        return Err(Refusal::invalid("files", format!("{} has {VERSIONS_MAX} versions already", text.title)));
    }
    let parts = parts(&text.articles)
        .ok_or_else(|| Refusal::invalid("files", format!("{} is longer than {PARTS_MAX} parts hold", text.title)))?;
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    let event = |(part, articles): (u16, &[Article])| {
        Decided::plain(TextRecorded {
            title: text.title.clone(),
            version: text.version,
            level: text.level,
            issuer: text.issuer.clone(),
            promulgated: text.promulgated,
            in_force_from: text.in_force_from,
            history: if part == 1 { text.history.clone() } else { Vec::new() },
            sha256: text.sha256.clone(),
            part,
            parts: count,
            articles: articles.to_vec(),
            annex: if part == count { text.annex.clone() } else { Vec::new() },
        })
    };
    Ok((1..=count).zip(parts).map(event).collect())
}

/// The articles in parts that one event each can hold; `None` where there are too many.
fn parts(articles: &[Article]) -> Option<Vec<&[Article]>> {
    let (mut parts, mut from, mut bytes) = (Vec::new(), 0, 0);
    for (at, article) in articles.iter().enumerate() {
        let more = article.bytes();
        if bytes + more > PART_BYTES_MAX && at > from {
            parts.push(&articles[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += more;
    }
    parts.push(&articles[from..]);
    (parts.len() <= PARTS_MAX).then_some(parts)
}

fn repeal(state: &State, c: &StatuteRepealed) -> Result<Vec<Decided<StatuteEvent>>, Refusal> {
    let Some(first) = state.versions.iter().map(StatuteText::first_day).min() else {
        return Err(Refusal::NotFound { what: "statute", id: c.title.clone() });
    };
    if state.repealed.as_ref() == Some(c) {
        return Ok(vec![]);
    }
    if c.on <= first {
        return Err(Refusal::invalid("on", format!("must lie after {first}, the first day of the statute")));
    }
    Ok(vec![Decided::plain(c.clone())])
}
