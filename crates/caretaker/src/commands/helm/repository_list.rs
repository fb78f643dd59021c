//! Helm's own list of chart repositories, which `helm repo add` writes.
//!
//! In: `repositories.yaml`, where Helm looks for it. Out: the repository that is called so, or that is
//! at an address, with its credentials. Without the file there is none.
//!
//! Source: Helm 4.2, pkg/cli/environment.go, pkg/helmpath, pkg/repo/v1.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use source::{Credentials, Secret};

use super::failed;
use crate::failure::Outcome;

/// The repositories that have names here.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RepositoryList {
    #[serde(default)]
    repositories: Vec<Repository>,
}

/// One of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Repository {
    name: String,
    url: String,
    username: String,
    password: String,
    cert_file: String,
    key_file: String,
    ca_file: String,
    #[serde(rename = "insecure_skip_tls_verify")]
    insecure_skip_tls_verify: bool,
    #[serde(rename = "pass_credentials_all")]
    pass_credentials_all: bool,
}

impl RepositoryList {
    /// Reads the list; `file` says where it is, if somebody did.
    pub fn read(file: Option<&Path>) -> Outcome<Self> {
        let Some(path) = file.map(PathBuf::from).or_else(usual_place) else {
            return Ok(Self::default());
        };
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(failed(unreadable(error, &path))),
        };
        let read = yaml::read_first(&text, &yaml::Limits::default());
        let read = read.map_err(|error| failed(unreadable(error, &path)))?;
        if read.is_null() {
            return Ok(Self::default());
        }
        serde_json::from_value(read).map_err(|error| failed(unreadable(error, &path)))
    }

    /// The address of the repository that is called so.
    pub fn address(&self, name: &str) -> Option<&str> {
        let called = |it: &&Repository| it.name == name && !it.url.is_empty();
        let found = self.repositories.iter().find(called);
        found.map(|it| it.url.as_str())
    }

    /// What a repository is reached with, if it is in the list.
    pub fn credentials(&self, url: &str) -> Option<Credentials> {
        let bare = |url: &str| url.trim_end_matches('/').to_owned();
        let found = self
            .repositories
            .iter()
            .find(|it| bare(&it.url) == bare(url));
        found.map(Repository::credentials)
    }
}

impl Repository {
    fn credentials(&self) -> Credentials {
        let secret = |text: &str| (!text.is_empty()).then(|| Secret::new(text));
        let file = |path: &str| secret(&std::fs::read_to_string(path).unwrap_or_default());
        let authority = file(&self.ca_file);
        Credentials {
            username: secret(&self.username),
            password: secret(&self.password),
            tls_client_cert: file(&self.cert_file),
            tls_client_key: file(&self.key_file),
            ca_certificates: authority.iter().map(|it| it.expose().to_owned()).collect(),
            insecure_skip_tls_verify: self.insecure_skip_tls_verify,
            pass_credentials: self.pass_credentials_all,
            ..Credentials::none()
        }
    }
}

fn unreadable(error: impl Into<anyhow::Error>, path: &Path) -> anyhow::Error {
    error.into().context(format!(
        "the list of repositories {} cannot be read",
        path.display()
    ))
}

/// Where Helm keeps the list.
fn usual_place() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .filter(|it| !it.is_empty())
            .map(PathBuf::from)
    };
    let home = || Some(folder("HOME")?.join(".config"));
    let helm = folder("HELM_CONFIG_HOME").or_else(|| {
        let config = folder("XDG_CONFIG_HOME").or_else(home)?;
        Some(config.join("helm"))
    });
    Some(helm?.join("repositories.yaml"))
}
