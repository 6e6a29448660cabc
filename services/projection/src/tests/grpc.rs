//! The RPCs as a caller meets them.

use std::collections::BTreeSet;

use kernel::{Caller, Role};
use proto::projection::v1::{self as p, query_service_server::QueryService};
use tonic::{Code, Request};

use super::{World, cases::whole_case, records::*};
use crate::grpc::{self, Api};

pub(super) fn caller(role: Role, region: &str) -> Caller {
    Caller {
        subject: "test".into(),
        name: String::new(),
        agency: (role == Role::Officer).then(|| MARKET.parse().unwrap()),
        region: region.parse().unwrap(),
        roles: BTreeSet::from([role]),
    }
}

fn ask<T>(role: Role, region: &str, body: T) -> Request<T> {
    let mut request = Request::new(body);
    request.extensions_mut().insert(caller(role, region));
    request
}

async fn api() -> (super::Folded, Api) {
    let (app, queries) = World::new(&lists(), &whole_case(), "2026-06-01T00:00:00Z").folded().await;
    let api = grpc::api(queries, app.offsets());
    (app, api)
}

#[tokio::test]
async fn a_case_is_told_to_who_may_read_it() {
    let (_app, api) = api().await;
    let get = || p::GetCaseRequest {
        case: CASE.into(),
        seen: vec![proto::common::v1::Seen { source: "enforcement".into(), log_index: 14 }],
        ..Default::default()
    };
    let found = api.get_case(ask(Role::Supervisor, REGION, get())).await.unwrap().into_inner().case.unwrap();
    assert_eq!((found.timeline.len(), found.stages.len()), (15, 13));
    assert_eq!(found.header.unwrap().stage_id, "archive");
    let decided = found.timeline.iter().find(|e| e.kind.contains("PenaltyDecided")).unwrap();
    assert_eq!(decided.mode(), proto::common::v1::Mode::Reporting);
    let own = api.get_case(ask(Role::Officer, REGION, get())).await.unwrap().into_inner().case.unwrap();
    assert_eq!(own.timeline.len(), 15);
    let public = api.get_case(ask(Role::Public, REGION, get())).await.unwrap().into_inner().case.unwrap();
    assert!(public.timeline.is_empty() && public.decision.is_some());
    let elsewhere = api.get_case(ask(Role::Supervisor, "230881", get())).await.unwrap_err();
    assert_eq!(elsewhere.code(), Code::NotFound);
    // The operator runs the machines and reads no case but what everybody reads.
    let operator = api.get_case(ask(Role::Operator, REGION, get())).await.unwrap().into_inner().case.unwrap();
    assert!(operator.timeline.is_empty());
}

#[tokio::test]
async fn what_was_not_checked_is_told_where_it_is_asked_for() {
    let mut l = Ledger::new("enforcement");
    l.case("CaseFiled", "2026-01-06", filed(CASE, "1", "甲公司"))
        .with("unchecked", serde_json::json!([unchecked("EN-NINETY")]))
        .put();
    let (app, queries) = World::new(&lists(), &l, "2026-02-01T00:00:00Z").folded().await;
    let api = grpc::api(queries, app.offsets());
    let get = p::GetCaseRequest { case: CASE.into(), ..Default::default() };
    let file = api.get_case(ask(Role::Supervisor, REGION, get)).await.unwrap().into_inner().case.unwrap();
    let [told] = file.timeline[0].unchecked.as_slice() else { panic!("{:?}", file.timeline) };
    assert_eq!(
        (told.rule.as_str(), told.citation.as_ref().unwrap().zh.as_str()),
        ("EN-NINETY", "《行政处罚法》第五十八条")
    );
    assert_eq!(told.text.as_ref().unwrap().en, "there is no calendar of 2027.");
    let list = async |f: p::ListFindingsRequest| {
        api.list_findings(ask(Role::Supervisor, REGION, f)).await.unwrap().into_inner().findings
    };
    assert!(list(p::ListFindingsRequest::default()).await.is_empty());
    let of_kind = p::ListFindingsRequest { kind: p::FindingKind::NotChecked as i32, ..Default::default() };
    let listed = list(of_kind).await;
    assert_eq!((listed.len(), listed[0].severity()), (1, p::Severity::NotChecked));
    let overview = api.get_overview(ask(Role::Supervisor, REGION, p::GetOverviewRequest::default()));
    assert_eq!(overview.await.unwrap().into_inner().findings.unwrap().not_checked, 1);
    let rules = api.list_rules(ask(Role::Supervisor, REGION, p::ListRulesRequest::default())).await.unwrap();
    let rules = rules.into_inner().rules;
    assert_eq!(rules.iter().map(|rule| rule.not_checked).sum::<u64>(), 1);
}

#[tokio::test]
async fn every_rpc_answers() {
    let (_app, api) = api().await;
    macro_rules! answers {
        ($($rpc:ident $request:expr;)*) => {$(
            let request = ask(Role::Auditor, "230000", $request);
            assert!(api.$rpc(request).await.is_ok(), stringify!($rpc));
        )*};
    }
    answers! {
        get_overview p::GetOverviewRequest::default();
        list_agencies p::ListAgenciesRequest::default();
        get_agency p::GetAgencyRequest { agency: MARKET.into(), ..Default::default() };
        list_cases p::ListCasesRequest::default();
        get_board p::GetBoardRequest::default();
        get_trail p::GetTrailRequest { case: CASE.into(), ..Default::default() };
        list_decisions p::ListDecisionsRequest { item: ITEM.into(), ..Default::default() };
        list_deadlines p::ListDeadlinesRequest { state: p::DeadlineState::Missed as i32, ..Default::default() };
        list_findings p::ListFindingsRequest::default();
        list_items p::ListItemsRequest::default();
        list_rules p::ListRulesRequest::default();
        list_officers p::ListOfficersRequest::default();
        list_regions p::ListRegionsRequest::default();
        list_events p::ListEventsRequest::default();
    }
    let missing = p::GetItemRequest { item: ITEM.into(), ..Default::default() };
    assert_eq!(api.get_item(ask(Role::Auditor, REGION, missing)).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn wrong_fields_are_told_all_at_once() {
    let (_app, api) = api().await;
    let wrong = p::ListCasesRequest { region: "23".into(), from: "1/2/26".into(), behind: 99, ..Default::default() };
    let status = api.list_cases(ask(Role::Supervisor, REGION, wrong)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    for field in ["region", "from", "behind"] {
        assert!(status.message().contains(field), "{}", status.message());
    }
    let deep = p::ListCasesRequest {
        page: Some(p::PageRequest { page: 1_000, size: 500, ..Default::default() }),
        ..Default::default()
    };
    let status = api.list_cases(ask(Role::Supervisor, REGION, deep)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    let public = api.list_findings(ask(Role::Public, REGION, p::ListFindingsRequest::default())).await.unwrap_err();
    assert_eq!(public.code(), Code::PermissionDenied);
}
