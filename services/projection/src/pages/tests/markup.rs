//! What the pages say and how they are marked up.

use super::*;

/// Elements that have no end tag.
const VOID: [&str; 8] = ["meta", "link", "input", "br", "hr", "img", "wbr", "!doctype"];

async fn every_page(mut check: impl FnMut(&str, &Answered)) {
    for (token, empty) in
        [("", false), ("supervisor", false), ("supervisor", true), ("officer", false), ("operator", false)]
    {
        let browser = Browser::of(Fixture { empty, ..Fixture::default() }, token);
        for address in addresses().iter().map(String::as_str).chain(["/nope", "/cases?from=x"]) {
            for lang in ["zh", "en"] {
                let address = in_lang(address, lang);
                let page = browser.get(&address).await;
                check(&format!("{address} as {token:?} empty={empty}"), &page);
            }
        }
    }
}

#[tokio::test]
async fn every_page_renders_in_both_languages_as_every_reader() {
    every_page(|name, page| {
        assert!(!page.status.is_server_error(), "{name}: {}", page.status);
        let lang = if name.contains("lang=en") { "en" } else { "zh-CN" };
        assert!(page.text().contains(&format!("<html lang=\"{lang}\">")), "{name}");
        assert!(page.text().contains("</html>"), "{name}");
    })
    .await;
}

/// The words of the program, read off the pages: English pages hold Chinese only where the data do.
#[tokio::test]
async fn the_frame_of_an_english_page_is_english() {
    let page = Browser::signed_in("supervisor").get("/deadlines?lang=en").await;
    for zh in ["总览", "期限按", "筛选", "应为事项", "还剩", "处罚法", "已逾期"] {
        assert!(!page.text().contains(zh), "{zh}");
    }
    for en in ["Overview", "As of 2026-11-22", "3 working days left · APL 61", "25 days overdue · APL 60"] {
        assert!(page.text().contains(en), "{en}");
    }
}

#[tokio::test]
async fn text_from_the_data_never_becomes_markup() {
    every_page(|name, page| {
        for bad in ["<script", "</script", "javascript:", " style=\"", " onload", " onclick"] {
            assert!(!page.text().to_lowercase().contains(bad), "{name}: {bad}");
        }
    })
    .await;
    let case = Browser::signed_in("supervisor").get(&format!("/cases/{CASE}")).await;
    assert!(case.text().contains("&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#34;&#38;"));
    let search = Browser::signed_in("supervisor").get("/cases?text=%22%3E%3Cscript%3E&rule=%22%3Cb%3E").await;
    assert!(search.text().contains("value=\"&#34;&#62;&#60;script&#62;\"") && !search.text().contains("\"<b>"));
}

