//! SIGKILL of the whole process while lists are taken in: afterwards they are there as a whole, or nothing of them is.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use kernel::{Caller, Clock as _, Role, SystemClock, auth::Issuer};
use ledger::{Config, Ledger, Url};
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1::{ImportFile, ImportListRequest, ImportListResponse, powerlist_client::PowerlistClient},
};
use stories::suite::{self, REGION};
use tonic::Status;
use uuid::Uuid;

use crate::process::Serving;

/// How often the process is killed at least.
const KILLS: u32 = 24;
const FILES: [(&str, &str); 5] = [
    ("regions.csv", include_str!("../../seeds/county/regions.csv")),
    ("agencies.csv", include_str!("../../seeds/county/agencies.csv")),
    ("officers.csv", include_str!("../../seeds/county/officers.csv")),
    ("items.csv", include_str!("../../seeds/county/items-labour.csv")),
    ("standards.csv", include_str!("../../seeds/county/standards-labour.csv")),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_whole_or_nothing_whenever_the_process_is_killed() {
    // How long one takes that nobody disturbs, and how much it records.
    let folder = tempfile::tempdir().expect("a folder");
    let serving = start(folder.path()).await;
    let token = office_token(folder.path());
    let began = Instant::now();
    let done = import(&serving, &token, Uuid::now_v7()).await.expect("an answer");
    let takes = began.elapsed();
    assert_eq!(done.faults, []);
    serving.kill();
    let whole = recorded(folder.path()).await;
    assert!(whole > 500, "{whole} events");

    let (mut killed, mut nothing, mut all) = (0, 0, 0);
    while killed < KILLS || nothing == 0 || all == 0 {
        assert!(killed < 10 * KILLS, "{nothing} times nothing and {all} times all after {killed} kills");
        let folder = tempfile::tempdir().expect("a folder");
        let serving = start(folder.path()).await;
        let token = office_token(folder.path());
        let id = Uuid::now_v7();
        // From its beginning to a little behind its end.
        let wait = takes.mul_f64(f64::from(killed % KILLS) * 1.2 / f64::from(KILLS)) + Duration::from_millis(1);
        let ended = tokio::select! {
            answer = import(&serving, &token, id) => Some(answer.expect("an answer")),
            () = tokio::time::sleep(wait) => None,
        };
        serving.kill();
        killed += 1;
        match recorded(folder.path()).await {
            0 if ended.is_none() => nothing += 1,
            size if size == whole => all += 1,
            size => panic!("{size} of {whole} events are there after kill {killed}, answered: {}", ended.is_some()),
        }
        // Sent again, the command does what is missing: all, or nothing.
        if killed % 8 == 0 {
            let serving = start(folder.path()).await;
            assert_eq!(import(&serving, &token, id).await.expect("an answer").faults, []);
            serving.kill();
            assert_eq!(recorded(folder.path()).await, whole);
        }
    }
}

async fn start(data: &Path) -> Serving {
    let data = data.to_owned();
    tokio::task::spawn_blocking(move || Serving::start(&data, None)).await.expect("the program serves")
}

fn office_token(folder: &Path) -> String {
    let caller = Caller {
        subject: "list-office".to_owned(),
        name: "编办".to_owned(),
        agency: None,
        region: "230000".parse().expect("a region"),
        roles: BTreeSet::from([Role::ListEditor, Role::ListApprover, Role::LegalReviewer]),
    };
    let issuer = Issuer::open_or_create(&folder.join("issuer.pem")).expect("the issuer's key");
    issuer.issue(&caller, &SystemClock, 3600).expect("a token")
}

async fn import(serving: &Serving, token: &str, id: Uuid) -> Result<ImportListResponse, Status> {
    let at = SystemClock.now();
    let meta = CommandMeta {
        command_id: id.to_string(),
        // The same command is asked at the same time.
        at: Some(prost_types::Timestamp { seconds: at.as_second() / 86_400 * 86_400, nanos: 0 }),
        mode: Mode::Reporting.into(),
        ..CommandMeta::default()
    };
    let files = FILES.map(|(name, text)| ImportFile {
        name: name.to_owned(),
        content: text.as_bytes().to_vec(),
        ..ImportFile::default()
    });
    let request = ImportListRequest {
        meta: Some(meta),
        files: files.into(),
        document: "抚远市权力和责任清单（示例）".to_owned(),
        reviewer: "131035".to_owned(),
        opinion: "依据充分，权责一致，同意公布".to_owned(),
        ..ImportListRequest::default()
    };
    let mut lists = PowerlistClient::new(suite::door(serving.grpc, Some(token))).max_decoding_message_size(64 << 20);
    Ok(lists.import_list(request).await?.into_inner())
}

/// How many events the lists' ledger holds, which must be sound.
async fn recorded(data: &Path) -> u64 {
    let config = Config::new("powerlist", REGION, Url::Sqlite(data.to_owned()));
    let ledger = Ledger::open(config.clone(), Arc::new(SystemClock)).await.expect("the ledger");
    let size = ledger.head().size;
    ledger.close().await;
    assert_eq!(ledger::verify(&config, &mut |_, _| {}).await.expect("a report").problems, []);
    size
}
