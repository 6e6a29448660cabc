//! Parts that many requests of this API share.

use kernel::Fields;
use lists::facts::{Findings, Measured, Stated};
use proto::enforcement::v1 as p;

use crate::domain::events::{ActingOfficer, BaseAmount, Device, DistinctCase, Penalty, Violation};

/// The officers who act; the law counts them.
pub(super) fn officers(f: &mut Fields, path: &str, list: &[String]) -> Option<Vec<ActingOfficer>> {
    f.each(path, list, |f, path, code| {
        let officer = f.parse(path, code)?;
        Some(ActingOfficer { officer, name: String::new(), certificate: String::new() })
    })
}

/// Penalties.
pub(super) fn penalties(f: &mut Fields, path: &str, list: &[p::Penalty]) -> Option<Vec<Penalty>> {
    f.each(path, list, |f, path, penalty| {
        let kind = f.word(&format!("{path}.kind"), penalty.kind);
        let amount_fen = match penalty.amount_fen {
            Some(fen) => f.fen(&format!("{path}.amount_fen"), fen).map(Some),
            None => Some(None),
        };
        let days = match penalty.days {
            Some(days) => f.small(&format!("{path}.days"), days).map(Some),
            None => Some(None),
        };
        let what = f.maybe(&format!("{path}.what"), &penalty.what);
        let months = match penalty.months {
            Some(months) => f.small(&format!("{path}.months"), months).map(Some),
            None => Some(None),
        };
        let approval = f.maybe(&format!("{path}.approval"), &penalty.approval);
        Some(Penalty {
            kind: kind?,
            amount_fen: amount_fen?,
            days: days?,
            what: what?,
            months: months?,
            for_life: penalty.for_life,
            approval: approval?,
        })
    })
}

/// Base amounts.
pub(super) fn bases(f: &mut Fields, path: &str, list: &[p::BaseAmount]) -> Option<Vec<BaseAmount>> {
    f.each(path, list, |f, path, base| {
        let of = f.name(&format!("{path}.of"), &base.of);
        let amount_fen = f.fen(&format!("{path}.amount_fen"), base.amount_fen);
        Some(BaseAmount { of: of?, amount_fen: amount_fen? })
    })
}

/// What the lines of the item are read by.
pub(super) fn findings(f: &mut Fields, path: &str, found: Option<&p::Findings>) -> Option<Option<Findings>> {
    let Some(found) = found else { return Some(None) };
    let addressee = match found.addressee {
        0 => Some(None),
        word => f.word(&format!("{path}.addressee"), word).map(Some),
    };
    let measured = f.each(&format!("{path}.measured"), &found.measured, |f, path, m| {
        let of = f.name(&format!("{path}.of"), &m.of);
        let unit = f.name(&format!("{path}.unit"), &m.unit);
        let hundredths = f.fen(&format!("{path}.hundredths"), m.hundredths);
        let evidence = f.ids(&format!("{path}.evidence_ids"), &m.evidence_ids);
        Some(Measured { of: of?, unit: unit?, hundredths: hundredths?, evidence: evidence? })
    });
    let stated = f.each(&format!("{path}.stated"), &found.stated, |f, path, s| {
        let of = f.name(&format!("{path}.of"), &s.of);
        let value = f.name(&format!("{path}.value"), &s.value);
        Some(Stated { of: of?, value: value? })
    });
    Some(Some(Findings { addressee: addressee?, measured: measured?, stated: stated? }))
}

/// An automatic device that may be absent.
pub(super) fn device(f: &mut Fields, path: &str, device: Option<&p::Device>) -> Option<Option<Device>> {
    let Some(d) = device else { return Some(None) };
    let device = f.name(&format!("{path}.device"), &d.device);
    let legal_review = f.maybe(&format!("{path}.legal_review"), &d.legal_review);
    let technical_review = f.maybe(&format!("{path}.technical_review"), &d.technical_review);
    Some(Some(Device {
        device: device?,
        legal_review: legal_review?,
        technical_review: technical_review?,
        published: d.published,
    }))
}

/// Cases that are told apart.
pub(super) fn distinct(f: &mut Fields, path: &str, list: &[p::DistinctCase]) -> Option<Vec<DistinctCase>> {
    f.each(path, list, |f, path, other| {
        let case = f.parse(&format!("{path}.case_id"), &other.case_id);
        let reason = f.told(&format!("{path}.reason"), &other.reason);
        Some(DistinctCase { case: case?, reason: reason? })
    })
}

/// What is held against the party.
pub(super) fn violation(f: &mut Fields, path: &str, violation: Option<&p::Violation>) -> Option<Violation> {
    let v = f.part(path, violation)?;
    let fact = f.said(&format!("{path}.fact"), &v.fact);
    let region = f.parse(&format!("{path}.region"), &v.region);
    let place = f.name(&format!("{path}.place"), &v.place);
    let from = f.date(&format!("{path}.from"), &v.from);
    let until = match v.until.as_str() {
        "" => Some(None),
        day => f.until(&format!("{path}.until"), day, &v.from).map(Some),
    };
    let discovered = f.date(&format!("{path}.discovered"), &v.discovered);
    f.span(&format!("{path}.discovered"), from, discovered);
    Some(Violation {
        fact: fact?,
        region: region?,
        place: place?,
        from: from?,
        until: until?,
        grave: v.grave,
        discovered: discovered?,
    })
}
