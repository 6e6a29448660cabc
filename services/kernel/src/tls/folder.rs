//! The three files, read and held against each other.

use std::{
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rustls::{
    CertificateError, Error, RootCertStore, ServerConfig,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier, verify_server_name},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject as _},
    server::{NoServerSessionStorage, ParsedCertificate, WebPkiClientVerifier, danger::ClientCertVerifier},
    sign::{CertifiedKey, SingleCertAndKey},
};

const CERT: &str = "cert.pem";
const FILES: [&str; 3] = ["ca.pem", CERT, "key.pem"];
/// gRPC's name in ALPN.
pub(super) const HTTP_2: &[u8] = b"h2";
/// It is time for a new certificate.
const SOON: Duration = Duration::from_hours(14 * 24);

/// A folder with certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What a file holds does not serve.
    #[error("{path} {problem}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// An address asks for TLS, and there are no certificates for it.
    #[error("{0} wants certificates, and there are none: set --tls")]
    NoFolder(String),
}

/// The provider of all TLS here; never whichever a dependency may have made the default of the process.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// What tells whether a file is another one than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp([Option<(u64, i64, i64, u64)>; 3]);

impl Stamp {
    pub(super) fn of(folder: &Path) -> Self {
        Self(FILES.map(|file| {
            let found = fs::metadata(folder.join(file)).ok()?;
            Some((found.ino(), found.mtime(), found.mtime_nsec(), found.len()))
        }))
    }
}

/// The folder, read.
pub(super) struct Held {
    pub(super) shown: Arc<CertifiedKey>,
    pub(super) servers: Arc<dyn ServerCertVerifier>,
    pub(super) grpc_server: Arc<ServerConfig>,
    clients: Arc<dyn ClientCertVerifier>,
}

impl Held {
    pub(super) fn read(folder: &Path) -> Result<Self, TlsError> {
        let [ca, cert, key] = FILES.map(|file| folder.join(file));
        let wrong = |path: &Path, problem: String| TlsError::Content { path: path.to_owned(), problem };
        let mut roots = RootCertStore::empty();
        for authority in certificates(&ca)? {
            roots.add(authority).map_err(|e| wrong(&ca, format!("holds no authority's certificate: {e}")))?;
        }
        let chain = certificates(&cert)?;
        let pem = fs::read(&key).map_err(|source| TlsError::File { path: key.clone(), source })?;
        let private = PrivateKeyDer::from_pem_slice(&pem);
        let private = private.map_err(|_| wrong(&key, "holds no private key in PEM".to_owned()))?;

        let roots = Arc::new(roots);
        let clients = WebPkiClientVerifier::builder_with_provider(roots.clone(), provider()).build();
        let clients = clients.map_err(|e| wrong(&ca, format!("cannot be used: {e}")))?;
        let servers = WebPkiServerVerifier::builder_with_provider(roots, provider()).build();
        let servers = servers.map_err(|e| wrong(&ca, format!("cannot be used: {e}")))?;
        let shown = CertifiedKey::from_der(chain, private, &provider()).map_err(|e| match e {
            Error::InconsistentKeys(_) => wrong(&key, "is not the key of cert.pem".to_owned()),
            other => wrong(&key, format!("cannot be used: {other}")),
        })?;
        let shown = Arc::new(shown);
        let mut server = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|e| wrong(&cert, e.to_string()))?
            .with_client_cert_verifier(clients.clone())
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(shown.clone())));
        server.alpn_protocols = vec![HTTP_2.to_vec()];
        // A connection that is resumed is not asked for its certificate again, which may have ended meanwhile.
        server.session_storage = Arc::new(NoServerSessionStorage {});
        server.send_tls13_tickets = 0;
        let held = Self { shown, servers, clients, grpc_server: Arc::new(server) };
        held.holds(Duration::ZERO).map_err(|problem| wrong(&cert, problem))?;
        Ok(held)
    }

    pub(super) fn must_name(&self, folder: &Path, name: &'static str) -> Result<(), TlsError> {
        let names = |own| {
            let name = ServerName::try_from(name).map_err(|e| Error::General(e.to_string()))?;
            verify_server_name(&ParsedCertificate::try_from(own)?, &name)
        };
        match self.shown.cert.first().map(names) {
            Some(Ok(())) => Ok(()),
            _ => {
                Err(TlsError::Content { path: folder.join(CERT), problem: format!("is not valid for the name {name}") })
            }
        }
    }

    /// What will be wrong with the certificate soon.
    pub(super) fn soon(&self) -> Option<String> {
        let problem = self.holds(SOON).err()?;
        Some(format!("needs to be renewed: in {} days it {problem}", SOON.as_secs() / 86_400))
    }

    /// Whether the others will take the own certificate, some time from now.
    fn holds(&self, later: Duration) -> Result<(), String> {
        let Some((own, between)) = self.shown.cert.split_first() else { return Err("holds no certificate".to_owned()) };
        let at = UnixTime::since_unix_epoch(Duration::from_secs(UnixTime::now().as_secs()) + later);
        match self.clients.verify_client_cert(own, between, at) {
            Ok(_) => Ok(()),
            Err(Error::InvalidCertificate(why)) => Err(match why {
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => "has expired".to_owned(),
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                    "is not valid yet".to_owned()
                }
                CertificateError::UnknownIssuer => "was not issued by an authority in ca.pem".to_owned(),
                other => format!("is not accepted: {other}"),
            }),
            Err(other) => Err(format!("is not accepted: {other}")),
        }
    }
}

/// The certificates of a file; at least one.
pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = fs::read(path).map_err(|source| TlsError::File { path: path.to_owned(), source })?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(TlsError::Content { path: path.to_owned(), problem: "holds no certificate in PEM".to_owned() }),
    }
}
