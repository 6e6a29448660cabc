//! The lists beside that of powers, through the API and as files.

use kernel::words::Word as _;
use proto::powerlist::v1::{ChangeKind, powerlist_server::Powerlist as _};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::*;
use crate::{
    domain::{events::GroundKind, fixture::ground, listing::ListKind},
    sheets::Sheet,
    wire,
};

const MARKET: &str = "11230883MB01310199";
const BASIS: &str = "《中华人民共和国食品安全法》(法律,2021-04-29)第三十五条第一款：实行许可制度";

fn proof(row: &str, asked_by: &str) -> p::ListRow {
    let part = |part: &str, value: &str| p::ListPart { part: part.into(), value: value.into() };
    p::ListRow {
        row: row.into(),
        name: "健康证明".into(),
        region: String::new(),
        bases: vec![wire::show_basis(&crate::domain::fixture::basis(crate::domain::content::NormLevel::Law))],
        parts: vec![
            part("use", "从事接触直接入口食品工作"),
            part("asked_by", asked_by),
            part("issued_by", "医疗机构"),
            part("guide", "体检后当场出具"),
            part("promise", "否"),
        ],
    }
}

fn publish(office: &Office, on: &str, row: p::ListRow, kind: GroundKind) -> p::PublishRowRequest {
    p::PublishRowRequest {
        meta: office.meta(on),
        row: Some(row),
        effective: on.into(),
        ground: Some(wire::show_ground(&ground(kind))),
    }
}

fn id(code: &str) -> String {
    format!("proof/{MARKET}/{code}")
}

/// A row that cites the text that the item of the fixture cites.
pub(super) async fn publish_proof(office: &Office, on: &'static str) {
    let request = publish(office, on, proof(&id("ZM-1"), "甲局"), GroundKind::FirstCompilation);
    office.api().publish_row(office.request(request)).await.unwrap();
}

async fn rows(office: &Office, list: ListKind, as_of: &str) -> Vec<p::RowVersion> {
    let request = p::ListRowsRequest { list: list.number(), as_of: as_of.into(), ..Default::default() };
    office.api().list_rows(office.request(request)).await.unwrap().into_inner().rows
}

#[tokio::test]
async fn a_row_is_published_changed_and_cancelled_and_every_day_is_answered() {
    let office = Office::ready().await;
    let api = office.api();
    let first = publish(&office, "2026-03-02", proof(&id("ZM-1"), "甲局"), GroundKind::FirstCompilation);
    let receipt = api.publish_row(office.request(first)).await.unwrap().into_inner().receipt.unwrap();
    assert_eq!(receipt.events, ["powerlist.listing.RowPublished.v1"]);
    let second = publish(&office, "2026-04-01", proof(&id("ZM-1"), "乙局"), GroundKind::LawChanged);
    api.publish_row(office.request(second)).await.unwrap();
    let cancel = p::CancelRowRequest {
        meta: office.meta("2026-05-06"),
        row: id("ZM-1"),
        effective: "2026-06-01".into(),
        ground: Some(wire::show_ground(&ground(GroundKind::LawChanged))),
    };
    api.cancel_row(office.request(cancel)).await.unwrap();
    for (as_of, want) in [
        ("2026-03-01", None),
        ("2026-03-02", Some("甲局")),
        ("2026-03-31", Some("甲局")),
        ("2026-04-01", Some("乙局")),
        ("2026-05-31", Some("乙局")),
        ("2026-06-01", None),
    ] {
        let found = rows(&office, ListKind::Proof, as_of).await;
        let asked_by = found.first().map(|v| v.row.as_ref().unwrap().parts[1].value.as_str());
        assert_eq!(asked_by, want, "{as_of}");
        let request = p::GetRowRequest { row: id("ZM-1"), as_of: as_of.into() };
        let row = api.get_row(office.request(request)).await.unwrap().into_inner();
        assert_eq!(row.in_force.is_some(), want.is_some(), "{as_of}");
        assert_eq!((row.versions.len(), row.cancellations.len()), (2, 1));
    }
    let shown = rows(&office, ListKind::Proof, "2026-03-02").await.remove(0).row.unwrap();
    assert_eq!(shown, p::ListRow { region: "230883".into(), ..proof(&id("ZM-1"), "甲局") });
    let lists = api.describe_lists(office.request(p::DescribeListsRequest { as_of: "2026-04-01".into() })).await;
    let lists = lists.unwrap().into_inner().lists;
    assert_eq!(lists.len(), ListKind::ALL.len());
    let counts: Vec<_> =
        lists.iter().filter(|list| list.rows > 0).map(|list| (list.word.as_str(), list.rows)).collect();
    assert_eq!(counts, [("proof", 1)]);
}

