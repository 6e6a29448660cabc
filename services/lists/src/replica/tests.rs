use std::{sync::Arc, time::Duration};

use kernel::LedgerFeed;
use kernel::procedure::Follows as _;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use law::{
    Citation, Label,
    calendar::Notices,
    citation::APL,
    parameter::{ParameterSet, Unit},
};

use super::*;
use crate::{
    facts::{OfficerRole, PowerKind, Range},
    fixture::{
        self, BUREAU, ITEM, Listed, TEAM, agency_registered, certificate_issued, day, item_cancelled, item_published,
        officer_registered, standard_published,
    },
    replica::Replica,
};

fn uscc(text: &str) -> Uscc {
    text.parse().unwrap()
}

fn item() -> ItemCode {
    ITEM.parse().unwrap()
}

fn officer() -> OfficerCode {
    "A1".parse().unwrap()
}

/// One record of the lists, as their ledger stores it.
fn record(kind: &str, stream: &str, data: &Value) -> Record {
    let bytes = json!({
        "specversion": "1.0", "id": Uuid::from_u128(1), "source": "/fazhi/powerlist/230883", "type": kind,
        "subject": stream, "time": "2024-01-02T01:00:00.000000Z", "recordedtime": "2024-01-02T01:00:00.000000Z",
        "logindex": 0, "streamversion": 1, "actor": "a", "agency": "", "region": "230883",
        "correlationid": Uuid::from_u128(2), "commandid": Uuid::from_u128(3), "data": data,
    });
    Record { log_index: 0, stream: stream.to_owned(), stream_version: 1, bytes: bytes.to_string().into() }
}

fn lists(events: &[Listed]) -> Lists {
    let mut lists = Lists::default();
    for (kind, data) in events {
        let aggregate = kind.split('.').nth(1).unwrap();
        lists.take(&record(kind, &format!("{aggregate}/1"), data), &Notices::default()).unwrap();
    }
    lists
}

#[test]
fn an_item_is_in_force_from_its_day_until_its_end() {
    let lists = lists(&[
        item_published(1, "2024-01-01", "旧"),
        item_published(2, "2025-03-01", "新"),
        item_cancelled("2025-06-01"),
    ]);
    let on = |text: &str| lists.item(&item(), day(text)).unwrap().map(|i| (i.version, i.name.clone()));
    assert_eq!(on("2023-12-31"), None);
    assert_eq!(on("2024-01-01"), Some((1, "旧".to_owned())));
    assert_eq!(on("2025-02-28"), Some((1, "旧".to_owned())));
    assert_eq!(on("2025-03-01"), Some((2, "新".to_owned())));
    assert_eq!(on("2025-05-31"), Some((2, "新".to_owned())));
    assert_eq!(on("2025-06-01"), None);
}

#[test]
fn a_cancelled_item_comes_back_with_a_later_version() {
    let lists = lists(&[
        item_published(1, "2024-01-01", "旧"),
        item_cancelled("2024-06-01"),
        item_published(2, "2025-01-01", "新"),
    ]);
    assert_eq!(lists.item(&item(), day("2024-12-31")).unwrap(), None);
    assert_eq!(lists.item(&item(), day("2025-01-01")).unwrap().unwrap().version, 2);
}

#[test]
fn what_comes_back_on_the_day_of_its_end_is_in_force_until_it_ends_again() {
    let on = |events: &[Listed], text: &str| lists(events).item(&item(), day(text)).unwrap().map(|i| i.version);
    let mut events = vec![
        item_published(1, "2024-01-01", "旧"),
        item_cancelled("2024-06-01"),
        item_published(2, "2024-06-01", "新"),
    ];
    assert_eq!(on(&events, "2024-05-31"), Some(1));
    assert_eq!(on(&events, "2024-06-01"), Some(2));
    events.push(item_cancelled("2024-06-01"));
    assert_eq!(on(&events, "2024-05-31"), Some(1));
    assert_eq!(on(&events, "2024-06-01"), None);
    let registered = |from| agency_registered(BUREAU, "抚远市市场监督管理局", "administrative_organ", from, None);
    let dissolved = json!({ "agency": BUREAU, "on": "2024-06-01", "reason": "机构改革" });
    let anew = [registered("2024-01-01"), ("powerlist.agency.AgencyDissolved.v1", dissolved), registered("2024-06-01")];
    let exists = |text: &str| lists(&anew).agency(&uscc(BUREAU), day(text)).unwrap().unwrap().existing;
    assert!(exists("2024-05-31") && exists("2024-06-01"));
}

