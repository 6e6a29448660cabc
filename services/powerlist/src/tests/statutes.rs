//! The register of statutes through the API: texts go in, articles are asked for, and items that cite them follow.

use proto::powerlist::v1::powerlist_server::Powerlist as _;
use tonic::Code;

use super::*;

const FOOD: &str = "中华人民共和国食品安全法";

/// A law with so many articles, each of a paragraph.
fn law(title: &str, head: &str, articles: u16) -> Vec<u8> {
    let body: String =
        (1..=articles).map(|n| format!("{} 第{n}条的文字。\n", crate::domain::statute::text::name(n, 0))).collect();
    format!("# {title}\n{head}\n## 第一章 总则\n{body}").into_bytes()
}

/// The text that the fixture's item cites.
fn food() -> p::StatuteFile {
    let head = "2009年2月28日 第十一届全国人民代表大会常务委员会第七次会议通过\n2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议第二次修正";
    file("食品安全法(2021-04-29).md", law(FOOD, head, 154))
}

/// The same as amended on a day.
pub(super) fn food_of(amended: &str, day: &str) -> p::StatuteFile {
    let head = format!(
        "2009年2月28日 第十一届全国人民代表大会常务委员会第七次会议通过\n2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议第二次修正\n{amended}"
    );
    file(&format!("食品安全法({day}).md"), law(FOOD, &head, 154))
}

fn file(name: &str, content: Vec<u8>) -> p::StatuteFile {
    p::StatuteFile { name: name.to_owned(), content, ..Default::default() }
}

pub(super) async fn import(office: &Office, on: &str, files: Vec<p::StatuteFile>) -> p::ImportStatutesResponse {
    let request = p::ImportStatutesRequest { meta: office.meta(on), files, check_only: false };
    office.api().import_statutes(office.request(request)).await.unwrap().into_inner()
}

async fn article(office: &Office, article: &str, as_of: &str) -> Result<p::GetArticleResponse, tonic::Status> {
    let request =
        p::GetArticleRequest { statute: "食品安全法".into(), article: article.into(), as_of: as_of.into() };
    office.api().get_article(office.request(request)).await.map(tonic::Response::into_inner)
}

async fn list(office: &Office, text: &str) -> p::ListStatutesResponse {
    let request = p::ListStatutesRequest { text: text.into(), ..Default::default() };
    office.api().list_statutes(office.request(request)).await.unwrap().into_inner()
}

async fn publish(office: &Office) -> Result<(), tonic::Status> {
    use crate::tests::api::{draft, publish, review, standard};
    let api = office.api();
    let version = api.draft_item(office.request(draft(office))).await.unwrap().into_inner().version;
    api.review_item(office.request(review(office, version))).await.unwrap();
    api.publish_standard(office.request(standard(office))).await.unwrap();
    api.publish_item(office.request(publish(office, version))).await.map(drop)
}

#[tokio::test]
async fn a_text_goes_in_once_and_its_articles_are_read_as_of_a_day() {
    let office = Office::ready().await;
    let first = import(&office, "2026-03-02", vec![food()]).await;
    let of = &first.files[0];
    assert_eq!((of.faults.len(), of.changed), (0, true));
    let version = of.version.as_ref().unwrap();
    assert_eq!((version.title.as_str(), version.version.as_str(), version.articles), (FOOD, "2021-04-29", 154));
    assert_eq!((version.level, version.issuer.as_str()), (p::NormLevel::Law.into(), "全国人民代表大会常务委员会"));
    assert!(!import(&office, "2026-03-02", vec![food()]).await.files[0].changed, "the same text says nothing new");

    let found = article(&office, "第一百二十二条第一款", "2026-03-02").await.unwrap();
    assert_eq!((found.article.as_str(), found.paragraphs[0].text.as_str()), ("第一百二十二条", "第122条的文字。"));
    for (wanted, as_of, code) in [
        ("第一百五十五条", "2026-03-02", Code::NotFound),
        ("第一条", "2021-04-28", Code::NotFound),
        ("第一章", "2026-03-02", Code::InvalidArgument),
    ] {
        assert_eq!(article(&office, wanted, as_of).await.unwrap_err().code(), code, "{wanted} {as_of}");
    }
}

