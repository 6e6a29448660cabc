//! Lists as agencies publish them, from the file to the decision that rests on a line of it: by the program, as the list office has it.

use std::{fs, io::Read as _, path::Path};

use encoding_rs::GB18030;
use flate2::read::DeflateDecoder;
use kernel::{Clock as _, Role, SystemClock};
use proto::{enforcement::v1 as wire, powerlist::v1 as lists};
use rust_xlsxwriter::{Format, Workbook};
use stories::suite::{self, Engine, Running};
use tempfile::TempDir;

use crate::{
    county::XU,
    lists::public,
    matter::{Matter, fine},
    people::{MARKET, Officer, command::Receipted as _},
    process,
};

const REGIONS: &str = "code,name,level,parent\n230000,黑龙江省,province,\n230800,佳木斯市,city,230000\n230883,抚远市,county,230800\n230883100,抚远镇,township,230883\n";
const AGENCIES: &str = "主体代码,名称,简称,区划,主体性质,设立依据,执法领域,部门代码\n11230883MB01310199,抚远市市场监督管理局,市场监管局,230883,行政机关,机构改革方案（示例）,食品；广告,131\n";
const OFFICERS: &str = "人员编号,姓名,主体代码,人员类别,执法证号,执法领域,发证日期,有效期至,考试日期,考试成绩,法律职业资格\n131001,徐云,11230883MB01310199,执法人员,23088331001,食品；广告,2026-04-07,2031-04-06,2026-03-21,68,无\n131013,兰敏,11230883MB01310199,执法人员,23088331013,食品；广告,2026-04-07,2031-04-06,2026-03-21,70,无\n131035,赖东,11230883MB01310199,法制审核人员,23088331035,食品,2026-08-13,2031-08-12,2026-07-27,86,有\n";
const DUTIES: &str = "1.立案责任：发现违法行为的，予以审查，决定是否立案。\n2.调查责任：执法人员不得少于两人，并应当出示执法证件。\n3.决定责任：制作行政处罚决定书，载明违法事实和依据。";

/// A list office at its desk: a folder with its files, and the program.
struct Desk<'a> {
    running: &'a Running,
    folder: TempDir,
    token: String,
}

impl<'a> Desk<'a> {
    async fn of(running: &'a Running) -> Self {
        running.set_clock(SystemClock.now());
        let roles = [Role::ListEditor, Role::ListApprover, Role::LegalReviewer];
        let token = running.token_in("230000", "list-office", None, &roles);
        let desk = Self { running, folder: tempfile::tempdir().expect("a folder"), token };
        let files = [("regions.csv", REGIONS), ("agencies.csv", AGENCIES), ("officers.csv", OFFICERS)];
        files.iter().for_each(|(name, text)| desk.put(name, text.as_bytes()));
        let (done, said) = desk.import(&files.map(|(name, _)| name), &[]).await;
        assert!(done, "{said}");
        desk
    }

    fn put(&self, name: &str, content: &[u8]) {
        fs::write(self.folder.path().join(name), content).expect("a file");
    }

    /// Runs `fazhi import`: whether it went well, and what it said.
    async fn import(&self, files: &[&str], more: &[&str]) -> (bool, String) {
        let server = format!("http://{}", self.running.suite.grpc);
        let mut command = process::fazhi(&["import", "--server", &server, "--token", &self.token]);
        command.args([
            "--reviewer",
            "131035",
            "--document",
            "抚政发〔2026〕1号（示例）",
            "--opinion",
            "依据充分，同意公布",
        ]);
        command.args(more).args(files.iter().map(|name| self.folder.path().join(name)));
        let done = tokio::task::spawn_blocking(move || command.output()).await.expect("it runs").expect("it ends");
        let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        (done.status.success(), said)
    }