#[test]
fn an_item_that_was_cancelled_is_told_from_one_that_is_not_listed_yet() {
    let lists = lists(&[
        item_published(1, "2024-01-01", "旧"),
        item_cancelled("2024-06-01"),
        item_published(2, "2025-01-01", "新"),
    ]);
    let on = |text: &str| lists.listed(&item(), day(text)).unwrap();
    assert_eq!(on("2023-12-31"), ListedItem::NotYet);
    assert!(matches!(on("2024-05-31"), ListedItem::InForce(old) if old.version == 1));
    assert_eq!(on("2024-06-01"), ListedItem::Cancelled);
    assert_eq!(on("2024-12-31"), ListedItem::Cancelled);
    assert!(matches!(on("2025-01-01"), ListedItem::InForce(new) if new.version == 2));
}

#[test]
fn reads_what_an_item_allows() {
    let lists = lists(&[item_published(1, "2024-01-01", "无证经营")]);
    let fact = lists.item(&item(), day("2024-05-01")).unwrap().unwrap();
    assert_eq!(fact.kind, PowerKind::Penalty);
    assert_eq!(fact.base_code.as_str(), "021310001000");
    let multiple = Range::Multiple { of: "货值金额".into(), low_hundredths: 1000, high_hundredths: 2000 };
    assert_eq!(fact.outcomes[1].range, Some(multiple));
    assert_eq!(fact.outcomes[0].condition.as_deref(), Some("货值金额不足10000元"));
    assert_eq!(fact.outcomes[2].range, None);
}

#[test]
fn a_standard_is_in_force_from_its_day() {
    let lists = lists(&[standard_published(1, "2024-01-01"), standard_published(2, "2025-01-01")]);
    let on = |text: &str| lists.standard(&item(), day(text)).unwrap().map(|s| s.version);
    assert_eq!((on("2023-12-31"), on("2024-12-31"), on("2025-01-01")), (None, Some(1), Some(2)));
}

#[test]
fn an_agency_exists_from_its_day_until_it_is_dissolved() {
    let end =
        json!({ "agency": BUREAU, "on": "2025-01-01", "ground": { "kind": "function_changed", "document": "方案" } });
    let lists = lists(&[
        agency_registered(BUREAU, "市场监督管理局", "administrative_organ", "2019-03-01", None),
        ("powerlist.agency.AgencyDissolved.v1", end),
    ]);
    let on = |text: &str| lists.agency(&uscc(BUREAU), day(text)).unwrap().unwrap().existing;
    assert!(!on("2019-02-28"));
    assert!(on("2019-03-01") && on("2024-12-31"));
    assert!(!on("2025-01-01"));
    assert_eq!(lists.agency(&uscc(TEAM), day("2024-01-01")).unwrap(), None);
}

#[test]
fn an_agency_names_the_organisations_it_has_entrusted() {
    let lists = lists(&[
        agency_registered(BUREAU, "市场监督管理局", "administrative_organ", "2019-03-01", None),
        agency_registered(TEAM, "执法大队", "entrusted_organisation", "2024-01-01", Some(BUREAU)),
    ]);
    let on = |text: &str| lists.agency(&uscc(BUREAU), day(text)).unwrap().unwrap().entrusted;
    assert_eq!(on("2023-12-31"), []);
    assert_eq!(on("2024-01-01"), [uscc(TEAM)]);
}

