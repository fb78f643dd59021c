//! How to present ourselves to a repository, and what to believe of it.
//!
//! Comes in: what a door read from its settings (for Argo CD: a `repository` or `repo-creds`
//! Secret, `argocd-tls-certs-cm` and `argocd-ssh-known-hosts-cm`). Goes out: a value the transports
//! read, and a fingerprint by which two of them can be told apart without keeping either.

use crate::{RequiredProof, Secret};
use model::Digest;
use std::sync::Arc;

/// Credentials and transport settings for one repository.
#[derive(Clone, Debug, PartialEq)]
pub struct Credentials {
    /// User name for HTTP basic authentication, and for SSH where the URL names none.
    pub username: Option<Secret>,
    /// Password or access token for HTTP basic authentication; password for SSH without a key.
    pub password: Option<Secret>,
    /// Token sent as `Authorization: Bearer`, in place of user name and password.
    pub bearer_token: Option<Secret>,
    /// Token that a registry's login server exchanges for others (Docker's `identitytoken`).
    pub identity_token: Option<Secret>,
    /// Private key for SSH: OpenSSH or PEM text, without a passphrase.
    pub ssh_private_key: Option<Secret>,
    /// Client certificate for TLS: PEM text, the leaf first.
    pub tls_client_cert: Option<Secret>,
    /// Key of the client certificate: PEM text.
    pub tls_client_key: Option<Secret>,
    /// Certificates trusted beside the system's: PEM texts.
    pub ca_certificates: Vec<String>,
    /// Accept any server certificate.
    pub insecure_skip_tls_verify: bool,
    /// Show user name and password to every host a Helm repository's index names, not just to the
    /// repository's own.
    pub pass_credentials: bool,
    /// Speak HTTP without TLS to a registry.
    pub plain_http: bool,
    /// What charts must bring to be used; none: they are believed as they are.
    pub proof: Option<Arc<RequiredProof>>,
    /// Accept any SSH host key.
    pub insecure_ignore_host_key: bool,
    /// Lines of an OpenSSH `known_hosts` file.
    pub known_hosts: Vec<String>,
    /// Proxy for HTTP and HTTPS; without it the environment's is used.
    pub proxy: Option<String>,
    /// Hosts reached without the proxy, comma-separated.
    pub no_proxy: Option<String>,
    /// Follow submodules.
    pub submodules: bool,
    /// How many commits of history to keep; none: the one commit that is asked for, which is all a
    /// tree needs. `Some(0)`: the whole history.
    pub depth: Option<u32>,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            username: None,
            password: None,
            bearer_token: None,
            identity_token: None,
            ssh_private_key: None,
            tls_client_cert: None,
            tls_client_key: None,
            ca_certificates: Vec::new(),
            insecure_skip_tls_verify: false,
            pass_credentials: false,
            plain_http: false,
            proof: None,
            insecure_ignore_host_key: false,
            known_hosts: Vec::new(),
            proxy: None,
            no_proxy: None,
            submodules: true,
            depth: None,
        }
    }
}

impl Credentials {
    /// No credentials: a public repository.
    pub fn none() -> Self {
        Self::default()
    }

    /// User name and password, the common case.
    pub fn basic(username: &str, password: &str) -> Self {
        Self {
            username: Some(username.into()),
            password: Some(password.into()),
            ..Self::default()
        }
    }

    /// The same settings without anything that proves who we are, for another host.
    pub fn without_secrets(&self) -> Self {
        Self {
            username: None,
            password: None,
            bearer_token: None,
            identity_token: None,
            ssh_private_key: None,
            tls_client_cert: None,
            tls_client_key: None,
            ..self.clone()
        }
    }

    /// What authentication was offered, in words for an error.
    pub(crate) fn offered(&self) -> &'static str {
        match self {
            Self {
                bearer_token: Some(_),
                ..
            } => "a bearer token",
            Self {
                identity_token: Some(_),
                ..
            } => "an identity token",
            Self {
                ssh_private_key: Some(_),
                ..
            } => "a private key",
            Self {
                password: Some(_), ..
            } => "a user name and password",
            Self {
                tls_client_cert: Some(_),
                ..
            } => "a client certificate",
            _ => "no credentials",
        }
    }

    /// Stands for all that decides what a server lets us see.
    pub(crate) fn fingerprint(&self) -> Digest {
        let flags = [
            self.insecure_ignore_host_key as u8,
            self.pass_credentials as u8,
        ];
        let secrets = [
            &self.username,
            &self.password,
            &self.bearer_token,
            &self.identity_token,
            &self.ssh_private_key,
        ];
        let mut parts = vec![flags.as_slice()];
        parts.extend(secrets.into_iter().flat_map(option_parts));
        parts.extend(self.known_hosts.iter().map(|line| line.as_bytes()));
        let connection = self.connection_fingerprint();
        parts.push(connection.as_bytes());
        Digest::of_parts(parts)
    }

    /// Stands for the settings that an HTTP connection is made with.
    pub(crate) fn connection_fingerprint(&self) -> Digest {
        let flags = [self.insecure_skip_tls_verify as u8];
        let proxies = [&self.proxy, &self.no_proxy].map(|text| text.as_deref().map(Secret::from));
        let secrets = [
            &self.tls_client_cert,
            &self.tls_client_key,
            &proxies[0],
            &proxies[1],
        ];
        let mut parts = vec![flags.as_slice()];
        parts.extend(secrets.into_iter().flat_map(option_parts));
        parts.extend(self.ca_certificates.iter().map(|text| text.as_bytes()));
        Digest::of_parts(parts)
    }
}

fn option_parts(secret: &Option<Secret>) -> [&[u8]; 2] {
    match secret {
        Some(secret) => [b"some", secret.expose().as_bytes()],
        None => [b"none", b""],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_shows_no_secret() {
        let mut credentials = Credentials::basic("ann", "hunter2");
        credentials.ssh_private_key = Some("-----BEGIN".into());
        let printed = format!("{credentials:?}");
        for secret in ["ann", "hunter2", "BEGIN"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }

    #[test]
    fn fingerprints_tell_credentials_apart() {
        let ann = Credentials::basic("ann", "x");
        assert_eq!(
            ann.fingerprint(),
            Credentials::basic("ann", "x").fingerprint()
        );
        assert_ne!(
            ann.fingerprint(),
            Credentials::basic("an", "nx").fingerprint()
        );
        assert_ne!(ann.fingerprint(), ann.without_secrets().fingerprint());
        let shallow = Credentials {
            depth: Some(3),
            ..ann.clone()
        };
        assert_eq!(ann.fingerprint(), shallow.fingerprint());
        let eve = Credentials::basic("eve", "y");
        assert_eq!(ann.connection_fingerprint(), eve.connection_fingerprint());
        let proxied = Credentials {
            proxy: Some("http://p".into()),
            ..ann.clone()
        };
        assert_ne!(
            ann.connection_fingerprint(),
            proxied.connection_fingerprint()
        );
    }
}
