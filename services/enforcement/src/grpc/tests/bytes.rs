//! Bytes through the server.

use tonic::Code;

use super::*;

/// Reads an object to its end.
async fn get(world: &World, who: &Caller, case: u128, sha256: &str) -> Result<(Vec<u8>, u64, String), Status> {
    let ask = GetObjectRequest { matter_id: Uuid::from_u128(case).to_string(), sha256: sha256.into() };
    let mut parts = world.client().get_object(world.by(who, ask)).await?.into_inner();
    let (mut bytes, mut size, mut media_type) = (Vec::new(), 0, String::new());
    while let Some(part) = parts.message().await? {
        bytes.extend(part.chunk);
        if part.size_bytes > 0 {
            (size, media_type) = (part.size_bytes, part.media_type);
        }
    }
    Ok((bytes, size, media_type))
}

#[tokio::test]
async fn gives_evidence_back_to_who_may_read_the_case() {
    let world = world().await;
    world.file(1).await;
    world.file(2).await;
    let bytes: &[u8] = &[42; 700_000];
    let stored = world.put(bytes).await.unwrap();
    assert_eq!((stored.size_bytes, stored.media_type.as_str()), (700_000, "image/jpeg"));
    let sha256 = &stored.sha256;
    world.client().collect_evidence(world.by(&officer(), world.evidence(1, sha256))).await.unwrap();
    let read = get(&world, &officer(), 1, sha256).await.unwrap();
    assert_eq!(read, (bytes.to_vec(), 700_000, "image/jpeg".to_owned()));
    // Neither through a case that does not name it, nor by another agency.
    assert_eq!(get(&world, &officer(), 2, sha256).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(get(&world, &stranger(), 1, sha256).await.unwrap_err().code(), Code::PermissionDenied);
    assert_eq!(get(&world, &officer(), 1, "../../x").await.unwrap_err().code(), Code::InvalidArgument);

    let (dir, name) = sha256.split_at(2);
    let file = world.dir.path().join("evidence/objects").join(dir).join(name);
    std::fs::write(&file, b"altered").unwrap();
    assert_eq!(get(&world, &officer(), 1, sha256).await.unwrap_err().code(), Code::DataLoss);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(get(&world, &officer(), 1, sha256).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn refuses_what_is_empty_or_too_large() {
    let world = world().await;
    assert_eq!(world.put(b"").await.unwrap_err().code(), Code::InvalidArgument);
    let part = PutObjectRequest { chunk: vec![0; 1024 * 1024], media_type: String::new() };
    let many = tokio_stream::iter(std::iter::repeat_n(part, 65));
    let status = world.client().put_object(world.by(&officer(), many)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    let large = PutObjectRequest { chunk: vec![0; 1024 * 1024 + 1], media_type: String::new() };
    let status = world.client().put_object(world.by(&officer(), tokio_stream::iter([large]))).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(std::fs::read_dir(world.dir.path().join("evidence/incoming")).unwrap().count(), 0);
    let anonymous = world.client().put_object(tokio_stream::iter([PutObjectRequest::default()])).await.unwrap_err();
    assert_eq!(anonymous.code(), Code::Unauthenticated);
}
