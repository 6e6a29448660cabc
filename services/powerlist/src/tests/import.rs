use proto::powerlist::v1::powerlist_server::Powerlist as _;

use super::*;
use crate::sheets::Sheet;

const ITEM: &str = "021310001000,021310001000-230883-131,行政处罚,对无证经营食品的处罚,,抚远市市场监督管理局,11230883MB01310199,食品,\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百二十二条第一款：无证经营的，没收并罚款\",\"没收违法所得\n罚款|50000-100000元|货值不足1万元\n罚款|货值金额10-20倍|货值1万元以上\",\"立案：核查线索\n决定：九十日内决定\",食品股,依处罚法第七十六条处理,\"立案|7日\n送达|7工作日\",投诉电话12345\n";
const SEAL: &str = "031310001000,031310001000-230883-131,行政强制,对可疑食品的查封、扣押,,抚远市市场监督管理局,11230883MB01310199,食品,\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百一十条第四项：可查封扣押\",,审批：报负责人批准,食品股,依强制法第六十一条处理,审批|1日,=投诉电话12345\n";
const TIERS: &str = "021310001000,不予,初次违法且及时改正,\n021310001000,从轻,货值不满3000元,\"没收违法所得\n罚款|50000-65000元|货值不足1万元\n罚款|货值金额10-13倍|货值1万元以上\"\n021310001000,一般,货值3000元以上,\"罚款|65000-85000元|货值不足1万元\n罚款|货值金额13-15倍|货值1万元以上\"\n021310001000,从重,再犯,\"罚款|85000-100000元|货值不足1万元\n罚款|货值金额15-20倍|货值1万元以上\"\n";

fn csv(sheet: Sheet, rows: &str) -> Vec<u8> {
    format!("{}\n{rows}", sheet.header().join(",")).into_bytes()
}

pub(super) fn lists() -> Vec<(String, Vec<u8>)> {
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
async fn a_cell_whose_text_reads_as_another_one_is_named_and_harmless_ones_are_written_one_way() {
    let office = Office::ready().await;
    let before = size(&office);
    let standard = |text: &str| format!("021310001000,一般,{text},罚款|50000-65000元|货值不足1万元\n");
    for (text, what) in [
        ("虚构\0甲", "第3个字符是U+0000"),
        ("虚\u{202e}构", "U+202E"),
        ("虚构\u{1b}[31m", "U+001B"),
        ("身份证230883 19900101 0015", "公民身份号码"),
        (&"长".repeat(2_001), "最多2000个"),
    ] {
        let answer = office.import("2026-03-02", vec![("s.csv".into(), csv(Sheet::Standards, &standard(text)))]).await;
        let [fault] = answer.faults.as_slice() else { panic!("{text:?}: {:?}", answer.faults) };
        assert_eq!((fault.row, fault.column.as_str()), (2, "适用情形"), "{fault:?}");
        assert!(fault.zh.contains(what), "{fault:?}");
    }
    assert_eq!(size(&office), before);
    let rows = ITEM.replace("对无证", "\u{feff}对无\u{200b}证");
    let answer = office.import("2026-03-02", vec![("items.csv".into(), csv(Sheet::Items, &rows))]).await;
    assert_eq!((answer.faults.as_slice(), answer.changed), ([].as_slice(), 1));
    let again = office.import("2026-04-01", vec![("items.csv".into(), csv(Sheet::Items, ITEM))]).await;
    assert_eq!((again.changed, again.unchanged), (0, 1), "it is the same item");
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
        opinion: OPINION.into(),
        check_only: true,
        ..Default::default()
    };
    let answer = office.send(request).await.unwrap();
    assert_eq!(answer.faults, []);
    assert_eq!(size(&office), before);
}

