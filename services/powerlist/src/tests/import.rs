use proto::powerlist::v1::powerlist_server::Powerlist as _;

use super::*;
use crate::sheets::Sheet;

const ITEM: &str = "021310001000,021310001000-230883-131,行政处罚,对无证经营食品的处罚,,抚远市市场监督管理局,11230883MB01310199,食品,\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百二十二条第一款：无证经营的，没收并罚款\",\"没收违法所得\n罚款|50000-100000元|货值不足1万元\n罚款|货值金额10-20倍|货值1万元以上\",\"立案：核查线索\n决定：九十日内决定\",食品股,依处罚法第七十六条处理,\"立案|7日\n送达|7工作日\",投诉电话12345\n";
const SEAL: &str = "031310001000,031310001000-230883-131,行政强制,对可疑食品的查封、扣押,,抚远市市场监督管理局,11230883MB01310199,食品,\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百一十条第四项：可查封扣押\",,审批：报负责人批准,食品股,依强制法第六十一条处理,审批|1日,=投诉电话12345\n";
const TIERS: &str = "021310001000,不予,初次违法且及时改正,\n021310001000,从轻,货值不满3000元,\"没收违法所得\n罚款|50000-65000元|货值不足1万元\"\n021310001000,一般,货值3000元以上,罚款|65000-85000元|货值不足1万元\n021310001000,从重,再犯,罚款|货值金额15-20倍|货值1万元以上\n";

fn csv(sheet: Sheet, rows: &str) -> Vec<u8> {
    format!("{}\n{rows}", sheet.header().join(",")).into_bytes()
}

fn lists() -> Vec<(String, Vec<u8>)> {
    vec![
        ("items.csv".into(), csv(Sheet::Items, &format!("{ITEM}{SEAL}"))),
        ("standards.csv".into(), csv(Sheet::Standards, TIERS)),
    ]
}

fn size(office: &Office) -> u64 {
    office.app.api().edge.service.ledger().head().size
}

#[tokio::test]
async fn takes_items_and_standards_in_and_does_nothing_the_second_time() {
    let office = Office::ready().await;
    let answer = office.import("2026-03-02", lists()).await;
    assert_eq!(answer.faults, []);
    assert_eq!((answer.rows, answer.changed, answer.unchanged), (6, 2, 0));
    assert_eq!(answer.violations, [], "the standard is published with its item");
    let before = size(&office);
    for on in ["2026-03-02", "2026-04-01"] {
        let again = office.import(on, lists()).await;
        assert_eq!((again.changed, again.unchanged), (0, 2));
    }
    assert_eq!(size(&office), before);
}

#[tokio::test]
async fn a_bad_row_keeps_every_row_out() {
    let office = Office::ready().await;
    let before = size(&office);
    let bad = "021310002000,021310003000-230883-131,行政许可,,,别的机关,11230883MB01310199,食品,食品安全法第一条,罚款|2-1元,立案,,,立案,\n";
    let files = vec![("items.csv".into(), csv(Sheet::Items, &format!("{ITEM}{bad}")))];
    let answer = office.import("2026-03-02", files).await;
    assert_eq!((answer.changed, size(&office)), (0, before));
    assert!(answer.faults.iter().all(|f| (f.file.as_str(), f.row) == ("items.csv", 3) && !f.zh.is_empty()));
    let columns: Vec<&str> = answer.faults.iter().map(|f| f.column.as_str()).collect();
    for column in ["基本编码", "实施编码", "行使主体", "实施依据", "处罚种类和幅度", "责任事项", "办理流程"]
    {
        assert!(columns.contains(&column), "{column}: {columns:?}");
    }
}

#[tokio::test]
async fn a_row_the_law_refuses_keeps_every_row_out() {
    let office = Office::ready().await;
    let before = size(&office);
    let detention =
        ITEM.replace("没收违法所得\n", "行政拘留|5-15日|情节严重\n").replace("021310001000", "021310002000");
    let low = SEAL.replace("(法律,", "(部门规章,");
    let files = vec![
        ("items.csv".into(), csv(Sheet::Items, &format!("{ITEM}{detention}{low}"))),
        ("standards.csv".into(), csv(Sheet::Standards, &TIERS.replace("65000-85000", "65000-185000"))),
    ];
    let answer = office.import("2026-03-02", files).await;
    let told: Vec<_> = answer.faults.iter().map(|f| (f.file.as_str(), f.row, f.rule.as_str())).collect();
    let rows = [("standards.csv", 2, "PL-TIER"), ("items.csv", 3, "PL-FREEDOM"), ("items.csv", 4, "PL-BASIS-LEVEL")];
    assert_eq!(told, rows, "{:?}", answer.faults);
    assert_eq!(size(&office), before, "not even the attempts are kept: it was a trial");
}

#[tokio::test]
async fn only_checks_when_asked() {
    let office = Office::ready().await;
    let before = size(&office);
    let files = lists().into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() });
    let request = p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: files.collect(),
        document: "抚政发〔2026〕1号".into(),
        reviewer: "131035".into(),
        check_only: true,
        ..Default::default()
    };
    let answer = office.send(request).await.unwrap();
    assert_eq!(answer.faults, []);
    assert_eq!((answer.changed, size(&office)), (0, before));
}