    /// Checks a file that has doubts, and gives what was said and the marked workbook.
    async fn doubts(&self, files: &[&str], more: &[&str]) -> (String, Vec<u8>) {
        let marked = self.folder.path().join("marked.xlsx");
        _ = fs::remove_file(&marked);
        let path = marked.display().to_string();
        let (done, said) = self.import(files, &[&["--check", "--marked", &path], more].concat()).await;
        assert!(!done, "{said}");
        let marked = fs::read(&marked).unwrap_or_else(|_| panic!("no marked workbook: {said}"));
        // For who wants to look at it.
        if let Some(folder) = std::env::var_os("MARKED") {
            fs::write(Path::new(&folder).join(format!("{}.marked.xlsx", files[0])), &marked).expect("a file");
        }
        (said, marked)
    }

    async fn item(&self, name: &str) -> lists::Item {
        let asked = lists::ListItemsRequest { text: name.to_owned(), ..lists::ListItemsRequest::default() };
        let mut found = public(self.running).list_items(asked).await.expect("the list").into_inner().items;
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found.remove(0)
    }
}

/// A file inside a workbook.
fn part(book: &[u8], name: &str) -> String {
    let number = |at: usize, bytes: usize| {
        book[at..at + bytes].iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
    };
    // By the directory at its end: name, and where it begins.
    let mut at = book.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    while book[at..].starts_with(b"PK\x01\x02") {
        let (name_length, more, begins) =
            (number(at + 28, 2), number(at + 30, 2) + number(at + 32, 2), number(at + 42, 4));
        if &book[at + 46..at + 46 + name_length] == name.as_bytes() {
            let content = begins + 30 + number(begins + 26, 2) + number(begins + 28, 2);
            let packed = &book[content..content + number(at + 20, 4)];
            let mut text = String::new();
            DeflateDecoder::new(packed).read_to_string(&mut text).expect("deflated text");
            return text;
        }
        at += 46 + name_length + more;
    }
    panic!("there is no {name}");
}

