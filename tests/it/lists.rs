//! The list office's work: lists as of a day, what it may not publish, and files that go in whole or not at all.

mod exempt;
mod import;
mod pieces;

use proto::powerlist::v1::{self as wire, powerlist_client::PowerlistClient};
use stories::suite::{self, Door, Engine, Running};
use tonic::Code;

use crate::{
    county::{self, AUXILIARY, EXPIRED, LIST_REVIEWER, UNLICENSED_FOOD, XU},
    engines::on_both_engines,
    people::{MARKET, Person, list_office::ListOffice, refused::Refused},
};

use exempt::a_case_names_the_entries_of_the_exempt_list_that_were_looked_at;

on_both_engines! {
    the_lists_answer_as_of_a_day,
    a_case_names_the_entries_of_the_exempt_list_that_were_looked_at,
}

pub(crate) fn public(running: &Running) -> PowerlistClient<Door> {
    PowerlistClient::new(Person::anonymous(running).door).max_decoding_message_size(64 * 1024 * 1024)
}

pub(crate) async fn the_lists_answer_as_of_a_day(engine: Engine) {
    let running = suite::start(engine).await;
    county::found(&running).await;
    certificates_have_their_days(&running).await;
    nothing_unfinished_is_published(&running).await;
    versions_keep_their_days(&running).await;
    running.stop().await;
}

async fn certificates_have_their_days(running: &Running) {
    let mut lists = public(running);
    let mut state = async |officer: &str, day: &str| {
        let request = wire::GetOfficerRequest { officer: officer.to_owned(), as_of: day.to_owned() };
        let answer = lists.get_officer(request).await.expect("the officer").into_inner();
        answer.officer.expect("an officer").certificates.first().map(wire::Certificate::state)
    };
    assert_eq!(state(EXPIRED, "2019-01-31").await, Some(wire::CertificateState::NotYet));
    assert_eq!(state(EXPIRED, "2019-02-01").await, Some(wire::CertificateState::Valid));
    assert_eq!(state(EXPIRED, "2024-01-31").await, Some(wire::CertificateState::Valid));
    assert_eq!(state(EXPIRED, "2024-02-01").await, Some(wire::CertificateState::Expired));
    assert_eq!(state(AUXILIARY, "2025-01-02").await, None);

    let certified = wire::ListOfficersRequest {
        as_of: "2025-03-03".to_owned(),
        agency: MARKET.to_owned(),
        certified_only: true,
        ..wire::ListOfficersRequest::default()
    };
    let listed = lists.list_officers(certified).await.expect("the officers").into_inner();
    let codes: Vec<_> = listed.officers.iter().map(|o| o.officer.as_str()).collect();
    assert_eq!(codes, [XU, "131013", "131020"]);
}

async fn nothing_unfinished_is_published(running: &Running) {
    let office = ListOffice::of(running);
    let at = "2025-02-03T09:00";
    let certificate = wire::IssueCertificateRequest {
        officer: AUXILIARY.to_owned(),
        certificate: "23088339999".to_owned(),
        fields: vec!["食品".to_owned()],
        from: "2025-02-03".to_owned(),
        until: "2030-02-02".to_owned(),
        ..wire::IssueCertificateRequest::default()
    };
    office.tries(at, certificate).await.under(&["OF-EXAM"], "辅助人员不得取得执法证", "auxiliary staff cannot hold");

    let item = "021310003000-230883-131";
    let mut bare = wire::ItemContent {
        item: item.to_owned(),
        base_code: item[..12].to_owned(),
        name: "对销售未按规定标注生产日期的预包装食品的处罚".to_owned(),
        ..county::unlicensed_food()
    };
    (bare.duties, bare.supervision) = (Vec::new(), String::new());
    let draft = wire::DraftItemRequest {
        content: Some(bare),
        ground: Some(county::first_ground()),
        ..wire::DraftItemRequest::default()
    };
    let version = office.enters(at, draft).await.version;
    let publication = wire::PublishItemRequest {
        item: item.to_owned(),
        version,
        effective: "2025-02-10".to_owned(),
        published_at: "抚远市人民政府网站".to_owned(),
        ..wire::PublishItemRequest::default()
    };
    let refused = office.tries(at, publication).await;
    refused.under(&["PL-ELEMENTS", "PL-DUTY", "PL-CHANGE"], "尚未进行合法性审核", "there is no legal review yet");
    let request = wire::GetItemRequest { item: item.to_owned(), as_of: "2025-03-03".to_owned() };
    Refused(public(running).get_item(request).await.expect_err("it is not published")).with(Code::NotFound);
}

async fn versions_keep_their_days(running: &Running) {
    let office = ListOffice::of(running);
    let at = "2025-06-02T09:00";
    let dearer = wire::ItemContent {
        responsible: "市场监管综合行政执法大队".to_owned(), ..county::unlicensed_food()
    };
    let draft = wire::DraftItemRequest {
        content: Some(dearer.clone()),
        ground: Some(county::first_ground()),
        ..wire::DraftItemRequest::default()
    };
    let refused = office.tries(at, draft.clone()).await;
    refused.under(&["PL-CHANGE"], "不能作为调整或取消的事由", "first compilation is no ground");
    let ground = wire::Ground {
        kind: wire::GroundKind::FunctionChanged.into(),
        document: "抚远市机构改革方案（2025年，示例）".to_owned(),
        ..wire::Ground::default()
    };
    let version = office.enters(at, wire::DraftItemRequest { ground: Some(ground), ..draft }).await.version;
    let review = wire::ReviewItemRequest {
        item: UNLICENSED_FOOD.to_owned(),
        version,
        passed: true,
        reviewer: LIST_REVIEWER.to_owned(),
        opinion: "同意调整责任主体".to_owned(),
        ..wire::ReviewItemRequest::default()
    };
    office.enters(at, review).await;
    let publication = wire::PublishItemRequest {
        item: UNLICENSED_FOOD.to_owned(),
        version,
        effective: "2025-07-01".to_owned(),
        published_at: "抚远市人民政府网站".to_owned(),
        ..wire::PublishItemRequest::default()
    };
    office.enters(at, publication).await;

    let mut lists = public(running);
    for (day, expected) in [("2025-01-02", 1), ("2025-06-30", 1), ("2025-07-01", version)] {
        let request = wire::GetItemRequest { item: UNLICENSED_FOOD.to_owned(), as_of: day.to_owned() };
        let item = lists.get_item(request).await.expect("the item").into_inner().item.expect("an item");
        assert_eq!(item.version.expect("a version").version, expected, "on {day}");
        assert_eq!(item.standard.map(|s| s.tiers.len()), Some(4), "on {day}");
    }
    let before = wire::GetItemRequest { item: UNLICENSED_FOOD.to_owned(), as_of: "2025-01-01".to_owned() };
    Refused(lists.get_item(before).await.expect_err("it was not in force")).with(Code::NotFound);
    let request = wire::ListVersionsRequest { item: UNLICENSED_FOOD.to_owned() };
    assert_eq!(lists.list_versions(request).await.expect("the versions").into_inner().versions.len(), 2);
    let penalties = wire::ListItemsRequest {
        as_of: "2025-07-01".to_owned(),
        kind: wire::PowerKind::Penalty.into(),
        ..wire::ListItemsRequest::default()
    };
    assert_eq!(lists.list_items(penalties).await.expect("the list").into_inner().total, 2);
}
