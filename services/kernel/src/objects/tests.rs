use super::*;

async fn store() -> (tempfile::TempDir, Objects) {
    let dir = tempfile::tempdir().unwrap();
    let objects = Objects::open(dir.path()).await.unwrap();
    (dir, objects)
}

async fn all(mut reading: Reading) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        match reading.next().await.unwrap() {
            [] => return out,
            bytes => out.extend_from_slice(bytes),
        }
    }
}

fn files(dir: &Path) -> usize {
    std::fs::read_dir(dir).unwrap().count()
}

#[tokio::test]
async fn gives_back_what_was_stored() {
    let (dir, objects) = store().await;
    let bytes = vec![7; READ_BYTES * 2 + 5];
    let mut upload = objects.begin().await.unwrap();
    for part in bytes.chunks(1000) {
        upload.write(part).await.unwrap();
    }
    let stored = upload.finish().await.unwrap();
    assert_eq!(stored.size_bytes, bytes.len() as u64);
    assert_eq!(objects.size(&stored.digest).await.unwrap(), Some(stored.size_bytes));
    assert_eq!(all(objects.read(&stored.digest).await.unwrap()).await, bytes);
    let name = stored.digest.to_string();
    assert!(dir.path().join("objects").join(&name[..2]).join(&name[2..]).is_file());
    assert_eq!(files(&dir.path().join("incoming")), 0);
}

#[tokio::test]
async fn the_same_bytes_twice_are_stored_once_and_mend_damage() {
    let (_dir, objects) = store().await;
    let (first, second) = tokio::join!(objects.put(b"once"), objects.put(b"once"));
    let digest = first.unwrap().digest;
    assert_eq!(digest, second.unwrap().digest);
    std::fs::write(objects.place(&digest).1, b"0nce").unwrap();
    let damaged = objects.read(&digest).await.unwrap_err();
    assert!(matches!(damaged, ObjectError::Damaged(_)));
    assert_eq!(Status::from(damaged).code(), Code::DataLoss);
    objects.put(b"once").await.unwrap();
    assert_eq!(all(objects.read(&digest).await.unwrap()).await, b"once");
}

#[tokio::test]
async fn finds_a_truncated_object_damaged_and_an_unknown_one_missing() {
    let (_dir, objects) = store().await;
    let digest = objects.put(b"whole").await.unwrap().digest;
    std::fs::write(objects.place(&digest).1, b"who").unwrap();
    assert!(matches!(objects.read(&digest).await, Err(ObjectError::Damaged(_))));
    let unknown: Digest = "0".repeat(64).parse().unwrap();
    assert_eq!(objects.size(&unknown).await.unwrap(), None);
    assert_eq!(Status::from(objects.read(&unknown).await.unwrap_err()).code(), Code::NotFound);
}

#[tokio::test]
async fn refuses_a_byte_too_many_and_leaves_nothing() {
    let (dir, objects) = store().await;
    let mut upload = objects.begin().await.unwrap();
    let part = vec![0; 1024 * 1024];
    for _ in 0..64 {
        upload.write(&part).await.unwrap();
    }
    let refused = upload.write(&[0]).await.unwrap_err();
    assert_eq!(Status::from(refused).code(), Code::ResourceExhausted);
    drop(upload);
    assert_eq!(files(&dir.path().join("incoming")), 0);
    assert_eq!(files(&dir.path().join("objects")), 0);
}

#[tokio::test]
async fn forgets_what_was_half_handed_in_when_it_opens() {
    let (dir, objects) = store().await;
    let kept = objects.put(b"kept").await.unwrap().digest;
    std::fs::write(dir.path().join("incoming").join("half"), b"ha").unwrap();
    let again = Objects::open(dir.path()).await.unwrap();
    assert_eq!(files(&dir.path().join("incoming")), 0);
    assert_eq!(again.size(&kept).await.unwrap(), Some(4));
}

#[tokio::test]
async fn an_unusable_disk_is_unavailable_and_mends() {
    let (dir, objects) = store().await;
    let incoming = dir.path().join("incoming");
    std::fs::remove_dir(&incoming).unwrap();
    assert_eq!(Status::from(objects.put(b"x").await.unwrap_err()).code(), Code::Unavailable);
    std::fs::create_dir(&incoming).unwrap();
    objects.put(b"x").await.unwrap();
    let full = ObjectError::from(io::Error::from(io::ErrorKind::StorageFull));
    assert_eq!(Status::from(full).code(), Code::Unavailable);
}

#[test]
fn a_name_is_a_digest_and_nothing_else() {
    let good = "ab".repeat(32);
    assert_eq!(good.parse::<Digest>().unwrap().to_string(), good);
    let bad = ["", "../../etc/passwd", &"AB".repeat(32), &"ab".repeat(31), &"ab".repeat(33), &"zz".repeat(32)];
    for text in bad {
        text.parse::<Digest>().unwrap_err();
    }
}

#[tokio::test]
async fn what_was_missing_is_found_once_it_is_stored() {
    let (dir, objects) = store().await;
    let digest: Digest = hex::encode(Sha256::digest(b"late")).parse().unwrap();
    assert_eq!(objects.size(&digest).await.unwrap(), None);
    objects.put(b"late").await.unwrap();
    assert_eq!(objects.size(&digest).await.unwrap(), Some(4));
    let opened_anew = Objects::open(dir.path()).await.unwrap();
    assert_eq!(opened_anew.size(&digest).await.unwrap(), Some(4));
}
