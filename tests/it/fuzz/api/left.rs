//! What requests left behind: views, ledgers, pages, and every word that was recorded.

use std::collections::BTreeSet;

use kernel::{days, text::Form};
use ledger::{Config, Url};
use projection::model::Scope;
use serde_json::Value;
use stories::suite::{REGION, Running};

use crate::rebuild::{digests, throw_views_away};

/// Pages that are looked at.
const PAGES_MAX: usize = 150;
/// More than any sum of money, in fen.
const FEN_MAX: i64 = 100_000_000_000_000;
/// Longer than any text.
const ANY: Form = Form::lines(1_000_000);

/// What must not be.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Events that are parked.
    pub(super) parked: Vec<String>,
    /// Views that are other than folded anew.
    pub(super) views: Vec<String>,
    /// Whatever else is wrong: a text that must not be recorded, a page that is not shown, a ledger that is not sound.
    pub(super) other: Vec<String>,
    pub(super) events: u64,
}

impl Left {
    /// Looks at everything, and stops the suite.
    pub(super) async fn of(running: Running) -> Self {
        let mut left = Self::default();
        settled(&running).await;
        let first = digests(&running).await;
        left.words(&running).await;
        left.pages(&running).await;
        let running = running.restart_after(throw_views_away).await;
        let again = digests(&running).await;
        let names: BTreeSet<&String> = first.keys().chain(again.keys()).collect();
        let differ = names.into_iter().filter(|view| first.get(*view) != again.get(*view));
        left.views = differ.map(|view| format!("the view {view} is other than folded anew")).collect();
        let parked = running.suite.projection.queries().parked(&Scope::Everything).await.expect("an answer");
        left.parked = parked.iter().map(|row| format!("{row:?}")).collect();
        // What an odd request says where everybody may read it is no secret, even if a story told it in confidence.
        let ((options, _folder), _) = running.stop_and_search().await;
        for profile in fazhi::services::profiles() {
            let url = match &options.store.database_url {
                Some(url) => Url::Postgres(url.clone()),
                None => Url::Sqlite(options.store.data.clone()),
            };
            let config = Config::new(profile.service, REGION, url);
            let report = ledger::verify(&config, &mut |_, _| {}).await.expect("a report");
            left.events += report.events;
            left.other.extend(report.problems.iter().map(|problem| format!("{}: {problem}", profile.service)));
        }
        left
    }

    /// Every word that is recorded is as the rules for text and days let it be.
    async fn words(&mut self, running: &Running) {
        for profile in fazhi::services::profiles() {
            let ledger = running.suite.ledger(profile.service).expect("a ledger");
            let mut from = 0;
            loop {
                let page = ledger.log(from, 1_000).await.expect("the log");
                let Some(last) = page.last() else { break };
                from = last.log_index + 1;
                for record in &page {
                    let value: Value = serde_json::from_slice(record.bytes.as_bytes()).expect("JSON");
                    let mut bad = Vec::new();
                    words(&value, "", &mut bad);
                    let place = format!("{} {} {}", profile.service, record.log_index, record.stream);
                    self.other.extend(bad.into_iter().map(|bad| format!("{place}: {bad}")));
                }
            }
        }
    }

    /// As somebody who looks around: every page that a link leads to is shown.
    async fn pages(&mut self, running: &Running) {
        let token = running.suite.supervisor_token().expect("a token");
        let first =
            ["/", "/cases", "/findings", "/audit", "/decisions", "/deadlines", "/officers", "/items", "/agencies"];
        let mut links: Vec<String> = first.map(str::to_owned).into();
        let mut known: BTreeSet<String> = links.iter().cloned().collect();
        let mut at = 0;
        while at < links.len().min(PAGES_MAX) {
            let (status, page) = running.page(&links[at], Some(&token)).await;
            if status >= 500 {
                self.other.push(format!("the page {} is not shown: {status}", links[at]));
            }
            for link in page.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
                let link = format!("/{}", link.replace("&amp;", "&").replace("&#38;", "&"));
                if known.insert(link.clone()) {
                    links.push(link);
                }
            }
            at += 1;
        }
    }
}

/// Waits until nothing follows from what was recorded any more.
async fn settled(running: &Running) {
    let heads = || {
        let services = fazhi::services::profiles();
        services.iter().map(|p| running.suite.ledger(p.service).expect("a ledger").head().size).collect::<Vec<_>>()
    };
    loop {
        let before = heads();
        running.suite.caught_up().await.expect("the views");
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        if heads() == before {
            return;
        }
    }
}

fn words(value: &Value, key: &str, bad: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| words(value, key, bad)),
        Value::Array(list) => list.iter().for_each(|value| words(value, key, bad)),
        Value::String(text) => {
            match ANY.read(text) {
                Ok(read) if read == *text => {}
                Ok(_) => bad.push(format!("{key} is not written the one way: {text:?}")),
                Err(why) => bad.push(format!("{key} {why}")),
            }
            let is_day = text.len() == 10
                && text.bytes().enumerate().all(|(at, b)| match at {
                    4 | 7 => b == b'-',
                    _ => b.is_ascii_digit(),
                });
            if is_day && let Err(why) = days::read(text) {
                bad.push(format!("{key} {why}"));
            }
        }
        Value::Number(number) if key.ends_with("_fen") => {
            if !number.as_i64().is_some_and(|fen| (0..=FEN_MAX).contains(&fen)) {
                bad.push(format!("{key} is {number}"));
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}
