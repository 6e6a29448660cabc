//! What events of other services lead to here: what a case and a list did about the decision comes back to the application.

use kernel::reactions::{Reaction, Reading};
use ledger::Envelope;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{
        appeal::{Appeals, Step},
        events::{ActRedone, EffectNoted, Penalty},
        rules::perform::RE_FEEDBACK,
        words::Effect,
    },
};

/// What every event says of the application that it answers, if it answers one.
#[derive(Deserialize)]
struct Answers {
    #[serde(default)]
    reference: Option<String>,
}

#[derive(Deserialize)]
struct Decided {
    number: String,
    #[serde(default)]
    penalties: Vec<Penalty>,
    #[serde(default)]
    difference: Option<String>,
    #[serde(default)]
    ground: Option<String>,
    #[serde(default)]
    redone: Option<Redone>,
}

#[derive(Deserialize)]
struct Redone {
    #[serde(default)]
    reference: Option<String>,
    same_facts: bool,
    same_reasons: bool,
}

#[derive(Deserialize)]
struct Answered {
    reference: String,
    answer: String,
}

/// What events of a case or a list lead to in the application that they answer.
pub(crate) fn reacts(kind: &str) -> Option<Reading<Api>> {
    match kind {
        "enforcement.case.DecisionOverturned.v1" => Some(|e| led(noted(e, Effect::CaseChanged))),
        "enforcement.case.PublicationWithdrawn.v1" => Some(|e| led(noted(e, Effect::PublicationWithdrawn))),
        "enforcement.case.PenaltyDecided.v1" | "enforcement.case.PenaltyWithheld.v1" => Some(|e| led(redone(e))),
        "powerlist.item.GroundAnswered.v1" => Some(|e| led(answered(e))),
        _ => None,
    }
}

fn led(step: Option<(Uuid, Step)>) -> Vec<Reaction<Api>> {
    let reaction = |(appeal, step): (Uuid, Step)| Reaction::of::<Appeals>(&RE_FEEDBACK, step.name(), appeal, step);
    step.map(reaction).into_iter().collect()
}

fn noted(envelope: &Envelope<'_>, effect: Effect) -> Option<(Uuid, Step)> {
    let answers: Answers = serde_json::from_str(envelope.data.get()).ok()?;
    let reference = format!("enforcement/{}", envelope.subject);
    Some((answers.reference?.parse().ok()?, EffectNoted { effect, reference, at: None }.into()))
}

/// A decision made again, or one not to punish, is the act done again.
fn redone(envelope: &Envelope<'_>) -> Option<(Uuid, Step)> {
    let Decided { number, penalties, difference, ground, redone } = serde_json::from_str(envelope.data.get()).ok()?;
    let Redone { reference, same_facts, same_reasons } = redone?;
    let difference = difference.or_else(|| ground.map(|_| "决定不予处罚".to_owned()));
    let redone = ActRedone { number, same_facts, same_reasons, penalties, difference, at: None };
    Some((reference?.parse().ok()?, redone.into()))
}

/// An item that was kept is no adjusted list.
fn answered(envelope: &Envelope<'_>) -> Option<(Uuid, Step)> {
    let Answered { reference, answer } = serde_json::from_str(envelope.data.get()).ok()?;
    let noted =
        EffectNoted { effect: Effect::ListAdjusted, reference: format!("powerlist/{}", envelope.subject), at: None };
    let adjusted = matches!(answer.as_str(), "adjusted" | "cancelled");
    Some((reference.parse().ok().filter(|_| adjusted)?, noted.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const APPEAL: &str = "01990000-0000-7000-8000-0000000000a1";

    /// The steps that an event of a case leads to.
    fn led(kind: &str, data: &Value) -> usize {
        told(&format!("enforcement.case.{kind}.v1"), data)
    }

    /// The steps that an event leads to.
    fn told(kind: &str, data: &Value) -> usize {
        let record = json!({
            "id": APPEAL, "source": "/fazhi/enforcement/230883", "type": kind,
            "subject": "case/1", "time": "2025-06-24T07:00:00Z", "recordedtime": "2025-06-24T07:00:00Z", "logindex": 1,
            "streamversion": 1, "actor": "", "agency": "", "region": "230883", "correlationid": APPEAL,
            "commandid": APPEAL, "data": data,
        });
        reacts(kind).map_or(0, |read| read(&serde_json::from_str(&record.to_string()).unwrap()).len())
    }

    #[test]
    fn what_a_case_did_comes_back_to_the_application_it_answers() {
        let answers = json!({ "reference": APPEAL });
        assert_eq!(led("DecisionOverturned", &answers), 1);
        assert_eq!(led("PublicationWithdrawn", &answers), 1);
        let redone = json!({ "reference": APPEAL, "same_facts": false, "same_reasons": true });
        assert_eq!(led("PenaltyDecided", &json!({ "number": "1", "penalties": [], "redone": redone })), 1);
        assert_eq!(led("PenaltyWithheld", &json!({ "number": "1", "ground": "no_fault", "redone": redone })), 1);
    }

    #[test]
    fn an_adjusted_list_comes_back_and_a_kept_one_does_not() {
        let answered =
            |answer: &str| told("powerlist.item.GroundAnswered.v1", &json!({ "reference": APPEAL, "answer": answer }));
        assert_eq!(["adjusted", "cancelled", "kept"].map(answered), [1, 1, 0]);
    }

    #[test]
    fn what_answers_no_application_here_leads_to_nothing() {
        assert_eq!(led("DecisionOverturned", &json!({})), 0);
        assert_eq!(led("DecisionOverturned", &json!({ "reference": "抚政复〔2024〕1号" })), 0);
        assert_eq!(led("PenaltyDecided", &json!({ "number": "1", "penalties": [] })), 0);
        assert_eq!(led("CaseFiled", &json!({ "reference": APPEAL })), 0);
    }
}
