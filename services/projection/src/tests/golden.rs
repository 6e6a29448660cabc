//! The services' golden records, read as data: every stored type is folded, and shown with a label on every field.

use std::{fs, path::Path};

use serde_json::Value;

use super::{World, records::*};
use crate::model::*;

/// All golden records of a service: stored type, data.
fn golden(service: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(service).join("golden");
    let mut all: Vec<(String, Value)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let kind = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (kind, serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap())
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// One stream per aggregate, a case beginning with its filing.
fn ledger(service: &'static str) -> (Ledger, usize) {
    let mut l = Ledger::as_given(service);
    let all = golden(service);
    let filed = all.iter().find(|(kind, _)| kind == "enforcement.case.CaseFiled.v1");
    for (kind, data) in filed.into_iter().chain(all.iter().filter(|(kind, _)| !kind.contains("CaseFiled"))) {
        let aggregate = kind.split('.').nth(1).unwrap();
        let stream = if aggregate == "case" { format!("case/{CASE}") } else { format!("{aggregate}/golden") };
        l.next(&stream, kind, "2026-03-02", data.clone()).put();
    }
    (l, all.len())
}

#[tokio::test]
async fn every_stored_type_is_read_and_every_field_has_a_label() {
    let ((powerlist, p), (enforcement, e)) = (ledger("powerlist"), ledger("enforcement"));
    assert!(p >= 20 && e >= 60, "{p} and {e} golden records");
    let (_app, q) = World::new(&powerlist, &enforcement, "2026-06-01T00:00:00Z").folded().await;
    let overview = q.overview(&Scope::Everything, &OverviewFilter::default()).await.unwrap();
    assert_eq!(overview.parked, []);
    let page = q.audit(&Scope::Everything, &AuditFilter { size: 500, ..AuditFilter::default() }).await.unwrap();
    assert_eq!(page.rows.len(), p + e);
    for row in &page.rows {
        assert_ne!(row.entry.title.zh, row.entry.kind);
        for detail in &row.entry.details {
            assert!(!detail.label.zh.is_ascii(), "{} of {}", detail.label.zh, row.entry.kind);
            assert!(!detail.value.zh.contains('{'), "{} of {}: {}", detail.label.zh, row.entry.kind, detail.value.zh);
        }
    }
    let file = q.case(&Scope::Everything, CASE, None).await.unwrap().unwrap();
    assert_eq!(file.header.stage, "archive");
}
