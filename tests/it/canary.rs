//! The search for what only the vault may know finds it wherever it stands.

use proto::enforcement::v1 as wire;
use stories::{
    canary,
    suite::{self, Engine},
};

use crate::{
    county::{self, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{MARKET, Officer},
};

on_both_engines! {
    what_is_left_in_a_record_is_found,
}

async fn what_is_left_in_a_record_is_found(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let told = canary::words("邻居说");
    let mut filing = Matter::new().filing();
    filing.violation = filing.violation.map(|violation| wire::Violation { fact: told.clone(), ..violation });
    officer.does("2025-03-03T09:00", filing).await;
    running.suite.caught_up().await.expect("the views");
    let (_, found) = running.stop_and_search().await;
    let stands =
        |place: &str| found.iter().any(|found| found.starts_with(place) || found.contains(&format!("/{place}")));
    match engine {
        Engine::Sqlite => {
            assert!(stands("enforcement.sqlite: events") && stands("projection.sqlite: timeline"), "{found:?}");
        }
        Engine::Postgres | Engine::Apart => {
            assert!(stands("fazhi_enforcement.") && stands("fazhi_projection."), "{found:?}");
        }
    }
    assert!(stands("enforcement:") && stands("/cases/"), "the event and a page: {found:?}");
}

#[test]
fn is_found_in_every_form() {
    let somebody = canary::person("王");
    let hex: String = somebody.name.bytes().map(|b| format!("{b:02X}")).collect();
    let escaped: String = somebody.name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let address: String = somebody.name.bytes().map(|b| format!("%{b:02X}")).collect();
    for text in [&somebody.name, &somebody.id_number, &somebody.phone, &somebody.address, &hex, &escaped, &address] {
        assert!(canary::found_in("here", format!("…{text}…").as_bytes()).is_some(), "{text}");
    }
    assert_eq!(canary::found_in("here", "王**，抚远市沿江路9号".as_bytes()), None);
}
