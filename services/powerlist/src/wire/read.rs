//! Requests, field by field.

use jiff::civil::Date;
use kernel::Fields;
use law::{
    id::{OfficerCode, RegionCode, Uscc},
    period::Period,
};
use proto::powerlist::v1 as p;

use super::words::enumeration;
use crate::domain::{
    catalogue::PublishEntry,
    content::{Duty, ItemContent, LegalBasis, Outcome, PenaltyKind, PowerKind, Range, Tier, TierLevel},
    events::{AgencyRegistered, FlowStep, Ground, OfficerRegistered, RegionRegistered},
    region::level_of,
};

/// Most characters of a name.
pub(crate) const NAME_MAX: usize = 100;
/// Most characters of a document's title, a place of publication, a short text.
pub(crate) const TITLE_MAX: usize = 300;
/// Most characters of a longer text.
pub(crate) const TEXT_MAX: usize = 2000;
/// Most entries of a list inside a message.
pub(crate) const LIST_MAX: usize = 64;

pub(crate) fn ground(f: &mut Fields, path: &str, ground: Option<&p::Ground>) -> Option<Ground> {
    let Some(g) = ground else {
        f.fault(path, "is required");
        return None;
    };
    let kind = enumeration(f, &format!("{path}.kind"), g.kind);
    // Whether a document is named is the law's business (PL-CHANGE), not the syntax's.
    let document = f.optional_text(&format!("{path}.document"), &g.document, TITLE_MAX).unwrap_or_default();
    let sha256 = f.optional_text(&format!("{path}.document_sha256"), &g.document_sha256, 64);
    if sha256.as_deref().is_some_and(|s| s.len() != 64 || !s.bytes().all(|b| b.is_ascii_hexdigit())) {
        f.fault(&format!("{path}.document_sha256"), "must be 64 hex digits");
    }
    Some(Ground { kind: kind?, document, document_sha256: sha256.map(|s| s.to_lowercase()) })
}

/// Text that stands on one line of a cell of the published list, without the marks that part the line. Empty text is
/// allowed.
fn line(f: &mut Fields, path: &str, text: &str, max: usize, marks: &[char]) -> String {
    let text = f.optional_text(path, text, max).unwrap_or_default();
    if let Some(bad) = text.chars().find(|c| *c == '\n' || marks.contains(c)) {
        f.fault(path, format!("must not have {bad:?}: the published list could not be read back"));
    }
    text
}

pub(crate) fn basis(f: &mut Fields, path: &str, b: &p::LegalBasis) -> Option<LegalBasis> {
    let statute = line(f, &format!("{path}.statute"), &b.statute, 200, &['》']);
    let level = enumeration(f, &format!("{path}.level"), b.level);
    let version = f.date(&format!("{path}.version"), &b.version);
    let article = line(f, &format!("{path}.article"), &b.article, NAME_MAX, &['：', ':']);
    if !article.is_empty() && !article.starts_with('第') {
        f.fault(&format!("{path}.article"), "must begin with 第, as in 第五十八条");
    }
    let summary = line(f, &format!("{path}.summary"), &b.summary, 1000, &[]);
    Some(LegalBasis { statute, level: level?, version: version?, article, summary })
}

pub(crate) fn bases(f: &mut Fields, path: &str, list: &[p::LegalBasis]) -> Vec<LegalBasis> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, b)| basis(f, &format!("{path}[{i}]"), b)).collect()
}

fn each<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().take(LIST_MAX).enumerate()
}

fn outcome(f: &mut Fields, path: &str, o: &p::Outcome) -> Option<Outcome> {
    let kind = enumeration(f, &format!("{path}.kind"), o.kind);
    let mut span = |low: i64, high: i64| {
        if !(0..=high).contains(&low) {
            f.fault(&format!("{path}.range"), "must run from a low of at least 0 to a high that is not lower");
        }
    };
    let range = match &o.range {
        None => None,
        Some(p::outcome::Range::Amount(r)) => {
            span(r.low_fen, r.high_fen);
            Some(Range::Amount { low_fen: r.low_fen, high_fen: r.high_fen })
        }
        Some(p::outcome::Range::Multiple(r)) => {
            span(r.low_hundredths, r.high_hundredths);
            let of = line(f, &format!("{path}.multiple.of"), &r.of, NAME_MAX, &['|']);
            if of.is_empty() || of.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-') {
                f.fault(&format!("{path}.multiple.of"), "must be a word such as 货值金额");
            }
            Some(Range::Multiple { of, low_hundredths: r.low_hundredths, high_hundredths: r.high_hundredths })
        }
        Some(p::outcome::Range::Days(r)) => {
            span(r.low.into(), r.high.into());
            match (u16::try_from(r.low), u16::try_from(r.high)) {
                (Ok(low), Ok(high)) => Some(Range::Days { low, high }),
                _ => {
                    f.fault(&format!("{path}.days"), "are too many");
                    None
                }
            }
        }
    };
    let condition = line(f, &format!("{path}.condition"), &o.condition, TITLE_MAX, &['|']);
    let kind: PenaltyKind = kind?;
    let fits = match &range {
        None => true,
        Some(Range::Days { .. }) => kind == PenaltyKind::Detention,
        Some(_) => kind == PenaltyKind::Fine,
    };
    if !fits {
        f.fault(&format!("{path}.range"), "only a fine has an amount or a multiple, only detention has days");
    }
    Some(Outcome { kind, range, condition: (!condition.is_empty()).then_some(condition) })
}

