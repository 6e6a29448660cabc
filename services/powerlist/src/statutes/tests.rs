//! Texts of our own invention: what is read, and what is told of a file that cannot be.

use super::*;
use crate::domain::statute::text::{Item, Paragraph};

const HARBOUR: &str = "\
# 滨海省渡口管理条例
2015年3月1日 滨海省第十二届人民代表大会常务委员会第十次会议通过
2021年6月18日 滨海省第十三届人民代表大会常务委员会第三十次会议《关于修改〈滨海省渡口管理条例〉的决定》第一次修正
<!-- INFO END -->
## 第一章 总 则
第一条 为了加强渡口管理，制定本条例。
第二条 渡口运营人应当具备下列条件：
（一）有渡船；
（二）有船员：
1．持证船员；
2．足够人数。
前款所称渡船，是指载客十二人以上的船舶。
第十条规定的除外。
## 第二章 处 罚
### 第一节 一般规定
第三条 违反本条例第二条第一款规定的，处五百元以上五千元以下罚款。
第三条之一 载客超过核定人数的，责令停航。
## 第三章 附 则
第四条 本条例自2015年5月1日起施行。
附件：
渡口名录
甲渡口
";

fn read_text(text: &str) -> StatuteText {
    read("滨海省渡口管理条例.md", text.as_bytes(), &Said::default()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[track_caller]
fn told(text: &str, line: u32, word: &str) {
    let faults = read("a(2020-01-01).md", text.as_bytes(), &Said::default()).unwrap_err();
    assert!(faults.iter().any(|f| f.line == line && f.zh.contains(word)), "line {line}, {word}: {faults:?}");
}

#[test]
fn reads_head_chapters_articles_paragraphs_items_and_sub_items() {
    let text = read_text(HARBOUR);
    assert_eq!(text.title, "滨海省渡口管理条例");
    assert_eq!((text.version, text.promulgated), (day("2021-06-18"), Some(day("2015-03-01"))));
    assert_eq!(text.level, Some(NormLevel::LocalRegulation));
    assert_eq!(text.issuer.as_deref(), Some("滨海省人民代表大会常务委员会"));
    assert_eq!(text.history.len(), 2);
    // 2015年5月1日 is when the first version came into force; when the amendment did, nobody says.
    assert_eq!((text.in_force_from, text.first_day()), (None, day("2021-06-18")));
    let numbers: Vec<_> = text.articles.iter().map(|a| (a.number, a.insert)).collect();
    assert_eq!(numbers, [(1, 0), (2, 0), (3, 0), (3, 1), (4, 0)]);
    let item = |text: &str, points: &[&str]| Item {
        text: text.to_owned(),
        points: points.iter().map(|p| (*p).to_owned()).collect(),
    };
    let plain = |text: &str| Paragraph { text: text.to_owned(), items: vec![] };
    let second = &text.articles[1];
    let items = vec![item("有渡船；", &[]), item("有船员：", &["持证船员；", "足够人数。"])];
    let listed = Paragraph { text: "渡口运营人应当具备下列条件：".to_owned(), items };
    // A paragraph may begin with the name of another article.
    let third = plain("第十条规定的除外。");
    assert_eq!(second.paragraphs, [listed, plain("前款所称渡船，是指载客十二人以上的船舶。"), third]);
    assert_eq!(text.articles[0].headings, ["第一章 总则"]);
    assert_eq!(text.articles[2].headings, ["第二章 处罚", "第一节 一般规定"]);
    assert_eq!(text.annex, ["附件：", "渡口名录", "甲渡口"]);
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Every character of the articles, in order.
fn characters(text: &StatuteText) -> String {
    let of = |p: &Paragraph| {
        let items = p.items.iter().map(|i| format!("{}{}", i.text, i.points.concat()));
        format!("{}{}", p.text, items.collect::<String>())
    };
    text.articles.iter().flat_map(|a| &a.paragraphs).map(of).collect()
}

#[test]
fn loses_no_line() {
    let text = read_text(HARBOUR);
    for said in
        ["为了加强渡口管理", "有渡船", "足够人数", "前款所称渡船", "第十条规定的除外", "处五百元以上", "责令停航"]
    {
        assert!(characters(&text).contains(said), "{said}");
    }
}

#[test]
fn reads_plain_text_with_a_table_of_contents_and_wide_blanks() {
    let plain = "\u{feff}滨海省灯塔条例\r\n（2019年1月2日滨海省人民政府令第8号公布　自2019年3月1日起施行）\r\n\r\n目　录\r\n第一章　总　则\r\n第二章　附　则\r\n\r\n第一章　总　则\r\n　　第一条　一。\r\n　　第二条　二。\r\n第二章　附　则\r\n　　**第三条**　三。\r\n";
    let text = read("灯塔.txt", plain.as_bytes(), &Said::default()).unwrap();
    assert_eq!(text.articles.len(), 3);
    assert_eq!(text.articles[0].headings, ["第一章 总则"]);
    assert_eq!((text.version, text.in_force_from), (day("2019-01-02"), Some(day("2019-03-01"))));
    assert_eq!((text.level, text.issuer.as_deref()), (Some(NormLevel::LocalRule), Some("滨海省人民政府")));
    assert_eq!(text.articles[2].paragraphs[0].text, "三。");
}

fn headed(head: &str, last: &str) -> StatuteText {
    let text = format!("甲法\n{head}\n第一条 一。\n第二条 {last}\n");
    read("甲法.md", text.as_bytes(), &Said::default()).unwrap_or_else(|faults| panic!("{head}: {faults:?}"))
}

#[test]
fn tells_level_and_issuer_by_the_head() {
    use NormLevel as L;
    for (head, level, issuer) in [
        ("2020年1月2日 第十三届全国人民代表大会常务委员会第一次会议通过", Some(L::Law), "全国人民代表大会常务委员会"),
        ("2020年1月2日 第十三届全国人民代表大会第三次会议通过", Some(L::Law), "全国人民代表大会"),
        ("2020年1月2日 中华人民共和国国务院令第1号公布", Some(L::AdministrativeRegulation), "国务院"),
        ("2020年1月2日 国务院第9次常务会议通过", Some(L::AdministrativeRegulation), "国务院"),
        ("2020年1月2日 交通运输部令第3号公布", Some(L::DepartmentRule), "交通运输部"),
        ("2020年1月2日 滨海市人民政府令第3号公布", Some(L::LocalRule), "滨海市人民政府"),
        ("2020年1月2日 最高人民法院审判委员会第5次会议通过", Some(L::JudicialInterpretation), "最高人民法院"),
        ("2020年1月2日 中共中央、国务院发布", None, ""),
        // The decision of another body that is cited does not tell who made this one.
        ("2020年1月2日 《国务院令第3号》附件公布", None, ""),
    ] {
        let text = headed(head, "二。");
        assert_eq!((text.level, text.issuer.as_deref().unwrap_or("")), (level, issuer), "{head}");
    }
}

#[test]
fn what_is_said_beside_counts_before_what_the_head_tells() {
    let said = Said {
        level: Some(NormLevel::NormativeDocument),
        issuer: Some("滨海县人民政府".to_owned()),
        in_force_from: Some(day("2020-02-01")),
    };
    let text = "甲办法\n2020年1月2日 滨海县人民政府令第3号公布\n第一条 一。\n";
    let text = read("甲.md", text.as_bytes(), &said).unwrap();
    assert_eq!(text.level, Some(NormLevel::NormativeDocument));
    assert_eq!(text.issuer.as_deref(), Some("滨海县人民政府"));
    assert_eq!(text.in_force_from, Some(day("2020-02-01")));
}

#[test]
fn tells_the_first_day_where_it_is_stated_and_nowhere_else() {
    let made = "2020年1月2日 国务院令第1号公布";
    let amended = "2020年1月2日 国务院令第1号公布\n2021年5月6日 国务院令第2号修订";
    for (head, last, want) in [
        (made, "本条例自2020年3月1日起施行。", Some("2020-03-01")),
        (made, "本条例自公布之日起施行。", Some("2020-01-02")),
        (made, "二。", None),
        ("2020年1月2日 国务院令第1号公布\n2020年3月1日 施行", "二。", Some("2020-03-01")),
        // The first version's day is not the amended one's.
        (amended, "本条例自2020年3月1日起施行。", None),
        (amended, "本条例自公布之日起施行。", None),
        (amended, "本条例自2021年6月1日起施行。", Some("2021-06-01")),
        (made, "1999年5月6日发布的《甲规定》同时废止，本条例自2020年3月1日起施行。", Some("2020-03-01")),
    ] {
        assert_eq!(headed(head, last).in_force_from, want.map(day), "{head} {last}");
    }
}

#[test]
fn the_date_in_the_name_counts_where_the_head_names_none_as_late() {
    let of = |name: &str, head: &str| {
        read(name, format!("甲条例\n{head}第一条 一。\n").as_bytes(), &Said::default()).map(|text| text.version)
    };
    assert_eq!(of("甲条例(2020-12-26).md", ""), Ok(day("2020-12-26")));
    assert_eq!(of("甲条例（2020-12-26）.md", "2001年1月2日 国务院令第1号公布\n"), Ok(day("2020-12-26")));
    assert_eq!(of("甲条例(2020-12-26).md", "2021年1月2日 国务院令第1号修订\n"), Ok(day("2021-01-02")));
    assert!(of("甲条例.md", "").is_err());
    assert!(of("甲条例(2020-13-26).md", "").is_err());
}

#[test]
fn names_the_line_that_cannot_be_read() {
    told("", 0, "没有文字");
    told("甲法\n第一章 总则\n", 2, "没有条文");
    told("第一条 一。\n", 1, "第一行应为法律名称");
    told("甲法\n这是什么\n第一条 一。\n", 2, "既不是沿革");
    told("甲法\n2020年1月2日 某事\n第一条 一。\n", 2, "发生了什么");
    told("甲法\n第一条 一。\n第三条 三。\n", 3, "应为第二条，这里是第三条");
    told("甲法\n第一条 一。\n第二条二。\n第三条 三。\n", 4, "应为第二条");
    told("甲法\n第一条 一。\n第一条 二。\n", 3, "应为第二条，这里是第一条");
    told("甲法\n第一条 一。\n第一条之二 二。\n", 3, "应为第二条，这里是第一条之二");
    told("甲法\n第一条 一：\n（一）甲；\n（三）丙。\n", 4, "应为第2项，这里是第3项");
    told("甲法\n第一条 一：\n（一）甲：\n2．乙。\n", 4, "应为第1目，这里是第2目");
    told("甲法\n第一条 一。\n## 第一章 总则\n迷路的一行\n第二条 二。\n", 4, "不属于任何一条");
    told("甲法\n第一条 \n第二条 二。\n", 0, "第一条没有文字");
    told("甲法\n第一条 一\u{202e}。\n", 2, "U+202E");
    told("甲法\n目录\n第一章 总则\n奇怪\n第一章 总则\n第一条 一。\n", 4, "不属于任何一条");
}

#[test]
fn tells_bytes_that_are_no_text_and_files_that_are_too_large() {
    let faults = read("a.md", b"\xe7\x94\xb2\n\xff\xfe", &Said::default()).unwrap_err();
    assert_eq!((faults[0].line, faults[0].en.contains("UTF-8")), (2, true));
    let large = vec![b'a'; FILE_BYTES_MAX + 1];
    assert!(read("a.md", &large, &Said::default()).unwrap_err()[0].en.contains("at most"));
    let many: String = (1..=ARTICLES_MAX + 1)
        .map(|n| format!("{} 一。\n", crate::domain::statute::text::name(u16::try_from(n).unwrap(), 0)))
        .collect();
    told(&format!("甲法\n{many}"), u32::try_from(ARTICLES_MAX).unwrap() + 2, "超过");
    let wide = format!("甲法\n第一条 一。\n{}", format!("{}\n", "宽".repeat(7_000)).repeat(4));
    told(&wide, 0, "超过");
    let faulty = format!("甲法\n{}", "第九条 九。\n".repeat(100));
    assert_eq!(read("a(2020-01-01).md", faulty.as_bytes(), &Said::default()).unwrap_err().len(), FAULTS_MAX);
}
