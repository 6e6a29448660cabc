//! The folder at the client's end of a handshake: asked anew at each, so that a connection that is opened again after months
//! shows and believes what holds then.

use std::{fmt, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        ResolvesClientCert, Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
    sign::CertifiedKey,
};

use super::{Tls, folder::provider};

struct Live(Arc<Tls>);

/// How a client speaks that shows and believes what the folder holds at each handshake.
pub(super) fn client(tls: &Arc<Tls>) -> ClientConfig {
    let live = Arc::new(Live(tls.clone()));
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("the provider has the versions")
        .dangerous()
        .with_custom_certificate_verifier(live.clone())
        .with_client_cert_resolver(live);
    // Who resumes a connection looks at no certificate.
    config.resumption = Resumption::disabled();
    config
}

impl Live {
    fn believed(&self) -> Arc<dyn ServerCertVerifier> {
        self.0.with(|held| held.servers.clone())
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Live").field(&self.0.folder).finish()
    }
}

impl ResolvesClientCert for Live {
    fn resolve(&self, _authorities: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(self.0.with(|held| held.shown.clone()))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

impl ServerCertVerifier for Live {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.believed().verify_server_cert(own, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.believed().verify_tls12_signature(message, cert, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.believed().verify_tls13_signature(message, cert, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.believed().supported_verify_schemes()
    }
}
