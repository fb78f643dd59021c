//! TLS as one repository's settings want it.
//!
//! Comes in: credentials. Goes out: a rustls configuration with aws-lc-rs as its only provider: the
//! system's roots, the certificates added for this server, and perhaps a client certificate.

use super::{Cause, RemoteError};
use crate::Credentials;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::{Arc, OnceLock};

/// The configuration for one set of settings.
pub(crate) fn configuration(credentials: &Credentials) -> Result<ClientConfig, RemoteError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|source| settings("TLS settings", source))?;
    let builder = match credentials.insecure_skip_tls_verify {
        true => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AcceptAny(provider))),
        false => builder.with_root_certificates(roots(&credentials.ca_certificates)?),
    };
    match (&credentials.tls_client_cert, &credentials.tls_client_key) {
        (Some(chain), Some(key)) => {
            let chain = certificates(chain.expose(), "TLS client certificate")?;
            let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
                .map_err(|_| settings("TLS client key", "it is no PEM private key"))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|source| settings("TLS client certificate", source))
        }
        _ => Ok(builder.with_no_client_auth()),
    }
}

fn settings(what: &'static str, source: impl Into<Cause>) -> RemoteError {
    RemoteError::Settings {
        what,
        source: source.into(),
    }
}

fn roots(added: &[String]) -> Result<Arc<RootCertStore>, RemoteError> {
    let system = system_roots();
    if added.is_empty() {
        return Ok(system);
    }
    let mut roots = RootCertStore::clone(&system);
    for text in added {
        for certificate in certificates(text, "CA certificate")? {
            roots
                .add(certificate)
                .map_err(|source| settings("CA certificate", source))?;
        }
    }
    Ok(Arc::new(roots))
}

/// The system's roots, read once. A system without any is no error until a server is to be believed.
fn system_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    ROOTS
        .get_or_init(|| {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            Arc::new(roots)
        })
        .clone()
}

fn certificates(
    text: &str,
    what: &'static str,
) -> Result<Vec<CertificateDer<'static>>, RemoteError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(settings(what, "it has no PEM certificate")),
        Err(source) => Err(settings(what, source)),
    }
}

/// What `insecure: true` asks for: encryption without knowing with whom.
#[derive(Debug)]
struct AcceptAny(Arc<CryptoProvider>);

impl ServerCertVerifier for AcceptAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
