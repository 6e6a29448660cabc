//! A small OpenID issuer: discovery, keys that change, a page to sign on that asks nothing, and tokens for codes.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    Form, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
    serve::Listener,
};
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

pub(crate) const CLIENT: &str = "fazhi-pages";
/// Form-encoded, it is another text.
pub(crate) const SECRET: &str = "s3cret /+";
const RSA: &[u8] = include_bytes!("rsa-for-tests.pem");
/// What an Ed25519 private key in PKCS #8 begins with.
const ED25519: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// A key of the issuer.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) private: EncodingKey,
}

impl Key {
    pub(crate) fn new(id: &str, algorithm: Algorithm) -> Self {
        let private = match algorithm {
            Algorithm::EdDSA => {
                let secret: [u8; 32] = *uuid_bytes();
                EncodingKey::from_ed_der(&[&ED25519[..], &secret].concat())
            }
            Algorithm::ES256 => {
                let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a key");
                EncodingKey::from_ec_der(key.serialized_der())
            }
            Algorithm::RS256 => EncodingKey::from_rsa_pem(RSA).expect("a key"),
            other => panic!("{other:?}"),
        };
        Self { id: id.to_owned(), algorithm, private }
    }

    pub(crate) fn public(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.private, self.algorithm).expect("a public key");
        jwk.common.key_id = Some(self.id.clone());
        serde_json::to_value(jwk).expect("JSON")
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.id.clone()), ..Header::new(self.algorithm) };
        jsonwebtoken::encode(&header, claims, &self.private).expect("a token")
    }
}

/// What the issuer does, and what was asked of it.
pub(crate) struct Desk {
    pub(crate) keys: Vec<Key>,
    /// Answers nothing.
    pub(crate) away: bool,
    /// What the next token says, beside what each says.
    pub(crate) says: Value,
    /// Lets nobody in.
    pub(crate) denies: bool,
    codes: HashMap<String, HashMap<String, String>>,
}

#[derive(Clone)]
pub(crate) struct OpenId {
    pub(crate) url: String,
    desk: Arc<Mutex<Desk>>,
    pub(crate) keys_asked: Arc<AtomicU64>,
}

/// A listener whose connections are over TLS, with the certificate of a folder.
struct Secured(TcpListener, TlsAcceptor);

impl Secured {
    fn new(listener: TcpListener, folder: &Path) -> Self {
        let cert = CertificateDer::from_pem_file(folder.join("cert.pem")).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![cert], key)
            .expect("a certificate and its key");
        Self(listener, TlsAcceptor::from(Arc::new(config)))
    }
}

impl Listener for Secured {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (tcp, peer) = self.0.accept().await.expect("a connection");
            if let Ok(stream) = self.1.accept(tcp).await {
                return (stream, peer);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl OpenId {
    /// An issuer in the clear, on this machine.
    pub(crate) async fn start(keys: Vec<Key>) -> Self {
        Self::serve(keys, None).await
    }

    /// One with the certificate of a folder.
    pub(crate) async fn start_secured(keys: Vec<Key>, folder: &Path) -> Self {
        Self::serve(keys, Some(folder)).await
    }

    async fn serve(keys: Vec<Key>, folder: Option<&Path>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address: SocketAddr = listener.local_addr().expect("an address");
        let desk = Desk { keys, away: false, says: json!({}), denies: false, codes: HashMap::new() };
        let issuer = Self {
            url: match folder {
                None => format!("http://{address}/realm"),
                Some(_) => format!("https://localhost:{}/realm", address.port()),
            },
            desk: Arc::new(Mutex::new(desk)),
            keys_asked: Arc::default(),
        };
        let router = Router::new()
            .route("/realm/.well-known/openid-configuration", get(discovery))
            .route("/realm/keys", get(jwks))
            .route("/realm/authorize", get(authorize))
            .route("/realm/token", post(token))
            .with_state(issuer.clone());
        match folder.map(Path::to_owned) {
            None => _ = tokio::spawn(async move { axum::serve(listener, router).await }),
            Some(folder) => {
                let listener = Secured::new(listener, &folder);
                tokio::spawn(async move { axum::serve(listener, router).await });
            }
        }
        issuer
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().expect("nobody panicked")
    }

    /// What each token says, and what it says more.
    pub(crate) fn claims(&self, more: &Value) -> Value {
        let now = jsonwebtoken::get_current_timestamp();
        let mut claims = json!({
            "iss": self.url, "aud": CLIENT, "sub": "f3a0", "iat": now, "exp": now + 300,
            "staff_code": "131001", "name": "王某", "region": "230883", "org": {"uscc": "11230883MB01310199"},
            "realm_access": {"roles": ["supervision", "offline_access"]},
        });
        for (name, value) in more.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        claims
    }

    /// A token by its newest key.
    pub(crate) fn token(&self, more: &Value) -> String {
        let key = self.desk().keys.last().expect("a key").clone();
        key.sign(&self.claims(more))
    }
}

fn uuid_bytes() -> Box<[u8; 32]> {
    let halves = [uuid::Uuid::now_v7(), uuid::Uuid::now_v7()];
    let seed: Vec<u8> = halves.iter().flat_map(|half| *half.as_bytes()).collect();
    Box::new(Sha256::digest(seed).into())
}

fn document(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn discovery(State(issuer): State<OpenId>) -> Response {
    if issuer.desk().away {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let url = &issuer.url;
    document(&json!({
        "issuer": url,
        "jwks_uri": format!("{url}/keys"),
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
    }))
}

async fn jwks(State(issuer): State<OpenId>) -> Response {
    issuer.keys_asked.fetch_add(1, Ordering::Relaxed);
    let desk = issuer.desk();
    if desk.away {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    document(&json!({"keys": desk.keys.iter().map(Key::public).collect::<Vec<_>>()}))
}

async fn authorize(State(issuer): State<OpenId>, Query(asked): Query<HashMap<String, String>>) -> Response {
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("code_challenge_method", "S256"),
        ("scope", "openid profile"),
    ] {
        assert_eq!(asked.get(name).map(String::as_str), Some(value), "{name}");
    }
    let mut desk = issuer.desk();
    let back = &asked["redirect_uri"];
    if desk.denies {
        return Redirect::to(&format!("{back}?error=access_denied&state={}", asked["state"])).into_response();
    }
    let code = uuid::Uuid::now_v7().simple().to_string();
    let location = format!("{back}?code={code}&state={}&iss={}", asked["state"], issuer.url.replace(':', "%3A"));
    desk.codes.insert(code, asked);
    Redirect::to(&location).into_response()
}

async fn token(
    State(issuer): State<OpenId>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let no = |error: &str| (StatusCode::BAD_REQUEST, document(&json!({"error": error}))).into_response();
    // RFC 6749, 2.3.1: name and secret are form-encoded before they are put together.
    let client = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:s3cret+%2F%2B")));
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value.as_bytes() != client.as_bytes()) {
        return no("invalid_client");
    }
    // A code is good once.
    let Some(asked) = issuer.desk().codes.remove(&form["code"]) else { return no("invalid_grant") };
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if asked["code_challenge"] != challenge || asked["redirect_uri"] != form["redirect_uri"] {
        return no("invalid_grant");
    }
    let mut more = json!({"nonce": asked["nonce"]});
    for (name, value) in issuer.desk().says.as_object().expect("an object") {
        more[name] = value.clone();
    }
    document(&json!({"id_token": issuer.token(&more), "access_token": "opaque", "token_type": "Bearer"}))
}
