//! The RPCs: steps are carried out by the kernel, the rest is reading.

#[cfg(test)]
mod tests;

use kernel::{
    Caller, ExecuteError, Fields,
    attempts::Attempt,
    bytes,
    objects::{Digest, ObjectError},
    procedure::Procedure as _,
};
use law::id::Uscc;
use ledger::Record;
use proto::enforcement::v1::{enforcement_server::Enforcement, *};
use tonic::{Request, Response, Status, Streaming};
use uuid::Uuid;

use crate::{
    domain::case::Cases,
    procedure::{CaseProcedure, OrderProcedure, unknown},
    wire::view::View,
};

const ATTEMPTS_DEFAULT: usize = 100;
const ATTEMPTS_MAX: u32 = 1000;

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) cases: CaseProcedure,
    pub(crate) orders: OrderProcedure,
}

type Answer<T> = Result<Response<T>, Status>;

fn caller<M>(request: &Request<M>) -> Result<Caller, Status> {
    request.extensions().get::<Caller>().cloned().ok_or_else(|| Status::unauthenticated("a token is required"))
}

impl Api {
    async fn records(&self, case: Uuid) -> Result<Vec<Record>, ExecuteError> {
        Ok(self.cases.edge.service.ledger().stream(&self.cases.stream(&case), 0).await?)
    }

    /// A case that the caller may read, as its stream tells it.
    async fn readable(&self, caller: &Caller, case_id: &str) -> Result<(Uuid, View), Status> {
        let case: Uuid = case_id.parse().map_err(|e| Fields::one("case_id", e))?;
        let view = View::fold(&self.records(case).await?)?;
        let filed = view.filed().ok_or_else(|| unknown(case))?;
        caller.require_reading(&filed.agency, &filed.region)?;
        Ok((case, view))
    }

    /// Attempts in one case; also in one that was never filed, because filing itself was refused.
    async fn refused_in(&self, caller: &Caller, case_id: &str, limit: usize) -> Result<Vec<Attempt>, Status> {
        let case: Uuid = case_id.parse().map_err(|e| Fields::one("matter_id", e))?;
        let records = self.records(case).await?;
        if records.is_empty() {
            return Err(unknown(case).into());
        }
        let kept: Vec<_> = records.iter().filter_map(Attempt::of).collect();
        match (View::fold(&records)?.filed(), kept.first()) {
            (Some(filed), _) => caller.require_reading(&filed.agency, &filed.region)?,
            (None, Some(tried)) => caller.require_reading(&tried.agency, &tried.region)?,
            (None, None) => {}
        }
        Ok(kept.into_iter().rev().take(limit).collect())
    }
}

#[tonic::async_trait]
impl Enforcement for Api {
    type GetObjectStream = bytes::Parts;

    proto::enforcement_steps!(kernel::serve);

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (case, view) = self.readable(&caller(&request)?, &request.get_ref().case_id).await?;
        let (version, state) = self.cases.edge.service.load::<Cases>(&self.cases.stream(&case)).await?;
        Ok(Response::new(view.show(case.to_string(), version, &state)))
    }

    async fn list_attempts(&self, request: Request<ListAttemptsRequest>) -> Answer<ListAttemptsResponse> {
        let (caller, r) = (caller(&request)?, request.get_ref());
        if r.limit > ATTEMPTS_MAX {
            return Err(Fields::one("limit", format!("must be at most {ATTEMPTS_MAX}")));
        }
        let limit = if r.limit == 0 { ATTEMPTS_DEFAULT } else { r.limit as usize };
        let attempts = match (r.matter_id.is_empty(), r.agency.is_empty()) {
            (false, true) => {
                let kept = self.refused_in(&caller, &r.matter_id, limit).await?;
                kept.into_iter().map(|attempt| attempt.shown).collect()
            }
            (true, false) => {
                let agency: Uscc = r.agency.parse().map_err(|e| Fields::one("agency", e))?;
                let edge = &self.cases.edge;
                let today = law::day_of(edge.service.clock().now());
                let listed = self.cases.lists.lists().agency(&agency, today).map(|a| a.region);
                caller.require_reading(&agency, &listed.unwrap_or_else(|| caller.region.clone()))?;
                edge.attempts.by(&agency, limit).await?
            }
            _ => return Err(Fields::one("matter_id", "give either a matter_id or an agency")),
        };
        Ok(Response::new(ListAttemptsResponse { attempts }))
    }

    async fn put_object(&self, request: Request<Streaming<PutObjectRequest>>) -> Answer<PutObjectResponse> {
        caller(&request)?;
        bytes::put(&self.cases.edge.objects, request.into_inner()).await
    }

    async fn get_object(&self, request: Request<GetObjectRequest>) -> Answer<bytes::Parts> {
        let (caller, r) = (caller(&request)?, request.get_ref());
        let digest: Digest = r.sha256.parse().map_err(|what| Fields::one("sha256", what))?;
        let (_, view) = self.readable(&caller, &r.matter_id).await?;
        // Bytes of another case are as good as missing.
        let media_type = view.media_type(&digest).ok_or(ObjectError::Missing(digest))?.to_owned();
        bytes::get(&self.cases.edge.objects, &digest, media_type).await
    }
}
