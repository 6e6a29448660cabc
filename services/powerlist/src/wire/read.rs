//! Requests, field by field.

use jiff::civil::Date;
use kernel::{Fields, text::Form};
use law::{
    id::{ItemCode, Uscc},
    parameter::{Quantity, Unit},
};
use lists::facts::{PowerKind, Tier, TierLevel};
use proto::powerlist::v1 as p;

use super::{allowed::allows, otherwise::departures, outcomes::outcomes, terms::terms};
use crate::{
    domain::{
        content::{Duty, ItemContent, LegalBasis},
        events::{FlowStep, Ground},
        plan::Milestone,
    },
    forms,
    sheets::{CELL_CHARS_MAX, chars, show_basis, show_duty, show_milestone},
};

/// Most entries of a list inside a message.
pub(crate) const LIST_MAX: usize = 64;

pub(crate) fn ground(f: &mut Fields, path: &str, ground: Option<&p::Ground>) -> Option<Ground> {
    let Some(g) = ground else {
        f.required(path);
        return None;
    };
    let kind = f.word(&format!("{path}.kind"), g.kind);
    // Whether a document is named is the law's business (PL-CHANGE), not the syntax's.
    let document = f.optional_text(&format!("{path}.document"), &g.document, forms::TITLE).unwrap_or_default();
    let sha256 = f.optional_text(&format!("{path}.document_sha256"), &g.document_sha256, Form::line(64));
    if sha256.as_deref().is_some_and(|s| s.len() != 64 || !s.bytes().all(|b| b.is_ascii_hexdigit())) {
        f.fault(&format!("{path}.document_sha256"), "must be 64 hex digits");
    }
    Some(Ground { kind: kind?, document, document_sha256: sha256.map(|s| s.to_lowercase()) })
}

pub(crate) fn quantity(f: &mut Fields, path: &str, q: &p::Quantity) -> Option<Quantity> {
    let unit = match f.enumeration::<p::Unit>(&format!("{path}.unit"), q.unit)? {
        p::Unit::Unspecified => return None,
        p::Unit::Fen => Unit::Fen,
        p::Unit::Hours => Unit::Hours,
        p::Unit::Days => Unit::Days,
        p::Unit::WorkingDays => Unit::WorkingDays,
    };
    Some(Quantity { unit, count: q.count })
}

/// What a plan wants by when.
pub(crate) fn milestones(f: &mut Fields, path: &str, all: &[p::Milestone]) -> Vec<Milestone> {
    f.at_most(path, all, LIST_MAX);
    let mut found = Vec::new();
    for (i, m) in all.iter().take(LIST_MAX).enumerate() {
        let by = f.date(&format!("{path}[{i}].by"), &m.by);
        let mut said = |name: &str, text: &str| {
            let path = format!("{path}[{i}].{name}");
            let line = line(f, &path, text, forms::TITLE, &['|']);
            if line.is_empty() {
                f.required(&path);
            }
            line
        };
        let (what, what_en) = (said("what", &m.what), said("what_en", &m.what_en));
        found.extend(by.map(|by| Milestone { by, what, what_en }));
    }
    in_a_cell(f, path, &found, show_milestone);
    found
}

/// Entries that stand in one cell of the published list, one a line: it holds so much and no more.
fn in_a_cell<T>(f: &mut Fields, path: &str, entries: &[T], show: impl Fn(&T) -> String) {
    let breaks = entries.len().saturating_sub(1);
    let count = breaks + entries.iter().map(|entry| chars(&show(entry))).sum::<usize>();
    if count > CELL_CHARS_MAX {
        f.fault(
            path,
            format!("have {count} characters together, at most {CELL_CHARS_MAX}: a cell of the list holds no more"),
        );
    }
}

/// Text that stands on one line of a cell of the published list, without the marks that part the line. Empty text is
/// allowed.
pub(super) fn line(f: &mut Fields, path: &str, text: &str, form: Form, marks: &[char]) -> String {
    let text = f.optional_text(path, text, form).unwrap_or_default();
    if let Some(bad) = text.chars().find(|c| marks.contains(c)) {
        f.fault(path, format!("must not have {bad:?}: the published list could not be read back"));
    }
    text
}

