//! The program on folders of 10⁴, 10⁵ and 10⁶ events: queries, pages, start, memory, size, growth.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use kernel::SystemClock;
use ledger::{Ledger, Url};
use proto::projection::v1::{
    GetAgencyRequest, GetCaseRequest, GetOverviewRequest, ListAgenciesRequest, ListCasesRequest, PageRequest,
    query_service_client::QueryServiceClient,
};
use sqlx::{Connection as _, SqliteConnection};
use stories::suite::copy_folder;
use tonic::{Request, transport::Channel};

use super::{Run, command::cost_per_command, feed, ledger::append, say};
use crate::{
    load::{closed, histogram, p99_ms, record, sequential},
    report::{Goal, OURS, Round, Row},
    served::{Served, demo, ledger_of, multiply},
};

/// Cases of the demonstration with about 10⁴ events.
const CASES_1E4: u32 = 490;
/// Copies that make about 10⁶ events.
const COPIES_1E6: u32 = 27;
/// Times that each query is asked.
const QUERIES: usize = 400;
/// Times that each page is fetched.
const PAGES: usize = 60;
/// Callers that append while growth is measured.
const APPENDERS: usize = 64;
/// Larger than any message of the queries.
const MESSAGE_BYTES_MAX: usize = 16 << 20;

/// A folder with its number of events.
struct Sized {
    name: &'static str,
    folder: PathBuf,
    cases: u32,
    events: u64,
}

async fn folders(run: &Run) -> Vec<Sized> {
    let small = run.fresh("events-1e4");
    copy_folder(&demo(run, CASES_1E4), &small);
    let year = demo(run, feed::CASES);
    let (middle, large) = (run.folder.join("events-1e5"), run.folder.join("events-1e6"));
    let mut all = vec![Sized { name: "1e4", events: size(&small).await, folder: small, cases: CASES_1E4 }];
    for (name, folder, copies) in [("1e5", middle, feed::COPIES_1E5), ("1e6", large, COPIES_1E6)] {
        let events = multiply(&year, &folder, copies).await;
        all.push(Sized { name, folder, cases: feed::CASES, events });
    }
    all
}

async fn size(folder: &Path) -> u64 {
    let ledger =
        Ledger::open(ledger_of(Url::Sqlite(folder.to_owned())), Arc::new(SystemClock)).await.expect("a ledger");
    let size = ledger.head().size;
    ledger.close().await;
    size
}

/// All rows of these groups.
pub async fn rows(run: &Run, wanted: impl Fn(&str) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut growth: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    let folders = folders(run).await;
    for sized in &folders {
        say(&format!("{} events: bringing the views up to date", sized.events));
        let cases = sized.cases.to_string();
        let demo = ["--demo", "--demo-cases", cases.as_str()];
        let begin = Instant::now();
        Served::start(run, &sized.folder, &demo).stop();
        say(&format!("{} events: served after {:.1} s", sized.events, begin.elapsed().as_secs_f64()));
        let starts: Vec<Duration> = (0..run.rounds)
            .map(|_| {
                let served = Served::start(run, &sized.folder, &demo);
                let ready = served.ready;
                served.stop();
                ready
            })
            .collect();
        let served = Served::start(run, &sized.folder, &demo);
        tokio::time::sleep(Duration::from_secs(2)).await;
        let idle = served.rss_mib();
        let queries = queries(run, &served, sized).await;
        for (name, times, limit) in &queries {
            growth.entry(*name).or_default().push(times.iter().copied().fold(f64::INFINITY, f64::min));
            if sized.name != "1e4" && wanted("query") {
                let runs = times.iter().map(|t| Round::from([(OURS, *t), ("row by key", *limit)])).collect();
                let goal = (sized.name == "1e6").then_some(Goal::AtMost(20.0));
                rows.push(Row::of(
                    format!("query_p99_{name}_{}", sized.name),
                    "ms",
                    Some("row by key"),
                    None,
                    goal,
                    runs,
                ));
            }
        }
        if sized.name == "1e6" {
            if wanted("page") {
                rows.extend(pages(run, &served).await);
            }
            if wanted("footprint") {
                let single = |ours: f64| vec![Round::from([(OURS, ours)])];
                let ready = starts.iter().map(|s| Round::from([(OURS, s.as_secs_f64())])).collect();
                rows.push(Row::of("start", "s", None, None, Some(Goal::AtMost(1.0)), ready));
                rows.push(Row::of("rss_idle", "MiB", None, None, Some(Goal::AtMost(80.0)), single(idle)));
                rows.push(Row::of("rss_after_load", "MiB", None, None, None, single(served.rss_mib())));
                rows.extend(sizes(run, sized));
            }
        }
        if wanted("growth") {
            say(&format!("{} events: commands", sized.events));
            growth.entry("command").or_default().push(cost_per_command(run, &served, &sized.folder).await);
        }
        served.stop();
    }
    if wanted("query") {
        for (name, costs) in growth.iter().filter(|(name, _)| **name != "command") {
            let runs = vec![Round::from([(OURS, costs[2] / costs[1])])];
            let name = format!("query_p99_{name}_1e6_to_1e5");
            rows.push(Row::of(name, "×", None, None, Some(Goal::AtMost(2.0)), runs));
        }
    }
    if wanted("growth") {
        let mut rounds: BTreeMap<&str, Vec<Round>> =
            growth.iter().map(|(name, costs)| (*name, vec![grown(costs)])).collect();
        for round in 1..=run.rounds {
            say(&format!("appending to each, round {round}"));
            let mut costs = Vec::new();
            for sized in &folders {
                costs.push(append_cost(run, &sized.folder, round).await);
            }
            rounds.entry("append").or_default().push(grown(&costs));
        }
        for (name, runs) in rounds {
            let goal = Some(Goal::AtMost(1.5));
            rows.push(Row::of(format!("growth_{name}"), "× from 1e4 to 1e6", None, None, goal, runs));
        }
    }
    rows
}

