//! The bytes of evidence, records and documents: one file per digest, `objects/ab/cdef…`.
//!
//! Invariants:
//! - A file under `objects/` is whole: it is written elsewhere, synced, and then renamed to the name of its digest.
//! - Nothing is handed out whose bytes do not have the digest that was asked for.
//! - What is stored stays: nothing here removes an object.
//! - A name is made of a parsed digest only, never of text that a client sent.

use std::{
    fmt,
    io::{self, SeekFrom},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;
use sha2::{Digest as _, Sha256};
use tokio::{
    fs::{self, File},
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetail, ResourceInfo, RetryInfo, StatusExt as _};
use uuid::Uuid;

/// Most bytes of one object.
pub const OBJECT_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Bytes read at once.
const READ_BYTES: usize = 256 * 1024;
/// Objects whose size is remembered: a step names what was handed in just before it.
const SIZES_MAX: NonZeroUsize = NonZeroUsize::new(16_384).expect("not zero");

/// SHA-256 of an object: its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl FromStr for Digest {
    type Err = &'static str;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        let lower = !s.bytes().any(|b| b.is_ascii_uppercase());
        match hex::decode_to_slice(s, &mut bytes) {
            Ok(()) if lower => Ok(Self(bytes)),
            _ => Err("must be a SHA-256 of 64 lower-case hex digits"),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why an object cannot be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// More bytes than the store takes.
    #[error("the object is larger than {OBJECT_BYTES_MAX} bytes")]
    TooLarge,
    /// No such object.
    #[error("there is no object {0}")]
    Missing(Digest),
    /// Its bytes have changed since they were stored.
    #[error("the object {0} is damaged: its bytes no longer have this digest; restore it from a backup")]
    Damaged(Digest),
    /// The disk is full, or the folder cannot be used.
    #[error("the evidence store cannot be used now; try again")]
    Unavailable(#[source] io::Error),
}

impl From<io::Error> for ObjectError {
    fn from(e: io::Error) -> Self {
        Self::Unavailable(e)
    }
}

impl From<ObjectError> for Status {
    fn from(e: ObjectError) -> Self {
        let message = e.to_string();
        let (code, detail) = match e {
            ObjectError::TooLarge => return Self::resource_exhausted(message),
            ObjectError::Missing(digest) => {
                (Code::NotFound, ErrorDetail::ResourceInfo(ResourceInfo::new("object", digest.to_string(), "", "")))
            }
            ObjectError::Damaged(digest) => {
                tracing::error!(%digest, "a stored object is damaged");
                (Code::DataLoss, ErrorDetail::ResourceInfo(ResourceInfo::new("object", digest.to_string(), "", "")))
            }
            ObjectError::Unavailable(source) => {
                tracing::error!(error = %source, "the evidence store cannot be used");
                (Code::Unavailable, ErrorDetail::RetryInfo(RetryInfo::new(Some(std::time::Duration::from_secs(1)))))
            }
        };
        Self::with_error_details_vec(code, message, vec![detail])
    }
}

/// What was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its digest.
    pub digest: Digest,
    /// How many bytes.
    pub size_bytes: u64,
}

/// The store.
#[derive(Clone, Debug)]
pub struct Objects {
    objects: PathBuf,
    incoming: PathBuf,
    /// Sizes of objects that are stored for certain.
    sizes: Arc<Mutex<LruCache<Digest, u64>>>,
}

impl Objects {
    /// Opens the store in a folder, making it if there is none; forgets what was left half handed in.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub async fn open(root: &Path) -> io::Result<Self> {
        let sizes = Arc::new(Mutex::new(LruCache::new(SIZES_MAX)));
        let store = Self { objects: root.join("objects"), incoming: root.join("incoming"), sizes };
        fs::create_dir_all(&store.objects).await?;
        if fs::try_exists(&store.incoming).await? {
            fs::remove_dir_all(&store.incoming).await?;
        }
        fs::create_dir(&store.incoming).await?;
        sync_dir(root).await?;
        Ok(store)
    }

    /// The store in a folder as it lies there, to read from beside whoever writes into it; `None` if there is none.
    pub fn there(root: &Path) -> Option<Self> {
        let sizes = Arc::new(Mutex::new(LruCache::new(SIZES_MAX)));
        let store = Self { objects: root.join("objects"), incoming: root.join("incoming"), sizes };
        store.objects.is_dir().then_some(store)
    }

    /// Whether there is an object at all.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn is_any(&self) -> io::Result<bool> {
        let mut folders = fs::read_dir(&self.objects).await?;
        while let Some(folder) = folders.next_entry().await? {
            if fs::read_dir(folder.path()).await?.next_entry().await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Every object there is, in order. What is stored meanwhile may be among them or not.
    ///
    /// # Errors
    /// When the folder cannot be read, or a file has no digest for its name.
    pub async fn all(&self) -> io::Result<Vec<Digest>> {
        let mut all = Vec::new();
        let mut folders = fs::read_dir(&self.objects).await?;
        while let Some(folder) = folders.next_entry().await? {
            let mut files = fs::read_dir(folder.path()).await?;
            while let Some(file) = files.next_entry().await? {
                let name = format!("{}{}", folder.file_name().display(), file.file_name().display());
                let digest = name.parse::<Digest>().ok().filter(|digest| self.place(digest).1 == file.path());
                all.push(digest.ok_or_else(|| io::Error::other(format!("{} is no object", file.path().display())))?);
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    /// Takes an object over from another store, unless it is here.
    ///
    /// # Errors
    /// As [`Objects::read`] and [`Upload`].
    pub async fn take_over(&self, from: &Self, digest: &Digest) -> Result<(), ObjectError> {
        if self.size(digest).await?.is_some() {
            return Ok(());
        }
        let mut reading = from.read(digest).await?;
        let mut upload = self.begin().await?;
        loop {
            match reading.next().await? {
                [] => break,
                bytes => upload.write(bytes).await?,
            }
        }
        match upload.finish().await? {
            Stored { digest: stored, .. } if stored == *digest => Ok(()),
            // Changed between being checked and being read.
            _ => Err(ObjectError::Damaged(*digest)),
        }
    }

    fn sizes(&self) -> MutexGuard<'_, LruCache<Digest, u64>> {
        self.sizes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, digest: &Digest) -> (PathBuf, PathBuf) {
        let name = digest.to_string();
        let dir = self.objects.join(&name[..2]);
        let file = dir.join(&name[2..]);
        (dir, file)
    }

    /// Begins to take bytes in.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn begin(&self) -> Result<Upload, ObjectError> {
        let temp = Temp(self.incoming.join(Uuid::now_v7().to_string()));
        let file = File::create_new(&temp.0).await?;
        Ok(Upload { store: self.clone(), file, hasher: Sha256::new(), size_bytes: 0, temp })
    }

    /// Stores bytes that are at hand.
    ///
    /// # Errors
    /// As [`Upload`].
    pub async fn put(&self, bytes: &[u8]) -> Result<Stored, ObjectError> {
        let mut upload = self.begin().await?;
        upload.write(bytes).await?;
        upload.finish().await
    }

    /// The size of an object, or `None` when there is none.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn size(&self, digest: &Digest) -> Result<Option<u64>, ObjectError> {
        if let Some(size) = self.sizes().get(digest) {
            return Ok(Some(*size));
        }
        match fs::metadata(self.place(digest).1).await {
            Ok(found) if found.is_file() => {
                self.sizes().put(*digest, found.len());
                Ok(Some(found.len()))
            }
            Ok(_) => Ok(None),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Opens an object for reading, after checking that its bytes still have its digest.
    ///
    /// # Errors
    /// [`ObjectError::Missing`], [`ObjectError::Damaged`], [`ObjectError::Unavailable`].
    pub async fn read(&self, digest: &Digest) -> Result<Reading, ObjectError> {
        let mut file = match File::open(self.place(digest).1).await {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(ObjectError::Missing(*digest)),
            Err(e) => return Err(e.into()),
        };
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; READ_BYTES];
        let mut size_bytes = 0;
        loop {
            match file.read(&mut buffer).await? {
                0 => break,
                n => {
                    hasher.update(&buffer[..n]);
                    size_bytes += n as u64;
                }
            }
        }
        if hasher.finalize()[..] != digest.0 {
            return Err(ObjectError::Damaged(*digest));
        }
        file.seek(SeekFrom::Start(0)).await?;
        Ok(Reading { file, buffer, size_bytes })
    }
}

/// Bytes that are being handed in. Dropped before [`Upload::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Upload {
    store: Objects,
    file: File,
    hasher: Sha256,
    size_bytes: u64,
    temp: Temp,
}

impl Upload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`ObjectError::TooLarge`], [`ObjectError::Unavailable`].
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), ObjectError> {
        self.size_bytes += bytes.len() as u64;
        if self.size_bytes > OBJECT_BYTES_MAX {
            return Err(ObjectError::TooLarge);
        }
        self.hasher.update(bytes);
        Ok(self.file.write_all(bytes).await?)
    }

    /// Makes the bytes durable under their digest. The same bytes again replace themselves, and mend a damaged file.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn finish(mut self) -> Result<Stored, ObjectError> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let digest = Digest(self.hasher.finalize().into());
        let (dir, name) = self.store.place(&digest);
        match fs::create_dir(&dir).await {
            Ok(()) => sync_dir(&self.store.objects).await?,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e.into()),
        }
        fs::rename(&self.temp.0, &name).await?;
        sync_dir(&dir).await?;
        self.store.sizes().put(digest, self.size_bytes);
        Ok(Stored { digest, size_bytes: self.size_bytes })
    }
}

/// Removes its file when it is dropped; after the rename there is none.
#[derive(Debug)]
struct Temp(PathBuf);

impl Drop for Temp {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

/// A checked object, read part by part.
#[derive(Debug)]
pub struct Reading {
    file: File,
    buffer: Vec<u8>,
    size_bytes: u64,
}

impl Reading {
    /// How many bytes it has.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`].
    pub async fn next(&mut self) -> Result<&[u8], ObjectError> {
        let n = self.file.read(&mut self.buffer).await?;
        Ok(&self.buffer[..n])
    }
}

/// A rename is durable only when its folder is.
async fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir).await?.sync_all().await
}

#[cfg(test)]
mod tests;
