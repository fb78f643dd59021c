//! Which credentials a repository is reached with (Argo CD 3.5: util/db/repository_secrets.go).
//!
//! In: `repository` and `repo-creds` Secrets, known hosts, certificates. Out: the credentials of a
//! URL: those of its own Secret, else those of the longest `repo-creds` prefix.

use source::{Credentials, Secret, normalize_url};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Entry {
    url: String,
    project: String,
    credentials: Credentials,
    /// It brings credentials of its own, rather than just settings.
    has_secrets: bool,
}

/// All credentials.
#[derive(Clone, Default)]
pub struct CredentialStore {
    repositories: Vec<Entry>,
    templates: Vec<Entry>,
    known_hosts: Vec<String>,
    certificates: BTreeMap<String, String>,
}

impl CredentialStore {
    /// Takes the labelled Secrets in: their type and their data.
    pub fn with_secrets(
        mut self,
        secrets: impl Iterator<Item = (String, BTreeMap<String, String>)>,
    ) -> Self {
        (self.repositories, self.templates) = (Vec::new(), Vec::new());
        for (kind, data) in secrets {
            let Some(entry) = entry(&data) else { continue };
            match kind.as_str() {
                "repository" => self.repositories.push(entry),
                "repo-creds" => self.templates.push(entry),
                _ => {}
            }
        }
        self
    }

    /// Takes certificates by host, and `ssh_known_hosts` lines, in.
    pub fn with_trust(
        mut self,
        certificates: &BTreeMap<String, String>,
        hosts: &BTreeMap<String, String>,
    ) -> Self {
        self.certificates = certificates.clone();
        let lines = hosts
            .get("ssh_known_hosts")
            .map(String::as_str)
            .unwrap_or_default();
        self.known_hosts = lines.lines().map(str::to_owned).collect();
        self
    }

    /// The credentials of a repository, for an app of a project.
    pub fn of(&self, url: &str, project: &str) -> Credentials {
        let normal = compared(url);
        let own = self
            .repositories
            .iter()
            .filter(|entry| compared(&entry.url) == normal)
            .filter(|entry| entry.project.is_empty() || entry.project == project)
            // One of the project's own comes before one for all.
            .max_by_key(|entry| !entry.project.is_empty());
        let template = || {
            let fits = |entry: &&Entry| {
                let prefix = compared(&entry.url);
                normal.starts_with(&prefix) || url.starts_with(&entry.url)
            };
            self.templates
                .iter()
                .filter(fits)
                .max_by_key(|entry| entry.url.len())
        };
        let mut credentials = match own {
            Some(own) if own.has_secrets => own.credentials.clone(),
            Some(own) => match template() {
                Some(template) => inherit(&own.credentials, &template.credentials),
                None => own.credentials.clone(),
            },
            None => template()
                .map(|entry| entry.credentials.clone())
                .unwrap_or_default(),
        };
        credentials
            .known_hosts
            .extend(self.known_hosts.iter().cloned());
        if let Some(certificates) = host_of(url).and_then(|host| self.certificates.get(host)) {
            credentials.ca_certificates.push(certificates.clone());
        }
        credentials
    }
}

/// The repository's own settings with the template's secrets.
fn inherit(own: &Credentials, template: &Credentials) -> Credentials {
    Credentials {
        insecure_skip_tls_verify: own.insecure_skip_tls_verify || template.insecure_skip_tls_verify,
        insecure_ignore_host_key: own.insecure_ignore_host_key || template.insecure_ignore_host_key,
        plain_http: own.plain_http || template.plain_http,
        depth: own.depth.or(template.depth),
        proxy: own.proxy.clone().or_else(|| template.proxy.clone()),
        ..template.clone()
    }
}

fn entry(data: &BTreeMap<String, String>) -> Option<Entry> {
    let text = |key: &str| {
        data.get(key)
            .map(|text| text.trim_end_matches('\n').to_owned())
    };
    let secret = |key: &str| {
        data.get(key)
            .filter(|text| !text.is_empty())
            .map(|t| Secret::new(t.as_str()))
    };
    let on = |key: &str| data.get(key).is_some_and(|text| text.trim() == "true");
    let credentials = Credentials {
        username: secret("username"),
        password: secret("password"),
        bearer_token: secret("bearerToken"),
        ssh_private_key: secret("sshPrivateKey"),
        tls_client_cert: secret("tlsClientCertData"),
        tls_client_key: secret("tlsClientCertKey"),
        insecure_skip_tls_verify: on("insecure"),
        insecure_ignore_host_key: on("insecureIgnoreHostKey") || on("insecure"),
        proxy: text("proxy").filter(|proxy| !proxy.is_empty()),
        no_proxy: text("noProxy").filter(|hosts| !hosts.is_empty()),
        plain_http: on("insecureOCIForceHttp"),
        depth: text("depth").and_then(|depth| depth.trim().parse().ok()),
        ..Credentials::default()
    };
    let has_secrets = credentials.username.is_some()
        || credentials.password.is_some()
        || credentials.bearer_token.is_some()
        || credentials.ssh_private_key.is_some()
        || credentials.tls_client_cert.is_some();
    Some(Entry {
        url: text("url")?,
        project: text("project").unwrap_or_default(),
        credentials,
        has_secrets,
    })
}

/// Registries are written with and without their scheme.
fn compared(url: &str) -> String {
    let normal = normalize_url(url);
    match normal.strip_prefix("oci://") {
        Some(rest) => rest.to_owned(),
        None => normal,
    }
}

/// The host of a URL, or of a registry written without a scheme.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    Some(host.rsplit_once(':').map_or(host, |(host, _)| host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(kind: &str, fields: &[(&str, &str)]) -> (String, BTreeMap<String, String>) {
        let data = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        (kind.to_owned(), data.collect())
    }

    fn password(store: &CredentialStore, url: &str, project: &str) -> Option<String> {
        store
            .of(url, project)
            .password
            .map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn own_credentials_win_over_the_longest_prefix() {
        let store = CredentialStore::default().with_secrets(
            [
                secret(
                    "repo-creds",
                    &[("url", "https://git.example.org"), ("password", "wide")],
                ),
                secret(
                    "repo-creds",
                    &[
                        ("url", "https://git.example.org/team"),
                        ("password", "near"),
                    ],
                ),
                secret(
                    "repository",
                    &[
                        ("url", "https://git.example.org/team/own.git"),
                        ("password", "own"),
                    ],
                ),
                secret(
                    "repository",
                    &[("url", "https://git.example.org/team/bare.git")],
                ),
            ]
            .into_iter(),
        );
        assert_eq!(
            password(&store, "https://git.example.org/team/own", "").as_deref(),
            Some("own")
        );
        assert_eq!(
            password(&store, "https://git.example.org/team/bare.git", "").as_deref(),
            Some("near")
        );
        assert_eq!(
            password(&store, "https://git.example.org/other.git", "").as_deref(),
            Some("wide")
        );
        assert_eq!(
            password(&store, "https://elsewhere.example.org/x.git", ""),
            None
        );
    }

    #[test]
    fn a_projects_repository_is_not_for_others() {
        let store = CredentialStore::default().with_secrets(
            [secret(
                "repository",
                &[
                    ("url", "https://g/x.git"),
                    ("project", "a"),
                    ("password", "p"),
                ],
            )]
            .into_iter(),
        );
        assert_eq!(
            password(&store, "https://g/x.git", "a").as_deref(),
            Some("p")
        );
        assert_eq!(password(&store, "https://g/x.git", "b"), None);
    }
}
