//! Tokens: JWT signed with EdDSA, carrying agency, region and roles.

use std::{
    collections::BTreeSet,
    fs, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, spki::der::pem::LineEnding},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use law::id::{RegionCode, Uscc};
use ledger::Clock;
use lru::LruCache;
use serde::{Deserialize, Serialize};

use crate::identity::{Caller, Role};

const AUDIENCE: &str = "fazhi";
/// The name under which `fazhi up` issues tokens for development.
const DEVELOPMENT_ISSUER: &str = "fazhi-development";

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    #[serde(default)]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<Uscc>,
    region: RegionCode,
    roles: BTreeSet<Role>,
    iat: i64,
    exp: i64,
}

/// A token that is not accepted.
#[derive(Debug, thiserror::Error)]
#[error("the token is not accepted: {0}")]
pub struct BadToken(String);

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

/// The development issuer: its key lies in the data folder.
pub struct Issuer {
    encoding: EncodingKey,
    public_pem: String,
}

impl Issuer {
    /// Opens the issuer's key file, or makes a new one that only its owner may read.
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
        let key = SigningKey::from_pkcs8_pem(&pem).map_err(|e| content(e.to_string()))?;
        let public_pem = key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|e| content(e.to_string()))?;
        let encoding = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(|e| content(e.to_string()))?;
        Ok(Self { encoding, public_pem })
    }

    /// Signs a token for `caller`, valid for `seconds` from now.
    ///
    /// # Errors
    /// When signing fails, which is a bug.
    pub fn issue(&self, caller: &Caller, clock: &dyn Clock, seconds: i64) -> Result<String, BadToken> {
        let now = clock.now().as_second();
        let claims = Claims {
            iss: DEVELOPMENT_ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: caller.subject.clone(),
            name: caller.name.clone(),
            agency: caller.agency.clone(),
            region: caller.region.clone(),
            roles: caller.roles.clone(),
            iat: now,
            exp: now.saturating_add(seconds),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &self.encoding)
            .map_err(|e| BadToken(e.to_string()))
    }

    /// A verifier for this issuer's tokens.
    ///
    /// # Errors
    /// When the public key cannot be read back, which is a bug.
    pub fn verifier(&self, home: RegionCode) -> Result<Verifier, BadToken> {
        let key = DecodingKey::from_ed_pem(self.public_pem.as_bytes()).map_err(|e| BadToken(e.to_string()))?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[DEVELOPMENT_ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        Ok(Verifier { key, validation, home, known: Mutex::new(LruCache::new(KNOWN_MAX)) })
    }
}

/// Writes a file that only its owner may read; never over an existing one.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Tokens whose signature need not be checked again: a client sends the same one with every call.
const KNOWN_MAX: NonZeroUsize = NonZeroUsize::new(1024).expect("not zero");

/// Accepts tokens, or not.
pub struct Verifier {
    key: DecodingKey,
    validation: Validation,
    home: RegionCode,
    /// Whom a token stands for, and until when, in seconds since 1970. Everything but the time was checked when it was
    /// first seen, and does not change.
    known: Mutex<LruCache<String, (u64, Caller)>>,
}

impl Verifier {
    /// The caller a token stands for.
    ///
    /// # Errors
    /// [`BadToken`] when signature, issuer, audience or expiry do not hold, or a claim is malformed.
    pub fn verify(&self, token: &str) -> Result<Caller, BadToken> {
        if let Some((until, caller)) = self.known().get(token)
            && jsonwebtoken::get_current_timestamp() < *until
        {
            return Ok(caller.clone());
        }
        let data =
            jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation).map_err(|e| BadToken(e.to_string()))?;
        let Claims { sub, name, agency, region, roles, exp, .. } = data.claims;
        let caller = Caller { subject: sub, name, agency, region, roles };
        self.known().put(token.to_owned(), (u64::try_from(exp).unwrap_or(0), caller.clone()));
        Ok(caller)
    }

    fn known(&self) -> MutexGuard<'_, LruCache<String, (u64, Caller)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A visitor without a token.
    pub fn anonymous(&self) -> Caller {
        Caller::anonymous(self.home.clone())
    }
}

#[cfg(test)]
mod tests {
    use ledger::SystemClock;

    use super::*;

    fn caller() -> Caller {
        Caller {
            subject: "230883-SC-0001".into(),
            name: "试用".into(),
            agency: Some("11230883MB01310199".parse().unwrap()),
            region: "230883".parse().unwrap(),
            roles: BTreeSet::from([Role::Officer]),
        }
    }

    #[test]
    fn a_token_says_who_calls() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("issuer.pem");
        let token = Issuer::open_or_create(&path).unwrap().issue(&caller(), &SystemClock, 60).unwrap();
        let again = Issuer::open_or_create(&path).unwrap();
        let verifier = again.verifier("230883".parse().unwrap()).unwrap();
        assert_eq!(verifier.verify(&token).unwrap(), caller());
        assert_eq!(verifier.verify(&token).unwrap(), caller(), "a known token");
    }

    #[test]
    fn a_known_token_ends_when_it_says() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
        let verifier = issuer.verifier("230883".parse().unwrap()).unwrap();
        let token = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        verifier.verify(&token).unwrap();
        // As if it had been seen long ago: it is looked at anew, and an altered one under its name is not accepted.
        verifier.known().get_mut(&token).unwrap().0 = 0;
        assert_eq!(verifier.verify(&token).unwrap(), caller());
        assert!(verifier.known().get(&token).unwrap().0 > 0);
        let expired = issuer.issue(&caller(), &SystemClock, -3600).unwrap();
        verifier.known().put(expired.clone(), (1, caller()));
        assert!(verifier.verify(&expired).is_err());
    }

    #[test]
    fn refuses_expired_altered_and_foreign_tokens() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("a.pem")).unwrap();
        let other = Issuer::open_or_create(&dir.path().join("b.pem")).unwrap();
        let verifier = issuer.verifier("230883".parse().unwrap()).unwrap();
        let expired = issuer.issue(&caller(), &SystemClock, -3600).unwrap();
        assert!(verifier.verify(&expired).is_err());
        let foreign = other.issue(&caller(), &SystemClock, 60).unwrap();
        assert!(verifier.verify(&foreign).is_err());
        let good = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
        parts[1].insert(3, 'A');
        assert!(verifier.verify(&parts.join(".")).is_err());
        assert!(verifier.verify("").is_err());
    }
}
