//! For tests of any service: the power lists of a small county, as their own ledger stores them and as facts.

use std::{path::Path, sync::Arc};

use kernel::{Clock, SystemClock};
pub use law::decider::harness::day;
use law::{
    id::OfficerCode,
    parameter::{PARAMETER_SET, ParameterSet},
};
use ledger::{Append, Config, Ledger, Origin, Proposal, Url, Write};
use serde_json::{Value, json, value::to_raw_value};
use uuid::Uuid;

use crate::facts::{AgencyFact, AgencyKind, CertificateFact, OfficeFact, OfficeKind, OfficerFact, OfficerRole, Sender};

/// The bureau whose cases are told.
pub const BUREAU: &str = "11230883MB01310199";
/// Another agency of the county.
pub const OTHER: &str = "11230883MB0125014Y";
/// A team that the bureau may entrust.
pub const TEAM: &str = "12230883MB0214017Q";
/// The bureau's head.
pub const HEAD: &str = "H1";
/// A deputy of his.
pub const DEPUTY: &str = "H2";
/// A power item of the bureau: a penalty.
pub const ITEM: &str = "021310001000-230883-131";

/// An event: stored type and data.
pub type Listed = (&'static str, Value);

/// 登记行政机关.
pub fn agency_registered(code: &str, name: &str, kind: &str, from: &str, entrusted_by: Option<&str>) -> Listed {
    let mut data = json!({
        "agency": code, "name": name, "short_name": "抚市监", "region": "230883", "kind": kind, "basis": "机构改革方案",
        "fields": ["食品"], "may_restrict_liberty": false, "from": from, "mode": "handling",
    });
    if let Some(by) = entrusted_by {
        data["entrusted_by"] = json!(by);
    }
    ("powerlist.agency.AgencyRegistered.v1", data)
}

/// 登记人员.
pub fn officer_registered(number: &str, name: &str, role: &str, legal: bool) -> Listed {
    let data = json!({ "officer": number, "name": name, "agency": BUREAU, "region": "230883", "role": role,
                       "legal_qualification": legal });
    ("powerlist.officer.OfficerRegistered.v1", data)
}

/// 发放执法证.
pub fn certificate_issued(officer: &str, number: &str, from: &str, until: &str) -> Listed {
    let data = json!({ "officer": officer, "certificate": number, "agency": BUREAU, "fields": ["食品", "药品"],
                       "from": from, "until": until });
    ("powerlist.officer.CertificateIssued.v1", data)
}

/// 任职.
pub fn office_given(officer: &str, office: OfficeKind) -> Listed {
    let data = json!({ "officer": officer, "agency": BUREAU, "office": office.id(), "from": "2020-01-01",
                       "document": "任职通知" });
    ("powerlist.officer.OfficeGiven.v1", data)
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

/// 公布权力事项.
pub fn item_published(version: u32, effective: &str, name: &str) -> Listed {
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

/// 取消权力事项.
pub fn item_cancelled(effective: &str) -> Listed {
    let ground = json!({ "kind": "law_changed", "document": "国务院决定" });
    let data =
        json!({ "item": ITEM, "effective": effective, "ground": ground, "reviewer": "131009", "opinion": "同意" });
    ("powerlist.item.ItemCancelled.v1", data)
}

/// 公布裁量基准.
pub fn standard_published(version: u32, effective: &str) -> Listed {
    let tier = |level: &str, outcomes: Value| json!({ "code": level, "level": level, "circumstances": "情节", "outcomes": outcomes });
    let tiers = json!([
        tier("lighter", json!([amount(50_000, 65_000), multiple(10, 13)])),
        tier("ordinary", json!([amount(65_000, 85_000), multiple(13, 17)])),
        tier("heavier", json!([amount(85_000, 100_000), multiple(17, 20)])),
    ]);
    let data = json!({ "item": ITEM, "version": version, "tiers": tiers, "effective": effective, "document": "基准" });
    ("powerlist.item.StandardPublished.v1", data)
}

/// 设定参数.
pub fn parameter_set(set: &ParameterSet) -> Listed {
    (PARAMETER_SET, serde_json::to_value(set).expect("JSON"))
}

/// A personnel number.
pub fn code(text: &str) -> OfficerCode {
    text.parse().expect("an officer code")
}

/// The bureau as of a day.
pub fn agency() -> AgencyFact {
    AgencyFact {
        agency: BUREAU.parse().expect("valid"),
        name: "抚远市市场监督管理局".into(),
        short_name: "抚市监".into(),
        region: "230883".parse().expect("valid"),
        kind: AgencyKind::AdministrativeOrgan,
        existing: true,
        may_restrict_liberty: false,
        entrusted: vec![],
        mandates: vec![],
    }
}

/// An officer of the bureau with a certificate.
pub fn officer(number: &str, name: &str) -> OfficerFact {
    OfficerFact {
        officer: code(number),
        name: name.into(),
        agency: agency().agency,
        role: OfficerRole::Enforcement,
        legal_qualification: false,
        certificates: vec![CertificateFact {
            certificate: format!("0801-{number}"),
            agency: agency().agency,
            fields: vec!["食品".into()],
            from: day("2020-01-01"),
            until: day("2030-12-31"),
            revoked: None,
        }],
        offices: vec![],
    }
}

/// A person who has held an office in the bureau since 2020.
pub fn official(number: &str, name: &str, office: OfficeKind) -> OfficerFact {
    OfficerFact {
        role: OfficerRole::Staff,
        certificates: vec![],
        offices: vec![OfficeFact { agency: agency().agency, office, from: day("2020-01-01"), ended: None }],
        ..officer(number, name)
    }
}

/// Its head and two deputies.
pub fn heads() -> Vec<OfficerFact> {
    vec![
        official(HEAD, "李局长", OfficeKind::Head),
        official(DEPUTY, "王副局长", OfficeKind::DeputyHead),
        official("H3", "赵副局长", OfficeKind::DeputyHead),
    ]
}

/// Its legal reviewer.
pub fn reviewer() -> OfficerFact {
    OfficerFact {
        role: OfficerRole::LegalReviewer,
        legal_qualification: true,
        certificates: vec![],
        ..officer("L1", "孙审")
    }
}

/// Its head, who sends a command.
pub fn head() -> Sender {
    Sender { subject: HEAD.into(), name: "李局长".into() }
}

/// Everything a lawful case of the bureau needs.
pub fn county() -> Vec<(String, Listed)> {
    let of_officer = |number: &str| format!("officer/{number}");
    let mut events = vec![
        (
            format!("agency/{BUREAU}"),
            agency_registered(BUREAU, "抚远市市场监督管理局", "administrative_organ", "2019-03-01", None),
        ),
        (
            format!("agency/{OTHER}"),
            agency_registered(OTHER, "抚远市应急管理局", "administrative_organ", "2019-03-01", None),
        ),
        (format!("item/{ITEM}"), item_published(1, "2020-01-01", "对未取得许可从事食品经营活动的处罚")),
        (format!("item/{ITEM}"), standard_published(1, "2020-01-01")),
    ];
    for (number, name) in [("A1", "张三"), ("A2", "李四"), ("A3", "王五")] {
        events.push((of_officer(number), officer_registered(number, name, "enforcement", false)));
        events.push((
            of_officer(number),
            certificate_issued(number, &format!("0801-{number}"), "2020-01-01", "2030-12-31"),
        ));
    }
    for head in heads() {
        let number = head.officer.as_str();
        events.push((of_officer(number), officer_registered(number, &head.name, "staff", false)));
        for office in head.offices {
            events.push((of_officer(number), office_given(number, office.office)));
        }
    }
    events.push((of_officer("L1"), officer_registered("L1", "孙审", "legal_reviewer", true)));
    events
}

/// A ledger in a folder.
pub async fn ledger(folder: &Path, service: &str, clock: Arc<dyn Clock>) -> Ledger {
    Ledger::open(Config::new(service, "230883", Url::Sqlite(folder.to_owned())), clock).await.expect("a ledger opens")
}

/// The lists' ledger, empty.
pub async fn lists(folder: &Path) -> Ledger {
    ledger(folder, "powerlist", Arc::new(SystemClock)).await
}

/// Appends one event of the lists.
pub async fn append(ledger: &Ledger, stream: &str, event: &Listed) {
    let command_id = Uuid::now_v7();
    let proposal = Proposal {
        kind: event.0.to_owned(),
        time: "2024-01-02T01:00:00Z".parse().expect("a moment"),
        rules: vec![],
        data: to_raw_value(&event.1).expect("JSON"),
    };
    let origin = Origin {
        actor: "list".into(),
        agency: String::new(),
        region: "230883".into(),
        correlation_id: command_id,
        causation_id: None,
        traceparent: None,
    };
    let expected = ledger.stream(stream, 0).await.expect("readable").len() as u64;
    let write = Write { stream: stream.into(), expected, events: vec![proposal] };
    ledger.append(Append { command_id, command_digest: [0; 32], origin, writes: vec![write] }).await.expect("appended");
}