/// A county's list: titles, heads over two rows, main items with several sub-items, the law's own words in the cells.
fn workbook(mended: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.set_name("行政处罚类").expect("a name");
    sheet.merge_range(0, 0, 0, 8, "抚远市市场监督管理局权力和责任清单（2026年版）", &plain).expect("a title");
    sheet.write_string(1, 0, "填报单位：抚远市市场监督管理局（盖章）").expect("a cell");
    for (column, head) in [
        (0, "序号"),
        (1, "职权类别"),
        (4, "实施依据"),
        (5, "处罚种类及幅度"),
        (6, "责任事项"),
        (7, "行使层级"),
        (8, "备注"),
    ] {
        sheet.merge_range(2, column, 3, column, head, &plain).expect("a head");
    }
    sheet.merge_range(2, 2, 2, 3, "职权名称", &plain).expect("a head");
    sheet.write_string(3, 2, "主项").expect("a head").write_string(3, 3, "子项").expect("a head");
    let law = |article: &str, text: &str| format!("《中华人民共和国食品安全法》（2021年修正）{article}：{text}");
    let first = law(
        "第一百二十六条第一款",
        "违反本法规定，有下列情形之一的，由县级以上人民政府食品安全监督管理部门责令改正，给予警告；拒不改正的，处五千元以上五万元以下罚款；情节严重的，责令停产停业，直至吊销许可证。",
    );
    let words = "责令改正，给予警告；拒不改正的，处五千元以上五万元以下罚款；情节严重的，责令停产停业，直至吊销许可证";
    for column in [1, 2, 4, 5, 6, 7] {
        let text = match column {
            1 => "行政处罚",
            2 => "对食品经营者未按要求进行查验、记录的处罚",
            4 => &first,
            5 => words,
            6 => DUTIES,
            _ => "县级以上",
        };
        sheet.merge_range(4, column, 5, column, text, &plain).expect("a cell");
    }
    sheet
        .write_number(4, 0, 1)
        .expect("a cell")
        .write_string(4, 3, "进货时未查验许可证和相关证明文件")
        .expect("a cell");
    sheet.write_number(5, 0, 2).expect("a cell").write_string(5, 3, "未遵守进货查验记录制度").expect("a cell");
    sheet.write_string(5, 8, "市级下放").expect("a cell");
    let second = if mended {
        law(
            "第一百二十五条第二款",
            "生产经营的食品、食品添加剂的标签、说明书存在瑕疵但不影响食品安全且不会对消费者造成误导的，由县级以上人民政府食品安全监督管理部门责令改正；拒不改正的，处二千元以下罚款。",
        )
    } else {
        "《中华人民共和国食品安全法》：标签、说明书存在瑕疵的，责令改正".to_owned()
    };
    let words = if mended {
        "责令改正；拒不改正的，处二千元以下罚款"
    } else {
        "视情节轻重予以处罚"
    };
    for (column, text) in [
        (1, "行政处罚"),
        (2, "对生产经营的食品标签、说明书存在瑕疵的处罚"),
        (4, second.as_str()),
        (5, words),
        (6, DUTIES),
        (7, "省级、市级、县级"),
    ] {
        sheet.write_string(6, column, text).expect("a cell");
    }
    sheet.write_number(6, 0, 3).expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_of_a_county_is_checked_mended_and_taken_in_and_a_line_of_it_decides_a_case() {
    let running = suite::start(Engine::Sqlite).await;
    let desk = Desk::of(&running).await;
    desk.put("清单.xlsx", &workbook(false));
    let field = ["--value", "执法领域=食品"];
    let (said, marked) = desk.doubts(&["清单.xlsx"], &field).await;
    for word in ["E7", "F7", "视情节轻重予以处罚", "rows have faults"] {
        assert!(said.contains(word), "{word} is not said: {said}");
    }
    // The workbook is theirs, with a list of the faults before it, and each on its cell.
    let sheets = part(&marked, "xl/workbook.xml");
    assert!(sheets.contains("问题清单") && sheets.contains("行政处罚类"), "{sheets}");
    let notes = part(&marked, "xl/comments1.xml");
    assert!(notes.contains("ref=\"E7\"") && notes.contains("ref=\"F7\""), "{notes}");

    desk.put("清单.xlsx", &workbook(true));
    let (done, said) = desk.import(&["清单.xlsx"], &[&field[..], &["--check"]].concat()).await;
    assert!(done && said.contains("3 rows read, 3 would be changed"), "{said}");
    let (done, said) = desk.import(&["清单.xlsx"], &field).await;
    assert!(done && said.contains("3 rows read, 3 changed (3 new, 0 cancelled)"), "{said}");
    let (done, said) = desk.import(&["清单.xlsx"], &field).await;
    assert!(done && said.contains("0 changed"), "{said}");

    let item = desk.item("进货时未查验").await;
    let content = item.version.clone().expect("a version").content.expect("its content");
    assert_eq!((content.least_level(), content.exercised_at.as_str()), (lists::RegionLevel::County, "县级以上"));
    assert_eq!(content.subitem, "进货时未查验许可证和相关证明文件");
    decided(
        &running,
        &content.item,
        wire::Penalty { kind: wire::PenaltyKind::Warning.into(), ..Default::default() },
        "",
    )
    .await;
    running.stop().await;
}

/// Another agency's list: its own heads, one file for the powers and one for the standards, which name the conduct and no code.
fn tables(mended: bool) -> [(&'static str, String); 2] {
    let items = "抚远市市场监督管理局行政执法事项清单,,,,,,\n\
         序号,执法事项名称,事项类型,设定依据,处罚内容,承办机构,追责情形\n\
         1,对广告中未显著标明有关内容的行政处罚,处罚,《中华人民共和国广告法》（2021年修正）第五十九条第一款：有下列行为之一的，由市场监督管理部门责令停止发布广告，对广告主处十万元以下的罚款。,处十万元以下的罚款,广告监管股,依法追究责任\n";
    let conduct = if mended { "广告中未显著标明有关内容" } else { "广告不清楚" };
    let standards = format!(
        "抚远市市场监督管理局行政处罚裁量基准,,,,\n\
         序号,违法行为,违法程度,具体情形,处罚标准\n\
         1,{conduct},从轻,初次发布，及时改正,罚款三万元以下\n\
         ,,一般,发布不足三个月,罚款三万元以上七万元以下\n\
         ,,从重,发布三个月以上,罚款七万元以上十万元以下\n"
    );
    [("事项.csv", items.to_owned()), ("裁量基准.csv", standards)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_another_layout_in_gb18030_are_taken_in_with_standards_that_name_the_conduct() {
    let running = suite::start(Engine::Sqlite).await;
    let desk = Desk::of(&running).await;
    let put = |mended| {
        for (name, text) in tables(mended) {
            desk.put(name, &GB18030.encode(&text).0);
        }
    };
    let names = ["事项.csv", "裁量基准.csv"];
    let field = ["--value", "执法领域=广告"];
    put(false);
    let (said, marked) = desk.doubts(&names, &field).await;
    assert!(said.contains("没有名称为“广告不清楚”的处罚事项") && said.contains("B3"), "{said}");
    assert!(part(&marked, "xl/workbook.xml").contains("裁量基准"));
    put(true);
    let (done, said) = desk.import(&names, &field).await;
    assert!(done && said.contains("4 rows read, 1 changed (1 new, 0 cancelled)"), "{said}");
    let item = desk.item("广告中未显著标明").await;
    let tiers = item.standard.clone().expect("a standard").tiers;
    let levels: Vec<_> = tiers.iter().map(lists::Tier::level).collect();
    assert_eq!(levels, [lists::TierLevel::Lighter, lists::TierLevel::Ordinary, lists::TierLevel::Heavier]);
    let code = item.version.expect("a version").content.expect("its content").item;
    decided(&running, &code, fine(2_000), &tiers[0].code).await;
    running.stop().await;
}

/// A case on the spot, the day after the list was published.
async fn decided(running: &Running, item: &str, penalty: wire::Penalty, tier: &str) {
    let written = running.suite.ledger("powerlist").expect("a ledger").head().size - 1;
    let officer = Officer::of(running, MARKET, XU).having_seen(written);
    let today = law::day_of(SystemClock.now());
    let at = |time: &str| format!("{}T{time}", today.tomorrow().expect("a day"));
    running.set_clock(crate::people::moment(&at("08:00")));
    let file = officer.hands_in("当场处罚笔录（示例）".as_bytes(), "text/plain").await;
    let matter = Matter::new();
    let violation = wire::Violation {
        from: today.to_string(),
        until: today.to_string(),
        discovered: today.tomorrow().expect("a day").to_string(),
        ..matter.filing().violation.expect("a violation")
    };
    let filing = wire::FileCaseRequest {
        procedure: wire::Procedure::Simple.into(),
        item_code: item.to_owned(),
        violation: Some(violation),
        approved_by: String::new(),
        ..matter.filing()
    };
    officer.does(&at("09:00"), filing).await;
    let evidence = wire::CollectEvidenceRequest { certificate_shown: Some(true), ..matter.evidence(&file) };
    officer.does(&at("09:05"), evidence).await;
    let verified = wire::VerifyEvidenceRequest {
        case_id: matter.case_id.clone(),
        evidence_id: matter.evidence_id.clone(),
        genuine: true,
        how: "与现场情况核对一致".to_owned(),
        ..wire::VerifyEvidenceRequest::default()
    };
    officer.does(&at("09:08"), verified).await;
    let (case_id, reason) = (matter.case_id.clone(), "已经当场改正，无可改正".to_owned());
    officer.does(&at("09:09"), wire::WaiveCorrectionRequest { case_id, reason, ..Default::default() }).await;
    let notice = wire::NotifyPenaltyRequest { penalties: vec![penalty.clone()], ..matter.notice() };
    officer.does(&at("09:10"), notice).await;
    let waiver = wire::WaiveStatementRequest {
        case_id: matter.case_id.clone(),
        how: "当场签字放弃".to_owned(),
        ..wire::WaiveStatementRequest::default()
    };
    officer.does(&at("09:12"), waiver).await;
    let decision = wire::DecidePenaltyRequest { penalties: vec![penalty], tier: tier.to_owned(), ..matter.decision() };
    let decided = officer.does(&at("09:20"), decision).await;
    assert_eq!(decided.receipt().violations, []);
    assert!(decided.number.starts_with("市场监管局当罚"), "{}", decided.number);
}