#[test]
fn an_officer_has_every_certificate_with_its_end() {
    let examined = json!({ "officer": "A1", "on": "2019-01-01", "score": 80 });
    let revoked = json!({ "officer": "A1", "certificate": "B", "on": "2025-02-01", "reason": "调离" });
    let lists = lists(&[
        officer_registered("A1", "徐云", "enforcement", false),
        ("powerlist.officer.ExaminationPassed.v1", examined),
        certificate_issued("A1", "A", "2019-04-07", "2024-04-06"),
        certificate_issued("A1", "B", "2024-04-07", "2029-04-06"),
        ("powerlist.officer.CertificateRevoked.v1", revoked),
    ]);
    let unknown: OfficerCode = "999".parse().unwrap();
    // Entered in 2024, yet known for an act of 2020: the certificate says what he might do then.
    let known = lists.officers([&officer(), &unknown], day("2020-01-01")).unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!((known[0].name.as_str(), known[0].role), ("徐云", OfficerRole::Enforcement));
    let valid = |text: &str| {
        let on = known[0].certificates.iter().filter(|c| c.valid_on(day(text)));
        on.map(|c| c.certificate.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(valid("2024-04-06"), ["A"]);
    assert_eq!(valid("2024-04-07"), ["B"]);
    assert_eq!(valid("2025-02-01"), Vec::<&str>::new());
}

#[test]
fn an_entry_with_an_event_that_it_cannot_read_is_unreadable() {
    let mut lists = lists(&[item_published(1, "2024-01-01", "旧")]);
    let stream = format!("item/{ITEM}");
    let broken = record("powerlist.item.ItemPublished.v1", &stream, &json!({ "item": ITEM }));
    assert!(lists.take(&broken, &Notices::default()).unwrap_err().contains("version"));
    let unreadable = lists.item(&item(), day("2024-05-01")).unwrap_err();
    assert!(matches!(unreadable.into(), law::Refusal::State { code: "LIST_UNREADABLE", zh, .. } if zh.contains(ITEM)));
    lists.standard(&item(), day("2024-05-01")).unwrap_err();

    let newer = |stream: &str| record("powerlist.agency.AgencyMoved.v1", stream, &json!({}));
    lists.take(&newer(&format!("agency/{BUREAU}")), &Notices::default()).unwrap_err();
    lists.agency(&uscc(BUREAU), day("2024-05-01")).unwrap_err();
    lists.take(&newer("officer/A1"), &Notices::default()).unwrap_err();
    lists.officers([&officer()], day("2024-05-01")).unwrap_err();
    assert_eq!(lists.officers([&"A2".parse().unwrap()], day("2024-05-01")), Ok(vec![]));
}

static LARGE: ParameterCard = ParameterCard {
    id: "EN-LARGE",
    label: Label::new("较大数额", "larger amount"),
    unit: Unit::Fen,
    default: Some(500_000),
    source: Label::NONE,
    citation: Citation::article(&APL, 63),
    least: None,
    by_field: true,
    rules: &[],
};

fn set(region: &str, field: Option<&str>, count: i64, from: &str) -> Listed {
    fixture::parameter_set(&ParameterSet {
        parameter: LARGE.id.to_owned(),
        region: region.parse().unwrap(),
        field: field.map(str::to_owned),
        value: LARGE.of(count),
        from: day(from),
        document: "通知".to_owned(),
    })
}

#[test]
fn a_parameter_is_what_was_set_for_the_place_the_field_and_the_day_or_its_default() {
    let lists = lists(&[
        set("230000", None, 300_000, "2024-01-01"),
        set("230883", None, 200_000, "2024-06-01"),
        set("230883", Some("食品"), 100_000, "2024-07-01"),
    ]);
    let on = |region: &str, field, text: &str| {
        lists.parameter(&LARGE, &region.parse().unwrap(), field, day(text)).unwrap().count()
    };
    assert_eq!(on("230883", Some("食品"), "2023-12-31"), 500_000);
    assert_eq!(on("230883", Some("食品"), "2024-05-31"), 300_000);
    assert_eq!(on("230883", Some("食品"), "2024-06-01"), 200_000);
    assert_eq!(on("230883", Some("食品"), "2024-07-01"), 100_000);
    assert_eq!(on("230883", Some("药品"), "2024-07-01"), 200_000);
    assert_eq!(on("230800", Some("食品"), "2024-07-01"), 300_000);
    assert_eq!(on("110000", Some("食品"), "2024-07-01"), 500_000);
}

#[test]
fn a_parameter_is_unreadable_where_a_region_set_what_this_version_cannot_read() {
    let mut lists = Lists::default();
    let newer = record("powerlist.parameter.ParameterSet.v2", "parameter/230800", &json!({}));
    lists.take(&newer, &Notices::default()).unwrap_err();
    let asked = |region: &str| lists.parameter(&LARGE, &region.parse().unwrap(), None, day("2024-05-01"));
    asked("230883").unwrap_err();
    asked("230800").unwrap_err();
    asked("230000").unwrap();
    asked("230983").unwrap();
}

/// By the golden records of the service whose events these are: one that it adds is read here, or said to matter to no act.
#[test]
fn every_event_that_the_lists_store_is_known() {
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../powerlist/golden");
    let mut known = 0;
    for file in std::fs::read_dir(golden).unwrap() {
        let path = file.unwrap().path();
        let kind = path.file_stem().unwrap().to_str().unwrap().to_owned();
        // Of the other lists, one is asked about.
        let stream = kind.split('.').nth(1).map(|of| if of == "listing" { "listing/no_penalty" } else { of }).unwrap();
        let data = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let taken = Lists::default().take(&record(&kind, &format!("{stream}/1"), &data), &Notices::default());
        assert_eq!(taken, Ok(()), "{kind}");
        known += 1;
    }
    assert!(known > 30, "{known}");
}

#[test]
fn an_unknown_event_where_nothing_is_asked_leaves_every_entry_readable() {
    let mut lists = Lists::default();
    for (kind, stream) in [
        ("powerlist.catalogue.EntryWithdrawn.v1", "catalogue/021310001000"),
        ("powerlist.training.CourseHeld.v1", "course/1"),
        ("powerlist.item.StepRefused.v1", "item/y"),
    ] {
        lists.take(&record(kind, stream, &json!({ "step": "x" })), &Notices::default()).unwrap();
    }
    assert!(lists.incomplete.is_empty());
}

#[tokio::test]
async fn follows_the_feed_and_waits_for_what_a_client_has_seen() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = fixture::lists(dir.path()).await;
    let stream = format!("item/{ITEM}");
    fixture::append(&ledger, &stream, &item_published(1, "2024-01-01", "旧")).await;
    let replica = Replica::new(Arc::new(LedgerFeed::new("powerlist", ledger.clone())), Notices::default());
    replica.catch_up().await.unwrap();
    assert_eq!(replica.position(), 1);
    assert_eq!(replica.notice(), None);
    assert!(replica.wait_for(0, Duration::ZERO).await);
    assert!(!replica.wait_for(1, Duration::from_millis(10)).await);

    let shutdown = CancellationToken::new();
    let running = tokio::spawn(replica.clone().run(shutdown.clone()));
    fixture::append(&ledger, &stream, &item_published(2, "2025-01-01", "新")).await;
    fixture::append(&ledger, "item/y", &("powerlist.item.ItemPublished.v1", json!({ "item": "y" }))).await;
    assert!(replica.wait_for(2, Duration::from_secs(10)).await);
    assert_eq!(replica.lists().item(&item(), day("2025-01-01")).unwrap().unwrap().version, 2);
    assert!(replica.notice().is_some_and(|notice| notice.contains("1 events")));
    shutdown.cancel();
    running.await.unwrap();
}

const SPARED_ROW: &str = "no_penalty/11230883MB01310199/MF-1";

fn row(list: &str, version: u32, effective: &str, item: Option<&str>) -> (String, Listed) {
    let mut parts = vec![json!({ "part": "slight", "value": "first" })];
    parts.extend(item.map(|item| json!({ "part": "penalty_item", "value": item })));
    let content = json!({ "list": list, "code": "MF-1", "name": "首次不罚", "agency": BUREAU, "region": "230883", "parts": parts });
    let ground = json!({ "kind": "first_compilation", "document": "清单" });
    let data = json!({ "version": version, "effective": effective, "content": content, "ground": ground });
    (format!("listing/{list}/{BUREAU}/MF-1"), ("powerlist.listing.RowPublished.v1", data))
}

fn row_cancelled(effective: &str) -> (String, Listed) {
    let ground = json!({ "kind": "law_changed", "document": "清单" });
    let data =
        json!({ "list": "no_penalty", "agency": BUREAU, "code": "MF-1", "effective": effective, "ground": ground });
    (format!("listing/{SPARED_ROW}"), ("powerlist.listing.RowCancelled.v1", data))
}

fn rows(events: &[(String, Listed)]) -> Lists {
    let mut lists = Lists::default();
    for (stream, (kind, data)) in events {
        lists.take(&record(kind, stream, data), &Notices::default()).unwrap();
    }
    lists
}

#[test]
fn an_entry_spares_its_item_from_its_day_until_its_end_and_comes_back() {
    let lists = rows(&[
        row("no_penalty", 1, "2024-01-01", Some(ITEM)),
        row("no_penalty", 2, "2024-03-01", Some(ITEM)),
        row_cancelled("2024-06-01"),
        row("no_penalty", 3, "2024-06-01", Some(ITEM)),
        row_cancelled("2025-01-01"),
    ]);
    let version = |text: &str| {
        let found = lists.exempt(&uscc(BUREAU), &item(), day(text)).unwrap();
        let named = lists.exempt_entry(&SPARED_ROW.parse().unwrap(), day(text)).unwrap();
        assert_eq!(found.first(), named.as_ref(), "{text}");
        found.first().map(|fact| fact.version)
    };
    for (text, want) in [
        ("2023-12-31", None),
        ("2024-01-01", Some(1)),
        ("2024-02-29", Some(1)),
        ("2024-03-01", Some(2)),
        ("2024-05-31", Some(2)),
        ("2024-06-01", Some(3)),
        ("2024-12-31", Some(3)),
        ("2025-01-01", None),
    ] {
        assert_eq!(version(text), want, "{text}");
    }
}

#[test]
fn an_entry_for_another_item_of_another_list_or_of_another_agency_spares_nothing() {
    let on = day("2024-02-01");
    let of = |lists: &Lists, agency: &str| lists.exempt(&uscc(agency), &item(), on).unwrap().len();
    let one = rows(&[row("no_penalty", 1, "2024-01-01", Some(ITEM))]);
    assert_eq!((of(&one, BUREAU), of(&one, fixture::OTHER)), (1, 0));
    assert_eq!(of(&rows(&[row("no_penalty", 1, "2024-01-01", Some("021310002000-230883-131"))]), BUREAU), 0);
    assert_eq!(of(&rows(&[row("no_compulsion", 1, "2024-01-01", Some(ITEM))]), BUREAU), 0);
    // Reported without an item: it is there, and for none.
    let bare = rows(&[row("no_penalty", 1, "2024-01-01", None)]);
    assert_eq!(of(&bare, BUREAU), 0);
    assert!(bare.exempt_entry(&SPARED_ROW.parse().unwrap(), on).unwrap().is_some());
}

#[test]
fn entries_that_this_version_cannot_read_decide_nothing() {
    let mut lists = rows(&[row("no_penalty", 1, "2024-01-01", Some(ITEM))]);
    let (_, (kind, mut data)) = row("no_penalty", 2, "2024-02-01", Some(ITEM));
    data["content"]["parts"][1]["value"] = json!("12");
    assert!(lists.take(&record(kind, &format!("listing/{SPARED_ROW}"), &data), &Notices::default()).is_err());
    lists.exempt(&uscc(BUREAU), &item(), day("2024-03-01")).unwrap_err();
    lists.exempt_entry(&SPARED_ROW.parse().unwrap(), day("2024-03-01")).unwrap_err();
    assert_eq!(lists.exempt(&uscc(fixture::OTHER), &item(), day("2024-03-01")).unwrap(), []);
    // Another list of the agency is asked about by nobody.
    let strange = json!({ "what": "this version does not know" });
    lists.take(&record("powerlist.listing.RowMoved.v2", "listing/proof/1/2", &strange), &Notices::default()).unwrap();
}
