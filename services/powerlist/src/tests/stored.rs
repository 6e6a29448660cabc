//! What is stored for ever: one golden record per type, one schema per type.

use std::{collections::BTreeMap, fs, path::PathBuf};

use law::{Decider, DomainEvent};
use serde_json::{Value, json};

use crate::domain::{
    agency::Agency, catalogue::Catalogue, events::*, fixture, item::Item, officer::Officer, region::Region,
};

/// Set to write schemas, and golden records that are missing.
const WRITE: &str = "POWERLIST_WRITE_STORED";

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn schemas() -> Vec<(&'static str, schemars::Schema)> {
    [
        RegionEvent::schemas(),
        AgencyEvent::schemas(),
        OfficerEvent::schemas(),
        CatalogueEvent::schemas(),
        ItemEvent::schemas(),
    ]
    .concat()
}

#[test]
fn schemas_are_those_committed() {
    for (kind, schema) in schemas() {
        let path = folder("schemas").join(format!("{kind}.json"));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os(WRITE).is_some() {
            fs::create_dir_all(folder("schemas")).unwrap();
            fs::write(&path, text).unwrap();
            continue;
        }
        let committed = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(committed, text, "{kind}: if only optional fields were added, set {WRITE}=1 and commit");
    }
}

/// A golden record decodes, folds, and says the same when written again.
fn check<D: Decider>() {
    for (kind, _) in D::Event::schemas() {
        let path = folder("golden").join(format!("{kind}.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let event = D::Event::from_data(kind, &text).unwrap_or_else(|e| panic!("{kind}: {e:?}"));
        D::evolve(&mut D::State::default(), &event);
        let golden: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        let again: BTreeMap<String, Value> = serde_json::from_str(event.to_data().unwrap().get()).unwrap();
        // The frame around the event's own fields is the kernel's.
        let own = |(key, _): &(String, Value)| !["mode", "violations", "clocks"].contains(&key.as_str());
        let golden: BTreeMap<_, _> = golden.into_iter().filter(|pair| own(pair)).collect();
        assert_eq!(again, golden, "{kind}");
    }
}

#[test]
fn golden_records_decode_and_fold() {
    if std::env::var_os(WRITE).is_some() {
        write_missing();
    }
    check::<Region>();
    check::<Agency>();
    check::<Officer>();
    check::<Catalogue>();
    check::<Item>();
}

/// Every type with a record of it. A golden record that is there is never written again.
fn write_missing() {
    let (content, ground) = (fixture::content(), fixture::ground(GroundKind::LawChanged));
    let refused = || StepRefused {
        step: "PublishItem".into(),
        breaches: vec![law::Breach {
            rule: "PL-CHANGE".into(),
            citation: "《优化营商环境条例》第四十条".into(),
            zh: "尚未进行合法性审核".into(),
            en: "there is no legal review yet".into(),
        }],
        summary: "公布第1版".into(),
        agency: Some(content.agency.clone()),
    };
    let (officer, reviewer): (law::id::OfficerCode, law::id::OfficerCode) =
        ("131001".parse().unwrap(), "131035".parse().unwrap());
    let day = fixture::day;
    let mut all: Vec<(&str, Box<serde_json::value::RawValue>)> = Vec::new();
    let mut put = |kind: &'static str, data| all.push((kind, data));
    macro_rules! each {
        ($($enum:ident: $($event:expr),+ $(,)?;)+) => {$($(
            let event = $enum::from($event);
            put(event.kind(), event.to_data().unwrap());
        )+)+};
    }
    each! {
        RegionEvent: RegionRegistered {
            region: "230883".parse().unwrap(), name: "抚远市".into(), level: "county".into(),
            parent: Some("230800".parse().unwrap()),
        };
        AgencyEvent:
            fixture::agency_registered(),
            AgencyDissolved { agency: content.agency.clone(), on: day("2026-04-01"), ground: ground.clone() },
            refused();
        OfficerEvent:
            OfficerRegistered {
                officer: officer.clone(), name: "徐云".into(), agency: content.agency.clone(),
                region: "230883".parse().unwrap(), role: OfficerRole::Enforcement, legal_qualification: false,
                reviewing_since: None,
            },
            ExaminationPassed { officer: officer.clone(), on: day("2022-03-21"), score: 68 },
            CertificateIssued {
                officer: officer.clone(), certificate: "23088331001".into(), agency: content.agency.clone(),
                fields: vec!["食品".into()], from: day("2022-04-07"), until: day("2027-04-06"),
            },
            CertificateRevoked {
                officer: officer.clone(), certificate: "23088331001".into(), on: day("2026-05-06"),
                reason: "调离执法岗位".into(),
            },
            TrainingRecorded { officer, on: day("2026-06-01"), hours: 16, subject: "行政处罚法".into() },
            refused();
        CatalogueEvent: fixture::catalogue_entry(), refused();
        ItemEvent:
            ItemDrafted { item: fixture::item(), version: 1, content: content.clone(), ground: ground.clone() },
            ItemReviewed {
                item: fixture::item(), version: 1, passed: true, reviewer: reviewer.clone(), opinion: "依据充分".into(),
            },
            ItemPublished {
                item: fixture::item(), version: 1, effective: day("2026-03-20"), published_at: "政府网站".into(),
                content: content.clone(),
            },
            ItemCancelled {
                item: fixture::item(), effective: day("2026-06-01"), ground, reviewer: reviewer.clone(),
                opinion: "依据已废止".into(),
            },
            ItemReviewedYearly {
                item: fixture::item(), on: day("2026-11-20"), conclusion: "kept".into(), reviewer,
            },
            StandardPublished {
                item: fixture::item(), version: 1, tiers: fixture::tiers(), effective: day("2026-03-20"),
                document: "裁量基准（2026年版）".into(),
            },
            FeePublished {
                item: fixture::item(), name: "考试费".into(), basis: content.bases[0].clone(), standard_fen: 10_000,
                unit: "人次".into(), effective: day("2026-03-20"), charge_fen: Some(8_000),
            },
            refused();
    }
    fs::create_dir_all(folder("golden")).unwrap();
    for (kind, data) in all {
        let path = folder("golden").join(format!("{kind}.json"));
        if !path.exists() {
            let mut value: Value = serde_json::from_str(data.get()).unwrap();
            value["mode"] = json!("handling");
            fs::write(path, format!("{}\n", serde_json::to_string_pretty(&value).unwrap())).unwrap();
        }
    }
}
