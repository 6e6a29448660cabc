//! What is known of one statute, on every day.

use jiff::civil::Date;

use super::{StatuteEvent, StatuteRepealed, TextRecorded, place::Place, text::Article};
use crate::domain::content::NormLevel;

/// One version with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatuteText {
    /// Full title without 《》.
    pub title: String,
    /// Date of the version: when it was passed, promulgated or last amended.
    pub version: Date,
    /// Its level.
    pub level: Option<NormLevel>,
    /// Who made it.
    pub issuer: Option<String>,
    /// When the statute was first promulgated.
    pub promulgated: Option<Date>,
    /// First day on which it is in force, where it is stated.
    pub in_force_from: Option<Date>,
    /// How it came to be, as the text's head says it.
    pub history: Vec<String>,
    /// SHA-256 of the file it was read from, hex.
    pub sha256: String,
    /// Its articles, in order.
    pub articles: Vec<Article>,
    /// What follows the last one.
    pub annex: Vec<String>,
}

impl StatuteText {
    /// First day in force. A text that was amended often does not say from when the amendment holds: then the day of the
    /// amendment counts, which is the usual one.
    pub fn first_day(&self) -> Date {
        self.in_force_from.unwrap_or(self.version)
    }

    /// An article by its number.
    pub fn article(&self, place: Place) -> Option<&Article> {
        self.articles.iter().find(|a| (a.number, a.insert) == (place.article, place.insert))
    }
}

/// One statute with all its versions.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Versions with a text, in the order of their dates.
    pub versions: Vec<StatuteText>,
    /// The end of it.
    pub repealed: Option<StatuteRepealed>,
    /// Parts of a version whose last part is to come.
    pending: Option<StatuteText>,
}

impl State {
    /// Its title, as last recorded.
    pub fn title(&self) -> Option<&str> {
        self.versions.last().map(|v| v.title.as_str())
    }

    /// The version in force on a day, of those whose text is on record. A version that was made after the repeal revives it.
    pub fn on(&self, day: Date) -> Option<&StatuteText> {
        let last = self.versions.iter().filter(|v| v.first_day() <= day).max_by_key(|v| (v.first_day(), v.version))?;
        let ended = self.repealed.as_ref().is_some_and(|r| r.on <= day && last.first_day() <= r.on);
        (!ended).then_some(last)
    }

    /// Takes an event in.
    pub(super) fn take(&mut self, event: &StatuteEvent) {
        match event {
            StatuteEvent::TextRecorded(e) => self.part(e),
            StatuteEvent::StatuteRepealed(e) => self.repealed = Some(e.clone()),
        }
    }

    fn part(&mut self, e: &TextRecorded) {
        let mut text = match self.pending.take() {
            Some(text) if e.part > 1 => text,
            _ => StatuteText {
                title: e.title.clone(),
                version: e.version,
                level: e.level,
                issuer: e.issuer.clone(),
                promulgated: e.promulgated,
                in_force_from: e.in_force_from,
                history: e.history.clone(),
                sha256: e.sha256.clone(),
                articles: Vec::new(),
                annex: Vec::new(),
            },
        };
        text.articles.extend(e.articles.iter().cloned());
        text.annex.extend(e.annex.iter().cloned());
        if e.part < e.parts {
            self.pending = Some(text);
            return;
        }
        self.versions.retain(|v| v.version != text.version);
        self.versions.push(text);
        self.versions.sort_by_key(|v| v.version);
    }
}