#[tokio::test]
async fn a_file_with_faults_leaves_the_others_alone_and_names_its_line() {
    let office = Office::ready().await;
    let bad = file("坏.md", "甲法\n2020年1月2日 国务院令第1号公布\n第一条 一。\n第三条 三。\n".into());
    let answer = import(&office, "2026-03-02", vec![bad.clone(), food()]).await;
    assert_eq!((answer.files[0].changed, answer.files[1].changed), (false, true));
    assert_eq!(answer.files[0].faults[0].line, 4);
    assert!(answer.files[0].version.is_none());
    assert_eq!(list(&office, "").await.total, 1);

    let request = p::ImportStatutesRequest { meta: office.meta("2026-03-02"), files: vec![], check_only: false };
    let none = office.api().import_statutes(office.request(request)).await.unwrap_err();
    assert_eq!(none.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn a_check_changes_nothing() {
    let office = Office::ready().await;
    let request = p::ImportStatutesRequest { meta: office.meta("2026-03-02"), files: vec![food()], check_only: true };
    let answer = office.api().import_statutes(office.request(request)).await.unwrap().into_inner();
    assert!(answer.files[0].changed);
    assert_eq!(list(&office, "").await.total, 0);
}

#[tokio::test]
async fn an_item_that_cites_wrongly_is_not_published() {
    let office = Office::ready().await;
    let short = p::StatuteFile {
        content: law(FOOD, "2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议修正", 121),
        ..food()
    };
    import(&office, "2026-03-02", vec![short]).await;
    let refused = publish(&office).await.unwrap_err();
    assert_eq!(refused.code(), Code::FailedPrecondition);
    // What was misread is read anew, and the item goes in.
    import(&office, "2026-03-20", vec![food()]).await;
    publish(&office).await.unwrap();
    let all = list(&office, "食品").await;
    assert_eq!((all.statutes[0].cited, all.statutes[0].not_checked), (1, 0));
}

#[tokio::test]
async fn items_follow_when_texts_change() {
    let office = Office::ready().await;
    publish(&office).await.unwrap();
    let before = list(&office, "").await;
    assert_eq!((before.total, before.cited, before.not_checked), (0, 1, 1));

    let answer = import(&office, "2026-03-20", vec![food()]).await;
    assert_eq!((answer.items_checked, answer.items_at_fault), (1, 0));
    let checked = list(&office, "").await;
    assert_eq!((checked.total, checked.cited, checked.not_checked), (1, 1, 0));

    let request = p::RepealStatuteRequest {
        meta: office.meta("2026-03-21"),
        statute: FOOD.into(),
        on: "2026-03-21".into(),
        document: "某决定（示例）".into(),
    };
    let repealed = office.api().repeal_statute(office.request(request.clone())).await.unwrap().into_inner();
    assert_eq!((repealed.changed, repealed.items_at_fault), (true, 1));
    let again = p::RepealStatuteRequest { meta: office.meta("2026-03-21"), ..request };
    assert!(!office.api().repeal_statute(office.request(again)).await.unwrap().into_inner().changed);
    let after = list(&office, "").await.statutes.remove(0);
    assert_eq!((after.in_force, after.repealed_on.as_str()), (None, "2026-03-21"));
    assert_eq!(article(&office, "第一条", "2026-03-21").await.unwrap_err().code(), Code::NotFound);
    assert!(article(&office, "第一条", "2026-03-20").await.is_ok());
}

#[tokio::test]
async fn the_same_import_sent_again_repeats_nothing() {
    let office = Office::ready().await;
    publish(&office).await.unwrap();
    let request = p::ImportStatutesRequest { meta: office.meta("2026-03-20"), files: vec![food()], check_only: false };
    let size = || office.app.lists();
    let first = office.api().import_statutes(office.request(request.clone())).await.unwrap().into_inner();
    let events = size().read().await.unwrap().statutes.len();
    let second = office.api().import_statutes(office.request(request)).await.unwrap().into_inner();
    assert_eq!(first.files[0].version, second.files[0].version);
    assert_eq!(size().read().await.unwrap().statutes.len(), events);
}

#[tokio::test]
async fn an_item_and_a_row_are_held_anew_on_the_day_on_which_a_text_of_law_begins_to_hold() {
    let office = Office::ready().await;
    publish(&office).await.unwrap();
    super::listing::publish_proof(&office, "2026-03-20").await;
    import(&office, "2026-03-21", vec![food()]).await;
    // Put on record long before it holds, and nobody imports anything again.
    let amended = food_of("2026年3月21日 第十四届全国人民代表大会常务委员会第二十次会议第三次修正", "2026-03-21");
    let ahead = p::StatuteFile { in_force_from: "2026-06-01".into(), ..amended };
    let answer = import(&office, "2026-03-21", vec![ahead]).await;
    assert_eq!((answer.files[0].changed, answer.items_at_fault), (true, 0));
    let wrong = async || {
        use crate::domain::statute::Held;
        let index = office.app.lists().read().await.unwrap();
        let items = index.items.values().filter_map(|state| state.versions.last()).map(|v| &v.citations);
        let rows = index.listings.values().filter_map(|state| state.versions.last()).map(|v| &v.citations);
        items.chain(rows).filter(|held| held.iter().any(|one| one.held == Held::Wrong)).count()
    };
    for (day, held, at_fault) in
        [("2026-05-31", 0, 0), ("2026-06-01", 2, 2), ("2026-06-01", 0, 2), ("2026-06-02", 0, 2)]
    {
        office.clock.set(fixture::at(day));
        assert_eq!(office.api().hold_anew(fixture::day(day)).await.unwrap(), held, "{day}");
        assert_eq!(wrong().await, at_fault, "{day}");
    }
}

#[tokio::test]
async fn a_process_that_was_down_on_that_day_finds_it_when_it_runs_again() {
    let office = Office::ready().await;
    publish(&office).await.unwrap();
    import(&office, "2026-03-21", vec![food()]).await;
    let request = p::RepealStatuteRequest {
        meta: office.meta("2026-03-21"),
        statute: FOOD.into(),
        on: "2026-06-01".into(),
        document: "某决定（示例）".into(),
    };
    office.api().repeal_statute(office.request(request)).await.unwrap();
    office.clock.set(fixture::at("2026-06-20"));
    let (stop, api) = (tokio_util::sync::CancellationToken::new(), office.api());
    let running = tokio::spawn(crate::days::follow(api, stop.clone()));
    let held = async || {
        let index = office.app.lists().read().await.unwrap();
        let version = index.items.values().next().unwrap().versions.last().unwrap().clone();
        version.citations[0].held == crate::domain::statute::Held::Wrong
    };
    let found = tokio::time::timeout(std::time::Duration::from_secs(20), async {
        while !held().await {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    found.await.expect("it is found at once");
    stop.cancel();
    running.await.unwrap();
}
