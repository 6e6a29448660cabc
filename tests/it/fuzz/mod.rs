//! What nobody would send: files and requests.
//!
//! A short run is a part of `make test`; `make fuzz` goes on for minutes and writes `target/fuzz.json`. `SEED=N` begins elsewhere.

mod api;
mod container;
mod files;
mod hostile;
mod importer;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;

const SEED: u64 = 20_261_126;
/// How long the files of a long run go on.
const FILES_TIME: Duration = Duration::from_secs(120);
/// Requests of a long run, to each engine.
const REQUESTS: u64 = 25_500;
/// When no more of them are sent: what they left is looked at, too, and all of it within ten minutes.
const REQUESTS_END: Duration = Duration::from_secs(8 * 60);

fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make fuzz"]
async fn nothing_that_nobody_would_send_does_harm() {
    let began = Instant::now();
    let files = importer::odd_files_for(FILES_TIME).await;
    let requests = api::for_minutes(REQUESTS, began + REQUESTS_END).await;
    let figures = json!({
        "seed": seed(),
        "seconds": began.elapsed().as_secs(),
        "files": files.files,
        "requests": requests.requests,
        "odd_and_taken": requests.odd_and_taken,
        "events": requests.events,
        "panics": files.panics + requests.panics,
        "internal": files.internal + requests.internal,
        "wrong": requests.wrong,
        "parked": requests.parked,
        "views_equal": requests.views_equal,
        "other": requests.other,
        "rss_mib": files.rss_mib.max(requests.rss_mib),
        "above_idle_mib": { "files": files.above_idle_mib, "requests": requests.above_idle_mib },
    });
    let text = serde_json::to_string_pretty(&figures).expect("JSON");
    println!("{text}");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").join("target");
    std::fs::write(target.join("fuzz.json"), text + "\n").expect("target/fuzz.json");
    assert_eq!((files.panics, files.internal), (0, 0));
    assert!(files.above_idle_mib <= importer::MEMORY_MIB_MAX, "{} MiB", files.above_idle_mib);
    requests.are_harmless();
}
