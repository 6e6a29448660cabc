//! Official texts of statutes, read from Markdown or plain text: the head with its dates, chapters, articles (条) with their
//! paragraphs (款), items (项) and sub-items (目).
//!
//! Invariant: no line is lost. Every line of a file is the title, part of the head, a heading, part of an article or of the
//! annex, or a fault that names it; and articles and items are counted, so that a line taken for something else shows.

mod body;
mod head;
mod issuer;
mod line;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::domain::{
    content::NormLevel,
    statute::{ARTICLE_BYTES_MAX, StatuteText},
};
pub use line::LineFault;
use line::{Faults, Line};

/// Most bytes of one file.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;
/// Most bytes of all files of one import.
pub const FILES_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most files of one import.
pub const FILES_MAX: usize = 64;
/// Most articles of one statute.
pub const ARTICLES_MAX: usize = 2_000;
/// Most faults of one file that are told.
pub const FAULTS_MAX: usize = 20;

/// What whoever brings a text says of it, where the text itself does not, or says it otherwise.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Its level.
    pub level: Option<NormLevel>,
    /// Who made it.
    pub issuer: Option<String>,
    /// First day on which this version is in force.
    pub in_force_from: Option<Date>,
}

/// Reads a text. A date in brackets at the end of the file's name, `…(2021-01-22).md`, is the date of the version where the
/// head names none as late.
///
/// # Errors
/// Every line that cannot be read, with what to do; at most [`FAULTS_MAX`].
pub fn read(file: &str, bytes: &[u8], said: &Said) -> Result<StatuteText, Vec<LineFault>> {
    let mut faults = Faults::default();
    let text = decode(bytes).map_err(|fault| vec![fault])?;
    let lines = Line::all(text, &mut faults);
    let head = head::read(file, &lines, &mut faults);
    let body = body::read(&lines[head.lines..], &mut faults);
    if let Some(large) = body.articles.iter().find(|a| a.bytes() > ARTICLE_BYTES_MAX) {
        faults.push(
            0,
            format!("{}超过{ARTICLE_BYTES_MAX}字节，请检查后面的条是否漏了条号", large.name()),
            format!(
                "{} has more than {ARTICLE_BYTES_MAX} bytes: see whether a later article lost its number",
                large.name()
            ),
        );
    }
    let (Some(version), true) = (head.version, faults.is_empty()) else { return Err(faults.into_told()) };
    let stated = head.effect.filter(|day| *day >= version);
    let from = said.in_force_from.or(stated).or_else(|| body::in_force_from(&body.articles, version, head.amended));
    let (level, issuer) = issuer::of(&head.title, &head.history);
    Ok(StatuteText {
        title: head.title,
        version,
        level: said.level.or(level),
        issuer: said.issuer.clone().or(issuer),
        promulgated: head.promulgated,
        in_force_from: from,
        history: head.history,
        sha256: hex::encode(Sha256::digest(bytes)),
        articles: body.articles,
        annex: body.annex,
    })
}

fn decode(bytes: &[u8]) -> Result<&str, LineFault> {
    if bytes.len() > FILE_BYTES_MAX {
        let len = bytes.len();
        return Err(LineFault::new(
            0,
            format!("有{len}字节，一个文件最多{FILE_BYTES_MAX}字节"),
            format!("has {len} bytes; a file has at most {FILE_BYTES_MAX}"),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        LineFault::new(
            u32::try_from(line).unwrap_or(u32::MAX),
            "不是UTF-8编码的文本，请另存为UTF-8文本（.md或.txt）",
            "is no UTF-8 text: save it as UTF-8 text (.md or .txt)",
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests;
