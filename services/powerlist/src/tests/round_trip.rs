//! What is exported and taken in by an empty suite is exported from there byte by byte the same.

use std::collections::BTreeMap;

use proto::powerlist::v1::powerlist_server::Powerlist as _;

use super::*;
use crate::{
    domain::listing::{ListKind, PartForm, PartSpec},
    sheets::{Format, Sheet, write},
};
use kernel::words::Word as _;

const SHEETS: [(Sheet, p::Sheet); 9] = [
    (Sheet::Regions, p::Sheet::Regions),
    (Sheet::Parameters, p::Sheet::Parameters),
    (Sheet::Agencies, p::Sheet::Agencies),
    (Sheet::Officers, p::Sheet::Officers),
    (Sheet::Offices, p::Sheet::Offices),
    (Sheet::Items, p::Sheet::Items),
    (Sheet::Standards, p::Sheet::Standards),
    (Sheet::Fees, p::Sheet::Fees),
    (Sheet::PlanTasks, p::Sheet::PlanTasks),
];

/// Every list, as the API asks for it.
fn sheets() -> impl Iterator<Item = (Sheet, p::Sheet, i32)> {
    let others = ListKind::ALL.iter().map(|list| (Sheet::Listing(*list), p::Sheet::Listing, list.number()));
    SHEETS.into_iter().map(|(sheet, wire)| (sheet, wire, 0)).chain(others)
}

/// Numbers that follow from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len() as u64) as usize]
    }

    /// A line of text with what files trip over.
    fn text(&mut self, words: u64) -> String {
        const WORDS: [&str; 20] = [
            "食品",
            "许可",
            "对无证经营的处罚",
            "=1+1",
            "＝",
            "+",
            "-",
            "@",
            "'",
            "\"",
            ",",
            "，",
            "、",
            "\"\"",
            "甲（乙）",
            "A1",
            "𠀀",
            "0123",
            "1.50",
            "《某法》",
        ];
        (0..=self.below(words)).map(|_| self.of(&WORDS)).collect()
    }

    /// The same, with line ends.
    fn lines(&mut self) -> String {
        (0..=self.below(3)).map(|_| self.text(4)).collect::<Vec<_>>().join("\n")
    }
}

