//! A cluster described by values (an Argo CD cluster Secret, say) -> kube's `Config`.

use kube::Config;

use crate::ConnectError;

/// All there is to say about a remote cluster. There is no way to name a plugin: what a Secret of
/// some namespace says must never become a program that we run.
#[derive(Clone, Default)]
pub struct RemoteAccess {
    /// As in `https://10.0.0.1:6443`.
    pub server: String,
    /// PEM certificates that the server's must descend from; the system's if empty.
    pub ca: Vec<u8>,
    /// Accept any server certificate.
    pub insecure: bool,
    /// The name in the server's certificate, if it is not the URL's.
    pub server_name: Option<String>,
    /// Bearer token.
    pub token: Option<String>,
    /// User name and password.
    pub basic: Option<(String, String)>,
    /// PEM client certificate and key.
    pub client_certificate: Option<(Vec<u8>, Vec<u8>)>,
    /// Where unnamed namespaces go.
    pub default_namespace: Option<String>,
}

/// Shows where, never the credentials.
impl std::fmt::Debug for RemoteAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RemoteAccess")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl RemoteAccess {
    /// Only values are set: plugins and paths of files stay empty.
    pub(crate) fn config(self) -> Result<Config, ConnectError> {
        let not_a_url = || ConnectError::NotAUrl {
            server: self.server.clone(),
        };
        let url: http::Uri = self.server.parse().map_err(|_| not_a_url())?;
        if !matches!(url.scheme_str(), Some("http" | "https")) || url.host().is_none() {
            return Err(not_a_url());
        }
        let mut config = Config::new(url);
        if !self.ca.is_empty() {
            config.root_cert = Some(self.certificates()?);
        }
        config.accept_invalid_certs = self.insecure;
        config.tls_server_name = self.server_name;
        config.default_namespace = self.default_namespace.unwrap_or_else(|| "default".into());
        config.auth_info.token = self.token.map(Into::into);
        if let Some((user, password)) = self.basic {
            config.auth_info.username = Some(user);
            config.auth_info.password = Some(password.into());
        }
        if let Some((certificate, key)) = self.client_certificate {
            config.auth_info.client_certificate_data = Some(base64(&certificate));
            config.auth_info.client_key_data = Some(base64(&key).into());
        }
        Ok(config)
    }

    fn certificates(&self) -> Result<Vec<Vec<u8>>, ConnectError> {
        use rustls::pki_types::{CertificateDer, pem::PemObject};
        let certificates = CertificateDer::pem_slice_iter(&self.ca);
        let certificates = certificates.map(|found| found.map(|der| der.to_vec()));
        certificates
            .collect::<Result<_, _>>()
            .map_err(|source| ConnectError::Credentials {
                server: self.server.clone(),
                source: source.into(),
            })
    }
}

/// kube takes certificates as a kubeconfig has them.
fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_an_access_holds_no_credential() {
        let access = RemoteAccess {
            token: Some("hunter2".into()),
            ..Default::default()
        };
        assert!(!format!("{access:?}").contains("hunter2"));
    }

    #[test]
    fn a_server_that_is_no_url_is_refused() {
        for server in ["", "kubernetes", "ftp://host", "/path"] {
            let access = RemoteAccess {
                server: server.into(),
                ..Default::default()
            };
            assert!(access.config().is_err(), "{server:?}");
        }
    }
}
