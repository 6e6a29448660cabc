//! People sign on at an issuer (OpenID Connect): authorisation code, PKCE with S256, state and nonce.
//!
//! Nothing is kept here between the two halves. All three secrets are derived from one, which the browser keeps in a cookie:
//! only the browser that began can end it, at whichever process it comes back to.

use std::sync::Arc;

use axum::http::HeaderValue;
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use hmac::{Hmac, Mac as _};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{TokenError, Verifier, fetch::FetchError, settings::SignOnEntry, verifier::Trusted};

/// Lets people sign on.
pub struct SignOn {
    verifier: Arc<Verifier>,
    /// Where the issuers send browsers back to.
    back: String,
}

/// Somebody is on his way to an issuer.
pub struct Begun {
    /// Where to send him.
    pub location: String,
    /// What his browser keeps until he is back.
    pub secret: String,
}

/// Nobody signed on.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// There is no such issuer, or it cannot be reached.
    #[error("the issuer is not to be reached")]
    Away,
    /// What came back is not the answer to what was begun, in this browser and lately.
    #[error("the answer belongs to nothing that was begun here")]
    Foreign,
    /// The issuer said no.
    #[error("the issuer says {0:?}")]
    Denied(String),
    /// The client's secret cannot be read.
    #[error("the secret of the client cannot be read")]
    Secret(#[source] std::io::Error),
    /// The issuer does not give a token for the code.
    #[error("the issuer gives no token")]
    Exchange(#[source] FetchError),
    /// The token is none of ours.
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// What the issuer's answer has in its address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl SignOn {
    /// At the issuers that the verifier's settings name for it; `back` is the address they send browsers back to. `None` when
    /// there are none.
    pub fn new(verifier: Arc<Verifier>, back: String) -> Option<Self> {
        let any = !verifier.sign_on().is_empty();
        any.then_some(Self { verifier, back })
    }

    /// What people call the issuers, in the order of their numbers.
    pub fn titles(&self) -> Vec<String> {
        self.verifier.sign_on().into_iter().filter_map(|trusted| Some(settings(trusted)?.title.clone())).collect()
    }

    /// Sends somebody to the issuer of a number.
    ///
    /// # Errors
    /// [`SignOnError::Away`].
    pub fn begin(&self, number: usize) -> Result<Begun, SignOnError> {
        let issuers = self.verifier.sign_on();
        let trusted = issuers.get(number).ok_or(SignOnError::Away)?;
        let sign_on = settings(trusted).ok_or(SignOnError::Away)?;
        let endpoints = trusted.endpoints().ok_or(SignOnError::Away)?;
        let secret = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(derived(&secret, "verifier")));
        let query = form(&[
            ("response_type", "code"),
            ("client_id", &trusted.entry.audience),
            ("redirect_uri", &self.back),
            ("scope", &sign_on.scopes.join(" ")),
            ("state", &derived(&secret, "state")),
            ("nonce", &derived(&secret, "nonce")),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let to = endpoints.authorization_endpoint;
        let location = format!("{to}{}{query}", if to.contains('?') { '&' } else { '?' });
        Ok(Begun { location, secret: format!("{number}.{secret}") })
    }

    /// Takes somebody back: the query of the address he came back to, and what his browser kept. Answers his token, as every
    /// service accepts it.
    ///
    /// # Errors
    /// [`SignOnError`].
    pub async fn finish(&self, query: &str, kept: &str) -> Result<String, SignOnError> {
        let answer: Answer = serde_urlencoded::from_str(query).map_err(|_| SignOnError::Foreign)?;
        let (number, secret) = kept.split_once('.').ok_or(SignOnError::Foreign)?;
        let issuers = self.verifier.sign_on();
        let trusted = number.parse().ok().and_then(|number: usize| issuers.get(number)).ok_or(SignOnError::Foreign)?;
        let other_issuer = answer.iss.is_some_and(|iss| iss != trusted.entry.issuer);
        if secret.is_empty() || answer.state != derived(secret, "state") || other_issuer {
            return Err(SignOnError::Foreign);
        }
        if let Some(error) = answer.error {
            return Err(SignOnError::Denied(error.chars().take(100).collect()));
        }
        let token = self.exchange(trusted, &answer.code, secret).await?;
        let accepted = self.verifier.accept(&token).await?;
        let claim = |name| accepted.claims.get(name).and_then(Value::as_str);
        if claim("iss") != Some(&trusted.entry.issuer) || claim("nonce") != Some(&derived(secret, "nonce")) {
            return Err(SignOnError::Foreign);
        }
        if claim("azp").is_some_and(|party| party != trusted.entry.audience) {
            return Err(TokenError::Refused("it was made for another client".to_owned()).into());
        }
        Ok(token)
    }

    /// The token for a code.
    async fn exchange(&self, trusted: &Trusted, code: &str, secret: &str) -> Result<String, SignOnError> {
        let (Some(endpoints), Some(http)) = (trusted.endpoints(), trusted.http()) else {
            return Err(SignOnError::Away);
        };
        let client = &trusted.entry.audience;
        let verifier = derived(secret, "verifier");
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.back),
            ("code_verifier", &verifier),
        ];
        let authorization = match settings(trusted).and_then(|sign_on| sign_on.secret_file.as_ref()) {
            None => {
                fields.push(("client_id", client));
                None
            }
            Some(file) => {
                let secret = tokio::fs::read_to_string(file).await.map_err(SignOnError::Secret)?;
                let pair = format!("{}:{}", encoded(client), encoded(secret.trim()));
                HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()
            }
        };
        let answer = http.post::<Tokens>(&endpoints.token_endpoint, authorization, form(&fields)).await;
        Ok(answer.map_err(SignOnError::Exchange)?.id_token)
    }
}

fn settings(trusted: &Trusted) -> Option<&SignOnEntry> {
    trusted.entry.sign_on.as_ref()
}

/// One of the three secrets that are made of one, none of which tells another.
fn derived(secret: &str, what: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(what.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

fn encoded(text: &str) -> String {
    form(&[("", text)]).trim_start_matches('=').to_owned()
}
