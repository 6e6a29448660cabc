//! What an event does to the application as a matter.

use law::{DomainEvent as _, MatterChange};

use super::{Appeal, Conclusion};
use crate::domain::{events::*, vocabulary::stage::*};

/// The stage to be done next; none when there is none. It is for the person who looks; the law may ask for another first.
fn next(appeal: &Appeal) -> Option<&'static str> {
    appeal.received.as_ref()?;
    Some(match appeal {
        Appeal { closed: true, .. } => return None,
        Appeal { concluded: Some((Conclusion::Decided | Conclusion::Mediated, _)), served: None, .. } => SERVE,
        Appeal { concluded: Some(_), task: Some(_), performed: None, .. } => PERFORM,
        Appeal { concluded: Some(_), suits, .. }
            if suits.values().any(|suit| !suit.judged.is_some_and(|(_, binding)| binding)) =>
        {
            LITIGATE
        }
        Appeal { concluded: Some(_), .. } => CLOSE,
        Appeal { accepted: None, examined_since: None, .. } => APPLY,
        Appeal { accepted: None, .. } => ACCEPT,
        Appeal { answer: None, .. } => ANSWER,
        Appeal { heard, .. } if heard.is_empty() => REVIEW,
        Appeal { .. } => DECIDE,
    })
}

pub(super) fn change(before: &Appeal, after: &Appeal, event: &AppealEvent) -> MatterChange {
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
