//! Files that nobody meant well: what the suite makes of them, and how much memory it takes for it.
//!
//! The suite runs in a process of its own, so that what it holds can be measured and its end would be seen.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use kernel::{Caller, Clock as _, Role, SystemClock, auth::Issuer};
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1::{self as wire, powerlist_client::PowerlistClient},
};
use stories::suite::{self, Door};
use tempfile::TempDir;
use tonic::{Code, Status};
use uuid::Uuid;

use super::{
    files,
    hostile::{self, Hostile},
    seed,
};
use crate::process::Serving;

/// Most memory above idle that any file may take.
pub(super) const MEMORY_MIB_MAX: u64 = 64;
/// Bytes of a large file.
const LARGE: usize = 512 * 1024;
/// Files of a short run.
const FILES: u64 = 300;

/// A suite in a process of its own, with a county's bodies in it.
struct Target {
    serving: Serving,
    lists: PowerlistClient<Door>,
    idle_kib: u64,
    _folder: TempDir,
}

impl Target {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().to_owned();
        let serving = tokio::task::spawn_blocking(move || Serving::start(&data, None)).await.expect("it serves");
        let caller = Caller {
            subject: "list-office".to_owned(),
            name: "编办".to_owned(),
            agency: None,
            region: "230000".parse().expect("a region"),
            roles: BTreeSet::from([Role::ListEditor, Role::ListApprover, Role::LegalReviewer]),
        };
        let issuer = Issuer::open_or_create(&folder.path().join("issuer.pem")).expect("the issuer's key");
        let token = issuer.issue(&caller, &SystemClock, 3600).expect("a token");
        let lists = PowerlistClient::new(suite::door(serving.grpc, Some(&token))).max_decoding_message_size(64 << 20);
        let mut target = Self { serving, lists, idle_kib: 0, _folder: folder };
        // All but one, whom the law does not admit.
        let officers: String =
            files::OFFICERS.lines().filter(|l| !l.starts_with("131037")).map(|l| l.to_owned() + "\n").collect();
        let files = [("regions.csv", files::REGIONS), ("agencies.csv", files::AGENCIES), ("officers.csv", &officers)];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let done = target.import(files.into(), false).await.expect("the county");
        assert_eq!(done.faults, []);
        // What is taken once for all is taken now.
        target
            .import(vec![("f.xlsx".to_owned(), hostile::workbook("code,name,level,parent\n"))], true)
            .await
            .expect("nothing");
        target.serving.watch_memory();
        target.idle_kib = target.serving.memory_kib_max();
        target
    }

    async fn import(&mut self, files: Vec<(String, Vec<u8>)>, check: bool) -> Result<wire::ImportListResponse, Status> {
        let now = SystemClock.now();
        let meta = CommandMeta {
            command_id: Uuid::now_v7().to_string(),
            at: Some(prost_types::Timestamp { seconds: now.as_second(), nanos: 0 }),
            mode: Mode::Handling.into(),
            ..CommandMeta::default()
        };
        let files = files.into_iter().map(|(name, content)| wire::ImportFile { name, content, ..Default::default() });
        let request = wire::ImportListRequest {
            meta: Some(meta),
            files: files.collect(),
            document: "示例〔2026〕1号".to_owned(),
            reviewer: "131035".to_owned(),
            opinion: "依据充分，权责一致，同意公布".to_owned(),
            check_only: check,
            ..wire::ImportListRequest::default()
        };
        Ok(self.lists.import_list(request).await?.into_inner())
    }

    /// MiB that it has held at most above what it held before the first file.
    fn above_idle_mib(&self) -> u64 {
        self.serving.memory_kib_max().saturating_sub(self.idle_kib) / 1024
    }

    fn panics(&self) -> u64 {
        self.serving.said().matches("panicked at").count() as u64
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_beyond_a_limit_gets_its_reason_and_takes_no_more_than_it_may() {
    let mut target = Target::start().await;
    let mut after_large = false;
    for Hostile { name, bytes, word } in hostile::all() {
        assert!(bytes.len() <= powerlist::sheets::BYTES_MAX, "{name}: {} bytes", bytes.len());
        // What a large one leaves behind with the allocator is none of the next one's: it has a process of its own.
        let large = bytes.len() > LARGE;
        if large || after_large {
            target.serving.stop();
            target = Target::start().await;
        }
        after_large = large;
        let began = Instant::now();
        let answer = target.import(vec![("f".to_owned(), bytes)], true).await;
        let above = target.above_idle_mib();
        println!("{name}: {above} MiB above idle, {} ms", began.elapsed().as_millis());
        assert_eq!(target.serving.said(), "", "{name}");
        let answer = answer.unwrap_or_else(|status| panic!("{name}: {status}"));
        assert!(above <= MEMORY_MIB_MAX, "{name}: {above} MiB");
        match word {
            None => assert_eq!(answer.faults.first(), None, "{name}"),
            Some(word) => {
                assert!(answer.faults.iter().any(|f| f.zh.contains(word)), "{name}: {:?}", answer.faults.first());
            }
        }
        assert!(answer.faults.len() <= 500, "{name}");
        for fault in &answer.faults {
            assert!(
                !fault.zh.is_empty() && !fault.en.is_empty() && fault.zh.len() + fault.en.len() < 4_000,
                "{name}: {fault:?}"
            );
        }
    }
    target.serving.stop();
}

/// What odd files did.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: u64,
    pub(super) panics: u64,
    pub(super) internal: u64,
    pub(super) rss_mib: u64,
    pub(super) above_idle_mib: u64,
}

/// Sends odd files until there were enough of them.
async fn odd_files(target: &mut Target, enough: impl Fn(u64) -> bool) -> Found {
    let first = seed();
    println!("SEED={first}");
    let mut found = Found::default();
    while !enough(found.files) {
        let seed = first + found.files;
        let (name, bytes) = files::file(seed);
        // What is taken is recorded now and then, so that the lists do not stay as they were.
        let answer = target.import(vec![(name, bytes)], !seed.is_multiple_of(16)).await;
        match answer {
            Ok(answer) => {
                for fault in &answer.faults {
                    assert!(!fault.zh.is_empty() && !fault.en.is_empty(), "SEED={seed}: {fault:?}");
                }
            }
            Err(status) if status.code() == Code::Internal => {
                println!("SEED={seed}: {status}");
                found.internal += 1;
            }
            Err(status) => assert_eq!(status.code(), Code::InvalidArgument, "SEED={seed}: {status}"),
        }
        found.files += 1;
    }
    found.rss_mib = target.serving.memory_kib_max() / 1024;
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_files_are_read_or_refused() {
    let mut target = Target::start().await;
    let found = odd_files(&mut target, |files| files == FILES).await;
    assert_eq!((found.internal, target.serving.said().as_str()), (0, ""));
    assert!(target.above_idle_mib() <= MEMORY_MIB_MAX, "{} MiB", target.above_idle_mib());
    target.serving.stop();
}

/// Sends odd files for so long.
pub(super) async fn odd_files_for(time: Duration) -> Found {
    let mut target = Target::start().await;
    let end = Instant::now() + time;
    let mut found = odd_files(&mut target, |_| Instant::now() >= end).await;
    found.panics = target.panics();
    found.above_idle_mib = target.above_idle_mib();
    println!("{}", target.serving.said());
    target.serving.stop();
    found
}