#[tokio::test]
async fn tags_are_balanced_and_ids_unique() {
    every_page(|name, page| {
        let (mut open, mut ids) = (Vec::new(), std::collections::BTreeSet::new());
        for tag in page.text().split('<').skip(1) {
            let (inside, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: <{tag}"));
            let element = inside.split([' ', '/']).next().unwrap_or_default();
            if let Some(closed) = inside.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{name}: </{closed}>");
            } else if !VOID.contains(&element) && !inside.ends_with('/') {
                open.push(element);
            }
            if let Some((_, rest)) = inside.split_once(" id=\"") {
                let id = rest.split('"').next().unwrap_or_default();
                assert!(ids.insert(id.to_owned()), "{name}: id {id} twice");
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    })
    .await;
}

#[tokio::test]
async fn every_form_field_has_a_label_and_every_table_its_heads() {
    every_page(|name, page| {
        let text = page.text();
        for (at, _) in
            text.match_indices("<input").chain(text.match_indices("<select")).chain(text.match_indices("<textarea"))
        {
            let before = &text[..at];
            let labelled = before.rfind("<label") > before.rfind("</label>");
            assert!(labelled || text[at..].starts_with("<input type=\"hidden\""), "{name}: {:.80}", &text[at..]);
        }
        assert_eq!(page.text().matches("<table").count(), page.text().matches("</table>").count(), "{name}");
        assert_eq!(page.text().matches("<h1").count(), 1, "{name}: one heading of the page");
    })
    .await;
}

#[tokio::test]
async fn the_case_file_shows_every_step_every_refusal_and_both_times() {
    let page = Browser::signed_in("officer").get(&format!("/cases/{CASE}")).await;
    let text = page.text();
    for seq in 1..=8 {
        assert!(text.contains(&format!("id=\"e{seq}\"")), "line {seq}");
    }
    assert!(text.contains("<tr id=\"e7\" class=\"refused\">"));
    assert!(text.contains("被拒的操作") && text.contains("#s-refused"));
    for told in [
        "datetime=\"2026-08-03T15:00:00+08:00\"",
        "datetime=\"2026-09-02T16:05:00+08:00\"",
        "迟录",
        "补报",
        "href=\"/rules#EN-REVIEW\"",
        "《行政处罚法》第五十八条第一款",
        "已逾期25日 · 处罚法 60",
        "还剩3个工作日 · 处罚法 61",
        "<details class=\"due\">",
        "已排除",
    ] {
        assert!(text.contains(told), "{told}");
    }
    let at = |seq: u32| text.find(&format!("id=\"e{seq}\"")).unwrap();
    assert!(at(1) < at(2) && at(7) < at(8), "oldest first");
}

#[tokio::test]
async fn the_numbers_of_a_board_lead_to_the_matters_that_they_count() {
    let page = Browser::signed_in("supervisor").get("/board?kind=case&region=230883").await;
    for told in [
        "<option value=\"case\" selected>",
        "href=\"/cases?kind=case&#38;region=230883&#38;state=open&#38;timing=overdue\">4</a>",
        "href=\"/cases?agency=11230883MB01310201&#38;kind=case&#38;region=230883&#38;state=open&#38;timing=due_soon\">1</a>",
        "decided_to=2026-11-30&#38;kind=case&#38;outcome=withheld&#38;region=230883\">258</a>",
    ] {
        assert!(page.text().contains(told), "{told}");
    }
    let list = Browser::signed_in("supervisor").get("/cases?kind=case&timing=overdue").await;
    assert!(list.text().contains("期限进度 已逾期") && list.text().contains("href=\"/board?kind=case\""));
    assert_eq!(Browser::signed_in("operator").get("/board").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_trail_shows_what_led_to_what_and_names_nothing_of_what_is_not_the_readers() {
    let file = Browser::signed_in("officer").get(&format!("/cases/{CASE}")).await;
    assert!(file.text().contains(&format!("<a href=\"/trail/{CASE}\">查看事项脉络</a>")));
    for (lang, led_by, registered, another, closed, of_none, cut) in [
        ("zh", "起因：", "登记", "另一事项", "不在您的查看范围内", "未归入事项", "只列出前10条"),
        ("en", "led by", "registered", "another matter", "not yours to see", "Of no matter", "the first 10 events"),
    ] {
        let page = Browser::signed_in("officer").get(&in_lang(&format!("/trail/{CASE}"), lang)).await;
        let text = page.text();
        let line = |at: usize| {
            text.split(&format!("id=\"t{at}\"")).nth(1).and_then(|rest| rest.split("</tr>").next()).unwrap()
        };
        assert!(line(2).contains(&format!("{led_by} <a href=\"#t1\">1 {registered}</a>")), "{}", line(2));
        assert!(line(3).contains(&format!("{led_by} {another}")), "{}", line(3));
        assert!(!line(1).contains(led_by), "{}", line(1));
        assert!(line(8).contains("#s-refused") && text.contains("<tr id=\"t8\" class=\"refused\">"), "{}", line(8));
        assert!(text.contains("<tr id=\"t10\" class=\"broken\">") && line(10).contains("href=\"/rules#EN-REVIEW\""));
        for told in
            [closed, of_none, cut, "抚信访〔2026〕31号", &format!("href=\"/cases/{CASE}?service=enforcement#e7\"")]
        {
            assert!(text.contains(told), "{told} in {lang}");
        }
    }
}

#[tokio::test]
async fn what_could_not_be_checked_stands_at_its_event_and_is_counted_apart() {
    let supervisor = Browser::signed_in("supervisor");
    for (lang, told, citation, figures) in [
        ("zh", "未能核对", "《行政处罚法》第六十条", ["未能核对的规则", "无日历的期限"]),
        ("en", "not checked", "Administrative Penalty Law", ["Rules not checked", "Without a calendar"]),
    ] {
        let case = supervisor.get(&in_lang(&format!("/cases/{CASE}"), lang)).await;
        let line = case.text().split("id=\"e6\"").nth(1).and_then(|rest| rest.split("</tr>").next()).unwrap();
        for told in [told, citation, "href=\"/rules#EN-NINETY\"", "2027"] {
            assert!(line.contains(told), "{told} in {lang}: {line}");
        }
        assert!(!line.contains("class=\"bad"), "it is no fault: {line}");
        let overview = supervisor.get(&in_lang("/", lang)).await;
        for (figure, link) in figures.into_iter().zip([
            "href=\"/findings?from=2026-01-01&#38;severity=not_checked&#38;to=2026-11-22\">13</a>",
            "href=\"/deadlines?state=no_calendar\">2</a>",
        ]) {
            let at = overview.text().split(&format!("<dt>{figure}</dt>")).nth(1).expect(figure);
            assert!(at.split("</div>").next().unwrap().contains(link), "{figure} in {lang}");
        }
        let rules = supervisor.get(&in_lang("/rules", lang)).await;
        assert!(rules.text().contains(&format!("{told}</span> <a href=\"/findings?kind=not_checked&#38;rule=")));
    }
}

#[tokio::test]
async fn parameters_stand_beside_their_rules_with_what_they_rest_on() {
    for (lang, told) in [
        (
            "zh",
            [
                "2026-07-01 – <b>3,000.50元</b> · 抚远市 · 食品 · 较大数额标准",
                "按缺省值 <b>50,000元</b> · 本系统的缺省值",
            ],
        ),
        (
            "en",
            ["2026-07-01 – <b>3,000.50 yuan</b> · 抚远市", "the default <b>50,000 yuan</b> · a default of the suite"],
        ),
    ] {
        let page = Browser::visitor().get(&in_lang("/rules", lang)).await;
        for told in told {
            assert!(page.text().contains(told), "{told} in {lang}");
        }
        let gates = Browser::visitor().get(&in_lang("/rules?kind=gate", lang)).await;
        assert!(!gates.text().contains("EN-LARGE-CITIZEN"));
    }
}

#[tokio::test]
async fn numbers_carry_their_stamp_and_lead_to_what_is_behind_them() {
    let page = Browser::signed_in("supervisor").get("/").await;
    for told in [
        "数据截至 2026-11-22 10:20:00 · 期限按 2026-11-22 计 · 尚有 3 条事件未读入",
        "href=\"/cases?from=2026-01-01&#38;to=2026-11-22\">2,143</a>",
        "href=\"/findings?from=2026-01-01&#38;severity=high&#38;to=2026-11-22\">37</a>",
        "href=\"/deadlines?state=overdue\">18</a>",
        "href=\"/cases?kind=case&#38;stage=legal_review\">9</a>",
        "href=\"/cases?behind=failed&#38;indicator=legal_review\">2</a>",
    ] {
        assert!(page.text().contains(told), "{told}");
    }
}

#[tokio::test]
async fn filters_stay_in_the_address_through_paging_and_the_language_switch() {
    let page = Browser::signed_in("supervisor")
        .get("/cases?stage=hear&text=%E7%8E%8B&behind=failed&indicator=notice&lang=zh")
        .await;
    let text = page.text();
    assert!(text.contains("<option value=\"hear\" selected>"));
    assert!(text.contains("value=\"王\""));
    assert!(text.contains("name=\"indicator\" value=\"notice\""));
    assert!(text.contains("/cases?behind=failed&#38;indicator=notice&#38;page=2&#38;stage=hear&#38;text=%E7%8E%8B"));
    assert!(text.contains("stage=hear&#38;text=%E7%8E%8B&#38;behind=failed&#38;indicator=notice&#38;lang=en"));
    assert!(
        text.contains("href=\"/cases?stage=hear&#38;text=%E7%8E%8B\"")
            || text.contains("href=\"/cases?stage=hear&#38;text=")
    );
    assert!(page.header(header::SET_COOKIE).starts_with("fazhi_lang=zh;"));
}

#[tokio::test]
async fn the_cookie_remembers_the_language() {
    let browser = Browser { cookie: "fazhi_lang=en".into(), ..Browser::visitor() };
    assert!(browser.get("/").await.text().contains("<html lang=\"en\">"));
    assert!(browser.get("/?lang=zh").await.text().contains("<html lang=\"zh-CN\">"));
}

#[tokio::test]
async fn every_page_is_at_most_100_kib_compressed() {
    let browser = Browser::signed_in("supervisor");
    for address in addresses() {
        let request = browser.request(Method::GET, &address).header(header::ACCEPT_ENCODING, "gzip");
        let page = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.header(header::CONTENT_ENCODING), "gzip", "{address}");
        assert!(page.body.len() <= 100 * 1024, "{address}: {} bytes", page.body.len());
    }
}

#[tokio::test]
async fn a_measure_leads_to_what_serves_it_where_the_door_is_open() {
    let (visitor, supervisor) = (Browser::visitor(), Browser::signed_in("supervisor"));
    for (lang, case, lists) in [("zh", "执法案件", "权责清单"), ("en", "Penalty cases", "Power and duty lists")]
    {
        let page = supervisor.get(&in_lang("/plans", lang)).await;
        assert!(page.text().contains(&format!("<a href=\"/cases?kind=case\">{case}</a>")), "{lang}");
        let page = visitor.get(&in_lang("/plans", lang)).await;
        assert!(page.text().contains(case) && !page.text().contains("/cases?kind=case"), "{lang}");
        assert!(page.text().contains(&format!("<a href=\"/items\">{lists}</a>")), "{lang}");
        assert!(page.text().contains("href=\"/rules#EN-REVIEW\""), "{lang}");
    }
}

#[tokio::test]
async fn the_counts_of_a_plan_lead_to_the_measures_behind_them() {
    let page = Browser::visitor().get("/plans").await;
    for link in ["/plans?serving=partly#measures", "/plans?plan=FY&#38;state=overdue#measures"] {
        assert!(page.text().contains(&format!("href=\"{link}\">1</a>")), "{link}");
    }
}
