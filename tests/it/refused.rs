//! Events that a database can refuse, straight into a ledger: the views go on, and show which they are.

use ledger::{Append, Origin, Proposal, Write};
use projection::model::Scope;
use serde_json::{json, value::RawValue};
use stories::suite::{self, Engine, REGION, Running};
use uuid::Uuid;

use crate::{
    county::{self, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{MARKET, Officer},
    rebuild::{digests, throw_views_away},
};

on_both_engines! {
    the_views_go_on_past_what_a_database_refuses,
}

/// A long text that Postgres does not press into less.
fn noise() -> String {
    (0..200_u8).map(|n| Uuid::new_v5(&Uuid::nil(), &[n]).simple().to_string()).collect()
}

/// Data of one event of each kind that a database can refuse, as a ledger takes it.
fn refused() -> Vec<String> {
    let mut all: Vec<String> = [
        json!({"said": "虚构\0甲"}),
        json!({"matter": {"subject": "\0"}}),
        json!({"matter": {"stage": noise()}}),
        json!({"matter": {"acted": true}, "officers": [{"officer": noise()}]}),
        json!({"violations": [{"rule": noise()}]}),
        json!({"matter": {"paid_fen": i64::MAX}}),
        json!({"matter": {"paid_fen": 1e30}}),
        json!({"matter": {"decided": {"number": "1", "outcome": "x", "imposed_fen": i64::MIN}}}),
        json!({"clocks": [{"change": "stopped", "clock": "EN-NINETY", "at": "2026-13-45T00:00:00Z"}]}),
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    all.push(r#"{"said":"\ud800"}"#.to_owned());
    all
}

async fn append(running: &Running, stream: &str, expected: u64, data: String) {
    let event = Proposal {
        kind: "enforcement.case.CaseTeleported.v1".to_owned(),
        time: "2025-03-05T02:00:00Z".parse().expect("a time"),
        rules: Vec::new(),
        data: RawValue::from_string(data).expect("JSON"),
    };
    let origin = Origin {
        actor: "trial".to_owned(),
        agency: MARKET.to_owned(),
        region: REGION.to_owned(),
        correlation_id: Uuid::now_v7(),
        causation_id: None,
        traceparent: None,
    };
    let writes = vec![Write { stream: stream.to_owned(), expected, events: vec![event] }];
    let append = Append { command_id: Uuid::now_v7(), command_digest: [0; 32], origin, writes };
    running.suite.ledger("enforcement").expect("a ledger").append(append).await.expect("stored");
}

async fn the_views_go_on_past_what_a_database_refuses(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let matter = Matter::new();
    officer.does("2025-03-03T09:00", matter.filing()).await;
    let kinds = refused();
    for (version, data) in (1..).zip(&kinds) {
        append(&running, &format!("case/{}", matter.case_id), version, data.clone()).await;
        officer.does("2025-03-03T09:00", Matter::new().filing()).await;
    }
    let before = digests(&running).await;
    let parked = running.suite.projection.queries().parked(&Scope::Everything).await.expect("the parked events");
    let of_the_case: Vec<bool> = parked.iter().map(|parked| parked.stream.ends_with(&matter.case_id)).collect();
    assert_eq!(of_the_case, vec![true; kinds.len()], "{parked:?}");
    let token = running.suite.supervisor_token().expect("a token");
    let (_, page) = running.page(&format!("/cases/{}", matter.case_id), Some(&token)).await;
    assert!(page.contains("所示内容可能不完整"), "the case does not show what was parked");
    drop(officer);
    let running = running.restart_after(throw_views_away).await;
    assert_eq!(digests(&running).await, before, "after a rebuild");
    running.stop().await;
}
