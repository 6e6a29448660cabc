//! What an event does to the matter, as the event itself tells whoever reads it.

use law::{
    DomainEvent as _, MatterChange,
    matter::{Handed, MatterDecided, Opened},
};

use super::state::Complaint;
use crate::domain::{
    events::*,
    vocabulary::{COMPLAINT, stage},
};

/// What an event does to its matter, which was as `before` and is as `after`.
pub(super) fn change(before: &Complaint, after: &Complaint, event: &ComplaintEvent) -> MatterChange {
    let mut change = MatterChange {
        stage: event.card().stage.map(str::to_owned),
        next: next(after).filter(|stage| next(before) != Some(*stage)).map(str::to_owned),
        handed: handed(before, after).map(Box::new),
        ..MatterChange::default()
    };
    if let Some(step) = event.asked() {
        step.tell(before, after, &mut change);
    }
    if change.ended {
        change.stage = Some(stage::CLOSE.to_owned());
    }
    change
}

/// With whom it lies now, if that is another organ than before.
fn handed(before: &Complaint, after: &Complaint) -> Option<Handed> {
    let (from, to) = (before.holder()?, after.holder()?);
    (from.agency != to.agency).then(|| Handed {
        agency: to.agency.to_string(),
        agency_name: to.name,
        region: to.region.to_string(),
    })
}

/// The stage to be done next. It is for the person who looks at the matter; the law may ask for another first.
fn next(complaint: &Complaint) -> Option<&'static str> {
    complaint.registered.as_ref()?;
    Some(match complaint {
        Complaint { ended: Some(_), .. } => return None,
        Complaint { review: Some(_), .. } => stage::REVIEW,
        Complaint { accepted: None, assigned: Some(_), objected: false, .. } => stage::ACCEPT,
        Complaint { accepted: None, .. } => stage::ROUTE,
        Complaint { owes_rectification: true, .. } => stage::RATE,
        _ if complaint.owes_settlement() || complaint.owes_again => stage::ANSWER,
        _ => stage::CLOSE,
    })
}

pub(super) fn opened(e: &ComplaintRegistered) -> Opened {
    Opened {
        kind: COMPLAINT.to_owned(),
        id: e.complaint.to_string(),
        number: e.number.clone(),
        subject: e.summary.clone(),
        agency: e.agency.to_string(),
        agency_name: e.agency_name.clone(),
        region: e.region.to_string(),
        keeper: e.agency.to_string(),
        item: e.item.as_ref().map(ToString::to_string).unwrap_or_default(),
        item_name: e.item_name.clone(),
        place: e.place.clone().unwrap_or_default(),
        discovered: Some(e.received),
        procedure: e.kind.id().to_owned(),
        source: e.channel.id().to_owned(),
        source_reference: e
            .source
            .as_ref()
            .map(|source| format!("{} {}", source.system, source.number))
            .unwrap_or_default(),
        ..Opened::default()
    }
}

/// Answered with this.
pub(super) fn decided(number: &str, outcome: &str) -> MatterDecided {
    MatterDecided { number: number.to_owned(), outcome: outcome.to_owned(), ..MatterDecided::default() }
}

/// Ended without an answer.
pub(super) fn ended_as(outcome: &str) -> MatterDecided {
    decided("", outcome)
}

/// How a review overturned the answer.
pub(super) fn overturned(e: &ReviewAnswered) -> String {
    format!("{}（{}）", e.outcome.zh(), e.instance.zh())
}
