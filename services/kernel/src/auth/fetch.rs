//! A question to an issuer over HTTP: seldom asked, once each, with a limit on everything.

use std::{path::Path, sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    http::{HeaderValue, Method, Request, StatusCode, Uri, header},
};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::settings::address;
use crate::tls::{self, TlsError};

/// Longest time for an answer, connection included.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Longest answer.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// An issuer does not answer as it should.
#[derive(Debug, thiserror::Error)]
#[error("{url} does not answer as it should")]
pub struct FetchError {
    url: String,
    #[source]
    source: Failed,
}

/// Speaks to one issuer.
pub(super) struct Http(TlsConnector);

impl Http {
    /// Believes the certificates of the machine, or of one authority alone.
    pub(super) fn new(authority: Option<&Path>) -> Result<Self, TlsError> {
        let mut roots = RootCertStore::empty();
        match authority {
            Some(path) => {
                let (added, _) = roots.add_parsable_certificates(tls::certificates(path)?);
                if added == 0 {
                    let problem = "holds no authority's certificate".to_owned();
                    return Err(TlsError::Content { path: path.to_owned(), problem });
                }
            }
            // Without any, every https:// address is told so when it is asked.
            None => _ = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
        }
        let config = ClientConfig::builder_with_provider(tls::provider())
            .with_safe_default_protocol_versions()
            .expect("the provider has the versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// Reads a document.
    pub(super) async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, FetchError> {
        self.ask(url, Method::GET, None, String::new()).await
    }

    /// Sends a form, in somebody's name if there is one.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        url: &str,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<T, FetchError> {
        self.ask(url, Method::POST, authorization, form).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        url: &str,
        method: Method,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<T, FetchError> {
        let asked = async {
            let uri = address(url)?;
            let (status, body) = self.send(&uri, method, authorization, form).await?;
            if status != StatusCode::OK {
                // An error of OAuth says what is wrong in words that were made for it; anything else is not for a log.
                let said = serde_json::from_slice::<OauthError>(&body).map(|e| format!(" {}", e.error));
                return Err(format!("it says {status}{}", said.unwrap_or_default()).into());
            }
            Ok::<_, Failed>(serde_json::from_slice(&body)?)
        };
        let answer = timeout(TIME_MAX, asked).await.unwrap_or_else(|_| Err("no answer in time".into()));
        answer.map_err(|source| FetchError { url: url.to_owned(), source })
    }

    async fn send(
        &self,
        uri: &Uri,
        method: Method,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<(StatusCode, Bytes), Failed> {
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::ACCEPT, "application/json");
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.body(Full::new(Bytes::from(form)))?;
        if uri.scheme_str() == Some("https") {
            exchange(tls::open(uri, None, self.0.clone()).await?, request).await
        } else {
            let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
            exchange(TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await?, request).await
        }
    }
}

#[derive(serde::Deserialize)]
struct OauthError {
    error: String,
}

/// One request over a connection of its own.
async fn exchange(
    io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), Failed> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(io)).await?;
    let answered = async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await?.to_bytes();
        Ok((status, body))
    };
    tokio::pin!(answered);
    // The connection is driven here and not by a task of its own: it ends with the question, whatever happens to it.
    tokio::select! {
        answer = &mut answered => answer,
        ended = connection => match ended {
            Ok(()) => answered.await,
            Err(e) => Err(e.into()),
        },
    }
}
