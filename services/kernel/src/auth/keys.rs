//! The keys of an issuer: which they are, and where they come from.

use std::path::PathBuf;

use ed25519_dalek::{VerifyingKey, pkcs8::DecodePublicKey as _};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{
    fetch::{FetchError, Http},
    settings::address,
};

/// Shortest RSA modulus that still protects something.
const RSA_BYTES_MIN: usize = 256;
const PEM_END: &str = "-----END PUBLIC KEY-----";

/// One key, for one algorithm: the header of a token never chooses with what its signature is checked.
pub(super) struct Key {
    pub(super) id: Option<String>,
    pub(super) algorithm: Algorithm,
    pub(super) decoding: DecodingKey,
}

/// What is known of an issuer.
pub(super) struct Known {
    pub(super) keys: Vec<Key>,
    pub(super) endpoints: Option<Endpoints>,
    /// Tells whether the keys are others than before.
    pub(super) digest: [u8; 32],
}

/// Where people sign on.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Endpoints {
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
}

/// An issuer's keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeysError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("cannot read {path}")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{0}")]
    Content(String),
}

/// Where the keys come from.
pub(super) enum Source {
    /// They never change while the process runs.
    Own(String),
    /// A file with public keys in PEM.
    File(PathBuf),
    /// The net.
    Net {
        http: Http,
        issuer: String,
        /// Where the keys are, if not where discovery says.
        jwks: Option<String>,
        /// Whether discovery is asked in any case.
        discovery: bool,
    },
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: Option<String>,
    #[serde(flatten)]
    endpoints: Option<Endpoints>,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Value>,
}

impl Source {
    pub(super) async fn read(&self) -> Result<Known, KeysError> {
        match self {
            Self::Own(pem) => of_pem(pem),
            Self::File(path) => {
                let text = tokio::fs::read_to_string(path).await;
                of_pem(&text.map_err(|source| KeysError::File { path: path.clone(), source })?)
            }
            Self::Net { http, issuer, jwks, discovery } => {
                let found = if *discovery || jwks.is_none() { Some(discover(http, issuer).await?) } else { None };
                let (told, endpoints) = found.map_or((None, None), |found| (found.jwks_uri, found.endpoints));
                let url = jwks.clone().or(told);
                let url = url.ok_or_else(|| KeysError::Content(format!("{issuer} does not say where its keys are")))?;
                let set: Jwks = http.get(&url).await?;
                let digest = Sha256::digest(serde_json::to_vec(&set.keys).unwrap_or_default()).into();
                let keys = set.keys.into_iter().filter_map(of_jwk).collect();
                Ok(Known { keys, endpoints, digest })
            }
        }
    }
}

async fn discover(http: &Http, issuer: &str) -> Result<Discovery, KeysError> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let found: Discovery = http.get(&url).await?;
    if found.issuer != issuer {
        return Err(KeysError::Content(format!("{url} is of the issuer {}", found.issuer)));
    }
    if let Some(endpoints) = &found.endpoints {
        for url in [&endpoints.authorization_endpoint, &endpoints.token_endpoint] {
            address(url).map_err(KeysError::Content)?;
        }
    }
    Ok(found)
}

/// The id that a key of ours has: others need not invent one.
pub(super) fn id(public: &[u8]) -> String {
    hex::encode(&Sha256::digest(public)[..8])
}

fn of_pem(text: &str) -> Result<Known, KeysError> {
    let mut keys = Vec::new();
    for pem in text.split_inclusive(PEM_END).filter(|pem| pem.contains(PEM_END)) {
        let bad = |e: &dyn std::fmt::Display| KeysError::Content(format!("not an Ed25519 public key in PEM: {e}"));
        let public = VerifyingKey::from_public_key_pem(pem.trim()).map_err(|e| bad(&e))?;
        let decoding = DecodingKey::from_ed_der(public.as_bytes());
        keys.push(Key { id: Some(id(public.as_bytes())), algorithm: Algorithm::EdDSA, decoding });
    }
    if keys.is_empty() {
        return Err(KeysError::Content("there is no public key in PEM".to_owned()));
    }
    Ok(Known { keys, endpoints: None, digest: Sha256::digest(text).into() })
}

/// A key for signatures that we understand; the others of a set are for others.
fn of_jwk(value: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return None;
    }
    let decoding = DecodingKey::from_jwk(&jwk).ok()?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if rsa.n.len() * 3 / 4 >= RSA_BYTES_MIN => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(ec) if ec.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::OctetKeyPair(ed) if ed.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
        _ => return None,
    };
    let told = jwk.common.key_algorithm.map(|told| told.to_string());
    if told.is_some_and(|told| told != format!("{algorithm:?}")) {
        return None;
    }
    Some(Key { id: jwk.common.key_id, algorithm, decoding })
}

impl Known {
    /// The keys that a token may be signed with.
    pub(super) fn candidates<'a>(&'a self, header: &'a Header) -> impl Iterator<Item = &'a Key> {
        self.keys.iter().filter(|key| {
            key.algorithm == header.alg && (header.kid.is_none() || key.id.is_none() || key.id == header.kid)
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_the_keys_for_signatures_that_it_understands() {
        let number = |bytes: usize| BASE64_URL_SAFE_NO_PAD.encode(vec![0xaa; bytes]);
        let (x, y, rsa) = (number(32), number(32), number);
        let taken = |jwk: Value| of_jwk(jwk).map(|key| (key.algorithm, key.id));
        let key = |id: &str| Some(id.to_owned());
        assert_eq!(
            taken(json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "a"})),
            Some((Algorithm::EdDSA, key("a")))
        );
        assert_eq!(
            taken(json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig"})),
            Some((Algorithm::ES256, None))
        );
        assert_eq!(
            taken(json!({"kty": "RSA", "n": rsa(256), "e": "AQAB", "alg": "RS256", "kid": "c"})),
            Some((Algorithm::RS256, key("c")))
        );
        for other in [
            json!({"kty": "RSA", "n": rsa(128), "e": "AQAB"}),
            json!({"kty": "RSA", "n": rsa(256), "e": "AQAB", "alg": "PS256"}),
            json!({"kty": "RSA", "n": rsa(256), "e": "AQAB", "use": "enc"}),
            json!({"kty": "EC", "crv": "P-384", "x": x, "y": y}),
            json!({"kty": "oct", "k": "c2VjcmV0"}),
            json!({"kty": "new", "alg": "new"}),
        ] {
            assert_eq!(taken(other.clone()), None, "{other}");
        }
    }
}