/// A code of GB 32100 with its check character.
fn uscc(body: &str) -> String {
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let (mut weight, mut sum) = (1, 0);
    for c in body.chars() {
        sum += LETTERS.find(c).unwrap() * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", LETTERS.chars().nth((31 - sum % 31) % 31).unwrap())
}

/// The rows of lists that could be anybody's.
fn lists(seed: u64) -> BTreeMap<Sheet, Vec<Vec<String>>> {
    let mut c = Chance(seed);
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let mut lists: BTreeMap<Sheet, Vec<Vec<String>>> = BTreeMap::new();
    let mut put = |sheet, row| lists.entry(sheet).or_default().push(row);
    for region in [
        ["230000", "黑龙江省", "province", ""],
        ["230800", "佳木斯市", "city", "230000"],
        ["230883", "抚远市", "county", "230800"],
        ["230883100", "抚远镇", "township", "230883"],
    ] {
        put(Sheet::Regions, row(&region));
    }
    put(
        Sheet::PlanTasks,
        row(&[
            "XY",
            "1",
            "230883",
            "2026-01-01",
            "建立清单",
            "Lists",
            "",
            "2026-06-30|公布|published",
            "",
            "是",
            "某方案",
        ]),
    );
    let organs: Vec<String> = (0..2 + c.below(2)).map(|n| uscc(&format!("11230883MB013{n:04}"))).collect();
    for (n, code) in organs.iter().enumerate() {
        let (name, basis) = (format!("第{n}局{}", c.text(3)), c.lines());
        let liberty = if c.below(3) == 0 { "是" } else { "否" };
        let from = c.of(&["2019-03-01", "2020-11-30"]);
        put(
            Sheet::Agencies,
            row(&[
                code,
                &name,
                &format!("{n}局"),
                "230883",
                "行政机关",
                &basis,
                "食品；药品",
                &format!("13{n}"),
                "",
                from,
                liberty,
                "",
            ]),
        );
    }
    let entrusted = uscc("11230883MB0990001");
    put(
        Sheet::Agencies,
        row(&[
            &entrusted,
            "某中心",
            "中心",
            "230883",
            "受委托组织",
            "委托书",
            "食品",
            "",
            &organs[0],
            "2021-01-01",
            "否",
            c.of(&["", "委托书（2026）|2026-01-01至2028-12-31|行政处罚；021310001000|公布2026-01-05|管理公共事务职能；持证人员"]),
        ]),
    );
    put(
        Sheet::Officers,
        row(&[
            "131035",
            "赖东",
            &organs[0],
            "法制审核人员",
            "23088331035",
            "食品",
            "2022-08-13",
            "2027-08-12",
            "2021-07-27",
            "86",
            "无",
            "2015-01-01",
        ]),
    );
    for n in 0..3 + c.below(3) {
        let code = format!("1310{n:02}");
        let certificate = format!("230883{n:05}");
        let qualified = c.of(&["有", "无"]);
        let (name, organ) = (format!("某{n}"), organs[c.below(organs.len() as u64) as usize].clone());
        put(
            Sheet::Officers,
            row(&[
                &code,
                &name,
                &organ,
                "执法人员",
                &certificate,
                "食品；药品",
                "2022-04-07",
                "2027-04-06",
                "2022-03-21",
                "68",
                qualified,
                "",
            ]),
        );
        if c.below(2) == 0 {
            put(Sheet::Offices, row(&[&code, &organ, "正职负责人", "2024-02-26", "", &c.text(3)]));
        }
    }
    for n in 0..6 + c.below(6) {
        let (kind, digits) =
            [("行政许可", "01"), ("行政处罚", "02"), ("行政强制", "03"), ("行政检查", "06")][c.below(4) as usize];
        let base = format!("{digits}131{n:04}000");
        let (name, subitem) =
            (format!("事项{n}{}", c.text(3)), if c.below(2) == 0 { c.text(2) } else { String::new() });
        let bases: Vec<String> = (0..=c.below(2))
            .map(|b| {
                format!("《中华人民共和国食品安全法》(法律,2021-04-29)第{}条：{}", ["一", "二"][b as usize], c.text(6))
            })
            .collect();
        let outcomes = match kind {
            "行政处罚" => "警告\n罚款|50000-100000元|货值金额不足10000元",
            "行政强制" => {
                "查封||对场所、设施\n扣押“暂扣”|7日+7日|对财物；限于车辆；期限依照《食品安全法》第一条\n代履行||自行执行"
            }
            _ => "",
        };
        for (at, organ) in organs.iter().enumerate().take(1 + c.below(organs.len() as u64) as usize) {
            let body = lists_name(&lists, organ);
            let mut put = |sheet, row| lists.entry(sheet).or_default().push(row);
            let item = format!("{base}-230883-13{at}");
            let (duties, flow) = (format!("立案：{}\n决定：{}", c.text(5), c.text(2)), "立案|7日\n送达|7工作日");
            let (responsible, accountability) = (c.text(3), c.lines());
            let region = c.of(&["230883", "230883100"]);
            let terms = match kind {
                "行政许可" => {
                    "条件|有固定的场所\n材料|申请书\n办理时限|20个工作日，承诺10个工作日\n有效期|5年\n特别程序|现场核查，10个工作日"
                }
                "行政检查" => "检查内容|台账\n检查方式|双随机抽查\n年度频次|2次",
                "行政处罚" => c.of(&["", "责令“补种”|砍伐株数1-3倍|依照《食品安全法》第一条"]),
                _ => "",
            };
            let otherwise = match kind {
                "行政处罚" => c.of(&[
                    "",
                    "办案期限|180日|依照《食品安全法》第一条\n当场罚款|500元|对个人；依照《食品安全法》第一条",
                ]),
                _ => "",
            };
            let (level, grant, exclusive) = (c.of(&["", "县级"]), c.text(2), c.of(&["", "是"]));
            let cells = [
                &base,
                &item,
                kind,
                &name,
                &subitem,
                &body,
                organ,
                "食品",
                &bases.join("\n"),
                outcomes,
                &duties,
                &responsible,
                &accountability,
                flow,
                "投诉电话",
                c.of(&["", "县级"]),
                &c.lines(),
                region,
                level,
                &grant,
                exclusive,
                otherwise,
                terms,
            ];
            put(Sheet::Items, row(&cells));
            if kind == "行政处罚" {
                for (level, code) in [("从轻", "a"), ("一般", "b"), ("一般", "c")] {
                    let text = c.lines();
                    put(
                        Sheet::Standards,
                        row(&[
                            &base,
                            level,
                            &text,
                            &format!("罚款|{}-100000元", 50_000 + c.below(9) * 1_000),
                            organ,
                            &format!("{code}{at}"),
                        ]),
                    );
                }
            }
            if kind == "行政许可" && c.below(2) == 0 {
                put(
                    Sheet::Fees,
                    row(&[
                        &item,
                        &c.text(2),
                        "《某条例》(行政法规,2019-03-01)第三条：收费",
                        "100.5",
                        "证",
                        c.of(&["", "50"]),
                    ]),
                );
            }
        }
    }
    for list in ListKind::ALL {
        for n in 0..c.below(4) {
            let organ = organs[c.below(organs.len() as u64) as usize].clone();
            let (body, name) = (lists_name(&lists, &organ), format!("{}{n}", c.text(3)));
            let mut cells = row(&[&format!("{}-{n}", list.id().replace('_', ".")), &name, &body, &organ, "230883"]);
            let item = |kinds: &[&str], c: &mut Chance| {
                let items = lists.get(&Sheet::Items).map(Vec::as_slice).unwrap_or_default();
                let of: Vec<&str> =
                    items.iter().filter(|row| kinds.contains(&row[2].as_str())).map(|row| row[1].as_str()).collect();
                if of.is_empty() { String::new() } else { c.of(&of).to_owned() }
            };
            for spec in list.parts() {
                cells.push(cell(spec, &mut c, item));
            }
            let bases = [
                String::new(),
                format!("《中华人民共和国食品安全法》(法律,2021-04-29)第一条：{}", c.text(4)),
                format!("《某规定》(地方政府规章,2021-04-29,黑龙江省人民政府,罚则)第二条：{}", c.text(2)),
            ];
            cells.push(bases[c.below(3) as usize].clone());
            lists.entry(Sheet::Listing(*list)).or_default().push(cells);
        }
    }
    lists
}

/// A cell of a part, often empty.
fn cell(spec: &PartSpec, c: &mut Chance, item: impl Fn(&[&str], &mut Chance) -> String) -> String {
    if c.below(4) == 0 {
        return String::new();
    }
    match spec.form {
        PartForm::Text(_) | PartForm::Texts(_) => c.lines(),
        PartForm::Word(words) => words[c.below(words.len() as u64) as usize].label.zh.to_owned(),
        PartForm::Words(words) => {
            let some = words.iter().filter(|_| c.below(2) == 0).map(|word| word.label.zh);
            some.collect::<Vec<_>>().join("；")
        }
        PartForm::Number(most) => c.below(1 + u64::try_from(most).unwrap()).to_string(),
        PartForm::Money => ["0", "50", "100.5"][c.below(3) as usize].to_owned(),
        PartForm::Days => ["0工作日", "20工作日", "15日"][c.below(3) as usize].to_owned(),
        PartForm::Day => "2026-12-31".to_owned(),
        PartForm::Item([]) => item(&["行政许可", "行政处罚", "行政强制", "行政检查"], c),
        PartForm::Item(kinds) => item(&kinds.iter().map(|kind| kind.zh()).collect::<Vec<_>>(), c),
        PartForm::YesNo => ["是", "否"][c.below(2) as usize].to_owned(),
    }
}

/// What an agency is called in the lists.
fn lists_name(lists: &BTreeMap<Sheet, Vec<Vec<String>>>, agency: &str) -> String {
    lists[&Sheet::Agencies].iter().find(|row| row[0] == agency).unwrap()[1].clone()
}

async fn take(office: &Office, files: &BTreeMap<Sheet, Vec<u8>>) -> p::ImportListResponse {
    let mut meta = office.meta("2026-03-02");
    meta.as_mut().unwrap().mode = Mode::Reporting.into();
    let files = files.iter().map(|(sheet, content)| p::ImportFile {
        name: format!("{}.csv", sheet.name()),
        content: content.clone(),
        ..Default::default()
    });
    let request = p::ImportListRequest {
        meta,
        files: files.collect(),
        document: "抚政发〔2026〕1号".into(),
        reviewer: "131035".into(),
        opinion: OPINION.into(),
        ..Default::default()
    };
    office.send(request).await.unwrap()
}

async fn exported(office: &Office, format: p::FileFormat) -> BTreeMap<Sheet, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (sheet, wire, list) in sheets() {
        let request = p::ExportListRequest { sheet: wire.into(), list, format: format.into(), ..Default::default() };
        files.insert(sheet, office.api().export_list(office.request(request)).await.unwrap().into_inner().content);
    }
    files
}

