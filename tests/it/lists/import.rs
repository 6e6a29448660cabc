//! Files of lists.

use proto::powerlist::v1 as wire;
use stories::suite::{self, Engine, Running};

use super::public;
use crate::people::{Person, list_office::ListOffice};

const REGIONS: &str = include_str!("../../../seeds/county/regions.csv");
const AGENCIES: &str = include_str!("../../../seeds/county/agencies.csv");
const OFFICES: &str = include_str!("../../../seeds/county/offices.csv");
const OFFICERS: &str = include_str!("../../../seeds/county/officers.csv");
const ITEMS: &str = include_str!("../../../seeds/county/items-labour.csv");
const STANDARDS: &str = include_str!("../../../seeds/county/standards-labour.csv");
const AT: &str = "2026-06-01T09:00";

fn file(name: &str, content: impl Into<Vec<u8>>) -> wire::ImportFile {
    wire::ImportFile { name: name.to_owned(), content: content.into(), ..wire::ImportFile::default() }
}

/// The officers, without the one whom the law keeps from reviewing (OF-EXAM): an import is all or nothing.
fn officers() -> String {
    let lines: Vec<_> = OFFICERS.lines().filter(|line| !line.starts_with("131037,")).collect();
    lines.join("\n")
}

fn import(files: Vec<wire::ImportFile>) -> wire::ImportListRequest {
    wire::ImportListRequest {
        files,
        document: "抚远市权力和责任清单（2025年版，示例）".to_owned(),
        reviewer: "131035".to_owned(),
        opinion: "依据充分，权责一致，同意公布".to_owned(),
        ..wire::ImportListRequest::default()
    }
}

fn heads(running: &Running) -> Vec<u64> {
    ["powerlist", "enforcement"].map(|service| running.suite.ledger(service).expect("a ledger").head().size).into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_goes_in_once_and_comes_out_again() {
    let running = suite::start(Engine::Sqlite).await;
    let office = ListOffice::of(&running);
    let files = || {
        vec![
            file("standards-labour.csv", STANDARDS),
            file("officers.csv", officers()),
            file("offices.csv", OFFICES.to_owned()),
            file("regions.csv", REGIONS),
            file("items-labour.csv", ITEMS),
            file("agencies.csv", AGENCIES),
        ]
    };
    let checked = office.does(AT, wire::ImportListRequest { check_only: true, ..import(files()) }).await;
    assert_eq!(checked.faults, []);
    assert_eq!(heads(&running), [0, 0], "a check changes nothing");

    let done = office.does(AT, import(files())).await;
    assert_eq!(done.faults, []);
    assert!(done.rows > 0 && done.changed > 0, "{done:?}");
    let after = heads(&running);
    let again = office.does(AT, import(files())).await;
    assert_eq!((again.faults.len(), again.changed, heads(&running)), (0, 0, after));

    let mut lists = public(&running);
    let listed = wire::ListItemsRequest { as_of: AT[..10].to_owned(), ..wire::ListItemsRequest::default() };
    let items = lists.list_items(listed).await.expect("the list").into_inner().total;
    let agencies =
        lists.list_agencies(wire::ListAgenciesRequest::default()).await.expect("agencies").into_inner().total;
    assert_eq!(
        (agencies, lists.list_regions(wire::ListRegionsRequest {}).await.expect("regions").into_inner().regions.len()),
        (18, 13)
    );
    let request = wire::ExportListRequest {
        sheet: wire::Sheet::Offices.into(),
        format: wire::FileFormat::Csv.into(),
        as_of: AT[..10].to_owned(),
        ..wire::ExportListRequest::default()
    };
    let exported = lists.export_list(request).await.expect("a file").into_inner().content;
    let exported = String::from_utf8(exported).expect("text");
    // Whoever has left his office is no longer in it.
    let mut held: Vec<&str> = OFFICES.lines().skip(1).filter(|row| row.split(',').nth(4) == Some("")).collect();
    held.sort_unstable();
    let mut rows: Vec<&str> = exported.trim_start_matches('\u{feff}').lines().skip(1).collect();
    rows.sort_unstable();
    assert_eq!(rows, held);
    for format in [wire::FileFormat::Csv, wire::FileFormat::Xlsx] {
        let request = wire::ExportListRequest {
            sheet: wire::Sheet::Items.into(),
            format: format.into(),
            as_of: AT[..10].to_owned(),
            ..wire::ExportListRequest::default()
        };
        let exported = lists.export_list(request).await.expect("a file").into_inner();
        assert_eq!(exported.rows, items);
        let again = office.does(AT, import(vec![file(&exported.file_name, exported.content)])).await;
        assert_eq!((again.faults.as_slice(), again.changed), ([].as_slice(), 0), "what came out is what went in");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_three_bad_rows_is_reported_row_by_row_and_nothing_goes_in() {
    let running = suite::start(Engine::Sqlite).await;
    let office = ListOffice::of(&running);
    let mut rows: Vec<String> = OFFICERS.lines().take(8).map(str::to_owned).collect();
    rows[2] = rows[2].replacen("执法人员", "执法者", 1);
    rows[4] = rows[4].replacen("2025-04-11", "2025-13-11", 1);
    rows[6] = rows[6].replacen("11230883MB01310199", "11230883MB01310190", 1);
    let bad = file("officers.csv", rows.join("\n"));
    let files = vec![file("regions.csv", REGIONS), file("agencies.csv", AGENCIES), bad];
    let answer = office.does(AT, import(files)).await;
    let found: Vec<_> = answer.faults.iter().map(|f| (f.file.as_str(), f.row, f.column.as_str())).collect();
    assert_eq!(
        found,
        [("officers.csv", 3, "人员类别"), ("officers.csv", 5, "发证日期"), ("officers.csv", 7, "主体代码")]
    );
    for (fault, word) in answer.faults.iter().zip(["执法者", "2025-13-11", "11230883MB01310190"]) {
        assert!(fault.zh.contains(word) || fault.en.contains(word), "{fault:?} does not say what is wrong");
        assert!(!fault.zh.is_empty() && !fault.en.is_empty(), "{fault:?}");
    }
    assert_eq!((answer.changed, heads(&running)), (0, vec![0, 0]), "nothing went in, not even the good files");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_list_office_imports() {
    let running = suite::start(Engine::Sqlite).await;
    let anonymous = Person::anonymous(&running);
    anonymous.tries(AT, import(vec![file("regions.csv", REGIONS)])).await.with(tonic::Code::Unauthenticated);
    let officer = Person::new(&running, "131001", Some(crate::people::MARKET), &[kernel::Role::Officer]);
    officer.tries(AT, import(vec![file("regions.csv", REGIONS)])).await.with(tonic::Code::PermissionDenied);
    assert_eq!(heads(&running), [0, 0]);
    running.stop().await;
}
