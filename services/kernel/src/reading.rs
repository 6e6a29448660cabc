//! What every service answers of a matter to who may read it: its refused attempts, and the bytes that it names.

use std::sync::Arc;

use law::id::{RegionCode, Uscc};
use ledger::Record;
use proto::common::v1::{GetObjectRequest, ListAttemptsRequest, ListAttemptsResponse};
use serde_json::Value;
use tonic::{Request, Response, Status};

use crate::{
    attempts::Attempt,
    bytes::{self, Parts, UNTYPED},
    error::ExecuteError,
    execute::Place,
    fields::Fields,
    identity::Caller,
    objects::{Digest, ObjectError},
    procedure::{Office as _, Procedure, unknown},
};

const ATTEMPTS_DEFAULT: usize = 100;
const ATTEMPTS_MAX: u32 = 1000;

/// Who asks.
///
/// # Errors
/// UNAUTHENTICATED when no guard stood before the request.
pub fn caller<M>(request: &Request<M>) -> Result<Caller, Status> {
    request.extensions().get::<Caller>().cloned().ok_or_else(|| Status::unauthenticated("a token is required"))
}

/// A matter that the caller may read: its id and its records.
///
/// # Errors
/// There is no such matter, or the caller may not read it.
pub async fn matter<P: Procedure>(
    office: &P::Office,
    caller: &Caller,
    path: &str,
    name: &str,
) -> Result<(P::Id, Vec<Record>), Status> {
    let (id, records) = records::<P>(office, path, name).await?;
    let state = office.edge().service.load::<P>(&P::stream(&id)).await?.1;
    let place = P::owner(&state).ok_or_else(|| unknown::<P>(&id))?;
    require(caller, &place)?;
    Ok((id, records))
}

/// A matter of the caller's own agency, as it stands.
///
/// # Errors
/// There is no such matter, or the caller may not act in it.
pub async fn own<P: Procedure>(
    office: &P::Office,
    caller: &Caller,
    path: &str,
    name: &str,
) -> Result<Arc<P::State>, Status> {
    let id: P::Id = name.parse().map_err(|e| Fields::one(path, e))?;
    let state = office.edge().service.load::<P>(&P::stream(&id)).await?.1;
    P::Office::allows(caller, &P::owner(&state).ok_or_else(|| unknown::<P>(&id))?)?;
    Ok(state)
}

async fn records<P: Procedure>(office: &P::Office, path: &str, name: &str) -> Result<(P::Id, Vec<Record>), Status> {
    let id: P::Id = name.parse().map_err(|e| Fields::one(path, e))?;
    let records = office.edge().service.ledger().stream(&P::stream(&id), 0).await.map_err(ExecuteError::from)?;
    Ok((id, records))
}

fn require(caller: &Caller, place: &Place) -> Result<(), ExecuteError> {
    let agency =
        place.agency.as_ref().ok_or_else(|| ExecuteError::internal("a matter of no agency is not read here"))?;
    caller.require_reading(agency, &place.region)
}

/// Attempts that the law refused: of one matter, also of one that never began because its beginning was refused, or of
/// one agency, whose region `region_of` knows.
///
/// # Errors
/// A wrong field, no such matter, or the caller may not read it.
pub async fn attempts<P: Procedure>(
    office: &P::Office,
    request: &Request<ListAttemptsRequest>,
    region_of: impl Fn(&Uscc) -> Option<RegionCode>,
) -> Result<Response<ListAttemptsResponse>, Status> {
    let (caller, r) = (caller(request)?, request.get_ref());
    if r.limit > ATTEMPTS_MAX {
        return Err(Fields::one("limit", format!("must be at most {ATTEMPTS_MAX}")));
    }
    let limit = if r.limit == 0 { ATTEMPTS_DEFAULT } else { r.limit as usize };
    let attempts = match (r.matter_id.is_empty(), r.agency.is_empty()) {
        (false, true) => {
            let (id, records) = records::<P>(office, "matter_id", &r.matter_id).await?;
            let kept: Vec<_> = records.iter().filter_map(Attempt::of).collect();
            let state = office.edge().service.load::<P>(&P::stream(&id)).await?.1;
            match (P::owner(&state), kept.first()) {
                (Some(place), _) => require(&caller, &place)?,
                (None, Some(tried)) => caller.require_reading(&tried.agency, &tried.region)?,
                (None, None) => return Err(unknown::<P>(&id).into()),
            }
            kept.into_iter().rev().take(limit).map(|attempt| attempt.shown).collect()
        }
        (true, false) => {
            let agency: Uscc = r.agency.parse().map_err(|e| Fields::one("agency", e))?;
            caller.require_reading(&agency, &region_of(&agency).unwrap_or_else(|| caller.region.clone()))?;
            office.edge().attempts.by(&agency, limit).await?
        }
        _ => return Err(Fields::one("matter_id", "give either a matter_id or an agency")),
    };
    Ok(Response::new(ListAttemptsResponse { attempts }))
}

/// The bytes that a matter names; bytes of another matter are as good as missing.
///
/// # Errors
/// As [`matter`] and [`bytes::get`].
pub async fn object<P: Procedure>(
    office: &P::Office,
    request: &Request<GetObjectRequest>,
) -> Result<Response<Parts>, Status> {
    let (caller, r) = (caller(request)?, request.get_ref());
    let digest: Digest = r.sha256.parse().map_err(|what| Fields::one("sha256", what))?;
    let (_, records) = matter::<P>(office, &caller, "matter_id", &r.matter_id).await?;
    let media_type = records.iter().find_map(|record| named(record, &r.sha256)).ok_or(ObjectError::Missing(digest))?;
    bytes::get(office.edge().objects()?, &digest, media_type).await
}

/// The media type under which a record names a digest, if it does.
fn named(record: &Record, sha256: &str) -> Option<String> {
    // Most records name other bytes or none; looking for the text keeps the parser from reading them.
    let envelope = record.bytes.contains(sha256).then(|| record.envelope().ok()).flatten()?;
    media_type(&serde_json::from_str(envelope.data.get()).ok()?, sha256)
}

fn media_type(value: &Value, sha256: &str) -> Option<String> {
    match value {
        Value::Object(fields) if fields.values().any(|v| v.as_str() == Some(sha256)) => {
            let stated = fields.get("media_type").and_then(Value::as_str);
            Some(stated.unwrap_or(UNTYPED).to_owned())
        }
        Value::Object(fields) => fields.values().find_map(|v| media_type(v, sha256)),
        Value::Array(all) => all.iter().find_map(|v| media_type(v, sha256)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bytes_have_the_media_type_that_stands_beside_their_digest() {
        let data = json!({ "sha256": "aa", "media_type": "image/png", "more": [{ "record_sha256": "bb" }] });
        assert_eq!(media_type(&data, "aa").as_deref(), Some("image/png"));
        assert_eq!(media_type(&data, "bb").as_deref(), Some(UNTYPED));
        assert_eq!(media_type(&data, "cc"), None);
    }
}
