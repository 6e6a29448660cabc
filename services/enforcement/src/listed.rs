//! For tests: the power lists of a small county, as their own ledger stores them.

use std::{path::Path, sync::Arc};

use kernel::{Clock, SystemClock};
use ledger::{Append, Config, Ledger, Origin, Proposal, Url, Write};
use serde_json::{Value, json, value::to_raw_value};
use uuid::Uuid;

pub(crate) const BUREAU: &str = "11230883MB01310199";
pub(crate) const OTHER: &str = "11230883MB0125014Y";
pub(crate) const TEAM: &str = "12230883MB0214017Q";
pub(crate) const ITEM: &str = "021310001000-230883-131";

/// An event: stored type and data.
pub(crate) type Listed = (&'static str, Value);

pub(crate) fn agency(code: &str, name: &str, kind: &str, from: &str, entrusted_by: Option<&str>) -> Listed {
    let mut data = json!({
        "agency": code, "name": name, "short_name": "抚市监", "region": "230883", "kind": kind, "basis": "机构改革方案",
        "fields": ["食品"], "may_restrict_liberty": false, "from": from, "mode": "handling",
    });
    if let Some(by) = entrusted_by {
        data["entrusted_by"] = json!(by);
    }
    ("powerlist.agency.AgencyRegistered.v1", data)
}

pub(crate) fn officer(number: &str, name: &str, role: &str, legal: bool) -> Listed {
    let data = json!({ "officer": number, "name": name, "agency": BUREAU, "region": "230883", "role": role,
                       "legal_qualification": legal });
    ("powerlist.officer.OfficerRegistered.v1", data)
}

pub(crate) fn certificate(officer: &str, number: &str, from: &str, until: &str) -> Listed {
    let data = json!({ "officer": officer, "certificate": number, "agency": BUREAU, "fields": ["食品", "药品"],
                       "from": from, "until": until });
    ("powerlist.officer.CertificateIssued.v1", data)
}

fn amount(low_yuan: i64, high_yuan: i64) -> Value {
    let range = json!({ "type": "amount", "low_fen": low_yuan * 100, "high_fen": high_yuan * 100 });
    json!({ "kind": "fine", "range": range, "condition": "货值金额不足10000元" })
}

fn multiple(low: i64, high: i64) -> Value {
    let range =
        json!({ "type": "multiple", "of": "货值金额", "low_hundredths": low * 100, "high_hundredths": high * 100 });
    json!({ "kind": "fine", "range": range, "condition": "货值金额10000元以上" })
}

pub(crate) fn published(version: u32, effective: &str, name: &str) -> Listed {
    let content = json!({
        "item": ITEM, "base_code": "021310001000", "name": name, "kind": "penalty", "agency": BUREAU, "region": "230883",
        "field": "食品",
        "bases": [{ "statute": "中华人民共和国食品安全法", "level": "law", "version": "2021-04-29",
                    "article": "第一百二十二条第一款", "summary": "无证经营食品的处罚" }],
        "outcomes": [amount(50_000, 100_000), multiple(10, 20), { "kind": "confiscate_gains" }],
        "duties": [{ "stage": "立案", "matter": "及时立案" }], "responsible": "执法大队", "accountability": "行政问责",
        "flow": [{ "name": "立案", "limit": { "unit": "working_days", "count": 7 } }], "supervision": "12345",
    });
    let data = json!({ "item": ITEM, "version": version, "effective": effective, "published_at": "门户网站", "content": content });
    ("powerlist.item.ItemPublished.v1", data)
}

pub(crate) fn cancelled(effective: &str) -> Listed {
    let ground = json!({ "kind": "law_changed", "document": "国务院决定" });
    let data =
        json!({ "item": ITEM, "effective": effective, "ground": ground, "reviewer": "131009", "opinion": "同意" });
    ("powerlist.item.ItemCancelled.v1", data)
}

pub(crate) fn standard(version: u32, effective: &str) -> Listed {
    let tier = |level: &str, outcomes: Value| json!({ "code": level, "level": level, "circumstances": "情节", "outcomes": outcomes });
    let tiers = json!([
        tier("lighter", json!([amount(50_000, 65_000), multiple(10, 13)])),
        tier("ordinary", json!([amount(65_000, 85_000), multiple(13, 17)])),
        tier("heavier", json!([amount(85_000, 100_000), multiple(17, 20)])),
    ]);
    let data = json!({ "item": ITEM, "version": version, "tiers": tiers, "effective": effective, "document": "基准" });
    ("powerlist.item.StandardPublished.v1", data)
}

/// Everything a lawful case of the bureau needs.
pub(crate) fn county() -> Vec<(String, Listed)> {
    let of_officer = |number: &str| format!("officer/{number}");
    let mut events = vec![
        (
            format!("agency/{BUREAU}"),
            agency(BUREAU, "抚远市市场监督管理局", "administrative_organ", "2019-03-01", None),
        ),
        (format!("agency/{OTHER}"), agency(OTHER, "抚远市应急管理局", "administrative_organ", "2019-03-01", None)),
        (format!("item/{ITEM}"), published(1, "2020-01-01", "对未取得许可从事食品经营活动的处罚")),
        (format!("item/{ITEM}"), standard(1, "2020-01-01")),
    ];
    for (number, name) in [("A1", "张三"), ("A2", "李四"), ("A3", "王五")] {
        events.push((of_officer(number), officer(number, name, "enforcement", false)));
        events.push((of_officer(number), certificate(number, &format!("0801-{number}"), "2020-01-01", "2030-12-31")));
    }
    events.push((of_officer("L1"), officer("L1", "孙审", "legal_reviewer", true)));
    events
}

/// A ledger in a folder.
pub(crate) async fn ledger(folder: &Path, service: &str, clock: Arc<dyn Clock>) -> Ledger {
    Ledger::open(Config::new(service, "230883", Url::Sqlite(folder.to_owned())), clock).await.unwrap()
}

/// The lists' ledger, empty.
pub(crate) async fn lists(folder: &Path) -> Ledger {
    ledger(folder, "powerlist", Arc::new(SystemClock)).await
}

/// Appends one event of the lists.
pub(crate) async fn append(ledger: &Ledger, stream: &str, event: &Listed) {
    let command_id = Uuid::now_v7();
    let proposal = Proposal {
        kind: event.0.to_owned(),
        time: "2024-01-02T01:00:00Z".parse().unwrap(),
        rules: vec![],
        data: to_raw_value(&event.1).unwrap(),
    };
    let origin = Origin {
        actor: "list".into(),
        agency: String::new(),
        region: "230883".into(),
        correlation_id: command_id,
        causation_id: None,
        traceparent: None,
    };
    let expected = ledger.stream(stream, 0).await.unwrap().len() as u64;
    let write = Write { stream: stream.into(), expected, events: vec![proposal] };
    ledger.append(Append { command_id, command_digest: [0; 32], origin, writes: vec![write] }).await.unwrap();
}
