//! Filing, officers, recusal, jurisdiction.

use law::id::{BaseCode, ItemCode};

use super::prelude::*;

/// The catalogue's code of a matter is the head of the agency's own; the list says the same when it knows the item.
fn base_code(item: &ItemCode) -> Option<BaseCode> {
    item.as_str().get(..12)?.parse().ok()
}

kernel::asks! { Cases, Step, case_id;
    NoteItemEndRequest => NoteItemEnd(ItemEnded) |r, f, s| {
        item: f.parse("item_code", &r.item_code),
        effective: f.date("effective", &r.effective),
        document: f.name("document", &r.document),
    };

    NoteSameActRequest => NoteSameAct(SameActNoted) |r, f, s| {
        other: alike(f, "other", r.other.as_ref()),
    };

    FileCaseRequest => FileCase(CaseFiled) |r, f, s| {
        case: s.id.copied(),
        filing_number: Some(String::new()),
        procedure: f.word("procedure", r.procedure),
        agency: f.parse("agency", &r.agency),
        agency_name: Some(String::new()),
        region: Some(s.caller.region.clone()),
        item: f.parse("item_code", &r.item_code),
        item_name: Some(String::new()),
        item_version: Some(0),
        base_code: item.as_ref().and_then(base_code),
        field: Some(String::new()),
        party: party(f, "party", r.party.as_ref(), s.kept),
        violation: violation(f, "violation", r.violation.as_ref()),
        source: f.word("source", r.source),
        source_reference: f.maybe("source_reference", &r.source_reference),
        lead: f.maybe_of("lead_id", &r.lead_id),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        officers: officers(f, "officers", &r.officers),
        designation: f.maybe("designation", &r.designation),
        alike: Some(vec![]),
    } seals |r, f, key| { seal(r, f, key).into_iter().collect() } -> Recorded |e, t| {
        number: e.map(|e| e.filing_number.clone()).unwrap_or_default(),
    };

    OpenPartyRequest => OpenParty(PartyOpened) |r, f, s| {
        // Which entry, whose and how long is filled in by the decision.
        entry: s.id.copied(),
        party: Some(String::new()),
        reason: f.said("reason", &r.reason),
        opened_by: s.opener(f),
        until: Some(s.act.at),
    };

    AssignOfficersRequest => AssignOfficers(OfficersAssigned) |r, f, s| {
        officers: officers(f, "officers", &r.officers),
        reason: f.said("reason", &r.reason),
    };

    RequestRecusalRequest => RequestRecusal(RecusalRequested) |r, f, s| {
        officer: f.parse("officer", &r.officer),
        by: f.name("by", &r.by),
        reason: f.said("reason", &r.reason),
    };

    DecideRecusalRequest => DecideRecusal(RecusalDecided) |r, f, s| {
        officer: f.parse("officer", &r.officer),
        recused: Some(r.recused),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        reason: f.said("reason", &r.reason),
    };

    DisputeJurisdictionRequest => DisputeJurisdiction(JurisdictionDisputed) |r, f, s| {
        with: f.name("with", &r.with),
        reason: f.said("reason", &r.reason),
    };

    AgreeJurisdictionRequest => AgreeJurisdiction(JurisdictionAgreed) |r, f, s| {
        agreed: f.parse("agreed", &r.agreed),
        with: f.name("with", &r.with),
        document: f.name("document", &r.document),
    };

    DesignateJurisdictionRequest => DesignateJurisdiction(JurisdictionDesignated) |r, f, s| {
        designated: f.parse("designated", &r.designated),
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
    };
}
