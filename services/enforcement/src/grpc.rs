//! The RPCs: steps are carried out by the kernel, the rest is reading.

#[cfg(test)]
mod tests;

use kernel::{
    bytes,
    procedure::{Edge, Procedure as _},
    reading,
    sealed::Whose,
};
use lists::Replica;
use proto::enforcement::v1::{enforcement_server::Enforcement, *};
use tonic::{Request, Response, Status, Streaming};

use crate::{by_item::CasesByItem, domain::case::Cases, wire::view::View};

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) edge: Edge,
    pub(crate) lists: Replica,
    pub(crate) by_item: CasesByItem,
}

impl Api {
    pub(crate) fn new(edge: Edge, lists: Replica) -> Self {
        let by_item = CasesByItem::new(edge.service.ledger().clone());
        Self { edge, lists, by_item }
    }
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl Enforcement for Api {
    type GetObjectStream = bytes::Parts;

    proto::enforcement_steps!(kernel::serve);

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (caller, name) = (reading::caller(&request)?, &request.get_ref().case_id);
        let (case, records) = reading::matter::<Cases>(self, &caller, "case_id", name).await?;
        let (version, state) = self.edge.service.load::<Cases>(&Cases::stream(&case)).await?;
        let calendar = self.edge.service.calendar();
        Ok(Response::new(View::fold(&records)?.show(case.to_string(), version, &state, &calendar)))
    }

    async fn read_party(&self, request: Request<ReadPartyRequest>) -> Answer<ReadPartyResponse> {
        let (caller, name) = (reading::caller(&request)?, &request.get_ref().case_id);
        let case = reading::own::<Cases>(self, &caller, "case_id", name).await?;
        let sealed = case.filed.as_deref().and_then(|filed| filed.party.identity.as_ref());
        let identity = self.edge.identity(&caller, &case.opened, Whose::Own, sealed).await?;
        Ok(Response::new(ReadPartyResponse { identity }))
    }

    async fn list_attempts(&self, request: Request<ListAttemptsRequest>) -> Answer<ListAttemptsResponse> {
        let today = law::day_of(self.edge.service.clock().now());
        let region_of = |agency: &_| self.lists.lists().region(agency, today);
        reading::attempts::<Cases>(self, &request, region_of).await
    }

    async fn put_object(&self, request: Request<Streaming<PutObjectRequest>>) -> Answer<PutObjectResponse> {
        bytes::put(self.edge.objects()?, request.into_inner()).await
    }

    async fn get_object(&self, request: Request<GetObjectRequest>) -> Answer<bytes::Parts> {
        reading::object::<Cases>(self, &request).await
    }
}