pub(crate) fn basis(f: &mut Fields, path: &str, b: &p::LegalBasis) -> Option<LegalBasis> {
    let statute = line(f, &format!("{path}.statute"), &b.statute, forms::PLACE, &['》']);
    let level = f.word(&format!("{path}.level"), b.level);
    let version = f.date(&format!("{path}.version"), &b.version);
    let article = line(f, &format!("{path}.article"), &b.article, forms::NAME, &['：', ':']);
    if !article.is_empty() && !article.starts_with('第') {
        f.fault(&format!("{path}.article"), "must begin with 第, as in 第五十八条");
    }
    let summary = line(f, &format!("{path}.summary"), &b.summary, forms::SUMMARY, &[]);
    let issuer = line(f, &format!("{path}.issuer"), &b.issuer, forms::NAME, &[',', '，', ')', '）']);
    let issuer = Some(issuer).filter(|issuer| !issuer.is_empty());
    let purpose = f.maybe_word(&format!("{path}.purpose"), b.purpose).flatten();
    Some(LegalBasis { statute, level: level?, version: version?, article, summary, issuer, purpose })
}

pub(crate) fn bases(f: &mut Fields, path: &str, list: &[p::LegalBasis]) -> Vec<LegalBasis> {
    f.at_most(path, list, LIST_MAX);
    let found: Vec<_> = each(list).filter_map(|(i, b)| basis(f, &format!("{path}[{i}]"), b)).collect();
    in_a_cell(f, path, &found, show_basis);
    found
}

pub(super) fn each<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().take(LIST_MAX).enumerate()
}

/// A row of the list.
pub(crate) fn content(f: &mut Fields, item: Option<&ItemCode>, c: &p::ItemContent) -> Option<ItemContent> {
    let base_code = f.parse("content.base_code", &c.base_code);
    let kind = f.word("content.kind", c.kind);
    let agency = f.parse::<Uscc>("content.agency", &c.agency);
    let region = f.optional("content.region", &c.region);
    let bases = bases(f, "content.bases", &c.bases);
    let outcomes = outcomes(f, "content.outcomes", &c.outcomes);
    f.at_most("content.measures", &c.measures, 6);
    let measures = each(&c.measures).filter_map(|(i, m)| f.word(&format!("content.measures[{i}]"), *m)).collect();
    let allows = allows(f, "content.allows", &c.allows);
    let otherwise = departures(f, "content.otherwise", &c.otherwise);
    let terms = terms(f, "content.terms", &c.terms);
    f.at_most("content.duties", &c.duties, LIST_MAX);
    let duties: Vec<_> = each(&c.duties)
        .map(|(i, d)| Duty {
            stage: line(f, &format!("content.duties[{i}].stage"), &d.stage, forms::NAME, &['：', ':']),
            matter: line(f, &format!("content.duties[{i}].matter"), &d.matter, forms::DUTY, &[]),
        })
        .collect();
    in_a_cell(f, "content.duties", &duties, show_duty);
    f.at_most("content.flow", &c.flow, LIST_MAX);
    let flow = each(&c.flow)
        .filter_map(|(i, s)| {
            let name = line(f, &format!("content.flow[{i}].name"), &s.name, forms::NAME, &['|']);
            let limit = f.time_allowed(&format!("content.flow[{i}].limit"), s.limit.as_ref())?;
            Some(FlowStep { name, limit })
        })
        .collect();
    // Empty texts pass: what a published item must have is the law's business (PL-ELEMENTS, PL-DUTY).
    let name = line(f, "content.name", &c.name, forms::NAME, &[]);
    let subitem = line(f, "content.subitem", &c.subitem, forms::TITLE, &[]);
    let field = line(f, "content.field", &c.field, forms::FIELD, &[]);
    let mut text = |name: &str, value: &str, form| f.optional_text(&format!("content.{name}"), value, form);
    let responsible = text("responsible", &c.responsible, forms::RESPONSIBLE).unwrap_or_default();
    let accountability = text("accountability", &c.accountability, forms::TEXT).unwrap_or_default();
    let supervision = text("supervision", &c.supervision, forms::SUPERVISION).unwrap_or_default();
    let said = |text: Option<String>| text.filter(|text| !text.is_empty());
    let exercised_at = said(text("exercised_at", &c.exercised_at, forms::NAME));
    let remarks = said(text("remarks", &c.remarks, forms::TEXT));
    let least_level = match c.least_level {
        0 => Some(None),
        word => f.word("content.least_level", word).map(Some),
    };
    let grant = f.maybe("content.grant", &c.grant);
    let kind = kind?;
    // The list has one column for all of them.
    if (kind == PowerKind::Compulsion) == (c.measures.is_empty() && c.allows.is_empty()) {
        f.fault("content.allows", "are required for a compulsory power, and for no other");
    }
    if !c.measures.is_empty() && !c.allows.is_empty() {
        f.fault("content.measures", "stay empty where content.allows says what the power does");
    }
    if kind != PowerKind::Penalty && !c.outcomes.is_empty() {
        f.fault("content.outcomes", "are for penalties only");
    }
    Some(ItemContent {
        item: item?.clone(),
        base_code: base_code?,
        name,
        subitem: (!subitem.is_empty()).then_some(subitem),
        kind,
        agency: agency?,
        region: region?,
        field,
        bases,
        outcomes,
        measures,
        allows,
        otherwise,
        terms,
        duties: duties.into(),
        responsible,
        accountability,
        flow,
        supervision,
        least_level: least_level?,
        grant: grant?,
        exclusive: c.exclusive,
        exercised_at,
        remarks,
    })
}

