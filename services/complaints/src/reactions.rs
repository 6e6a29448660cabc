//! What events of enforcement lead to here: what became of a lead returns to whoever reported it.

use kernel::reactions::{Reaction, Reading};
use ledger::Envelope;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{complaint::Complaints, complaint::Step, events::OutcomeReturned, rules::lead::CO_LEAD},
};

const CONCLUDED: &str = "enforcement.lead.LeadConcluded.v1";
const DROPPED: &str = "enforcement.lead.LeadDropped.v1";

/// How the person hears of what comes back by itself: it stands in the matter, which the receipt opens.
const BY_RECEIPT: &str = "凭查询码查询";

#[derive(Deserialize)]
struct Concluded {
    #[serde(default)]
    case: Option<Uuid>,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    origin: Option<String>,
}

/// What events of enforcement lead to.
pub(crate) fn of_enforcement(kind: &str) -> Option<Reading<Api>> {
    [CONCLUDED, DROPPED].contains(&kind).then_some(concluded)
}

/// What became of a lead returns to the complaint that it came from.
fn concluded(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let dropped = envelope.kind == DROPPED;
    let Ok(e) = serde_json::from_str::<Concluded>(envelope.data.get()) else { return Vec::new() };
    let origin = e.origin.as_deref().and_then(|origin| origin.strip_prefix("complaint/"));
    let Some(complaint) = origin.and_then(|id| id.parse::<Uuid>().ok()) else { return Vec::new() };
    let decided = match e.outcome.as_str() {
        _ if dropped => format!("不予立案：{}", e.reason),
        "punished" => "已立案查处，作出处罚决定".to_owned(),
        "withheld" => "已立案查处，决定不予处罚".to_owned(),
        "transferred" => "已立案，移送公安机关".to_owned(),
        "overturned" => "处罚决定已被撤销、变更或者确认违法、无效".to_owned(),
        _ => "已立案，未作处罚决定结案".to_owned(),
    };
    let outcome = OutcomeReturned {
        case: e.case,
        decided,
        decision: e.number,
        verified: e.verified,
        told: BY_RECEIPT.to_owned(),
        at: None,
    };
    let step = Step::from(outcome);
    vec![Reaction::of::<Complaints>(&CO_LEAD, step.name(), complaint, step)]
}
