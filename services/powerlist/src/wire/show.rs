//! Views as the API shows them.

use std::{collections::BTreeSet, iter};

use jiff::civil::Date;
use kernel::{clocks::period, words::Word as _};
use law::{
    ParameterCard,
    calendar::{Calendar, NoticePublished},
    id::RegionCode,
    parameter::{ParameterSet, Quantity, Unit, Value, in_force},
};

use lists::facts::Tier;
use proto::powerlist::v1 as p;

use super::{
    allowed::{show_allowed, show_entrustment},
    otherwise::show_departure,
    outcomes::show_outcome,
    terms::show_term,
};
use crate::domain::{
    agency, catalogue,
    content::{Duty, ItemContent, LegalBasis},
    events::{
        CatalogueEntryPublished, FeePublished, FlowStep, Ground, ItemCancelled, ItemReviewedYearly, RegionLevel,
        RegionRegistered, StandardPublished, YearlyConclusion,
    },
    item::{self, Draft, Version},
    officer::{self, Certificate},
};

pub(crate) fn show_ground(g: &Ground) -> p::Ground {
    p::Ground {
        kind: g.kind.number(),
        document: g.document.clone(),
        document_sha256: g.document_sha256.clone().unwrap_or_default(),
    }
}

/// Every year that is known, with the notice it rests on now.
pub(crate) fn show_years(calendar: &Calendar, on_record: &[NoticePublished]) -> Vec<p::CalendarYear> {
    let year = |year: i16| {
        let on_record = on_record.iter().filter(|notice| notice.year == year);
        p::CalendarYear {
            year: year.into(),
            source: calendar.source(year).unwrap_or_default().to_owned(),
            further_sources: calendar.further_sources(year).to_vec(),
            sha256: on_record.map(|notice| notice.sha256.clone()).collect(),
        }
    };
    calendar.years().map(year).collect()
}

fn show_quantity(q: Quantity) -> p::Quantity {
    let unit = match q.unit {
        Unit::Fen => p::Unit::Fen,
        Unit::Hours => p::Unit::Hours,
        Unit::Days => p::Unit::Days,
        Unit::WorkingDays => p::Unit::WorkingDays,
    };
    p::Quantity { unit: unit.into(), count: q.count }
}

/// Every parameter of a region on a day, and once more for each field that has a number of its own there.
pub(crate) fn show_parameters<'a, I: Iterator<Item = &'a ParameterSet>>(
    cards: &[&ParameterCard],
    sets: impl Fn() -> I,
    region: &RegionCode,
    day: Date,
) -> Vec<p::Parameter> {
    let mut shown = Vec::new();
    for card in cards {
        let fields: BTreeSet<&str> =
            sets().filter(|set| set.parameter == card.id).filter_map(|set| set.field.as_deref()).collect();
        for field in iter::once(None).chain(fields.into_iter().map(Some)) {
            let set = in_force(sets(), card, region, field, day);
            if field.is_none() || set.is_some_and(|set| set.field.is_some()) {
                shown.push(show_parameter(card, set));
            }
        }
    }
    shown
}

fn show_parameter(card: &ParameterCard, set: Option<&ParameterSet>) -> p::Parameter {
    p::Parameter {
        parameter: card.id.to_owned(),
        label_zh: card.label.zh.to_owned(),
        label_en: card.label.en.to_owned(),
        value: Value::known(card, set).map(|value| show_quantity(value.quantity)),
        region: set.map(|set| set.region.to_string()).unwrap_or_default(),
        field: set.and_then(|set| set.field.clone()).unwrap_or_default(),
        from: set.map(|set| set.from.to_string()).unwrap_or_default(),
        document: set.map(|set| set.document.clone()).unwrap_or_default(),
        default: card.default.map(|count| show_quantity(card.of(count))),
        source_zh: card.source.zh.to_owned(),
        source_en: card.source.en.to_owned(),
        citation_zh: card.citation.zh(),
        citation_en: card.citation.en(),
        least: card.least.map(|least| show_quantity(card.of(least.count))),
        rules: card.rules.iter().map(|rule| rule.id.to_owned()).collect(),
    }
}

