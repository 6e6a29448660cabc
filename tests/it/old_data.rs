//! A data folder that an earlier version wrote opens, verifies, is folded anew and goes on.
//!
//! `old_data/2026-11.tar.gz` is the folder of a demonstration of 24 cases, without views, as the program of November 2026 left
//! it: before penalties were compared as a whole, before items said what they allow, before the other lists.

use std::{collections::BTreeSet, path::Path, process::Command};

use ledger::{Config, Url};
use proto::projection::v1::{self as views, query_service_client::QueryServiceClient};
use stories::suite::{self, REGION};

use kernel::Role;

use crate::rebuild::{digests, throw_views_away};

/// Size and root of each ledger, as `fazhi verify` of that version told them.
const ROOTS: [(&str, u64, &str); 5] = [
    ("powerlist", 3526, "4920cf83664a2e66c78a5ef2bc3fc91416eeca24bf20af52da0c3ec6b4afdc78"),
    ("enforcement", 545, "02f3b2ed4b6f8b2f2bb0955b4733b9a28f6def9dcaa0896eea114c1912ebffa2"),
    ("disclosure", 216, "2e4c8ef51b80294ac2b59d56f6c12456937beba337babb382643e257672a90db"),
    ("complaints", 219, "09423d2d4060da0176275faea019ec74957a8481bf01a58c47e06147b59631e6"),
    ("reconsideration", 31, "bfcab594244569689a5f7024cb7ea26bd869746b15b8b87cdf44941c38e57b42"),
];
/// How many matters it has: the cases and what else the year brought.
const MATTERS: usize = 82;

fn unpack(data: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/old_data/2026-11.tar.gz");
    std::fs::create_dir(data).expect("a folder");
    let done = Command::new("tar").arg("xzf").arg(folder).arg("-C").arg(data).status().expect("tar");
    assert!(done.success());
}

/// The part of each ledger that was there before has the root that it had.
async fn is_what_it_was(data: &Path) {
    for (service, events, root) in ROOTS {
        let config = Config::new(service, REGION, Url::Sqlite(data.to_owned()));
        let report = ledger::verify(&config, &mut |_, _| {}).await.expect("a report");
        assert!(report.is_sound(), "{service}: {:?}", report.problems);
        if report.events == events {
            assert_eq!(hex::encode(report.root), root, "{service}");
        } else {
            assert!(report.events > events, "{service} has lost events: {}", report.events);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_of_an_earlier_version_opens_verifies_is_folded_and_goes_on() {
    let room = tempfile::tempdir().expect("a folder");
    let data = room.path().join("data");
    unpack(&data);
    is_what_it_was(&data).await;

    let there = data.clone();
    let running = suite::start_with(None, |up| up.store.data = there).await;
    running.set_clock("2026-06-30T10:00:00Z".parse().expect("a time"));
    let folded = digests(&running).await;
    let token = running.token("supervisor", None, &[Role::Supervisor, Role::Auditor]);
    let mut queries = QueryServiceClient::new(running.door(Some(&token))).max_decoding_message_size(16 << 20);
    let page = Some(views::PageRequest { size: 100, ..Default::default() });
    let request = views::ListCasesRequest { page, ..Default::default() };
    let shown = queries.list_cases(request).await.expect("an answer").into_inner().cases;
    let ids: BTreeSet<_> = shown.iter().map(|case| case.id.clone()).collect();
    assert_eq!(ids.len(), MATTERS);
    // Each opens, with its items and its conditions as they were told then.
    for id in &ids {
        let (status, page) = running.page(&format!("/cases/{id}"), Some(&token)).await;
        assert_eq!(status, 200, "{id}: {page}");
    }
    for page in ["/", "/items", "/findings", "/deadlines", "/officers", "/audit", "/lists"] {
        assert_eq!(running.page(page, Some(&token)).await.0, 200, "{page}");
    }
    let again = running.restart_after(throw_views_away).await;
    assert_eq!(digests(&again).await, folded);
    again.stop().await;
    is_what_it_was(&data).await;
}
