//! Which credentials a repository is reached with (Argo CD 3.5: util/db/repository_secrets.go).
//!
//! In: `repository` and `repo-creds` Secrets, known hosts, certificates. Out: the credentials of a
//! URL: those of its own Secret, else those of the longest `repo-creds` prefix. Repositories have
//! names too, by which charts may call them (reposerver/repository/repository.go, getHelmRepos).

use super::repository_secret::{Data, RepositorySecret};
use crate::remotes::Identities;
use source::{Credentials, Secret, normalize_url};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Entry {
    url: String,
    name: String,
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
    /// Takes the labelled Secrets in.
    pub fn with_secrets(mut self, secrets: impl Iterator<Item = RepositorySecret>) -> Self {
        (self.repositories, self.templates) = (Vec::new(), Vec::new());
        for secret in secrets {
            let Some(entry) = entry(&secret) else {
                continue;
            };
            match secret.kind.as_str() {
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
        // A requirement on a prefix holds for all below it, whatever else they bring of their own.
        let proof = own.and_then(|own| own.credentials.proof.clone());
        let wide = || template().and_then(|entry| entry.credentials.proof.clone());
        credentials.proof = proof.or_else(wide);
        credentials
            .known_hosts
            .extend(self.known_hosts.iter().cloned());
        if let Some(certificates) = host_of(url).and_then(|host| self.certificates.get(host)) {
            credentials.ca_certificates.push(certificates.clone());
        }
        credentials
    }

    /// The address of the repository that is called so, for an app of a project.
    fn named(&self, name: &str, project: &str) -> Option<String> {
        let called = |entry: &&Entry| !name.is_empty() && entry.name == name;
        let seen = |entry: &&Entry| entry.project.is_empty() || entry.project == project;
        let repositories = self.repositories.iter();
        let found = repositories
            .filter(called)
            .filter(seen)
            .max_by_key(|entry| !entry.project.is_empty());
        found.map(|entry| entry.url.clone())
    }

    /// Who an app of a project is to repositories. With `pass_credentials`, credentials of a chart
    /// repository go to whatever host its index names (`helm.passCredentials`).
    pub fn identities(&self, project: &str, pass_credentials: bool) -> AppIdentities<'_> {
        AppIdentities {
            store: self,
            project: project.to_owned(),
            pass_credentials,
        }
    }
}

/// Who an app is to repositories.
pub struct AppIdentities<'a> {
    store: &'a CredentialStore,
    project: String,
    pass_credentials: bool,
}

impl Identities for AppIdentities<'_> {
    fn credentials(&self, url: &str) -> Credentials {
        Credentials {
            pass_credentials: self.pass_credentials,
            ..self.store.of(url, &self.project)
        }
    }

    fn repository(&self, name: &str) -> Option<String> {
        self.store.named(name, &self.project)
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

fn entry(read: &RepositorySecret) -> Option<Entry> {
    let data: &Data = &read.data;
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
        proof: read.proof.clone(),
        ..Credentials::default()
    };
    let has_secrets = credentials.username.is_some()
        || credentials.password.is_some()
        || credentials.bearer_token.is_some()
        || credentials.ssh_private_key.is_some()
        || credentials.tls_client_cert.is_some();
    Some(Entry {
        url: text("url")?,
        name: text("name").unwrap_or_default(),
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

    fn secret(kind: &str, fields: &[(&str, &str)]) -> RepositorySecret {
        let data = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        RepositorySecret {
            kind: kind.to_owned(),
            data: data.collect(),
            proof: None,
        }
    }

    fn required(secret: RepositorySecret, keys: &str) -> RepositorySecret {
        let proof = source::RequiredProof::new("provenance", keys.as_bytes());
        RepositorySecret {
            proof: Some(std::sync::Arc::new(proof)),
            ..secret
        }
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

    #[test]
    fn a_proof_that_is_required_of_a_prefix_is_required_of_all_below() {
        let charts = "https://charts.example.org";
        let own = format!("{charts}/own");
        let wide = secret("repo-creds", &[("url", charts), ("password", "wide")]);
        let near = secret("repository", &[("url", &own), ("password", "own")]);
        let proof = |store: &CredentialStore, url: &str| store.of(url, "").proof;
        let store = |near: RepositorySecret| {
            let secrets = [required(wide.clone(), "wide"), near];
            CredentialStore::default().with_secrets(secrets.into_iter())
        };
        let both = store(required(near.clone(), "near"));
        let (of_wide, of_near) = (proof(&both, charts), proof(&both, &own));
        assert!(of_wide.is_some() && of_near.is_some() && of_wide != of_near);
        let one = store(near.clone());
        assert_eq!(proof(&one, &own), of_wide);
        assert_eq!(password(&one, &own, "").as_deref(), Some("own"));
        assert_eq!(proof(&one, "https://elsewhere.example.org"), None);
    }

    #[test]
    fn a_repository_is_found_by_its_name_too() {
        let named = |name: &str, url: &str, project: &str| {
            let fields = [("name", name), ("url", url), ("project", project)];
            secret("repository", &fields)
        };
        let store = CredentialStore::default().with_secrets(
            [
                named("stable", "https://a.example.org", ""),
                named("stable", "https://b.example.org", "b"),
                named("", "https://c.example.org", ""),
                secret(
                    "repo-creds",
                    &[("name", "wide"), ("url", "https://d.example.org")],
                ),
            ]
            .into_iter(),
        );
        for (name, project, expected) in [
            ("stable", "a", Some("https://a.example.org")),
            ("stable", "b", Some("https://b.example.org")),
            ("other", "a", None),
            ("", "a", None),
            ("wide", "a", None),
        ] {
            let found = store.identities(project, false).repository(name);
            assert_eq!(found.as_deref(), expected, "{name} for {project}");
        }
    }

    #[test]
    fn credentials_go_to_other_hosts_where_an_app_wants_it() {
        let store = CredentialStore::default();
        let passes = |pass| {
            let identities = store.identities("", pass);
            identities
                .credentials("https://a.example.org")
                .pass_credentials
        };
        assert!(passes(true) && !passes(false));
    }
}