#[tokio::test]
async fn a_row_that_the_law_refuses_is_refused_with_its_article_and_a_bad_part_with_what_is_expected() {
    let office = Office::ready().await;
    let api = office.api();
    let mut low = proof(&id("ZM-1"), "甲局");
    low.bases[0].level = p::NormLevel::NormativeDocument.into();
    let request = publish(&office, "2026-03-02", low, GroundKind::FirstCompilation);
    let refused = api.publish_row(office.request(request)).await.unwrap_err();
    assert_eq!(refused.code(), Code::FailedPrecondition);
    assert_eq!(refused.get_details_error_info().unwrap().reason, "PL-PROOF");
    assert!(refused.message().contains("第四十四条"), "{}", refused.message());

    let mut bad = proof(&id("ZM-1"), "甲局");
    bad.parts[4].value = "也许".into();
    bad.parts.push(p::ListPart { part: "statutory".into(), value: "20工作日".into() });
    let request = publish(&office, "2026-03-02", bad, GroundKind::FirstCompilation);
    let refused = api.publish_row(office.request(request)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let faults = refused.get_details_bad_request().unwrap().field_violations;
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["row.parts[4].value", "row.parts[5].part"]);
    let unknown = publish(&office, "2026-03-02", proof("proof/1/2", "甲局"), GroundKind::FirstCompilation);
    assert_eq!(api.publish_row(office.request(unknown)).await.unwrap_err().code(), Code::InvalidArgument);
}

/// A file of a list: its header, and rows whose parts stand under these headings.
fn csv(list: ListKind, rows: &[(&str, &[(&str, &str)])]) -> (String, Vec<u8>) {
    let header = Sheet::Listing(list).header();
    let mut text = header.join(",");
    for (code, cells) in rows {
        let of = |column: &str| match column {
            "编码" => *code,
            "名称" => "甲事项",
            "主体代码" => MARKET,
            "依据" => cells.iter().find(|(head, _)| *head == "依据").map_or(BASIS, |(_, text)| text),
            _ => cells.iter().find(|(head, _)| *head == column).map_or("", |(_, text)| text),
        };
        let cells: Vec<String> = header.iter().map(|column| format!("\"{}\"", of(column))).collect();
        text = format!("{text}\n{}", cells.join(","));
    }
    (format!("{}.csv", list.id()), text.into_bytes())
}

const LICENCE: [(&str, &str); 6] = [
    ("办理条件", "有场所"),
    ("办理程序", "申请、审查、决定"),
    ("法定办结时限", "20工作日"),
    ("承诺办结时限", "8工作日"),
    ("申请材料", "申请书"),
    ("示范文本", "网上下载"),
];

fn licence(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = LICENCE.into_iter().filter(|(head, _)| !changed.iter().any(|(other, _)| other == head));
    kept.chain(changed.iter().copied()).collect()
}