#[tokio::test]
async fn exported_lists_make_the_same_suite_anew() {
    for seed in 1..=8 {
        let made: BTreeMap<Sheet, Vec<u8>> =
            lists(seed).iter().map(|(sheet, rows)| (*sheet, write(*sheet, Format::Csv, rows).unwrap())).collect();
        let first = Office::new().await;
        let answer = take(&first, &made).await;
        assert_eq!(answer.faults, [], "seed {seed}");
        let csv = exported(&first, p::FileFormat::Csv).await;
        for (sheet, content) in &csv {
            let rows = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().lines().count();
            let made = made.get(sheet).map_or(1, |bytes| rows(bytes));
            assert_eq!(rows(content), made, "seed {seed}: {} has every row", sheet.name());
        }
        for format in [p::FileFormat::Csv, p::FileFormat::Xlsx] {
            let second = Office::new().await;
            assert_eq!(take(&second, &exported(&first, format).await).await.faults, [], "seed {seed} {format:?}");
            for (sheet, content) in exported(&second, p::FileFormat::Csv).await {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                assert_eq!(text(&content), text(&csv[&sheet]), "seed {seed} {format:?}: {}", sheet.name());
            }
        }
        let again = take(&first, &csv).await;
        assert_eq!((again.faults.as_slice(), again.changed), (&[][..], 0), "seed {seed}");
    }
}

