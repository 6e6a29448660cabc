use proto::powerlist::v1::powerlist_server::Powerlist as _;
use tonic::Code;
use tonic_types::StatusExt as _;

use super::*;
use crate::{
    domain::{
        events::GroundKind,
        fixture::{content, ground, tiers},
    },
    wire,
};

pub(super) fn draft(office: &Office) -> p::DraftItemRequest {
    p::DraftItemRequest {
        meta: office.meta("2026-03-02"),
        content: Some(p::ItemContent { region: String::new(), ..wire::show_content(&content()) }),
        ground: Some(wire::show_ground(&ground(GroundKind::FirstCompilation))),
    }
}

pub(super) fn review(office: &Office, version: u32) -> p::ReviewItemRequest {
    p::ReviewItemRequest {
        meta: office.meta("2026-03-10"),
        item: content().item.to_string(),
        version,
        passed: true,
        reviewer: "131035".into(),
        opinion: "依据充分".into(),
    }
}

pub(super) fn publish(office: &Office, version: u32) -> p::PublishItemRequest {
    p::PublishItemRequest {
        meta: office.meta("2026-03-20"),
        item: content().item.to_string(),
        version,
        effective: "2026-03-20".into(),
        published_at: "抚远市人民政府网站".into(),
    }
}

pub(super) fn standard(office: &Office) -> p::PublishStandardRequest {
    let tiers = wire::show_standard(&crate::domain::events::StandardPublished {
        item: content().item,
        version: 1,
        tiers: tiers().into(),
        effective: fixture::day("2026-03-20"),
        document: "基准".into(),
    })
    .tiers;
    p::PublishStandardRequest {
        meta: office.meta("2026-03-20"),
        item: content().item.to_string(),
        tiers,
        effective: "2026-03-20".into(),
        document: "裁量基准（2026年版）".into(),
    }
}

async fn published(office: &Office) {
    let api = office.api();
    let drafted = api.draft_item(office.request(draft(office))).await.unwrap().into_inner();
    assert_eq!(drafted.version, 1);
    api.review_item(office.request(review(office, 1))).await.unwrap();
    api.publish_standard(office.request(standard(office))).await.unwrap();
    let answer = api.publish_item(office.request(publish(office, 1))).await.unwrap().into_inner().receipt.unwrap();
    assert_eq!(answer.events, ["powerlist.item.ItemPublished.v1"]);
    assert_eq!(answer.violations, []);
}

async fn get(office: &Office, as_of: &str) -> Result<p::Item, tonic::Status> {
    let request = p::GetItemRequest { item: content().item.to_string(), as_of: as_of.into() };
    Ok(office.api().get_item(office.request(request)).await?.into_inner().item.unwrap())
}

#[tokio::test]
async fn an_item_goes_from_draft_to_publication_and_is_there_as_of_its_day() {
    let office = Office::ready().await;
    published(&office).await;
    let item = get(&office, "2026-03-20").await.unwrap();
    let version = item.version.unwrap();
    assert_eq!(version.content, Some(wire::show_content(&content())));
    assert_eq!((version.version, version.reviewer.as_str()), (1, "131035"));
    assert_eq!(item.standard.unwrap().tiers.len(), 3);
    assert_eq!(get(&office, "2026-03-19").await.unwrap_err().code(), Code::NotFound);
    let list = |text: &str| p::ListItemsRequest { text: text.into(), ..Default::default() };
    let found = office.api().list_items(office.request(list("食品生产经营许可"))).await.unwrap().into_inner();
    assert_eq!((found.items.len(), found.total, found.as_of.as_str()), (1, 1, "2026-03-20"));
    let found = office.api().list_items(office.request(list("拆除"))).await.unwrap().into_inner();
    assert_eq!(found.total, 0);
    // What was read before is read again after a restart.
    let Office { app, clock, folder, .. } = office;
    app.api().edge.service.ledger().clone().close().await;
    drop(app);
    let again = Office { app: open(&folder, &clock).await, clock, folder, region: "230000", roles: vec![] };
    assert!(get(&again, "2026-03-20").await.is_ok());
}

