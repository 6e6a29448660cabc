//! Bytes in and out, part by part: what every service with an object store answers.

use std::pin::Pin;

use futures::{Stream, stream};
use proto::common::v1::{GetObjectResponse, PutObjectRequest, PutObjectResponse};
use tonic::{Response, Status, Streaming};

use crate::{
    fields::Fields,
    objects::{Digest, Objects, Reading},
};

/// Most bytes of one message.
const CHUNK_BYTES_MAX: usize = 1024 * 1024;
/// The media type of bytes whose sender names none.
pub const UNTYPED: &str = "application/octet-stream";

/// The messages of GetObject.
pub type Parts = Pin<Box<dyn Stream<Item = Result<GetObjectResponse, Status>> + Send>>;

/// Stores the bytes that a client sends.
///
/// # Errors
/// A part or the whole is too large, or there are no bytes.
pub async fn put(
    objects: &Objects,
    mut parts: Streaming<PutObjectRequest>,
) -> Result<Response<PutObjectResponse>, Status> {
    let mut upload = objects.begin().await?;
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
        return Err(Fields::one("chunk", "no bytes were sent"));
    }
    let stored = upload.finish().await?;
    let (sha256, size_bytes) = (stored.digest.to_string(), stored.size_bytes);
    Ok(Response::new(PutObjectResponse { sha256, size_bytes, media_type }))
}

/// Sends the bytes of an object that the caller may read.
///
/// # Errors
/// There is no such object, or it is damaged.
pub async fn get(objects: &Objects, digest: &Digest, media_type: String) -> Result<Response<Parts>, Status> {
    let reading = objects.read(digest).await?;
    let head = (reading.size_bytes(), media_type);
    Ok(Response::new(Box::pin(stream::try_unfold((reading, Some(head)), next))))
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