/// Costs on the three sizes as a round.
fn grown(costs: &[f64]) -> Round {
    Round::from([(OURS, costs[2] / costs[0]), ("1e4", costs[0]), ("1e5", costs[1]), ("1e6", costs[2])])
}

fn ask<T>(message: T, token: &str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header value"));
    request
}

/// 99th percentiles of the queries, one client asking: name, rounds, and the read of one row by its key.
async fn queries(run: &Run, served: &Served, sized: &Sized) -> Vec<(&'static str, Vec<f64>, f64)> {
    say(&format!("{} events: queries", sized.events));
    let channel: Channel = served.channels().await.remove(0);
    let views = QueryServiceClient::new(channel).max_decoding_message_size(MESSAGE_BYTES_MAX);
    let token = served.token.as_str();
    let client = || views.clone();
    let mut found = Vec::new();
    for page in [1, 5, 9] {
        let page = Some(PageRequest { page, size: 100, ..Default::default() });
        let listed = client().list_cases(ask(ListCasesRequest { page, ..ListCasesRequest::default() }, token)).await;
        found.extend(listed.expect("cases").into_inner().cases);
    }
    let agencies = client()
        .list_agencies(ask(ListAgenciesRequest::default(), token))
        .await
        .expect("agencies")
        .into_inner()
        .agencies;
    let row = row_by_key(&sized.folder, sized.events).await;
    let mut all: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    for _ in 0..run.rounds {
        let (found, agencies) = (&found, &agencies);
        let search = sequential(QUERIES, |n| {
            let name = &found[n * 7 % found.len()].party;
            // The part of a name that people type.
            let text: String = name.chars().skip(3).take(4).collect();
            let request = ask(ListCasesRequest { text, ..ListCasesRequest::default() }, token);
            let mut client = client();
            async move { _ = client.list_cases(request).await.expect("cases") }
        });
        all.entry("search").or_default().push(search.await);
        let timeline = sequential(QUERIES, |n| {
            let request =
                ask(GetCaseRequest { case: found[n * 7 % found.len()].id.clone(), ..Default::default() }, token);
            let mut client = client();
            async move { _ = client.get_case(request).await.expect("a case") }
        });
        all.entry("timeline").or_default().push(timeline.await);
        let scorecard = sequential(QUERIES / 4, |n| {
            let agency = agencies[n % agencies.len()].agency.clone();
            let request = ask(GetAgencyRequest { agency, ..GetAgencyRequest::default() }, token);
            let mut client = client();
            async move { _ = client.get_agency(request).await.expect("an agency") }
        });
        all.entry("scorecard").or_default().push(scorecard.await);
        let overview = sequential(QUERIES / 4, |_| {
            let request = ask(GetOverviewRequest::default(), token);
            let mut client = client();
            async move { _ = client.get_overview(request).await.expect("an overview") }
        });
        all.entry("overview").or_default().push(overview.await);
    }
    all.into_iter().map(|(name, times)| (name, times, row)).collect()
}