#[tokio::test]
async fn a_refusal_names_rule_and_article_and_is_kept() {
    let office = Office::ready().await;
    let api = office.api();
    api.draft_item(office.request(draft(&office))).await.unwrap();
    let before = office.app.api().edge.service.ledger().head().size;
    let request = publish(&office, 1);
    let refused = api.publish_item(office.request(request.clone())).await.unwrap_err();
    assert_eq!(refused.code(), Code::FailedPrecondition);
    assert_eq!(refused.get_details_error_info().unwrap().reason, "PL-CHANGE");
    assert!(refused.message().contains("优化营商环境条例"), "{}", refused.message());
    assert_eq!(office.app.api().edge.service.ledger().head().size, before + 1, "the attempt is kept");
    // Asked again, the same command gets the same answer and is not kept twice.
    let again = api.publish_item(office.request(request)).await.unwrap_err();
    assert_eq!(again.code(), Code::FailedPrecondition);
    assert_eq!(office.app.api().edge.service.ledger().head().size, before + 1);
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let office = Office::ready().await;
    let mut wrong = draft(&office);
    let content = wrong.content.as_mut().unwrap();
    content.item = "x".into();
    content.kind = 99;
    content.bases[0].version = "2021".into();
    content.name = "名".repeat(101);
    wrong.ground = None;
    let status = office.api().draft_item(office.request(wrong)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    for field in ["content.item", "content.kind", "content.bases[0].version", "content.name", "ground"] {
        assert!(status.message().contains(field), "{field}: {}", status.message());
    }
}

#[tokio::test]
async fn what_is_unknown_is_not_found() {
    let office = Office::ready().await;
    let api = office.api();
    let mut strange = draft(&office);
    strange.content.as_mut().unwrap().agency = "11230883MB0125014Y".into();
    let not_found = [
        api.draft_item(office.request(strange)).await.unwrap_err(),
        api.review_item(office.request(review(&office, 1))).await.unwrap_err(),
        api.publish_item(office.request(publish(&office, 1))).await.unwrap_err(),
        api.get_officer(office.request(p::GetOfficerRequest { officer: "999".into(), ..Default::default() }))
            .await
            .unwrap_err(),
    ];
    for status in not_found {
        assert_eq!(status.code(), Code::NotFound, "{}", status.message());
    }
}

#[tokio::test]
async fn another_region_is_denied() {
    let mut office = Office::ready().await;
    office.region = "230882";
    let denied = office.api().draft_item(office.request(draft(&office))).await.unwrap_err();
    assert_eq!(denied.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_certificate_has_its_state_on_every_day() {
    let office = Office::ready().await;
    let api = office.api();
    let revoke = p::RevokeCertificateRequest {
        meta: office.meta("2026-05-06"),
        officer: "131001".into(),
        certificate: "23088331001".into(),
        on: "2026-05-06".into(),
        reason: "调离执法岗位".into(),
    };
    api.revoke_certificate(office.request(revoke)).await.unwrap();
    let state = async |as_of: &str| {
        let request = p::GetOfficerRequest { officer: "131001".into(), as_of: as_of.into() };
        let officer = api.get_officer(office.request(request)).await.unwrap().into_inner().officer.unwrap();
        officer.certificates[0].state()
    };
    assert_eq!(state("2022-04-06").await, p::CertificateState::NotYet);
    assert_eq!(state("2026-05-05").await, p::CertificateState::Valid);
    assert_eq!(state("2026-05-06").await, p::CertificateState::Revoked);
    let certified = p::ListOfficersRequest { certified_only: true, ..Default::default() };
    let found = api.list_officers(office.request(certified)).await.unwrap().into_inner();
    assert_eq!(found.officers.iter().map(|o| o.officer.as_str()).collect::<Vec<_>>(), ["131035"]);
}

#[tokio::test]
async fn a_draft_is_for_the_list_office_only() {
    let mut office = Office::ready().await;
    office.api().draft_item(office.request(draft(&office))).await.unwrap();
    let request = || p::ListVersionsRequest { item: content().item.to_string() };
    let seen = office.api().list_versions(office.request(request())).await.unwrap().into_inner();
    assert!(seen.draft.is_some());
    office.roles = vec![Role::Public];
    assert_eq!(office.api().list_versions(office.request(request())).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn pages_follow_one_another_without_gap() {
    let office = Office::ready().await;
    let page = async |size, token: String| {
        let request = p::ListOfficersRequest { page_size: size, page_token: token, ..Default::default() };
        office.api().list_officers(office.request(request)).await.unwrap().into_inner()
    };
    let first = page(1, String::new()).await;
    assert_eq!((first.officers[0].officer.as_str(), first.total), ("131001", 2));
    let second = page(1, first.next_page_token).await;
    assert_eq!((second.officers[0].officer.as_str(), second.next_page_token.as_str()), ("131035", ""));
    let request = p::ListOfficersRequest { page_size: 501, ..Default::default() };
    let status = office.api().list_officers(office.request(request)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
}