#[tokio::test]
async fn publishing_needs_the_roles() {
    let mut office = Office::ready().await;
    office.roles = vec![Role::ListEditor];
    let files: Vec<_> =
        lists().into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() }).collect();
    let request = |steps: Vec<i32>, files: &[p::ImportFile]| p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: files.to_vec(),
        steps,
        document: "抚政发〔2026〕1号".into(),
        reviewer: "131035".into(),
        ..Default::default()
    };
    let denied = office.send(request(vec![], &files)).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
    let drafted = office.send(request(vec![p::ImportStep::Draft.into()], &files[..1])).await.unwrap();
    assert_eq!((drafted.faults.len(), drafted.changed), (0, 2));
}

#[tokio::test]
async fn a_changed_row_becomes_the_next_version() {
    let office = Office::ready().await;
    office.import("2026-03-02", lists()).await;
    let changed = ITEM.replace("投诉电话12345", "投诉电话12315");
    let files = vec![("items.csv".into(), csv(Sheet::Items, &format!("{changed}{SEAL}")))];
    let answer = office.import("2026-06-01", files).await;
    assert_eq!((answer.faults.len(), answer.changed, answer.unchanged), (0, 1, 1));
    let request = p::ListVersionsRequest { item: "021310001000-230883-131".into() };
    let seen = office.api().list_versions(office.request(request)).await.unwrap().into_inner();
    let versions: Vec<_> = seen.versions.iter().map(|v| (v.version, v.effective.as_str())).collect();
    assert_eq!(versions, [(1, "2026-03-02"), (2, "2026-06-01")]);
    assert_eq!(seen.versions[1].ground.as_ref().unwrap().kind(), p::GroundKind::LawChanged);
}

#[tokio::test]
async fn an_exported_list_says_the_same_when_taken_in_again() {
    let office = Office::ready().await;
    office.import("2026-03-02", lists()).await;
    for format in [p::FileFormat::Xlsx, p::FileFormat::Csv] {
        let mut files = Vec::new();
        for sheet in [p::Sheet::Regions, p::Sheet::Agencies, p::Sheet::Officers, p::Sheet::Items, p::Sheet::Standards] {
            let request = p::ExportListRequest { sheet: sheet.into(), format: format.into(), ..Default::default() };
            let file = office.api().export_list(office.request(request)).await.unwrap().into_inner();
            assert!(file.rows > 0);
            files.push((file.file_name, file.content));
        }
        // Nothing to change here...
        let before = size(&office);
        let again = office.import("2026-05-06", files.clone()).await;
        assert_eq!((again.faults.as_slice(), again.changed, size(&office)), (&[][..], 0, before));
        // ...and a new office has the same items and standards.
        let other = Office::new().await;
        let answer = other.import("2026-03-02", files).await;
        assert_eq!(answer.faults, []);
        let all = async |o: &Office| {
            let list = p::ListItemsRequest::default();
            o.api().list_items(o.request(list)).await.unwrap().into_inner().items
        };
        let (mine, theirs) = (all(&office).await, all(&other).await);
        assert_eq!(mine.len(), 2);
        for (a, b) in mine.iter().zip(&theirs) {
            let said = |i: &p::Item| (i.version.clone().unwrap().content, i.standard.clone().map(|s| s.tiers));
            assert_eq!(said(a), said(b));
        }
    }
}

#[tokio::test]
async fn a_standard_alone_finds_its_item() {
    let office = Office::ready().await;
    let answer = office.import("2026-03-02", vec![("items.csv".into(), csv(Sheet::Items, ITEM))]).await;
    assert_eq!(answer.violations.iter().map(|v| v.rule.as_str()).collect::<Vec<_>>(), ["PL-STANDARD"]);
    let answer = office.import("2026-03-09", vec![("s.csv".into(), csv(Sheet::Standards, TIERS))]).await;
    assert_eq!((answer.faults.len(), answer.changed, answer.violations.len()), (0, 1, 0));
    let stray = TIERS.replace("021310001000", "021310099000");
    let answer = office.import("2026-03-09", vec![("s.csv".into(), csv(Sheet::Standards, &stray))]).await;
    assert_eq!((answer.faults[0].row, answer.faults[0].column.as_str()), (2, "基本编码"));
}

#[tokio::test]
async fn the_catalogue_is_drawn_from_the_items() {
    let office = Office::ready().await;
    let files = lists().into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() });
    let request = p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: files.collect(),
        document: "抚政发〔2026〕1号".into(),
        reviewer: "131035".into(),
        catalogue_region: "230000".into(),
        catalogue_document: "黑龙江省基本目录".into(),
        ..Default::default()
    };
    let answer = office.send(request).await.unwrap();
    assert_eq!((answer.faults.len(), answer.changed), (0, 4));
    let request = p::GetCatalogueEntryRequest { base_code: "021310001000".into(), as_of: "2026-03-02".into() };
    let entry = office.api().get_catalogue_entry(office.request(request)).await.unwrap().into_inner().entry.unwrap();
    assert_eq!((entry.region.as_str(), entry.name.as_str()), ("230000", "对无证经营食品的处罚"));
    // Another name under the same code is refused from now on.
    let other = ITEM.replace("对无证经营食品的处罚", "对无证卖食品的处罚").replace("-131,", "-132,");
    let answer = office.import("2026-04-01", vec![("i.csv".into(), csv(Sheet::Items, &other))]).await;
    assert_eq!(answer.faults[0].rule, "PL-UNIFORM");
}
