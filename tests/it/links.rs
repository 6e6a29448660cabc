//! Every number on a page that is a link leads to a list, and the list holds that many rows.

use std::collections::BTreeMap;

use kernel::Role;
use stories::suite::Running;

use crate::{people::MARKET, played};

/// The numbers of a page that are links to lists: where each leads.
fn numbers(body: &str) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for link in body.split("<a href=\"").skip(1) {
        let Some((href, rest)) = link.split_once("\">") else { continue };
        let text = rest.split("</a>").next().unwrap_or_default();
        let soon = text.strip_prefix("七日内到期 ").unwrap_or(text);
        let Ok(n) = soon.replace(',', "").parse() else { continue };
        if !href.starts_with('#') {
            let before = found.insert(href.replace("&#38;", "&"), n);
            assert!(before.is_none_or(|before| before == n), "{href} stands for {before:?} and for {n}");
        }
    }
    found
}

/// The rows of a list, as its page counts them.
fn counted(body: &str) -> Option<u64> {
    let (_, rest) = body.split_once("共 ")?;
    rest.split_once(" 条")?.0.replace(',', "").parse().ok()
}

/// Who follows the numbers, and the lists that were counted so far: many pages lead to the same.
struct Reader<'a> {
    running: &'a Running,
    name: &'static str,
    token: Option<&'a str>,
    lists: BTreeMap<String, (u16, Option<u64>)>,
}

impl<'a> Reader<'a> {
    fn new(running: &'a Running, name: &'static str, token: Option<&'a str>) -> Self {
        Self { running, name, token, lists: BTreeMap::new() }
    }

    /// Follows every number on a page; answers how many there were, by the list they lead to.
    async fn follow(&mut self, path: &str) -> BTreeMap<String, u32> {
        let (status, body) = self.running.page(path, self.token).await;
        assert_eq!(status, 200, "{path} as {}", self.name);
        let (mut lists, mut wrong) = (BTreeMap::new(), Vec::new());
        for (href, n) in numbers(&body) {
            if !self.lists.contains_key(&href) {
                let (status, list) = self.running.page(&href, self.token).await;
                self.lists.insert(href.clone(), (status, counted(&list)));
            }
            let (status, rows) = self.lists[&href];
            if status != 200 || rows != Some(n) {
                wrong.push(format!("{path} as {} says {n}, {href} ({status}) holds {rows:?}", self.name));
            }
            *lists.entry(href.split('?').next().unwrap_or_default().to_owned()).or_default() += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        lists
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_number_leads_to_a_list_that_counts_the_same() {
    let running = played::once().await;
    running.suite.caught_up().await.expect("the views");
    let supervisor = running.suite.supervisor_token().expect("a token");
    let head = running.token("head", Some(MARKET), &[Role::AgencyHead]);
    let item = used_item(&running, &supervisor).await;
    let agency = format!("/agencies/{MARKET}");
    // No flag says that the data are invented; the ledgers do.
    let (_, home) = running.page("/", None).await;
    assert!(home.contains("演示数据"), "{home}");
    let pages = [
        "/".to_owned(),
        // Part of a year, and days within months: the counters know whole months only.
        "/?from=2025-09-15&to=2026-02-10".to_owned(),
        "/agencies".to_owned(),
        "/agencies?from=2025-09-15&to=2026-02-10".to_owned(),
        agency.clone(),
        "/items".to_owned(),
        item.clone(),
        "/rules".to_owned(),
        "/plans".to_owned(),
        "/board?kind=case&from=2025-09-15&to=2026-02-10".to_owned(),
        "/board?kind=complaint".to_owned(),
    ];
    let mut all = BTreeMap::<String, u32>::new();
    let mut reader = Reader::new(&running, "supervisor", Some(&supervisor));
    for path in &pages {
        for (list, n) in reader.follow(path).await {
            *all.entry(list).or_default() += n;
        }
    }
    // None of them may be missing, or the test follows nothing.
    for list in ["/agencies", "/cases", "/deadlines", "/decisions", "/findings", "/items", "/officers", "/plans"] {
        assert!(all.get(list).is_some_and(|n| *n > 0), "no number leads to {list}: {all:?}");
    }
    assert!(all.values().sum::<u32>() > 100, "{all:?}");
    let mut reader = Reader::new(&running, "head", Some(&head));
    for path in ["/", &agency, &item, "/items", "/board"] {
        let lists = reader.follow(path).await;
        assert!(!lists.is_empty(), "{path} shows the head no number");
    }
    let mut reader = Reader::new(&running, "public", None);
    for path in ["/", &item, "/items"] {
        let lists = reader.follow(path).await;
        assert!(lists.contains_key("/decisions"), "{path} shows the public no published decision: {lists:?}");
    }
    running.stop().await;
}

/// The page of an item of the market bureau with a decision that stands on the web.
async fn used_item(running: &Running, token: &str) -> String {
    let (_, items) = running.page(&format!("/items?agency={MARKET}"), None).await;
    let item = items.split("/decisions?item=").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/items/{}", item.expect("an item with a published decision"));
    assert_eq!(running.page(&path, Some(token)).await.0, 200);
    path
}
