//! The list as of a day.

use serde_json::json;

use super::{World, cases::whole_case, records::*};
use crate::model::*;

fn list() -> Ledger {
    let mut l = lists();
    let stream = format!("item/{ITEM}");
    let ground = json!({"kind": "first_compilation", "document": "抚政发〔2025〕1号"});
    l.next(
        &stream,
        "powerlist.item.ItemDrafted.v1",
        "2025-02-01",
        json!({"item": ITEM, "version": 1, "content": content("旧名"), "ground": ground}),
    )
    .put();
    l.next(
        &stream,
        "powerlist.item.ItemReviewed.v1",
        "2025-02-02",
        json!({"item": ITEM, "version": 1, "passed": true, "reviewer": "90", "opinion": "同意"}),
    )
    .put();
    l.next(&stream, "powerlist.item.ItemPublished.v1", "2025-02-03", json!({"item": ITEM, "version": 1, "effective": "2025-03-01", "published_at": "门户网站", "content": content("旧名")})).put();
    l.next(&stream, "powerlist.item.ItemPublished.v1", "2025-12-03", json!({"item": ITEM, "version": 2, "effective": "2026-01-01", "published_at": "门户网站", "content": content("对经营超过保质期食品的处罚")})).put();
    let tiers = json!([{"code": "ordinary", "level": "ordinary", "circumstances": "一般情形", "outcomes": [{"kind": "fine", "range": {"type": "amount", "low_fen": 500_000, "high_fen": 1_000_000}}]}]);
    l.next(
        &stream,
        "powerlist.item.StandardPublished.v1",
        "2025-12-03",
        json!({"item": ITEM, "version": 1, "tiers": tiers, "effective": "2026-01-01", "document": "裁量基准"}),
    )
    .put();
    l.next(&stream, "powerlist.item.ItemCancelled.v1", "2026-07-01", json!({"item": ITEM, "effective": "2026-08-01", "ground": {"kind": "law_changed", "document": "d"}, "reviewer": "90", "opinion": "o"})).put();
    l
}