#[tokio::test]
async fn a_check_says_what_the_import_does() {
    let office = Office::ready().await;
    let request = |files: Vec<(String, Vec<u8>)>, mode: Mode, check_only| {
        let files = files.into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() });
        let mut meta = office.meta("2026-03-02");
        meta.as_mut().unwrap().mode = mode.into();
        p::ImportListRequest {
            meta,
            files: files.collect(),
            document: "抚政发〔2026〕1号".into(),
            reviewer: "131035".into(),
            opinion: OPINION.into(),
            check_only,
            ..Default::default()
        }
    };
    // Nothing wrong; without its standard; the same again with one that changed; what the law does not admit, reported.
    let low = SEAL.replace("(法律,", "(部门规章,");
    let changed = ITEM.replace("投诉电话12345", "投诉电话12315");
    let all = [
        (lists()[..1].to_vec(), Mode::Handling),
        (lists(), Mode::Handling),
        (vec![("items.csv".into(), csv(Sheet::Items, &format!("{changed}{SEAL}")))], Mode::Handling),
        (vec![("items.csv".into(), csv(Sheet::Items, &low))], Mode::Handling),
        (vec![("items.csv".into(), csv(Sheet::Items, &low))], Mode::Reporting),
        (vec![("items.csv".into(), csv(Sheet::Items, "1,2,3\n"))], Mode::Handling),
    ];
    let mut told = Vec::new();
    for (files, mode) in all {
        let before = size(&office);
        let checked = office.send(request(files.clone(), mode, true)).await.unwrap();
        assert_eq!(size(&office), before);
        let done = office.send(request(files, mode, false)).await.unwrap();
        assert_eq!(checked, done);
        told.push((done.changed, done.unchanged, done.violations.len(), done.faults.is_empty()));
    }
    assert_eq!(told[..3], [(2, 0, 1, true), (1, 1, 0, true), (1, 1, 0, true)]);
    assert!(!told[3].3 && told[4].3 && told[4].2 > 0 && !told[5].3, "{told:?}");
}

const OFFICER: &str =
    "139301,名字,11230883MB01310199,执法人员,23088339301,食品,2025-03-01,2030-02-28,2025-02-10,80,无\n";

async fn name_of(office: &Office) -> String {
    let request = p::GetOfficerRequest { officer: "139301".into(), ..Default::default() };
    office.api().get_officer(office.request(request)).await.unwrap().into_inner().officer.unwrap().name
}

#[tokio::test]
async fn a_file_that_was_taken_in_before_another_one_counts_again_after_it() {
    let office = Office::ready().await;
    for (name, changed) in [("甲某", 1), ("乙某", 1), ("甲某", 1), ("甲某", 0)] {
        let files = vec![("officers.csv".to_owned(), csv(Sheet::Officers, &OFFICER.replace("名字", name)))];
        let answer = office.import("2026-03-02", files).await;
        assert_eq!((answer.faults.as_slice(), answer.changed), (&[][..], changed), "{name}");
        assert_eq!(name_of(&office).await, name);
    }
}

#[tokio::test]
async fn one_command_id_stands_for_one_import() {
    let office = Office::ready().await;
    let request = |name: &str| p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: vec![p::ImportFile {
            name: "officers.csv".into(),
            content: csv(Sheet::Officers, &OFFICER.replace("名字", name)),
            ..Default::default()
        }],
        ..Default::default()
    };
    let first = request("甲某");
    assert_eq!(office.send(first.clone()).await.unwrap().changed, 1);
    let other = p::ImportListRequest { meta: first.meta.clone(), ..request("乙某") };
    assert_eq!(office.send(other).await.unwrap_err().code(), tonic::Code::AlreadyExists);
    assert_eq!(office.send(request("乙某")).await.unwrap().changed, 1);
    // Sent again after that, it is the command that was carried out, and is not carried out once more.
    assert_eq!(office.send(first).await.unwrap().changed, 0);
    assert_eq!(name_of(&office).await, "乙某");
}

#[tokio::test]
async fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let office = Office::ready().await;
    let agency = "11230883MB0999001C,虚构一局,一局,23088,行政机关,\"方案\n第二行\",食品,901\n";
    for (line_end, row) in [("\n", 4), ("\r\n", 4), ("\r", 4)] {
        let text = format!("{}\n\n\n{agency}\n\n{agency}", Sheet::Agencies.header().join(",")).replace('\n', line_end);
        let answer = office.import("2026-03-02", vec![("a.csv".into(), text.into_bytes())]).await;
        let rows: Vec<_> = answer.faults.iter().map(|f| (f.row, f.column.as_str())).collect();
        assert_eq!(rows, [(row, "区划"), (row + 3, "区划")], "{line_end:?}");
    }
}

