//! Texts of statutes.

use jiff::civil::Date;
use kernel::{Fields, words::Word};
use proto::powerlist::v1 as p;
use tonic::Status;

use crate::{
    domain::statute::{State, StatuteRepealed, StatuteText, text::Article},
    forms,
    index::Cited,
    register::{InputText, Read, Rechecked},
    statutes::{FILES_BYTES_MAX, FILES_MAX, LineFault, Said},
};

/// What to take in.
pub(crate) fn texts(r: p::ImportStatutesRequest) -> Result<Vec<InputText>, Status> {
    let bytes: usize = r.files.iter().map(|file| file.content.len()).sum();
    if bytes > FILES_BYTES_MAX {
        return Err(Status::resource_exhausted(format!(
            "the files have {bytes} bytes; at most {FILES_BYTES_MAX} go at once"
        )));
    }
    let mut f = Fields::new();
    if r.files.is_empty() {
        f.fault("files", "at least one file is required");
    }
    f.at_most("files", &r.files, FILES_MAX);
    let mut files = Vec::new();
    for (i, file) in r.files.into_iter().take(FILES_MAX).enumerate() {
        let at = |field: &str| format!("files[{i}].{field}");
        let name = f.text(&at("name"), &file.name, forms::PLACE).unwrap_or_default();
        let said = Said {
            level: f.maybe_word(&at("level"), file.level).flatten(),
            issuer: f.optional_text(&at("issuer"), &file.issuer, forms::NAME),
            in_force_from: f.optional_date(&at("in_force_from"), &file.in_force_from),
        };
        files.push(InputText { name, content: file.content, said });
    }
    f.finish()?;
    Ok(files)
}

/// What ended.
pub(crate) fn repealed(r: &p::RepealStatuteRequest) -> Result<StatuteRepealed, Status> {
    let mut f = Fields::new();
    let title = f.text("statute", &r.statute, forms::PLACE);
    let (on, document) = (f.date("on", &r.on), f.text("document", &r.document, forms::TITLE));
    match (title, on, document) {
        (Some(title), Some(on), Some(document)) => f.finish().map(|()| StatuteRepealed { title, on, document }),
        _ => Err(f.status()),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

pub(crate) fn show_imported(files: Vec<Read>, rechecked: Rechecked) -> p::ImportStatutesResponse {
    let fault = |f: LineFault| p::LineFault { line: f.line, zh: f.zh, en: f.en };
    let file = |read: Read| {
        let (version, faults) = match read.text {
            Ok(text) => (Some(show_text(&text)), Vec::new()),
            Err(faults) => (None, faults.into_iter().map(fault).collect()),
        };
        p::StatuteImported { name: read.name, faults, version, changed: read.changed }
    };
    p::ImportStatutesResponse {
        files: files.into_iter().map(file).collect(),
        items_checked: rechecked.items,
        items_at_fault: rechecked.at_fault,
    }
}

fn show_text(text: &StatuteText) -> p::StatuteVersion {
    p::StatuteVersion {
        title: text.title.clone(),
        version: text.version.to_string(),
        level: text.level.map_or(0, Word::number),
        issuer: text.issuer.clone().unwrap_or_default(),
        in_force_from: text.in_force_from.map(|day| day.to_string()).unwrap_or_default(),
        articles: count(text.articles.len()),
        sha256: text.sha256.clone(),
    }
}

pub(crate) fn show_statute(state: &State, day: Date, cited: Cited) -> p::Statute {
    let repealed = state.repealed.as_ref();
    p::Statute {
        in_force: state.on(day).map(show_text),
        versions: state.versions.iter().map(show_text).collect(),
        repealed_on: repealed.map(|r| r.on.to_string()).unwrap_or_default(),
        repealed_by: repealed.map(|r| r.document.clone()).unwrap_or_default(),
        cited: cited.cited,
        not_checked: cited.not_checked,
    }
}

pub(crate) fn show_article(text: &StatuteText, article: &Article, day: Date) -> p::GetArticleResponse {
    let paragraphs = article.paragraphs.iter().map(|paragraph| p::StatuteParagraph {
        text: paragraph.text.clone(),
        items: paragraph
            .items
            .iter()
            .map(|item| p::StatuteItem { text: item.text.clone(), points: item.points.clone() })
            .collect(),
    });
    p::GetArticleResponse {
        version: Some(show_text(text)),
        article: article.name(),
        paragraphs: paragraphs.collect(),
        as_of: day.to_string(),
    }
}
