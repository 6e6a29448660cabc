//! Statutes, and the ways to them.

use super::*;

fn law() -> String {
    format!("/laws/{}", address::encode(LAW))
}

#[tokio::test]
async fn anybody_reads_a_statute_as_of_a_day() {
    let page = Browser::of(Fixture::default(), "").get(&law()).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in [
        "第一章 总则",
        "id=\"a122\"",
        "id=\"a122-1\"",
        "第一百二十二条之一",
        "（二）乙：",
        "<li>丑。</li>",
        "前款规定的除外。",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    let before = Browser::of(Fixture::default(), "").get(&format!("{}?as_of=2015-09-30", law())).await;
    assert!(before.text().contains("该日没有施行中的文本") && !before.text().contains("id=\"a122\""));
    let unknown = Browser::of(Fixture::default(), "").get("/laws/%E4%B9%99%E6%B3%95").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_citation_leads_to_its_article_where_its_statute_is_on_record() {
    let href = format!("/laws/{}#a122", address::encode("中华人民共和国食品安全法"));
    let item = Browser::of(Fixture::default(), "").get(&format!("/items/{ITEM}")).await;
    assert!(item.text().contains(&format!("<a href=\"{href}\">《中华人民共和国食品安全法》第一百二十二条第一款</a>")));
    assert!(item.text().contains("已核对"));
    let none = Browser::of(Fixture { empty: true, ..Fixture::default() }, "").get(&format!("/items/{ITEM}")).await;
    assert!(!none.text().contains("/laws/"), "without a text there is no way to it");
    let rules = Browser::of(Fixture::default(), "").get("/rules").await;
    assert!(
        rules.text().contains(&format!("/laws/{}#a", address::encode("行政处罚法"))),
        "rules lead to their articles"
    );
}

#[tokio::test]
async fn the_list_counts_what_was_not_checked() {
    let page = Browser::of(Fixture::default(), "").get("/laws").await;
    for said in ["中华人民共和国食品安全法", "其中未核对", "37", "490"] {
        assert!(page.text().contains(said), "{said}");
    }
}
