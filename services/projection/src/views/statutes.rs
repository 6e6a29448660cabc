//! Statutes: their versions with their texts, their end, and how items cite them.
//!
//! A text comes in parts, each a row; a version that is recorded anew overwrites them, and says how many count. What came of
//! holding an item's bases against the texts is kept for the version published last: a list is looked at as it stands.

use jiff::{Timestamp, civil::Date};
use law::citation::title_key;

use crate::{
    event::{Body, CitationsChecked, Event, StatuteRepealed, TextRecorded},
    store::{Batch, record},
};

record! {
    /// A version of a statute.
    pub(crate) struct StatuteVersion in STATUTE_VERSIONS = "statute_versions", "Statutes whose text is on record, by version." {
        /// The title as it is looked for.
        statute: String, key;
        version: Date, key;
        title: String;
        level: Option<String>;
        issuer: Option<String>;
        /// First day in force, where it is stated.
        in_force_from: Option<Date>;
        /// The first day that counts.
        first_day: Date;
        /// How it came to be, line by line.
        history: String;
        parts: u32;
        recorded: Timestamp;
    }
    indexes []
}

record! {
    /// A part of a version's text.
    pub(crate) struct StatuteText in STATUTE_TEXTS = "statute_texts", "The articles of statutes, by version and part." {
        statute: String, key;
        version: Date, key;
        part: u32, key;
        /// As recorded.
        articles: String;
        /// What follows the last article, line by line.
        annex: String;
    }
    indexes []
}

record! {
    /// The end of a statute.
    pub(crate) struct Repeal in STATUTE_REPEALS = "statute_repeals", "Statutes repealed: the first day without them." {
        statute: String, key;
        on_day: Date;
        document: String;
    }
    indexes []
}

record! {
    /// What came of the bases of an item's last version.
    pub(crate) struct ItemCitations in ITEM_CITATIONS = "item_citations", "How the bases of items compare with the texts on record." {
        item: String, key;
        version: u32;
        /// How many bases it has; none once it is cancelled.
        cited: u32;
        not_checked: u32;
        /// What came of each, as recorded.
        citations: String;
    }
    indexes []
}

/// Of a version published before bases were held against texts.
#[derive(serde::Deserialize)]
struct Bases {
    #[serde(default)]
    bases: Vec<serde::de::IgnoredAny>,
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    match &event.body {
        Body::TextRecorded(e) => text(e, event.envelope.time, out),
        Body::StatuteRepealed(StatuteRepealed { title, on, document }) => {
            let row = Repeal { statute: title_key(title), on_day: *on, document: document.clone().into_owned() };
            out.put(&STATUTE_REPEALS, row.row());
        }
        Body::ItemPublished(e) => {
            let bases = serde_json::from_str::<Bases>(e.content.get()).map_or(0, |content| content.bases.len());
            put(&e.item, e.version, bases, &e.citations, out);
        }
        Body::CitationsChecked(CitationsChecked { item, version, citations }) => {
            put(item, *version, citations.len(), citations, out);
        }
        Body::ItemCancelled(e) => put(&e.item, 0, 0, &[], out),
        _ => {}
    }
}

fn text(e: &TextRecorded<'_>, recorded: Timestamp, out: &mut Batch) {
    let statute = title_key(&e.title);
    if e.part == 1 {
        let row = StatuteVersion {
            statute: statute.clone(),
            version: e.version,
            title: e.title.clone().into_owned(),
            level: e.level.clone().map(Into::into),
            issuer: e.issuer.clone().map(Into::into),
            in_force_from: e.in_force_from,
            first_day: e.in_force_from.unwrap_or(e.version),
            history: e.history.join("\n"),
            parts: e.parts,
            recorded,
        };
        out.put(&STATUTE_VERSIONS, row.row());
    }
    let (articles, annex) = (e.articles.get().to_owned(), e.annex.join("\n"));
    out.put(&STATUTE_TEXTS, StatuteText { statute, version: e.version, part: e.part, articles, annex }.row());
}

fn put(item: &str, version: u32, bases: usize, citations: &[crate::event::Citation], out: &mut Batch) {
    let unchecked = (0..bases).filter(|at| citations.get(*at).is_none_or(|c| c.held == "not_checked")).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let row = ItemCitations {
        item: item.to_owned(),
        version,
        cited: count(bases),
        not_checked: count(unchecked),
        citations: serde_json::to_string(citations).unwrap_or_default(),
    };
    out.put(&ITEM_CITATIONS, row.row());
}
