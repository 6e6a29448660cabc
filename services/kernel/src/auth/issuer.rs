//! The own issuer: its key lies in the data folder, the public one beside it for whoever only verifies.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, spki::der::pem::LineEnding},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use ledger::Clock;
use uuid::Uuid;

use super::{AUDIENCE, Claims, OWN_ISSUER, TokenError, keys, write_private};
use crate::identity::Caller;

/// The issuer's key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("cannot use the issuer's key file {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The content is no key.
    #[error("{path} is not an Ed25519 private key in PKCS #8 PEM: {why}")]
    Content {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// The own issuer, for trial and for the services' own tokens.
pub struct Issuer {
    encoding: EncodingKey,
    header: Header,
    /// By which its tokens are believed.
    pub(super) trusted_pem: String,
}

impl Issuer {
    /// Opens the issuer's key file, or makes a new one that only its owner may read. The public key is put beside it, as
    /// `<name>.pub.pem`. The public keys in `<name>.earlier.pem`, if it is there, are believed, too: whoever changes the key
    /// puts the last one's there, until the last token that it signed has ended.
    ///
    /// # Errors
    /// [`KeyError`] when the file cannot be used.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        let file = |source| KeyError::File { path: path.to_owned(), source };
        let content = |why: String| KeyError::Content { path: path.to_owned(), why };
        let pem = match fs::read_to_string(path) {
            Ok(pem) => pem,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let key = SigningKey::from_bytes(&rand::random());
                let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| content(e.to_string()))?;
                write_private(path, pem.as_bytes()).map_err(file)?;
                pem.to_string()
            }
            Err(e) => return Err(file(e)),
        };
        let key = SigningKey::from_pkcs8_pem(&pem).map_err(|e| content(e.to_string()))?.verifying_key();
        let public_pem = key.to_public_key_pem(LineEnding::LF).map_err(|e| content(e.to_string()))?;
        let public_path = path.with_extension("pub.pem");
        if fs::read_to_string(&public_path).ok().as_ref() != Some(&public_pem) {
            fs::write(public_path, &public_pem).map_err(file)?;
        }
        let trusted_pem = match fs::read_to_string(path.with_extension("earlier.pem")) {
            Ok(earlier) => format!("{public_pem}{earlier}"),
            Err(e) if e.kind() == io::ErrorKind::NotFound => public_pem,
            Err(e) => return Err(file(e)),
        };
        let encoding = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(|e| content(e.to_string()))?;
        let header = Header { kid: Some(keys::id(key.as_bytes())), ..Header::new(Algorithm::EdDSA) };
        Ok(Self { encoding, header, trusted_pem })
    }

    /// Signs a token for `caller`, valid for `seconds` from now.
    ///
    /// # Errors
    /// When signing fails, which is a bug.
    pub fn issue(&self, caller: &Caller, clock: &dyn Clock, seconds: i64) -> Result<String, TokenError> {
        let now = clock.now().as_second();
        let claims = Claims {
            iss: OWN_ISSUER,
            aud: AUDIENCE,
            sub: &caller.subject,
            name: &caller.name,
            agency: caller.agency.as_ref(),
            region: &caller.region,
            roles: &caller.roles,
            jti: Uuid::now_v7(),
            iat: now,
            exp: now.saturating_add(seconds),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.encoding).map_err(|e| TokenError::Refused(e.to_string()))
    }
}