async fn row_by_key(folder: &Path, events: u64) -> f64 {
    let url = format!("sqlite://{}?mode=ro", folder.join("enforcement.sqlite").display());
    let mut connection = SqliteConnection::connect(&url).await.expect("the file");
    let mut times = histogram();
    for n in 0..QUERIES as u64 {
        let at = (n * 7919) % events;
        let begin = Instant::now();
        let read = sqlx::query("SELECT record FROM events WHERE log_index = $1").bind(at.cast_signed());
        read.fetch_one(&mut connection).await.expect("a row");
        record(&mut times, begin.elapsed());
    }
    connection.close().await.expect("closed");
    p99_ms(&times)
}

/// Seconds of a million appends. Short, because what is appended makes the folder larger.
async fn append_cost(run: &Run, folder: &Path, round: usize) -> f64 {
    let ledger =
        Ledger::open(ledger_of(Url::Sqlite(folder.to_owned())), Arc::new(SystemClock)).await.expect("a ledger");
    let shared = ledger.clone();
    let load = closed(APPENDERS, run.time / 2, move |caller, n| {
        // New streams in every round.
        let (ledger, append) = (shared.clone(), append(round * APPENDERS + caller, n));
        async move { _ = ledger.append(append).await.expect("appended") }
    })
    .await;
    ledger.close().await;
    1e6 / load.per_second
}

fn sizes(run: &Run, sized: &Sized) -> Vec<Row> {
    let bytes = |file: &Path| std::fs::metadata(file).map_or(0, |m| m.len()) as f64;
    let of = |name: &str| bytes(&sized.folder.join(name)) / sized.events as f64;
    let row = |name: &str, unit, ours| Row::of(name, unit, None, None, None, vec![Round::from([(OURS, ours)])]);
    vec![
        row("size_binary", "MiB", bytes(&run.fazhi) / f64::from(1 << 20)),
        row("size_ledger", "bytes/event", of("enforcement.sqlite")),
        row("size_views", "bytes/event", of("projection.sqlite")),
    ]
}

/// Time and compressed bytes of every page.
async fn pages(run: &Run, served: &Served) -> Vec<Row> {
    let browser = reqwest::Client::builder().build().expect("a client");
    let fetch = |path: String| {
        let request = browser
            .get(format!("{}{path}", served.http))
            .header("cookie", format!("fazhi_session={}", served.token))
            .header("accept-encoding", "gzip");
        async move {
            let response = request.send().await.expect("a page");
            assert!(response.status().is_success(), "{path}: {}", response.status());
            response.bytes().await.expect("a body")
        }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let first = |page: &str, prefix: &str| {
        let at = page.find(&format!("href=\"{prefix}")).map(|at| at + 6)?;
        Some(page[at..].split('"').next()?.to_owned())
    };
    let plain = |path: &'static str| {
        let request =
            browser.get(format!("{}{path}", served.http)).header("cookie", format!("fazhi_session={}", served.token));
        async move { request.send().await.expect("a page").bytes().await.expect("a body") }
    };
    let mut paths: Vec<(&str, String)> =
        ["/agencies", "/officers", "/cases", "/items", "/deadlines", "/findings", "/rules", "/audit"]
            .iter()
            .map(|p| (&p[1..], (*p).to_owned()))
            .collect();
    paths.push(("overview", "/".to_owned()));
    for (name, list, prefix) in
        [("case", "/cases", "/cases/"), ("agency", "/agencies", "/agencies/"), ("item", "/items", "/items/")]
    {
        paths.push((name, first(&text(&plain(list).await), prefix).expect("a link")));
    }
    let mut rows = Vec::new();
    for (name, path) in paths {
        say(&format!("page {path}"));
        let mut runs = Vec::new();
        let mut bytes = 0.0;
        for _ in 0..run.rounds {
            bytes = fetch(path.clone()).await.len() as f64 / 1024.0;
            let time = sequential(PAGES, |_| {
                let fetched = fetch(path.clone());
                async move { _ = fetched.await }
            });
            runs.push(Round::from([(OURS, time.await)]));
        }
        rows.push(Row::of(format!("page_{name}"), "ms", None, None, Some(Goal::AtMost(30.0)), runs));
        let size = vec![Round::from([(OURS, bytes)])];
        rows.push(Row::of(format!("page_{name}_size"), "KiB", None, None, Some(Goal::AtMost(100.0)), size));
    }
    rows
}
