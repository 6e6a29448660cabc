//! A line as it stands in a cell: `kind“word”|range|part；part…`. What is no part is a condition in words.
//!
//! Invariant: what is written reads back as the same line. A text that would read as something else is led in by
//! [`IN_WORDS`].

mod amounts;
mod parts;

pub use amounts::{decimal, hundredths};
pub(super) use parts::{write as parts_of, write_condition};

use std::fmt;

use super::Outcome;
use crate::domain::facts::PenaltyKind;

/// Leads a text that is to be taken as it stands.
const IN_WORDS: &str = "文字：";
/// Between the parts of a line.
const PARTED: char = '；';

/// What could not be read, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Unread {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl Outcome {
    /// The line that a cell writes.
    ///
    /// # Errors
    ///
    /// [`Unread`] for a kind that APL 9 does not know, for a range that is none, and for one that the kind cannot have.
    pub fn read(line: &str) -> Result<Self, Unread> {
        let mut cells = line.splitn(3, '|').map(str::trim);
        let (first, second) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let third = cells.next();
        let (word, called) = match first.split_once('“').and_then(|(word, rest)| Some((word, rest.strip_suffix('”')?)))
        {
            Some((word, called)) => (word, Some(called)),
            None => (first, None),
        };
        let kind = PenaltyKind::from_zh(word).ok_or_else(|| {
            Unread::new(
                format!("处罚种类“{}”不在行政处罚法第九条之列", cut(word)),
                format!("the kind of penalty {:?} is none of APL 9", cut(word)),
            )
        })?;
        // A kind that seldom has a range may leave its cell out.
        let (range, parts) = match third {
            Some(third) => (second, third),
            None if amounts::bare(kind) && !second.is_empty() && amounts::read(second).is_none() => ("", second),
            None => (second, ""),
        };
        let mut line = Self::of(kind, None);
        line.called = called.filter(|word| !word.is_empty()).map(str::to_owned);
        if !range.is_empty() {
            let read = amounts::read(range).ok_or_else(|| amounts::wrong(range))??;
            line.range = Some(amounts::fitting(kind, read, range)?);
        }
        let mut words: Vec<&str> = Vec::new();
        for part in parts.split(PARTED).filter(|_| !parts.is_empty()) {
            if let Some(text) = part.strip_prefix(IN_WORDS) {
                words.push(text);
            } else if !parts::read(part, &mut line) && !part.trim().is_empty() {
                words.push(part.trim());
            }
        }
        line.condition = (!words.is_empty()).then(|| words.join("；"));
        Ok(line)
    }
}

impl fmt::Display for Outcome {
    /// As a cell writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.zh())?;
        if let Some(called) = &self.called {
            write!(f, "“{called}”")?;
        }
        let mut all = parts::write(self);
        all.extend(self.condition.iter().flat_map(|text| text.split(PARTED)).map(in_words));
        let range = self.range.as_ref().map(amounts::write).unwrap_or_default();
        match (range.is_empty(), all.is_empty()) {
            (true, true) => Ok(()),
            (false, true) => write!(f, "|{range}"),
            (true, false) if amounts::bare(self.kind) && amounts::read(&all[0]).is_none() => {
                write!(f, "|{}", all.join("；"))
            }
            (_, false) => write!(f, "|{range}|{}", all.join("；")),
        }
    }
}

/// A text, so that it reads as one.
fn in_words(text: &str) -> String {
    let as_it_stands = !text.is_empty()
        && text.trim() == text
        && !text.starts_with(IN_WORDS)
        && !parts::read(text, &mut Outcome::of(PenaltyKind::Fine, None));
    if as_it_stands { text.to_owned() } else { format!("{IN_WORDS}{text}") }
}

/// As much of a cell as an error repeats.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
