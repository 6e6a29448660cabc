//! The peers on Postgres, in a program of their own.

use std::process::Output;

use tokio::process::Command;

use crate::rows::Run;

/// Events a second that a peer stores for so many callers.
pub async fn load(run: &Run, peer: &str, callers: usize) -> f64 {
    let time = run.time.as_millis().to_string();
    said(run, &["load", peer, &callers.to_string(), &time]).await["per_second"].as_f64().unwrap_or(f64::NAN)
}

/// What "no event lost" comes to with disintegrate's own listener: events in a hundred that did not arrive exactly once.
pub async fn deliver(run: &Run) -> f64 {
    let outcome = said(run, &["deliver"]).await;
    super::rows::say(&format!("disintegrate's listener: {outcome}"));
    outcome["wrong_percent"].as_f64().unwrap_or(f64::NAN)
}

async fn said(run: &Run, arguments: &[&str]) -> serde_json::Value {
    let url = tokio::task::spawn_blocking(stories::postgres::database).await.expect("a database");
    let Output { status, stdout, stderr } =
        Command::new(&run.peers).arg(url).args(arguments).output().await.expect("the peers' program");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    serde_json::from_slice(&stdout).expect("JSON")
}