fn outcomes(f: &mut Fields, path: &str, list: &[p::Outcome]) -> Vec<Outcome> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, o)| outcome(f, &format!("{path}[{i}]"), o)).collect()
}

fn period(f: &mut Fields, path: &str, p: Option<&p::Period>) -> Option<Period> {
    let Some(p) = p else {
        f.fault(path, "is required");
        return None;
    };
    let unit = f.enumeration::<p::PeriodUnit>(&format!("{path}.unit"), p.unit)?;
    let wide = u16::try_from(p.count).ok();
    let narrow = u8::try_from(p.count).ok();
    let read = match unit {
        p::PeriodUnit::Unspecified => None,
        p::PeriodUnit::WorkingDays => wide.map(Period::WorkingDays),
        p::PeriodUnit::CalendarDays => wide.map(Period::CalendarDays),
        p::PeriodUnit::Months => narrow.map(Period::Months),
        p::PeriodUnit::Years => narrow.map(Period::Years),
        p::PeriodUnit::Hours => wide.map(Period::Hours),
    };
    if read.is_none() {
        f.fault(&format!("{path}.count"), "is too large");
    }
    read
}

/// A row of the list. `home` is the agency's region, for rows that name none.
pub(crate) fn content(f: &mut Fields, c: Option<&p::ItemContent>, home: Option<RegionCode>) -> Option<ItemContent> {
    let Some(c) = c else {
        f.fault("content", "is required");
        return None;
    };
    let item = f.parse("content.item", &c.item);
    let base_code = f.parse("content.base_code", &c.base_code);
    let kind = enumeration(f, "content.kind", c.kind);
    let agency = f.parse::<Uscc>("content.agency", &c.agency);
    let region = if c.region.is_empty() { home } else { f.parse("content.region", &c.region) };
    let bases = bases(f, "content.bases", &c.bases);
    let outcomes = outcomes(f, "content.outcomes", &c.outcomes);
    f.at_most("content.measures", &c.measures, 6);
    let measures =
        each(&c.measures).filter_map(|(i, m)| enumeration(f, &format!("content.measures[{i}]"), *m)).collect();
    f.at_most("content.duties", &c.duties, LIST_MAX);
    let duties = each(&c.duties)
        .map(|(i, d)| Duty {
            stage: line(f, &format!("content.duties[{i}].stage"), &d.stage, NAME_MAX, &['：', ':']),
            matter: line(f, &format!("content.duties[{i}].matter"), &d.matter, TEXT_MAX, &[]),
        })
        .collect();
    f.at_most("content.flow", &c.flow, LIST_MAX);
    let flow = each(&c.flow)
        .filter_map(|(i, s)| {
            let name = line(f, &format!("content.flow[{i}].name"), &s.name, NAME_MAX, &['|']);
            let limit = period(f, &format!("content.flow[{i}].limit"), s.limit.as_ref())?;
            Some(FlowStep { name, limit })
        })
        .collect();
    // Empty texts pass: what a published item must have is the law's business (PL-ELEMENTS, PL-DUTY).
    let name = line(f, "content.name", &c.name, NAME_MAX, &[]);
    let subitem = line(f, "content.subitem", &c.subitem, TITLE_MAX, &[]);
    let field = line(f, "content.field", &c.field, 50, &[]);
    let mut text = |name: &str, value: &str, max| f.optional_text(&format!("content.{name}"), value, max);
    let responsible = text("responsible", &c.responsible, TITLE_MAX).unwrap_or_default();
    let accountability = text("accountability", &c.accountability, TEXT_MAX).unwrap_or_default();
    let supervision = text("supervision", &c.supervision, 1000).unwrap_or_default();
    let kind = kind?;
    // The list has one column for both.
    if (kind == PowerKind::Compulsion) == c.measures.is_empty() {
        f.fault("content.measures", "are required for a compulsory power, and for no other");
    }
    if kind != PowerKind::Penalty && !c.outcomes.is_empty() {
        f.fault("content.outcomes", "are for penalties only");
    }
    Some(ItemContent {
        item: item?,
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
        duties,
        responsible,
        accountability,
        flow,
        supervision,
    })
}

pub(crate) fn tiers(f: &mut Fields, list: &[p::Tier]) -> Vec<Tier> {
    f.at_most("tiers", list, LIST_MAX);
    let mut tiers: Vec<Tier> = Vec::new();
    for (i, t) in each(list) {
        let path = format!("tiers[{i}]");
        let level = enumeration::<TierLevel>(f, &format!("{path}.level"), t.level);
        let circumstances = f.text(&format!("{path}.circumstances"), &t.circumstances, TEXT_MAX);
        let outcomes = outcomes(f, &format!("{path}.outcomes"), &t.outcomes);
        let code = f.optional_text(&format!("{path}.code"), &t.code, 40);
        let (Some(level), Some(circumstances)) = (level, circumstances) else { continue };
        let code = code.unwrap_or_else(|| tier_code(&tiers, level));
        tiers.push(Tier { code, level, circumstances, outcomes });
    }
    tiers
}

