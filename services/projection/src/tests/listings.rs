//! The lists beside that of powers, as of a day.

use serde_json::{Value, json};

use super::{World, cases::whole_case, records::*};
use crate::model::*;

const STREAM: &str = "listing/licence/11230883MB01310199/XK-1";

fn row(promised: u16) -> Value {
    json!({
        "list": "licence", "code": "XK-1", "name": "食品经营许可", "agency": MARKET, "region": "230883",
        "bases": [{"statute": "食品安全法", "level": "law", "version": "2021-04-29", "article": "第三十五条", "summary": "许可"}],
        "parts": [
            {"part": "licence_item", "value": ITEM},
            {"part": "statutory", "value": {"unit": "working_days", "count": 20}},
            {"part": "promised", "value": {"unit": "working_days", "count": promised}},
            {"part": "materials", "value": ["申请书", "营业执照"]},
            {"part": "charged", "value": false},
        ],
    })
}

fn list() -> Ledger {
    let mut l = lists();
    let ground = |kind: &str| json!({"kind": kind, "document": "抚政发〔2026〕1号"});
    let put = |l: &mut Ledger, kind: &str, on: &str, data: Value| {
        let broken = if kind == "RowChecked" { json!([breach("PL-CITED")]) } else { json!([]) };
        l.next(STREAM, &format!("powerlist.listing.{kind}.v1"), on, data).with("violations", broken).put();
    };
    put(
        &mut l,
        "RowPublished",
        "2025-02-03",
        json!({"version": 1, "effective": "2025-03-01", "content": row(10), "ground": ground("first_compilation"), "citations": [{"held": "not_checked"}]}),
    );
    put(
        &mut l,
        "RowPublished",
        "2025-12-03",
        json!({"version": 2, "effective": "2026-01-01", "content": row(8), "ground": ground("law_changed"), "citations": [{"held": "not_checked"}]}),
    );
    put(
        &mut l,
        "RowChecked",
        "2026-02-03",
        json!({"list": "licence", "agency": MARKET, "code": "XK-1", "version": 2, "citations": [{"held": "found", "version": "2021-04-29"}]}),
    );
    put(
        &mut l,
        "RowCancelled",
        "2026-05-03",
        json!({"list": "licence", "agency": MARKET, "code": "XK-1", "effective": "2026-08-01", "ground": ground("law_changed")}),
    );
    let secret = json!({"list": "major_decision", "code": "JC-1", "name": "某决策", "agency": MARKET, "region": "230883", "parts": [{"part": "year", "value": 2026}]});
    l.next("listing/major_decision/11230883MB01310199/JC-1", "powerlist.listing.RowPublished.v1", "2026-02-03", json!({"version": 1, "effective": "2026-03-01", "content": secret, "ground": ground("first_compilation"), "withheld": true})).put();
    l
}

#[tokio::test]
async fn a_row_is_what_it_was_on_the_day_in_the_words_of_its_service() {
    let (_app, q) = World::new(&list(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let on = async |day: &str| {
        q.list_row(&Scope::Public, "licence", MARKET, "XK-1", Some(day.parse().unwrap())).await.unwrap()
    };
    assert!(on("2025-02-02").await.is_none(), "not published yet");
    assert_eq!(on("2025-02-03").await.unwrap().row.state, ItemState::Coming);
    let first = on("2025-12-31").await.unwrap();
    assert_eq!((first.row.version, first.row.state, first.versions.len()), (1, ItemState::InForce, 2));
    assert_eq!(first.versions[0].until, Some("2025-12-31".parse().unwrap()));

    let today = on("2026-06-01").await.unwrap();
    assert_eq!((today.row.version, today.list.zh.as_ref()), (2, "行政许可事项清单"));
    let said: Vec<_> = today.row.parts.iter().map(|p| (p.label.zh.as_ref(), p.value.zh.as_ref(), p.item)).collect();
    let want = [
        ("许可实施编码", ITEM, false),
        ("法定办结时限", "20个工作日", false),
        ("承诺办结时限", "8个工作日", false),
        ("申请材料", "申请书；营业执照", false),
        ("是否收费", "否", false),
    ];
    assert_eq!(said, want);
    assert_eq!(today.row.parts[2].label.en, "Promised time");
    assert_eq!(today.citations[0].0, "found");
    assert_eq!(first.citations, [], "of the version published last only");
    let change = &today.versions[1].changes[0];
    assert_eq!(
        (change.0.zh.as_ref(), change.1.zh.as_ref(), change.2.zh.as_ref()),
        ("承诺办结时限", "10个工作日", "8个工作日")
    );
    assert_eq!(today.row.bases[0].level.zh, "法律");

    let ended = on("2026-08-01").await.unwrap();
    assert_eq!((ended.row.state, ended.cancelled.unwrap().0), (ItemState::Cancelled, "2026-08-01".parse().unwrap()));
}

#[tokio::test]
async fn lists_are_counted_filtered_and_withheld() {
    let (_app, q) = World::new(&list(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let counts = async |scope: &Scope| {
        let all = q.list_counts(scope, Some("2026-06-01".parse().unwrap())).await.unwrap();
        assert_eq!((all.len(), all[0].list.as_str(), all[0].text.zh.as_ref()), (13, "responsibility", "责任清单"));
        all.into_iter().filter(|list| list.rows > 0).map(|list| (list.list, list.rows)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&Scope::Public).await, [("licence".to_owned(), 1)]);
    let staff = [("licence".to_owned(), 1), ("major_decision".to_owned(), 1)];
    assert_eq!(counts(&Scope::Everything).await, staff);
    let rows =
        async |scope: &Scope, list: &str, filter: RowFilter| q.list_rows(scope, list, &filter).await.unwrap().total;
    let text = |text: &str| RowFilter { text: Some(text.into()), ..RowFilter::default() };
    assert_eq!(rows(&Scope::Public, "licence", text("经营")).await, 1);
    assert_eq!(rows(&Scope::Public, "licence", text("xk-1")).await, 1);
    assert_eq!(rows(&Scope::Public, "licence", text("运输")).await, 0);
    assert_eq!(rows(&Scope::Public, "proof", RowFilter::default()).await, 0);
    assert_eq!(rows(&Scope::Public, "major_decision", RowFilter::default()).await, 0);
    assert_eq!(rows(&Scope::Everything, "major_decision", RowFilter::default()).await, 1);
    let state =
        |state| RowFilter { state: Some(state), on: Some("2026-08-01".parse().unwrap()), ..RowFilter::default() };
    assert_eq!(rows(&Scope::Public, "licence", state(ItemState::Cancelled)).await, 1);
    assert_eq!(rows(&Scope::Public, "licence", state(ItemState::InForce)).await, 0);
    let cited = FindingFilter { rule: Some("PL-CITED".into()), ..FindingFilter::default() };
    let found = q.findings(&Scope::Everything, &cited);
    let found = found.await.unwrap().rows;
    assert_eq!((found[0].matter.as_str(), found[0].stream.as_str()), ("食品经营许可", STREAM));
    let hidden = q.list_row(&Scope::Public, "major_decision", MARKET, "JC-1", None).await.unwrap();
    assert!(hidden.is_none());
}
