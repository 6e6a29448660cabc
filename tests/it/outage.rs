//! The database goes away under a running suite: it says so, lives, and loses nothing.

use std::time::{Duration, Instant};

use proto::{common::v1::Mode, projection::v1 as views, projection::v1::query_service_client::QueryServiceClient};
use stories::{postgres::Server, suite, suite::Running};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::{
    county::{self, XU},
    matter::Matter,
    people::{Command as _, MARKET, Officer, command::Receipted as _, frame, moment, refused::plain},
    process::Serving,
};

/// Far more than the suite needs to reach a database that is back.
const RECOVERY_MAX: Duration = Duration::from_secs(60);
/// How often the database goes away.
const OUTAGES: u64 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_gone_is_unavailable_and_nothing_is_lost() {
    let mut server = tokio::task::spawn_blocking(Server::start).await.expect("a server");
    let running = suite::start_on(Some(server.database())).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let matter = Matter::new();
    let filed = officer.does("2025-03-03T09:00", matter.filing()).await;
    let mut last = filed.receipt().log_index;
    let token = running.suite.supervisor_token().expect("a token");
    running.set_clock(moment("2025-03-04T09:00"));
    for outage in 1..=OUTAGES {
        running.suite.caught_up().await.expect("the views");
        server.stop();
        let exemption = matter.exemption().framed(frame("2025-03-04T09:00", Mode::Handling));
        for _ in 0..2 {
            unavailable(&exemption.clone().send(&officer.door).await.expect_err("there is no database"));
        }
        says_so(&running, &officer, &matter, &token).await;

        server.resume();
        let since = Instant::now();
        let done = loop {
            match exemption.clone().send(&officer.door).await {
                Ok(done) => break done,
                Err(error) if since.elapsed() < RECOVERY_MAX => unavailable(&error),
                Err(error) => panic!("after the database came back: {}", plain(&error)),
            }
        };
        // Whether a try before had been committed is not known; what counts is that it is there once.
        assert_eq!(done.receipt().log_index, last + 1);
        last = done.receipt().log_index;
        let again = exemption.send(&officer.door).await.expect("the same command once more");
        assert_eq!((again.receipt().repeated, again.receipt().log_index), (true, last));
        assert_eq!(officer.reads_case(&matter.case_id).await.expect("the case").version, 1 + outage);
    }
    everything_is_there(&running, &matter, &token, &filed.number).await;
    // The views are not flushed with every batch: what they forget in a crash comes back without anything new happening.
    server.stop();
    server.resume();
    let since = Instant::now();
    while count_events(&running, &matter, &token).await != Ok(1 + OUTAGES) {
        assert!(since.elapsed() < RECOVERY_MAX, "the views have forgotten something");
    }
    let options = running.stop().await.0;
    let url = ledger::Url::Postgres(options.store.database_url.expect("a database"));
    let config = ledger::Config::new("enforcement", suite::REGION, url);
    assert_eq!(ledger::verify(&config, &mut |_, _| {}).await.expect("a report").problems, []);
}

#[track_caller]
fn unavailable(error: &Status) {
    assert_eq!(error.code(), Code::Unavailable, "{}", plain(error));
    let details = error.get_error_details();
    let delay = details.retry_info().and_then(|info| info.retry_delay);
    assert!(delay.is_some_and(|delay| !delay.is_zero()), "when to try again: {}", plain(error));
    assert!(!error.message().contains("postgres") && !error.message().contains('/'), "{}", plain(error));
}

/// Whatever is read of the database is not there for the moment; whatever needs none is.
async fn says_so(running: &Running, officer: &Officer<'_>, matter: &Matter, token: &str) {
    unavailable(&officer.reads_attempts(&matter.case_id).await.expect_err("there is no database"));
    let mut queries = QueryServiceClient::new(running.door(Some(token)));
    let cases = queries.list_cases(views::ListCasesRequest::default()).await;
    unavailable(&cases.expect_err("there is no database"));
    for path in ["/", "/cases", "/findings", "/deadlines"] {
        let (status, page) = running.page(path, Some(token)).await;
        assert_eq!(status, 503, "{path}");
        assert!(page.contains("数据暂时读不到") && !page.contains("postgres"), "{path}: {page}");
    }
    assert_eq!(running.page("/login", None).await.0, 200, "the process lives");
}

async fn everything_is_there(running: &Running, matter: &Matter, token: &str, filing_number: &str) {
    running.suite.caught_up().await.expect("the views");
    let (status, page) = running.page(&format!("/cases/{}", matter.case_id), Some(token)).await;
    assert!(status == 200 && page.contains(filing_number), "{status}");
    let events = count_events(running, matter, token).await;
    assert_eq!(events, Ok(1 + OUTAGES), "the filing, and each step once");
}

/// How many events of the case the views hold.
async fn count_events(running: &Running, matter: &Matter, token: &str) -> Result<u64, Code> {
    let mut queries = QueryServiceClient::new(running.door(Some(token)));
    let stream = views::ListEventsRequest { stream: format!("case/{}", matter.case_id), ..Default::default() };
    let events = queries.list_events(stream).await.map_err(|status| status.code())?;
    Ok(events.into_inner().events.len() as u64)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_outlives_its_database() {
    let mut server = tokio::task::spawn_blocking(Server::start).await.expect("a server");
    let folder = tempfile::tempdir().expect("a folder");
    let (path, url) = (folder.path().to_owned(), server.database());
    let serving = tokio::task::spawn_blocking(move || Serving::start(&path, Some(&url))).await.expect("it serves");
    let status = async |path: &str| {
        let response = reqwest::get(format!("http://{}{path}", serving.http)).await.expect("an answer");
        response.status().as_u16()
    };
    assert_eq!(status("/").await, 200);
    for _ in 0..OUTAGES {
        server.stop();
        assert_eq!((status("/").await, status("/login").await), (503, 200));
        server.resume();
        let since = Instant::now();
        while status("/").await != 200 {
            assert!(since.elapsed() < RECOVERY_MAX, "the pages do not come back");
        }
    }
    // Gone for good: it ends when it is told to, all the same.
    server.stop();
    serving.stop();
}