/// `lighter`, and `lighter-2` for the second of its level.
pub(crate) fn tier_code(before: &[Tier], level: TierLevel) -> String {
    let word = match level {
        TierLevel::None => "none",
        TierLevel::Mitigated => "mitigated",
        TierLevel::Lighter => "lighter",
        TierLevel::Ordinary => "ordinary",
        TierLevel::Heavier => "heavier",
    };
    match before.iter().filter(|t| t.level == level).count() {
        0 => word.to_owned(),
        n => format!("{word}-{}", n + 1),
    }
}

pub(crate) fn region(f: &mut Fields, r: Option<&p::Region>) -> Option<RegionRegistered> {
    let Some(r) = r else {
        f.fault("region", "is required");
        return None;
    };
    let region = f.parse::<RegionCode>("region.region", &r.region);
    let name = f.text("region.name", &r.name, NAME_MAX);
    let level = f.enumeration::<p::RegionLevel>("region.level", r.level);
    let parent = f.optional("region.parent", &r.parent);
    let level = match level? {
        p::RegionLevel::Unspecified => level_of(region.as_ref()?),
        p::RegionLevel::Province => "province",
        p::RegionLevel::City => "city",
        p::RegionLevel::County => "county",
        p::RegionLevel::Township => "township",
    };
    Some(RegionRegistered { region: region?, name: name?, level: level.to_owned(), parent })
}

pub(crate) fn agency(f: &mut Fields, a: Option<&p::Agency>) -> Option<AgencyRegistered> {
    let Some(a) = a else {
        f.fault("agency", "is required");
        return None;
    };
    let agency = f.parse("agency.agency", &a.agency);
    let name = f.text("agency.name", &a.name, NAME_MAX);
    let short_name = f.text("agency.short_name", &a.short_name, 30);
    let region = f.parse("agency.region", &a.region);
    let kind = enumeration(f, "agency.kind", a.kind);
    let basis = f.text("agency.basis", &a.basis, TEXT_MAX);
    let fields = words(f, "agency.fields", &a.fields);
    let entrusted_by = f.optional("agency.entrusted_by", &a.entrusted_by);
    let from = f.date("agency.from", &a.from);
    Some(AgencyRegistered {
        agency: agency?,
        name: name?,
        short_name: short_name?,
        region: region?,
        kind: kind?,
        basis: basis?,
        fields,
        entrusted_by,
        may_restrict_liberty: a.may_restrict_liberty,
        from: from?,
    })
}

/// A list of short words, none twice.
pub(crate) fn words(f: &mut Fields, path: &str, list: &[String]) -> Vec<String> {
    f.at_most(path, list, LIST_MAX);
    let mut words: Vec<String> = Vec::new();
    for (i, word) in each(list) {
        let path = format!("{path}[{i}]");
        if let Some(word) = f.text(&path, word, 50) {
            if words.contains(&word) {
                f.fault(&path, "comes twice");
            }
            words.push(word);
        }
    }
    words
}

/// An officer. `home` is the agency's region, for one without a region of their own.
pub(crate) fn officer(
    f: &mut Fields,
    o: &p::RegisterOfficerRequest,
    home: Option<RegionCode>,
) -> Option<OfficerRegistered> {
    let officer = f.parse::<OfficerCode>("officer", &o.officer);
    let name = f.text("name", &o.name, 50);
    let agency = f.parse("agency", &o.agency);
    let region = if o.region.is_empty() { home } else { f.parse("region", &o.region) };
    let role = enumeration(f, "role", o.role);
    let reviewing_since = f.optional_date("reviewing_since", &o.reviewing_since);
    Some(OfficerRegistered {
        officer: officer?,
        name: name?,
        agency: agency?,
        region: region?,
        role: role?,
        legal_qualification: o.legal_qualification,
        reviewing_since,
    })
}

pub(crate) fn entry(f: &mut Fields, e: Option<&p::CatalogueEntry>) -> Option<PublishEntry> {
    let Some(e) = e else {
        f.fault("entry", "is required");
        return None;
    };
    let base_code = f.parse("entry.base_code", &e.base_code);
    let name = f.text("entry.name", &e.name, NAME_MAX);
    let kind = enumeration(f, "entry.kind", e.kind);
    let bases = bases(f, "entry.bases", &e.bases);
    let region = f.parse("entry.region", &e.region);
    let from = f.date("entry.from", &e.from);
    let document = f.text("entry.document", &e.document, TITLE_MAX);
    Some(PublishEntry {
        base_code: base_code?,
        name: name?,
        kind: kind?,
        bases,
        region: region?,
        from: from?,
        document: document?,
    })
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
