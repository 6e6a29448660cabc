//! Files as agencies have them: under titles, with heads over two rows, merged cells, in their own words and formats.

use proto::powerlist::v1::{ChangeKind, powerlist_server::Powerlist as _};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::*;

const BASES: &str = "《中华人民共和国食品安全法》（2021年修正）第三十五条第一款：国家对食品生产经营实行许可制度。从事食品生产、食品销售、餐饮服务，应当依法取得许可。\n第三十五条第二款：县级以上地方人民政府食品安全监督管理部门应当依照规定审核。";
const DUTIES: &str = "1.受理责任：公示应当提交的材料。\n2.审查责任：必要时现场核查。";

/// The list of `files/items.xls` and `files/items.ods`, which other programs wrote.
fn published(sheet: &mut Worksheet) {
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 8, "抚远市市场监督管理局权力和责任清单", &plain).unwrap();
    for (column, head) in
        [(0, "序号"), (1, "职权编码"), (4, "职权类别"), (5, "实施依据"), (6, "责任事项"), (7, "备注"), (8, "服务对象")]
    {
        sheet.merge_range(1, column, 2, column, head, &plain).unwrap();
    }
    sheet.merge_range(1, 2, 1, 3, "职权名称", &plain).unwrap();
    for (column, text) in [(2, "主项"), (3, "子项")] {
        sheet.write_string(2, column, text).unwrap();
    }
    for (column, text) in [(2, "食品经营许可"), (4, "行政许可"), (5, BASES), (6, DUTIES)] {
        sheet.merge_range(3, column, 4, column, text, &plain).unwrap();
    }
    sheet
        .write_number(3, 0, 1)
        .unwrap()
        .write_string(3, 3, "餐饮服务经营")
        .unwrap()
        .write_string(3, 8, "企业")
        .unwrap();
    sheet.write_number(4, 0, 2).unwrap().write_string(4, 3, "食品销售经营").unwrap();
    sheet.write_string(4, 7, "市级下放").unwrap().write_string(4, 8, "企业").unwrap();
}

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn xlsx() -> Vec<u8> {
    book(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("权责清单").unwrap();
        published(sheet);
        let words = book.add_worksheet();
        words.set_name("字典").unwrap().set_hidden(true).write_string(0, 0, "行政许可").unwrap();
    })
}

fn file(name: &str, content: impl Into<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    vec![(name.to_owned(), content.into())]
}

async fn items(office: &Office) -> Vec<p::ItemContent> {
    let request = office.request(p::ListItemsRequest::default());
    let items = office.api().list_items(request).await.unwrap().into_inner().items;
    items.into_iter().map(|item| item.version.unwrap().content.unwrap()).collect()
}

#[tokio::test]
async fn a_published_list_is_read_in_every_format_and_what_it_leaves_out_is_derived_and_told() {
    let formats: [(&str, &[u8]); 3] = [
        ("清单.xlsx", &xlsx()),
        ("清单.xls", include_bytes!("files/items.xls")),
        ("清单.ods", include_bytes!("files/items.ods")),
    ];
    for (name, content) in formats {
        let office = Office::ready().await;
        let answer = office.import("2026-03-02", file(name, content)).await;
        assert_eq!(answer.faults, [], "{name}: {:?}", answer.notes);
        assert_eq!((answer.rows, answer.changed, answer.added), (2, 2, 2), "{name}");
        let found = items(&office).await;
        let codes: Vec<&str> = found.iter().map(|c| c.item.as_str()).collect();
        assert_eq!(codes, ["011310001001-230883-131", "011310001002-230883-131"], "{name}");
        for (content, subitem) in found.iter().zip(["餐饮服务经营", "食品销售经营"]) {
            assert_eq!((content.name.as_str(), content.subitem.as_str()), ("食品经营许可", subitem), "{name}");
            assert_eq!((content.field.as_str(), content.agency.as_str()), ("食品", "11230883MB01310199"), "{name}");
            let bases: Vec<_> =
                content.bases.iter().map(|b| (b.article.as_str(), b.version.as_str(), b.level())).collect();
            let law = p::NormLevel::Law;
            assert_eq!(
                bases,
                [("第三十五条第一款", "2021-04-29", law), ("第三十五条第二款", "2021-04-29", law)],
                "{name}"
            );
            assert!(content.bases[0].summary.ends_with("应当依法取得许可。"), "{name}");
            let duties: Vec<_> = content.duties.iter().map(|d| d.stage.as_str()).collect();
            assert_eq!(duties, ["受理责任", "审查责任"], "{name}");
        }
        assert_eq!(found[1].remarks, "市级下放", "{name}");
        let derived: BTreeSet<_> = answer.derived.iter().map(|d| (d.row, d.column.as_str())).collect();
        for column in ["基本编码", "实施编码", "主体代码", "执法领域", "实施依据", "办理流程", "追责方式", "监督方式"]
        {
            assert!(derived.contains(&(4, column)) && derived.contains(&(5, column)), "{name}: {column} {derived:?}");
        }
        assert!(!derived.contains(&(4, "责任事项")), "it stands in the file");
        let notes: Vec<_> = answer.notes.iter().map(|n| n.zh.as_str()).collect();
        for said in ["权力和责任清单", "服务对象", "序号"] {
            assert!(notes.iter().any(|note| note.contains(said)), "{name}: {said} {notes:?}");
        }
        // The same file again has nothing to change, though its rows have no codes.
        let again = office.import("2026-04-01", file(name, content)).await;
        assert_eq!((again.faults.as_slice(), again.changed, again.unchanged), (&[][..], 0, 2), "{name}");
    }
}