#[tokio::test]
async fn a_list_goes_in_as_one_act_with_a_check_that_tells_every_change() {
    let office = Office::ready().await;
    let file = |cells: &[(&str, &str)]| vec![csv(ListKind::Licence, &[("XK-1", cells)])];
    let answer = office.import("2026-03-02", file(&licence(&[]))).await;
    assert_eq!(answer.faults, []);
    assert_eq!((answer.rows, answer.changed, answer.added), (1, 1, 1));
    let again = office.import("2026-03-09", file(&licence(&[]))).await;
    assert_eq!((again.changed, again.unchanged), (0, 1));

    let request = |check_only| p::ImportListRequest {
        meta: office.meta("2026-04-01"),
        files: file(&licence(&[("承诺办结时限", "即办")]))
            .into_iter()
            .map(|(name, content)| p::ImportFile { name, content, ..Default::default() })
            .collect(),
        document: "抚政发〔2026〕2号".into(),
        check_only,
        ..Default::default()
    };
    let check = office.send(request(true)).await.unwrap();
    let change = &check.changes[0];
    assert_eq!((change.kind, change.key.as_str()), (ChangeKind::Changed.into(), "XK-1"));
    let fields: Vec<_> =
        change.fields.iter().map(|f| (f.column.as_str(), f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(fields, [("承诺办结时限", "8工作日", "0工作日")]);
    assert_eq!(rows(&office, ListKind::Licence, "2026-04-01").await[0].version, 1, "a check records nothing");
    assert_eq!(office.send(request(false)).await.unwrap().changed, 1);
    let row = rows(&office, ListKind::Licence, "2026-04-01").await.remove(0);
    assert_eq!((row.version, row.ground.unwrap().document.as_str()), (2, "抚政发〔2026〕2号"));
}

#[tokio::test]
async fn a_fault_names_sheet_row_column_what_stands_there_and_what_is_expected() {
    let office = Office::ready().await;
    let bad = licence(&[("承诺办结时限", "很快"), ("统一或者联合办理", "也许"), ("依据", "某文件第一条")]);
    let answer = office.import("2026-03-02", vec![csv(ListKind::Licence, &[("XK 1", &bad)])]).await;
    assert_eq!(answer.changed, 0);
    let told: Vec<_> = answer.faults.iter().map(|f| (f.column.as_str(), f.found.as_str(), f.row)).collect();
    assert_eq!(
        told,
        [
            ("编码", "XK 1", 2),
            ("统一或者联合办理", "也许", 2),
            ("承诺办结时限", "很快", 2),
            ("依据", "某文件第一条", 2)
        ]
    );
    assert!(answer.faults[2].zh.contains("N工作日") && answer.faults[2].cell.ends_with('2'));

    // What the law refuses names its column, too.
    for (column, cell, rule) in [
        ("承诺办结时限", "21工作日", "PL-TIME"),
        ("依据", "《某规定》(规范性文件,2021-04-29)第一条：甲", "PL-BASIS-LEVEL"),
    ] {
        let cells = licence(&[(column, cell)]);
        let answer = office.import("2026-03-02", vec![csv(ListKind::Licence, &[("XK-1", &cells)])]).await;
        let told: Vec<_> = answer.faults.iter().map(|f| (f.column.as_str(), f.rule.as_str())).collect();
        assert_eq!(told, [(column, rule)], "{cell}");
    }
    let cells = licence(&[]);
    let twice = csv(ListKind::Licence, &[("XK-1", &cells), ("XK-1", &cells)]);
    let answer = office.import("2026-03-02", vec![twice]).await;
    assert!(
        answer.faults[0].zh.contains("编码重复") && answer.faults[0].zh.contains("第2行"),
        "{}",
        answer.faults[0].zh
    );
}

#[tokio::test]
async fn a_list_as_agencies_publish_it_is_known_by_its_heads_and_what_it_leaves_out_is_derived() {
    let office = Office::ready().await;
    for (name, text, list) in [
        (
            "证明.csv",
            "抚远市证明事项清单,,,,,,\n序号,事项编码,证明名称,实施部门,设定依据,证明用途,索要单位,出具单位,办事指南\n1,ZM-9,健康证明,抚远市市场监督管理局,《食品安全法》第三十五条第一款：取得健康证明后方可上岗,上岗,市场监管局,医疗机构,体检后出具\n",
            ListKind::Proof,
        ),
        (
            "抽查.csv",
            "抽查事项编号,抽查事项,抽查部门,检查依据,抽查对象,抽查内容,抽查方式,最低抽查比例,最高抽查比例,抽查频次\nSJ-9,食品销售者检查,抚远市市场监督管理局,《食品安全法》第一百一十条第一项：进入现场检查,食品销售者,进货查验,随机抽取,3,10,2\n",
            ListKind::RandomCheck,
        ),
    ] {
        let answer = office.import("2026-03-02", vec![(name.into(), text.as_bytes().to_vec())]).await;
        assert_eq!(answer.faults, [], "{name}: {:?}", answer.notes);
        let found = rows(&office, list, "2026-03-02").await;
        assert_eq!(found.len(), 1, "{name}");
        let row = found[0].row.as_ref().unwrap();
        assert!(row.row.contains(MARKET), "{name}");
        assert_eq!(row.bases[0].statute, "中华人民共和国食品安全法");
        let derived: Vec<&str> = answer.derived.iter().map(|d| d.column.as_str()).collect();
        assert!(derived.contains(&"主体代码") && derived.contains(&"依据"), "{name}: {derived:?}");
    }
}

#[tokio::test]
async fn a_row_speaks_of_an_item_of_the_same_files_or_of_none() {
    let office = Office::ready().await;
    let exempt = |item: &'static str| {
        let cells = [
            ("处罚实施编码", item),
            ("免罚情形", "初次违法且危害后果轻微并及时改正"),
            ("适用条件", "一年内没有受过处罚"),
            ("依据", ""),
        ];
        csv(ListKind::NoPenalty, &[("MF-1", &cells)])
    };
    let answer = office.import("2026-03-02", vec![exempt("021310001000-230883-131")]).await;
    assert!(answer.faults[0].zh.contains("item in force"), "{}", answer.faults[0].zh);
    let items = super::import::lists();
    let answer =
        office.import("2026-03-02", items.into_iter().chain([exempt("021310001000-230883-131")]).collect()).await;
    assert_eq!(answer.faults, []);
    // A compulsory power is no penalty.
    let answer = office.import("2026-04-01", vec![exempt("031310001000-230883-131")]).await;
    assert_eq!(answer.faults[0].rule, "PL-SPARED");
}

#[tokio::test]
async fn what_is_withheld_by_law_is_not_for_the_public() {
    let mut office = Office::ready().await;
    let cells = [
        ("决策年度", "2026"),
        ("承办单位", "财政局"),
        ("拟履行程序", "合法性审查；集体讨论决定"),
        ("依法不予公开", "是"),
        ("同级党委同意文件", "会议纪要"),
        ("依据", ""),
    ];
    let answer = office.import("2026-03-02", vec![csv(ListKind::MajorDecision, &[("JC-1", &cells)])]).await;
    assert_eq!(answer.faults, []);
    let row = format!("major_decision/{MARKET}/JC-1");
    for (role, seen) in [(Role::ListEditor, true), (Role::Public, false)] {
        office.roles = vec![role];
        assert_eq!(rows(&office, ListKind::MajorDecision, "2026-03-02").await.len() == 1, seen, "{role:?}");
        let request = p::GetRowRequest { row: row.clone(), as_of: String::new() };
        assert_eq!(office.api().get_row(office.request(request)).await.is_ok(), seen, "{role:?}");
        let request = p::ExportListRequest {
            sheet: p::Sheet::Listing.into(),
            list: ListKind::MajorDecision.number(),
            format: p::FileFormat::Csv.into(),
            ..Default::default()
        };
        let file = office.api().export_list(office.request(request)).await.unwrap().into_inner();
        assert_eq!(file.rows == 1, seen, "{role:?}");
    }
}

#[tokio::test]
async fn an_amendment_leaves_a_finding_on_the_row_that_cites_the_older_text() {
    let office = Office::ready().await;
    let request = publish(&office, "2026-03-02", proof(&id("ZM-1"), "甲局"), GroundKind::FirstCompilation);
    office.api().publish_row(office.request(request)).await.unwrap();
    let amended =
        super::statutes::food_of("2026年4月1日 第十四届全国人民代表大会常务委员会第二十次会议第三次修正", "2026-04-01");
    let answer = super::statutes::import(&office, "2026-05-06", vec![amended]).await;
    assert_eq!((answer.items_checked, answer.items_at_fault), (1, 1));
}

/// The whole list of an agency, as one file.
fn whole(office: &Office, on: &str, files: Vec<(String, Vec<u8>)>, check_only: bool) -> p::ImportListRequest {
    p::ImportListRequest {
        meta: office.meta(on),
        files: files.into_iter().map(|(name, content)| p::ImportFile { name, content, ..Default::default() }).collect(),
        document: "抚政发〔2026〕2号".into(),
        complete: true,
        check_only,
        ..Default::default()
    }
}

#[tokio::test]
async fn a_whole_list_cancels_the_rows_that_it_no_longer_has_and_a_check_tells_which() {
    let office = Office::ready().await;
    let cells = licence(&[]);
    let two = csv(ListKind::Licence, &[("XK-1", &cells), ("XK-2", &cells)]);
    let proofs = [("证明用途", "上岗"), ("索要单位", "甲局"), ("开具单位", "医疗机构"), ("办理指南", "体检")];
    let answer = office.import("2026-03-02", vec![two.clone(), csv(ListKind::Proof, &[("ZM-1", &proofs)])]).await;
    assert_eq!((answer.faults.as_slice(), answer.added), (&[][..], 3));

    let one = || vec![csv(ListKind::Licence, &[("XK-1", &cells)])];
    let part = p::ImportListRequest { complete: false, ..whole(&office, "2026-05-06", one(), false) };
    assert_eq!(office.send(part).await.unwrap().cancelled, 0, "a part of a list ends nothing");

    let check = office.send(whole(&office, "2026-05-06", one(), true)).await.unwrap();
    let told: Vec<_> = check.changes.iter().map(|c| (c.kind(), c.key.as_str(), c.name.as_str())).collect();
    let gone = format!("licence/{MARKET}/XK-2");
    assert_eq!(told, [(ChangeKind::Cancelled, gone.as_str(), "甲事项")]);
    assert_eq!(rows(&office, ListKind::Licence, "2026-05-06").await.len(), 2, "a check ends nothing");

    let done = office.send(whole(&office, "2026-05-06", one(), false)).await.unwrap();
    assert_eq!((done.changes, done.changed, done.cancelled), (check.changes, 1, 1));
    let left = rows(&office, ListKind::Licence, "2026-05-06").await;
    assert_eq!(
        left.iter().map(|v| v.row.as_ref().unwrap().row.as_str()).collect::<Vec<_>>(),
        [format!("licence/{MARKET}/XK-1")]
    );
    assert_eq!(rows(&office, ListKind::Licence, "2026-05-05").await.len(), 2, "until the day before");
    assert_eq!(rows(&office, ListKind::Proof, "2026-05-06").await.len(), 1, "another list is not of these files");
    let request = p::GetRowRequest { row: gone, as_of: "2026-05-06".into() };
    let ended = office.api().get_row(office.request(request)).await.unwrap().into_inner().cancellations.remove(0);
    assert_eq!(
        (ended.effective.as_str(), ended.ground.unwrap().document.as_str()),
        ("2026-05-06", "抚政发〔2026〕2号")
    );
    // The whole list again brings it back.
    let back = office.send(whole(&office, "2026-07-01", vec![two], false)).await.unwrap();
    assert_eq!((back.faults.as_slice(), back.added, back.cancelled), (&[][..], 1, 0));
}

#[tokio::test]
async fn rows_end_by_a_whole_list_on_a_ground_with_its_document_only() {
    let office = Office::ready().await;
    let cells = licence(&[]);
    office.import("2026-03-02", vec![csv(ListKind::Licence, &[("XK-1", &cells), ("XK-2", &cells)])]).await;
    let one = || vec![csv(ListKind::Licence, &[("XK-1", &cells)])];
    let first = GroundKind::FirstCompilation.number();
    for request in [
        p::ImportListRequest { document: String::new(), ..whole(&office, "2026-05-06", one(), false) },
        p::ImportListRequest { ground: first, ..whole(&office, "2026-05-06", one(), false) },
    ] {
        let answer = office.send(request).await.unwrap();
        let [fault] = &answer.faults[..] else { panic!("{:?}", answer.faults) };
        assert_eq!(fault.rule, "PL-ROW-GROUND");
        assert!(fault.zh.contains("行政许可事项清单XK-2"), "{}", fault.zh);
    }
    assert_eq!(rows(&office, ListKind::Licence, "2026-05-06").await.len(), 2);
}

#[tokio::test]
async fn a_row_is_reviewed_for_the_year_and_says_by_whom() {
    let office = Office::ready().await;
    let first = publish(&office, "2026-03-02", proof(&id("ZM-1"), "甲局"), GroundKind::FirstCompilation);
    office.api().publish_row(office.request(first)).await.unwrap();
    let review = |on: &'static str| p::ReviewRowYearlyRequest {
        meta: office.meta(on),
        row: id("ZM-1"),
        on: on.into(),
        conclusion: p::YearlyConclusion::Kept.into(),
        reviewer: "131035".into(),
    };
    let receipt = office.api().review_row_yearly(office.request(review("2027-03-01"))).await.unwrap().into_inner();
    assert_eq!(receipt.receipt.unwrap().events, ["powerlist.listing.RowReviewedYearly.v1"]);
    let request = p::GetRowRequest { row: id("ZM-1"), as_of: String::new() };
    let reviews = office.api().get_row(office.request(request)).await.unwrap().into_inner().yearly_reviews;
    let told: Vec<_> = reviews.iter().map(|r| (r.on.as_str(), r.conclusion(), r.reviewer.as_str())).collect();
    assert_eq!(told, [("2027-03-01", p::YearlyConclusion::Kept, "131035")]);
    let unknown = p::ReviewRowYearlyRequest { reviewer: "139999".into(), ..review("2027-03-02") };
    assert_eq!(office.api().review_row_yearly(office.request(unknown)).await.unwrap_err().code(), Code::NotFound);
}

