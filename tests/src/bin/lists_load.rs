//! How long the lists of a province take to be imported, how much memory that takes, how long others wait meanwhile, and that a
//! process which is killed while it imports leaves all or nothing. Prints the figures as JSON.
//!
//! `lists_load PROGRAM FOLDER [ITEMS [KILLS]]`: the program to measure, a folder for its data, how many items (20,000), and how often
//! it is killed (5).

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures::StreamExt as _;
use kernel::{Caller, Clock as _, Role, SystemClock, auth::Issuer};
use ledger::{Config, Ledger, Url};
use powerlist::{
    PIECE_BYTES_MAX,
    sheets::{Format, IN_PIECES},
};
use proto::{
    common::v1::{CommandMeta, Mode},
    enforcement::v1::{self as cases, enforcement_client::EnforcementClient},
    powerlist::v1::{
        GetItemRequest, ImportFile, ImportListPiecesRequest, ImportListRequest, ImportListResponse, ImportPiece,
        ListItemsRequest, import_list_pieces_request as asked, import_list_pieces_response as told,
        powerlist_client::PowerlistClient,
    },
};
use stories::{
    large::{self, Large},
    suite::{self, Door, REGION},
};
use tokio::{sync::watch, task::JoinSet, time::MissedTickBehavior};
use tonic::Status;
use uuid::Uuid;

/// One request of others every so often.
const EVERY: Duration = Duration::from_millis(20);
/// How long others ask before and after.
const AROUND: Duration = Duration::from_secs(3);

/// `fazhi up`, serving.
struct Serving {
    child: Child,
    grpc: String,
    data: PathBuf,
}

