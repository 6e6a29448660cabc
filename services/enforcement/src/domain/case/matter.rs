//! What an event does to the case, as the event itself tells whoever reads it.

use law::{
    DomainEvent as _, MatterChange,
    matter::{Counted, Opened},
};

use super::state::{Case, Verdict};
use crate::domain::{
    events::*,
    vocabulary::{CASE, indicator, stage},
};

/// What an event does to its case, which was as `before` and is as `after`.
pub(super) fn change(before: &Case, after: &Case, event: &CaseEvent) -> MatterChange {
    let mut change = MatterChange {
        stage: event.card().stage.map(str::to_owned),
        next: next(after).filter(|stage| next(before) != Some(*stage)).map(str::to_owned),
        ..MatterChange::default()
    };
    if let Some(step) = event.asked() {
        step.tell(before, after, &mut change);
    }
    change
}

pub(super) fn opened(e: &CaseFiled) -> Opened {
    Opened {
        kind: CASE.to_owned(),
        id: e.case.to_string(),
        number: e.filing_number.clone(),
        subject: e.violation.fact.clone(),
        agency: e.agency.to_string(),
        agency_name: e.agency_name.clone(),
        region: e.region.to_string(),
        keeper: String::new(),
        party: e.party.name.clone(),
        party_kind: e.party.kind.id().to_owned(),
        item: e.item.to_string(),
        item_name: e.item_name.clone(),
        item_version: e.item_version,
        base_code: e.base_code.to_string(),
        field: e.field.clone(),
        place: e.violation.place.clone(),
        from: Some(e.violation.from),
        until: e.violation.until,
        discovered: Some(e.violation.discovered),
        procedure: e.procedure.id().to_owned(),
        source: e.source.id().to_owned(),
        source_reference: e.source_reference.clone().unwrap_or_default(),
    }
}

/// The stage to be done next: the investigation until it is concluded, else mostly the one after the furthest. It is for
/// the person who looks at the case; the law may ask for another first.
pub(super) fn next(case: &Case) -> Option<&'static str> {
    let simple = case.filed.as_ref()?.procedure == Procedure::Simple;
    let withheld = matches!(case.outcome, Some(Verdict::Withheld(_)));
    let waived = case.hearing_waived.is_some();
    let hearing_due = case.hearing_requested.is_some() && case.hearing_held.is_none() && !waived;
    Some(match case.reached? {
        stage::FILE if simple => stage::DECIDE,
        stage::FILE => stage::INVESTIGATE,
        stage::INVESTIGATE if case.concluded.is_none() => stage::INVESTIGATE,
        stage::INVESTIGATE => stage::NOTIFY,
        stage::NOTIFY => stage::STATE,
        stage::STATE | stage::HEAR if hearing_due => stage::HEAR,
        stage::STATE | stage::HEAR => stage::REVIEW,
        stage::REVIEW | stage::DELIBERATE => stage::DECIDE,
        stage::DECIDE => stage::SERVE,
        stage::SERVE if case.served.is_none() => stage::SERVE,
        stage::SERVE if case.published.is_none() => stage::PUBLICISE,
        stage::SERVE | stage::PUBLICISE | stage::EXECUTE if withheld => stage::CLOSE,
        stage::SERVE | stage::PUBLICISE => stage::EXECUTE,
        stage::EXECUTE if case.unpaid_fen() > 0 => stage::EXECUTE,
        stage::EXECUTE => stage::CLOSE,
        stage::CLOSE | stage::ARCHIVE => stage::ARCHIVE,
        _ => return None,
    })
}

/// What a decision counts for: was the party told, was a major penalty reviewed. One decided anew counts by the new
/// decision alone.
pub(super) fn at_decision(before: &Case, after: &Case) -> Vec<Counted> {
    let counts = |case: &Case| {
        let punished = case.penalty();
        let ordinary = case.filed.as_ref().is_some_and(|filed| filed.procedure == Procedure::Ordinary);
        (punished.is_some() && ordinary, punished.is_some_and(|penalty| penalty.major))
    };
    let count = |indicator, was, is, passed| match (was, is) {
        (_, true) => Some(Counted::new(indicator, passed)),
        (true, false) => Some(Counted::not(indicator)),
        (false, false) => None,
    };
    let ((told_before, major_before), (told, major)) = (counts(before), counts(after));
    [
        count(indicator::NOTICE, told_before, told, after.notice.is_some()),
        count(indicator::LEGAL_REVIEW, major_before, major, after.review_passed),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether every stage that the case went through left its record (APL 47). On the spot, the decision itself is the
/// record of everything (APL 52).
pub(super) fn complete(case: &Case) -> bool {
    let reached = |stage: &RecordStage| match stage {
        RecordStage::Start => true,
        RecordStage::Investigation => case.investigated(),
        RecordStage::Review => case.review_passed,
        RecordStage::Decision => case.outcome.is_some(),
        RecordStage::Service => case.served.is_some(),
        RecordStage::Execution => case.executed(),
    };
    let simple = case.filed.as_ref().is_some_and(|filed| filed.procedure == Procedure::Simple);
    simple || RecordStage::ALL.iter().all(|stage| !reached(stage) || case.recorded.contains(stage))
}
