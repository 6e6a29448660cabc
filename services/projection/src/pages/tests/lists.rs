//! The lists beside that of powers.

use super::*;

fn row() -> String {
    format!("/lists/licence/{AGENCY}/XK-1")
}

#[tokio::test]
async fn anybody_reads_the_lists_their_rows_and_one_row_in_both_languages() {
    let visitor = Browser::visitor();
    for (address, zh, en) in [
        (
            "/lists".to_owned(),
            ["行政许可事项清单", "其他清单", "/lists/licence"],
            ["administrative licences", "Other lists", "/lists/licence"],
        ),
        (
            "/lists/licence".to_owned(),
            ["食品经营许可", "20个工作日", "法定办结时限"],
            ["20 working days", "Statutory time", "XK-1"],
        ),
        (row(), ["申请书；营业执照", "法定办结时限", "已核对"], ["20 working days", "Materials", "checked"]),
    ] {
        for (lang, said) in [("zh", zh), ("en", en)] {
            let page = visitor.get(&in_lang(&address, lang)).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            for said in said {
                assert!(page.text().contains(said), "{address} in {lang}: {said}");
            }
        }
    }
    let items = visitor.get("/items").await;
    assert!(items.text().contains("href=\"/lists\""));
    for address in ["/lists/nothing", "/lists/licence/x/XK-1"] {
        assert_eq!(visitor.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn a_row_leads_to_its_power_item_and_its_bases_to_their_articles() {
    let page = Browser::visitor().get(&row()).await;
    assert!(page.text().contains(&format!("href=\"/items/{ITEM}\"")));
    assert!(page.text().contains(&format!("/laws/{}#a", address::encode("中华人民共和国食品安全法"))));
}

#[tokio::test]
async fn a_past_day_is_kept_on_every_way_on() {
    let page = Browser::visitor().get("/lists/licence?on=2026-03-01").await;
    assert!(page.text().contains("本页为 2026-03-01 当日的情况"));
    assert!(page.text().contains(&format!("href=\"{}?on=2026-03-01\"", row())));
    assert!(page.text().contains("href=\"/lists?on=2026-03-01\""));
    let all = Browser::visitor().get("/lists?on=2026-03-01").await;
    assert!(all.text().contains("href=\"/lists/licence?on=2026-03-01\""));
}
