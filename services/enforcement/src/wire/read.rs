//! Parts that many requests of this API share.

use kernel::Fields;
use lists::facts::{Findings, Measured, Stated};
use proto::enforcement::v1 as p;

use crate::domain::events::{
    ActingOfficer, AlikeCase, Attempt, BaseAmount, Delivery, Device, DistinctCase, HearingAgent, Instalment,
    Mitigation, Penalty, Violation,
};

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
    let query = f.maybe(&format!("{path}.query"), &d.query);
    Some(Some(Device {
        device: device?,
        legal_review: legal_review?,
        technical_review: technical_review?,
        published: d.published,
        query: query?,
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

/// Another case that looks like the same act.
pub(super) fn alike(f: &mut Fields, path: &str, other: Option<&p::AlikeCase>) -> Option<AlikeCase> {
    let other = f.part(path, other)?;
    let case = f.parse(&format!("{path}.case_id"), &other.case_id);
    let number = f.name(&format!("{path}.number"), &other.number);
    let agency = f.parse(&format!("{path}.agency"), &other.agency);
    let agency_name = f.told(&format!("{path}.agency_name"), &other.agency_name);
    Some(AlikeCase { case: case?, number: number?, agency: agency?, agency_name: agency_name? })
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

/// What was tried before; what the law wants of it is a rule's.
pub(super) fn tried(f: &mut Fields, path: &str, list: &[p::Attempt]) -> Option<Vec<Attempt>> {
    f.each(path, list, |f, path, one| {
        let method = f.word(&format!("{path}.method"), one.method);
        let on = f.date(&format!("{path}.on"), &one.on);
        let outcome = f.told(&format!("{path}.outcome"), &one.outcome);
        Some(Attempt { method: method?, on: on?, outcome: outcome? })
    })
}

/// The parts of a fine; what they come to is a rule's.
pub(super) fn fine_parts(f: &mut Fields, path: &str, list: &[p::Instalment]) -> Option<Vec<Instalment>> {
    f.each(path, list, |f, path, part| {
        let due = f.date(&format!("{path}.due"), &part.due);
        let amount_fen = f.fen(&format!("{path}.amount_fen"), part.amount_fen);
        Some(Instalment { due: due?, amount_fen: amount_fen? })
    })
}

/// The course of a service; absent where the request does not tell it.
pub(super) fn delivery(f: &mut Fields, path: &str, delivery: Option<&p::Delivery>) -> Option<Option<Delivery>> {
    let Some(d) = delivery else { return Some(None) };
    let at = |name: &str| format!("{path}.{name}");
    let through = f.told(&at("through"), &d.through);
    let taken_by = f.maybe_word(&at("taken_by"), d.taken_by);
    let refused = f.maybe(&at("refused"), &d.refused);
    let witnesses = f.texts(&at("witnesses"), &d.witnesses);
    let recording_sha256 = f.maybe_digest(&at("recording_sha256"), &d.recording_sha256);
    let sent_on = f.maybe_date(&at("sent_on"), &d.sent_on);
    let received_on = match d.received_on.as_str() {
        "" => Some(None),
        day if d.sent_on.is_empty() => f.date(&at("received_on"), day).map(Some),
        day => f.until(&at("received_on"), day, &d.sent_on).map(Some),
    };
    Some(Some(Delivery {
        through: through?,
        taken_by: taken_by?,
        signed: d.signed,
        refused: refused?,
        witnesses: witnesses?,
        recording_sha256: recording_sha256?,
        sent_on: sent_on?,
        received_on: received_on?,
    }))
}

/// Who speaks for the party; the law counts them.
pub(super) fn agents(f: &mut Fields, path: &str, list: &[p::HearingAgent]) -> Option<Vec<HearingAgent>> {
    f.each(path, list, |f, path, agent| {
        let capacity = f.name(&format!("{path}.capacity"), &agent.capacity);
        let authority = f.told(&format!("{path}.authority"), &agent.authority);
        Some(HearingAgent { capacity: capacity?, authority: authority? })
    })
}

/// Facts that make the penalty milder, or are said to.
pub(super) fn mitigating(f: &mut Fields, path: &str, list: &[p::Mitigation]) -> Option<Vec<Mitigation>> {
    f.each(path, list, |f, path, fact| {
        let ground = f.word(&format!("{path}.ground"), fact.ground);
        let what = f.said(&format!("{path}.fact"), &fact.fact);
        let evidence = f.ids(&format!("{path}.evidence_ids"), &fact.evidence_ids);
        let reason = f.told(&format!("{path}.reason"), &fact.reason);
        let established = fact.established;
        Some(Mitigation { ground: ground?, fact: what?, evidence: evidence?, established, reason: reason? })
    })
}
