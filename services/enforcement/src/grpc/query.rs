//! Reading cases and refused attempts.

use kernel::{Caller, ExecuteError, Role};
use law::id::{RegionCode, Uscc};
use proto::enforcement::v1::{GetCaseRequest, GetCaseResponse, ListAttemptsRequest, ListAttemptsResponse};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use super::{Answer, Api, invalid};
use crate::{
    domain::case::Cases,
    steps::{stream, unknown},
    wire::{attempts::attempt, view::View},
};

const ATTEMPTS_DEFAULT: usize = 100;
const ATTEMPTS_MAX: u32 = 1000;

/// Who asks.
pub(super) fn caller<M>(request: &Request<M>) -> Result<Caller, Status> {
    request.extensions().get::<Caller>().cloned().ok_or_else(|| Status::unauthenticated("a token is required"))
}

/// A case is read by its own agency, and by who supervises or audits its region.
fn may_read(caller: &Caller, agency: &Uscc, region: &RegionCode) -> Result<(), ExecuteError> {
    if caller.has(Role::Supervisor) || caller.has(Role::Auditor) {
        return caller.require_region(region);
    }
    caller.require_agency(agency)
}

impl Api {
    /// A case that the caller may read, as its stream tells it.
    pub(super) async fn readable(&self, caller: &Caller, case_id: &str) -> Result<(Uuid, View), Status> {
        let case: Uuid = case_id.parse().map_err(|e: uuid::Error| invalid("case_id", &e.to_string()))?;
        let records = self.steps.service.ledger().stream(&stream(case), 0).await.map_err(ExecuteError::from)?;
        let view = View::fold(&records)?;
        let filed = view.filed().ok_or_else(|| unknown(case))?;
        may_read(caller, &filed.agency, &filed.region)?;
        Ok((case, view))
    }

    pub(super) async fn case(&self, request: Request<GetCaseRequest>) -> Answer<GetCaseResponse> {
        let (case, view) = self.readable(&caller(&request)?, &request.get_ref().case_id).await?;
        let (version, state) = self.steps.service.load::<Cases>(&stream(case)).await?;
        Ok(Response::new(view.show(case.to_string(), version, &state)))
    }

    pub(super) async fn refused(&self, request: Request<ListAttemptsRequest>) -> Answer<ListAttemptsResponse> {
        let (caller, r) = (caller(&request)?, request.get_ref());
        if r.limit > ATTEMPTS_MAX {
            return Err(invalid("limit", &format!("must be at most {ATTEMPTS_MAX}")));
        }
        let limit = if r.limit == 0 { ATTEMPTS_DEFAULT } else { r.limit as usize };
        let attempts = match (r.case_id.is_empty(), r.agency.is_empty()) {
            (false, true) => self.refused_in(&caller, &r.case_id, limit).await?,
            (true, false) => {
                let agency: Uscc = r.agency.parse().map_err(|e: law::id::BadId| invalid("agency", &e.to_string()))?;
                let today = law::day_of(self.steps.service.clock().now());
                let listed = self.steps.replica.lists().agency(&agency, today).map(|a| a.region);
                may_read(&caller, &agency, &listed.unwrap_or_else(|| caller.region.clone()))?;
                self.attempts.of(&agency, limit).await?
            }
            _ => return Err(invalid("case_id", "give either a case_id or an agency")),
        };
        Ok(Response::new(ListAttemptsResponse { attempts }))
    }

    /// Attempts in one case; also in one that was never filed, because filing itself was refused.
    async fn refused_in(
        &self,
        caller: &Caller,
        case_id: &str,
        limit: usize,
    ) -> Result<Vec<proto::enforcement::v1::Attempt>, Status> {
        let case: Uuid = case_id.parse().map_err(|e: uuid::Error| invalid("case_id", &e.to_string()))?;
        let records = self.steps.service.ledger().stream(&stream(case), 0).await.map_err(ExecuteError::from)?;
        if records.is_empty() {
            return Err(unknown(case).into());
        }
        let kept: Vec<_> = records.iter().filter_map(attempt).collect();
        match (View::fold(&records)?.filed(), kept.first()) {
            (Some(filed), _) => may_read(caller, &filed.agency, &filed.region)?,
            (None, Some((tried, _))) => may_read(caller, &tried.agency, &tried.region)?,
            (None, None) => {}
        }
        Ok(kept.into_iter().rev().take(limit).map(|(_, shown)| shown).collect())
    }
}
