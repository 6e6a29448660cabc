//! What an event does to the application as a matter.

use law::matter::{MatterChange, MatterDecided, Opened};

use super::Application;
use crate::domain::{
    events::{ApplicationEvent, ApplicationReceived},
    vocabulary::{APPLICATION, stage::*},
};

/// The stage to be done next; `None` when there is none.
fn next(application: &Application) -> Option<&'static str> {
    application.received.as_ref()?;
    Some(match application {
        Application { archived: true, .. } => return None,
        Application { ended: Some(_), .. } => ARCHIVE,
        Application { answer: Some(_), .. } => SERVE,
        _ if application.corrects() || application.owes_correction() => CORRECT,
        _ if application.waits() => ASK,
        _ => ANSWER,
    })
}

fn opened(e: &ApplicationReceived) -> Opened {
    Opened {
        kind: APPLICATION.to_owned(),
        id: e.application.to_string(),
        number: e.number.clone(),
        subject: e.description.clone(),
        agency: e.agency.to_string(),
        agency_name: e.agency_name.clone(),
        region: e.region.to_string(),
        party: e.applicant.name.clone(),
        party_kind: e.applicant.kind.id().to_owned(),
        source: e.channel.id().to_owned(),
        ..Opened::default()
    }
}

pub(super) fn change(before: &Application, after: &Application, event: &ApplicationEvent) -> MatterChange {
    use ApplicationEvent as E;
    let reached = |stage: &str| MatterChange { stage: Some(stage.to_owned()), ..MatterChange::default() };
    let mut change = match event {
        E::ApplicationReceived(e) => MatterChange { opened: Some(Box::new(opened(e))), ..reached(RECEIVE) },
        E::CorrectionRequested(_) | E::ApplicationCorrected(_) | E::ApplicationLapsed(_) => reached(CORRECT),
        E::ThirdPartyAsked(_)
        | E::ThirdPartyAnswered(_)
        | E::AgencyAsked(_)
        | E::AgencyAnswered(_)
        | E::ReasonsDemanded(_)
        | E::ReasonsGiven(_) => reached(ASK),
        E::ApplicationAnswered(e) => {
            let decided = MatterDecided {
                number: e.number.clone(),
                outcome: e.outcome.id().to_owned(),
                ..MatterDecided::default()
            };
            MatterChange { decided: Some(Box::new(decided)), ..reached(ANSWER) }
        }
        E::AnswerSent(_) => reached(SERVE),
        E::ApplicationArchived(_) => MatterChange { archived: true, ..reached(ARCHIVE) },
        E::ApplicationWithdrawn(_)
        | E::AnswerExtended(_)
        | E::AnswerDeferred(_)
        | E::FeeCharged(_)
        | E::StepRefused(_) => MatterChange::default(),
    };
    change.ended = before.ended.is_none() && after.ended.is_some();
    change.next = next(after).filter(|stage| next(before) != Some(stage)).map(str::to_owned);
    change
}