impl Serving {
    fn start(program: &str, data: &Path) -> Self {
        let mut command = Command::new(program);
        command.args(["up", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log", "off", "--data"]);
        let mut child = command.arg(data).stdout(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let mut grpc = String::new();
        for line in lines {
            match line.split_whitespace().collect::<Vec<_>>().as_slice() {
                ["gRPC", address] => grpc = (*address).to_owned(),
                ["open", ..] => break,
                _ => {}
            }
        }
        Self { child, grpc, data: data.to_owned() }
    }

    fn door(&self, subject: &str, roles: &[Role], agency: Option<&str>) -> Door {
        let caller = Caller {
            subject: subject.to_owned(),
            name: subject.to_owned(),
            agency: agency.map(|agency| agency.parse().expect("an agency")),
            region: if agency.is_some() { REGION } else { "230000" }.parse().expect("a region"),
            roles: BTreeSet::from_iter(roles.iter().copied()),
        };
        let issuer = Issuer::open_or_create(&self.data.join("issuer.pem")).expect("the issuer's key");
        let token = issuer.issue(&caller, &SystemClock, 3600).expect("a token");
        suite::door(self.grpc.parse().expect("an address"), Some(&token))
    }

    fn office(&self) -> PowerlistClient<Door> {
        let roles = [Role::ListEditor, Role::ListApprover, Role::LegalReviewer];
        PowerlistClient::new(self.door("list-office", &roles, None)).max_decoding_message_size(64 << 20)
    }

    /// MiB of memory: now, and at most so far.
    fn memory_mib(&self) -> (f64, f64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"));
            line.and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

async fn import(
    mut lists: PowerlistClient<Door>,
    files: Vec<(String, Vec<u8>)>,
    mut told: impl FnMut(&str),
) -> Result<ImportListResponse, Status> {
    let now = SystemClock.now();
    let meta = CommandMeta {
        command_id: Uuid::now_v7().to_string(),
        at: Some(prost_types::Timestamp { seconds: now.as_second(), nanos: 0 }),
        mode: Mode::Handling.into(),
        ..CommandMeta::default()
    };
    let order = ImportListRequest {
        meta: Some(meta),
        files: files.iter().map(|(name, _)| ImportFile { name: name.clone(), ..ImportFile::default() }).collect(),
        document: "示例〔2026〕1号".to_owned(),
        reviewer: large::REVIEWER.to_owned(),
        opinion: "依据充分，权责一致，同意公布".to_owned(),
        ..ImportListRequest::default()
    };
    let mut parts = vec![asked::Part::Order(order)];
    for (file, (_, content)) in (0..).zip(files) {
        let piece = |content: &[u8]| asked::Part::Piece(ImportPiece { file, content: content.to_vec() });
        parts.extend(content.chunks(PIECE_BYTES_MAX).map(piece));
    }
    let parts = parts.into_iter().map(|part| ImportListPiecesRequest { part: Some(part) });
    let mut answers = lists.import_list_pieces(futures::stream::iter(parts)).await?.into_inner();
    while let Some(answer) = answers.next().await {
        match answer?.part {
            Some(told::Part::Done(done)) => return Ok(done),
            Some(told::Part::Progress(p)) => told(&format!("{} {}/{}", p.stage().as_str_name(), p.done, p.of)),
            None => {}
        }
    }
    Err(Status::unavailable("no answer"))
}

/// The registers and the lists of one power, by which cases are filed.
async fn found(serving: &Serving) {
    let Large { mut registers, lists, .. } = large::large(large::AGENCIES, Format::Csv);
    registers.extend(lists);
    let done = import(serving.office(), registers, |_| {}).await.expect("an answer");
    assert_eq!(done.faults.first(), None);
}

fn filing(item: &str, agency: &str) -> cases::FileCaseRequest {
    let now = SystemClock.now();
    let today = law::day_of(now).to_string();
    let case_id = Uuid::now_v7().to_string();
    cases::FileCaseRequest {
        meta: Some(CommandMeta {
            command_id: Uuid::now_v7().to_string(),
            at: Some(prost_types::Timestamp { seconds: now.as_second(), nanos: 0 }),
            mode: Mode::Reporting.into(),
            ..CommandMeta::default()
        }),
        case_id,
        agency: agency.to_owned(),
        procedure: cases::Procedure::Ordinary.into(),
        item_code: item.to_owned(),
        party: Some(cases::Party {
            kind: cases::PartyKind::LegalPerson.into(),
            name: "虚构商贸有限公司".to_owned(),
            uscc: "91230883MAYGTAHY5L".to_owned(),
            ..cases::Party::default()
        }),
        violation: Some(cases::Violation {
            fact: "违反第0项义务".to_owned(),
            region: REGION.to_owned(),
            place: "通江路1号".to_owned(),
            from: today.clone(),
            until: today.clone(),
            grave: false,
            discovered: today,
        }),
        source: cases::SourceKind::Inspection.into(),
        approved_by: large::OFFICER.to_owned(),
        officers: vec![large::OFFICER.to_owned()],
        ..cases::FileCaseRequest::default()
    }
}

/// What others waited for, in milliseconds, by what they asked.
type Waited = Arc<Mutex<Vec<(&'static str, f64)>>>;

/// Others, who ask at a steady rate whatever the answers take, until they are told to stop.
async fn others(serving: &Serving, item: String, waited: Waited, stop: watch::Receiver<bool>) {
    let agency = large::agencies()[0].clone();
    let reader = PowerlistClient::new(serving.door("supervisor", &[Role::Supervisor], None));
    let officer = EnforcementClient::new(serving.door(large::OFFICER, &[Role::Officer], Some(&agency)));
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut running = JoinSet::new();
    for n in 0_u64.. {
        // From when it was due: a client that had to wait for the one before waited, too.
        let due = ticks.tick().await.into_std();
        if *stop.borrow() {
            break;
        }
        let (mut reader, mut officer) = (reader.clone(), officer.clone());
        let (item, agency, waited) = (item.clone(), agency.clone(), waited.clone());
        running.spawn(async move {
            let what = ["get_item", "list_items", "file_case"][(n % 3) as usize];
            let done = match what {
                "get_item" => {
                    let asked = GetItemRequest { item, ..GetItemRequest::default() };
                    reader.get_item(asked).await.map(drop)
                }
                "list_items" => {
                    let asked = ListItemsRequest { page_size: 20, agency, ..ListItemsRequest::default() };
                    reader.list_items(asked).await.map(drop)
                }
                _ => officer.file_case(filing(&item, &agency)).await.map(drop),
            };
            done.unwrap_or_else(|status| panic!("{what}: {status}"));
            let took = due.elapsed().as_secs_f64() * 1000.0;
            if took > 100.0 {
                eprintln!("        {what} {took:.0} ms");
            }
            waited.lock().unwrap_or_else(PoisonError::into_inner).push((what, took));
        });
    }
    while let Some(done) = running.join_next().await {
        done.expect("answered");
    }
}

/// What one write of a page costs meanwhile, to the disc and nothing else, in milliseconds: nobody who records waits for less.
fn disc(folder: &Path, stop: &watch::Receiver<bool>) -> Vec<(Instant, f64)> {
    let path = folder.join("disc");
    let mut file = fs::File::create(&path).expect("a file");
    let mut took = Vec::new();
    while !*stop.borrow() {
        std::thread::sleep(EVERY * 3);
        let begun = Instant::now();
        file.write_all(&[0; 4096]).and_then(|()| file.sync_data()).expect("written");
        took.push((begun, begun.elapsed().as_secs_f64() * 1000.0));
    }
    _ = fs::remove_file(path);
    took
}

fn quantile(times: &mut [f64], of: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() as f64 * of).ceil() as usize;
    times.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// One import while others ask.
async fn measured(program: &str, folder: &Path, items: usize, format: Format) -> serde_json::Value {
    let data = folder.join("measured");
    _ = fs::remove_dir_all(&data);
    let serving = Serving::start(program, &data);
    found(&serving).await;
    let Large { lists, items: codes, .. } = large::large(items, format);
    let bytes: usize = lists.iter().map(|(_, content)| content.len()).sum();
    assert!(bytes <= IN_PIECES.bytes, "{bytes} bytes");
    let (stop, stopped) = watch::channel(false);
    let waited = Waited::default();
    let idle = serving.memory_mib().0;
    let probe = {
        let (folder, stop) = (folder.to_owned(), stopped.clone());
        tokio::task::spawn_blocking(move || disc(&folder, &stop))
    };
    let asking = others(&serving, codes[0].clone(), waited.clone(), stopped);
    let importing = async {
        tokio::time::sleep(AROUND).await;
        let before = waited.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect::<Vec<_>>();
        let begun = Instant::now();
        let mut last = String::new();
        let done = import(serving.office(), lists, |progress| {
            eprintln!("{:5.1} s {progress} {:.0} MiB", begun.elapsed().as_secs_f64(), serving.memory_mib().0);
            last = progress.to_owned();
        });
        let done = done.await.expect("an answer");
        let seconds = begun.elapsed().as_secs_f64();
        let during = waited.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect::<Vec<_>>();
        let peak = serving.memory_mib().1;
        assert_eq!(done.faults.first(), None);
        tokio::time::sleep(AROUND).await;
        stop.send_replace(true);
        (before, during, begun, seconds, peak, done, last)
    };
    let ((), (before, during, begun, seconds, peak, done, last)) = tokio::join!(asking, importing);
    let probed = probe.await.expect("probed");
    let meanwhile = |at: &Instant| *at >= begun && at.duration_since(begun).as_secs_f64() < seconds;
    let mut disc: Vec<f64> = probed.iter().filter(|(at, _)| meanwhile(at)).map(|(_, took)| *took).collect();
    let p99 = |times: &[(&str, f64)], only: Option<&str>| {
        let mut of: Vec<f64> =
            times.iter().filter(|(what, _)| only.is_none_or(|only| only == *what)).map(|(_, took)| *took).collect();
        quantile(&mut of, 0.99)
    };
    let mut after: Vec<_> = waited.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
    let longest = during.iter().map(|(_, took)| *took).fold(0.0, f64::max);
    let (settled, most) = serving.memory_mib();
    let figures = serde_json::json!({
        "format": format!("{format:?}"), "items": items, "tiers": 3 * items, "file_bytes": bytes, "rows": done.rows,
        "changed": done.changed, "import_s": seconds, "rss_idle_mib": idle, "rss_peak_mib": peak,
        "rss_settled_mib": settled, "rss_peak_after_mib": most,
        "disc_p99_ms": quantile(&mut disc, 0.99), "others_p99_ms": p99(&during, None), "others_p99_before_ms": p99(&before, None),
        "others_p99_after_ms": p99(&after, None), "others_longest_ms": longest, "others_asked": during.len(),
        "get_item_p99_ms": p99(&during, Some("get_item")), "list_items_p99_ms": p99(&during, Some("list_items")),
        "file_case_p99_ms": p99(&during, Some("file_case")), "last_progress": last,
    });
    after.clear();
    serving.kill();
    figures
}

/// Kills it at points of its way, and counts what it left.
async fn killed(program: &str, folder: &Path, items: usize, times: u32, takes: f64) -> serde_json::Value {
    let Large { registers, lists, .. } = large::large(items, Format::Csv);
    let files: Vec<_> = registers.into_iter().chain(lists).collect();
    let (mut nothing, mut all, mut part) = (0, 0, 0);
    for n in 0..times {
        let data = folder.join("killed");
        _ = fs::remove_dir_all(&data);
        let serving = Serving::start(program, &data);
        let wait = takes * f64::from(n + 1) / f64::from(times);
        let answered = tokio::select! {
            done = import(serving.office(), files.clone(), |_| {}) => { _ = done.expect("an answer"); true },
            () = tokio::time::sleep(Duration::from_secs_f64(wait)) => false,
        };
        serving.kill();
        let config = Config::new("powerlist", REGION, Url::Sqlite(data.clone()));
        let ledger = Ledger::open(config, Arc::new(SystemClock)).await.expect("the ledger");
        match ledger.head().size {
            0 if !answered => nothing += 1,
            size if size > 3 * items as u64 => all += 1,
            _ => part += 1,
        }
        ledger.close().await;
    }
    serde_json::json!({ "kills": times, "left_nothing": nothing, "left_all": all, "left_a_part": part })
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(program), Some(folder)) = (arguments.first(), arguments.get(1)) else {
        eprintln!("lists_load PROGRAM FOLDER [ITEMS [KILLS]]");
        std::process::exit(64);
    };
    let number = |at: usize, usual: usize| arguments.get(at).map_or(usual, |n| n.parse().expect("a number"));
    let (items, kills, folder) = (number(2, 20_000), number(3, 5), PathBuf::from(folder));
    fs::create_dir_all(&folder).expect("a folder");
    let csv = measured(program, &folder, items, Format::Csv).await;
    let takes = csv["import_s"].as_f64().unwrap_or(10.0);
    let xlsx = measured(program, &folder, items, Format::Xlsx).await;
    let killed = killed(program, &folder, items, u32::try_from(kills).unwrap_or(5), takes).await;
    println!("{:#}", serde_json::json!({ "imports": [csv, xlsx], "killed": killed }));
    _ = fs::remove_dir_all(folder.join("measured"));
    _ = fs::remove_dir_all(folder.join("killed"));
}