pub(crate) fn show_basis(b: &LegalBasis) -> p::LegalBasis {
    p::LegalBasis {
        statute: b.statute.clone(),
        level: b.level.number(),
        version: b.version.to_string(),
        article: b.article.clone(),
        summary: b.summary.clone(),
        issuer: b.issuer.clone().unwrap_or_default(),
        purpose: b.purpose.map_or(0, kernel::words::Word::number),
    }
}

pub(crate) fn show_content(c: &ItemContent) -> p::ItemContent {
    let duty = |d: &Duty| p::Duty { stage: d.stage.clone(), matter: d.matter.clone() };
    let step = |s: &FlowStep| p::FlowStep { name: s.name.clone(), limit: Some(period(s.limit)) };
    p::ItemContent {
        item: c.item.to_string(),
        base_code: c.base_code.to_string(),
        name: c.name.clone(),
        subitem: c.subitem.clone().unwrap_or_default(),
        kind: c.kind.number(),
        agency: c.agency.to_string(),
        region: c.region.to_string(),
        field: c.field.clone(),
        bases: c.bases.iter().map(show_basis).collect(),
        outcomes: c.outcomes.iter().map(show_outcome).collect(),
        measures: c.measures.iter().map(|m| m.number()).collect(),
        allows: c.allows.iter().map(show_allowed).collect(),
        otherwise: c.otherwise.iter().map(show_departure).collect(),
        terms: c.terms.iter().map(show_term).collect(),
        duties: c.duties.iter().map(duty).collect(),
        responsible: c.responsible.clone(),
        accountability: c.accountability.clone(),
        flow: c.flow.iter().map(step).collect(),
        supervision: c.supervision.clone(),
        least_level: c.least_level.map_or(0, kernel::words::Word::number),
        grant: c.grant.clone().unwrap_or_default(),
        exclusive: c.exclusive,
        exercised_at: c.exercised_at.clone().unwrap_or_default(),
        remarks: c.remarks.clone().unwrap_or_default(),
    }
}

fn show_tier(t: &Tier) -> p::Tier {
    p::Tier {
        code: t.code.clone(),
        level: t.level.number(),
        circumstances: t.circumstances.clone(),
        outcomes: t.outcomes.iter().map(show_outcome).collect(),
    }
}

pub(crate) fn show_standard(s: &StandardPublished) -> p::Standard {
    p::Standard {
        version: s.version,
        tiers: s.tiers.iter().map(show_tier).collect(),
        effective: s.effective.to_string(),
        document: s.document.clone(),
    }
}

pub(crate) fn show_fee(fee: &FeePublished) -> p::Fee {
    p::Fee {
        name: fee.name.clone(),
        basis: Some(show_basis(&fee.basis)),
        standard_fen: fee.standard_fen,
        charge_fen: fee.charge_fen.unwrap_or(fee.standard_fen),
        unit: fee.unit.clone(),
        effective: fee.effective.to_string(),
    }
}