const POWER: &str = "011310001000-230883-131";

/// A power with a charge, as files.
fn charged_power() -> Vec<(String, Vec<u8>)> {
    let header = Sheet::Items.header()[..15].join(",");
    let item = format!(
        "011310001000,{POWER},行政许可,食品经营许可,,抚远市市场监督管理局,{MARKET},食品,\"{BASIS}\",,受理：一次告知,食品股,依许可法第七十四条处理,受理|5工作日,投诉电话12345\n"
    );
    let fee = format!("{},\"{BASIS}\",100,件,\n", [POWER, "许可证工本费"].join(","));
    vec![
        ("items.csv".into(), format!("{header}\n{item}").into_bytes()),
        ("fees.csv".into(), format!("{}\n{fee}", Sheet::Fees.header().join(",")).into_bytes()),
    ]
}

fn charge(name: &str) -> (String, Vec<u8>) {
    let mut head = Sheet::Listing(ListKind::Charge).header().join(",");
    let cells = Sheet::Listing(ListKind::Charge).header().iter().map(|column| match *column {
        "编码" => "SF-1",
        "名称" => name,
        "主体代码" => MARKET,
        "收费类别" => "行政事业性收费",
        "征收对象" => "个人",
        "收费标准" => "每件100元",
        "依据" => BASIS,
        _ => "",
    });
    let row: Vec<String> = cells.map(|cell| format!("\"{cell}\"")).collect();
    head = format!("{head}\n{}", row.join(","));
    ("charge.csv".into(), head.into_bytes())
}

