//! Keys, and the one key that wraps them.

use std::fmt;

use async_trait::async_trait;
use zeroize::Zeroizing;

use crate::KeyError;

/// A key of 256 bits. Wiped from memory when dropped, and shown nowhere.
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A key drawn at random.
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(&mut bytes[..]);
        Self(bytes)
    }

    /// The key with these bytes, if they are 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    /// The bytes, for what encrypts.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

/// The key-encryption key: it wraps all other keys and is not in the database. A service that holds keys in hardware can
/// stand behind this.
#[async_trait]
pub trait KeyEncryption: Send + Sync {
    /// Names the key and tells nothing about it, as in `3f0c91d2a4b86e17`. Another key has another name.
    fn id(&self) -> &str;

    /// Wraps `key` so that it opens only together with `context`, which is no secret.
    ///
    /// # Errors
    /// [`KeyError::Unavailable`] when the key cannot be reached.
    async fn wrap(&self, key: &DataKey, context: &[u8]) -> Result<Vec<u8>, KeyError>;

    /// The key that was wrapped with `context`.
    ///
    /// # Errors
    /// [`KeyError::Refused`] when it was wrapped under another key or with another context, or changed since;
    /// [`KeyError::Unavailable`] when the key cannot be reached.
    async fn unwrap(&self, wrapped: &[u8], context: &[u8]) -> Result<DataKey, KeyError>;
}
