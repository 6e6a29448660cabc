//! What events of enforcement lead to here: what a case did about the decision that overturned its penalty comes back to the
//! application, and performs it.

use kernel::reactions::Reaction;
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

/// What an event of enforcement leads to in the application that its case answers.
pub(crate) fn of_enforcement(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let led = match envelope.kind {
        "enforcement.case.DecisionOverturned.v1" => noted(envelope, Effect::CaseChanged),
        "enforcement.case.PublicationWithdrawn.v1" => noted(envelope, Effect::PublicationWithdrawn),
        "enforcement.case.PenaltyDecided.v1" | "enforcement.case.PenaltyWithheld.v1" => redone(envelope),
        _ => None,
    };
    let reaction = |(appeal, step): (Uuid, Step)| Reaction::of::<Appeals>(&RE_FEEDBACK, step.name(), appeal, step);
    led.map(reaction).into_iter().collect()
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const APPEAL: &str = "01990000-0000-7000-8000-0000000000a1";

    /// The steps that an event of a case leads to.
    fn led(kind: &str, data: &Value) -> usize {
        let record = json!({
            "id": APPEAL, "source": "/fazhi/enforcement/230883", "type": format!("enforcement.case.{kind}.v1"),
            "subject": "case/1", "time": "2025-06-24T07:00:00Z", "recordedtime": "2025-06-24T07:00:00Z", "logindex": 1,
            "streamversion": 1, "actor": "", "agency": "", "region": "230883", "correlationid": APPEAL,
            "commandid": APPEAL, "data": data,
        });
        of_enforcement(&serde_json::from_str(&record.to_string()).unwrap()).len()
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
    fn what_answers_no_application_here_leads_to_nothing() {
        assert_eq!(led("DecisionOverturned", &json!({})), 0);
        assert_eq!(led("DecisionOverturned", &json!({ "reference": "抚政复〔2024〕1号" })), 0);
        assert_eq!(led("PenaltyDecided", &json!({ "number": "1", "penalties": [] })), 0);
        assert_eq!(led("CaseFiled", &json!({ "reference": APPEAL })), 0);
    }
}
