//! The list of violations without a penalty, from the list office to the case that is held against it.

use proto::{enforcement::v1 as cases, powerlist::v1 as wire};
use stories::suite::{self, Engine};
use tonic::Code;

use crate::{
    county::{self, UNCHECKED_FOOD, UNLICENSED_FOOD, XU},
    matter::Matter,
    people::{MARKET, Officer, list_office::ListOffice, refused::plain},
};

const FILED: &str = "2025-03-03T09:00";
const LOOKED: &str = "2025-03-04T09:00";

fn row(code: &str, item: &str) -> wire::PublishRowRequest {
    let part = |part: &str, value: &str| wire::ListPart { part: part.into(), value: value.into() };
    let row = wire::ListRow {
        row: id(code),
        name: "首次轻微不罚".into(),
        parts: vec![
            part("penalty_item", item),
            part("slight", "first"),
            part("terms", "一年内没有因同类行为受过处罚；在责令的期限内改正"),
        ],
        ..wire::ListRow::default()
    };
    let effective = "2025-02-03".to_owned();
    wire::PublishRowRequest { row: Some(row), effective, ground: Some(county::first_ground()), ..Default::default() }
}

fn id(code: &str) -> String {
    format!("no_penalty/{MARKET}/{code}")
}

pub(crate) async fn a_case_names_the_entries_of_the_exempt_list_that_were_looked_at(engine: Engine) {
    let running = suite::start(engine).await;
    county::found(&running).await;
    let office = ListOffice::of(&running);
    office.enters("2025-02-03T09:00", row("MF-1", UNLICENSED_FOOD)).await;
    office.enters("2025-02-03T09:00", row("MF-2", UNCHECKED_FOOD)).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(office.written());
    let matter = Matter::new();
    officer.does(FILED, matter.filing()).await;

    let look = |entries: &[&str]| cases::ConsiderExemptionRequest {
        entries: entries.iter().map(|code| id(code)).collect(),
        ..matter.exemption()
    };
    for (entries, why) in [
        (&["MF-2"][..], "for the item"),
        (&["MF-3"], "not in force"),
        (&["MF-1", "MF-1"], "comes twice"),
        (&["MF-1", "MF 3"], "entries[1]"),
    ] {
        let refused = officer.tries(LOOKED, look(entries)).await;
        let told = plain(&refused.0);
        assert!(told.contains(why), "{told}");
        refused.with(Code::InvalidArgument);
    }
    officer.does(LOOKED, look(&["MF-1"])).await;
    // What was looked at stands in the record as the list had it, in words.
    let record = running.suite.ledger("enforcement").expect("the ledger").log(0, 4096).await.expect("the log");
    let data = record
        .iter()
        .filter_map(|record| record.envelope().ok())
        .find(|envelope| envelope.kind == "enforcement.case.ExemptionConsidered.v1")
        .map(|envelope| envelope.data.get().to_owned())
        .expect("the look");
    let data: serde_json::Value = serde_json::from_str(&data).expect("data");
    let entry = &data["entries"][0];
    assert_eq!((entry["entry"].as_str(), entry["version"].as_u64()), (Some(id("MF-1").as_str()), Some(1)));
    assert_eq!(entry["name"], "首次轻微不罚");
    running.stop().await;
}