#[tokio::test]
async fn what_an_import_left_is_what_is_read_anew() {
    let made: BTreeMap<Sheet, Vec<u8>> =
        lists(3).iter().map(|(sheet, rows)| (*sheet, write(*sheet, Format::Csv, rows).unwrap())).collect();
    let office = Office::new().await;
    assert_eq!(take(&office, &made).await.faults, []);
    let items = |text: &str| p::ListItemsRequest { text: text.to_owned(), page_size: 100, ..Default::default() };
    let before = exported(&office, p::FileFormat::Csv).await;
    let listed = office.api().list_items(office.request(items(""))).await.unwrap().into_inner();
    // The same ledger, read from its beginning.
    office.api().edge.service.ledger().clone().close().await;
    let anew = Office { app: open(&office.folder, &office.clock).await, ..office };
    assert_eq!(exported(&anew, p::FileFormat::Csv).await, before);
    assert_eq!(anew.api().list_items(anew.request(items(""))).await.unwrap().into_inner(), listed);
}

#[tokio::test]
async fn an_export_says_what_it_leaves_out() {
    let office = Office::ready().await;
    let left = async |sheet: p::Sheet| {
        let request =
            p::ExportListRequest { sheet: sheet.into(), format: p::FileFormat::Csv.into(), ..Default::default() };
        let file = office.api().export_list(office.request(request)).await.unwrap().into_inner();
        file.left_out.into_iter().map(|left| (left.en, left.count)).collect::<Vec<_>>()
    };
    assert_eq!(left(p::Sheet::Officers).await, [], "all that is known of them stands in the list");
    let training = p::RecordTrainingRequest {
        meta: office.meta("2026-03-02"),
        officer: "131001".into(),
        on: "2026-03-01".into(),
        hours: 40,
        subject: "行政处罚法".into(),
    };
    office.api().record_training(office.request(training)).await.unwrap();
    let revoked = p::RevokeCertificateRequest {
        meta: office.meta("2026-03-03"),
        officer: "131001".into(),
        certificate: "23088331001".into(),
        on: "2026-03-03".into(),
        reason: "调离".into(),
    };
    office.api().revoke_certificate(office.request(revoked)).await.unwrap();
    let told = left(p::Sheet::Officers).await;
    assert_eq!(
        told,
        [("records of training".to_owned(), 1), ("certificates of before, withdrawn or still to come".to_owned(), 1),]
    );
    let seeded: BTreeMap<Sheet, Vec<u8>> =
        lists(3).iter().map(|(sheet, rows)| (*sheet, write(*sheet, Format::Csv, rows).unwrap())).collect();
    let office = Office::new().await;
    assert_eq!(take(&office, &seeded).await.faults, []);
    for (sheet, word) in
        [(p::Sheet::Items, "grounds, reviewers"), (p::Sheet::Standards, "documents and first days of standards")]
    {
        let request =
            p::ExportListRequest { sheet: sheet.into(), format: p::FileFormat::Csv.into(), ..Default::default() };
        let file = office.api().export_list(office.request(request)).await.unwrap().into_inner();
        assert!(file.left_out.iter().any(|left| left.en.starts_with(word) && left.count > 0), "{:?}", file.left_out);
        assert!(file.left_out.iter().all(|left| !left.zh.is_empty() && left.count > 0));
    }
    let done = p::ReportPlanProgressRequest {
        meta: office.meta("2026-03-05"),
        plan: "XY".into(),
        number: "1".into(),
        what: "已起草".into(),
    };
    office.api().report_plan_progress(office.request(done)).await.unwrap();
    let request = p::ExportListRequest {
        sheet: p::Sheet::PlanTasks.into(),
        format: p::FileFormat::Csv.into(),
        ..Default::default()
    };
    let file = office.api().export_list(office.request(request)).await.unwrap().into_inner();
    assert_eq!(file.left_out.iter().map(|left| left.count).sum::<u32>(), 1);
}
