//! Every room, in both languages, for those who may enter it and those who may not.

use kernel::Role;
use stories::suite::{self, Engine, Running};

use crate::{
    county::{self, UNLICENSED_FOOD, XU},
    matter::Matter,
    people::{MARKET, Officer},
};

/// Bytes of a page as it travels.
const PAGE_BYTES_MAX: usize = 100 * 1024;

/// Path, whether everybody may enter, and words that are on it in Chinese and in English.
fn rooms(matter: &Matter) -> Vec<(String, bool, &'static str, &'static str)> {
    vec![
        ("/".to_owned(), true, "抚远市", "Overview"),
        ("/complain".to_owned(), true, "可以匿名", "Bring a matter"),
        ("/appeal".to_owned(), true, "行政复议法第二十条", "Reconsideration Law"),
        ("/follow".to_owned(), true, "查询码", "Receipt code"),
        ("/decisions".to_owned(), true, "公示", "Published"),
        ("/agencies".to_owned(), false, "抚远市市场监督管理局", "Agencies"),
        (format!("/agencies/{MARKET}"), false, "市场监督管理局", "Agencies"),
        ("/officers".to_owned(), false, "徐云", "Officers"),
        ("/cases".to_owned(), false, "瑞雪", "Cases"),
        (format!("/cases/{}", matter.case_id), false, "立案", "Case filed"),
        ("/items".to_owned(), true, "未取得食品生产经营许可", "penalty"),
        (format!("/items/{UNLICENSED_FOOD}"), true, "第一百二十二条第一款", "Versions"),
        ("/lists".to_owned(), true, "包容免罚清单", "Other lists"),
        ("/lists/proof".to_owned(), true, "证明事项清单", "Nothing matches"),
        ("/deadlines".to_owned(), false, "九十日", "Deadlines"),
        ("/findings".to_owned(), false, "", "Findings"),
        ("/rules".to_owned(), true, "行政处罚法", "Administrative Penalty Law"),
        ("/plans".to_owned(), true, "计划任务", "Plan tasks"),
        ("/audit".to_owned(), false, "enforcement", "enforcement"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_room_opens_for_those_who_may_enter() {
    let running = suite::start(Engine::Sqlite).await;
    let written = county::found(&running).await;
    let matter = Matter::new();
    Officer::of(&running, MARKET, XU).having_seen(written).does("2025-03-03T09:00", matter.filing()).await;
    running.suite.caught_up().await.expect("the views");
    let supervisor = running.suite.supervisor_token().expect("a token");
    for (path, public, zh, en) in rooms(&matter) {
        shows(&running, &path, Some(&supervisor), zh).await;
        shows(&running, &format!("{path}?lang=en"), Some(&supervisor), en).await;
        if public {
            shows(&running, &path, None, zh).await;
        } else {
            let (status, body) = running.page(&path, None).await;
            assert_eq!(status, 403, "{path} is not public");
            assert!(zh.is_empty() || !body.contains(zh) || zh == "抚远市", "{path} shows what it denies");
        }
    }
    let (status, _) = running.page(&format!("/cases/{}", Matter::new().case_id), Some(&supervisor)).await;
    assert_eq!(status, 404);
    let (status, _) = running.page("/nowhere", Some(&supervisor)).await;
    assert_eq!(status, 404);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_shows_each_reader_only_his_own() {
    let running = suite::start(Engine::Sqlite).await;
    let written = county::found(&running).await;
    let matter = Matter::new();
    Officer::of(&running, MARKET, XU).having_seen(written).does("2025-03-03T09:00", matter.filing()).await;
    running.suite.caught_up().await.expect("the views");
    let path = format!("/cases/{}", matter.case_id);
    let own = running.token(XU, Some(MARKET), &[Role::Officer]);
    let foreign = running.token("120001", Some(crate::people::FARMING), &[Role::Officer]);
    let elsewhere = running.token_in("230882", "supervisor", None, &[Role::Supervisor]);
    let operator = running.token("operator", None, &[Role::Operator]);
    assert_eq!(running.page(&path, Some(&own)).await.0, 200);
    for stranger in [&foreign, &elsewhere, &operator] {
        let (status, body) = running.page(&path, Some(stranger)).await;
        assert!([403, 404].contains(&status) && !body.contains("瑞雪"), "{status}");
        let (_, body) = running.page("/cases", Some(stranger)).await;
        assert!(!body.contains("瑞雪"), "the list shows what the page does not");
    }
    let (status, _) = running.page("/", Some("forged.token.here")).await;
    assert_eq!(status, 200, "a token that is not accepted opens what is public");
    running.stop().await;
}

async fn shows(running: &Running, path: &str, token: Option<&str>, word: &str) {
    let response = running.fetch(path, token).await;
    let headers = response.headers().clone();
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(response.status().as_u16(), 200, "{path}");
    let policy = header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
    assert!(header("content-type").starts_with("text/html"), "{path}");
    let travelling = response.bytes().await.expect("a body");
    assert!(travelling.len() <= PAGE_BYTES_MAX, "{path}: {} bytes", travelling.len());
    assert_eq!(header("content-encoding"), "gzip", "{path}");
    let (_, body) = running.page(path, token).await;
    assert!(body.contains(word), "{path} does not show {word}: {body}");
    assert!(!body.contains("<script") && !body.contains(" style=\""), "{path} has scripts or inline styles");
}
