//! Filing, officers, recusal, jurisdiction.

use law::id::{BaseCode, ItemCode};

use super::{head, party::party, read::Read as _, steps};

/// The catalogue's code of a matter is the head of the agency's own; the list says the same when it knows the item.
fn base_code(item: &ItemCode) -> Option<BaseCode> {
    item.as_str().get(..12)?.parse().ok()
}

steps! {
    FileCaseRequest => FileCaseResponse, CaseFiled as e, t {
        filing_number: e.map(|e| e.filing_number.clone()).unwrap_or_default(),
    };
    |r, f, s| FileCase(CaseFiled {
        case: Some(s.case),
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
        party: party(f, "party", r.party.as_ref()),
        violation: f.violation("violation", r.violation.as_ref()),
        source: f.word("source", r.source),
        source_reference: f.maybe("source_reference", &r.source_reference),
        approved_by: head(f, "approved_by", &r.approved_by, s),
        officers: f.officers("officers", &r.officers),
        designation: f.maybe("designation", &r.designation),
    });

    AssignOfficersRequest => AssignOfficersResponse;
    |r, f, s| AssignOfficers(OfficersAssigned {
        officers: f.officers("officers", &r.officers),
        reason: f.said("reason", &r.reason),
    });

    RequestRecusalRequest => RequestRecusalResponse;
    |r, f, s| RequestRecusal(RecusalRequested {
        officer: f.parse("officer", &r.officer),
        by: f.name("by", &r.by),
        reason: f.said("reason", &r.reason),
    });

    DecideRecusalRequest => DecideRecusalResponse;
    |r, f, s| DecideRecusal(RecusalDecided {
        officer: f.parse("officer", &r.officer),
        recused: Some(r.recused),
        decided_by: head(f, "decided_by", &r.decided_by, s),
        reason: f.said("reason", &r.reason),
    });

    DisputeJurisdictionRequest => DisputeJurisdictionResponse;
    |r, f, s| DisputeJurisdiction(JurisdictionDisputed {
        with: f.name("with", &r.with),
        reason: f.said("reason", &r.reason),
    });

    DesignateJurisdictionRequest => DesignateJurisdictionResponse;
    |r, f, s| DesignateJurisdiction(JurisdictionDesignated {
        designated: f.parse("designated", &r.designated),
        by: f.name("by", &r.by),
        document: f.name("document", &r.document),
    });
}
