//! The lists as of a day.

use super::*;

/// Where the links of a page lead, of those that begin so.
fn links<'p>(page: &'p Answered, to: &'p str) -> Vec<&'p str> {
    let hrefs = page.text().split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    hrefs.filter(|href| href.starts_with(to)).collect()
}

#[tokio::test]
async fn every_way_on_from_a_past_day_keeps_it() {
    for token in ["", "supervisor"] {
        let browser = Browser::signed_in(token);
        for address in ["/items?on=2026-03-01".to_owned(), format!("/items/{ITEM}?on=2026-03-01")] {
            let page = browser.get(&address).await;
            assert!(page.text().contains("本页为 2026-03-01 当日的情况"), "{address}");
            let (lists, rest): (Vec<&str>, Vec<&str>) =
                links(&page, "/items").into_iter().partition(|href| href.contains("on=2026-03-01"));
            // But for the way to today's, and for the one that clears the filter.
            let today = address.split('?').next().unwrap();
            let others: Vec<&str> = rest.into_iter().filter(|href| *href != today).collect();
            assert!(others.is_empty(), "{address} as {token:?}: {others:?}");
            // The room at the left, the way here, the other language; in the list every item and its next page.
            assert!(lists.len() >= 3, "{address}: {lists:?}");
            let counted = if token.is_empty() { "/decisions?" } else { "/cases?" };
            for href in links(&page, counted).into_iter().chain(links(&page, "/findings?")) {
                assert!(href.contains("to=2026-03-01"), "{address} as {token:?}: {href}");
            }
        }
    }
    let today = Browser::visitor().get(&format!("/items/{ITEM}")).await;
    assert!(links(&today, "/items").iter().all(|href| !href.contains("on=")));
    assert!(!today.text().contains("当日的情况"));
}
