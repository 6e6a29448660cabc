//! Bytes in and out, part by part.

use std::pin::Pin;

use futures::{Stream, stream};
use proto::enforcement::v1::{GetObjectRequest, GetObjectResponse, PutObjectRequest, PutObjectResponse};
use tonic::{Request, Response, Status, Streaming};

use super::{Answer, Api, invalid, query::caller};
use crate::objects::{Digest, ObjectError, Reading};

/// Most bytes of one message.
const CHUNK_BYTES_MAX: usize = 1024 * 1024;
const UNTYPED: &str = "application/octet-stream";

/// The messages of GetObject.
pub(super) type Parts = Pin<Box<dyn Stream<Item = Result<GetObjectResponse, Status>> + Send>>;

impl Api {
    pub(super) async fn put(&self, request: Request<Streaming<PutObjectRequest>>) -> Answer<PutObjectResponse> {
        caller(&request)?;
        let mut parts = request.into_inner();
        let mut upload = self.steps.objects.begin().await?;
        let (mut media_type, mut first, mut empty) = (UNTYPED.to_owned(), true, true);
        while let Some(part) = parts.message().await? {
            if part.chunk.len() > CHUNK_BYTES_MAX {
                return Err(Status::resource_exhausted(format!("chunk: at most {CHUNK_BYTES_MAX} bytes a message")));
            }
            if std::mem::take(&mut first) && !part.media_type.is_empty() {
                media_type = part.media_type;
            }
            empty &= part.chunk.is_empty();
            upload.write(&part.chunk).await?;
        }
        if empty {
            return Err(invalid("chunk", "no bytes were sent"));
        }
        let stored = upload.finish().await?;
        let (sha256, size_bytes) = (stored.digest.to_string(), stored.size_bytes);
        Ok(Response::new(PutObjectResponse { sha256, size_bytes, media_type }))
    }

    pub(super) async fn read(&self, request: Request<GetObjectRequest>) -> Answer<Parts> {
        let (caller, r) = (caller(&request)?, request.get_ref());
        let digest: Digest = r.sha256.parse().map_err(|what| invalid("sha256", what))?;
        let (_, view) = self.readable(&caller, &r.case_id).await?;
        // Bytes of another case are as good as missing.
        let media_type = view.media_type(&digest).ok_or(ObjectError::Missing(digest))?.to_owned();
        let reading = self.steps.objects.read(&digest).await?;
        let head = (reading.size_bytes(), media_type);
        Ok(Response::new(Box::pin(stream::try_unfold((reading, Some(head)), next))))
    }
}

type Going = (Reading, Option<(u64, String)>);

async fn next((mut reading, head): Going) -> Result<Option<(GetObjectResponse, Going)>, Status> {
    let chunk = reading.next().await?.to_vec();
    if chunk.is_empty() {
        return Ok(None);
    }
    let (size_bytes, media_type) = head.unwrap_or_default();
    Ok(Some((GetObjectResponse { chunk, size_bytes, media_type }, (reading, None))))
}
