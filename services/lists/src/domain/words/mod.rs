//! The words of the law, read into lines, and lines put into the words of the law.
//!
//! Invariants:
//! - Every character of a text is read into a line, known to be no penalty, or in a doubt: nothing is dropped in silence.
//! - What can be read in two ways is read in the likelier one, and a doubt says the other.
//! - What `write` words, `read` reads back.

mod amounts;
mod clause;
mod conditions;
mod kinds;
mod lines;
mod measures;
mod numbers;
mod penalties;
mod prefix;
mod sentence;
mod settle;
mod spans;
mod state;
mod text;
mod who;
mod write;

use std::ops::Range;

use super::outcome::Outcome;

pub use write::write;

/// The longest text that is read, in bytes: several times the longest article.
const TEXT_BYTES_MAX: usize = 60_000;

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The lines, in the order of the text.
    pub lines: Vec<Outcome>,
    /// What somebody has to look at, in the order of the text.
    pub doubts: Vec<Doubt>,
}

/// A part of the text that was not read, or may be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where it stands in the text, in characters.
    pub at: Range<usize>,
    /// Its words.
    pub text: String,
    /// What is doubtful, in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Which of [`Reading::lines`] it speaks of; absent: the words stand in none of them.
    pub line: Option<usize>,
    /// A line, as a cell writes it, that would stand in the place of [`Self::line`], or beside the others.
    pub proposal: Option<String>,
}

/// Reads a cell of penalties, a paragraph of an article or a whole article.
///
/// The act that the text begins with (违反本法规定，…的) is the item's and stands in no line; those of later sentences stand in
/// theirs as a condition in words. 以上、以下、以内 take their number in, 不满、不足、超过、以外 leave it out (Civil Code 1259);
/// orders to correct are no penalties (APL 28).
pub fn read(given: &str) -> Reading {
    if given.len() > TEXT_BYTES_MAX {
        let doubt = Doubt {
            at: 0..given.chars().count(),
            text: given.chars().take(40).collect(),
            zh: format!("文本超过{TEXT_BYTES_MAX}字节，请按条、款分开录入"),
            en: format!("the text has more than {TEXT_BYTES_MAX} bytes: enter it by articles or paragraphs"),
            line: None,
            proposal: None,
        };
        return Reading { lines: Vec::new(), doubts: vec![doubt] };
    }
    sentence::read(given)
}

#[cfg(test)]
mod tests;
