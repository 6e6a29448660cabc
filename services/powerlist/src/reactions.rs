//! What events of reconsideration lead to here: a fault found in an item is a ground for adjusting it.

use kernel::reactions::{Reaction, Reading};
use law::id::ItemCode;
use ledger::Envelope;
use serde::Deserialize;

use crate::{
    domain::{
        events::{Finding, GroundNoted, ItemStep},
        item::Item,
        rules::PL_GROUND,
    },
    grpc::Api,
};

#[derive(Deserialize)]
struct Decided {
    number: String,
    #[serde(default)]
    basis_at_fault: bool,
    #[serde(default)]
    item_at_fault: Option<ItemCode>,
}

/// What events of reconsideration lead to.
pub(crate) fn of_reconsideration(kind: &str) -> Option<Reading<Api>> {
    (kind == "reconsideration.appeal.AppealDecided.v1").then_some(decided)
}

/// An item that is found at fault is told of it. The ground is known by the application.
fn decided(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let Ok(Decided { number, basis_at_fault, item_at_fault: Some(item) }) = serde_json::from_str(envelope.data.get())
    else {
        return Vec::new();
    };
    let finding = if basis_at_fault { Finding::BasisUnlawful } else { Finding::PowerMisread };
    let reference = envelope.subject.split_once('/').map_or(envelope.subject, |(_, id)| id).to_owned();
    let (by, document) = ("行政复议机关".to_owned(), number);
    let step = ItemStep::from(GroundNoted { item: item.clone(), reference, finding, by, document });
    vec![Reaction::of::<Item>(&PL_GROUND, step.name(), item, step.into())]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// How many steps a decision leads to.
    fn led(kind: &str, data: &Value) -> usize {
        let id = "01990000-0000-7000-8000-0000000000a1";
        let kind = format!("reconsideration.appeal.{kind}.v1");
        let record = json!({
            "id": id, "source": "/fazhi/reconsideration/230883", "type": kind,
            "subject": format!("appeal/{id}"), "time": "2026-06-24T07:00:00Z", "recordedtime": "2026-06-24T07:00:00Z",
            "logindex": 1, "streamversion": 1, "actor": "", "agency": "", "region": "230883", "correlationid": id,
            "commandid": id, "data": data,
        });
        of_reconsideration(&kind).map_or(0, |read| read(&serde_json::from_str(&record.to_string()).unwrap()).len())
    }

    #[test]
    fn an_item_at_fault_is_told_of_it() {
        let fault = json!({ "number": "1", "basis_at_fault": true, "item_at_fault": "021310001000-230883-131" });
        assert_eq!(led("AppealDecided", &fault), 1);
        assert_eq!(led("AppealDecided", &json!({ "number": "1", "basis_at_fault": true })), 0);
        assert_eq!(led("DecisionServed", &fault), 0);
    }
}