#[tokio::test]
async fn a_quote_without_its_other_half_is_named_and_swallows_no_row() {
    let office = Office::ready().await;
    let row =
        |code: &str, tail: &str| format!("{code},虚构局,某局,230883,行政机关,\"方案，\"\"三定\"\"\",食品,{tail}\n");
    let [first, second] = ["11230883MB0999001C", "11230883MB0999002F"];
    for (rows, at) in [
        (row(first, "\"901") + &row(second, "902"), &[2][..]),
        (row(first, "901") + &row(second, "\"902"), &[3]),
        // Two stray quotes make a pair: each is named where it stands.
        (row(first, "\"901") + &row(second, "\"902"), &[2, 3]),
        (row(first, "\"90\"1"), &[2]),
    ] {
        let answer = office.import("2026-03-02", vec![("a.csv".into(), csv(Sheet::Agencies, &rows))]).await;
        let told: Vec<_> = answer.faults.iter().map(|f| (f.row, f.column.as_str(), f.zh.contains("引号"))).collect();
        let want: Vec<_> = at.iter().map(|row| (*row, "部门代码", true)).collect();
        assert_eq!(told, want, "{rows}");
        assert!(
            answer.faults.iter().all(|f| f.cell.starts_with('H') && f.found.starts_with("90")),
            "{:?}",
            answer.faults
        );
        assert_eq!(answer.changed, 0);
    }
}

#[tokio::test]
async fn entries_that_a_cell_of_the_list_cannot_hold_are_refused() {
    let office = Office::ready().await;
    office.import("2026-03-02", lists()).await;
    let request = p::GetItemRequest { item: "021310001000-230883-131".into(), ..Default::default() };
    let item = office.api().get_item(office.request(request)).await.unwrap().into_inner().item.unwrap();
    let mut content = item.version.unwrap().content.unwrap();
    let one = content.bases[0].clone();
    content.bases =
        (0..40).map(|n| p::LegalBasis { summary: format!("第{n}项：{}", "长".repeat(990)), ..one.clone() }).collect();
    let request = p::DraftItemRequest {
        meta: office.meta("2026-04-01"),
        content: Some(content),
        ground: Some(p::Ground {
            kind: p::GroundKind::LawChanged.into(),
            document: "某文件".into(),
            ..Default::default()
        }),
    };
    let refused = office.api().draft_item(office.request(request.clone())).await.unwrap_err();
    use tonic_types::StatusExt as _;
    let wrong = refused.get_details_bad_request().unwrap().field_violations;
    assert_eq!(wrong[0].field, "content.bases");
    assert!(wrong[0].description.contains("32767"), "{wrong:?}");
    let mut fits = request;
    fits.content.as_mut().unwrap().bases.truncate(30);
    office.api().draft_item(office.request(fits)).await.unwrap();
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
        opinion: OPINION.into(),
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
        opinion: OPINION.into(),
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

#[tokio::test]
async fn one_power_under_two_codes_is_found_within_one_file() {
    let office = Office::ready().await;
    let twin = ITEM.replace("021310001000", "021310009000");
    let files = |rows: &str| vec![("items.csv".to_owned(), csv(Sheet::Items, rows))];
    let answer = office.import("2026-03-02", files(&format!("{ITEM}{twin}"))).await;
    assert!(answer.faults.iter().any(|f| f.row == 3 && f.rule == "PL-HOLDER"), "{:?}", answer.faults);
    assert_eq!(answer.changed, 0);
    // Then against what is in force.
    assert_eq!(office.import("2026-03-02", files(ITEM)).await.faults, []);
    let answer = office.import("2026-03-03", files(&twin)).await;
    assert!(answer.faults.iter().any(|f| f.row == 2 && f.rule == "PL-HOLDER"), "{:?}", answer.faults);
}
