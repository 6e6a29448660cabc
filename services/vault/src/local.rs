//! A key-encryption key that this machine holds.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{DataKey, KeyEncryption, KeyError, cipher};

/// What a key file may be: its owner's to read, nobody else's.
const MODE: u32 = 0o600;

/// A key-encryption key from a file or from a setting, as 64 hexadecimal digits.
pub struct LocalKey {
    id: String,
    key: DataKey,
}

impl LocalKey {
    /// The key in a file. If there is none, a key is drawn and the file made, for its owner only.
    ///
    /// # Errors
    /// When others may read or write the file, when it does not hold a key, or when it can be neither read nor made.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::Io { path: path.to_owned(), source };
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::make(path),
            opened => opened.map_err(failed)?,
        };
        let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
        if mode & !MODE != 0 {
            return Err(KeyError::Exposed { path: path.to_owned(), mode });
        }
        let mut text = Zeroizing::new(String::with_capacity(128));
        file.read_to_string(&mut text).map_err(failed)?;
        Self::from_hex(&text)
    }

    /// A key drawn at random, in a file that is made for it. There must be none yet.
    ///
    /// # Errors
    /// When the file is there already, or cannot be made.
    pub fn make(path: &Path) -> Result<Self, KeyError> {
        make(path).map_err(|source| KeyError::Io { path: path.to_owned(), source })
    }

    /// The key written as 64 hexadecimal digits, as in an environment variable. Blanks around them do not count.
    ///
    /// # Errors
    /// [`KeyError::Malformed`], which does not repeat the text.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), &mut bytes[..]).map_err(|_| KeyError::Malformed)?;
        DataKey::from_bytes(&bytes[..]).map(Self::new).ok_or(KeyError::Malformed)
    }

    fn new(key: DataKey) -> Self {
        let digest = Sha256::new().chain_update("fazhi key id").chain_update(key.as_bytes()).finalize();
        Self { id: hex::encode(&digest[..8]), key }
    }
}

/// Draws a key and writes it. On disk before it is used: what is sealed under a lost key is lost.
fn make(path: &Path) -> io::Result<LocalKey> {
    let key = DataKey::random();
    let text = Zeroizing::new(hex::encode(key.as_bytes()) + "\n");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()?;
    Ok(LocalKey::new(key))
}

impl fmt::Debug for LocalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LocalKey").field(&self.id).finish()
    }
}

#[async_trait]
impl KeyEncryption for LocalKey {
    fn id(&self) -> &str {
        &self.id
    }

    async fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Vec<u8>, KeyError> {
        Ok(cipher::encrypt(&self.key, context, key.as_bytes()))
    }

    async fn unwrap(&self, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KeyError> {
        let bytes = cipher::decrypt(&self.key, context, wrapped);
        bytes.and_then(|bytes| DataKey::from_bytes(&bytes)).ok_or_else(|| KeyError::Refused { id: self.id.clone() })
    }
}
