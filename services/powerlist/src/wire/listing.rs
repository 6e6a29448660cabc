//! Rows of the other lists, both ways.

use kernel::{Fields, words::Word as _};
use proto::powerlist::v1 as p;

use super::{bases, read::line, show_basis, show_ground};
use crate::{
    domain::listing::{
        ListKind, Part, PartForm, PartSpec, RowCancelled, RowContent, RowId, RowPublished, RowReviewedYearly,
    },
    forms, parts,
};

/// A row.
pub(crate) fn list_row(f: &mut Fields, id: Option<&RowId>, r: &p::ListRow) -> Option<RowContent> {
    // Empty text passes: what a published row must have is the law's business (PL-ROW).
    let name = line(f, "row.name", &r.name, forms::NAME, &[]);
    let region = f.optional("row.region", &r.region);
    let bases = bases(f, "row.bases", &r.bases);
    let RowId { list, agency, code } = id?.clone();
    let kinds = list.parts();
    f.at_most("row.parts", &r.parts, kinds.len());
    let mut said: Vec<Option<Part>> = vec![None; kinds.len()];
    for (i, part) in r.parts.iter().take(kinds.len()).enumerate() {
        let path = format!("row.parts[{i}]");
        let Some(at) = kinds.iter().position(|spec| spec.key == part.part) else {
            let all = kinds.iter().map(|spec| spec.key).collect::<Vec<_>>().join(", ");
            f.fault(&format!("{path}.part"), format!("is no part of the list {}; there are {all}", list.id()));
            continue;
        };
        match parts::read(&kinds[at], &part.value) {
            Ok(_) if said[at].is_some() => f.fault(&format!("{path}.part"), "comes twice"),
            Ok(value) => said[at] = value.map(|value| Part { part: part.part.clone(), value }),
            Err(bad) => f.wrong(&format!("{path}.value"), bad.zh, bad.en),
        }
    }
    let parts = said.into_iter().flatten().collect();
    Some(RowContent { list, code, name, agency, region: region?, bases, parts })
}

fn show_row(c: &RowContent) -> p::ListRow {
    let shown = |spec: &PartSpec| {
        let value = parts::show(spec, c.said(spec)?);
        Some(p::ListPart { part: spec.key.to_owned(), value })
    };
    p::ListRow {
        row: c.id().to_string(),
        name: c.name.clone(),
        region: c.region.to_string(),
        bases: c.bases.iter().map(show_basis).collect(),
        parts: c.list.parts().iter().filter_map(shown).collect(),
    }
}

pub(crate) fn show_row_version(v: &RowPublished) -> p::RowVersion {
    p::RowVersion {
        version: v.version,
        effective: v.effective.to_string(),
        row: Some(show_row(&v.content)),
        ground: Some(show_ground(&v.ground)),
    }
}

pub(crate) fn show_row_cancellation(c: &RowCancelled) -> p::RowCancellation {
    p::RowCancellation { effective: c.effective.to_string(), ground: Some(show_ground(&c.ground)) }
}

pub(crate) fn show_row_review(r: &RowReviewedYearly) -> p::YearlyReview {
    p::YearlyReview { on: r.on.to_string(), conclusion: r.conclusion.number(), reviewer: r.reviewer.to_string() }
}

/// What rows of a list have.
pub(crate) fn show_list(list: ListKind, rows: u32) -> p::ListCard {
    let spec = list.spec();
    let part = |spec: &PartSpec| {
        let (form, words) = match spec.form {
            PartForm::Text(_) => (p::PartForm::Text, &[][..]),
            PartForm::Texts(_) => (p::PartForm::Texts, &[][..]),
            PartForm::Word(words) => (p::PartForm::Word, words),
            PartForm::Words(words) => (p::PartForm::Words, words),
            PartForm::Number(_) => (p::PartForm::Number, &[][..]),
            PartForm::Money => (p::PartForm::Money, &[][..]),
            PartForm::Days => (p::PartForm::Days, &[][..]),
            PartForm::Day => (p::PartForm::Day, &[][..]),
            PartForm::Item(_) => (p::PartForm::Item, &[][..]),
            PartForm::YesNo => (p::PartForm::YesNo, &[][..]),
        };
        p::ListPartKind {
            part: spec.key.to_owned(),
            label_zh: spec.label.zh.to_owned(),
            label_en: spec.label.en.to_owned(),
            form: form.into(),
            required: spec.required,
            words: words.iter().map(|word| word.label.zh.to_owned()).collect(),
        }
    };
    p::ListCard {
        list: list.number(),
        word: list.id().to_owned(),
        label_zh: list.zh().to_owned(),
        label_en: list.en().to_owned(),
        based: spec.based,
        parts: spec.parts.iter().map(part).collect(),
        rows,
    }
}
