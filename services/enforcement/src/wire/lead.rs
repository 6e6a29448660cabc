//! Leads.

use super::prelude::*;

kernel::asks! { Leads, LeadStep, lead_id;
    ReceiveLeadRequest => ReceiveLead(LeadReceived) |r, f, s| {
        lead: s.id.copied(),
        agency: f.parse("agency", &r.agency),
        agency_name: Some(String::new()),
        region: Some(s.caller.region.clone()),
        source: f.word("source", r.source),
        origin: Some(None),
        reference: f.maybe("reference", &r.reference),
        item: f.maybe_of("item_code", &r.item_code),
        summary: f.said("summary", &r.summary),
    };

    DropLeadRequest => DropLead(LeadDropped) |r, f, s| {
        reason: f.told("reason", &r.reason),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        origin: Some(None),
    };
}