#[tokio::test]
async fn a_head_that_nobody_knows_is_chosen_once_and_kept_for_the_agency() {
    let office = Office::ready().await;
    let list = |heads: &str| {
        format!(
            "抚远市市场监督管理局权责清单,,,,,,\n{heads}\n1,食品经营许可,行政许可,{},{},经营者,\n",
            BASES.replace('\n', ""),
            DUTIES.replace('\n', "")
        )
    };
    let heads = "序号,权责事宜,类别,依据,责任,对象,说明";
    let answer = office.import("2026-03-02", file("a.csv", list(heads))).await;
    assert_eq!(answer.faults.len(), 1);
    assert!(
        answer.faults[0].zh.contains("权责事宜") && answer.faults[0].zh.contains("表头=列名"),
        "{:?}",
        answer.faults
    );
    let request = |heads: Vec<p::HeadChoice>, text: String| p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: vec![p::ImportFile { name: "a.csv".into(), content: text.into_bytes(), ..Default::default() }],
        document: "抚政发〔2026〕1号".into(),
        reviewer: "131035".into(),
        opinion: OPINION.into(),
        heads,
        ..Default::default()
    };
    let choice =
        |head: &str, column: &str| p::HeadChoice { head: head.into(), column: column.into(), ..Default::default() };
    let unknown = office.send(request(vec![choice("权责事宜", "职权之名")], list(heads))).await.unwrap_err();
    assert_eq!(unknown.code(), tonic::Code::InvalidArgument);
    let chosen = vec![choice("权责事宜", "职权名称"), choice("对象", "")];
    let answer = office.send(request(chosen.clone(), list(heads))).await.unwrap();
    assert_eq!(
        (answer.faults.as_slice(), answer.changed),
        (&[][..], 2),
        "the item, and what was chosen: {:?}",
        answer.notes
    );
    assert_eq!(items(&office).await[0].name, "食品经营许可");
    // The next file of the agency needs no choice, and the same choice is none.
    let next = list(heads).replace("食品经营许可", "食品生产许可");
    let answer = office.send(request(Vec::new(), next.clone())).await.unwrap();
    assert_eq!((answer.faults.as_slice(), answer.changed), (&[][..], 1));
    let answer = office.send(request(chosen, next)).await.unwrap();
    assert_eq!((answer.faults.as_slice(), answer.changed, answer.unchanged), (&[][..], 0, 2));
    // Another agency's file does.
    let other = list(heads).replace("抚远市市场监督管理局", "抚远市某局");
    assert_eq!(office.import("2026-03-02", file("b.csv", other)).await.faults.len(), 1);
}

