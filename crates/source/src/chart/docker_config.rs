//! Logins as Docker keeps them, in `config.json` or in a Secret of the type `dockerconfigjson`.
//!
//! Comes in: the file. Goes out: the credentials of a registry. Programs that such a file may name
//! as keepers of passwords are not started.

use crate::{Credentials, Secret};
use base64::Engine;
use std::collections::BTreeMap;

/// A file of logins.
#[derive(Clone, Default)]
pub struct DockerConfig(Written);

/// Why a login cannot be had from the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DockerConfigError {
    /// It is no such file.
    #[error("it is no Docker configuration: expected JSON with a field `auths`")]
    Malformed,
    /// A login that is neither a name nor a password.
    #[error("the login for {0} cannot be read: `auth` is not a user name and a password in base64")]
    Login(String),
    /// A program keeps the password.
    #[error(
        "the login for {host} is kept by the program docker-credential-{program}, and no programs are started; write it into `auths`"
    )]
    Program {
        /// The registry.
        host: String,
        /// The program's name, as it is written.
        program: String,
    },
}

#[derive(Clone, Default, serde::Deserialize)]
struct Written {
    #[serde(default)]
    auths: BTreeMap<String, Login>,
    #[serde(default, rename = "credHelpers")]
    helpers: BTreeMap<String, String>,
    #[serde(default, rename = "credsStore")]
    store: String,
}

#[derive(Clone, Default, serde::Deserialize)]
struct Login {
    #[serde(default)]
    auth: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    #[serde(default, rename = "identitytoken")]
    identity_token: String,
    #[serde(default, rename = "registrytoken")]
    registry_token: String,
}

impl DockerConfig {
    /// Reads the file.
    pub fn parse(bytes: &[u8]) -> Result<Self, DockerConfigError> {
        // What the parser says of a file full of passwords is not repeated.
        serde_json::from_slice(bytes)
            .map(Self)
            .map_err(|_| DockerConfigError::Malformed)
    }

    /// The login for a registry, such as `ghcr.io` or `localhost:5000`; none if it has none.
    pub fn credentials(&self, host: &str) -> Result<Option<Credentials>, DockerConfigError> {
        let host = known_as(host);
        let own = self.0.auths.iter().find(|(name, _)| known_as(name) == host);
        if let Some((_, login)) = own.filter(|(_, login)| !login.is_empty()) {
            let unreadable = || DockerConfigError::Login(host.to_owned());
            return login.credentials().map(Some).ok_or_else(unreadable);
        }
        let helper = self
            .0
            .helpers
            .iter()
            .find(|(name, _)| known_as(name) == host);
        let stored = own.map(|_| &self.0.store).filter(|name| !name.is_empty());
        match helper.map(|(_, program)| program).or(stored) {
            None => Ok(None),
            Some(program) => Err(DockerConfigError::Program {
                host: host.to_owned(),
                program: program.clone(),
            }),
        }
    }
}

impl Login {
    fn is_empty(&self) -> bool {
        let fields = [&self.auth, &self.username, &self.password];
        let tokens = [&self.identity_token, &self.registry_token];
        fields.iter().chain(&tokens).all(|field| field.is_empty())
    }

    fn credentials(&self) -> Option<Credentials> {
        let secret = |text: &str| (!text.is_empty()).then(|| Secret::from(text));
        let (mut name, mut password) = (self.username.clone(), self.password.clone());
        if !self.auth.is_empty() {
            let bytes = base64::engine::general_purpose::STANDARD.decode(self.auth.trim());
            let joined = String::from_utf8(bytes.ok()?).ok()?;
            let (left, right) = joined.split_once(':')?;
            // Docker pads with zero bytes.
            (name, password) = (left.to_owned(), right.trim_matches('\0').to_owned());
        }
        let identity = secret(&self.identity_token);
        Some(Credentials {
            username: secret(&name),
            password: secret(&password),
            bearer_token: secret(&self.registry_token),
            identity_token: identity,
            ..Credentials::default()
        })
    }
}

/// Keys are hosts or URLs, and Docker Hub has several names.
fn known_as(name: &str) -> &str {
    let bare = name.split_once("://").map_or(name, |(_, rest)| rest);
    let host = bare.split('/').next().unwrap_or(bare);
    match host {
        "index.docker.io" | "registry-1.docker.io" => "docker.io",
        host => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(config: &str, host: &str) -> String {
        let found = DockerConfig::parse(config.as_bytes()).and_then(|c| c.credentials(host));
        let text = |secret: &Option<Secret>| secret.as_ref().map_or("-", |s| s.expose()).to_owned();
        match found {
            Err(error) => error.to_string(),
            Ok(None) => "none".to_owned(),
            Ok(Some(found)) => [
                &found.username,
                &found.password,
                &found.bearer_token,
                &found.identity_token,
            ]
            .map(text)
            .join(" "),
        }
    }

    #[test]
    fn logins_are_found_by_host() {
        let config = r#"{"auths":{
            "ghcr.io":{"auth":"YW5uOmh1bnRlcjI="},
            "https://index.docker.io/v1/":{"username":"bob","password":"pw"},
            "localhost:5000":{"identitytoken":"id"},
            "quay.io":{"registrytoken":"rt"},
            "kept.io":{},
            "bad.io":{"auth":"!"}},
            "credHelpers":{"gcr.io":"gcloud"},"credsStore":"desktop"}"#;
        for (host, expected) in [
            ("ghcr.io", "ann hunter2 - -"),
            ("docker.io", "bob pw - -"),
            ("registry-1.docker.io", "bob pw - -"),
            ("localhost:5000", "- - - id"),
            ("quay.io", "- - rt -"),
            ("other.io", "none"),
            (
                "gcr.io",
                "the login for gcr.io is kept by the program docker-credential-gcloud, and no programs are started; write it into `auths`",
            ),
            (
                "kept.io",
                "the login for kept.io is kept by the program docker-credential-desktop, and no programs are started; write it into `auths`",
            ),
            (
                "bad.io",
                "the login for bad.io cannot be read: `auth` is not a user name and a password in base64",
            ),
        ] {
            assert_eq!(login(config, host), expected);
        }
        assert_eq!(
            login(r#"{"auths":{"x":"hunter2"}}"#, "x"),
            "it is no Docker configuration: expected JSON with a field `auths`"
        );
    }
}