#[tokio::test]
async fn an_item_is_what_it_was_on_the_day() {
    let (_app, q) = World::new(&list(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let on = async |day: &str| q.item(&Scope::Everything, ITEM, Some(day.parse().unwrap())).await.unwrap().unwrap();
    assert_eq!((on("2025-02-20").await.row.state, on("2025-02-20").await.row.version), (ItemState::Coming, 1));
    assert_eq!(on("2025-12-31").await.row.name, "旧名");
    let today = on("2026-06-01").await;
    assert_eq!((today.row.state, today.row.version, today.row.cases), (ItemState::InForce, 2, 1));
    assert_eq!(today.content.outcomes[0].zh, "罚款 5,000元至100,000元");
    assert_eq!(today.content.flow[0].limit.zh, "7个工作日");
    assert_eq!(today.versions[0].until, Some("2025-12-31".parse().unwrap()));
    assert_eq!(today.versions[1].changes[0].1, "旧名");
    let standard = today.standard.unwrap();
    assert_eq!((standard.tiers[0].outcomes[0].zh.as_ref(), standard.tiers[0].used), ("罚款 5,000元至10,000元", 1));
    assert_eq!(
        (today.usage.outcomes[0].decided, today.usage.fine_high_fen, today.usage.findings),
        (1, Some(500_000), 3)
    );
    assert_eq!(on("2026-08-01").await.row.state, ItemState::Cancelled);
    assert!(on("2025-12-31").await.standard.is_none());
    let page =
        q.items(&Scope::Public, &ItemFilter { text: Some("保质期".into()), ..ItemFilter::default() }).await.unwrap();
    assert_eq!(page.total, 1);
    assert!(page.rows[0].has_standard);
}

#[tokio::test]
async fn a_past_day_knows_nothing_of_what_was_published_later() {
    let (_app, q) = World::new(&list(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let on = async |scope: &Scope, day: &str| q.item(scope, ITEM, Some(day.parse().unwrap())).await.unwrap();
    let listed = async |day: &str| {
        let filter = ItemFilter { on: Some(day.parse().unwrap()), ..ItemFilter::default() };
        q.items(&Scope::Public, &filter).await.unwrap().rows.pop()
    };
    // Drafted and reviewed, but not published: staff see the draft, the public nothing.
    let draft = on(&Scope::Everything, "2025-02-02").await.unwrap();
    assert_eq!((draft.row.state, draft.versions.len(), draft.timeline.len()), (ItemState::Draft, 1, 2));
    assert_eq!((draft.versions[0].published, draft.versions[0].reviewed.is_some()), (None, true));
    assert!(on(&Scope::Public, "2025-02-02").await.is_none() && listed("2025-02-02").await.is_none());
    assert!(on(&Scope::Everything, "2025-01-31").await.is_none(), "not even drafted");
    // The day it is published it is known, though not in force before March.
    assert_eq!(listed("2025-02-03").await.unwrap().state, ItemState::Coming);

    let before = on(&Scope::Public, "2025-12-02").await.unwrap();
    assert_eq!((before.row.version, before.versions.len(), before.timeline.len()), (1, 1, 1));
    assert_eq!((before.versions[0].until, before.standards.len(), before.upto), (None, 0, Some(before.on)));
    let published = on(&Scope::Public, "2025-12-03").await.unwrap();
    assert_eq!((published.row.version, published.versions.len(), published.standards.len()), (1, 2, 1));
    assert_eq!(published.versions[0].until, Some("2025-12-31".parse().unwrap()));

    // The case was filed in January, decided in March and published days later.
    let used = async |scope: &Scope, day: &str| {
        let file = on(scope, day).await.unwrap();
        let standard = file.standard.unwrap().tiers[0].used;
        (file.row.cases, file.usage.cases, file.usage.outcomes[0].decided, file.usage.fine_sum_fen, standard)
    };
    assert_eq!(used(&Scope::Everything, "2026-01-05").await, (0, 0, 0, 0, 0));
    assert_eq!(used(&Scope::Everything, "2026-01-06").await, (1, 1, 0, 0, 0));
    assert_eq!(used(&Scope::Everything, "2026-03-04").await, (1, 1, 1, 500_000, 1));
    assert_eq!(used(&Scope::Public, "2026-03-04").await, (0, 0, 0, 0, 0));
    assert_eq!(used(&Scope::Public, "2026-05-31").await, (1, 1, 1, 500_000, 1));
    assert_eq!(used(&Scope::Public, "2026-06-01").await, (1, 1, 1, 500_000, 1));
}

#[tokio::test]
async fn parameters_are_listed_as_regions_set_them() {
    let mut l = list();
    let set = |region: &str, from: &str, count: i64| json!({"parameter": "EN-LARGE-CITIZEN", "region": region, "value": {"unit": "fen", "count": count}, "from": from, "document": "d"});
    for (region, from, count) in
        [("230883", "2026-07-01", 400_000), ("230883", "2026-01-01", 300_000), ("230000", "2025-01-01", 1_000_000)]
    {
        l.next(
            &format!("parameter/{region}"),
            "powerlist.parameter.ParameterSet.v1",
            "2025-12-03",
            set(region, from, count),
        )
        .put();
    }
    let (_app, q) = World::new(&l, &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let rows = q.parameters().await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.region.as_str(), row.since.to_string(), row.count)).collect();
    let of = |region, from: &str, count| (region, from.to_owned(), count);
    assert_eq!(
        told,
        [
            of("230000", "2025-01-01", 1_000_000),
            of("抚远市", "2026-01-01", 300_000),
            of("抚远市", "2026-07-01", 400_000)
        ]
    );
    assert_eq!(
        (rows[0].parameter.as_str(), rows[0].field.as_str(), rows[0].document.as_str()),
        ("EN-LARGE-CITIZEN", "", "d")
    );
}
