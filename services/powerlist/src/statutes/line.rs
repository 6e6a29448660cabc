//! Lines of a text, by what they begin with.

use kernel::text::Form;
use law::citation::read_chinese_number;

use super::FAULTS_MAX;

/// A line of a statute: the longest paragraphs of statutes have some 1,500 characters.
const LINE: Form = Form::line(8_000);
/// A heading is no longer than this.
const HEADING_CHARS_MAX: usize = 60;

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Which line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl LineFault {
    pub(super) fn new(line: u32, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { line, zh: zh.into(), en: en.into() }
    }
}

/// The faults of a file, the first of them told.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<LineFault>);

impl Faults {
    pub(super) fn push(&mut self, line: u32, zh: impl Into<String>, en: impl Into<String>) {
        if self.0.len() < FAULTS_MAX {
            self.0.push(LineFault::new(line, zh, en));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_told(self) -> Vec<LineFault> {
        self.0
    }
}

/// A line that says something.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Which one of the file, from 1.
    pub(super) number: u32,
    /// What it says, without the marks of Markdown.
    pub(super) text: String,
    /// Whether Markdown marks it as a heading.
    marked: bool,
}

impl Line {
    /// The lines of a file that say something. A comment of Markdown says nothing.
    pub(super) fn all(text: &str, faults: &mut Faults) -> Vec<Self> {
        let mut found = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.starts_with("<!--") && line.ends_with("-->") {
                continue;
            }
            let marked = line.starts_with('#');
            let line = line.trim_start_matches('#').trim();
            let line = match line.strip_prefix("**").and_then(|l| l.split_once("**")) {
                Some((bold, rest)) => format!("{bold} {}", rest.trim()),
                None => line.to_owned(),
            };
            match LINE.read(&line) {
                Ok(text) if text.is_empty() => {}
                Ok(text) => found.push(Self { number, text, marked }),
                Err(bad) => faults.push(number, bad.zh(), bad.to_string()),
            }
        }
        found
    }

    /// A heading of a part, chapter or section, written one way: `第一章 总则`.
    pub(super) fn heading(&self) -> Option<String> {
        let short = self.text.chars().count() <= HEADING_CHARS_MAX;
        let counted = || {
            let rest = self.text.strip_prefix('第')?;
            let at = rest.find(['编', '章', '节'])?;
            let number = rest[..at].trim_end_matches('分');
            read_chinese_number(number)?;
            let (unit, name) = rest.split_at(at + '章'.len_utf8());
            (name.is_empty() || name.starts_with(' '))
                .then(|| format!("第{unit} {}", joined(name)).trim_end().to_owned())
        };
        match counted() {
            Some(heading) if short => Some(heading),
            _ if self.marked && short => Some(joined(&self.text)),
            _ => None,
        }
    }

    /// Whether a table of contents begins here.
    pub(super) fn is_contents(&self) -> bool {
        joined(&self.text) == "目录"
    }

    /// Whether what follows the articles begins here.
    pub(super) fn is_annex(&self) -> bool {
        let text = joined(&self.text);
        ["附件", "附表", "附录", "附图"].iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
                rest.is_empty() || rest.starts_with(['：', ':'])
            })
        })
    }

    /// `第十条之一 text`: number, insert and text. The blank behind it tells an article from a paragraph that begins with the
    /// name of another one, 第十条规定的….
    pub(super) fn article(&self) -> Option<(u16, u16, &str)> {
        let rest = self.text.strip_prefix('第')?;
        let (number, rest) = rest.split_once('条')?;
        let number = read_chinese_number(number)?;
        let (name, text) = rest.split_once(' ').unwrap_or((rest, ""));
        match name.strip_prefix('之') {
            Some(insert) => Some((number, read_chinese_number(insert)?, text.trim())),
            None if name.is_empty() => Some((number, 0, text.trim())),
            None => None,
        }
    }

    /// `（二）text`: number and text.
    pub(super) fn item(&self) -> Option<(u16, &str)> {
        let rest = self.text.strip_prefix(['（', '('])?;
        let (number, text) = rest.split_once(['）', ')'])?;
        Some((read_chinese_number(number.trim())?, text.trim()))
    }

    /// `2．text`: number and text.
    pub(super) fn point(&self) -> Option<(u16, &str)> {
        let end = self.text.find(|c: char| !c.is_ascii_digit())?;
        let text = self.text[end..].strip_prefix(['.', '．', '、'])?;
        Some((self.text[..end].parse().ok()?, text.trim()))
            .filter(|(_, text)| !text.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// Without the blanks that set Chinese headings wide: 总 则.
fn joined(text: &str) -> String {
    if text.is_ascii() { text.trim().to_owned() } else { text.split_whitespace().collect() }
}