pub(crate) fn show_version(v: &Version) -> p::ItemVersion {
    p::ItemVersion {
        version: v.version,
        effective: v.effective.to_string(),
        published_at: v.published_at.clone(),
        content: Some(show_content(&v.content)),
        ground: v.ground.as_ref().map(show_ground),
        reviewer: v.reviewer.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

pub(crate) fn show_item(version: &Version, state: &item::State, day: Date) -> p::Item {
    p::Item {
        version: Some(show_version(version)),
        standard: state.standard(day).map(show_standard),
        fees: state.fees(day).into_iter().map(show_fee).collect(),
    }
}

pub(crate) fn show_cancellation(c: &ItemCancelled) -> p::Cancellation {
    p::Cancellation {
        effective: c.effective.to_string(),
        ground: Some(show_ground(&c.ground)),
        reviewer: c.reviewer.to_string(),
        opinion: c.opinion.clone(),
    }
}

pub(crate) fn show_yearly(r: &ItemReviewedYearly) -> p::YearlyReview {
    let conclusion = YearlyConclusion::ALL.iter().find(|c| c.id() == r.conclusion);
    p::YearlyReview {
        on: r.on.to_string(),
        conclusion: conclusion.map_or(0, |c| c.number()),
        reviewer: r.reviewer.to_string(),
    }
}

pub(crate) fn show_draft(d: &Draft) -> p::ItemDraft {
    let review = d.review.as_ref();
    p::ItemDraft {
        version: d.version,
        content: Some(show_content(&d.content)),
        ground: Some(show_ground(&d.ground)),
        reviewed: review.is_some(),
        passed: review.is_some_and(|r| r.passed),
        reviewer: review.map(|r| r.reviewer.to_string()).unwrap_or_default(),
        opinion: review.map(|r| r.opinion.clone()).unwrap_or_default(),
    }
}

pub(crate) fn show_region(r: &RegionRegistered) -> p::Region {
    let level = RegionLevel::ALL.iter().find(|level| level.id() == r.level);
    p::Region {
        region: r.region.to_string(),
        name: r.name.clone(),
        level: level.map_or(0, |level| level.number()),
        parent: r.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

pub(crate) fn show_agency(state: &agency::State) -> Option<p::Agency> {
    let a = state.registered.as_ref()?;
    Some(p::Agency {
        agency: a.agency.to_string(),
        name: a.name.clone(),
        short_name: a.short_name.clone(),
        region: a.region.to_string(),
        kind: a.kind.number(),
        basis: a.basis.clone(),
        fields: a.fields.clone(),
        entrusted_by: a.entrusted_by.as_ref().map(ToString::to_string).unwrap_or_default(),
        entrustment: a.entrustment.as_ref().map(show_entrustment),
        may_restrict_liberty: a.may_restrict_liberty,
        from: a.from.to_string(),
        dissolved_on: state.dissolved_on.map(|d| d.to_string()).unwrap_or_default(),
        department: a.department.clone().unwrap_or_default(),
    })
}

fn show_certificate(c: &Certificate, day: Date) -> p::Certificate {
    p::Certificate {
        certificate: c.issued.certificate.clone(),
        agency: c.issued.agency.to_string(),
        fields: c.issued.fields.clone(),
        from: c.issued.from.to_string(),
        until: c.issued.until.to_string(),
        state: c.on(day).number(),
        revoked_on: c.revoked.as_ref().map(|(on, _)| on.to_string()).unwrap_or_default(),
        revoked_reason: c.revoked.as_ref().map(|(_, why)| why.clone()).unwrap_or_default(),
    }
}

fn show_office(o: &officer::Office) -> p::Office {
    p::Office {
        agency: o.given.agency.to_string(),
        office: o.given.office.number(),
        from: o.given.from.to_string(),
        ended: o.ended.map(|day| day.to_string()).unwrap_or_default(),
        document: o.given.document.clone(),
    }
}

/// `staff`: examination, training and the reason of a withdrawal are not for the public.
pub(crate) fn show_officer(state: &officer::State, day: Date, staff: bool) -> Option<p::Officer> {
    let o = state.registered.as_ref()?;
    let mut certificates: Vec<p::Certificate> = state.certificates.iter().map(|c| show_certificate(c, day)).collect();
    let examined = state.examinations.iter().map(|e| e.on).min();
    if !staff {
        certificates.iter_mut().for_each(|c| c.revoked_reason.clear());
    }
    Some(p::Officer {
        officer: o.officer.to_string(),
        name: o.name.clone(),
        agency: o.agency.to_string(),
        region: o.region.to_string(),
        role: o.role.number(),
        legal_qualification: o.legal_qualification,
        reviewing_since: o.reviewing_since.map(|d| d.to_string()).unwrap_or_default(),
        certificates,
        examined_on: examined.filter(|_| staff).map(|d| d.to_string()).unwrap_or_default(),
        training_hours: if staff { state.hours_in(day.year()) } else { 0 },
        offices: state.offices.iter().filter(|o| o.on(day)).map(show_office).collect(),
    })
}

pub(crate) fn show_entry(e: &CatalogueEntryPublished) -> p::CatalogueEntry {
    p::CatalogueEntry {
        base_code: e.base_code.to_string(),
        name: e.name.clone(),
        kind: e.kind.number(),
        bases: e.bases.iter().map(show_basis).collect(),
        region: e.region.to_string(),
        from: e.from.to_string(),
        document: e.document.clone(),
    }
}

/// The entry in force on a day.
pub(crate) fn show_catalogue(state: &catalogue::State, day: Date) -> Option<p::CatalogueEntry> {
    state.on(day).map(show_entry)
}