#[tokio::test]
async fn what_a_workbook_hides_or_cannot_say_is_named_and_keeps_the_file_out() {
    let office = Office::ready().await;
    let officers = |sheet: &mut Worksheet| {
        let heads = [
            "人员编号",
            "姓名",
            "主体代码",
            "人员类别",
            "执法证号",
            "执法领域",
            "发证日期",
            "有效期至",
            "考试日期",
            "考试成绩",
            "法律职业资格",
        ];
        for (column, head) in (0..).zip(heads) {
            sheet.write_string(0, column, head).unwrap();
        }
        for (row, (code, name)) in
            (1..).zip([("139301", "甲某"), ("139302", "乙某"), ("139303", "丙某"), ("139304", "丁某")])
        {
            let cells = [
                code,
                name,
                "11230883MB01310199",
                "执法人员",
                "23088339301",
                "食品",
                "2025年3月1日",
                "2030.2.28",
                "2025/2/10",
                "80",
                "无",
            ];
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
            sheet.write_string(row, 4, format!("2308833{code}")).unwrap();
        }
    };
    let hidden = book(|book| {
        let sheet = book.add_worksheet();
        officers(sheet);
        sheet.set_row_hidden(2).unwrap();
        let again = book.add_worksheet();
        again.set_name("旧表").unwrap().set_hidden(true);
        officers(again);
    });
    let answer = office.import("2026-03-02", file("o.xlsx", hidden)).await;
    let told: Vec<_> = answer.faults.iter().map(|f| (f.sheet.as_str(), f.row, f.zh.contains("隐藏"))).collect();
    assert!(told.contains(&("Sheet1", 3, true)) && told.contains(&("旧表", 1, true)) && told.len() == 2, "{told:?}");
    let wrong = book(|book| {
        let sheet = book.add_worksheet();
        officers(sheet);
        sheet.write_formula(1, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_number(2, 6, 45_717).unwrap();
        // One certificate for two.
        sheet.write_string(4, 4, "2308833139303").unwrap();
        sheet.write_number(4, 2, 112_308_830_000_013_100_f64).unwrap();
    });
    let answer = office.import("2026-03-02", file("o.xlsx", wrong)).await;
    let told: Vec<_> = answer.faults.iter().map(|f| (f.cell.as_str(), f.found.as_str(), f.proposal.as_str())).collect();
    assert!(told.contains(&("B2", "#N/A", "")), "{told:?}");
    assert!(told.contains(&("G3", "45717", "2025-03-01")), "{told:?}");
    assert!(told.iter().any(|(cell, found, _)| *cell == "C5" && found.starts_with("11230883")), "{told:?}");
    let twice = book(|book| {
        let sheet = book.add_worksheet();
        officers(sheet);
        sheet.write_string(4, 4, "2308833139303").unwrap();
    });
    let answer = office.import("2026-03-02", file("o.xlsx", twice)).await;
    let [fault] = answer.faults.as_slice() else { panic!("{:?}", answer.faults) };
    assert_eq!(
        (fault.cell.as_str(), fault.zh.contains("第4行"), fault.zh.contains("一证两人")),
        ("E5", true, true),
        "{fault:?}"
    );
    let answer = office.import("2026-03-02", file("o.xlsx", book(|book| officers(book.add_worksheet())))).await;
    assert_eq!((answer.faults.as_slice(), answer.changed), (&[][..], 4), "days in their usual forms are read");
}

#[tokio::test]
async fn zeros_that_a_number_lost_are_named_with_the_whole_code() {
    let office = Office::ready().await;
    let row = "21310001000,一般,货值3000元以上,罚款|1-2元\n";
    let text = format!("基本编码,阶次,适用情形,处罚种类和幅度\n{row}");
    let answer = office.import("2026-03-02", file("s.csv", text)).await;
    let [fault] = answer.faults.as_slice() else { panic!("{:?}", answer.faults) };
    assert_eq!(
        (fault.cell.as_str(), fault.found.as_str(), fault.proposal.as_str()),
        ("A2", "21310001000", "021310001000")
    );
    let list = format!(
        "序号,职权编码,职权名称,类别,依据,责任\n1,11310009000,食品经营许可,行政许可,{},{}\n",
        BASES.replace('\n', ""),
        DUTIES.replace('\n', "")
    );
    let answer = office.import("2026-03-02", file("抚远市市场监督管理局.csv", list)).await;
    let lost: Vec<_> = answer
        .faults
        .iter()
        .filter(|f| !f.proposal.is_empty())
        .map(|f| (f.cell.as_str(), f.proposal.as_str()))
        .collect();
    assert_eq!(lost, [("B2", "011310009000")], "{:?}", answer.faults);
}

#[tokio::test]
async fn faults_go_back_on_their_cells_and_the_mended_workbook_is_taken() {
    let office = Office::ready().await;
    let send = async |content: Vec<u8>| {
        let request = p::ImportListRequest {
            meta: office.meta("2026-03-02"),
            files: vec![p::ImportFile { name: "a.csv".into(), content, ..Default::default() }],
            mark_faults: true,
            ..Default::default()
        };
        office.send(request).await.unwrap()
    };
    let good = "主体代码,名称,简称,区划,主体性质,设立依据,执法领域,部门代码\n11230883MB0999001C,虚构一局,一局,230883,行政机关,方案,食品,901\n";
    let bad = good.replace(",230883,", ",23088,").replace(",901", ",1");
    let answer = send(bad.into_bytes()).await;
    let cells: Vec<_> = answer.faults.iter().map(|f| (f.cell.as_str(), f.proposal.as_str())).collect();
    assert_eq!(cells, [("D2", ""), ("H2", "001")]);
    // It is the file again, with the faults: in it they are where they were.
    let marked = send(answer.marked.clone()).await;
    let again: Vec<_> = marked.faults.iter().map(|f| (f.sheet.as_str(), f.cell.as_str())).collect();
    assert_eq!(again, [("a.csv", "D2"), ("a.csv", "H2")], "{:?}", marked.faults);
    let parts = zip_names(&answer.marked);
    assert!(parts.iter().any(|name| name.contains("comments")), "{parts:?}");
    let clean = send(good.as_bytes().to_vec()).await;
    assert_eq!((clean.faults.len(), clean.marked.len()), (0, 0));
}

/// The names in a ZIP file's directory.
fn zip_names(bytes: &[u8]) -> Vec<String> {
    let entries = bytes.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(at, _)| at);
    entries
        .map(|at| {
            let length = usize::from(u16::from_le_bytes([bytes[at + 28], bytes[at + 29]]));
            String::from_utf8_lossy(&bytes[at + 46..at + 46 + length]).into_owned()
        })
        .collect()
}