#[tokio::test]
async fn one_charge_stands_with_its_power_or_in_the_list_of_fees_and_not_in_both() {
    let office = Office::ready().await;
    // In the same files.
    let both: Vec<_> = charged_power().into_iter().chain([charge("许可证工本费")]).collect();
    let answer = office.import("2026-03-02", both).await;
    let [fault] = &answer.faults[..] else { panic!("{:?}", answer.faults) };
    assert_eq!((fault.column.as_str(), fault.row), ("名称", 2));
    assert!(fault.zh.contains(POWER) && fault.zh.contains("fees.csv"), "{}", fault.zh);
    // On record with the power, whatever stands between the characters of the name.
    let answer = office.import("2026-03-02", charged_power()).await;
    assert_eq!((answer.faults.as_slice(), answer.changed), (&[][..], 2));
    let answer = office.import("2026-03-02", vec![charge("许可证 （工本费）")]).await;
    assert!(answer.faults[0].zh.contains("已作为权力事项"), "{:?}", answer.faults);
    assert_eq!(office.import("2026-03-02", vec![charge("检验费")]).await.faults, []);
}

#[tokio::test]
async fn a_charge_of_the_list_becomes_one_of_a_power_when_its_row_has_ended() {
    let office = Office::ready().await;
    assert_eq!(office.import("2026-03-02", vec![charge("许可证工本费")]).await.faults, []);
    let answer = office.import("2026-03-09", charged_power()).await;
    assert!(answer.faults[0].zh.contains("SF-1"), "{:?}", answer.faults);
    let cancel = |effective: &str| p::CancelRowRequest {
        meta: office.meta("2026-03-10"),
        row: format!("charge/{MARKET}/SF-1"),
        effective: effective.into(),
        ground: Some(wire::show_ground(&ground(GroundKind::FunctionChanged))),
    };
    office.api().cancel_row(office.request(cancel("2026-03-12"))).await.unwrap();
    assert_eq!(office.import("2026-03-11", charged_power()).await.faults.len(), 1, "its last day");
    assert_eq!(office.import("2026-03-12", charged_power()).await.faults, []);
}

