//! The RPCs: read the request, ask within the caller's scope, answer.

use std::{collections::BTreeMap, time::Duration};

use kernel::Caller;
use proto::projection::v1::{
    self as p,
    query_service_server::{QueryService, QueryServiceServer},
};
use tokio::{sync::watch, time::timeout};
use tonic::{Request, Response, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{
    model::Scope,
    query::{Queries, QueryError},
    wire::Ask,
};

/// How long an answer waits for the events that its caller has seen.
const SEEN_WAIT_MAX: Duration = Duration::from_secs(5);

/// The gRPC service.
pub type Server = QueryServiceServer<Api>;

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    queries: Queries,
    offsets: watch::Receiver<BTreeMap<String, u64>>,
}

pub(crate) fn server(queries: Queries, offsets: watch::Receiver<BTreeMap<String, u64>>) -> Server {
    QueryServiceServer::new(api(queries, offsets))
}

pub(crate) fn api(queries: Queries, offsets: watch::Receiver<BTreeMap<String, u64>>) -> Api {
    Api { queries, offsets }
}

type Reply<T> = Result<Response<T>, Status>;

impl Api {
    /// Reads a request: what is asked, and what the caller may see. Waits for the events that the caller has seen.
    async fn read<A: Ask>(&self, request: &Request<A>) -> Result<(A::Out, Scope), Status> {
        let caller =
            request.extensions().get::<Caller>().ok_or_else(|| Status::unauthenticated("a token is required"))?;
        let out = request.get_ref().ask()?;
        for seen in request.get_ref().seen() {
            let mut offsets = self.offsets.clone();
            if !self.queries.knows_service(&seen.source) {
                let what = "must be the name of a service, as a receipt of it says";
                let details = ErrorDetails::with_bad_request_violation("seen.source", what);
                let text = format!("seen.source {what}");
                return Err(Status::with_error_details(tonic::Code::InvalidArgument, text, details));
            }
            let folded = offsets.wait_for(|all| all.get(&seen.source).is_some_and(|next| *next > seen.log_index));
            if !matches!(timeout(SEEN_WAIT_MAX, folded).await, Ok(Ok(_))) {
                let what =
                    format!("the views have not reached event {} of {} yet; try again", seen.log_index, seen.source);
                return Err(retry(what));
            }
        }
        Ok((out, Scope::of(caller)))
    }
}

fn retry(message: String) -> Status {
    let details = ErrorDetails::with_retry_info(Some(Duration::from_secs(1)));
    Status::with_error_details(tonic::Code::Unavailable, message, details)
}

fn not_found(what: &str, id: &str) -> Status {
    let details = ErrorDetails::with_resource_info(what, id, "", "");
    Status::with_error_details(tonic::Code::NotFound, format!("{what} {id} not found"), details)
}

impl From<QueryError> for Status {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Denied => Self::permission_denied("this list is not open to you"),
            QueryError::Invalid { field, what } => kernel::Fields::one_wrong(field, what.zh, what.en),
            QueryError::Unavailable(_) => {
                tracing::error!(error = %kernel::error::chain(&error), "the views are unavailable");
                retry(error.to_string())
            }
            QueryError::Damaged(_) => kernel::error::incident(&error),
        }
    }
}

#[tonic::async_trait]
impl QueryService for Api {
    async fn get_overview(&self, request: Request<p::GetOverviewRequest>) -> Reply<p::GetOverviewResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.overview(&scope, &filter).await?.into()))
    }

    async fn list_agencies(&self, request: Request<p::ListAgenciesRequest>) -> Reply<p::ListAgenciesResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.agencies(&scope, &filter).await?.into()))
    }

    async fn get_agency(&self, request: Request<p::GetAgencyRequest>) -> Reply<p::GetAgencyResponse> {
        let ((agency, filter), scope) = self.read(&request).await?;
        let found = self.queries.agency(&scope, &agency, &filter).await?;
        Ok(Response::new(found.ok_or_else(|| not_found("agency", &agency))?.into()))
    }

    async fn list_cases(&self, request: Request<p::ListCasesRequest>) -> Reply<p::ListCasesResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.cases(&scope, &filter).await?.into()))
    }

    async fn get_case(&self, request: Request<p::GetCaseRequest>) -> Reply<p::GetCaseResponse> {
        let ((id, service), scope) = self.read(&request).await?;
        let found = self.queries.case(&scope, &id, service.as_deref()).await?.ok_or_else(|| not_found("case", &id))?;
        Ok(Response::new(p::GetCaseResponse { case: Some(found.into()) }))
    }

    async fn get_trail(&self, request: Request<p::GetTrailRequest>) -> Reply<p::GetTrailResponse> {
        let (id, scope) = self.read(&request).await?;
        let found = self.queries.trail(&scope, &id).await?.ok_or_else(|| not_found("case", &id))?;
        Ok(Response::new(found.into()))
    }

    async fn get_board(&self, request: Request<p::GetBoardRequest>) -> Reply<p::GetBoardResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.board(&scope, &filter).await?.into()))
    }

    async fn list_decisions(&self, request: Request<p::ListDecisionsRequest>) -> Reply<p::ListDecisionsResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.decisions(&scope, &filter).await?.into()))
    }

    async fn list_deadlines(&self, request: Request<p::ListDeadlinesRequest>) -> Reply<p::ListDeadlinesResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.deadlines(&scope, &filter).await?.into()))
    }

    async fn list_findings(&self, request: Request<p::ListFindingsRequest>) -> Reply<p::ListFindingsResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.findings(&scope, &filter).await?.into()))
    }

    async fn list_items(&self, request: Request<p::ListItemsRequest>) -> Reply<p::ListItemsResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.items(&scope, &filter).await?.into()))
    }

    async fn get_item(&self, request: Request<p::GetItemRequest>) -> Reply<p::GetItemResponse> {
        let ((item, on), scope) = self.read(&request).await?;
        let found = self.queries.item(&scope, &item, on).await?.ok_or_else(|| not_found("item", &item))?;
        Ok(Response::new(p::GetItemResponse { item: Some(found.into()) }))
    }

    async fn list_rules(&self, request: Request<p::ListRulesRequest>) -> Reply<p::ListRulesResponse> {
        let ((), scope) = self.read(&request).await?;
        let rules = self.queries.rules(&scope).await?;
        Ok(Response::new(p::ListRulesResponse { rules: rules.into_iter().map(Into::into).collect() }))
    }

    async fn list_plan_tasks(&self, request: Request<p::ListPlanTasksRequest>) -> Reply<p::ListPlanTasksResponse> {
        let (filter, _) = self.read(&request).await?;
        Ok(Response::new(self.queries.plan_tasks(&filter).await?.into()))
    }

    async fn list_officers(&self, request: Request<p::ListOfficersRequest>) -> Reply<p::ListOfficersResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.officers(&scope, &filter).await?.into()))
    }

    async fn list_regions(&self, request: Request<p::ListRegionsRequest>) -> Reply<p::ListRegionsResponse> {
        let ((), scope) = self.read(&request).await?;
        let regions = self.queries.regions(&scope).await?;
        Ok(Response::new(p::ListRegionsResponse { regions: regions.into_iter().map(Into::into).collect() }))
    }

    async fn list_events(&self, request: Request<p::ListEventsRequest>) -> Reply<p::ListEventsResponse> {
        let (filter, scope) = self.read(&request).await?;
        Ok(Response::new(self.queries.audit(&scope, &filter).await?.into()))
    }
}