#[tokio::test]
async fn a_check_shows_what_would_change_field_by_field_and_what_would_end() {
    let office = Office::ready().await;
    office.import("2026-03-02", file("清单.xlsx", xlsx())).await;
    let (both, one) = (xlsx(), {
        let mut rows = format!(
            "职权名称,子项,类别,依据,责任,备注\n食品经营许可,餐饮服务经营,行政许可,\"{BASES}\",\"{DUTIES}\",本级\n"
        );
        rows.insert_str(0, "抚远市市场监督管理局权责清单,,,,,\n");
        rows.into_bytes()
    });
    let on = |day: &'static str, content: &[u8], complete, check_only| p::ImportListRequest {
        meta: office.meta(day),
        files: vec![p::ImportFile { name: "a".into(), content: content.to_vec(), ..Default::default() }],
        document: "抚政发〔2026〕2号".into(),
        reviewer: "131035".into(),
        opinion: OPINION.into(),
        complete,
        check_only,
        ..Default::default()
    };
    let request = |content: &[u8], complete, check_only| on("2026-06-01", content, complete, check_only);
    let checked = office.send(request(&one, true, true)).await.unwrap();
    let told: Vec<_> = checked.changes.iter().map(|c| (c.kind(), c.key.as_str(), c.row)).collect();
    let (first, second) = ("011310001001-230883-131", "011310001002-230883-131");
    assert_eq!(told, [(ChangeKind::Changed, first, 3), (ChangeKind::Cancelled, second, 0)], "{:?}", checked.faults);
    let fields: Vec<_> =
        checked.changes[0].fields.iter().map(|f| (f.column.as_str(), f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(fields, [("备注", "", "本级"), ("状态", "第1版，自2026-03-02起施行", "第2版，自2026-06-01起施行")],);
    assert_eq!((checked.changed, checked.cancelled, checked.added), (2, 1, 0));
    assert_eq!(items(&office).await.len(), 2, "it was a check");
    let done = office.send(request(&one, true, false)).await.unwrap();
    assert_eq!((&done.changes, done.changed), (&checked.changes, 2), "it did what it said");
    assert_eq!(items(&office).await.len(), 1);
    // The same rows again as only a part of the list end nothing; and the whole list brings the item back.
    let part = office.send(request(&one, false, true)).await.unwrap();
    assert_eq!((part.changed, part.unchanged), (0, 1));
    let back = office.send(on("2026-07-01", &both, true, false)).await.unwrap();
    assert_eq!((back.faults.as_slice(), back.changed, back.cancelled), (&[][..], 2, 0));
    assert_eq!(items(&office).await.len(), 2);
}

#[tokio::test]
async fn a_standard_in_part_does_not_take_the_place_of_the_whole() {
    let office = Office::ready().await;
    let item = "021310001000,021310001000-230883-131,行政处罚,对无证经营食品的处罚,,抚远市市场监督管理局,11230883MB01310199,食品,\"《中华人民共和国食品安全法》(法律,2021-04-29)第一百二十二条第一款：无证经营的处罚\",警告,决定：九十日内决定,食品股,依处罚法第七十六条处理,立案|7日,投诉电话12345\n";
    let header = crate::sheets::Sheet::Items.header()[..15].join(",");
    let tiers =
        ["从轻,货值不满3000元", "一般,货值3000元以上", "从重,再犯"].map(|tier| format!("021310001000,{tier},警告\n"));
    let standard = |tiers: &[String]| format!("基本编码,阶次,适用情形,处罚种类和幅度\n{}", tiers.concat()).into_bytes();
    let mut files = file("i.csv", format!("{header}\n{item}"));
    files.extend(file("s.csv", standard(&tiers)));
    assert_eq!(office.import("2026-03-02", files).await.faults, []);
    let answer = office.import("2026-04-01", file("s.csv", standard(&tiers[..2]))).await;
    let [fault] = answer.faults.as_slice() else { panic!("{:?}", answer.faults) };
    assert!(fault.column == "阶次" && fault.zh.contains("从重"), "{fault:?}");
    let more = [tiers.to_vec(), vec!["021310001000,减轻,主动改正,警告\n".to_owned()]].concat();
    let answer = office.import("2026-04-01", file("s.csv", standard(&more))).await;
    assert_eq!((answer.faults.as_slice(), answer.changed), (&[][..], 1));
}

#[tokio::test]
async fn a_reviewer_is_somebody_and_says_something() {
    let office = Office::ready().await;
    let request = |reviewer: &str, opinion: &str| p::ImportListRequest {
        meta: office.meta("2026-03-02"),
        files: vec![p::ImportFile { name: "a.xlsx".into(), content: xlsx(), ..Default::default() }],
        document: "抚政发〔2026〕1号".into(),
        reviewer: reviewer.into(),
        opinion: opinion.into(),
        ..Default::default()
    };
    use tonic::Code::{InvalidArgument, NotFound};
    for (reviewer, opinion, code) in
        [("131035", "", InvalidArgument), ("", OPINION, InvalidArgument), ("139999", OPINION, NotFound)]
    {
        assert_eq!(office.send(request(reviewer, opinion)).await.unwrap_err().code(), code, "{reviewer} {opinion}");
    }
    assert_eq!(office.send(request("131035", OPINION)).await.unwrap().faults, []);
    // What is in force as it stands needs nobody.
    assert_eq!(office.send(request("", "")).await.unwrap().changed, 0);
}

#[tokio::test]
async fn penalties_are_read_in_the_words_of_the_law_and_out_of_the_article_where_no_column_has_them() {
    let office = Office::ready().await;
    let article = "《中华人民共和国食品安全法》第一百二十六条第一款：违反本法规定，未按规定查验的，给予警告，并处五千元以上五万元以下罚款。";
    let list = |head: &str, cell: &str| {
        format!(
            "抚远市市场监督管理局权责清单,,,,,\n职权名称,类别,依据,责任,领域,{head}\n对未按规定查验食品的处罚,行政处罚,{article},{},食品,{cell}\n",
            DUTIES.replace('\n', "")
        )
    };
    for (head, cell) in [("处罚种类", "警告，并处五千元以上五万元以下罚款"), ("备注", "")] {
        let answer = office.import("2026-03-02", file("a.csv", list(head, cell))).await;
        assert_eq!(answer.faults, [], "{head}");
        let found = items(&office).await;
        let kinds: Vec<_> = found[0].outcomes.iter().map(p::Outcome::kind).collect();
        assert_eq!(kinds, [p::PenaltyKind::Warning, p::PenaltyKind::Fine], "{head}");
    }
}