#[tokio::test]
async fn an_amendment_is_found_in_the_row_in_force_though_another_version_with_other_bases_is_to_come() {
    let office = Office::ready().await;
    publish_proof(&office, "2026-03-02").await;
    let mut later = proof(&id("ZM-1"), "甲局");
    later.bases[0].statute = "中华人民共和国药品管理法".into();
    let request = p::PublishRowRequest {
        effective: "2026-09-01".into(),
        ..publish(&office, "2026-03-02", later, GroundKind::LawChanged)
    };
    office.api().publish_row(office.request(request)).await.unwrap();
    let amended =
        super::statutes::food_of("2026年4月1日 第十四届全国人民代表大会常务委员会第二十次会议第三次修正", "2026-04-01");
    let answer = super::statutes::import(&office, "2026-05-06", vec![amended]).await;
    assert_eq!((answer.items_checked, answer.items_at_fault), (1, 1));
}

#[tokio::test]
async fn a_row_that_ended_comes_back_under_another_code_on_a_ground_and_an_import_states_it() {
    let office = Office::ready().await;
    publish_proof(&office, "2026-03-02").await;
    let cancel = p::CancelRowRequest {
        meta: office.meta("2026-04-01"),
        row: id("ZM-1"),
        effective: "2026-04-01".into(),
        ground: Some(wire::show_ground(&ground(GroundKind::LawChanged))),
    };
    office.api().cancel_row(office.request(cancel)).await.unwrap();
    let under = |kind| publish(&office, "2026-05-06", proof(&id("ZM-2"), "甲局"), kind);
    let refused = office.api().publish_row(office.request(under(GroundKind::FirstCompilation))).await.unwrap_err();
    assert_eq!(refused.get_details_error_info().unwrap().reason, "PL-ROW-GROUND");
    let cells = [("证明用途", "上岗"), ("索要单位", "甲局"), ("开具单位", "医疗机构"), ("办理指南", "体检")];
    let (name, text) = csv(ListKind::Proof, &[("ZM-2", &cells)]);
    let text = String::from_utf8(text).unwrap().replace("甲事项", "健康证明").into_bytes();
    assert_eq!(office.import("2026-05-06", vec![(name, text)]).await.faults, []);
    let row = rows(&office, ListKind::Proof, "2026-05-06").await.remove(0);
    assert_eq!(row.ground.unwrap().kind(), p::GroundKind::LawChanged);
}