pub(crate) fn tiers(f: &mut Fields, list: &[p::Tier]) -> Vec<Tier> {
    f.at_most("tiers", list, LIST_MAX);
    let mut tiers: Vec<Tier> = Vec::new();
    for (i, t) in each(list) {
        let path = format!("tiers[{i}]");
        let level = f.word::<TierLevel>(&format!("{path}.level"), t.level);
        let circumstances = f.text(&format!("{path}.circumstances"), &t.circumstances, forms::TEXT);
        let outcomes = outcomes(f, &format!("{path}.outcomes"), &t.outcomes);
        let code = f.optional_text(&format!("{path}.code"), &t.code, forms::CERTIFICATE);
        let (Some(level), Some(circumstances)) = (level, circumstances) else { continue };
        let code = code.unwrap_or_else(|| tier_code(&tiers, level));
        tiers.push(Tier { code, level, circumstances, outcomes });
    }
    tiers
}

/// `lighter`, and `lighter-2` for the second of its level.
pub(crate) fn tier_code(before: &[Tier], level: TierLevel) -> String {
    let word = level.id();
    match before.iter().filter(|t| t.level == level).count() {
        0 => word.to_owned(),
        n => format!("{word}-{}", n + 1),
    }
}

/// A list of short words, none twice.
pub(crate) fn words(f: &mut Fields, path: &str, list: &[String]) -> Vec<String> {
    f.at_most(path, list, LIST_MAX);
    let mut words: Vec<String> = Vec::new();
    for (i, word) in each(list) {
        let path = format!("{path}[{i}]");
        if let Some(word) = f.text(&path, word, forms::FIELD) {
            if words.contains(&word) {
                f.fault(&path, "comes twice");
            }
            words.push(word);
        }
    }
    words
}

/// The day a query is for: today when none is given.
pub(crate) fn as_of(f: &mut Fields, text: &str, today: Date) -> Date {
    f.optional_date("as_of", text).unwrap_or(today)
}

/// Entries on a page.
pub(crate) fn page_size(f: &mut Fields, wanted: u32) -> usize {
    if wanted > 500 {
        f.fault("page_size", "is at most 500");
    }
    if wanted == 0 { 50 } else { wanted as usize }
}
